"""Collects what the workbook of themes says."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualcode import __version__
from qualcode.exporting.about import StudyFacts, about_rows
from qualcode.exporting.survey_sheets import BesideThemes
from qualcode.exporting.workbook import ThemeReport
from qualcode.model.codebook import Codebook
from qualcode.model.suggestion import Status
from qualcode.project.lens import saturation_of
from qualcode.store import settings
from qualcode.store.coding_table import STATUSES

if TYPE_CHECKING:
    from qualcode.project.project import Project


def theme_report(project: Project, *, warnings: Sequence[str] = ()) -> ThemeReport:
    """All that the workbook shows; where nothing is decided yet, what is suggested."""
    analysis = project.settings
    codebook = project.codebook.current()
    themes = project.reports.theme_table()
    suggested = project.reports.only_suggested(themes)
    quotations = project.exports.suggestions_table() if suggested else project.exports.codings_table()
    names = {code.key: code.name.in_language(analysis.language) for code in codebook.codes}
    parents = {code.key: code.parent for code in codebook.codes}
    quotations["theme_name"] = [names[code] for code in quotations["code"]]
    quotations["parent"] = [parents[code] for code in quotations["code"]]
    return ThemeReport(
        title=project.title,
        by="group",
        unit=analysis.unit.value,
        language=analysis.language,
        small_cell=analysis.small_cell,
        themes=themes,
        quotations=quotations,
        codebook=codebook,
        about=about_rows(_facts(project, codebook, warnings), analysis.language),
        suggested=suggested,
        memos=project.memos.rows(),
        beside=_beside(project, suggested=suggested),
    )


def _beside(project: Project, *, suggested: bool) -> BesideThemes:
    """Closed questions, and, once something is decided, what they stand beside and which codes each session adds."""
    closed = project.reports.closed_table()
    if suggested:
        return BesideThemes(closed)
    joint = project.joint.table(n_quotations=0) if project.joint.matches() else None
    saturation = saturation_of(project)
    names = {code.key: code.name.in_language(project.settings.language) for code in project.codebook.current().codes}
    new = [", ".join(names[key] for key in keys.split("; ") if key) for keys in saturation["new_codes"]]
    return BesideThemes(closed, joint, saturation.assign(new_codes=new))


def _facts(project: Project, codebook: Codebook, warnings: Sequence[str]) -> StudyFacts:
    analysis, material = project.settings, project.reports.material()
    respondents = project.exports.respondents_table()
    statuses = material.suggestions.drop_duplicates("segment")["status"]
    became = {status: int((statuses == number).sum()) for number, status in enumerate(STATUSES)}
    per_coder = material.codings.drop_duplicates("segment")["coder"].value_counts()
    return StudyFacts(
        title=project.title,
        study_file=settings.read(project.db, "study_file", {}).get("name", ""),
        made=datetime.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        program=f"Qualcode {__version__}",
        codebook=f"{codebook.key} {codebook.version}".strip(),
        n_rules=sum(len(code.rules) for code in codebook.codes),
        threshold=analysis.threshold,
        unit=analysis.unit.value,
        n_respondents=len(respondents),
        n_answered=int(respondents["answered"].sum()),
        n_spoke=int(respondents["spoke"].sum()),
        not_an_answer=analysis.not_an_answer,
        small_cell=analysis.small_cell,
        n_accepted=became[Status.ACCEPTED],
        n_changed=became[Status.CHANGED],
        n_rejected=became[Status.REJECTED],
        n_open=became[Status.SUGGESTED],
        segments_by_coder=[
            (material.coders[coder], n) for coder, n in zip(per_coder.index.tolist(), per_coder.tolist(), strict=True)
        ],
        files=project.documents.originals(),
        warnings=warnings,
    )
