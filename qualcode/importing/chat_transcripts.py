"""Reads the lines of CHAT, the format of CLAN: `*KAR:` before what is said, `%` before remarks, `@` before the head."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.errors import Problem
from qualcode.i18n import _
from qualcode.importing.report import Paragraph

_SPOKEN = re.compile(r"\*(?P<label>[^\W_][\w-]{0,11}):[ \t]+(?P<rest>.*)")
_HEAD = re.compile(r"@(?:UTF8|Begin|Window|Color words|Font|PID)\b")
_PARTICIPANTS = re.compile(r"@Participants:[ \t]*(?P<listed>.*)")
_TIMES = re.compile(r"[ \t]*\x15(?P<begins>\d+)_(?P<ends>\d+)\x15[ \t]*")


def chat_paragraphs(text: str, where: str) -> tuple[list[Paragraph], list[Problem]] | None:
    """What is said in a transcript in CHAT, with its speakers; None for any other text.

    Args:
        text: in normal form.
        where: the file, for problems.
    """
    if not _HEAD.match(text.lstrip()):
        return None
    lines = _whole_lines(text)
    spoken = [found for line in lines if (found := _SPOKEN.fullmatch(line))]
    if not spoken:
        return None
    problems = []
    n_remarks = sum(line.startswith("%") for line in lines)
    if n_remarks:
        what = _("Remarks on lines of their own were left out ({n}).").format(n=n_remarks)
        problems.append(Problem(where, what, "", "warning"))
    legend = [each for line in lines if (found := _PARTICIPANTS.fullmatch(line)) for each in _listed(found["listed"])]
    if legend:
        what = _("The file explains its labels: {legend}.").format(legend="; ".join(legend[:12]))
        hint = _("The labels stand as they are; say which group each is (study key: speakers).")
        problems.append(Problem(where, what, hint, "warning"))
    return [_paragraph(found) for found in spoken], problems


def _whole_lines(text: str) -> list[str]:
    """The lines, those that begin with a tab joined to the one that they continue."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.startswith("\t") and lines:
            lines[-1] += " " + line.strip()
        elif line.strip():
            lines.append(line)
    return lines


def _paragraph(found: re.Match[str]) -> Paragraph:
    times = list(_TIMES.finditer(found["rest"]))
    text = _TIMES.sub(" ", found["rest"]).strip()
    begins = int(times[0]["begins"]) / 1000 if times else None
    ends = int(times[-1]["ends"]) / 1000 if times else None
    return Paragraph(text, speaker=found["label"], begins=begins, ends=ends)


def _listed(participants: str) -> Sequence[str]:
    """ "KAR Kari Informant, INV Investigator" -> "KAR = Kari Informant", "INV = Investigator"."""
    parts = [part.split() for part in participants.split(",")]
    return [f"{code} = {' '.join(rest)}" for code, *rest in (part for part in parts if len(part) > 1)]
