"""What was decided about the files of a study, remembered for the next ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from qualcode.files.study_file import DocumentSource, Study
from qualcode.i18n import _, collapsed, folded
from qualcode.importing.columns import Role
from qualcode.model.case import NO_GROUP
from qualcode.model.document import SpeakerRole
from qualcode.store import settings

if TYPE_CHECKING:
    from qualcode.project.import_preview import FileDraft
    from qualcode.project.project import Project

_SETTING = "import_choices"


@dataclass(frozen=True)
class Choices:
    """Earlier decisions.

    Attributes:
        speakers: role by label or pattern, as a study file writes them.
        groups: spellings that mean one group, by its name.
        columns: role of a survey column by its header, with the ends of a scale.
        same_speaker: spellings that mean one speaker, by the name that counts.
    """

    speakers: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, float | None, float | None]] = field(default_factory=dict)
    same_speaker: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of_study(cls, study: Study) -> Choices:
        """What a study file decides; where two entries differ about a label, the first counts."""
        speakers: dict[str, str] = {}
        columns: dict[str, tuple[str, float | None, float | None]] = {}
        same: dict[str, tuple[str, ...]] = {}
        for source in study.documents:
            same = _with_spellings(same, source.same_speaker)
            for label, role in source.speakers.items():
                if label != "*":  # a whole file that is one person says nothing of the next file
                    speakers.setdefault(label, role)
        kinds = {"scale": Role.SCALE, "category": Role.CATEGORY, "multiple": Role.MULTIPLE}
        for survey in study.surveys:
            for header, role in ((survey.respondent, Role.ID), (survey.group, Role.GROUP)):
                if header:
                    columns.setdefault(collapsed(header), (role.value, None, None))
            for header in survey.open:
                columns.setdefault(collapsed(header), (Role.OPEN.value, None, None))
            for question in survey.closed:
                ends = (kinds[question.kind].value, question.minimum, question.maximum)
                columns.setdefault(collapsed(question.column), ends)
        names = {study.group_name(role) for role in speakers.values() if folded(role) not in set(SpeakerRole)}
        groups = {**dict.fromkeys(sorted(names - {NO_GROUP}), ()), **study.groups}
        return cls(speakers, groups, columns, same)

    def with_later(self, later: Choices) -> Choices:
        """Both, where the later one counts if they differ."""
        return Choices(
            {**self.speakers, **later.speakers},
            {**self.groups, **later.groups},
            {**self.columns, **later.columns},
            _with_spellings(self.same_speaker, later.same_speaker),
        )

    def name_of(self, label: str) -> str:
        """The name under which a label counted: another one where they were said to be one person."""
        return self._source.name_of(label)

    def role_of(self, label: str) -> str:
        """The role that a label had, "" if it is new."""
        if not label or not self._source.lists(label):
            return ""
        role, group = self._source.role_and_group(label)
        return group if role is SpeakerRole.RESPONDENT else role.value

    def group_of(self, spelling: str) -> str | None:
        """The name under which a spelling of a group counted, None if it is new."""
        return self._names.get(folded(spelling))

    def apply_to_columns(self, file: FileDraft) -> None:
        """Give the columns of a new survey the roles that columns of these names had."""
        known = [(column, self.columns[column.header]) for column in file.columns if column.header in self.columns]
        if not known:
            return
        for column in file.columns:
            if column.header not in self.columns and column.role in (Role.ID, Role.GROUP):
                column.role = Role.IGNORE  # the study has another column for it
        for column, (role, minimum, maximum) in known:
            file.set_role(column.header, Role(role))
            column.proposed, column.reason = Role(role), _("as in the files before")
            if minimum is not None and maximum is not None:
                column.minimum, column.maximum = minimum, maximum

    @cached_property
    def _source(self) -> DocumentSource:
        return DocumentSource((), speakers=self.speakers, same_speaker=self.same_speaker)

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, spellings in self.groups.items():
            for each in (name, *spellings):
                found.setdefault(folded(each), name)
        return found


def _with_spellings(
    known: Mapping[str, tuple[str, ...]], more: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    """Both; a spelling counts under the name that it was given last."""
    moved = {folded(each) for name, spellings in more.items() for each in (name, *spellings)}
    both = {name: tuple(each for each in spellings if folded(each) not in moved) for name, spellings in known.items()}
    for name, spellings in more.items():
        both[name] = (*both.get(name, ()), *spellings)
    return {name: spellings for name, spellings in both.items() if spellings}


def remembered_choices(project: Project) -> Choices:
    """What was decided for the files that are in a project."""
    stored: dict[str, Any] = settings.read(project.db, _SETTING, {})
    return Choices(
        stored.get("speakers", {}),
        {name: tuple(spellings) for name, spellings in stored.get("groups", {}).items()},
        {header: (role, low, high) for header, (role, low, high) in stored.get("columns", {}).items()},
        {name: tuple(spellings) for name, spellings in stored.get("same_speaker", {}).items()},
    )


def remember_choices(project: Project, later: Choices) -> None:
    """Keep what was decided now, over what was decided before; belongs into a step."""
    both = remembered_choices(project).with_later(later)
    settings.write(
        project.db,
        _SETTING,
        {
            "speakers": dict(both.speakers),
            "groups": {name: list(spellings) for name, spellings in both.groups.items()},
            "columns": {header: list(about) for header, about in both.columns.items()},
            "same_speaker": {name: list(spellings) for name, spellings in both.same_speaker.items()},
        },
    )
