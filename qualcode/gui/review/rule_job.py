"""Running the rules on a worker thread, on an own view of the project; the window's thread stores what they found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.gui.background import Cancelled, Progress

if TYPE_CHECKING:
    from qualcode.errors import Problem
    from qualcode.project.rule_run import Found, RuleRun


@dataclass(frozen=True, slots=True)
class FoundSuggestions:
    """What the rules found.

    Attributes:
        project: the file of the project that they looked through.
        run: what they looked through.
        found: by document.
        doubts: about codes whose rules find something nearly everywhere, or nowhere.
    """

    project: Path
    run: RuleRun
    found: list[Found]
    doubts: tuple[Problem, ...] = ()


def find_suggestions(
    project: Path, before: RuleRun | None = None, *, progress: Progress, cancelled: Cancelled
) -> FoundSuggestions:
    """Reads the texts of a project and runs its rules over them; changes nothing.

    Args:
        before: an earlier run over the same project: what it worked out is used again.

    Raises:
        CancelledError: the user stopped it.
    """
    from qualcode.project.project import Project
    from qualcode.project.rule_doubts import rule_doubts

    with Project.open(project, read_only=True) as view:
        if before is not None:
            view.review.go_on_from(before)
        run = view.review.rule_run()
    found = run.find(progress=progress, cancelled=cancelled)
    return FoundSuggestions(project, run, found, tuple(rule_doubts(run, found)))
