"""What a code means, when to use it and when not, to be read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook, draw_mark
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import label, rule
from qualcode.model.codebook import Code


class CodeDefinition(QWidget):
    """What a code means, when to use it and when not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_allowed = True
        self._has_content = False
        self._mark = MarkWidget(self)
        self._name = label(weight=fonts.SEMIBOLD, wrap=True)
        self._text = label(size=fonts.SMALL, rank=2, wrap=True)
        self._points = QWidget()
        inside = QWidget()
        inside.setObjectName("onWindow")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._name, 1)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addWidget(self._points)
        column.addStretch(1)
        self._column = column
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(rule())
        outer.addWidget(scroll)
        self.setFixedHeight(fonts.px(236))
        self.hide()

    def set_allowed(self, is_allowed: bool) -> None:
        """Whether there is room to show it."""
        self._is_allowed = is_allowed
        self.setVisible(self._is_allowed and self._has_content)

    def show_code(self, code: Code, name: str, look: CodeLook, language: str) -> None:
        """Shows another code."""
        self._mark.show_look(look)
        self._name.setText(name)
        definition = code.definition.in_language(language)
        self._text.setText(definition)
        self._text.setVisible(bool(definition))
        points = QWidget()
        lines = QVBoxLayout(points)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(6)
        for icon_name, token, sentences in (("check", "good", code.include), ("x", "bad", code.exclude)):
            for sentence in sentences:
                lines.addWidget(_Point(icon_name, token, sentence))
        self._column.replaceWidget(self._points, points)
        self._points.hide()
        self._points.deleteLater()
        self._points = points
        self._has_content = bool(definition or code.include or code.exclude)
        self.set_allowed(self._is_allowed)


class _Point(QWidget):
    """One line of when to use a code, or when not."""

    def __init__(self, icon_name: str, token: str, text: str) -> None:
        super().__init__()
        self._icon_name, self._token = icon_name, token
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 0, 0)
        row.addWidget(label(text, fonts.SMALL, rank=2, wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sign before the words."""
        painter = QPainter(self)
        draw_icon(painter, self._icon_name, QRectF(0, 2, 14, 14), getattr(tokens(), self._token))
        painter.end()


class MarkWidget(QWidget):
    """A code's mark by itself."""

    def __init__(self, parent: QWidget | None = None, side: int = 16) -> None:
        super().__init__(parent)
        self._look: CodeLook | None = None
        self._outline = False
        self._side = side
        self.setFixedSize(QSize(side + 2, side + 4))

    def show_look(self, look: CodeLook | None, *, outline: bool = False) -> None:
        """Shows another mark; only its outline for a suggestion."""
        self._look, self._outline = look, outline
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the mark."""
        if self._look is None:
            return
        painter = QPainter(self)
        draw_mark(painter, self._look, 1, 2, self._side, outline=self._outline)
        painter.end()
