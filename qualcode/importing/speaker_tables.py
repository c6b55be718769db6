"""Tables in documents: those with a column for speakers give turns, others their cells in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualcode.i18n import collapsed, folded
from qualcode.importing.report import Paragraph
from qualcode.importing.speaker_lines import seconds_of
from qualcode.importing.speaker_names import could_be_label

_SPEAKER_HEADERS = frozenset(
    "taler talar hvem kven navn namn person speaker who name participant deltaker deltakar rolle role".split()
)
_TEXT_HEADERS = frozenset("tekst text ytring utsagn utsegn replikk hva kva what utterance innhold content".split())
_TIME_HEADERS = frozenset("tid time start slutt end tidspunkt timestamp tidskode timespan tidsrom".split())
_NUMBER_HEADERS = frozenset(("", "nr", "no", "nummer", "number", "#", "linje", "line", "id"))
_ASIDE_HEADERS = frozenset(
    "kommentar kommentarer kommentarar merknad merknader notat notater note notes comment comments kode koder "
    "code codes".split()
)
_RULE = re.compile(r"[\s|:-]+")
_MOST_COLUMNS = 4  # where no header says what they are

Row = Sequence[Sequence[Paragraph]]


def cells_as_paragraphs(rows: Sequence[Row]) -> Iterator[Paragraph]:
    """The paragraphs of a table, row by row.

    Args:
        rows: for each row its cells, for each cell its paragraphs.

    Yields:
        Paragraphs with a speaker where one column names speakers and another holds what they say; times and numbers
        of rows are left out then, and what stands in a column for remarks is marked as an aside.
    """
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    header = _header(texts)
    names = _speaker_column(texts, header)
    if names is None and not (header and _TIME_HEADERS.intersection(header) and _TEXT_HEADERS.intersection(header)):
        for row in rows:
            for cell in row:
                yield from cell
        return
    first = 1 if header else 0
    numbered = _number_columns(texts[first:], header, names)
    for row, shown in zip(rows[first:], texts[first:], strict=True):
        yield from _spoken_row(row, shown, names, numbered, header)


def rows_as_paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text whose lines are rows with tabs between cells, under a header; [] for other texts."""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and all(line.strip().startswith("|") for line in lines):  # a table in Markdown
        lines = [
            "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
            for line in lines
            if not _RULE.fullmatch(line)
        ]
    if not lines or "\t" not in lines[0] or not _header([[_plain(cell) for cell in lines[0].split("\t")]]):
        return []
    rows = [[[Paragraph(cell)] for cell in line.split("\t")] for line in lines]
    return list(cells_as_paragraphs(rows)) if len({len(row) for row in rows}) == 1 else []


def _cell_text(cell: Sequence[Paragraph]) -> str:
    return _plain(" ".join(paragraph.text for paragraph in cell))


def _plain(text: str) -> str:
    return collapsed(text)


def _header(texts: Sequence[Sequence[str]]) -> list[str]:
    """What the first row says of the columns; [] if it is no header."""
    if not texts:
        return []
    words = [folded(text).rstrip(":.") for text in texts[0]]
    known = _SPEAKER_HEADERS | _TEXT_HEADERS | _TIME_HEADERS | _NUMBER_HEADERS | _ASIDE_HEADERS
    says = any(word in _SPEAKER_HEADERS | _TEXT_HEADERS for word in words)
    return words if says and all(word in known for word in words) else []


def _speaker_column(texts: Sequence[Sequence[str]], header: Sequence[str]) -> int | None:
    """The column that names speakers: as the header says, or short names that recur, with longer text beside them."""
    spoken = texts[1:] if header else texts
    width = min((len(row) for row in spoken), default=0)
    if width < 2:
        return None
    if header and _TEXT_HEADERS.intersection(header):
        named = [number for number, word in enumerate(header) if word in _SPEAKER_HEADERS and number < width]
        if named and any(_label(row[named[0]]) for row in spoken):
            return named[0]
    if max(len(row) for row in spoken) > _MOST_COLUMNS:
        return None
    for column in range(width - 1):
        labels = [_label(row[column]) for row in spoken]
        held = [label for label in labels if label]
        beside = [row[column + 1] for row in spoken]
        if not held or not all(could_be_label(label) for label in held) or all(label.isdigit() for label in held):
            continue
        recurs = max(Counter(folded(label) for label in held).values()) > 1
        longer = sum(map(len, beside)) > sum(map(len, labels))
        if longer and (recurs or header):
            return column
    return None


def _number_columns(texts: Sequence[Sequence[str]], header: Sequence[str], names: int | None) -> set[int]:
    """The columns that count the rows, or hold nothing but whole numbers under a header that says so."""
    width = min((len(row) for row in texts), default=0)
    found = set()
    for column in range(width):
        cells = [row[column].rstrip(".") for row in texts]
        if column == names or not all(cell.isdecimal() for cell in cells):
            continue
        counts = [int(cell) for cell in cells]
        if counts == list(range(counts[0], counts[0] + len(counts))) and (len(counts) > 2 or header):
            found.add(column)
    return found


def _label(text: str) -> str:
    return text.rstrip(":").strip()


def _spoken_row(
    row: Row, texts: Sequence[str], names: int | None, numbered: set[int], header: Sequence[str]
) -> Iterator[Paragraph]:
    label = _label(texts[names]) if names is not None and names < len(texts) else ""
    times = [seconds_of(text) if text else None for text in texts]
    begins = next((time for time in times if time is not None), None)
    for column, cell in enumerate(row):
        if column == names or column in numbered or times[column] is not None:
            continue
        aside = column < len(header) and header[column] in _ASIDE_HEADERS
        for paragraph in cell:
            if not paragraph.text.strip():
                continue
            if aside:
                yield replace(paragraph, is_aside=True)
            elif label or names is None:
                yield replace(paragraph, speaker=label or None, begins=begins)
            else:
                yield paragraph
