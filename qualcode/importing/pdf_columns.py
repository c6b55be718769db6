"""Columns on the pages of a PDF that are beside the text: numbers of lines in the margin, and names of speakers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from qualcode.i18n import folded
from qualcode.importing.pdf_pages import Line, Page
from qualcode.importing.speaker_names import could_be_label

_NUMBERS = re.compile(r"\d{1,4}(?: +\d{1,4})*")
_LEAST_NUMBERS = 5
_NUMBERED = 0.6  # share of the lines that have a number, or one in two, five or ten of them
_STEPS = (1, 2, 5, 10)
_LEAST_LABELS = 3
_NEARLY_ALL = 0.8
_NEAR = 4.0  # points


def without_line_numbers(pages: Sequence[Page]) -> tuple[list[Page], int]:
    """The pages without the numbers that count their lines in the margin, and how many these are."""
    lines = [line for page in pages for line in page.lines]
    body = _body_left(lines)
    numbers = [number for page in pages for number in _numbers(page, body)]
    steps = Counter(after - before for before, after in pairwise(numbers))
    if len(numbers) < _LEAST_NUMBERS or not steps:
        return list(pages), 0
    step, n_regular = steps.most_common(1)[0]
    n_lines = sum(not _is_number_alone(line, body) for line in lines)
    is_usual = step in _STEPS and n_regular >= _NEARLY_ALL * (len(numbers) - len(pages))
    if not is_usual or len(numbers) * step < _NUMBERED * n_lines:
        return list(pages), 0
    kept = [
        replace(page, lines=tuple(_unnumbered(line, body) for line in page.lines if not _is_number_alone(line, body)))
        for page in pages
    ]
    return kept, len(numbers)


def with_speaker_column(lines: Sequence[Line]) -> list[Line]:
    """The lines; where names stand in a column of their own at the left, each beside the line that it stands before."""
    places = Counter(round(x / _NEAR) for line in lines for at, x in line.stops[:1] if _label(line, at))
    if not places:
        return list(lines)
    column = places.most_common(1)[0][0] * _NEAR
    found = [_with_label(line, column) for line in lines]
    labels = Counter(folded(line.label) for line in found if line.label)
    first = next((number for number, line in enumerate(found) if line.label), 0)
    others = [line for line in found[first:] if not line.label]
    inside = sum(abs(line.left - column) <= 2 * _NEAR for line in others)
    if sum(labels.values()) < _LEAST_LABELS or max(labels.values()) < 2 or inside < _NEARLY_ALL * len(others):
        return list(lines)
    return found


def _body_left(lines: Sequence[Line]) -> float:
    """Where most lines begin, their numbers apart."""
    lefts = [
        line.stops[0][1] if line.stops and line.text[: line.stops[0][0]].strip().isdecimal() else line.left
        for line in lines
        if not _NUMBERS.fullmatch(line.text.strip())
    ]
    return Counter(round(left / _NEAR) for left in lefts).most_common(1)[0][0] * _NEAR if lefts else 0.0


def _is_number_alone(line: Line, body: float) -> bool:
    return line.right < body - _NEAR and bool(_NUMBERS.fullmatch(line.text.strip()))


def _has_number(line: Line, body: float) -> bool:
    if not line.stops or line.left >= body - _NEAR:
        return False
    at, x = line.stops[0]
    return line.text[:at].strip().isdecimal() and x >= body - _NEAR


def _numbers(page: Page, body: float) -> list[int]:
    """The numbers in the margin of a page, from above."""
    found = []
    for line in page.lines:
        if _is_number_alone(line, body):
            found += [int(each) for each in line.text.split()]
        elif _has_number(line, body):
            found.append(int(line.text[: line.stops[0][0]]))
    return sorted(found)


def _unnumbered(line: Line, body: float) -> Line:
    if not _has_number(line, body):
        return line
    at, x = line.stops[0]
    stops = tuple((place - at, left) for place, left in line.stops[1:])
    return replace(line, text=line.text[at:], left=x, bold=max(0, line.bold - at), stops=stops)


def _label(line: Line, at: int) -> str:
    """What stands before a gap, if it could be a speaker's label."""
    label = line.text[:at].strip().rstrip(":").rstrip()
    return label if could_be_label(label) and not label.isdecimal() else ""


def _with_label(line: Line, column: float) -> Line:
    for at, x in line.stops[:1]:
        label = _label(line, at)
        if label and abs(x - column) <= _NEAR:
            return replace(line, text=line.text[at:], left=x, bold=max(0, line.bold - at), stops=(), label=label)
    return line
