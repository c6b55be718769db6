"""Tables that leave the program: codings, suggestions and respondents, one row each."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualcode import __version__
from qualcode.analysis.filtering import Filter
from qualcode.i18n import _
from qualcode.model.case import NO_GROUP
from qualcode.model.segment import Unit
from qualcode.project.selection import Selection
from qualcode.store import documents, suggestions
from qualcode.store.coding_table import NOBODY, ORIGINS, STATUSES

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.coding_table import Material

EVERYTHING = Filter()

CODING_COLUMNS = (
    "segment_id",
    "document",
    "respondent",
    "respondent_key",
    "group",
    "session",
    "question",
    "start",
    "end",
    "text",
    "code",
    "coder",
    "origin",
    "rule",
    "evidence",
    "score",
    "unit",
    "unit_start",
    "unit_end",
    "language",
)
RESPONDENT_COLUMNS = (
    "respondent_key",
    "respondent",
    "group",
    "session",
    "source",
    "asked",
    "answered",
    "spoke",
    "words",
    "units",
)


class Exports:
    """What a project holds, row by row, in the columns that docs/methods.md lists."""

    def __init__(self, project: Project) -> None:
        self._project = project

    @property
    def _material(self) -> Material:
        return self._project.reports.material()

    def codings_table(self, *, where: Filter = EVERYTHING, unit: Unit | None = None) -> pd.DataFrame:
        """One row for each segment and respondent, in the columns of `codings.csv`."""
        codings = Selection(self._material, self._project.codebook.current(), where).codings
        table = self._exported(codings, unit or self._project.settings.unit)
        coders = self._material.coders
        table["coder"] = [coders[coder] for coder in table.pop("_coder")]
        table["origin"] = [ORIGINS[origin].value for origin in table.pop("_origin")]
        why = suggestions.reasons(self._project.db)
        reasons = [why.get(suggestion, ("", "", None)) for suggestion in table.pop("_suggestion")]
        return self._with_reasons(table, reasons)[list(CODING_COLUMNS)]

    def suggestions_table(self, *, where: Filter = EVERYTHING, unit: Unit | None = None) -> pd.DataFrame:
        """One row for each suggestion and respondent: the columns of `codings.csv` and `status`."""
        proposed = Selection(self._material, self._project.codebook.current(), where).suggestions
        table = self._exported(proposed, unit or self._project.settings.unit)
        table["coder"] = ""
        table["origin"] = "rule"
        table["status"] = [STATUSES[status].value for status in table.pop("_status")]
        why = suggestions.reasons(self._project.db)
        reasons = [why[suggestion] for suggestion in table["segment_id"]]
        return self._with_reasons(table, reasons)[[*CODING_COLUMNS, "status"]]

    def _with_reasons(self, table: pd.DataFrame, reasons: Sequence[tuple[str, str, float | None]]) -> pd.DataFrame:
        table["rule"] = [rule for rule, _evidence, _score in reasons]
        table["evidence"] = [evidence for _rule, evidence, _score in reasons]
        table["score"] = [score for _rule, _evidence, score in reasons]
        return table

    def _exported(self, spans: pd.DataFrame, unit: Unit) -> pd.DataFrame:
        """Rows of a material's codings or suggestions with names for numbers; one row a segment and respondent."""
        material = self._material
        starts, ends = self._unit_spans(spans, unit)
        spans = spans.assign(unit_start=starts, unit_end=ends)
        together = spans.groupby(["segment", "case"], sort=False)
        rows = together.first()
        rows["unit_start"], rows["unit_end"] = together["unit_start"].min(), together["unit_end"].max()
        rows = rows.reset_index().sort_values(["document", "start", "end", "segment", "case"], ignore_index=True)
        cases = material.cases.set_index("case")
        ident, key, group = (dict(cases[name]) for name in ("ident", "key", "group"))
        texts = dict(documents.contents(self._project.db, sorted(set(rows["document"]))))
        languages = documents.languages(self._project.db)
        places = list(zip(rows["document"], rows["start"], rows["end"], strict=True))
        table = pd.DataFrame(
            {
                "segment_id": rows["segment"],
                "document": [material.documents[document] for document in rows["document"]],
                "respondent": [ident.get(case, "") for case in rows["case"]],
                "respondent_key": [key.get(case, "") for case in rows["case"]],
                "group": [material.groups.get(group.get(case, NOBODY), NO_GROUP) for case in rows["case"]],
                "session": [material.sessions.get(session, "") for session in rows["session"]],
                "question": [material.questions.get(question, "") for question in rows["question"]],
                "start": rows["start"],
                "end": rows["end"],
                "text": [texts[document][start:end] for document, start, end in places],
                "code": [material.codes[code] for code in rows["code"]],
                "unit": unit.value,
                "unit_start": rows["unit_start"].astype("Int64"),
                "unit_end": rows["unit_end"].astype("Int64"),
                "language": [languages[document] for document in rows["document"]],
            }
        )
        for column in ("coder", "origin", "suggestion", "status"):
            if column in rows:
                table[f"_{column}"] = rows[column]
        return table

    def _unit_spans(self, spans: pd.DataFrame, unit: Unit) -> tuple[pd.Series, pd.Series]:
        """From where to where the units reach that each row touches; nothing for respondents and sessions."""
        said = self._material.utterances
        if unit == Unit.SEGMENT:
            return spans["start"], spans["end"]
        if unit in (Unit.TURN, Unit.ANSWER):
            utterance = spans["utterance"].to_numpy()
            starts = pd.Series(said["start"].to_numpy()[utterance], spans.index, dtype="Int64")
            ends = pd.Series(said["end"].to_numpy()[utterance], spans.index, dtype="Int64")
            lies_in_one = (spans["question"] != NOBODY) | (unit == Unit.TURN)  # speech is no answer
            return starts.where(lies_in_one), ends.where(lies_in_one)
        if unit == Unit.SENTENCE:
            return self._sentence_reach(spans, said)
        nothing = pd.Series(pd.NA, spans.index, dtype="Int64")
        return nothing, nothing

    def _sentence_reach(self, spans: pd.DataFrame, said: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
        sentences = self._project.reports.sentences(said.loc[sorted(set(spans["utterance"]))])
        place = sentences["utterance"].to_numpy() << 32
        firsts, lasts = sentences["start"].to_numpy(), sentences["end"].to_numpy()
        base = spans["utterance"].to_numpy() << 32
        first = np.searchsorted(place + lasts, base + spans["start"].to_numpy(), side="right")
        last = np.searchsorted(place + firsts, base + spans["end"].to_numpy(), side="left") - 1
        found = first <= last
        starts = np.where(found, firsts[np.minimum(first, len(firsts) - 1)], spans["start"])
        ends = np.where(found, lasts[np.maximum(last, 0)], spans["end"])
        return pd.Series(starts, spans.index), pd.Series(ends, spans.index)

    def respondents_table(self) -> pd.DataFrame:
        """One row a respondent, in the columns of `respondents.csv`; `asked`, `answered` and `spoke` are 1 or 0."""
        material = self._material
        said = material.utterances[material.utterances["counts"] == 1]
        own = said[said["case"] != NOBODY]
        answers = own[own["question"] != NOBODY]
        speech = own[own["question"] == NOBODY]
        cases = material.cases
        sessions = _joined_names(material.utterances, material.sessions)
        asked = set(material.asked["survey"])
        return pd.DataFrame(
            {
                "respondent_key": cases["key"],
                "respondent": cases["ident"],
                "group": [material.groups.get(group, NO_GROUP) for group in cases["group"]],
                "session": [sessions.get(case, "") for case in cases["case"]],
                "source": cases["source"],
                "asked": [int(survey in asked) for survey in cases["survey"]],
                "answered": cases["case"].isin(answers["case"]).astype(int),
                "spoke": cases["case"].isin(speech["case"]).astype(int),
                "words": cases["case"].map(own.groupby("case")["words"].sum()).fillna(0).astype(int),
                "units": cases["case"].map(self._units_by_case(own)).fillna(0).astype(int),
            }
        )[list(RESPONDENT_COLUMNS)]

    def respondents_with_attributes(self) -> pd.DataFrame:
        """`respondents_table` with a further column for each attribute; blank where a respondent has none."""
        table = self.respondents_table()
        attributes = self._material.attributes
        keys = dict(zip(self._material.cases["case"], self._material.cases["key"], strict=True))
        for name, rows in attributes.groupby("name", sort=False):
            facts = {keys[case]: value for case, value in zip(rows["case"], rows["value"], strict=True)}
            column = str(name) if str(name) not in table.columns else f"{name} (2)"
            table[column] = [facts.get(key, "") for key in table["respondent_key"]]
        return table

    def _units_by_case(self, own: pd.DataFrame) -> pd.Series:
        unit = self._project.settings.unit
        codings = self._material.codings
        match unit:
            case Unit.SEGMENT:
                return codings.drop_duplicates(["case", "document", "start", "end"]).groupby("case").size()
            case Unit.SENTENCE:
                return self._project.reports.sentences(own)["utterance"].map(own["case"]).value_counts()
            case Unit.TURN:
                return own.groupby("case").size()
            case Unit.ANSWER:
                return own[own["question"] != NOBODY].groupby("case").size()
            case Unit.SESSION:
                return own[own["session"] != NOBODY].groupby("case")["session"].nunique()
        return own.groupby("case")["case"].nunique()

    def made_by(self) -> str:
        """What a table that leaves the program was made by: program, codebook and day."""
        codebook = self._project.codebook.current()
        today = datetime.datetime.now().astimezone().strftime("%Y-%m-%d")
        named = f"{codebook.key} {codebook.version}".strip()
        return _("Qualcode {version}, codebook {codebook}, {day}").format(
            version=__version__, codebook=named, day=today
        )


def _joined_names(utterances: pd.DataFrame, sessions: dict[int, str]) -> dict[int, str]:
    """Sessions of each respondent, by name."""
    inside = utterances[(utterances["session"] != NOBODY) & (utterances["case"] != NOBODY)]
    pairs = inside[["case", "session"]].drop_duplicates()
    names: dict[int, list[str]] = {}
    for case, session in zip(pairs["case"], pairs["session"], strict=True):
        names.setdefault(case, []).append(sessions[session])
    return {case: "; ".join(each) for case, each in names.items()}
