"""Themes beside their closed questions as a picture: who speaks of a theme, and the mean of the answers, by group."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualcode.exporting import wording
from qualcode.exporting.chart_page import (
    GRID,
    INK,
    INK2,
    WIDTH,
    Words,
    drawing,
    framed,
    grouped_by,
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

Row = dict[str, Any]

_LEFT, _RIGHT = 2.0, 0.95  # inches: names of groups, and what stands beside the scale
_ROW, _LINE, _HEADING, _GAP, _SCALE = 0.27, 0.15, 0.3, 0.34, 0.12  # inches
_SHARES, _MEANS = 0.42, 0.6  # of the width: where the shares end and the scale begins
_PAGE = 9.5  # inches that the themes may take up
_FILL = "#B9CFE4"


def draw_joint(
    joint: pd.DataFrame, *, title: str = "", by: str = "group", language: str = "nb", small_cell: int = 5
) -> Figure:
    """Draw, for each theme with a closed question, the share who speak of it beside the mean of the question.

    Args:
        joint: in the columns of `qualcode joint`.
        title: of the study.
        by: what the groups are; "group" stands for respondent groups.
        language: of the words on the picture ("nb", "nn", "en").
        small_cell: shares and means of fewer people are left out.
    """
    say, numbers = wording.in_language(language), Numbers(language)
    themes = []
    for _theme, rows in joint[joint["question"] != ""].groupby("theme", sort=False):
        records: list[Row] = rows.to_dict("records")  # type: ignore[assignment]
        told = [row for row in records if row["group"] != NO_GROUP or max(row["answering"], row["n"]) >= small_cell]
        themes.append(sorted(told, key=lambda row: row["group"] == ALL_GROUPS))
    shown = what_fits(themes, _height, _PAGE)
    least = max(1, small_cell)
    notes = [
        say("At the left: share of those answering openly who speak of the theme, with n/N."),
        say(
            "At the right: mean of the closed question and how many answers it is of; the line is one SD to each side."
        ),
    ]
    if least > 1:
        notes.append(say("Means and per cents of fewer than {n} answers are left out.").format(n=least))
    notes = notes_below(notes, len(shown), len(themes) - len(shown), say)
    caption = say("Themes and closed questions, by {by}").format(by=grouped_by(by, say))
    with drawing():
        return _draw(shown, Words(title, caption if title else "", notes), numbers, say, least)


def _heading(rows: Sequence[Row]) -> list[str]:
    row = rows[0]
    return [*textwrap.wrap(str(row["name"]), 88), *textwrap.wrap(str(row["question"]), 100)]


def _height(rows: Sequence[Row]) -> float:
    return _HEADING + _LINE * (len(_heading(rows)) - 1) + _ROW * len(rows) + _GAP


def _draw(themes: Sequence[Sequence[Row]], words: Words, numbers: Numbers, say: Say, least: int) -> Figure:
    heights = [_height(rows) for rows in themes]
    figure, axes = framed(words, max(sum(heights), 0.3), left=_LEFT, right=_RIGHT)
    axes.set_xlim(0, 1)
    y = 0.0
    for rows, height in zip(themes, heights, strict=True):
        _draw_theme(axes, rows, y, numbers, say, least)
        y += height
    return figure


def _draw_theme(axes: Axes, rows: Sequence[Row], top: float, numbers: Numbers, say: Say, least: int) -> None:
    beside = axes.get_yaxis_transform()
    left = (0.14 - _LEFT) / (WIDTH - _LEFT - _RIGHT)
    y = top + 0.12
    n_names = len(textwrap.wrap(str(rows[0]["name"]), 88))
    for number, line in enumerate(_heading(rows)):
        style = text_style(9.5) | {"fontweight": "bold"} if number < n_names else text_style(8.5) | {"color": INK2}
        axes.text(left, y, line, transform=beside, **style)
        y += _LINE
    y += 0.05
    low, high = _scale(rows)
    bottom = y + _ROW * len(rows)
    for tick in (0, 0.5, 1):
        _tick(axes, tick * _SHARES, y, bottom, f"{round(100 * tick)}\N{NO-BREAK SPACE}%")
    for step in (low, (low + high) / 2, high):
        _tick(axes, _on_scale(step, low, high), y, bottom, numbers.decimal(step, 0 if float(step).is_integer() else 1))
    for row in rows:
        _draw_row(axes, row, y + _ROW / 2, (low, high), numbers, say, least)
        y += _ROW


def _draw_row(
    axes: Axes, row: Row, y: float, scale: tuple[float, float], numbers: Numbers, say: Say, least: int
) -> None:
    place = {"transform": axes.get_yaxis_transform()} | text_style(8)
    is_everyone = row["group"] == ALL_GROUPS
    label = textwrap.shorten(group_label(row["group"], say), 30, placeholder=" …")
    axes.text(-0.015, y, label, ha="right", fontweight="bold" if is_everyone else "normal", **place)
    n_of_all = f"{row['respondents']}/{row['answering']}"
    share = row["respondents"] / row["answering"] if row["answering"] >= least else 0.0
    if share:
        axes.barh(y, share * _SHARES, height=0.16, color=_FILL, edgecolor=INK, linewidth=0.6)
    if row["answering"] >= least:
        n_of_all = f"{numbers.percent(row['respondents'], row['answering'])}  {n_of_all}"
    paper = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
    axes.text(share * _SHARES + 0.01, y, n_of_all, bbox=paper, **text_style(7.5))
    if math.isnan(row["mean"]) or row["n"] < least:
        asked = "" if not row["asked"] > 0 else f"({row['n']:.0f})"
        axes.text(1.16, y, asked, ha="right", **place)
        return
    low, high = scale
    if not math.isnan(row["sd"]):
        ends = [max(low, row["mean"] - row["sd"]), min(high, row["mean"] + row["sd"])]
        axes.plot([_on_scale(end, low, high) for end in ends], [y, y], color=INK, linewidth=1)
    axes.plot([_on_scale(row["mean"], low, high)], [y], marker="o", markersize=5, color=INK)
    axes.text(1.16, y, f"{numbers.decimal(row['mean'], 1)} ({row['n']:.0f})", ha="right", **place)


def _scale(rows: Sequence[Row]) -> tuple[float, float]:
    """From where to where the question goes; as far as the means do where nobody has said."""
    means = [row["mean"] for row in rows if not math.isnan(row["mean"])] or [0.0]
    low = next((row["minimum"] for row in rows if not math.isnan(row["minimum"])), math.floor(min(means)))
    high = next((row["maximum"] for row in rows if not math.isnan(row["maximum"])), math.ceil(max(means)))
    return (low, high) if high > low else (low, low + 1)


def _on_scale(value: float, low: float, high: float) -> float:
    return _MEANS + (1 - _MEANS) * (value - low) / (high - low)


def _tick(axes: Axes, x: float, top: float, bottom: float, text: str) -> None:
    axes.plot([x, x], [top, bottom], color=GRID, linewidth=0.8, zorder=0)
    axes.text(x, bottom + _SCALE, text, ha="center", **text_style(7.5) | {"color": INK2})
