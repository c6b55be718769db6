"""Bringing material in: transcripts, a big survey, and the main job from a study file to all results."""

from __future__ import annotations

import zipfile
from pathlib import Path

from benchmarks.figures import Figures
from benchmarks.loading import load_libraries
from benchmarks.workloads import Workloads


def import_txt(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """Transcripts as plain text into a new project, beside reading and decoding the files."""
    study = workloads.txt_study()
    _import(study, figures, "import-txt", scratch)
    with figures.refer("import-txt"):
        for path in sorted(study.parent.glob("*.txt")):
            path.read_bytes().decode("utf-8")


def import_docx(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """Word transcripts into a new project, beside parsing their XML."""
    from lxml import etree

    study = workloads.docx_study()
    _import(study, figures, "import-docx", scratch)
    with figures.refer("import-docx"):
        for path in sorted(study.parent.glob("*.docx")):
            with zipfile.ZipFile(path) as archive:
                etree.fromstring(archive.read("word/document.xml"))


def _import(study: Path, figures: Figures, line: str, scratch: Path) -> None:
    load_libraries()
    from qualcode.cli.main import collecting_less
    from qualcode.files.study_file import read_study
    from qualcode.project.project import Project

    with collecting_less(), figures.measure(line), Project.create(scratch / "project.qualcode") as project:
        project.documents.import_study(read_study(study))


def run(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """The main job with all suggestions accepted, which is the longer way: all files are full."""
    load_libraries()
    from qualcode.cli.main import collecting_less
    from qualcode.project.study_run import run_study

    study = workloads.run_study()
    with collecting_less(), figures.measure("run"):
        run_study(study, scratch / "results", accept_suggestions=True)


def run_template(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """The same with the template codebook that comes with the program, as on the first day: nothing is kept of it."""
    load_libraries()
    import contextlib
    import io

    import scipy.sparse  # noqa: F401

    from qualcode.autocoding import kept
    from qualcode.cli.main import run as run_command

    kept.folder = lambda: scratch / "numbers"
    command = ["run", str(workloads.template_study()), "--out", str(scratch / "results"), "--accept-suggestions"]
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told), figures.measure("run-template"):
        code = run_command(command)
    if code:
        raise RuntimeError(f"qualcode run ended with {code}.")


def survey(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """A big survey: import, suggest, count, beside python-calamine reading the workbook."""
    load_libraries()
    import python_calamine

    from qualcode.cli.main import collecting_less
    from qualcode.files.study_file import read_study
    from qualcode.project.project import Project

    study = workloads.survey_study()
    with collecting_less(), figures.measure("survey"), Project.create(scratch / "project.qualcode") as project:
        project.documents.import_study(read_study(study))
        project.review.suggest()
        project.reports.theme_table()
    with figures.refer("survey"):
        python_calamine.load_workbook(str(study.with_name("survey.xlsx"))).get_sheet_by_index(0).to_python()
