"""The results of a report: all themes at a glance, each theme with its words, and two groups compared."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qualcode.exporting.chart_differences import draw_differences
from qualcode.exporting.chart_files import chart_height, draw_chart
from qualcode.exporting.chart_heatmap import MOST_THEMES, draw_heatmap
from qualcode.exporting.chart_page import as_bytes
from qualcode.exporting.report_blocks import Cell, Inline, Reference, cell
from qualcode.exporting.report_draft import MOST_COLUMNS, Draft
from qualcode.exporting.theme_rows import ThemeLine
from qualcode.model.case import ALL_GROUPS, NO_GROUP

MOST_PICTURES = 12
"""Themes with a picture of their own; with more themes, those that most respondents speak of have one."""
_TALLEST = 6.6  # inches of bars that fit on a page with a caption


def write_overview(draft: Draft) -> None:
    """Which group speaks of which theme: a table and a picture of the themes at the top."""
    say, content = draft.say, draft.content
    draft.heading(1, say("Which group speaks of which theme"))
    top = [line for line in draft.lines if not line.depth]
    if not any(draft.everyone.counts[line.key].respondents for line in top):
        draft.paragraph(say("Nobody speaks of any theme yet: nothing is coded."))
    elif not draft.everyone.counts_only:
        draft.paragraph(_ranked(draft, top))
    pictured = _most_spoken(draft, top, MOST_THEMES)
    with_picture = any(not group.counts_only for group in draft.groups)
    shows = say("shows how many of those answering speak of each theme, by {by}").format(by=draft.by_name())
    if with_picture:
        same = say("shows the same shares as a picture.")
        draft.paragraph(Reference("themes"), f" {shows}; ", Reference("themes-picture"), f" {same}")
    else:
        draft.paragraph(Reference("themes"), f" {shows}.")
    notes = [
        draft.share_note(),
        say("N: respondents who answered at least one open question, or spoke in a session, of all in the group."),
        say("A respondent may speak of several themes, so per cents do not add up to 100."),
        say("A theme includes its sub-codes and counts each respondent once."),
        say("What the moderator says is not counted."),
        *_small_groups_note(draft),
    ]
    caption = say("Respondents who speak of each theme, by {by}").format(by=draft.by_name())
    _count_table(draft, "themes", _headed(draft, caption), top, notes)
    if not with_picture:
        return
    alt = say("Share of those answering who speak of each theme.") + " " + _told(draft, pictured)
    note = ""
    if len(pictured) < len(top):
        note = ". " + say("Shown are the {n} themes that most respondents speak of.").format(n=len(pictured))
    draft.picture(
        "themes-picture",
        _headed(draft, say("Share of those answering who speak of each theme, by {by}").format(by=draft.by_name()))
        + note,
        alt,
        lambda kind: as_bytes(
            draw_heatmap(
                draft.pictured,
                by=content.by,
                language=content.language,
                small_cell=content.small_cell,
                suggested=content.suggested,
                only=[line.key for line in pictured],
                notes=False,
            ),
            kind,
        ),
    )


def write_themes(draft: Draft) -> None:
    """Each theme: definition, counts, picture, comparison in a sentence, quotations by sub-code."""
    draft.heading(1, draft.say("The themes"))
    children = _children(draft)
    with_parts = [line for line in draft.lines if not line.depth and children.get(line.key)]
    has_bars = any(not group.counts_only for group in draft.groups if group is not draft.everyone)
    pictured = {line.key for line in _most_spoken(draft, with_parts, MOST_PICTURES)} if has_bars else set()
    for line in draft.lines:
        if not line.depth:
            _write_theme(draft, line, children.get(line.key, []), with_picture=line.key in pictured)


def write_comparison(draft: Draft) -> None:
    """The two groups side by side; nothing where there are no two."""
    compared = draft.content.comparison
    if compared is None:
        return
    say, numbers, content = draft.say, draft.numbers, draft.content
    draft.heading(1, say("{a} and {b} compared").format(a=compared.a, b=compared.b))
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
    for row in _records(compared.table):
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
    caption = say("{a} and {b} side by side").format(a=compared.a, b=compared.b)
    trace = draft.trace(draft.compare_command(compared.a, compared.b))
    draft.table("compared", caption, header, rows, widths, notes=notes, trace=trace)
    top = [line.key for line in draft.lines if not line.depth]
    told = [
        f"{row['name']}: {numbers.points(row['rd'])}"
        for row in _records(compared.table)
        if row["theme"] in top and not math.isnan(row["rd"])
    ]
    if told:
        draft.picture(
            "compared-picture",
            say("Difference in share between {a} and {b}, with 95 % intervals").format(a=compared.a, b=compared.b),
            say("Differences in percentage points.") + " " + "; ".join(told) + ".",
            lambda kind: as_bytes(
                draw_differences(
                    compared.table, compared.a, compared.b, language=content.language, only=top[:MOST_THEMES]
                ),
                kind,
            ),
        )


# -- a theme ----------------------------------------------------------------------------------------------------------


def _write_theme(draft: Draft, line: ThemeLine, parts: Sequence[ThemeLine], *, with_picture: bool) -> None:
    say, content = draft.say, draft.content
    draft.heading(2, line.name)
    draft.paragraph(content.codebook.code(line.key).definition.in_language(content.language))
    count = draft.everyone.counts[line.key]
    if not count.respondents:
        draft.paragraph(say("Nobody of the {N} who answered speaks of this theme.").format(N=draft.everyone.answering))
        return
    draft.paragraph(*_sentences(draft, line))
    table_id, picture_id = f"theme-{line.key}", f"picture-{line.key}"
    shown = [part for part in parts if draft.everyone.counts[part.key].respondents]
    if parts:
        if with_picture and shown:
            both: list[Inline] = [Reference(table_id), " ", say("and"), " ", Reference(picture_id), " "]
            draft.paragraph(*both, say("have the counts of its sub-codes."))
        else:
            draft.paragraph(Reference(table_id), " ", say("has the counts of its sub-codes."))
    caption = _headed(draft, say("{theme}: respondents who speak of it, by {by}"))
    notes = [draft.share_note(), *_small_groups_note(draft)]
    _count_table(draft, table_id, caption.format(theme=line.name, by=draft.by_name()), [line, *parts], notes)
    if with_picture and shown:
        _draw_theme(draft, picture_id, line, shown)
    _quote(draft, line)
    for part in shown:
        draft.heading(3, part.name)
        draft.paragraph(content.codebook.code(part.key).definition.in_language(content.language))
        _quote(draft, part)


def _quote(draft: Draft, line: ThemeLine) -> None:
    for quoted in draft.content.quotations.get(line.key, ()):
        draft.quote(quoted)


def _sentences(draft: Draft, line: ThemeLine) -> list[str]:
    """A theme's counts and the comparison in words."""
    say, everyone = draft.say, draft.everyone
    count = everyone.counts[line.key]
    if count.share is None:
        words = say("{n} of the {N} who answered speak of this theme.")
        sentences = [words.format(n=count.respondents, N=everyone.answering)]
    else:
        percent = draft.numbers.percent(count.respondents, everyone.answering)
        if count.low is not None and count.high is not None:
            interval = draft.numbers.interval(count.low, count.high)
            words = say("{n} of the {N} who answered speak of this theme ({percent}; 95 % interval {interval}).")
        else:
            interval, words = "", say("{n} of the {N} who answered speak of this theme ({percent}).")
        sentences = [words.format(n=count.respondents, N=everyone.answering, percent=percent, interval=interval)]
    named = [group for group in draft.groups if group.key not in (ALL_GROUPS, NO_GROUP)]
    rated = [group for group in named if group.counts[line.key].share is not None]
    rated.sort(key=lambda group: -(group.counts[line.key].share or 0.0))
    if len(rated) > 1 and rated[0].counts[line.key].share != rated[-1].counts[line.key].share:
        most, least = rated[0], rated[-1]
        sentences.append(
            say(
                "The share is largest in the group {most}, {most_share}, and smallest in the group {least}, "
                "{least_share}."
            ).format(
                most=most.label,
                most_share=draft.share(most.counts[line.key], most),
                least=least.label,
                least_share=draft.share(least.counts[line.key], least),
            )
        )
    sentences.append(_compared(draft, line))
    return [" ".join(filter(None, sentences))]


