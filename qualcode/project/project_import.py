"""Brings projects of other tools in: one step each, and a report of what came, what stands where, what was left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import Problem
from qualcode.files.codebook_file import REFI_ENDING
from qualcode.i18n import _, ngettext
from qualcode.importing.other_projects import is_codings_table, is_other_project, read_other_project
from qualcode.importing.project_parts import Placement, SettledProject
from qualcode.importing.project_settling import settled
from qualcode.model.document import DocumentKind
from qualcode.project.foreign_codings import read_codes, settled_here
from qualcode.project.project_writing import ProjectWriter, Written
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
    if is_codings_table(path):
        return _import_codings(project, path)
    read = read_codes(path) if path.suffix.lower() == REFI_ENDING else read_other_project(path, part)
    here: dict[str, int] = {}
    if read.of_documents_here:
        found, here = settled_here(project, read)
    else:
        found = settled(read, with_speakers=with_speakers)
    is_empty = not project.documents.all() and not project.codebook.current().codes
    with project.step(_("Import project {name}").format(name=found.name)):
        if is_empty and project.title == project.path.stem:
            settings.write(project.db, "title", found.name)
        writer = ProjectWriter(project, found, kind=kind, group=group, documents_here=here)
        written = writer.write()
    return report_of(found, written, writer.problems)


def _import_codings(project: Project, path: Path) -> ProjectReport:
    """A table of codings for documents that are here: all rows or none, each checked against its text."""
    imported = project.segments.import_codings(path)
    written = Written(n_segments=imported.n_new, n_segments_known=imported.n_rows - imported.n_new)
    n = imported.n_rows
    return ProjectReport(path.name, _("a table of codings"), path.stem, written, n, n, 0, 0, 0, (), {}, (), ())


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
        lines.append(line + (" " + _("({n} were here already)").format(n=known) if known else ""))
    lines.append(
        _("{respondents} respondents, {attributes} attributes, {memos} memos").format(
            respondents=written.n_respondents, attributes=written.n_attributes, memos=written.n_memos
        )
    )
    if report.coders:
        lines.append(_("Coders: {names}").format(names=", ".join(report.coders)))
    if report.n_codings:
        lines.append(
            _(
                "Of {n} codings, {verified} stand where their stored words are, {found} were found elsewhere by their "
                "words, {by_position} store no words and were placed by position, {unplaced} could not be placed."
            ).format(
                n=report.n_codings,
                verified=report.n_verified,
                found=report.n_found,
                by_position=report.n_by_position,
                unplaced=report.n_unplaced,
            )
        )
    if report.left_out:
        lines.append(_("Not carried:"))
        lines.extend(f"  {n} {what}" for what, n in report.left_out.items())
    return lines
