"""Writing the whole project for other tools on a worker thread, from an own view of it."""

from __future__ import annotations

from pathlib import Path

from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.written_file import WrittenFile
from qualcode.i18n import _

ENDING = ".qdpx"


def exchange_job(project: Path, target: Path) -> Job:
    """Work that writes a project in the exchange format; gives a `WrittenFile`."""

    def work(*, progress: Progress, cancelled: Cancelled) -> object:
        from qualcode.project.project import Project
        from qualcode.project.project_exchange import export_refi_project

        with Project.open(project, read_only=True) as view:
            export_refi_project(view, target, progress=progress, cancelled=cancelled)
        return WrittenFile(target)

    return Job(_("Writing {name}").format(name=target.name), work)
