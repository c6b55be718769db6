"""Trying other rules for a code, or other word lists, on the project's own text, before they are used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from itertools import chain

from qualcode.errors import CodebookError, Problem
from qualcode.files.rules_text import read_concepts, read_rules
from qualcode.model.codebook import Code, Codebook, MatchRule
from qualcode.model.progress import Cancelled
from qualcode.model.segment import Span
from qualcode.model.suggestion import Proposal
from qualcode.project.rule_run import RuleRun


class Standing(Enum):
    """How a sentence that rules find stands to the rules that the code has."""

    NEW = "new"
    KEPT = "kept"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TrialHit:
    """A sentence that the tried rules find, or that the code's own rules find and these do not.

    Attributes:
        text: the sentence.
        words: what matched, as positions in the document's text.
        rule: short form of the rules that matched.
        code_key: whose rules they are, where those of several codes were tried; else "".
    """

    document_id: int
    span: Span
    text: str
    words: tuple[Span, ...]
    rule: str
    score: float
    standing: Standing
    code_key: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying.

    Attributes:
        rules: as they were read; empty where the text cannot be read.
        lists: word lists as they were read, where those were tried.
        problems: all that is wrong or doubtful, by line.
        hits: new ones first, then those that would go, then those that stay; each by place.
        n_documents: how many documents have a hit that is not gone.
    """

    rules: tuple[MatchRule, ...] = ()
    problems: tuple[Problem, ...] = ()
    hits: tuple[TrialHit, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_usable(self) -> bool:
        """Whether the text holds rules, or none, without an error."""
        return all(problem.severity != "error" for problem in self.problems)

    @property
    def n_documents(self) -> int:
        """How many documents hold a sentence that these rules find."""
        return len({hit.document_id for hit in self.hits if hit.standing is not Standing.GONE})

    def n(self, standing: Standing) -> int:
        """How many hits stand so."""
        return sum(1 for hit in self.hits if hit.standing is standing)


def try_rules(run: RuleRun, code_key: str, text: str, *, cancelled: Cancelled | None = None) -> Trial:
    """Read rules from a text and look for them and for the code's own ones.

    Args:
        run: the project's texts and codebook, as `ReviewActions.rule_run` gathers them.
        code_key: the code whose rules the text would replace.

    Raises:
        CancelledError: the user went on typing.
    """
    rules, problems = read_rules(text, run.codebook.concepts)
    if any(problem.severity == "error" for problem in problems):
        return Trial((), tuple(problems))
    codes = (replace(code, rules=tuple(rules)) if code.key == code_key else code for code in run.codebook.codes)
    tried = replace(run.codebook, codes=tuple(codes))
    hits, told = _compared(run, tried, frozenset((code_key,)), cancelled)
    if told:
        return Trial((), (*problems, *told))
    return Trial(rules, tuple(problems), tuple(replace(hit, code_key="") for hit in hits))


def try_lists(run: RuleRun, text: str, *, cancelled: Cancelled | None = None) -> Trial:
    """Read word lists from a text and look for the rules that use those which are other ones now, with both.

    While none is another one, all rules are looked for that use any.

    Args:
        run: the project's texts and codebook, as `ReviewActions.rule_run` gathers them.
        text: in the form of `files.rules_text.concepts_text`.

    Raises:
        CancelledError: the user went on typing.
    """
    lists, problems = read_concepts(text)
    if any(problem.severity == "error" for problem in problems):
        return Trial((), tuple(problems))
    before = run.codebook.concepts
    names = {*lists, *before}
    changed = {name for name in names if lists.get(name) != before.get(name)}
    used = uses_of_lists(run.codebook)
    keys = frozenset(code.key for name in changed or names for code, _n in used.get(name, ()))
    hits, told = _compared(run, replace(run.codebook, concepts=lists), keys, cancelled)
    if told:
        return Trial((), (*problems, *told))
    return Trial((), tuple(problems), tuple(hits), lists)


def uses_of_lists(codebook: Codebook) -> dict[str, tuple[tuple[Code, int], ...]]:
    """Which codes use which word lists, by the list's name: each code with how many of its rules do."""
    found: dict[str, Counter[str]] = {}
    for code in codebook.codes:
        for rule in code.rules:
            for name in _lists_of(rule):
                found.setdefault(name, Counter())[code.key] += 1
    codes = {code.key: code for code in codebook.codes}
    return {name: tuple((codes[key], n) for key, n in counted.items()) for name, counted in found.items()}


def _lists_of(rule: MatchRule) -> set[str]:
    terms = (term.strip() for term in chain(rule.any, *rule.all, *rule.near, rule.none))
    return {term[1:] for term in terms if term.startswith("@")}


_Place = tuple[int, int, int, str]
"""Document, start, end, and the code whose rules found it."""


def _compared(
    run: RuleRun, tried: Codebook, keys: frozenset[str], cancelled: Cancelled | None
) -> tuple[list[TrialHit], tuple[Problem, ...]]:
    """What the rules of some codes find in another codebook, beside what they find in the run's; or what is wrong."""
    try:
        found = _found(run, tried, keys, cancelled)
    except CodebookError as error:
        return [], error.problems or (Problem("", error.message, error.hint),)
    own = found if tried == run.codebook else _found(run, run.codebook, keys, cancelled)
    return _hits(run, found, own), ()


def _found(
    run: RuleRun, codebook: Codebook, keys: frozenset[str], cancelled: Cancelled | None
) -> dict[_Place, Proposal]:
    found = run.of_codes(codebook, keys, cancelled=cancelled) if keys else ()
    return {(document_id, each.span.start, each.span.end, each.code_key): each for document_id, each in found}


def _hits(run: RuleRun, found: dict[_Place, Proposal], own: dict[_Place, Proposal]) -> list[TrialHit]:
    texts = {each.document_id: each.text for each in run.texts}
    hits = []
    for place in sorted({*found, *own}):
        document_id, start, end, code_key = place
        standing = Standing.GONE if place not in found else Standing.KEPT if place in own else Standing.NEW
        each = found.get(place) or own[place]
        words = each.evidence.spans
        text = texts[document_id][start:end]
        hits.append(TrialHit(document_id, each.span, text, words, each.rule, each.score, standing, code_key))
    order = list(_ORDER)
    return sorted(hits, key=lambda hit: order.index(hit.standing))


_ORDER = (Standing.NEW, Standing.GONE, Standing.KEPT)
