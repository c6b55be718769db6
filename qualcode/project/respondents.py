"""Whom the study is about: respondents, their groups and attributes, and who stands behind which label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qualcode.errors import StoreError
from qualcode.i18n import _, collapsed, did_you_mean, folded
from qualcode.model.case import ALL_GROUPS, NO_GROUP, Case
from qualcode.model.document import SpeakerRole
from qualcode.model.progress import Pieces, to_the_end
from qualcode.store import cases, respondents, settings
from qualcode.store.respondents import Spoken

if TYPE_CHECKING:
    from qualcode.project.attribute_sheet import SheetMatch
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class Respondent:
    """A respondent with what the tables count of them.

    Attributes:
        session: where they spoke; several with `; ` between them, "" for a survey.
        source: file (and sheet) that they come from.
        answered: whether an answer of theirs counts; `spoke` is about a transcript.
    """

    id: int
    key: str
    ident: str
    group: str
    session: str
    source: str
    words: int
    answered: bool
    spoke: bool
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def answers(self) -> bool:
        """Whether they are in the N of the tables."""
        return self.answered or self.spoke


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the project.

    Attributes:
        others: labels that count as nobody's: moderators, several at once, turns that name nobody.
    """

    respondents: Sequence[Respondent]
    others: Sequence[Spoken]

    def sizes(self) -> dict[str, int]:
        """How many answer in each group: the N of the tables."""
        return dict(Counter(each.group for each in self.respondents if each.answers))


T = TypeVar("T")

_TABLES = frozenset({"case", "attribute", "respondent_group"})
_PIECE = 500
"""Respondents that are changed at once where it is done in pieces."""


