"""What readers give: a transcript or tables, and what was left out, mended or is doubtful."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from qualcode.errors import Problem
from qualcode.model.document import Speech


class Outcome(StrEnum):
    """What an import of a file would do."""

    IMPORT = "import"
    WARN = "warn"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class OpenChoice(Problem):
    """A warning that two readings differ, and that an option or study key (named in the hint) decides between them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, line or cue as a reader finds it, before speakers are looked for.

    Attributes:
        text: may hold line feeds (line breaks inside a paragraph).
        bold: how many characters at its start are bold.
        set_off: how many are set off otherwise, underlined or in colour.
        speaker: who speaks, where the format itself says so (a voice tag, a column for speakers).
        begins: seconds from the start of the recording.
        ends: seconds from the start of the recording.
        opens_block: whether blank lines, or nothing at all, stand before it.
        is_aside: whether it is a remark of who made the document, in a column for remarks; it becomes a note.
    """

    text: str
    bold: int = 0
    speaker: str | None = None
    begins: float | None = None
    ends: float | None = None
    opens_block: bool = True
    is_aside: bool = False
    set_off: int = 0


def marked_length(pieces: Sequence[tuple[str, bool]]) -> int:
    """How many characters at the beginning of a paragraph are of pieces that are marked, as bold for instance."""
    length = 0
    for piece, is_marked in pieces:
        if not is_marked and piece.strip():
            break
        length += len(piece)
    return length if any(is_marked for _piece, is_marked in pieces) else 0


@dataclass(frozen=True, slots=True)
class RawTranscript:
    """What a reader of one format gives.

    Attributes:
        joint: what stands between two paragraphs of one turn: a line feed, for cues a space.
        line_joint: what stands between two lines of one paragraph: a line feed, for cues a space.
    """

    paragraphs: tuple[Paragraph, ...]
    encoding: str
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    joint: str = "\n"
    line_joint: str = "\n"


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript, ready to be stored.

    Attributes:
        file: the file's name.
        speeches: consecutive paragraphs or cues of one speaker are one speech.
        encoding: of the text; of XML inside a container: "utf-8".
        language: "nb", "nn", "en", or "" when unsure.
        problems: all of severity "warning": usable, but said.
        notes: footnotes, comments and the like, kept beside the text.
    """

    file: str
    speeches: tuple[Speech, ...]
    encoding: str
    language: str
    problems: tuple[Problem, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownColumn:
    """What a file itself says of a column: its answers were chosen from a list, or stand on a scale.

    Attributes:
        is_multiple: whether several answers may be chosen.
        minimum: of a scale, its lower end; None for other columns.
        maximum: of a scale, its upper end.
    """

    is_multiple: bool = False
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet of a workbook, or one file of separated values.

    Attributes:
        sheet: "" for separated values.
        header: in collapsed form; a second equal one ends in " (2)".
        rows: cells as text, "" = blank, all as long as the header; completely blank records are left out.
        row_numbers: the number of each row's record in the sheet, header and blank records counted.
        n_unnamed: how many columns have cells but no header of their own; they are named after their letter.
        known: what the file itself says of a column, by its header.
    """

    sheet: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    n_unnamed: int = 0
    known: Mapping[str, KnownColumn] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file with tables; `problems` are warnings.

    Attributes:
        sheets: names of those that hold more than a row, also where they end above the header row that was said.
    """

    file: str
    encoding: str
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    sheets: tuple[str, ...] = ()
