"""A codebook's rules, ready to be looked for: keywords numbered, concepts filled in, expressions compiled."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from qualcode.autocoding.patterns import BoundedPattern, bounded_pattern
from qualcode.autocoding.words import Keyword
from qualcode.errors import CodebookError, Problem
from qualcode.i18n import _, did_you_mean, folded, ngettext
from qualcode.model.codebook import Code, Codebook, Context, MatchRule, Valence
from qualcode.model.terms import Reading, Term, TermWord, parse_term


class Kind(StrEnum):
    """What must be found for a rule to match."""

    ANY = "any"
    ALL = "all"
    NEAR = "near"
    REGEX = "regex"
    LIKE = "like"


class Sought(NamedTuple):
    """A term: its words as numbers of keywords, and how many words may stand between each and the next."""

    keywords: tuple[int, ...]
    gaps: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Item:
    """Terms of which one is enough.

    Attributes:
        by_cue: the terms by the keyword that says that they may be there: the longest, likely to be the rarest.
    """

    by_cue: Mapping[int, Sequence[Sought]]

    @cached_property
    def by_first(self) -> Mapping[int, Sequence[Sought]]:
        """The same by the number of their first word; of most items no text ever asks for it."""
        found: dict[int, list[Sought]] = {}
        for terms in self.by_cue.values():
            for sought in terms:
                found.setdefault(sought.keywords[0], []).append(sought)
        return found


@dataclass(frozen=True, eq=False)
class CompiledRule:
    """A rule that is ready to be looked for.

    Attributes:
        code_key: the code that it proposes.
        number: its place among all rules of the codebook.
        items: what must be found: the one item of `any`, or each of `all` and `near`.
        none: what must not be found.
        pattern: the expression of a `regex` rule.
        within: where to look; always the sentence for `any` and `regex`, apart from `none`.
        groups: folded names, None for all.
        questions: folded texts, None for all.
        is_hindrance: whether its code speaks of what hampers, so that a denial of the hindrance speaks against it.
        cues: a keyword of one of these stands in each sentence that the rule can match; None when nothing is sure.
    """

    code_key: str
    number: int
    kind: Kind
    name: str
    weight: float
    items: tuple[Item, ...]
    none: Item | None
    pattern: BoundedPattern | None
    n_words: int
    lacking: bool | None
    within: Context
    groups: frozenset[str] | None
    questions: frozenset[str] | None
    cues: frozenset[int] | None
    is_hindrance: bool = False

    def applies(self, group: str, question: str) -> bool:
        """Whether the rule may look at what this group says on this question; both folded."""
        return (self.groups is None or group in self.groups) and (self.questions is None or question in self.questions)


@dataclass(frozen=True)
class LikeRule:
    """Sentences that carry a code, and some that do not.

    Attributes:
        is_hindrance: whether the code speaks of what hampers; `is_good`, of what promotes or comes of it.
        groups: folded names, None for all.
        questions: folded texts, None for all.
    """

    code_key: str
    name: str
    weight: float
    sentences: tuple[str, ...]
    others: tuple[str, ...]
    is_hindrance: bool
    is_good: bool
    groups: frozenset[str] | None
    questions: frozenset[str] | None

    def applies(self, group: str, question: str) -> bool:
        """Whether the rule may look at what this group says on this question; both folded."""
        return (self.groups is None or group in self.groups) and (self.questions is None or question in self.questions)


@dataclass(frozen=True)
class CompiledCodebook:
    """The rules of all codes in tree order, and the keywords that they share.

    Attributes:
        like: rules that go by whole sentences; they have no keywords.
    """

    rules: tuple[CompiledRule, ...]
    keywords: tuple[Keyword, ...]
    like: tuple[LikeRule, ...] = ()


_Asked = tuple[tuple[tuple[str, Valence | None, tuple[MatchRule, ...]], ...], dict[str, tuple[str, ...]]]
_last: list[tuple[_Asked, CompiledCodebook]] = []


def compile_rules(codebook: Codebook) -> CompiledCodebook:
    """Make a codebook's rules ready; those of the last codebook are kept, for a run checks them before it uses them.

    Raises:
        CodebookError: terms, concepts or expressions are wrong; all of them are told.
    """
    asked = tuple((code.key, code.valence, code.rules) for code in codebook.codes), dict(codebook.concepts)
    for known, compiled in list(_last):
        if known == asked:
            return compiled
    compiled = _compiled(codebook)
    _last[:] = [(asked, compiled)]
    return compiled


def check_rules(codebook: Codebook, keys: Container[str]) -> None:
    """See whether the rules of some codes can be looked for, without the wait for all others.

    Raises:
        CodebookError: as `compile_rules`.
    """
    _compiled(replace(codebook, codes=tuple(code for code in codebook.codes if code.key in keys)))


def _compiled(codebook: Codebook) -> CompiledCodebook:
    compiler = _Compiler(codebook.concepts)
    for code in codebook.codes:
        for rule in code.rules:
            compiler.add(code, rule)
    if compiler.problems:
        raise CodebookError.from_problems(
            ngettext(
                "{n} thing is wrong in the rules of the codebook.",
                "{n} things are wrong in the rules of the codebook.",
                len(compiler.problems),
            ).format(n=len(compiler.problems)),
            compiler.problems,
        )
    return CompiledCodebook(tuple(compiler.rules), tuple(compiler.keywords), tuple(compiler.like))


def _kinds(rule: MatchRule) -> list[Kind]:
    """What a rule looks for: one kind, or it is no rule."""
    given = [kind for kind in Kind if getattr(rule, kind.value)]
    if len(given) != 1:
        raise CodebookError(
            _("A rule has exactly one of “any”, “all”, “near”, “regex” and “like”."), hint=_("Make two rules of it.")
        )
    return given


def _like(code: Code, rule: MatchRule) -> LikeRule:
    _kinds(rule)
    return LikeRule(
        code_key=code.key,
        name=rule.short_form,
        weight=rule.weight,
        sentences=rule.like,
        others=rule.none,
        is_hindrance=code.valence is Valence.HINDERING,
        is_good=code.valence in (Valence.PROMOTING, Valence.OUTCOME),
        groups=_folded(rule.groups),
        questions=_folded(rule.questions),
    )


def _folded(names: tuple[str, ...]) -> frozenset[str] | None:
    return frozenset(map(folded, names)) if names else None


_RARER_BY_LETTER = 2.0


class _Compiler:
    def __init__(self, concepts: Mapping[str, tuple[str, ...]]) -> None:
        self._concepts = concepts
        self._numbers: dict[TermWord, int] = {}
        self._known: dict[tuple[str, ...], Item] = {}
        self._read: dict[str, tuple[Sought, ...]] = {}
        self._cues: dict[tuple[int, ...], int] = {}
        self.keywords: list[Keyword] = []
        self.rules: list[CompiledRule] = []
        self.like: list[LikeRule] = []
        self.problems: list[Problem] = []

    def add(self, code: Code, rule: MatchRule) -> None:
        try:
            if rule.like:
                self.like.append(_like(code, rule))
            else:
                self.rules.append(self._compiled(code, rule))
        except CodebookError as error:
            self.problems.append(Problem(_("code {key}").format(key=code.key), error.message, error.hint))

    def _compiled(self, code: Code, rule: MatchRule) -> CompiledRule:
        kind, items = self._items(rule)
        pattern = bounded_pattern(rule.regex) if kind is Kind.REGEX else None
        if pattern is not None:
            parts = (TermWord(part, Reading.CONTAINS) for part in pattern.literals)
            cues = frozenset(self._number(part) for part in parts) or None
        else:
            needed = items if rule.within is not Context.SENTENCE else (min(items, key=self._how_common),)
            cues = frozenset(cue for item in needed for cue in item.by_cue)
        return CompiledRule(
            code_key=code.key,
            number=len(self.rules),
            kind=kind,
            name=rule.short_form,
            weight=rule.weight,
            items=items,
            none=self._item(rule.none) if rule.none else None,
            pattern=pattern,
            n_words=rule.words,
            lacking=rule.lacking,
            within=rule.within,
            groups=_folded(rule.groups),
            questions=_folded(rule.questions),
            cues=cues,
            is_hindrance=code.valence is Valence.HINDERING,
        )

    def _items(self, rule: MatchRule) -> tuple[Kind, tuple[Item, ...]]:
        given = _kinds(rule)
        if given[0] is Kind.ANY:
            return Kind.ANY, (self._item(rule.any),)
        if given[0] is Kind.REGEX:
            return Kind.REGEX, ()
        return given[0], tuple(self._item(item) for item in (rule.all or rule.near))

    def _item(self, written: tuple[str, ...]) -> Item:
        """The item of these terms; rules that name the same concept share it."""
        if written not in self._known:
            by_cue: dict[int, list[Sought]] = {}
            for sought in dict.fromkeys(chain.from_iterable(map(self._looked_for, written))):
                keywords = sought.keywords
                by_cue.setdefault(keywords[0] if len(keywords) == 1 else self._cue(keywords), []).append(sought)
            self._known[written] = Item(by_cue)
        return self._known[written]

    def _how_common(self, item: Item) -> float:
        """A guess at how often one of an item's terms stands in a sentence: short words are common ones."""
        return sum(_RARER_BY_LETTER ** -len(self.keywords[cue].text) for cue in item.by_cue)

    def _cue(self, keywords: tuple[int, ...]) -> int:
        """The longest word of a phrase."""
        found = self._cues.get(keywords)
        if found is None:
            found = self._cues[keywords] = max(keywords, key=lambda number: len(self.keywords[number].word.text))
        return found

    def _looked_for(self, written: str) -> tuple[Sought, ...]:
        """What a term stands for; a concept, or a word that many rules name, is read once."""
        if written not in self._read:
            self._read[written] = tuple(map(self._sought, self._filled_in(parse_term(written))))
        return self._read[written]

    def _filled_in(self, term: Term) -> Iterable[Term]:
        """The term itself, or the terms of the concept that it names."""
        if not term.concept:
            return (term,)
        if term.concept not in self._concepts:
            raise CodebookError(
                _("There is no concept {name!r}.").format(name=term.concept),
                hint=did_you_mean(term.concept, self._concepts),
            )
        terms = [parse_term(each) for each in self._concepts[term.concept]]
        for each in terms:
            if each.concept:
                raise CodebookError(
                    _("The concept {name!r} names another concept, {other!r}.").format(
                        name=term.concept, other=each.concept
                    ),
                    hint=_("Write the words themselves."),
                )
        return terms

    def _sought(self, term: Term) -> Sought:
        if len(term.words) == 1:
            return Sought((self._number(term.words[0]),))
        numbers: list[int] = []
        for position, word in enumerate(term.words):
            beside = term.gaps[max(0, position - 1) : position + 1]
            if (
                word.reading is Reading.WORD and 0 in beside
            ):  # in a phrase a word stands for its forms, not for compounds
                word = TermWord(word.text, Reading.FORMS, word.capitals)
            numbers.append(self._number(word))
        return Sought(tuple(numbers), term.gaps)

    def _number(self, word: TermWord) -> int:
        number = self._numbers.setdefault(word, len(self.keywords))
        if number == len(self.keywords):
            self.keywords.append(Keyword(word))
        return number
