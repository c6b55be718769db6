"""A study: which files belong to it and how they are to be understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from qualcode.i18n import collapsed, folded
from qualcode.model.case import NO_GROUP
from qualcode.model.document import DocumentKind, SpeakerRole
from qualcode.model.segment import Unit
from qualcode.model.words import NOT_AN_ANSWER, is_answer


@dataclass(frozen=True)
class ClosedQuestion:
    """A survey column with answers to choose from.

    Attributes:
        column: its header, white space collapsed.
        kind: "scale", "category" or "multiple".
        minimum: lowest value of a scale, None if not said.
        maximum: highest value of a scale, None if not said.
    """

    column: str
    kind: str
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True)
class DocumentSource:
    """Transcripts that are read in one way.

    Attributes:
        files: absolute, patterns resolved, in the order of their names.
        session: "" means one session for each file.
        same_people: whether equal labels in these files are one person.
        encoding: None means that it is found out.
        speakers: group, "moderator" or "several", by label or pattern with `*`, as the study file writes them.
        line: where it stands in the study file, 0 if it doesn't.
        same_speaker: other spellings of a speaker, by the name that counts.
    """

    files: tuple[Path, ...]
    kind: DocumentKind = DocumentKind.FOCUS_GROUP
    session: str = ""
    same_people: bool = False
    encoding: str | None = None
    speakers: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    same_speaker: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def name_of(self, label: str) -> str:
        """The name under which a label counts: another one only where `same_speaker` says so."""
        return self._names.get(folded(label), label)

    def spellings_of(self, label: str) -> tuple[str, ...]:
        """All labels of the person who has this one, the name that counts first."""
        name = self.name_of(label)
        return (name, *self.same_speaker.get(name, ()), label)

    def role_and_group(self, label: str) -> tuple[SpeakerRole, str]:
        """How a speaker counts; the group as the study file writes it, NO_GROUP for a label that is not listed."""
        found = self._entry(label)
        if found is None:
            return SpeakerRole.RESPONDENT, NO_GROUP
        for role in (SpeakerRole.MODERATOR, SpeakerRole.SEVERAL):
            if folded(found) == role.value:
                return role, NO_GROUP
        return SpeakerRole.RESPONDENT, collapsed(found)

    def lists(self, label: str) -> bool:
        """Whether a label is listed, by itself or by a pattern."""
        return self._entry(label) is not None

    def _entry(self, label: str) -> str | None:
        names = list(dict.fromkeys((folded(label), folded(self.name_of(label)))))
        for name in names:
            if name in self._exact:
                return self._exact[name]
        return next((group for name in names for pattern, group in self._patterns if pattern.match(name)), None)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {folded(each): name for name, spellings in self.same_speaker.items() for each in (name, *spellings)}

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {folded(label): group for label, group in self.speakers.items() if "*" not in label}

    @cached_property
    def _patterns(self) -> list[tuple[re.Pattern[str], str]]:
        """The labels with `*`, the longest first."""
        longest_first = sorted((folded(label) for label in self.speakers if "*" in label), key=len, reverse=True)
        groups = {folded(label): group for label, group in self.speakers.items()}
        return [
            (re.compile(".*".join(map(re.escape, re.split(r"\*+", label))) + r"\Z", re.DOTALL), groups[label])
            for label in longest_first
        ]


@dataclass(frozen=True)
class SurveySource:
    """Surveys that are read in one way; a row is a respondent.

    Attributes:
        files: absolute, patterns resolved, in the order of their names.
        sheet: None means the only sheet with data.
        header_row: number of the row with the headers, from 1.
        encoding: of csv; None means that it is found out.
        separator: of csv; None means that it is found out.
        respondent: column with the id; None means that the row is the id.
        group: column with the group, None if there is none.
        group_is: the group of all rows, instead of a column.
        open: columns with free text.
        closed: columns with answers to choose from.
        line: where it stands in the study file, 0 if it doesn't.
        column_lines: where each column is named in the study file.
    """

    files: tuple[Path, ...]
    open: tuple[str, ...]
    sheet: str | None = None
    header_row: int = 1
    encoding: str | None = None
    separator: str | None = None
    respondent: str | None = None
    group: str | None = None
    group_is: str | None = None
    closed: tuple[ClosedQuestion, ...] = ()
    line: int = 0
    column_lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Study:
    """What a study consists of.

    Attributes:
        path: the study file.
        codebook: absolute.
        groups: spellings that mean one group, by the name that is shown.
        not_an_answer: what, as a whole, is no answer to an open question.
        language: of names in tables: "nb", "nn" or "en".
        small_cell: groups smaller than this show no percentages.
    """

    path: Path
    title: str
    codebook: Path
    documents: tuple[DocumentSource, ...] = ()
    surveys: tuple[SurveySource, ...] = ()
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_an_answer: tuple[str, ...] = NOT_AN_ANSWER
    language: str = "nb"
    unit: Unit = Unit.SEGMENT
    small_cell: int = 5

    def group_name(self, raw: str) -> str:
        """The group that a spelling means: as `groups` says, else as the study file writes it, else as it stands."""
        name = collapsed(raw)
        return self._group_names.get(folded(name), name) if name else NO_GROUP

    def is_answer(self, text: str) -> bool:
        """Whether a cell answers its question; see `qualcode.model.words.is_answer`."""
        return is_answer(text, self.not_an_answer)

    @cached_property
    def _group_names(self) -> dict[str, str]:
        names = {folded(NO_GROUP): NO_GROUP}
        for group, spellings in self.groups.items():
            for each in (group, *spellings):
                names.setdefault(folded(each), collapsed(group))
        mentioned = [group for source in self.documents for group in source.speakers.values()]
        mentioned += [survey.group_is for survey in self.surveys if survey.group_is]
        for each in mentioned:
            names.setdefault(folded(each), collapsed(each))
        return names
