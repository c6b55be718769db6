"""Says what an import of a file would give, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.code_sheets import is_codebook
from qualcode.importing.columns import ColumnProposal, Role, propose_roles
from qualcode.importing.encodings import check_file, read_bytes, read_decoded
from qualcode.importing.language import detect_language, doubtful_language
from qualcode.importing.office_xml import LARGEST_PART, parsed_xml
from qualcode.importing.other_projects import PROJECT_ENDINGS, is_other_project, read_other_project
from qualcode.importing.project_facts import facts_of
from qualcode.importing.project_parts import SettledProject
from qualcode.importing.project_settling import settled
from qualcode.importing.readers import TABLE_READERS, TRANSCRIPT_READERS, unknown_ending
from qualcode.importing.report import OpenChoice, Outcome, Table, TableFile, Transcript
from qualcode.importing.tables import place_of_sheet, problems_about, read_tables, sheet_with_data
from qualcode.importing.transcripts import read_transcript

LARGEST_SETTINGS_FILE = 50_000_000  # bytes of a codebook
_CODING_COLUMNS = frozenset(("document", "start", "end", "code"))
_DATABASE = b"SQLite format 3\0"
_HEAD = 100  # bytes that every database begins with
_OTHERS = (".qualcode", ".yaml", ".yml", ".qdc")


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What a user says of how a file is to be read; what is None is found out."""

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    header_row: int = 1


