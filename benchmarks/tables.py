"""Tables and quotations of very many codings."""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import Figures
from benchmarks.loading import load_libraries
from benchmarks.workloads import Workloads


def theme_table(workloads: Workloads, figures: Figures, _scratch: Path) -> None:
    """The table by group in a project just opened and once more, beside pandas on the same codings as CSV."""
    load_libraries()
    import pandas as pd

    from qualcode.project.project import Project

    path = workloads.coded_project()
    with Project.open(path, read_only=True) as project:
        with figures.measure("theme-table-cold"):
            project.reports.theme_table()
        with figures.measure("theme-table-warm"):
            project.reports.theme_table()
    with figures.refer("theme-table-cold"):
        codings = pd.read_csv(path.with_name("codings.csv"), usecols=["group", "theme", "respondent"])
        codings.pivot_table(index="theme", columns="group", values="respondent", aggfunc="nunique")
    figures.reference["theme-table-warm"] = figures.reference["theme-table-cold"]


def cooccurrence(workloads: Workloads, figures: Figures, _scratch: Path) -> None:
    """Which of 300 codes stand together, in memory, beside its pairs of spans and its respondents in bare NumPy."""
    load_libraries()
    import numpy as np
    import pandas as pd

    from qualcode.analysis.cooccurrence import cooccurrence_table
    from qualcode.analysis.units import Counted
    from qualcode.model.codebook import Code, Wording
    from qualcode.model.segment import Unit

    n, n_codes, n_respondents = workloads.size.codings, 300, 1000
    random = np.random.default_rng(1)
    document, start = random.integers(1, 201, n), random.integers(0, 2 * n // 3, n)
    end, code = start + random.integers(20, 200, n), random.integers(1, n_codes + 1, n)
    case = random.integers(0, n_respondents, n)
    codings = pd.DataFrame({"document": document, "start": start, "end": end, "code": code, "case": case})
    codings = codings.assign(utterance=case, session=document, question=-1)
    said = pd.DataFrame({"case": np.arange(n_respondents), "session": 1, "question": -1})
    material = Counted(said, codings, codings.iloc[:0], said[["case"]])
    codes = [Code(f"code_{number}", Wording(plain="Code"), id=number) for number in range(1, n_codes + 1)]
    few = Counted(said, codings.iloc[:1000], codings.iloc[:0], said[["case"]])
    cooccurrence_table(few, codes, unit=Unit.SEGMENT, small_cell=5, language="en")  # what NumPy and pandas load late
    with figures.measure("cooccurrence"):
        cooccurrence_table(material, codes, unit=Unit.SEGMENT, small_cell=5, language="en")
    with figures.refer("cooccurrence"):
        length = 200
        spans = ((document * n + start) * length + (end - start)) * (n_codes + 1) + code
        spans = np.sort(spans)
        spans, themes = np.divmod(spans[np.diff(spans, prepend=-1) > 0], n_codes + 1)
        starts, lengths = np.divmod(spans, length)
        following = np.searchsorted(starts, starts + lengths) - np.arange(len(starts)) - 1
        first = np.repeat(np.arange(len(starts)), following)
        second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(following) - following, following)
        pairs = themes[first] * (n_codes + 1) + themes[second]
        np.bincount(pairs, minlength=(n_codes + 1) ** 2).reshape(n_codes + 1, n_codes + 1)
        spoke = np.zeros((n_respondents, n_codes + 1))
        spoke[case, code] = 1
        _respondents_with_both = spoke.T @ spoke


def quotations(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """The workbook with all quotations, beside openpyxl writing the same rows in its write-only mode."""
    load_libraries()
    from openpyxl import Workbook

    from qualcode.project.project import Project
    from qualcode.project.report_files import write_workbook
    from qualcode.project.workbook_content import theme_report

    with Project.open(workloads.quoted_project(), read_only=True) as project:
        with figures.measure("quotations"):
            write_workbook(project, scratch / "themes.xlsx")
        table = theme_report(project).quotations
    shown = ["theme_name", "parent", "group", "text", "respondent", "session", "document", "coder", "origin"]
    rows = table[shown].to_numpy().tolist()
    with figures.refer("quotations"):
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
        workbook.save(scratch / "reference.xlsx")
