"""Closed questions by group as a picture: a bar a group, parted by answer; several choices as bars of their own."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.exporting import wording
from qualcode.exporting.chart_page import (
    INK,
    INK2,
    WIDTH,
    Words,
    drawing,
    framed,
    grouped_by,
    ink_on,
    notes_below,
    text_style,
    what_fits,
)
from qualcode.exporting.report_numbers import Numbers
from qualcode.exporting.theme_rows import group_label
from qualcode.exporting.wording import Say
from qualcode.model.case import ALL_GROUPS, NO_GROUP

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PAGE = 9.0  # inches that the questions may take up
_LEFT, _RIGHT = 2.15, 0.75  # inches beside the bars: names, and how many answered
_ROW, _BAR, _HEADING, _LINE, _GAP = 0.27, 0.19, 0.32, 0.145, 0.16  # inches
_NAME_WIDTH, _HEADING_WIDTH, _KEY_WIDTH = 30, 88, 100  # characters
_LIGHT, _DARK = (0.93, 0.95, 0.97), (0.16, 0.33, 0.50)
_ROOM_FOR_NUMBER, _ROOM_FOR_BOTH = 0.03, 0.085  # of a bar


@dataclass(frozen=True, slots=True)
class _Answers:
    """What one group answered to one question: `n` answers that can be used, and how often each value."""

    name: str
    is_everyone: bool
    n: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    kind: str
    values: list[str]
    groups: list[_Answers]

    @property
    def key(self) -> list[str]:
        """Lines that say what the numbers in the bars stand for; a scale needs none."""
        if self.kind != "category":
            return []
        return textwrap.wrap(
            "   ".join(f"{i}\N{NO-BREAK SPACE}{value}" for i, value in enumerate(self.values, 1)), _KEY_WIDTH
        )

    @property
    def n_bars(self) -> int:
        return len(self.groups) * (len(self.values) if self.kind == "multiple" else 1)

    @property
    def height(self) -> float:
        """In inches."""
        names = len(self.values) * 0.22 if self.kind == "multiple" else 0.0
        return _HEADING + _LINE * (len(self._heading) - 1 + len(self.key)) + names + _ROW * self.n_bars + _GAP

    @property
    def _heading(self) -> list[str]:
        return textwrap.wrap(self.text, _HEADING_WIDTH) or [""]


def draw_closed(
    closed: pd.DataFrame, *, title: str = "", by: str = "group", language: str = "nb", small_cell: int = 5
) -> Figure:
    """Draw what each group answered to each closed question.

    Parts of a bar have the value of the scale in them, or the number of the answer in the key, and go from light to
    dark in the order of the values, so that a grey copy can be read.

    Args:
        closed: in the columns of `qualcode closed`.
        title: of the study.
        by: what the groups are; "group" stands for respondent groups.
        language: of the words on the picture ("nb", "nn", "en").
        small_cell: groups with fewer answers have no bar.
    """
    say, numbers = wording.in_language(language), Numbers(language)
    questions = _questions(closed, say, comma=language != "en")
    shown = what_fits(questions, lambda question: question.height, _PAGE)
    least = max(1, small_cell)
    notes = [say("Base: answers that can be used; their number stands at the right.")]
    if any(each.n < least for question in shown for each in question.groups):
        notes.append(say("Groups with fewer than {n} answers have no bar.").format(n=least))
    if any(question.kind == "multiple" for question in shown):
        notes.append(say("Where several answers may be chosen, per cents add up to more than 100."))
    notes = notes_below(notes, len(shown), len(questions) - len(shown), say)
    caption = say("What was answered to closed questions, by {by}").format(by=grouped_by(by, say))
    with drawing():
        return _draw(shown, Words(title, caption if title else "", notes), numbers, say, least)


def _questions(closed: pd.DataFrame, say: Say, *, comma: bool) -> list[_Question]:
    questions = []
    for text, rows in closed.groupby("question", sort=False):
        kind = str(rows["kind"].iloc[0])
        names = [str(each) for each in dict.fromkeys(rows["group"])]
        names.sort(key=lambda name: (name == ALL_GROUPS, name == NO_GROUP))
        groups = []
        for name in names:
            of_group = rows[rows["group"] == name]
            chosen = of_group[of_group["value"] != ""]
            values = [valuetext_style(value, kind, comma=comma) for value in chosen["value"]]
            counts = dict(zip(values, chosen["count"].map(int), strict=True))
            groups.append(_Answers(group_label(name, say), name == ALL_GROUPS, int(of_group["n"].iloc[0]), counts))
        values = [valuetext_style(value, kind, comma=comma) for value in dict.fromkeys(rows["value"]) if value != ""]
        questions.append(_Question(str(text), kind, values, groups))
    return questions


def valuetext_style(value: object, kind: str, *, comma: bool) -> str:
    """A value as a reader sees it: a step of a scale with the reader's comma."""
    return str(value).replace(".", ",") if comma and kind == "scale" else str(value)


