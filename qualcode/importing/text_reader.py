"""Reads plain text and Markdown: each line is a paragraph, blank lines stand between blocks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qualcode.importing.encodings import read_decoded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import Paragraph, RawTranscript
from qualcode.importing.speaker_tables import rows_as_paragraphs


def read_text(path: Path, encoding: str | None = None) -> RawTranscript:
    """The lines of a text file; see `encodings.read_decoded` for `encoding` and errors."""
    read = read_decoded(path, encoding)
    text = in_normal_form(read.text)
    paragraphs = rows_as_paragraphs(text) or _paragraphs(text)
    return RawTranscript(tuple(paragraphs), read.encoding, read.problems)


def _paragraphs(text: str) -> Iterator[Paragraph]:
    after_blank = True
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line, opens_block=after_blank)
            after_blank = False
        else:
            after_blank = True
