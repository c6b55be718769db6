"""Brings another tool's project into the form that is stored: turns, places of passages, who the speakers are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qualcode.errors import Problem
from qualcode.i18n import _, folded, ngettext
from qualcode.importing.foreign_texts import TurnedText, in_turns, in_turns_of_cases, shares, with_times
from qualcode.importing.language import detect_language
from qualcode.importing.passages import PassageFinder, Place, Unplaced, votes_of
from qualcode.importing.project_parts import (
    ForeignCoding,
    ForeignDocument,
    ForeignMemo,
    ForeignProject,
    SettledCoding,
    SettledDocument,
    SettledProject,
    SettledSpeaker,
    Subject,
)

_ASKING = frozenset(
    "moderator moderatoren interviewer interviewers intervjuer intervjueren intervjuar intervjuaren facilitator "
    "fasilitator ordstyrer ordstyrar".split()
)
_ASKING_SHORT = frozenset("i int q mod".split())
_LONGEST_TITLE = 60

Range = tuple[int, int]


@dataclass(slots=True)
class _Found:
    """What is known of a document's places, among its lines."""

    finder: PassageFinder
    codings: list[tuple[ForeignCoding, Place]] = field(default_factory=list)
    cases: dict[str, list[Range]] = field(default_factory=lambda: defaultdict(list))
    whole_cases: list[str] = field(default_factory=list)
    memos: list[tuple[ForeignMemo, Range]] = field(default_factory=list)


def settled(project: ForeignProject, *, with_speakers: bool = True) -> SettledProject:
    """Find the place of each passage, take labels out of the texts, and see which speaker is which case.

    Args:
        project: as its reader gives it.
        with_speakers: False to leave labels in the texts.
    """
    return _Settling(project, with_speakers).done()


