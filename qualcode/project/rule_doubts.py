"""What is doubtful about rules that ran: those that find something nearly everywhere, or nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.errors import Problem
from qualcode.i18n import _, ngettext
from qualcode.model.sentences import sentence_spans
from qualcode.project.rule_run import Found, RuleRun

_FEW = 20  # sentences; among fewer, half of them may well speak of one theme
_NEARLY_EVERYWHERE = 0.5  # of all sentences


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
    nowhere = [code.key for code in looked_for if code.key not in spoken_of]
    if nowhere:
        doubts.append(
            Problem(
                "",
                ngettext(
                    "The rules of {n} code find nothing here: {codes}.",
                    "The rules of {n} codes find nothing here: {codes}.",
                    len(nowhere),
                ).format(n=len(nowhere), codes=", ".join(nowhere)),
                _("If the theme is spoken of, add the words that people use for it."),
                "warning",
            )
        )
    return doubts


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
