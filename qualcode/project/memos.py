"""Memos: written, changed and taken away; what each is on, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.model.memo import PROJECT, Memo, Subject, SubjectKind
from qualcode.model.segment import Span
from qualcode.model.words import shortened
from qualcode.store import documents, memos, segments

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.project.project import Project

COLUMNS = ("memo", "on", "subject", "document", "start", "end", "code", "title", "content", "coder", "made", "changed")
"""Of the table of memos: `on` is the kind of subject, `subject` its key or name, `start` and `end` of a quotation."""

_QUOTED = 80  # code points of a quotation that stand for it


@dataclass(frozen=True, slots=True)
class MemoEntry:
    """A memo with what it is on.

    Attributes:
        subject: in words: a file's name, a respondent's key, a code's name, a quotation's words; "" of the project.
        document_id: where the subject stands in a text, None if nowhere; `span` is a quotation's place there.
        code_key: of a code, or of a quotation.
    """

    memo: Memo
    subject: str
    document_id: int | None = None
    document: str = ""
    span: Span | None = None
    code_key: str = ""


class MemoActions:
    """What can be asked of and done to the memos of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self) -> list[Memo]:
        """All memos, the oldest first."""
        return memos.all_memos(self._project.db)

    def journal(self) -> list[Memo]:
        """The memos that are on nothing but the project: its journal, the oldest first."""
        return memos.of_subject(self._project.db, PROJECT)

    def of(self, subject: Subject) -> list[Memo]:
        """The memos on one thing, the oldest first."""
        return memos.of_subject(self._project.db, subject)

    def get(self, memo_id: int) -> Memo | None:
        """A memo, None if it is gone."""
        return memos.get(self._project.db, memo_id)

    def subjects(self, kind: SubjectKind) -> frozenset[int]:
        """Which documents, respondents, codes or segments have a memo."""
        return memos.ids_with_memos(self._project.db, kind)

    def add(self, subject: Subject, content: str, title: str = "") -> Memo:
        """Write a memo.

        Raises:
            QualcodeError: it is blank, or what it is on is gone.
        """
        if not content.strip() and not title.strip():
            raise QualcodeError(_("A memo without words is not kept."), hint=_("Type something."))
        db = self._project.db
        self._check(subject)
        with self._project.step(_("Write memo")):
            writer = segments.coder_for(db, self._project.coder_name)
            made = memos.add(db, subject, title.strip(), content, writer)
        return self._get(made)

    def change(self, memo_id: int, content: str, title: str | None = None) -> Memo:
        """Give a memo other words; the title stays if None.

        Raises:
            QualcodeError: the memo is gone.
        """
        known = self._get(memo_id)
        with self._project.step(_("Change memo")):
            memos.change(self._project.db, memo_id, known.title if title is None else title.strip(), content)
        return self._get(memo_id)

    def remove(self, memo_id: int) -> None:
        """Take a memo away.

        Raises:
            QualcodeError: it is gone already.
        """
        self._get(memo_id)
        with self._project.step(_("Remove memo")):
            memos.remove(self._project.db, memo_id)

    def entries(self, only: Iterable[Memo] | None = None) -> list[MemoEntry]:
        """Memos with what they are on, the oldest first; all if none are given."""
        wanted = self.all() if only is None else list(only)
        db, kinds = self._project.db, SubjectKind
        codes = {code.id: code for code in self._project.codebook.current().codes}
        on_respondents = [memo.subject.id for memo in wanted if memo.subject.kind is kinds.RESPONDENT]
        keys = {case.id: case.key for case in self._project.respondents.some(on_respondents)}
        on_segments = [memo.subject.id for memo in wanted if memo.subject.kind is kinds.SEGMENT]
        places = memos.code_of_segments(db, on_segments)
        holding = sorted({place[0] for place in places.values()})
        on_documents = [memo.subject.id for memo in wanted if memo.subject.kind is kinds.DOCUMENT]
        names, texts = documents.names(db, [*on_documents, *holding]), dict(documents.contents(db, holding))
        language = self._project.settings.language
        found = []
        for memo in wanted:
            id = memo.subject.id
            match memo.subject.kind:
                case kinds.DOCUMENT:
                    found.append(MemoEntry(memo, names.get(id, ""), id, names.get(id, "")))
                case kinds.RESPONDENT:
                    found.append(MemoEntry(memo, keys.get(id, "")))
                case kinds.CODE:
                    code = codes[id]
                    found.append(MemoEntry(memo, code.name.in_language(language) or code.key, code_key=code.key))
                case kinds.SEGMENT:
                    document_id, start, end, key = places[id]
                    words = shortened(texts[document_id][start : min(end, start + 4 * _QUOTED)], _QUOTED)
                    span = Span(start, end)
                    found.append(MemoEntry(memo, words, document_id, names.get(document_id, ""), span, key))
                case _:
                    found.append(MemoEntry(memo, ""))
        return found

    def memo_table(self) -> pd.DataFrame:
        """All memos, in the `COLUMNS`."""
        import pandas as pd

        return pd.DataFrame(self.rows(), columns=list(COLUMNS)).astype({"start": "Int64", "end": "Int64"})

    def rows(self) -> list[dict[str, Any]]:
        """All memos as rows with the `COLUMNS`."""
        return [
            {
                "memo": entry.memo.id,
                "on": entry.memo.subject.kind.value,
                "subject": entry.subject,
                "document": entry.document,
                "start": entry.span.start if entry.span else None,
                "end": entry.span.end if entry.span else None,
                "code": entry.code_key,
                "title": entry.memo.title,
                "content": entry.memo.content,
                "coder": entry.memo.coder,
                "made": entry.memo.made_at,
                "changed": entry.memo.changed_at,
            }
            for entry in self.entries()
        ]

    def session(self, subject: Subject, memo: Memo | None = None) -> MemoSession:
        """What a pad writes through: all that is typed until the pad is left is one step."""
        return MemoSession(self._project, subject, memo)

    def _get(self, memo_id: int) -> Memo:
        found = memos.get(self._project.db, memo_id)
        if found is None:
            raise QualcodeError(_("That memo is gone."), hint=_("Undo brings it back."))
        return found

    def _check(self, subject: Subject) -> None:
        db, kinds = self._project.db, SubjectKind
        known: dict[SubjectKind, Callable[[], bool]] = {
            kinds.PROJECT: lambda: True,
            kinds.DOCUMENT: lambda: bool(documents.names(db, [subject.id])),
            kinds.RESPONDENT: lambda: bool(self._project.respondents.some([subject.id])),
            kinds.CODE: lambda: any(code.id == subject.id for code in self._project.codebook.current().codes),
            kinds.SEGMENT: lambda: segments.get(db, subject.id) is not None,
        }
        if not known[subject.kind]():
            raise QualcodeError(_("What the memo is on is gone."), hint=_("Undo brings it back."))


