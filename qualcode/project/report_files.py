"""A project's report, workbook, codings and pictures as files, by the file's ending."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import Filter
from qualcode.errors import ExportError
from qualcode.i18n import _
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.segment import Unit
from qualcode.model.telling import never, refuse_if, unheard
from qualcode.project.reports import EVERYTHING

if TYPE_CHECKING:
    from qualcode.project.project import Project

REPORT_ENDINGS = (".docx", ".html")
PICTURE_ENDINGS = (".png", ".svg", ".pdf")


def export_file(
    project: Project,
    path: Path,
    *,
    figure: str = "",
    by: str = "group",
    where: Filter = EVERYTHING,
    unit: Unit | None = None,
    groups: Sequence[str] = (),
    progress: Progress = unheard,
    cancelled: Cancelled = never,
) -> None:
    """Write a report, a picture, the workbook, the codings or all for another tool (.qdpx), by the file's ending.

    Args:
        path: an existing file is replaced.
        figure: which picture, one of `figures.FIGURES`; bars if "".
        by: what the groups are; likewise `where`, `unit` and `groups`: of reports and pictures only.
        progress: told of what there is much of.
        cancelled: whether it is to stop.

    Raises:
        AnalysisError: a picture, group, filter or attribute does not exist.
        CancelledError: it was stopped; no file was touched.
        ExportError: the ending stands for nothing that can be written, a choice does not go with it, or the file cannot
            be written.
    """
    suffix = path.suffix.casefold()
    if suffix in PICTURE_ENDINGS:
        from qualcode.project.figures import write_figure

        drawn = partial(write_figure, progress=progress, cancelled=cancelled)
        drawn(project, [path], figure or "bars", by=by, where=where, unit=unit, groups=groups)
        return
    if figure:
        raise ExportError(
            _("{name}: --figure goes with a picture only.").format(name=path.name),
            hint=_("Give the file the ending .png, .svg or .pdf."),
        )
    if suffix in REPORT_ENDINGS:
        told = partial(write_report, progress=progress, cancelled=cancelled)
        told(project, path, by=by, where=where, unit=unit, groups=groups)
        return
    if by != "group" or where or unit or groups:
        raise ExportError(
            _("{name}: parts, groups and units are chosen for reports and pictures only.").format(name=path.name),
            hint=_("Use .docx, .html, .png, .svg or .pdf, or leave these options out."),
        )
    if suffix == ".qdpx":
        from qualcode.project.project_exchange import export_refi_project

        export_refi_project(project, path, progress=progress, cancelled=cancelled)
        return
    if suffix == ".xlsx":
        write_workbook(project, path, progress=progress, cancelled=cancelled)
        return
    if suffix == ".csv":
        from qualcode.exporting.csv_tables import write_csv

        write_csv(project.exports.codings_table(), path, progress=progress, cancelled=cancelled)
        return
    raise ExportError(
        _("{name}: nothing is exported to a file of that ending.").format(name=path.name),
        hint=_(
            "Use .docx or .html (report), .xlsx (tables), .csv (codings), .png, .svg or .pdf (picture), "
            ".qdpx (for other programs)."
        ),
    )


def write_workbook(
    project: Project,
    path: Path,
    *,
    warnings: Sequence[str] = (),
    progress: Progress = unheard,
    cancelled: Cancelled = never,
) -> None:
    """Write the workbook of themes (.xlsx).

    Args:
        path: an existing file is replaced.
        warnings: what the import told, for the sheet about the numbers.
        progress: told of the quotations.
        cancelled: whether it is to stop.

    Raises:
        CancelledError: it was stopped; no file was touched.
        ExportError: the file cannot be written.
    """
    from qualcode.exporting import workbook
    from qualcode.project.workbook_content import theme_report

    report = theme_report(project, warnings=warnings)
    workbook.write_workbook(path, report, progress=progress, cancelled=cancelled)


def write_report(
    project: Project,
    path: Path,
    *,
    by: str = "group",
    where: Filter = EVERYTHING,
    unit: Unit | None = None,
    groups: Sequence[str] = (),
    progress: Progress = unheard,
    cancelled: Cancelled = never,
) -> None:
    """Write the report as a Word document (.docx) or a web page (.html).

    Args:
        path: an existing file is replaced.
        by: what the groups are.
        where: which part of the material the report is about.
        unit: the unit of counting; the study's own if None.
        groups: the two groups to compare; the two in which most answered if empty.
        progress: told of the parts of the report, when all of it is counted.
        cancelled: whether it is to stop.

    Raises:
        AnalysisError: a group, filter or attribute does not exist.
        CancelledError: it was stopped; no file was touched.
        ExportError: the file cannot be written.
    """
    from qualcode.exporting.report_outline import report_of
    from qualcode.project.report_content import report_content

    report = report_of(report_content(project, by=by, where=where, unit=unit, groups=groups))
    refuse_if(cancelled)
    if path.suffix.casefold() == ".docx":
        from qualcode.exporting.word_report import write_word_report

        write_word_report(path, report, progress, cancelled)
    else:
        from qualcode.exporting.html_report import write_html_report

        write_html_report(path, report, progress, cancelled)
