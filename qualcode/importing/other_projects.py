"""Which files are projects of other tools, and which reader reads each."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qualcode.errors import ImportingError
from qualcode.i18n import _
from qualcode.importing.project_parts import ForeignProject
from qualcode.importing.qualcoder_project import (
    DATABASE,
    is_qualcoder,
    qualcoder_database,
    read_qualcoder_project,
    read_rqda_project,
)
from qualcode.importing.quotation_tables import is_quotation_table, read_quotation_table
from qualcode.importing.reference_reports import is_reference_report, read_reference_report
from qualcode.importing.refi_project import read_refi_project
from qualcode.importing.rqda_project import is_rqda
from qualcode.importing.sqlite_files import foreign_tables, is_sqlite
from qualcode.importing.taguette_exports import is_taguette_export, read_taguette_export
from qualcode.importing.taguette_project import project_names, read_taguette_project

REFI_ENDINGS = (".qdpx", ".qde")
DATABASE_ENDINGS = (".sqlite3", ".sqlite", ".db", ".qda", ".rqda")
_CODINGS = frozenset(("document", "start", "end", "code"))
_LONGEST_HEADER = 10_000  # bytes
PROJECT_ENDINGS = (*REFI_ENDINGS, *DATABASE_ENDINGS)
"""Endings that are always a project of another tool."""


def is_other_project(path: Path) -> bool:
    """Whether a path is a project of another tool, by its ending and, where that says nothing, by what is in it."""
    try:
        if path.is_dir():
            return path.suffix.lower() == ".qda" or (path / DATABASE).is_file()
    except (OSError, ValueError):
        return False
    if path.suffix.lower() in PROJECT_ENDINGS or is_taguette_export(path):
        return True
    return is_reference_report(path) or (not is_codings_table(path) and is_quotation_table(path))


def is_whole_project(path: Path) -> bool:
    """Whether a path is a project of another tool with its texts, not a part of one that goes with texts here."""
    return is_other_project(path) and (path.is_dir() or path.suffix.lower() in PROJECT_ENDINGS)


def is_codings_table(path: Path) -> bool:
    """Whether a file of separated values has the columns of a table of codings; False if it cannot be read."""
    if path.suffix.lower() not in (".csv", ".tsv"):
        return False
    try:
        with path.open("rb") as opened:
            head = opened.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return False
    return set(re.findall(r"\w+", head)) >= _CODINGS


def projects_in(path: Path) -> list[str]:
    """The names of the projects that a file holds, where it is of a kind that can hold several; else none."""
    is_database = path.suffix.lower() in DATABASE_ENDINGS and not path.is_dir()
    return project_names(path) if is_database else []


def read_other_project(path: Path, part: str = "") -> ForeignProject:
    """The project in a file or folder.

    Args:
        path: see `is_other_project`.
        part: the name of the project, where a file holds several.

    Raises:
        ImportingError: it cannot be used, or it holds several projects and none was named.
    """
    suffix = path.suffix.lower()
    if suffix in REFI_ENDINGS and not path.is_dir():
        return read_refi_project(path)
    if suffix not in PROJECT_ENDINGS and not path.is_dir():
        return _part_reader(path)(path)
    if path.is_dir() and not (path / DATABASE).is_file():
        raise ImportingError(
            _("{file} is a folder without {database}.").format(file=path.name, database=DATABASE),
            hint=_("Name the folder of a QualCoder project, whose name ends in .qda."),
        )
    database = qualcoder_database(path)
    if is_sqlite(database):
        with foreign_tables(database) as tables:
            of_qualcoder, of_rqda = is_qualcoder(tables), is_rqda(tables)
        if of_qualcoder:
            return read_qualcoder_project(path)
        if of_rqda:
            return read_rqda_project(path)
    return read_taguette_project(database, part)


def _part_reader(path: Path) -> Callable[[Path], ForeignProject]:
    """The reader of a file that holds codings of texts that are elsewhere."""
    if is_taguette_export(path):
        return read_taguette_export
    return read_reference_report if is_reference_report(path) else read_quotation_table
