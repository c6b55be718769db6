"""Reads SQLite databases of other tools as hostile files: read-only, plain tables only, nothing in them is run."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from qualcode.errors import ImportingError
from qualcode.i18n import _
from qualcode.importing.archives import hostile
from qualcode.importing.encodings import check_file

LARGEST_DATABASE = 500_000_000  # bytes
LARGEST_CELL = 100_000_000  # bytes
LARGEST_READ = 400_000_000  # characters of all cells together
MOST_STEPS = 3_000_000_000  # of SQLite's machine: a query over a table of a million rows takes some ten millions
_STEPS_BETWEEN = 100_000
_MARK = b"SQLite format 3\0"

Row = dict[str, Any]


def is_sqlite(path: Path) -> bool:
    """Whether a file begins like an SQLite database; False if it cannot be read."""
    try:
        with path.open("rb") as opened:
            return opened.read(len(_MARK)) == _MARK
    except (OSError, ValueError):
        return False


class ForeignTables:
    """The tables of a database."""

    def __init__(self, connection: sqlite3.Connection, file: str) -> None:
        self._connection = connection
        self._file = file
        self._n_read = 0
        found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        self.names = {str(name) for name, sql in found if not str(sql).upper().startswith("CREATE VIRTUAL")}

    def columns(self, table: str) -> list[str]:
        """The columns of a table; none if there is no such table."""
        if table not in self.names:
            return []
        cursor = self._connection.execute(f"SELECT * FROM {_quoted(table)} LIMIT 0")
        return [str(column[0]) for column in cursor.description]

    def rows(self, table: str, columns: Sequence[str]) -> list[Row]:
        """All rows of a table; a column that the table does not have is None in each, a missing table has no rows.

        Raises:
            ImportingError: more than the bounds of this module.
        """
        there = [column for column in columns if column in self.columns(table)]
        if not there:
            return []
        found: list[Row] = []
        query = f"SELECT {', '.join(_quoted(column) for column in there)} FROM {_quoted(table)}"
        for cells in self._connection.execute(query):
            self._n_read += 64 + sum(len(cell) for cell in cells if isinstance(cell, (str, bytes)))
            if self._n_read > LARGEST_READ:
                raise hostile(self._file, _("it unpacks to more than {n} MB").format(n=LARGEST_READ // 1_000_000))
            found.append(dict.fromkeys(columns) | dict(zip(there, cells, strict=True)))
        return found


@contextmanager
def foreign_tables(path: Path) -> Iterator[ForeignTables]:
    """The tables of a database file, which is never written to, not even beside it.

    Raises:
        ImportingError: missing, too large, no database, damaged, open elsewhere, or with a schema that runs code.
    """
    check_file(path, LARGEST_DATABASE)
    if not is_sqlite(path):
        raise ImportingError(
            _("{file} is no database, or it is protected by a password.").format(file=path.name),
            hint=_("Export the project again, or take the password off."),
        )
    waiting = path.with_name(path.name + "-wal")
    with contextlib.suppress(OSError):
        if waiting.exists() and waiting.stat().st_size:
            raise ImportingError(
                _("{file} is open in another program, or was not closed properly.").format(file=path.name),
                hint=_("Close the project there first."),
            )
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            _guard(connection)
            yield ForeignTables(connection, path.name)
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: names in the schema that are no text
        if any(sign in str(error) for sign in ("interrupted", "authorized", "prohibited", "too big")):
            raise hostile(path.name, _("its tables would run code or fill the memory")) from error
        raise ImportingError(
            _("{file} is damaged: its tables cannot be read.").format(file=path.name),
            hint=_("Open it in the program that made it and save it anew."),
        ) from error


def _guard(connection: sqlite3.Connection) -> None:
    """Let the connection read plain columns and nothing else."""
    n_steps = 0

    def stop_when_endless() -> int:
        nonlocal n_steps
        n_steps += _STEPS_BETWEEN
        return int(n_steps > MOST_STEPS)

    def only_reading(action: int, *_about: object) -> int:
        return sqlite3.SQLITE_OK if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ) else sqlite3.SQLITE_DENY

    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_CELL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_progress_handler(stop_when_endless, _STEPS_BETWEEN)
    connection.set_authorizer(only_reading)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def text_in(row: Row, column: str) -> str:
    """A cell as text; "" where it is empty."""
    value = row.get(column)
    return "" if value is None else str(value)


def number_in(row: Row, column: str) -> int | None:
    """A cell as a whole number; None where it is none."""
    value = row.get(column)
    try:
        return None if value is None or isinstance(value, bytes) else int(value)
    except (ValueError, OverflowError):
        return None
