"""Which rules may match in a sentence, told from the keywords that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.autocoding.rules import CompiledRule, Item, Kind
from qualcode.autocoding.scan import Hit
from qualcode.model.codebook import Context

_MOST_KNOWN = 20_000


_Phrase = tuple[int, frozenset[int], int]
"""An item that a phrase belongs to, the keywords of the phrase beside two that are known, and its length in words."""


class Candidates:
    """The rules of a codebook by what must stand in a sentence for them.

    From keywords to the items (terms of which one is enough) that may be there, from items to rules: the work grows
    with what a sentence holds, not with the codebook.
    """

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self.for_all = tuple(rule for rule in rules if rule.cues is None)
        """Rules for which nothing is sure: they are looked for in each sentence."""
        self._cues = frozenset(cue for rule in rules for cue in rule.cues or ())
        self._numbers: dict[Item, int] = {}
        self._single: dict[int, list[int]] = {}
        self._pairs: dict[int, dict[int, list[_Phrase]]] = {}
        self._by_item: dict[int, list[tuple[CompiledRule, frozenset[int]]]] = {}
        self._by_cue: dict[int, list[CompiledRule]] = {}
        self._known: dict[tuple[frozenset[int], int], list[CompiledRule]] = {}
        for rule in rules:
            if rule.cues is not None:
                self._add(rule, rule.cues)

    def may_be_in(self, hits: Iterable[Hit]) -> bool:
        """Whether any rule may match in a sentence or passage with these words."""
        return bool(self.for_all) or any(not self._cues.isdisjoint(hit.classes) for hit in hits)

    def of(self, hits: Sequence[Hit]) -> Sequence[CompiledRule]:
        """The rules that may match in a sentence with these words, in the codebook's order."""
        present = (
            frozenset(hits[0].classes) if len(hits) == 1 else frozenset(each for hit in hits for each in hit.classes)
        )
        rules = self._known.get((present, len(hits)))
        if rules is None:
            rules = self._found(present, len(hits))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[present, len(hits)] = rules
        return rules

    def _found(self, present: frozenset[int], n_hits: int) -> list[CompiledRule]:
        items: set[int] = set()
        for keyword in present:
            items.update(self._single.get(keyword, ()))
            pairs = self._pairs.get(keyword)
            if pairs is None:
                continue
            for other in pairs.keys() & present:
                for item, rest, n_words in pairs[other]:
                    if n_words <= n_hits and rest <= present:
                        items.add(item)
        found = {rule.number: rule for rule in self.for_all}
        for item in self._by_item.keys() & items:
            for rule, others in self._by_item[item]:
                if others <= items:
                    found[rule.number] = rule
        for keyword in present:
            for rule in self._by_cue.get(keyword, ()):
                found[rule.number] = rule
        return [found[number] for number in sorted(found)]

    def _add(self, rule: CompiledRule, cues: frozenset[int]) -> None:
        if rule.pattern is not None:
            for cue in cues:
                self._by_cue.setdefault(cue, []).append(rule)
            return
        items = [self._number_of(item) for item in rule.items]
        if rule.within is Context.SENTENCE or rule.kind is Kind.ANY:
            rarest = next(n for n, item in zip(items, rule.items, strict=True) if cues.issuperset(item.by_cue))
            self._by_item.setdefault(rarest, []).append((rule, frozenset(items)))
            return
        for item in items:  # the other items may stand in another sentence
            self._by_item.setdefault(item, []).append((rule, frozenset()))

    def _number_of(self, item: Item) -> int:
        if item not in self._numbers:
            self._numbers[item] = len(self._numbers)
            self._index(item, self._numbers[item])
        return self._numbers[item]

    def _index(self, item: Item, number: int) -> None:
        """Under which keywords an item is thought of: a phrase under two, for one alone is in many sentences."""
        for cue, terms in item.by_cue.items():
            if any(len(sought.keywords) == 1 for sought in terms):
                if number not in self._single.setdefault(cue, []):
                    self._single[cue].append(number)
                continue
            for sought in terms:
                others = sorted(set(sought.keywords) - {cue}) or [cue]
                phrase = (number, frozenset(others[1:]), len(sought.keywords))
                known = self._pairs.setdefault(cue, {}).setdefault(others[0], [])
                if phrase not in known:
                    known.append(phrase)
