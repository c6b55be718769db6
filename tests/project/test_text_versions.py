"""Corrections in place: a new version, everything that stands on the text carried, one step that undo takes back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from qualcode.errors import QualcodeError
from qualcode.model.carrying import Tally
from qualcode.model.progress import to_the_end
from qualcode.model.segment import Span
from qualcode.model.suggestion import Evidence, Proposal, Status
from qualcode.project.project import Project
from qualcode.store import documents, proposals
from qualcode.store.schema import WATCHED, chosen_quotation, memo, sample, sample_unit, settlement
from tests.builders import add_session, add_survey, code_words, make_project

SAID = [
    ("Anna", "We wait for the bred, and the oven is cold."),
    ("Bo", "The oven is cold. The oven is cold."),
    ("Anna", "Nobody knows who has the keys."),
]
GROUPS = {"Anna": "Bakers", "Bo": "Waiters"}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as project:
        add_session(project, "Team", SAID, GROUPS)
        yield project


def contents(project: Project) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables that the journal follows."""
    return {table.name: sorted(tuple(row) for row in project.db.connection.execute(select(table))) for table in WATCHED}


def talk(project: Project) -> int:
    return documents.ids_by_name(project.db)["Team.txt"]


def place(project: Project, words: str) -> Span:
    start = project.documents.text(talk(project)).index(words)
    return Span(start, start + len(words))


def quoted(project: Project) -> list[str]:
    text = project.documents.text(talk(project))
    return [text[each.span.start : each.span.end] for each in project.segments.of_document(talk(project))]


def test_a_slip_is_corrected_and_the_quotations_go_along(project: Project) -> None:
    for words in ("wait for the bred", "bred", "oven is cold. The", "who has the keys"):
        code_words(project, "Team.txt", words, "price")
    before = project.documents.turns(talk(project))
    corrected = project.documents.correct(talk(project), place(project, "bred"), "good bread", "heard again")
    assert corrected is not None
    assert corrected.quotations == Tally(kept=2, changed=2)
    assert quoted(project) == ["wait for the good bread", "good bread", "oven is cold. The", "who has the keys"]
    after = project.documents.turns(talk(project))
    text = project.documents.text(talk(project))
    assert [text[each.start : each.end] for each in after] == [
        "We wait for the good bread, and the oven is cold.",
        *(words for _label, words in SAID[1:]),
    ]
    assert [each.label for each in after] == [each.label for each in before]
    assert corrected.span == place(project, "good bread")


def test_a_quotation_whose_words_go_is_lost_and_listed_and_its_memo_stays_with_the_text(project: Project) -> None:
    lost = code_words(project, "Team.txt", "Nobody knows", "time")
    code_words(project, "Team.txt", "the keys", "price")
    with project.step("Memo"):
        about = {"segment_id": lost, "title": "", "content": "Why?", "coder_id": 1, "made_at": "", "changed_at": ""}
        project.db.connection.execute(insert(memo).values(about))
    corrected = project.documents.correct(talk(project), place(project, "Nobody knows who"), "It is Eva who")
    assert corrected is not None
    assert corrected.quotations == Tally(kept=1, lost=1)
    assert quoted(project) == ["the keys"]
    (found,) = project.documents.lost(talk(project))
    assert (found.words, found.coder) == ("Nobody knows", "Kari")
    kept = project.db.connection.execute(select(memo.c.document_id, memo.c.segment_id, memo.c.content)).one()
    assert tuple(kept) == (talk(project), None, "Why?")


def test_a_lost_quotation_of_a_merged_code_is_listed_with_the_other_code(project: Project) -> None:
    code_words(project, "Team.txt", "Nobody knows", "time")
    project.documents.correct(talk(project), place(project, "Nobody knows who"), "It is Eva who")
    time, price = (project.codebook.by_key_or_name(key).id for key in ("time", "price"))
    project.codebook.merge(time, price)
    assert [each.code_id for each in project.documents.lost(talk(project))] == [price]
    project.undo()
    assert [each.code_id for each in project.documents.lost(talk(project))] == [time]


