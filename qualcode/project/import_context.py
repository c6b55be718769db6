"""What the writers of an import share: the groups, how labels count, who imports, and what is told at the end."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from qualcode.errors import Problem
from qualcode.files.study_file import DocumentSource
from qualcode.i18n import _, collapsed, ngettext
from qualcode.importing.report import Table, Transcript
from qualcode.model.case import NO_GROUP
from qualcode.model.document import SpeakerRole
from qualcode.project.study_reading import Reading, ReadSurvey, Sources, sheet_place
from qualcode.store import cases, segments

if TYPE_CHECKING:
    from qualcode.project.project import Project


class ImportContext:
    """Groups and warnings of one import; used inside a step."""

    def __init__(self, project: Project, sources: Sources) -> None:
        self.project = project
        self.db = project.db
        self.sources = sources
        self.problems: list[Problem] = []
        self._group_ids: dict[str, int | None] = {}

    @cached_property
    def coder_id(self) -> int:
        """Who imports; noted where a text gets a new version."""
        return segments.coder_for(self.db, self.project.coder_name).id

    def warn(self, where: str, what: str, hint: str = "") -> None:
        """Tell something at the end that does not stop the import."""
        self.problems.append(Problem(where, what, hint, "warning"))

    def make_groups(self, reading: Reading) -> None:
        """Make the groups that occur, in the order of the study file, then as they occur.

        Of a survey that is there already nobody knows yet whose rows are new: their groups are made later.
        """
        used = dict.fromkeys(self._groups_in(reading))
        listed = [name for name in self.sources.groups if name in used]
        for name in (*listed, *used):
            self.group_id(name)

    def group_id(self, name: str) -> int | None:
        """The id of a group, made when it is new; None for no group."""
        if name not in self._group_ids:
            self._group_ids[name] = cases.group_id(self.db, name)
        return self._group_ids[name]

    def _groups_in(self, reading: Reading) -> Iterable[str]:
        for read in reading.transcripts:
            for label in labels_of(read.transcript):
                role, group = self.role_and_group(read.source, label)
                if role == SpeakerRole.RESPONDENT and not (read.known and group == NO_GROUP):
                    yield group
        for survey in reading.surveys:
            if survey.known is None:
                yield from dict.fromkeys(self.groups_of_rows(survey))

    def role_and_group(self, source: DocumentSource, label: str | None) -> tuple[SpeakerRole, str]:
        """How a label counts; turns that name nobody are speech of nobody unless the study says `"*"` for all."""
        if label is None:
            if "*" not in source.speakers:
                return SpeakerRole.SEVERAL, NO_GROUP
            label = ""
        role, group = source.role_and_group(label)
        return role, self.sources.group_name(group)

    def groups_of_rows(self, survey: ReadSurvey) -> list[str]:
        """The group of each respondent of a survey, by row; each spelling is looked up once."""
        source, table = survey.source, survey.table
        if source.group_is:
            return [self.sources.group_name(source.group_is)] * len(table.rows)
        if not source.group:
            return [NO_GROUP] * len(table.rows)
        position = table.header.index(collapsed(source.group))
        written = [row[position] for row in table.rows]
        meant = {spelling: self.sources.group_name(spelling) for spelling in dict.fromkeys(written)}
        return [meant[spelling] for spelling in written]

    def warn_of_missing_groups(self, survey: ReadSurvey, table: Table, n_without: int) -> None:
        """Say how many rows have no group."""
        if n_without:
            self.warn(
                sheet_place(survey.name, table),
                ngettext(
                    "{n} respondent has no group and counts in {none}.",
                    "{n} respondents have no group and count in {none}.",
                    n_without,
                ).format(n=n_without, none=_("(none)")),
            )

    def warn_of_other_group(self, where: str, label: str, known: str, group: str) -> None:
        """Say that a speaker stands in two groups."""
        self.warn(
            where,
            _("The speaker {label!r} was in group {known!r} before and is in {group!r} here; the first counts.").format(
                label=label, known=_("(none)") if known == NO_GROUP else known, group=group
            ),
            _("Give one of them another label, or list both labels under one group."),
        )


def labels_of(transcript: Transcript) -> list[str | None]:
    """Each label once, in order of first words."""
    return list(dict.fromkeys(speech.label for speech in transcript.speeches))
