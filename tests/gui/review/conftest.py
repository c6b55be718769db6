"""A review screen on the small invented study."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.model import DocumentsModel
from qualcode.gui.review.places import Places
from qualcode.gui.review.screen import ReviewScreen


@pytest.fixture
def documents(bridge: ProjectBridge) -> DocumentsModel:
    """What can be read."""
    return DocumentsModel(bridge)


@pytest.fixture
def places(bridge: ProjectBridge, documents: DocumentsModel) -> Places:
    """Where suggestions stand."""
    return Places(bridge.project, lambda: documents.readings)


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge, documents: DocumentsModel) -> ReviewScreen:
    """The screen, shown, with the keyboard in the queue."""
    made = ReviewScreen(bridge, lambda: documents.readings)
    qtbot.addWidget(made)
    made.resize(1280, 760)
    made.show()
    qtbot.waitExposed(made)
    made.focus()
    return made
