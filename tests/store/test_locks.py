"""A project that is open elsewhere, that disappears, or that finds no room on the disk; and its dated copies."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from qualcode.errors import InUseError, StoreError, VanishedError
from qualcode.model.memo import PROJECT
from qualcode.project.project import Project
from qualcode.store.backups import backup_folder, backups_of, make_backup
from qualcode.store.locks import holder_of, lock_path
from tests.builders import make_project

HOLD = "import sys\nfrom pathlib import Path\nfrom qualcode.project.project import Project\n"
HOLD += "project = Project.open(Path(sys.argv[1]))\nprint('open', flush=True)\nsys.stdin.read()\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as made:
        made.memos.add(PROJECT, "first")
        yield made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with make_project(tmp_path) as made:
        return made.path


def contents(project: Project) -> list[str]:
    return [memo.content for memo in project.memos.all()]


def test_a_second_window_is_told_who_has_the_project(project: Project) -> None:
    with pytest.raises(InUseError) as told:
        Project.open(project.path)
    holder = holder_of(project.path)
    assert holder is not None and holder.process == os.getpid()
    assert holder.user in told.value.message and holder.since in told.value.message
    with Project.open(project.path, read_only=True) as view:
        assert contents(view) == ["first"]
        with pytest.raises(StoreError):
            view.memos.add(PROJECT, "second")


def test_closing_lets_go_and_leaves_nothing_beside_the_project(path: Path) -> None:
    with Project.open(path):
        assert lock_path(path).exists()
    assert holder_of(path) is None
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_another_process_holds_it_until_it_is_killed(path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "open\n"
        with pytest.raises(InUseError):
            Project.open(path)
        other.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
        other.wait()
    assert lock_path(path).exists()  # left behind, and known to be stale
    with Project.open(path) as mine:
        assert contents(mine) == []


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_who_reads_sees_what_is_written_by_another_who_opens_it_later(path: Path) -> None:
    many = [f"{number} {'words ' * 200}" for number in range(100)]
    with Project.open(path, read_only=True) as view:
        assert contents(view) == []
        with Project.open(path) as project:
            for each in many:
                project.memos.add(PROJECT, each)
            project.db.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            assert contents(view) == many
            for memo in project.memos.all()[:90]:
                project.memos.remove(memo.id)
        assert contents(view) == many[90:]
    with Project.open(path, read_only=True) as view:
        with Project.open(path) as project:
            project.undo()
        assert contents(view) == many[89:]


@pytest.mark.parametrize("can_be_read", [True, False])
def test_another_user_who_may_not_write_the_lock_does_not_get_the_project(
    project: Project, monkeypatch: pytest.MonkeyPatch, can_be_read: bool
) -> None:
    really_open = os.open

    def of_another_user(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path) == lock_path(project.path) and (flags & os.O_RDWR or not can_be_read):
            raise PermissionError
        return really_open(path, flags, mode)

    monkeypatch.setattr("os.open", of_another_user)
    with pytest.raises(InUseError):
        Project.open(project.path)


def test_a_lock_that_another_user_left_behind_keeps_nobody_out(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock_path(path).touch()
    really_open = os.open

    def of_another_user(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_RDWR:
            raise PermissionError
        return really_open(path, flags, mode)

    monkeypatch.setattr("os.open", of_another_user)
    with Project.open(path) as project, pytest.raises(InUseError):
        Project.open(project.path)


def test_nothing_is_lost_when_the_file_is_deleted(project: Project) -> None:
    project.path.unlink()
    with pytest.raises(VanishedError):
        project.memos.add(PROJECT, "second")
    assert contents(project) == ["first"]
    project.db.write_again()
    project.memos.add(PROJECT, "second")
    project.undo()
    project.redo()
    project.close()
    with Project.open(project.path) as again:
        assert contents(again) == ["first", "second"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
def test_a_file_that_is_moved_back_is_gone_on_with(project: Project) -> None:
    aside = project.path.with_name("aside.qualcode")
    project.path.rename(aside)
    with pytest.raises(VanishedError):
        project.memos.add(PROJECT, "second")
    aside.rename(project.path)
    project.memos.add(PROJECT, "second")
    assert contents(project) == ["first", "second"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be deleted there")
def test_a_deleted_file_is_written_again_at_the_latest_when_the_project_closes(project: Project) -> None:
    project.path.unlink()
    project.close()
    with Project.open(project.path) as again:
        assert contents(again) == ["first"]


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
def test_another_file_in_its_place_is_not_written_to_and_not_lost(project: Project, tmp_path: Path) -> None:
    other = tmp_path / "old.qualcode"
    with Project.create(other, "Old"):
        pass
    other.replace(project.path)
    with pytest.raises(VanishedError):
        project.memos.add(PROJECT, "second")
    project.db.write_again()
    project.memos.add(PROJECT, "second")
    with Project.open(tmp_path / "test (other).qualcode") as kept:
        assert kept.title == "Old"


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_project_that_finds_no_room_to_be_written_again_leaves_what_lies_there(project: Project) -> None:
    import resource

    project.memos.add(PROJECT, "long " * 100_000)
    moved = project.path.rename(project.path.with_name("moved.qualcode"))
    project.path.write_text("another file")
    told = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(StoreError):
            project.db.write_again()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, told)
    assert project.path.read_text() == "another file"
    assert not list(project.path.parent.glob("*other*")) and not list(project.path.parent.glob("*.partial"))
    moved.unlink()
    project.db.write_again()
    assert len(contents(project)) == 2
    assert (project.path.parent / "test (other).qualcode").read_text() == "another file"


def test_a_full_disk_changes_nothing_and_work_goes_on_when_there_is_room(project: Project) -> None:
    pages = project.db.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    project.db.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    steps = len(project.history())
    with pytest.raises(StoreError, match="full"):
        project.memos.add(PROJECT, "long " * 20_000)
    assert contents(project) == ["first"] and len(project.history()) == steps
    project.db.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    project.memos.add(PROJECT, "long " * 20_000)
    assert len(contents(project)) == 2


@pytest.mark.parametrize("beginning", ["BEGIN", "INSERT", "COMMIT"])
def test_a_statement_that_is_stopped_changes_nothing_and_work_goes_on(project: Project, beginning: str) -> None:
    def stop(_cursor: object, statement: str, *_anything: object) -> None:
        if statement.startswith(beginning):
            raise KeyboardInterrupt

    steps = len(project.history())
    event.listen(project.db._engine, "do_execute", stop)
    with pytest.raises(KeyboardInterrupt):
        project.memos.add(PROJECT, "second")
    event.remove(project.db._engine, "do_execute", stop)
    project.memos.add(PROJECT, "third")
    assert contents(project) == ["first", "third"] and len(project.history()) == steps + 1
    project.undo()
    assert contents(project) == ["first"]


def test_a_project_closes_after_a_statement_that_was_stopped(path: Path) -> None:
    def stop(*_anything: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), Project.open(path) as project:
        event.listen(project.db._engine, "do_execute", stop, once=True)
        contents(project)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_copy_is_made_when_something_changed_since_the_last_one(path: Path) -> None:
    first = make_backup(path)
    assert first is not None and first.parent == backup_folder(path)
    assert make_backup(path) is None
    with Project.open(path):
        pass
    assert make_backup(path) is None  # opening alone changes nothing
    with Project.open(path) as project:
        project.memos.add(PROJECT, "second")
    first.rename(first.with_name(first.name.replace(first.stem[-19:], "2020-01-01 00.00.00")))
    second = make_backup(path)
    assert second is not None and backups_of(path)[0] == second and len(backups_of(path)) == 2
    with Project.open(second, read_only=True) as copy:
        assert contents(copy) == ["second"]


def test_what_an_open_project_has_in_its_log_is_in_the_copy(project: Project) -> None:
    project.memos.add(PROJECT, "second")
    copy = make_backup(project.path)
    assert copy is not None
    with Project.open(copy) as again:
        assert contents(again) == ["first", "second"]


def test_only_the_last_copies_are_kept_and_nothing_else_is_touched(path: Path) -> None:
    folder = backup_folder(path)
    folder.mkdir()
    for year in range(2001, 2006):
        shutil.copy(path, folder / f"test {year}-01-01 00.00.00.qualcode")
    shutil.copy(path, folder / "test before the merge.qualcode")
    newest = make_backup(path, kept=3)
    assert [each.stem[5:9] for each in backups_of(path)[1:]] == ["2005", "2004"]
    assert backups_of(path)[0] == newest
    assert (folder / "test before the merge.qualcode").exists()
    assert make_backup(path, kept=0) is None


def test_a_copy_that_cannot_be_made_is_told_in_a_sentence(path: Path) -> None:
    backup_folder(path).write_text("a file where the folder should be")
    with pytest.raises(StoreError) as told:
        make_backup(path)
    assert told.value.hint
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone()
