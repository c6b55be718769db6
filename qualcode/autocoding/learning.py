"""Learns from coders' decisions which sentences carry which code, and says how well it does so before anyone uses it.

Three steps: for each code with enough examples a logistic regression over the letters and words of a sentence; one
small regression over all codes that weighs what the first says against the rules' score; and a cut, so that 0.5 means
the same as for the rules. What is expected of it is measured on decisions that it has not seen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qualcode.errors import AnalysisError, CancelledError
from qualcode.i18n import _
from qualcode.model.progress import Cancelled, Progress

FEWEST_UNITS = 30
"""Decided sentences from which on a model is made."""

FEWEST_EXAMPLES = 3
"""Sentences that carry a code, and sentences that do not, from which on the code gets a model of its own."""

N_FOLDS = 5
PASSED_OVER_WEIGHT = 0.3
"""How much a sentence weighs that a coder read and left uncoded, beside one that was decided on."""

_SEED = 20_261_122
_INVERSE_PENALTY = 10.0
_CANDIDATES = 400  # the most uncertain, among which the order looks for variety
_NEAR_CERTAIN = 1e-6


@dataclass(frozen=True, slots=True)
class LearningUnit:
    """A sentence with what rules and coders say of it.

    Attributes:
        passage: sentences of one turn or answer have one number; they are never on both sides of a test.
        rules: the rules' score by code, where it is above 0.
        labels: by code, whether a coder gave it; codes that are not in it are undecided.
        weight: 1 for a decision, less for a sentence that was passed over.
    """

    document_id: int
    start: int
    end: int
    text: str
    passage: int
    rules: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, bool] = field(default_factory=dict)
    weight: float = 1.0

    @property
    def is_decided(self) -> bool:
        """Whether somebody decided on it, more than by passing over it."""
        return bool(self.labels) and self.weight == 1.0


@dataclass(frozen=True, slots=True)
class Hits:
    """How proposals and decisions agree, in pairs of sentence and code."""

    both: int = 0
    only_proposed: int = 0
    only_coded: int = 0

    def with_pair(self, proposed: bool, coded: bool) -> Hits:
        """The same with one more pair."""
        return Hits(
            self.both + (proposed and coded),
            self.only_proposed + (proposed and not coded),
            self.only_coded + (coded and not proposed),
        )

    def __add__(self, other: Hits) -> Hits:
        return Hits(
            self.both + other.both, self.only_proposed + other.only_proposed, self.only_coded + other.only_coded
        )

    @property
    def precision(self) -> float:
        """Share of what was proposed that coders gave; NaN if nothing was proposed."""
        n = self.both + self.only_proposed
        return self.both / n if n else math.nan

    @property
    def recall(self) -> float:
        """Share of what coders gave that was proposed; NaN if they gave nothing."""
        n = self.both + self.only_coded
        return self.both / n if n else math.nan

    @property
    def f1(self) -> float:
        """Harmonic mean of the two, 2 tp / (2 tp + fp + fn); NaN if neither side has the code."""
        n = 2 * self.both + self.only_proposed + self.only_coded
        return 2 * self.both / n if n else math.nan


@dataclass(frozen=True, slots=True)
class CodeExpectation:
    """What to expect for one code: the model and the rules alone, on the same unseen decisions."""

    code_key: str
    n_with: int
    n_without: int
    learned: Hits
    rules: Hits
    has_model: bool


@dataclass(frozen=True, slots=True)
class Expectation:
    """What to expect of a model, from decisions that it had not seen.

    Attributes:
        n_units: sentences that were decided on; `n_passed_over` those that a coder left uncoded.
        codes: each code that was decided on at least once.
    """

    n_units: int
    n_passed_over: int
    codes: tuple[CodeExpectation, ...]

    @property
    def learned(self) -> Hits:
        """The model, all codes taken together."""
        return sum((each.learned for each in self.codes), Hits())

    @property
    def rules(self) -> Hits:
        """The rules alone, all codes taken together."""
        return sum((each.rules for each in self.codes), Hits())

    @property
    def is_better(self) -> bool:
        """Whether the model does better than the rules alone, by F1 over all codes."""
        model, rules = self.learned.f1, self.rules.f1
        return not math.isnan(model) and (math.isnan(rules) or model > rules)


class LearnedModel:
    """What was learned; made by `learn`."""

    def __init__(self, features: Any, by_code: Mapping[str, Any], weighing: Weighing) -> None:
        self._features = features
        self._by_code = by_code
        self._weighing = weighing

    @property
    def code_keys(self) -> list[str]:
        """Codes with a model of their own."""
        return sorted(self._by_code)

    def probabilities(
        self,
        units: Sequence[LearningUnit],
        *,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> list[dict[str, float]]:
        """For each sentence, by code: how likely a coder gives it, 0 to 1; codes without a model are left out.

        Raises:
            CancelledError: the user stopped it.
        """
        result: list[dict[str, float]] = []
        for first in range(0, len(units), _AT_ONCE):
            _look(cancelled)
            some = units[first : first + _AT_ONCE]
            spoken = self._logits(some)
            for number, unit in enumerate(some):
                result.append(
                    {key: self._weighing.probability(spoken[key][number], unit.rules.get(key, 0.0)) for key in spoken}
                )
            if progress is not None:
                progress(min(first + _AT_ONCE, len(units)), len(units))
        return result

    def score(self, probability: float) -> float:
        """A probability as a score that is cut at 0.5, as the rules' are."""
        return self._weighing.score(probability)

    def evidence(self, text: str, code_key: str, most: int = 4) -> list[tuple[int, int]]:
        """The words of a sentence that speak most for a code, as positions in it, in order.

        A word's say is the sum over the n-grams that begin in it of weight times value.
        """
        model = self._by_code.get(code_key)
        if model is None:
            return []
        said = _words(text)
        parts = self._features.transform([_normal(text[start:end]) for start, end in said])
        says = parts @ model.coef_[0]
        order = sorted(range(len(said)), key=lambda place: (-says[place], place))
        return sorted(said[place] for place in order[:most] if says[place] > 0)

    def _logits(self, units: Sequence[LearningUnit]) -> dict[str, Any]:
        if not self._by_code:
            return {}
        rows = self._features.transform([_normal(unit.text) for unit in units])
        return {key: model.decision_function(rows) for key, model in self._by_code.items()}


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the text's say and the rules' score become one probability, the same for all codes.

    Attributes:
        cut: the probability from which on proposing pays (highest F1 over all codes).
    """

    of_text: float
    of_rules: float
    constant: float
    cut: float = 0.5

    def probability(self, logit: float, rule_score: float) -> float:
        """How likely a coder gives the code."""
        return _logistic(self.of_text * logit + self.of_rules * rule_score + self.constant)

    def score(self, probability: float) -> float:
        """Straight from 0 to 0.5 at the cut, and from there to 1."""
        if probability < self.cut:
            return 0.5 * probability / self.cut
        return 0.5 + 0.5 * (probability - self.cut) / (1 - self.cut)


_AT_ONCE = 5_000


def learn(
    units: Sequence[LearningUnit],
    *,
    threshold: float = 0.5,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> tuple[LearnedModel, Expectation]:
    """Learn from all units that have labels, and measure what to expect on decisions that were held back.

    The result does not depend on the order of the units.

    Args:
        threshold: the score from which the rules propose; for the comparison with the rules alone.

    Raises:
        AnalysisError: fewer than `FEWEST_UNITS` sentences were decided on, or no code has enough examples.
        CancelledError: the user stopped it.
    """
    labelled = sorted(
        (unit for unit in units if unit.labels), key=lambda each: (each.document_id, each.start, each.end)
    )
    n_decided = sum(1 for unit in labelled if unit.is_decided)
    if n_decided < FEWEST_UNITS:
        raise AnalysisError(
            _("{n} sentences were decided on; a model needs {fewest}.").format(n=n_decided, fewest=FEWEST_UNITS),
            hint=_("Go on in the review or code by hand, then try again."),
        )
    keys = sorted({key for unit in labelled for key in unit.labels})
    able = [key for key in keys if _has_examples(labelled, key)]
    if not able:
        raise AnalysisError(
            _("No code has {n} sentences that carry it and {n} that do not.").format(n=FEWEST_EXAMPLES),
            hint=_("Go on in the review or code by hand, then try again."),
        )
    folds = _folds(labelled)
    held_back: list[dict[str, float]] = [{} for _unit in labelled]
    for fold in range(N_FOLDS):
        _look(cancelled)
        seen = [unit for unit, at in zip(labelled, folds, strict=True) if at != fold]
        places = [place for place, at in enumerate(folds) if at == fold]
        if not places or not seen:
            continue
        features, by_code = _fit(seen, able)
        part = LearnedModel(features, by_code, Weighing(1.0, 0.0, 0.0))
        logits = part._logits([labelled[place] for place in places])
        for key, values in logits.items():
            for place, value in zip(places, values, strict=True):
                held_back[place][key] = float(value)
        if progress is not None:
            progress(fold + 1, N_FOLDS + 1)
    _look(cancelled)
    said = _said(labelled, folds, held_back)
    expectation = _expectation(labelled, said, folds, able, threshold)
    features, by_code = _fit(labelled, able)
    model = LearnedModel(features, by_code, _weighed([pair for pairs in said for pair in pairs.values()]))
    if progress is not None:
        progress(N_FOLDS + 1, N_FOLDS + 1)
    return model, expectation


def most_useful(
    units: Sequence[LearningUnit],
    chances: Sequence[Mapping[str, float]],
    *,
    n: int,
    n_with: Mapping[str, int],
) -> list[int]:
    """Which undecided sentences teach most when they are decided next: uncertain, unlike each other, of rare codes.

    A sentence's uncertainty is the sum of the binary entropies of its codes, each divided by the square root of how
    often the code was given so far, plus one. Of the most uncertain ones those are taken, one after the other, whose
    uncertainty times distance (1 - the highest cosine to one that was taken) is the highest.

    Args:
        chances: for each unit, the probability of each code; the rules' scores where nothing is learned yet.
        n: how many are wanted.
        n_with: how many sentences carry each code so far.

    Returns:
        places in `units`, the most useful first.
    """
    worth = [
        0.0 if unit.is_decided else sum(_entropy(p) / math.sqrt(n_with.get(key, 0) + 1) for key, p in by_code.items())
        for unit, by_code in zip(units, chances, strict=True)
    ]
    order = sorted((place for place, value in enumerate(worth) if value > 0), key=lambda place: (-worth[place], place))
    order = order[: max(_CANDIDATES, 2 * n)]
    if len(order) <= 1:
        return order[:n]
    rows = _text_features().fit_transform([_normal(units[place].text) for place in order])
    nearest = [0.0] * len(order)
    chosen: list[int] = []
    left = set(range(len(order)))
    while left and len(chosen) < n:
        best = max(left, key=lambda each: (worth[order[each]] * (1 - nearest[each]), -each))
        left.discard(best)
        chosen.append(order[best])
        near = (rows @ rows[best].T).toarray().ravel()
        nearest = [max(before, min(1.0, float(now))) for before, now in zip(nearest, near, strict=True)]
    return chosen


def library_versions() -> dict[str, str]:
    """Versions of the libraries that a model depends on."""
    import numpy
    import sklearn

    return {"scikit-learn": sklearn.__version__, "numpy": numpy.__version__}


# -- the parts --------------------------------------------------------------------------------------------------------


def _look(cancelled: Cancelled | None) -> None:
    if cancelled is not None and cancelled():
        raise CancelledError(_("Learning was stopped."))


def _normal(text: str) -> str:
    """Lower case, digits alike, white space collapsed."""
    return " ".join("".join("0" if letter.isdigit() else letter for letter in text.casefold()).split())


def _words(text: str) -> list[tuple[int, int]]:
    import re

    return [match.span() for match in re.finditer(r"\w+", text)]


def _text_features() -> Any:
    """Letters within words suit compounds, inflection and both written forms; words and pairs of words the rest."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import FeatureUnion

    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, max_features=60_000)
    words = TfidfVectorizer(token_pattern=r"(?u)\b\w+\b", ngram_range=(1, 2), sublinear_tf=True, max_features=30_000)
    return FeatureUnion([("letters", letters), ("words", words)], transformer_weights={"letters": 0.8, "words": 0.6})


