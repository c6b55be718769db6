"""The difference of two groups as a picture: a dot a theme, with its interval, to both sides of no difference."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from qualcode.exporting import wording
from qualcode.exporting.chart_page import GRID, INK, INK2, MARGIN, WIDTH, Words, drawing, framed
from qualcode.exporting.report_numbers import Numbers
from qualcode.exporting.wording import Say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEFT, _RIGHT = 2.55, 1.35  # inches: names of themes, and the numbers
_ROW, _LINE = 0.29, 0.13  # inches: a row, each further line of a name
_NAME_WIDTH, _SIDE_WIDTH = 36, 24  # characters: a theme, a group above its side


def draw_differences(
    comparison: pd.DataFrame,
    a: str,
    b: str,
    *,
    title: str = "",
    language: str = "nb",
    only: Collection[str] | None = None,
    notes: bool = False,
) -> Figure:
    """Draw by how many percentage points more of the first group speak of each theme.

    Args:
        comparison: in the columns of `qualcode compare`.
        a: the first group; what lies at the right is more in it.
        b: the second group.
        title: of the study; "" leaves title and caption out.
        only: keys of the themes to draw; None for all.
        notes: whether what the picture shows is explained below it.
    """
    say, numbers = wording.in_language(language), Numbers(language)
    rows: list[dict[str, Any]] = comparison.to_dict("records")  # type: ignore[assignment]
    rows = [row for row in rows if only is None or row["theme"] in only]
    explained = [
        say("Difference of the shares of those answering, in percentage points; lines: 95 % interval (Newcombe)."),
        say("An interval that takes in 0 is compatible with no difference at all."),
    ]
    if rows and all(math.isnan(row["rd"]) for row in rows):
        explained.append(say("There is nothing to show yet."))
    caption = say("Difference in share between {a} and {b}, with 95 % intervals").format(a=a, b=b)
    page = Words(title, caption if title else "", explained if notes else ())
    names = [textwrap.wrap(str(row["name"]), _NAME_WIDTH) or [""] for row in rows]
    heights = [_ROW + _LINE * max(0, len(name) - 1) for name in names]
    left_side = textwrap.wrap("\N{LEFTWARDS ARROW} " + b, _SIDE_WIDTH)
    right_side = textwrap.wrap(a + " \N{RIGHTWARDS ARROW}", _SIDE_WIDTH)
    top = 0.2 + _LINE * max(len(left_side), len(right_side))
    with drawing():
        figure, axes = framed(page, top + sum(heights), left=_LEFT, right=_RIGHT, below=0.5)
        reach = _reach(rows)
        _draw_scale(axes, reach, top, top + sum(heights), say)
        for x, side, lines in ((-0.02, "right", left_side), (0.02, "left", right_side)):
            style: dict[str, Any] = {"fontsize": 8, "color": INK2, "parse_math": False, "linespacing": 1.05}
            axes.text(x * reach, top - 0.1, "\n".join(lines), ha=side, va="bottom", **style)
        y = top
        for row, name, height in zip(rows, names, heights, strict=True):
            _draw_row(axes, row, "\n".join(name), y + height / 2, numbers, say)
            y += height
    return figure


def _reach(rows: list[dict[str, Any]]) -> float:
    """How far the scale goes to both sides: 20, 40, 60, 80 or 100 points, so that half of it is a round number."""
    known = [abs(row[name]) for row in rows for name in ("rd_low", "rd_high") if not math.isnan(row[name])]
    return min(1.0, max(0.2, math.ceil(max(known, default=0.2) * 5 - 1e-9) / 5))


def _draw_scale(axes: Axes, reach: float, top: float, height: float, say: Say) -> None:
    axes.set_xlim(-reach, reach)
    ticks = [-reach, -reach / 2, 0, reach / 2, reach]
    labels = [f"{100 * tick:+.0f}".replace("-", "\N{MINUS SIGN}").replace("+0", "0") for tick in ticks]
    axes.set_xticks(ticks, labels, fontsize=8, color=INK2)
    axes.set_xlabel(say("percentage points"), fontsize=8, color=INK2)
    axes.tick_params(length=0)
    for tick in ticks:
        strong = tick == 0
        axes.plot([tick, tick], [top - 0.05, height], color=INK if strong else GRID, linewidth=1 if strong else 0.8)


def _draw_row(axes: Axes, row: dict[str, Any], name: str, y: float, numbers: Numbers, say: Say) -> None:
    place: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "parse_math": False}
    width = WIDTH - _LEFT - _RIGHT
    axes.text((MARGIN - _LEFT) / width, y, name, fontsize=8.5, color=INK, linespacing=1.05, **place)
    if math.isnan(row["rd"]):
        axes.text(1.04, y, say("no number"), fontsize=8, color=INK2, style="italic", **place)
        return
    low, high = row["rd_low"], row["rd_high"]
    axes.plot([low, high], [y, y], color=INK, linewidth=1.3, solid_capstyle="butt")
    for bound in (low, high):
        axes.plot([bound, bound], [y - 0.04, y + 0.04], color=INK, linewidth=1.3)
    apart = low > 0 or high < 0
    axes.plot([row["rd"]], [y], marker="o", markersize=6, color=INK if apart else "white", markeredgecolor=INK)
    text = f"{numbers.points(row['rd'])} ({numbers.points(low)} {say('to')} {numbers.points(high)})"
    axes.text(1.04, y, text, fontsize=8, color=INK, **place)
