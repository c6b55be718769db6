"""Paints a block of text: tints, selection, words found, text, suggestions, caret; gutter and margin at its sides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from qualcode.gui.coding.blocks import Mark, clock
from qualcode.gui.coding.edge_pulling import can_be_pulled
from qualcode.gui.coding.laid_block import (
    CIRCLE_ROOM,
    HOOK,
    LABEL_HEIGHT,
    LABEL_LINE,
    MARK_SIDE,
    Emphasis,
    LaidBlock,
    Placed,
)
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group, draw_moderator
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import colour, tokens
from qualcode.model.document import SpeakerRole

_TINT_RADIUS = 3
_SELECTION = 0.28
_DARKEST = 0.42  # of all tints on each other: ink can be read on it, however many codes there are


class BlockPainter:
    """Paints laid out blocks, one after the other.

    Args:
        painter: on the view.
        emphasis: which marks stand out.
    """

    def __init__(self, painter: QPainter, emphasis: Emphasis) -> None:
        self._painter = painter
        self._emphasis = emphasis

    def paint(
        self,
        laid: LaidBlock,
        y: float,
        selection: tuple[int, int] | None,
        *,
        caret: int | None,
        found: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Paints a block with its upper edge at y.

        Args:
            laid: the block.
            y: where it begins.
            selection: the Qt positions that are selected.
            caret: where the caret stands, None elsewhere.
            found: words that a search found, as Qt positions.
        """
        painter = self._painter
        painter.save()
        painter.translate(laid.setting.columns.text, y)
        self._paint_tints(laid)
        if selection is not None:
            fill = colour(tokens().accent, _SELECTION)
            for place in laid.rectangles(*selection):
                painter.fillRect(place, fill)
        self._paint_found(laid, found)
        is_moderator = laid.block.role is SpeakerRole.MODERATOR
        painter.setPen(QColor(tokens().ink2 if is_moderator else tokens().ink))
        laid.layout.draw(painter, QPointF(0, 0))
        self._paint_suggestions(laid)
        if caret is not None:
            painter.fillRect(laid.caret(caret), QColor(tokens().accent))
        painter.restore()
        painter.save()
        painter.translate(0, y)
        paint_gutter(painter, laid)
        self._paint_margin(laid)
        painter.restore()

    def _paint_found(self, laid: LaidBlock, found: Sequence[tuple[int, int]]) -> None:
        """Paints what a search found: framed, so that it differs from coded and from selected words."""
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent), 1.25))
        painter.setBrush(colour(tokens().accent, 0.12))
        for start, end in found:
            for place in laid.rectangles(start, end):
                painter.drawRoundedRect(place.adjusted(-1.5, 0.5, 1.5, -0.5), _TINT_RADIUS, _TINT_RADIUS)

    def _stands_out(self, mark: Mark) -> bool:
        return mark.key in (self._emphasis.hovered, self._emphasis.selected)

    def _paint_tints(self, laid: LaidBlock) -> None:
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for tint in laid.tints:
            opacity = min(tokens().tint[min(len(tint.marks), 3) - 1], _DARKEST / len(tint.marks))
            last = len(tint.places) - 1
            shapes = [
                _rounded(place, left=number > 0 or tint.begins, right=number < last or tint.ends)
                for number, place in enumerate(tint.places)
            ]
            for mark in tint.marks:
                extra = 0.13 if self._stands_out(mark) else 0.0
                fill = colour(laid.setting.looks(mark.code_id).colour, opacity + extra)
                for shape in shapes:
                    painter.fillPath(shape, fill)
        for each in laid.placed:
            if each.mark.key == self._emphasis.selected and not each.mark.is_suggestion:
                self._paint_outline(laid, each)

    def _paint_outline(self, laid: LaidBlock, placed: Placed) -> None:
        painter = self._painter
        ink = QColor(laid.setting.looks(placed.mark.code_id).colour)
        places = list(laid.rectangles(placed.start, placed.end))
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in places:
            painter.drawRoundedRect(place.adjusted(-2, 0, 2, 0), _TINT_RADIUS, _TINT_RADIUS)
        if not can_be_pulled(placed.mark):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        edges = []
        if placed.mark.span.start >= laid.block.start:
            edges.append((places[0].left(), places[0]))
        if placed.mark.span.end <= laid.block.end:
            edges.append((places[-1].right(), places[-1]))
        for at, place in edges:
            painter.drawRoundedRect(QRectF(at - 3.5, place.top() - 1, 5, place.height() + 2), 2, 2)

    def _paint_suggestions(self, laid: LaidBlock) -> None:
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for each in laid.placed:
            if not each.mark.is_suggestion:
                continue
            ink = QColor(laid.setting.looks(each.mark.code_id).colour)
            stands_out = self._stands_out(each.mark)
            painter.setBrush(colour(ink.name(), 0.10) if stands_out else Qt.BrushStyle.NoBrush)
            painter.setPen(_dashed(ink, 1.5 if stands_out else 1.25))
            for place in laid.rectangles(each.start, each.end):
                painter.drawRoundedRect(place.adjusted(-2, 0.5, 2, -0.5), _TINT_RADIUS, _TINT_RADIUS)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            for span in each.mark.evidence:
                start = max(0, span.start - laid.block.start)
                end = min(len(laid.block.text), span.end - laid.block.start)
                if start >= end:
                    continue
                for place in laid.rectangles(laid.positions.to_qt(start), laid.positions.to_qt(end)):
                    painter.drawRect(QRectF(place.left(), place.bottom() - 3.5, place.width(), 2.5))

    def _paint_margin(self, laid: LaidBlock) -> None:
        painter = self._painter
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for each in laid.placed:
            look = laid.setting.looks(each.mark.code_id)
            stands_out = self._stands_out(each.mark) or each.mark.code_id == self._emphasis.code_id
            self._paint_bracket(laid, each, QColor(look.colour), stands_out)
            self._paint_label(laid, each, look, stands_out)

    def _paint_bracket(self, laid: LaidBlock, placed: Placed, ink: QColor, stands_out: bool) -> None:
        painter = self._painter
        x = laid.lane_x(placed.lane)
        top, bottom = placed.top + 4, placed.bottom - 4
        width = 3.0 if stands_out else 2.0
        half = width / 2
        pen = QPen(ink, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        for y in (top, bottom):
            painter.drawLine(QPointF(x - HOOK, y), QPointF(x + half, y))
        if placed.mark.is_suggestion:
            pen = _dashed(ink, width)
            pen.setDashPattern([1.6, 1.4])
            painter.setPen(pen)
        painter.drawLine(QPointF(x, top - half), QPointF(x, bottom + half))

    def _paint_label(self, laid: LaidBlock, placed: Placed, look: CodeLook, stands_out: bool) -> None:
        painter = self._painter
        columns = laid.setting.columns
        mark = placed.mark
        left, top = columns.labels, placed.label_top
        middle = top + LABEL_HEIGHT / 2
        ink = QColor(look.colour)
        if not columns.shows_names:
            draw_mark(painter, look, left, middle - MARK_SIDE / 2, MARK_SIDE, outline=mark.is_suggestion)
            if mark.has_memo:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens().ink2))
                painter.drawEllipse(QRectF(left + MARK_SIDE - 2, middle - MARK_SIDE / 2 - 3, 5, 5))
            placed.label_place = QRectF(left - 3, top, MARK_SIDE + 6, LABEL_HEIGHT)
            return
        name_font = fonts.font(fonts.SMALL, fonts.MEDIUM if stands_out or mark.is_suggestion else fonts.REGULAR)
        last = placed.name_width + placed.behind_width
        width = placed.widest
        if mark.has_memo:
            at = QRectF(left + MARK_SIDE + 6 + last + 5, middle - 6, 12, 12)
            at.translate(0, (len(placed.name_lines) - 1) * LABEL_LINE)
            draw_icon(painter, "message-square", at, tokens().ink2)
            width = max(width, last + 17)
        place = QRectF(left - 4, top + 0.5, MARK_SIDE + 6 + width + 10, placed.label_height - 1)
        placed.label_place = place
        if mark.is_suggestion:
            painter.setPen(_dashed(ink, 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 6, 6)
        elif stands_out:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().hover))
            painter.drawRoundedRect(place, 6, 6)
        draw_mark(painter, look, left, middle - MARK_SIDE / 2, MARK_SIDE, outline=mark.is_suggestion)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(name_font)
        painter.setPen(QColor(tokens().ink))
        x = left + MARK_SIDE + 6
        for number, line in enumerate(placed.name_lines):
            painter.drawText(QRectF(x, top + number * LABEL_LINE, width + 2, LABEL_HEIGHT), flags, line)
        if placed.behind:
            painter.setFont(fonts.font(fonts.HINT, tabular=True))
            painter.setPen(QColor(tokens().ink3))
            top += (len(placed.name_lines) - 1) * LABEL_LINE
            room = QRectF(x, top, last + 2, LABEL_HEIGHT)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, placed.behind)


