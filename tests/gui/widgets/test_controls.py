"""Buttons answer to the keys that one expects."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.gui.widgets.choice_button import ChoiceButton
from qualcode.gui.widgets.controls import button, icon_button

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@pytest.mark.parametrize("key", ENTER)
def test_enter_presses_a_button_as_the_space_bar_does(qtbot: QtBot, key: Qt.Key) -> None:
    for made in (button("Cancel", kind="quiet"), icon_button("x", "Close")):
        qtbot.addWidget(made)
        made.show()
        with qtbot.waitSignal(made.clicked, timeout=1000):
            QTest.keyClick(made, key)


def test_enter_opens_what_can_be_chosen(qtbot: QtBot) -> None:
    made = ChoiceButton("Group")
    qtbot.addWidget(made)
    made.setMenu(None)  # type: ignore[arg-type]  # a press opens it, and offscreen no menu can have the keyboard
    made.show()
    with qtbot.waitSignal(made.pressed, timeout=1000):
        QTest.keyClick(made, Qt.Key.Key_Return)
