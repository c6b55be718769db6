"""A button that says what is chosen and opens a menu of what can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import ElidedLabel, label

_MOST = 150
_ARROW = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: what it stands for, what it says, and what is drawn before it."""

    key: str
    text: str
    icon: QIcon | None = None
    depth: int = 0


class ChoiceButton(QPushButton):
    """Reports what was picked.

    Args:
        name: what is chosen here ("Group"), shown before the choice.
        widest: of the choice's words, in pixels of the design.
    """

    chosen = Signal(str)

    def __init__(self, name: str, widest: int = _MOST, *, is_title: bool = False) -> None:
        super().__init__()
        self._name = name
        self._choices: dict[str, Choice] = {}
        self._key = ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)  # Enter opens it
        if is_title:
            self.setProperty("quiet", "true")
        self._shown = ElidedLabel(fonts.TITLE, fonts.SEMIBOLD) if is_title else ElidedLabel(fonts.CONTROL, fonts.MEDIUM)
        self._shown.setMaximumWidth(fonts.px(widest))
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 8, 0)
        row.setSpacing(6)
        if not is_title:
            row.addWidget(label(name, rank=2))
        row.addWidget(self._shown)
        row.addWidget(_Arrow(self))
        for inside in self.findChildren(QWidget):
            inside.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._menu = QMenu(self)
        self.setMenu(self._menu)

    @property
    def key(self) -> str:
        """What is chosen."""
        return self._key

    @property
    def choices(self) -> Sequence[Choice]:
        """What can be chosen."""
        return list(self._choices.values())

    def offer(self, choices: Sequence[Choice], chosen: str) -> None:
        """Offers these; nothing is reported."""
        self._choices = {each.key: each for each in choices}
        self._menu.clear()
        for each in choices:
            action = self._menu.addAction("    " * each.depth + each.text.replace("&", "&&"))
            if each.icon is not None:
                action.setIcon(each.icon)
            else:
                action.setCheckable(True)
                action.setChecked(each.key == chosen)
            action.setData(each.key)
            action.triggered.connect(lambda _checked=False, key=each.key: self.choose(key, report=True))
        self.choose(chosen)

    def choose(self, key: str, *, report: bool = False) -> None:
        """Shows a choice, and reports it if asked."""
        if key not in self._choices:
            return
        self._key = key
        text = self._choices[key].text
        self._shown.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")
        for action in self._menu.actions():
            if action.isCheckable():
                action.setChecked(action.data() == key)
        self.updateGeometry()
        if report:
            self.chosen.emit(key)

    def sizeHint(self) -> QSize:
        """As wide as what it says."""
        layout = self.layout()
        width = layout.sizeHint().width() if layout is not None else 80
        return QSize(width, fonts.px(32))

    def minimumSizeHint(self) -> QSize:
        """The choice may give way."""
        layout = self.layout()
        width = layout.minimumSize().width() if layout is not None else 60
        return QSize(width, fonts.px(32))


class _Arrow(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(QSize(_ARROW, _ARROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the arrow."""
        painter = QPainter(self)
        draw_icon(painter, "chevron-down", QRectF(0, 0, _ARROW, _ARROW), tokens().ink3)
        painter.end()
