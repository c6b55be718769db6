"""Counting options: two groupings, coder and origin, bases, single and several themes; what must always hold."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.analysis.filtering import parse_filter
from qualcode.errors import AnalysisError
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span, Unit
from qualcode.project.counting import SINGLES, STATED, Base, count_table
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_code, make_codebook, make_project

GROUPS: dict[str, str | SpeakerRole] = {"A": "Leaders", "B": "Staff", "M": SpeakerRole.MODERATOR}
CODEBOOK = make_codebook(
    make_code("price"), make_code("cost", "price", 1), make_code("debt", "price", 1), make_code("time")
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path, CODEBOOK) as project:
        rows = [
            ("1", "Leaders", {"Why?": "It costs too much.", "How?": "We have no time."}),
            ("2", "Leaders", {"Why?": "vet ikke", "How?": ""}),
            ("3", "Staff", {"Why?": "Debts and hours.", "How?": "Money."}),
            ("4", "Staff", {"Why?": "Nothing.", "How?": "Hours."}),
        ]
        add_survey(project, rows, [{"Region": "East"}, {"Region": "West"}, {"Region": "West"}, {}])
        add_session(project, "Team", [("M", "Well?"), ("A", "The price. And the time."), ("B", "Debts.")], GROUPS)
        for document, words, code, coder in (
            ("survey.csv#!2:Why?", "costs", "cost", "Kari"),
            ("survey.csv#!2:Why?", "costs", "debt", "Ola"),
            ("survey.csv#!2:How?", "no time", "time", "Kari"),
            ("survey.csv#!4:Why?", "Debts and hours", "debt", "Kari"),
            ("survey.csv#!4:Why?", "Debts and hours", "time", "Kari"),
            ("survey.csv#!5:How?", "Hours", "time", "Ola"),
            ("Team.txt", "The price", "price", "Kari"),
            ("Team.txt", "the time", "time", "Ola"),
        ):
            code_words(project, document, words, code, coder)
        yield project


def line(table: pd.DataFrame, group: str, theme: str) -> dict[str, object]:
    rows = table[(table["group"] == group) & (table["theme"] == theme)].to_dict("records")
    assert len(rows) == 1, (group, theme)
    return {str(name): value for name, value in rows[0].items()}


def test_each_line_says_what_it_is_about(project: Project) -> None:
    table = count_table(project, where=parse_filter(["question=Why?"]), unit=Unit.ANSWER)
    assert tuple(table.columns[-len(STATED) :]) == STATED
    assert set(table["filter"]) == {"question=Why?"} and set(table["unit"]) == {"answer"}
    row = line(table, "Staff", "time")
    assert (row["base"], row["base_n"], row["base_N"], row["base_note"]) == (
        "answering",
        1,
        2,
        "below_small_cell",
    )
    assert math.isnan(float(str(row["base_pct"])))


@pytest.mark.parametrize(
    ("base", "n", "N"),
    [("answering", 2, 2), ("group", 2, 3), ("asked", 1, 2), ("units", 2, 4), ("segments", 2, 5)],
)
def test_bases(project: Project, base: str, n: int, N: int) -> None:
    row = line(count_table(project, base=Base(base)), "Leaders", "time")
    assert (row["base"], row["base_n"], row["base_N"]) == (base, n, N)


def test_nobody_was_asked_in_a_transcript(project: Project) -> None:
    row = line(count_table(project, base=Base.ASKED, by="session"), "Team", "time")
    assert (row["base_n"], row["base_N"], row["base_note"]) == (0, 0, "nobody_asked")


def test_two_groupings_at_once(project: Project) -> None:
    table = count_table(project, by="group+Region")
    assert list(dict.fromkeys(table["group"])) == [
        "Leaders × East",
        "Leaders × West",
        "Staff × West",
        "(none)",
        "(all)",
    ]
    assert line(table, "Leaders × East", "price")["respondents"] == 1
    assert line(table, "Leaders × West", "price")["group_n"] == 1
    assert line(table, "(none)", "time")["respondents"] == 2  # the one without a region, and the leader of the session
    by_question = count_table(project, by="group + question")
    assert line(by_question, "Staff × How?", "time")["respondents"] == 1
    assert line(by_question, "Staff × How?", "time")["group_n"] == 2
    assert line(by_question, "Leaders × Why?", "time")["answering"] == 1
    quoted = project.reports.quotations("time", "Staff × How?", by="group+question")
    assert [each.text for each in quoted] == ["Hours"]
    with pytest.raises(AnalysisError, match="two things to group by"):
        count_table(project, by="group+Region+session")
    with pytest.raises(AnalysisError, match="'Regoin'"):
        count_table(project, by="group+Regoin")


def test_by_coder_and_origin(project: Project) -> None:
    table = count_table(project, by="coder")
    assert list(dict.fromkeys(table["group"])) == ["Kari", "Ola", "(all)"]
    assert [line(table, who, "time")["codings"] for who in ("Kari", "Ola", "(all)")] == [2, 2, 4]
    assert line(table, "Kari", "time")["answering"] == line(table, "(all)", "time")["answering"]
    assert table.set_index(["group", "theme"])["suggested"].isna()[("Kari", "time")]
    assert list(dict.fromkeys(count_table(project, by="origin")["group"])) == ["manual", "(all)"]
    with pytest.raises(AnalysisError, match="asked cannot be counted by coder"):
        count_table(project, by="coder", base=Base.ASKED)


def test_depth_leaves_lines_out_and_counts_them_above(project: Project) -> None:
    top, every = count_table(project, depth=0), count_table(project)
    assert set(top["theme"]) == {"price", "time"}
    assert line(top, "(all)", "price")["codings"] == line(every, "(all)", "price")["codings"] == 3


def test_single_and_several_themes_on_one_unit(project: Project) -> None:
    table = count_table(project, told_apart=True)
    assert tuple(table.columns[-3:]) == SINGLES
    found = {theme: line(table, "(all)", theme) for theme in ("price", "cost", "debt", "time")}
    assert {theme: (row["single_units"], row["several_units"]) for theme, row in found.items()} == {
        "price": (2, 1),  # the span with cost and debt is the parent's alone
        "cost": (0, 1),
        "debt": (0, 2),
        "time": (3, 1),
    }
    by_session = count_table(project, told_apart=True, unit=Unit.SESSION)
    assert (line(by_session, "Leaders", "time")["single_units"], line(by_session, "Leaders", "time")["units"]) == (0, 1)


# -- what must always hold --------------------------------------------------------------------------------------------

WORDS = ["rent", "hours", "debts", "well", "…"]
ANSWERS = st.lists(
    st.tuples(st.sampled_from(["Leaders", "Staff", ""]), st.lists(st.sampled_from(WORDS), min_size=1, max_size=3)),
    min_size=1,
    max_size=6,
)
CODINGS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(1, 6), st.integers(0, 3)), max_size=10)


def built(folder: Path, answers: list[tuple[str, list[str]]], codings: list[tuple[int, int, int, int]]) -> Project:
    project = make_project(folder, CODEBOOK)
    rows = [(str(n), group, {"Why?": " ".join(words)}) for n, (group, words) in enumerate(answers)]
    add_survey(project, rows)
    documents = [each.id for each in project.documents.all()]
    for place, start, length, code in codings:
        document = documents[place % len(documents)]
        text = project.documents.text(document)
        end = min(len(text), start + length)
        if start < end:
            project.segments.add(document, Span(start, end), project.codebook.current().codes[code].id)
    return project


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, codings=CODINGS, unit=st.sampled_from([Unit.SEGMENT, Unit.SENTENCE, Unit.RESPONDENT]))
def test_what_must_always_hold(
    tmp_path_factory: pytest.TempPathFactory,
    answers: list[tuple[str, list[str]]],
    codings: list[tuple[int, int, int, int]],
    unit: Unit,
) -> None:
    with built(tmp_path_factory.mktemp("a"), answers, codings) as project:
        table = count_table(project, unit=unit, told_apart=True)
        for _group, rows in table.groupby("group"):
            by_theme = rows.set_index("theme")
            for column in ("codings", "units", "respondents"):
                counts = dict(zip(by_theme.index, by_theme[column].tolist(), strict=True))
                below, union = [counts["cost"], counts["debt"]], counts["price"]
                assert max(below) <= union  # a union is no smaller than its parts,
                own = _own(project, str(_group), column, unit)
                assert union <= sum(below) + own  # and no larger than their sum
            assert (rows["single_units"] + rows["several_units"] == rows["units"]).all()
            assert (rows["respondents"] <= rows["answering"]).all() and (rows["answering"] <= rows["group_n"]).all()
            assert (rows["units"] <= rows["units_in_group"]).all()
        parts, whole = table[table["group"] != "(all)"], table[table["group"] == "(all)"]
        for column in ("answering", "group_n", "units_in_group", "words_in_group", "codings_in_group"):  # one survey:
            assert parts.groupby("theme")[column].sum().to_dict() == whole.set_index("theme")[column].to_dict()
        add_session(project, "Empty", [("A", "…")], {"A": "Staff"})  # a document without words
        after = count_table(project, unit=unit, told_apart=True)
        moved = ["group_n", "pct_of_group", "sessions_in_group"]  # its speaker is in the group, and said nothing
        same = after[after["group"].isin(table["group"])].reset_index(drop=True)
        pd.testing.assert_frame_equal(same.drop(columns=moved), table.drop(columns=moved))


def _own(project: Project, group: str, column: str, unit: Unit) -> int:
    """What the parent has of its own."""
    codings = project.reports.theme_table(unit=unit, where=parse_filter(["code!=cost|debt"]))
    rows = codings[(codings["group"] == group) & (codings["theme"] == "price")]
    return int(rows[column].iloc[0]) if len(rows) else 0


@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=ANSWERS, codings=CODINGS, order=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory,
    answers: list[tuple[str, list[str]]],
    codings: list[tuple[int, int, int, int]],
    order: object,
) -> None:
    shuffled = list(range(len(answers)))
    order.shuffle(shuffled)  # type: ignore[attr-defined]  # random.Random, which hypothesis does not say
    place = {old: new for new, old in enumerate(shuffled)}
    moved = [(place[at % len(answers)], start, length, code) for at, start, length, code in reversed(codings)]
    with (
        built(tmp_path_factory.mktemp("a"), answers, codings) as one,
        built(tmp_path_factory.mktemp("b"), [answers[old] for old in shuffled], moved) as other,
    ):
        keys = ["group", "theme"]
        first, second = (count_table(each).sort_values(keys, ignore_index=True) for each in (one, other))
        pd.testing.assert_frame_equal(first, second)
