"""Circles and titles of respondent groups: codes are shapes with letters, people are circles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from qualcode.gui.resources.theme import tokens
from qualcode.gui.resources.tokens import GROUP_CIRCLES, GROUP_COLOURS, Circle
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP


@dataclass(frozen=True, slots=True)
class GroupLook:
    """How a group's circle is drawn: its filling, and its colour light and dark ("" takes a hint's colour)."""

    circle: Circle
    light: str = ""
    dark: str = ""

    @property
    def colour(self) -> str:
        """The colour in the theme in force."""
        return (self.dark if tokens().is_dark else self.light) or tokens().ink3


UNKNOWN_GROUP = GroupLook(Circle.UNKNOWN)


def group_looks(groups: Sequence[str]) -> dict[str, GroupLook]:
    """A circle for each group, in the order of the study; `(none)` and `(all)` get none of the eight."""
    looks = {}
    named = [group for group in groups if group not in (NO_GROUP, ALL_GROUPS)]
    for at, group in enumerate(named):
        light, dark = GROUP_COLOURS[at % len(GROUP_COLOURS)]
        looks[group] = GroupLook(GROUP_CIRCLES[at % len(GROUP_CIRCLES)], light, dark)
    looks[NO_GROUP] = UNKNOWN_GROUP
    return looks


def group_title(group: str) -> str:
    """A group as one reads it."""
    return _("No group") if group == NO_GROUP else group


def draw_group(painter: QPainter, look: GroupLook, x: float, y: float, side: float = 10) -> None:
    """Draws a group's circle with its upper left corner at x, y."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(look.colour)
    width = 1.5
    ring = QRectF(x + width / 2, y + width / 2, side - width, side - width)
    centre = ring.center()
    if look.circle is Circle.UNKNOWN:
        painter.setPen(QPen(colour, 1.25, Qt.PenStyle.DotLine))
        painter.drawEllipse(ring)
        painter.restore()
        return
    painter.setPen(QPen(colour, width))
    painter.setBrush(colour if look.circle is Circle.FULL else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if look.circle is Circle.HALF:
        painter.drawPie(ring, 90 * 16, 180 * 16)
    elif look.circle is Circle.QUARTER:
        painter.drawPie(ring, 90 * 16, 90 * 16)
    elif look.circle is Circle.DOT:
        painter.drawEllipse(centre, side * 0.2, side * 0.2)
    elif look.circle is Circle.TWO_DOTS:
        for shift in (-0.17, 0.17):
            painter.drawEllipse(QPointF(centre.x() + side * shift, centre.y()), side * 0.12, side * 0.12)
    elif look.circle in (Circle.BAR, Circle.CROSS):
        inside = QPainterPath()
        inside.addEllipse(ring)
        painter.setClipPath(inside)
        painter.drawRect(QRectF(x, centre.y() - 1, side, 2))
        if look.circle is Circle.CROSS:
            painter.drawRect(QRectF(centre.x() - 1, y, 2, side))
    painter.restore()


def draw_moderator(painter: QPainter, x: float, y: float, side: float = 10) -> None:
    """Draws the dash of a moderator, who counts nowhere."""
    painter.save()
    painter.setPen(QPen(QColor(tokens().ink3), 1.5))
    painter.drawLine(QPointF(x, y + side / 2), QPointF(x + side, y + side / 2))
    painter.restore()
