"""Sheets of the workbook beside the themes: closed questions, themes beside them, new codes by session."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from qualcode.exporting.sheets import (
    CAPTION,
    COUNT,
    FOOTNOTE,
    HEADER,
    RATE,
    SHARE,
    TEXT,
    TITLE,
    Book,
    Look,
    Sheet,
    height_for,
)
from qualcode.exporting.theme_rows import group_label
from qualcode.exporting.wording import Say
from qualcode.model.case import ALL_GROUPS

if TYPE_CHECKING:
    import pandas as pd

_BOLD = replace(TEXT, bold=True)
_MEAN = replace(RATE, number="0.00")
_SPREAD = replace(RATE, number="0.0#")
_NAN = float("nan")
_SIDES = ("with", "without")
_TEXT_WIDTH = 20
"""Columns from so many characters on hold text."""


@dataclass(frozen=True, slots=True)
class BesideThemes:
    """What the study holds beside themes in open words.

    Attributes:
        closed: in the columns of `qualcode closed`; None or empty without closed questions.
        joint: in the columns of `qualcode joint`; None where no closed question goes with a theme.
        saturation: in the columns of `qualcode saturation`; None or empty without sessions.
    """

    closed: pd.DataFrame | None = None
    joint: pd.DataFrame | None = None
    saturation: pd.DataFrame | None = None


def write_beside_themes(book: Book, beside: BesideThemes, say: Say, title: str, small_cell: int) -> None:
    """Write a sheet of each that the study has.

    Args:
        book: the workbook.
        beside: what to write.
        say: the language of the headings.
        title: of the study.
        small_cell: means, quartiles and per cents of fewer answers are left out.
    """
    least = max(1, small_cell)
    if beside.closed is not None and len(beside.closed):
        _write_scales(book, _records(beside.closed), say, title, least)
        _write_distribution(book, _records(beside.closed), say, title, least)
    if beside.joint is not None and len(beside.joint):
        _write_joint(book, _records(beside.joint), say, title, least)
    if beside.saturation is not None and len(beside.saturation):
        _write_saturation(book, _records(beside.saturation), say, title)


Column = tuple[str, float]


def _write_scales(book: Book, rows: list[dict[str, Any]], say: Say, title: str, least: int) -> None:
    columns: list[Column] = [
        *((say("Question"), 40), (say("Group"), 22), (say("Asked"), 8), (say("Answers"), 8), (say("No answer"), 8)),
        *((say("Unusable"), 10), (say("Mean"), 9), (say("SD"), 8), (say("Median"), 8)),
        *((say("Lower quartile"), 9), (say("Upper quartile"), 9), (say("Lowest"), 8), (say("Highest"), 8)),
    ]
    sheet = _begun(book, say("Closed questions"), say("Closed questions, by group"), title, columns, say)
    last = ""
    for row in rows:
        if row["value"]:
            continue
        of_all = row["group"] == ALL_GROUPS
        numbers = [row[name] if row["n"] >= least else _NAN for name in ("mean", "sd")]
        spread = [row[name] if row["n"] >= least else _NAN for name in ("median", "q1", "q3", "lowest", "highest")]
        sheet.add(
            [
                sheet.text(row["question"] if row["question"] != last else "", _BOLD),
                sheet.text(group_label(row["group"], say), _BOLD if of_all else TEXT),
                *(_number(sheet, row[name], COUNT) for name in ("asked", "n", "missing", "unusable")),
                *(_number(sheet, number, _MEAN) for number in numbers),
                *(_number(sheet, number, _SPREAD) for number in spread),
            ],
            height=height_for([(row["question"], 37.0)]) if row["question"] != last else None,
        )
        last = row["question"]
    _noted(
        sheet,
        [
            say("Answers, cells without one (blank, “don’t know”) and unusable ones add up to those asked."),
            say("Unusable: no number, or outside the scale."),
            say("SD: standard deviation of a sample. Quartiles by linear interpolation."),
            _left_out(say, least),
        ],
    )


def _write_distribution(book: Book, rows: list[dict[str, Any]], say: Say, title: str, least: int) -> None:
    """A line a value, with the groups beside each other; above the values of a question how many answered it."""
    groups = list(dict.fromkeys(row["group"] for row in rows))
    groups.sort(key=lambda group: group == ALL_GROUPS)
    sheet = Sheet(book, say("Answers chosen"), [40, *([8, 8] * len(groups))])
    sheet.set_up(say, header=(4, 5), block=2)
    sheet.add_across(say("What was answered to closed questions, by group"), TITLE)
    sheet.add_across(title, CAPTION)
    sheet.add([])
    over = replace(HEADER, line="")
    names = [group_label(group, say) for group in groups]
    cells = [sheet.text("", over)]
    for name in names:
        cells += [sheet.text(name, replace(over, left_line=True)), sheet.text("", over)]
    sheet.add(cells, height=height_for([(name, 15.0) for name in names]))
    for number in range(len(groups)):
        sheet.merge(2 + 2 * number, 3 + 2 * number)
    right = replace(HEADER, align="right", bold=False)
    cells = [sheet.text(say("Question and answer"), HEADER)]
    for _name in names:
        cells += [sheet.text(say("n"), replace(right, left_line=True)), sheet.text("%", right)]
    sheet.add(cells)
    for question in dict.fromkeys(row["question"] for row in rows):
        of_question = [row for row in rows if row["question"] == question]
        totals = {row["group"]: row for row in of_question if not row["value"]}
        cells = [sheet.text(question, _BOLD)]
        for group in groups:
            n = totals[group]["n"] if group in totals else _NAN
            cells += [_number(sheet, n, replace(COUNT, bold=True, left_line=True)), sheet.text("", TEXT)]
        sheet.add(cells, height=height_for([(question, 37.0)]))
        for value in dict.fromkeys(row["value"] for row in of_question if row["value"]):
            chosen = {row["group"]: row for row in of_question if row["value"] == value}
            if of_question[0]["kind"] == "scale":
                cells = [sheet.number(float(value), replace(TEXT, indent=1))]
            else:
                cells = [sheet.text(value, replace(TEXT, indent=1))]
            for group in groups:
                row = chosen.get(group)
                count = _NAN if row is None else row["count"]
                share = _NAN if row is None or row["n"] < least else row["count"] / row["n"]
                cells += [_number(sheet, count, replace(COUNT, left_line=True)), _number(sheet, share, SHARE)]
            sheet.add(cells, height=height_for([(value, 36.0)]))
    _noted(
        sheet,
        [
            say("Beside a question: how many of the group gave an answer that can be used; per cents are of them."),
            say("Where several answers may be chosen, per cents add up to more than 100."),
            _left_out(say, least),
        ],
    )


def _write_joint(book: Book, rows: list[dict[str, Any]], say: Say, title: str, least: int) -> None:
    columns: list[Column] = [
        *((say("Theme"), 30), (say("Closed question"), 34), (say("Group"), 22), (say("Speak of it"), 9)),
        *((say("of answering"), 10), (say("%"), 7), (say("Asked"), 8), (say("Answers"), 8), (say("Mean"), 9)),
        *((say("SD"), 8), (say("Median"), 8), (say("Mean with the theme"), 11), (say("n"), 6)),
        *((say("Mean without it"), 11), (say("n"), 6)),
    ]
    heading = say("The themes beside the closed questions")
    sheet = _begun(book, say("Themes and closed"), heading, title, columns, say)
    last = ""
    for row in rows:
        is_new = row["theme"] != last
        enough = row["n"] >= least
        sides = [
            (_number(sheet, row[f"mean_{side}"] if row[f"n_{side}"] >= least else _NAN, _MEAN), row[f"n_{side}"])
            for side in _SIDES
        ]
        share = row["respondents"] / row["answering"] if row["answering"] >= least else _NAN
        sheet.add(
            [
                sheet.text(row["name"] if is_new else "", _BOLD),
                sheet.text(row["question"] if is_new else ""),
                sheet.text(group_label(row["group"], say), _BOLD if row["group"] == ALL_GROUPS else TEXT),
                *(_number(sheet, row[name], COUNT) for name in ("respondents", "answering")),
                _number(sheet, share, SHARE),
                *(_number(sheet, row[name], COUNT) for name in ("asked", "n")),
                *(_number(sheet, row[name] if enough else _NAN, _MEAN) for name in ("mean", "sd")),
                _number(sheet, row["median"] if enough else _NAN, _SPREAD),
                *(cell for mean, n in sides for cell in (mean, _number(sheet, n, COUNT))),
            ],
            height=height_for([(row["name"], 28.0), (row["question"], 34.0)]) if is_new else None,
        )
        last = row["theme"]
    of_them = say(
        "Means and standard deviations (SD) of the answers that can be used, n of those who were asked; with and "
        "without the theme: of those of them who answer openly and speak of it, and do not."
    )
    _noted(sheet, [say("Speak of it: n/N, and per cent of those answering openly."), of_them, _left_out(say, least)])


def _write_saturation(book: Book, rows: list[dict[str, Any]], say: Say, title: str) -> None:
    columns: list[Column] = [
        *((say("Session"), 34), (say("Codes"), 9), (say("New"), 9), (say("All so far"), 10), (say("Share of all"), 10)),
        *((say("Mean over all orders"), 17), (say("New codes"), 70)),
    ]
    sheet = _begun(book, say("New codes by session"), say("Which codes each session adds"), title, columns, say)
    for row in rows:
        sheet.add(
            [
                sheet.text(row["session"], _BOLD),
                *(_number(sheet, row[name], COUNT) for name in ("codes", "new", "cumulative")),
                _number(sheet, row["share"], SHARE),
                _number(sheet, row["expected"], replace(RATE, indent=1)),
                sheet.text(row["new_codes"]),
            ],
            height=height_for([(row["session"], 32.0), (row["new_codes"], 70.0)]),
        )
    _noted(
        sheet,
        [
            say("Sessions in the order in which they came in; codes as they stand, without those above them."),
            say("Codes of a template are easily met in the first sessions; that alone is no saturation."),
        ],
    )


def _begun(book: Book, name: str, heading: str, title: str, columns: Sequence[Column], say: Say) -> Sheet:
    """A sheet with its title and its header."""
    sheet = Sheet(book, name, [width for _heading, width in columns])
    sheet.set_up(say, header=(4, 4))
    sheet.add_across(heading, TITLE)
    sheet.add_across(title, CAPTION)
    sheet.add([])
    right = replace(HEADER, align="right")
    cells = [sheet.text(text, HEADER if width >= _TEXT_WIDTH else right) for text, width in columns]
    sheet.add(cells, height=height_for(list(columns)))
    return sheet


def _noted(sheet: Sheet, notes: Iterable[str]) -> None:
    sheet.add([])
    for note in filter(None, notes):
        sheet.add_across(note, FOOTNOTE)


def _left_out(say: Say, least: int) -> str:
    text = say("Means and per cents of fewer than {n} answers are left out.")
    return text.format(n=least) if least > 1 else ""


def _number(sheet: Sheet, value: float, look: Look) -> Any:
    """A number, or an empty cell where it does not exist."""
    if math.isnan(value):
        return sheet.number(None, look)
    return sheet.number(int(value) if look.number == COUNT.number else float(value), look)


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = table.astype("object").where(table.notna(), _NAN).to_dict("records")  # type: ignore[assignment]
    return rows
