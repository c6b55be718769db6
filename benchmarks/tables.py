"""Tables and quotations of very many codings."""

from __future__ import annotations

from pathlib import Path

from benchmarks.figures import Figures, NotYetError
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


def cooccurrence(_workloads: Workloads, _figures: Figures, _scratch: Path) -> None:
    """Which codes stand together."""
    raise NotYetError("the program has no co-occurrence table")


def quotations(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """The workbook with all quotations, beside openpyxl writing the same rows in its write-only mode."""
    load_libraries()
    from openpyxl import Workbook

    from qualcode.project.project import Project

    with Project.open(workloads.quoted_project(), read_only=True) as project:
        with figures.measure("quotations"):
            project.reports.export(scratch / "themes.xlsx")
        table = project.reports.theme_report().quotations
    shown = ["theme_name", "parent", "group", "text", "respondent", "session", "document", "coder", "origin"]
    rows = table[shown].to_numpy().tolist()
    with figures.refer("quotations"):
        workbook = Workbook(write_only=True)
        sheet = workbook.create_sheet()
        for row in rows:
            sheet.append(row)
        workbook.save(scratch / "reference.xlsx")
