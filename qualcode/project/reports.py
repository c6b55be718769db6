"""Numbers of a project, and the quotations behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from qualcode.analysis.counts import theme_table
from qualcode.analysis.filtering import Filter
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean, folded
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.segment import Unit
from qualcode.project.selection import Selection, sentence_table
from qualcode.store import coding_table, documents
from qualcode.store.coding_table import NOBODY, Material

if TYPE_CHECKING:
    from qualcode.analysis.session_permutation import SessionTest
    from qualcode.project.project import Project

EVERYTHING = Filter()


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
    """What can be counted, compared and quoted."""

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
        sentences = self.sentences(selection.said) if wanted == Unit.SENTENCE else None
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

        Fisher's exact test is not made where several of the two groups' respondents share a session, or somebody is in
        both (of questions), for they are not independent.

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
        same_people = self.same_people([first, second], by=by, where=where)
        independent = test and not self.share_sessions([first, second], by=by, where=where)
        return compare_groups(
            table, first, second, test=independent, method=correction, same_people=test and same_people
        )

    def _session_tests(self, a: str, b: str, by: str, where: Filter) -> dict[str, SessionTest]:
        """The tests of whole sessions by theme; none where one of the groups has nobody who answers."""
        from qualcode.analysis.session_permutation import session_permutation_tests
        from qualcode.project.session_people import people_of_groups

        people = people_of_groups(self._project, (a, b), by=by, where=where)
        in_a = people.group == 0
        if in_a.all() or not in_a.any():
            return {}
        tests = session_permutation_tests(in_a, people.session, people.mentions)
        codes = self._project.codebook.current().codes
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
        sentences = self.sentences(selection.said) if wanted == Unit.SENTENCE else None
        return cooccurrence_table(
            selection.counted(selection.grouping("group"), sentences),
            codebook.codes,
            unit=wanted,
            small_cell=analysis.small_cell,
            language=analysis.language,
            suggested=suggested,
        )

    def closed_table(self, *, by: str = "group", where: Filter = EVERYTHING) -> pd.DataFrame:
        """What each group answered to each closed question, in the columns of `qualcode closed`.

        Args:
            by: "group" or the name of an attribute.
            where: which part of the material; who is left out of it is left out of the closed questions.

        Raises:
            AnalysisError: `by` or the filter names something that does not exist, or that people are not grouped by.
        """
        from qualcode.project.closed_answers import closed_answers_table

        return closed_answers_table(self._project, by=by, where=where)

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
        people = self._people_of(groups, by, where)
        together = people[people["session"] != NOBODY].drop_duplicates(["session", "case"])
        return bool(together["session"].duplicated().any())

    def same_people(self, groups: Sequence[str], *, by: str = "group", where: Filter = EVERYTHING) -> bool:
        """Whether somebody is in several of these groups, named as in the theme table, as of questions or sessions."""
        return bool(self._people_of(groups, by, where).drop_duplicates(["group", "case"])["case"].duplicated().any())

    def _people_of(self, groups: Sequence[str], by: str, where: Filter) -> pd.DataFrame:
        """What respondents of these groups said: `case, session, group`, a row each turn or answer."""
        selection = Selection(self.material(), self._project.codebook.current(), where)
        grouping = selection.grouping(by)
        names = (*grouping.names, NO_GROUP)
        said = selection.said[["case", "session"]].assign(group=grouping.of(selection.said))
        return said[said["group"].isin([names.index(group) for group in groups]) & (said["case"] != NOBODY)]

    def sentences(self, said: pd.DataFrame) -> pd.DataFrame:
        """The sentences of what was said, in the columns that `selection.sentence_table` gives."""
        wanted = sorted(set(said["document"]))
        return sentence_table(documents.contents(self._project.db, wanted), said)

    # -- quotations ---------------------------------------------------------------------------------------------------

    def quotations(
        self, code_key: str, group: str, *, by: str = "group", where: Filter = EVERYTHING, suggested: bool = False
    ) -> list[Quotation]:
        """The quotations behind one cell of the theme table, each span once, in order of document and position.

        Args:
            code_key: a theme; quotations of the codes below it are in. "" for all codes.
            group: a group of the table, NO_GROUP or ALL_GROUPS.
            suggested: what waits for a decision instead of what was coded.
        """
        codebook = self._project.codebook.current()
        selection = Selection(self.material(), codebook, where)
        table = selection.pending if suggested else selection.codings
        keys = codebook.subtree(code_key) if code_key else [code.key for code in codebook.codes]
        wanted = [codebook.code(key).id for key in keys]
        mask = np.isin(table["code"].to_numpy(), wanted)
        if group != ALL_GROUPS:
            grouping = selection.grouping(by)
            mask &= grouping.of(table) == [*grouping.names, NO_GROUP].index(group)
        return self.quoted(table[mask], wanted)

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
        sentences = self.sentences(selection.said) if wanted == Unit.SENTENCE else None
        sides = [[codebook.code(key).id for key in codebook.subtree(theme)] for theme in (first_key, second_key)]
        counted = selection.counted(selection.grouping("group"), sentences)
        rows = standing_together(counted, sides[0], sides[1], wanted, suggested=suggested)
        return self.quoted(rows, [*sides[0], *sides[1]])

    def quoted(self, rows: pd.DataFrame, codes: Sequence[int]) -> list[Quotation]:
        """Rows of the material's codings or suggestions as quotations, each span once, by document and position.

        Args:
            rows: as the material has them.
            codes: ids of the codes that may stand in them, in the order in which a quotation names its own.
        """
        return self._quoted(_spans_with_codes(rows, codes))

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
