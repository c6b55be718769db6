"""Brings projects of other tools in: one step each, and a report of what came, what stands where, what was left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import Problem
from qualcode.files.codebook_file import REFI_ENDING
from qualcode.i18n import _, grouped, ngettext
from qualcode.importing.other_projects import is_codings_table, is_other_project, read_other_project
from qualcode.importing.project_parts import Placement, SettledCoding, SettledProject
from qualcode.importing.project_settling import settled
from qualcode.model.document import DocumentKind
from qualcode.model.progress import Pieces, in_one_go
from qualcode.model.segment import Span
from qualcode.project.codings_import import CodingRow, read_codings, write_codings
from qualcode.project.foreign_codings import read_codes, settled_here
from qualcode.project.import_record import record_note
from qualcode.project.project_writing import ProjectWriter, Written
from qualcode.project.study_reading import stopped
from qualcode.store import settings

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """What the import of another tool's project brought in.

    Attributes:
        n_codings: codings in the file.
        n_verified: whose stored words stand at their stored position.
        n_found: whose stored words stand elsewhere, and were found there.
        n_by_position: that store no words.
        n_unplaced: that have no place here; `unplaced` and `left_out` say why.
        left_out: how many things of each kind could not be carried.
    """

    file: str
    tool: str
    name: str
    written: Written
    n_codings: int
    n_verified: int
    n_found: int
    n_by_position: int
    n_unplaced: int
    coders: tuple[str, ...]
    left_out: Mapping[str, int]
    unplaced: tuple[Problem, ...]
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, Any]:
        """The report for `--json`."""
        written = self.written
        return {
            "file": self.file,
            "tool": self.tool,
            "name": self.name,
            "documents": {"new": written.n_documents, "known": written.n_documents_known},
            "codes": {"new": written.n_codes, "known": written.n_codes_known},
            "codings": {
                "in_file": self.n_codings,
                "new": written.n_segments,
                "known": written.n_segments_known,
                "verified": self.n_verified,
                "found_elsewhere": self.n_found,
                "by_position": self.n_by_position,
                "not_placed": self.n_unplaced,
            },
            "respondents": written.n_respondents,
            "attributes": written.n_attributes,
            "memos": written.n_memos,
            "coders": list(self.coders),
            "left_out": dict(self.left_out),
            "not_placed": [{"where": each.where, "what": each.what, "hint": each.hint} for each in self.unplaced],
        }


@dataclass(frozen=True, slots=True)
class ReadProject:
    """A project of another tool that was read for a project, and is not written yet.

    Attributes:
        path: the file or folder.
        found: what is in it, each passage at its place.
        here: documents of the project that its codings are of, by name.
        rows: what a table of codings holds; None for all else.
        is_of_documents_here: whether places were looked up in the project: it is read again if that changes.
    """

    path: Path
    found: SettledProject
    here: Mapping[str, int] = field(default_factory=dict)
    rows: Sequence[CodingRow] | None = None
    is_of_documents_here: bool = False


def can_be_imported(path: Path) -> bool:
    """Whether a file or folder is for `import_other_project`: a project of another tool, or a part of one."""
    return path.suffix.lower() == REFI_ENDING or is_codings_table(path) or is_other_project(path)


def import_other_project(
    project: Project,
    path: Path,
    *,
    kind: DocumentKind = DocumentKind.FOCUS_GROUP,
    group: str = "",
    part: str = "",
    with_speakers: bool = True,
) -> ProjectReport:
    """Bring in a project of another tool, in one step; what is here already is used again.

    Args:
        project: where it goes.
        path: see `is_other_project`.
        kind: what its documents are.
        group: the respondent group of all its speakers; else what an attribute such as "Role" says.
        part: the name of the project, where the file holds several.
        with_speakers: False to leave speakers' labels in the texts.

    Raises:
        ImportingError: the file cannot be used; nothing was changed.
        CodebookError: a codebook (.qdc) is wrong; nothing was changed.
    """
    return write_project(project, read_project(project, path, part=part, with_speakers=with_speakers), kind, group)


def read_project(project: Project, path: Path, *, part: str = "", with_speakers: bool = True) -> ReadProject:
    """Read a project of another tool as `import_other_project` does; nothing is changed.

    Args:
        project: where it is to go; it is only read, so another thread may have it open.

    Raises:
        ImportingError: the file cannot be used.
        CodebookError: a codebook (.qdc) is wrong.
    """
    if is_codings_table(path):
        return _read_codings_table(project, path)
    read = read_codes(path) if path.suffix.lower() == REFI_ENDING else read_other_project(path, part)
    if read.of_documents_here:
        return ReadProject(path, *settled_here(project, read), is_of_documents_here=True)
    return ReadProject(path, settled(read, with_speakers=with_speakers))


def write_project(
    project: Project, read: ReadProject, kind: DocumentKind = DocumentKind.FOCUS_GROUP, group: str = ""
) -> ProjectReport:
    """Put what was read into the project, in one step, and keep what there is to say of it."""
    return in_one_go(writing_project(project, read, kind, group), None, None, stopped)


def writing_project(
    project: Project, read: ReadProject, kind: DocumentKind = DocumentKind.FOCUS_GROUP, group: str = ""
) -> Pieces[ProjectReport]:
    """Do what `write_project` does piece by piece, for who has other things to do in between.

    Closed before its end, it leaves nothing behind; until then nobody else can change the project.
    """
    found = read.found
    name = _("Import project {name}").format(name=found.name)
    if read.rows is not None:
        imported = write_codings(project, read.rows)
        written = Written(n_segments=imported.n_new, n_segments_known=imported.n_rows - imported.n_new)
        report = report_of(found, written)
    else:
        report = yield from project.step_in_pieces(name, _writing(project, read, kind, group))
    record_note(project, name, sentence_of_report(report), report_lines(report), told_of(report))
    return report


def _writing(project: Project, read: ReadProject, kind: DocumentKind, group: str) -> Pieces[ProjectReport]:
    """Inside the step: all that is in the project, which gives an empty one its title."""
    found = read.found
    is_empty = not project.documents.all() and not project.codebook.current().codes
    if is_empty and project.title == project.path.stem:
        settings.write(project.db, "title", found.name)
    writer = ProjectWriter(project, found, kind=kind, group=group, documents_here=read.here)
    written = yield from writer.writing()
    return report_of(found, written, writer.problems)


def _read_codings_table(project: Project, path: Path) -> ReadProject:
    """A table of codings for documents that are here: all rows or none, each checked against its text."""
    rows = read_codings(project, path)
    codings = [
        SettledCoding("", "", "", row.coder, Span(row.start, row.end), Placement.VERIFIED) for row in rows
    ]  # of which only the number is told: the rows are what is written
    found = SettledProject(
        _("a table of codings"), path.stem, path.name, (), (), codings, (), (), (), len(rows), (), Counter(), ()
    )
    return ReadProject(path, found, rows=rows, is_of_documents_here=True)


def told_of(report: ProjectReport) -> tuple[Problem, ...]:
    """What is doubtful or has no place, one by one."""
    return (*report.problems, *report.unplaced)


def sentence_of_report(report: ProjectReport) -> str:
    """What came in, in numbers."""
    written = report.written
    parts = [
        f"{n} {what}"
        for n, what in (
            (written.n_documents, ngettext("document", "documents", written.n_documents)),
            (written.n_codes, ngettext("code", "codes", written.n_codes)),
            (written.n_segments, ngettext("coding", "codings", written.n_segments)),
        )
    ]
    n = len(told_of(report))
    notes = ngettext("{n} note", "{n} notes", n).format(n=n) if n else _("nothing to note")
    return _("New: {parts}; {notes}.").format(parts=", ".join(parts), notes=notes)


def report_of(found: SettledProject, written: Written, problems: Sequence[Problem] = ()) -> ProjectReport:
    """What is to be told of a project that was read, before (`written` all zero) or after it was stored."""
    return ProjectReport(
        found.file,
        found.tool,
        found.name,
        written,
        found.n_codings,
        found.n_placed(Placement.VERIFIED),
        found.n_placed(Placement.FOUND),
        found.n_placed(Placement.UNVERIFIED),
        found.n_codings - len(found.codings),
        tuple(found.coders),
        dict(found.left_out),
        tuple(found.unplaced),
        (*found.problems, *problems),
    )


def report_lines(report: ProjectReport) -> list[str]:
    """The report as a person reads it."""
    written = report.written
    lines = [_("{file}: project {name!r} of {tool}").format(file=report.file, name=report.name, tool=report.tool)]
    for n, known, what in (
        (written.n_documents, written.n_documents_known, ngettext("document", "documents", written.n_documents)),
        (written.n_codes, written.n_codes_known, ngettext("code", "codes", written.n_codes)),
        (written.n_segments, written.n_segments_known, ngettext("coding", "codings", written.n_segments)),
    ):
        line = f"{n} {what}"
        lines.append(line + (" " + _known_already(known) if known else ""))
    respondents = ngettext("{n} respondent", "{n} respondents", written.n_respondents)
    attributes = ngettext("{n} attribute", "{n} attributes", written.n_attributes)
    memos = ngettext("{n} memo", "{n} memos", written.n_memos)
    counted = ((respondents, written.n_respondents), (attributes, written.n_attributes), (memos, written.n_memos))
    lines.append(", ".join(what.format(n=n) for what, n in counted))
    if report.coders:
        lines.append(_("Coders: {names}").format(names=", ".join(report.coders)))
    if report.n_codings:
        lines.append(_("Codings: {ways}.").format(ways=", ".join(ways_of_placing(report))))
    if report.left_out:
        lines.append(_("Not carried:"))
        lines.extend(f"  {what}: {n}" for what, n in report.left_out.items())
    return lines


def ways_of_placing(report: ProjectReport) -> list[str]:
    """How many codings found their place in which way; ways that none has are left out."""
    ways = (
        (
            report.n_verified,
            ngettext(
                "{n} stands where its stored words are", "{n} stand where their stored words are", report.n_verified
            ),
        ),
        (
            report.n_found,
            ngettext("{n} was found elsewhere by its words", "{n} were found elsewhere by their words", report.n_found),
        ),
        (
            report.n_by_position,
            ngettext(
                "{n} stores no words and was placed by position",
                "{n} store no words and were placed by position",
                report.n_by_position,
            ),
        ),
        (report.n_unplaced, _("{n} could not be placed")),
    )
    return [words.format(n=grouped(n)) for n, words in ways if n]


def _known_already(n: int) -> str:
    return ngettext("({n} was here already)", "({n} were here already)", n).format(n=n)