def _compared(draft: Draft, line: ThemeLine) -> str:
    """The comparison of the two groups in one theme, as a sentence."""
    compared = draft.content.comparison
    if compared is None:
        return ""
    say, numbers = draft.say, draft.numbers
    row = next(each for each in _records(compared.table) if each["theme"] == line.key)
    if math.isnan(row["rd"]):
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


def _draw_theme(draft: Draft, id: str, line: ThemeLine, shown: Sequence[ThemeLine]) -> None:
    say, content = draft.say, draft.content
    n_groups = max(1, draft.pictured["group"].nunique() - 1)
    room = max(2, int(_TALLEST / chart_height(1, n_groups)))
    parts = _most_spoken(draft, shown, room - 1)
    keys = [line.key, *(part.key for part in parts)]
    caption = _headed(draft, say("{theme} and its sub-codes, by {by}: share of those answering, with 95 % intervals"))
    if content.suggested:
        caption = _headed(draft, say("{theme} and its sub-codes, by {by}: share of those answering"))
    if len(parts) < len(shown):
        caption += ". " + say("Shown are the {n} sub-codes that most respondents speak of.").format(n=len(parts))
    alt = say("Share of those answering who speak of each theme.") + " " + _told(draft, [line, *parts])

    def draw(kind: str) -> bytes:
        figure = draw_chart(
            draft.pictured,
            by=content.by,
            language=content.language,
            small_cell=content.small_cell,
            suggested=content.suggested,
            sub_codes=True,
            only=keys,
            notes=False,
        )
        return as_bytes(figure, kind)

    draft.picture(id, caption.format(theme=line.name, by=draft.by_name()), alt, draw)