def _draw(questions: Sequence[_Question], words: Words, numbers: Numbers, say: Say, least: int) -> Figure:
    height = max(sum(question.height for question in questions), 0.3)
    figure, axes = framed(words, height, left=_LEFT, right=_RIGHT)
    axes.set_xlim(0, 1)
    y = 0.0
    for question in questions:
        _draw_question(axes, question, y, numbers, say, least)
        y += question.height
    return figure


def _draw_question(axes: Axes, question: _Question, top: float, numbers: Numbers, say: Say, least: int) -> None:
    beside = axes.get_yaxis_transform()
    left = (0.14 - _LEFT) / (WIDTH - _LEFT - _RIGHT)
    y = top + 0.13
    for line in textwrap.wrap(question.text, _HEADING_WIDTH):
        axes.text(left, y, line, fontweight="bold", transform=beside, **text_style(9.5))
        y += _LINE
    for line in question.key:
        axes.text(left, y + 0.02, line, transform=beside, **text_style(8) | {"color": INK2})
        y += _LINE
    y += 0.05
    if question.kind != "multiple":
        for group in question.groups:
            _draw_group(axes, question, group, y + _ROW / 2, numbers, say, least)
            y += _ROW
        return
    for value in question.values:
        axes.text(left, y + 0.1, textwrap.shorten(value, 95, placeholder=" …"), transform=beside, **text_style(8.5))
        y += 0.22
        for group in question.groups:
            _name(axes, group, y + _ROW / 2, numbers)
            if group.n < least:
                axes.text(0.01, y + _ROW / 2, say("counts only"), style="italic", **text_style(7.5))
            else:
                n = group.counts.get(value, 0)
                axes.barh(y + _ROW / 2, n / group.n, height=_BAR, color=_shade(0.7), edgecolor=INK, linewidth=0.6)
                axes.text(n / group.n + 0.01, y + _ROW / 2, numbers.percent(n, group.n), **text_style(7.5))
            y += _ROW


def _draw_group(
    axes: Axes, question: _Question, group: _Answers, y: float, numbers: Numbers, say: Say, least: int
) -> None:
    """One bar, parted by value."""
    _name(axes, group, y, numbers)
    if group.n < least:
        axes.text(0.01, y, say("counts only"), style="italic", **text_style(7.5))
        return
    left = 0.0
    for place, value in enumerate(question.values):
        share = group.counts.get(value, 0) / group.n
        if not share:
            continue
        fill = _shade(place / max(1, len(question.values) - 1))
        axes.barh(y, share, left=left, height=_BAR, color=fill, edgecolor=INK, linewidth=0.5)
        name = str(place + 1) if question.kind == "category" else value
        percent = numbers.percent(group.counts[value], group.n)
        text = f"{name}: {percent}" if share >= _ROOM_FOR_BOTH else name
        if share >= _ROOM_FOR_NUMBER * max(1, len(name) / 2):
            axes.text(left + share / 2, y, text, ha="center", **text_style(7) | {"color": ink_on(fill)})
        left += share


def _name(axes: Axes, group: _Answers, y: float, numbers: Numbers) -> None:
    place = {"transform": axes.get_yaxis_transform()} | text_style(8)
    label = textwrap.shorten(group.name, _NAME_WIDTH, placeholder=" …")
    axes.text(-0.015, y, label, ha="right", fontweight="bold" if group.is_everyone else "normal", **place)
    axes.text(1.13, y, f"n = {numbers.count(group.n)}", ha="right", **place)


def _shade(part: float) -> tuple[float, float, float]:
    """From light to dark."""
    r, g, b = (light + (dark - light) * part for light, dark in zip(_LIGHT, _DARK, strict=True))
    return r, g, b
