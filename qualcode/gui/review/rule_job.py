"""Running the rules on a worker thread, on an own view of the project; the window's thread stores what they found."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.gui.background import Cancelled, Progress

if TYPE_CHECKING:
    from qualcode.project.rule_run import Found, RuleRun


@dataclass(frozen=True, slots=True)
class FoundSuggestions:
    """What the rules found.

    Attributes:
        project: the file of the project that they looked through.
        run: what they looked through.
        found: by document.
    """

    project: Path
    run: RuleRun
    found: list[Found]


def find_suggestions(project: Path, *, progress: Progress, cancelled: Cancelled) -> FoundSuggestions:
    """Reads the texts of a project and runs its rules over them; changes nothing.

    Raises:
        CancelledError: the user stopped it.
    """
    from qualcode.project.project import Project

    with Project.open(project, read_only=True) as view:
        run = view.review.rule_run()
    return FoundSuggestions(project, run, run.find(progress=progress, cancelled=cancelled))
