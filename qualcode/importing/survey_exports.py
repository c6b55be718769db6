"""Knows the exports of survey services whose tables need more than a header row: SurveyXact and Qualtrics."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, collapsed
from qualcode.importing.code_books import code_book_beside, with_code_book
from qualcode.importing.report import KnownColumn
from qualcode.importing.sheets import RawSheet, RawTableFile

_STRUCTURE = frozenset(("questionname", "variablename", "questiontype", "questiontext"))
_DATASET = re.compile(r"dataset(?:\s*\(\d+\))?", re.IGNORECASE)
_IMPORT_ID = re.compile(r'\s*\{"?ImportId"?\s*:', re.IGNORECASE)

Labels = Mapping[tuple[str, str], str]


def with_questions(path: Path, raw: RawTableFile, read: Callable[[Path], RawTableFile]) -> RawTableFile:
    """A dataset of SurveyXact with its questions as headers and its labels in place of codes; others as they are.

    SurveyXact exports a workbook with the sheets Dataset, Structure and Labels, or three files of these names; from a
    folder the two others are read too.

    Args:
        path: the file that `raw` was read from.
        raw: its sheets.
        read: reads another file the same way.

    Raises:
        ImportingError: the file is one of the two that only explain the dataset.
    """
    if len(raw.sheets) > 1:
        return with_code_book(path, _of_workbook(path.name, raw), read)
    stem = path.stem.lower()
    if raw.sheets and stem in ("structure", "labels") and _sibling(path, "dataset"):
        raise ImportingError(
            _("{file} explains a survey and holds no answers.").format(file=path.name),
            hint=_("Import {dataset}; this file is read along with it.").format(dataset=f"dataset{path.suffix}"),
        )
    if not raw.sheets or not _DATASET.fullmatch(stem):
        return with_code_book(path, raw, read)
    structure_path, labels_path = _sibling(path, "structure"), _sibling(path, "labels")
    if structure_path is None or labels_path is None:
        return raw
    try:
        structure, labels = read(structure_path).sheets[0], read(labels_path).sheets[0]
    except ImportingError as error:
        what = _("The file beside it that explains its columns cannot be read; codes stand as they are.")
        problem = Problem(path.name, what, error.message, "warning")
        return RawTableFile(raw.encoding, raw.sheets, (*raw.problems, problem))
    if not _is_structure(structure):
        return raw
    beside = f"{structure_path.name}, {labels_path.name}"
    return _explained(path.name, raw, [raw.sheets[0]], structure, labels, beside)


def companion_files(path: Path, header_row: int = 1) -> list[Path]:
    """The files that are read along with another: those that explain its codes."""
    if header_row != 1:
        return []
    if not _DATASET.fullmatch(path.stem.lower()):
        beside = code_book_beside(path)
        return [] if beside is None else [beside]
    found = [_sibling(path, "structure"), _sibling(path, "labels")]
    return [each for each in found if each is not None] if all(found) else []


def _sibling(path: Path, stem: str) -> Path | None:
    found = path.with_name(stem + path.suffix)
    try:
        return found if found.is_file() else None
    except OSError:
        return None


def _of_workbook(file: str, raw: RawTableFile) -> RawTableFile:
    by_name = {sheet.name.strip().lower(): sheet for sheet in raw.sheets}
    structure, labels = by_name.get("structure"), by_name.get("labels")
    datasets = [sheet for sheet in raw.sheets if _DATASET.fullmatch(sheet.name.strip())]
    if structure is None or labels is None or not datasets or not _is_structure(structure):
        return raw
    return _explained(file, raw, datasets, structure, labels, f"{structure.name}, {labels.name}")


def _is_structure(sheet: RawSheet) -> bool:
    return bool(sheet.records) and {collapsed(cell).lower() for cell in sheet.records[0]} >= _STRUCTURE


def _explained(
    file: str, raw: RawTableFile, datasets: Sequence[RawSheet], structure: RawSheet, labels: RawSheet, source: str
) -> RawTableFile:
    names = [collapsed(cell).lower() for cell in structure.records[0]]
    variables = {row["variablename"]: row for row in (_as_row(names, each) for each in structure.records[1:])}
    shown: Labels = {
        (cells[0].strip(), cells[1].strip()): cells[2].strip() for cells in labels.records if len(cells) >= 3
    }
    records = _side_by_side([sheet.records for sheet in datasets])
    if not records:
        return raw
    coded = [cell.strip() for cell in records[0]]
    headers = [_question(variables.get(name, {})) or name for name in coded]
    labelled = {name for name, _value in shown}
    rows = [
        tuple(
            shown.get((name, cell.strip()), cell) if name in labelled else cell
            for name, cell in zip(coded, row, strict=False)
        )
        + row[len(coded) :]
        for row in records[1:]
    ]
    answers = _multiple(coded, variables, records[1:])
    headers.extend(answers)
    padded = [row + ("",) * (len(coded) - len(row)) for row in rows]
    complete = [tuple(headers)]
    for number, row in enumerate(padded):
        blank = not any(cell.strip() for cell in row)
        complete.append(row + tuple("" if blank else cells[number] for cells in answers.values()))
    what = _("An export of SurveyXact: questions and labels were taken from {source}.").format(source=source)
    hint = _("Columns are named after their questions; a question with several ticks has a column of all ticks too.")
    problem = Problem(file, what, hint, "warning")
    listed = {
        column
        for column, name in enumerate(coded)
        if name in labelled or variables.get(name, {}).get("subtype", "").lower() == "multiple"
    }
    known = {column: KnownColumn() for column in listed}
    known |= {len(coded) + number: KnownColumn(is_multiple=True) for number in range(len(answers))}
    sheet = RawSheet(datasets[0].name, complete, known=known)
    return RawTableFile(raw.encoding, (sheet,), (*raw.problems, problem))


def _as_row(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    return {"variablename": "", **row}


def _question(variable: Mapping[str, str]) -> str:
    """What a variable asks; for a tick, with its answer."""
    question = collapsed(variable.get("questiontext", ""))
    choice = collapsed(variable.get("choicetext", ""))
    if variable.get("subtype", "").lower() == "multiple" and choice:
        return f"{question} - {choice}"
    return question


def _side_by_side(parts: Sequence[Sequence[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """Sheets of one dataset that was too wide for one: Dataset(1), Dataset(2) ..."""
    if len(parts) == 1:
        return list(parts[0])
    n_rows = max(map(len, parts))
    joined = []
    for number in range(n_rows):
        row: tuple[str, ...] = ()
        for part in parts:
            width = max(map(len, part), default=0)
            cells = part[number] if number < len(part) else ()
            row += cells + ("",) * (width - len(cells))
        joined.append(row)
    return joined


def _multiple(
    coded: Sequence[str], variables: Mapping[str, Mapping[str, str]], rows: Sequence[Sequence[str]]
) -> dict[str, list[str]]:
    """For each question with several ticks its chosen answers, with semicolons between them."""
    members: dict[str, list[int]] = {}
    for column, name in enumerate(coded):
        variable = variables.get(name, {})
        if variable.get("subtype", "").lower() == "multiple" and variable.get("questiontext"):
            members.setdefault(collapsed(variable["questiontext"]), []).append(column)
    return {
        question: [
            "; ".join(
                collapsed(variables[coded[column]].get("choicetext", "")) or coded[column]
                for column in columns
                if column < len(row) and row[column].strip() == "1"
            )
            for row in rows
        ]
        for question, columns in members.items()
        if len(columns) > 1
    }


def rows_below_header(records: Sequence[Sequence[str]], header_row: int) -> int:
    """How many rows under the header explain columns rather than answer: Qualtrics writes questions and import ids."""
    for below in (2, 1):
        number = header_row - 1 + below
        if number >= len(records):
            continue
        filled = [cell for cell in records[number] if cell.strip()]
        if filled and sum(bool(_IMPORT_ID.match(cell)) for cell in filled) * 2 > len(filled):
            return below
    return 0
