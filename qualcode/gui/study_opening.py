"""A new project from a study file, made on a worker thread in a file that the window opens afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import Problem
from qualcode.gui.background import Cancelled, Progress

_SUFFIX = ".partial"
_STEPS = 1000


@dataclass(frozen=True, slots=True)
class MadeProject:
    """What came of a study file.

    Attributes:
        path: the project.
        n_documents: transcripts that came in.
        n_answers: open answers that came in.
        n_suggestions: what the rules proposed.
        has_rules: whether the codebook has any.
        problems: what was left out or is doubtful.
    """

    path: Path
    n_documents: int
    n_answers: int
    n_suggestions: int
    has_rules: bool
    problems: tuple[Problem, ...]


def make_project(study_path: Path, path: Path, *, progress: Progress, cancelled: Cancelled) -> MadeProject:
    """Reads a study, imports what it names, runs the rules, and puts the project at `path` when all went well.

    Args:
        study_path: the study file.
        path: where the project goes; a file that stands there is replaced at the end.
        progress: told done and total, over both parts of the work.
        cancelled: asked again and again.

    Raises:
        QualcodeError: the study or a file cannot be used, or the user stopped it; nothing is left behind.
    """
    from qualcode.files.study_file import read_study
    from qualcode.project.project import Project

    with unfinished_project(path) as unfinished:
        study = read_study(study_path)
        with Project.create(unfinished, study.title) as project:
            summary = project.documents.import_study(
                study, progress=lambda done, total: progress(_part(done, total), 2 * _STEPS), cancelled=cancelled
            )
            n_suggestions = project.review.suggest(
                progress=lambda done, total: progress(_STEPS + _part(done, total), 2 * _STEPS), cancelled=cancelled
            )
            has_rules = any(code.rules for code in project.codebook.current().codes)
    return MadeProject(path, summary.n_documents, summary.n_answers, n_suggestions, has_rules, summary.problems)


@contextmanager
def unfinished_project(path: Path) -> Iterator[Path]:
    """Where a project is made until all went well: then it takes its place, else nothing is left of it."""
    from qualcode.store.database import settle

    unfinished = path.with_name(path.name + _SUFFIX)
    _remove(unfinished)
    try:
        yield unfinished
        settle(path)
        unfinished.replace(path)
    except BaseException:
        _remove(unfinished)
        raise


def _part(done: int, total: int) -> int:
    return _STEPS * done // total if total else 0


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
