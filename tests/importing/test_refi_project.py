"""Projects of the exchange standard, with the quirks of the tools that write them."""

from __future__ import annotations

from pathlib import Path

from qualcode.importing.project_parts import Placement, SettledProject
from qualcode.importing.project_settling import settled
from qualcode.importing.refi_project import read_refi_project
from tests.importing.foreign_projects import TALK, mark, simple_qdpx


def read(path: Path) -> SettledProject:
    return settled(read_refi_project(path))


def passages(project: SettledProject) -> list[str]:
    """The words of each coding that has a place."""
    texts = {document.ident: document.text for document in project.documents}
    return [texts[each.document][each.span.start : each.span.end] for each in project.codings]


def test_labels_go_beside_the_text_and_every_passage_goes_along(tmp_path: Path) -> None:
    marks = [
        mark(TALK, "Taushetsplikten stopper oss."),
        mark(TALK, "Ja, taushetsplikten."),
        mark(TALK, "å lese.\nBo: Tau"),
    ]
    project = read(simple_qdpx(tmp_path / "a.qdpx", marks))
    (document,) = project.documents
    assert document.text == "Vi får ikke lov å lese.\nTaushetsplikten stopper oss.\nJa, taushetsplikten."
    assert [turn.label for turn in document.turns] == ["Anna", "Bo", "Anna"]
    assert passages(project) == ["Taushetsplikten stopper oss.", "Ja, taushetsplikten.", "å lese.\nTau"]
    assert project.n_placed(Placement.VERIFIED) == 3
    assert [code.parent for code in project.codes] == ["", "k0", ""]
    assert project.codes[1].colour == "#ff0000"
    assert project.codings[0].coder == "Kari"
