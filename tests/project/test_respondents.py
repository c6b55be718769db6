"""Respondents are merged, moved and marked, what they said goes along, and the counts follow; all can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from qualcode.errors import ImportingError, StoreError
from qualcode.model.case import NO_GROUP
from qualcode.model.document import SpeakerRole
from qualcode.model.progress import Pieces, to_the_end
from qualcode.project.project import Project
from qualcode.project.respondents import Respondent
from qualcode.store.schema import case
from tests.builders import add_session, add_survey, code_words, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as made:
        said = [
            ("M", "How is the price?"),
            ("Cook 1", "The price is high."),
            ("Cook1", "Nobody has time."),
            ("Waiter 1", "I have time."),
        ]
        groups = {"M": SpeakerRole.MODERATOR, "Cook 1": "Cooks", "Cook1": "Cooks", "Waiter 1": "Waiters"}
        add_session(made, "Monday", said, groups)
        add_survey(made, [("7", "Cooks", {"What is hard?": "The price."}), ("8", "Guests", {"What is hard?": ""})])
        code_words(made, "Monday.txt", "price is high", "price")
        code_words(made, "Monday.txt", "Nobody has time", "time")
        yield made


def named(project: Project, ident: str) -> Respondent:
    return next(each for each in project.respondents.people().respondents if each.ident == ident)


def spoken_of(project: Project, theme: str, group: str) -> tuple[int, int]:
    table = project.reports.theme_table()
    rows = table[(table["group"] == group) & (table["theme"] == theme)]
    return int(rows["respondents"].iloc[0]), int(rows["answering"].iloc[0])


def test_two_spellings_become_one_respondent_with_all_they_said(project: Project) -> None:
    assert spoken_of(project, "time", "Cooks") == (1, 3)
    assert project.respondents.people().sizes() == {"Cooks": 3, "Waiters": 1}
    kept = named(project, "Cook 1")
    project.respondents.set_attribute([named(project, "Cook1").id], "Years", "4")
    project.respondents.merge([named(project, "Cook1").id], kept.id)
    assert spoken_of(project, "time", "Cooks") == (1, 2)
    assert spoken_of(project, "price", "Cooks") == (1, 2)
    merged = named(project, "Cook 1")
    assert merged.words == 7
    assert dict(merged.attributes) == {"Years": "4"}
    project.undo()
    assert spoken_of(project, "time", "Cooks") == (1, 3)
    assert named(project, "Cook1").attributes == {"Years": "4"}


def test_a_speaker_and_a_survey_row_can_be_one_person(project: Project) -> None:
    project.respondents.merge([named(project, "7").id], named(project, "Cook 1").id)
    merged = named(project, "Cook 1")
    assert merged.answered
    assert merged.spoke
    assert project.respondents.people().sizes()["Cooks"] == 2
    with pytest.raises(StoreError, match="survey"):
        project.respondents.mark([merged.id], SpeakerRole.MODERATOR)


def test_merging_needs_two(project: Project) -> None:
    cook = named(project, "Cook 1").id
    with pytest.raises(StoreError, match="nobody"):
        project.respondents.merge([cook], cook)
    with pytest.raises(StoreError, match="not there"):
        project.respondents.merge([999], cook)


def test_several_move_at_once_and_an_empty_group_goes(project: Project) -> None:
    ids = [named(project, "Waiter 1").id, named(project, "8").id]
    project.respondents.move(ids, "  COOKS ")
    assert project.respondents.groups() == ["Cooks"]
    assert spoken_of(project, "time", "Cooks") == (1, 4)
    project.respondents.move(ids, NO_GROUP)
    assert project.respondents.groups() == ["Cooks", NO_GROUP]
    project.undo()
    project.undo()
    assert project.respondents.groups() == ["Cooks", "Waiters", "Guests"]
    with pytest.raises(StoreError):
        project.respondents.move(ids, "(all)")


def test_a_moderator_counts_nowhere_and_comes_back(project: Project) -> None:
    project.respondents.mark([named(project, "Waiter 1").id], SpeakerRole.MODERATOR)
    assert "Waiters" not in project.respondents.groups()
    others = project.respondents.people().others
    assert [(each.label, each.role) for each in others] == [
        ("M", SpeakerRole.MODERATOR),
        ("Waiter 1", SpeakerRole.MODERATOR),
    ]
    assert others[1].n_words == 3
    project.respondents.mark_others([others[1].id], SpeakerRole.RESPONDENT, "Waiters")
    assert spoken_of(project, "time", "Waiters") == (0, 1)
    assert named(project, "Waiter 1").key == "Monday:Waiter 1"
    project.respondents.mark([named(project, "Cook1").id], SpeakerRole.SEVERAL)
    table = project.reports.theme_table()
    row = table[(table["group"] == NO_GROUP) & (table["theme"] == "time")]
    assert row["codings"].tolist() == [1], "speech of nobody in particular still counts"
    assert row["respondents"].tolist() == [0]


def test_names_can_be_changed_but_not_taken(project: Project) -> None:
    cook = named(project, "Cook 1")
    project.respondents.rename(cook.id, " Chef  1 ")
    assert named(project, "Chef 1").key == cook.key
    with pytest.raises(StoreError):
        project.respondents.rename(cook.id, " ")
    project.respondents.rename_group("cooks", "Kitchen")
    assert project.respondents.groups()[0] == "Kitchen"
    with pytest.raises(StoreError, match="cannot be called"):
        project.respondents.rename_group("Kitchen", "waiters")


def test_attributes_are_set_changed_and_taken_away(project: Project) -> None:
    ids = [named(project, "Cook 1").id, named(project, "Waiter 1").id]
    project.respondents.set_attribute(ids, "Shift", "early")
    project.respondents.set_attribute(ids[:1], " SHIFT", "late")
    assert project.respondents.attribute_names() == ["Shift"]
    assert set(project.reports.theme_table(by="shift")["group"]) == {"early", "late", "(none)", "(all)"}
    project.respondents.set_attribute(ids[:1], "Shift", " ")
    assert "Shift" not in named(project, "Cook 1").attributes
    project.respondents.remove_attribute("Shift")
    assert project.respondents.attribute_names() == []
    project.undo()
    assert named(project, "Waiter 1").attributes == {"Shift": "early"}


def test_what_is_done_to_many_in_pieces_is_one_step_or_nothing(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qualcode.project.respondents._PIECE", 1)
    everybody = [each.id for each in project.respondents.all()]
    path = tmp_path / "people.csv"
    path.write_text(SHEET, encoding="utf-8")
    match = project.respondents.match_sheet(path)
    before = [(each.group, dict(each.attributes)) for each in project.respondents.all()]
    works: dict[str, Callable[[], Pieces[None]]] = {
        "Move respondents": lambda: project.respondents.moving(everybody, "Guests"),
        "Set attribute": lambda: project.respondents.setting_attribute(everybody, "Shift", "early"),
        "Import attributes": lambda: project.respondents.importing_sheet(match),
    }
    for name, work in works.items():
        stopped = work()
        assert [next(stopped)[0] for _piece in range(3)] == [0, 1, 2], name
        stopped.close()
        assert [(each.group, dict(each.attributes)) for each in project.respondents.all()] == before, name
        assert project.undo_name != name
        to_the_end(work())
        assert project.undo_name == name
        assert [(each.group, dict(each.attributes)) for each in project.respondents.all()] != before, name
        project.undo()
        assert [(each.group, dict(each.attributes)) for each in project.respondents.all()] == before, name
    stranger = project.respondents.moving([*everybody, 99_999], "Guests")
    with pytest.raises(StoreError, match="not there any more"):
        to_the_end(stranger)
    assert [(each.group, dict(each.attributes)) for each in project.respondents.all()] == before


SHEET = """Name;Years;Group;Words
Monday:Cook 1;4;Cooks;99
Waiter 1;7;Cooks;99
8;;Guests;99
Nobody;3;Cooks;99
8;5;Guests;99
7;=2;;99
"""


def test_a_sheet_is_matched_before_it_is_written(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(SHEET, encoding="utf-8")
    match = project.respondents.match_sheet(path)
    assert (match.ident, match.group, match.attributes) == ("Name", "Group", ("Years",))
    assert match.unmatched == (("Nobody", 5),)
    assert match.doubled == (("8", 4), ("8", 6))
    assert match.sentence == "3 rows fit a respondent, 1 fits nobody, 2 are doubled."
    assert match.without == 2
    project.respondents.import_sheet(match)
    assert named(project, "Cook 1").attributes == {"Years": "4"}
    assert named(project, "Waiter 1").group == "Cooks"
    assert named(project, "7").attributes == {"Years": "=2"}
    assert named(project, "7").group == "Cooks", "a blank cell changes nothing"
    project.undo()
    assert named(project, "Cook 1").attributes == {}
    assert named(project, "Waiter 1").group == "Waiters"


def test_a_sheet_about_other_people_is_refused(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name;Years\nOle;4\nKari;5\n", encoding="utf-8")
    with pytest.raises(ImportingError, match="no column names the respondents"):
        project.respondents.match_sheet(path)
    with pytest.raises(ImportingError, match="no column 'Nam'") as caught:
        project.respondents.match_sheet(path, ident="Nam")
    assert "Name" in caught.value.hint


@pytest.mark.parametrize(
    ("sheet", "ident"),
    [
        ("Navn;Sted;Years\nCook 1;Cooks;7\nWaiter 1;Cooks;8\nOle;Guests;9\n", "Navn"),
        ("Row;Name;Years\n7;Cook 1;40\n8;Waiter 1;50\n", "Name"),
        ("Years;ID;Role\n40;7;Cook 1\n50;8;Cook 1\n", "ID"),
        ("Code;Role\n7;Cook 1\n8;Cook 1\n9;Cook 1\n", "Code"),
    ],
)
def test_a_column_of_ages_names_nobody(project: Project, tmp_path: Path, sheet: str, ident: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text(sheet, encoding="utf-8")
    assert project.respondents.match_sheet(path).ident == ident
    path.write_text("Name;Years\nOle;7\nKari;8\n", encoding="utf-8")
    with pytest.raises(ImportingError, match="no column names the respondents") as caught:
        project.respondents.match_sheet(path)
    assert "called ID" in caught.value.hint
    assert len(project.respondents.match_sheet(path, ident="Years").matched) == 2


def test_a_label_that_two_have_fits_nobody_for_sure(project: Project, tmp_path: Path) -> None:
    add_session(project, "Friday", [("Cook 1", "Hello there.")], {"Cook 1": "Cooks"})
    path = tmp_path / "people.csv"
    path.write_text("Label;Years\nCook 1;4\nWaiter 1;2\n", encoding="utf-8")
    match = project.respondents.match_sheet(path, ident="label")
    assert match.doubled == (("Cook 1", 2),)
    assert len(match.matched) == 1
    assert match.place == ""


def test_the_session_tells_respondents_of_one_label_apart(project: Project, tmp_path: Path) -> None:
    add_session(project, "Friday", [("Cook 1", "Hello there.")], {"Cook 1": "Cooks"})
    with project.step("Read from files"):
        project.db.connection.execute(update(case).values(source="talk of " + case.c.source))
    first, second = (each for each in project.respondents.people().respondents if each.ident == "Cook 1")
    assert (first.session, second.source) == ("Monday", "talk of Friday")
    path = tmp_path / "people.csv"
    rows = [f"Cook 1;4;{first.session}", f"cook 1;9; {second.source.upper()} ", "Waiter 1;2;", "Cook 1;7;Sunday"]
    path.write_text("Label;Years;Meeting\n" + "\n".join(rows) + "\n", encoding="utf-8")
    match = project.respondents.match_sheet(path)
    assert (match.place, match.attributes) == ("Meeting", ("Years",))
    assert match.doubled == (("Cook 1", 5),), "nobody of that name spoke there"
    project.respondents.import_sheet(match)
    facts = {each.id: each.attributes for each in project.respondents.all()}
    assert (facts[first.id], facts[second.id]) == ({"Years": "4"}, {"Years": "9"})
    assert named(project, "Waiter 1").attributes == {"Years": "2"}
