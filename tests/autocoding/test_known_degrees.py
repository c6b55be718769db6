"""Degrees of all sentences are kept whole or not at all, and found again by their passages."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from qualcode.autocoding import known_degrees as module
from qualcode.autocoding.known_degrees import KnownDegrees
from qualcode.autocoding.suggest import Passage, Scanned

TEXTS = (
    Scanned(1, "a b", (Passage(0, 1, ""), Passage(2, 3, ""))),
    Scanned(2, "", ()),
    Scanned(3, "c d e", (Passage(0, 1, ""), Passage(2, 3, ""), Passage(4, 5, ""))),
)
MODEL = object()


def rows(*numbers: float) -> NDArray[np.float32]:
    return np.array([[number, -number] for number in numbers], dtype=np.float32)


def recorded(*passages: object) -> KnownDegrees:
    known = KnownDegrees(TEXTS)
    recording = known.recording(MODEL)
    for degrees in passages:
        recording.add(degrees)
    recording.end()
    return known


def test_each_passage_gets_back_its_rows_and_each_text_what_is_wanted_of_it() -> None:
    known = recorded(rows(1, 2), rows(3), None, rows(4), rows(5, 6)).of(MODEL)
    assert known is not None
    first, second, third = known.by_text(known.whole[:, 0] % 2 == 0)
    assert [sorted(text.wanted) for text in (first, second, third)] == [[0], [], [1, 2]]
    assert [first.degrees(number)[:, 0].tolist() for number in (0, 1)] == [[1, 2], [3]]
    assert [third.degrees(number)[:, 0].tolist() for number in (0, 1, 2)] == [[], [4], [5, 6]]


def test_other_sentences_of_the_codebook_and_a_look_that_was_stopped_are_not_known() -> None:
    assert recorded(rows(1), rows(2), rows(3), rows(4), rows(5)).of(object()) is None
    assert recorded(rows(1), rows(2)).of(MODEL) is None
    assert KnownDegrees(TEXTS).of(MODEL) is None


def test_too_many_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_NUMBERS", 9)
    assert recorded(rows(1), rows(2), rows(3), rows(4), rows(5)).of(MODEL) is None
