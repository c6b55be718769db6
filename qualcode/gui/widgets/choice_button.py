"""A button that says what is chosen and opens a menu of what can be, or a list to type into where that is much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import ElidedLabel, label
from qualcode.gui.widgets.value_picker import Option, ValuePicker

_MOST = 150
_MENU_MOST = 12  # entries; more are found faster by typing
_ARROW = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry: what it stands for, what it says, and what is drawn before it."""

    key: str
    text: str
    look: CodeLook | None = None
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
        self._list: ValuePicker | None = None
        self.clicked.connect(self._open_list)

    @property
    def picker(self) -> ValuePicker | None:
        """Where one of many is picked; None before it was needed."""
        return self._list

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
        is_long = len(choices) > _MENU_MOST or any(each.look is not None for each in choices)
        self.setMenu(None if is_long else self._menu)  # type: ignore[arg-type]  # None takes it away
        for each in () if is_long else choices:
            action = self._menu.addAction("    " * each.depth + each.text.replace("&", "&&"))
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
            action.setChecked(action.data() == key)
        self.updateGeometry()
        if report:
            self.chosen.emit(key)

    def _open_list(self) -> None:
        if self.menu() is not None:
            return
        if self._list is None:
            self._list = ValuePicker(self)
            self._list.picked.connect(self._on_listed_picked)
        options = [Option(each.key, each.text, each.look, each.depth) for each in self._choices.values()]
        self._list.offer_one("", options, self._key)
        self._list.setAccessibleName(self._name)
        self._list.open_below(self)

    def _on_listed_picked(self, key: str) -> None:
        if self._list is not None:
            self._list.close_up()
        self.choose(key, report=True)

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
