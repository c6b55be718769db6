"""Reads plain text and Markdown: each line is a paragraph, blank lines stand between blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from qualcode.errors import Problem
from qualcode.i18n import _
from qualcode.importing.encodings import read_decoded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import Paragraph, RawTranscript

_CREDIT = re.compile(r"\s*Transcribed by (?:https?://)?[\w.]+/?\s*", re.IGNORECASE)


def read_text(path: Path, encoding: str | None = None) -> RawTranscript:
    """The lines of a text file; see `encodings.read_decoded` for `encoding` and errors."""
    read = read_decoded(path, encoding)
    paragraphs = list(_paragraphs(in_normal_form(read.text)))
    problems = list(read.problems)
    if len(paragraphs) > 1 and _CREDIT.fullmatch(paragraphs[-1].text):
        paragraphs.pop()
        what = _("The last line names the service that made the transcript; it was left out.")
        problems.append(Problem(path.name, what, "", "warning"))
    return RawTranscript(tuple(paragraphs), read.encoding, tuple(problems))


def _paragraphs(text: str) -> Iterator[Paragraph]:
    after_blank = True
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line, opens_block=after_blank)
            after_blank = False
        else:
            after_blank = True
