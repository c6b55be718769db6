"""The card of a learned model: what it learnt from, with which versions, and what is expected of it."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualcode import __version__
from qualcode.autocoding.expectation import CodeExpectation, Expectation, Hits
from qualcode.autocoding.learning import LearningUnit, library_versions
from qualcode.model.segment import Origin
from qualcode.model.suggestion import Status

if TYPE_CHECKING:
    from qualcode.project.learning_run import LearningRun

_METHOD = "logistic regression on letters, words and topics, weighed with the rules' score"
_METHOD_BY_MEANING = (
    "logistic regression on letters, words, topics and meanings (multilingual-e5-small), weighed with the rules' score"
)


def model_card(
    run: LearningRun, expectation: Expectation, units: Sequence[LearningUnit], *, by_meaning: bool
) -> dict[str, Any]:
    """What a model learnt from, when it was made, and what is expected of it, as JSON has it."""
    learnt = sorted(
        f"{unit.document_id}:{unit.start}:{unit.end}:{key}:{given}"
        for unit in units
        for key, given in unit.labels.items()
    )
    verdicts = [each.verdict for each in run.decided]
    return {
        "method": _METHOD_BY_MEANING if by_meaning else _METHOD,
        "decisions": {each.value: verdicts.count(each) for each in Status if each is not Status.SUGGESTED},
        "codings_by_hand": sum(1 for each in run.coded if each.origin in (Origin.MANUAL, Origin.IMPORTED)),
        "sentences": expectation.n_units,
        "sentences_passed_over": expectation.n_passed_over,
        "fingerprint": hashlib.sha256("\n".join(learnt).encode()).hexdigest(),
        "codebook_version": run.codebook.version,
        "threshold": run.threshold,
        "expected": {"all": _expected(expectation.learned, expectation.rules)}
        | {each.code_key: _of_code(each) for each in expectation.codes},
        "gain_in_f1": [None if end != end else round(end, 4) for end in expectation.gain],
        "versions": {
            "qualcode": __version__,
            "python": platform.python_version(),
            **library_versions(by_meaning=by_meaning),
        },
    }


def _expected(learned: Hits, rules: Hits) -> dict[str, Any]:
    def numbers(hits: Hits) -> dict[str, float | None]:
        shown = {"precision": hits.precision, "recall": hits.recall, "f1": hits.f1}
        return {name: None if value != value else round(value, 4) for name, value in shown.items()}

    return {"learned": numbers(learned), "rules": numbers(rules)}


def _of_code(expected: CodeExpectation) -> dict[str, Any]:
    return {
        "with": expected.n_with,
        "without": expected.n_without,
        "has_model": expected.has_model,
        **_expected(expected.learned, expected.rules),
    }
