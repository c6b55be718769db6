"""What stands where there is nothing yet: what is missing and what to do."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import button, label
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _


class Empty(QWidget):
    """An icon, one line of what is missing, one of what to do; a button where one can do it.

    Signals:
        pressed: what the button says is to be done.
    """

    pressed = Signal()

    def __init__(
        self, icon_name: str, missing: str, to_do: str, parent: QWidget | None = None, *, does: str = ""
    ) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{missing}. {to_do}")
        self._missing = label(missing, weight=fonts.SEMIBOLD)
        self._to_do = label(to_do, rank=2)
        self.button = button(does)
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch(2)
        column.addWidget(_Sign(icon_name), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self._missing, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._to_do, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button.clicked.connect(self.pressed)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button.setVisible(bool(does))  # not before it stands here: it would be a window that takes the keyboard
        column.addStretch(3)

    def say(self, missing: str, to_do: str, does: str = "") -> None:
        """Says something else; the button is there only where it does something."""
        self.button.setText(does)
        self.button.setVisible(bool(does))
        self._missing.setText(missing)
        self._to_do.setText(to_do)
        self.setAccessibleName(f"{missing}. {to_do}")


def no_material(icon_name: str, missing: str, parent: QWidget, *, is_read_only: bool) -> Empty:
    """What stands on a screen as long as nothing was brought in; its button brings something in."""
    to_do = _("Import transcripts and surveys, or drop their files here.")
    made = Empty(icon_name, missing, to_do, parent, does=_("Import files…"))
    dim_for_reading(is_read_only, made.button)
    return made


class _Sign(QWidget):
    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setFixedSize(QSize(24, 24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon."""
        painter = QPainter(self)
        draw_icon(painter, self._icon_name, QRectF(0, 0, 24, 24), tokens().ink3)
        painter.end()
