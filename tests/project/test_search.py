"""Finding words in a project, under filters, and filters with a name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.analysis.filtering import Filter, parse_filter
from qualcode.errors import AnalysisError, CancelledError
from qualcode.model.document import SpeakerRole
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as made:
        add_session(
            made,
            "Shift A",
            [
                ("Mod", "What of the price?"),
                ("Ann", "The price is high 😀, the prices rise."),
                ("Bo", "Time is short."),
            ],
            {"Mod": SpeakerRole.MODERATOR, "Ann": "Baker", "Bo": "Waiter"},
        )
        add_session(
            made, "Shift B", [("Ann", "No price, no time."), ("Bo", "Prices!")], {"Ann": "Baker", "Bo": "Waiter"}
        )
        add_survey(made, [("1", "Baker", {"What; why?": "The price"}), ("2", "Waiter", {"What; why?": "Nothing"})])
        code_words(made, "Shift A.txt", "price is high", "price")
        code_words(made, "Shift B.txt", "no time", "time")
        yield made


def places(project: Project, query: str, *filters: str, mode: str = "words") -> list[tuple[str, str, tuple[str, ...]]]:
    hits = project.search.find(query, mode=mode, where=parse_filter(filters))
    for hit in hits:
        text = project.documents.text(hit.document_id)
        assert text[hit.start : hit.end] == hit.text
        assert tuple(text[word.start : word.end] for word in hit.words) == hit.found()
    return [(hit.source.session or hit.source.question, hit.speaker, hit.found()) for hit in hits]


def test_turns_and_answers_are_found_of_whomever(project: Project) -> None:
    assert places(project, "price") == [
        ("Shift A", "Mod", ("price",)),
        ("Shift A", "Ann", ("price", "prices")),
        ("Shift B", "Ann", ("price",)),
        ("Shift B", "Bo", ("Prices",)),
        ("What; why?", "1", ("price",)),
    ]
    assert places(project, "time price") == [("Shift B", "Ann", ("price", "time"))]
    assert places(project, "PRICE  is", mode="phrase") == [("Shift A", "Ann", ("price is",))]
    assert places(project, "^no", mode="regex")[0] == ("Shift B", "Ann", ("No",))


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("group=Waiter", [("Shift B", "Bo")]),
        ("session=Shift A", [("Shift A", "Mod"), ("Shift A", "Ann")]),
        ("session!=Shift A; group=Baker", [("Shift B", "Ann"), ("What; why?", "1")]),
        ("code=price", [("Shift A", "Ann")]),
        ("code!=price; group=Baker", [("Shift B", "Ann"), ("What; why?", "1")]),
        ("code=price or group=Waiter", [("Shift A", "Ann"), ("Shift B", "Bo")]),
        ("code=price|time; coder=Kari", [("Shift A", "Ann"), ("Shift B", "Ann")]),
        ('question="What; why?"', [("What; why?", "1")]),
    ],
)
def test_a_filter_narrows_the_search(project: Project, where: str, found: list[tuple[str, str]]) -> None:
    assert [(source, speaker) for source, speaker, _words in places(project, "price", where)] == found


def test_either_of_two_conditions_is_enough_in_tables_too(project: Project) -> None:
    table = project.reports.theme_table(where=parse_filter(["group=Waiter or session=Shift A"]))
    everybody = table[table["group"] == "(all)"].iloc[0]
    assert everybody["group_n"] == 4  # both of shift A, the waiters of shift B and of the survey
    baker = table[(table["group"] == "Baker") & (table["theme"] == "price")].iloc[0]
    assert (baker["respondents"], baker["answering"]) == (1, 1)


def test_all_that_was_found_is_coded_in_one_step(project: Project) -> None:
    hits = project.search.find("price", where=parse_filter(["group=Baker"]))
    code = next(code for code in project.codebook.current().codes if code.key == "time")
    before = project.segments.count()
    assert project.segments.add_many([(hit.document_id, hit.span) for hit in hits], code.id) == 3
    project.undo()
    assert project.segments.count() == before


def test_a_search_can_be_stopped(project: Project) -> None:
    with pytest.raises(CancelledError):
        project.search.find("price", cancelled=lambda: True)


def test_a_saved_filter_is_used_by_its_name(project: Project) -> None:
    project.filters.save("@Late  shift", parse_filter(["session=Shift B; group=Baker"]), query="time", mode="phrase")
    saved = project.filters.named("late shift")
    assert (saved.name, saved.query, saved.mode) == ("Late shift", "time", "phrase")
    assert project.filters.parse(["@late shift", "code=time"]) == parse_filter(
        ["session=Shift B", "group=Baker", "code=time"]
    )
    project.filters.save("LATE shift", Filter())
    assert [each.name for each in project.filters.all()] == ["Late shift"]
    project.undo()
    assert project.filters.named("Late shift").where == saved.where
    project.filters.remove("late shift")
    with pytest.raises(AnalysisError):
        project.filters.parse(["@late shift"])
