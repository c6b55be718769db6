"""Reads transcripts that speech recognition writes as JSON: Whisper and its relatives, Autotekst among them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.archives import hostile
from qualcode.importing.encodings import decoded, read_bytes
from qualcode.importing.json_words import segments_of_words
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import Paragraph, RawTranscript
from qualcode.importing.speaker_lines import seconds_of

LARGEST_FILE = 30_000_000  # bytes; what is read from it takes up to twenty times as much memory
MOST_SEGMENTS = 300_000  # three hundred hours of talk have as many

_SEGMENTS = (
    *("segments", "transcription", "utterances", "chunks", "monologues", "paragraphs", "phrases", "cues"),
    "audio_segments",
)
_AROUND = ("transcript", "result", "results", "data", "output", "response")  # what the list may be wrapped in
_TEXTS = ("text", "transcript", "utterance", "content", "display", "value")
_SPEAKERS = ("speaker", "speaker_label", "speaker_name", "speakerName", "speaker_id", "speakerId", "name", "label")
_BEGINS = ("start", "begin", "start_time", "startTime", "from", "begins")
_ENDS = ("end", "end_time", "endTime", "to", "ends")


def read_json(path: Path, encoding: str | None = None) -> RawTranscript:
    """The segments of a transcript in JSON, with their times and speakers where it names them.

    Args:
        path: the file.
        encoding: see `encodings.read_decoded`; JSON is nearly always UTF-8.

    Raises:
        ImportingError: no JSON, or without a list of segments that hold text.
    """
    read = decoded(read_bytes(path, LARGEST_FILE), path.name, encoding)
    try:
        content = json.loads(read.text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        where = _("{file}, line {line}").format(file=path.name, line=line) if line else path.name
        raise ImportingError(
            _("{where}: this is no JSON.").format(where=where),
            hint=_("It may be cut off; export it anew, or as .vtt or .docx."),
        ) from error
    segments = _segments(content) or segments_of_words(content)
    if not segments:
        raise ImportingError(
            _("{file} holds no list of segments with text.").format(file=path.name),
            hint=_("Export the transcript as .vtt, .docx or .txt."),
        )
    if len(segments) > MOST_SEGMENTS:
        raise hostile(path.name, _("it holds {n} parts").format(n=len(segments)))
    paragraphs = tuple(_paragraphs(segments, _names(content)))
    problems = (*read.problems, *_lost(content, segments, paragraphs, path.name))
    return RawTranscript(paragraphs, read.encoding, problems, joint=" ")


def _segments(content: object, depth: int = 0) -> Sequence[Mapping[str, object]]:
    """The list of segments, wherever the program that wrote the file puts it."""
    if isinstance(content, list):
        held = [each for each in content if isinstance(each, dict) and _text(each) is not None]
        return held if held and len(held) * 2 >= len(content) else []
    if not isinstance(content, dict) or depth > 3:
        return []
    for key in (*_SEGMENTS, *_AROUND):
        found = _segments(content.get(key), depth + 1)
        if found:
            return found
    return []


def _text(segment: Mapping[str, object]) -> str | None:
    for key in _TEXTS:
        value = segment.get(key)
        if isinstance(value, str):
            return value
    elements = segment.get("elements")  # words and signs one by one, as Rev writes them
    if isinstance(elements, list) and all(isinstance(each, dict) for each in elements):
        return "".join(str(each.get("value", "")) for each in elements)
    return None


def _names(content: object) -> dict[int, str]:
    """The names of numbered speakers, where the file lists them."""
    listed = content.get("speakers") if isinstance(content, dict) else None
    return {
        each["id"]: each["name"]
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict) and isinstance(each.get("id"), int) and isinstance(each.get("name"), str)
    }


def _paragraphs(segments: Sequence[Mapping[str, object]], names: Mapping[int, str]) -> Iterator[Paragraph]:
    for segment in segments:
        text = in_normal_form(_text(segment) or "").strip()
        if text:
            begins, ends = _times(segment)
            yield Paragraph(text, speaker=_speaker(segment, names), begins=begins, ends=ends)


def _speaker(segment: Mapping[str, object], names: Mapping[int, str]) -> str | None:
    for key in _SPEAKERS:
        value = segment.get(key)
        if isinstance(value, dict):
            value = value.get("name") or value.get("label") or value.get("id")
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            return names.get(value) or _("Speaker {n}").format(n=value)
    return None


def _times(segment: Mapping[str, object]) -> tuple[float | None, float | None]:
    """Begin and end, in seconds."""
    both = segment.get("timestamp")
    if isinstance(both, list) and len(both) == 2:  # as Hugging Face writes it
        return _seconds(both[0]), _seconds(both[1])
    clocks = segment.get("timestamps")
    if isinstance(clocks, dict):  # as whisper.cpp writes it
        segment = clocks
    return _first_time(segment, _BEGINS), _first_time(segment, _ENDS)


def _first_time(segment: Mapping[str, object], keys: tuple[str, ...]) -> float | None:
    return next((found for key in keys if (found := _seconds(segment.get(key))) is not None), None)


def _seconds(value: object) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e9 and math.isfinite(value) and value >= 0 else None
    if isinstance(value, str):
        if re.fullmatch(r"\d{1,7}(?:\.\d{1,9})?s?", value):
            return float(value.rstrip("s"))
        return seconds_of(value)
    return None


def _lost(
    content: object, segments: Sequence[Mapping[str, object]], paragraphs: tuple[Paragraph, ...], file: str
) -> Iterator[Problem]:
    """Warnings for segments without text, and for a text of the whole that says more than its segments."""
    n_empty = len(segments) - len(paragraphs)
    if n_empty:
        what = ngettext(
            "{n} segment without text was left out.", "{n} segments without text were left out.", n_empty
        ).format(n=n_empty)
        yield Problem(file, what, "", "warning")
    whole = content.get("text") if isinstance(content, dict) else None
    if isinstance(whole, str):
        in_whole = len("".join(in_normal_form(whole).split()))
        in_segments = sum(len("".join(paragraph.text.split())) for paragraph in paragraphs)
        if in_whole > in_segments:
            n = in_whole - in_segments
            what = ngettext(
                "The text of the whole has {n} character more than its segments; the segments were read.",
                "The text of the whole has {n} characters more than its segments; the segments were read.",
                n,
            ).format(n=n)
            hint = _("Compare the end of the transcript with the recording.")
            yield Problem(file, what, hint, "warning")
