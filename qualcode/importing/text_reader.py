"""Reads plain text and Markdown: each line is a paragraph, blank lines stand between blocks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _
from qualcode.importing.chat_transcripts import chat_paragraphs
from qualcode.importing.encodings import read_decoded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import Paragraph, RawTranscript
from qualcode.importing.speaker_tables import rows_as_paragraphs
from qualcode.importing.subtitle_reader import cues_of, looks_like_subtitles

_BARE_QUOTE = re.compile(r"^[ \t]*>[ \t]*$", re.MULTILINE)  # a blank line of a quotation in Markdown
_LARGEST_JSON = 30_000_000  # characters


def read_text(path: Path, encoding: str | None = None) -> RawTranscript:
    """The lines of a text file; see `encodings.read_decoded` for `encoding` and errors."""
    read = read_decoded(path, encoding)
    _check_is_text(read.text, path.name)
    text = in_normal_form(read.text)
    if looks_like_subtitles(text):
        cues = cues_of(read, path.name)
        what = _("It holds subtitles, and was read as such.")
        return replace(cues, problems=(*cues.problems, Problem(path.name, what, "", "warning")))
    in_chat = chat_paragraphs(text, path.name)
    if in_chat is not None:
        return RawTranscript(tuple(in_chat[0]), read.encoding, (*read.problems, *in_chat[1]))
    if path.suffix.lower() == ".md":
        text = _BARE_QUOTE.sub("", text)
    paragraphs = rows_as_paragraphs(text) or _paragraphs(text)
    return RawTranscript(tuple(paragraphs), read.encoding, read.problems)


def _check_is_text(text: str, file: str) -> None:
    """ImportingError for what is text but not written to be read: pages of the web, JSON."""
    head = text[:200].lstrip("\ufeff \r\n\t")
    kind = ""
    if head[:15].lower().startswith(("<!doctype html", "<html")):
        kind = _("a web page")
    elif head.startswith(("{", "[{")) and len(text) < _LARGEST_JSON:
        try:
            kind = "JSON" if json.loads(text.lstrip("\ufeff")) else ""
        except (ValueError, RecursionError):
            kind = ""
    if kind:
        raise ImportingError(
            _("{file} is no text but {format}.").format(file=file, format=kind),
            hint=_("Give it the ending that belongs to its content, or export it as text."),
        )


def _paragraphs(text: str) -> Iterator[Paragraph]:
    after_blank = True
    for line in text.split("\n"):
        if line.strip():
            yield Paragraph(line, opens_block=after_blank)
            after_blank = False
        else:
            after_blank = True
