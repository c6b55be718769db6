"""Bringing material in, and reading it: transcripts with their turns, surveys with their answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.i18n import ngettext
from qualcode.model.document import Document, DocumentKind
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.segment import Span
from qualcode.store import answers, documents
from qualcode.store.answers import AnswerKinds, AnswersTo
from qualcode.store.documents import SpokenTurn

if TYPE_CHECKING:
    from qualcode.files.study_file import Study
    from qualcode.project.import_summary import ImportSummary
    from qualcode.project.originals import OriginalFile
    from qualcode.project.project import Project
    from qualcode.project.text_versions import Correction, TextVersion
    from qualcode.store.text_versions import LostSegment

_TABLES = frozenset({"document", "session", "question"})


class DocumentActions:
    """What can be asked of and done to the documents of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self, *, answers: bool = True) -> list[Document]:
        """All documents in the order of import; only transcripts if asked."""
        db, what = self._project.db, "documents" if answers else "transcripts"
        return list(self._project.known(what, _TABLES, lambda: documents.all_documents(db, answers=answers)))

    def some(self, ids: Sequence[int]) -> list[Document]:
        """A few documents, in the order of import."""
        return documents.all_documents(self._project.db, ids=ids)

    def by_question(self) -> list[AnswersTo]:
        """The answers to each question of each survey file, in the order of import."""
        db = self._project.db
        return list(self._project.known("answers by question", _TABLES, lambda: answers.by_question(db)))

    def answer_kinds(self) -> dict[tuple[str, str], AnswerKinds]:
        """In which languages and of which groups those are, by the file and the question."""
        return answers.kinds_by_question(self._project.db)

    def text(self, document_id: int) -> str:
        """The text of a document as it stands now."""
        return documents.content_of(self._project.db, document_id)

    def texts(self, document_ids: Sequence[int]) -> dict[int, str]:
        """The texts of some documents as they stand now, by id."""
        return dict(documents.contents(self._project.db, document_ids))

    def turns(self, document_id: int) -> list[SpokenTurn]:
        """The turns of a document in order, with who speaks."""
        return documents.turns_of(self._project.db, document_id)

    def groups_speaking(self) -> dict[int, list[tuple[str, int]]]:
        """How many respondents of which group speak in each transcript, by document id."""
        return documents.groups_speaking(self._project.db)

    def sessions(self) -> list[str]:
        """All sessions in the order of import."""
        return documents.session_names(self._project.db)

    def originals(self) -> list[tuple[str, str]]:
        """(name, SHA-256) of each file that was imported."""
        return documents.originals(self._project.db)

    def original_files(self) -> list[OriginalFile]:
        """Each file that was imported, of all versions and waves, in that order, under names that differ."""
        from qualcode.project.originals import original_files

        return original_files(self._project)

    def give_back(
        self, folder: Path, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> list[Path]:
        """Write every imported file into a folder, byte for byte; returns where they are.

        Raises:
            ExportError: one of them is there already; nothing was written.
            CancelledError: the user stopped it; nothing stays written.
        """
        from qualcode.project.originals import give_back

        return give_back(self._project, folder, progress=progress, cancelled=cancelled)

    # Texts that change

    def correct(self, document_id: int, span: Span, new_words: str, reason: str = "") -> Correction | None:
        """Put other words in place of some, in one step: a new version of the text, with all that stands on it.

        Args:
            document_id: a transcript or an answer.
            span: the words that are replaced; of one turn.
            new_words: what stands there from now on; "" takes the words out.
            reason: why, for who looks at the versions later.

        Returns:
            what became of the quotations; None if the text stays as it is.

        Raises:
            QualcodeError: the span crosses turns or lies outside the text, or nothing would be left of the turn.
        """
        from qualcode.project.text_versions import correct

        return correct(self._project, document_id, span, new_words, reason)

    def n_versions(self) -> dict[int, int]:
        """How many versions the text of each document has; only of those with several."""
        from qualcode.store.text_versions import n_versions

        return n_versions(self._project.db)

    def versions(self, document_id: int) -> list[TextVersion]:
        """The versions of a document's text, oldest first; the last one is the text as it stands now."""
        from qualcode.project.text_versions import versions

        return versions(self._project, document_id)

    def text_of_version(self, document_id: int, number: int) -> str:
        """A version of a document's text, counted from 1.

        Raises:
            QualcodeError: there is no such version.
        """
        from qualcode.project.text_versions import text_of_version

        return text_of_version(self._project, document_id, number)

    def spoken_text(self, document_id: int, number: int) -> str:
        """A version as one reads it: each turn with its speaker, a blank line between turns."""
        from qualcode.project.text_versions import spoken_text

        return spoken_text(self._project, document_id, number)

    def lost(self, document_id: int) -> list[LostSegment]:
        """The codings whose words went when the text changed, with those words, oldest first."""
        from qualcode.project.text_versions import lost

        return lost(self._project, document_id)

    # Bringing material in

    def import_study(
        self, study: Study, *, progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> ImportSummary:
        """Bring in all that a study file names, in one step, with its codebook and its analysis settings.

        Raises:
            ImportingError: a file or a column cannot be used; all that is wrong is told, and nothing is changed.
            CancelledError: the user stopped it; nothing was changed.
        """
        from qualcode.project.import_choices import Choices
        from qualcode.project.import_record import record_import
        from qualcode.project.study_import import import_study

        summary = import_study(self._project, study, progress=progress, cancelled=cancelled)
        record_import(self._project, study.title, summary, Choices.of_study(study))
        return summary

    def import_files(
        self,
        paths: Sequence[Path],
        *,
        kind: DocumentKind = DocumentKind.FOCUS_GROUP,
        group: str = "",
        encoding: str | None = None,
        sheet: str | None = None,
        header_row: int = 1,
        progress: Progress | None = None,
    ) -> ImportSummary:
        """Bring in files without a study file: the good ones go in, the others are told as problems ("error").

        Args:
            kind: what the transcripts are.
            group: the respondent group of all speakers or rows; found out per file if blank.
            encoding: of text files and CSV; found out if None.
            sheet: of workbooks; the only one with data if None.
            header_row: of surveys, counted from 1.
            progress: told of the files as they are read, then of what is written.
        """
        from qualcode.project.import_choices import Choices
        from qualcode.project.import_record import record_import
        from qualcode.project.study_import import import_files

        summary = import_files(
            self._project,
            paths,
            kind=kind,
            group=group,
            encoding=encoding,
            sheet=sheet,
            header_row=header_row,
            progress=progress,
        )
        name = ngettext("Import {n} file", "Import {n} files", len(paths)).format(n=len(paths))
        record_import(self._project, name, summary, Choices())
        return summary
