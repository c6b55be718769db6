"""Writes a picture of each step, to be looked at; that nothing is cut off is tested."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qualcode.gui.importing.rows import RowTable
from qualcode.gui.importing.two_parts import TwoParts
from qualcode.gui.main_window import MainWindow
from qualcode.gui.resources.tokens import DARK, LIGHT
from qualcode.project.draft_points import Step

FOLDER = Path(__file__).parents[3] / "screenshots"
SIZES = [(1280, 800), (1440, 900)]
SAMPLES = Path(__file__).parents[3] / "sample_transcripts"


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_each_step_is_drawn(window: MainWindow, appearance: str, qtbot: QtBot) -> None:
    window.set_appearance(appearance)
    window.open_paths([SAMPLES / "transcripts", SAMPLES / "survey_2026.xlsx"])
    wizard = window.arrivals.desk.wizard
    assert wizard is not None
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    tokens = DARK if appearance == "dark" else LIGHT
    FOLDER.mkdir(exist_ok=True)
    for width, height in SIZES:
        window.resize(width, height)
        for step in Step:
            wizard.show_step(step)
            for _turn in range(3):
                QApplication.processEvents()
            cut = [
                each.text()
                for each in wizard.page.findChildren(QPushButton)
                if each.isVisible() and each.width() < each.minimumSizeHint().width()
            ]
            assert cut == [], step
            assert wizard.page.width() <= width
            made = QPixmap(window.size())
            window.render(made)
            assert made.save(str(FOLDER / f"import-{step.value}-{width}x{height}-{appearance}.png"))
            assert made.toImage().pixelColor(width - 4, 4).name().upper() == tokens.surface


def test_in_large_letters_parts_go_below_each_other_and_none_is_cut(
    large_letters: None, window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    window.open_paths([SAMPLES / "transcripts", SAMPLES / "survey_2026.xlsx"])
    wizard = window.arrivals.desk.wizard
    assert wizard is not None
    qtbot.waitUntil(lambda: not wizard.is_busy, timeout=60_000)
    stacked: dict[Step, bool] = {}
    for step in Step:
        wizard.show_step(step)
        for _turn in range(3):
            QApplication.processEvents()
        page = wizard.page
        for parts in page.findChildren(TwoParts):
            stacked[step] = parts.is_stacked
            inner = parts.widget()
            assert inner is not None
            assert inner.minimumSizeHint().width() <= parts.viewport().width()
        for table in page.findChildren(RowTable):
            shown = [each for each in range(table.model().columnCount()) if not table.isColumnHidden(each)]
            assert sum(table.columnWidth(each) for each in shown) <= table.viewport().width(), table.accessibleName()
            assert table.mapTo(page, QPoint(table.width(), 0)).x() <= page.width()
            assert 0 in shown
            if step is not Step.SUMMARY:
                assert not table.isColumnHidden(table.model().columnCount() - 1) or step is Step.SURVEYS
    assert stacked == {Step.FILES: True, Step.SURVEYS: True, Step.SUMMARY: True}
    window.resize(2400, 1000)
    wizard.show_step(Step.SURVEYS)
    QApplication.processEvents()
    assert not any(parts.is_stacked for parts in wizard.page.findChildren(TwoParts))
