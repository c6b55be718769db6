"""One comparison of coders: the units that they judged, what they gave them, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.coder_agreement import Judged
from qualcode.analysis.coder_agreement_tables import POOLED_CODES, coder_agreement_table
from qualcode.analysis.filtering import Filter
from qualcode.errors import AnalysisError
from qualcode.i18n import _, decimal, ngettext
from qualcode.model.double_coding import JudgedUnit, Settlement, Universe
from qualcode.model.segment import Origin, Unit
from qualcode.project.selection import Selection
from qualcode.project.unit_places import (
    lying_in,
    named_places,
    sample_named,
    sample_spans,
    stretches,
    touched,
    unit_noun,
    unit_table,
)
from qualcode.store import samples
from qualcode.store.coding_table import NOBODY, ORIGINS

if TYPE_CHECKING:
    from qualcode.project.project import Project

Integers = NDArray[np.int64]
Booleans = NDArray[np.bool_]

ENOUGH_DOCUMENTS = 10
"""From so many transcripts and respondents on, intervals are made by drawing these; of fewer, units are drawn."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A unit and a code that some of the coders who judged it give, and others do not.

    Attributes:
        given_by: names of coders.
        not_given_by: names of coders who judged the unit too.
        codes_of_all: the keys of all codes that each of these coders gives the unit.
        settlement: what was settled about it, if anything.
    """

    document_id: int
    start: int
    end: int
    code_id: int
    code: str
    name: str
    document: str
    respondent: str
    respondent_key: str
    group: str
    session: str
    question: str
    text: str
    given_by: tuple[str, ...]
    not_given_by: tuple[str, ...]
    codes_of_all: Mapping[str, tuple[str, ...]]
    settlement: Settlement | None = None


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """How far coders agree.

    Attributes:
        coders: whose codings were compared.
        unit: what they judge.
        universe: which units.
        where: which part of the material; "" for all.
        sample: name of the sample, "" for none.
        n_units: units (or characters) that two or more of them judged.
        n_documents: transcripts and answers in which these stand.
        table: in the columns of `analysis.coder_agreement_tables.COLUMNS`.
        open: disagreements that nobody has settled, in order of document, position and code.
        settled: those that were settled.
        resampled: what was drawn for the intervals: "document" (transcripts and respondents) or "unit".
        notes: what one must know before believing the numbers.
        sentence: what a report may say.
    """

    coders: tuple[str, ...]
    unit: JudgedUnit
    universe: Universe
    where: str
    sample: str
    n_units: int
    n_documents: int
    table: pd.DataFrame
    open: tuple[Disagreement, ...]
    settled: tuple[Disagreement, ...]
    resampled: str
    notes: tuple[str, ...]
    sentence: str


class CoderComparison:
    """One comparison of coders."""

    def __init__(
        self,
        project: Project,
        coders: Sequence[tuple[int, str]],
        unit: JudgedUnit,
        universe: Universe,
        where: Filter,
        sample: str,
        all_read: bool,
    ) -> None:
        self._project, self._unit, self._universe, self._where = project, unit, universe, where
        self._names = tuple(name for _id, name in coders)
        self._sample = sample_named(project, sample).name if sample else ""
        self._codes = project.codebook.current().codes
        material = project.reports.material()
        selection = Selection(material, project.codebook.current(), where)
        number = {id: place for place, (id, _name) in enumerate(coders)}
        mine = selection.codings["coder"].isin(list(number))
        self._codings = selection.codings[mine].assign(coder=lambda rows: rows["coder"].map(number))
        units = self._all_units(selection.said)
        present = self._present(material.codings, number, units, all_read)
        rows, unit_number = touched(units, self._codings)
        place_of_code = {code.id: place for place, code in enumerate(self._codes)}
        codes = self._codings["code"].map(place_of_code).to_numpy(dtype=np.int64)[rows]
        coder = self._codings["coder"].to_numpy(dtype=np.int64)[rows]
        given = np.unique(np.column_stack([unit_number, codes, coder]), axis=0)
        self._n_outside = self._codings["segment"].nunique() - self._codings["segment"].iloc[rows].nunique()
        weight = np.ones(len(units))
        if unit == JudgedUnit.CHARACTER:
            weight = (units["end"] - units["start"]).to_numpy(dtype=np.float64)
        keep = present.sum(axis=1) >= 2
        if universe == Universe.CODED:
            coded = np.zeros(len(units), dtype=np.bool_)
            coded[given[:, 0]] = True
            keep &= coded
        if not keep.any():
            raise AnalysisError(
                _("No {unit} was judged by two of the coders.").format(unit=unit_noun(unit)),
                hint=_("Check the coders and the filter; a coder who coded nothing in a document is missing there."),
            )
        self._all_present, self._all_places = present, self._places(units)
        self._units = units[keep].reset_index(drop=True)
        self._judged = Judged(weight, present, given.astype(np.int64)).kept(keep)

    def agreement(self) -> CoderAgreement:
        cluster, resampled = self._clusters()
        language = self._project.settings.language
        table = coder_agreement_table(self._judged, self._codes, self._names, cluster, language=language)
        found = list(self._disagreements(language))
        open_ = tuple(each for each in found if each.settlement is None)
        settled = tuple(each for each in found if each.settlement is not None)
        n_units = round(float(self._judged.weight.sum()))
        return CoderAgreement(
            self._names,
            self._unit,
            self._universe,
            str(self._where),
            self._sample,
            n_units,
            self._units["document"].nunique(),
            table,
            open_,
            settled,
            resampled,
            tuple(self._notes(resampled)),
            self._sentence(table, n_units, len(open_), len(settled), resampled),
        )

    # -- units and who judged them ------------------------------------------------------------------------------------

    def _all_units(self, said: pd.DataFrame) -> pd.DataFrame:
        spans = sample_spans(self._project, self._sample) if self._sample else None
        if self._unit == JudgedUnit.CHARACTER:
            cuts = self._codings[["document", "start", "end"]]
            units = stretches(said, cuts if spans is None else pd.concat([cuts, spans]))
        else:
            units = unit_table(self._project.db, said, Unit(self._unit.value))
        if spans is not None:
            units = units[lying_in(units, spans)]
        return units.reset_index(drop=True)

    def _present(
        self, codings: pd.DataFrame, number: Mapping[int, int], units: pd.DataFrame, all_read: bool
    ) -> Booleans:
        """Units by coders: whether the coder judged that unit at all, found out from all that they coded."""
        present = np.full((len(units), len(number)), all_read, dtype=np.bool_)
        places = self._places(units)
        for coder, place in number.items():
            of_coder = codings[codings["coder"] == coder]
            present[:, place] |= np.isin(places, np.unique(self._places(of_coder)))
        return present

    @staticmethod
    def _places(rows: pd.DataFrame) -> Integers:
        """Where a coder reads all or nothing: a transcript, or all answers to one question (numbers below 0)."""
        question = rows["question"].to_numpy()
        places: Integers = np.where(question == NOBODY, rows["document"].to_numpy(), -1 - question)
        return places

    def _clusters(self) -> tuple[Integers, str]:
        """What is drawn for the intervals, by unit: transcripts and respondents, or, of few, units."""
        question = self._units["question"].to_numpy()
        ids = np.where(question == NOBODY, self._units["document"].to_numpy(), -2 - self._units["case"].to_numpy())
        names, cluster = np.unique(ids, return_inverse=True)
        if len(names) >= ENOUGH_DOCUMENTS:
            return cluster.astype(np.int64), "document"
        if self._unit == JudgedUnit.CHARACTER:  # characters of one turn hang together
            return self._units["utterance"].to_numpy(dtype=np.int64), "unit"
        return np.arange(len(self._units)), "unit"

    # -- disagreements ------------------------------------------------------------------------------------------------

    def _disagreements(self, language: str) -> Iterator[Disagreement]:
        judged, n_codes = self._judged, len(self._codes)
        unit, code, n = judged.counts(n_codes)
        r = judged.present.sum(axis=1)
        differ = n < r[unit]
        givers: dict[tuple[int, int], list[int]] = {}
        of_unit: dict[int, list[tuple[int, int]]] = {}
        for u, c, coder in judged.given.tolist():
            if judged.present[u, coder]:
                givers.setdefault((u, c), []).append(coder)
                of_unit.setdefault(u, []).append((coder, c))
        pairs = list(zip(unit[differ].tolist(), code[differ].tolist(), strict=True))
        merged = self._merged(pairs, givers)
        rows = self._units.iloc[[u for u, _c, _end in merged]].assign(end=[end for _u, _c, end in merged])
        settled = {
            (each.document_id, each.start, each.end, each.code_id): each
            for each in samples.settlements(self._project.db)
        }
        for (u, c, _end), place in zip(merged, named_places(self._project, rows.reset_index(drop=True)), strict=True):
            here = self._codes[c]
            coders = [coder for coder in range(judged.n_coders) if judged.present[u, coder]]
            yield Disagreement(
                **place,
                code_id=here.id,
                code=here.key,
                name=here.name.in_language(language) or here.key,
                given_by=tuple(self._names[coder] for coder in givers[u, c]),
                not_given_by=tuple(self._names[coder] for coder in coders if coder not in givers[u, c]),
                codes_of_all={
                    self._names[coder]: tuple(self._codes[k].key for who, k in of_unit[u] if who == coder)
                    for coder in coders
                },
                settlement=settled.get((place["document_id"], place["start"], place["end"], here.id)),
            )

    def _merged(
        self, pairs: Sequence[tuple[int, int]], givers: Mapping[tuple[int, int], list[int]]
    ) -> list[tuple[int, int, int]]:
        """(unit, code, end) of each disagreement; stretches that follow each other in one are one."""
        ends = self._units["end"].tolist()
        if self._unit != JudgedUnit.CHARACTER:
            return [(u, c, ends[u]) for u, c in pairs]
        starts, utterances = self._units["start"].tolist(), self._units["utterance"].tolist()
        last: dict[int, tuple[int, int]] = {}  # code -> (place in the result, last unit)
        merged: list[tuple[int, int, int]] = []
        for u, c in pairs:
            place, before = last.get(c, (-1, -1))
            follows = before == u - 1 and utterances[before] == utterances[u] and ends[before] == starts[u]
            if place >= 0 and follows and givers[before, c] == givers[u, c]:
                merged[place] = (merged[place][0], c, ends[u])
            else:
                place = len(merged)
                merged.append((u, c, ends[u]))
            last[c] = place, u
        return merged

    # -- what to know -------------------------------------------------------------------------------------------------

    def _notes(self, resampled: str) -> Iterator[str]:
        places = np.unique(self._all_places)
        for number, name in enumerate(self._names):
            there = np.unique(self._all_places[self._all_present[:, number]])
            lacking = len(places) - len(there)
            if lacking:
                yield _(
                    "{coder} coded nothing in {n} of {all} transcripts and questions and counts as missing there, "
                    "unless these are taken as read, with nothing found."
                ).format(coder=name, n=lacking, all=len(places))
        if self._n_outside:
            yield ngettext(
                "{n} quotation lies on no {unit} that counts here, and is left out.",
                "{n} quotations lie on no {unit} that counts here, and are left out.",
                self._n_outside,
            ).format(n=self._n_outside, unit=unit_noun(self._unit))
        n = self._codings["segment"].nunique()
        n_accepted = self._codings.loc[self._codings["origin"] == ORIGINS.index(Origin.RULE), "segment"].nunique()
        if n_accepted:
            yield ngettext(
                "{n} of {all} quotations is a suggestion that somebody accepted (origin rule): coders who saw the same "
                "suggestion did not code independently. Measure with the filter origin=manual, or on material that "
                "was coded blind.",
                "{n} of {all} quotations are suggestions that somebody accepted (origin rule): coders who saw the same "
                "suggestions did not code independently. Measure with the filter origin=manual, or on material that "
                "was coded blind.",
                n_accepted,
            ).format(n=n_accepted, all=n)
        if (self._units["question"] != NOBODY).any() and not self._sample:
            yield _(
                "In a survey, a coder is taken as having read all answers to a question in which they coded one. If "
                "they read a part of them, draw a sample and measure on it."
            )
        if resampled == "unit":
            yield _(
                "Intervals come from drawing units, because there are fewer than {n} transcripts and respondents. "
                "Units of one conversation are not independent, so the intervals are too narrow."
            ).format(n=ENOUGH_DOCUMENTS)

    def _sentence(self, table: pd.DataFrame, n_units: int, n_open: int, n_settled: int, resampled: str) -> str:
        row = table[table["theme"] == POOLED_CODES].iloc[0]
        if np.isnan(row["agreement"]):
            return _("None of the coders gave any code, so agreement cannot be told.")
        given = self._judged.given
        n_codes = len(np.unique(given[self._judged.present[given[:, 0], given[:, 2]], 1]))  # those that are pooled
        said = _(
            "{coders} coded {units} ({unit}; {universe}) in {documents}. Pooled over {codes} they agreed in "
            "{agreement} % of the judgements: {kappa_name} {kappa}, Krippendorff's alpha {alpha}, Gwet's AC1 {ac1}."
        ).format(
            coders=", ".join(self._names[:-1]) + " " + _("and") + " " + self._names[-1],
            units=ngettext("{n} unit", "{n} units", n_units).format(n=n_units),
            unit=_UNIT_NAMES[self._unit](),
            universe=_("all units") if self._universe == Universe.ALL else _("units that at least one of them coded"),
            documents=ngettext(
                "{n} transcript or answer", "{n} transcripts and answers", self._units["document"].nunique()
            ).format(n=self._units["document"].nunique()),
            codes=ngettext("{n} code", "{n} codes", n_codes).format(n=n_codes),
            agreement=decimal(100 * float(row["agreement"]), 1),
            kappa_name=_("Cohen's kappa") if len(self._names) == 2 else _("Conger's kappa"),
            kappa=_with_interval(row, "kappa"),
            alpha=_with_interval(row, "alpha"),
            ac1=_with_interval(row, "ac1"),
        )
        how = (
            _("Brackets: 95 % intervals by resampling transcripts and respondents.")
            if resampled == "document"
            else _("Brackets: 95 % intervals by resampling units.")
        )
        left = ngettext("They disagreed in {n} place.", "They disagreed in {n} places.", n_open + n_settled)
        settled = ngettext(
            "{n} of these was settled in discussion.", "{n} of these were settled in discussion.", n_settled
        )
        parts = [said, how, left.format(n=n_open + n_settled), settled.format(n=n_settled) if n_settled else ""]
        return " ".join(part for part in parts if part)


_UNIT_NAMES = {
    JudgedUnit.SENTENCE: lambda: _("sentences"),
    JudgedUnit.TURN: lambda: _("turns and answers"),
    JudgedUnit.ANSWER: lambda: _("answers"),
    JudgedUnit.CHARACTER: lambda: _("characters"),
}


def _with_interval(row: pd.Series, name: str) -> str:
    value, low, high = (float(row[f"{name}{end}"]) for end in ("", "_low", "_high"))
    if np.isnan(value):
        return "–"
    value, low, high = (round(each, 2) + 0.0 for each in (value, low, high))  # + 0.0: no -0.00
    return decimal(value) if np.isnan(low) else f"{decimal(value)} [{decimal(low)}, {decimal(high)}]"
