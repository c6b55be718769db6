"""The level and valence model as a picture: where in the system codes have their place, and what they do there."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.exporting import wording
from qualcode.exporting.chart_page import GRID, INK, INK2, MARGIN, PAPER, WIDTH, Words, drawing, framed
from qualcode.exporting.report_numbers import Numbers
from qualcode.exporting.theme_rows import Group, groups_of
from qualcode.exporting.wording import Say
from qualcode.model.codebook import Codebook, Level, Valence

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LEFT = 1.15  # inches: names of levels
_HEADING, _GAP, _LINE, _PAD = 0.34, 0.07, 0.135, 0.1  # inches
_PALE, _DARK = (0.957, 0.965, 0.976), (0.56, 0.67, 0.79)


@dataclass(frozen=True, slots=True)
class _Box:
    """A code with its lines of text, and what share of those answering speak of it (None where there is none)."""

    lines: tuple[str, ...]
    share: float | None
    is_theme: bool

    @property
    def height(self) -> float:
        return _LINE * len(self.lines) + _PAD


def draw_model(
    codebook: Codebook,
    themes: pd.DataFrame,
    *,
    title: str = "",
    language: str = "nb",
    small_cell: int = 5,
    suggested: bool = False,
    only: Collection[str] | None = None,
    notes: bool = True,
) -> Figure:
    """Draw each code that has a level and a valence in its row and column, with n/N of all groups together.

    Args:
        codebook: says where each code has its place; codes without level or valence are left out and counted.
        themes: in the columns of theme_table.csv.
        only: keys of the codes to draw; None for all.
        notes: whether what the picture shows is explained below it.
    """
    say, numbers = wording.in_language(language), Numbers(language)
    everyone = groups_of(themes, say, small_cell, suggested=suggested)[-1]
    wanted = [code for code in codebook.codes if only is None or code.key in only]
    placed = [code for code in wanted if code.level is not None and code.valence is not None]
    columns = [Valence.HINDERING, Valence.PROMOTING, Valence.OUTCOME]
    columns += [Valence.NEUTRAL] if any(code.valence == Valence.NEUTRAL for code in placed) else []
    rows = list(Level)
    width = (WIDTH - _LEFT - MARGIN) / len(columns)
    characters = max(12, int((width - 0.2) * 14.8))
    cells = {
        (level, valence): [
            _box(code.name.in_language(language) or code.key, code.key, everyone, numbers, characters, not code.depth)
            for code in placed
            if (code.level, code.valence) == (level, valence)
        ]
        for level in rows
        for valence in columns
    }
    explained = [say("n/N: respondents who speak of it, of those answering; the darker, the larger the share.")]
    left_out = len(wanted) - len(placed)
    if left_out:
        explained.append(
            say("Codes without a level or a direction in the codebook, not shown: {n}.").format(n=left_out)
        )
    if not placed:
        explained.append(say("There is nothing to show yet."))
    words = Words(
        title,
        say("Hindering and promoting conditions and what comes of them, by level") if title else "",
        explained if notes else (),
        say("Suggested, not reviewed") if suggested else "",
    )
    with drawing():
        return _draw(cells, rows, columns, width, words, say)


def _box(name: str, key: str, everyone: Group, numbers: Numbers, characters: int, is_theme: bool) -> _Box:
    count = everyone.counts[key]
    told = f"{count.respondents}/{everyone.answering}"
    if count.share is not None:
        told += f" ({numbers.percent(count.respondents, everyone.answering)})"
    narrower = int(characters * 0.93) if is_theme else characters
    return _Box((*textwrap.wrap(name, narrower), told), count.share, is_theme)


def _draw(
    cells: dict[tuple[Level, Valence], list[_Box]],
    rows: Sequence[Level],
    columns: Sequence[Valence],
    width: float,
    words: Words,
    say: Say,
) -> Figure:
    level_names = {
        Level.SYSTEM: say("System"),
        Level.ORGANISATION: say("Organisation"),
        Level.TEAM: say("Team"),
        Level.INDIVIDUAL: say("Individual"),
    }
    valence_names = {
        Valence.HINDERING: say("Hindering"),
        Valence.PROMOTING: say("Promoting"),
        Valence.OUTCOME: say("What comes of it"),
        Valence.NEUTRAL: say("Neutral"),
    }
    heights = [max(0.45, *(_stacked(cells[level, valence]) for valence in columns)) for level in rows]
    figure, axes = framed(words, _HEADING + sum(heights), left=_LEFT, right=MARGIN)
    axes.set_xlim(0, WIDTH - _LEFT - MARGIN)
    for i, valence in enumerate(columns):
        style = _text(9, bold=True)
        axes.text(i * width + width / 2, _HEADING / 2, valence_names[valence], ha="center", va="center", **style)
    y = _HEADING
    for level, height in zip(rows, heights, strict=True):
        axes.plot([MARGIN - _LEFT, WIDTH - _LEFT - MARGIN], [y, y], color=INK, linewidth=0.8, clip_on=False)
        axes.text(MARGIN - _LEFT, y + 0.14, level_names[level], va="center", **_text(9, bold=True))
        for i, valence in enumerate(columns):
            _draw_cell(axes, cells[level, valence], i * width, y, width)
        y += height
    axes.plot([MARGIN - _LEFT, WIDTH - _LEFT - MARGIN], [y, y], color=INK, linewidth=0.8, clip_on=False)
    for i in range(1, len(columns)):
        axes.plot([i * width, i * width], [_HEADING, y], color=GRID, linewidth=0.8)
    return figure


def _stacked(boxes: Sequence[_Box]) -> float:
    return sum(box.height + _GAP for box in boxes) + _GAP


def _draw_cell(axes: Axes, boxes: Sequence[_Box], x: float, y: float, width: float) -> None:
    from matplotlib.patches import FancyBboxPatch

    y += _GAP
    for box in boxes:
        share = box.share or 0.0
        shade = tuple(pale + (dark - pale) * share for pale, dark in zip(_PALE, _DARK, strict=True))
        look: dict[str, Any] = {"facecolor": shade if box.share is not None else PAPER, "edgecolor": INK2}
        look["linewidth"] = 1.0 if box.is_theme else 0.5
        corner = "round,pad=0,rounding_size=0.04"
        axes.add_patch(FancyBboxPatch((x + 0.06, y), width - 0.12, box.height, boxstyle=corner, **look))
        for i, line in enumerate(box.lines):
            last = i == len(box.lines) - 1
            style = _text(7.2 if last else 8, bold=box.is_theme and not last)
            axes.text(x + 0.12, y + _PAD / 2 + _LINE * (i + 0.5), line, va="center", **style)
        y += box.height + _GAP


def _text(size: float, *, bold: bool = False) -> dict[str, Any]:
    return {"fontsize": size, "color": INK, "fontweight": "bold" if bold else "normal", "parse_math": False}
