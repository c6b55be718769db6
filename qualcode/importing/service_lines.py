"""Lines that a meeting service adds at the end of a transcript: nobody said them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.importing.report import Paragraph

_AT_THE_END = re.compile(
    r"\s*(?:"
    r"Transcribed by (?:https?://)?[\w.]+/?"
    r"|\S[^:\n]{0,80} (?:stopped transcription|stoppet transkripsjon(?:en)?|stoppa transkripsjon(?:en)?"
    r"|avsluttet transkripsjon(?:en)?)"
    r"|Meeting ended (?:after|at) \d{1,2}:\d{2}(?::\d{2})?\W*"
    r"|This editable transcript was computer generated and might contain errors\..{0,120}"
    r")\s*",
    re.IGNORECASE,
)
_MOST = 2


def without_service_lines(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], int]:
    """The paragraphs without those at the end that a service added, and how many these are."""
    kept = [paragraph for paragraph in paragraphs if paragraph.text.strip()]
    n = 0
    while len(kept) > 1 and n < _MOST and _AT_THE_END.fullmatch(kept[-1].text):
        kept.pop()
        n += 1
    return (kept, n) if n else (list(paragraphs), 0)
