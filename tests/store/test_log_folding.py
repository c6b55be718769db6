"""The log beside a project file is folded in by somebody else."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from qualcode.model.memo import PROJECT
from qualcode.project.project import Project
from qualcode.store.log_folding import fold_in, leave_to_others


def memos_in_file_alone(path: Path) -> int:
    """What stands in the file, whatever is in the log beside it."""
    with sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True) as connection:
        return int(connection.execute("SELECT count(*) FROM memo").fetchone()[0])


def test_what_was_written_stays_in_the_log_until_somebody_folds_it_in(tmp_path: Path) -> None:
    path = tmp_path / "a.qualcode"
    with Project.create(path) as project:
        fold_in(path)
        leave_to_others(project.db.connection)
        for number in range(300):
            project.memos.add(PROJECT, f"{number} " * 4_000)
        assert memos_in_file_alone(path) == 0
        assert fold_in(path)
        assert memos_in_file_alone(path) == 300
        project.memos.add(PROJECT, "One more.")
        assert len(project.memos.all()) == 301
    assert memos_in_file_alone(path) == 301, "closing folds the rest in"


def test_a_project_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    assert not fold_in(tmp_path / "gone.qualcode")
    assert list(tmp_path.iterdir()) == []
