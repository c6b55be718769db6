"""Bringing material in, and reading it: transcripts with their turns, surveys with their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.model.document import Document, DocumentKind
from qualcode.model.progress import Cancelled, Progress
from qualcode.store import documents
from qualcode.store.documents import SpokenTurn

if TYPE_CHECKING:
    from qualcode.files.study_file import Study
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import brought in.

    Attributes:
        n_documents: transcripts.
        n_respondents: new respondents.
        n_answers: open answers that are not blank.
        problems: what was left out, mended or is doubtful.
    """

    n_documents: int
    n_respondents: int
    n_answers: int
    problems: tuple[Problem, ...]


class DocumentActions:
    """What can be asked of and done to the documents of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self, *, answers: bool = True) -> list[Document]:
        """All documents in the order of import; only transcripts if asked."""
        return documents.all_documents(self._project.db, answers=answers)

    def text(self, document_id: int) -> str:
        """The text of a document as it stands now."""
        return documents.content_of(self._project.db, document_id)

    def texts(self, document_ids: Sequence[int]) -> dict[int, str]:
        """The texts of some documents as they stand now, by id."""
        return dict(documents.contents(self._project.db, document_ids))

    def turns(self, document_id: int) -> list[SpokenTurn]:
        """The turns of a document in order, with who speaks."""
        return documents.turns_of(self._project.db, document_id)

    def sessions(self) -> list[str]:
        """All sessions in the order of import."""
        return documents.session_names(self._project.db)

    def originals(self) -> list[tuple[str, str]]:
        """(name, SHA-256) of each file that was imported."""
        return documents.originals(self._project.db)

    def import_study(
        self, study: Study, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> ImportSummary:
        """Bring in all that a study file names, in one step, with its codebook and its analysis settings.

        Raises:
            ImportingError: a file or a column cannot be used; all that is wrong is told, and nothing is changed.
            CancelledError: the user stopped it; nothing was changed.
        """
        from qualcode.project.study_import import import_study

        return import_study(self._project, study, progress=progress, cancelled=cancelled)

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        kind: DocumentKind = DocumentKind.FOCUS_GROUP,
        group: str = "",
        encoding: str | None = None,
        sheet: str | None = None,
        header_row: int = 1,
    ) -> ImportSummary:
        """Bring in files without a study file: the good ones go in, the others are told as problems ("error").

        Args:
            kind: what the transcripts are.
            group: the respondent group of all speakers or rows; found out per file if blank.
            encoding: of text files and CSV; found out if None.
            sheet: of workbooks; the only one with data if None.
            header_row: of surveys, counted from 1.
        """
        from qualcode.project.study_import import import_files

        return import_files(
            self._project, paths, kind=kind, group=group, encoding=encoding, sheet=sheet, header_row=header_row
        )
