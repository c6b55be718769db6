"""The part of the material that a filter and a grouping ask for, ready to be counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.counts import Crossed, Grouping
from qualcode.analysis.filtering import FIELDS, Condition, Filter
from qualcode.analysis.units import Counted
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, folded
from qualcode.model.case import NO_GROUP
from qualcode.model.codebook import Codebook
from qualcode.model.suggestion import Status
from qualcode.store.coding_table import NOBODY, ORIGINS, STATUSES, Material

Mask = NDArray[np.bool_]
CODING_FIELDS = ("code", "coder", "origin")
"""Fields that a coding has, not what was said."""

ROW_FIELDS = ("session", "document", "question")
"""Fields that a place in the material has, not a respondent."""

TWO = "+"
"""Between the names of two groupings at once."""


class Selection:
    """One material under one filter.

    Args:
        everything: the project's material.
        codebook: needed for filters by code, which take in all codes below.
        where: the filter.

    Raises:
        AnalysisError: the filter names a field or a value that does not exist.
    """

    def __init__(self, everything: Material, codebook: Codebook, where: Filter) -> None:
        self.everything = everything
        self._codebook = codebook
        self._where = [[(each, *self._resolved(each)) for each in clause] for clause in where.clauses]
        self._utterances = self._kept(everything.utterances)
        self.codings = self._kept(everything.codings)
        self.suggestions = self._kept(everything.suggestions)
        self.said = self._utterances[self._utterances["counts"] == 1]

    @property
    def pending(self) -> pd.DataFrame:
        """The suggestions that wait for a decision."""
        return self.suggestions[self.suggestions["status"] == STATUSES.index(Status.SUGGESTED)]

    def counted(self, grouping: Grouping, sentences: pd.DataFrame | None = None) -> Counted:
        """What `analysis.counts.theme_table` counts."""
        return Counted(self.said, self.codings, self.pending, self._members(grouping), sentences)

    def places(self) -> set[tuple[int, int]]:
        """(document, start) of the turns and answers in this part.

        A condition on codings is about those on the turn: `code=x; coder=Kari` asks for one that is both, `code!=x`
        for a turn without any.
        """
        rows, codings = self.everything.utterances, self.everything.codings
        on_one = np.ones(len(codings), dtype=bool)
        mask = np.ones(len(rows), dtype=bool)
        has_joint = False
        for clause in self._where:
            if all(each.field in CODING_FIELDS and each.wanted for each, _column, _values in clause):
                on_one &= np.any([np.isin(codings[column].to_numpy(), values) for _e, column, values in clause], axis=0)
                has_joint = True
                continue
            mask &= np.any([self._holds(each, column, values) for each, column, values in clause], axis=0)
        if has_joint:
            mask &= np.isin(rows.index.to_numpy(), codings["utterance"].to_numpy()[on_one])
        kept = rows[mask]
        return set(zip(kept["document"].tolist(), kept["start"].tolist(), strict=True))

    def _holds(self, condition: Condition, column: str, values: list[int]) -> Mask:
        """For which utterances a condition holds."""
        rows, codings = self.everything.utterances, self.everything.codings
        if condition.field in CODING_FIELDS:
            coded = codings["utterance"].to_numpy()[np.isin(codings[column].to_numpy(), values)]
            found = np.isin(rows.index.to_numpy(), coded)
        else:
            found = np.isin(rows[column].to_numpy(), values)
        return found if condition.wanted else ~found

    def documents_of_moderators(self) -> set[int]:
        """Documents whose moderators are in this part: none where it is about respondents or codings."""
        if any(condition.field not in ROW_FIELDS for clause in self._where for condition, *_rest in clause):
            return set()
        return set(self._utterances["document"].tolist())

    # -- groupings ----------------------------------------------------------------------------------------------------

    def grouping(self, by: str) -> Grouping:
        """Groups by respondent group, attribute, session, document or question, or by two of these: `group+Region`.

        Raises:
            AnalysisError: there is nothing of that name to group by.
        """
        material = self.everything
        if TWO in by and not any(folded(by) == folded(each) for each in dict.fromkeys(material.attributes["name"])):
            return self._crossed(by)
        if by == "group":
            order = {group: position for position, group in enumerate(material.groups)}
            of_case = zip(material.cases["case"], material.cases["group"], strict=True)
            return Grouping(
                tuple(material.groups.values()),
                "case",
                {case: order[group] for case, group in of_case if group != NOBODY},
            )
        if by in ROW_FIELDS:
            names = self._row_names(by)
            present = set(self._utterances[by])
            shown = [value for value in names if value in present]
            return Grouping(
                tuple(names[value] for value in shown), by, {value: number for number, value in enumerate(shown)}
            )
        values = self._attribute(by, ("group", *ROW_FIELDS))
        names_in_order = sorted(set(values.values()), key=_natural)
        return Grouping(
            tuple(names_in_order), "case", {case: names_in_order.index(value) for case, value in values.items()}
        )

    def _crossed(self, by: str) -> Crossed:
        """Groups by two at once, in the order of the first and then of the second."""
        names = [each.strip() for each in by.split(TWO)]
        if len(names) != 2 or not all(names):
            raise AnalysisError(
                _("{by!r} does not name two things to group by.").format(by=by),
                hint=_("Write two of them with + between, for instance group+Region."),
            )
        first, second = (self.grouping(each) for each in names)
        columns = ["case", *ROW_FIELDS]
        places = [self.everything.utterances[columns], self._asked_places()[columns]]
        if first.column == second.column == "case":
            places = [self.everything.cases[["case"]]]
        cells = np.unique(np.concatenate([Crossed.cells(each, first, second) for each in places]))
        cells = cells[cells >= 0]
        shown = [divmod(cell, len(second.names)) for cell in cells.tolist()]
        return Crossed(
            tuple(f"{first.names[a]} × {second.names[b]}" for a, b in shown),
            second.column if first.column == "case" else first.column,
            {cell: number for number, cell in enumerate(cells.tolist())},
            first,
            second,
        )

    def _members(self, grouping: Grouping) -> pd.DataFrame:
        """Who could have been counted: all respondents, or those who were in the places that are asked for."""
        by_place = grouping.column != "case" or self._is_by_place
        if not by_place:
            return self._kept(self.everything.cases)[["case"]]
        columns = ["case", "session", "document", "question"]
        places = pd.concat([self.everything.utterances[columns], self._asked_places()[columns]], ignore_index=True)
        kept = self._kept(places)
        columns = list(dict.fromkeys(["case", *grouping.columns]))
        return kept.loc[kept["case"] != NOBODY, columns].drop_duplicates()

    def _asked_places(self) -> pd.DataFrame:
        """A row for each respondent and question that the respondent was asked, answered or not."""
        places = self.everything.cases[["case", "survey"]].merge(self.everything.asked, on="survey")
        # Without any survey the table is empty and knows no type of its columns.
        return places.assign(session=NOBODY, document=NOBODY).astype({"case": "int64", "question": "int64"})

    # -- conditions ---------------------------------------------------------------------------------------------------

    @property
    def _is_by_place(self) -> bool:
        return any(condition.field in ROW_FIELDS for clause in self._where for condition, *_rest in clause)

    def _kept(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows for which each clause holds; one that a table cannot judge, for want of a column, leaves all."""
        mask = np.ones(len(table), dtype=bool)
        for clause in self._where:
            if all(column in table.columns for _condition, column, _values in clause):
                mask &= np.any(
                    [np.isin(table[column].to_numpy(), values) == each.wanted for each, column, values in clause],
                    axis=0,
                )
        return table[mask]

    def _resolved(self, condition: Condition) -> tuple[str, list[int]]:
        """The column that decides a condition, and the values that are named."""
        material = self.everything
        match condition.field:
            case "group":
                wanted = set(self._looked_up({**material.groups, NOBODY: NO_GROUP}, condition))
                inside = material.cases["group"].isin(wanted)
                nobody = [NOBODY] if NOBODY in wanted else []
                return "case", [*material.cases["case"][inside], *nobody]
            case "respondent":
                return "case", self._respondents_named(condition)
            case "session" | "document" | "question" as field:
                return field, self._looked_up(self._row_names(field), condition)
            case "coder":
                return "coder", self._looked_up(material.coders, condition)
            case "origin":
                return "origin", self._looked_up(dict(enumerate(ORIGINS)), condition)
            case "code":
                return "code", self._codes_named(condition)
        values = self._attribute(condition.field)
        return "case", [
            case for case, value in values.items() if folded(value) in {folded(each) for each in condition.values}
        ]

    def _respondents_named(self, condition: Condition) -> list[int]:
        """Respondents by key, or by the id or label in the source, which several may have."""
        cases = self.everything.cases
        found: list[int] = []
        for value in condition.values:
            named = [
                case for case, key in zip(cases["case"], cases["key"], strict=True) if folded(key) == folded(value)
            ]
            if not named:
                idents = zip(cases["case"], cases["ident"], strict=True)
                named = [case for case, ident in idents if folded(ident) == folded(value)]
            if not named:
                raise AnalysisError(
                    _("There is no respondent {value!r}.").format(value=value), hint=did_you_mean(value, cases["key"])
                )
            found.extend(named)
        return found

    def _codes_named(self, condition: Condition) -> list[int]:
        ids = {code.key: code.id for code in self._codebook.codes}
        found: list[int] = []
        for key in condition.values:
            if key not in ids:
                raise AnalysisError(_("There is no code {key!r}.").format(key=key), hint=did_you_mean(key, ids))
            found.extend(ids[each] for each in self._codebook.subtree(key))
        return found

    def _row_names(self, field: str) -> dict[int, str]:
        material = self.everything
        return {"session": material.sessions, "document": material.documents, "question": material.questions}[field]

    def _looked_up(self, names: Mapping[int, str], condition: Condition) -> list[int]:
        numbers = {folded(name): number for number, name in names.items()}
        found: list[int] = []
        for value in condition.values:
            if folded(value) not in numbers:
                raise AnalysisError(
                    _("There is no {field} {value!r}.").format(field=condition.field, value=value),
                    hint=did_you_mean(value, names.values()),
                )
            found.append(numbers[folded(value)])
        return found

    def _attribute(self, name: str, usable: Sequence[str] = FIELDS) -> dict[int, str]:
        """The value of an attribute by respondent; values that differ only in case or white space are one.

        Args:
            name: of the attribute.
            usable: what else could have been named here.
        """
        attributes = self.everything.attributes
        known = list(dict.fromkeys(attributes["name"]))
        actual = next((each for each in known if folded(each) == folded(name)), None)
        if actual is None:
            raise AnalysisError(
                _("There is nothing called {name!r} to group or filter by.").format(name=name),
                hint=did_you_mean(name, [*usable, *known]),
            )
        rows = attributes[attributes["name"] == actual]
        first_spelling: dict[str, str] = {}
        return {
            case: first_spelling.setdefault(folded(value), value)
            for case, value in zip(rows["case"], rows["value"], strict=True)
        }


def _natural(value: str) -> tuple[int, float, str]:
    """Numbers by size, then words by letter."""
    try:
        return 0, float(value.replace(",", ".")), value
    except ValueError:
        return 1, 0.0, folded(value)


def sentence_table(texts: Iterable[tuple[int, str]], said: pd.DataFrame) -> pd.DataFrame:
    """The sentences of all that was said: `utterance, start, end`, in order of utterance and start."""
    from qualcode.model.sentences import sentence_spans

    by_document: dict[int, list[tuple[int, int, int]]] = {}
    for utterance, document, start, end in zip(said.index, said["document"], said["start"], said["end"], strict=True):
        by_document.setdefault(document, []).append((utterance, start, end))
    rows = [
        (utterance, first, last)
        for document, text in texts
        for utterance, start, end in by_document.get(document, ())
        for first, last in sentence_spans(text, start, end)
    ]
    return pd.DataFrame(rows, columns=["utterance", "start", "end"]).sort_values(["utterance", "start"])
