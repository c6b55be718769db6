"""Labels that take more than the head of a line: name and time on two lines, numbered lines, a list of who is who."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.importing.report import Paragraph
from qualcode.importing.speaker_lines import Form, Line, as_bold, seconds_of, unlabelled
from qualcode.importing.speaker_names import (
    REMARKS,
    ROLES,
    could_be_label,
    could_be_name,
    is_proper,
    is_title,
    label_key,
    stem_of,
    words_of,
)

_NUMBERED = re.compile(r"\s*(\d{1,5})[.):]?[ \t]+")
_LEAST_NUMBERED = 3  # lines
_NEARLY_ALL = 0.9
_MOST_ALONE = 12  # people
_MOST_PAIRED = 0.6  # share of the times alone that stand beside a name alone
_LEGEND_HEADINGS = frozenset(
    "deltakere deltakarar deltagere deltagarar participants forkortelser forkortingar tegnforklaring teiknforklaring "
    "legend abbreviations tilstede tilstades".split()
)


def with_names_beside_times(lines: Sequence[Line]) -> list[Line]:
    """The lines, but a name alone and a time alone, one above the other, as one line that names its speaker.

    Which of the two stands first is the same in the whole document.
    """
    times = [number for number, line in enumerate(lines) if line.form is None and seconds_of(line.text) is not None]
    if len(times) < 2:
        return list(lines)
    above = {number - 1: number for number in times if number and _is_name_alone(lines[number - 1])}
    below = {number + 1: number for number in times if number + 1 < len(lines) and _is_name_alone(lines[number + 1])}
    pairs = above if len(above) > len(below) else below
    if len(pairs) < max(2, _MOST_PAIRED * len(times)):
        return list(lines)
    taken = set(pairs.values())
    joined = []
    for number, line in enumerate(lines):
        if number in pairs:
            begins = seconds_of(lines[pairs[number]].text)
            label = " ".join(line.text.split())
            line = replace(line, form=Form.STAMPED, label=label, rest="", begins=begins, key=label_key(label))
        if number not in taken:
            joined.append(line)
    return joined


def with_bold_names(lines: Sequence[Line]) -> list[Line]:
    """The lines; where bold names stand before the words, a colon further on ("Bo Konklusjon: bra") is one of those."""
    stems = {stem_of(line.key) for line in lines if line.form is Form.BOLD}
    if not stems:
        return list(lines)
    found = []
    for line in lines:
        bold = as_bold(line)
        more = line.label[len(bold.label) :].strip()  # between the bold name and the colon
        is_sentence = bold is not line and bool(more) and not could_be_name(more)
        found.append(bold if is_sentence or stem_of(bold.key) in stems else line)
    return found


def _is_name_alone(line: Line) -> bool:
    text = line.text.strip()
    return (
        (line.form is None or (line.form is Form.BOLD and not line.rest.strip()))
        and could_be_label(text)
        and is_proper(text)
        and seconds_of(text) is None
    )


def with_names_alone(lines: Sequence[Line]) -> list[Line]:
    """The lines, those that are nothing but a name with the words below them as lines that name their speaker.

    Headings that recur look the same, so much has to fit: one of the names is a role such as "Intervjuer" or
    "Deltaker 2", two of them recur, hardly any occurs once, talk stands below each, and one of them opens the talk.
    For a document in which nothing else names anybody.
    """
    places = [number for number, line in enumerate(lines) if line.form is None and _stands_alone(line.text)]
    counts = Counter(label_key(lines[number].text.strip()) for number in places)
    recurring = {key for key, n in counts.items() if n > 1}
    named = [number for number in places if label_key(lines[number].text.strip()) in recurring]
    has_role = any(stem_of(key) in ROLES for key in recurring)
    if not has_role or not 2 <= len(recurring) <= _MOST_ALONE or len(named) < max(4, _NEARLY_ALL * len(places)):
        return list(lines)
    taken = set(places)
    with_talk = [number for number in named if number + 1 < len(lines) and number + 1 not in taken]
    n_words = sum(len(line.text.split()) for number, line in enumerate(lines) if number not in taken)
    opens = all(is_title(line.text) for line in lines[: named[0]])
    if len(with_talk) < _NEARLY_ALL * len(named) or n_words < 3 * len(named) or not opens:
        return list(lines)
    found = list(lines)
    for number in named:
        label = " ".join(lines[number].text.split())
        found[number] = replace(lines[number], form=Form.ALONE, label=label, rest="", key=label_key(label))
    return found


def _stands_alone(text: str) -> bool:
    text = text.strip()
    is_short = could_be_label(text) and is_proper(text) and len(text.split()) <= 3
    return is_short and not text.endswith(".") and words_of(text)[0] not in REMARKS


def without_line_numbers(paragraphs: Sequence[Paragraph]) -> list[Paragraph] | None:
    """The paragraphs without the numbers that count them at their beginnings; None if they have none."""
    found = [_NUMBERED.match(paragraph.text) for paragraph in paragraphs]
    numbers = [int(match[1]) for match in found if match]
    if len(numbers) < max(_LEAST_NUMBERED, _NEARLY_ALL * len(paragraphs)):
        return None
    n_next = sum(after == before + 1 for before, after in pairwise(numbers))
    if n_next < _NEARLY_ALL * (len(numbers) - 1):
        return None
    return [
        replace(paragraph, text=paragraph.text[match.end() :], bold=max(0, paragraph.bold - match.end()))
        if match
        else paragraph
        for paragraph, match in zip(paragraphs, found, strict=True)
    ]


def without_legend(lines: Sequence[Line]) -> tuple[list[Line], dict[str, str]]:
    """The lines, those of a list of who is who ("MV1: method supervisor" under "Deltakere") without a label.

    Returns:
        The lines, and what the list says: folded label -> explanation. A list explains labels that recur below it.
    """
    kept = list(lines)
    explained: dict[str, str] = {}
    for number, line in enumerate(lines):
        if line.text.strip().rstrip(":").casefold() in _LEGEND_HEADINGS:
            listed = _listed(lines[number + 1 :])
            below = {each.key for each in lines[number + 1 + len(listed) :] if each.form is not None}
            if any(each.key in below for each in listed):
                for place, each in enumerate(listed, start=number + 1):
                    explained.setdefault(each.key, each.rest.strip())
                    kept[place] = unlabelled(each)
    return kept, explained


def _listed(lines: Sequence[Line]) -> list[Line]:
    """The lines at the beginning that each explain another label in a few words."""
    listed: list[Line] = []
    seen: set[str] = set()
    for line in lines:
        named = line.form in (Form.COLON, Form.BOLD_COLON) and line.key not in seen
        if not (named and line.rest.strip() and is_title(line.rest) and len(line.rest.split()) <= 6):
            break
        seen.add(line.key)
        listed.append(line)
    return listed
