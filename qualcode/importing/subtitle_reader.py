"""Reads subtitles: WebVTT (.vtt), with its voice tags, and SubRip (.srt)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.encodings import Decoded, read_decoded
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import Paragraph, RawTranscript

_CLOCK = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s+(?P<after>.*))?")
_USUAL_TIMING = re.compile(r"\d{2}:\d{2}:\d{2}[.,]\d{3} --> \d{2}:\d{2}:\d{2}[.,]\d{3}")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+([^<>\n]*))?>")
_TAG = re.compile(
    r"</?(?:v|c|i|b|u|ruby|rt|lang|font|s)\b[^<>]*>|<(?:\d+:)?\d{1,2}:\d{2}\.\d{3}>|\{\\an\d\}", re.IGNORECASE
)
_TIMED_WORD = re.compile(r"<\d{2}:\d{2}:\d{2}\.\d{3}><c>")  # as YouTube writes what it heard
_SETTINGS_BLOCKS = ("STYLE", "REGION")


def read_subtitles(path: Path, encoding: str | None = None) -> RawTranscript:
    """The cues of a subtitle file, with their speakers and times.

    The lines of a cue and the cues of one speaker are joined by a space, since their ends come from the width of a
    screen; a line that begins with a speaker's label begins a turn.

    Args:
        path: .vtt or .srt; both are read the same way.
        encoding: see `encodings.read_decoded`.

    Raises:
        ImportingError: not text, or without a single cue.
    """
    return cues_of(read_decoded(path, encoding), path.name)


def looks_like_subtitles(text: str) -> bool:
    """Whether a text opens with the head of WebVTT, or with the times of a cue."""
    opening = [line.strip() for line in text[:2_000].split("\n") if line.strip()][:2]
    if opening and opening[0].isdigit():
        opening = opening[1:]
    return bool(opening) and (opening[0] == "WEBVTT" or bool(_USUAL_TIMING.match(opening[0])))


def cues_of(read: Decoded, file: str) -> RawTranscript:
    """The cues of a text; see `read_subtitles`."""
    blocks = list(_blocks(in_normal_form(read.text)))
    paragraphs: list[Paragraph] = []
    notes: list[str] = []
    stray: list[int] = []
    n_cues = n_rolled = 0
    is_rolling = bool(_TIMED_WORD.search(read.text))
    shown = ""  # the last line on the screen
    for first_line, block in blocks:
        at = next((number for number, line in enumerate(block[:2]) if _TIMING.fullmatch(line)), None)
        if at is not None:
            n_cues += 1
            lines = block[at + 1 :]
            if is_rolling:
                new: list[str] = []
                for line in lines:
                    if _plain(line).strip() != shown:
                        new.append(line)
                    shown = _plain(line).strip()
                n_rolled += len(lines) - len(new)
                lines = new
            paragraphs.extend(_cue(block[at], lines))
        elif block[0].startswith("NOTE"):
            notes.append("\n".join(block).removeprefix("NOTE").strip())
        elif not (block[0].startswith(_SETTINGS_BLOCKS) or (first_line == 1 and block[0].startswith("WEBVTT"))):
            stray.append(first_line)
    if not n_cues:
        raise ImportingError(
            _("{file} holds no cue with times.").format(file=file),
            hint=_("If it is plain text, give it the ending .txt."),
        )
    problems = list(read.problems)
    if n_rolled:
        what = ngettext(
            "{n} line that rolls on over the screen was read once.",
            "{n} lines that roll on over the screen were read once.",
            n_rolled,
        )
        problems.append(Problem(file, what.format(n=n_rolled), "", "warning"))
    if stray:
        what = ngettext(
            "The lines from line {lines} on belong to no cue and were left out.",
            "Lines that belong to no cue were left out, from lines {lines} on.",
            len(stray),
        ).format(lines=", ".join(map(str, stray[:5])) + (", …" if len(stray) > 5 else ""))
        problems.append(Problem(file, what, _("Check the times above them."), "warning"))
    return RawTranscript(
        tuple(paragraphs),
        read.encoding,
        tuple(problems),
        tuple(note for note in notes if note),
        joint=" ",
        line_joint=" ",
    )


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between blank lines, with the number of the first.

    A line of times always begins a new one. A line of spaces is a line of its cue, unless a new one follows.
    """
    block: list[str] = []
    first = 1
    spaces = 0  # place in the block after the last line of spaces
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            if not line and block:
                yield first, block
            block, spaces = (block, len(block)) if line else ([], 0)
            continue
        begins_note = spaces == len(block) and line.startswith(("NOTE", *_SETTINGS_BLOCKS))
        if block and (begins_note or (len(block) > 1 and _TIMING.fullmatch(line))):
            has_name = not begins_note and (block[-1].strip().isdigit() or 0 < spaces == len(block) - 1)
            own = [block.pop()] if has_name else []
            if block:
                yield first, block
            block, first, spaces = own, number - len(own), 0
        if not block:
            first = number
        block.append(line)
    if block:
        yield first, block


def _cue(timing: str, lines: Sequence[str]) -> Iterator[Paragraph]:
    found = _TIMING.fullmatch(timing)
    assert found is not None
    times = found.groups()
    begins, ends = _seconds(times[:4]), _seconds(times[4:8])
    settings = found["after"] or ""
    payload = "\n".join([settings[settings.index("<") :], *lines] if "<" in settings else lines)
    pieces = _VOICE.split(payload)  # text, voice, text, voice, text ...
    for number in range(0, len(pieces), 2):
        voice = pieces[number - 1] if number else None
        spoken = "\n".join(line for line in _plain(pieces[number]).split("\n") if line.strip())
        if spoken:
            label = _plain(voice).strip() if voice else ""
            yield Paragraph(spoken, speaker=label or None, begins=begins, ends=ends)


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup)) if "<" in markup or "&" in markup or "{" in markup else markup


def _seconds(clock: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = clock
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")
