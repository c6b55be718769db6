"""Which key gives which answer in the review."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from qualcode.gui.review.decision_card import Mode

_ANSWERS = {
    Qt.Key.Key_A: "accept",
    Qt.Key.Key_C: "recode",
    Qt.Key.Key_E: "extent",
    Qt.Key.Key_R: "reject",
    Qt.Key.Key_S: "skip",
    Qt.Key.Key_H: "keep",
    Qt.Key.Key_J: "next",
    Qt.Key.Key_N: "next",
    Qt.Key.Key_K: "previous",
    Qt.Key.Key_P: "previous",
    Qt.Key.Key_O: "open",
}
_WITH_SHIFT = {Qt.Key.Key_R: "reason"}
_EDGES = {
    (Qt.Key.Key_Right, False): "end_out",
    (Qt.Key.Key_Left, False): "end_in",
    (Qt.Key.Key_Right, True): "start_in",
    (Qt.Key.Key_Left, True): "start_out",
}


def answer_of(event: QKeyEvent, mode: Mode) -> str | None:
    """The answer that a key gives.

    Args:
        event: the key.
        mode: what the card asks for.

    Returns:
        the answer; "" for a key that is held for another one; None for a key that is none of the review's.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key(event.key())
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        is_rules = key == Qt.Key.Key_E and modifiers == Qt.KeyboardModifier.ControlModifier
        return "rules" if is_rules and mode is Mode.ANSWERS else None
    if mode is not Mode.ANSWERS:
        return _answer_in_mode(key, modifiers, mode)
    if modifiers == Qt.KeyboardModifier.NoModifier:
        return _ANSWERS.get(key)
    return _WITH_SHIFT.get(key) if modifiers == Qt.KeyboardModifier.ShiftModifier else None


def _answer_in_mode(key: Qt.Key, modifiers: Qt.KeyboardModifier, mode: Mode) -> str | None:
    """The answer while a reason or an extent is asked for."""
    if key == Qt.Key.Key_Escape:
        return "leave"
    if mode is not Mode.EXTENT:
        return None
    if key == Qt.Key.Key_Alt:
        return ""  # held for an arrow; the window would open its menu when it is let go
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return "accept_extent"
    return _EDGES.get((key, bool(modifiers & Qt.KeyboardModifier.AltModifier)))
