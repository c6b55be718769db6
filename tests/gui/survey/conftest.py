"""A survey with closed answers, blank cells and cells that are no answers, in a project with suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.survey.screen import SurveyScreen
from qualcode.project.project import Project
from tests.builders import add_survey, make_project
from tests.gui.conftest import CODEBOOK

LONG = "Ovnen er gammel, benken er smal og døra går ikke opp når to skal forbi hverandre. " * 6
ANSWERS = [
    ("10", "Baker", "Taushetsplikt om oppskriftene.", "Nei"),
    ("9", "Kelner", "Lite tid.", "Mer tid"),
    ("100", "Kelner", "vet ikke", ""),
    ("2", "Baker", "Det trange kjøkkenet 😀", "Et større rom"),
    ("30", "", LONG, ""),
    ("31", "Baker", "", "Lite tid."),
    ("32", "Baker", "Dårlig tid og taushetsplikt.", ""),
    ("33", "Kelner", "Alt går fint", ""),
]
FACTS = [{"Trivsel (0-10)": "7", "Skift": "kveld"}, {"Trivsel (0-10)": "10"}, {}, {"Trivsel (0-10)": "0"}]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """The survey in place of the usual study."""
    from qualcode.files.codebook_file import read_codebook

    path = tmp_path / "codebook.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    with make_project(tmp_path, read_codebook(path)) as opened:
        rows = [(ident, group, {"Hva er vanskelig?": a, "Hva hjelper?": b}) for ident, group, a, b in ANSWERS]
        add_survey(opened, rows, [*FACTS, *({} for _row in ANSWERS[len(FACTS) :])])
        opened.review.suggest()
        yield opened


@pytest.fixture
def screen(qtbot: QtBot, bridge: ProjectBridge) -> SurveyScreen:
    """The grid on the first question."""
    made = SurveyScreen(bridge)
    qtbot.addWidget(made)
    made.resize(1440, 700)
    made.show()
    made.refresh()
    made.focus()
    return made