class RespondentActions:
    """What can be asked of and done to the respondents of a project."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def all(self) -> list[Case]:
        """All respondents with their attributes, in the order of import."""
        return list(self._project.known("respondents", _TABLES, lambda: cases.all_cases(self._project.db)))

    def some(self, ids: Sequence[int]) -> list[Case]:
        """A few respondents with their attributes, in the order of import."""
        return cases.all_cases(self._project.db, ids)

    def groups(self) -> list[str]:
        """The groups in the order of the study; NO_GROUP last, if somebody belongs to none."""
        names = list(cases.group_names(self._project.db).values())
        if cases.is_without_group(self._project.db):
            names.append(NO_GROUP)
        return names

    def attribute_names(self) -> list[str]:
        """What else is known of respondents and can group a table."""
        return list(self._project.known("attributes", _TABLES, lambda: cases.attribute_names(self._project.db)))

    def closed_questions(self) -> list[str]:
        """The attributes that respondents answered themselves, in a survey."""
        return [str(each["column"]) for each in settings.read(self._project.db, "closed_questions", [])]

    def people(self) -> People:
        """Everybody, with what the tables count of them."""
        table = self._project.exports.respondents_table()
        known = {case.key: case for case in self.all()}
        rows = [
            Respondent(
                id=known[row["respondent_key"]].id,
                key=row["respondent_key"],
                ident=row["respondent"],
                group=row["group"],
                session=row["session"],
                source=row["source"],
                words=int(row["words"]),
                answered=bool(row["answered"]),
                spoke=bool(row["spoke"]),
                attributes=known[row["respondent_key"]].attributes,
            )
            for row in table.to_dict("records")
        ]
        return People(rows, respondents.spoken(self._project.db, only_without_case=True))

    # -- changes ------------------------------------------------------------------------------------------------------

    def merge(self, source_ids: Collection[int], target_id: int) -> None:
        """Make several respondents one: what they said is the target's, and they are gone.

        What both have noted stays as the target has it.

        Raises:
            StoreError: a respondent does not exist, or nobody is left to be merged.
        """
        sources = [each for each in dict.fromkeys(source_ids) if each != target_id]
        self._known([*sources, target_id])
        if not sources:
            raise StoreError(_("A respondent cannot be merged with nobody."), hint=_("Choose two respondents or more."))
        with self._project.step(_("Merge respondents")):
            groups = respondents.group_ids(self._project.db, sources)
            for source_id in sources:
                respondents.merge(self._project.db, source_id, target_id)
            respondents.remove_empty_groups(self._project.db, groups)

    def move(self, case_ids: Collection[int], group: str) -> None:
        """Put respondents into a group, which is made if it is new; NO_GROUP or "" for none.

        A group that nobody belongs to afterwards is gone.

        Raises:
            StoreError: the group has a name that tables use for everybody.
        """
        to_the_end(self.moving(case_ids, group))

    def moving(self, case_ids: Collection[int], group: str) -> Pieces[None]:
        """Do what `move` does piece by piece; closed before its end, it leaves everything as it was."""
        yield from self._project.step_in_pieces(_("Move respondents"), self._moving(list(case_ids), group))

    def _moving(self, case_ids: Sequence[int], group: str) -> Pieces[None]:
        db = self._project.db
        group_id = cases.group_id(db, collapsed(group))
        left: set[int] = set()
        for done, some in _pieces_of(case_ids):
            yield done, len(case_ids)
            self._known(some)
            left |= respondents.group_ids(db, some)
            respondents.set_group(db, some, group_id)
        respondents.remove_empty_groups(db, left)

    def rename(self, case_id: int, ident: str) -> None:
        """Give a respondent another label; the key, which tables name them by, stays.

        Raises:
            StoreError: the label is blank.
        """
        before = self._known([case_id])[case_id]
        ident = collapsed(ident)
        if not ident:
            raise StoreError(_("A respondent needs a label."), hint=_("Type one."))
        if ident != before:
            with self._project.step(_("Rename respondent")):
                respondents.rename(self._project.db, case_id, ident)

    def rename_group(self, name: str, new_name: str) -> None:
        """Give a group another name.

        Raises:
            StoreError: there is no such group, or another one has that name.
        """
        db, new_name = self._project.db, collapsed(new_name)
        ids = {folded(known): group_id for group_id, known in cases.group_names(db).items()}
        if folded(name) not in ids:
            raise StoreError(
                _("There is no group {name!r}.").format(name=name),
                hint=did_you_mean(name, cases.group_names(db).values()),
            )
        taken = ids.get(folded(new_name), ids[folded(name)]) != ids[folded(name)]
        if not new_name or taken or folded(new_name) in (folded(NO_GROUP), folded(ALL_GROUPS)):
            raise StoreError(
                _("A group cannot be called {name!r}.").format(name=new_name),
                hint=_("Choose a name that no other group has. To make two groups one, move the respondents."),
            )
        with self._project.step(_("Rename group")):
            respondents.rename_group(db, ids[folded(name)], new_name)

    def mark(self, case_ids: Collection[int], role: SpeakerRole) -> None:
        """Let respondents count as moderators (nowhere), or as several people at once (speech of nobody).

        Raises:
            StoreError: one of them answered a survey.
        """
        self._known(case_ids)
        answering = respondents.with_answers(self._project.db, case_ids)
        if answering:
            raise StoreError(
                _("A respondent of a survey cannot be a moderator or several people."),
                hint=_("Leave the rows of the survey out."),
            )
        with self._project.step(_("Mark as moderator") if role is SpeakerRole.MODERATOR else _("Mark as several")):
            groups = respondents.group_ids(self._project.db, case_ids)
            respondents.set_role(self._project.db, case_ids, role)
            respondents.remove_empty_groups(self._project.db, groups)

    def mark_others(self, speaker_ids: Collection[int], role: SpeakerRole, group: str = NO_GROUP) -> None:
        """Let labels that count as nobody's count otherwise; as respondents, one for each label and session.

        Args:
            speaker_ids: of `People.others`.
            role: what they are.
            group: of the new respondents.
        """
        db = self._project.db
        chosen = [each for each in respondents.spoken(db, only_without_case=True) if each.id in set(speaker_ids)]
        if not chosen:
            return
        with self._project.step(_("Change who speaks")):
            if role is not SpeakerRole.RESPONDENT:
                respondents.set_respondent(db, [each.id for each in chosen], role, None)
                return
            alike: dict[tuple[str, str], list[Spoken]] = {}
            for each in chosen:
                alike.setdefault((each.session or each.document, folded(each.label or each.document)), []).append(each)
            group_id = cases.group_id(db, collapsed(group))
            for (place, _label), labels in alike.items():
                shown = collapsed(labels[0].label or labels[0].document)
                row = (f"{place}:{shown}", shown, group_id, None, labels[0].document)
                case_id = cases.add_cases(db, [row], [{}])[0]
                respondents.set_respondent(db, [each.id for each in labels], role, case_id)

    def set_attribute(self, case_ids: Collection[int], name: str, value: str) -> None:
        """Set an attribute of respondents; a blank value takes it away.

        Raises:
            StoreError: the attribute has no name, or respondents answered it themselves.
        """
        to_the_end(self.setting_attribute(case_ids, name, value))

    def setting_attribute(self, case_ids: Collection[int], name: str, value: str) -> Pieces[None]:
        """Do what `set_attribute` does piece by piece; closed before its end, it leaves everything as it was."""
        facts = {self._attribute_named(name): collapsed(value)}
        self._known(case_ids)
        rows = [(each, facts) for each in case_ids]
        yield from self._project.step_in_pieces(_("Set attribute"), self._setting(rows))

    def _setting(self, rows: Sequence[tuple[int, Mapping[str, str]]]) -> Pieces[None]:
        for done, some in _pieces_of(rows):
            yield done, len(rows)
            facts = [(case_id, name, value) for case_id, facts in some for name, value in facts.items()]
            respondents.set_attributes(self._project.db, facts)

    def remove_attribute(self, name: str) -> None:
        """Take an attribute away from everybody."""
        with self._project.step(_("Remove attribute")):
            respondents.remove_attribute(self._project.db, self._attribute_named(name))

    # -- attribute sheets ---------------------------------------------------------------------------------------------

    def match_sheet(self, path: Path, *, sheet: str | None = None, ident: str = "", group: str = "") -> SheetMatch:
        """What a sheet of attributes would change; nothing is changed.

        Args:
            path: .xlsx, .ods, .csv and the like, a row a respondent.
            sheet: of a workbook; the only one with data if None.
            ident: the column that names respondents by key or label; found out if "".
            group: the column that holds their group; none if "".

        Raises:
            ImportingError: the file cannot be read, or a column is not in it.
        """
        from qualcode.project.attribute_sheet import match_sheet

        places: dict[int, set[str]] = {}
        for each in respondents.spoken(self._project.db):
            if each.case_id is not None:
                places.setdefault(each.case_id, set()).update((each.session, each.document))
        fixed = self.closed_questions()
        return match_sheet(self.all(), path, sheet=sheet, ident=ident, group=group, fixed=fixed, places=places)

    def import_sheet(self, match: SheetMatch) -> None:
        """Write what `match_sheet` found, for the rows that belong to one respondent; blank cells change nothing."""
        to_the_end(self.importing_sheet(match))

    def importing_sheet(self, match: SheetMatch) -> Pieces[None]:
        """Do what `import_sheet` does piece by piece; closed before its end, it leaves everything as it was."""
        yield from self._project.step_in_pieces(_("Import attributes"), self._importing_sheet(match))

    def _importing_sheet(self, match: SheetMatch) -> Pieces[None]:
        yield from self._setting([(each.case_id, each.facts) for each in match.matched])
        by_group: dict[str, list[int]] = {}
        for each in match.matched:
            if each.group:
                by_group.setdefault(each.group, []).append(each.case_id)
        for group, members in by_group.items():
            yield from self._moving(members, group)

    def _known(self, case_ids: Collection[int]) -> dict[int, str]:
        """The labels of respondents, who must be there."""
        known = respondents.idents(self._project.db, case_ids)
        if any(each not in known for each in case_ids):
            raise StoreError(_("A respondent is not there any more."), hint=_("Look at the list again."))
        return known

    def _attribute_named(self, name: str) -> str:
        """The name as it is written already, if there is such an attribute."""
        name = collapsed(name)
        if not name:
            raise StoreError(_("An attribute needs a name."), hint=_("Type one."))
        known = next((each for each in self.attribute_names() if folded(each) == folded(name)), name)
        if known in self.closed_questions():
            raise StoreError(
                _("{name!r} is a question that respondents answered; it cannot be changed here.").format(name=known),
                hint=_("Use another name."),
            )
        return known


def _pieces_of(rows: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    """Some rows at a time, after how many lie before them."""
    return ((first, rows[first : first + _PIECE]) for first in range(0, len(rows), _PIECE))
