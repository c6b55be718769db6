"""The line over a screen that says what went wrong, or what was done."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from qualcode.gui.messages import Message
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import button, icon_button, label
from qualcode.i18n import _, ngettext

_LINES_SHOWN = 4
_MOST_LINES = 10
_SIGNS = {"error": ("circle-alert", "bad"), "warning": ("triangle-alert", "warn"), "done": ("check", "good")}


class MessageLine(QWidget):
    """Shows one message until it is closed or another comes; never takes the keyboard away.

    Signals:
        acted: the key of what the message's button does.
    """

    acted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message: Message | None = None
        self._sign = _Sign(self)
        self._sentence = label(weight=fonts.SEMIBOLD, wrap=True)
        self._hint = label(rank=2, wrap=True)
        self._details = label(size=fonts.SMALL, rank=2, wrap=True)
        for shown in (self._sentence, self._hint, self._details):
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.all_lines = QPlainTextEdit()
        self.all_lines.setReadOnly(True)
        self.all_lines.setTabChangesFocus(True)
        self.all_lines.setAccessibleName(_("All notes"))
        self.more_button = button("", name=_("All notes"))
        self.more_button.clicked.connect(self._on_more)
        self._copy = button(_("Copy the report"))
        self._copy.clicked.connect(self._on_copy)
        self.action_button = button("", name=_("What can be done"))
        self.action_button.clicked.connect(self._on_action)
        close = icon_button("x", _("Close the message"))
        close.clicked.connect(self.dismiss)
        frame = QFrame()
        frame.setObjectName("message")
        row = QHBoxLayout(frame)
        row.setContentsMargins(14, 10, 10, 10)
        row.setSpacing(12)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        for shown in (self._sentence, self._hint, self._details):
            words.addWidget(shown)
        words.addWidget(self.all_lines)
        row.addLayout(words, 1)
        row.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.action_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 8)
        outer.addWidget(frame)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is shown now."""
        return self._message

    def tell(self, message: Message) -> None:
        """Shows a message."""
        self._message = message
        self._sign.show_sign(*_SIGNS[message.severity])
        self._sentence.setText(message.sentence)
        self._hint.setText(message.hint)
        self._hint.setVisible(bool(message.hint))
        self._details.setText("\n".join(message.details[:_LINES_SHOWN]))
        self.all_lines.setPlainText("\n".join(message.details))
        self._show_all(False)
        self._copy.setVisible(bool(message.report))
        self.action_button.setText(message.action[1])
        self.action_button.setAccessibleName(message.action[1] or _("What can be done"))
        self.action_button.setVisible(bool(message.action[0]))
        self.setAccessibleName(f"{message.sentence} {message.hint}".strip())
        self.show()

    def dismiss(self) -> None:
        """Takes the message away."""
        self._message = None
        self.hide()

    def _show_all(self, is_all: bool) -> None:
        n = len(self._message.details) if self._message is not None else 0
        self._details.setVisible(n > 0 and not is_all)
        lines = self.all_lines.fontMetrics().lineSpacing() * min(n + 1, _MOST_LINES)
        self.all_lines.setFixedHeight(lines + round(2 * self.all_lines.document().documentMargin()))
        self.all_lines.setVisible(is_all)
        more = n - _LINES_SHOWN
        words = _("Show fewer") if is_all else ngettext("Show {n} more", "Show {n} more", more).format(n=more)
        self.more_button.setText(words)
        self.more_button.setAccessibleName(words)
        self.more_button.setVisible(more > 0)

    def _on_more(self) -> None:
        self._show_all(self.all_lines.isHidden())

    def _on_action(self) -> None:
        if self._message is not None:
            self.acted.emit(self._message.action[0])

    def _on_copy(self) -> None:
        if self._message is not None:
            QGuiApplication.clipboard().setText(self._message.report)


class _Sign(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon_name, self._token = "info", "ink2"
        self.setFixedSize(QSize(16, 20))

    def show_sign(self, icon_name: str, token: str) -> None:
        """Shows another sign."""
        self._icon_name, self._token = icon_name, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon."""
        painter = QPainter(self)
        draw_icon(painter, self._icon_name, QRectF(0, 2, 16, 16), getattr(tokens(), self._token))
        painter.end()
