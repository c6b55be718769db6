"""The framework matrix: what each respondent or session says of each theme, and summaries that people write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qualcode.analysis.filtering import Filter
from qualcode.analysis.units import rows_and_themes, themes_by_code
from qualcode.errors import AnalysisError, ExportError
from qualcode.i18n import _, did_you_mean, folded, in_quotes, ngettext
from qualcode.model.case import NO_GROUP
from qualcode.model.framework import FrameworkRows, Summary
from qualcode.project.selection import Selection
from qualcode.store import documents, segments, summaries
from qualcode.store.coding_table import NOBODY

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project

EVERYTHING = Filter()
COLUMNS = (
    *("row", "row_key", "group", "session", "theme", "name", "summary", "coder", "changed_at"),
    *("n_quotations", "quotations"),
)
BETWEEN_QUOTATIONS = "\n"
MOST_IN_A_CELL = 30_000
"""Characters of an exported cell; a workbook holds 32,767."""


@dataclass(frozen=True, slots=True)
class FrameworkRow:
    """A row of the matrix.

    Attributes:
        id: of the respondent or the session.
        key: unique in the project: a respondent's key, a session's name.
        name: as the source has it.
        group: of the respondent; "" for a session.
        session: where the respondent spoke; "" for a survey. A session's own name.
    """

    id: int
    key: str
    name: str
    group: str
    session: str


@dataclass(frozen=True, slots=True)
class CellQuotation:
    """A coded span in a cell.

    Attributes:
        codes: keys of the codes below the theme, or the theme, that it carries.
    """

    segment_id: int
    document_id: int
    start: int
    end: int
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """A matrix.

    Attributes:
        rows: in order: respondents by group and key, sessions as imported.
        themes: keys, in order of the codebook.
        names: of the themes, by key.
        quotations: by (row id, theme), only where there is any, each span once, in order of place.
        summaries: by (row id, theme).
    """

    kind: FrameworkRows
    rows: tuple[FrameworkRow, ...]
    themes: tuple[str, ...]
    names: Mapping[str, str]
    quotations: Mapping[tuple[int, str], tuple[CellQuotation, ...]]
    summaries: Mapping[tuple[int, str], Summary]


class FrameworkActions:
    """What can be asked of and written into the framework matrix."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def matrix(
        self,
        rows: FrameworkRows = FrameworkRows.RESPONDENT,
        *,
        themes: Sequence[str] = (),
        where: Filter = EVERYTHING,
        empty_rows: bool = True,
    ) -> Framework:
        """What each row says of each theme.

        Args:
            rows: respondents or sessions.
            themes: keys or names; those at the top if none is given. Codes below are in.
            where: which part of the material.
            empty_rows: respondents and sessions of whom nothing is coded and nothing is written, too.

        Raises:
            AnalysisError: the filter names something that does not exist.
            CodebookError: there is no such theme.
        """
        codebook = self._project.codebook.current()
        named = {self._project.codebook.by_key_or_name(each).key for each in themes}
        shown = [code for code in codebook.codes if (code.key in named if themes else code.depth == 0)]
        keys = tuple(code.key for code in shown)
        selection = Selection(self._project.reports.material(), codebook, where)
        quotations = self._quotations(selection, rows, keys)
        by_id = {code.id: code.key for code in codebook.codes}
        written = {
            (each.row_id, by_id[each.code_id]): each
            for each in summaries.all_summaries(self._project.db, rows)
            if by_id[each.code_id] in keys
        }
        found = self._rows(selection, rows)
        if not empty_rows:
            filled = {row for row, _theme in (*quotations, *written)}
            found = [each for each in found if each.id in filled]
        language = self._project.settings.language
        names = {code.key: code.name.in_language(language) or code.key for code in shown}
        return Framework(rows, tuple(found), keys, names, quotations, written)

    def summary(self, rows: FrameworkRows, row_id: int, code_id: int) -> Summary | None:
        """What stands in a cell, None if nothing does."""
        return summaries.get(self._project.db, rows, row_id, code_id)

    def set_summary(self, rows: FrameworkRows, row_id: int, code_id: int, content: str) -> None:
        """Write into a cell; what is only white space takes the summary away."""
        with self._project.step(_("Write summary")):
            coder = segments.coder_for(self._project.db, self._project.coder_name)
            summaries.put(self._project.db, rows, row_id, code_id, content.strip(), coder.id)

    def row_named(self, rows: FrameworkRows, name: str) -> FrameworkRow:
        """The row of that key, or of that name if only one has it.

        Raises:
            AnalysisError: there is none, or several.
        """
        selection = Selection(self._project.reports.material(), self._project.codebook.current(), EVERYTHING)
        known = self._rows(selection, rows)
        found = [each for each in known if folded(each.key) == folded(name)]
        found = found or [each for each in known if folded(each.name) == folded(name)]
        if len(found) != 1:
            raise AnalysisError(
                _("There is no {field} {value!r}.").format(field=rows.value, value=name)
                if not found
                else _("{name!r} means several.").format(name=name),
                hint=did_you_mean(name, [each.key for each in found or known]),
            )
        return found[0]

    def table(self, matrix: Framework) -> pd.DataFrame:
        """The matrix as one row a cell, in `COLUMNS`, empty cells too."""
        lines = []
        for row in matrix.rows:
            for theme in matrix.themes:
                written = matrix.summaries.get((row.id, theme))
                quoted = matrix.quotations.get((row.id, theme), ())
                lines.append(
                    {
                        "row": row.name,
                        "row_key": row.key,
                        "group": row.group,
                        "session": row.session,
                        "theme": theme,
                        "name": matrix.names[theme],
                        "summary": written.content if written else "",
                        "coder": written.coder if written else "",
                        "changed_at": written.changed_at if written else "",
                        "n_quotations": len(quoted),
                        "quotations": BETWEEN_QUOTATIONS.join(" ".join(each.text.split()) for each in quoted),
                    }
                )
        return pd.DataFrame(lines, columns=list(COLUMNS))

    def export(self, path: Path, matrix: Framework, *, quoted: bool = True) -> None:
        """Write the matrix: as a workbook (.xlsx) with a column a theme, or as CSV with a line a cell (`table`).

        Args:
            path: the ending decides; an existing file is replaced.
            quoted: put quotations below the summary in each cell of the workbook.

        Raises:
            ExportError: the ending stands for nothing that can be written, or the file cannot be.
        """
        from qualcode.exporting.sparing import spare_project

        suffix = path.suffix.casefold()
        spare_project(path, self._project.path)
        if suffix == ".csv":
            from qualcode.exporting.csv_tables import write_csv

            write_csv(self.table(matrix), path)
        elif suffix == ".xlsx":
            from qualcode.exporting.one_table import write_one_table

            write_one_table(path, self._as_one_table(matrix, quoted=quoted))
        else:
            raise ExportError(
                _("{name}: nothing is exported to a file of that ending.").format(name=path.name),
                hint=_("Use .xlsx (matrix) or .csv (a line a cell)."),
            )

    # -- what the matrix is made of -----------------------------------------------------------------------------------

    def _rows(self, selection: Selection, rows: FrameworkRows) -> list[FrameworkRow]:
        material = selection.everything
        if rows == FrameworkRows.SESSION:
            spoke = set(selection.said["session"].tolist())
            return [
                FrameworkRow(number, name, name, "", name)
                for number, name in material.sessions.items()
                if number in spoke
            ]
        inside = set(selection.counted(selection.grouping("group")).members["case"].tolist())
        pairs = selection.said[["case", "session"]].drop_duplicates()
        sessions: dict[int, list[str]] = {}
        for case, session in zip(pairs["case"].tolist(), pairs["session"].tolist(), strict=True):
            if session != NOBODY:
                sessions.setdefault(case, []).append(material.sessions[session])
        order = {number: place for place, number in enumerate(material.groups)}
        columns = (material.cases[name].tolist() for name in ("case", "key", "ident", "group"))
        found = [
            (order.get(group, len(order)), FrameworkRow(case, key, ident, material.groups.get(group, NO_GROUP), ""))
            for case, key, ident, group in zip(*columns, strict=True)
            if case in inside
        ]
        return [
            FrameworkRow(each.id, each.key, each.name, each.group, "; ".join(sessions.get(each.id, [])))
            for _place, each in sorted(found, key=lambda pair: pair[0])  # within a group in the order of import
        ]

    def _quotations(
        self, selection: Selection, rows: FrameworkRows, themes: Sequence[str]
    ) -> dict[tuple[int, str], tuple[CellQuotation, ...]]:
        codes = self._project.codebook.current().codes
        codings = selection.codings
        row, theme = rows_and_themes(codings["code"].to_numpy(), themes_by_code(codes))
        keys = np.array([code.key for code in codes], dtype=object)
        column = "case" if rows == FrameworkRows.RESPONDENT else "session"
        cells = codings.iloc[row].assign(theme=keys[theme] if len(theme) else [])
        cells = cells[cells["theme"].isin(themes) & (cells[column] != NOBODY)]
        cells = cells.sort_values(["document", "start", "end"], kind="stable")
        texts = dict(documents.contents(self._project.db, sorted(set(cells["document"].tolist()))))
        by_id = {code.id: code.key for code in codes}
        found: dict[tuple[int, str], dict[tuple[int, int, int], tuple[int, list[str]]]] = {}
        names = (column, "theme", "document", "start", "end", "segment", "code")
        for who, key, document, start, end, segment, code in zip(
            *(cells[each].tolist() for each in names), strict=True
        ):
            spans = found.setdefault((who, key), {})
            _segment, carried = spans.setdefault((document, start, end), (segment, []))
            if by_id[code] not in carried:
                carried.append(by_id[code])
        return {
            cell: tuple(
                CellQuotation(segment, document, start, end, texts[document][start:end], tuple(carried))
                for (document, start, end), (segment, carried) in spans.items()
            )
            for cell, spans in found.items()
        }

    def _as_one_table(self, matrix: Framework, *, quoted: bool) -> OneTable:
        from qualcode.exporting.one_table import OneTable

        first = _("Respondent") if matrix.kind == FrameworkRows.RESPONDENT else _("Session")
        is_people = matrix.kind == FrameworkRows.RESPONDENT
        lines: list[list[str | int | float | None]] = []
        for row in matrix.rows:
            who: list[str | int | float | None] = [row.name, row.group, row.session] if is_people else [row.name]
            lines.append([*who, *(self._cell(matrix, row, theme, quoted=quoted) for theme in matrix.themes)])
        return OneTable(
            title=_("Framework matrix: {title}").format(title=self._project.title),
            headings=[first, *([_("Group"), _("Session")] if is_people else []), *matrix.names.values()],
            rows=lines,
            notes=[
                _("Each cell: the summary, then the quotations with the theme or a code below it."),
                self._project.exports.made_by(),
            ],
        )

    @staticmethod
    def _cell(matrix: Framework, row: FrameworkRow, theme: str, *, quoted: bool) -> str:
        written = matrix.summaries.get((row.id, theme))
        parts = [written.content] if written else []
        length = len(parts[0]) if parts else 0
        quotations = matrix.quotations.get((row.id, theme), ()) if quoted else ()
        for number, each in enumerate(quotations):
            text = in_quotes(" ".join(each.text.split()))
            if length + len(text) > MOST_IN_A_CELL:
                left = len(quotations) - number
                parts.append(ngettext("… and {n} quotation more", "… and {n} quotations more", left).format(n=left))
                break
            parts.append(text)
            length += len(text) + 1
        return "\n".join(parts)
