"""A heat map as a picture: themes down, groups across, the darker the larger the share of those answering."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.exporting import wording
from qualcode.exporting.chart_page import INK, INK2, MARGIN, PAPER, WIDTH, Words, drawing, framed, grouped_by, ink_on
from qualcode.exporting.report_numbers import Numbers
from qualcode.exporting.theme_rows import Count, Group, ThemeLine, groups_of, theme_lines, with_people

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_THEMES = 24
"""Rows that fit on a page with their caption."""
MOST_GROUPS = 16
_LEFT, _RIGHT = 2.55, 0.14  # inches beside the cells
_ROW, _LINE = 0.33, 0.13  # inches: a row, each further line of a name
_NAME_WIDTH = 32  # characters
_ROOM_FOR_COUNTS = 0.56  # inches of a cell that holds n/N too
_PER_INCH, _SMALLEST = 14.0, 6.2  # characters of 8 points; points
_PALE, _DARK = (0.957, 0.965, 0.976), (0.122, 0.294, 0.467)


def draw_heatmap(
    themes: pd.DataFrame,
    *,
    title: str = "",
    by: str = "group",
    language: str = "nb",
    small_cell: int = 5,
    suggested: bool = False,
    sub_codes: bool = False,
    only: Collection[str] | None = None,
    notes: bool = True,
) -> Figure:
    """Draw the shares of a theme table as shades; each cell has its per cent, and n/N where there is room.

    Args:
        themes: in the columns of theme_table.csv, in the order of the codebook.
        title: of the study; "" leaves title and caption out.
        by: what the groups are; "group" stands for respondent groups.
        small_cell: groups in which fewer answered have counts and no shade.
        only: keys of the themes to draw; None for all.
        notes: whether what the picture shows is explained below it.
    """
    say = wording.in_language(language)
    lines = [
        line for line in theme_lines(themes) if (sub_codes or not line.depth) and (only is None or line.key in only)
    ]
    everyone = with_people(groups_of(themes, say, small_cell, suggested=suggested))
    groups = sorted(everyone, key=lambda group: -group.answering)[:MOST_GROUPS]
    groups = [group for group in everyone if group in groups]
    explained = [
        say("Base: respondents who answered at least one of the counted questions, or spoke in a session."),
        say("The darker a cell, the larger the share of those answering who speak of the theme (n/N)."),
    ]
    if any(group.counts_only for group in groups):
        words = say("Groups in which fewer than {small_cell} answered are shown as counts, without per cents.")
        explained.append(words.format(small_cell=small_cell))
    if not any(count.respondents for group in groups for count in group.counts.values()):
        explained.append(say("There is nothing to show yet."))
    caption = say("Share of those answering who speak of each theme, by {by}").format(by=grouped_by(by, say))
    page = Words(
        title,
        caption if title else "",
        explained if notes else (),
        say("Suggested, not reviewed") if suggested else "",
    )
    with drawing():
        return _draw(lines, groups, page, Numbers(language))


def _draw(lines: Sequence[ThemeLine], groups: Sequence[Group], page: Words, numbers: Numbers) -> Figure:
    cell_width = (WIDTH - _LEFT - _RIGHT) / max(1, len(groups))
    roomy = cell_width >= _ROOM_FOR_COUNTS
    longest = max((len(word) for group in groups for word in group.label.split()), default=1)
    upright = cell_width * _PER_INCH * 8 / _SMALLEST >= longest
    headings, heading_height, size = _headings(groups, cell_width, longest, upright=upright)
    names = [textwrap.wrap(line.name, _NAME_WIDTH - 2 * line.depth) or [""] for line in lines]
    heights = [_ROW + _LINE * max(0, len(name) - 2) for name in names]
    figure, axes = framed(page, heading_height + sum(heights), left=_LEFT, right=_RIGHT)
    axes.set_xlim(0, WIDTH - _LEFT - _RIGHT)
    for i, heading in enumerate(headings):
        place = ((i + 0.5) * cell_width, heading_height - 0.07)
        rotation = 0 if upright else 90
        axes.text(*place, heading, ha="center", va="bottom", rotation=rotation, **_text(size, INK), linespacing=1.1)
    y = heading_height
    for line, name, height in zip(lines, names, heights, strict=True):
        style = _text(8.5, INK, bold=not line.depth)
        left = MARGIN - _LEFT + 0.12 * line.depth
        axes.text(left, y + height / 2, "\n".join(name), va="center", linespacing=1.05, clip_on=False, **style)
        for i, group in enumerate(groups):
            _draw_cell(
                axes, (i * cell_width, y, cell_width, height), group.counts[line.key], group, numbers, roomy=roomy
            )
        y += height
    if groups and groups[-1].is_everyone and len(groups) > 1:
        x = (len(groups) - 1) * cell_width
        axes.plot([x, x], [heading_height - 0.02, y], color=INK, linewidth=1.4, solid_capstyle="butt")
    return figure


def _headings(
    groups: Sequence[Group], cell_width: float, longest_word: int, *, upright: bool
) -> tuple[list[str], float, float]:
    """The groups' names broken to the width of a column, or for writing upwards, the height they take, and their size.

    Upright letters are as large as the longest word allows.
    """
    if not upright:
        most_lines = max(1, int(cell_width / 0.125))
        longest = max((len(group.label) for group in groups), default=1)
        width = max(24, longest_word, -(-longest // most_lines) + 4)
        broken = [textwrap.wrap(group.label, width) for group in groups]
        longest = max((len(line) for each in broken for line in each), default=1)
        return ["\n".join(each) for each in broken], 0.2 + 0.075 * longest, 7.2
    size = min(8.0, max(_SMALLEST, 8 * cell_width * _PER_INCH / longest_word))
    broken = [textwrap.wrap(group.label, max(7, int(cell_width * _PER_INCH * 8 / size))) for group in groups]
    n_lines = max((len(each) for each in broken), default=1)
    return ["\n".join(each) for each in broken], 0.16 + 0.0175 * size * n_lines, size


def _draw_cell(
    axes: Axes, box: tuple[float, float, float, float], count: Count, group: Group, numbers: Numbers, *, roomy: bool
) -> None:
    from matplotlib.patches import Rectangle

    x, y, width, height = box
    n_of_N = f"{count.respondents}/{group.answering}"
    if count.share is None:
        look: dict[str, Any] = {"facecolor": PAPER, "edgecolor": "#C9C8C2", "hatch": "....", "linewidth": 0}
        axes.add_patch(Rectangle((x + 0.012, y + 0.012), width - 0.024, height - 0.024, **look))
        style = _text(7.5 if roomy else 6, INK2)
        style["bbox"] = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.0}
        axes.text(x + width / 2, y + height / 2, n_of_N, ha="center", va="center", **style)
        return
    red, green, blue = (pale + (dark - pale) * count.share for pale, dark in zip(_PALE, _DARK, strict=True))
    shade = (red, green, blue)
    axes.add_patch(Rectangle((x + 0.012, y + 0.012), width - 0.024, height - 0.024, facecolor=shade, linewidth=0))
    ink = ink_on(shade)
    percent = numbers.percent(count.respondents, group.answering)
    if not roomy:
        axes.text(x + width / 2, y + height / 2, percent[:-2], ha="center", va="center", **_text(7.5, ink))
        return
    axes.text(x + width / 2, y + height / 2 - 0.065, percent, ha="center", va="center", **_text(8.5, ink, bold=True))
    axes.text(x + width / 2, y + height / 2 + 0.075, n_of_N, ha="center", va="center", **_text(7, ink))


def _text(size: float, colour: str, *, bold: bool = False) -> dict[str, Any]:
    weight = "bold" if bold else "normal"
    return {"fontsize": size, "color": colour, "fontweight": weight, "parse_math": False}
