"""Which themes stand together, as a picture: themes on a circle, lines as broad as the two are often together."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.exporting import wording
from qualcode.exporting.chart_page import INK, INK2, WIDTH, Words, drawing, framed

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_THEMES = 16
_RADIUS = 1.75  # inches
_HEIGHT = 5.0
_PALE, _DARK = (0.86, 0.89, 0.93), (0.36, 0.47, 0.6)
_MOST_NUMBERS = 24
"""Lines that have their number written on them, the broadest first."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A theme with its place on the circle."""

    name: str
    units: int
    angle: float

    @property
    def place(self) -> tuple[float, float]:
        return _RADIUS * math.cos(self.angle), _RADIUS * math.sin(self.angle)


def draw_network(
    together: pd.DataFrame,
    themes: Sequence[str],
    *,
    title: str = "",
    unit: str = "segment",
    language: str = "nb",
    suggested: bool = False,
) -> Figure:
    """Draw the themes at the top and how many units each two share.

    Args:
        together: in the columns of `qualcode cooccurrence`.
        themes: keys of the themes to draw, in order; of many, those on most units.
        unit: the unit of counting.
    """
    say = wording.in_language(language)
    names, units = _of_themes(together, themes)
    kept = sorted(names, key=lambda key: -units[key])[:MOST_THEMES]
    keys = [key for key in names if key in kept]
    step = 2 * math.pi / max(1, len(keys))
    # Half a step from the top, so that every name has a side to stand on.
    nodes = {key: _Node(names[key], units[key], math.pi / 2 - (i + 0.5) * step) for i, key in enumerate(keys)}
    edges = [
        (str(a), str(b), int(n))
        for a, b, n in zip(together["theme_a"], together["theme_b"], together["units_both"], strict=True)
        if n and a in nodes and b in nodes
    ]
    edges.sort(key=lambda edge: edge[2])
    notes = [
        say(
            "Lines: on how many units ({unit}) two themes stand together; the broader, the more. Circles: units with "
            "the theme."
        ).format(unit=say(unit))
    ]
    if len(keys) < len(names):
        notes.append(say("Shown are the {n} themes on most units.").format(n=len(keys)))
    if not edges:
        notes.append(say("No two themes stand together."))
    words = Words(
        title,
        say("Themes that stand together") if title else "",
        notes,
        say("Suggested, not reviewed") if suggested else "",
    )
    with drawing():
        figure, axes = framed(words, _HEIGHT, left=0.1, right=0.1)
        half = (WIDTH - 0.2) / 2
        axes.set_xlim(-half, half)
        axes.set_ylim(-_HEIGHT / 2, _HEIGHT / 2)
        _draw_edges(axes, nodes, edges)
        _draw_nodes(axes, nodes)
    return figure


def _of_themes(together: pd.DataFrame, themes: Sequence[str]) -> tuple[dict[str, str], dict[str, int]]:
    """Names of the themes that occur in the table, and how many units each is on."""
    names: dict[str, str] = {}
    units: dict[str, int] = {}
    for side in ("a", "b"):
        columns = (together[f"{column}_{side}"] for column in ("theme", "name", "units"))
        for key, name, n in zip(*columns, strict=True):
            names[str(key)], units[str(key)] = str(name), int(n)
    return {key: names[key] for key in themes if key in names}, units


def _draw_edges(axes: Axes, nodes: dict[str, _Node], edges: Sequence[tuple[str, str, int]]) -> None:
    most = max((n for _a, _b, n in edges), default=1)
    for i, (a, b, n) in enumerate(edges):
        (x0, y0), (x1, y1) = nodes[a].place, nodes[b].place
        shade = tuple(pale + (dark - pale) * n / most for pale, dark in zip(_PALE, _DARK, strict=True))
        axes.plot([x0, x1], [y0, y1], color=shade, linewidth=0.6 + 6.4 * n / most, solid_capstyle="round", zorder=1)
        if i < len(edges) - _MOST_NUMBERS:
            continue
        # Lines through the middle cross there, so their numbers stand nearer to one end.
        share = 0.5 if abs(_apart(nodes[a].angle, nodes[b].angle)) < 1.3 else 0.36
        style: dict[str, Any] = {"fontsize": 8, "color": INK, "ha": "center", "va": "center", "zorder": 3}
        style["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 1.2}
        axes.text(x0 + share * (x1 - x0), y0 + share * (y1 - y0), str(n), **style)


def _apart(first: float, second: float) -> float:
    """The angle between two places of the circle, at most half a turn."""
    return (first - second + math.pi) % (2 * math.pi) - math.pi


def _draw_nodes(axes: Axes, nodes: dict[str, _Node]) -> None:
    from matplotlib.patches import Circle

    most = max((node.units for node in nodes.values()), default=1) or 1
    for node in nodes.values():
        radius = 0.1 + 0.16 * math.sqrt(node.units / most)
        x, y = node.place
        face = "#1F4B77" if node.units else "white"
        axes.add_patch(Circle((x, y), radius, facecolor=face, edgecolor=INK, linewidth=0.8, zorder=4))
        ink = "white" if node.units else INK2
        style: dict[str, Any] = {"parse_math": False, "zorder": 5}
        axes.text(x, y, str(node.units), fontsize=7.5, color=ink, ha="center", va="center", **style)
        out = (_RADIUS + radius + 0.08) / _RADIUS
        side = "left" if x > 0 else "right"
        upright = "center" if abs(y) < 0.9 * _RADIUS else ("bottom" if y > 0 else "top")
        name = "\n".join(textwrap.wrap(node.name, 26 if upright == "center" else 40))
        axes.text(x * out, y * out, name, fontsize=8.5, color=INK, ha=side, va=upright, linespacing=1.05, **style)
