"""Writes a picture of the review in each appearance, to be looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.gui.main_window import MainWindow
from qualcode.gui.resources.tokens import DARK, LIGHT
from tests.gui.test_screenshots import picture


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (1440, 900)])
@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_review_is_drawn(window: MainWindow, project_path: Path, width: int, height: int, appearance: str) -> None:
    window.set_appearance(appearance)
    window.resize(width, height)
    window.open_project(project_path)
    window.actions_table["show_review"].trigger()
    assert window.workbench is not None
    screen = window.workbench.review
    shown = f"{width}x{height}-{appearance}"
    pictures = [picture(window, f"review-{shown}", 1.0)]
    screen.answer("accept")
    screen.answer("extent")
    pictures.append(picture(window, f"review-extent-{shown}", 1.0))
    screen.answer("leave")
    while screen.current is not None:
        screen.answer("reject")
    pictures.append(picture(window, f"review-empty-{shown}", 1.0))
    tokens = DARK if appearance == "dark" else LIGHT
    for made in pictures:
        image = made.toImage()
        points = [(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)]
        colours = {image.pixelColor(x, y).name().upper() for x, y in points}
        assert {tokens.window, tokens.surface} <= colours
    assert len({made.cacheKey() for made in pictures}) == len(pictures)
