"""What a word of a text is to a word of a term: the word itself, a compound with it, or something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from qualcode.autocoding.compounds import may_be_last, may_stand_after, may_stand_before, undivided
from qualcode.autocoding.inflection import inflections
from qualcode.autocoding.spellings import spellings
from qualcode.model.terms import Reading, TermWord

WORD = re.compile(r"[^\W_]+(?:[-'’‑][^\W_]+)*")
"""A word of a text: letters and digits, with hyphens and apostrophes inside."""

ONLY_FORMS = 3
"""A keyword of so many letters or fewer is only found in its inflected forms."""

ALSO_INSIDE = 6
"""A keyword of so many letters or more is also found inside a compound."""

_HYPHEN = re.compile("[-‑]")
_POSSESSIVE = re.compile(r"['’]s?\Z")
# "TV-en", "PC-ene", "tv-s": endings behind a hyphen.
_HYPHEN_ENDINGS = frozenset("en et a er ene ar ane s ens ets ers enes ere erne n t e".split())
_CAPITAL_ENDING = re.compile(r"(?:['’:]?s|en|et|ens|ets|er|ene|a|ar|ane)?")


def parts_with_marks(lowered: str) -> set[str]:
    """Of a word with hyphens or apostrophes, in small letters, the parts that may be a keyword: see `_by_parts`."""
    plain = _POSSESSIVE.sub("", lowered)
    parts = _HYPHEN.split(plain)
    return {plain, *parts, *(part[:-1] for part in parts[:-1] if part[-1:] in "se")}


class WordClass(IntEnum):
    """How a word holds a keyword; 0 when it does not."""

    NO = 0
    FORM = 1
    COMPOUND_BEGIN = 2
    COMPOUND_END = 3
    INSIDE = 4
    STARRED = 5  # as the codebook's * asks for

    @property
    def certainty(self) -> float:
        """What a rule's weight is multiplied by when its word was found in this way."""
        return _CERTAINTY[self]


_CERTAINTY = {
    WordClass.NO: 0.0,
    WordClass.FORM: 1.0,
    WordClass.COMPOUND_BEGIN: 0.9,
    WordClass.COMPOUND_END: 0.9,
    WordClass.INSIDE: 0.8,
    WordClass.STARRED: 1.0,
}


