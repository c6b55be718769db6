"""What each group's codings are about, as a picture: one bar a group, parted by theme."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from qualcode.exporting import wording
from qualcode.exporting.chart_page import (
    INK,
    INK2,
    MARGIN,
    WIDTH,
    Words,
    drawing,
    framed,
    grouped_by,
    ink_on,
    text_style,
)
from qualcode.exporting.report_numbers import Numbers
from qualcode.exporting.theme_rows import Group, ThemeLine, groups_of, theme_lines, with_people
from qualcode.exporting.wording import Say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_THEMES = 12
_LEFT, _RIGHT = 2.2, 0.75  # inches: names of groups, and how many codings
_BAR, _ROW, _KEY = 0.34, 0.52, 0.22  # inches: a bar, a group's row, a line of the key
_FILLS = ("#2F5D8A", "#DCE6F0", "#6E93B8", "#F4F6F9", "#46759F", "#B9CFE4")
_HATCHES = ("", "///", "...")
_NARROW = 0.035  # of the bar: parts below have no number in them


def draw_shares(
    themes: pd.DataFrame,
    *,
    title: str = "",
    by: str = "group",
    language: str = "nb",
    small_cell: int = 5,
    suggested: bool = False,
) -> Figure:
    """Draw how the codings of each group are spread over the themes at the top.

    A part is `codings` of `codings_in_group`, as `pct_of_codings` in the theme table. Parts are numbered like the key,
    so that they can be told apart in a grey copy.

    Args:
        themes: in the columns of theme_table.csv, in the order of the codebook.
        small_cell: a group with fewer codings has no bar.
    """
    say, numbers = wording.in_language(language), Numbers(language)
    groups = with_people(groups_of(themes, say, small_cell, suggested=suggested))
    totals = {group.key: _total(themes, group, suggested=suggested) for group in groups}
    top = [line for line in theme_lines(themes) if not line.depth]
    everyone = groups[-1]
    largest = sorted(top, key=lambda line: -everyone.counts[line.key].codings)[:MOST_THEMES]
    lines = [line for line in top if line in largest and everyone.counts[line.key].codings]
    notes = [
        say("Base: all codings of the group; a passage counts once for each theme it carries. At the right: codings.")
    ]
    whole = all(sum(g.counts[line.key].codings for line in lines) == totals[g.key] for g in groups)
    if not whole:
        notes.append(
            say("What is left white: further sub-codes of a theme on the same passage, and themes that are not shown.")
        )
    notes += [say("There is nothing to show yet.")] if not lines else []
    words = Words(
        title,
        say("What the codings of each group are about, by {by}").format(by=grouped_by(by, say)) if title else "",
        notes,
        say("Suggested, not reviewed") if suggested else "",
    )
    with drawing():
        return _draw(lines, groups, totals, words, numbers, say, small_cell)


def _total(themes: pd.DataFrame, group: Group, *, suggested: bool) -> int:
    if not suggested:
        return group.codings
    return sum(group.counts[line.key].codings for line in theme_lines(themes) if not line.depth)


def _draw(
    lines: Sequence[ThemeLine],
    groups: Sequence[Group],
    totals: dict[str, int],
    words: Words,
    numbers: Numbers,
    say: Say,
    small_cell: int,
) -> Figure:
    key = [textwrap.wrap(f"{i}  {line.name}", 52, subsequent_indent="     ") for i, line in enumerate(lines, start=1)]
    columns = 2 if len(key) > 1 else 1
    per_column = -(-len(key) // columns) if key else 0
    depths = [0.16 * len(each) + 0.06 for each in key]
    key_height = max((sum(depths[i * per_column : (i + 1) * per_column]) for i in range(columns)), default=0.0)
    bars_height = _ROW * len(groups)
    figure, axes = framed(words, bars_height + 0.5 + key_height, left=_LEFT, right=_RIGHT)
    axes.set_xlim(0, 1)
    for i, group in enumerate(groups):
        _draw_group(axes, group, lines, totals[group.key], i * _ROW + _ROW / 2, numbers, say, small_cell)
    _draw_scale(axes, bars_height)
    _draw_key(axes, key, per_column, bars_height + 0.5)
    return figure


def _draw_group(
    axes: Axes,
    group: Group,
    lines: Sequence[ThemeLine],
    total: int,
    y: float,
    numbers: Numbers,
    say: Say,
    small_cell: int,
) -> None:
    place = {"transform": axes.get_yaxis_transform()} | text_style(8.5)
    label = "\n".join(textwrap.wrap(group.label, 26))
    axes.text(-0.015, y, label, ha="right", fontweight="bold" if group.is_everyone else "normal", **place)
    axes.text(1.13, y, numbers.count(total), ha="right", **place)
    if total < max(1, small_cell):
        axes.text(0.012, y, say("counts only"), style="italic", **text_style(8))
        return
    left = 0.0
    for number, line in enumerate(lines, start=1):
        share = group.counts[line.key].codings / total
        if not share:
            continue
        fill, hatch = _look(number)
        axes.barh(y, share, left=left, height=_BAR, color=fill, edgecolor=INK, linewidth=0.6, hatch=hatch)
        if share >= _NARROW:
            percent = numbers.percent(group.counts[line.key].codings, total)
            text = f"{number}\n{percent}" if share >= 2 * _NARROW else str(number)
            ink = ink_on(fill)
            style = text_style(7.5 if share >= 2 * _NARROW else 6.5) | {"color": ink, "linespacing": 1.05}
            if hatch:
                style["bbox"] = {"facecolor": fill, "edgecolor": "none", "pad": 0.8}
            axes.text(left + share / 2, y, text, ha="center", **style)
        left += share


def _look(number: int) -> tuple[str, str]:
    return _FILLS[(number - 1) % len(_FILLS)], _HATCHES[(number - 1) // len(_FILLS) % len(_HATCHES)]


def _draw_scale(axes: Axes, height: float) -> None:
    axes.plot([0, 0], [0, height], color=INK2, linewidth=1)
    for tick in (0, 0.25, 0.5, 0.75, 1):
        axes.plot([tick, tick], [height, height + 0.04], color=INK2, linewidth=0.8)
        axes.text(tick, height + 0.15, f"{round(100 * tick)} %", ha="center", **text_style(8) | {"color": INK2})


def _draw_key(axes: Axes, key: Sequence[Sequence[str]], per_column: int, top: float) -> None:
    from matplotlib.patches import Rectangle

    width = WIDTH - _LEFT - _RIGHT
    for column in range(2):
        y = top
        left = (MARGIN - _LEFT + column * (WIDTH / 2 - MARGIN / 2)) / width
        for i in range(column * per_column, min(len(key), (column + 1) * per_column)):
            fill, hatch = _look(i + 1)
            box: dict[str, Any] = {"facecolor": fill, "edgecolor": INK, "linewidth": 0.6, "hatch": hatch}
            axes.add_patch(Rectangle((left, y + 0.02), 0.2 / width, 0.13, clip_on=False, **box))
            place = text_style(8) | {"va": "baseline", "linespacing": 1.1}
            for n, text in enumerate(key[i]):
                axes.text(left + 0.28 / width, y + 0.135 + 0.14 * n, text, **place)
            y += 0.16 * len(key[i]) + 0.06