def test_versions_say_when_who_why_and_what(project: Project) -> None:
    first = project.documents.text(talk(project))
    project.documents.correct(talk(project), place(project, "bred"), "bread", "a slip")
    project.documents.correct(talk(project), place(project, "Nobody knows "), "")
    one, two, three = project.documents.versions(talk(project))
    assert (one.number, one.file, one.is_from_file, one.coder) == (1, "Team.txt", True, "")
    assert (two.number, two.coder, two.reason, two.is_from_file) == (2, "Kari", "a slip", False)
    assert two.made_at
    assert two.replacements == (("bred", "bread"),)
    assert three.replacements == (("Nobody knows", ""),)
    assert project.documents.text_of_version(talk(project), 1) == first
    assert project.documents.spoken_text(talk(project), 1).startswith(f"Anna: {SAID[0][1]}\n\nBo: The oven")
    assert project.documents.text_of_version(talk(project), 3) == project.documents.text(talk(project))
    with pytest.raises(QualcodeError, match="no version 4"):
        project.documents.text_of_version(talk(project), 4)


def test_the_same_words_are_no_new_version(project: Project) -> None:
    steps = project.history()
    assert project.documents.correct(talk(project), place(project, "bred"), "bred") is None
    assert project.history() == steps


def test_a_correction_stays_inside_a_turn_and_leaves_something_of_it(project: Project) -> None:
    before = contents(project)
    across = place(project, "cold.\nThe oven")
    with pytest.raises(QualcodeError, match="inside one turn"):
        project.documents.correct(talk(project), across, "cold. The oven")
    with pytest.raises(QualcodeError, match="Nothing would be left"):
        project.documents.correct(talk(project), place(project, SAID[2][1]), " \n ")
    with pytest.raises(QualcodeError, match="outside the text"):
        project.documents.correct(talk(project), Span(5, 10_000), "x")
    with pytest.raises(QualcodeError, match="gone"):
        project.documents.correct(999, Span(0, 1), "x")
    assert contents(project) == before


def test_new_words_are_brought_into_normal_form_also_with_the_letters_beside_them(project: Project) -> None:
    project.documents.correct(talk(project), place(project, "bred"), "bre\u0301d\r\nand\ufeff more")
    assert "br\u00e9d\nand more, and" in project.documents.text(talk(project))
    code_words(project, "Team.txt", "cold. The", "time")
    project.documents.correct(talk(project), place(project, "ld. The"), "\u0301ld. The")  # the o before gets an accent
    text = project.documents.text(talk(project))
    assert "c\u00f3ld. The" in text
    assert [text[each.start : each.end].startswith("Nobody") for each in project.documents.turns(talk(project))][2]
    assert quoted(project) == ["c\u00f3ld. The"]


