"""Reads projects of RQDA (.rqda): its tables, shown as those of QualCoder, which took their shape from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from qualcode.i18n import _, collapsed
from qualcode.importing.sqlite_files import ForeignTables, Row, number_in, text_in

_TABLES = frozenset(("source", "freecode", "coding"))

_AS_THEY_ARE: Mapping[str, tuple[str, Mapping[str, str]]] = {  # a table there, and what its columns are called there
    "source": ("source", {"id": "id", "name": "name", "fulltext": "file"}),
    "code_cat": ("codecat", {"catid": "catid", "name": "name"}),
    "code_text": ("coding", {"cid": "cid", "fid": "fid", "seltext": "seltext", "pos0": "selfirst", "pos1": "selend"}),
    "case_text": ("caselinkage", {"caseid": "caseid", "fid": "fid", "pos0": "selfirst", "pos1": "selend"}),
    "cases": ("cases", {"caseid": "id", "name": "name"}),
    "annotation": ("annotation", {"fid": "fid", "pos0": "position", "pos1": "position", "memo": "annotation"}),
    "journal": ("journal", {"name": "name", "jentry": "journal"}),
    "project": ("project", {}),
    "code_image": ("imageCoding", {"imid": "cid"}),
}
_EVERYWHERE = {"memo": "memo", "owner": "owner", "date": "date"}


def is_rqda(tables: ForeignTables) -> bool:
    """Whether a database has the tables of RQDA."""
    return tables.names >= _TABLES


class RqdaTables:
    """The tables of RQDA under the names of QualCoder's, without the rows that were deleted in it."""

    def __init__(self, tables: ForeignTables) -> None:
        self._tables = tables
        self._made: Mapping[str, Callable[[], Iterator[Row]]] = {
            "code_name": self._codes,
            "attribute": self._attributes,
        }

    def columns(self, table: str) -> list[str]:
        """The columns that a table has here; none if there is no such table."""
        there, names = _AS_THEY_ARE.get(table, ("", {}))
        return list(names) if there in self._tables.names else []

    def rows(self, table: str, columns: Sequence[str]) -> list[Row]:
        """All rows of a table, by QualCoder's names.

        Raises:
            ImportingError: more than the bounds of `sqlite_files`.
        """
        if table in self._made:
            return [dict.fromkeys(columns) | row for row in self._made[table]()]
        there, names = _AS_THEY_ARE.get(table, ("", {}))
        names = {**_EVERYWHERE, **names}
        wanted = [names[column] for column in columns if column in names]
        return [
            {column: row.get(names[column]) if column in names else None for column in columns}
            for row in self._kept(there, wanted)
        ]

    def _kept(self, table: str, columns: Sequence[str]) -> list[Row]:
        """The rows that were not deleted; a deleted one stays in the file with another status."""
        rows = self._tables.rows(table, [*dict.fromkeys(columns), "status"])
        return [row for row in rows if row["status"] is None or number_in(row, "status") == 1]

    def _codes(self) -> Iterator[Row]:
        """Codes with the category that each stands in; of several, the first."""
        categories: dict[int | None, int | None] = {}
        for row in self._kept("treecode", ["cid", "catid"]):
            categories.setdefault(number_in(row, "cid"), number_in(row, "catid"))
        for row in self._kept("freecode", ["id", "name", "memo", "color", "owner", "date"]):
            number = number_in(row, "id")
            yield {**row, "cid": number, "catid": categories.get(number)}

    def _attributes(self) -> Iterator[Row]:
        """Attributes of cases and files, and the categories of files as one of theirs."""
        for kind, table, owner in (("case", "caseAttr", "caseID"), ("file", "fileAttr", "fileID")):
            for row in self._kept(table, ["variable", "value", owner]):
                yield {"name": row["variable"], "attr_type": kind, "value": row["value"], "id": row[owner]}
        names = {number_in(row, "catid"): text_in(row, "name") for row in self._kept("filecat", ["catid", "name"])}
        of_file: dict[int | None, list[str]] = {}
        for row in self._kept("treefile", ["fid", "catid"]):
            name = collapsed(names.get(number_in(row, "catid"), ""))
            if name:
                of_file.setdefault(number_in(row, "fid"), []).append(name)
        for number, found in of_file.items():
            value = "; ".join(dict.fromkeys(found))
            yield {"name": _("Category"), "attr_type": "file", "value": value, "id": number}
