"""The line that says for a few seconds what was done, and offers to undo it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.widgets.announcing import announce
from qualcode.gui.widgets.controls import button, label
from qualcode.i18n import _

_SHOWN_FOR = 6000
_WIDEST = 560
_CARD_CHANGES = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class UndoLine(QFrame):
    """Lies over the lower end of its parent; never takes the keyboard, waits while the pointer is on it."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("undoLine")
        self._kept_clear: list[QWidget] = []
        self._sentence = label(wrap=True)
        self._undo = button(_("Undo"), kind="link")
        self._undo.setToolTip(_("Undo (Ctrl+Z)"))
        self._undo.clicked.connect(self._on_undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 10, 8)
        row.setSpacing(16)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        self.hide()

    @property
    def sentence(self) -> str:
        """What was done."""
        return self._sentence.text()

    @property
    def undo_button(self) -> QWidget:
        """Takes it back."""
        return self._undo

    def keep_clear(self, card: QWidget) -> None:
        """Stands above a card at the lower end, whose buttons are wanted next, as long as that is shown."""
        self._kept_clear.append(card)
        card.installEventFilter(self)

    def tell(self, sentence: str, *, can_undo: bool = True) -> None:
        """Says what was done.

        Args:
            sentence: what was done; or, with nothing to undo, what there is not.
            can_undo: whether it is offered to undo it.
        """
        self._undo.setVisible(can_undo)
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, sentence)

    def place(self) -> None:
        """Stands in the middle of the parent's lower end."""
        parent = self.parentWidget()
        if parent is None:
            return
        text = self._sentence.fontMetrics().horizontalAdvance(self._sentence.text())
        room = (0 if self._undo.isHidden() else self._undo.sizeHint().width() + 16) + 34
        width = min(text + room, fonts.px(_WIDEST), parent.width() - 32)
        height = max(fonts.px(40), self._sentence.heightForWidth(width - room) + 18)
        above = max((card.height() + 16 for card in self._kept_clear if card.isVisible()), default=0)
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - 16 - above, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The card came, went, or got another height."""
        if event.type() in _CARD_CHANGES and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Waits."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Counts anew."""
        if self.isVisible():
            self._timer.start()
        super().leaveEvent(event)

    def _on_undo(self) -> None:
        self.hide()
        self.undo_wanted.emit()
