"""Pictures of a project as files: of themes, of closed questions and of what sessions add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import Filter
from qualcode.errors import AnalysisError
from qualcode.i18n import _, did_you_mean
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.segment import Unit
from qualcode.model.telling import Stages, never, unheard
from qualcode.project.reports import EVERYTHING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from qualcode.project.project import Project

_BESIDE_THEMES = ("closed", "joint", "saturation")
FIGURES = ("bars", "differences", "heatmap", "shares", "network", "model", *_BESIDE_THEMES)


def write_figure(
    project: Project,
    paths: Sequence[Path],
    figure: str = "bars",
    *,
    by: str = "group",
    where: Filter = EVERYTHING,
    unit: Unit | None = None,
    groups: Sequence[str] = (),
    codes: Sequence[str] = (),
    order: Sequence[str] = (),
    progress: Progress = unheard,
    cancelled: Cancelled = never,
) -> None:
    """Draw a picture once and write it to each file by its ending (.png, .svg, .pdf).

    Where nothing is decided yet, it shows what is suggested and says so.

    Args:
        paths: existing files are replaced.
        figure: one of `FIGURES`.
        by: what the groups are.
        where: which part of the material.
        unit: of counting, for the network; the study's own if None.
        groups: the two groups of the differences; the two in which most answered if empty.
        codes: keys of the codes of the network; those at the top if empty.
        order: names of the sessions, for what they add; as they came in if empty.
        progress: told when counting, drawing and writing begin.
        cancelled: whether it is to stop.

    Raises:
        AnalysisError: there is no such picture, group or attribute, or nothing is decided of which it could be.
        CancelledError: it was stopped; no file was touched.
        ExportError: an ending is not known, or a file cannot be written.
    """
    from qualcode.exporting.chart_page import check_endings, save

    if figure not in FIGURES:
        raise AnalysisError(_("There is no picture {name!r}.").format(name=figure), hint=did_you_mean(figure, FIGURES))
    check_endings(paths)
    stages = Stages(3, progress, cancelled)
    stages.begin()
    if figure in _BESIDE_THEMES:
        drawn = _beside_themes(project, figure, by, where, order, stages)
    else:
        drawn = _about_themes(project, figure, by, where, unit, groups, codes, stages)
    stages.begin()
    for path in paths:
        save(drawn, path, cancelled)


def _about_themes(
    project: Project,
    figure: str,
    by: str,
    where: Filter,
    unit: Unit | None,
    groups: Sequence[str],
    codes: Sequence[str],
    stages: Stages,
) -> Figure:
    """A picture of the theme table, or of what it holds."""
    themes = project.reports.theme_table(by=by, unit=unit, where=where)
    if themes.empty and figure != "bars":  # the main job's chart is drawn whatever the codebook holds
        raise AnalysisError(_("The codebook has no codes yet."))
    stages.begin()
    if figure == "differences":
        return _differences(project, themes, groups, by, where)
    if figure == "network":
        return _network(project, themes, unit, where, codes)
    return _of_themes(project, themes, figure, by)


def _beside_themes(
    project: Project, figure: str, by: str, where: Filter, order: Sequence[str], stages: Stages
) -> Figure:
    """Closed questions, themes beside them, and what sessions add; of what was decided only.

    Raises:
        AnalysisError: there is nothing of the kind, or respondents are not grouped like that.
    """
    from qualcode.exporting.chart_closed import draw_closed
    from qualcode.exporting.chart_joint import draw_joint
    from qualcode.exporting.chart_saturation import draw_saturation
    from qualcode.project.lens import saturation_of

    analysis, title = project.settings, project.title
    if figure == "saturation":
        sessions = saturation_of(project, where=where, order=order)
        stages.begin()
        return draw_saturation(sessions, title=title, language=analysis.language)
    if figure == "joint":
        table = project.joint.table(by=by, where=where, n_quotations=0)
        stages.begin()
        return draw_joint(table, title=title, by=by, language=analysis.language, small_cell=analysis.small_cell)
    table = project.reports.closed_table(by=by, where=where)
    stages.begin()
    return draw_closed(table, title=title, by=by, language=analysis.language, small_cell=analysis.small_cell)


def _of_themes(project: Project, themes: pd.DataFrame, figure: str, by: str) -> Figure:
    from qualcode.exporting.chart_files import draw_chart
    from qualcode.exporting.chart_heatmap import draw_heatmap
    from qualcode.exporting.chart_model import draw_model
    from qualcode.exporting.chart_shares import draw_shares

    analysis, title = project.settings, project.title
    language, small_cell, suggested = analysis.language, analysis.small_cell, project.reports.only_suggested(themes)
    if figure == "model":
        codebook = project.codebook.current()
        return draw_model(codebook, themes, title=title, language=language, small_cell=small_cell, suggested=suggested)
    draw = {"bars": draw_chart, "heatmap": draw_heatmap, "shares": draw_shares}[figure]
    return draw(themes, title=title, by=by, language=language, small_cell=small_cell, suggested=suggested)


def _differences(project: Project, themes: pd.DataFrame, groups: Sequence[str], by: str, where: Filter) -> Figure:
    from qualcode.exporting.chart_differences import draw_differences
    from qualcode.project.report_content import compared

    found = compared(project, themes, groups, by=by, where=where)
    if found is None:
        raise AnalysisError(
            _("There are no two groups in which enough answered for per cents."), hint=_("Name two with --groups.")
        )
    if project.reports.only_suggested(themes):
        raise AnalysisError(
            _("Nothing is decided yet, so groups cannot be compared."), hint=_("Accept or reject suggestions first.")
        )
    top = themes["theme"][themes["depth"] == 0].tolist()
    return draw_differences(
        found.table,
        found.a,
        found.b,
        title=project.title,
        language=project.settings.language,
        only=top,
        notes=True,
    )


def _network(project: Project, themes: pd.DataFrame, unit: Unit | None, where: Filter, codes: Sequence[str]) -> Figure:
    from qualcode.exporting.chart_network import draw_network

    suggested = project.reports.only_suggested(themes)
    together = project.reports.cooccurrence(unit=unit, where=where, suggested=suggested)
    top = themes["theme"][themes["depth"] == 0].drop_duplicates().tolist()
    wanted = (unit or project.settings.unit).value
    return draw_network(
        together,
        list(codes) or top,
        title=project.title,
        unit=wanted,
        language=project.settings.language,
        suggested=suggested,
    )
