"""Reads a transcript of any known format into speeches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _
from qualcode.importing.language import detect_language, doubtful_language
from qualcode.importing.normal_form import doubtful_characters, in_normal_form
from qualcode.importing.readers import TRANSCRIPT_READERS, reader_for
from qualcode.importing.report import Paragraph, Transcript
from qualcode.importing.service_lines import without_service_lines
from qualcode.importing.speakers import speeches_of


def read_transcript(path: Path, *, encoding: str | None = None) -> Transcript:
    """A transcript with its speakers.

    Args:
        path: a file with one of the endings in `readers.TRANSCRIPT_READERS`.
        encoding: of a text file; None to find it out.

    Raises:
        ImportingError: nothing usable: missing, empty, binary, encrypted, damaged, of an unknown kind.
    """
    raw = reader_for(path, TRANSCRIPT_READERS)(path, encoding)
    paragraphs = [_in_normal_form(paragraph) for paragraph in raw.paragraphs]
    asides = tuple(paragraph.text.strip() for paragraph in paragraphs if paragraph.is_aside and paragraph.text.strip())
    spoken, n_added = without_service_lines([paragraph for paragraph in paragraphs if not paragraph.is_aside])
    speeches, problems = speeches_of(spoken, raw.joint, path.name, raw.line_joint)
    if not speeches:
        raise ImportingError(
            _("{file} holds no words.").format(file=path.name), hint=_("Check that it was saved whole.")
        )
    texts = [speech.text for speech in speeches]
    said = "\n".join(texts)
    return Transcript(
        file=path.name,
        speeches=speeches,
        encoding=raw.encoding,
        language=detect_language(said),
        problems=(
            *raw.problems,
            *_left_out(len(asides), n_added, path.name),
            *problems,
            *doubtful_characters(texts, path.name),
            *doubtful_language(said, path.name),
        ),
        notes=(*(in_normal_form(note) for note in raw.notes), *asides),
    )


def _left_out(n_asides: int, n_added: int, file: str) -> Iterator[Problem]:
    if n_asides:
        what = _("Cells in a column for remarks stand beside the text, not in it ({n}).").format(n=n_asides)
        yield Problem(file, what, "", "warning")
    if n_added:
        what = _("The last line names the service that made the transcript; it was left out.")
        yield Problem(file, what, "", "warning")


def _in_normal_form(paragraph: Paragraph) -> Paragraph:
    text = in_normal_form(paragraph.text)
    if text == paragraph.text:
        return paragraph
    return replace(paragraph, text=text, bold=len(in_normal_form(paragraph.text[: paragraph.bold])))
