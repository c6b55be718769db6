"""Writes another tool's project into this one: what is here already is used again; runs inside a step."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.i18n import _, collapsed, folded, ngettext
from qualcode.importing.project_parts import (
    ForeignCase,
    ForeignMemo,
    SettledCoding,
    SettledDocument,
    SettledProject,
    SettledSpeaker,
    Subject,
)
from qualcode.importing.stored_words import Squeezed, nearest_place
from qualcode.model.codebook import Code, Wording
from qualcode.model.document import DocumentKind, SpeakerRole
from qualcode.model.segment import Origin, Span
from qualcode.project.code_matching import CodesByName, free_key, parents_first
from qualcode.project.foreign_groups import group_of
from qualcode.project.project_exchange import exchange_guid
from qualcode.store import cases, codes, documents, imported_parts, segments, suggestions
from qualcode.store.imported_parts import MemoKey
from qualcode.store.schema import segment

if TYPE_CHECKING:
    from qualcode.project.project import Project

DEEPEST_CODE = 60
"""Levels of codes; what is below goes to that level."""


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
        self._own_documents: dict[str, int] = {}
        self._other_texts: dict[str, tuple[str, Squeezed]] = {}  # documents that have another text here
        self._cases: dict[str, int] = {}
        self._segments: dict[str, int] = {}
        self._foreign_cases = {each.ident: each for each in found.cases}
        self._case_ids = imported_parts.case_ids(self._db)
        self._cases_of_file = imported_parts.cases_of_source(self._db, found.file)
        self._facts: list[tuple[int, str, str]] = []
        self._n = Written()
        self.problems: list[Problem] = []

    def write(self) -> Written:
        """Write all of it.

        Returns:
            what was new and what was known.
        """
        self._write_codes()
        self._write_documents()
        self._write_other_cases()
        n_attributes = imported_parts.add_facts(self._db, self._facts)
        self._n = replace(self._n, n_attributes=n_attributes)
        self._write_segments()
        self._write_memos()
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
        own = {exchange_guid("code", code.key): code.id for code in book.codes}  # another tool may give them back
        used: set[int] = set()
        n_new = n_known = 0
        for each in parents_first(self._found.codes):
            parent_id = self._codes.get(each.parent)
            if parent_id is not None and depths[parent_id] >= DEEPEST_CODE:
                parent_id = None
            known = self._known["code"].get(each.guid, own.get(each.guid)) if each.guid else None
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

    def _write_documents(self) -> None:
        names = imported_parts.transcript_names(self._db)
        self._own_documents = {exchange_guid("document", name): id for name, id in names.items()}
        n_new = n_known = 0
        for each in self._found.documents:
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
        by_guid = self._by_guid(each, names)
        if by_guid is not None:
            if documents.content_of(self._db, by_guid) != each.text:
                self._other_texts[each.ident] = (each.text, Squeezed(documents.content_of(self._db, by_guid)))
                what = _("The text of {name!r} is another one here; its codings were placed by their words.")
                self._warn(what.format(name=each.name))
            return by_guid
        wanted = folded(each.name)
        for name, document_id in names.items():
            same = folded(name) == wanted or folded(name).startswith(wanted + " (") or folded(_stem(name)) == wanted
            if not same or document_id in self._documents.values():
                continue
            if documents.content_of(self._db, document_id) == each.text:
                return document_id
        return None

    def _by_guid(self, each: SettledDocument, names: dict[str, int]) -> int | None:
        """The document that has the identifier, if it is the same text or one that was corrected."""
        if not each.guid:
            return None
        found = self._known["document"].get(each.guid, self._own_documents.get(each.guid))
        if found is None or found not in names.values():
            return None
        here = {line.strip() for line in documents.content_of(self._db, found).split("\n")}
        lines = {line.strip() for line in each.text.split("\n")}
        return found if 2 * len(lines & here) >= min(len(lines), len(here)) else None

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
            self._facts.extend((case_id, name, value) for name, value in facts.items())

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
            known = self._cases_of_file.get(foreign.name)
        if known is None:
            is_in_session = bool(label) and foreign.name.endswith(f":{label}")
            known = self._add_case(foreign.name, label if is_in_session else foreign.name, self._found.file, facts)
        else:
            self._facts.extend((known, name, value) for name, value in facts.items())
        self._cases[foreign.ident] = known
        if foreign.guid:
            self._known["case"][foreign.guid] = known
        return known

    def _add_case(self, key: str, ident: str, source: str, facts: dict[str, str]) -> int:
        row = (key, ident, cases.group_id(self._db, group_of(facts, self._group)), None, source)
        self._n = replace(self._n, n_respondents=self._n.n_respondents + 1)
        case_id = cases.add_cases(self._db, [row], [{}])[0]
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
            span = self._span(each)
            if span is None:
                n_gone += 1
                continue
            document_id, code_id = self._documents[each.document], self._codes[each.code]
            key = (document_id, span.start, span.end, code_id, coder_ids[each.coder])
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

    def _span(self, each: SettledCoding) -> Span | None:
        """The place of a coding in the text that is here; by its words where that is another one than it came with."""
        if each.document not in self._other_texts:
            return each.span
        text, here = self._other_texts[each.document]
        found = nearest_place(here.places_of(text[each.span.start : each.span.end]), each.span.start)
        return Span(*found) if found is not None else None

    # -- memos ----------------------------------------------------------------------------------------------------

    def _write_memos(self) -> None:
        known = imported_parts.memo_keys(self._db)
        coders: dict[str, int] = {}
        rows: list[tuple[MemoKey, int, str]] = []
        for each in self._found.memos:
            key = self._memo_key(each)
            if key in known:
                continue
            known.add(key)
            if each.author not in coders:
                coders[each.author] = segments.coder_for(self._db, each.author).id
            rows.append((key, coders[each.author], _moment(each.made_at)))
        imported_parts.add_memos(self._db, rows)
        self._n = replace(self._n, n_memos=len(rows))

    def _memo_key(self, each: ForeignMemo) -> MemoKey:
        targets = {
            Subject.DOCUMENT: self._documents,
            Subject.CASE: self._cases,
            Subject.CODE: self._codes,
            Subject.CODING: self._segments,
        }
        found = targets[each.subject].get(each.target) if each.subject in targets else None
        on = {subject: found if each.subject is subject else None for subject in targets}
        title = each.title or (self._name_of(each) if found is None else "")
        return (
            on[Subject.DOCUMENT],
            on[Subject.CASE],
            on[Subject.CODE],
            on[Subject.CODING],
            title,
            each.text,
        )

    def _name_of(self, each: ForeignMemo) -> str:
        """What a memo was on that is no row here, such as a case of several people; it becomes part of the journal."""
        if each.subject is Subject.CASE and each.target in self._foreign_cases:
            return self._foreign_cases[each.target].name
        return ""


def _free_name(name: str, taken: dict[str, int]) -> str:
    free, number = name, 2
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _stem(name: str) -> str:
    """A document's name without its ending, as other tools show it."""
    return PurePosixPath(name).stem if PurePosixPath(name).suffix else name


def _moment(written: str) -> str:
    """When a memo was made, as the project writes times; now where the file does not say."""
    try:
        moment = datetime.datetime.fromisoformat(written.strip())
    except ValueError:
        moment = datetime.datetime.now(datetime.UTC)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return moment.astimezone(datetime.UTC).isoformat(timespec="seconds")
