"""What is still open in a study that is being put together, step by step."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qualcode.i18n import _, folded, ngettext
from qualcode.importing.columns import Role
from qualcode.importing.report import Outcome
from qualcode.model.case import ALL_GROUPS
from qualcode.project.speaker_patterns import look_alikes

if TYPE_CHECKING:
    from qualcode.project.study_draft import StudyDraft


class Step(StrEnum):
    """The parts of a study, in the order in which they are asked for."""

    STUDY = "study"
    FILES = "files"
    SPEAKERS = "speakers"
    SURVEYS = "surveys"
    CODEBOOK = "codebook"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """What is still to be decided, or should be known before going on.

    Attributes:
        stops: whether the study cannot be made before.
    """

    step: Step
    what: str
    hint: str = ""
    stops: bool = True


def open_points(draft: StudyDraft, steps: Collection[Step]) -> list[OpenPoint]:
    """What is to be decided or known, step by step."""
    asked = {
        Step.STUDY: _in_study,
        Step.FILES: _in_files,
        Step.SPEAKERS: _in_speakers,
        Step.SURVEYS: _in_surveys,
        Step.CODEBOOK: _in_codebook,
    }
    return [point for step, points in asked.items() if step in steps for point in points(draft)]


def _in_study(draft: StudyDraft) -> Iterable[OpenPoint]:
    if not draft.title.strip():
        yield OpenPoint(Step.STUDY, _("The study has no title yet."))
    for path in (draft.study_path, draft.project_path):
        if path is None:
            yield OpenPoint(Step.STUDY, _("It is not said yet where the files of the study go."))
            return
        if not path.parent.is_dir():
            what = _("There is no folder {folder}.").format(folder=path.parent)
            yield OpenPoint(Step.STUDY, what, _("Choose another place."))
        elif path.exists() and not (draft.may_replace or (draft.is_written and path == draft.study_path)):
            what = _("{file} exists already.").format(file=path.name)
            yield OpenPoint(Step.STUDY, what, _("Choose another name, or say that it may be replaced."))


def _in_files(draft: StudyDraft) -> Iterable[OpenPoint]:
    if not (draft.transcripts or draft.surveys):
        yield OpenPoint(Step.FILES, _("There is no transcript and no survey yet."), _("Add at least one file."))
    for file in draft.files:
        if file.outcome is Outcome.ASK:
            what = _("{file}: it is not clear how it is to be read.").format(file=file.path.name)
            yield OpenPoint(Step.FILES, what, _("Choose, or say that it is right as it is."))
    n = sum(file.outcome is Outcome.REFUSE for file in draft.files)
    if n:
        what = ngettext("{n} file cannot be used.", "{n} files cannot be used.", n).format(n=n)
        yield OpenPoint(Step.FILES, what, _("What cannot be used stays out; the rest goes in."), stops=False)


def _in_speakers(draft: StudyDraft) -> Iterable[OpenPoint]:
    n = sum(not draft.roles.get((file.path, speaker.key)) for file in draft.transcripts for speaker in file.speakers)
    if n:
        what = ngettext("{n} speaker has no group.", "{n} speakers have no group.", n).format(n=n)
        yield OpenPoint(Step.SPEAKERS, what, _("Whoever has no group counts in (none)."), stops=False)
    for file in draft.transcripts:
        for one, other in look_alikes(tuple(speaker.label for speaker in file.speakers if speaker.label)):
            if draft.name_of((file.path, folded(one))) == draft.name_of((file.path, folded(other))):
                continue
            what = _("{file}: {one} and {other} may be one person.").format(file=file.path.name, one=one, other=other)
            hint = _("Select both and say that they are one person, or mend the label in the file.")
            yield OpenPoint(Step.SPEAKERS, what, hint, stops=False)
    entries = draft.study().documents if draft.same_people else ()
    if len(entries) > 1:
        what = _("The transcripts differ in kind, session or groups, so that they make {n} entries of the study file.")
        hint = _("Equal labels are one person within each entry only.")
        yield OpenPoint(Step.SPEAKERS, what.format(n=len(entries)), hint, stops=False)
    if any(folded(row.name) == ALL_GROUPS for row in draft.group_rows()):
        what = _("No group can be called {name}.").format(name=ALL_GROUPS)
        yield OpenPoint(Step.SPEAKERS, what, _("Tables use the name for all groups."))


def _in_surveys(draft: StudyDraft) -> Iterable[OpenPoint]:
    for file in draft.surveys:
        if not file.columns_with(Role.OPEN):
            what = _("{file} has no open question.").format(file=file.path.name)
            yield OpenPoint(Step.SURVEYS, what, _("Mark at least one column as open, or take the file out."))
        if not file.columns_with(Role.GROUP) and not file.group_is:
            what = _("{file} has no groups.").format(file=file.path.name)
            hint = _("Mark the column with the group, or name one group for all rows.")
            yield OpenPoint(Step.SURVEYS, what, hint, stops=False)
    merged = [row for row in draft.group_rows() if row.is_proposed] if draft.surveys else []
    if merged:
        said = ", ".join(_("{spelling} as {name}").format(spelling=row.spelling, name=row.name) for row in merged[:3])
        more = len(merged) - 3
        if more > 0:
            said += " " + ngettext("and {n} more", "and {n} more", more).format(n=more)
        what = _("Proposed: {spellings}.").format(spellings=said)
        yield OpenPoint(Step.SURVEYS, what, _("Name the groups otherwise if that is wrong."), stops=False)


def _in_codebook(draft: StudyDraft) -> Iterable[OpenPoint]:
    if not draft.has_codebook:
        yield OpenPoint(Step.CODEBOOK, _("No codebook is chosen yet."), _("Choose one, or begin with an empty one."))
    elif draft.codebook is not None and not draft.codebook.is_file():
        yield OpenPoint(Step.CODEBOOK, _("There is no file {file}.").format(file=draft.codebook))
    elif draft.codebook is not None and draft.codebook_is_wrong:
        what = _("The codebook {file} has errors.").format(file=draft.codebook.name)
        yield OpenPoint(Step.CODEBOOK, what, _("Mend them, or choose another one."))
