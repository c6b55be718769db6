"""The message line: a few notes at once, all of them on demand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qualcode.gui.messages import Message
from qualcode.gui.widgets.message_line import MessageLine


def told(qtbot: QtBot, n: int) -> MessageLine:
    line = MessageLine()
    qtbot.addWidget(line)
    line.resize(900, 200)
    line.tell(Message("Read 9 transcripts.", severity="warning", details=tuple(f"file {i}: a note." for i in range(n))))
    return line


def test_notes_that_have_no_room_are_shown_on_demand_and_put_away_again(qtbot: QtBot) -> None:
    line = told(qtbot, 7)
    assert line.more_button.text() == "Show 3 more"
    assert line.all_lines.isHidden()
    QTest.mouseClick(line.more_button, Qt.MouseButton.LeftButton)
    assert line.all_lines.isVisible()
    assert line.all_lines.toPlainText().splitlines()[-1] == "file 6: a note."
    line.more_button.setFocus()
    QTest.keyClick(line.more_button, Qt.Key.Key_Space)
    assert line.all_lines.isHidden()


def test_notes_that_have_room_need_no_button_and_the_next_message_begins_short(qtbot: QtBot) -> None:
    line = told(qtbot, 7)
    QTest.mouseClick(line.more_button, Qt.MouseButton.LeftButton)
    line.tell(Message("Read 1 transcript.", severity="warning", details=("file 0: a note.",)))
    assert line.more_button.isHidden()
    assert line.all_lines.isHidden()


def test_all_notes_take_no_more_room_than_they_need_up_to_a_most(qtbot: QtBot) -> None:
    heights = []
    for n in (6, 8, 40, 80):
        line = told(qtbot, n)
        QTest.mouseClick(line.more_button, Qt.MouseButton.LeftButton)
        heights.append(line.all_lines.height())
    few, more, many, very_many = heights
    assert few < more < many == very_many
