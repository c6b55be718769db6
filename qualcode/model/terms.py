"""Terms: the notation in which a codebook's rules write the words they look for (docs/rules.md, "Terms")."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from qualcode.errors import CodebookError
from qualcode.i18n import _

GAP_WORDS = 4
"""At most so many words stand where a term says "..."."""

_GAP = re.compile(r"\.{3,}|…")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_CONCEPT = re.compile(r"@([a-z0-9_]+)")
_SHORTEST_PART = 2


class Reading(StrEnum):
    """Which words of a text a word of a term stands for."""

    WORD = "word"  # møte: any inflected form; compounds as far as its length allows
    FORMS = "forms"  # ~lov: any inflected form, never a compound
    EXACT = "exact"  # =lov: this form
    BEGINS = "begins"  # taushets*
    ENDS = "ends"  # *plikt, inflected too
    CONTAINS = "contains"  # *plikt*


@dataclass(frozen=True, slots=True)
class TermWord:
    """One word of a term.

    Attributes:
        text: the word without the marks around it, as written, in NFC.
        reading: what it stands for.
        capitals: whether it is written in two or more capitals and therefore only found in capitals.
    """

    text: str
    reading: Reading = Reading.WORD
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """What a rule looks for: a word, words after one another, or the name of a word list.

    Attributes:
        written: the term as the codebook writes it, white space collapsed.
        words: its words in order; none for a concept.
        gaps: how many words may stand between each word and the next; one fewer than `words`.
        concept: the name of the word list it stands for ("record_system" for "@record_system"), else "".
    """

    written: str
    words: tuple[TermWord, ...] = ()
    gaps: tuple[int, ...] = ()
    concept: str = ""


@lru_cache(maxsize=50_000)
def parse_term(text: str) -> Term:
    """Read a term.

    Args:
        text: a term in the notation of docs/rules.md.

    Raises:
        CodebookError: it is not a term; the hint says how to write it.
    """
    written = " ".join(unicodedata.normalize("NFC", text).split())
    if not written:
        raise CodebookError(_("A term is empty."), hint=_("Write a word, or take the term out."))
    if "@" in written:
        return _concept(written)
    parts = _GAP.sub(" … ", written).split()
    if parts[0] == "…" or parts[-1] == "…":
        raise CodebookError(
            _("The term {term!r} begins or ends with a gap.").format(term=written),
            hint=_("Write a word on both sides of “...”, or use * for a part of a word."),
        )
    words: list[TermWord] = []
    gaps: list[int] = []
    after_gap = False
    for part in parts:
        if part == "…":
            after_gap = True
            continue
        if words:
            gaps.append(GAP_WORDS if after_gap else 0)
        words.append(_word(part, written))
        after_gap = False
    return Term(written, tuple(words), tuple(gaps))


def _concept(written: str) -> Term:
    found = _CONCEPT.fullmatch(written)
    if found is None:
        raise CodebookError(
            _("The term {term!r} is not the name of a concept.").format(term=written),
            hint=_("Write @ and the concept's key alone: small letters a to z, digits and _."),
        )
    return Term(written, concept=found[1])


def _word(part: str, term: str) -> TermWord:
    reading, text = _reading(part)
    if not _WORD.fullmatch(text):
        raise CodebookError(
            _("{part!r} in the term {term!r} is not a word.").format(part=part, term=term),
            hint=_(
                "A word has letters, digits and inner hyphens; = or ~ stands before it, * at its ends. "
                "Use “regex” for anything else."
            ),
        )
    if reading in (Reading.BEGINS, Reading.ENDS, Reading.CONTAINS) and len(text) < _SHORTEST_PART:
        raise CodebookError(
            _("{part!r} in the term {term!r} would find nearly every word.").format(part=part, term=term),
            hint=_("Write at least two letters beside *."),
        )
    return TermWord(text, reading, not text.islower() and _is_in_capitals(text))


def _is_in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _reading(part: str) -> tuple[Reading, str]:
    if part[0] in "=~":
        return (Reading.EXACT if part[0] == "=" else Reading.FORMS), part[1:]
    begins, ends = part.endswith("*"), part.startswith("*")
    text = part[ends : len(part) - begins] if len(part) > 1 else ""
    if begins and ends:
        return Reading.CONTAINS, text
    if begins:
        return Reading.BEGINS, text
    if ends:
        return Reading.ENDS, text
    return Reading.WORD, part
