"""Pictures and reports tell how far they are, and can be stopped before the file that was there is touched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import CancelledError
from qualcode.project.figures import write_figure
from qualcode.project.project import Project
from qualcode.project.report_files import export_file
from tests.builders import add_session, code_words, make_project

SAID = [("A", "It costs too much."), ("B", "It takes time.")]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path) as project:
        add_session(project, "Team", SAID, {"A": "Leaders", "B": "Staff"})
        code_words(project, "Team.txt", "costs", "price")
        yield project


class Asked:
    """Wants the work stopped when it was asked so many times."""

    def __init__(self, times: int) -> None:
        self.left = times

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.mark.parametrize("figure", ["bars", "network", "saturation"])
def test_a_picture_is_counted_drawn_and_written(project: Project, tmp_path: Path, figure: str) -> None:
    told: list[tuple[int, int]] = []
    write_figure(project, [tmp_path / "a.svg"], figure, progress=lambda *point: told.append(point))
    assert told == [(0, 3), (1, 3), (2, 3)]


@pytest.mark.parametrize("times", range(4))
def test_a_picture_that_is_stopped_leaves_the_old_file(project: Project, tmp_path: Path, times: int) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    path = folder / "a.svg"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(CancelledError):
        write_figure(project, [path], cancelled=Asked(times))
    assert [each.name for each in folder.iterdir()] == ["a.svg"]
    assert path.read_text("utf-8") == "old"
    write_figure(project, [path], cancelled=Asked(4))
    assert path.read_text("utf-8") != "old"


@pytest.mark.parametrize("name", ["report.html", "report.docx"])
def test_a_report_tells_of_its_parts_and_can_be_stopped_at_each(project: Project, tmp_path: Path, name: str) -> None:
    told: list[tuple[int, int]] = []
    path = tmp_path / name
    export_file(project, path, progress=lambda *point: told.append(point))
    total = told[0][1]
    assert total > 10 and told == [(done, total) for done in range(total + 1)]
    path.write_text("old", encoding="utf-8")
    for times in (0, 1, total // 2, total):
        with pytest.raises(CancelledError):
            export_file(project, path, cancelled=Asked(times))
    assert path.read_text("utf-8") == "old"
