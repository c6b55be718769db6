"""Codings from a table: all rows or none, each checked against the text that it quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError, Problem, QualcodeError
from qualcode.exporting.csv_tables import unguard
from qualcode.i18n import _, collapsed, did_you_mean, ngettext
from qualcode.importing.report import Table
from qualcode.importing.tables import read_tables, sheet_with_data
from qualcode.model.segment import Origin
from qualcode.store import documents, segments, suggestions
from qualcode.store.schema import segment

if TYPE_CHECKING:
    from qualcode.project.project import Project

REQUIRED = ("document", "start", "end", "code")
DEFAULT_CODER = "imported"
_MOST_TOLD = 50
_MOST_RUNS = 5


@dataclass(frozen=True, slots=True)
class ImportedCodings:
    """What came in: rows of the table, and segments that are new."""

    n_rows: int
    n_new: int


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One row of a table of codings, with the project's ids for names."""

    document_id: int
    start: int
    end: int
    code_id: int
    coder: str
    origin: Origin
    rule: str
    evidence: str
    score: float


def import_codings(project: Project, path: Path) -> ImportedCodings:
    """Add the codings of a CSV or workbook; a coding that is there already stays as it is.

    Columns `document, start, end, code` are required; `text`, `coder`, `origin`, `rule`, `evidence` and `score` are
    used where they stand, all others are left aside. Rows that differ only in the respondent are one segment. A
    suggestion that waits for a decision on the same span and code is accepted by the coder of the row, so that it is
    not counted twice.

    Raises:
        ImportingError: a column is missing, or any row is wrong; all that is wrong is told and nothing is added.
    """
    return write_codings(project, read_codings(project, path))


def write_codings(project: Project, rows: Sequence[CodingRow]) -> ImportedCodings:
    """Add what `read_codings` gave, in one step; no document or code may have gone since."""
    with project.step(_("Import codings")):
        n_new = _write(project, rows)
    return ImportedCodings(len(rows), n_new)


def read_codings(project: Project, path: Path) -> list[CodingRow]:
    """The rows of a table of codings, each checked against the project; nothing is written.

    Raises:
        ImportingError: a column is missing, or any row is wrong; all that is wrong is told.
    """
    file = read_tables(path)
    complete = [table for table in file.tables if set(REQUIRED) <= set(table.header)]
    table = complete[0] if complete else sheet_with_data(file, None)
    missing = [column for column in REQUIRED if column not in table.header]
    if missing:
        raise ImportingError.from_problems(
            _("{file} cannot be imported.").format(file=path.name),
            [
                Problem(
                    path.name, _("There is no column {name!r}.").format(name=name), did_you_mean(name, table.header)
                )
                for name in missing
            ],
        )
    rows, wrong = _Reader(project, table).read()
    if wrong:
        n_wrong = sum(map(len, wrong.values()))
        shown = [Problem(_place(path.name, numbers), *said) for said, numbers in list(wrong.items())[:_MOST_TOLD]]
        rest = sum(map(len, list(wrong.values())[_MOST_TOLD:]))
        if rest:
            more = ngettext("{n} more row is wrong.", "{n} more rows are wrong.", rest)
            shown.append(Problem(path.name, more.format(n=rest)))
        raise ImportingError.from_problems(
            ngettext(
                "{file} was not imported: {n} row is wrong.",
                "{file} was not imported: {n} rows are wrong.",
                n_wrong,
            ).format(file=path.name, n=n_wrong),
            shown,
        )
    return rows


def _place(file: str, numbers: Sequence[int]) -> str:
    """A file and rows in it, those that follow each other as from one to another: `codings.csv, rows 2–5, 9`."""
    if len(numbers) == 1:
        return _("{file}, row {number}").format(file=file, number=numbers[0])
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:_MOST_RUNS]]
    shown = ", ".join(told) + (" …" if len(runs) > _MOST_RUNS else "")
    return _("{file}, rows {numbers}").format(file=file, numbers=shown)


