"""What coders and the codebook say of each sentence, code by code: the labels that a model learns from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode.autocoding.learning import PASSED_OVER_WEIGHT, LearningUnit
from qualcode.model.codebook import Code, Codebook
from qualcode.model.suggestion import Status
from qualcode.store.learning import Coded, Decided

if TYPE_CHECKING:
    from qualcode.project.learning_run import LearningRun

_EXAMPLE_WEIGHT = 0.5
"""How much an example of the codebook weighs beside a decision."""

_MEANING_WEIGHT = 1.0
"""How much a code's name and definition weigh beside a decision."""

_NO_DOCUMENT = -1


class Labels:
    """What coders said of each sentence, by code."""

    def __init__(self, run: LearningRun, units: Sequence[LearningUnit]) -> None:
        self._units = units
        self._keys = [code.key for code in run.codebook.codes]
        self._related = {key: _related(run.codebook, key) for key in self._keys}
        self._read_to = run.documents_read_to
        self._places: dict[int, list[int]] = {}
        for place in sorted(range(len(units)), key=lambda each: units[each].start):
            self._places.setdefault(units[place].document_id, []).append(place)
        self._given: dict[int, dict[str, bool]] = {}
        self._open: dict[int, set[str]] = {}
        for each in run.decided:
            self._say(each, each.verdict is Status.ACCEPTED)
        for coded in run.coded:  # after the decisions: what became of a changed one is a segment
            self._say(coded, True)
        for waiting in run.pending:
            for place in self._touched(waiting.document_id, waiting.start, waiting.end):
                self._open.setdefault(place, set()).add(waiting.code_key)

    def all(self) -> list[tuple[dict[str, bool], float]]:
        """For each sentence its labels and their weight.

        On a sentence that somebody decided on, a code that nobody gave was not meant, unless it stands above or below
        one that was given, or still waits.
        """
        result = []
        for place, unit in enumerate(self._units):
            given = self._given.get(place)
            if given is None:
                read = unit.end <= self._read_to.get(unit.document_id, -1) and place not in self._open
                result.append((dict.fromkeys(self._keys, False) if read else {}, PASSED_OVER_WEIGHT if read else 1.0))
                continue
            unknown = self._open.get(place, set()).union(*(self._related[key] for key, yes in given.items() if yes))
            result.append(
                ({key: given.get(key, False) for key in self._keys if key in given or key not in unknown}, 1.0)
            )
        return result

    def _say(self, said: Decided | Coded, yes: bool) -> None:
        if said.code_key not in self._related:
            return
        for place in self._touched(said.document_id, said.start, said.end):
            self._given.setdefault(place, {})[said.code_key] = yes

    def _touched(self, document_id: int, start: int, end: int) -> list[int]:
        """Sentences of which a span holds half or more, or that hold half or more of it."""
        touched = []
        places = self._places.get(document_id, [])
        for number in range(bisect_right(places, start, key=lambda each: self._units[each].end), len(places)):
            place = places[number]
            unit = self._units[place]
            if unit.start >= end:
                break
            shared = min(end, unit.end) - max(start, unit.start)
            if shared > 0 and 2 * shared >= min(unit.end - unit.start, end - start):
                touched.append(place)
        return touched


def _related(codebook: Codebook, key: str) -> set[str]:
    """The codes above and below a code."""
    related = set(codebook.subtree(key)) - {key}
    parent = codebook.code(key).parent
    while parent:
        related.add(parent)
        parent = codebook.code(parent).parent
    return related


def own_words(codebook: Codebook) -> list[LearningUnit]:
    """What the codebook itself says of each code: its name with its definition, and its examples.

    They teach from the first decision on; nothing is measured on them, and they are never asked for.
    """
    units: list[LearningUnit] = []
    for code in codebook.codes:
        related = _related(codebook, code.key)
        labels = {each.key: each.key == code.key for each in codebook.codes if each.key not in related}
        texts = [(text, _MEANING_WEIGHT) for text in _meanings(code)]
        for text, weight in [*texts, *((example, _EXAMPLE_WEIGHT) for example in code.examples)]:
            number = len(units)
            units.append(
                LearningUnit(_NO_DOCUMENT, number, number + 1, text, number, {}, labels, weight, is_from_codebook=True)
            )
    return units


def _meanings(code: Code) -> list[str]:
    """Name, other names and definition of a code, in each language that it has."""
    languages = dict.fromkeys([*code.name.by_language, *code.definition.by_language]) or {"": None}
    said = [" ".join([code.name.in_language(each), code.definition.in_language(each)]).strip() for each in languages]
    return list(dict.fromkeys([*said, *code.aliases]))
