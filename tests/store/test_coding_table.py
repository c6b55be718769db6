"""Whose words a segment touches, and how many numbers are read at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import literal, select, union_all

from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span
from qualcode.store.coding_table import _integers, material
from qualcode.store.schema import code
from tests.builders import add_session, make_project

TEXT = "tid …\nja.\nhva?\n…"  # Anna, Bo, the moderator, Anna


@pytest.mark.parametrize(
    ("words", "speakers"),
    [
        ("tid", ["Anna"]),
        ("…", ["Anna"]),  # no word, but inside what she said
        ("…\n", []),  # reaches beyond her turn, and holds no word of it
        ("…\nja", ["Bo"]),
        ("tid …\nja.\nhva?\n…", ["Anna", "Bo"]),
        ("hva?\n…", []),
    ],
)
def test_a_segment_belongs_to_whose_words_it_touches(tmp_path: Path, words: str, speakers: list[str]) -> None:
    groups = {"Anna": "Leaders", "Bo": "Staff", "Mod": SpeakerRole.MODERATOR}
    said = [("Anna", "tid …"), ("Bo", "ja."), ("Mod", "hva?"), ("Anna", "…")]
    with make_project(tmp_path) as project:
        document = add_session(project, "S", said, groups)
        start = TEXT.index(words)
        project.segments.add(document, Span(start, start + len(words)), project.codebook.current().codes[0].id)
        found = material(project.db)
        idents = dict(zip(found.cases["case"], found.cases["ident"], strict=True))
        assert sorted({idents[case] for case in found.codings["case"]}) == speakers


@pytest.mark.parametrize("n_columns", [1, 2, 3, 4])
def test_numbers_come_out_as_they_stand_in_the_database(tmp_path: Path, n_columns: int) -> None:
    rows = [(-1, 0, 7, -1), (0, -1, 1, 5), (2**31 - 2, -1, -1, 2**31 - 2), (3, 2**31 - 2, 0, 0)]
    names = ["a", "b", "c", "d"][:n_columns]
    queries = [select(*(literal(value).label(name) for name, value in zip(names, row, strict=False))) for row in rows]
    wanted = [row[:n_columns] for row in rows]
    with make_project(tmp_path) as project:
        found = _integers(project.db, select(union_all(*queries).subquery()))
        assert list(found) == names
        assert sorted(zip(*(found[name].tolist() for name in names), strict=True)) == sorted(wanted)
        nothing = _integers(project.db, select(code.c.id, code.c.parent_id).where(code.c.id < 0))
    assert [len(each) for each in nothing.values()] == [0, 0]
