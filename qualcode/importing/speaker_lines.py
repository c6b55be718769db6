"""Lines of a transcript and the label that each may begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

from qualcode.importing.report import Paragraph
from qualcode.importing.speaker_names import (
    REMARKS,
    collapsed_label,
    could_be_label,
    could_be_name,
    is_proper,
    label_key,
    starts_like_name,
    words_of,
)

_LONGEST_HEAD = 160  # of a line: what stands further in names nobody
LONGEST_LABEL_LINE = 200  # a line of a time stamp, a name and a group in brackets

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_LONG_TIME = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"
_LOOSE_TIME = r"\d{1,3}:\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"  # as Teams once wrote it: 0:0:3.5
_TO = r"(?:\s*(?:-->|[-–—]|,(?=\d{1,2}:\d{2}:))\s*%s)?"  # the comma as YouTube writes it
_BRACKETED = rf"(?:[\[(]\s*{_TIME}{_TO % _TIME}\s*[\])]|#{_TIME}(?:-\d)?#)"  # the latter as f4 and MAXQDA write it
_LEADING = rf"(?P<before>{_BRACKETED}|{_TIME}{_TO % _TIME})?"
_NAME = r"(?P<label>[^\W_][^:\n()\[\]<>\"«»?!;]*?)"
_GROUP = r"(?P<group>[^\S\n]*(?:\([^():\n]{1,40}\)|\[[^\[\]:\n]{1,40}\]))?"
_REST = r"(?P<after>%s)?(?P<gap>[^\S\n]*)(?P<rest>.*)"
_DASH = r"(?:[-–—]\s+)?"  # between a time and a name

_COLON_LINE = re.compile(
    rf"\s*{_LEADING}\s*{_DASH}{_NAME}{_GROUP}\s*(?P<amid>{_BRACKETED}|{_LONG_TIME})?\s*:(?P<space>[^\S\n]*)"
    + _REST % rf"(?:{_BRACKETED}|{_LONG_TIME})(?!\d)"
)
_STAMPED_LINE = re.compile(
    rf"\s*{_NAME}{_GROUP}(?P<space>\s+)(?:(?P<after>{_BRACKETED}|{_LONG_TIME})(?P<gap>[^\S\n]*)(?P<rest>.*)"
    rf"|(?P<alone>{_TIME})\s*)$"
)
_BRACKET_LINE = re.compile(
    rf"\s*{_LEADING}\s*\[(?P<label>[^\[\]:\n]+)\]\s*:?(?P<space>[^\S\n]*)"
    + _REST % rf"(?:{_BRACKETED}|{_LONG_TIME})(?!\d)"
)
_STAMP_FIRST_LINE = re.compile(
    rf"\s*(?P<before>{_BRACKETED}|{_TIME})(?P<space>[^\S\n]+){_DASH}{_NAME}{_GROUP}\s*(?P<rest>)$"
)
_ANGLE_LINE = re.compile(rf"\s*{_LEADING}\s*<(?P<label>[^<>:\n]+)>\s*:?[^\S\n]*(?P<rest>\S.*)")
_STAR_LINE = re.compile(r"\*(?P<label>[A-ZÆØÅ][A-ZÆØÅ0-9]{1,6}):[^\S\n]*(?P<rest>.*)")  # as CLAN writes it
_PARENTHESIS_LINE = re.compile(r"\s*\((?P<label>[^()\[\]:\n]+)\)\s*(?P<rest>)$")
_DASHED_LINE = re.compile(rf"\s*{_NAME}{_GROUP}\s+[–—-]\s+(?P<rest>\S.*)")
_TABBED_LINE = re.compile(
    rf"\s*(?:(?P<before>{_BRACKETED}|{_TIME})\s+)?(?P<label>[^\W_][^:\n\t\[\]<>\"«»?!;]*?)\t\s*"
    rf"(?:(?P<after>{_BRACKETED}|{_LONG_TIME})(?:\t(?:{_LONG_TIME}|\d+\.\d+))*\t?)?(?P<rest>\S.*)"
)
_LETTER_LINE = re.compile(r"\s*(?P<label>[A-ZÆØÅ]{1,2}\d{0,2})(?P<mark>[.)]?)[^\S\n]+(?P<rest>\S.*)")
_CHAT_LINE = re.compile(  # as the chat of Zoom is saved
    r"\s*\d{1,2}:\d{2}(?::\d{2})?\s+(?:From|Fra)\s+(?P<label>\S[^:\n]{0,80}?)"
    r"(?:\s+(?:to|To|til)\s+[^:\n]{1,60})?\s*:[^\S\n]*(?P<rest>.*)"
)
_DATED_LINE = re.compile(  # as a chat on a telephone is exported
    r"\s*\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s+\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?(?:\]|\s+[-–])\s+"
    r"(?P<label>\S[^:\n]{0,80}?)\s*:[^\S\n]*(?P<rest>.*)"
)
_OTHER_COLON = re.compile("[\uff1a\ufe55\u2236\ua789]")  # wide, small, a ratio, a letter's
_ELEMENTS = frozenset("a b br div em font h1 h2 h3 h4 hr i img li ol p span strong table td th tr u ul".split())
_MARK = re.compile(r"\s*(?:(?:[-*+•]|>{1,3})\s+)+(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<label>[^#:\n]+)(?P<rest>)$")
CLOSING_STAMP = re.compile(rf"\s*#{_TIME}(?:-\d)?#\s*$")  # as f4 writes it at the end of a paragraph
_LONE_STAMP = re.compile(rf"\s*(?P<stamp>{_BRACKETED}|{_TIME}{_TO % _TIME}|{_LOOSE_TIME}{_TO % _LOOSE_TIME})\s*:?\s*")
_SURE_STAMP = re.compile(rf"\s*(?:{_BRACKETED}|{_LONG_TIME}{_TO % _LONG_TIME})\s*:?\s*")
OPENING_STAMP = re.compile(rf"\s*(?P<stamp>{_BRACKETED})[^\S\n]*")
_CLOCK = re.compile(rf"{_LOOSE_TIME}|{_TIME}")
_MARKDOWN_BOLD = re.compile(
    rf"\s*(?P<before>{_BRACKETED})?\s*(?P<sign>\*\*|__)(?P<name>(?:(?!(?P=sign))[^*\n]){{1,60}}?)(?P<colon>:?)(?P=sign)"
    r"(?P<rest>.*)"
)


class Form(IntEnum):
    """How a line names its speaker; a name that the format itself gives is beyond doubt."""

    GIVEN = 0
    BOLD_COLON = 1
    COLON = 2
    STAMPED = 3
    CHAT = 4
    BRACKET = 5
    BOLD = 6
    PARENTHESIS = 7
    TABBED = 8
    DASHED = 9
    MARKED = 10
    LETTER = 11
    ALONE = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the label it may begin with.

    Attributes:
        text: the whole line.
        rest: what follows the label.
        continues: whether the line goes on inside the paragraph of the line before it.
    """

    text: str
    paragraph: Paragraph
    continues: bool
    form: Form | None = None
    label: str = ""
    rest: str = ""
    begins: float | None = None
    ends: float | None = None
    key: str = ""  # the label as it is compared

    @property
    def is_stamped(self) -> bool:
        """Whether a time stands beside the label."""
        return self.begins is not None and self.begins != self.paragraph.begins


