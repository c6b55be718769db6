"""The right side: the codebook with counts, and what the picked code means."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.delegate import CodebookDelegate
from qualcode.gui.codebook.model import CODE_ID, CodebookModel
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook, draw_mark
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.controls import label, rule
from qualcode.gui.widgets.row_tree import RowTree
from qualcode.gui.widgets.search_field import SearchField
from qualcode.i18n import _
from qualcode.model.codebook import Code

_DEFINITION_FROM = 640  # height of the panel from which the definition has room
_DEFINITION_FROM_WIDTH = 1320  # width of the window


class CodebookPanel(QWidget):
    """Lists the codes and reports which one the coder picked, and which one is to be applied."""

    code_picked = Signal(int)
    code_applied = Signal(int)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(240)
        self._bridge = bridge
        self._model = CodebookModel(bridge, self)
        self._tree = RowTree(_("Codebook"), self)
        self._tree.setModel(self._model)
        self._tree.setItemDelegate(CodebookDelegate(bridge, self))
        self._filter = SearchField(_("Find a code"), "Ctrl K")
        self._version = label(size=fonts.SMALL, rank=3)
        self._definition = CodeDefinition(self)
        self._lay_out()
        self._tree.expandAll()
        self._show_version()
        self._tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self._tree.activated.connect(self._on_activated)
        self._filter.textChanged.connect(self._model.filter)
        self._filter.returnPressed.connect(self._on_filter_entered)
        self._model.modelReset.connect(self._on_reset)
        theme().changed.connect(self._tree.viewport().update)

    @property
    def tree(self) -> RowTree:
        """The view, for the keyboard's sake."""
        return self._tree

    @property
    def model(self) -> CodebookModel:
        """What is listed."""
        return self._model

    def find_code(self) -> None:
        """Puts the keyboard into the field that finds a code."""
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def show_code(self, code_id: int) -> None:
        """Marks a code as the current one."""
        row = self._model.row_of_code(code_id)
        if row is not None:
            self._tree.setCurrentIndex(self._model.index_of(row))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 13, 12, 12)
        head.setSpacing(13)
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(label(_("Codebook"), weight=fonts.SEMIBOLD))
        title.addWidget(self._version)
        title.addStretch(1)
        head.addLayout(title)
        head.addWidget(self._filter)
        column.addLayout(head)
        column.addWidget(self._tree, 1)
        column.addWidget(self._definition)

    def _show_version(self) -> None:
        version = self._bridge.codebook.version
        self._version.setText(_("version {version}").format(version=version) if version else "")

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        code_id = current.data(CODE_ID)
        if not isinstance(code_id, int):
            return
        code = self._bridge.code(code_id)
        if code is not None:
            self._definition.show_code(code, self._bridge.names[code_id], self._bridge.looks[code_id], self._language)
        self.code_picked.emit(code_id)

    @property
    def _language(self) -> str:
        return self._bridge.language

    def _on_activated(self, index: QModelIndex) -> None:
        code_id = index.data(CODE_ID)
        if isinstance(code_id, int):
            self.code_applied.emit(code_id)

    def _on_filter_entered(self) -> None:
        found = self._model.first_match()
        if found is not None:
            self.show_code(found)
            self._tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_reset(self) -> None:
        self._tree.expandAll()
        self._show_version()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the counts."""
        super().hideEvent(event)
        self._model.watch(False)

    def showEvent(self, event: QShowEvent) -> None:
        """Counts what changed meanwhile."""
        super().showEvent(event)
        self._model.watch(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The definition gives way when there is little height."""
        super().resizeEvent(event)
        is_wide = self.window().width() >= _DEFINITION_FROM_WIDTH
        self._definition.set_allowed(is_wide and event.size().height() >= _DEFINITION_FROM)


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
