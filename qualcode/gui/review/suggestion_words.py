"""What the review says of one suggestion: its code, its rules in words, how it was decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import clock
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.review.card_parts import Given
from qualcode.gui.review.decision_card import Shown
from qualcode.gui.review.places import Places
from qualcode.gui.review.rule_words import Piece, conditions_in_words, rule_in_words, short_words
from qualcode.i18n import _, in_quotes
from qualcode.model.codebook import MatchRule
from qualcode.model.suggestion import Status, Suggestion
from qualcode.model.words import shortened

if TYPE_CHECKING:
    from qualcode.gui.review.queue_model import QueueModel
    from qualcode.project.coded_already import CodedAlready

_WORDS = 48  # letters of a quotation that are shown


def said_of(suggestion: Suggestion, bridge: ProjectBridge) -> Shown:
    """What the card says of a suggestion."""
    code = bridge.code(suggestion.code_id)
    above = bridge.code_keyed(code.parent) if code is not None and code.parent else None
    known = {each.short_form: each for each in (code.rules if code is not None else ())}
    names = rules_said_of(suggestion)
    strongest = known.get(names[0])
    evidence = tuple(suggestion.evidence.split(" | "))
    already = bridge.project.review.coded_already(suggestion, hidden_coders=bridge.hidden_coders)
    return Shown(
        bridge.looks.get(suggestion.code_id, NO_LOOK),
        bridge.names.get(suggestion.code_id, ""),
        bridge.name_of(above) if above is not None else "",
        tuple(_rule_said(name, known.get(name), evidence) for name in names),
        tuple(short_words(known[name]) if name in known else name for name in names[1:]),
        evidence,
        tuple(conditions_in_words(strongest)) if strongest is not None else (),
        suggestion.against,
        suggestion.score,
        tuple(_given(suggestion, already, bridge)),
        _accepting(already),
        already.own is not None and not already.is_same,
    )


def _given(suggestion: Suggestion, already: CodedAlready, bridge: ProjectBridge) -> Iterator[Given]:
    """The codes that the words have already: the suggested one (of this coder, of others), then this coder's others."""
    look, name = bridge.looks.get(suggestion.code_id, NO_LOOK), bridge.names.get(suggestion.code_id, "")
    if already.own is not None:
        whose = _("yours, on these words")
        if not already.is_same:
            span = already.own.span
            words = bridge.project.documents.text(already.own.document_id)[span.start : span.end]
            whose = _("yours, on {words}").format(words=in_quotes(shortened(words, _WORDS)))
        yield Given(look, name, whose)
    if already.others:
        yield Given(look, name, ", ".join(already.others))
    for code_id in already.other_codes:
        yield Given(bridge.looks.get(code_id, NO_LOOK), bridge.names.get(code_id, ""))


def _accepting(already: CodedAlready) -> str:
    """What accepting does where the coder gave the code there already."""
    if already.own is None:
        return ""
    if already.is_same:
        return _("You have this quotation already: accepting confirms it and adds none.")
    return _("Your own quotation overlaps it: accepting adds a second one, H keeps yours alone.")


def like_sentences(suggestion: Suggestion, bridge: ProjectBridge) -> tuple[tuple[str, ...], bool]:
    """The codebook's sentences of those rules that made a suggestion, and whether no other rule did.

    There are none where no rule went by sentences.
    """
    code = bridge.code(suggestion.code_id)
    names = rules_said_of(suggestion)
    made = [rule for rule in (code.rules if code is not None else ()) if rule.short_form in names]
    sentences = tuple(sentence for rule in made for sentence in rule.like)
    return sentences, bool(made) and all(rule.like for rule in made)


def place_of(suggestion: Suggestion, places: Places, queue: QueueModel) -> tuple[str, str]:
    """The text that a suggestion stands in; when it was said, and its number among those under its head."""
    found = queue.head_of(suggestion.id)
    block = places.block(suggestion.document_id, suggestion.span.start)
    reading = places.reading(suggestion.document_id)
    parts = [clock(block.begins) if block is not None else ""]
    if found is not None:
        head, at = found
        parts.append(_("suggestion {n} of {total}").format(n=at + 1, total=len(head.sorting)))
    return reading.title if reading is not None else "", "  ·  ".join(part for part in parts if part)


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
