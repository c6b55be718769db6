"""The results of a report: all themes at a glance, and each theme with its counts and quotations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qualcode.exporting.chart_files import chart_height, draw_chart
from qualcode.exporting.chart_heatmap import MOST_THEMES, draw_heatmap
from qualcode.exporting.chart_page import as_bytes
from qualcode.exporting.report_blocks import Cell, Inline, Reference, cell
from qualcode.exporting.report_comparison import compared_sentence
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
    spoken = draft.spoken_of(top)
    if not spoken:
        nothing = say("Nobody speaks of any theme yet: nothing is coded.")
        draft.paragraph(nothing, " ", say("Tables and pictures of it are left out."))
        return
    if not draft.everyone.counts_only:
        draft.paragraph(_ranked(draft, top))
    pictured = _most_spoken(draft, spoken, MOST_THEMES)
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
        *draft.left_out(top),
        *(
            [say("Groups in which nobody answered are left out: {groups}.").format(groups=draft.listed(draft.unheard))]
            if draft.unheard
            else []
        ),
    ]
    caption = say("Respondents who speak of each theme, by {by}").format(by=draft.by_name())
    _count_table(draft, "themes", draft.headed(caption), spoken, notes)
    if not with_picture:
        return
    alt = say("Share of those answering who speak of each theme.") + " " + _told(draft, pictured)
    note = ""
    if len(pictured) < len(spoken):
        note = ". " + say("Shown are the {n} themes that most respondents speak of.").format(n=len(pictured))
    draft.picture(
        "themes-picture",
        draft.headed(say("Share of those answering who speak of each theme, by {by}").format(by=draft.by_name()))
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


# -- a theme ----------------------------------------------------------------------------------------------------------


def _write_theme(draft: Draft, line: ThemeLine, parts: Sequence[ThemeLine], *, with_picture: bool) -> None:
    say, content = draft.say, draft.content
    draft.heading(2, line.name)
    draft.paragraph(content.codebook.code(line.key).definition.in_language(content.language))
    count = draft.everyone.counts[line.key]
    if not count.respondents:
        draft.paragraph(say("Nobody of the {N} who answered speaks of this theme.").format(N=draft.everyone.answering))
        return
    if not parts:
        where = say("has its counts by {by}.").format(by=draft.by_name())
        draft.paragraph(*_sentences(draft, line), " ", Reference("themes"), f" {where}")
        _quote(draft, line)
        return
    draft.paragraph(*_sentences(draft, line))
    table_id, picture_id = f"theme-{line.key}", f"picture-{line.key}"
    shown = draft.spoken_of(parts)
    if with_picture and shown:
        both: list[Inline] = [Reference(table_id), " ", say("and"), " ", Reference(picture_id), " "]
        draft.paragraph(*both, say("have the counts of its sub-codes."))
    else:
        draft.paragraph(Reference(table_id), " ", say("has the counts of its sub-codes."))
    caption = draft.headed(say("{theme}: respondents who speak of it, by {by}"))
    notes = [draft.share_note(), *_small_groups_note(draft), *draft.left_out(parts)]
    _count_table(draft, table_id, caption.format(theme=line.name, by=draft.by_name()), [line, *shown], notes)
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
        silent = [group.label for group in rated if not group.counts[line.key].respondents]
        words = say(
            "The share is largest in the group {most}, {most_share}, and smallest in the group {least}, {least_share}."
        )
        if silent:  # several may share the last place, and naming one of them would be arbitrary
            words = say("The share is largest in the group {most}, {most_share}; nobody speaks of it in {silent}.")
        sentences.append(
            words.format(
                most=most.label,
                most_share=draft.share(most.counts[line.key], most),
                least=least.label,
                least_share=draft.share(least.counts[line.key], least),
                silent=draft.listed(silent),
            )
        )
    sentences.append(compared_sentence(draft, line))
    return [" ".join(filter(None, sentences))]


def _draw_theme(draft: Draft, id: str, line: ThemeLine, shown: Sequence[ThemeLine]) -> None:
    say, content = draft.say, draft.content
    n_groups = max(1, draft.pictured["group"].nunique() - 1)
    room = max(2, int(_TALLEST / chart_height(1, n_groups)))
    parts = _most_spoken(draft, shown, room - 1)
    keys = [line.key, *(part.key for part in parts)]
    caption = draft.headed(say("{theme} and its sub-codes, by {by}: share of those answering, with 95 % intervals"))
    if content.suggested:
        caption = draft.headed(say("{theme} and its sub-codes, by {by}: share of those answering"))
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
