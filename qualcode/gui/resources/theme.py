"""Light or dark: which tokens are in force, and the application's palette and style from them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from qualcode.gui.resources import fonts
from qualcode.gui.resources.style_sheet import style_sheet
from qualcode.gui.resources.tokens import DARK, LIGHT, Tokens

_IS_REFINED = "isRefined"


class Theme(QObject):
    """The appearance in force; widgets repaint when it changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._appearance = "system"
        self._tokens = LIGHT

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self._tokens

    def follow(self, appearance: str) -> None:
        """Uses "light", "dark" or what the system has ("system") from now on."""
        self._appearance = appearance
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_changed, Qt.ConnectionType.UniqueConnection)
        wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(appearance)
        if wanted is None:
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(wanted)
        self._apply()

    def refine(self) -> None:
        """Puts on our own style in place of Qt's.

        Nothing that it draws is on the first page, and until Qt can ask Python how each part of each control looks, a
        twentieth of the time of a start has passed.
        """
        app = QApplication.instance()
        if isinstance(app, QApplication) and app.property(_IS_REFINED) is None:
            from qualcode.gui.resources.style import QualcodeStyle

            app.setStyle(QualcodeStyle())
            app.setProperty(_IS_REFINED, True)

    def _on_system_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        if self._appearance == "system":
            is_dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        else:
            is_dark = self._appearance == "dark"
        self._tokens = DARK if is_dark else LIGHT
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        app.setFont(fonts.font())
        app.setPalette(palette(self._tokens))
        app.setStyleSheet("")  # Qt is five times as fast at taking one sheet off and putting one on as at a change
        app.setStyleSheet(style_sheet(self._tokens))
        self.changed.emit()


_theme: Theme | None = None


def theme() -> Theme:
    """The one theme of the application."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def tokens() -> Tokens:
    """The colours in force."""
    return theme().tokens


def colour(value: str, opacity: float = 1.0) -> QColor:
    """A token as Qt wants it."""
    made = QColor(value)
    made.setAlphaF(opacity)
    return made


def palette(from_tokens: Tokens) -> QPalette:
    """Qt's palette, so that what we do not paint ourselves fits too."""
    made = QPalette()
    role = QPalette.ColorRole
    t = from_tokens
    table = {
        role.Window: t.window,
        role.WindowText: t.ink,
        role.Base: t.surface,
        role.AlternateBase: t.surface,
        role.Text: t.ink,
        role.Button: t.raised,
        role.ButtonText: t.ink,
        role.BrightText: t.bad,
        role.Highlight: t.select,
        role.HighlightedText: t.ink,
        role.PlaceholderText: t.ink3,
        role.Link: t.accent_text,
        role.LinkVisited: t.accent_text,
        role.Accent: t.accent,
        role.ToolTipBase: t.raised,
        role.ToolTipText: t.ink,
        role.Light: t.raised,
        role.Midlight: t.line,
        role.Mid: t.border2,
        role.Dark: t.border2,
        role.Shadow: t.shadow,
    }
    for each, value in table.items():
        made.setColor(each, QColor(value))
    for each in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(t.ink3))
    return made
