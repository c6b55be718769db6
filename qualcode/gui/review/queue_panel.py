"""The left side of the review: what is left, and the queue."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.review.places import Places
from qualcode.gui.review.queue_model import Order, QueueModel
from qualcode.gui.review.queue_view import QueueDelegate, QueueView
from qualcode.gui.widgets.controls import Segmented, icon_button, label
from qualcode.gui.widgets.panes import make_pane
from qualcode.i18n import _


class QueuePanel(QWidget):
    """Lists what waits; reports which suggestion was picked, another order, and that their making is in question."""

    suggestion_picked = Signal(int)
    order_picked = Signal(object)
    making_wanted = Signal()

    def __init__(self, bridge: ProjectBridge, places: Places, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_pane(self)
        self._left = label(size=fonts.SMALL, rank=2)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Decided so far"))
        self._order = Segmented(
            _("Order"),
            [
                (Order.DOCUMENT.value, _("Document")),
                (Order.CODE.value, _("Theme")),
                (Order.SCORE.value, _("Score")),
                (Order.USEFUL.value, _("Useful")),
            ],
            Order.DOCUMENT.value,
        )
        self._making = icon_button("sparkles", _("How suggestions are made: threshold, learning from decisions"))
        self._making.clicked.connect(self.making_wanted)
        self._order.say_more(Order.USEFUL.value, _("What teaches most when it is decided next comes first"))
        self._view = QueueView(model, self)
        self._view.setItemDelegate(QueueDelegate(bridge, places, model, self._view))
        self._lay_out()
        self.setMinimumWidth(max(fonts.px(270), self._order.sizeHint().width() + 34))
        self._view.suggestion_picked.connect(self.suggestion_picked)
        self._order.picked.connect(lambda key: self.order_picked.emit(Order(key)))

    @property
    def view(self) -> QueueView:
        """The list, for the keyboard's sake."""
        return self._view

    @property
    def making_button(self) -> QWidget:
        """Asks how suggestions are made."""
        return self._making

    @property
    def progress_text(self) -> str:
        """What is left, as it is shown."""
        return self._left.text()

    def show_progress(self, n_left: int, n_all: int) -> None:
        """Says how many are left of how many."""
        self._left.setText(_("{n} left of {total}").format(n=n_left, total=n_all))
        self._bar.setRange(0, max(1, n_all))
        self._bar.setValue(n_all - n_left)
        self._bar.setAccessibleDescription(self._left.text())

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 13, 16, 12)
        head.setSpacing(13)
        title = QHBoxLayout()
        title.setSpacing(14)
        title.addWidget(label(_("Suggestions"), weight=fonts.SEMIBOLD))
        title.addWidget(self._left)
        title.addStretch(1)
        title.addWidget(self._making)
        head.addLayout(title)
        head.addWidget(self._bar)
        head.addWidget(self._order)
        column.addLayout(head)
        column.addWidget(self._view, 1)
