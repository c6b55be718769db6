"""Brings project files of older versions up to date; Alembic is imported only here, and only when one is opened."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection


def migrate(connection: Connection, *, to: str = "head", scripts: Path | None = None) -> None:
    """Run the migrations that a project file has not seen yet, all or none.

    Args:
        connection: an open connection to the file, in no transaction.
        to: the Alembic revision to stop at.
        scripts: folder with `env.py` and `versions`; this package's own unless a test brings another.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts or Path(__file__).parent))
    config.attributes["connection"] = connection
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        command.upgrade(config, to)
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")
