"""What rules of words found is given back as it was, for the rules that made it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.autocoding import known_finds
from qualcode.autocoding.known_finds import KnownFinds
from qualcode.autocoding.suggest import Passage, Scanned
from qualcode.i18n import language_in_use, use_language
from qualcode.model.codebook import Codebook, MatchRule, Valence
from qualcode.model.segment import Span
from qualcode.model.suggestion import Evidence, Proposal
from tests.builders import make_code, make_codebook

TEXT = "Time. No time for a\nlong plan."
TEXTS = (Scanned(1, TEXT, (Passage(0, 5, "A"), Passage(6, len(TEXT), "A"))), Scanned(2, "Rent.", (Passage(0, 5, "A"),)))
BOOK = make_codebook(
    make_code("a", rules=[MatchRule(any=("time",)), MatchRule(like=("No time.",))]),
    make_code("b", rules=[MatchRule(any=("plan",))]),
)
LATE = Proposal(
    Span(6, 31), "a", "any: time", Evidence((Span(9, 13), Span(18, 31)), ("time", "a long plan.")), 0.7, "not x: no"
)
PLAN = Proposal(Span(6, 31), "b", "any: plan", Evidence((Span(25, 29),), ("plan",)), 0.55)
RENT = Proposal(Span(0, 5), "a", "any: rent", Evidence((Span(0, 4),), ("Rent",)), 0.6)


def recorded() -> KnownFinds:
    known = KnownFinds(TEXTS)
    recording = known.recording(BOOK, None)
    recording.begin()
    recording.add(1, 0, {"a": LATE, "b": PLAN})
    recording.begin()
    recording.add(0, 0, {"a": RENT})
    recording.end()
    return known


def holding(known: KnownFinds, book: Codebook, *codes: str) -> frozenset[str] | None:
    found = known.of(book, codes)
    return found[1] if found is not None else None


def test_proposals_come_back_as_they_were_for_the_codes_that_are_asked_for() -> None:
    found = recorded().of(BOOK, {"a", "b"})
    assert found is not None and found[1] == frozenset("ab")
    finds = found[0]
    rows = finds.rows(3)
    assert rows == [0, 0, 2, 3]
    assert finds.proposals(range(0, 0), TEXT, [(0, 5)], {"a"}) == {}
    assert finds.proposals(range(0, 2), TEXT, [(6, 31)], {"a", "b"}) == {0: {"a": LATE, "b": PLAN}}
    assert finds.proposals(range(0, 2), TEXT, [(6, 31)], {"b"}) == {0: {"b": PLAN}}
    assert finds.proposals(range(2, 3), "Rent.", [(0, 5)], {"a"}) == {0: {"a": RENT}}


def test_other_sentences_leave_what_words_found_and_other_words_or_a_valence_do_not() -> None:
    known = recorded()
    a, b = BOOK.codes
    others = replace(BOOK, codes=(replace(a, rules=(a.rules[0], MatchRule(like=("Late.",)))), b))
    assert holding(known, others, "a", "b") == frozenset("ab")
    for changed in (replace(a, rules=(MatchRule(any=("hour",)),)), replace(a, valence=Valence.HINDERING)):
        book = replace(BOOK, codes=(changed, b))
        assert holding(known, book, "a", "b") is None  # too few hold
        assert holding(known, book, "b") == frozenset("b")
    assert known.of(replace(BOOK, concepts={"hours": ("hour",)}), {"a", "b"}) is None


def test_what_was_told_in_another_language_is_looked_for_again() -> None:
    known, before = recorded(), language_in_use()
    use_language("nb" if before != "nb" else "en")
    try:
        assert known.of(BOOK, {"a", "b"}) is None
    finally:
        use_language(before)


def test_a_look_that_ended_early_and_one_that_found_too_much_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    known = KnownFinds(TEXTS)
    recording = known.recording(BOOK, None)
    recording.begin()
    recording.add(1, 0, {"a": LATE})
    recording.end()
    assert known.of(BOOK, {"a", "b"}) is None
    monkeypatch.setattr(known_finds, "_MOST_NUMBERS", 10)
    assert recorded().of(BOOK, {"a", "b"}) is None
