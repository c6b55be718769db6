"""What the rules suggest beside what a person coded: how far the suggestions can be relied on, and where not."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from qualcode.analysis.agreement_tables import (
    CodedUnits,
    agreement_table,
    confusion_table,
    disagreeing,
    recall_table,
    unit_pairs,
)
from qualcode.analysis.filtering import Filter
from qualcode.errors import AnalysisError, ExportError
from qualcode.i18n import _, ngettext
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.segment import Origin, Unit
from qualcode.project.codings_import import CodingRow, read_codings
from qualcode.project.selection import Selection
from qualcode.project.unit_places import touched, unit_noun, unit_table
from qualcode.store import coding_table, documents, suggestions
from qualcode.store.coding_table import NOBODY, ORIGINS, STATUSES, Material

if TYPE_CHECKING:
    from qualcode.project.project import Project

Mask = NDArray[np.bool_]

EVERYTHING = Filter()
UNITS = (Unit.SENTENCE, Unit.TURN, Unit.ANSWER)
LANGUAGE, ORIGIN = "language", "origin"
NO_CODE = "(none)"
"""In the confusion table: the other side gives the unit no code."""

ONLY_RULES, ONLY_FILE = "only_rules", "only_file"
DISAGREEMENT_COLUMNS = (
    "document",
    "respondent",
    "respondent_key",
    "group",
    "session",
    "question",
    "language",
    "start",
    "end",
    "text",
    "code",
    "side",
    "file_codes",
    "rules_codes",
    "coder",
    "rule",
    "evidence",
    "score",
    "status",
)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How far suggestions and a file of codings agree.

    Attributes:
        file: name of the file; "" for the project's own codings.
        unit: what was compared.
        n_units: how many there were.
        n_codings: different codings of the file in the part of the material that was asked for.
        table: in the columns of `analysis.agreement_tables.AGREEMENT_COLUMNS`.
        confusion: in the columns of `analysis.agreement_tables.CONFUSION_COLUMNS`.
        n_disagreements: (unit, code) that only one of the two gives.
        disagreements: a row for each of these, in `DISAGREEMENT_COLUMNS`, if they were asked for.
        notes: what one must know before believing the numbers.
    """

    file: str
    unit: Unit
    n_units: int
    n_codings: int
    table: pd.DataFrame
    confusion: pd.DataFrame
    n_disagreements: int
    disagreements: pd.DataFrame | None
    notes: tuple[str, ...]


def evaluate(
    project: Project,
    against: Path | None = None,
    *,
    unit: Unit = Unit.SENTENCE,
    by: str = "",
    where: Filter = EVERYTHING,
    quoted: bool = False,
) -> Evaluation:
    """Compare all suggestions that were made, whatever was decided since, with codings that people made.

    A file is read and checked as an import of codings; nothing is written into the project. A unit has a code if a
    suggestion, or a coding of anybody, touches it. Of the project itself only transcripts, and answers to questions,
    that have any coding are compared: the others may not have been read.

    Args:
        against: codings in the columns of codings.csv; None for the project's own.
        unit: sentence, turn (an answer is a turn) or answer.
        by: "" for everything at once; "group", "session", "document", "question", "language", an attribute, or
            "origin" of the codings.
        where: which part of the material; `coder` and `origin` are those of the codings.
        quoted: give the disagreements with their words too.

    Raises:
        ImportingError: the file cannot be read, or a row is wrong.
        AnalysisError: nothing was suggested or coded, the file or the part of the material is empty, or a name does
            not exist.
    """
    if unit not in UNITS:
        raise AnalysisError(
            _("Suggestions cannot be compared by {unit}.").format(unit=unit.value),
            hint=_("Use one of: {units}.").format(units=", ".join(each.value for each in UNITS)),
        )
    if against is None:
        return _Comparison(project, None, unit, where).evaluation("", by, quoted)
    rows = read_codings(project, against)
    if not rows:
        raise AnalysisError(_("{file} holds no codings.").format(file=against.name))
    return _Comparison(project, rows, unit, where).evaluation(against.name, by, quoted)


