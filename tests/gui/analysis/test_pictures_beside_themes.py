"""Closed questions, the joint display and sessions leave the window as pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.grid_page import GridPage
from qualcode.gui.analysis.pages import CLOSED, JOINT, SATURATION
from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.bridge import ProjectBridge
from qualcode.model.telling import never, unheard


@pytest.mark.parametrize(
    ("key", "picture", "told"),
    [
        (CLOSED, "closed", ["Plass (0-10)", "Verktøy", "Baker"]),
        (JOINT, "joint", ["Plass (0-10)", "Baker"]),
        (SATURATION, "saturation", ["Dag", "Kveld"]),
    ],
)
def test_a_table_is_drawn_as_it_stands(
    tables: TablesScreen, mixed: ProjectBridge, tmp_path: Path, qtbot: QtBot, key: str, picture: str, told: list[str]
) -> None:
    tables.show_page(key)
    page = tables.page
    assert isinstance(page, GridPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=20_000)
    assert [name for name, _title in page.pictures()] == [picture]
    target = tmp_path / "picture.svg"
    page.drawing(picture)(mixed.project, target, progress=unheard, cancelled=never)
    drawn = target.read_text("utf-8")
    assert [each for each in told if each not in drawn] == []
