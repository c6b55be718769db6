"""The lowest line: what is saved and counted, how far long work is, and which keys work now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import KeyCap, button, label
from qualcode.i18n import _

_HEIGHT = 28
_PATIENCE = 500  # work that is over sooner shows nothing


class StatusBar(QWidget):
    """Reports that the user wants the work stopped."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setFixedHeight(fonts.px(_HEIGHT))
        self._saved = _Check(self)
        self._state = label(size=fonts.SMALL, rank=2)
        self._counts = label(size=fonts.SMALL, rank=2)
        self._work = label(size=fonts.SMALL, rank=2)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setAccessibleName(_("Progress"))
        self._cancel = button(_("Cancel"), kind="link")
        self._cancel.setFixedHeight(fonts.px(24))
        self._cancel.clicked.connect(self.cancelled)
        self._shown_keys: list[tuple[str, str]] = []
        self._keys = QHBoxLayout()
        self._keys.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 14, 0)
        row.setSpacing(8)
        row.addWidget(self._saved)
        row.addWidget(self._state)
        row.addSpacing(12)
        row.addWidget(self._counts)
        row.addStretch(1)
        for shown in (self._work, self._bar, self._cancel):
            row.addWidget(shown)
        row.addSpacing(12)
        row.addLayout(self._keys)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(lambda: self._show_work(True))
        self._show_work(False)

    def show_keeping(self, saved: str, *, is_fine: bool = True) -> None:
        """Says whether all is saved."""
        self._saved.setVisible(is_fine)
        self._state.setText(saved)

    def show_counts(self, counts: str) -> None:
        """Says what there is."""
        self._counts.setText(counts)

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Shows the three or four keys that work now, each with what it does."""
        if list(keys) == self._shown_keys:
            return
        self._shown_keys = list(keys)
        while self._keys.count():
            taken = self._keys.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for key, text in keys:
            self._keys.addWidget(KeyCap(key))
            self._keys.addWidget(label(text, fonts.SMALL, rank=2))
            self._keys.addSpacing(4)

    def begin_work(self, name: str) -> None:
        """Long work begins; it is shown when it lasts."""
        self._work.setText(name)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._patience.start()

    def show_progress(self, done: int, total: int) -> None:
        """How far the work is."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def end_work(self) -> None:
        """The work is over."""
        self._patience.stop()
        self._show_work(False)

    def is_working(self) -> bool:
        """Whether progress is shown."""
        return not self._bar.isHidden()

    def cancel_pressed(self) -> None:
        """The work was asked to stop; it may take a moment."""
        self._work.setText(_("Stopping…"))
        self._cancel.setEnabled(False)

    def _show_work(self, is_shown: bool) -> None:
        for shown in (self._work, self._bar, self._cancel):
            shown.setVisible(is_shown)


class _Check(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(14, 14))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the tick."""
        painter = QPainter(self)
        draw_icon(painter, "check", QRectF(0, 0, 14, 14), tokens().ink2)
        painter.end()
