"""Coding by two or more: how far coders agree, what they differ in and settled, and samples to code twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualcode.analysis.filtering import Filter
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, folded, written
from qualcode.model.case import NO_GROUP
from qualcode.model.double_coding import JudgedUnit, Sample, Settlement, Universe
from qualcode.model.segment import Unit
from qualcode.project.coder_comparison import CoderAgreement, CoderComparison, Disagreement
from qualcode.project.selection import Selection
from qualcode.project.unit_places import lying_in, named_places, sample_named, sample_spans, touched, unit_table
from qualcode.store import samples, segments

if TYPE_CHECKING:
    from qualcode.project.project import Project

EVERYTHING = Filter()

DISAGREEMENT_COLUMNS = (
    *("document", "respondent", "respondent_key", "group", "session", "question", "start", "end", "text"),
    *("code", "name", "given_by", "not_given_by", "codes_of_all", "applies", "note", "settled_by"),
)


_KEPT_TO = 0.9
"""Share of somebody's quotations that lie in a sample if that is what they were given to code."""


@dataclass(frozen=True, slots=True)
class CoderShare:
    """Somebody who coded, with how much."""

    name: str
    is_person: bool
    n_segments: int
    n_documents: int


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """A unit of a sample.

    Attributes:
        codes: keys of the codes that one coder gave it.
    """

    document_id: int
    start: int
    end: int
    text: str
    respondent: str
    group: str
    source: str
    codes: tuple[str, ...]