def test_an_answer_that_is_corrected_may_answer_now_or_no_longer(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_survey(project, [("1", "Bakers", {"Why?": "vet ikke"}), ("2", "Bakers", {"Why?": "Too litle time"})])
        first, second = documents.ids_by_name(project.db).values()
        code_words(project, "survey.csv#!3:Why?", "Too litle time", "time")
        project.documents.correct(first, Span(0, 8), "vet ikke helt, tida kanskje")
        assert list(project.survey.rows(1).counts) == [True, True]
        project.documents.correct(first, Span(0, 27), "nei")
        assert list(project.survey.rows(1).counts) == [False, True]
        corrected = project.documents.correct(second, Span(4, 9), "little")
        assert corrected is not None
        assert corrected.quotations == Tally(changed=1)
        assert list(project.survey.rows(1).lengths) == [3, 15]
        (segment,) = project.segments.of_document(second)
        assert segment.span == Span(0, 15)
        with pytest.raises(QualcodeError, match="left of the answer"):
            project.documents.correct(first, Span(0, 3), "")


def suggest(project: Project, *found: tuple[str, str]) -> None:
    """Let these passages wait for a decision, each with its evidence."""
    code_id = {code.key: code.id for code in project.codebook.current().codes}["time"]
    rows = [
        (
            talk(project),
            code_id,
            Proposal(place(project, words), "time", "r", Evidence((place(project, word),), (word,)), 1),
        )
        for words, word in found
    ]
    with project.step("Suggest"):
        to_the_end(proposals.replacing_pending(project.db, rows))


def test_suggestions_go_along_with_their_decisions_and_lose_a_reason_that_was_corrected(project: Project) -> None:
    suggest(project, ("The oven is cold. The oven is cold.", "The"))
    (decided,) = project.review.of_document(talk(project))
    project.review.accept([decided.id])
    suggest(project, (SAID[0][1], "bred"), (SAID[2][1], "keys"))
    project.documents.correct(talk(project), place(project, "bred"), "rye bread")
    found = project.review.of_document(talk(project), status=None)
    text = project.documents.text(talk(project))
    assert [(text[each.span.start : each.span.end], each.status) for each in found] == [
        ("The oven is cold. The oven is cold.", Status.ACCEPTED),
        ("Nobody knows who has the keys.", Status.SUGGESTED),
    ]
    for each, words in zip(found, ("The", "keys"), strict=True):
        assert [text[span.start : span.end] for span in each.evidence_spans] == [words]
    assert len(project.review.decisions()) == 1
    assert quoted(project) == ["The oven is cold. The oven is cold."]


def test_settlements_and_units_of_samples_go_along(project: Project) -> None:
    where = place(project, "Nobody knows who has the keys.")
    at = {"document_id": talk(project), "start": where.start, "end": where.end}
    code_words(project, "Team.txt", "keys", "time")
    with project.step("Sample"):
        execute = project.db.connection.execute
        execute(insert(sample).values(name="S", details="{}", made_at=""))
        execute(insert(sample_unit).values(sample_id=1, **at))
        execute(insert(settlement).values(code_id=1, applies=1, note="", coder_id=1, made_at="", **at))
    project.documents.correct(talk(project), place(project, "bred"), "bread and butter")
    project.documents.correct(talk(project), place(project, "keys."), "keys. I do.")
    text = project.documents.text(talk(project))
    for table in (sample_unit, settlement):
        row = project.db.connection.execute(select(table.c.start, table.c.end)).one()
        assert text[row.start : row.end] == "Nobody knows who has the keys. I do."


def test_two_quotations_that_come_to_stand_at_one_place_become_one(project: Project) -> None:
    first = code_words(project, "Team.txt", "who has the keys", "time")
    second = code_words(project, "Team.txt", "who has the keys.", "time")
    with project.step("Choose"):
        chosen = {"segment_id": second, "is_negative": 0, "note": "", "coder_id": 1, "made_at": ""}
        project.db.connection.execute(insert(chosen_quotation).values(chosen))
    before = contents(project)
    project.documents.correct(talk(project), place(project, "has the keys."), "has the keys")
    assert quoted(project) == ["who has the keys"]
    assert [each.id for each in project.segments.of_document(talk(project))] == [first]
    assert list(project.db.connection.execute(select(chosen_quotation.c.segment_id)).scalars()) == [first]
    project.undo()
    assert contents(project) == before


def test_quotations_that_take_each_others_places_can_be_undone_and_redone(project: Project) -> None:
    """Equal sentences in a row, and as long a one put in before them: each comes to stand where the next one stood."""
    text = project.documents.text(talk(project))
    code = {each.key: each.id for each in project.codebook.current().codes}["time"]
    start = text.index("The oven is cold. The")
    for at in (start, start + 18):
        project.segments.add(talk(project), Span(at, at + 17), code)
    before = contents(project)
    project.documents.correct(talk(project), place(project, "bred"), "bred and the butter ok")
    assert [each.span.start for each in project.segments.of_document(talk(project))] == [start + 18, start + 36]
    after = contents(project)
    project.undo()
    assert contents(project) == before
    project.redo()
    assert contents(project) == after


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(1, 25),
            st.lists(st.sampled_from(["cold", "oven ", "is", " ", ". ", "😀", "\n", "the "]), max_size=5).map("".join),
        ),
        min_size=1,
        max_size=4,
    ),
    st.lists(st.tuples(st.floats(0, 1), st.integers(1, 30)), max_size=12),
)
def test_undo_and_redo_are_exact_also_after_a_restart(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[float, int, str]],
    coded: list[tuple[float, int]],
) -> None:
    folder = tmp_path_factory.mktemp("project")
    with make_project(folder) as project:
        add_session(project, "Team", SAID, GROUPS)
        length = len(project.documents.text(talk(project)))
        code = next(each.id for each in project.codebook.current().codes)
        for at, n in coded:
            start = round(at * (length - 1))
            project.segments.add(talk(project), Span(start, min(length, start + n)), code)
        states = [contents(project)]
        for at, n, words in edits:
            text = project.documents.text(talk(project))
            start = round(at * (len(text) - 1))
            try:
                done = project.documents.correct(talk(project), Span(start, min(len(text), start + n)), words)
            except QualcodeError:
                continue
            if done is not None:
                states.append(contents(project))
        now = project.documents.text(talk(project))
        for turn in project.documents.turns(talk(project)):
            assert now[turn.start : turn.end].strip()
    with Project.open(folder / "test.qualcode", coder="Kari") as project:
        for state in reversed(states[:-1]):
            project.undo()
            assert contents(project) == state
    with Project.open(folder / "test.qualcode", coder="Kari") as project:
        for state in states[1:]:
            project.redo()
            assert contents(project) == state
        assert project.documents.text(talk(project)) == now