def _has_examples(units: Sequence[LearningUnit], key: str) -> bool:
    n_with = sum(1 for unit in units if unit.labels.get(key) is True)
    n_without = sum(1 for unit in units if unit.labels.get(key) is False)
    return n_with >= FEWEST_EXAMPLES and n_without >= FEWEST_EXAMPLES


def _fit(units: Sequence[LearningUnit], keys: Sequence[str]) -> tuple[Any, dict[str, Any]]:
    from sklearn.linear_model import LogisticRegression

    features = _text_features()
    rows = features.fit_transform([_normal(unit.text) for unit in units])
    by_code = {}
    for key in keys:
        places = [place for place, unit in enumerate(units) if key in unit.labels]
        given = [units[place].labels[key] for place in places]
        if len(set(given)) < 2:
            continue
        model = LogisticRegression(
            C=_INVERSE_PENALTY, class_weight="balanced", solver="liblinear", random_state=_SEED, max_iter=200
        )
        model.fit(rows[places], given, sample_weight=[units[place].weight for place in places])
        by_code[key] = model
    return features, by_code


def _folds(units: Sequence[LearningUnit]) -> list[int]:
    """Whole passages dealt out to folds, in an order that depends on nothing but their texts."""
    import hashlib

    first_text: dict[tuple[int, int], str] = {}
    for unit in units:
        first_text.setdefault((unit.document_id, unit.passage), f"{unit.document_id}:{unit.start}:{unit.text}")
    order = sorted(first_text, key=lambda each: hashlib.sha256(first_text[each].encode()).digest())
    fold_of = {passage: place % N_FOLDS for place, passage in enumerate(order)}
    return [fold_of[unit.document_id, unit.passage] for unit in units]


