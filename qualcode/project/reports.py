"""Numbers, tables and quotations from a project, and the files they leave in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from qualcode import __version__
from qualcode.analysis.counts import theme_table
from qualcode.analysis.filtering import Filter
from qualcode.errors import AnalysisError, ExportError
from qualcode.i18n import _, did_you_mean, folded
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.codebook import Codebook
from qualcode.model.segment import Unit
from qualcode.model.suggestion import Status
from qualcode.project.selection import Selection, sentence_table
from qualcode.store import coding_table, documents, settings, suggestions
from qualcode.store.coding_table import NOBODY, ORIGINS, STATUSES, Material

if TYPE_CHECKING:
    from qualcode.analysis.session_permutation import SessionTest
    from qualcode.exporting.about import StudyFacts
    from qualcode.exporting.workbook import ThemeReport
    from qualcode.project.project import Project

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


@dataclass(frozen=True, slots=True)
class Quotation:
    """A coded or suggested span with what a reader wants to know beside it.

    Attributes:
        code_ids: all codes on that span among those that were asked for.
        begins: seconds from the start of the recording, None if not known.
        segment_id: a segment on that span; of a suggestion, the suggestion's id.
    """

    segment_id: int
    document_id: int
    document: str
    respondent: str
    group: str
    session: str
    question: str
    start: int
    end: int
    text: str
    code_ids: tuple[int, ...]
    begins: float | None


class Reports:
    """What can be counted, compared, quoted and exported."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._read: tuple[int, Material] | None = None

    def material(self) -> Material:
        """All that can be counted; read again only after a change."""
        version = self._project.db.version
        if self._read is None or self._read[0] != version:
            self._read = (version, coding_table.material(self._project.db))
        return self._read[1]

    def n_rows(self) -> int:
        """About how much there is to count: turns, answers, codings and suggestions."""
        return coding_table.n_rows(self._project.db)

    def material_read(self) -> Material | None:
        """The material if it was read since the last change; it never changes, so other threads may have it."""
        return self._read[1] if self._read is not None and self._read[0] == self._project.db.version else None

    def adopt(self, material: Material) -> None:
        """Take over what was read from the same file in the same state, by another view of the project."""
        self._read = (self._project.db.version, material)

    def groups(self, by: str = "group") -> list[str]:
        """What a table by this has columns for, without `(none)` and `(all)`.

        Raises:
            AnalysisError: there is nothing of that name to group by.
        """
        return list(Selection(self.material(), self._project.codebook.current(), EVERYTHING).grouping(by).names)

    # -- counting -----------------------------------------------------------------------------------------------------

    def theme_table(self, *, by: str = "group", unit: Unit | None = None, where: Filter = EVERYTHING) -> pd.DataFrame:
        """Counts for each group and theme, in the columns of `theme_table.csv`.

        Args:
            by: "group", the name of an attribute, "session", "document" or "question".
            unit: what a unit is; the study's own if None.
            where: which part of the material.

        Raises:
            AnalysisError: `by` or the filter names something that does not exist.
        """
        analysis = self._project.settings
        wanted = unit or analysis.unit
        codebook = self._project.codebook.current()
        selection = Selection(self.material(), codebook, where)
        sentences = self._sentences(selection.said) if wanted == Unit.SENTENCE else None
        grouping = selection.grouping(by)
        return theme_table(
            selection.counted(grouping, sentences),
            codebook.codes,
            grouping,
            unit=wanted,
            small_cell=analysis.small_cell,
            language=analysis.language,
        )

    def compare(
        self,
        a: str,
        b: str,
        *,
        by: str = "group",
        where: Filter = EVERYTHING,
        by_session: bool = False,
        correction: Literal["holm", "bh"] = "holm",
        test: bool = True,
        top_only: bool = False,
    ) -> pd.DataFrame:
        """Two groups side by side, in the columns of `qualcode compare`.

        Fisher's exact test is not made where several of the two groups' respondents share a session, for they are not
        independent.

        Args:
            by_session: test whole sessions instead, by permutation.
            correction: for the number of themes: Holm, or Benjamini and Hochberg.
            test: False where only the differences are wanted.
            top_only: leave the codes below the themes out; there are fewer tests then to correct for.

        Raises:
            AnalysisError: a group does not exist, or sessions are to be tested between groups that are not of people.
        """
        from qualcode.analysis.comparison import compare_groups

        table = self.theme_table(by=by, where=where)
        if top_only:
            table = table[table["depth"] == 0]
        groups = [name for name in table["group"].unique() if name != ALL_GROUPS]
        first, second = (self.group_named(name, groups) for name in (a, b))
        if by_session:
            tests = self._session_tests(first, second, by, where)
            return compare_groups(table, first, second, test=True, method=correction, by_session=tests)
        independent = test and not self.share_sessions([first, second], by=by, where=where)
        return compare_groups(table, first, second, test=independent, method=correction)

    def _session_tests(self, a: str, b: str, by: str, where: Filter) -> dict[str, SessionTest]:
        """The tests of whole sessions by theme; none where one of the groups has nobody who answers."""
        from qualcode.analysis.session_permutation import ON_THEIR_OWN, people_together, session_permutation_tests
        from qualcode.analysis.units import rows_and_themes, themes_by_code

        codes = self._project.codebook.current().codes
        selection = Selection(self.material(), self._project.codebook.current(), where)
        grouping = selection.grouping(by)
        if grouping.column != "case":
            raise AnalysisError(
                _("Sessions can be compared between groups of people only, not by {name}.").format(name=by),
                hint=_("Choose a respondent group or an attribute, or leave --by-session out."),
            )
        names = (*grouping.names, NO_GROUP)
        said = selection.said[selection.said["case"] != NOBODY]
        people = said.drop_duplicates("case")[["case"]]
        people = people.assign(group=grouping.of(people))
        people = people[people["group"].isin([names.index(a), names.index(b)])]
        in_a = (people["group"] == names.index(a)).to_numpy()
        if in_a.all() or not in_a.any():
            return {}
        places = said[["case", "session"]].drop_duplicates()
        together = people_together(places["case"].to_numpy(), places["session"].to_numpy(), nobody=NOBODY)
        session = np.array([together.get(case, ON_THEIR_OWN) for case in people["case"]], dtype=np.int64)
        row, theme = rows_and_themes(selection.codings["code"].to_numpy(), themes_by_code(codes))
        number = pd.Series(np.arange(len(people)), index=people["case"])
        person = number.reindex(selection.codings["case"].to_numpy()[row]).to_numpy()
        mentions = np.zeros((len(codes), len(people)), dtype=np.bool_)
        known = ~np.isnan(person)
        mentions[theme[known], person[known].astype(np.int64)] = True
        tests = session_permutation_tests(in_a, session, mentions)
        return {code.key: test for code, test in zip(codes, tests, strict=True)}

    def cooccurrence(
        self, *, unit: Unit | None = None, where: Filter = EVERYTHING, suggested: bool = False
    ) -> pd.DataFrame:
        """How often two themes stand together, in the columns of `qualcode cooccurrence`.

        Args:
            unit: what a unit is; the study's own if None.
            where: which part of the material.
            suggested: what waits for a decision instead of what was coded.

        Raises:
            AnalysisError: the filter names something that does not exist.
        """
        from qualcode.analysis.cooccurrence import cooccurrence_table

        analysis = self._project.settings
        wanted = unit or analysis.unit
        codebook = self._project.codebook.current()
        selection = Selection(self.material(), codebook, where)
        sentences = self._sentences(selection.said) if wanted == Unit.SENTENCE else None
        return cooccurrence_table(
            selection.counted(selection.grouping("group"), sentences),
            codebook.codes,
            unit=wanted,
            small_cell=analysis.small_cell,
            language=analysis.language,
            suggested=suggested,
        )

    def closed_table(self, *, by: str = "group") -> pd.DataFrame:
        """What each group answered to each closed question, in the columns of `qualcode closed`.

        Args:
            by: "group" or the name of an attribute.

        Raises:
            AnalysisError: `by` names something that does not exist, or that respondents are not grouped by.
        """
        from qualcode.analysis.closed import ClosedAnswers, closed_table

        material, analysis = self.material(), self._project.settings
        grouping = Selection(material, self._project.codebook.current(), EVERYTHING).grouping(by)
        if grouping.column != "case":
            raise AnalysisError(
                _("Closed questions are told by groups of people only, not by {name}.").format(name=by),
                hint=_("Choose a respondent group or an attribute."),
            )
        cases, attributes = material.cases, material.attributes
        questions = []
        for each in settings.read(self._project.db, "closed_questions", []):
            answers = attributes[attributes["name"] == each["column"]]
            asked = frozenset(cases["case"][cases["survey"].isin(each["surveys"])].tolist())
            values = dict(zip(answers["case"].tolist(), answers["value"].tolist(), strict=True))
            questions.append(ClosedAnswers(each["column"], each["kind"], each["min"], each["max"], asked, values))
        of_group = grouping.of(cases)
        groups = [
            (name, frozenset(cases["case"][of_group == number].tolist()))
            for number, name in enumerate((*grouping.names, NO_GROUP))
        ]
        groups.append((ALL_GROUPS, frozenset(cases["case"].tolist())))
        return closed_table(questions, groups, small_cell=analysis.small_cell)

    def group_named(self, name: str, groups: Sequence[str]) -> str:
        """The group of that name, else of that name but for case and white space.

        Raises:
            AnalysisError: there is none.
        """
        for same in (str, folded):
            for group in groups:
                if same(group) == same(name):
                    return group
        raise AnalysisError(_("There is no group {name!r}.").format(name=name), hint=did_you_mean(name, groups))

    def share_sessions(self, groups: Sequence[str], *, by: str = "group", where: Filter = EVERYTHING) -> bool:
        """Whether several people of these groups, named as in the theme table, speak in one session."""
        selection = Selection(self.material(), self._project.codebook.current(), where)
        grouping = selection.grouping(by)
        names = (*grouping.names, NO_GROUP)
        said = selection.said
        inside = np.isin(grouping.of(said), [names.index(group) for group in groups])
        together = said[inside & (said["session"] != NOBODY).to_numpy() & (said["case"] != NOBODY).to_numpy()]
        people = together.drop_duplicates(["session", "case"])
        return bool(people["session"].duplicated().any())

    def _sentences(self, said: pd.DataFrame) -> pd.DataFrame:
        wanted = sorted(set(said["document"]))
        return sentence_table(documents.contents(self._project.db, wanted), said)

    # -- quotations ---------------------------------------------------------------------------------------------------

    def quotations(
        self, code_key: str, group: str, *, by: str = "group", where: Filter = EVERYTHING, suggested: bool = False
    ) -> list[Quotation]:
        """The quotations behind one cell of the theme table, each span once, in order of document and position.

        Args:
            code_key: a theme; quotations of the codes below it are in.
            group: a group of the table, NO_GROUP or ALL_GROUPS.
            suggested: what waits for a decision instead of what was coded.
        """
        codebook = self._project.codebook.current()
        selection = Selection(self.material(), codebook, where)
        table = selection.pending if suggested else selection.codings
        wanted = [codebook.code(key).id for key in codebook.subtree(code_key)]
        mask = np.isin(table["code"].to_numpy(), wanted)
        if group != ALL_GROUPS:
            grouping = selection.grouping(by)
            mask &= grouping.of(table) == [*grouping.names, NO_GROUP].index(group)
        return self._quoted(_spans_with_codes(table[mask], wanted))

    def quotations_together(
        self,
        first_key: str,
        second_key: str,
        *,
        unit: Unit | None = None,
        where: Filter = EVERYTHING,
        suggested: bool = False,
    ) -> list[Quotation]:
        """The quotations behind one cell of the co-occurrence table: of either theme, where it stands with the other.

        Args:
            first_key: a theme, the codes below it included.
            second_key: another.
            unit: on what the two stand together; the study's own if None.
        """
        from qualcode.project.together import standing_together

        codebook = self._project.codebook.current()
        wanted = unit or self._project.settings.unit
        selection = Selection(self.material(), codebook, where)
        sentences = self._sentences(selection.said) if wanted == Unit.SENTENCE else None
        sides = [[codebook.code(key).id for key in codebook.subtree(theme)] for theme in (first_key, second_key)]
        counted = selection.counted(selection.grouping("group"), sentences)
        rows = standing_together(counted, sides[0], sides[1], wanted, suggested=suggested)
        return self._quoted(_spans_with_codes(rows, [*sides[0], *sides[1]]))

    def _quoted(self, found: Sequence[tuple[dict[str, int], tuple[int, ...]]]) -> list[Quotation]:
        """Quotations of rows of the material's codings or suggestions, each with its codes."""
        material = self.material()
        cases = material.cases
        idents = dict(zip(cases["case"], cases["ident"], strict=True))
        groups = dict(zip(cases["case"], cases["group"], strict=True))
        texts = dict(documents.contents(self._project.db, sorted({row["document"] for row, _codes in found})))
        times = documents.times_of(self._project.db, list(texts))
        return [
            Quotation(
                segment_id=row["segment"],
                document_id=row["document"],
                document=material.documents[row["document"]],
                respondent=idents.get(row["case"], ""),
                group=material.groups.get(groups.get(row["case"], NOBODY), NO_GROUP),
                session=material.sessions.get(row["session"], ""),
                question=material.questions.get(row["question"], ""),
                start=row["start"],
                end=row["end"],
                text=texts[row["document"]][row["start"] : row["end"]],
                code_ids=codes,
                begins=times.at(row["document"], row["start"]),
            )
            for row, codes in found
        ]

    # -- tables that leave the program --------------------------------------------------------------------------------

    def codings_table(self, *, where: Filter = EVERYTHING, unit: Unit | None = None) -> pd.DataFrame:
        """One row for each segment and respondent, in the columns of `codings.csv`."""
        codings = Selection(self.material(), self._project.codebook.current(), where).codings
        table = self._exported(codings, unit or self._project.settings.unit)
        coders = self.material().coders
        table["coder"] = [coders[coder] for coder in table.pop("_coder")]
        table["origin"] = [ORIGINS[origin].value for origin in table.pop("_origin")]
        why = suggestions.reasons(self._project.db)
        reasons = [why.get(suggestion, ("", "", None)) for suggestion in table.pop("_suggestion")]
        return self._with_reasons(table, reasons)[list(CODING_COLUMNS)]

    def suggestions_table(self, *, where: Filter = EVERYTHING, unit: Unit | None = None) -> pd.DataFrame:
        """One row for each suggestion and respondent: the columns of `codings.csv` and `status`."""
        proposed = Selection(self.material(), self._project.codebook.current(), where).suggestions
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
        material = self.material()
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
        said = self.material().utterances
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
        sentences = self._sentences(said.loc[sorted(set(spans["utterance"]))])
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
        material = self.material()
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
        attributes = self.material().attributes
        keys = dict(zip(self.material().cases["case"], self.material().cases["key"], strict=True))
        for name, rows in attributes.groupby("name", sort=False):
            facts = {keys[case]: value for case, value in zip(rows["case"], rows["value"], strict=True)}
            column = str(name) if str(name) not in table.columns else f"{name} (2)"
            table[column] = [facts.get(key, "") for key in table["respondent_key"]]
        return table

    def _units_by_case(self, own: pd.DataFrame) -> pd.Series:
        unit = self._project.settings.unit
        codings = self.material().codings
        match unit:
            case Unit.SEGMENT:
                return codings.drop_duplicates(["case", "document", "start", "end"]).groupby("case").size()
            case Unit.SENTENCE:
                return self._sentences(own)["utterance"].map(own["case"]).value_counts()
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

    # -- files --------------------------------------------------------------------------------------------------------

    def theme_report(self, *, warnings: Sequence[str] = ()) -> ThemeReport:
        """All that the workbook shows; where nothing is decided yet, what is suggested."""
        from qualcode.exporting.about import about_rows
        from qualcode.exporting.workbook import ThemeReport

        analysis = self._project.settings
        codebook = self._project.codebook.current()
        themes = self.theme_table()
        suggested = self.only_suggested(themes)
        quotations = self.suggestions_table() if suggested else self.codings_table()
        names = {code.key: code.name.in_language(analysis.language) for code in codebook.codes}
        parents = {code.key: code.parent for code in codebook.codes}
        quotations["theme_name"] = [names[code] for code in quotations["code"]]
        quotations["parent"] = [parents[code] for code in quotations["code"]]
        return ThemeReport(
            title=self._project.title,
            by="group",
            unit=analysis.unit.value,
            language=analysis.language,
            small_cell=analysis.small_cell,
            themes=themes,
            quotations=quotations,
            codebook=codebook,
            about=about_rows(self._facts(codebook, warnings), analysis.language),
            suggested=suggested,
            memos=self._project.memos.rows(),
        )

    def _facts(self, codebook: Codebook, warnings: Sequence[str]) -> StudyFacts:
        from qualcode.exporting.about import StudyFacts

        project, analysis, material = self._project, self._project.settings, self.material()
        respondents = self.respondents_table()
        statuses = material.suggestions.drop_duplicates("segment")["status"]
        became = {status: int((statuses == number).sum()) for number, status in enumerate(STATUSES)}
        per_coder = material.codings.drop_duplicates("segment")["coder"].value_counts()
        return StudyFacts(
            title=project.title,
            study_file=settings.read(project.db, "study_file", {}).get("name", ""),
            made=datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
            program=f"Qualcode {__version__}",
            codebook=f"{codebook.key} {codebook.version}".strip(),
            n_rules=sum(len(code.rules) for code in codebook.codes),
            threshold=analysis.threshold,
            unit=analysis.unit.value,
            n_respondents=len(respondents),
            n_answered=int(respondents["answered"].sum()),
            n_spoke=int(respondents["spoke"].sum()),
            not_an_answer=analysis.not_an_answer,
            small_cell=analysis.small_cell,
            n_accepted=became[Status.ACCEPTED],
            n_changed=became[Status.CHANGED],
            n_rejected=became[Status.REJECTED],
            n_open=became[Status.SUGGESTED],
            segments_by_coder=[
                (material.coders[coder], n)
                for coder, n in zip(per_coder.index.tolist(), per_coder.tolist(), strict=True)
            ],
            files=project.documents.originals(),
            warnings=warnings,
        )

    def export(self, path: Path, *, warnings: Sequence[str] = ()) -> None:
        """Write the report (.docx, .html), the workbook (.xlsx), the codings (.csv) or a chart, by the file's ending.

        Raises:
            ExportError: the ending stands for nothing that can be written, or the file cannot be.
        """
        suffix = path.suffix.casefold()
        try:
            if suffix == ".xlsx":
                from qualcode.exporting.workbook import write_workbook

                write_workbook(path, self.theme_report(warnings=warnings))
            elif suffix == ".csv":
                from qualcode.exporting.csv_tables import write_csv

                write_csv(self.codings_table(), path)
            elif suffix in (".docx", ".html"):
                from qualcode.project.report_files import write_report

                write_report(self._project, path)
            elif suffix in (".png", ".svg", ".pdf"):
                self.write_chart([path])
            else:
                raise ExportError(
                    _("{name}: nothing is exported to a file of that ending.").format(name=path.name),
                    hint=_(
                        "Use .docx or .html (report), .xlsx (tables), .csv (codings), .png, .svg or .pdf (picture)."
                    ),
                )
        except OSError as error:
            raise ExportError(
                _("{path} cannot be written.").format(path=path),
                hint=_("Check the folder, and close the file in other programs."),
            ) from error

    def write_chart(self, paths: Sequence[Path], *, by: str = "group", where: Filter = EVERYTHING) -> None:
        """Draw the themes by group; where nothing is decided yet, what is suggested."""
        from qualcode.exporting.chart_files import write_chart

        analysis = self._project.settings
        table = self.theme_table(by=by, where=where)
        write_chart(
            paths,
            table,
            title=self._project.title,
            by=by,
            language=analysis.language,
            small_cell=analysis.small_cell,
            suggested=self.only_suggested(table),
        )

    def only_suggested(self, table: pd.DataFrame) -> bool:
        """Whether nothing is coded yet and something is suggested: then tables show suggestions and say so."""
        return int(table["codings"].sum()) == 0 and int(table["suggested"].sum()) > 0


def _spans_with_codes(rows: pd.DataFrame, wanted: Sequence[int]) -> list[tuple[dict[str, int], tuple[int, ...]]]:
    """Each span once, in order of document and position, with its codes in the order wanted."""
    rows = rows.sort_values(["document", "start", "end"], kind="stable")
    order = {code_id: position for position, code_id in enumerate(wanted)}
    found = []
    for _place, span in rows.groupby(["document", "start", "end"], sort=False):
        codes = tuple(sorted(set(span["code"].tolist()), key=order.__getitem__))
        found.append(({str(name): int(value) for name, value in span.iloc[0].items()}, codes))
    return found


def _joined_names(utterances: pd.DataFrame, sessions: dict[int, str]) -> dict[int, str]:
    """Sessions of each respondent, by name."""
    inside = utterances[(utterances["session"] != NOBODY) & (utterances["case"] != NOBODY)]
    pairs = inside[["case", "session"]].drop_duplicates()
    names: dict[int, list[str]] = {}
    for case, session in zip(pairs["case"], pairs["session"], strict=True):
        names.setdefault(case, []).append(sessions[session])
    return {case: "; ".join(each) for case, each in names.items()}
