"""The window gives imported files back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from qualcode.gui.main_window import MainWindow


def test_the_files_of_a_project_come_back(
    window: MainWindow,
    qtbot: QtBot,
    project_path: Path,
    study_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "back"
    folder.mkdir()
    window.open_project(project_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_arguments: str(folder))
    for wanted in ("2 files written", "holds a file"):
        window.actions_table["originals"].trigger()
        qtbot.waitUntil(lambda: window.job is None and window.message_line.message is not None)
        message = window.message_line.message
        assert message is not None
        assert wanted in message.sentence
        window.message_line.dismiss()
    for name in ("samtale.txt", "svar.csv"):
        assert (folder / name).read_bytes() == study_path.with_name(name).read_bytes()
