"""The switch between the tables: what one looks for, a line under it; below, the tables that tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import rule

_HEIGHT = 44
_PAGES_HEIGHT = 28


@dataclass(frozen=True, slots=True)
class TabGroup:
    """What is looked for, and the tables (key and title) that tell it."""

    key: str
    title: str
    pages: Sequence[tuple[str, str]]


class TabRow(QWidget):
    """Reports which table was picked; arrows move between neighbours. A group remembers its table."""

    picked = Signal(str)

    def __init__(self, name: str, groups: Sequence[TabGroup], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._groups = {group.key: group for group in groups}
        self._group_of = {key: group.key for group in groups for key, _title in group.pages}
        self._last = {group.key: group.pages[0][0] for group in groups}
        self._tabs: dict[str, _Tab] = {}
        self._pages: dict[str, _Page] = {}
        self._is_one = QButtonGroup(self)
        self._lines: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QHBoxLayout()
        upper.setContentsMargins(12, 0, 12, 0)
        upper.setSpacing(0)
        for group in groups:
            self._tabs[group.key] = tab = _Tab(group.title)
            tab.setAccessibleName(f"{name}: {group.title}")
            tab.clicked.connect(lambda _checked=False, key=group.key: self.picked.emit(self._last[key]))
            self._is_one.addButton(tab)
            upper.addWidget(tab)
        upper.addStretch(1)
        column.addLayout(upper)
        column.addWidget(rule())
        for group in groups:
            column.addWidget(self._line(name, group))

    def choose(self, key: str) -> None:
        """Marks a table without reporting it."""
        group = self._group_of[key]
        self._last[group] = key
        self._tabs[group].setChecked(True)
        self._pages[key].setChecked(True)
        for each, line in self._lines.items():
            line.setVisible(each == group)

    def button(self, key: str) -> QAbstractButton:
        """The button of a table."""
        return self._pages[key]

    def tab(self, group: str) -> QAbstractButton:
        """The button of a group."""
        return self._tabs[group]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right pick the neighbour of the one that the keyboard is on."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        here = self.focusWidget()
        row: list[QAbstractButton] = list(self._tabs.values())
        if isinstance(here, _Page):
            shown = next(key for key, each in self._pages.items() if each is here)
            row = [self._pages[key] for key, _title in self._groups[self._group_of[shown]].pages]
        if step is None or not isinstance(here, QAbstractButton) or here not in row:
            super().keyPressEvent(event)
            return
        at = row.index(here) + step
        if 0 <= at < len(row):
            row[at].setFocus(Qt.FocusReason.TabFocusReason)
            row[at].click()

    def _line(self, name: str, group: TabGroup) -> QWidget:
        """The tables of a group."""
        self._lines[group.key] = line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(14, 8, 12, 0)
        row.setSpacing(4)
        one = QButtonGroup(line)
        for key, title in group.pages:
            self._pages[key] = page = _Page(title)
            page.setAccessibleName(f"{name}: {title}")
            page.clicked.connect(lambda _checked=False, key=key: self.picked.emit(key))
            one.addButton(page)
            row.addWidget(page)
        row.addStretch(1)
        line.hide()
        return line


class _Tab(QAbstractButton):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._is_under = False

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        width = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * fonts.px(12), fonts.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never cut off."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to the row."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Pointed at."""
        self._is_under = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Not any more."""
        self._is_under = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words, the line below, the ring of the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(fonts.px(12), 0, -fonts.px(12), 0)
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink if self.isChecked() or self._is_under else tokens().ink2))
        painter.drawText(inside, Qt.AlignmentFlag.AlignCenter, self.text())
        if self.isChecked():
            painter.fillRect(QRectF(inside.left(), self.height() - 2, inside.width(), 2), QColor(tokens().accent))
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens().accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 7, -3, -8), 6, 6)
        painter.end()


class _Page(_Tab):
    """A table within its group: a soft ground under the one that is shown."""

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        width = QFontMetricsF(fonts.font(fonts.CONTROL, fonts.MEDIUM)).horizontalAdvance(self.text())
        return QSize(round(width) + 2 * fonts.px(10), fonts.px(_PAGES_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words on their ground, the ring of the keyboard."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self._is_under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().select if self.isChecked() else tokens().hover))
            painter.drawRoundedRect(box, 6, 6)
        painter.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        painter.setPen(QColor(tokens().ink if self.isChecked() or self._is_under else tokens().ink2))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens().accent), 1.5))
            painter.drawRoundedRect(box, 6, 6)
        painter.end()