def seconds_of(text: str) -> float | None:
    """Seconds of a time stamp that is the whole text ("[00:12:15]", "12:15", "1:02:03.5"); None if it is none."""
    found = _LONE_STAMP.fullmatch(text) if len(text) <= LONGEST_LABEL_LINE else None
    return seconds_span(found["stamp"])[0] if found else None


def is_surely_stamp(text: str) -> bool:
    """Whether a text is a time stamp and nothing that somebody may have said ("10:30")."""
    return len(text) <= LONGEST_LABEL_LINE and bool(_SURE_STAMP.fullmatch(text))


def may_name_speaker(line: str) -> bool:
    """Whether a line begins with something that could be a speaker's label."""
    form = _candidate(Line(line, Paragraph(line), False)).form
    return form is not None and form < Form.TABBED


def seconds_span(stamp: str | None) -> tuple[float | None, float | None]:
    """Begin and end of a stamp, in seconds."""
    if not stamp:
        return None, None
    found = []
    for clock in _CLOCK.findall(stamp):
        seconds = 0.0
        for part in clock.replace(",", ".").split(":"):
            seconds = seconds * 60 + float(part)
        found.append(seconds)
    return found[0], (found[1] if len(found) > 1 else None)


def lines_of(paragraph: Paragraph) -> Iterator[Line]:
    if paragraph.speaker is not None:
        yield Line(
            paragraph.text,
            paragraph,
            False,
            Form.GIVEN,
            collapsed_label(paragraph.speaker),
            paragraph.text,
            paragraph.begins,
            paragraph.ends,
            label_key(paragraph.speaker),
        )
        return
    texts = paragraph.text.split("\n")
    for number, text in enumerate(texts):
        bold = paragraph.bold if number == 0 else 0
        yield _candidate(Line(text, paragraph, number > 0), bold)


