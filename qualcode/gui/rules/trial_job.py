"""Trying rules or word lists on a worker thread, on texts that were read once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.gui.background import Cancelled, Progress

if TYPE_CHECKING:
    from qualcode.errors import Problem
    from qualcode.gui.rules.subjects import Subject
    from qualcode.project.rule_run import RuleRun
    from qualcode.project.rule_trial import Trial


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of trying.

    Attributes:
        text: what was tried.
        run: the texts that it was tried on, for the next time.
        doubt: where the rules of a code find something nearly everywhere.
    """

    text: str
    run: RuleRun
    trial: Trial
    doubt: Problem | None = None


def try_text(
    path: Path, run: RuleRun | None, subject: Subject, text: str, *, progress: Progress, cancelled: Cancelled
) -> Tried:
    """Tries a text; reads the project's texts first if they are not at hand.

    Raises:
        CancelledError: the coder went on typing.
    """
    from qualcode.project.project import Project
    from qualcode.project.rule_doubts import doubt_of_many
    from qualcode.project.rule_trial import Standing

    if run is None:
        with Project.open(path, read_only=True) as view:
            run = view.review.rule_run(whole=True)
    trial = subject.try_on(run, text, cancelled=cancelled)
    n_found = trial.n(Standing.NEW) + trial.n(Standing.KEPT)
    return Tried(text, run, trial, doubt_of_many(run, subject.key, n_found) if subject.key else None)
