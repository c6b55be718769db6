"""Puts transcripts that were read into the project: new ones, and new versions of those that are there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.i18n import _, collapsed, folded, ngettext
from qualcode.model.alignment import align
from qualcode.model.case import NO_GROUP
from qualcode.model.document import DocumentKind, SpeakerRole, joined
from qualcode.project.import_context import ImportContext, labels_of
from qualcode.project.import_summary import NewVersion
from qualcode.project.study_reading import ReadTranscript
from qualcode.store import cases, documents, speakers, text_versions
from qualcode.store.documents import KnownTranscript

_Identity = tuple[str, ...]


@dataclass(slots=True)
class _Person:
    """A speaker on the way into the project: found in one file or more."""

    key: str
    ident: str
    group: str
    source: str


@dataclass(slots=True)
class _Speaker:
    """How a label of a file counts; the respondent is one of the project, or one on the way into it."""

    label: str | None
    role: SpeakerRole
    case_id: int | None = None
    identity: _Identity | None = None


class TranscriptWriter:
    """Writes transcripts; runs inside a step."""

    def __init__(self, context: ImportContext) -> None:
        self._context = context
        self._db = context.db
        self._people: dict[_Identity, _Person] = {}
        self._known: dict[_Identity, int] = {}
        self._groups_of: dict[int, str] = {}
        self._speakers: dict[int, list[speakers.Speaker]] = {}
        self.n_new = self.n_respondents = 0
        self.versions: list[NewVersion] = []

    def write(self, transcripts: Sequence[ReadTranscript]) -> Iterator[None]:
        """Write all, each in a piece of its own."""
        if not transcripts:
            return
        self._find_known(transcripts)
        who = []
        for read in transcripts:
            who.append([self._speaker(read, label) for label in labels_of(read.transcript)])
            self._warn_of_labels(read)
        identities = list(self._people)
        rows = [
            (person.key, person.ident, self._context.group_id(person.group), None, person.source)
            for person in self._people.values()
        ]
        self.n_respondents = len(rows)
        ids = dict(zip(identities, cases.add_cases(self._db, rows, [{}] * len(rows)), strict=True))
        for read, found in zip(transcripts, who, strict=True):
            complete = [
                (each.label, each.role, ids[each.identity] if each.identity is not None else each.case_id)
                for each in found
            ]
            if read.known is None:
                self._add(read, complete)
            else:
                self._renew(read, read.known, complete)
            yield

    # who speaks

    def _find_known(self, transcripts: Sequence[ReadTranscript]) -> None:
        """Who speaks in the project already, by session and label, or by label where files have the same people."""
        of_file: dict[str, list[tuple[str | None, int]]] = {}
        for session, name, label, case_id in speakers.respondents(self._db):
            self._known.setdefault(("session", folded(session or name), folded(label or name)), case_id)
            of_file.setdefault(name, []).append((label, case_id))
        self._groups_of = {each.id: each.group for each in cases.all_cases(self._db)}
        for read in transcripts:
            if not read.source.same_people:
                continue
            for name in {path.name for path in read.source.files} | {read.name}:
                for label, case_id in of_file.get(name, ()):
                    self._known.setdefault(("people", str(read.number), folded(label or "")), case_id)

    def _speaker(self, read: ReadTranscript, label: str | None) -> _Speaker:
        role, group = self._context.role_and_group(read.source, label)
        before = self._before(read, label)
        if before is not None and not self._says(read, label):
            return _Speaker(label, before.role, before.case_id)
        if role != SpeakerRole.RESPONDENT:
            return _Speaker(label, role)
        if before is not None and before.case_id is not None:
            self._compare_group(read, label, before.case_id, group)
            return _Speaker(label, role, before.case_id)
        session = self._session(read)
        spellings = read.source.spellings_of(label) if label is not None else (None,)
        identities = [self._identity(read, session, each) for each in spellings]
        known = next((self._known[each] for each in identities if each in self._known), None)
        if known is not None:
            self._compare_group(read, label, known, group)
            return _Speaker(label, role, known)
        self._meet(identities[0], session, spellings[0] or read.name, group, read)
        return _Speaker(label, role, identity=identities[0])

    def _before(self, read: ReadTranscript, label: str | None) -> speakers.Speaker | None:
        """How a label counted in the version before."""
        if read.known is None:
            return None
        if read.known.id not in self._speakers:
            self._speakers[read.known.id] = speakers.of_document(self._db, read.known.id)
        known = self._speakers[read.known.id]
        return next((each for each in known if speakers.same_label(each.label, label)), None)

    @staticmethod
    def _says(read: ReadTranscript, label: str | None) -> bool:
        """Whether the study says how a label counts."""
        return "*" in read.source.speakers if label is None else read.source.lists(label)

    def _session(self, read: ReadTranscript) -> str:
        known = read.known.session if read.known is not None else ""
        return known or collapsed(read.source.session) or read.name

    @staticmethod
    def _identity(read: ReadTranscript, session: str, label: str | None) -> _Identity:
        if read.source.same_people:
            return ("people", str(read.number), folded(label or ""))
        return ("session", folded(session), folded(label or read.name))

    def _meet(self, identity: _Identity, session: str, label: str, group: str, read: ReadTranscript) -> None:
        known = self._people.get(identity)
        if known is None:
            shown = collapsed(label)
            key = shown if read.source.same_people else f"{session}:{shown}"
            self._people[identity] = _Person(key, shown, group, read.name)
        elif known.group != group:
            self._context.warn_of_other_group(read.name, label, known.group, group)

    def _compare_group(self, read: ReadTranscript, label: str | None, case_id: int, group: str) -> None:
        known = self._groups_of.get(case_id, NO_GROUP)
        if group not in (known, NO_GROUP):
            self._context.warn_of_other_group(read.name, label or read.name, known, group)

    def _warn_of_labels(self, read: ReadTranscript) -> None:
        labels = [label for label in labels_of(read.transcript) if self._before(read, label) is None]
        unlisted = [label for label in labels if label is not None and not read.source.lists(label)]
        if unlisted:
            self._context.warn(
                read.name,
                ngettext(
                    "The speaker {labels} is not listed and counts in group {none}.",
                    "The speakers {labels} are not listed and count in group {none}.",
                    len(unlisted),
                ).format(labels=", ".join(repr(label) for label in unlisted), none=_("(none)")),
                _("Give them a group under Respondents, or list the labels under `speakers` in the study file."),
            )
        if None in labels and "*" not in read.source.speakers:
            self._context.warn(
                read.name,
                _("No speakers are named; what is said counts as speech, not as a respondent."),
                _('Write "*": GROUP under `speakers` if the whole file is one person.'),
            )

    # texts

    def _add(self, read: ReadTranscript, found: Sequence[tuple[str | None, SpeakerRole, int | None]]) -> None:
        text, turns = joined(read.transcript.speeches)
        kind = read.source.kind
        session = collapsed(read.source.session) or ("" if kind == DocumentKind.NOTES else read.name)
        documents.add_transcript(
            self._db,
            read.name,
            kind,
            text,
            turns,
            session_id=cases.session_id(self._db, session) if session else None,
            original_id=documents.keep_original(self._db, read.name, read.content),
            language=read.transcript.language,
            notes=read.transcript.notes,
            speakers=found,
        )
        self.n_new += 1

    def _renew(
        self,
        read: ReadTranscript,
        known: KnownTranscript,
        found: Sequence[tuple[str | None, SpeakerRole, int | None]],
    ) -> None:
        """Give a transcript the text of its changed file as a new version, with all that stands on it."""
        db = self._db
        text, turns = joined(read.transcript.speeches)
        original_id = documents.keep_original(db, read.name, read.content)
        text_id = text_versions.in_file(db, known.id)
        if text_versions.content(db, text_id) == text and text_versions.turns_of_text(db, text_id) == list(turns):
            text_versions.set_file(db, known.id, original_id)
            self._context.warn(
                read.name, _("The file was saved anew, but its text has not changed; the text was left as it is.")
            )
            return
        now = text_versions.current(db, known.id)
        assert now is not None, "a document that was read a moment ago"
        if now.text_id != text_id:
            self._context.warn(
                read.name,
                _("Corrections that were made here since the last import are not in the file; the file's text counts."),
                _("The version before has them; make them again where they are needed."),
            )
        tally = text_versions.replace_text(
            db,
            known.id,
            align(now.content, text),
            turns,
            coder_id=self._context.coder_id,
            original_id=original_id,
        )
        text_versions.set_reading(db, known.id, read.transcript.language, read.transcript.notes)
        silent = speakers.set_speakers(db, known.id, found)
        if silent:
            self._context.warn(
                read.name,
                ngettext(
                    "{n} respondent does not speak any longer but stays, because something is noted of them.",
                    "{n} respondents do not speak any longer but stay, because something is noted of them.",
                    len(silent),
                ).format(n=len(silent)),
            )
        self.versions.append(NewVersion(read.name, tally))
