"""Two groups compared in a report: a table, a picture, a sentence for each theme; and the model of levels."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from qualcode.exporting.chart_differences import draw_differences
from qualcode.exporting.chart_heatmap import MOST_THEMES
from qualcode.exporting.chart_model import draw_model
from qualcode.exporting.chart_page import as_bytes
from qualcode.exporting.report_blocks import Reference, cell
from qualcode.exporting.report_draft import Draft
from qualcode.exporting.theme_rows import ThemeLine

_FEWEST_IN_MODEL = 3


def write_comparison(draft: Draft) -> None:
    """The two groups side by side; nothing where there are no two."""
    compared = draft.content.comparison
    if compared is None:
        return
    say, numbers, content = draft.say, draft.numbers, draft.content
    draft.heading(1, say("{a} and {b} compared").format(a=compared.a, b=compared.b))
    records = _records(compared.table)
    spoken = [row for row in records if row["a_n"] + row["b_n"]]
    if not spoken:
        nothing = say("Nobody in these groups speaks of any theme, so there is nothing to compare.")
        draft.paragraph(nothing, " ", say("Tables and pictures of it are left out."))
        return
    draft.paragraph(
        say(
            "Differences are {a} minus {b}, in percentage points. An interval that takes in 0 is compatible with no "
            "difference at all; it is not a proof that there is none."
        ).format(a=compared.a, b=compared.b),
        " ",
        *(
            [say("{n} themes were tested; the last column is corrected for that (Holm).").format(n=compared.n_tests)]
            if compared.n_tests
            else []
        ),
    )
    if not compared.independent:
        draft.paragraph(_not_tested(draft))
    header = [
        cell(say("Theme"), bold=True, is_text=True),
        cell(compared.a, bold=True),
        cell(compared.b, bold=True),
        cell(say("Difference (95 %)"), bold=True),
    ]
    widths = [3.4, 2.0, 2.0, 2.4]
    if compared.n_tests:
        header += [
            cell(say("Odds ratio (95 %)"), bold=True),
            cell("p", bold=True),
            cell(say("p, corrected"), bold=True),
        ]
        widths += [2.5, 1.1, 1.3]
    rows = []
    depths = {line.key: line.depth for line in draft.lines}
    for row in spoken:
        depth = depths.get(row["theme"], 0)
        cells = [cell(row["name"], bold=not depth, indent=depth, is_text=True)]
        for side in ("a", "b"):
            cells.append(cell(_share(draft, row[f"{side}_n"], row[f"{side}_N"]).replace(" (", "\n(", 1)))
        cells.append(cell(_difference(draft, row)))
        if compared.n_tests:
            cells += [cell(_odds(draft, row)), *(cell(_p(draft, row[name])) for name in ("p", "p_holm"))]
        rows.append(cells)
    notes = [say("Differences with Newcombe's hybrid score interval, in percentage points.")]
    if compared.n_tests:
        notes.append(
            say(
                "p: Fisher's exact test, two-sided. Odds ratio: conditional, with its exact interval. An empty cell "
                "is a number that does not exist."
            )
        )
    if n_silent := len(records) - len(spoken):
        notes.append(say("Themes that nobody in the two groups speaks of are left out ({n}).").format(n=n_silent))
    caption = say("{a} and {b} side by side").format(a=compared.a, b=compared.b)
    trace = draft.trace(draft.compare_command(compared.a, compared.b))
    draft.table("compared", caption, header, rows, widths, notes=notes, trace=trace)
    among = {row["theme"] for row in spoken}
    top = [line.key for line in draft.lines if not line.depth and line.key in among]
    told = [
        f"{row['name']}: {numbers.points(row['rd'])}"
        for row in spoken
        if row["theme"] in top and not math.isnan(row["rd"])
    ]
    if told:
        draft.picture(
            "compared-picture",
            say("Difference in share between {a} and {b}, with 95 % intervals").format(a=compared.a, b=compared.b)
            + ". "
            + say("A dot is filled where the interval leaves 0 out."),
            say("Differences in percentage points.") + " " + "; ".join(told) + ".",
            lambda kind: as_bytes(
                draw_differences(
                    compared.table, compared.a, compared.b, language=content.language, only=top[:MOST_THEMES]
                ),
                kind,
            ),
        )


def write_model(draft: Draft) -> None:
    """Where the themes have their place, by level and direction; nothing where the codebook does not say."""
    content, say = draft.content, draft.say
    placed = [
        code
        for code in content.codebook.codes
        if not code.depth and code.level is not None and code.valence is not None
    ]
    if len(placed) < _FEWEST_IN_MODEL or not draft.everyone.answering:
        return
    everyone = draft.everyone
    if not any(everyone.counts[code.key].respondents for code in placed):
        return
    draft.heading(1, say("Where the themes have their place"))
    draft.paragraph(
        Reference("model"),
        " ",
        say("puts each theme at the level, and in the direction, that the codebook gives it."),
    )
    told = [f"{draft.names[code.key]}: {draft.share(everyone.counts[code.key], everyone)}" for code in placed]
    keys = [code.key for code in placed]

    def draw(kind: str) -> bytes:
        figure = draw_model(
            content.codebook,
            content.themes,
            language=content.language,
            small_cell=content.small_cell,
            suggested=content.suggested,
            only=keys,
            notes=False,
        )
        return as_bytes(figure, kind)

    caption = say("Hindering and promoting conditions and what comes of them, by level")
    alt = say("Themes by level and direction, with how many of those answering speak of each.")
    draft.picture("model", draft.headed(f"{caption} (n/N)"), f"{alt} {'; '.join(told)}.", draw)


def compared_sentence(draft: Draft, line: ThemeLine) -> str:
    """The comparison of the two groups in one theme, as a sentence."""
    compared = draft.content.comparison
    if compared is None:
        return ""
    say, numbers = draft.say, draft.numbers
    row = next(each for each in _records(compared.table) if each["theme"] == line.key)
    if math.isnan(row["rd"]) or row["a_n"] + row["b_n"] == 0:
        return ""
    sentence = say(
        "{a} {a_share} against {b} {b_share}: {points} percentage points (95 % interval {low} to {high})"
    ).format(
        a=compared.a,
        a_share=_share(draft, row["a_n"], row["a_N"]),
        b=compared.b,
        b_share=_share(draft, row["b_n"], row["b_N"]),
        points=numbers.points(row["rd"]),
        low=numbers.points(row["rd_low"]),
        high=numbers.points(row["rd_high"]),
    )
    if math.isnan(row["p"]):
        return sentence + "."
    tested = say("; Fisher's exact test {p}, after Holm's correction for {n} themes {p_corrected}.")
    return sentence + tested.format(
        p=numbers.p_is(row["p"]), n=compared.n_tests, p_corrected=numbers.p_is(row["p_holm"])
    )


def _records(table: Any) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = table.to_dict("records")
    return records


def _share(draft: Draft, n: int, base: int) -> str:
    if base < max(1, draft.content.small_cell):
        return f"{n}/{base}"
    return f"{n}/{base} ({draft.numbers.percent(n, base)})"


def _difference(draft: Draft, row: Mapping[str, Any]) -> str:
    if math.isnan(row["rd"]):
        return ""
    points: Callable[[float], str] = draft.numbers.points
    return draft.say("{difference}\n({low} to {high})").format(
        difference=points(row["rd"]), low=points(row["rd_low"]), high=points(row["rd_high"])
    )


def _odds(draft: Draft, row: Mapping[str, Any]) -> str:
    if math.isnan(row["odds_ratio"]):
        return ""
    bounds = (draft.numbers.decimal(row[name], 2) for name in ("odds_ratio", "or_low", "or_high"))
    return draft.say("{difference}\n({low} to {high})").format_map(
        dict(zip(("difference", "low", "high"), bounds, strict=True))
    )


def _p(draft: Draft, value: float) -> str:
    return "" if math.isnan(value) else draft.numbers.p(value)


def _not_tested(draft: Draft) -> str:
    return draft.say(
        "No test was made: several of these respondents sat in one session and influence each other. The intervals "
        "describe, and are too narrow."
    )
