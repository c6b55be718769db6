"""A project file: what it refuses, what it keeps, and how it grows older."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import Inspector, create_engine, inspect

from qualcode.errors import InUseError, StoreError
from qualcode.project.project import Project
from qualcode.store import database
from qualcode.store.database import Database, settle
from qualcode.store.migrations import migrate
from qualcode.store.schema import SCHEMA_VERSION
from tests.builders import add_session, make_project

NEXT = SCHEMA_VERSION + 1
SAID = [("A", "It costs too much.")]


def test_a_newer_file_is_refused_in_one_sentence_and_not_changed(tmp_path: Path) -> None:
    make_project(tmp_path).close()
    path = tmp_path / "test.qualcode"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer version") as error:
        Project.open(path)
    assert "Update" in error.value.hint
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"not a database at all, but long enough to be looked at " * 40])
def test_what_is_no_project_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.qualcode"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a Qualcode project"):
        Project.open(path)
    assert path.read_bytes() == content


def test_a_missing_file_and_an_existing_one_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no project"):
        Project.open(tmp_path / "missing.qualcode")
    make_project(tmp_path).close()
    with pytest.raises(StoreError, match="exists already"):
        Project.create(tmp_path / "test.qualcode")
    with pytest.raises(StoreError, match="no folder"):
        Project.create(tmp_path / "nowhere" / "test.qualcode")


def test_a_closed_project_is_one_file(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        add_session(project, "Team", SAID, {"A": "Leaders"})
    assert [path.name for path in tmp_path.iterdir()] == ["test.qualcode"]


def test_write_ahead_log_and_foreign_keys_are_on(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        pragma = project.db.connection.exec_driver_sql
        assert pragma("PRAGMA journal_mode").scalar() == "wal"
        assert pragma("PRAGMA foreign_keys").scalar() == 1


def test_an_older_file_is_copied_before_it_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path).close()
    path = tmp_path / "test.qualcode"
    old = path.read_bytes()
    monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)
    Database.open(path).close()
    (copy,) = tmp_path.glob("test.before-version-*.qualcode")
    assert copy.read_bytes() == old
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA user_version").fetchone() == (NEXT,)
    connection.close()


def test_an_older_file_that_somebody_has_open_is_not_migrated_by_who_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with make_project(tmp_path) as project:
        monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)
        with pytest.raises(InUseError):
            Database.open(project.path, read_only=True)
        assert not list(tmp_path.glob("*before-version*"))
    Database.open(tmp_path / "test.qualcode", read_only=True).close()
    assert len(list(tmp_path.glob("*before-version*"))) == 1


def test_an_older_file_that_cannot_be_copied_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path).close()
    path = tmp_path / "test.qualcode"
    old = path.read_bytes()

    def half(_source: Path, target: Path) -> None:
        target.write_bytes(old[:1000])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr("shutil.copy2", half)
    with pytest.raises(StoreError, match="No copy"):
        Database.open(path)
    assert path.read_bytes() == old
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path).close()
    path = tmp_path / "test.qualcode"
    old = path.read_bytes()

    def broken(*_arguments: object) -> None:
        raise RuntimeError("a migration broke")

    monkeypatch.setattr(database, "SCHEMA_VERSION", NEXT)
    monkeypatch.setattr("qualcode.store.migrations.migrate", broken)
    with pytest.raises(RuntimeError):
        Database.open(path)
    assert path.read_bytes() == old


def test_a_project_of_the_last_release_opens_with_its_numbers_and_its_history(tmp_path: Path) -> None:
    kept = Path(__file__).parents[1] / "data" / "old_projects" / "0.1-schema-1.qualcode"
    path = tmp_path / "old.qualcode"
    path.write_bytes(kept.read_bytes())
    with Project.open(path) as project:
        table = project.reports.theme_table().set_index(["group", "theme"])
        assert list(table.loc[("(all)", "systems"), ["codings", "respondents", "answering"]]) == [2, 2, 4]
        assert list(table.loc[("leader", "plan"), ["codings", "respondents", "answering"]]) == [1, 1, 1]
        names = [step.name for step in project.history()]
        for _each in names:
            project.undo()
        assert project.documents.all() == []
        for _each in names:
            project.redo()
        again = project.reports.theme_table().set_index(["group", "theme"])
        assert again.equals(table)
    assert (tmp_path / f"old.before-version-{SCHEMA_VERSION}.qualcode").read_bytes() == kept.read_bytes()


def test_themes_of_an_older_project_keep_the_marks_that_they_were_drawn_with(tmp_path: Path) -> None:
    """Made by version 2: Walls, Work, Water as themes and Door moved out of Walls, which shifted none of the others."""
    kept = Path(__file__).parents[1] / "data" / "old_projects" / "0.1-schema-2.qualcode"
    path = tmp_path / "old.qualcode"
    path.write_bytes(kept.read_bytes())
    with Project.open(path) as project:
        marks = {code.key: code.mark for code in project.codebook.current().codes}
        assert marks == {"walls": 0, "work": 1, "water": 2, "door": 3}
        while project.undo_name:
            project.undo()
            now = {code.key: code.mark for code in project.codebook.current().codes}
            assert now == {key: marks[key] for key in now}


def test_the_migrations_make_the_same_tables_as_the_schema(tmp_path: Path) -> None:
    make_project(tmp_path).close()
    migrated = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}", isolation_level="AUTOCOMMIT")
    with migrated.connect() as connection:
        migrate(connection)
    created = create_engine(f"sqlite:///{tmp_path / 'test.qualcode'}")
    try:
        assert _shape(inspect(migrated)) == _shape(inspect(created))
    finally:
        migrated.dispose()
        created.dispose()


def _shape(inspector: Inspector) -> dict[str, object]:
    """Columns, indexes, references and unique constraints of each table."""
    described: dict[str, object] = {}
    for table in inspector.get_table_names():
        described[table] = (
            [(c["name"], str(c["type"]), c["nullable"], c.get("primary_key")) for c in inspector.get_columns(table)],
            sorted((str(i["name"]), tuple(map(str, i["column_names"]))) for i in inspector.get_indexes(table)),
            sorted(
                (tuple(key["constrained_columns"]), key["referred_table"], str(key.get("options")))
                for key in inspector.get_foreign_keys(table)
            ),
            sorted(tuple(unique["column_names"]) for unique in inspector.get_unique_constraints(table)),
        )
    return described


def test_respondents_words_stay_out_of_database_errors(tmp_path: Path) -> None:
    with make_project(tmp_path) as project:
        secret = "a very private sentence"
        with pytest.raises(Exception, match="outside a step") as error, project.db.transaction():
            project.db.connection.exec_driver_sql("INSERT INTO session (name) VALUES (?)", (secret,))
        assert secret not in str(error.value)


@pytest.mark.skipif(os.name == "nt", reason="needs a signal that ends a process at once")
def test_a_kill_loses_nothing_that_was_done(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        from tests.builders import make_project
        project = make_project(Path(sys.argv[1]))
        project.codebook.add("Kept")
        with project.step("Half done"):
            project.codebook.add("Lost")
            os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == -signal.SIGKILL
    with Project.open(tmp_path / "test.qualcode") as project:
        assert [code.name.plain for code in project.codebook.current().codes][-1] == "Kept"
        assert project.undo() == "Add code"


def test_reading_leaves_nothing_beside_the_file(tmp_path: Path) -> None:
    make_project(tmp_path).close()
    with Project.open(tmp_path / "test.qualcode", read_only=True) as project:
        assert project.codebook.current().codes
        with pytest.raises(StoreError, match="reading only"):
            project.codebook.add("More")
    assert [path.name for path in tmp_path.iterdir()] == ["test.qualcode"]


def test_a_file_that_is_open_is_not_settled_and_a_killed_one_is(tmp_path: Path) -> None:
    path = tmp_path / "test.qualcode"
    with make_project(tmp_path), pytest.raises(StoreError, match="open in another"):
        settle(path)
    make_left_over_log(path)
    assert path.with_name("test.qualcode-wal").exists()
    settle(path)
    assert [each.name for each in tmp_path.iterdir()] == ["test.qualcode"]
    with Project.open(path) as project:
        assert [code.name.plain for code in project.codebook.current().codes][-1] == "Kept"
    settle(tmp_path / "missing.qualcode")


def make_left_over_log(path: Path) -> None:
    """Leave a project as a kill leaves it: with changes in the log beside it."""
    with Project.open(path) as project:
        project.codebook.add("Kept")
        left = {name: path.with_name(name).read_bytes() for name in (path.name, f"{path.name}-wal")}
    for name, content in left.items():
        path.with_name(name).write_bytes(content)
