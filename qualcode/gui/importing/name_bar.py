"""The bar below a table in which the selected rows get a name: a field, and the names that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import GroupLook, draw_group, draw_moderator
from qualcode.gui.resources.theme import theme
from qualcode.gui.widgets.controls import button, label
from qualcode.gui.widgets.flow_row import FlowRow

_LEAST = 220


@dataclass(frozen=True, slots=True)
class Name:
    """A name that can be given: what is reported, what the button says, and what is drawn on it."""

    value: str
    text: str
    look: GroupLook | None = None
    is_moderator: bool = False


class NameBar(QFrame):
    """Reports the name that was typed or picked.

    Args:
        placeholder: what is typed into the field; also its accessible name.
    """

    named = Signal(str)
    left = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._names: list[Name] = []
        self._offered = QStringListModel(self)
        self._buttons: list[QPushButton] = []
        self._selected = label(weight=fonts.MEDIUM)
        self.field = _Field(self)
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.setMinimumWidth(fonts.px(_LEAST))
        self.field.setCompleter(_completer(self._offered, self.field))
        self.field.returnPressed.connect(self._on_typed)
        self.field.escaped.connect(self.left)
        self._host = QWidget()
        self._flow = FlowRow(self._host)
        first = QWidget()
        self._first = FlowRow(first)
        self._actions: list[QPushButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        column.addWidget(first)
        column.addWidget(self._host)
        self._arrange_first()
        theme().changed.connect(self._draw_icons)

    def say(self, selected: str, *, is_enabled: bool) -> None:
        """Says how many rows are selected; without any the bar waits."""
        self._selected.setText(selected)
        self.field.setEnabled(is_enabled)
        self._host.setEnabled(is_enabled)
        self._first.arrange()

    def add_action(self, made: QPushButton) -> None:
        """Puts a button for something else that is done with the selected rows at the right."""
        self._actions.append(made)
        self._arrange_first()

    def _arrange_first(self) -> None:
        self._first.set_widgets([self._selected, self.field, *self._actions], right=2)

    def offer(self, names: Sequence[Name]) -> None:
        """Offers names as buttons, and as one types; those that were there keep their places."""
        places = {name.value: place for place, name in enumerate(self._names)}
        names = sorted(names, key=lambda name: places.get(name.value, len(places)))
        if names == self._names:
            return
        self._names = names
        self._offered.setStringList([name.text for name in names])
        for each in self._buttons:
            each.hide()
            each.deleteLater()
        self._buttons = []
        for name in self._names:
            has_sign = name.look is not None or name.is_moderator
            made = button(f"\u2002{name.text}" if has_sign else name.text, name=name.text)
            made.clicked.connect(lambda _checked=False, value=name.value: self.named.emit(value))
            self._buttons.append(made)
        self._draw_icons()
        self._flow.set_widgets(self._buttons)
        for made in self._buttons:
            made.show()
        self._flow.arrange()

    @property
    def buttons(self) -> Sequence[QPushButton]:
        """The names that are offered."""
        return self._buttons

    def ask(self, placeholder: str, text: str = "", *, offers: bool = True) -> None:
        """Asks for another kind of name in the field, with a text to begin with, and whether names are offered."""
        self._host.setEnabled(offers)
        self._offered.setStringList([name.text for name in self._names] if offers else [])
        self.field.setPlaceholderText(placeholder)
        self.field.setAccessibleName(placeholder)
        self.field.setText(text)

    def begin(self, letter: str) -> None:
        """Puts the keyboard into the field, with what was typed already."""
        if not self.field.isEnabled():
            return
        self.field.setText(letter)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self) -> None:
        text = self.field.text().strip()
        if text:
            self.field.clear()
            known = next((name.value for name in self._names if name.text.casefold() == text.casefold()), text)
            self.named.emit(known if self._host.isEnabled() else text)

    def _draw_icons(self) -> None:
        for made, name in zip(self._buttons, self._names, strict=True):
            if name.look is not None or name.is_moderator:
                made.setIcon(_icon_of(name))
                made.setIconSize(QSize(12, 12))


class _Field(QLineEdit):
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the keyboard back."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.escaped.emit()
            return
        super().keyPressEvent(event)


def _completer(names: QStringListModel, field: QLineEdit) -> QCompleter:
    """The rest of a name that begins as what is typed, selected, so that another letter writes over it."""
    made = QCompleter(names, field)
    made.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    made.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
    return made


def _icon_of(name: Name) -> QIcon:
    drawn = QPixmap(24, 24)
    drawn.setDevicePixelRatio(2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    place = QRectF(0, 0, 12, 12)
    if name.look is not None:
        draw_group(painter, name.look, place.left() + 1, place.top() + 1)
    else:
        draw_moderator(painter, place.left() + 1, place.top() + 1)
    painter.end()
    return QIcon(drawn)
