"""Pictures of closed questions, themes beside them and sessions: their numbers are those of the tables."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from qualcode.analysis.closed import ClosedAnswers, closed_table
from qualcode.analysis.saturation import saturation_table
from qualcode.exporting.chart_closed import draw_closed
from qualcode.exporting.chart_joint import draw_joint
from qualcode.exporting.chart_page import as_bytes
from qualcode.exporting.chart_saturation import draw_saturation

NAN, NBSP = float("nan"), "\N{NO-BREAK SPACE}"


def texts(figure: Any) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", as_bytes(figure, "svg").decode("utf-8"))


def closed(*questions: ClosedAnswers) -> pd.DataFrame:
    groups = [("(all)", frozenset(range(12))), ("Leaders", frozenset(range(8))), ("Staff", frozenset(range(8, 12)))]
    return closed_table(questions, groups, small_cell=5)


def scale(values: str) -> ClosedAnswers:
    answers = dict(enumerate(values.split()))
    return ClosedAnswers("How often?", "scale", 0.0, 5.0, frozenset(range(12)), answers)


def test_parts_of_a_bar_are_named_by_the_value_of_the_scale() -> None:
    shown = texts(draw_closed(closed(scale("1 1 1 2,5 2,5 2,5 2,5 5 0 0 0 0")), language="nb"))
    assert f"2,5: 50{NBSP}%" in shown and f"1: 38{NBSP}%" in shown  # of eight leaders
    assert f"0: 33{NBSP}%" in shown  # of all twelve; four are too few for a bar of their own
    assert shown.count("bare antall") == 1
    assert [each for each in shown if each.startswith("n = ")] == ["n = 8", "n = 4", "n = 12"]


def test_answers_in_words_are_numbered_and_several_choices_have_bars_of_their_own() -> None:
    people = frozenset(range(12))
    words = ClosedAnswers("Where?", "category", None, None, people, dict.fromkeys(people, "At home") | {0: "Out"})
    several = ClosedAnswers("How?", "multiple", None, None, people, dict.fromkeys(people, "Mail; Phone") | {0: "Mail"})
    shown = texts(draw_closed(closed(words, several), language="en"))
    assert f"1{NBSP}At home   2{NBSP}Out" in shown
    assert f"1: 88{NBSP}%" in shown
    assert shown[shown.index("Phone") :].count(f"92{NBSP}%") == 1
    assert any("more than 100" in each for each in shown)


def test_a_question_that_does_not_fit_on_the_page_is_told() -> None:
    people = frozenset(range(12))
    many = ClosedAnswers("Long", "multiple", None, None, people, {each: f"choice {each}" for each in people})
    shown = texts(draw_closed(closed(scale("1 " * 12), many, scale("2 " * 12)), language="en"))
    assert "Long" not in shown
    assert any("not shown" in each and each.endswith(": 1.") for each in shown)


def test_nothing_is_drawn_without_an_error() -> None:
    nothing = closed_table([], [], small_cell=5)
    for figure in (draw_closed(nothing, language="en"), draw_saturation(saturation_table([]), language="en")):
        assert "There is nothing to show yet." in texts(figure)


@pytest.mark.parametrize(("language", "mean"), [("nb", "7,3 (6)"), ("en", "7.3 (6)")])
def test_shares_stand_beside_means(language: str, mean: str) -> None:
    beside = {"theme": "barriers", "name": "Barriers", "question": "Barriers (0-10)", "minimum": 0.0, "maximum": 10.0}
    rows = [
        {**beside, "group": "Leaders", "respondents": 5, "answering": 8, "asked": 8, "n": 6, "mean": 7.25, "sd": 1.5},
        {**beside, "group": "Staff", "respondents": 2, "answering": 4, "asked": 4, "n": 4, "mean": 3.0, "sd": 1.0},
        {**beside, "group": "(none)", "respondents": 0, "answering": 0, "asked": 0, "n": 0, "mean": NAN, "sd": NAN},
    ]
    shown = texts(draw_joint(pd.DataFrame(rows), language=language))
    assert f"63{NBSP}%  5/8" in shown and mean in shown
    assert "2/4" in shown and "(4)" in shown  # four are too few for a share and for a mean
    assert not any("0/0" in each for each in shown)


def test_sessions_show_what_is_new_and_all_so_far() -> None:
    sessions = [("Team A", list("abcdefghij")), ("Team B", list("abkl")), ("Team C", ["a"])]
    shown = texts(draw_saturation(saturation_table(sessions), language="en"))
    assert {"Team A", "Team B", "Team C", "10", "2", "12"} <= set(shown)


def test_themes_that_do_not_fit_on_the_page_are_told() -> None:
    row = {
        "question": "Barriers",
        "minimum": 0.0,
        "maximum": 10.0,
        "respondents": 5,
        "answering": 8,
        "asked": 8,
        "n": 6,
    }
    rows = [
        {**row, "theme": f"t{number}", "name": f"Theme {number}", "group": group, "mean": 5.0, "sd": 1.0}
        for number in range(9)
        for group in ("Leaders", "Staff", "Users", "(all)")
    ]
    shown = texts(draw_joint(pd.DataFrame(rows), language="en"))
    n_shown = sum(each.startswith("Theme ") for each in shown)
    assert 3 < n_shown < 9
    assert any("not shown" in each and each.endswith(f": {9 - n_shown}.") for each in shown)


def test_names_of_files_are_not_broken_inside_their_endings() -> None:
    sessions = [("fokusgruppe_2_kirurgi.txt", ["price"]), ("Et langt navn uten ende" + "n" * 20, ["time"])]
    sessions += [(f"intervju_{n}.rtf", ["price"]) for n in range(6)]
    shown = texts(draw_saturation(saturation_table(sessions), language="en"))
    assert shown.count("rtf") == 6 and {"fokusgruppe_", "2_kirurgi.", "txt", "intervju_5."} <= set(shown)
    assert {"Et langt", "navn uten", "endennnnnnnn"} <= set(shown)
