"""Learning from decisions away from the window: an own view of the project, and a process of its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.gui.background import Cancelled, Progress

if TYPE_CHECKING:
    from qualcode.autocoding.meaning import Meanings
    from qualcode.project.learning_run import Learning


def learn_from(
    project: Path,
    *,
    by_meaning: bool | None,
    meanings: Meanings | None,
    progress: Progress,
    cancelled: Cancelled,
) -> Learning:
    """Reads what was decided in a project and learns from it; changes nothing.

    Args:
        by_meaning: whether sentences are compared by what they mean too; None where there are few enough.
        meanings: what is known of them from before.

    Raises:
        CancelledError: the user stopped it.
    """
    from qualcode.project.learning_run import in_a_process
    from qualcode.project.project import Project

    with Project.open(project, read_only=True) as view:
        run = replace(view.learning.run(by_meaning), meanings=meanings)
    return in_a_process(run, cancelled)