def _candidate(line: Line, bold: int = 0) -> Line:
    if not _OTHER_COLON.search(line.text, 0, _LONGEST_HEAD):
        return _with_label(line, bold)
    found = _with_label(replace(line, text=_OTHER_COLON.sub(":", line.text, count=1)), bold)
    return line if found.form is None else replace(found, text=line.text)


def _with_label(line: Line, bold: int = 0) -> Line:
    head = line.text[:_LONGEST_HEAD]
    marked = _MARKDOWN_BOLD.fullmatch(line.text) if "**" in head or "__" in head else None
    if marked is not None:
        begins, ends = seconds_span(marked["before"])
        timed = line if begins is None else replace(line, paragraph=replace(line.paragraph, begins=begins, ends=ends))
        found = _bold_candidate(timed, marked["name"] + marked["colon"], marked["rest"])
        if found.form is None:
            found = line
    elif bold > 0 and line.text[:bold].strip():
        found = _bold_candidate(line, line.text[:bold], line.text[bold:])
    else:
        found = line
    if found.form is Form.BOLD_COLON:
        return found
    return _plain_candidate(line, head, found)


def as_bold(line: Line) -> Line:
    """A line whose colon may stand inside its first sentence, as one that opens with a name in bold type."""
    bold = 0 if line.continues else line.paragraph.bold
    if line.form is not Form.COLON or not line.text[:bold].strip():
        return line
    found = _bold_candidate(unlabelled(line), line.text[:bold], line.text[bold:])
    return found if found.form is Form.BOLD else line


def _plain_candidate(line: Line, head: str, otherwise: Line) -> Line:
    if "\t" in head:
        match = _TABBED_LINE.fullmatch(line.text)
        if match and could_be_label(match["label"].strip()) and starts_like_name(match["label"]):
            return _labelled(line, Form.TABBED, match)
    if ":" in head:
        match = _CHAT_LINE.fullmatch(line.text) if "From" in head or "Fra" in head else None
        match = match or _DATED_LINE.fullmatch(line.text)
        if match:
            return _labelled(line, Form.CHAT, match)
        match = _STAR_LINE.fullmatch(line.text) if head[0] == "*" else None
        if match:
            return _labelled(line, Form.COLON, match)
        match = _COLON_LINE.fullmatch(line.text)
        if match and not _colon_is_inside(match) and could_be_label(match["label"].strip()):
            return _labelled(line, Form.COLON, match, match["amid"])
        match = _STAMPED_LINE.fullmatch(line.text)
        if match and could_be_label(match["label"].strip()):
            return _labelled(line, Form.STAMPED, match, match["alone"])
        match = _STAMP_FIRST_LINE.fullmatch(line.text) if len(line.text) <= LONGEST_LABEL_LINE else None
        if match and could_be_label(match["label"].strip()) and starts_like_name(match["label"]):
            return _labelled(line, Form.STAMPED, match)
    if otherwise.form is not None:
        return otherwise
    if "[" in head:
        match = _BRACKET_LINE.fullmatch(line.text)
        if match and could_be_name(match["label"].strip()) and words_of(match["label"])[0] not in REMARKS:
            return _labelled(line, Form.BRACKET, match)
    if "<" in head:
        match = _ANGLE_LINE.fullmatch(line.text)
        if match and _is_name_in_angles(match["label"].strip(), match["rest"]):
            return _labelled(line, Form.BRACKET, match)
    if "(" in head and len(line.text) <= LONGEST_LABEL_LINE:
        match = _PARENTHESIS_LINE.fullmatch(line.text)
        if match and could_be_name(match["label"].strip()) and words_of(match["label"])[0] not in REMARKS:
            return _labelled(line, Form.PARENTHESIS, match)
    if " - " in head or "–" in head or "—" in head:
        match = _DASHED_LINE.fullmatch(line.text)
        if match and could_be_name(match["label"].strip()) and is_proper(match["label"]):
            return _labelled(line, Form.DASHED, match)
    mark = _MARK.match(head)
    if mark and ":" in head:
        behind = _with_label(replace(line, text=line.text[mark.end() :]))
        if behind.form in (Form.COLON, Form.BOLD_COLON):
            return replace(behind, text=line.text, form=Form.MARKED)
    if head.startswith("#") and len(line.text) <= LONGEST_LABEL_LINE:
        match = _HEADING.fullmatch(line.text)
        if match and could_be_name(match["label"].strip()) and starts_like_name(match["label"]):
            return _labelled(line, Form.BOLD, match)
    match = _LETTER_LINE.fullmatch(line.text)
    return line if match is None else _labelled(line, Form.LETTER, match)


