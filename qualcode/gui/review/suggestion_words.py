"""What the review says of one suggestion: its code, its rules in words, how it was decided."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import clock
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.review.decision_card import Shown
from qualcode.gui.review.places import Places
from qualcode.gui.review.rule_words import Piece, conditions_in_words, rule_in_words
from qualcode.i18n import _
from qualcode.model.codebook import MatchRule
from qualcode.model.suggestion import Status, Suggestion


def said_of(suggestion: Suggestion, bridge: ProjectBridge) -> Shown:
    """What the card says of a suggestion."""
    code = bridge.code(suggestion.code_id)
    above = bridge.code_keyed(code.parent) if code is not None and code.parent else None
    known = {each.short_form: each for each in (code.rules if code is not None else ())}
    names = rules_said_of(suggestion)
    strongest = known.get(names[0])
    evidence = tuple(suggestion.evidence.split(" | "))
    return Shown(
        bridge.looks.get(suggestion.code_id, NO_LOOK),
        bridge.names.get(suggestion.code_id, ""),
        bridge.name_of(above) if above is not None else "",
        tuple(_rule_said(name, known.get(name), evidence) for name in names),
        evidence,
        tuple(conditions_in_words(strongest)) if strongest is not None else (),
        suggestion.against,
        suggestion.score,
    )


def decided_line(suggestion: Suggestion, verdict: Status, bridge: ProjectBridge, places: Places) -> str:
    """One line about a suggestion that was decided: how, its code, where it stands."""
    block = places.block(suggestion.document_id, suggestion.span.start)
    where = (clock(block.begins) or block.label) if block is not None else ""
    word = {Status.ACCEPTED: _("Accepted"), Status.CHANGED: _("Changed"), Status.REJECTED: _("Rejected")}[verdict]
    about = ", ".join(part for part in (bridge.names.get(suggestion.code_id, ""), where) if part)
    return f"{word}  {about}"


def rules_said_of(suggestion: Suggestion) -> list[str]:
    """The rules that found a suggestion, the strongest first; or that it was learned."""
    from qualcode.project.review import rules_of

    return rules_of(suggestion) or [_("learned from decisions")]


def _rule_said(name: str, rule: MatchRule | None, evidence: Sequence[str]) -> tuple[Piece, ...]:
    """A rule in words, after its name if the codebook gave it one; the name alone if the codebook lost it."""
    if rule is None:
        return (Piece(name, is_term=True),)
    words = tuple(rule_in_words(rule, evidence))
    return (Piece(_("{name}:").format(name=rule.name)), *words) if rule.name else words
