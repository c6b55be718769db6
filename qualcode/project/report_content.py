"""Gathers the facts of a report from a project: counts, comparison, quotations, people, coders, versions."""

from __future__ import annotations

import datetime
import math
import platform
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from qualcode import __version__
from qualcode.analysis.filtering import Filter
from qualcode.errors import AnalysisError
from qualcode.exporting.report_content import (
    AgreementFacts,
    CoderWork,
    Comparison,
    GroupPeople,
    ProjectState,
    ReportContent,
    ReviewState,
    Sources,
)
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.segment import Origin, Unit
from qualcode.model.suggestion import Status
from qualcode.project.reports import EVERYTHING
from qualcode.project.selection import ROW_FIELDS, Selection
from qualcode.store import documents
from qualcode.store.coding_table import NOBODY, ORIGINS, STATUSES, Material

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.project.project import Project

_LIBRARIES = ("numpy", "pandas", "scipy", "spacy", "ahocorasick-rs", "SQLAlchemy", "matplotlib", "python-docx")


def report_content(
    project: Project,
    *,
    by: str = "group",
    where: Filter = EVERYTHING,
    unit: Unit | None = None,
    groups: Sequence[str] = (),
) -> ReportContent:
    """All that a report of this project says; where nothing is decided yet, what is suggested.

    Args:
        by: what the groups are, as for `Reports.theme_table`.
        where: which part of the material.
        unit: the unit of counting; the study's own if None.
        groups: the two groups to compare; the two in which most answered if empty.

    Raises:
        AnalysisError: a group, filter or attribute does not exist, or `groups` are not two.
    """
    analysis, codebook, material = project.settings, project.codebook.current(), project.reports.material()
    themes = project.reports.theme_table(by=by, unit=unit, where=where)
    suggested = project.reports.only_suggested(themes)
    choice = project.quotations.choice(where, suggested=suggested)
    answering = choice.answering()
    return ReportContent(
        title=project.title,
        language=analysis.language,
        by=by,
        unit=(unit or analysis.unit).value,
        small_cell=analysis.small_cell,
        where=str(where),
        suggested=suggested,
        codebook=codebook,
        themes=themes,
        comparison=None if suggested else compared(project, themes, groups, by=by, where=where),
        quotations={code: [told.quoted for told in picked] for code, picked in choice.picked.items()},
        n_answering=len(answering),
        n_never_quoted=len(choice.never_quoted()),
        sources=_sources(project, material),
        people=people_of(project),
        coders=coders_of(project, material),
        agreement=_agreement(project, where),
        review=review_of(material),
        project=_state(project),
        not_an_answer=analysis.not_an_answer,
        joint=None if suggested else _joint(project, by, where),
    )


def compared(
    project: Project, themes: pd.DataFrame, groups: Sequence[str], *, by: str, where: Filter
) -> Comparison | None:
    """Two groups of people side by side, those in which most answered if none are named.

    Args:
        themes: the theme table by the same groups.
        groups: two names, or none.

    Returns:
        None where groups are not of people, or no two are large enough for per cents.

    Raises:
        AnalysisError: a group does not exist, not two are named, or `by` is no group of people.
    """
    if groups and len(groups) != 2:
        raise AnalysisError(_("Two groups are compared, not {n}.").format(n=len(groups)))
    if by in ROW_FIELDS:  # the same people may stand on both sides
        if groups:
            raise AnalysisError(
                _("Groups of people are compared here, not by {name}.").format(name=by),
                hint=_("Choose a respondent group or an attribute."),
            )
        return None
    sizes = themes.drop_duplicates("group").set_index("group")["answering"]
    largest = sorted((name for name in sizes.index if name not in (ALL_GROUPS, NO_GROUP)), key=lambda g: -sizes[g])
    if not groups and (len(largest) < 2 or sizes[largest[1]] < max(1, project.settings.small_cell)):
        return None
    named = list(groups) or sorted(largest[:2], key=list(sizes.index).index)
    a, b = (project.reports.group_named(name, list(sizes.index)) for name in named)
    table = project.reports.compare(a, b, by=by, where=where)
    n_tests = int(table["n_tests"].max()) if len(table) else 0
    independent = n_tests > 0 or not sizes[a] or not sizes[b]
    return Comparison(a, b, table, independent, int(sizes[a]), int(sizes[b]), n_tests)