@dataclass(frozen=True, slots=True)
class _Pair:
    """A sentence and a code that were decided on, with what was said before anyone looked."""

    fold: int
    logit: float
    rule_score: float
    given: bool
    weight: float


def _said(
    units: Sequence[LearningUnit], folds: Sequence[int], held_back: Sequence[Mapping[str, float]]
) -> list[dict[str, _Pair]]:
    """For each unit, by code, what was decided and what a model said that had not seen it."""
    return [
        {
            key: _Pair(fold, logits[key], unit.rules.get(key, 0.0), given, unit.weight)
            for key, given in unit.labels.items()
            if key in logits
        }
        for unit, fold, logits in zip(units, folds, held_back, strict=True)
    ]


def _weighed(pairs: Sequence[_Pair]) -> Weighing:
    """The weights that tell best what was given, and the cut with the highest F1."""
    if len({pair.given for pair in pairs}) < 2:
        return Weighing(1.0, 2.0, -1.0)
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, solver="lbfgs", max_iter=500)
    model.fit(
        [[pair.logit, pair.rule_score] for pair in pairs],
        [pair.given for pair in pairs],
        sample_weight=[pair.weight for pair in pairs],
    )
    of_text, of_rules = (max(0.0, float(each)) for each in model.coef_[0])
    weighing = Weighing(of_text, of_rules, float(model.intercept_[0]))
    chances = [(weighing.probability(pair.logit, pair.rule_score), pair) for pair in pairs if pair.weight == 1.0]
    return Weighing(of_text, of_rules, weighing.constant, _best_cut(chances))


