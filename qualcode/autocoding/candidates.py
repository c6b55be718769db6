"""Which rules may match in a sentence, told from the keywords that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

from qualcode.autocoding.rules import CompiledRule, Item, Kind
from qualcode.autocoding.scan import Hit
from qualcode.model.codebook import Context

_MOST_KNOWN = 20_000


_Phrase = tuple[int, frozenset[int], int]
"""The bit of an item that has a phrase, the phrase's keywords beside two that are known, and its length in words."""


class Candidates:
    """The rules of a codebook by what must stand in a sentence for them.

    From keywords to the items (terms of which one is enough) that may be there, from items to rules: the work grows
    with what a sentence holds, not with the codebook. An item is a bit of a number, and so are several.
    """

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self.for_all = tuple(rule for rule in rules if rule.cues is None)
        """Rules for which nothing is sure: they are looked for in each sentence."""
        self._cues = frozenset(cue for rule in rules for cue in rule.cues or ())
        self._bits: dict[Item, int] = {}
        self._single: dict[int, int] = {}
        self._pairs: dict[int, dict[int, list[_Phrase]]] = {}
        self._by_item: dict[int, list[tuple[CompiledRule, int]]] = {}
        self._by_cue: dict[int, list[CompiledRule]] = {}
        self._known: dict[tuple[frozenset[int], int], list[CompiledRule]] = {}
        for rule in rules:
            if rule.cues is not None:
                self._add(rule, rule.cues)
        self._seconds = frozenset(other for pairs in self._pairs.values() for other in pairs)
        self._rarest = reduce(or_, self._by_item, 0)

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
        items = 0
        seconds = present & self._seconds
        for keyword in present:
            single = self._single.get(keyword)
            if single is not None:
                items |= single
            pairs = self._pairs.get(keyword)
            if pairs is None or pairs.keys().isdisjoint(seconds):
                continue
            for other in pairs.keys() & seconds:
                for item, rest, n_words in pairs[other]:
                    if n_words <= n_hits and rest <= present:
                        items |= item
        found = {rule.number: rule for rule in self.for_all}
        rarest = items & self._rarest
        while rarest:
            item = rarest & -rarest
            rarest ^= item
            for rule, others in self._by_item[item]:
                if others & items == others:
                    found[rule.number] = rule
        for keyword in self._by_cue.keys() & present:
            for rule in self._by_cue[keyword]:
                found[rule.number] = rule
        return [found[number] for number in sorted(found)]

    def _add(self, rule: CompiledRule, cues: frozenset[int]) -> None:
        if rule.pattern is not None:
            for cue in cues:
                self._by_cue.setdefault(cue, []).append(rule)
            return
        items = [self._bit_of(item) for item in rule.items]
        if rule.within is Context.SENTENCE or rule.kind is Kind.ANY:
            rarest = next(bit for bit, item in zip(items, rule.items, strict=True) if cues.issuperset(item.by_cue))
            self._by_item.setdefault(rarest, []).append((rule, reduce(or_, items)))
        else:
            for item in items:  # the other items may stand in another sentence
                self._by_item.setdefault(item, []).append((rule, 0))

    def _bit_of(self, item: Item) -> int:
        if item not in self._bits:
            self._bits[item] = 1 << len(self._bits)
            self._index(item, self._bits[item])
        return self._bits[item]

    def _index(self, item: Item, bit: int) -> None:
        """Under which keywords an item is thought of: a phrase under two, for one alone is in many sentences."""
        for cue, terms in item.by_cue.items():
            if any(len(sought.keywords) == 1 for sought in terms):
                self._single[cue] = self._single.get(cue, 0) | bit
                continue
            for sought in terms:
                others = sorted(set(sought.keywords) - {cue}) or [cue]
                phrase = (bit, frozenset(others[1:]), len(sought.keywords))
                known = self._pairs.setdefault(cue, {}).setdefault(others[0], [])
                if phrase not in known:
                    known.append(phrase)
