"""Trying rules on a worker thread, on texts that were read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.gui.background import Cancelled, Progress

if TYPE_CHECKING:
    from qualcode.project.rule_run import RuleRun
    from qualcode.project.rule_trial import Trial


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying.

    Attributes:
        text: what was tried.
        run: the texts that it was tried on, for the next time.
    """

    text: str
    run: RuleRun
    trial: Trial


def try_text(
    path: Path, run: RuleRun | None, code_key: str, text: str, *, progress: Progress, cancelled: Cancelled
) -> Tried:
    """Tries rules; reads the project's texts first if they are not at hand.

    Raises:
        CancelledError: the coder went on typing.
    """
    from qualcode.project.project import Project
    from qualcode.project.rule_trial import try_rules

    if run is None:
        with Project.open(path, read_only=True) as view:
            run = view.review.rule_run(whole=True)
    return Tried(text, run, try_rules(run, code_key, text, cancelled=cancelled))
