"""The parts of another tool's project: first as its file has them, then with every passage at its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.errors import Problem
from qualcode.importing.report import Paragraph
from qualcode.importing.text_changes import TextChange
from qualcode.model.document import Turn
from qualcode.model.segment import Span

UNKNOWN_CODER = "imported"
"""Whose codings are where a file does not say who made them; `codings import` calls them so too."""


class Subject(StrEnum):
    """What a memo is about."""

    PROJECT = "project"
    DOCUMENT = "document"
    CASE = "case"
    CODE = "code"
    CODING = "coding"


class Placement(StrEnum):
    """How sure the place of a coding is."""

    VERIFIED = "verified"  # the stored passage stands at the stored position
    FOUND = "found"  # the stored passage stands elsewhere, at one place only or at one that is near
    UNVERIFIED = "unverified"  # no passage is stored: by position


@dataclass(frozen=True, slots=True)
class ForeignCode:
    """A code; `parent` is the ident of the code above it, "" at the top. `ident` is unique in the file.

    Attributes:
        guid: as the exchange standard gives it, the same in each export; "" where the format has none.
    """

    ident: str
    name: str
    parent: str = ""
    colour: str = ""
    definition: str = ""
    guid: str = ""


class Wording(StrEnum):
    """What kind of field holds the words of a coding."""

    PASSAGE = "passage"  # the words, always
    NAME = "name"  # the words, perhaps cut off, or a title
    COMMENT = "comment"  # now and then the words
    AREA = "area"  # what stands in an area of a page, hardly ever the very words


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a file says of the words of a coding."""

    text: str
    wording: Wording = Wording.PASSAGE


@dataclass(frozen=True, slots=True)
class ForeignCoding:
    """A code on a passage, at positions as the tool counts them.

    Attributes:
        start: None where the file gives no position: then only the words tell the place.
        end: one past the last character, or the last, as the tool counts; None as `start`.
        whole: the code is on the whole document.
        selection: codings of one selection share this number; memos of the selection go to its first coding.
        near: where about the passage is, as a share of the document's letters; None where nothing tells.
        order: a number that grows through the document (of a paragraph, say), as the tool counts; None without one.
    """

    ident: str
    document: str
    code: str
    coder: str = UNKNOWN_CODER
    start: int | None = None
    end: int | None = None
    quoted: tuple[Quoted, ...] = ()
    whole: bool = False
    selection: str = ""
    near: float | None = None
    order: float | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document at positions as the tool counts them, of a case or a memo; without any: all of it."""

    document: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class ForeignCase:
    """Whom the project is about.

    Attributes:
        codes: idents of codes whose codings are this case's words (one way to write cases).
    """

    ident: str
    name: str
    passages: tuple[Passage, ...] = ()
    codes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    guid: str = ""


@dataclass(frozen=True, slots=True)
class ForeignMemo:
    """A note; `passage` where it is on words that carry no code, `guid` where the format has identifiers."""

    subject: Subject
    target: str
    title: str
    text: str
    author: str = UNKNOWN_CODER
    made_at: str = ""
    passage: Passage | None = None
    guid: str = ""


@dataclass(frozen=True, slots=True)
class ForeignDocument:
    """A text with what the tool counted positions in.

    Attributes:
        counted: the text that positions are counted in, line ends as they came.
        has_mark: whether a byte order mark stood before it.
        change: from `counted` to the lines that a reader sees, in normal form.
        paragraphs: these lines, for finding speakers.
        content: the original file, or the text itself where there is none.
        syncs: (position, seconds) of places whose time in the recording is known.
        attributes: facts about the document as a whole.
        bytes_counted: whether the format counts bytes of UTF-8.
        is_own_reading: whether `counted` is our reading of a file, not the text that the tool counted in.
    """

    ident: str
    name: str
    counted: str
    change: TextChange
    paragraphs: tuple[Paragraph, ...]
    content: bytes
    has_mark: bool = False
    syncs: tuple[tuple[int, float], ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    bytes_counted: bool = False
    is_own_reading: bool = False
    notes: tuple[str, ...] = ()
    guid: str = ""


@dataclass(slots=True)
class ForeignProject:
    """What a reader of one format gives.

    Attributes:
        coders: names of those who coded, in the order of the file.
        left_out: how many things of each kind could not be carried; the kind as a clause for the user.
        problems: what is doubtful or was lost, each with its place.
        of_documents_here: whether codings name documents of the project that they go into; the file has no texts.
        n_lost: codings among `left_out`.
    """

    tool: str
    name: str
    file: str
    codes: list[ForeignCode] = field(default_factory=list)
    documents: list[ForeignDocument] = field(default_factory=list)
    codings: list[ForeignCoding] = field(default_factory=list)
    cases: list[ForeignCase] = field(default_factory=list)
    memos: list[ForeignMemo] = field(default_factory=list)
    coders: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    of_documents_here: bool = False
    n_lost: int = 0

    def warn(self, where: str, what: str, hint: str = "") -> None:
        """Tell what is doubtful or lost."""
        place = f"{self.file}, {where}" if where else self.file
        self.problems.append(Problem(place, what, hint, "warning"))


@dataclass(frozen=True, slots=True)
class SettledCoding:
    """A coding at its place in the text that is stored."""

    ident: str
    document: str
    code: str
    coder: str
    span: Span
    placement: Placement
    selection: str = ""


@dataclass(frozen=True, slots=True)
class SettledSpeaker:
    """A label of a document with the case that it is; case "" where no case says who it is."""

    label: str | None
    is_moderator: bool
    case: str = ""


@dataclass(frozen=True, slots=True)
class SettledDocument:
    """A text as it is stored, with its turns.

    Attributes:
        whole_cases: idents of cases that the document belongs to as a whole, without being one speaker in it.
    """

    ident: str
    name: str
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[SettledSpeaker, ...]
    language: str
    content: bytes
    notes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()
    whole_cases: tuple[str, ...] = ()
    guid: str = ""


@dataclass(frozen=True, slots=True)
class SettledProject:
    """Another tool's project, ready to be stored.

    Attributes:
        n_codings: codings in the file, placed or not.
        unplaced: one problem for each coding that has no place here.
    """

    tool: str
    name: str
    file: str
    codes: Sequence[ForeignCode]
    documents: Sequence[SettledDocument]
    codings: Sequence[SettledCoding]
    cases: Sequence[ForeignCase]
    memos: Sequence[ForeignMemo]
    coders: Sequence[str]
    n_codings: int
    unplaced: Sequence[Problem]
    left_out: Counter[str]
    problems: Sequence[Problem]

    def n_placed(self, placement: Placement) -> int:
        """How many codings have a place of that kind."""
        return sum(coding.placement is placement for coding in self.codings)