class _Settling:
    def __init__(self, project: ForeignProject, with_speakers: bool) -> None:
        self._project = project
        self._with_speakers = with_speakers
        self._problems = list(project.problems)
        self._unplaced: list[Problem] = []
        self._memos: list[ForeignMemo] = []
        self._code_names = {code.ident: code.name for code in project.codes}

    def done(self) -> SettledProject:
        project = self._project
        of_document: dict[str, list[ForeignCoding]] = defaultdict(list)
        for coding in project.codings:
            of_document[coding.document].append(coding)
        found: dict[str, _Found] = {}
        likeliest = None
        others = self._without_codes()
        for document in project.documents:
            finder = PassageFinder(document, of_document[document.ident], likeliest, others[document.ident])
            found[document.ident] = _Found(finder)
            likeliest = finder.best if finder.n_spoken else likeliest
        votes = votes_of({ident: each.finder for ident, each in found.items()})
        for each in found.values():
            each.finder.settle(votes)
        self._place_codings(found)
        self._place_cases(found)
        self._place_memos(found)
        documents = []
        codings: list[SettledCoding] = []
        for document in project.documents:
            stored, placed = self._settled(document, found[document.ident])
            documents.append(stored)
            codings.extend(placed)
        return SettledProject(
            project.tool,
            project.name,
            project.file,
            project.codes,
            documents,
            codings,
            project.cases,
            self._memos,
            project.coders,
            len(project.codings) + project.n_lost,
            self._unplaced,
            project.left_out,
            self._problems,
        )

    def _without_codes(self) -> dict[str, list[Range]]:
        """Positions, as the tool counts, of cases' words and of what memos are on, by document."""
        passages = [passage for case in self._project.cases for passage in case.passages]
        passages += [memo.passage for memo in self._project.memos if memo.passage is not None]
        found: dict[str, list[Range]] = defaultdict(list)
        for each in passages:
            if each.start is not None and each.end is not None:
                found[each.document].append((each.start, each.end))
        return found

    # places among the lines

    def _place_codings(self, found: Mapping[str, _Found]) -> None:
        names = {document.ident: document.name for document in self._project.documents}
        n_of: dict[str, int] = defaultdict(int)
        for coding in self._project.codings:
            n_of[coding.document] += 1
            if coding.document not in found:
                continue  # told once for the whole document by the reader
            place = found[coding.document].finder.place(coding)
            if isinstance(place, Unplaced):
                self._not_placed(coding, names[coding.document], n_of[coding.document], place)
            else:
                found[coding.document].codings.append((coding, place))

    def _not_placed(self, coding: ForeignCoding, document: str, number: int, why: Unplaced) -> None:
        where = _("{file}, document {document!r}, coding {n} ({code})").format(
            file=self._project.file, document=document, n=number, code=self._code_names.get(coding.code, "?")
        )
        self._unplaced.append(Problem(where, why.what, why.hint, "warning"))

    def _place_cases(self, found: Mapping[str, _Found]) -> None:
        coded: dict[str, list[tuple[str, Range]]] = defaultdict(list)
        for ident, each in found.items():
            for coding, place in each.codings:
                coded[coding.code].append((ident, (place.start, place.end)))
        for case in self._project.cases:
            for passage in case.passages:
                each_document = found.get(passage.document)
                if each_document is None:
                    continue
                if passage.start is None or passage.end is None:
                    if case.ident not in each_document.whole_cases:
                        each_document.whole_cases.append(case.ident)
                    continue
                span = each_document.finder.span_of(passage.start, passage.end)
                if span is not None:
                    each_document.cases[case.ident].append(span)
            for code in case.codes:
                for ident, span in coded[code]:
                    found[ident].cases[case.ident].append(span)

    def _place_memos(self, found: Mapping[str, _Found]) -> None:
        for memo in self._project.memos:
            passage = memo.passage
            if passage is None or passage.document not in found or passage.start is None or passage.end is None:
                self._memos.append(replace(memo, passage=None))
                continue
            span = found[passage.document].finder.span_of(passage.start, passage.end)
            if span is None:
                self._memos.append(replace(memo, passage=None))
            else:
                found[passage.document].memos.append((memo, span))

    # one document

    def _settled(self, document: ForeignDocument, found: _Found) -> tuple[SettledDocument, list[SettledCoding]]:
        coded = [(place.start, place.end) for _coding, place in found.codings]
        coded += [span for _memo, span in found.memos]
        turned = in_turns(document, coded, with_speakers=self._with_speakers)
        self._problems.extend(turned.problems)
        change = turned.change
        codings = []
        for number, (coding, place) in enumerate(found.codings, start=1):
            span = change.span(place.start, place.end)
            if span is None:
                why = _("It covers a speaker's label or blank lines only; here these stand beside the text.")
                hint = _("A new project that is made with --keep-labels keeps it.")
                self._not_placed(coding, document.name, number, Unplaced(why, hint))
                continue
            codings.append(
                SettledCoding(
                    coding.ident,
                    coding.document,
                    coding.code,
                    coding.coder,
                    span,
                    place.placement,
                    coding.selection,
                )
            )
        for memo, spot in found.memos:
            self._memos.append(_with_words(memo, document.change.text[spot[0] : spot[1]]))
        turned = self._by_cases(turned, found)
        syncs = [(found.finder.position(position), seconds) for position, seconds in document.syncs]
        placed = [(change.start(position), seconds) for position, seconds in syncs if position is not None]
        speakers, whole_cases = self._speakers(turned, found, document.name)
        stored = SettledDocument(
            document.ident,
            document.name,
            change.text,
            with_times(turned.turns, placed),
            speakers,
            detect_language(change.text),
            document.content,
            document.notes,
            document.attributes,
            whole_cases,
            document.guid,
        )
        return stored, codings

    def _by_cases(self, turned: TurnedText, found: _Found) -> TurnedText:
        """Turns by the cases whose words they are, where no speakers are named but cases are marked."""
        if turned.names_speakers or not found.cases:
            return turned
        names = {case.ident: case.name for case in self._project.cases}
        ranges = [
            (span.start, span.end, names[ident])
            for ident, places in found.cases.items()
            for span in (turned.change.span(*place) for place in places)
            if span is not None
        ]
        return in_turns_of_cases(turned, ranges)

    # who speaks

    def _speakers(
        self, turned: TurnedText, found: _Found, document: str
    ) -> tuple[tuple[SettledSpeaker, ...], tuple[str, ...]]:
        """The speakers with their cases, and the cases that are the document as a whole but none of its speakers."""
        labels = list(dict.fromkeys(turn.label for turn in turned.turns))
        named = [label for label in labels if label is not None]
        asking = {label for label in named if _asks(label, len(named))}
        case_of = self._by_name(named, [*found.cases, *found.whole_cases])
        for ident, label in self._by_words(turned, found):
            if ident not in case_of.values():
                case_of.setdefault(label, ident)
        asking -= case_of.keys()
        whole = [ident for ident in found.whole_cases if ident not in case_of.values()]
        free = [label for label in (named or labels) if label not in asking and label not in case_of]
        if len(whole) == 1 and len(free) == 1:
            case_of[free[0]] = whole.pop()
        if asking:
            what = ngettext(
                "The label {labels} was taken as the moderator, who counts nowhere.",
                "The labels {labels} were taken as moderators, who count nowhere.",
                len(asking),
            ).format(labels=", ".join(repr(label) for label in named if label in asking))
            place = _("{file}, document {document!r}").format(file=self._project.file, document=document)
            self._problems.append(Problem(place, what, "", "warning"))
        speakers = tuple(SettledSpeaker(label, label in asking, case_of.get(label, "")) for label in labels)
        return speakers, tuple(whole)

    def _by_name(self, labels: Sequence[str], idents: Sequence[str]) -> dict[str | None, str]:
        """Labels that are the name of a case of the document."""
        cases = {case.ident: case for case in self._project.cases}
        names = {folded(cases[ident].name): ident for ident in idents}
        found: dict[str | None, str] = {}
        for label in labels:
            for written in (folded(label), folded(label).partition(" (")[0]):
                if written in names and names[written] not in found.values():
                    found[label] = names[written]
                    break
        return found

    def _by_words(self, turned: TurnedText, found: _Found) -> Iterator[tuple[str, str | None]]:
        """(case, label) where most of a case's marked words are one speaker's."""
        for ident, places in found.cases.items():
            spans = [span for span in (turned.change.span(*place) for place in places) if span is not None]
            said: dict[str | None, int] = defaultdict(int)
            for span in spans:
                for number, n in shares(turned.turns, span.start, span.end):
                    said[turned.turns[number].label] += n
            total = sum(said.values())
            label = max(said, key=lambda each: said[each], default=None)
            if total and 2 * said[label] > total:
                yield ident, label


def _asks(label: str, n_labels: int) -> bool:
    """Whether a label is that of somebody who asks: by its word, a lone letter only beside other labels."""
    word = folded(label).partition(" (")[0].rstrip("0123456789 .")
    return word in _ASKING or (word in _ASKING_SHORT and n_labels > 1)


def _with_words(memo: ForeignMemo, words: str) -> ForeignMemo:
    """A memo on words that carry no code: it says which words."""
    shown = " ".join(words.split())
    title = shown if len(shown) <= _LONGEST_TITLE else shown[: _LONGEST_TITLE - 1].rstrip() + "…"
    return replace(
        memo, subject=Subject.DOCUMENT, title=memo.title or f"«{title}»", text=f"«{shown}»\n{memo.text}", passage=None
    )
