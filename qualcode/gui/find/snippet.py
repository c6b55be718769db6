"""The words found in what stands around them, fitted into two lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QTextCharFormat, QTextLayout, QTextOption

from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import colour, tokens
from qualcode.gui.text_positions import TextPositions
from qualcode.model.segment import Span

_BEFORE = 110  # code points shown before the first word found
_LONGEST = 400
_DOTS = "…"


def excerpt(text: str, words: Sequence[Span], offset: int = 0) -> tuple[str, list[tuple[int, int]]]:
    """The part of a text that shows the words found, on one line, and where they stand in it.

    Args:
        text: a turn, an answer or a note.
        words: places of the words found, counted like `offset`.
        offset: where the text begins.
    """
    first = words[0].start - offset if words else 0
    begin = max(0, first - _BEFORE)
    if begin:
        space = text.find(" ", begin, first)
        begin = space + 1 if space >= 0 else begin
    part = text[begin : begin + _LONGEST].replace("\n", " ")
    lead = _DOTS if begin else ""
    shift = len(lead) - begin - offset
    found = [(word.start + shift, word.end + shift) for word in words if word.end - offset <= begin + len(part)]
    return lead + part + (_DOTS if begin + len(part) < len(text) else ""), found


def draw_excerpt(painter: QPainter, place: QRectF, text: str, found: Sequence[tuple[int, int]], line: int) -> None:
    """Draws it into as many lines as have room; the last one ends in dots if there is more."""
    n_lines = max(1, int(place.height() // line))
    layout = _laid_out(text, found, place.width())
    if layout.lineCount() > n_lines:
        last = layout.lineAt(n_lines - 1)
        end = TextPositions(text).from_qt(last.textStart() + last.textLength())
        text = text[: max(0, end - 2)].rstrip() + _DOTS
        layout = _laid_out(text, [each for each in found if each[1] < len(text)], place.width())
    painter.setPen(QColor(tokens().ink))
    for number in range(min(n_lines, layout.lineCount())):
        drawn = layout.lineAt(number)
        drawn.draw(
            painter, QPointF(place.left(), place.top() + number * line - drawn.y() + (line - drawn.height()) / 2)
        )


def _laid_out(text: str, found: Sequence[tuple[int, int]], width: float) -> QTextLayout:
    layout = QTextLayout(text, fonts.font(fonts.CONTROL))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    positions = TextPositions(text)
    ranges = []
    for start, end in found:
        made = QTextLayout.FormatRange()
        made.start = positions.to_qt(start)
        made.length = positions.to_qt(end) - made.start
        form = QTextCharFormat()
        form.setBackground(colour(tokens().accent, 0.2))
        form.setFontWeight(fonts.MEDIUM)
        made.format = form
        ranges.append(made)
    layout.setFormats(ranges)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(20.0, width))
    layout.endLayout()
    return layout
