"""Words below a table, which leave it room."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui.widgets.controls import label
from qualcode.gui.widgets.scrolling_foot import ScrollingFoot


@pytest.mark.parametrize(("n_words", "scrolls"), [(10, False), (600, True)])
def test_a_table_keeps_its_room_above_long_words(qtbot: QtBot, n_words: int, scrolls: bool) -> None:
    pane, table, foot, words = QWidget(), QTableView(), ScrollingFoot(), label(wrap=True)
    qtbot.addWidget(pane)
    foot.column.addWidget(words)
    foot.stand_in(pane)
    column = QVBoxLayout(pane)
    column.addWidget(table, 1)
    column.addWidget(foot)
    pane.resize(500, 400)
    pane.show()
    qtbot.waitExposed(pane)
    words.setText("word " * n_words)
    qtbot.waitUntil(lambda: foot.verticalScrollBar().maximum() > 0 if scrolls else foot.height() >= words.height())
    assert foot.height() <= 160 and table.height() > 200
    assert (foot.verticalScrollBar().maximum() > 0) == scrolls
    qtbot.waitUntil(lambda: foot.verticalScrollBar().isVisible() == scrolls)
    inside = foot.widget()
    assert inside is not None and inside.objectName() == "surface", "the ground of the table"
    pane.resize(500, 800)
    qtbot.waitUntil(lambda: foot.height() <= 320 and (foot.height() > 160) == scrolls)
    words.setText("word")
    qtbot.waitUntil(lambda: foot.height() < 60 and foot.viewport().width() == foot.width())
