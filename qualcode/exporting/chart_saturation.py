"""New codes by session as a picture: bars of what each session adds, and a line of all so far."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qualcode.exporting import wording
from qualcode.exporting.chart_page import GRID, INK, INK2, Words, drawing, framed, text_style
from qualcode.exporting.report_numbers import Numbers

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_LEFT, _RIGHT, _HEIGHT, _BELOW = 0.6, 0.3, 3.2, 0.75  # inches
_MOST_NAMES = 14
_FILL = "#B9CFE4"


def draw_saturation(saturation: pd.DataFrame, *, title: str = "", language: str = "nb") -> Figure:
    """Draw how many codes each session adds, all so far, and the mean of these over all orders of the sessions.

    Args:
        saturation: in the columns of `qualcode saturation`.
        title: of the study.
        language: of the words on the picture ("nb", "nn", "en").
    """
    say, numbers = wording.in_language(language), Numbers(language)
    notes = [
        say(
            "Bars: codes that no session before has. Line: all codes so far. Dashed: the mean of these over all orders."
        ),
        say("Codes of a template are easily met in the first sessions; that alone is no saturation."),
    ]
    caption = say("Which codes each session adds")
    words = Words(title, caption if title else "", notes if len(saturation) else [say("There is nothing to show yet.")])
    with drawing():
        return _draw(saturation, words, numbers)


def _draw(saturation: pd.DataFrame, words: Words, numbers: Numbers) -> Figure:
    figure, axes = framed(words, _HEIGHT, left=_LEFT, right=_RIGHT, below=_BELOW)
    n = len(saturation)
    if not n:
        return figure
    places = list(range(n))
    most = max(int(saturation["cumulative"].max()), 1)
    axes.set_ylim(0, most * 1.12)
    axes.set_xlim(-0.6, n - 0.4)
    steps = sorted({round(most * part / 4) for part in range(5)})
    axes.set_yticks(steps, [numbers.count(step) for step in steps], fontsize=8, color=INK2)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    new, so_far = saturation["new"].tolist(), saturation["cumulative"].tolist()
    axes.bar(places, new, width=0.5, color=_FILL, edgecolor=INK, linewidth=0.6)
    axes.plot(places, so_far, color=INK, linewidth=1.4, marker="o", markersize=4)
    axes.plot(places, saturation["expected"].tolist(), color=INK2, linewidth=1.1, linestyle=(0, (4, 3)))
    every = -(-n // _MOST_NAMES)
    for place in places:
        if new[place]:
            inside = new[place] > 0.1 * most
            at = new[place] / 2 if inside else new[place] + 0.03 * most
            axes.text(place, at, numbers.count(new[place]), ha="center", **text_style(8))
        if place and so_far[place] != new[place] and so_far[place] - new[place] > 0.1 * most:
            axes.text(place, so_far[place] + 0.045 * most, numbers.count(so_far[place]), ha="center", **text_style(8))
    shown = [place for place in places if place % every == 0]
    width = max(6, int(90 / len(shown)))
    names = ["\n".join(_broken(str(saturation["session"].iloc[place]), width)[:3]) for place in shown]
    axes.set_xticks(shown, names, fontsize=8, color=INK2)
    return figure


def _broken(name: str, width: int) -> list[str]:
    """A name in lines: broken between words, and in the name of a file behind its underlines, hyphens and stops."""
    lines = [""]
    for piece in re.split(r"(?<=[\s_.-])", name):
        if lines[-1] and len(f"{lines[-1]}{piece}".rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    step = width + 1  # what a line is broken behind may stand out
    return [line[at : at + step].strip() for line in lines for at in range(0, len(line.rstrip()), step)]