class AgreementActions:
    """What can be asked of and done about coding by two or more."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def coders(self) -> list[CoderShare]:
        """Everybody who has coded, rule sets too, with how many segments in how many documents."""
        codings = self._project.reports.material().codings
        counts = codings.groupby("coder").agg(segments=("segment", "nunique"), documents=("document", "nunique"))
        rows = zip(counts.index.tolist(), counts["segments"].tolist(), counts["documents"].tolist(), strict=True)
        shares = {coder: (n_segments, n_documents) for coder, n_segments, n_documents in rows}
        return [
            CoderShare(coder.name, coder.is_person, *shares.get(coder.id, (0, 0))) for coder in self._project.coders()
        ]

    def measure(
        self,
        coders: Sequence[str] = (),
        *,
        unit: JudgedUnit = JudgedUnit.SENTENCE,
        universe: Universe = Universe.ALL,
        where: Filter = EVERYTHING,
        sample: str = "",
        all_read: bool = False,
    ) -> CoderAgreement:
        """How far two or more coders agree on the same units.

        Args:
            coders: names; everybody who coded and is a person if none is given.
            unit: what they judge. With characters, two agree on a stretch as far as their quotations cover the same.
            universe: all units, or those that at least one of the coders gave a code.
            where: which part of the material; `origin` and `code` narrow the codings.
            sample: only units of a sample that was drawn.
            all_read: take each coder as having read everything. Otherwise a coder who coded nothing in a transcript,
                or in all answers to a question, is missing there.

        Raises:
            AnalysisError: fewer than two coders, a name that does not exist, or nothing that two have judged.
        """
        return CoderComparison(self._project, self._chosen(coders), unit, universe, where, sample, all_read).agreement()

    # -- settling -----------------------------------------------------------------------------------------------------

    def settle(self, document_id: int, start: int, end: int, code_id: int, *, applies: bool, note: str = "") -> None:
        """Record what coders agreed on about a unit and a code; codings stay as each coder made them."""
        with self._project.step(_("Settle disagreement")):
            coder = segments.coder_for(self._project.db, self._project.coder_name)
            samples.settle(self._project.db, (document_id, start, end), code_id, coder.id, applies=applies, note=note)

    def settle_many(self, chosen: Sequence[Disagreement], *, applies: bool, note: str = "") -> None:
        """Settle several disagreements alike, in one step."""
        with self._project.step(_("Settle disagreements")):
            for each in chosen:
                self.settle(each.document_id, each.start, each.end, each.code_id, applies=applies, note=note)

    def reopen(self, settlement_ids: Sequence[int]) -> None:
        """Forget what was settled; the disagreements are open again."""
        with self._project.step(_("Reopen disagreement")):
            samples.reopen(self._project.db, settlement_ids)

    def settlements(self) -> list[Settlement]:
        """All that was settled, oldest first."""
        return samples.settlements(self._project.db)

    # -- samples ------------------------------------------------------------------------------------------------------

    def samples(self) -> list[Sample]:
        """All samples in the order in which they were drawn."""
        return samples.all_samples(self._project.db)

    def sample_coded(self) -> str:
        """The sample drawn last that the people who coded kept to, all or all but one; "" if there is none.

        Whoever keeps to a sample has read that and no more, though they coded in most transcripts.
        """
        drawn = self.samples()
        if not drawn:
            return ""
        codings = self._project.reports.material().codings
        people = {coder.id for coder in self._project.coders() if coder.is_person}
        codings = codings[codings["coder"].isin(people)].drop_duplicates("segment")
        n_people = codings["coder"].nunique()
        for each in reversed(drawn) if n_people > 1 else ():
            inside = lying_in(codings, sample_spans(self._project, each.name))
            shares = pd.Series(inside, index=codings["coder"].to_numpy()).groupby(level=0).mean()
            if int((shares >= _KEPT_TO).sum()) >= n_people - 1:
                return each.name
        return ""

    def draw_sample(
        self,
        name: str,
        share: float,
        *,
        unit: JudgedUnit = JudgedUnit.TURN,
        by: str = "group",
        seed: int = 1,
        where: Filter = EVERYTHING,
    ) -> Sample:
        """Draw units for coding by two, the same share of each group (halves up, at least one), and keep them.

        Args:
            name: what the sample is called.
            share: of the units of each group, above 0 and at most 1.
            unit: sentence, turn (an answer is a turn) or answer.
            by: what the units are grouped by: "group", "session", "document", "question" or an attribute.
            seed: the same seed draws the same units from the same material.
            where: which part of the material.

        Raises:
            AnalysisError: the name is taken or empty, the share or unit makes no sense, or there is nothing to draw.
        """
        name = " ".join(name.split())
        if not name or folded(name) in {folded(each.name) for each in self.samples()}:
            raise AnalysisError(
                _("There is a sample {name!r} already.").format(name=name) if name else _("A sample needs a name."),
                hint=_("Choose another name."),
            )
        if not 0 < share <= 1:
            raise AnalysisError(
                _("A share of {share} cannot be drawn.").format(share=written(share)),
                hint=_("Use a number above 0 and up to 1."),
            )
        if unit == JudgedUnit.CHARACTER:
            raise AnalysisError(_("Characters cannot be drawn."), hint=_("Draw sentences, turns or answers."))
        selection = Selection(self._project.reports.material(), self._project.codebook.current(), where)
        units = unit_table(self._project.db, selection.said, Unit(unit.value))
        if units.empty:
            raise AnalysisError(
                _("This part of the material has nothing to draw."),
                hint=_("Check the filter and the unit."),
            )
        grouping = selection.grouping(by)
        names = (*grouping.names, NO_GROUP)
        group = grouping.of(units)
        random = np.random.default_rng(seed)
        chosen = []
        drawn: dict[str, list[int]] = {}
        for number, each in enumerate(names):
            inside = np.flatnonzero(group == number)
            if len(inside):
                n = max(1, int(share * len(inside) + 0.5))
                chosen.append(random.choice(inside, n, replace=False))
                drawn[each] = [n, len(inside)]
        rows = units.iloc[np.sort(np.concatenate(chosen))]
        places = list(zip(*(rows[each].tolist() for each in ("document", "start", "end")), strict=True))
        details = {"share": share, "unit": unit.value, "by": by, "seed": seed, "filter": str(where), "drawn": drawn}
        with self._project.step(_("Draw sample")):
            sample_id = samples.add_sample(self._project.db, name, details, places)
        return next(each for each in self.samples() if each.id == sample_id)

    def sample_table(self, name: str) -> pd.DataFrame:
        """The units of a sample: `document, respondent, group, session, question, start, end, text`."""
        rows = self._units_drawn(name)
        columns = ["document", "respondent", "group", "session", "question", "start", "end", "text"]
        return pd.DataFrame(
            list(named_places(self._project, rows)), columns=["document_id", "respondent_key", *columns]
        )[columns]

    def sample_units(self, name: str, coder: str = "") -> list[SampleUnit]:
        """The units of a sample in the order of the material, with what a coder gave each.

        Args:
            name: of the sample.
            coder: whose codes; nobody's if "".
        """
        material, codebook = self._project.reports.material(), self._project.codebook.current()
        rows = self._units_drawn(name)
        ids = {each.id for each in self._project.coders() if each.name == coder}
        mine = material.codings[material.codings["coder"].isin(ids)]
        coded, unit = touched(rows, mine)
        keys = {code.id: code.key for code in codebook.codes}
        given: dict[int, list[str]] = {}
        for at, code in zip(unit.tolist(), mine["code"].to_numpy()[coded].tolist(), strict=True):
            given.setdefault(at, []).append(keys[code])
        return [
            SampleUnit(
                place["document_id"],
                place["start"],
                place["end"],
                place["text"],
                place["respondent"],
                place["group"],
                place["session"] or place["question"] or place["document"],
                tuple(dict.fromkeys(given.get(number, ()))),
            )
            for number, place in enumerate(named_places(self._project, rows))
        ]

    def _units_drawn(self, name: str) -> pd.DataFrame:
        """The units of a sample as `unit_table` has them."""
        spans = sample_spans(self._project, name).sort_values(["document", "start"]).reset_index(drop=True)
        said = self._project.reports.material().utterances
        number = np.searchsorted(
            (said["document"].to_numpy() << 32) + said["start"].to_numpy(),
            (spans["document"].to_numpy() << 32) + spans["start"].to_numpy(),
            side="right",
        )
        rows = said.iloc[np.maximum(number - 1, 0)].rename_axis("utterance").reset_index()
        drawn: pd.DataFrame = rows.assign(start=spans["start"], end=spans["end"])
        return drawn

    def remove_sample(self, name: str) -> None:
        """Forget a sample; codings stay."""
        sample = sample_named(self._project, name)
        with self._project.step(_("Remove sample")):
            samples.remove_sample(self._project.db, sample.id)

    def _chosen(self, names: Sequence[str]) -> list[tuple[int, str]]:
        """(id, name) of the coders to compare."""
        known = self._project.coders()
        active = {each.name for each in self.coders() if each.n_segments}
        chosen = [each for each in known if each.is_person and each.name in active]
        if names:
            by_name = {folded(each.name): each for each in known}
            for name in names:
                if folded(name) not in by_name:
                    raise AnalysisError(
                        _("There is no {field} {value!r}.").format(field="coder", value=name),
                        hint=did_you_mean(name, [each.name for each in known]),
                    )
            chosen = list(dict.fromkeys(by_name[folded(name)] for name in names))
        if len(chosen) < 2:
            who = ", ".join(each.name for each in chosen) or "–"
            raise AnalysisError(
                _("Agreement needs two coders or more; there is: {names}.").format(names=who),
                hint=_("Let somebody else code the same material, or import their codings."),
            )
        return [(each.id, each.name) for each in chosen]


def disagreements_table(disagreements: Sequence[Disagreement]) -> pd.DataFrame:
    """Disagreements as a table that leaves the program, in `DISAGREEMENT_COLUMNS`."""
    rows = []
    for each in disagreements:
        settled = each.settlement
        rows.append(
            {
                **{name: getattr(each, name) for name in DISAGREEMENT_COLUMNS[:11]},
                "given_by": "; ".join(each.given_by),
                "not_given_by": "; ".join(each.not_given_by),
                "codes_of_all": " | ".join(f"{coder}: {', '.join(keys)}" for coder, keys in each.codes_of_all.items()),
                "applies": "" if settled is None else int(settled.applies),
                "note": settled.note if settled else "",
                "settled_by": settled.coder if settled else "",
            }
        )
    return pd.DataFrame(rows, columns=list(DISAGREEMENT_COLUMNS))


def write_disagreements(found: CoderAgreement, path: Path, *, keep: Path) -> None:
    """Write the open disagreements, then the settled ones, as CSV; `agreement settle` reads it when it is filled in.

    Args:
        path: where to; an existing file is replaced.
        keep: the project, which it must not replace.

    Raises:
        ExportError: it is the project, or cannot be written.
    """
    from qualcode.exporting.csv_tables import write_csv
    from qualcode.exporting.sparing import spare_project

    spare_project(path, keep)
    write_csv(disagreements_table([*found.open, *found.settled]), path)
