"""The main job: from a study file to theme tables, quotations, a chart and a project, in one go."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import __version__
from qualcode.errors import ExportError, Problem, StoreError
from qualcode.i18n import _
from qualcode.project.project import Project
from qualcode.project.rule_doubts import rule_doubts
from qualcode.store.database import settle

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.files.study_file import Study

Stage = Callable[[str, int, int], None]
"""Told what is going on, how far it is, and how far it goes (0 when that is not known)."""

RESULTS = (
    "project.qualcode",
    "theme_tables.xlsx",
    "codings.csv",
    "respondents.csv",
    "theme_table.csv",
    "suggestions.csv",
    "theme_chart.png",
    "theme_chart.svg",
    "run.json",
)
"""What a run writes."""

_LIBRARIES = (
    "spacy",
    "pandas",
    "numpy",
    "openpyxl",
    "python-calamine",
    "SQLAlchemy",
    "ahocorasick-rs",
    "matplotlib",
    "lxml",
)


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run made.

    Attributes:
        folder: where the results lie.
        themes: the theme table.
        n_suggestions: how many the rules made.
        accepted: whether they were accepted, unread.
        only_suggested: whether nothing is decided yet, so that tables show suggestions.
        problems: what the import left out, mended or doubts.
        doubts: what is doubtful about the rules.
    """

    folder: Path
    title: str
    themes: pd.DataFrame
    n_documents: int
    n_respondents: int
    n_answers: int
    n_suggestions: int
    accepted: bool
    only_suggested: bool
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...]


