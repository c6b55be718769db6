"""What coders settled, from a table of disagreements that they filled in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _
from qualcode.importing.tables import read_tables, sheet_with_data
from qualcode.project.codings_import import REQUIRED, read_codings

if TYPE_CHECKING:
    from qualcode.project.project import Project

APPLIES, NOTE = "applies", "note"
_YES, _NO = ("1", "1.0", "yes", "ja", "true"), ("0", "0.0", "no", "nei", "false")


def settle_from_file(project: Project, path: Path) -> int:
    """Settle the disagreements of a CSV or workbook as `agreement --disagreements` writes it, in one step.

    Rows with 1 in the column `applies` have the code, rows with 0 have not; rows without either stay open. `note` is
    kept. Where a row has a `text`, it must be what stands there.

    Returns:
        how many were settled.

    Raises:
        ImportingError: a column is missing, or any row is wrong; all that is wrong is told and nothing is settled.
    """
    rows = read_codings(project, path)
    file = read_tables(path)
    complete = [table for table in file.tables if set(REQUIRED) <= set(table.header)]
    table = complete[0] if complete else sheet_with_data(file, None)
    if APPLIES not in table.header:
        raise ImportingError(
            _("{file}: there is no column {name!r}.").format(file=path.name, name=APPLIES),
            hint=_("Write 1 where the code applies and 0 where it does not."),
        )
    applies = [cells[table.header.index(APPLIES)].strip().casefold() for cells in table.rows]
    notes = [cells[table.header.index(NOTE)] if NOTE in table.header else "" for cells in table.rows]
    wrong = [
        Problem(
            _("{file}, row {number}").format(file=path.name, number=number),
            _("{name} is neither 1 nor 0.").format(name=APPLIES),
        )
        for value, number in zip(applies, table.row_numbers, strict=True)
        if value and value not in (*_YES, *_NO)
    ]
    if wrong:
        raise ImportingError.from_problems(_("{file} cannot be imported.").format(file=path.name), wrong)
    settled = [
        (row, value in _YES, note.strip()) for row, value, note in zip(rows, applies, notes, strict=True) if value
    ]
    with project.step(_("Settle disagreements")):
        for row, yes, note in settled:
            project.agreement.settle(row.document_id, row.start, row.end, row.code_id, applies=yes, note=note)
    return len(settled)
