"""A study with two conversations, a survey of three groups and closed questions, all suggestions accepted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.study_opening import make_project
from qualcode.project.project import Project

FIRST = """Moderator: Hva er vanskelig?
Baker 1: Det er taushetsplikt om oppskriftene. Og dårlig tid.
Kelner 1: Kjøkkenet er trangt. Taushetsplikten er streng.
"""
SECOND = """Moderator: Hva er vanskelig?
Kelner 1: Det er dårlig tid.
Baker 1: Ventilasjonen er dårlig.
"""
SURVEY = """ID;Rolle;Hva er vanskelig?;Plass (0-10);Vakt;Verktøy
1;Baker;Taushetsplikt om oppskriftene.;7;Dag;kniv, ovn
2;Baker;Det trange kjøkkenet;9;Dag;ovn
3;Kelner;Lite tid.;2;Kveld;
4;Kelner;Det er trangt.;3;Dag;brett
5;Vert;Dårlig tid.;5;Kveld;brett, kniv
6;Vert;Trangt her.;;Kveld;brett
7;Kelner;vet ikke;for liten;Dag;ovn
"""
CODEBOOK = """key: kitchen
title: Kitchen
version: 1
codes:
  - key: secrecy
    name: {en: Secrecy, nb: Taushet}
    level: system
    valence: hindering
    rules: [{any: [taushetsplikt]}]
  - key: time
    name: {en: Time, nb: Tid}
    rules: [{any: [dårlig tid, lite tid]}]
  - key: room
    name: {en: Room, nb: Plass}
    rules: [{any: [trang]}]
    codes:
      - key: air
        name: {en: Air, nb: Luft}
        rules: [{any: [ventilasjon]}]
"""
STUDY = """title: Kjøkkenet
codebook: codebook.yaml
documents:
  - {files: dag.txt, session: Dag, speakers: {Moderator: moderator, Baker*: Baker, Kelner*: Kelner}}
  - {files: kveld.txt, session: Kveld, speakers: {Moderator: moderator, Baker*: Baker, Kelner*: Kelner}}
surveys:
  - file: svar.csv
    respondent: ID
    group: Rolle
    open: [Hva er vanskelig?]
    closed:
      - {column: Plass (0-10), kind: scale, min: 0, max: 10}
      - {column: Vakt, kind: category}
      - {column: Verktøy, kind: multiple}
analysis: {small_cell: 2}
"""


@pytest.fixture(scope="session")
def made_mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study as a project; to be copied, not opened."""
    folder = tmp_path_factory.mktemp("mixed")
    for name, text in (
        *(("dag.txt", FIRST), ("kveld.txt", SECOND), ("svar.csv", SURVEY)),
        *(("codebook.yaml", CODEBOOK), ("study.yaml", STUDY)),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / "mixed.qualcode"
    make_project(folder / "study.yaml", path, progress=lambda _done, _total: None, cancelled=lambda: False)
    with Project.open(path) as project:
        project.review.accept_all()
    return path


@pytest.fixture
def mixed(made_mixed: Path, tmp_path: Path, looks: None) -> Iterator[ProjectBridge]:
    """The project as the window sees it."""
    with Project.open(Path(shutil.copy(made_mixed, tmp_path / "mixed.qualcode")), coder="Ingrid Haugen") as project:
        made = ProjectBridge(project)
        yield made
        made.deleteLater()


@pytest.fixture
def tables(qtbot: QtBot, mixed: ProjectBridge) -> TablesScreen:
    """The tables of that study."""
    made = TablesScreen(mixed)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    return made
