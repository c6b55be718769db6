"""Turns files that are being put together into the sources that a study file names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from qualcode.files.study_file import ClosedQuestion, DocumentSource, SurveySource
from qualcode.i18n import folded
from qualcode.importing.columns import Role
from qualcode.project.import_preview import FileDraft
from qualcode.project.speaker_patterns import families

CLOSED_KINDS: Mapping[Role, str] = {Role.SCALE: "scale", Role.CATEGORY: "category", Role.MULTIPLE: "multiple"}
_ANYBODY = "*"

Roles = Mapping[tuple[Path, str], str]
Names = Mapping[tuple[Path, str], str]


def document_sources(
    files: Sequence[FileDraft], roles: Roles, names: Names, *, same_people: bool = False
) -> list[DocumentSource]:
    """Transcripts that are read alike under one entry, with patterns where labels that begin alike have one role.

    Args:
        roles: by file and folded label.
        names: of the speakers who count under another name than their label, by file and folded label.
        same_people: whether equal labels in several files are one person.
    """
    sources: list[DocumentSource] = []
    members: list[list[FileDraft]] = []
    for file in files:
        made = DocumentSource((file.path,), file.kind, file.session, same_people, file.how.encoding, {})
        for number, source in enumerate(sources):
            alike = replace(source, files=(), speakers={}) == replace(made, files=(), speakers={})
            if alike and not file.session and _fit_together([*members[number], file], roles, names):
                members[number].append(file)
                break
        else:
            sources.append(made)
            members.append([file])
    return [
        replace(
            source,
            files=tuple(file.path for file in them),
            speakers=_speakers(them, roles),
            same_speaker=_spellings(them, names),
        )
        for source, them in zip(sources, members, strict=True)
    ]


def _spellings(files: Sequence[FileDraft], names: Names) -> dict[str, tuple[str, ...]]:
    """The labels that count under another name, by that name."""
    found: dict[str, dict[str, str]] = {}
    for file in files:
        for speaker in file.speakers:
            name = names.get((file.path, speaker.key))
            if name is not None and folded(name) != speaker.key:
                found.setdefault(name, {}).setdefault(speaker.key, speaker.label)
    return {name: tuple(spellings.values()) for name, spellings in found.items()}


def _fit_together(files: Sequence[FileDraft], roles: Roles, names: Names) -> bool:
    """Whether no label has one role or name here and another there."""
    found: dict[str, str] = {}
    named: dict[str, str] = {}
    for file in files:
        for speaker in file.speakers:
            role = roles.get((file.path, speaker.key), "")
            if found.setdefault(speaker.key, role) != role:
                return False
            name = folded(names.get((file.path, speaker.key), speaker.label))
            if named.setdefault(speaker.key, name) != name:
                return False
    if found.get(""):  # a whole file that is one person says "*", which would catch labels of other files
        return all(set(_roles_of(file, roles)) == {""} for file in files)
    return True


def _roles_of(file: FileDraft, roles: Roles) -> dict[str, str]:
    return {speaker.key: roles.get((file.path, speaker.key), "") for speaker in file.speakers}


def _speakers(files: Sequence[FileDraft], roles: Roles) -> dict[str, str]:
    """Labels and patterns with their roles, such that each label gets its own and those without one get none."""
    labels: dict[str, str] = {}
    wanted: dict[str, str] = {}
    for file in files:
        for speaker in file.speakers:
            labels.setdefault(speaker.key, speaker.label)
            wanted[speaker.key] = roles.get((file.path, speaker.key), "")
    without_role = [label for key, label in labels.items() if label and not wanted[key]]
    entries: dict[str, str] = {}
    if wanted.get(""):
        entries[_ANYBODY] = wanted[""]
    for pattern, them in families(label for label in labels.values() if label).items():
        given = {wanted[folded(label)] for label in them}
        alone = DocumentSource((), speakers={pattern: ""})
        if len(given) == 1 and "" not in given and not any(alone.lists(label) for label in without_role):
            entries[pattern] = given.pop()
    for key, label in labels.items():
        if label and wanted[key] and _entry_for(DocumentSource((), speakers=entries), label) != wanted[key]:
            entries[label] = wanted[key]
    return entries


def _entry_for(source: DocumentSource, label: str) -> str:
    """The entry of a source that a label falls under; "" for none."""
    if not source.lists(label):
        return ""
    role, group = source.role_and_group(label)
    return group if role.value == "respondent" else role.value


def survey_source(file: FileDraft) -> SurveySource:
    """A survey with the roles of its columns."""
    ids, groups = file.columns_with(Role.ID), file.columns_with(Role.GROUP)
    sheet = file.found.chosen.sheet if file.found.chosen is not None else ""
    is_named = bool(sheet) and (file.how.sheet is not None or len(file.sheets) > 1)
    return SurveySource(
        files=(file.path,),
        open=tuple(column.header for column in file.columns_with(Role.OPEN)),
        sheet=sheet if is_named else None,
        header_row=file.how.header_row,
        encoding=file.how.encoding,
        separator=file.how.separator,
        respondent=ids[0].header if ids else None,
        group=groups[0].header if groups and not file.group_is else None,
        group_is=file.group_is or None,
        closed=tuple(
            ClosedQuestion(
                column.header, CLOSED_KINDS[column.role], *_range(column.role, column.minimum, column.maximum)
            )
            for column in file.columns_with(*CLOSED_KINDS)
        ),
    )


def _range(role: Role, minimum: float | None, maximum: float | None) -> tuple[float | None, float | None]:
    """The ends of a scale that has two; a scale of which only one value was seen has none."""
    if role is not Role.SCALE or minimum is None or maximum is None or minimum >= maximum:
        return None, None
    return minimum, maximum