def _is_name_in_angles(label: str, rest: str) -> bool:
    """Whether a name stands in the brackets that the elements of a page stand in too."""
    return (
        could_be_name(label)
        and is_proper(label)
        and label.casefold() not in _ELEMENTS
        and words_of(label)[0] not in REMARKS
        and "</" not in rest
    )


def _colon_is_inside(match: re.Match[str]) -> bool:
    """Whether the colon is one of a clock time, an address or a path rather than one after a name."""
    if match["space"] or match["after"]:
        return False
    return bool(match["rest"]) and not (match["rest"][0].isalpha() or match["rest"][0] in "«“\"'–—…(")


def _labelled(line: Line, form: Form, match: re.Match[str], amid: str | None = None) -> Line:
    groups = match.groupdict()
    label = collapsed_label(match["label"] + (groups.get("group") or ""))
    rest = match["rest"] or ""
    stamp = groups.get("before") or amid or groups.get("after")
    begins, ends = seconds_span(stamp)
    if not groups.get("after"):
        rest = (groups.get("gap") or "") + rest
    if begins is None:
        begins, ends = line.paragraph.begins, line.paragraph.ends
    return Line(line.text, line.paragraph, line.continues, form, label, rest, begins, ends, label_key(label))


def _bold_candidate(line: Line, bold: str, rest: str) -> Line:
    """A line that opens in bold type: with a colon in or after the bold words, or with bold words only."""
    name = bold.strip()
    colon = name.endswith(":") or rest.lstrip().startswith(":")
    if colon:
        tail = rest if name.endswith(":") else rest.lstrip()[1:]
        match = _COLON_LINE.fullmatch(f"{name.rstrip(':').rstrip()}: {tail.lstrip()}")
        if match is None or not could_be_label(match["label"].strip()):
            return line
        return _labelled(line, Form.BOLD_COLON, match, match["amid"])
    stamped = _STAMPED_LINE.fullmatch(name)
    if stamped and could_be_label(stamped["label"].strip()) and not stamped["rest"]:
        begins, ends = seconds_span(stamped["alone"] or stamped["after"])
        label = collapsed_label(stamped["label"] + (stamped["group"] or ""))
        rest = rest.lstrip()
        return Line(
            line.text, line.paragraph, line.continues, Form.STAMPED, label, rest, begins, ends, label_key(label)
        )
    name = name.removeprefix("[").removesuffix("]") if name.startswith("[") else name
    if not could_be_label(name) or words_of(name)[0] in REMARKS or not starts_like_name(name):
        return line
    begins, ends = line.paragraph.begins, line.paragraph.ends
    rest = rest.lstrip()
    opening = OPENING_STAMP.match(rest) or _LONE_STAMP.fullmatch(rest)
    if opening:
        begins, ends = seconds_span(opening["stamp"])
        rest = rest[opening.end() :]
        rest = rest[1:].lstrip() if rest.startswith(":") else rest
    label = collapsed_label(name)
    return Line(line.text, line.paragraph, line.continues, Form.BOLD, label, rest, begins, ends, label_key(label))


def has_mark(line: Line) -> bool:
    match = _LETTER_LINE.fullmatch(line.text)
    return bool(match and match["mark"])


def unlabelled(line: Line) -> Line:
    return Line(line.text, line.paragraph, line.continues)
