"""The editor that opens over selected words, where they stand: Enter corrects them, Escape leaves them."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from qualcode.gui.resources import fonts
from qualcode.i18n import _

_AROUND = 7  # between the letters and the outer edge, at either side
_NARROWEST = 72


class WordEditor(QPlainTextEdit):
    """Lies over the text; as large as its words need.

    Signals:
        corrected: what stands in it, when Enter is pressed.
        left: it is no longer wanted.
    """

    corrected = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = ""
        self._place = QRect()
        self._column = QRect()
        self.setObjectName("wordEditor")
        self.setAccessibleName(_("Corrected words"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._fit)
        self.hide()

    @property
    def is_changed(self) -> bool:
        """Whether other words stand in it than at first."""
        return self.words != self._words

    @property
    def words(self) -> str:
        """What stands in it, with the spaces at which no line breaks: `toPlainText` makes common ones of them."""
        return self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n")

    def open_over(self, words: str, place: QRect, column: QRect, pixels: int) -> None:
        """Opens over selected words, all of them selected.

        Args:
            words: what is to be corrected.
            place: the first of the lines that hold them, from their first letter on.
            column: all lines that hold them, as wide as the text.
            pixels: letter size of the text.
        """
        self._words = words
        self.setFont(fonts.font(pixels))
        self.setPlainText(words)
        self.put(place, column)
        self.show()
        self._fit()  # what is not shown keeps the width that it had before
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def put(self, place: QRect, column: QRect) -> None:
        """Moves along with the text; both places as in `open_over`."""
        self._place, self._column = place, column
        self._fit()

    def _fit(self) -> None:
        """One line at its place while there is room, else all of the column."""
        if self._column.isNull():
            return
        metrics = QFontMetricsF(self.font())
        text = self.toPlainText()
        wanted = round(metrics.horizontalAdvance(text)) + 2 * _AROUND + 4
        room = self._column.right() + 2 * _AROUND - self._place.left()
        if "\n" not in text and wanted <= room and self._place.height() >= self._column.height():
            self._set_margins(self._place.height(), metrics)
            self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            self.setGeometry(
                self._place.left() - _AROUND, self._place.top(), max(_NARROWEST, wanted), self._place.height()
            )
            return
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._set_margins(0, metrics)
        self.setGeometry(self._column.adjusted(-_AROUND, 0, _AROUND, 0))
        lines = 0
        block = self.document().firstBlock()
        while block.isValid():
            self.document().documentLayout().blockBoundingRect(block)  # lays it out
            lines += max(1, block.layout().lineCount())
            block = block.next()
        height = max(self._column.height(), round(lines * metrics.lineSpacing()) + 12)
        self.resize(self.width(), height)

    def _set_margins(self, line: int, metrics: QFontMetricsF) -> None:
        above = max(2, round((line - metrics.height()) / 2) - 2) if line else 3
        self.setViewportMargins(_AROUND - 2, above, _AROUND - 4, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape end it; a line ends with Shift+Enter."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.corrected.emit(self.words)
        elif is_enter:
            self.textCursor().insertText("\n")
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Goes by itself when nothing was changed in it."""
        super().focusOutEvent(event)
        is_menu = event.reason() == Qt.FocusReason.PopupFocusReason
        if self.isVisible() and not is_menu and not self.is_changed:
            self.left.emit()
