"""A report while it is written: its facts, its words and numbers, and the blocks so far."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from qualcode.exporting.report_blocks import (
    Block,
    Bullets,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Table,
    Words,
    cell,
)
from qualcode.exporting.report_content import Quoted, ReportContent
from qualcode.exporting.report_numbers import Numbers
from qualcode.exporting.theme_rows import Count, Group, ThemeLine, group_label, groups_of, theme_lines
from qualcode.exporting.wording import Say, in_language
from qualcode.model.case import ALL_GROUPS, NO_GROUP

if TYPE_CHECKING:
    import pandas as pd

MOST_COLUMNS = 6
"""Groups that a table has side by side, all together included; more stand below each other."""


class Draft:
    """Takes what the sections write, and numbers tables and pictures in their order."""

    def __init__(self, content: ReportContent) -> None:
        self.content = content
        self.say = in_language(content.language)
        self.numbers = Numbers(content.language)
        self.lines = theme_lines(content.themes)
        groups = groups_of(content.themes, self.say, content.small_cell, suggested=content.suggested)
        heard = any(group.answering for group in groups)
        self.groups = [group for group in groups if group.is_everyone or group.answering or (group.size and not heard)]
        self.unheard = [group.label for group in groups if group.size and group not in self.groups]
        self.names = {line.key: line.name for line in self.lines}
        self.blocks: list[Block] = []
        self._n_tables = self._n_pictures = 0

    @property
    def everyone(self) -> Group:
        """All groups together."""
        return next(group for group in self.groups if group.key == ALL_GROUPS)

    @property
    def pictured(self) -> pd.DataFrame:
        """The theme table that pictures show: without those of no group, where they are too few for a share."""
        themes = self.content.themes
        themes = themes[themes["group"].isin([group.key for group in self.groups])]
        named = [group for group in self.groups if group.key not in (NO_GROUP, ALL_GROUPS)]
        shares = [group for group in self.groups if group.key == NO_GROUP and not group.counts_only]
        return themes[themes["group"] != NO_GROUP] if named and not shares else themes

    # -- blocks -------------------------------------------------------------------------------------------------------

    def heading(self, level: int, text: str) -> None:
        self.blocks.append(Heading(level, text))

    def paragraph(self, *words: Inline, style: str = "body") -> None:
        """A paragraph; none where there are no words."""
        if any(words):
            self.blocks.append(Paragraph(words, style))

    def bullets(self, items: Sequence[Words]) -> None:
        if items:
            self.blocks.append(Bullets(items))

    def table(
        self,
        id: str,
        caption: str,
        header: Sequence[Cell],
        rows: Sequence[Sequence[Cell]],
        widths: Sequence[float],
        *,
        notes: Sequence[str] = (),
        trace: str = "",
    ) -> None:
        self._n_tables += 1
        total = sum(widths)
        shares = [width / total for width in widths]
        self.blocks.append(Table(id, self._n_tables, caption, header, rows, shares, notes, trace))

    def picture(self, id: str, caption: str, alt: str, draw: Callable[[str], bytes]) -> None:
        self._n_pictures += 1
        self.blocks.append(Picture(id, self._n_pictures, caption, alt, draw))

    def quote(self, quoted: Quoted) -> None:
        self.blocks.append(Quote(quoted.text, self.attribution(quoted)))

    # -- words --------------------------------------------------------------------------------------------------------

    def attribution(self, quoted: Quoted) -> str:
        """Who speaks, as far as it may be told."""
        return attribution(quoted, self.say)

    def group_name(self, key: str) -> str:
        return group_label(key, self.say)

    def by_name(self) -> str:
        """What the groups are, as a reader knows it."""
        by = self.content.by
        own = {
            "group": self.say("respondent group"),
            "session": self.say("session"),
            "document": self.say("document"),
            "question": self.say("question"),
        }
        return own.get(by, by)

    def listed(self, items: Sequence[str]) -> str:
        """A, B and C."""
        if len(items) < 2:
            return "".join(items)
        return self.say("{some} and {last}").format(some=", ".join(items[:-1]), last=items[-1])

    def share(self, count: Count, group: Group) -> str:
        """A count in a sentence: 18/44 (41 %); without a per cent where the group is too small."""
        n_of_N = f"{count.respondents}/{group.answering}"
        return (
            n_of_N if count.share is None else f"{n_of_N} ({self.numbers.percent(count.respondents, group.answering)})"
        )

    def count_cell(self, count: Count, group: Group, *, bold: bool = False) -> Cell:
        """A count in a table: n/N, and below it the per cent with its interval."""
        lines = [f"{count.respondents}/{group.answering}"]
        if count.share is not None:
            percent = self.numbers.percent(count.respondents, group.answering)
            known = count.low is not None and count.high is not None
            interval = f" ({self.numbers.interval(count.low or 0.0, count.high or 0.0)})" if known else ""
            lines.append(percent + interval)
        return cell("\n".join(lines), bold=bold)

    def group_header(self, group: Group) -> Cell:
        size = self.say("N = {answering} of {size}").format(answering=group.answering, size=group.size)
        return Cell(((Strong(group.label),), (size,)))

    def headed(self, caption: str) -> str:
        """A caption; one of suggestions says that nobody has reviewed them."""
        return f"{self.say('Suggested, not reviewed')}: {caption}" if self.content.suggested else caption

    def spoken_of(self, lines: Sequence[ThemeLine]) -> list[ThemeLine]:
        """Those of some themes that anybody speaks of."""
        return [line for line in lines if self.everyone.counts[line.key].respondents]

    def left_out(self, lines: Sequence[ThemeLine]) -> list[str]:
        """A note that names those of some themes that a table leaves out, as nobody speaks of them."""
        spoken = self.spoken_of(lines)
        silent = [line.name for line in lines if line not in spoken]
        words = self.say("Left out, as nobody speaks of it: {themes}.")
        return [words.format(themes=self.listed(silent))] if silent else []

    def share_note(self) -> str:
        """What the cells of a count table hold; suggestions have no intervals."""
        if any(count.low is not None for group in self.groups for count in group.counts.values()):
            return self.say("n/N, and per cent of those answering with its 95 % interval (Wilson).")
        return self.say("n/N, and per cent of those answering.")

    # -- where numbers come from --------------------------------------------------------------------------------------

    def trace(self, command: str) -> str:
        """Filter, unit, base, template, project and program of a table, and the command that gives it again."""
        content, project = self.content, self.content.project
        codebook = content.codebook
        text = self.say(
            "Filter: {filter}. Unit: {unit}. Base: respondents who answered or spoke. Template: {template}. "
            "Project: {n} steps, last changed {changed}. {program}. The same numbers: {command}"
        )
        return text.format(
            filter=content.where or self.say("none"),
            unit=self.say(content.unit),
            template=f"{codebook.key} {codebook.version}".strip(),
            n=project.n_steps,
            changed=project.changed or self.say("never"),
            program=project.program,
            command=command,
        )

    def state(self) -> str:
        """Template, project and program of a table that no command prints as it stands."""
        content, project = self.content, self.content.project
        text = self.say("Template: {template}. Project: {n} steps, last changed {changed}. {program}.")
        return text.format(
            template=f"{content.codebook.key} {content.codebook.version}".strip(),
            n=project.n_steps,
            changed=project.changed or self.say("never"),
            program=project.program,
        )

    def count_command(self) -> str:
        """The command whose table holds the counts."""
        parts = ["qualcode", "count", typed(self.content.project.file), "--by", typed(self.content.by)]
        parts += ["--unit", self.content.unit, *self._filter_option(), "--csv"]
        return " ".join(parts)

    def compare_command(self, a: str, b: str) -> str:
        """The command whose table holds the comparison."""
        parts = ["qualcode", "compare", typed(self.content.project.file), typed(a), typed(b)]
        parts += [] if self.content.by == "group" else ["--by", typed(self.content.by)]
        return " ".join([*parts, *self._filter_option(), "--csv"])

    def _filter_option(self) -> list[str]:
        return ["--filter", typed(self.content.where)] if self.content.where else []


def attribution(quoted: Quoted, say: Say) -> str:
    """Who speaks, as far as it may be told: "Method supervisor, survey"; "Specialist, focus group Team A"."""
    sources = {
        "answer": say("survey"),
        "focus_group": say("focus group"),
        "interview": say("interview"),
        "notes": say("notes"),
    }
    source = " ".join(filter(None, (sources.get(quoted.source, ""), quoted.session)))
    told = ", ".join(filter(None, (quoted.group, source))) or say("Respondent")
    return f"{told}; {say('speaks against the theme')}" if quoted.is_negative else told


def typed(text: str) -> str:
    """A word of a command as one types it in a terminal of any system."""
    plain = text and all(sign.isalnum() or sign in "._-/" for sign in text)
    if any(sign in text for sign in "$`\\"):
        return shlex.quote(text)
    return text if plain else '"' + text.replace('"', '\\"') + '"'
