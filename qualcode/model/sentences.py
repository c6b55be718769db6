"""Sentences: where they begin and end in speech and in answers, Bokmål, Nynorsk and English."""

from __future__ import annotations

import re

SHORT_LINE = 45
"""A line of fewer characters was not broken to fit a page: its end is the end of a sentence."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A full stop after these belongs to the word; the sentence goes on.
_ABBREVIATIONS = _listed(
    """
    adm adr ang approx avd bl bl.a ca cand cf dept dr d.v.s dvs d.y d.å e.g ekskl eks ell e.m ev evt f
    f.d f.eks feks fig f.m f.o.m forts fr frk gj.sn gjsn hhv hr h.h.v i.e i.f.m ifm i.f.t ift i.h.t iht inkl int jf jfr
    jmf kap kgl kl mao m.a.o m.h.t mht mr mrs ms m.t.p mtp ndf nr o.h overs p.g.a pga pkt pr prof p.t resp s.k
    siv spl st s.u t.d td tidl tilsv tlf t.o.m utg vedr viz vs årg
    """
)
# These stand at the end of a sentence as well: it ends where a capital follows.
_MAY_END = _listed(
    """
    al a.m apr aug co des e.kr e.l el.l etc feb f.kr inc jan jr kr lign ltd mar mfl m.fl mill m.m mm mrd mv m.v nov
    o.a oa o.fl okt o.l ol o.s.v osv p.m pst sept sr stk
    """
)
# Words that open a sentence; after a letter and a full stop they tell "plan B. Vi" from "J. Hansen".
_OPENERS = _listed(
    """
    alle and at but da de den der det dette di du eg ein en er et ett for før han har her hun hva hvis hvor how i if it
    ja jeg kva kvar mange me men nei no noen nokon når nå og også om på she so some som så that the their then there
    they this til to vi we what when you å
    """
)

_MARKS = re.compile(r"[\n.!?…][.!?…]*[»\"”’')\]]*")
_NEXT_WORD_WITHOUT_SPACE = re.compile(r"[A-ZÆØÅ][a-zæøå]*[\s,]")  # "…vanskelig.Det er"
_BEFORE = re.compile(r"[\w.]*\Z")
_NEXT = re.compile(r"\s*((?:[-–—•*·]\s+|[«\"“‘'(\[])*)(\w*)")
_BULLET = re.compile(r"\s*(?:[-–—•*·]|\d{1,2}[.)]|[a-zA-Z]\))\s")
_WORD = re.compile(r"\w")
_LONGEST_WORD = 30


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences of a text or of a part of it, as positions in `text`.

    White space at the ends of a sentence is left out; every other character is in exactly one sentence. Marks that
    stand alone ("...") belong to the sentence before them.

    Args:
        text: any text.
        start: first code point to look at.
        end: one past the last; default: the text's end.
    """
    stop = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for mark in _MARKS.finditer(text, start, stop):
        position, after = mark.span()
        if _plainly_ends(text, begin, position, after):
            if text[begin].isalnum():
                spans.append((begin, after))
            else:
                _add(spans, text, begin, after)
            begin = after + 1
        elif text[position] == "\n":
            if _line_ends(text, begin, position, stop):
                begin = _add(spans, text, begin, position + 1)
        elif _may_end(text, begin, position, after, stop) and _sentence_ends(text, begin, mark, stop):
            begin = _add(spans, text, begin, after)
    _add(spans, text, begin, stop, last=True)
    return spans


def _plainly_ends(text: str, begin: int, position: int, after: int) -> bool:
    """Whether one mark, a space and a capital end a sentence beyond doubt; most do, and a glance shows it."""
    if after != position + 1 or text[after : after + 1] != " " or not text[after + 1 : after + 2].isupper():
        return False
    if text[position] != ".":
        return text[position] in "!?"
    word = text[text.rfind(" ", begin, position) + 1 : position] if position > begin else ""
    return len(word) > 1 and word.isalpha() and word.lower() not in _ABBREVIATIONS


def _add(spans: list[tuple[int, int]], text: str, begin: int, end: int, *, last: bool = False) -> int:
    """Add what stands between two positions as a sentence; where the next one begins."""
    whole = text[begin:end]
    bare = whole.strip()
    if not bare:
        return end
    first = begin + len(whole) - len(whole.lstrip())
    if _WORD.search(bare) is None:
        if spans:
            spans[-1] = (spans[-1][0], first + len(bare))
            return end
        if not last:
            return begin
    spans.append((first, first + len(bare)))
    return end


def _may_end(text: str, begin: int, position: int, after: int, stop: int) -> bool:
    """Whether white space follows, or seems to have been forgotten."""
    if after >= stop or text[after].isspace():
        return True
    before = text[max(begin, position - 2) : position]
    return len(before) == 2 and before.islower() and _NEXT_WORD_WITHOUT_SPACE.match(text, after, stop) is not None


def _sentence_ends(text: str, begin: int, mark: re.Match[str], stop: int) -> bool:
    following = _NEXT.match(text, mark.end(), stop)
    assert following is not None  # it matches the empty text too
    word = following[2]
    goes_on = word[:1].islower()
    if "!" in mark[0] or "?" in mark[0]:
        return not (goes_on and mark[0][-1] not in "!?" and not following[1])
    if "…" in mark[0] or ".." in mark[0]:
        return not goes_on
    if mark[0][-1] not in "." and goes_on and not following[1]:
        return False  # «… .» he said
    return not _stop_belongs_to_word(text, begin, mark.start(), word)


def _stop_belongs_to_word(text: str, begin: int, position: int, following: str) -> bool:
    """Whether the full stop at `position` is part of an abbreviation, an ordinal or an initial."""
    if not following:
        return False
    near = max(begin, position - _LONGEST_WORD)
    found = _BEFORE.search(text, near, position)
    before = found[0].lstrip(".") if found else ""
    name = before.lower()
    goes_on = following[0].islower()
    if name in _ABBREVIATIONS:
        return True
    if name in _MAY_END:
        return goes_on or following[0].isdigit()
    if name == "no":
        return following[0].isdigit()
    if before.isdigit():
        return goes_on or (len(before) <= 2 and not text[begin : position - len(before)].strip())
    if len(before) == 1 and before.isalpha():
        return goes_on or (before.isupper() and following.lower() not in _OPENERS)
    if goes_on and "." in before:
        return True
    return goes_on and len(before) <= 4 and before.isalpha() and not any(letter in "aeiouyæøå" for letter in name)


def _line_ends(text: str, begin: int, position: int, stop: int) -> bool:
    """Whether the line feed at `position` ends a sentence, or only a line of a broken paragraph."""
    following = _NEXT.match(text, position + 1, stop)
    rest = text[position + 1 : following.start(2)] if following else ""
    if "\n" in rest or _BULLET.match(text, position, stop):
        return True
    if following is None or not following[2][:1].islower():
        return True
    line_begin = max(begin, text.rfind("\n", begin, position) + 1)
    line = text[line_begin:position].rstrip()
    return len(line) < SHORT_LINE and not line.endswith((",", "-", "–"))
