"""Numbers as a report prints them, and commands as one types them."""

from __future__ import annotations

import math
import shlex

import pytest

from qualcode.exporting.report_draft import typed
from qualcode.exporting.report_numbers import Numbers

NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
NB, EN = Numbers("nb"), Numbers("en")


def test_per_cents_are_worked_out_from_the_integers_with_halves_up() -> None:
    assert EN.percent(5, 8) == f"63{NBSP}%"
    assert EN.percent(1, 8) == f"13{NBSP}%"
    assert EN.percent(0, 7) == f"0{NBSP}%"
    assert EN.percent(7, 7) == f"100{NBSP}%"


def test_intervals_and_differences_are_in_whole_points() -> None:
    assert EN.interval(0.125, 0.5) == "13–50"
    assert NB.points(0.144) == "+14"
    assert NB.points(-0.065) == f"{MINUS}7"  # as +7 on the other side
    assert NB.points(0.065) == "+7"
    assert NB.points(0.001) == NB.points(-0.001) == "0"


def test_a_half_that_fractions_miss_by_a_hair_is_a_half() -> None:
    assert 100 * (57 / 200) < 28.5
    assert Numbers("en").points(57 / 200) == "+29"
    assert Numbers("en").points(-57 / 200) == "\N{MINUS SIGN}29"


def test_norwegian_numbers_have_a_comma_and_spaces_that_do_not_break() -> None:
    assert (NB.decimal(-1.25, 1), EN.decimal(1.28, 1)) == (f"{MINUS}1,3", "1.3")
    assert (NB.count(12050), EN.count(12050)) == (f"12{NBSP}050", "12,050")
    assert NB.decimal(math.inf, 2) == "∞"
    assert NB.p(0.02441) == "0,024"
    assert NB.p_is(0.0004) == f"p{NBSP}<{NBSP}0,001"
    assert EN.p_is(0.001) == f"p{NBSP}={NBSP}0.001"


@pytest.mark.parametrize(
    "text", ["group", "Team leader", 'say "x"', "it costs $5", "a`b", "group=A|B; session!=C", "o'x $1", ""]
)
def test_a_command_can_be_typed_as_it_stands(text: str) -> None:
    assert shlex.split(typed(text)) == [text]


def test_dates_are_written_out() -> None:
    assert NB.date("2026-05-17T23:59:01+02:00") == f"17.{NBSP}mai 2026"
    assert EN.date("2026-12-01") == f"1{NBSP}December 2026"