def write_disagreements(evaluation: Evaluation, path: Path, *, keep: Iterable[Path]) -> None:
    """Write the disagreements as CSV.

    Args:
        path: where to; an existing file is replaced.
        keep: files that it must not replace: the project and the codings.

    Raises:
        ExportError: it is one of these, or cannot be written.
        ValueError: the evaluation was made without quotations.
    """
    from qualcode.exporting.csv_tables import write_csv

    if path.resolve() in {each.resolve() for each in keep}:
        raise ExportError(
            _("{file} is what is evaluated; it would be replaced.").format(file=path.name),
            hint=_("Choose another name."),
        )
    if evaluation.disagreements is None:
        raise ValueError("made without quotations")
    write_csv(evaluation.disagreements, path)


class _Comparison:
    """The material of a project, with a file's codings in the place of its own where there is one."""

    def __init__(self, project: Project, rows: Sequence[CodingRow] | None, unit: Unit, where: Filter) -> None:
        self._project = project
        self._codebook = project.codebook.current()
        self._unit = unit
        own = project.reports.material()
        if own.suggestions.empty:
            raise AnalysisError(
                _("Nothing is suggested yet."), hint=_("Run the rules first: qualcode suggest PROJECT.")
            )
        self._is_own = rows is None
        self._material, self._n_unread = (own, 0) if rows is None else _with_codings(project, own, rows)
        self._selection = Selection(self._material, self._codebook, where)
        self._said = self._selection.said
        self._left_out: list[str] = []
        if self._is_own:
            self._leave_out_uncoded()
        self._units = unit_table(project.db, self._said, unit)
        if self._units.empty:
            raise AnalysisError(
                _("There is no {unit} in this part of the material.").format(unit=unit.value),
                hint=_("Check the filter and the unit."),
            )
        self._places = {code.id: number for number, code in enumerate(self._codebook.codes)}
        self._file = self._touched(self._selection.codings)
        self._rules = self._touched(self._selection.suggestions)
        self._coded = CodedUnits(len(self._units), self._pairs(self._rules), self._pairs(self._file))

    def _leave_out_uncoded(self) -> None:
        """Leave out transcripts, and the answers to questions, that have no coding: nobody may have read them."""
        codings, said = self._selection.codings, self._said
        if codings.empty:
            raise AnalysisError(_("Nothing is coded yet."), hint=_("Code some of the material by hand first."))
        is_speech = said["question"] == NOBODY
        has_coding = np.where(
            is_speech, said["document"].isin(codings["document"]), said["question"].isin(codings["question"])
        )
        for kind, column, sentence in (
            (is_speech, "document", _uncoded_transcripts),
            (~is_speech, "question", _uncoded_questions),
        ):
            n, n_left_out = said.loc[kind, column].nunique(), said.loc[kind & ~has_coding, column].nunique()
            if n_left_out:
                self._left_out.append(sentence(n_left_out, n))
        self._said = said[has_coding]

    def evaluation(self, file: str, by: str, quoted: bool) -> Evaluation:
        language = self._project.settings.language
        codes = self._codebook.codes
        everything = {ALL_GROUPS: np.ones(len(self._units), dtype=np.bool_)}
        if by == ORIGIN:
            table = recall_table(self._coded, codes, self._by_origin(), language=language)
            whole = agreement_table(self._coded, codes, everything, language=language)
            table = pd.concat([table, whole], ignore_index=True)
        else:
            groups = {**self._groups(by), **everything} if by else everything
            table = agreement_table(self._coded, codes, groups, language=language)
        differing = disagreeing(self._coded, len(codes))
        return Evaluation(
            file,
            self._unit,
            len(self._units),
            self._selection.codings["segment"].nunique(),
            table,
            confusion_table(self._coded, codes, NO_CODE),
            len(differing),
            self._disagreements(differing) if quoted else None,
            tuple(self._notes()),
        )

    # -- units --------------------------------------------------------------------------------------------------------

    def _touched(self, spans: pd.DataFrame) -> pd.DataFrame:
        """The rows of codings or suggestions, once for each unit that they touch, with `unit` beside them."""
        rows, unit = touched(self._units, spans)
        return spans.iloc[rows].reset_index(drop=True).assign(unit=unit)

    def _pairs(self, touched: pd.DataFrame) -> NDArray[np.int64]:
        code = np.array([self._places[code] for code in touched["code"]], dtype=np.int64)
        return unit_pairs(touched["unit"].to_numpy(), code)

    # -- groups -------------------------------------------------------------------------------------------------------

    def _groups(self, by: str) -> dict[str, Mask]:
        """Which units are in which group; a group without units is left out."""
        if by == LANGUAGE:
            languages = documents.languages(self._project.db)
            names = np.array([languages[document] or NO_GROUP for document in self._units["document"]])
            return {str(name): names == name for name in sorted(set(names), key=lambda name: (name == NO_GROUP, name))}
        grouping = self._selection.grouping(by)
        numbers = grouping.of(self._units)
        masks = {name: numbers == number for number, name in enumerate((*grouping.names, NO_GROUP))}
        return {name: mask for name, mask in masks.items() if mask.any()}

    def _by_origin(self) -> dict[str, NDArray[np.int64]]:
        return {
            origin.value: self._pairs(self._file[self._file["origin"] == number])
            for number, origin in enumerate(ORIGINS)
            if (self._file["origin"] == number).any()
        }

    # -- disagreements ------------------------------------------------------------------------------------------------

    def _disagreements(self, found: pd.DataFrame) -> pd.DataFrame:
        """The units behind (unit, code, only_rules), with their words and both sides' reasons."""
        material, units = self._material, self._units
        codes = self._codebook.codes
        rows = units.iloc[found["unit"]]
        cases = material.cases.set_index("case")
        ident, key, group = (cases[name].to_dict() for name in ("ident", "key", "group"))
        languages = documents.languages(self._project.db)
        texts = dict(documents.contents(self._project.db, sorted(set(rows["document"].tolist()))))
        places = zip(rows["document"], rows["start"], rows["end"], strict=True)
        in_file, in_rules = (self._keys_by_unit(pairs) for pairs in (self._coded.file, self._coded.rules))
        table = pd.DataFrame(
            {
                "document": [material.documents[document] for document in rows["document"]],
                "respondent": [ident.get(case, "") for case in rows["case"]],
                "respondent_key": [key.get(case, "") for case in rows["case"]],
                "group": [material.groups.get(group.get(case, NOBODY), NO_GROUP) for case in rows["case"]],
                "session": [material.sessions.get(session, "") for session in rows["session"]],
                "question": [material.questions.get(question, "") for question in rows["question"]],
                "language": [languages[document] for document in rows["document"]],
                "start": rows["start"].to_numpy(),
                "end": rows["end"].to_numpy(),
                "text": [texts[document][start:end] for document, start, end in places],
                "code": [codes[number].key for number in found["code"]],
                "side": [ONLY_RULES if only_rules else ONLY_FILE for only_rules in found["only_rules"]],
                "file_codes": [in_file.get(unit, "") for unit in found["unit"]],
                "rules_codes": [in_rules.get(unit, "") for unit in found["unit"]],
            }
        )
        wanted = list(zip(found["unit"].tolist(), found["code"].tolist(), strict=True))
        coders = self._coders()
        table["coder"] = [coders.get(pair, "") for pair in wanted]
        reasons = self._reasons()
        nothing = ("", "", None, "")
        for number, column in enumerate(("rule", "evidence", "score", "status")):
            table[column] = [reasons.get(pair, nothing)[number] for pair in wanted]
        return table[list(DISAGREEMENT_COLUMNS)]

    def _keys_by_unit(self, pairs: NDArray[np.int64]) -> dict[int, str]:
        """The keys of all codes of a unit, in order of the codebook."""
        keys: dict[int, list[str]] = {}
        for unit, code in pairs.tolist():
            keys.setdefault(unit, []).append(self._codebook.codes[code].key)
        return {unit: "; ".join(each) for unit, each in keys.items()}

    def _coders(self) -> dict[tuple[int, int], str]:
        """Who gave a unit a code in the file."""
        names: dict[tuple[int, int], list[str]] = {}
        rows = self._file[["unit", "code", "coder"]].drop_duplicates()
        for unit, code, coder in zip(rows["unit"], rows["code"], rows["coder"], strict=True):
            names.setdefault((unit, self._places[code]), []).append(self._material.coders[coder])
        return {pair: "; ".join(sorted(each)) for pair, each in names.items()}

    def _reasons(self) -> dict[tuple[int, int], tuple[str, str, float | None, str]]:
        """Rule, evidence, score and status of the strongest suggestion of a code for a unit."""
        why = suggestions.reasons(self._project.db)
        best: dict[tuple[int, int], tuple[str, str, float | None, str]] = {}
        rows = self._rules
        for unit, code, id, status in zip(rows["unit"], rows["code"], rows["segment"], rows["status"], strict=True):
            rule, evidence, score = why[id]
            pair = (unit, self._places[code])
            if pair not in best or (score or 0) > (best[pair][2] or 0):
                best[pair] = (rule, evidence, score, STATUSES[status].value)
        return best

    # -- what to know -------------------------------------------------------------------------------------------------

    def _notes(self) -> Iterable[str]:
        codings = self._selection.codings
        n_codings = codings["segment"].nunique()
        n_outside = self._n_unread + n_codings - self._file["segment"].nunique()
        if n_outside:
            yield ngettext(
                "{n} coding lies on no {unit} that counts, and is left out.",
                "{n} codings lie on no {unit} that counts, and are left out.",
                n_outside,
            ).format(n=n_outside, unit=unit_noun(self._unit))
        n_accepted = codings.loc[codings["origin"] == ORIGINS.index(Origin.RULE), "segment"].nunique()
        if n_accepted:
            yield ngettext(
                "{n} of {all} codings is a suggestion that somebody accepted (origin rule): whoever coded "
                "had seen it, so the agreement is flattering. Measure with the filter origin=manual, or on codings "
                "that were made blind.",
                "{n} of {all} codings are suggestions that somebody accepted (origin rule): whoever coded "
                "had seen them, so the agreement is flattering. Measure with the filter origin=manual, or on codings "
                "that were made blind.",
                n_accepted,
            ).format(n=n_accepted, all=n_codings)
        yield from self._left_out
        if self._is_own:
            return
        speech = self._said["question"] == NOBODY
        sentence: Callable[[int, int], str]
        for rows, column, sentence in (
            (self._said[speech], "document", _no_codings_in_transcripts),
            (self._said[~speech], "question", _no_codings_in_questions),
        ):
            there = set(rows[column].tolist())
            lacking = there - set(self._file[column].tolist())
            if lacking and self._unit in (Unit.SENTENCE, Unit.TURN if column == "document" else self._unit):
                yield sentence(len(lacking), len(there))


