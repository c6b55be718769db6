"""The style sheet, made from the tokens."""

from __future__ import annotations

from string import Template

from qualcode.gui.resources.colour import mixed
from qualcode.gui.resources.tokens import DARK, LIGHT, Tokens

_SHEET = Template("""
* { outline: 0; }
QMainWindow, QWidget#window { background: $window; }
QWidget#pane, QWidget#bar, QWidget#statusBar { background: $window; }
QWidget#surface, QWidget#paneHeader { background: $surface; }
QWidget#bar, QWidget#paneHeader { border-bottom: 1px solid $border; }
QWidget#statusBar { border-top: 1px solid $border; }
QLabel { color: $ink; background: transparent; }
QLabel[rank="2"] { color: $ink2; }
QLabel[rank="3"] { color: $ink3; }
QLabel[rank="link"] { color: $accent_text; }

QPushButton, QToolButton { color: $ink; background: $raised; border: 1px solid $border2; border-radius: 6px;
  padding: 0 12px; min-height: 30px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $sunken; }
QPushButton:disabled, QToolButton:disabled { color: $ink3; border-color: $border; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 28px; }
QPushButton[main="true"] { color: $on_accent; background: $accent; border-color: $accent; }
QPushButton[main="true"]:hover { background: $accent_hover; }
QPushButton[main="true"]:disabled { color: $ink3; background: $sunken; border-color: $border; }
QPushButton[quiet="true"], QToolButton[quiet="true"] { background: transparent; border-color: transparent;
  color: $ink2; }
QPushButton[quiet="true"]:hover, QToolButton[quiet="true"]:hover { background: $hover; color: $ink; }
QPushButton[quiet="true"]:focus, QToolButton[quiet="true"]:focus { border-color: $accent; }
QPushButton[quiet="true"]:disabled, QToolButton[quiet="true"]:disabled { color: $border2; }
QPushButton[suggested="true"] { background: transparent; border: 1px dashed $ink2; }
QPushButton[suggested="true"]:hover { background: $hover; }
QPushButton[capped="true"] { text-align: left; }
QPushButton[link="true"] { background: transparent; border-color: transparent; color: $accent_text; padding: 0 6px;
  min-height: 18px; }
QPushButton[link="true"]:hover { background: $hover; }
QPushButton[link="true"]:focus { border: 2px solid $accent; padding: 0 5px; min-height: 16px; }
QPushButton[link="true"]:disabled { color: $ink3; }
QToolButton[square="true"] { padding: 0; min-width: 28px; max-width: 28px; min-height: 28px; max-height: 28px; }
QToolButton[square="true"]:focus { padding: 0; min-width: 26px; max-width: 26px; min-height: 26px; max-height: 26px; }
QFileDialog QToolButton { padding: 0; min-width: 28px; max-width: 28px; min-height: 28px; max-height: 28px; }
QToolButton::menu-indicator { image: none; }
QPushButton::menu-indicator { image: none; width: 0px; }

QPushButton[screen="true"] { background: transparent; border: 1px solid transparent; padding: 0 12px; color: $ink2;
  min-height: 30px; }
QPushButton[screen="true"]:hover { color: $ink; background: $hover; }
QPushButton[screen="true"]:checked { background: $raised; border-color: $border2; color: $ink; }
QPushButton[screen="true"]:focus { border: 2px solid $accent; padding: 0 11px; min-height: 28px; }

QPushButton#searchEverything { text-align: left; padding: 0 8px; color: $ink2; background: $surface; }
QPushButton#searchEverything:hover { background: $hover; }
QPushButton#searchEverything:focus { padding: 0 7px; }

QWidget#segmented { background: $sunken; border: 1px solid $border; border-radius: 6px; }
QPushButton[segment="true"] { background: transparent; border: 1px solid transparent; border-radius: 5px; color: $ink2;
  padding: 0 10px; min-height: 22px; }
QPushButton[segment="true"]:hover { color: $ink; }
QPushButton[segment="true"]:checked { background: $raised; border-color: $border2; color: $ink; }
QPushButton[segment="true"]:disabled { color: $ink3; }
QPushButton[segment="true"]:focus { border: 2px solid $accent; padding: 0 9px; min-height: 20px; }

QLineEdit { color: $ink; background: $surface; border: 1px solid $border2; border-radius: 6px; padding: 0 8px;
  min-height: 26px; selection-background-color: $text_selection; selection-color: $ink; }
QLineEdit:focus { border: 2px solid $accent; padding: 0 7px; min-height: 24px; }
QLineEdit[bare="true"] { border: none; background: transparent; padding: 0; }

QPlainTextEdit#wordEditor { color: $ink; background: $surface; border: 2px solid $accent; border-radius: 4px;
  selection-background-color: $text_selection; selection-color: $ink; }
QPlainTextEdit#field { color: $ink; background: $surface; border: 1px solid $border2; border-radius: 6px;
  padding: 3px 4px; }
QPlainTextEdit#field:focus { border: 2px solid $accent; padding: 2px 3px; }
QPlainTextEdit#readOnly { color: $ink; background: $raised; border: none; }

QFrame#card { background: $raised; border: 1px solid $border; border-radius: 10px; }
QFrame#chip { background: $raised; border: 1px solid $border2; border-radius: 6px; }
QFrame#chip QPushButton { text-align: left; padding: 0 2px 0 10px; color: $ink; min-height: 24px; }
QFrame#chip QPushButton:focus { padding: 0 1px 0 9px; min-height: 22px; }
QFrame#chip QToolButton { min-width: 22px; max-width: 22px; min-height: 24px; max-height: 24px; }
QFrame#chip QToolButton:focus { min-width: 20px; max-width: 20px; min-height: 22px; max-height: 22px; }
QFrame#message { background: $raised; border: 1px solid $border2; border-radius: 8px; }
QFrame#undoLine { background: $ink; border: none; border-radius: 8px; }
QFrame#undoLine QLabel { color: $surface; }
QFrame#undoLine QPushButton { color: $inverse_accent; }
QFrame#undoLine QPushButton:hover { background: $inverse_hover; }
QFrame#rule { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame#between { background: $border; border: none; }
QHeaderView#heads { background: $surface; }

QAbstractItemView { background: transparent; border: none; color: $ink; }
QListView:window { background: $raised; border: 1px solid $border2; }
QTreeView#onWindow, QListView#onWindow { background: $window; }
QTableView { background: $surface; gridline-color: $line; }
QTableView#onWindow { background: $window; }
QHeaderView { background: $window; border: none; }
QTableCornerButton::section { background: $window; border: none; }
QAbstractScrollArea { border: none; }
QScrollArea, QScrollArea > QWidget > QWidget#onWindow { background: $window; border: none; }
QScrollArea#onSurface, QScrollArea#onSurface > QWidget > QWidget { background: transparent; border: none; }
QScrollArea#onCard, QScrollArea#onCard > QWidget > QWidget { background: $raised; border: none; }

QScrollBar:vertical { background: transparent; width: 11px; margin: 3px; }
QScrollBar:horizontal { background: transparent; height: 11px; margin: 3px; }
QScrollBar::handle { background: $border2; border-radius: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $ink3; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: $border; }

QMenuBar { background: $window; color: $ink; }
QMenu { background: $raised; color: $ink; border: 1px solid $border2; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $select; }
QMenu::item:disabled { color: $ink3; }
QMenu::separator { height: 1px; background: $line; margin: 6px 8px; }
QToolTip { background: $raised; color: $ink; border: 1px solid $border2; padding: 5px 8px; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSlider { min-height: 24px; }
QSlider::groove:horizontal { background: $border2; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $surface; border: 2px solid $accent; width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
}
QSlider::handle:horizontal:focus { background: $accent; }
QSlider::groove:horizontal:disabled, QSlider::sub-page:horizontal:disabled { background: $line; }
QSlider::handle:horizontal:disabled { border-color: $border2; }
""")


def style_sheet(tokens: Tokens) -> str:
    """The sheet for one set of tokens."""
    values = {name: getattr(tokens, name) for name in tokens.__slots__}
    values["accent_hover"] = mixed(tokens.ink, tokens.accent, 0.18)
    values["text_selection"] = mixed(tokens.accent, tokens.surface, 0.26)
    inverse = LIGHT if tokens.is_dark else DARK
    values["inverse_accent"], values["inverse_hover"] = inverse.accent_text, inverse.hover
    return _SHEET.substitute(values)