# -- tables and words --------------------------------------------------------------------------------------------------


def _count_table(draft: Draft, id: str, caption: str, lines: Sequence[ThemeLine], notes: Sequence[str]) -> None:
    """Themes down and groups across; with too many groups for a page, groups below each theme."""
    say = draft.say
    trace = draft.trace(draft.count_command())
    if len(draft.groups) <= MOST_COLUMNS:
        header = [cell(say("Theme"), bold=True, is_text=True), *(draft.group_header(group) for group in draft.groups)]
        rows = [
            [
                cell(line.name, bold=not line.depth, indent=line.depth, is_text=True),
                *(draft.count_cell(group.counts[line.key], group, bold=not line.depth) for group in draft.groups),
            ]
            for line in lines
        ]
        draft.table(id, caption, header, rows, [3.5, *([2.2] * len(draft.groups))], notes=notes, trace=trace)
        return
    header = [
        cell(say("Theme"), bold=True, is_text=True),
        cell(say("Group"), bold=True, is_text=True),
        cell("n/N", bold=True),
        cell(say("% of those answering"), bold=True),
    ]
    rows = []
    for line in lines:
        for i, group in enumerate(draft.groups):
            name = cell("" if i else line.name, bold=not line.depth, indent=line.depth, is_text=True)
            n_of_N, *percent = draft.count_cell(group.counts[line.key], group).lines
            rows.append([name, cell(group.label, is_text=True), Cell((n_of_N,)), Cell(tuple(percent))])
    draft.table(id, caption, header, rows, [4.2, 4.2, 2.0, 3.2], notes=notes, trace=trace)


def _headed(draft: Draft, caption: str) -> str:
    """Captions of suggestions say that nobody has reviewed them."""
    return f"{draft.say('Suggested, not reviewed')}: {caption}" if draft.content.suggested else caption


def _small_groups_note(draft: Draft) -> list[str]:
    if not any(group.counts_only for group in draft.groups):
        return []
    words = draft.say("Groups in which fewer than {small_cell} answered are shown as counts, without per cents.")
    return [words.format(small_cell=draft.content.small_cell)]


def _ranked(draft: Draft, top: Sequence[ThemeLine]) -> str:
    """The themes by how many speak of them, in a sentence."""
    everyone = draft.everyone
    spoken = [line for line in _by_size(draft, top) if everyone.counts[line.key].respondents][:3]
    told = [f"{line.name} {draft.share(everyone.counts[line.key], everyone)}" for line in spoken]
    return draft.say("Most respondents speak of {themes}.").format(themes=draft.listed(told))


def _told(draft: Draft, lines: Sequence[ThemeLine]) -> str:
    """The numbers of a picture in words, for whoever cannot see it."""
    pictured = set(draft.pictured["group"])
    groups = [group for group in draft.groups if group is not draft.everyone and group.key in pictured]
    groups = groups or [draft.everyone]
    told = [
        f"{line.name}: " + ", ".join(f"{group.label} {draft.share(group.counts[line.key], group)}" for group in groups)
        for line in lines
    ]
    return "; ".join(told) + "."


def _by_size(draft: Draft, lines: Sequence[ThemeLine]) -> list[ThemeLine]:
    return sorted(lines, key=lambda line: -draft.everyone.counts[line.key].respondents)


def _most_spoken(draft: Draft, lines: Sequence[ThemeLine], n: int) -> list[ThemeLine]:
    """Those that most respondents speak of, in the order of the codebook."""
    kept = {line.key for line in _by_size(draft, lines)[:n]}
    return [line for line in lines if line.key in kept]


def _children(draft: Draft) -> Mapping[str, list[ThemeLine]]:
    """All codes below each theme at the top, however deep."""
    below: dict[str, list[ThemeLine]] = {}
    top = ""
    for line in draft.lines:
        if not line.depth:
            top = line.key
        else:
            below.setdefault(top, []).append(line)
    return below


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
