"""The parts into which a screen is divided: panes beside each other, a pane at the side, a card that pops up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from qualcode.gui.widgets.controls import add_shadow, icon_button
from qualcode.gui.widgets.popover import Popover
from qualcode.i18n import _


def make_pane(widget: QWidget, *, at_least: int = 0) -> None:
    """Gives a widget the ground of the sides of a screen, and a width that it has at least, in pixels of the screen."""
    widget.setObjectName("pane")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setMinimumWidth(at_least)


def column_of(widget: QWidget) -> QVBoxLayout:
    """A widget's column, without room around or between."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column


def beside(*panes: QWidget, widths: tuple[int, ...], stretched: int | None) -> QSplitter:
    """Panes beside each other, with a line between them that can be dragged.

    Args:
        panes: from left to right.
        widths: how wide each begins, in pixels of the screen; that of the one which takes what is left does not matter.
        stretched: which of them takes what is left; None if they share it as they shared the width.
    """
    splitter = QSplitter(Qt.Orientation.Horizontal)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for at, pane in enumerate(panes):
        splitter.addWidget(pane)
        splitter.setStretchFactor(at, widths[at] if stretched is None else int(at == stretched))
    splitter.setSizes([10_000 if at == stretched else width for at, width in enumerate(widths)])
    return splitter


def closing_head(title: QWidget, close_up: Callable[[], object]) -> QHBoxLayout:
    """The head of a card or sheet: its title, and at the right what closes it."""
    head = QHBoxLayout()
    head.addWidget(title, 1)
    close = icon_button("x", _("Close"))
    close.clicked.connect(close_up)
    head.addWidget(close)
    return head


def popover_card(popover: Popover, room: tuple[int, int, int, int]) -> QVBoxLayout:
    """The column of a popover's card.

    Args:
        popover: what pops up.
        room: where its shadow falls: left, top, right, bottom.
    """
    card = QFrame(popover)
    card.setObjectName("card")
    add_shadow(card, blur=40, down=12, strength=0.19)
    outer = QVBoxLayout(popover)
    outer.setContentsMargins(*room)
    outer.addWidget(card)
    return QVBoxLayout(card)
