"""The text of rules: keys, word lists and comments in their own inks, lines that are wrong marked at the side."""

from __future__ import annotations

import re
from collections.abc import Collection

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import theme, tokens

_COMMENT = re.compile(r"(?:^|\s)#.*")
_KEY = re.compile(r"^\s*(?:-\s+)?([A-Za-z_]+)(?=:)")
_LIST_NAME = re.compile(r"@\w+")
_INDENT = "  "
_SIDE = 14


class RulesEditor(QPlainTextEdit):
    """Edits rules as text; Tab indents by two blanks, Enter keeps the indentation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(fonts.px(fonts.CONTROL))
        self.setFont(font)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setTabStopDistance(2 * self.fontMetrics().horizontalAdvance(" "))
        self.setObjectName("onSurface")
        self._wrong: frozenset[int] = frozenset()
        self._side = _Side(self)
        self._inks = _Inks(self.document())
        self.setViewportMargins(fonts.px(_SIDE), 0, 0, 0)
        self.updateRequest.connect(lambda _rect, _dy: self._side.update())
        theme().changed.connect(self._inks.rehighlight)

    def mark_lines(self, lines: Collection[int]) -> None:
        """Marks lines that something is wrong with, counted from 1."""
        self._wrong = frozenset(lines)
        self._side.update()

    @property
    def marked_lines(self) -> frozenset[int]:
        """The lines that are marked."""
        return self._wrong

    def show_line(self, line: int) -> None:
        """Puts the cursor on a line, counted from 1."""
        cursor = self.textCursor()
        cursor.setPosition(self.document().findBlockByNumber(line - 1).position())
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tab stays usable for moving on where nothing is to be indented: Shift+Tab leaves."""
        if event.key() == Qt.Key.Key_Tab and not event.modifiers():
            self.textCursor().insertText(_INDENT)
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            line = self.textCursor().block().text()
            indent = line[: len(line) - len(line.lstrip(" "))]
            self.textCursor().insertText("\n" + indent + (_INDENT if line.lstrip().startswith("- ") else ""))
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side follows."""
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._side.setGeometry(QRect(inside.left(), inside.top(), fonts.px(_SIDE), inside.height()))

    def paint_side(self, painter: QPainter) -> None:
        """Draws a bar beside each line that is wrong."""
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > self.viewport().height():
                break
            if block.blockNumber() + 1 in self._wrong:
                painter.fillRect(QRect(3, round(place.top()) + 2, 4, round(place.height()) - 4), QColor(tokens().bad))
            block = block.next()


class _Side(QWidget):
    def __init__(self, editor: RulesEditor) -> None:
        super().__init__(editor)
        self._editor = editor

    def sizeHint(self) -> QSize:
        """As narrow as a mark needs."""
        return QSize(fonts.px(_SIDE), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the marks."""
        painter = QPainter(self)
        self._editor.paint_side(painter)
        painter.end()


class _Inks(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:
        """Keys, names of word lists, comments."""
        for pattern, group, token in ((_KEY, 1, "accent_text"), (_LIST_NAME, 0, "good"), (_COMMENT, 0, "ink3")):
            for found in pattern.finditer(text):
                form = QTextCharFormat()
                form.setForeground(QColor(getattr(tokens(), token)))
                self.setFormat(found.start(group), found.end(group) - found.start(group), form)
