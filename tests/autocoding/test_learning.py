"""A model learns which sentences carry a code, and what is expected of it is measured on what it has not seen."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from qualcode.autocoding.expectation import Hits
from qualcode.autocoding.learning import LearningUnit, learn
from qualcode.autocoding.meaning import N_NUMBERS, Meanings
from qualcode.autocoding.weighing import Weighing
from qualcode.errors import AnalysisError, CancelledError

SUBJECTS = ["The nurses", "Our leaders", "Two colleagues", "The new team", "Everybody here", "The other office"]
MONEY = ["cannot pay the rent", "got a smaller budget", "spend more than they earn", "argue about wages", "lack funds"]
TRAVEL = ["drive for an hour", "wait for the bus", "sit in the train", "walk across the town", "park far away"]
NEITHER = ["drink coffee", "talk about the weather", "like the garden", "know each other", "laugh a lot"]


def _units() -> list[LearningUnit]:
    """75 sentences; a rule finds the word "budget" and nothing else."""
    units = []
    for number, (subject, said) in enumerate(itertools.product(SUBJECTS[:5], [*MONEY, *TRAVEL, *NEITHER])):
        text = f"{subject} {said}."
        labels = {"money": said in MONEY, "travel": said in TRAVEL}
        rules = {"money": 0.8} if "budget" in text else {}
        units.append(LearningUnit(1, number * 100, number * 100 + len(text), text, number, rules, labels))
    return units


def test_a_model_finds_what_the_rules_miss_and_says_so_before_it_is_used() -> None:
    model, expectation = learn(_units())
    assert expectation.n_units == 75
    by_code = {each.code_key: each for each in expectation.codes}
    assert by_code["money"].rules == Hits(both=5, only_coded=20)
    assert by_code["money"].learned.recall > 0.9
    assert by_code["travel"].learned.precision > 0.9
    assert expectation.is_better
    unseen = [
        LearningUnit(2, 0, 30, "The cleaners argue about wages and rent.", 0),
        LearningUnit(2, 40, 70, "The cleaners wait for the bus.", 1),
    ]
    chances = model.chances(unseen)
    paid, drove = chances.of(0), chances.of(1)
    assert model.score(paid["money"]) > 0.5 > model.score(paid["travel"])
    assert model.score(drove["travel"]) > 0.5 > model.score(drove["money"])


def test_what_is_expected_comes_from_sentences_that_were_held_back() -> None:
    # Labels that have nothing to do with the words: whoever tests on what was learnt from finds them all.
    random_labels = random.Random(3)
    units = [
        LearningUnit(1, n * 100, n * 100 + 50, f"{unit.text} {n}", n, {}, {"money": random_labels.random() < 0.5})
        for n, unit in enumerate(_units())
    ]
    _model, expectation = learn(units)
    assert expectation.codes[0].learned.precision < 0.75


def test_the_result_does_not_depend_on_the_order() -> None:
    units = _units()
    shuffled = list(units)
    random.Random(7).shuffle(shuffled)
    one, expected_of_one = learn(units)
    other, expected_of_other = learn(shuffled)
    assert expected_of_one == expected_of_other
    assert one.chances(units[:5]).values.tolist() == other.chances(units[:5]).values.tolist()


def test_the_words_that_speak_for_a_code_are_shown() -> None:
    model, _expectation = learn(_units())
    text = "Nobody here wants to talk of wages."
    of_money, of_nothing, of_no_word = model.evidence([(text, "money"), (text, "unknown"), ("?", "money")], most=1)
    assert [text[start:end] for start, end in of_money] == ["wages"]
    assert of_nothing == of_no_word == []


def test_too_few_decisions_are_refused_with_their_number() -> None:
    with pytest.raises(AnalysisError, match="20 sentences were decided on; a model needs 30"):
        learn(_units()[:20])
    alike = [LearningUnit(1, n, n + 1, "all the same", n, {}, {"money": True}) for n in range(40)]
    with pytest.raises(AnalysisError, match="No code has"):
        learn(alike)


def test_a_code_with_two_examples_keeps_to_its_rules() -> None:
    units = [
        LearningUnit(
            u.document_id,
            u.start,
            u.end,
            u.text,
            u.passage,
            {"rare": 0.9} if n < 2 else {},
            {**u.labels, "rare": n < 2},
        )
        for n, u in enumerate(_units())
    ]
    model, expectation = learn(units)
    assert "rare" not in model.code_keys
    rare = next(each for each in expectation.codes if each.code_key == "rare")
    assert not rare.has_model
    assert rare.learned == rare.rules == Hits(both=2)


def test_it_can_be_stopped() -> None:
    with pytest.raises(CancelledError):
        learn(_units(), cancelled=lambda: True)


@pytest.mark.parametrize(("probability", "score"), [(0.0, 0.0), (0.3, 0.5), (1.0, 1.0), (0.15, 0.25), (0.65, 0.75)])
def test_a_score_is_half_at_the_cut(probability: float, score: float) -> None:
    assert Weighing(1, 1, 0, cut=0.3).score(probability) == pytest.approx(score)


def test_precision_and_recall_that_do_not_exist_are_no_zero() -> None:
    assert math.isnan(Hits().precision)
    assert math.isnan(Hits(only_coded=2).precision)
    assert math.isnan(Hits(only_proposed=2).recall)
    assert Hits(both=2, only_proposed=1, only_coded=3).f1 == pytest.approx(4 / 8)


def test_the_codebooks_own_words_teach_and_nothing_is_measured_on_them() -> None:
    units = [LearningUnit(u.document_id, u.start, u.end, u.text, u.passage, {}, {**u.labels, "garden": n == 12})
             for n, u in enumerate(_units())]  # fmt: skip
    _model, without = learn(units)
    assert not next(each for each in without.codes if each.code_key == "garden").has_model
    own = LearningUnit(-1, 0, 1, "gardens", 0, {}, {"garden": True, "money": False}, is_from_codebook=True)
    model, expectation = learn([*units, own])
    assert expectation.n_units == without.n_units == 75
    assert next(each for each in expectation.codes if each.code_key == "garden").n_with == 1
    gardening, driving = (
        model.chances([LearningUnit(2, 0, 9, text, 0)]).of(0)["garden"]
        for text in ("They like gardens.", "They drive.")
    )
    assert gardening > driving


def test_what_nobody_decided_on_teaches_what_texts_are_about() -> None:
    # "lorry" was never decided on; undecided sentences say it together with what was.
    undecided = [
        LearningUnit(3, 100 * n, 100 * n + 40, f"The lorry and the bus wait for the train, day {n}.", n)
        for n in range(60)
    ]
    new = LearningUnit(9, 0, 10, "A lorry.", 0)
    alone, _expected = learn(_units())
    together, _expected = learn([*_units(), *undecided])
    assert together.chances([new]).of(0)["travel"] > alone.chances([new]).of(0)["travel"]


def test_where_the_text_says_nothing_the_rules_decide() -> None:
    # Labels follow the rule's threshold, and words have nothing to do with them.
    by_chance = random.Random(5)
    units = []
    for n in range(200):
        score = by_chance.choice([0.0, 0.4, 0.45, 0.55, 0.6])
        text = f"day {by_chance.randrange(1000)} of {by_chance.randrange(1000)}"
        units.append(LearningUnit(1, 100 * n, 100 * n + 20, text, n, {"a": score}, {"a": score >= 0.5}))
    _model, expectation = learn(units)
    assert expectation.learned.f1 > 0.97
    assert not expectation.is_better


class _ByTopic(Meanings):
    """Knows of each sentence only whether it is about travelling: no library, and no letter in common is needed."""

    def of(self, texts: Sequence[str]) -> Any:
        rows = np.zeros((len(texts), N_NUMBERS), dtype=np.float32)
        rows[:, 0] = 1.0
        for row, text in enumerate(texts):
            rows[row, 1 if any(said in text for said in [*TRAVEL, _UNHEARD]) else 2] = 1.0
        return rows / np.sqrt(2)


_UNHEARD = "ʘʘʘʘ"


def test_what_sentences_mean_finds_what_no_word_tells() -> None:
    unseen = [LearningUnit(2, 0, 30, _UNHEARD, 0), LearningUnit(2, 40, 70, "ʬʬʬʬ", 1)]
    by_words = learn(_units())[0].chances(unseen)
    assert by_words.of(0) == by_words.of(1), "no word of either was ever said"
    model, _expectation = learn(_units(), meanings=_ByTopic())
    on_the_way, elsewhere = model.chances(unseen).of(0), model.chances(unseen).of(1)
    assert model.score(on_the_way["travel"]) > 0.5 > model.score(elsewhere["travel"])
    texts = [_UNHEARD, "The nurses drink coffee."]
    rows = model.features.rows(texts)
    weights = np.arange(rows.shape[1] * 2, dtype=np.float32).reshape(-1, 2) / rows.shape[1]
    assert np.allclose(
        rows @ weights, model.features.weighed([_UNHEARD, "The nurses drink coffee."], weights), atol=1e-4
    )
    assert model.evidence([("They wait for the bus.", "travel")])[0], "words stay the evidence"
