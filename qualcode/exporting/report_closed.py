"""Themes beside the closed questions about them in a report: a joint display by group."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from qualcode.exporting.chart_joint import draw_joint
from qualcode.exporting.chart_page import as_bytes
from qualcode.exporting.report_blocks import Cell, Reference, cell
from qualcode.exporting.report_draft import Draft, typed
from qualcode.i18n import folded
from qualcode.model.case import ALL_GROUPS

if TYPE_CHECKING:
    import pandas as pd

_PROPOSED = "proposed"


def write_closed(draft: Draft) -> None:
    """Who speaks of a theme beside what they answered to its closed question; nothing without such questions."""
    content, say = draft.content, draft.say
    if content.joint is None:
        return
    records: list[dict[str, Any]] = content.joint.to_dict("records")  # type: ignore[assignment]
    asked = [row for row in records if row["question"] and row["asked"] > 0]
    if not asked:
        return
    draft.heading(1, say("The themes beside the closed questions"))
    draft.paragraph(
        Reference("closed"),
        " ",
        say(
            "sets how many speak of a theme in their own words beside what the same groups answered to a closed "
            "question about it. The two numbers of people differ, for not everybody answered both."
        ),
    )
    headings = (say("Speak of it"), say("n of asked"), say("Mean (SD)"), say("Median"))
    header = [
        cell(say("Theme, question and group"), bold=True, is_text=True),
        *(cell(heading, bold=True) for heading in headings),
        cell(say("Mean with the theme (n)"), bold=True),
        cell(say("Mean without it (n)"), bold=True),
    ]
    rows: list[list[Cell]] = []
    told = ""
    for row in asked:
        if row["theme"] != told:
            told = row["theme"]
            is_named = folded(row["name"]) in folded(row["question"])
            named = row["question"] if is_named else f"{row['name']}: {row['question']}"
            rows.append([cell(named, bold=True, is_text=True), *([cell("")] * 6)])
        rows.append(_row(draft, row))
    notes = [
        say("Speak of it: n/N, and per cent of those answering openly."),
        say(
            "Means and standard deviations (SD) of the answers that can be used, n of those who were asked; with and "
            "without the theme: of those of them who answer openly and speak of it, and do not."
        ),
    ]
    if content.small_cell > 1:
        notes.append(say("Means of fewer than {n} answers are left out.").format(n=content.small_cell))
    if any(row["match"] == _PROPOSED for row in asked):
        notes.append(say("Which question goes with which theme was proposed from their names."))
    caption = say("Themes and closed questions, by {by}").format(by=draft.by_name())
    widths = [4.6, 2.0, 1.7, 2.2, 1.6, 2.4, 2.4]
    draft.table("closed", caption, header, rows, widths, notes=notes, trace=draft.trace(_command(draft)))
    _draw(draft, content.joint, asked)


def _draw(draft: Draft, joint: pd.DataFrame, asked: list[dict[str, Any]]) -> None:
    """The table as a picture."""
    content, say = draft.content, draft.say
    least = max(1, content.small_cell)
    told = [
        f"{row['name']}, {draft.group_name(row['group'])}: "
        f"{draft.numbers.percent(row['respondents'], row['answering'])}, {draft.numbers.decimal(row['mean'], 1)}"
        for row in asked
        if row["answering"] >= least and row["n"] >= least
    ]
    if not told:
        return
    caption = say("Who speaks of a theme, beside the mean of its closed question, by {by}").format(by=draft.by_name())
    draft.picture(
        "closed-picture",
        caption,
        f"{caption}. {'; '.join(told)}.",
        lambda kind: as_bytes(
            draw_joint(joint, by=content.by, language=content.language, small_cell=content.small_cell), kind
        ),
    )


def proposed_questions(draft: Draft) -> int:
    """How many closed questions stand beside a theme only because their names are alike."""
    joint = draft.content.joint
    return 0 if joint is None else int(joint["theme"][joint["match"] == _PROPOSED].nunique())


def _row(draft: Draft, row: dict[str, Any]) -> list[Cell]:
    least = max(1, draft.content.small_cell)
    spoke = f"{row['respondents']}/{row['answering']}"
    if row["answering"] >= least:
        spoke += f"\n{draft.numbers.percent(row['respondents'], row['answering'])}"
    enough = row["n"] >= least
    mean = draft.numbers.decimal(row["mean"], 2) if enough else ""
    if mean and not math.isnan(row["sd"]):
        mean += f" ({draft.numbers.decimal(row['sd'], 2)})"
    sides = [
        f"{draft.numbers.decimal(row[f'mean_{side}'], 2)} ({row[f'n_{side}']:.0f})"
        if row[f"n_{side}"] >= least
        else f"({row[f'n_{side}']:.0f})"
        for side in ("with", "without")
    ]
    return [
        cell(draft.group_name(row["group"]), indent=1, bold=row["group"] == ALL_GROUPS, is_text=True),
        cell(spoke),
        cell(f"{row['n']:.0f}/{row['asked']:.0f}"),
        cell(mean),
        cell(draft.numbers.decimal(row["median"], 1) if enough else ""),
        *(cell(side) for side in sides),
    ]


def _command(draft: Draft) -> str:
    content = draft.content
    parts = ["qualcode", "joint", typed(content.project.file), "--by", typed(content.by)]
    parts += ["--filter", typed(content.where)] if content.where else []
    return " ".join([*parts, "--csv"])
