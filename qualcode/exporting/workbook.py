"""The workbook that goes into a report: themes by group, quotations, the codebook, and what the numbers mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.errors import ExportError
from qualcode.exporting import wording
from qualcode.exporting.memo_sheet import write_memos
from qualcode.exporting.sheets import (
    CAPTION,
    COUNT,
    FOOTNOTE,
    HEADER,
    RATE,
    SHARE,
    TEXT,
    TITLE,
    WARNING,
    Book,
    Look,
    Sheet,
    below,
    height_for,
)
from qualcode.exporting.survey_sheets import BesideThemes, write_beside_themes
from qualcode.exporting.theme_rows import Count, Group, ThemeLine, group_label, groups_of, theme_lines, with_people
from qualcode.exporting.wording import Say
from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.i18n import _
from qualcode.model.codebook import Code, Codebook
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.telling import never, told, unheard

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class ThemeReport:
    """All that the workbook says.

    Attributes:
        title: of the study.
        by: what the groups are, as a reader knows it; "group" stands for respondent groups.
        unit: the unit of counting.
        language: of headings ("nb", "nn", "en"); names of themes come with the tables.
        small_cell: groups in which fewer answered are shown without per cents.
        themes: the theme table, in the columns of theme_table.csv.
        quotations: in the columns of codings.csv, with `theme_name` and `parent` (key of the code above, or "").
        codebook: the template.
        about: headings and texts of the last sheet; an empty heading continues the one before.
        notes: footnotes of this study, below the standing ones.
        suggested: show what rules suggested instead of what coders decided, and say so.
        memos: rows in the columns of `qualcode memos`; without any there is no sheet of them.
        beside: closed questions and what else stands beside the themes, a sheet of each that there is.
    """

    title: str
    by: str
    unit: str
    language: str
    small_cell: int
    themes: pd.DataFrame
    quotations: pd.DataFrame
    codebook: Codebook
    about: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    suggested: bool = False
    memos: Sequence[Mapping[str, Any]] = ()
    beside: BesideThemes = field(default_factory=BesideThemes)


def write_workbook(
    path: Path, report: ThemeReport, *, progress: Progress = unheard, cancelled: Cancelled = never
) -> None:
    """Write the report; the file is there whole or not at all.

    Args:
        path: ends in .xlsx; an existing file is replaced.
        report: what to write.
        progress: told of the quotations, which take the most time.
        cancelled: whether it is to stop.

    Raises:
        CancelledError: it was stopped.
        ExportError: a table lacks a column, or the file cannot be written.
    """
    say = wording.in_language(report.language)
    lines = theme_lines(report.themes)
    groups = groups_of(report.themes, say, report.small_cell, suggested=report.suggested)
    quotations = _in_order(report.quotations, lines, groups)
    by = say("respondent group") if report.by == "group" else report.by
    try:
        with Book(path, report.title) as book:
            _write_themes(book, report, say, by, lines, with_people(groups))
            _write_segments(book, report, say, by, lines, groups)
            _write_quotations(book, report, say, lines, told(quotations, len(quotations), progress, cancelled))
            write_beside_themes(book, report.beside, say, report.title, report.small_cell)
            _write_codebook(book, report, say)
            if report.memos:
                write_memos(book, report.memos, say, report.title)
            _write_about(book, report, say)
            book.save()
    except OSError as error:
        raise cannot_be_written(path, error) from error


def _write_themes(
    book: Book,
    report: ThemeReport,
    say: Say,
    by: str,
    lines: Sequence[ThemeLine],
    groups: Sequence[Group],
) -> None:
    with_intervals = any(count.low is not None for group in groups for count in group.counts.values())
    block = [(say("n"), 5), (say("%"), 6), (say("95 % from"), 8), (say("to"), 7)]
    if not with_intervals:
        block = [(say("n"), 10), (say("%"), 12)]
    sheet = Sheet(book, say("Themes by group"), [32, *([width for _heading, width in block] * len(groups))])
    headings = [heading for heading, _width in block]
    title = say("Who speaks of which theme, by {by}").format(by=by)
    caption = say("Respondents who speak of the theme: number and share of those answering.")
    if with_intervals:
        caption = say("Respondents who speak of the theme: number, share of those answering, and 95 % interval.")
    _begin_table(sheet, report, say, title, caption, groups, headings)
    for line in lines:
        cells = [sheet.text(line.name, below(TEXT, line.depth))]
        for group in groups:
            count = group.counts[line.key]
            bold = not line.depth
            cells.append(sheet.number(count.respondents, replace(COUNT, bold=bold, left_line=True)))
            cells.append(sheet.number(count.share, replace(SHARE, bold=bold)))
            if with_intervals:
                cells += [sheet.number(count.low, SHARE), sheet.number(count.high, replace(SHARE, indent=1))]
        sheet.add(cells, height=_theme_height(sheet, line))
    footnotes = [
        say("Base: respondents who answered at least one of the counted questions, or spoke in a session."),
        say("A respondent may speak of several themes, so per cents do not add up to 100."),
        say("A theme includes its sub-codes and counts each respondent once."),
    ]
    if with_intervals:
        footnotes.append(
            say("Interval: Wilson, 95 %, without continuity correction. It treats respondents as independent.")
        )
    _end_table(sheet, report, say, footnotes)


def _write_segments(
    book: Book,
    report: ThemeReport,
    say: Say,
    by: str,
    lines: Sequence[ThemeLine],
    groups: Sequence[Group],
) -> None:
    sheet = Sheet(book, say("Segments by group"), [32, *([8, 8.5, 7.5, 8] * len(groups))])
    headings = [say("Codings"), say("% of codings"), say("Units"), say("Per 1,000 words")]
    title = say("How often each theme is coded, by {by}").format(by=by)
    caption = say(
        "Codings of each theme, their share of all codings in the group, units ({unit}) and codings per 1,000 words."
    ).format(unit=say(report.unit))
    _begin_table(sheet, report, say, title, caption, groups, headings, of_segments=True)
    for line in lines:
        cells = [sheet.text(line.name, below(TEXT, line.depth))]
        for group in groups:
            count: Count = group.counts[line.key]
            bold = not line.depth
            cells += [
                sheet.number(count.codings, replace(COUNT, bold=bold, left_line=True)),
                sheet.number(count.share_of_codings, replace(SHARE, bold=bold)),
                sheet.number(count.units, COUNT),
                sheet.number(count.per_1000_words, replace(RATE, indent=1)),
            ]
        sheet.add(cells, height=_theme_height(sheet, line))
    footnotes = [
        say("A coding is one code on one passage; a passage with two codes is one unit and two codings."),
        say("A theme includes its sub-codes and counts each passage once."),
    ]
    _end_table(sheet, report, say, footnotes)


def _begin_table(
    sheet: Sheet,
    report: ThemeReport,
    say: Say,
    title: str,
    caption: str,
    groups: Sequence[Group],
    headings: Sequence[str],
    *,
    of_segments: bool = False,
) -> None:
    """Title, caption, and a header of two rows: the groups with their bases, and what stands in their columns."""
    first = 6 if report.suggested else 5
    sheet.set_up(say, header=(first, first + 1), block=len(headings))
    sheet.add_across(title, TITLE)
    if report.suggested:
        sheet.add_across(say("Suggested, not reviewed"), WARNING)
    sheet.add_across(report.title, CAPTION)
    sheet.add_across(caption, CAPTION)
    sheet.add([], height=6)
    n = len(headings)
    over = Look(bold=True, wrap=True, fill=True, top=False)
    base = partial(_spoken, say=say, suggested=report.suggested) if of_segments else partial(_base, say=say)
    cells, texts = [sheet.text("", over)], []
    for i, group in enumerate(groups):
        text = group.label + "\n" + base(group)
        texts.append((text, 0.95 * sum(sheet.widths[1 + i * n : 1 + (i + 1) * n])))
        cells += [sheet.text(text, replace(over, left_line=True)), *(sheet.text("", over) for _ in range(n - 1))]
    sheet.add(cells, height=height_for(texts))
    for i in range(len(groups)):
        sheet.merge(2 + i * n, 1 + (i + 1) * n)
    right = replace(HEADER, align="right", bold=False)
    cells = [sheet.text(say("Theme"), HEADER)]
    for _group in groups:
        last = len(headings) - 1
        cells += [
            sheet.text(text, replace(right, left_line=i == 0, indent=int(i == last > 1)))
            for i, text in enumerate(headings)
        ]
    shown = headings if groups else ()  # a codebook without codes gives no groups
    sheet.add(cells, height=height_for([(text, sheet.widths[1 + i]) for i, text in enumerate(shown)]))


def _end_table(sheet: Sheet, report: ThemeReport, say: Say, footnotes: Sequence[str]) -> None:
    standing = [
        *([say("These are suggestions made by rules. No coder has reviewed them.")] if report.suggested else []),
        *footnotes,
        say("What the moderator says is not counted."),
        say("Groups in which fewer than {small_cell} answered are shown as counts, without per cents.").format(
            small_cell=report.small_cell
        ),
    ]
    sheet.add([])
    for note in [*standing, *report.notes]:
        sheet.add_across(note, FOOTNOTE)


def _base(group: Group, say: Say) -> str:
    base = say("N = {answering} answering of {size}").format(answering=group.answering, size=group.size)
    return f"{base}\n({say('counts only')})" if group.counts_only else base


def _spoken(group: Group, say: Say, *, suggested: bool) -> str:
    words, codings = (f"{number:,}".replace(",", "\u202f") for number in (group.words, group.codings))
    if suggested:
        return say("{words} words").format(words=words)
    return say("{codings} codings in {words} words").format(codings=codings, words=words)


def _theme_height(sheet: Sheet, line: ThemeLine) -> float:
    width = sheet.widths[0] - 1.5 * line.depth
    return height_for([(line.name, width if line.depth else width * 0.93)])


def _write_quotations(
    book: Book,
    report: ThemeReport,
    say: Say,
    lines: Sequence[ThemeLine],
    quotations: Iterable[tuple[str, ...]],
) -> None:
    headings = [
        *(("Theme", 20.0), ("Parent theme", 18.0), ("Group", 16.0), ("Quotation", 66.0), ("Respondent", 13.0)),
        *(("Session or question", 20.0), ("Document", 20.0), ("Coder", 8.5), ("Origin", 8.5)),
    ]
    widths = [width for _heading, width in headings]
    sheet = Sheet(book, say("Quotations"), widths)
    sheet.set_up(say, header=(4, 4), filtered=True)
    sheet.add_across(say("Quotations by theme and group"), TITLE)
    sheet.add_across(report.title, CAPTION)
    sheet.add([])
    sheet.add([sheet.text(say(heading), HEADER) for heading, _width in headings])
    names = {line.key: line.name for line in lines}
    origins = {each: say(each) for each in ("manual", "rule", "learned", "imported")}
    shown = (_shown(row, names, origins, say) for row in quotations)
    sheet.add_texts((texts, height_for(list(zip(texts, widths, strict=True)))) for texts in shown)
    sheet.fill_out_filter()


def _shown(row: tuple[str, ...], names: Mapping[str, str], origins: Mapping[str, str], say: Say) -> tuple[str, ...]:
    code, theme_name, parent, group, text, respondent, session, question, document, coder, origin = row
    theme = (theme_name or names.get(code, code), names.get(parent, parent))
    # An answer's document ends with its question, which stands beside it.
    where = (respondent, session or question, document.removesuffix(f":{question}") if question else document)
    return (*theme, group_label(group, say), text, *where, coder, origins.get(origin, origin))


def _in_order(quotations: pd.DataFrame, lines: Sequence[ThemeLine], groups: Sequence[Group]) -> list[tuple[str, ...]]:
    """The quotations by theme as in the codebook, by group as in the tables, and as they stand in the documents."""
    columns = [
        *("code", "theme_name", "parent", "group", "text", "respondent", "session", "question", "document"),
        *("coder", "origin"),
    ]
    for needed in columns:
        if needed not in quotations.columns:
            raise ExportError(_("No column {name!r}.").format(name=needed))
    theme_places = {line.key: i for i, line in enumerate(lines)}
    group_places = {group.key: i for i, group in enumerate(groups)}
    values = [quotations[column].astype("object").where(quotations[column].notna(), "") for column in columns]
    rows = [tuple(map(str, row)) for row in zip(*values, strict=True)]
    last_theme, last_group = len(theme_places), len(group_places)
    rows.sort(key=lambda row: (theme_places.get(row[0], last_theme), group_places.get(row[3], last_group)))
    return rows


def _write_codebook(book: Book, report: ThemeReport, say: Say) -> None:
    headings = [
        *(("Key", 20.0), ("Name", 24.0), ("Definition", 40.0), ("Use when", 34.0), ("Do not use when", 34.0)),
        ("Examples", 38.0),
    ]
    widths = [width for _heading, width in headings]
    sheet = Sheet(book, say("Codebook"), widths)
    sheet.set_up(say, header=(4, 4))
    sheet.add_across(say("The template: themes, definitions and when to use them"), TITLE)
    about = " · ".join(each for each in (_codebook_title(report), report.codebook.source) if each)
    sheet.add_across(about, CAPTION)
    sheet.add([])
    sheet.add([sheet.text(say(heading), HEADER) for heading, _width in headings])
    for code in report.codebook.codes:
        shown = _described(code, report.language)
        cells = [sheet.text(text, below(TEXT, code.depth) if i == 1 else TEXT) for i, text in enumerate(shown)]
        sheet.add(cells, height=height_for(list(zip(shown, widths, strict=True))))


def _codebook_title(report: ThemeReport) -> str:
    title = report.codebook.title.in_language(report.language) or report.codebook.key
    return f"{title}, {report.codebook.version}" if report.codebook.version else title


def _described(code: Code, language: str) -> tuple[str, ...]:
    lists = ("\n".join(f"• {each}" for each in items) for items in (code.include, code.exclude, code.examples))
    return (code.key, code.name.in_language(language), code.definition.in_language(language), *lists)


def _write_about(book: Book, report: ThemeReport, say: Say) -> None:
    widths = [30.0, 110.0]
    sheet = Sheet(book, say("About these numbers"), widths)
    sheet.set_up(say, header=(1, 1))
    sheet.add_across(say("About these numbers"), TITLE)
    sheet.add_across(report.title, CAPTION)
    sheet.add([])
    heading = replace(TEXT, bold=True)
    notes = [(say("Notes") if not i else "", note) for i, note in enumerate(report.notes)]
    for name, text in [*report.about, *notes]:
        texts = [(name, widths[0] * 0.93), (text, widths[1])]
        sheet.add([sheet.text(name, heading), sheet.text(text)], height=height_for(texts))
