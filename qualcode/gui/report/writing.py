"""Writing a report or a picture away from the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import Filter
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.written_file import writing_job
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class Scope:
    """What goes into a report or picture.

    Attributes:
        by: what the groups are.
        where: which part of the material.
        unit: the unit of counting.
        groups: two to compare; the two in which most answered if empty.
    """

    by: str = "group"
    where: Filter = Filter()  # noqa: RUF009  (a Filter cannot be changed)
    unit: Unit | None = None
    groups: tuple[str, ...] = ()


def job_of(project: Path, target: Path, scope: Scope, figure: str = "") -> Job:
    """Work that writes a report, or a picture if a figure is named, by the target's ending; gives a `WrittenFile`."""

    def write(own: Project, path: Path, *, progress: Progress, cancelled: Cancelled) -> None:
        from qualcode.project.figures import write_figure
        from qualcode.project.report_files import write_report

        by, where, unit, groups = scope.by, scope.where, scope.unit, scope.groups
        if figure:
            draw = partial(write_figure, progress=progress, cancelled=cancelled)
            draw(own, [path], figure, by=by, where=where, unit=unit, groups=groups)
        else:
            tell = partial(write_report, progress=progress, cancelled=cancelled)
            tell(own, path, by=by, where=where, unit=unit, groups=groups)

    return writing_job(project, target, write)


def drawn(project: Project, figure: str, scope: Scope) -> bytes:
    """A picture as PNG, to be looked at; may run on a worker thread.

    Raises:
        AnalysisError: it cannot be drawn of this part, or nothing is decided of which it could be.
    """
    from qualcode.project.figures import write_figure

    with TemporaryDirectory() as folder:
        path = Path(folder) / "picture.png"
        write_figure(project, [path], figure, by=scope.by, where=scope.where, unit=scope.unit, groups=scope.groups)
        return path.read_bytes()
