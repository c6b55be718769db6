"""Filtering and sorting the rows of a question; closed answers with their ranges."""

from __future__ import annotations

import pytest

from qualcode.gui.survey import answer_sheet as module
from qualcode.gui.survey.answer_sheet import AnswerSheet, Closed, Counts, Order, Show, Sorting, Wanted, title_and_range
from qualcode.project.project import Project
from qualcode.store import settings


@pytest.fixture
def sheet(project: Project) -> AnswerSheet:
    asked = project.survey.questions()[0]
    codes = [code.id for code in project.codebook.current().codes]
    made = AnswerSheet(project.survey, project.documents.texts, asked, ["Baker", "Kelner", "(none)"], codes)
    made.read_codes(None, ())
    return made


def idents(sheet: AnswerSheet, wanted: Wanted = Wanted(), sorting: Sorting = Sorting()) -> list[str]:  # noqa: B008
    return [sheet.rows.idents[row] for row in sheet.order(wanted, sorting)]


def test_all_rows_come_as_they_were_imported(sheet: AnswerSheet) -> None:
    assert idents(sheet) == ["10", "9", "100", "2", "30", "31", "32", "33"]
    assert sheet.counts() == Counts(all=8, answered=6, coded=0, suggested=4)
    assert (sheet.counts().uncoded, sheet.counts().blank) == (6, 2)


@pytest.mark.parametrize(
    ("order", "down", "first"),
    [
        (Order.IDENT, False, ["2", "9", "10", "30"]),
        (Order.IDENT, True, ["100", "33", "32", "31"]),
        (Order.GROUP, False, ["10", "2", "31", "32"]),
        (Order.LENGTH, False, ["31", "100", "9", "33"]),
        (Order.LENGTH, True, ["30", "10", "32", "2"]),
    ],
)
def test_rows_are_sorted(sheet: AnswerSheet, order: Order, down: bool, first: list[str]) -> None:
    assert idents(sheet, sorting=Sorting(order, is_descending=down))[:4] == first


def test_numbers_are_sorted_by_size_and_rows_without_one_stand_last_either_way(sheet: AnswerSheet) -> None:
    name = "Trivsel (0-10)"
    assert idents(sheet, sorting=Sorting(Order.CLOSED, name)) == ["2", "10", "9", "100", "30", "31", "32", "33"]
    assert idents(sheet, sorting=Sorting(Order.CLOSED, name, True)) == ["9", "10", "2", "100", "30", "31", "32", "33"]


def test_very_many_answers_are_read_again_with_all_of_their_question(
    sheet: AnswerSheet, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_MANY", 2)
    monkeypatch.setattr(type(project.survey), "codes_of", lambda *_args, **_kw: pytest.fail("a part was read"))
    ids = {code.key: code.id for code in project.codebook.current().codes}
    documents = [each for each, counts in zip(sheet.rows.document_ids, sheet.rows.counts, strict=True) if counts]
    project.survey.code(documents[:3], ids["time"])
    sheet.read_codes(documents[:3], ())
    assert sheet.counts().coded == 3


def test_rows_of_one_code_stand_together(sheet: AnswerSheet, project: Project) -> None:
    ids = {code.key: code.id for code in project.codebook.current().codes}
    documents = dict(zip(sheet.rows.idents, sheet.rows.document_ids, strict=True))
    project.survey.code([documents["9"], documents["33"]], ids["time"])
    project.survey.code([documents["2"]], ids["secrecy"])
    sheet.read_codes(None, ())
    assert idents(sheet, sorting=Sorting(Order.CODES))[:3] == ["2", "9", "33"]
    assert idents(sheet, sorting=Sorting(Order.CODES, is_descending=True))[:3] == ["9", "33", "2"]
    assert idents(sheet, Wanted(show=Show.UNCODED)) == ["10", "30", "32"]


def test_filters_are_combined(sheet: AnswerSheet, project: Project) -> None:
    ids = {code.key: code.id for code in project.codebook.current().codes}
    assert idents(sheet, Wanted(group="Kelner")) == ["9", "100", "33"]
    assert idents(sheet, Wanted(group="(none)")) == ["30"]
    assert idents(sheet, Wanted(show=Show.BLANK)) == ["100", "31"]
    assert idents(sheet, Wanted(show=Show.SUGGESTED)) == ["10", "9", "2", "32"]
    assert idents(sheet, Wanted(codes=frozenset({ids["time"]}))) == ["9", "32"]
    assert idents(sheet, Wanted(words=" TID ")) == ["9", "32"]
    assert idents(sheet, Wanted("Baker", frozenset({ids["time"]}), Show.SUGGESTED, "tid")) == ["32"]


def test_only_codes_of_what_changed_are_read_again(sheet: AnswerSheet, project: Project) -> None:
    ids = {code.key: code.id for code in project.codebook.current().codes}
    document = sheet.rows.document_ids[6]
    assert sheet.waiting(6) == (ids["secrecy"], ids["time"])
    project.survey.accept([document])
    sheet.read_codes([document], ())
    assert (sheet.coded(6), sheet.waiting(6)) == ((ids["secrecy"], ids["time"]), ())
    project.undo()
    sheet.read_codes([document], ())
    assert sheet.coded(6) == ()


def test_a_code_that_is_given_is_not_shown_as_suggested_too(sheet: AnswerSheet, project: Project) -> None:
    ids = {code.key: code.id for code in project.codebook.current().codes}
    document = sheet.rows.document_ids[4 - 3]
    project.survey.code([document], ids["time"])
    sheet.read_codes(None, ())
    assert (sheet.coded(1), sheet.waiting(1)) == ((ids["time"],), ())


def test_words_are_read_with_those_of_rows_nearby(sheet: AnswerSheet) -> None:
    read: list[list[int]] = []
    inner = sheet._read_texts

    def counted(ids: list[int]) -> dict[int, str]:
        read.append(ids)
        return inner(ids)  # type: ignore[no-any-return]

    sheet._read_texts = counted
    assert sheet.text(0, range(8)) == "Taushetsplikt om oppskriftene."
    assert sheet.text(3, range(8)) == "Det trange kjøkkenet 😀"
    assert sheet.text(5, range(8)) == ""
    assert len(read) == 1


def test_a_scale_that_the_study_states_is_a_scale_whatever_its_name_says(sheet: AnswerSheet, project: Project) -> None:
    asked = {"column": "Skift", "kind": "scale", "min": 1, "max": 5, "surveys": [1]}
    with project.step("Say what is asked"):
        settings.write(project.db, "closed_questions", [asked])
    assert (sheet.closed("Skift").low, sheet.closed("Skift").high) == (1, 5)
    assert (sheet.closed("Trivsel (0-10)").low, sheet.closed("Trivsel (0-10)").high) == (0, 10)


@pytest.mark.parametrize(
    ("name", "title", "low", "high"),
    [
        ("Trivsel (0-10)", "Trivsel", 0.0, 10.0),
        ("Grad (1 til 5)", "Grad", 1.0, 5.0),
        ("Balance (-3–3) ", "Balance", -3.0, 3.0),
        ("Alder (år)", "Alder (år)", None, None),
    ],
)
def test_a_range_is_read_from_the_end_of_a_name(name: str, title: str, low: float | None, high: float | None) -> None:
    assert title_and_range(name) == (title, low, high)


def test_a_value_off_its_scale_has_no_bar() -> None:
    closed = Closed("a", "a", 1.0, 5.0)
    assert [closed.share(value) for value in ("1", "3", "5", "6", "x")] == [0.0, 0.5, 1.0, None, None]
    assert Closed("a", "a", None, None).share("3") is None