@dataclass(slots=True)
class _Clock:
    """Seconds of each stage, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextlib.contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        self.seconds[stage] = round(time.perf_counter() - begin, 3)


def run_study(
    study_path: Path,
    out: Path,
    *,
    accept_suggestions: bool = False,
    overwrite: bool = False,
    stage: Stage | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RunResult:
    """Make a new project of a study, suggest, count, and export everything into a folder.

    The results are made beside the folder and put in place at the end, so that a run that fails or is killed leaves
    the folder as it was.

    Raises:
        QualcodeError: the study, its codebook or a file cannot be used; all that is wrong is told.
        ExportError: the folder holds an earlier result and `overwrite` was not given.
        CancelledError: the user stopped it.
    """
    from qualcode.files.study_file import read_study

    tell = stage or (lambda _name, _done, _total: None)
    clock = _Clock()
    with clock("read the study file"):
        study = read_study(study_path)
    _check_folder(out, overwrite=overwrite)
    settle(out / RESULTS[0])
    with _unfinished(out, overwrite=overwrite) as folder:
        with Project.create(folder / RESULTS[0], study.title) as project:
            with clock("import"):
                imported = project.documents.import_study(
                    study, progress=lambda done, total: tell(_("Importing"), done, total), cancelled=cancelled
                )
            with clock("suggest"):
                run = project.review.rule_run()
                found = run.find(progress=lambda done, total: tell(_("Suggesting"), done, total), cancelled=cancelled)
                n_suggestions = project.review.store(run, found)
                doubts = rule_doubts(run, found)
            told = (*imported.problems, *doubts)
            if accept_suggestions:
                with clock("accept"):
                    project.review.accept_all()
            tell(_("Counting"), 0, 0)
            from qualcode.project.counting import count_table

            with clock("count"):
                themes = count_table(project)
            tell(_("Writing the results"), 0, 0)
            with clock("export"):
                _export(project, themes, folder, [str(problem) for problem in told])
            only_suggested = project.reports.only_suggested(themes)
            counts = {
                "documents": imported.n_documents,
                "respondents": imported.n_respondents,
                "answers": imported.n_answers,
                "suggestions": n_suggestions,
                "segments": project.segments.count(),
            }
            record = _record(project, study, counts, told, clock.seconds, accepted=accept_suggestions)
        (folder / "run.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return RunResult(
        out,
        study.title,
        themes,
        imported.n_documents,
        imported.n_respondents,
        imported.n_answers,
        n_suggestions,
        accept_suggestions,
        only_suggested,
        imported.problems,
        tuple(doubts),
    )


def _check_folder(out: Path, *, overwrite: bool) -> None:
    if out.exists() and not out.is_dir():
        raise ExportError(_("{path} is a file, not a folder.").format(path=out), hint=_("Name a folder with --out."))
    earlier = [name for name in RESULTS if (out / name).exists()]
    if earlier and not overwrite:
        raise ExportError(
            _("{folder} holds an earlier result ({file}).").format(folder=out, file=earlier[0]),
            hint=_("Name another folder, or give --overwrite to replace that result."),
        )
    parent = out.resolve().parent
    if not parent.is_dir():
        raise ExportError(_("There is no folder {folder}.").format(folder=parent), hint=_("Make it first."))


@contextlib.contextmanager
def _unfinished(out: Path, *, overwrite: bool) -> Iterator[Path]:
    """A folder beside `out` for results in the making; they are moved into `out` when all went well."""
    prefix = f".{out.resolve().name}.unfinished-"
    parent = out.resolve().parent
    for leftover in parent.glob(f"{prefix}*"):  # of a run that was killed
        if not _is_running(leftover.name.removeprefix(prefix).split("-")[0]):
            shutil.rmtree(leftover, ignore_errors=True)
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=parent))
    except OSError as error:
        raise ExportError(
            _("Nothing can be written to {folder}.").format(folder=parent), hint=_("Choose another place with --out.")
        ) from error
    try:
        yield folder
        _check_folder(out, overwrite=overwrite)  # another run may have ended there meanwhile
        _put_in_place(folder, out)
    except StoreError as error:  # a full disk, told of the folder that was asked for
        raise StoreError(error.message.replace(str(folder), str(out)), hint=error.hint) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(folder: Path, out: Path) -> None:
    settle(out / RESULTS[0])
    try:
        out.mkdir(exist_ok=True)
        for result in sorted(folder.iterdir(), key=lambda path: path.name == "run.json"):
            result.replace(out / result.name)
    except OSError as error:
        raise ExportError(
            _("The results cannot be put into {folder}.").format(folder=out),
            hint=_("Check that you may write there, and that no file in it is open."),
        ) from error


def _is_running(process: str) -> bool:
    if not process.isdigit():
        return False
    if os.name == "nt":  # os.kill would end the process there
        return True
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _export(project: Project, themes: pd.DataFrame, folder: Path, warnings: list[str]) -> None:
    from qualcode.exporting.csv_tables import write_csv
    from qualcode.project.figures import write_figure
    from qualcode.project.report_files import write_workbook

    exports = project.exports
    write_csv(themes, folder / "theme_table.csv")
    write_csv(exports.codings_table(), folder / "codings.csv")
    write_csv(exports.suggestions_table(), folder / "suggestions.csv")
    write_csv(exports.respondents_table(), folder / "respondents.csv")
    write_workbook(project, folder / "theme_tables.xlsx", warnings=warnings)
    write_figure(project, [folder / "theme_chart.png", folder / "theme_chart.svg"])


def _record(
    project: Project,
    study: Study,
    counts: dict[str, int],
    problems: tuple[Problem, ...],
    seconds: dict[str, float],
    *,
    accepted: bool,
) -> dict[str, object]:
    codebook = project.codebook.current()
    inputs = {study.path.name: study.path, study.codebook.name: study.codebook}
    hashes = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in inputs.items()}
    return {
        "title": study.title,
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "suggestions_accepted": accepted,
        "versions": {
            "qualcode": __version__,
            "codebook": f"{codebook.key} {codebook.version}".strip(),
            "python": platform.python_version(),
            "libraries": {name: _version_of(name) for name in _LIBRARIES},
        },
        "inputs_sha256": {**hashes, **dict(project.documents.originals())},
        "counts": counts,
        "warnings": [str(problem) for problem in problems],
        "seconds": seconds,
    }


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