_AS_FOUND = HowToRead()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an import of a file would give.

    Attributes:
        kind: transcript, survey, codings, project, codebook; None where the ending says nothing.
        transcript: of that kind, the speeches.
        tables: sheets that hold something, each with what its columns seem to be (nothing for codings).
        sheets: the names of these, and of those that end above the header row.
        chosen: the sheet that would be imported; None while that is to be asked, or for other kinds.
        project: of another tool, or the part of one that an export holds.
    """

    path: Path
    kind: str | None = None
    outcome: Outcome = Outcome.REFUSE
    encoding: str = ""
    language: str = ""
    transcript: Transcript | None = None
    tables: tuple[tuple[Table, tuple[ColumnProposal, ...]], ...] = ()
    chosen: Table | None = None
    problems: tuple[Problem, ...] = ()
    project: SettledProject | None = None
    sheets: tuple[str, ...] = ()


def inspect_file(path: Path) -> dict[str, object]:
    """What an import of the file would give.

    Returns:
        One object of `qualcode inspect --json`: `file`, `outcome` (import, warn, ask, refuse), `kind` (transcript,
        survey, codings, project, codebook; None where the ending says nothing), `encoding`, `language`, `turns`,
        `tables` and `problems`. All keys are always there; for a project of another tool, or a part of one, `project`
        says what is in it.
    """
    found = inspected(path)
    speeches = found.transcript.speeches if found.transcript is not None else ()
    report: dict[str, object] = {
        "file": str(path),
        "outcome": found.outcome.value,
        "kind": found.kind,
        "encoding": found.encoding,
        "language": found.language,
        "turns": [[speech.label, speech.text] for speech in speeches],
        "tables": [_described(table, proposals) for table, proposals in found.tables],
        "problems": [{"where": each.where, "what": each.what, "hint": each.hint} for each in found.problems],
    }
    if found.project is not None:
        report["project"] = facts_of(found.project)
    return report


def inspected(path: Path, how: HowToRead = _AS_FOUND) -> Inspection:
    """What an import of the file would give, with all that was read; a file that cannot be used raises nothing."""
    kind = None
    suffix = path.suffix.lower()
    try:
        if is_other_project(path):
            kind = "project"
            return _other_project(path, how.sheet)
        if suffix in TRANSCRIPT_READERS:
            kind = "transcript"
            return _transcript(path, how)
        if suffix in TABLE_READERS:
            kind = "survey"
            return _tables(path, how)
        if suffix == ".qualcode":
            kind = "project"
            return _project(path)
        if suffix in (".yaml", ".yml"):
            kind = "codebook"
            return _codebook(path)
        if suffix == ".qdc":
            kind = "codebook"
            return _exchanged_codebook(path)
        check_file(path, largest=1 << 62)
        raise unknown_ending(path, [*TRANSCRIPT_READERS, *TABLE_READERS, *PROJECT_ENDINGS, *_OTHERS])
    except ImportingError as error:
        found = error.problems or (Problem(path.name, error.message, error.hint),)
        return Inspection(path, kind, problems=tuple(found))


def _outcome(problems: Sequence[Problem]) -> Outcome:
    if any(isinstance(problem, OpenChoice) for problem in problems):
        return Outcome.ASK
    return Outcome.WARN if problems else Outcome.IMPORT


def _transcript(path: Path, how: HowToRead) -> Inspection:
    read = read_transcript(path, encoding=how.encoding)
    return Inspection(
        path, "transcript", _outcome(read.problems), read.encoding, read.language, read, problems=read.problems
    )


def _tables(path: Path, how: HowToRead) -> Inspection:
    file = read_tables(path, encoding=how.encoding, separator=how.separator, header_row=how.header_row)
    problems: Sequence[Problem] = file.problems
    holding = [table for table in file.tables if table.header and table.rows]
    if not holding:
        sheet_with_data(file)  # raises, and says why
    if any(set(table.header) >= _CODING_COLUMNS for table in holding):
        tables: tuple[tuple[Table, tuple[ColumnProposal, ...]], ...] = tuple((table, ()) for table in holding)
        return Inspection(path, "codings", _outcome(problems), file.encoding, tables=tables, problems=tuple(problems))
    if any(map(is_codebook, holding)):
        return Inspection(path, "codebook", _outcome(problems), file.encoding, problems=tuple(problems))
    tables = tuple((table, propose_roles(table)) for table in holding)
    language, chosen = "", None
    try:
        chosen = sheet_with_data(file, how.sheet)
    except ImportingError as error:
        several = sum(len(table.header) > 1 for table in holding) > 1
        if not several or how.sheet is not None:
            raise
        problems = (*problems, OpenChoice(path.name, error.message, error.hint, "warning"))
    else:
        proposals = next(found for table, found in tables if table is chosen)
        columns = [number for number, proposal in enumerate(proposals) if proposal.role is Role.OPEN]
        answers = "\n".join(row[column] for row in chosen.rows for column in columns)
        language = detect_language(answers)
        doubts = doubtful_language(answers, place_of_sheet(path.name, chosen.sheet))
        problems = (*problems_about(file, chosen), *doubts, *([] if columns else [_without_answers(chosen, file)]))
    return Inspection(
        path,
        "survey",
        _outcome(problems),
        file.encoding,
        language,
        tables=tables,
        chosen=chosen,
        problems=tuple(problems),
        sheets=file.sheets,
    )


def _described(table: Table, proposals: Sequence[ColumnProposal]) -> dict[str, object]:
    if not proposals:
        columns: list[dict[str, object]] = [{"header": header, "role": None} for header in table.header]
        return {"sheet": table.sheet, "rows": len(table.rows), "columns": columns}
    columns = []
    for proposal in proposals:
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


def _without_answers(table: Table, file: TableFile) -> Problem:
    where = place_of_sheet(file.file, table.sheet)
    hint = _("If there are any, mark them under Survey columns, or name them in the study file (key open).")
    return Problem(where, _("No column looks like an open question."), hint, "warning")


def _project(path: Path) -> Inspection:
    check_file(path, largest=1 << 62)
    with path.open("rb") as opened:
        head = opened.read(_HEAD)
    if not head.startswith(_DATABASE):
        raise ImportingError(
            _("{file} is no project.").format(file=path.name), hint=_("Look for a backup of it, or a copy.")
        )
    n_bytes = int.from_bytes(head[16:18], "big") * int.from_bytes(head[28:32], "big")  # a page, and how many of them
    if head[24:28] == head[92:96] and path.stat().st_size < n_bytes:
        raise ImportingError(
            _("{file} is cut off: a part of the project is missing.").format(file=path.name),
            hint=_("Look for a backup of it, or a copy."),
        )
    return Inspection(path, "project", Outcome.IMPORT)


def _other_project(path: Path, part: str | None) -> Inspection:
    read = read_other_project(path, part or "")
    project = settled(read)
    kind = "project"
    problems = (*project.problems, *project.unplaced)
    if read.of_documents_here:  # whose texts are in the project that they go into
        kind, problems = "codings", tuple(project.problems)
    return Inspection(
        path,
        kind,
        Outcome.WARN if problems or project.left_out else Outcome.IMPORT,
        "utf-8",
        detect_language("\n".join(document.text for document in project.documents)),
        problems=problems,
        project=project,
    )


def _exchanged_codebook(path: Path) -> Inspection:
    root = parsed_xml(read_bytes(path, LARGEST_PART), path.name, path.name)
    if not any(True for _book in root.iter("{*}CodeBook")):
        raise ImportingError(
            _("{file} is no codebook: the element CodeBook is missing.").format(file=path.name),
            hint=_("Export it again as a REFI-QDA codebook."),
        )
    if not any(True for _code in root.iter("{*}Code")):
        what = _("The codebook seems to hold no code.")
        problem = Problem(path.name, what, _("Check it with qualcode codebook check."), "warning")
        return Inspection(path, "codebook", Outcome.WARN, "utf-8", problems=(problem,))
    return Inspection(path, "codebook", Outcome.IMPORT, "utf-8")


def _codebook(path: Path) -> Inspection:
    check_file(path, LARGEST_SETTINGS_FILE)
    read = read_decoded(path)
    keys = set(re.findall(r"^([A-Za-z_]+)\s*:", read.text.replace("\r", "\n"), re.MULTILINE))
    if {"key", "codes"} <= keys:
        n_codes = len(re.findall(r"^\s*-\s+(?:\{\s*)?key\s*:", read.text.replace("\r", "\n"), re.MULTILINE))
        problems = list(read.problems)
        if not n_codes:
            what = _("The codebook seems to hold no code.")
            problems.append(Problem(path.name, what, _("Check it with qualcode codebook check."), "warning"))
        return Inspection(path, "codebook", _outcome(problems), read.encoding, problems=tuple(problems))
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
