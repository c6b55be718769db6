"""Large letters of the system: what has no room goes on below, nothing is cut, nothing grows twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from qualcode.gui.main_window import MainWindow
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import Segmented
from qualcode.i18n import use_language
from qualcode.settings import Settings
from tests.gui.test_language import cut
from tests.gui.test_screenshots import picture


@pytest.mark.parametrize("language", ["en", "nb"])
def test_large_letters_are_not_cut(large_letters: None, qtbot: QtBot, settings: Settings, language: str) -> None:
    use_language(language)
    try:
        window = MainWindow(settings)
    finally:
        use_language("en")
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    QCoreApplication.processEvents()
    page = window.first_page
    assert cut(page) == []
    assert all(card.height() >= card.heightForWidth(card.width()) for card in page.cards)
    assert all(each.width() >= each.sizeHint().width() for each in page.findChildren(Segmented))
    scroll = page.findChild(QScrollArea)
    assert scroll is not None and scroll.horizontalScrollBar().maximum() == 0
    picture(window, f"first-page-large-{language}", 1.0)


def test_in_usual_letters_all_of_it_is_seen(window: MainWindow) -> None:
    window.resize(1280, 800)
    QCoreApplication.processEvents()
    scroll = window.first_page.findChild(QScrollArea)
    assert scroll is not None and scroll.verticalScrollBar().maximum() == 0


def test_the_transcript_grows_once(large_letters: None, window: MainWindow, project_path: Path) -> None:
    window.resize(1280, 800)
    window.open_project(project_path)
    assert window.workbench is not None
    view = window.workbench.coding.view
    assert view.text_size == 15
    assert view.line_height == round(22 * 1.67)
    assert fonts.font(view.text_size).pixelSize() == 22
    assert cut(window.workbench.codebook) == []
