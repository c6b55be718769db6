"""Codes as chips: solid ones are given, dashed ones suggested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import colour, tokens

CHIP = 22
GAP = 5
_MARK = 14
_LEFT = 7
_RIGHT = 9
_AFTER_MARK = 6
_CROSS = 12
_MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Chip:
    """A chip with its place, from the upper left corner of the first one; `n_more` counts those without room."""

    code_id: int
    place: QRectF
    is_suggestion: bool = False
    n_more: int = 0

    @property
    def cross(self) -> QRectF:
        """Where a press takes the code off."""
        return QRectF(self.place.right() - _CROSS - 8, self.place.top(), _CROSS + 8, self.place.height())


class Chips:
    """Lays out and draws the chips of a row."""

    def __init__(self, bridge: ProjectBridge) -> None:
        self._bridge = bridge
        self._widths: dict[int, float] = {}

    def forget(self) -> None:
        """Codes are called otherwise now."""
        self._widths.clear()

    def lay_out(self, coded: Sequence[int], waiting: Sequence[int], width: float) -> list[Chip]:
        """The chips in lines of a width; what does not fit three lines becomes "+2"."""
        height, step = fonts.px(CHIP), fonts.px(CHIP) + GAP
        chips: list[Chip] = []
        x, line = 0.0, 0
        entries = [(each, False) for each in coded] + [(each, True) for each in waiting]
        for number, (code_id, is_suggestion) in enumerate(entries):
            wide = min(self._width(code_id), width)
            if x and x + wide > width:
                x, line = 0.0, line + 1
            if line == _MOST_LINES:
                return self._with_more(chips, len(entries) - number, width)
            chips.append(Chip(code_id, QRectF(x, line * step, wide, height), is_suggestion))
            x += wide + GAP
        return chips

    def _with_more(self, chips: list[Chip], n_more: int, width: float) -> list[Chip]:
        last = chips[-1].place
        room = float(fonts.px(34))
        if last.right() + GAP + room > width:
            n_more += 1
            chips.pop()
            at = QPointF(last.left(), last.top())
        else:
            at = QPointF(last.right() + GAP, last.top())
        return [*chips, Chip(0, QRectF(at.x(), at.y(), room, last.height()), n_more=n_more)]

    def draw(self, painter: QPainter, at: QPointF, chips: Sequence[Chip], hovered: int | None) -> None:
        """Draws chips; the one that is pointed at shows the cross that takes it off."""
        for chip in chips:
            place = chip.place.translated(at)
            if chip.n_more:
                painter.setPen(QColor(tokens().ink2))
                painter.setFont(fonts.font(fonts.SMALL, fonts.MEDIUM))
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, f"+{chip.n_more}")
            else:
                self._draw_chip(painter, place, chip, is_hovered=chip.code_id == hovered and not chip.is_suggestion)

    def _draw_chip(self, painter: QPainter, place: QRectF, chip: Chip, *, is_hovered: bool) -> None:
        look = self._bridge.looks.get(chip.code_id, NO_LOOK)
        if chip.is_suggestion:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.colour), 1.1, Qt.PenStyle.CustomDashLine))
            pen = painter.pen()
            pen.setDashPattern([3, 2])
            painter.setPen(pen)
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            strength = tokens().tint[0] + (0.08 if is_hovered else 0.0)
            painter.setBrush(QColor(tokens().surface))
            painter.drawRoundedRect(place, 6, 6)
            painter.setBrush(colour(look.colour, strength))
            painter.drawRoundedRect(place, 6, 6)
        side = fonts.px(_MARK)
        draw_mark(painter, look, place.left() + _LEFT, place.center().y() - side / 2, side, outline=chip.is_suggestion)
        font = fonts.font(fonts.SMALL, fonts.MEDIUM)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink2 if chip.is_suggestion else tokens().ink))
        words = place.adjusted(_LEFT + side + _AFTER_MARK, 0, -5, 0)
        if is_hovered:
            words.adjust(0, 0, -_CROSS - 2, 0)
            cross = QRectF(place.right() - _CROSS - 6, place.center().y() - _CROSS / 2, _CROSS, _CROSS)
            draw_icon(painter, "x", cross, tokens().ink2)
        name = self._bridge.names.get(chip.code_id, "")
        name = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _width(self, code_id: int) -> float:
        if code_id not in self._widths:
            metrics = QFontMetricsF(fonts.font(fonts.SMALL, fonts.MEDIUM))
            words = metrics.horizontalAdvance(self._bridge.names.get(code_id, ""))
            self._widths[code_id] = _LEFT + fonts.px(_MARK) + _AFTER_MARK + words + _RIGHT
        return self._widths[code_id]


def height_of(chips: Sequence[Chip]) -> float:
    """From the upper edge of the first chip to the lower of the last."""
    return max((chip.place.bottom() for chip in chips), default=0.0)


def chip_at(chips: Sequence[Chip], point: QPointF) -> Chip | None:
    """The chip at a point."""
    return next((chip for chip in _real(chips) if chip.place.contains(point)), None)


def _real(chips: Sequence[Chip]) -> Iterator[Chip]:
    return (chip for chip in chips if not chip.n_more)