def _joint(project: Project, by: str, where: Filter) -> pd.DataFrame | None:
    """Themes beside their closed questions; None where no question goes with a theme, or groups are not of people."""
    grouping = Selection(project.reports.material(), project.codebook.current(), where).grouping(by)
    if grouping.columns != ("case",) or not project.joint.matches():
        return None
    return project.joint.table(by=by, where=where, n_quotations=0)


def _sources(project: Project, material: Material) -> Sources:
    kinds = Counter(document.kind.value for document in project.documents.all(answers=False))
    answers = material.utterances[(material.utterances["question"] != NOBODY) & (material.utterances["counts"] == 1)]
    languages = Counter(documents.languages(project.db).values())
    return Sources(
        by_kind=dict(sorted(kinds.items())),
        n_sessions=len(material.sessions),
        n_answers=len(answers),
        n_questions=len(material.questions),
        languages=[name for name, _n in languages.most_common() if name],
    )


def people_of(project: Project) -> list[GroupPeople]:
    """The people of each respondent group, in the order of the study."""
    table = project.exports.respondents_table()
    table = table.assign(in_sessions=(table["session"] != "").astype(int))
    table["silent"] = ((table["answered"] == 0) & (table["spoke"] == 0)).astype(int)
    found = []
    for name in project.respondents.groups():
        rows = table[table["group"] == name]
        sessions = {each for joined in rows["session"][rows["spoke"] == 1] for each in joined.split("; ") if each}
        found.append(
            GroupPeople(
                name,
                n=len(rows),
                asked=int(rows["asked"].sum()),
                answered=int(rows["answered"].sum()),
                in_sessions=int(rows["in_sessions"].sum()),
                spoke=int(rows["spoke"].sum()),
                silent=int(rows["silent"].sum()),
                sessions=len(sessions),
                words=int(rows["words"].sum()),
            )
        )
    return found


def coders_of(project: Project, material: Material) -> list[CoderWork]:
    """Who coded how much, by origin."""
    segments = material.codings.drop_duplicates("segment")
    is_person = {coder.name: coder.is_person for coder in project.coders()}
    found = []
    for number, rows in segments.groupby("coder", sort=True):
        name = material.coders[int(str(number))]
        origins = Counter(ORIGINS[origin] for origin in rows["origin"])
        counts = (origins[each] for each in (Origin.MANUAL, Origin.RULE, Origin.LEARNED, Origin.IMPORTED))
        found.append(CoderWork(name, is_person.get(name, True), *counts))
    return found


def _agreement(project: Project, where: Filter) -> AgreementFacts | None:
    """How far people agree on sentences, of a sample where they kept to one; None where no two read the same."""
    from qualcode.analysis.coder_agreement_tables import POOLED_CODES

    if sum(each.is_person and each.n_segments > 0 for each in project.agreement.coders()) < 2:
        return None
    try:
        sample = project.agreement.sample_coded()
        found = project.agreement.measure(where=where, sample=sample)
    except AnalysisError:
        return None
    row = found.table[found.table["theme"] == POOLED_CODES].iloc[0]
    numbers = (float(row[name]) for name in ("agreement", "alpha", "alpha_low", "alpha_high"))
    agreement, alpha, low, high = numbers
    if math.isnan(agreement):
        return None
    n_open, n_settled = len(found.open), len(found.settled)
    return AgreementFacts(found.n_units, agreement, alpha, low, high, n_open, n_settled, bool(sample))


def review_of(material: Material) -> ReviewState:
    """What became of the suggestions."""
    statuses = Counter(STATUSES[status] for status in material.suggestions.drop_duplicates("segment")["status"])
    return ReviewState(
        accepted=statuses[Status.ACCEPTED],
        changed=statuses[Status.CHANGED],
        rejected=statuses[Status.REJECTED],
        open=statuses[Status.SUGGESTED],
    )


def _state(project: Project) -> ProjectState:
    steps = [step for step in project.history() if not step.undone]
    return ProjectState(
        file=project.path.name,
        n_steps=len(steps),
        changed=_local(steps[-1].made_at) if steps else "",
        made=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        program=f"Qualcode {__version__}",
        versions=[("Python", platform.python_version()), *_versions()],
    )


def _local(moment: str) -> str:
    return datetime.datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def _versions() -> list[tuple[str, str]]:
    found = []
    for library in _LIBRARIES:
        try:
            found.append((library, version(library)))
        except PackageNotFoundError:
            continue
    return found
