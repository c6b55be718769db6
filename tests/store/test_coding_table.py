"""Whose words a segment touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span
from qualcode.store.coding_table import material
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