class MemoSession:
    """One memo while it is being written, on disk after each pause, and one step in the history.

    Later writes change the row that the first one made or changed, outside a step of their own, as long as nothing else
    was done since: then undo takes all of it back at once, and redo brings back what was written last.
    """

    def __init__(self, project: Project, subject: Subject, memo: Memo | None) -> None:
        self._project = project
        self.subject = subject
        self._step_id: int | None = None
        self.memo = memo

    def write(self, content: str, title: str) -> Memo | None:
        """Keep what was typed; nothing happens where nothing changed. Blank words take the memo away.

        Raises:
            QualcodeError: what it is on, or the memo, is gone.
            StoreError: the file cannot be written.
        """
        known = self.memo
        title = title.strip()
        if known is not None and (known.content, known.title) == (content, title):
            return known
        is_blank = not content.strip() and not title
        if known is None:
            if not is_blank:
                self.memo = self._project.memos.add(self.subject, content, title)
                self._step_id = self._project.last_step_id
        elif is_blank:
            self._project.memos.remove(known.id)
            self.memo = self._step_id = None
        elif self._step_id is not None and self._project.can_amend(self._step_id):
            with self._project.amending(_("Change memo"), frozenset({"memo"})):
                memos.change(self._project.db, known.id, title, content)
            self.memo = self._project.memos.get(known.id)
        else:
            self.memo = self._project.memos.change(known.id, content, title)
            self._step_id = self._project.last_step_id
        return self.memo