def _best_cut(chances: Sequence[tuple[float, _Pair]]) -> float:
    """The probability between two decisions from which on proposing gives the highest F1."""
    falling = sorted(chances, key=lambda each: -each[0])
    n_given = sum(1 for _chance, pair in falling if pair.given)
    best, cut, both = -1.0, 0.5, 0
    for n_proposed, (chance, pair) in enumerate(falling, 1):
        both += pair.given
        following = falling[n_proposed][0] if n_proposed < len(falling) else 0.0
        if following == chance:
            continue
        f1 = 2 * both / (n_proposed + n_given) if n_given else 0.0
        if f1 > best:
            best, cut = f1, (chance + following) / 2
    return min(max(cut, 0.05), 0.95)


def _expectation(
    units: Sequence[LearningUnit],
    said: Sequence[Mapping[str, _Pair]],
    folds: Sequence[int],
    able: Sequence[str],
    threshold: float,
) -> Expectation:
    """Each fold is judged by weights and a cut from the other folds."""
    pairs = [pair for by_code in said for pair in by_code.values()]
    weighing_of = [_weighed([pair for pair in pairs if pair.fold != fold]) for fold in range(N_FOLDS)]
    keys = sorted({key for unit in units for key in unit.labels})
    learned = dict.fromkeys(keys, Hits())
    rules = dict.fromkeys(keys, Hits())
    for unit, by_code, fold in zip(units, said, folds, strict=True):
        for key, given in unit.labels.items() if unit.is_decided else ():
            by_rules = unit.rules.get(key, 0.0) >= threshold
            proposed = by_rules
            if key in by_code:
                weighing, pair = weighing_of[fold], by_code[key]
                proposed = weighing.score(weighing.probability(pair.logit, pair.rule_score)) >= threshold
            learned[key] = learned[key].with_pair(proposed, given)
            rules[key] = rules[key].with_pair(by_rules, given)
    decided = [unit for unit in units if unit.is_decided]
    counts = {key: [unit.labels[key] for unit in decided if key in unit.labels] for key in keys}
    return Expectation(
        len(decided),
        sum(1 for unit in units if unit.weight == PASSED_OVER_WEIGHT),
        tuple(
            CodeExpectation(key, sum(given), len(given) - sum(given), learned[key], rules[key], key in able)
            for key, given in counts.items()
        ),
    )


def _logistic(value: float) -> float:
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    grown = math.exp(value)
    return grown / (1 + grown)


def _entropy(p: float) -> float:
    """Of a yes or no with this chance, in bits."""
    if p <= _NEAR_CERTAIN or p >= 1 - _NEAR_CERTAIN:
        return 0.0
    return -(p * math.log2(p) + (1 - p) * math.log2(1 - p))
