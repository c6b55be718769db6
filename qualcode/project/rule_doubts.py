"""What is doubtful about rules that ran: those that find something nearly everywhere, or nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualcode.errors import Problem
from qualcode.i18n import _, ngettext
from qualcode.model.codebook import Code, MatchRule
from qualcode.model.sentences import sentence_spans
from qualcode.project.rule_run import Found, RuleRun

_FEW = 20  # sentences; among fewer, half of them may well speak of one theme
_NEARLY_EVERYWHERE = 0.5  # of all sentences
_MOST_NAMED = 20  # codes, one by one


def rule_doubts(run: RuleRun, found: Sequence[Found]) -> list[Problem]:
    """Warnings about the codes whose rules ran.

    Args:
        run: what was looked through.
        found: all that came of it, whether it was decided on before or not.
    """
    looked_for = [
        code
        for code in run.codebook.codes
        if code.rules and (run.codes is None or code.key in run.codes) and any(text.passages for text in run.texts)
    ]
    n_found = Counter(proposal.code_key for _document, proposal in found)
    doubts = [told for code in looked_for if (told := doubt_of_many(run, code.key, n_found[code.key])) is not None]
    spoken_of = set(n_found)
    for code in reversed(run.codebook.codes):  # a theme is spoken of where a code below it is
        if code.key in spoken_of:
            spoken_of.add(code.parent)
    if run.codes is not None:  # codes below it did not run
        spoken_of |= {code.parent for code in run.codebook.codes}
    return [*doubts, *_doubts_of_none(run, [code for code in looked_for if code.key not in spoken_of])]


def _doubts_of_none(run: RuleRun, nowhere: Sequence[Code]) -> Iterator[Problem]:
    """Warnings about codes whose rules find nothing, by what stops them: conditions, unlike sentences, other words."""
    stopped = _found_without_conditions(run, nowhere)
    unlike = {code.key for code in nowhere if code.key not in stopped and all(rule.like for rule in code.rules)}
    other = {code.key for code in nowhere} - stopped - unlike
    told = (
        (other, _("If the theme is spoken of, add the words that people use for it.")),
        (
            stopped,
            _("Their words stand here; what the rules ask beside them (lacking, not, near, groups ...) stops them."),
        ),
        (
            unlike,
            _("No sentence here resembles those of the rules enough: add such as people say, or words."),
        ),
    )
    for keys, hint in told:
        if keys:
            what = ngettext(
                "The rules of {n} code find nothing here: {codes}.",
                "The rules of {n} codes find nothing here: {codes}.",
                len(keys),
            )
            named = [code.key for code in nowhere if code.key in keys]
            if len(named) > _MOST_NAMED:
                more = len(named) - _MOST_NAMED
                named[_MOST_NAMED:] = [ngettext("and {n} more", "and {n} more", more).format(n=more)]
            yield Problem("", what.format(n=len(keys), codes=", ".join(named)), hint, "warning")


def _found_without_conditions(run: RuleRun, codes: Sequence[Code]) -> set[str]:
    """Keys of those codes that are found as soon as their rules ask for nothing but their words."""
    plain = {code.key: replace(code, rules=tuple(map(_without_conditions, code.rules))) for code in codes}
    asked = frozenset(code.key for code in codes if plain[code.key].rules != code.rules)
    if not asked:
        return set()
    codebook = replace(run.codebook, codes=tuple(plain.get(code.key, code) for code in run.codebook.codes))
    return {proposal.code_key for _document, proposal in run.of_codes(codebook, asked)}


def _without_conditions(rule: MatchRule) -> MatchRule:
    if rule.like:  # what stands under `not` there are sentences too: no condition, but what it is held against
        return rule
    return replace(rule, all=rule.all or rule.near, near=(), lacking=None, none=(), groups=(), questions=())


def doubt_of_many(run: RuleRun, code_key: str, n_found: int) -> Problem | None:
    """A warning about rules that find something nearly everywhere; None for others.

    Args:
        run: what was looked through.
        code_key: whose rules they are.
        n_found: in how many sentences they found something.
    """
    if n_found < max(_FEW, _NEARLY_EVERYWHERE * _n_passages(run)):
        return None
    n_sentences = _n_sentences(run)  # a long look, and seldom needed
    if n_found < _NEARLY_EVERYWHERE * n_sentences:
        return None
    return Problem(
        _("code {key}").format(key=code_key),
        _("Its rules find something in {n} of {total} sentences, so they tell little apart.").format(
            n=n_found, total=n_sentences
        ),
        _("Ask for more words in one rule, or for words near each other."),
        "warning",
    )


def _n_passages(run: RuleRun) -> int:
    return sum(len(text.passages) for text in run.texts)


def _n_sentences(run: RuleRun) -> int:
    return sum(len(sentence_spans(text.text, each.start, each.end)) for text in run.texts for each in text.passages)