@dataclass(frozen=True)
class Keyword:
    """A word of a term, ready to be compared with words of a text.

    Attributes:
        word: the word as the term writes it.
    """

    word: TermWord

    @cached_property
    def text(self) -> str:
        """The word in small letters."""
        return self.word.text.lower()

    @cached_property
    def forms(self) -> frozenset[str]:
        """What counts as the word itself, in small letters."""
        if self.word.reading is Reading.EXACT or not self._is_of_letters:
            return frozenset((self.text,))
        return inflections(self.text)

    @cached_property
    def bases(self) -> tuple[str, ...]:
        """What a compound that begins with the word begins with, the longest first."""
        found = {*spellings(self.text)}
        for each in tuple(found):
            if each[-1] == "e" and len(each) > ALSO_INSIDE:
                found.add(each[:-1])  # hjelpe-: hjelpemiddel, but samarbeide: samarbeidsmøte
        return tuple(sorted(found, key=lambda each: (-len(each), each)))

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Substrings, in small letters: a word that holds the keyword holds at least one of them."""
        if self.word.capitals or self.word.reading in (Reading.EXACT, Reading.BEGINS, Reading.CONTAINS):
            candidates = set(spellings(self.text)) if not self.word.capitals else {self.text}
        elif self.word.reading is Reading.WORD:
            candidates = {*self.forms, *self.bases}
        else:
            candidates = set(self.forms)
        shortest: list[str] = []
        left = sorted(candidates, key=len)
        while left:
            shortest.append(left[0])
            left = [each for each in left if shortest[-1] not in each]
        return frozenset(shortest)

    @cached_property
    def is_found_in_forms_only(self) -> bool:
        """Whether a word without hyphen and apostrophe holds it only if it is one of its forms."""
        if self.word.capitals or self.word.reading in (Reading.BEGINS, Reading.ENDS, Reading.CONTAINS):
            return False
        return self.word.reading is not Reading.WORD or len(self.text) <= ONLY_FORMS or not self._is_of_letters

    @property
    def forms_of_parts(self) -> frozenset[str]:
        """Of a keyword that is found in its forms only: one of these is the word that holds it, or a part of it.

        A word with a hyphen or an apostrophe has the parts that `parts_with_marks` says.
        """
        return self.forms.union(self.bases) if self.word.reading is Reading.WORD else self.forms

    @cached_property
    def _is_of_letters(self) -> bool:
        return any(letter.isalpha() for letter in self.text)

    def classify(self, word: str) -> WordClass:
        """What a word of a text, as written, is to this keyword."""
        if self.word.capitals:
            return self._in_capitals(word)
        lowered = word.lower()
        reading = self.word.reading
        if reading is Reading.EXACT:
            return WordClass.FORM if lowered == self.text else WordClass.NO
        if reading is Reading.BEGINS:
            return self._starred(any(lowered.startswith(each) for each in spellings(self.text)))
        if reading is Reading.CONTAINS:
            return self._starred(any(each in lowered for each in spellings(self.text)))
        if reading is Reading.ENDS:
            plain = _POSSESSIVE.sub("", lowered)
            return self._starred(any(plain.endswith(each) for each in self.forms))
        return self._by_parts(lowered)

    @staticmethod
    def _starred(found: bool) -> WordClass:
        return WordClass.STARRED if found else WordClass.NO

    def _by_parts(self, lowered: str) -> WordClass:
        """The class of a word, hyphens and apostrophes looked through."""
        whole = self._plain(_POSSESSIVE.sub("", lowered))
        if whole or (self.word.reading is Reading.FORMS and "-" not in lowered):
            return whole
        parts = _HYPHEN.split(_POSSESSIVE.sub("", lowered))
        if len(parts) == 1:
            return WordClass.NO
        if parts[0] in self.forms and len(parts) == 2 and parts[1] in _HYPHEN_ENDINGS:
            return WordClass.FORM
        if self.word.reading is Reading.FORMS:
            return WordClass.NO
        for position, part in enumerate(parts):
            found = self._plain(part)
            if not found and position < len(parts) - 1 and part[-1:] in "se":
                found = WordClass.FORM if part[:-1] in self.bases else WordClass.NO
            if found:
                return self._in_hyphens(found, position, len(parts))
        return WordClass.NO

    @staticmethod
    def _in_hyphens(found: WordClass, position: int, n_parts: int) -> WordClass:
        if position == 0 and found in (WordClass.FORM, WordClass.COMPOUND_BEGIN):
            return WordClass.COMPOUND_BEGIN
        if position == n_parts - 1 and found in (WordClass.FORM, WordClass.COMPOUND_END):
            return WordClass.COMPOUND_END
        return WordClass.INSIDE

    def _plain(self, lowered: str) -> WordClass:
        if lowered in self.forms:
            return WordClass.FORM
        if self.word.reading is not Reading.WORD or len(self.text) <= ONLY_FORMS or not self._is_of_letters:
            return WordClass.NO
        whole = undivided(lowered)
        for start in range(len(lowered) - ONLY_FORMS):
            if start and (start == 1 or any(first < start < last for first, last in whole)):
                continue
            found = self._from(lowered, start, whole)
            if found and (not start or may_stand_before(lowered[:start])):
                return found
        return WordClass.NO

    def _from(self, lowered: str, start: int, whole: tuple[tuple[int, int], ...]) -> WordClass:
        """The class of a word of which a part begins at `start`."""
        tail = lowered[start:]
        if start and tail in self.forms and may_be_last(tail):
            return WordClass.COMPOUND_END
        if start and len(self.text) < ALSO_INSIDE:
            return WordClass.NO
        for base in self.bases:
            cut = start + len(base)
            if tail.startswith(base) and cut < len(lowered) and not any(first < cut < last for first, last in whole):
                if may_stand_after(lowered[cut:]):
                    return WordClass.INSIDE if start else WordClass.COMPOUND_BEGIN
                break
        return WordClass.NO

    def _in_capitals(self, word: str) -> WordClass:
        text, reading = self.word.text, self.word.reading
        if reading is Reading.EXACT:
            return WordClass.FORM if word == text else WordClass.NO
        if reading is Reading.BEGINS:
            return self._starred(word.startswith(text))
        if reading is Reading.CONTAINS:
            return self._starred(text in word)
        if word.startswith(text):
            rest = word[len(text) :]
            ending = rest[1:] if rest[:1] in ("-", "‑") else rest
            if _CAPITAL_ENDING.fullmatch(ending):
                return WordClass.STARRED if reading is Reading.ENDS else WordClass.FORM
            if reading is Reading.WORD and (rest != ending or (ending[:1].islower() and may_stand_after(ending))):
                return WordClass.COMPOUND_BEGIN
        if reading is Reading.ENDS:
            return self._starred(bool(re.search(f"{re.escape(text)}{_CAPITAL_ENDING.pattern}$", word)))
        if reading is Reading.WORD:
            for position, part in enumerate(_HYPHEN.split(word)):
                if position and part.startswith(text) and _CAPITAL_ENDING.fullmatch(part[len(text) :]):
                    return WordClass.COMPOUND_END
        return WordClass.NO
