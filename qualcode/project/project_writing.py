"""Writes another tool's project into this one: what is here already is used again; runs inside a step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.i18n import _, collapsed, folded, ngettext
from qualcode.importing.project_parts import (
    ForeignCase,
    SettledCoding,
    SettledDocument,
    SettledProject,
    SettledSpeaker,
    Subject,
)
from qualcode.importing.stored_words import Squeezed, nearest_place, squeezed
from qualcode.model.codebook import Code, Wording
from qualcode.model.document import DocumentKind, SpeakerRole
from qualcode.model.progress import Pieces
from qualcode.model.segment import Origin, Span
from qualcode.project.code_matching import CodesByName, free_key, parents_first
from qualcode.project.foreign_groups import group_of
from qualcode.project.foreign_memos import write_memos
from qualcode.project.project_exchange import GROUP
from qualcode.project.returning import ReturnedAnswers, Returning
from qualcode.store import cases, codes, documents, imported_parts, segments, suggestions
from qualcode.store.schema import segment

if TYPE_CHECKING:
    from qualcode.project.project import Project

DEEPEST_CODE = 60
"""Levels of codes; what is below goes to that level."""


_CORRECTED = 0.5  # likeness of two texts from which the one with the same identifier is the other one, corrected
_SAME = 0.8  # likeness from which two texts of one name are one


@dataclass(frozen=True, slots=True)
class Written:
    """How much of a project was new here, and how much was known."""

    n_documents: int = 0
    n_documents_known: int = 0
    n_codes: int = 0
    n_codes_known: int = 0
    n_segments: int = 0
    n_segments_known: int = 0
    n_respondents: int = 0
    n_attributes: int = 0
    n_memos: int = 0


class ProjectWriter:
    """One import, in the order codes, respondents with documents, codings, memos."""

    def __init__(
        self,
        project: Project,
        found: SettledProject,
        *,
        kind: DocumentKind,
        group: str,
        documents_here: Mapping[str, int] | None = None,
    ) -> None:
        self._db = project.db
        self._found = found
        self._kind = kind
        self._group = group
        self._known = imported_parts.identifiers(self._db)
        self._codes: dict[str, int] = {}
        self._documents: dict[str, int] = dict(documents_here or {})
        self._own = Returning(project)
        self._came_back = False  # whether a document is one that went out
        self._answers: dict[str, ReturnedAnswers] = {}  # texts that are a respondent's answers here
        self._other_texts: dict[str, tuple[str, Squeezed]] = {}  # documents that have another text here
        self._cases: dict[str, int] = {}
        self._segments: dict[str, int] = {}
        self._foreign_cases = {each.ident: each for each in found.cases}
        self._keys = cases.keys(self._db)
        self._case_ids = imported_parts.case_ids(self._db)
        self._cases_of_file = imported_parts.cases_of_source(self._db, found.file)
        self._facts: list[tuple[int, str, str]] = []
        self._n = Written()
        self.problems: list[Problem] = []

    def writing(self) -> Pieces[Written]:
        """Write all of it piece by piece: the codes, each document, the rest; gives what was new and what was known."""
        total = len(self._found.documents) + 2
        self._write_codes()
        yield 1, total
        for done, _document in enumerate(self._write_documents(), start=2):
            yield done, total
        self._write_other_cases()
        n_attributes = imported_parts.add_facts(self._db, self._facts)
        self._n = replace(self._n, n_attributes=n_attributes)
        self._write_segments()
        targets = {
            Subject.DOCUMENT: self._documents,
            Subject.CASE: self._cases,
            Subject.CODE: self._codes,
            Subject.CODING: self._segments,
        }
        names = {ident: each.name for ident, each in self._foreign_cases.items()}
        own = self._own.memos if self._came_back else {}
        self._n = replace(self._n, n_memos=write_memos(self._db, self._found.memos, targets, names, own))
        imported_parts.keep_identifiers(self._db, self._known)
        return self._n

    def _warn(self, what: str, hint: str = "") -> None:
        self.problems.append(Problem(self._found.file, what, hint, "warning"))

    # -- codes ----------------------------------------------------------------------------------------------------

    def _write_codes(self) -> None:
        book = codes.current(self._db)
        ids = {code.key: code.id for code in book.codes}
        taken = set(ids)
        depths = {code.id: code.depth for code in book.codes}
        by_name = CodesByName()
        for code in book.codes:
            for name in (*code.name.by_language.values(), code.name.plain):
                by_name.add(ids.get(code.parent), name, code.id)
        used: set[int] = set()
        n_new = n_known = 0
        for each in parents_first(self._found.codes):
            parent_id = self._codes.get(each.parent)
            if parent_id is not None and depths[parent_id] >= DEEPEST_CODE:
                parent_id = None
            known = self._known["code"].get(each.guid, self._own.codes.get(each.guid)) if each.guid else None
            if known not in depths:
                known = by_name.find(parent_id, each.name, used)
            if known is None and parent_id is None and "." in each.name:
                known = by_name.by_dots(each.name)
            if known is None:
                key = free_key(each.name, taken)
                taken.add(key)
                details = Code(
                    key, Wording(plain=each.name), definition=Wording(plain=each.definition), colour=each.colour
                )
                known = codes.add(self._db, key, each.name, parent_id, details)
                depths[known] = depths[parent_id] + 1 if parent_id is not None else 0
                by_name.add(parent_id, each.name, known)
                n_new += 1
            else:
                n_known += 1
            self._codes[each.ident] = known
            used.add(known)
            if each.guid:
                self._known["code"][each.guid] = known
        self._n = replace(self._n, n_codes=n_new, n_codes_known=n_known)

    # -- documents and who speaks in them -------------------------------------------------------------------------

    def _write_documents(self) -> Iterator[None]:
        """Write all documents, each in a piece of its own."""
        names = imported_parts.transcript_names(self._db)
        n_new = n_known = 0
        for each in self._found.documents:
            yield
            answers = self._own.answers(each.guid, each.name, each.text)
            if answers is not None:
                n_known += 1
                self._came_back = self._came_back or each.guid in self._own.answer_texts
                self._meet_respondent(each, answers)
                self._answers[each.ident] = answers
                self._documents[each.ident] = answers.ids[0]
                continue
            known = self._known_document(each, names)
            if known is not None:
                n_known += 1
                self._documents[each.ident] = known
                self._meet_speakers(each, imported_parts.speakers_of(self._db, known))
            else:
                n_new += 1
                name = _free_name(each.name, names)
                names[name] = self._documents[each.ident] = self._add_document(each, name)
            if each.guid:
                self._known["document"][each.guid] = self._documents[each.ident]
        self._n = replace(self._n, n_documents=n_new, n_documents_known=n_known)

    def _known_document(self, each: SettledDocument, names: dict[str, int]) -> int | None:
        """The same document, if it is here: by its identifier, else by name and text."""
        found = self._by_guid(each, names)
        if found is None:
            found = self._by_name(each, names)
        if found is not None and self._content(found) != each.text:
            self._other_texts[each.ident] = (each.text, Squeezed(self._content(found)))
            what = _("The text of {name!r} is another one here; its codings were placed by their words.")
            self._warn(what.format(name=each.name))
        return found

    def _by_guid(self, each: SettledDocument, names: dict[str, int]) -> int | None:
        """The document that has the identifier, if it is the same text or one that was corrected."""
        if not each.guid:
            return None
        own = self._own.transcripts.get(each.guid)
        found = self._known["document"].get(each.guid, own)
        if found is None or found not in names.values() or self._likeness(each.text, found) < _CORRECTED:
            return None
        self._came_back = self._came_back or found == own
        return found

    def _by_name(self, each: SettledDocument, names: dict[str, int]) -> int | None:
        """The document of that name whose text it is, or nearly so: as another tool reads the same file."""
        wanted = folded(each.name)
        alike: dict[int, float] = {}
        for name, document_id in names.items():
            same = folded(name) == wanted or folded(name).startswith(wanted + " (") or folded(_stem(name)) == wanted
            if not same or document_id in self._documents.values():
                continue
            if self._content(document_id) == each.text:
                return document_id
            alike[document_id] = self._likeness(each.text, document_id)
        best = max(alike, key=lambda document_id: alike[document_id], default=None)
        return best if best is not None and alike[best] >= _SAME else None

    def _likeness(self, text: str, document_id: int) -> float:
        """The share of the lines of the text with fewer of them that the other has too, white space aside."""
        one, other = (
            {squeezed(line) for line in each.split("\n")} - {""} for each in (text, self._content(document_id))
        )
        return len(one & other) / max(1, min(len(one), len(other)))

    def _content(self, document_id: int) -> str:
        return documents.content_of(self._db, document_id)

    def _add_document(self, each: SettledDocument, name: str) -> int:
        speakers: list[tuple[str | None, SpeakerRole, int | None]] = []
        for one in each.speakers:
            if one.is_moderator:
                speakers.append((one.label, SpeakerRole.MODERATOR, None))
            elif one.label is None and not one.case and not self._group:
                speakers.append((None, SpeakerRole.SEVERAL, None))
            else:
                speakers.append((one.label, SpeakerRole.RESPONDENT, self._respondent(each, one, name)))
        session = "" if self._kind == DocumentKind.NOTES else name
        return documents.add_transcript(
            self._db,
            name,
            self._kind,
            each.text,
            each.turns,
            session_id=cases.session_id(self._db, session) if session else None,
            original_id=documents.keep_original(self._db, name, each.content),
            language=each.language,
            notes=each.notes,
            speakers=speakers,
        )

    def _respondent(self, each: SettledDocument, one: SettledSpeaker, name: str) -> int:
        if one.case:
            return self._case(self._foreign_cases[one.case], each.attributes, one.label or "")
        facts = dict(each.attributes)
        for ident in each.whole_cases:
            whole = self._foreign_cases[ident]
            facts = {"case": whole.name, **dict(whole.attributes), **facts}
        label = one.label or name
        return self._add_case(f"{name}:{collapsed(label)}", collapsed(label), name, facts)

    def _meet_speakers(self, each: SettledDocument, known: dict[str | None, int | None]) -> None:
        """The cases of a document that is here already: its respondents get what they lack."""
        for one in each.speakers:
            case_id = known.get(one.label)
            if case_id is None:
                continue
            facts = dict(each.attributes)
            if one.case:
                foreign = self._foreign_cases[one.case]
                self._cases.setdefault(one.case, case_id)
                facts |= dict(foreign.attributes)
                if foreign.guid:
                    self._known["case"].setdefault(foreign.guid, case_id)
            self._add_facts(case_id, facts)

    def _meet_respondent(self, each: SettledDocument, answers: ReturnedAnswers) -> None:
        """The case of a text that is a respondent's answers is that respondent."""
        idents = {*each.whole_cases, *(one.case for one in each.speakers if one.case)}
        if len(idents) == 1:
            self._cases.setdefault(idents.pop(), answers.case_id)
        self._add_facts(answers.case_id, dict(each.attributes))

    # -- respondents ----------------------------------------------------------------------------------------------

    def _write_other_cases(self) -> None:
        """Cases that are no speaker: respondents without words here, unless they are a whole transcript of several."""
        groups = {ident for each in self._found.documents for ident in each.whole_cases}
        for each in self._found.cases:
            if each.ident not in self._cases and each.ident not in groups:
                self._case(each, ())

    def _case(self, foreign: ForeignCase, more: Sequence[tuple[str, str]], label: str = "") -> int:
        """The respondent of a case, made when it is new; one called `Session:Label` goes by its label."""
        facts = {**dict(more), **dict(foreign.attributes)}
        known = self._cases.get(foreign.ident) or (self._known["case"].get(foreign.guid) if foreign.guid else None)
        if known is None or known not in self._case_ids:
            known = self._own.cases.get(foreign.guid) if self._came_back else None
        if known is None:
            known = self._cases_of_file.get(foreign.name)
        if known is None:
            is_in_session = bool(label) and foreign.name.endswith(f":{label}")
            known = self._add_case(foreign.name, label if is_in_session else foreign.name, self._found.file, facts)
        else:
            self._add_facts(known, facts)
        self._cases[foreign.ident] = known
        if foreign.guid:
            self._known["case"][foreign.guid] = known
        return known

    def _add_facts(self, case_id: int, facts: dict[str, str]) -> None:
        """Facts of a respondent who is here; the group that it has here already is none."""
        group = self._own.groups.get(case_id, "")
        self._facts.extend(
            (case_id, name, value) for name, value in facts.items() if name != GROUP or folded(value) != folded(group)
        )

    def _add_case(self, key: str, ident: str, source: str, facts: dict[str, str]) -> int:
        row = (key, ident, cases.group_id(self._db, group_of(facts, self._group)), None, source)
        self._n = replace(self._n, n_respondents=self._n.n_respondents + 1)
        case_id = cases.add_cases(self._db, [row], [{}], self._keys)[0]
        self._case_ids.add(case_id)
        self._facts.extend((case_id, name, value) for name, value in facts.items())
        return case_id

    # -- codings --------------------------------------------------------------------------------------------------

    def _write_segments(self) -> None:
        coder_ids = {
            name: segments.coder_for(self._db, name).id
            for name in dict.fromkeys(each.coder for each in self._found.codings)
        }
        known = imported_parts.segment_ids(self._db)
        next_id = self._db.next_id(segment)
        rows: list[tuple[object, ...]] = []
        n_known = n_gone = 0
        for each in self._found.codings:
            place = self._place(each)
            if place is None:
                n_gone += 1
                continue
            document_id, span = place
            key = (document_id, span.start, span.end, self._codes[each.code], coder_ids[each.coder])
            if key in known:
                n_known += 1
            else:
                known[key] = next_id
                rows.append((next_id, *key, Origin.IMPORTED.value, None))
                next_id += 1
            self._segments[each.ident] = known[key]
        if n_gone:
            what = ngettext(
                "The words of {n} coding do not stand in the text that is here; it was left out.",
                "The words of {n} codings do not stand in the texts that are here; they were left out.",
                n_gone,
            )
            self._warn(what.format(n=n_gone))
        self._db.insert_rows(segment, ["id", *segments.COLUMNS], rows)
        suggestions.settle_by_segments(self._db)
        self._n = replace(self._n, n_segments=len(rows), n_segments_known=n_known)

    def _place(self, each: SettledCoding) -> tuple[int, Span] | None:
        """Document and place of a coding here; by its words where the text is another one than it came with."""
        if each.document in self._answers:
            return self._answers[each.document].place(each.span)
        document_id = self._documents[each.document]
        if each.document not in self._other_texts:
            return document_id, each.span
        text, here = self._other_texts[each.document]
        found = nearest_place(here.places_of(text[each.span.start : each.span.end]), each.span.start)
        return (document_id, Span(*found)) if found is not None else None


def _free_name(name: str, taken: dict[str, int]) -> str:
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _stem(name: str) -> str:
    """A document's name without its ending, as other tools show it."""
    return PurePosixPath(name).stem if PurePosixPath(name).suffix else name
