"""What texts are made of is kept; what is compared by it is bit for bit what a fresh look gives."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from qualcode.autocoding import by_words
from qualcode.autocoding import known_wording as module
from qualcode.autocoding.known_degrees import KnownDegrees
from qualcode.autocoding.known_wording import KnownWording
from qualcode.autocoding.mending import needs_mending
from qualcode.autocoding.resemblance import Resemblance
from qualcode.autocoding.suggest import Passage, Scanned
from qualcode.errors import CancelledError
from qualcode.model.sentences import sentence_spans

WORDS = "time timen rent renta for high plan planen we lack the room Room hours no a og i ikke Ærlig never".split()


def talk(random: Random, n_sentences: int) -> str:
    return " ".join(
        " ".join(random.choice(WORDS) for _word in range(random.randint(1, 12))) + "." for _each in range(n_sentences)
    )


def texts(random: Random) -> list[Scanned]:
    found = []
    for number in range(6):
        said = [talk(random, random.randint(1, 5)) for _passage in range(random.randint(0, 4))]
        if number == 3:
            said.append("For the ti-\nme is short, we say.")
        text, passages = "", []
        for each in said:
            passages.append(Passage(len(text), len(text) + len(each), ""))
            text += each + "\n"
        found.append(Scanned(number, text, tuple(passages)))
    return found


def model(random: Random) -> Resemblance:
    given = [(talk(random, 1), frozenset(random.sample(["a", "b"], random.randint(0, 2)))) for _each in range(30)]
    return Resemblance(given, ["a", "b"])


@pytest.mark.parametrize("seed", range(8))
def test_degrees_are_those_of_a_fresh_look_to_the_last_bit(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(seed)
    monkeypatch.setattr(module, "_WORDS_AT_ONCE", 40)
    monkeypatch.setattr(module, "_MEETINGS_AT_ONCE", 7)
    monkeypatch.setattr(by_words, "_USUAL_WORDS", random.choice([20, 30_000]))
    looked_through = texts(random)
    wording = KnownWording(looked_through)
    passages = [(text.text, passage) for text in looked_through for passage in text.passages]
    spans = [
        None if needs_mending(text, each.start, each.end) else sentence_spans(text, each.start, each.end)
        for text, each in passages
    ]
    assert [wording.spans(number) for number in range(len(passages))] == spans
    assert None in spans
    for made in (model(random), model(random)):
        fresh = made.degrees_in_passages(
            [(text, each) for (text, _passage), each in zip(passages, spans, strict=True) if each is not None]
        )
        assert np.array_equal(made.degrees_of(wording), fresh)
        alone = [made.degrees_in_passages([(passages[0][0], spans[0] or [])])]
        assert np.array_equal(alone[0], fresh[: len(alone[0])])
        assert fresh.any()


def test_texts_without_a_sentence_have_no_degrees() -> None:
    made = model(Random(1))
    assert made.degrees_of(KnownWording([Scanned(1, "", ())])).shape == (0, 3)
    assert made.degrees_of(KnownWording([Scanned(1, "...", (Passage(0, 3, ""),))])).shape[1] == 3


def test_it_is_worked_out_once_and_not_for_texts_that_are_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_through = texts(Random(2))
    known = KnownDegrees(looked_through)
    assert known.wording() is known.wording() is not None
    monkeypatch.setattr(module, "_MOST_WORDS", 10)
    assert KnownDegrees(looked_through).wording() is None


def test_taking_texts_apart_and_comparing_them_can_be_stopped() -> None:
    looked_through = texts(Random(1))
    asked: list[None] = []

    def at_the_third() -> bool:
        asked.append(None)
        return len(asked) == 3

    known = KnownDegrees(looked_through)
    with pytest.raises(CancelledError):
        known.wording(at_the_third)
    assert len(asked) == 3
    wording = known.wording()
    assert wording is not None, "what was stopped is begun anew"
    with pytest.raises(CancelledError):
        model(Random(1)).degrees_of(wording, lambda: True)
