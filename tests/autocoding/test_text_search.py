"""Searches as people type them: which turns hold them, and where their words stand."""

from __future__ import annotations

import pytest

from qualcode.autocoding.text_search import Mode, query_for
from qualcode.errors import AnalysisError

TURNS = ("Vi har taushetsplikt 😀 her.", "Taushetsplikten  tar tid.", "Tida er knapp, ååå!", "Får vi tid nå?")
TEXT = "\n".join(TURNS)
BOUNDS = [(TEXT.index(turn), TEXT.index(turn) + len(turn)) for turn in TURNS]


def found(query: str, mode: Mode = Mode.WORDS) -> list[tuple[int, list[str]]]:
    hits = query_for(query, mode).found(TEXT, BOUNDS, lambda: False)
    return [(number, [TEXT[start:end] for start, end in spans]) for number, spans in hits]


def test_a_word_is_found_in_any_form_and_its_place_is_exact() -> None:
    assert found("taushetsplikt") == [(0, ["taushetsplikt"]), (1, ["Taushetsplikten"])]
    assert found("tid") == [(1, ["tid"]), (2, ["Tida"]), (3, ["tid"])]


def test_several_words_stand_in_one_turn_in_any_order() -> None:
    assert found("tid taushetsplikt") == [(1, ["Taushetsplikten", "tid"])]
    assert found("kantine taushetsplikt") == []


def test_capitals_do_not_narrow_a_search() -> None:
    assert found("TID") == found("tid")


@pytest.mark.parametrize("typed", ["=tid", "«tid»?", "tid, ...", '"tid"'])
def test_marks_around_words_do_no_harm(typed: str) -> None:
    assert 3 in [number for number, _words in found(typed)]


def test_a_phrase_ignores_case_and_white_space_only() -> None:
    assert found("taushetsplikten TAR", Mode.PHRASE) == [(1, ["Taushetsplikten  tar"])]
    assert found("aaa", Mode.PHRASE) == []
    assert found("ååå", Mode.PHRASE) == [(2, ["ååå"])]


def test_a_phrase_is_of_whole_words_in_one_turn() -> None:
    assert found("plikt", Mode.PHRASE) == []
    assert found("her. Taushetsplikten", Mode.PHRASE) == []
    assert found("nå?", Mode.PHRASE) == [(3, ["nå?"])]


def test_an_expression_is_read_turn_by_turn() -> None:
    assert found(r"^t\w+", Mode.REGEX) == [(1, ["Taushetsplikten"]), (2, ["Tida"])]
    assert found(r"😀", Mode.REGEX) == [(0, ["😀"])]


@pytest.mark.parametrize(("typed", "mode"), [(" ", Mode.WORDS), ("?!", Mode.WORDS), ("(a", Mode.REGEX)])
def test_what_cannot_be_searched_for_is_told(typed: str, mode: Mode) -> None:
    with pytest.raises(AnalysisError) as told:
        query_for(typed, mode)
    assert told.value.hint


def test_an_expression_that_could_run_without_end_is_refused() -> None:
    with pytest.raises(AnalysisError, match="without end"):
        query_for(r"(a+)+b", Mode.REGEX)


def test_matches_in_a_long_passage_are_neither_lost_nor_doubled_between_stretches() -> None:
    text = "".join(f"n{number:04d} " for number in range(9_000))
    for expression in (r"n\d+", r"n\d+ n\d+"):
        (spans,) = [spans for _number, spans in query_for(expression, Mode.REGEX).found(text, [(0, len(text))], bool)]
        words = [text[start:end] for start, end in spans]
        assert " ".join(words).split() == text.split()


def test_a_search_that_is_stopped_ends_early() -> None:
    assert list(query_for("tid", Mode.REGEX).found(TEXT, BOUNDS, lambda: True)) == []


@pytest.mark.parametrize(
    ("typed", "mode", "found"),
    [
        ("oppgave", Mode.WORDS, ["oppgaver", "opp\u00adgaver", "oppgave"]),
        ("fikk", Mode.WORDS, ["\ufb01kk"]),
        ("fikk oppgaver", Mode.PHRASE, ["\ufb01kk opp\u00adgaver"]),
        ("sent", Mode.PHRASE, ["sent"]),
        ("oppgaver kommer", Mode.WORDS, []),
    ],
)
def test_words_are_found_past_signs_of_how_a_text_was_set(typed: str, mode: Mode, found: list[str]) -> None:
    said = ["Ja, oppgaver.", "Vi \ufb01kk opp\u00adgaver i\u200bgjen.", "De kom sent med en oppgave."]
    text = "\n\n".join(said)
    turns = [(text.index(each), text.index(each) + len(each)) for each in said]
    hits = list(query_for(typed, mode).found(text, turns, lambda: False))
    assert [text[start:end] for _number, spans in hits for start, end in spans] == found
    assert [number for number, _spans in hits] == sorted(number for number, _spans in hits)
    assert all(turns[number][0] <= start < end <= turns[number][1] for number, spans in hits for start, end in spans)
