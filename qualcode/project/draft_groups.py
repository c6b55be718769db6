"""The groups of a study that is being put together: their spellings, and the names under which they count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.i18n import folded
from qualcode.model.document import SpeakerRole
from qualcode.project.speaker_patterns import same_group

if TYPE_CHECKING:
    from qualcode.project.study_draft import StudyDraft

NOT_RESPONDENTS = (SpeakerRole.MODERATOR.value, SpeakerRole.SEVERAL.value)


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A spelling of a group, and the name under which it counts.

    Attributes:
        spelling: as it is most often written.
        others: the same with other capitals or spaces.
        n_speakers: speakers that were given it.
        n_rows: rows of surveys that have it.
        is_proposed: whether the name differs from the spelling, and nobody has decided it yet.
    """

    spelling: str
    n_speakers: int
    n_rows: int
    name: str
    is_proposed: bool = False
    others: tuple[str, ...] = ()


def group_rows(draft: StudyDraft) -> list[GroupRow]:
    """Every spelling of a group, as `StudyDraft.group_rows` says."""
    speakers: Counter[str] = Counter()
    for file in draft.transcripts:
        for speaker in file.speakers:
            role = draft.roles.get((file.path, speaker.key), "")
            if role and role not in NOT_RESPONDENTS:
                speakers[role] += 1
    in_rows: Counter[str] = Counter()
    for file in draft.surveys:
        in_rows.update(file.group_values())
    written: dict[str, list[str]] = {}
    found = dict.fromkeys([each for each, _n in in_rows.most_common()] + list(draft.roles.values()))
    places = {folded(each): place for place, each in reversed(list(enumerate(found)))}
    spellings_found = [each for each in found if each in speakers or each in in_rows]
    for spelling in sorted(spellings_found, key=lambda each: -speakers[each] - in_rows[each]):
        written.setdefault(folded(spelling), []).append(spelling)
    rows = []
    names: list[str] = []
    for key, spellings in written.items():
        first, *others = spellings
        decided = draft.group_names.get(key) or draft.remembered.group_of(first)
        name = decided or same_group(first, names) or first
        if name not in names:
            names.append(name)
        n_speakers, n_rows = sum(speakers[each] for each in spellings), sum(in_rows[each] for each in spellings)
        rows.append(GroupRow(first, n_speakers, n_rows, name, decided is None and name != first, tuple(others)))
    return sorted(rows, key=lambda row: places[folded(row.spelling)])


def spellings_by_group(draft: StudyDraft) -> dict[str, tuple[str, ...]]:
    """The other spellings of each group in use, in the order of the groups, as a study file lists them."""
    rows = draft.group_rows()
    found: dict[str, tuple[str, ...]] = {}
    for name in (each for each in draft.groups() if any(row.name == each for row in rows)):
        spellings = [each for row in rows if row.name == name for each in (row.spelling, *row.others)]
        found[name] = tuple(each for each in spellings if each != name)
    return found
