"""Files that were looked at and decided about come into an open project: read first, then written in one step."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.i18n import ngettext
from qualcode.model.progress import Cancelled, Pieces, Progress, in_one_go
from qualcode.project.import_choices import Choices
from qualcode.project.import_record import record_import
from qualcode.project.import_summary import ImportSummary
from qualcode.project.study_import import writing
from qualcode.project.study_reading import Reading, Sources, read_sources, stopped

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.study_draft import StudyDraft


@dataclass(frozen=True, slots=True)
class ReadDraft:
    """Files that were read for a project, and have not been written yet."""

    project: Path
    sources: Sources
    reading: Reading
    choices: Choices

    @property
    def n_files(self) -> int:
        """How many files were read."""
        return len(self.sources.paths())


def read_draft(
    project: Project, draft: StudyDraft, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ReadDraft:
    """Read the files of a draft for a project; the project is only read, so another thread may have it open.

    Raises:
        CancelledError: the user stopped it.
    """
    study = draft.study()
    analysis = project.settings
    sources = Sources(
        study.documents,
        study.surveys,
        "",
        analysis.language,
        analysis.not_an_answer,
        study.group_name,
        tuple(draft.groups()),
    )
    return ReadDraft(project.path, sources, read_sources(project, sources, progress, cancelled), draft.choices())


def import_read(
    project: Project, read: ReadDraft, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ImportSummary:
    """Put what was read into the project, in one step; files with errors stay out and are told.

    Raises:
        CancelledError: the user stopped it; nothing was changed.
    """
    return in_one_go(importing_read(project, read), progress, cancelled, stopped)


def importing_read(project: Project, read: ReadDraft) -> Pieces[ImportSummary]:
    """Do what `import_read` does piece by piece, for who has other things to do in between.

    Closed before its end, it leaves nothing behind; until then nobody else can change the project.
    """
    name = ngettext("Import {n} file", "Import {n} files", read.n_files).format(n=read.n_files)
    summary = yield from project.step_in_pieces(name, writing(project, read.sources, read.reading))
    record_import(project, name, summary, read.choices)
    return summary