class _Reader:
    """Checks each row of a table against the project."""

    def __init__(self, project: Project, table: Table) -> None:
        self._project = project
        self._table = table
        self._documents = documents.ids_by_name(project.db)
        self._collapsed = {collapsed(name): name for name in self._documents}
        self._codes: dict[str, int] = {}
        self._texts: dict[int, str] = {}
        self._column = {name: position for position, name in enumerate(table.header)}

    def read(self) -> tuple[list[CodingRow], dict[tuple[str, str], list[int]]]:
        """The rows, and the numbers of those that are wrong by what is to be said of them: a message and a hint."""
        named = {self._document(row) for row in self._table.rows}
        ids = sorted({self._documents[name] for name in named if name in self._documents})
        self._texts = dict(documents.contents(self._project.db, ids))
        rows: list[CodingRow] = []
        wrong: dict[tuple[str, str], list[int]] = {}
        for cells, number in zip(self._table.rows, self._table.row_numbers, strict=True):
            try:
                rows.append(self._row(cells))
            except QualcodeError as error:
                wrong.setdefault((error.message, error.hint), []).append(number)
        return rows, wrong

    def _cell(self, cells: Sequence[str], name: str) -> str:
        position = self._column.get(name)
        return "" if position is None else unguard(cells[position])

    def _document(self, cells: Sequence[str]) -> str:
        """The document that a row names; headers in it are compared as everywhere, white space collapsed."""
        name = self._cell(cells, "document")
        return name if name in self._documents else self._collapsed.get(collapsed(name), name)

    def _row(self, cells: Sequence[str]) -> CodingRow:
        name = self._document(cells)
        if name not in self._documents:
            raise ImportingError(
                _("There is no document {name!r} in the project.").format(name=name),
                hint=did_you_mean(name, self._documents),
            )
        document_id = self._documents[name]
        text = self._texts[document_id]
        start, end = self._position(cells, "start"), self._position(cells, "end")
        if not 0 <= start < end <= len(text):
            raise ImportingError(
                _("Positions {start} to {end} do not lie in the text, which has {n} characters.").format(
                    start=start, end=end, n=len(text)
                ),
                hint=_("Positions count characters from 0; `end` is one past the last."),
            )
        self._check_quotation(cells, text[start:end])
        return CodingRow(
            document_id,
            start,
            end,
            self._code(self._cell(cells, "code")),
            self._cell(cells, "coder").strip() or DEFAULT_CODER,
            self._origin(self._cell(cells, "origin").strip()),
            self._cell(cells, "rule"),
            self._cell(cells, "evidence"),
            self._score(self._cell(cells, "score").strip()),
        )

    def _position(self, cells: Sequence[str], name: str) -> int:
        value = self._cell(cells, name).strip()
        try:
            return int(value)
        except ValueError:
            raise ImportingError(_("{name} is not a whole number.").format(name=name)) from None

    def _score(self, value: str) -> float:
        if not value:
            return 1.0
        try:
            score = float(value.replace(",", "."))
        except ValueError:
            score = -1.0
        if not 0 <= score <= 1:
            raise ImportingError(_("score is not a number from 0 to 1."))
        return score

    def _check_quotation(self, cells: Sequence[str], stands: str) -> None:
        position = self._column.get("text")
        if position is None or cells[position] == "":
            return
        if stands not in (unguard(cells[position]), cells[position]):
            raise ImportingError(
                _("The text of this row differs from what stands at that place in the document."),
                hint=_("Check start and end, and that the document is the version that was coded."),
            )

    def _code(self, name: str) -> int:
        if name not in self._codes:
            self._codes[name] = self._project.codebook.by_key_or_name(name).id
        return self._codes[name]

    def _origin(self, name: str) -> Origin:
        if not name:
            return Origin.IMPORTED
        try:
            return Origin(name)
        except ValueError:
            raise ImportingError(
                _("There is no origin {name!r}.").format(name=name),
                hint=did_you_mean(name, [origin.value for origin in Origin]),
            ) from None


def _write(project: Project, rows: Sequence[CodingRow]) -> int:
    db = project.db
    coders = {name: segments.coder_for(db, name).id for name in dict.fromkeys(row.coder for row in rows)}
    known = segments.keys(db)

    def new() -> Iterator[tuple[object, ...]]:
        for row in rows:
            key = (row.document_id, row.start, row.end, row.code_id, coders[row.coder])
            if key not in known:
                known.add(key)
                yield (*key, row.origin.value, None)

    added = list(new())
    db.insert_rows(segment, segments.COLUMNS, added)
    suggestions.keep_reasons(
        db,
        [
            (row.document_id, row.start, row.end, row.code_id, row.rule, row.evidence, row.score)
            for row in rows
            if row.rule
        ],
    )
    suggestions.settle_by_segments(db)
    return len(added)


def summary_sentence(imported: ImportedCodings) -> str:
    """What an import of codings did, for a user."""
    read = ngettext("{n} row read", "{n} rows read", imported.n_rows).format(n=imported.n_rows)
    return f"{read}, " + ngettext("{n} new segment.", "{n} new segments.", imported.n_new).format(n=imported.n_new)
