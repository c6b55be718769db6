"""Tables in documents: those with a column for speakers give turns, others their cells in reading order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qualcode.i18n import collapsed, folded
from qualcode.importing.report import Paragraph
from qualcode.importing.speaker_lines import seconds_of
from qualcode.importing.speaker_names import could_be_name

_SPEAKER_HEADERS = frozenset(
    "taler talar hvem kven navn namn person speaker who name participant deltaker deltakar rolle role".split()
)
_TEXT_HEADERS = frozenset("tekst text ytring utsagn utsegn replikk hva kva what utterance innhold content".split())
_TIME_HEADERS = frozenset("tid time start tidspunkt timestamp tidskode".split())

Row = Sequence[Sequence[Paragraph]]


def cells_as_paragraphs(rows: Sequence[Row]) -> Iterator[Paragraph]:
    """The paragraphs of a table, row by row.

    Args:
        rows: for each row its cells, for each cell its paragraphs.

    Yields:
        Paragraphs with a speaker where one column names speakers and the next one holds what they say.
    """
    names = _speaker_column(rows)
    if names is None:
        for row in rows:
            for cell in row:
                yield from cell
        return
    for number, row in enumerate(rows):
        texts = [_cell_text(cell) for cell in row]
        if number == 0 and _is_header(texts):
            continue
        yield from _spoken_row(row, texts, names)


def _cell_text(cell: Sequence[Paragraph]) -> str:
    return collapsed(" ".join(paragraph.text for paragraph in cell))


def _is_header(texts: Sequence[str]) -> bool:
    words = [folded(text).rstrip(":") for text in texts if text]
    return bool(words) and all(word in _SPEAKER_HEADERS | _TEXT_HEADERS | _TIME_HEADERS for word in words)


def _speaker_column(rows: Sequence[Row]) -> int | None:
    """The column that names speakers: short names that recur (or a header that says so), longer text beside them."""
    texts = [[_cell_text(cell) for cell in row] for row in rows]
    has_header = bool(texts) and _is_header(texts[0])
    spoken = texts[1:] if has_header else texts
    if not spoken or min(len(row) for row in spoken) < 2 or max(len(row) for row in spoken) > 4:
        return None
    for column in range(min(len(row) for row in spoken) - 1):
        labels = [row[column].rstrip(":").strip() for row in spoken]
        named = [label for label in labels if label]
        beside = [row[column + 1] for row in spoken]
        if not named or not all(could_be_name(label) for label in named):
            continue
        recurs = max(Counter(folded(label) for label in named).values()) > 1
        longer = sum(map(len, beside)) > sum(map(len, labels))
        if longer and (recurs or has_header):
            return column
    return None


def _spoken_row(row: Row, texts: Sequence[str], names: int) -> Iterator[Paragraph]:
    label = texts[names].rstrip(":").strip()
    begins = next((seconds_of(text) for text in texts if text and seconds_of(text) is not None), None)
    for column, cell in enumerate(row):
        if column == names or (texts[column] and seconds_of(texts[column]) is not None):
            continue
        for paragraph in cell:
            if not paragraph.text.strip():
                continue
            yield replace(paragraph, speaker=label or None, begins=begins) if label else paragraph
