"""What tables draw beside their numbers."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QFont, QPainter
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.painting import paint_name
from qualcode.gui.resources import fonts


class Recorder:
    """Stands for a painter, and keeps what it is asked to write."""

    def __init__(self) -> None:
        self.written: list[tuple[QRectF, str]] = []

    def font(self) -> QFont:
        return fonts.font(fonts.CONTROL)

    def drawText(self, place: QRectF, _flags: object, text: str) -> None:
        self.written.append((place, text))


@pytest.mark.parametrize(
    ("width", "height", "lines"),
    [(400, 38, ["Secrecy and consent"]), (90, 38, ["Secrecy and", "consent"]), (90, 24, ["Secrecy a…"])],
)
def test_a_name_is_whole_where_two_lines_have_room(qtbot: QtBot, width: int, height: int, lines: list[str]) -> None:
    painter, place = Recorder(), QRect(10, 100, width, height)
    paint_name(cast(QPainter, painter), place, "Secrecy and consent")
    assert [text.rstrip("…")[:8] for _place, text in painter.written] == [text.rstrip("…")[:8] for text in lines]
    assert any("…" in text for _place, text in painter.written) == any("…" in text for text in lines)
    for each, _text in painter.written:
        assert place.top() <= each.top() and each.bottom() <= place.top() + place.height()
