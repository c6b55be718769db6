"""Says what an import of a file would give, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.columns import Role, propose_roles
from qualcode.importing.encodings import check_file, read_decoded
from qualcode.importing.language import detect_language
from qualcode.importing.readers import TABLE_READERS, TRANSCRIPT_READERS, unknown_ending
from qualcode.importing.report import OpenChoice, Outcome, Table, TableFile
from qualcode.importing.tables import place_of_sheet, problems_about, read_tables, sheet_with_data
from qualcode.importing.transcripts import read_transcript

LARGEST_SETTINGS_FILE = 50_000_000  # bytes of a codebook
_CODING_COLUMNS = frozenset(("document", "start", "end", "code"))
_DATABASE = b"SQLite format 3\0"


def inspect_file(path: Path) -> dict[str, object]:
    """What an import of the file would give.

    Returns:
        One object of `qualcode inspect --json`: `file`, `outcome` (import, warn, ask, refuse), `kind` (transcript,
        survey, codings, project, codebook; None where the ending says nothing), `encoding`, `language`, `turns`,
        `tables` and `problems`. All keys are always there.
    """
    report: dict[str, object] = {
        "file": str(path),
        "outcome": Outcome.REFUSE.value,
        "kind": None,
        "encoding": "",
        "language": "",
        "turns": [],
        "tables": [],
        "problems": [],
    }
    suffix = path.suffix.lower()
    try:
        if suffix in TRANSCRIPT_READERS:
            report["kind"] = "transcript"
            report.update(_transcript(path))
        elif suffix in TABLE_READERS:
            report["kind"] = "survey"
            report.update(_tables(path))
        elif suffix == ".qualcode":
            report["kind"] = "project"
            report.update(_project(path))
        elif suffix in (".yaml", ".yml"):
            report["kind"] = "codebook"
            report.update(_codebook(path))
        else:
            check_file(path, largest=1 << 62)
            raise unknown_ending(path, [*TRANSCRIPT_READERS, *TABLE_READERS, ".qualcode", ".yaml", ".yml"])
    except ImportingError as error:
        found = error.problems or (Problem(path.name, error.message, error.hint),)
        report["problems"] = _told(found)
    return report


def _told(problems: Sequence[Problem]) -> list[dict[str, str]]:
    return [{"where": each.where, "what": each.what, "hint": each.hint} for each in problems]


def _outcome(problems: Sequence[Problem]) -> str:
    if any(isinstance(problem, OpenChoice) for problem in problems):
        return Outcome.ASK.value
    return (Outcome.WARN if problems else Outcome.IMPORT).value


def _transcript(path: Path) -> dict[str, object]:
    read = read_transcript(path)
    return {
        "outcome": _outcome(read.problems),
        "encoding": read.encoding,
        "language": read.language,
        "turns": [[speech.label, speech.text] for speech in read.speeches],
        "problems": _told(read.problems),
    }


def _tables(path: Path) -> dict[str, object]:
    file = read_tables(path)
    problems = list(file.problems)
    holding = [table for table in file.tables if table.header and table.rows]
    if not holding:
        sheet_with_data(file)  # raises, and says why
    if any(set(table.header) >= _CODING_COLUMNS for table in holding):
        return {
            "kind": "codings",
            "outcome": _outcome(problems),
            "encoding": file.encoding,
            "tables": [_described(table, with_roles=False) for table in holding],
            "problems": _told(problems),
        }
    language = ""
    try:
        chosen = sheet_with_data(file)
    except ImportingError as error:
        several = sum(len(table.header) > 1 for table in holding) > 1
        if not several:
            raise
        problems.append(OpenChoice(path.name, error.message, error.hint, "warning"))
    else:
        language = _language_of(chosen)
        problems = list(problems_about(file, chosen))
        problems.extend(_without_answers(chosen, file))
    return {
        "outcome": _outcome(problems),
        "encoding": file.encoding,
        "language": language,
        "tables": [_described(table, with_roles=True) for table in holding],
        "problems": _told(problems),
    }


def _described(table: Table, *, with_roles: bool) -> dict[str, object]:
    if not with_roles:
        columns: list[dict[str, object]] = [{"header": header, "role": None} for header in table.header]
        return {"sheet": table.sheet, "rows": len(table.rows), "columns": columns}
    columns = []
    for proposal in propose_roles(table):
        column: dict[str, object] = {
            "header": proposal.header,
            "role": proposal.role.value,
            "reason": proposal.reason,
            "filled": proposal.n_filled,
            "blank": len(table.rows) - proposal.n_filled,
        }
        if proposal.role is Role.SCALE:
            column |= {"min": proposal.minimum, "max": proposal.maximum}
        if proposal.role is Role.OPEN:
            column["answers"] = proposal.n_answers
        columns.append(column)
    return {"sheet": table.sheet, "rows": len(table.rows), "columns": columns}


def _open_columns(table: Table) -> list[int]:
    return [index for index, proposal in enumerate(propose_roles(table)) if proposal.role is Role.OPEN]


def _language_of(table: Table) -> str:
    columns = _open_columns(table)
    return detect_language("\n".join(row[column] for row in table.rows for column in columns))


def _without_answers(table: Table, file: TableFile) -> list[Problem]:
    if _open_columns(table):
        return []
    where = place_of_sheet(file.file, table.sheet)
    hint = _("Name the open questions in the study file (key open) if there are any.")
    return [Problem(where, _("No column looks like an open question."), hint, "warning")]


def _project(path: Path) -> dict[str, object]:
    check_file(path, largest=1 << 62)
    with path.open("rb") as opened:
        if opened.read(len(_DATABASE)) != _DATABASE:
            raise ImportingError(
                _("{file} is no project.").format(file=path.name), hint=_("Look for a backup of it, or a copy.")
            )
    return {"outcome": Outcome.IMPORT.value}


def _codebook(path: Path) -> dict[str, object]:
    check_file(path, LARGEST_SETTINGS_FILE)
    read = read_decoded(path)
    keys = set(re.findall(r"^([A-Za-z_]+)\s*:", read.text.replace("\r", "\n"), re.MULTILINE))
    if {"key", "codes"} <= keys:
        n_codes = len(re.findall(r"^\s*-\s+(?:\{\s*)?key\s*:", read.text.replace("\r", "\n"), re.MULTILINE))
        problems = list(read.problems)
        if not n_codes:
            what = _("The codebook seems to hold no code.")
            problems.append(Problem(path.name, what, _("Check it with qualcode codebook check."), "warning"))
        return {"outcome": _outcome(problems), "encoding": read.encoding, "problems": _told(problems)}
    if "title" in keys and keys & {"documents", "surveys"}:
        raise ImportingError(
            _("{file} is a study file, not something to import.").format(file=path.name),
            hint=_("Run it with: qualcode run {file} --out DIR").format(file=path.name),
        )
    n_missing = len({"key", "codes"} - keys)
    what = ngettext(
        "{file} is no codebook: the key {keys} is missing.",
        "{file} is no codebook: the keys {keys} are missing.",
        n_missing,
    )
    raise ImportingError(
        what.format(file=path.name, keys=", ".join(sorted({"key", "codes"} - keys))),
        hint=_("A codebook begins with key: and has its codes under codes:."),
    )
