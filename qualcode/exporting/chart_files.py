"""A chart of themes by group as a picture to hand in: bars with their intervals, and n/N beside each."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.exporting import wording
from qualcode.exporting.chart_page import GRID, INK, INK2, WIDTH, Words, drawing, framed, grouped_by
from qualcode.exporting.theme_rows import Count, Group, ThemeLine, groups_of, theme_lines, with_people
from qualcode.exporting.wording import Say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_GROUPS = 12
_PAGE = 9.5  # inches of a page that bars may take up
_FEWEST_THEMES = 5
# From dark to light and back, so that neighbours differ in a grey copy; hatches tell the second half from the first.
_FILLS = ("#2F5D8A", "#B9CFE4", "#6E93B8", "#DCE6F0", "#46759F", "#93B2D0")
_HATCHES = ("", "////")
_LEFT, _RIGHT = 2.15, 1.05  # inches beside the bars: names of groups, and n/N
_N_COLUMN, _PERCENT_COLUMN = 1.11, 1.225  # right edges, in widths of the bars
_ROW, _LINE, _HEADING = 0.235, 0.135, 0.34  # inches: a bar, each further line of a name, a theme's name
_NAME_WIDTH, _THEME_WIDTH = 30, 88  # characters


@dataclass(frozen=True, slots=True)
class _Bar:
    """One row of the chart: a group in a theme; y in inches from the top of the bars."""

    y: float
    name: str
    count: Count
    group: Group
    style: int


def draw_chart(
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
    """Draw who speaks of which theme; `chart_page.save` writes it.

    Args:
        themes: a theme table in the columns of theme_table.csv, in the order of the codebook.
        title: of the study.
        by: what the groups are; "group" stands for respondent groups.
        language: of the words on the chart ("nb", "nn", "en").
        small_cell: groups in which fewer answered get no bar, only their count.
        suggested: show what rules suggested instead of what coders decided, and head the chart so.
        sub_codes: show the codes below the themes too.
        only: keys of the themes to draw; None for all.
        notes: whether base and intervals are explained below the bars.

    Raises:
        ExportError: a column is missing.
    """
    say = wording.in_language(language)
    lines = [line for line in theme_lines(themes) if sub_codes or not line.depth]
    lines = [line for line in lines if only is None or line.key in only]
    everyone = with_people(groups_of(themes, say, small_cell, suggested=suggested))
    n_lines = len(lines)
    if only is None and not sub_codes:
        lines = _most_spoken_of(lines, everyone, themes_on_a_page(len(_shown_groups(everyone)[0])))
    shown, n_left_out = _shown_groups(everyone)
    caption = say("Share of those answering who speak of each theme, by {by}").format(by=grouped_by(by, say))
    words = Words(
        title,
        caption if title else "",
        _notes(shown, (n_lines - len(lines), n_left_out), say, small_cell, suggested=suggested) if notes else (),
        say("Suggested, not reviewed") if suggested else "",
    )
    with drawing():
        return _draw(lines, shown, say, words)


def chart_height(n_lines: int, n_groups: int) -> float:
    """About how many inches the bars of so many themes and groups take up."""
    return n_lines * (_HEADING + min(n_groups, MOST_GROUPS) * _ROW + 0.06)


def _shown_groups(groups: Sequence[Group]) -> tuple[list[Group], int]:
    """The groups side by side (all together only where there is nothing else), the largest if there are too many."""
    parts = [group for group in groups if not group.is_everyone] or list(groups)
    largest = sorted(parts, key=lambda group: -group.answering)[:MOST_GROUPS]
    shown = [group for group in parts if group in largest]
    return shown, len(parts) - len(shown)


def themes_on_a_page(n_groups: int) -> int:
    """How many themes are drawn at most, so that the chart fits a page; the tables have all."""
    return max(_FEWEST_THEMES, int(_PAGE / chart_height(1, n_groups)))


def _most_spoken_of(lines: Sequence[ThemeLine], groups: Sequence[Group], most: int) -> list[ThemeLine]:
    """The themes that most respondents speak of, in the order of the codebook, if there are too many."""
    if len(lines) <= most:
        return list(lines)
    counted = [group for group in groups if group.is_everyone] or list(groups)
    n_respondents = {line.key: sum(group.counts[line.key].respondents for group in counted) for line in lines}
    shown = sorted(lines, key=lambda line: -n_respondents[line.key])[:most]
    return [line for line in lines if line in shown]


def _draw(lines: Sequence[ThemeLine], groups: Sequence[Group], say: Say, words: Words) -> Figure:
    bars, headings, bars_height = _laid_out(lines, groups)
    figure, axes = framed(words, bars_height, left=_LEFT, right=_RIGHT, below=0.62)
    _draw_axes(axes, say)
    for y, text, depth in headings:
        style: dict[str, Any] = {"fontsize": 9.5, "fontweight": "bold"} if not depth else {"fontsize": 9}
        x = (0.14 - _LEFT + 0.12 * depth) / (WIDTH - _LEFT - _RIGHT)
        # A long name runs over the lines of the grid; white behind it keeps it legible.
        style |= {"color": INK, "va": "center", "parse_math": False, "transform": axes.get_yaxis_transform()}
        axes.text(x, y, text, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5}, **style)
    axes.text(_N_COLUMN, _HEADING / 2, "n/N", ha="right", **_beside(axes) | {"color": INK2})
    for bar in bars:
        _draw_bar(axes, bar, say)
    return figure


def _notes(
    groups: Sequence[Group], left_out: tuple[int, int], say: Say, small_cell: int, *, suggested: bool
) -> list[str]:
    """What explains the chart; `left_out` counts themes and groups that it does not show."""
    n_themes, n_left_out = left_out
    has_intervals = any(count.low is not None for group in groups for count in group.counts.values())
    notes = [
        say("Base: respondents who answered at least one of the counted questions, or spoke in a session."),
        say("At the right: respondents who speak of the theme / those answering."),
    ]
    if suggested:
        notes.insert(0, say("These are suggestions made by rules. No coder has reviewed them."))
    if has_intervals:
        notes[-1] += " " + say("Lines: 95 % interval (Wilson).")
    if any(group.counts_only for group in groups):
        notes.append(
            say("Groups in which fewer than {small_cell} answered are shown as counts, without per cents.").format(
                small_cell=small_cell
            )
        )
    if n_themes:
        notes.append(
            say("Themes that fewer speak of and that are not shown (the tables have them): {n}.").format(n=n_themes)
        )
    if n_left_out:
        notes.append(say("Smaller groups that are not shown (the tables have them): {n}.").format(n=n_left_out))
    if not any(count.respondents for group in groups for count in group.counts.values()):
        notes.append(say("There is nothing to show yet."))
    return notes


def _laid_out(
    lines: Sequence[ThemeLine], groups: Sequence[Group]
) -> tuple[list[_Bar], list[tuple[float, str, int]], float]:
    """Bars and theme names with their places, and the height of all, in inches from the top."""
    bars, headings, y = [], [], 0.0
    for line in lines:
        name = textwrap.wrap(line.name, _THEME_WIDTH)
        headings.append((y + _HEADING / 2 + _LINE * (len(name) - 1) / 2, "\n".join(name), line.depth))
        y += _HEADING + _LINE * (len(name) - 1)
        for style, group in enumerate(groups):
            label = textwrap.wrap(group.label, _NAME_WIDTH)
            height = _ROW + _LINE * (len(label) - 1)
            bars.append(_Bar(y + height / 2, "\n".join(label), group.counts[line.key], group, style))
            y += height
        y += 0.06
    return bars, headings, max(y, _HEADING)


def _draw_axes(axes: Axes, say: Say) -> None:
    axes.set_xlim(0, 1)
    ticks = [0, 0.25, 0.5, 0.75, 1]
    axes.set_xticks(ticks, [f"{tick:.0%}".replace("%", " %") for tick in ticks], fontsize=8, color=INK2)
    axes.set_xlabel(say("% of those answering"), fontsize=8, color=INK2)
    axes.tick_params(length=0)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.axvline(0, color=INK2, linewidth=1)


def _draw_bar(axes: Axes, bar: _Bar, say: Say) -> None:
    count, group, text = bar.count, bar.group, _beside(axes)
    axes.text(-0.015, bar.y, bar.name, ha="right", linespacing=1.05, **text)
    n_of_N = f"{count.respondents}/{group.answering}"
    if count.share is None:
        axes.text(0.012, bar.y, say("counts only"), ha="left", style="italic", **text)
        axes.text(_N_COLUMN, bar.y, n_of_N, ha="right", **text)
        return
    fill = _FILLS[bar.style % len(_FILLS)]
    hatch = _HATCHES[bar.style // len(_FILLS)]
    axes.barh(bar.y, count.share, height=0.16, color=fill, edgecolor=INK, linewidth=0.6, hatch=hatch)
    if count.low is not None and count.high is not None:
        # A white edge keeps the line visible on a dark bar.
        axes.plot([count.low, count.high], [bar.y, bar.y], color="white", linewidth=2.6, solid_capstyle="butt")
        axes.plot([count.low, count.high], [bar.y, bar.y], color=INK, linewidth=1.1, solid_capstyle="butt")
        for bound in (count.low, count.high):
            axes.plot([bound, bound], [bar.y - 0.035, bar.y + 0.035], color=INK, linewidth=1.1, clip_on=False)
    axes.text(_N_COLUMN, bar.y, n_of_N, ha="right", **text)
    axes.text(_PERCENT_COLUMN, bar.y, f"{_whole_percent(count, group)} %", ha="right", **text)


def _beside(axes: Axes) -> dict[str, Any]:
    """The style of what stands beside the bars; x is a share of their width."""
    place = axes.get_yaxis_transform()
    return {"transform": place, "va": "center", "fontsize": 8, "color": INK, "parse_math": False}


def _whole_percent(count: Count, group: Group) -> int:
    """Halves rounded up, from the integers."""
    return (200 * count.respondents + group.answering) // (2 * group.answering)
