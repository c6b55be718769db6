"""What a report is made of, whatever file it becomes: headings, paragraphs, tables, pictures, quotations."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

# What XML and web pages cannot hold; a transcript may.
_FORBIDDEN = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def printable(text: str) -> str:
    """A text without the signs that no document can hold."""
    return _FORBIDDEN.sub("", text)


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """Points to a table or picture by its id; shown as "Table 1"."""

    target: str


Inline = str | Strong | Reference
Words = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """The title of the whole."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 to 3. Those of level 1 and 2 stand in the contents."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        style: "body", "lead" (below the title), "warning" (must not be overlooked) or "command" (to be typed).
    """

    words: Words
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Quote:
    """A respondent's words, with who spoke as far as that may be told."""

    text: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, line by line.

    Attributes:
        indent: how deep it stands in a tree, 0 at the top.
        is_text: left-aligned; numbers are centred.
    """

    lines: tuple[Words, ...]
    bold: bool = False
    indent: int = 0
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption above and its notes below.

    Attributes:
        id: what references go by.
        number: of the caption, counted from 1.
        widths: of the columns, as shares of the page's width.
        trace: where the numbers come from, and the command that gives them again; may be empty.
    """

    id: str
    number: int
    caption: str
    header: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float]
    notes: Sequence[str] = ()
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its caption below.

    Attributes:
        draw: gives the file's bytes for "png" or "svg".
        alt: what it shows, for whoever cannot see it.
    """

    id: str
    number: int
    caption: str
    alt: str
    draw: Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Contents:
    """The table of contents."""

    heading: str


Block = Title | Heading | Paragraph | Bullets | Quote | Table | Picture | Contents


@dataclass(frozen=True)
class Report:
    """A report, ready to be drawn.

    Attributes:
        title: of the study.
        language: "nb", "nn" or "en"; of hyphenation and spelling too.
        table_label: "Table" in that language; likewise `figure_label`.
        page: "Page {page} of {pages}" in that language.
        made: date and time, as ISO 8601.
        subject: what the document is, in a few words.
    """

    title: str
    language: str
    table_label: str
    figure_label: str
    page: str
    made: str
    subject: str
    blocks: Sequence[Block] = field(default_factory=tuple)

    def name_of(self, target: str) -> str:
        """A table or picture as a reference shows it.

        Raises:
            KeyError: there is nothing of that id.
        """
        for block in self.blocks:
            if isinstance(block, Table | Picture) and block.id == target:
                label = self.table_label if isinstance(block, Table) else self.figure_label
                return f"{label} {block.number}"
        raise KeyError(target)


def cell(text: str, *, bold: bool = False, indent: int = 0, is_text: bool = False) -> Cell:
    """A cell of plain words; line breaks part its lines."""
    return Cell(tuple((line,) for line in text.split("\n")), bold, indent, is_text)
