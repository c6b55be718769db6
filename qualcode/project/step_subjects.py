"""What a step of the history was about, for those who look for one among hundreds of the same name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.model.codebook import Wording
from qualcode.store.step_rows import Row, StepRow, rows_of_step

if TYPE_CHECKING:
    from qualcode.project.project import Project

_MOST = 12
"""Rows that are looked at: a step over thousands is about too much to be named."""


@dataclass(frozen=True, slots=True)
class StepSubject:
    """What a step was about.

    Attributes:
        codes: names of the codes, of the first rows.
        documents: names of the transcripts and answers; none where more rows changed than were looked at.
        is_change: whether one thing went from the first of two to the second: a quotation's code, or a code's name.
    """

    codes: tuple[str, ...]
    documents: tuple[str, ...]
    is_change: bool = False


def subject_of_step(project: Project, step_id: int) -> StepSubject:
    """The codes and documents of the rows that a step changed; what is gone since is not named.

    Args:
        project: whose history it is.
        step_id: the step, done or undone.
    """
    language = project.settings.language
    rows = rows_of_step(project.db, step_id, _MOST)
    names = {code.id: code.name.in_language(language) or code.key for code in project.codebook.current().codes}
    names |= {row["id"]: _name(row, language) for each in rows if each.table == "code" for row in _sides(each)}
    codes: dict[str, None] = {}
    for each in rows:
        for row in _sides(each):
            if each.table == "code":
                codes[_name(row, language)] = None
            elif row.get("code_id") in names:
                codes[names[row["code_id"]]] = None
    if len(rows) == _MOST:
        return StepSubject(tuple(codes), ())
    ids = list(dict.fromkeys(row["document_id"] for each in rows for row in _sides(each) if row.get("document_id")))
    known = {each.id: each.name for each in project.documents.some(ids)} if ids else {}
    added = [str(row["name"]) for each in rows if each.table == "document" for row in _sides(each)]
    documents = dict.fromkeys([*added, *(known[each] for each in ids if each in known)])
    return StepSubject(tuple(codes), tuple(documents), len(codes) == 2 and _is_one_changed(rows))


def _sides(row: StepRow) -> Iterator[Row]:
    return (each for each in (row.before, row.after) if each is not None)


def _is_one_changed(rows: list[StepRow]) -> bool:
    changed = [each for each in rows if each.table in ("segment", "code")]
    return len(changed) == 1 and changed[0].before is not None and changed[0].after is not None


def _name(row: Row, language: str) -> str:
    return Wording(**json.loads(row["name"])).in_language(language) or str(row["key"])
