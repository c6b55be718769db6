"""The left side: documents by kind and session, with a filter and the groups' circles explained."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.delegate import DocumentsDelegate
from qualcode.gui.documents.model import KEY, READING, DocumentsModel
from qualcode.gui.documents.reading import Reading
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import draw_group
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.controls import label, rule
from qualcode.gui.widgets.panes import make_pane
from qualcode.gui.widgets.row_tree import RowTree
from qualcode.gui.widgets.search_field import SearchField
from qualcode.i18n import _


class DocumentsPanel(QWidget):
    """Lists what can be read and reports what was picked (a `Reading`)."""

    reading_picked = Signal(object)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_pane(self, at_least=max(200, fonts.px(160)))
        self._model = DocumentsModel(bridge, self)
        self._tree = RowTree(_("Documents"), self)
        self._tree.setModel(self._model)
        self._tree.setItemDelegate(DocumentsDelegate(bridge, self._model, self))
        self._filter = SearchField(_("Filter documents"))
        self._groups = GroupLegend(bridge, self)
        self._picked: Reading | None = None
        self._lay_out()
        self._tree.expandAll()
        self._tree.selectionModel().currentChanged.connect(self._on_current_changed)
        self._filter.textChanged.connect(self._on_filter)
        self._model.modelReset.connect(self._on_reset)

    @property
    def model(self) -> DocumentsModel:
        """What is listed."""
        return self._model

    @property
    def tree(self) -> RowTree:
        """The view, for the keyboard's sake."""
        return self._tree

    def pick_first(self) -> None:
        """Picks the first reading, if there is any."""
        if self._model.readings:
            self.pick(self._model.readings[0].key)

    def pick(self, key: str) -> None:
        """Picks a reading by its key."""
        row = self._model.find(KEY, f"reading {key}")
        if row is not None:
            self._tree.setCurrentIndex(self._model.index_of(row))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 13, 12, 12)
        head.setSpacing(13)
        head.addWidget(label(_("Documents"), weight=fonts.SEMIBOLD))
        head.addWidget(self._filter)
        column.addLayout(head)
        column.addWidget(self._tree, 1)
        column.addWidget(rule())
        column.addWidget(self._groups)

    def _on_current_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        reading = current.data(READING)
        if isinstance(reading, Reading) and reading != self._picked:
            self._picked = reading
            self.reading_picked.emit(reading)

    def _on_filter(self, needle: str) -> None:
        self._model.filter(needle)

    def _on_reset(self) -> None:
        self._tree.expandAll()
        if self._picked is None:
            return
        row = self._model.find(KEY, f"reading {self._picked.key}")
        if row is None:
            if self._picked.key not in {reading.key for reading in self._model.readings}:
                self._picked = None  # gone, not only filtered away
            return
        reading = row.roles[READING]
        blocked = self._tree.selectionModel().blockSignals(True)
        self._tree.setCurrentIndex(self._model.index_of(row))
        self._tree.selectionModel().blockSignals(blocked)
        self._picked = reading


class GroupLegend(QWidget):
    """Says which circle is which group."""

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setAccessibleName(_("Groups"))
        bridge.changed.connect(lambda _tables: self.updateGeometry())
        theme().changed.connect(self.update)

    def _names(self) -> Sequence[str]:
        return [name for name in self._bridge.groups if name != "(none)"]

    def _places(self) -> list[QRect]:
        """Two columns where names fit, else one below the other."""
        names = self._names()
        metrics = QFontMetricsF(fonts.font(fonts.SMALL))
        widest = max((metrics.horizontalAdvance(name) for name in names), default=0) + 18
        width = max(100, self.width() - 32)
        columns = 2 if widest <= width / 2 - 12 else 1
        line = fonts.px(20)
        return [
            QRect(16 + (number % columns) * (width // columns), 34 + (number // columns) * line, width // columns, line)
            for number in range(len(names))
        ]

    def sizeHint(self) -> QSize:
        """As high as the names need."""
        places = self._places()
        return QSize(200, places[-1].bottom() + 14 if places else 0)

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws circles and names."""
        names = self._names()
        if not names:
            return
        painter = QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(fonts.font(fonts.HINT, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink3))
        painter.drawText(QRect(16, 10, self.width() - 32, fonts.px(18)), middle, _("Groups"))
        font = fonts.font(fonts.SMALL)
        painter.setFont(font)
        for name, place in zip(names, self._places(), strict=True):
            draw_group(painter, self._bridge.groups[name], place.left(), place.center().y() - 4.5)
            painter.setPen(QColor(tokens().ink2))
            text = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, place.width() - 18)
            painter.drawText(QRectF(place.adjusted(18, 0, 0, 0)), middle, text)
        painter.end()
