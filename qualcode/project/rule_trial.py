"""Trying other rules for a code on the project's own text, before they are used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from qualcode.errors import CodebookError, Problem
from qualcode.files.rules_text import read_rules
from qualcode.model.codebook import MatchRule
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
    """

    document_id: int
    span: Span
    text: str
    words: tuple[Span, ...]
    rule: str
    score: float
    standing: Standing


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of trying.

    Attributes:
        rules: as they were read; empty where the text cannot be read.
        problems: all that is wrong or doubtful, by line.
        hits: new ones first, then those that would go, then those that stay; each by place.
        n_documents: how many documents have a hit that is not gone.
    """

    rules: tuple[MatchRule, ...] = ()
    problems: tuple[Problem, ...] = ()
    hits: tuple[TrialHit, ...] = ()

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
    try:
        found = _found(run, code_key, rules, cancelled)
    except CodebookError as error:
        told = error.problems or (Problem("", error.message, error.hint),)
        return Trial((), (*problems, *told))
    own = _found(run, code_key, run.codebook.code(code_key).rules, cancelled)
    return Trial(rules, tuple(problems), tuple(_hits(run, found, own)))


_Place = tuple[int, int, int]


def _found(
    run: RuleRun, code_key: str, rules: Sequence[MatchRule], cancelled: Cancelled | None
) -> dict[_Place, Proposal]:
    codes = (replace(code, rules=tuple(rules)) if code.key == code_key else code for code in run.codebook.codes)
    tried = replace(run.codebook, codes=tuple(codes))
    found = run.of_codes(tried, frozenset((code_key,)), cancelled=cancelled)
    return {(document_id, each.span.start, each.span.end): each for document_id, each in found}


def _hits(run: RuleRun, found: dict[_Place, Proposal], own: dict[_Place, Proposal]) -> list[TrialHit]:
    texts = {each.document_id: each.text for each in run.texts}
    hits = []
    for place in sorted({*found, *own}):
        document_id, start, end = place
        standing = Standing.GONE if place not in found else Standing.KEPT if place in own else Standing.NEW
        each = found.get(place) or own[place]
        words = each.evidence.spans
        text = texts[document_id][start:end]
        hits.append(TrialHit(document_id, each.span, text, words, each.rule, each.score, standing))
    order = list(_ORDER)
    return sorted(hits, key=lambda hit: order.index(hit.standing))


_ORDER = (Standing.NEW, Standing.GONE, Standing.KEPT)