def paint_gutter(painter: QPainter, laid: LaidBlock) -> None:
    """Paints who speaks, and when, beside a block whose upper edge is the painter's zero."""
    columns = laid.setting.columns
    middle = laid.setting.line_height / 2
    block = laid.block
    left = columns.gutter + CIRCLE_ROOM
    width = laid.label_width
    if block.role is SpeakerRole.MODERATOR:
        draw_moderator(painter, columns.gutter, middle - 5)
    elif block.label or block.group:
        draw_group(painter, laid.setting.groups.get(block.group, UNKNOWN_GROUP), columns.gutter, middle - 5)
    painter.setFont(laid.label_font)
    painter.setPen(QColor(tokens().ink2 if block.role is SpeakerRole.MODERATOR else tokens().ink))
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    below = float(laid.setting.line_height)
    for number, line in enumerate(laid.label_lines):
        painter.drawText(QRectF(left, number * fonts.px(17), width + 3, laid.setting.line_height), flags, line)
    if block.begins is not None:
        painter.setFont(fonts.font(fonts.HINT, tabular=True))
        painter.setPen(QColor(tokens().ink3))
        below += (len(laid.label_lines) - 1) * fonts.px(17)
        place = QRectF(left, below - 3, width, fonts.px(16))
        painter.drawText(place, flags, clock(block.begins))


def _dashed(ink: QColor, width: float) -> QPen:
    pen = QPen(ink, width)
    pen.setDashPattern([3.0, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _rounded(place: QRectF, *, left: bool, right: bool) -> QPainterPath:
    """A rectangle with its left and right corners rounded, and a little wider there."""
    wide = place.adjusted(-2.0 if left else 0.0, 0, 2.0 if right else 0.0, 0)
    path = QPainterPath()
    if left and right:
        path.addRoundedRect(wide, _TINT_RADIUS, _TINT_RADIUS)
        return path
    if not left and not right:
        path.addRect(wide)
        return path
    radius = min(_TINT_RADIUS, wide.width() / 2)
    round_side, square_side = (wide.left(), wide.right()) if left else (wide.right(), wide.left())
    inner = round_side + (radius if left else -radius)
    path.moveTo(square_side, wide.top())
    path.lineTo(inner, wide.top())
    path.quadTo(round_side, wide.top(), round_side, wide.top() + radius)
    path.lineTo(round_side, wide.bottom() - radius)
    path.quadTo(round_side, wide.bottom(), inner, wide.bottom())
    path.lineTo(square_side, wide.bottom())
    path.closeSubpath()
    return path
