"""Whether a sentence asks, and whether it asks somebody: Bokmål, Nynorsk, English."""

from __future__ import annotations

import re
from enum import Enum

_QUESTION = re.compile(r"\?[\"'”’»)\]\s]*$")
# "De" is "they" in Bokmål and "you" in Nynorsk, so it says nothing.
_YOU = re.compile(r"\b(?:du|deg|din|ditt|dine|dere|dokker|dokke|dåkker|dykk|dykkar|dykker|you|your)\b", re.IGNORECASE)


class Asked(Enum):
    """Whom a question is for."""

    YOU = "you"
    NOBODY = "nobody"


def asked(text: str, start: int, end: int) -> Asked | None:
    """Whom text[start:end] asks: somebody it addresses, or nobody in particular; None where it is no question."""
    sentence = text[start:end]
    if not _QUESTION.search(sentence):
        return None
    return Asked.YOU if _YOU.search(sentence) else Asked.NOBODY
