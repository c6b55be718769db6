"""Regular expressions of rules: which may run, and where they find something."""

from __future__ import annotations

import pytest

from qualcode.autocoding.patterns import bounded_pattern
from qualcode.errors import CodebookError


@pytest.mark.parametrize(
    "expression",
    [
        r"to (ulike|forskjellige) journal\w+",
        r"ikke (?:\w+ ){0,5}tilgang",
        r"(?:\w+\s+){0,5}ikke",
        r"journal.*tilgang.*nekt",
        r"[^.]*journal[^,]*tilgang",
        r"\b(?:har|fikk) ikkje?\b",
        r"mangl\w+ .{0,40} tilgang",
        r"^\W*nei\b",
        r"(?<!u)mulig(?!het)",
        r"\d{2}[.:]\d{2}",
    ],
)
def test_what_coders_write_may_run(expression: str) -> None:
    assert bounded_pattern(expression).stretch >= 300


@pytest.mark.parametrize(
    "expression",
    [
        r"(a+)+b",
        r"(a|a)*b",
        r"(a|ab)+c",
        r"(\w+\s?)*$",
        r"(x+x+)+y",
        r"(a?){40}b",
        r".*.*.*.*x",
        r"\w*\w*\w*\w*x",
        r"a{0,500}a{0,500}a{0,500}b",
        r"((a{0,9}){0,9}){0,9}b",
        r"(.*)\1(.*)\2x",
        r"(?=(a+)+b)c",
        r"\w+(?: x ){0,3}\w+(?: x ){0,3}\w+!",
    ],
)
def test_what_could_run_without_end_is_refused(expression: str) -> None:
    with pytest.raises(CodebookError) as caught:
        bounded_pattern(expression)
    assert caught.value.hint


def test_what_is_no_expression_is_told() -> None:
    with pytest.raises(CodebookError) as caught:
        bounded_pattern("(journal")
    assert "(journal" in caught.value.message


def test_case_is_ignored_and_the_place_in_the_text_is_given() -> None:
    pattern = bounded_pattern(r"to ulike journal\w+")
    assert pattern.search("Ja. To ulike journaler.", 4, 23) == (4, 22)
    assert pattern.search("Ja. To ulike journaler.", 7, 23) is None


def test_the_ends_of_the_sentence_are_the_ends_of_what_is_searched() -> None:
    text = "Ja. Nei da. Jo."
    assert bounded_pattern("^nei").search(text, 4, 11) == (4, 7)
    assert bounded_pattern(r"da\.$").search(text, 4, 11) == (8, 11)
    assert bounded_pattern("^da").search(text, 4, 11) is None


def test_an_empty_match_is_none() -> None:
    assert bounded_pattern("x*").search("abc", 0, 3) is None


def test_a_long_sentence_is_searched_to_its_end() -> None:
    pattern = bounded_pattern(r"journal.*tilgang.*nektet")
    text = "ord " * 2_000 + "journal og tilgang ble nektet"
    assert pattern.stretch < len(text)
    assert pattern.search(text, 0, len(text)) == (8_000, len(text))
    assert bounded_pattern("^journal.*tilgang.*nektet").search(text, 0, len(text)) is None


@pytest.mark.parametrize(
    ("expression", "literals"),
    [
        (r"to (ulike|forskjellige) journal\w+", ("journal",)),
        (r"tilgang|innsyn", ("innsyn", "tilgang")),
        (r"(?:tilgang){1,3}x?", ("tilgang",)),
        (r"(?:tilgang)?", ()),
        (r"\w+ \d+", ()),
        (r"ja|tilgang", ()),
    ],
)
def test_parts_that_a_match_must_hold_are_known(expression: str, literals: tuple[str, ...]) -> None:
    assert bounded_pattern(expression).literals == literals
