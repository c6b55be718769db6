"""The log beside a project file, folded into it by somebody else than who writes."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from sqlalchemy import Connection

_PAGES = 50_000
"""Pages in the log from which on who writes folds them in after all: about 200 MB."""


def leave_to_others(connection: Connection) -> None:
    """SQLite folds the log into the file when a step ends, and who made it waits for that; from now on it does not.

    Args:
        connection: to a project; somebody has to call `fold_in` from time to time.
    """
    connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {_PAGES}")


def fold_in(path: Path) -> bool:
    """Fold the log of a project into its file as far as nobody reads it; nobody waits for that meanwhile.

    Returns:
        whether all of it is in the file now; a later call may have more luck.
    """
    with contextlib.suppress(sqlite3.Error), contextlib.closing(_connected(path)) as connection:
        is_busy, n_in_log, n_folded = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return not is_busy and n_in_log == n_folded
    return False


def _connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=0)
