"""Writes a picture of each screen, to be looked at; what a machine can see in them is tested."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase, QPixmap
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qualcode.gui.main_window import MainWindow
from qualcode.gui.resources.tokens import DARK, LIGHT
from qualcode.model.memo import PROJECT

FOLDER = Path(__file__).parents[2] / "screenshots"
SIZES = [(1280, 800, 1.0), (1280, 800, 2.0), (2560, 1440, 1.0)]


def picture(window: MainWindow, name: str, ratio: float) -> QPixmap:
    """The window as pixels, kept in the folder."""
    for _turn in range(3):
        QApplication.processEvents()
    made = QPixmap(QSize(window.width(), window.height()) * ratio)
    made.setDevicePixelRatio(ratio)
    window.render(made)
    FOLDER.mkdir(exist_ok=True)
    assert made.save(str(FOLDER / f"{name}.png"))
    return made


@pytest.mark.parametrize(("width", "height", "ratio"), SIZES)
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_each_screen_is_drawn(
    qtbot: QtBot, window: MainWindow, project_path: Path, width: int, height: int, ratio: float, appearance: str
) -> None:
    assert "Inter" in QFontDatabase.families()
    window.set_appearance(appearance)
    window.resize(width, height)
    shown = f"{width}x{height}@{ratio:g}-{appearance}"
    pictures = [picture(window, f"first-page-{shown}", ratio)]
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    bench.coding.walk.next_suggestion()
    bench.coding.decide("accept")
    pictures.append(picture(window, f"coding-{shown}", ratio))
    window.actions_table["show_tables"].trigger()
    bench.tables.open_cell(bench.tables.model.themes[0], bench.tables.model.groups[0])
    pictures.append(picture(window, f"tables-{shown}", ratio))
    bench.bridge.project.memos.add(PROJECT, "Lest alt en gang.", title="Første dag")
    window.actions_table["show_memos"].trigger()
    pictures.append(picture(window, f"memos-{shown}", ratio))
    window.actions_table["find"].trigger()
    bench.search.look_for("taushetsplikt")
    qtbot.waitUntil(lambda: not bench.search.is_searching, timeout=30_000)
    pictures.append(picture(window, f"find-{shown}", ratio))
    window.actions_table["history"].trigger()
    pictures.append(picture(window, f"history-{shown}", ratio))
    tokens = DARK if appearance == "dark" else LIGHT
    for made in pictures:
        image = made.toImage()
        assert image.width() == width * ratio
        points = [(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)]
        colours = {image.pixelColor(x, y).name().upper() for x, y in points}
        assert tokens.window in colours
        assert len(colours) > 20
