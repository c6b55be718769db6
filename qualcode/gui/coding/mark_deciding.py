"""What a coder decides on the picked mark: a suggestion accepted or rejected, a quotation resized or uncoded."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.mark_card import Picked
from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.review.extent import with_end, with_start
from qualcode.i18n import _

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
            if verdict in ("accept", "reject"):
                self._decide_suggestion(mark, accept=verdict == "accept")
        elif verdict in _EXTENTS:
            self._resize(mark, *_EXTENTS[verdict])
        elif verdict == "remove":
            self.left.emit()
            self._bridge.project.segments.remove(mark.id)

    def _resize(self, mark: Mark, edge: str, forward: bool) -> None:
        text = self._bridge.project.documents.text(mark.document_id)
        span = (with_end if edge == "end" else with_start)(text, mark.span, forward=forward)
        if span != mark.span:
            segment = self._bridge.project.segments.resize(mark.id, span)
            self.picked.emit((False, segment.id))

    def _decide_suggestion(self, mark: Mark, *, accept: bool) -> None:
        order = self._shown.suggestion_keys()
        at = order.index(mark.key)
        review = self._bridge.project.review
        if accept:
            review.accept([mark.id])
        else:
            review.reject([mark.id])
        rest = [each for each in order if each != mark.key]
        if rest:
            self.picked.emit(rest[min(at, len(rest) - 1)])
        else:
            self.left.emit()


def told(mark: Mark, shown: ShownText, bridge: ProjectBridge) -> Picked:
    """What the card says of a mark."""
    code = bridge.code(mark.code_id)
    above = bridge.code_keyed(code.parent) if code is not None and code.parent else None
    place = rule = evidence = ""
    if mark.is_suggestion:
        order = shown.suggestion_keys()
        place = _("{n} of {total}").format(n=order.index(mark.key) + 1, total=len(order))
        suggestion = shown.suggestion(mark)
        if suggestion is not None:
            rule, evidence = suggestion.rule, suggestion.evidence
    return Picked(
        bridge.looks.get(mark.code_id, NO_LOOK),
        bridge.names.get(mark.code_id, ""),
        bridge.name_of(above) if above is not None else "",
        mark.is_suggestion,
        place,
        rule,
        evidence,
        mark.score,
        mark.coder,
        mark.also,
    )
