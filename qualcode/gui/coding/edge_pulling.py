"""The edges of the picked quotation: where they can be taken hold of, and which words they are pulled to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.laid_text import LaidText, Place

_REACH = 6.0  # pixels at both sides of an edge


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge of a quotation.

    Attributes:
        mark: the quotation.
        is_end: whether it is its end.
        fixed: where the other edge stays.
    """

    mark: Mark
    is_end: bool
    fixed: Place

    def pulled_to(self, text: LaidText, place: Place, *, by_letter: bool) -> Place | None:
        """Where the edge comes to stand: at a word, unless it goes by letter; None where nothing would be left."""
        if not by_letter:
            place = text.word_edge(place, end=self.is_end)
        is_left = place > self.fixed if self.is_end else place < self.fixed
        return place if is_left and text.blocks[place[0]].document_id == self.mark.document_id else None


def can_be_pulled(mark: Mark) -> bool:
    """Whether one may change how far it goes: it is a quotation, and one's own."""
    return not mark.is_suggestion and not mark.is_others


def edge_near(text: LaidText, mark: Mark, number: int, x: float, y: float) -> Edge | None:
    """The edge of a quotation that a point is at.

    Args:
        text: in which it lies.
        mark: the quotation.
        number: of the block that the point is on.
        x: of the point, from the left of the text.
        y: from the top of the block.
    """
    blocks = text.numbers_of(mark.document_id, mark.span)
    if number not in blocks or not can_be_pulled(mark):
        return None
    first, last = blocks[0], blocks[-1]
    start, end = (first, text.unit(first, mark.span.start)), (last, text.unit(last, mark.span.end))
    laid = text.block(number)
    places = list(laid.rectangles(start[1] if number == first else 0, end[1] if number == last else laid.n_units))
    if number == last and _is_near(places[-1], places[-1].right(), x, y):
        return Edge(mark, is_end=True, fixed=start)
    if number == first and _is_near(places[0], places[0].left(), x, y):
        return Edge(mark, is_end=False, fixed=end)
    return None


def _is_near(line: QRectF, edge: float, x: float, y: float) -> bool:
    return abs(x - edge) <= _REACH and line.top() - 1 <= y <= line.bottom() + 1
