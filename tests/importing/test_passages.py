"""However a tool counts, codings that store their words stand where these are."""

from __future__ import annotations

import random

import pytest

from qualcode.importing.counting import Counting
from qualcode.importing.foreign_texts import plain_paragraphs
from qualcode.importing.passages import PassageFinder, Place, Votes
from qualcode.importing.project_parts import ForeignCoding, ForeignDocument, Placement, Quoted, Wording
from qualcode.importing.stored_words import squeezed, without_dots
from qualcode.importing.text_changes import to_normal_form

WORDS = "vi får ikke lov 😀 å lese journalen fordi taushets-plikten stopper oss «og» det 👍🏽 er vanskelig nå".split()


def counted(text: str, way: Counting, line_end: int) -> int:
    """How far a text with single line feeds counts."""
    text = text.replace("\n", "\n" * line_end)
    return (len(text.encode("utf-16-le")) // 2 if way.unit == "utf-16" else len(text)) + way.first + way.mark


@pytest.mark.parametrize("seed", range(40))
def test_words_are_found_however_they_are_counted(seed: int) -> None:
    chance = random.Random(seed)
    lines = [" ".join(chance.choices(WORDS, k=chance.randrange(1, 20))) + "." for _line in range(20)]
    text = "\n".join(lines)
    unit = chance.choice(("code points", "utf-16"))
    first, included, mark = (chance.choice((0, 1)) for _each in range(3))
    way = Counting(unit, 0, bool(mark), first, bool(included))
    ending, line_end = chance.choice(("\n", "\r\n")), chance.choice((1, 2))
    passages = []
    for number in range(12):
        picked = chance.sample(range(len(lines)), 2)
        begin, end = (sum(len(line) + 1 for line in lines[:line_number]) for line_number in sorted(picked))
        words = text[begin : end - 1]
        start, stop = counted(text[:begin], way, line_end), counted(text[: end - 1], way, line_end) - included
        quoted = (Quoted(words.replace("\n", " "), Wording.NAME),)
        passages.append((ForeignCoding(f"{number}", "d", "k", start=start, end=stop, quoted=quoted), words))
    as_came = text.replace("\n", ending)
    change = to_normal_form(as_came)
    document = ForeignDocument("d", "d", as_came, change, plain_paragraphs(change.text), b"", has_mark=bool(mark))
    finder = PassageFinder(document, [coding for coding, _words in passages])
    finder.settle(Votes())
    for coding, words in passages:
        place = finder.place(coding)
        assert isinstance(place, Place)
        assert change.text[place.start : place.end] == words
        assert place.placement is Placement.VERIFIED


def test_dots_and_white_space_are_no_words() -> None:
    assert [without_dots(each) for each in ("a b…", "a b ...", "a b [...] ", "a b.", "…")] == [
        "a b",
        "a b",
        "a b",
        "a b.",
        "",
    ]
    assert squeezed(" a\u00ad b\u200b\n“c” – d’e ") == 'ab"c"-d\'e'
