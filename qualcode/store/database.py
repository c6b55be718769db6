"""Opens and closes a project file: one SQLite database with its transactions, its version and its journal."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, insert, select
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import StaticPool

from qualcode.errors import StoreError, VanishedError
from qualcode.i18n import _
from qualcode.store import journal
from qualcode.store.file_errors import errors_as_sentences, gone_if_it_fails, nearest_project, remove_file, what_is_one
from qualcode.store.locks import ProjectLock
from qualcode.store.schema import APPLICATION_ID, SCHEMA_VERSION, WATCHED, metadata

REVISION = "0003"
"""The Alembic revision that SCHEMA_VERSION stands for."""

MANY = 200
"""From so many rows on, one entry of the journal stands for all of them."""


class Database:
    """A project file that is open. One thread uses it, the one that opened it.

    Changes are made in `step`; reading needs nothing.
    """

    def __init__(self, path: Path, engine: Engine, *, read_only: bool = False, lock: ProjectLock | None = None) -> None:
        self.path = path
        self.read_only = read_only
        self._lock = lock
        self._file = _identity(path)
        self._engine = engine
        self._seen = _state(path) if read_only else None
        """How the file was when it was opened as one that nobody changes; None if that is not so."""
        self._connection: Connection = engine.connect()
        self.version = 0
        """Raised with each change; what was computed from the tables is valid for one version."""

    @property
    def connection(self) -> Connection:
        """What the tables are read and changed with."""
        if self._seen is not None and _state(self.path) != self._seen:
            self._read_anew()
        return self._connection

    # -- opening ---------------------------------------------------------------------------------------------------

    @classmethod
    def create(cls, path: Path) -> Database:
        """Make a new project file.

        Raises:
            StoreError: the file exists or cannot be made.
        """
        if path.exists():
            raise StoreError(
                _("{path} exists already.").format(path=path), hint=_("Choose another name or move that file away.")
            )
        if not path.parent.is_dir():
            raise StoreError(
                _("There is no folder {folder}.").format(folder=path.parent), hint=_("Make the folder first.")
            )
        with errors_as_sentences(path), gone_if_it_fails(path):
            engine = _engine(path, read_only=False)
            try:
                with engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                    metadata.create_all(connection)
                    connection.exec_driver_sql(
                        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
                        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
                    )
                    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (REVISION,))
                    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
                    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
                    connection.exec_driver_sql("COMMIT")
            finally:
                engine.dispose()
            return cls.open(path)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False) -> Database:
        """Open a project file; one from an older version is copied and then brought up to date.

        Raises:
            InUseError: it is open for writing elsewhere, and is to be written here.
            StoreError: missing, no project, damaged, or made by a newer version.
        """
        if not path.is_file():
            raise StoreError(_("There is no project {path}.").format(path=path), hint=nearest_project(path))
        lock = None if read_only else ProjectLock.take(path)
        try:
            return cls._open(path, read_only=read_only, lock=lock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    @classmethod
    def _open(cls, path: Path, *, read_only: bool, lock: ProjectLock | None) -> Database:
        with errors_as_sentences(path):
            version = _version_of(path)
            if version > SCHEMA_VERSION:
                raise StoreError(
                    _("{path} was made by a newer version of Qualcode.").format(path=path),
                    hint=_("Update Qualcode to open it; the file has not been changed."),
                )
            if version < SCHEMA_VERSION:
                held = ProjectLock.take(path) if lock is None else None  # it is written although it is only to be read
                try:
                    _bring_up_to_date(path, version)
                finally:
                    if held is not None:
                        held.release()
            database = cls(path, _engine(path, read_only=read_only), read_only=read_only, lock=lock)
            if not read_only:
                database.connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                journal.install(database.connection)
            return database

    def close(self) -> None:
        """Write everything into the one file and let it go."""
        if self._connection.closed:
            return
        if not self.read_only:
            if self.has_vanished:
                with contextlib.suppress(StoreError):
                    self.write_again()
            self._revive()
            with contextlib.suppress(DatabaseError):
                self.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()
        self._engine.dispose()
        if self._lock is not None:
            self._lock.release()

    def discard(self) -> None:
        """Close a file that was made for nothing, and delete it."""
        try:
            self.close()
        finally:
            remove_file(self.path)

    def _read_anew(self) -> None:
        """Somebody opened the file for writing since it was opened here: mind what they change, or read nonsense."""
        if self.has_vanished:
            return  # what is open stays readable
        seen = _state(self.path)
        self._connection.close()
        self._engine.dispose()
        with errors_as_sentences(self.path):
            self._engine = _engine(self.path, read_only=True)
            self._connection = self._engine.connect()
        self._seen = seen
        self.version += 1

    # -- a file that is gone ---------------------------------------------------------------------------------------

    @property
    def has_vanished(self) -> bool:
        """Whether the file was deleted, moved, or replaced by another since it was opened."""
        return _identity(self.path) != self._file

    def write_again(self) -> None:
        """Put the project, as it stands here, back where its file was; what lies there now is kept beside it.

        Raises:
            StoreError: the folder is gone too, or cannot be written.
        """
        aside = self.path.with_name(f"{self.path.stem} (other){self.path.suffix}")
        number = 2
        while aside.exists():
            aside = self.path.with_name(f"{self.path.stem} (other {number}){self.path.suffix}")
            number += 1
        unfinished = self.path.with_suffix(".partial")
        try:
            unfinished.unlink(missing_ok=True)
            with errors_as_sentences(self.path), gone_if_it_fails(unfinished):
                self.connection.exec_driver_sql("VACUUM INTO ?", (str(unfinished),))
            if self.path.exists():
                self.path.rename(aside)
            for ending in ("-wal", "-shm"):
                self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            unfinished.replace(self.path)
        except OSError as error:
            raise StoreError(
                _("{path} cannot be opened or written.").format(path=self.path),
                hint=_("Check that you may write to that folder."),
            ) from error
        self._connect_again()

    def _connect_again(self) -> None:
        """Go on with the file that is there now."""
        self.connection.close()
        self._engine.dispose()
        with errors_as_sentences(self.path):
            self._engine = _engine(self.path, read_only=False)
            self._connection = self._engine.connect()
            self.connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            journal.install(self.connection)
        self._file = _identity(self.path)
        if self._lock is not None:
            self._lock.release()
        self._lock = ProjectLock.take(self.path)

    def _check_there(self) -> None:
        """What is written to a file that was deleted is lost with it: so nothing is, until it is back.

        Raises:
            VanishedError: the file is gone, or another one lies in its place.
        """
        if not self.has_vanished:
            return
        if self.path.exists():
            sentence = _("Another file lies now where {path} was.")
        else:
            sentence = _("{path} is no longer there: it was moved, renamed or deleted, or its drive is gone.")
        raise VanishedError(
            sentence.format(path=self.path),
            hint=_("Nothing is lost as long as this window is open. Put the file back, or let it be written again."),
        )

    # -- changing --------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an exception takes everything back."""
        if self.read_only:
            raise StoreError(_("This project is open for reading only."))
        self._check_there()
        with errors_as_sentences(self.path):
            self._revive()
            self.connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.exec_driver_sql("COMMIT")
            except BaseException:
                self._take_back()
                self.version += 1  # what was computed inside is of nothing any longer
                raise
            self.version += 1

    def _take_back(self) -> None:
        if self._connection.invalidated:  # which ended the transaction
            self._revive()
            return
        # SQLite has rolled back by itself after some errors (a full disk): then there is nothing to take back.
        with contextlib.suppress(OperationalError):
            self._connection.exec_driver_sql("ROLLBACK")

    def _revive(self) -> None:
        """Connect again where Ctrl+C came inside a statement: SQLAlchemy closes the connection then."""
        if self._connection.invalidated:
            self._connection.rollback()
            journal.install(self._connection)

    def insert_many(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Insert rows that all have the same columns."""
        if rows:
            self.insert_rows(table, list(rows[0]), (tuple(row.values()) for row in rows))

    def insert_rows(self, table: Table, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert plain tuples in the order of `columns`, straight through the driver: twice as fast as by dicts."""
        rows = list(rows)
        if not rows:
            return
        statement = str(insert(table).compile(self._engine, column_keys=list(columns)))
        if len(rows) < MANY or table not in WATCHED or not self._come_last(table, columns, rows):
            self.connection.exec_driver_sql(statement, rows)
            return
        with journal.inserting_many(self.connection, table):
            self.connection.exec_driver_sql(statement, rows)

    def _come_last(self, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> bool:
        """Whether rows get ids after all that are there: without an id of their own, SQLite counts on."""
        if "id" not in columns:
            return True
        at = list(columns).index("id")
        first = self.next_id(table)
        return [row[at] for row in rows] == list(range(first, first + len(rows)))

    def next_id(self, table: Table) -> int:
        """The first id that is free at the end of a table; valid inside the running transaction."""
        return int(self.connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()) + 1


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one that takes its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _state(path: Path) -> tuple[int, int, int] | None:
    """What tells that a file was changed that nobody has open; None while somebody has."""
    if path.with_name(path.name + "-wal").exists():
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _engine(path: Path, *, read_only: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(_address(path, read_only=read_only), uri=True, isolation_level=None, timeout=5)

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=StaticPool, isolation_level="AUTOCOMMIT", hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA cache_size = -65536")

    return engine


def _address(path: Path, *, read_only: bool) -> str:
    mode = "ro" if read_only else "rwc"
    if read_only and not path.with_name(path.name + "-wal").exists():
        mode += "&immutable=1"  # nobody has it open: then reading leaves no files beside it
    return f"{path.absolute().as_uri()}?mode={mode}"


def settle(path: Path) -> None:
    """Bring a project file that may be replaced or copied into one piece; one that is missing or no project is let be.

    Without this, what an earlier session left in the log beside the file would be read into the file that takes its
    place.

    Raises:
        StoreError: the project is open somewhere.
    """
    if not path.is_file():
        return
    connection = sqlite3.connect(path, timeout=1)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as error:
        raise StoreError(
            _("{path} is open in another window or program.").format(path=path),
            hint=_("Close it there first, or choose another place."),
        ) from error
    except sqlite3.DatabaseError:  # it is no database: nothing of it is in a log
        pass
    finally:
        connection.close()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _version_of(path: Path) -> int:
    connection = sqlite3.connect(_address(path, read_only=True), uri=True)
    try:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreError(_("{path} is not a Qualcode project.").format(path=path), hint=what_is_one())
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
    finally:
        connection.close()


def _bring_up_to_date(path: Path, version: int) -> None:
    """Copy an older file beside itself, then migrate it; a failed migration puts the copy back."""
    copy = path.with_name(f"{path.stem}.before-version-{SCHEMA_VERSION}{path.suffix}")
    number = 2
    while copy.exists():
        copy = path.with_name(f"{path.stem}.before-version-{SCHEMA_VERSION} ({number}){path.suffix}")
        number += 1
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    try:
        shutil.copy2(path, copy)
    except OSError as error:
        with contextlib.suppress(OSError):
            copy.unlink()
        raise StoreError(
            _("No copy of {name} could be made in {folder}.").format(name=path.name, folder=path.parent.name),
            hint=_("Free some space, or check that you may write there; the project itself is as it was."),
        ) from error
    from qualcode.store.migrations import migrate

    engine = _engine(path, read_only=False)
    try:
        with engine.connect() as open_connection:
            migrate(open_connection)
            open_connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    except BaseException:
        engine.dispose()
        shutil.copy2(copy, path)
        raise
    finally:
        engine.dispose()
