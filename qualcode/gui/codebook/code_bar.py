"""The bar over the tree of codes: asks for a name or a colour, or says what deleting and merging would do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook, draw_mark
from qualcode.gui.resources.theme import tokens
from qualcode.gui.resources.tokens import CODE_COLOURS
from qualcode.gui.widgets.controls import button, label
from qualcode.i18n import _

_SWATCHES_A_ROW = 6


class CodeBar(QFrame):
    """Asks one thing at a time; Escape closes it, and it gives the keyboard back to the tree."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self._answer: Callable[[str], None] = lambda _text: None
        self._title = label(weight=fonts.MEDIUM, wrap=True)
        self._sentence = label(size=fonts.SMALL, rank=2, wrap=True)
        self._field = QLineEdit()
        self._field.setFont(fonts.font())
        self._field.setPlaceholderText(_("Name of the code"))
        self._field.setAccessibleName(_("Name of the code"))
        self._field.returnPressed.connect(self._on_entered)
        self._swatches = QWidget()
        self._grid = QGridLayout(self._swatches)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self._go = button(_("Add"))
        self._go.clicked.connect(self._on_entered)
        self._leave = button(_("Cancel"), kind="quiet")
        self._leave.clicked.connect(self.close_up)
        for each in (self._go, self._leave):
            each.setFixedHeight(fonts.px(30))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        for shown in (self._title, self._sentence, self._field, self._swatches):
            column.addWidget(shown)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._go)
        row.addWidget(self._leave)
        row.addStretch(1)
        column.addLayout(row)
        self.hide()

    @property
    def sentence(self) -> str:
        """What the bar says."""
        return self._sentence.text()

    @property
    def field(self) -> QLineEdit:
        """Where a name is written."""
        return self._field

    @property
    def go_button(self) -> QAbstractButton:
        """Does it."""
        return self._go

    @property
    def swatches(self) -> list[QAbstractButton]:
        """The colours to choose from."""
        return self._swatches.findChildren(QAbstractButton)

    def ask_name(self, title: str, action: str, answer: Callable[[str], None]) -> None:
        """Asks for the name of a code."""
        self._begin(title, "", action, answer)
        self._field.clear()
        self._field.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self, title: str, sentence: str, action: str, answer: Callable[[str], None]) -> None:
        """Says what will become of the quotations before it is done."""
        self._begin(title, sentence, action, answer)
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_colour(self, title: str, look: CodeLook, own: str, answer: Callable[[str], None]) -> None:
        """Offers the twelve colours; the answer is "#rrggbb", or "" for the place's own colour.

        Args:
            title: whose colour.
            look: how the code is drawn now.
            own: the colour that it was given, "" if none.
            answer: gets the chosen colour.
        """
        self._begin(title, "", _("No colour of its own"), lambda _text: answer(""))
        for old in self.swatches:
            self._grid.removeWidget(old)
            old.hide()
            old.setParent(None)
            old.deleteLater()
        names = colour_names()
        for number, each in enumerate(CODE_COLOURS):
            swatch = _Swatch(CodeLook(each.light, each.dark, look.shape, look.letter))
            swatch.setAccessibleName(names[each.name])
            swatch.setToolTip(names[each.name])
            swatch.setChecked(each.light.casefold() == (own or look.light).casefold())
            swatch.clicked.connect(lambda _checked=False, chosen=each.light: self._on_chosen(chosen, answer))
            self._grid.addWidget(swatch, number // _SWATCHES_A_ROW, number % _SWATCHES_A_ROW)
        self._swatches.show()
        chosen = next((each for each in self.swatches if each.isChecked()), self.swatches[0])
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_up(self) -> None:
        """Closes the bar; nothing was done."""
        self.hide()
        self.closed.emit()

    def outdate(self) -> None:
        """What it says of a code may not be so any longer: it goes; a name that is being typed stays."""
        if self._field.isHidden():
            self.hide()

    def _begin(self, title: str, sentence: str, action: str, answer: Callable[[str], None]) -> None:
        self._answer = answer
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._go.setText(action)
        self._go.setAccessibleName(action)
        self._field.hide()
        self._swatches.hide()
        self.setAccessibleName(f"{title} {sentence}".strip())
        self.show()

    def _on_entered(self) -> None:
        text = self._field.text().strip()
        if self._field.isVisible() and not text:
            return
        self.close_up()
        self._answer(text)

    def _on_chosen(self, colour: str, answer: Callable[[str], None]) -> None:
        self.close_up()
        answer(colour)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it; arrows go from colour to colour, Enter takes one."""
        focused = self.focusWidget()
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 6, Qt.Key.Key_Up: -6}
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif isinstance(focused, _Swatch) and Qt.Key(event.key()) in steps:
            all_of_them = self.swatches
            at = all_of_them.index(focused) + steps[Qt.Key(event.key())]
            all_of_them[at % len(all_of_them)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QAbstractButton):
            focused.click()
        else:
            super().keyPressEvent(event)


class _Swatch(QAbstractButton):
    """A colour, shown on the code's own mark."""

    def __init__(self, look: CodeLook) -> None:
        super().__init__()
        self._look = look
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Room for the mark and the ring."""
        return QSize(30, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the mark; a ring where the keyboard is, a line around the colour in force."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        if self.hasFocus() or self.isChecked():
            token = tokens().accent if self.hasFocus() else tokens().border2
            painter.setPen(QPen(QColor(token), 2.0 if self.hasFocus() else 1.0))
            painter.drawRoundedRect(place, 6, 6)
        draw_mark(painter, self._look, self.width() / 2 - 8, self.height() / 2 - 8)
        painter.end()


def colour_names() -> dict[str, str]:
    """What the twelve colours are called, by their names in the token table."""
    return {
        "Crimson": _("Crimson"),
        "Teal": _("Teal"),
        "Amber": _("Amber"),
        "Indigo": _("Indigo"),
        "Orchid": _("Orchid"),
        "Umber": _("Umber"),
        "Green": _("Green"),
        "Petrol": _("Petrol"),
        "Rust": _("Rust"),
        "Violet": _("Violet"),
        "Olive": _("Olive"),
        "Plum": _("Plum"),
    }
