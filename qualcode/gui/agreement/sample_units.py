"""The units of a sample as a list: whose words, where, and what one has coded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcode.gui.analysis.painting import LINE_HEIGHT, MIDDLE, laid_out, paint_ground, paint_rule
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import make_calm_list
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.project.agreement import SampleUnit

UNIT = Qt.ItemDataRole.UserRole + 1
_PAD, _LINE, _LINES = 12, 20, 4
AnyIndex = QModelIndex | QPersistentModelIndex


class SampleUnitsModel(QAbstractListModel):
    """The units in the order of the material."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._units: list[SampleUnit] = []

    def show_units(self, units: Sequence[SampleUnit]) -> None:
        """Shows others."""
        self.beginResetModel()
        self._units = list(units)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """One row each."""
        return 0 if parent.isValid() else len(self._units)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The unit itself, or what a screen reader says."""
        if not index.isValid():
            return None
        unit = self._units[index.row()]
        if role == UNIT:
            return unit
        if role == Qt.ItemDataRole.DisplayRole:
            coded = ", ".join(unit.codes) or _("no code of yours yet")
            return f"{unit.respondent}, {unit.source}: {unit.text} ({coded})"
        return None


class SampleUnitsView(QListView):
    """Enter or a double click shows a unit in its text.

    Signals:
        opened: a `SampleUnit`.
    """

    opened = Signal(object)

    def __init__(self, bridge: ProjectBridge, model: SampleUnitsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_calm_list(self, _("Units of the sample"), wraps=True)
        self.setModel(model)
        self.setItemDelegate(_UnitDelegate(bridge, self))
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(UNIT)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens on every platform."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().data(UNIT))
            return
        super().keyPressEvent(event)


class _UnitDelegate(QStyledItemDelegate):
    def __init__(self, bridge: ProjectBridge, view: SampleUnitsView) -> None:
        super().__init__(view)
        self._bridge, self._view = bridge, view

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Whose words, the words, what was coded."""
        unit: SampleUnit = index.data(UNIT)
        width = self._view.viewport().width() - 2 * _PAD
        return QSize(width, 2 * fonts.px(_LINE) + self._height(unit, width) + 2 * _PAD)

    def _height(self, unit: SampleUnit, width: int) -> int:
        font = fonts.font(fonts.CONTROL)
        lines = laid_out(" ".join(unit.text.split()), font, max(width, 60), _LINES).lineCount()
        return round(lines * QFontMetricsF(font).lineSpacing() * LINE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws them below each other."""
        unit: SampleUnit = index.data(UNIT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option.rect, option, self._view)
        inner = option.rect.adjusted(_PAD, _PAD - 2, -_PAD, -_PAD)
        line = fonts.px(_LINE)
        first = QRect(inner.left() + 16, inner.top(), inner.width() - 16, line)
        draw_group(painter, self._bridge.groups.get(unit.group, UNKNOWN_GROUP), inner.left(), first.center().y() - 4.5)
        small = fonts.font(fonts.SMALL)
        painter.setFont(small)
        painter.setPen(QColor(tokens().ink2))
        who = f"{unit.respondent} · {without_ending(unit.source)}"
        shown = QFontMetricsF(small).elidedText(who, Qt.TextElideMode.ElideRight, first.width())
        painter.drawText(first, MIDDLE, shown)
        painter.setPen(QColor(tokens().ink))
        words = laid_out(" ".join(unit.text.split()), fonts.font(fonts.CONTROL), inner.width(), _LINES)
        words.draw(painter, QPointF(inner.left(), first.bottom() + 3))
        last = QRect(inner.left(), option.rect.bottom() - _PAD - line + 4, inner.width(), line)
        for number, key in enumerate(unit.codes):
            draw_mark(
                painter, self._bridge.look_of_key(key) or NO_LOOK, last.left() + number * 20, last.center().y() - 8
            )
        if not unit.codes:
            painter.setFont(small)
            painter.setPen(QColor(tokens().ink3))
            painter.drawText(last, MIDDLE, _("no code of yours yet"))
        paint_rule(painter, option.rect, strong=False)
        painter.restore()
