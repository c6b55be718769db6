"""A study that is being put together: files, speakers, columns, groups and codebook, until it is a study file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from qualcode.errors import ExportError, StudyFileError
from qualcode.files.study_file import Study, read_study, write_study
from qualcode.i18n import _, collapsed, folded
from qualcode.model.words import NOT_AN_ANSWER
from qualcode.project.draft_groups import NOT_RESPONDENTS, GroupRow, group_rows, spellings_by_group
from qualcode.project.draft_points import OpenPoint, Step, open_points
from qualcode.project.draft_sources import document_sources, survey_source
from qualcode.project.import_choices import Choices
from qualcode.project.import_preview import FileDraft
from qualcode.project.speaker_patterns import families, proposed_role

SpeakerKey = tuple[Path, str]
"""A file and a folded label: who one speaker is before the import."""


class CodebookFrom(StrEnum):
    """Where the template comes from."""

    NOTHING = ""
    SHIPPED = "shipped"  # copied beside the study file, so that it is the user's own from then on
    FILE = "file"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class SpeakerRow:
    """One line of the table of speakers: a label, or all labels that share a beginning.

    Attributes:
        keys: the speakers that it stands for.
        role: "moderator", "several", a group, "" for none; None if they differ.
        is_pattern: whether it stands for several labels.
        depth: 1 below a pattern.
        is_proposed: whether nobody has decided the role yet.
        spellings: other labels that are the same person.
    """

    keys: tuple[SpeakerKey, ...]
    label: str
    n_files: int
    n_turns: int
    n_words: int
    first_words: str
    role: str | None
    is_pattern: bool = False
    depth: int = 0
    is_proposed: bool = False
    spellings: tuple[str, ...] = ()


@dataclass(slots=True)
class StudyDraft:
    """What was decided so far.

    Attributes:
        study_path: where the study file goes.
        project_path: where the project goes.
        language: of names in tables.
        roles: of each speaker; one who is not there has none.
        group_names: the name under which a spelling counts, by its folded form; as the user decided.
        codebook: the file that is meant, for `SHIPPED` and `FILE`.
        codebook_is_wrong: whether that file was read and cannot be used.
        may_replace: whether files that stand in the places may be replaced.
        is_written: whether the study file that stands in its place is this one.
        remembered: what was decided for earlier files of the study.
        known_groups: that the project has into which the files come, in its order.
        names: of the speakers who count under another name than their label, since they are one person.
        same_people: whether equal labels in several transcripts are one person.
        not_an_answer: cells that answer nothing.
    """

    title: str = ""
    study_path: Path | None = None
    project_path: Path | None = None
    language: str = "nb"
    files: list[FileDraft] = field(default_factory=list)
    roles: dict[SpeakerKey, str] = field(default_factory=dict)
    group_names: dict[str, str] = field(default_factory=dict)
    codebook_from: CodebookFrom = CodebookFrom.NOTHING
    codebook: Path | None = None
    codebook_is_wrong: bool = False
    may_replace: bool = False
    is_written: bool = False
    remembered: Choices = field(default_factory=Choices)
    known_groups: tuple[str, ...] = ()
    names: dict[SpeakerKey, str] = field(default_factory=dict)
    same_people: bool = False
    not_an_answer: tuple[str, ...] = NOT_AN_ANSWER
    _named: set[SpeakerKey] = field(default_factory=set)
    _decided: set[SpeakerKey] = field(default_factory=set)

    # Files

    @property
    def transcripts(self) -> list[FileDraft]:
        """The transcripts that can be imported."""
        return [each for each in self.files if each.is_usable and each.is_transcript]

    @property
    def surveys(self) -> list[FileDraft]:
        """The surveys that can be imported."""
        return [each for each in self.files if each.is_usable and each.is_survey]

    def file(self, path: Path) -> FileDraft | None:
        """The file of that path."""
        return next((each for each in self.files if each.path == path), None)

    def put(self, *files: FileDraft) -> None:
        """Add files, or put them in place of those of their paths; roles are proposed where nobody has decided."""
        places = {file.path: number for number, file in enumerate(self.files)}
        for file in files:
            if file.path in places:
                self.files[places[file.path]] = file
            else:
                self.remembered.apply_to_columns(file)
                places[file.path] = len(self.files)
                self.files.append(file)
        self.propose()

    def remove(self, paths: Collection[Path]) -> None:
        """Leave files out; what was decided about their speakers is kept in case they come back."""
        self.files = [each for each in self.files if each.path not in paths]

    # Speakers

    def propose(self) -> None:
        """Give each speaker of whom nobody has decided the role that the labels and earlier choices speak for."""
        groups = list(dict.fromkeys([*self.remembered.groups, *self._survey_groups(), *self._decided_groups()]))
        found: dict[tuple[str, tuple[str, ...]], str] = {}  # many transcripts have the same labels
        for file in self.transcripts:
            labels = tuple(speaker.label for speaker in file.speakers)
            for label, key in ((speaker.label, (file.path, speaker.key)) for speaker in file.speakers):
                if key in self._decided:
                    continue
                if label and (label, labels) not in found:
                    known = self.remembered.role_of(label)
                    found[label, labels] = known or proposed_role(label, labels, groups)
                self.roles[key] = found.get((label, labels), "")
            for speaker in file.speakers:
                name = self.remembered.name_of(speaker.label)
                if (file.path, speaker.key) not in self._named and folded(name) != speaker.key:
                    self.names[file.path, speaker.key] = name

    def name_of(self, key: SpeakerKey) -> str:
        """The folded name under which a speaker counts."""
        return folded(self.names[key]) if key in self.names else key[1]

    def merge(self, keys: Sequence[SpeakerKey]) -> None:
        """Let labels be one person, under the label that has most turns and with its role."""
        facts = {(file.path, each.key): each for file in self.transcripts for each in file.speakers}
        known = [key for key in keys if key in facts and facts[key].label]
        if not known:
            return
        turns: Counter[str] = Counter()
        for key in known:
            turns[self.name_of(key)] += facts[key].n_turns
        first = max(known, key=lambda key: turns[self.name_of(key)])
        name = self.names.get(first, facts[first].label)
        for key in known:
            self._named.add(key)
            self.names.pop(key, None)
            if key[1] != folded(name):
                self.names[key] = name
        if self.roles.get(first):
            self.assign(known, self.roles[first])

    def rename(self, keys: Iterable[SpeakerKey], name: str) -> None:
        """Let labels count under another name; whoever has that name already is the same person then."""
        name = collapsed(name)
        for key in keys:
            self._named.add(key)
            self.names.pop(key, None)
            if name and key[1] and key[1] != folded(name):
                self.names[key] = name

    def part(self, keys: Iterable[SpeakerKey]) -> None:
        """Let labels that are one person be persons of their own again."""
        for key in keys:
            self.names.pop(key, None)
            self._named.add(key)

    def assign(self, keys: Iterable[SpeakerKey], role: str) -> None:
        """Give speakers a role: "moderator", "several", a group, or "" for none."""
        name = collapsed(role)
        if folded(name) in NOT_RESPONDENTS:
            name = folded(name)
        known = {folded(each): each for each in self.groups()}
        for key in keys:
            self.roles[key] = known.get(folded(name), name)
            self._decided.add(key)

    def speaker_rows(self, *, by_file: Path | None = None) -> list[SpeakerRow]:
        """All speakers: labels that begin alike below their pattern, the others by themselves.

        Args:
            by_file: only the speakers of one transcript.
        """
        members: dict[str, list[SpeakerKey]] = {}
        labels: dict[str, str] = {}
        facts = {}
        for file in self.transcripts:
            if by_file is not None and file.path != by_file:
                continue
            for speaker in file.speakers:
                key = (file.path, speaker.key)
                facts[key] = speaker
                members.setdefault(self.name_of(key), []).append(key)
                labels.setdefault(self.name_of(key), self.names.get(key, speaker.label))

        def row(label: str, keys: Sequence[SpeakerKey], *, is_pattern: bool = False, depth: int = 0) -> SpeakerRow:
            roles = {self.roles.get(key, "") for key in keys}
            spellings = {facts[key].key: facts[key].label for key in keys if facts[key].key != folded(label)}
            return SpeakerRow(
                tuple(keys),
                label,
                len({path for path, _label in keys}),
                sum(facts[key].n_turns for key in keys),
                sum(facts[key].n_words for key in keys),
                "" if is_pattern else facts[keys[0]].first_words,
                roles.pop() if len(roles) == 1 else None,
                is_pattern,
                depth,
                not any(key in self._decided for key in keys) and any(self.roles.get(key) for key in keys),
                () if is_pattern else tuple(spellings.values()),
            )

        rows: list[SpeakerRow] = []
        done: set[str] = set()
        shared = families(label for label in labels.values() if label)
        family_of = {folded(label): pattern for pattern, them in shared.items() for label in them}
        for name, keys in members.items():
            if name in done:
                continue
            pattern = family_of.get(name)
            if pattern is None:
                rows.append(row(labels[name], keys))
                continue
            inside = sorted((folded(label) for label in shared[pattern]), key=_natural)
            done.update(inside)
            rows.append(row(pattern, [each for one in inside for each in members[one]], is_pattern=True))
            rows.extend(row(labels[one], members[one], depth=1) for one in inside)
        return rows

    # Groups

    def groups(self) -> list[str]:
        """Every group under its name: those that the project has, in its order, then in the order of `group_rows`."""
        return list(dict.fromkeys([*self.known_groups, *(each.name for each in self.group_rows())]))

    def group_rows(self) -> list[GroupRow]:
        """Every spelling of a group among speakers and surveys, with the name under which it counts.

        Surveys' groups come first, the most common one before the others, then those that speakers were given, in that
        order: a group keeps its place while speakers are given groups one after the other.
        """
        return group_rows(self)

    def name_group(self, spelling: str, name: str) -> None:
        """Let a spelling count under a name; what counted under that spelling goes along."""
        name = collapsed(name) or collapsed(spelling)
        along = [folded(row.spelling) for row in self.group_rows() if folded(row.name) == folded(spelling)]
        for each in (*along, folded(spelling), folded(name)):
            self.group_names[each] = name

    def _survey_groups(self) -> list[str]:
        return [spelling for file in self.surveys for spelling, _n in file.group_values().most_common()]

    def _decided_groups(self) -> list[str]:
        roles = [self.roles[key] for key in self._decided if self.roles.get(key)]
        return [role for role in roles if role not in NOT_RESPONDENTS]

    # What comes of it

    def open_points(self, steps: Collection[Step] = tuple(Step)) -> list[OpenPoint]:
        """What is to be decided or known, step by step."""
        return open_points(self, steps)

    def study(self) -> Study:
        """The study as it is decided, with the codebook in its final place."""
        return Study(
            path=self.study_path or Path("study.yaml"),
            title=collapsed(self.title),
            codebook=self.codebook_place(),
            documents=tuple(document_sources(self.transcripts, self.roles, self.names, same_people=self.same_people)),
            surveys=tuple(survey_source(file) for file in self.surveys),
            groups=spellings_by_group(self),  # those with one spelling too: it is their order in the project
            not_an_answer=self.not_an_answer,
            language=self.language,
        )

    @property
    def has_codebook(self) -> bool:
        """Whether it is said where the template comes from."""
        needs_file = self.codebook_from in (CodebookFrom.SHIPPED, CodebookFrom.FILE)
        return self.codebook_from is CodebookFrom.EMPTY or (needs_file and self.codebook is not None)

    def codebook_place(self) -> Path:
        """Where the codebook of the study lies in the end."""
        folder = (self.study_path or Path("study.yaml")).parent
        if self.codebook_from is CodebookFrom.EMPTY:
            return _free_place(folder / "codebook.yaml", _empty_codebook(self.title))
        if self.codebook is None:
            return folder / "codebook.yaml"
        if self.codebook_from is CodebookFrom.SHIPPED:
            return _free_place(folder / self.codebook.name, self.codebook.read_bytes())
        return self.codebook

    def write(self) -> Study:
        """Write the study file, and the codebook where it is new; returns the study as it is read again.

        Raises:
            QualcodeError: something is not decided yet, a file cannot be written, or may not be replaced.
        """
        stopping = [point for point in self.open_points() if point.stops]
        if stopping or self.study_path is None:
            first = stopping[0] if stopping else OpenPoint(Step.STUDY, _("The study has no title yet."))
            raise StudyFileError(first.what, hint=first.hint)
        study = self.study()
        content = b""
        if self.codebook_from is CodebookFrom.EMPTY:
            content = _empty_codebook(self.title)
        elif self.codebook_from is CodebookFrom.SHIPPED and self.codebook is not None:
            content = self.codebook.read_bytes()
        if content:
            try:
                study.codebook.write_bytes(content)
            except OSError as error:
                raise ExportError(
                    _("{file} cannot be written.").format(file=study.codebook.name), hint=_("Choose another place.")
                ) from error
        write_study(study, self.study_path)
        self.is_written = True
        return read_study(self.study_path)

    def choices(self) -> Choices:
        """What is worth remembering for the next files of the study."""
        return Choices.of_study(replace(self.study(), codebook=Path()))


def name_of_file(title: str) -> str:
    """A file name that a title makes on every system, without ending."""
    name = re.sub(r"[^\w\- ]+", " ", collapsed(title)).strip()
    return collapsed(name)[:60].rstrip(" .") or _("study")


def _natural(label: str) -> list[tuple[int, str]]:
    """Orders "a 2" before "a 10"."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d{1,9}|[^\d]+", label)]


def _free_place(path: Path, content: bytes) -> Path:
    """A place that is free, or holds the same already."""
    number, place = 2, path
    while place.exists() and not (place.is_file() and place.read_bytes() == content):
        place = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return place


def _empty_codebook(title: str) -> bytes:
    from qualcode.files.yaml_writing import entry_lines

    key = re.sub(r"[^a-z0-9]+", "_", folded(title).translate(_ASCII)).strip("_") or "codebook"
    lines = entry_lines("key", key, 0) + entry_lines("title", collapsed(title), 0) + "version: 1\ncodes: []\n"
    return lines.encode()


_ASCII: Mapping[int, str] = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "ö": "o", "ä": "a", "ü": "u"})
