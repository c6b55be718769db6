"""A small invented study as a project, and a window to show it in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from qualcode.gui import app
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.main_window import MainWindow
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import theme
from qualcode.gui.study_opening import make_project
from qualcode.project.project import Project
from qualcode.settings import APPEARANCE, CODER, Settings

TRANSCRIPT = """Moderator: Hvordan møtes dere i uka?
Baker 1: Vi deler kjøkken med de andre. Kjøkkenet er trangt, og det er taushetsplikt om oppskriftene.
Kelner 2: Jeg får ikke se oppskriftene 😀 før de er ferdige. Det er alltid dårlig tid.
Baker 1: Ja.
Baker 2: Taushetsplikten er streng her.
"""

SURVEY = """ID;Rolle;Hva er vanskelig?
1;Baker;Taushetsplikt om oppskriftene.
2;Kelner;Lite tid.
3;Kelner;vet ikke
4;Baker;Det trange kjøkkenet
"""

CODEBOOK = """key: kitchen
title: Kitchen
version: 2
codes:
  - key: hindrances
    name: {en: Hindrances, nb: Hindringer}
    definition: {en: What stands in the way., nb: Det som er i veien.}
    include: [walls]
    exclude: [doors]
    codes:
      - key: secrecy
        name: {en: Secrecy, nb: Taushet}
        aliases: [confidentiality]
        rules:
          - any: [taushetsplikt]
      - key: time
        name: {en: Time, nb: Tid}
        rules:
          - any: [dårlig tid, lite tid]
  - key: room
    name: {en: Room, nb: Rom}
    rules:
      - any: [trang]
"""

STUDY = """title: Kjøkkenet
codebook: codebook.yaml
documents:
  - files: samtale.txt
    session: Skift A
    speakers: {Moderator: moderator, Baker*: Baker, Kelner*: Kelner}
surveys:
  - file: svar.csv
    respondent: ID
    group: Rolle
    open: [Hva er vanskelig?]
groups: {Baker: [baker], Kelner: [kelner]}
analysis: {small_cell: 2}
"""


def write_study(folder: Path) -> Path:
    """The study with its files in a folder; returns the study file."""
    (folder / "samtale.txt").write_text(TRANSCRIPT, encoding="utf-8")
    (folder / "svar.csv").write_text(SURVEY, encoding="utf-8")
    (folder / "codebook.yaml").write_text(CODEBOOK, encoding="utf-8")
    study = folder / "study.yaml"
    study.write_text(STUDY, encoding="utf-8")
    return study


@pytest.fixture(scope="session")
def study_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study file."""
    return write_study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="session")
def made_project(study_path: Path) -> Path:
    """The study as a project with suggestions; to be copied, not opened."""
    path = study_path.with_name("made.qualcode")
    make_project(study_path, path, progress=lambda _done, _total: None, cancelled=lambda: False)
    return path


@pytest.fixture
def project_path(made_project: Path, tmp_path: Path) -> Path:
    """A project of one's own."""
    return Path(shutil.copy(made_project, tmp_path / "kitchen.qualcode"))


@pytest.fixture
def project(project_path: Path) -> Iterator[Project]:
    """The project, open."""
    with Project.open(project_path, coder="Ingrid Haugen") as opened:
        yield opened


@pytest.fixture
def looks(qapp: QApplication) -> Iterator[None]:
    """Fonts and colours, light."""
    app.prepare(qapp, "light")
    theme().refine()
    yield
    theme().follow("light")


@pytest.fixture
def large_letters(looks: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The system's letters are half as large again."""
    monkeypatch.setattr(fonts, "_scale", 1.5)
    fonts.font.cache_clear()
    yield
    fonts.font.cache_clear()


@pytest.fixture
def bridge(project: Project, looks: None) -> Iterator[ProjectBridge]:
    """The project as the window sees it."""
    made = ProjectBridge(project)
    yield made
    made.deleteLater()


@pytest.fixture(autouse=True)
def swept_up(qapp: QApplication) -> Iterator[None]:
    """Widgets that a test let go are gone before the next, as they are in a running window."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def settings() -> Settings:
    """Settings that are kept nowhere."""
    made = Settings(None)
    made.set(CODER, "Ingrid Haugen")
    made.set(APPEARANCE, "light")
    return made


@pytest.fixture
def window(qtbot: object, looks: None, settings: Settings) -> Iterator[MainWindow]:
    """The window on its first page."""
    made = MainWindow(settings)
    made.resize(1440, 900)
    made.show()
    yield made
    made.close()
    made.deleteLater()
