"""A project's report and pictures as files, by the file's ending."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import Filter
from qualcode.model.segment import Unit
from qualcode.project.reports import EVERYTHING

if TYPE_CHECKING:
    from qualcode.project.project import Project

REPORT_ENDINGS = (".docx", ".html")


def write_report(
    project: Project,
    path: Path,
    *,
    by: str = "group",
    where: Filter = EVERYTHING,
    unit: Unit | None = None,
    groups: Sequence[str] = (),
) -> None:
    """Write the report as a Word document (.docx) or a web page (.html).

    Args:
        path: an existing file is replaced.
        by: what the groups are.
        where: which part of the material the report is about.
        unit: the unit of counting; the study's own if None.
        groups: the two groups to compare; the two in which most answered if empty.

    Raises:
        AnalysisError: a group, filter or attribute does not exist.
        ExportError: the file cannot be written.
    """
    from qualcode.exporting.report_outline import report_of
    from qualcode.project.report_content import report_content

    report = report_of(report_content(project, by=by, where=where, unit=unit, groups=groups))
    if path.suffix.casefold() == ".docx":
        from qualcode.exporting.word_report import write_word_report

        write_word_report(path, report)
    else:
        from qualcode.exporting.html_report import write_html_report

        write_html_report(path, report)
