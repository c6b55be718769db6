"""A row that goes on in the next line where there is no room."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.flow_row import FlowRow


def test_a_choice_that_is_longer_than_the_last_gets_the_room_for_its_words(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    choice, after = ChoiceButton("Sample"), ChoiceButton("Unit")
    choice.offer([Choice("", "none"), Choice("a", "Sample of the spring")], "")
    after.offer([Choice("s", "sentence")], "s")
    FlowRow(host).set_widgets([choice, after])
    host.resize(600, 40)
    host.show()
    qtbot.waitExposed(host)
    before = choice.width()
    choice.choose("a")
    qtbot.waitUntil(lambda: choice.width() > before)
    assert choice.width() == choice.sizeHint().width()
    assert after.x() > choice.geometry().right()
