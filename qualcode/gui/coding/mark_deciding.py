"""What a coder decides on the picked mark: a suggestion accepted or rejected, a quotation resized or uncoded."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.mark_card import Picked
from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.review.extent import with_end, with_start
from qualcode.gui.review.suggestion_words import said_of
from qualcode.i18n import _
from qualcode.model.segment import Span
from qualcode.model.suggestion import Suggestion

_EXTENTS = {
    "end_out": ("end", True),
    "end_in": ("end", False),
    "start_out": ("start", False),
    "start_in": ("start", True),
}


class MarkDeciding(QObject):
    """Writes decisions.

    Signals:
        picked: the key of the mark that is next.
        left: no mark is picked any longer.
    """

    picked = Signal(object)
    left = Signal()

    def __init__(self, bridge: ProjectBridge, shown: ShownText, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._shown = shown

    def decide(self, verdict: str, mark: Mark) -> None:
        """Does what was decided on a mark; nothing where that is not for marks of its kind.

        Raises:
            QualcodeError: it could not be done.
        """
        if mark.is_suggestion:
            if verdict in ("accept", "reject", "keep"):
                self._decide_suggestion(mark, verdict)
            elif verdict in _EXTENTS:
                self._accept_resized(mark, *_EXTENTS[verdict])
        elif verdict in _EXTENTS:
            self.give_span(mark, self._resized(mark, *_EXTENTS[verdict]))
        elif verdict == "remove":
            self.left.emit()
            self._bridge.project.segments.remove(mark.id)

    def _resized(self, mark: Mark, edge: str, forward: bool) -> Span:
        text = self._bridge.project.documents.text(mark.document_id)
        return (with_end if edge == "end" else with_start)(text, mark.span, forward=forward)

    def _accept_resized(self, mark: Mark, edge: str, forward: bool) -> None:
        """A suggestion with another extent is accepted with it; from then on it is a quotation."""
        span = self._resized(mark, edge, forward)
        if span != mark.span:
            segment = self._bridge.project.review.accept_as(mark.id, span=span)
            self.picked.emit((False, segment.id))

    def give_span(self, mark: Mark, span: Span) -> None:
        """Gives a quotation another extent.

        Raises:
            QualcodeError: it is gone.
        """
        if span != mark.span:
            segment = self._bridge.project.segments.resize(mark.id, span)
            self.picked.emit((False, segment.id))

    def _decide_suggestion(self, mark: Mark, verdict: str) -> None:
        order = self._shown.suggestion_keys()
        at = order.index(mark.key)
        review = self._bridge.project.review
        if verdict == "accept":
            review.accept([mark.id])
        elif verdict == "reject":
            review.reject([mark.id])
        elif not self._keeps_own(mark):
            return
        rest = [each for each in order if each != mark.key]
        if rest:
            self.picked.emit(rest[min(at, len(rest) - 1)])
        else:
            self.left.emit()

    def _keeps_own(self, mark: Mark) -> bool:
        """Lets the coder's own quotation of that code stand for a suggestion; whether there is one."""
        review = self._bridge.project.review
        suggestion = self._shown.suggestion(mark)
        own = review.coded_already(suggestion).own if suggestion is not None else None
        if own is not None:
            review.accept_as(mark.id, span=own.span)
        return own is not None


def told(mark: Mark, shown: ShownText, bridge: ProjectBridge) -> Picked:
    """What the card says of a mark."""
    if mark.is_suggestion:
        suggestion = shown.suggestion(mark)
        if suggestion is not None:
            return _told_suggestion(mark, suggestion, shown, bridge)
    code = bridge.code(mark.code_id)
    above = bridge.code_keyed(code.parent) if code is not None and code.parent else None
    return Picked(
        bridge.looks.get(mark.code_id, NO_LOOK),
        bridge.names.get(mark.code_id, ""),
        bridge.name_of(above) if above is not None else "",
        coder=mark.coder,
        also=mark.also,
    )


def _told_suggestion(mark: Mark, suggestion: Suggestion, shown: ShownText, bridge: ProjectBridge) -> Picked:
    from qualcode.project.review import Tally, rules_of

    said = said_of(suggestion, bridge)
    order = shown.suggestion_keys()
    rules = rules_of(suggestion)
    record = bridge.project.review.record_of_code(mark.code_id)
    tally = record.by_rule.get(rules[0], Tally()) if rules else record.whole
    return Picked(
        said.look,
        said.name,
        said.above,
        said,
        _("{n} of {total}").format(n=order.index(mark.key) + 1, total=len(order)),
        tally.accepted,
        tally.decided,
    )