def _no_codings_in_transcripts(n: int, total: int) -> str:
    return ngettext(
        "The file has no coding in {n} of {all} transcripts. It is taken as read, with nothing found; if it was not "
        "read, leave it out with a filter (document)",
        "The file has no coding in {n} of {all} transcripts. They are taken as read, with nothing found; if they were "
        "not read, leave them out with a filter (document)",
        n,
    ).format(n=n, all=total)


def _no_codings_in_questions(n: int, total: int) -> str:
    return ngettext(
        "The file has no coding in the answers to {n} of {all} questions. They are taken as read, with nothing found; "
        "if they were not read, leave it out with a filter (question)",
        "The file has no coding in the answers to {n} of {all} questions. They are taken as read, with nothing found; "
        "if they were not read, leave them out with a filter (question)",
        n,
    ).format(n=n, all=total)


def _uncoded_transcripts(n: int, total: int) -> str:
    return ngettext(
        "{n} of {all} transcripts has no coding and is left out: it may not have been read.",
        "{n} of {all} transcripts have no coding and are left out: they may not have been read.",
        n,
    ).format(n=n, all=total)


def _uncoded_questions(n: int, total: int) -> str:
    return _(
        "The answers to {n} of {all} questions have no coding and are left out: they may not have been read."
    ).format(n=n, all=total)


def _with_codings(project: Project, own: Material, rows: Sequence[CodingRow]) -> tuple[Material, int]:
    """The material with other codings, and how many of these touch nobody's words."""
    coders = {name: number for number, name in enumerate(dict.fromkeys(row.coder for row in rows))}
    distinct = dict.fromkeys(
        (row.document_id, row.start, row.end, row.code_id, coders[row.coder], ORIGINS.index(row.origin)) for row in rows
    )
    values = np.array(list(distinct), dtype=np.int64)
    columns: Mapping[str, NDArray[np.int64]] = {
        name: values[:, number] for number, name in enumerate(("document", "start", "end", "code", "coder", "origin"))
    }
    spans = {"segment": np.arange(len(values)), **columns}
    codings = coding_table.touching(project.db, spans, own.utterances)
    names = {number: name for name, number in coders.items()}
    return dataclasses.replace(own, codings=codings, coders=names), len(values) - codings["segment"].nunique()
