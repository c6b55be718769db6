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
from qualcode.analysis.quotation_choice import Crowd, Detail, Passage, choose_quotations, never_quoted
from qualcode.errors import AnalysisError
from qualcode.exporting.report_content import (
    AgreementFacts,
    CoderWork,
    Comparison,
    GroupPeople,
    ProjectState,
    Quoted,
    ReportContent,
    ReviewState,
    Sources,
)
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.document import DocumentKind
from qualcode.model.segment import Origin, Unit
from qualcode.model.suggestion import Status
from qualcode.project.reports import EVERYTHING
from qualcode.project.selection import ROW_FIELDS, Selection
from qualcode.store import chosen_quotations, documents
from qualcode.store.coding_table import NOBODY, ORIGINS, STATUSES, Material

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.project.project import Project

PER_THEME, PER_SUB_CODE = 5, 3
"""How many quotations are picked where nobody chose any: of a theme without sub-codes, and of each sub-code."""

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
    chooser = _Chooser(project, where, suggested=suggested)
    answering = chooser.answering()
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
        quotations=chooser.quotations(),
        n_answering=len(answering),
        n_never_quoted=len(never_quoted(answering, chooser.chosen)),
        sources=_sources(project, material),
        people=_people(project),
        coders=_coders(project, material),
        agreement=_agreement(project, where),
        review=_review(material),
        project=_state(project),
        not_an_answer=analysis.not_an_answer,
    )


def compared(
    project: Project, themes: pd.DataFrame, groups: Sequence[str], *, by: str, where: Filter
) -> Comparison | None:
    """Two groups of people side by side; those in which most answered if none are named, None if there are no two.

    Args:
        themes: the theme table by the same groups.
        groups: two names, or none.

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
    if not groups and (len(largest) < 2 or not sizes[largest[1]]):
        return None
    named = list(groups) or sorted(largest[:2], key=list(sizes.index).index)
    a, b = (project.reports.group_named(name, list(sizes.index)) for name in named)
    table = project.reports.compare(a, b, by=by, where=where)
    n_tests = int(table["n_tests"].max()) if len(table) else 0
    independent = n_tests > 0 or not sizes[a] or not sizes[b]
    return Comparison(a, b, table, independent, int(sizes[a]), int(sizes[b]), n_tests)


class _Chooser:
    """Picks the quotations, theme by theme in the order of the codebook, and says what may stand beside each."""

    def __init__(self, project: Project, where: Filter, *, suggested: bool) -> None:
        self._project = project
        self._material = project.reports.material()
        self._codebook = project.codebook.current()
        self._small_cell = project.settings.small_cell
        self._selection = Selection(self._material, self._codebook, where)
        self._kinds = {document.name: document.kind.value for document in project.documents.all(answers=False)}
        self._crowd = Crowd(self._places())
        self._by_code = self._passages(where, suggested=suggested)
        self.chosen: list[Passage] = []

    def answering(self) -> list[str]:
        """Keys of the respondents who answered or spoke, in the part that the report is about."""
        cases = self._material.cases
        said = set(self._selection.said["case"].tolist())
        return [key for case, key in zip(cases["case"], cases["key"], strict=True) if case in said]

    def quotations(self) -> dict[str, list[Quoted]]:
        """The quotations of each code that has any, without those of the codes below it."""
        marked = chosen_quotations.all_chosen(self._project.db)
        found: dict[str, list[Quoted]] = {}
        quoted: Counter[str] = Counter()
        shown: set[str] = set()
        for code in self._codebook.codes:
            passages = self._by_code.get(code.key, [])
            by_hand = [each for each in passages if each.segment in marked]
            n = PER_SUB_CODE if code.depth or any(self._codebook.children(code.key)) else PER_THEME
            picked = by_hand or choose_quotations(passages, n, quoted=quoted, shown=shown)
            for each in picked:
                quoted[each.respondent] += bool(each.respondent)
                shown.add(each.text)
                is_negative = each.segment in marked and marked[each.segment].is_negative
                found.setdefault(code.key, []).append(self._attributed(each, is_negative=is_negative))
            self.chosen += picked
        return found

    def _attributed(self, each: Passage, *, is_negative: bool) -> Quoted:
        detail = self._crowd.safe_detail(each, self._small_cell)
        tells_group = detail in (Detail.SESSION, Detail.SOURCE, Detail.GROUP) and each.group != NO_GROUP
        tells_source = detail in (Detail.SESSION, Detail.SOURCE, Detail.SOURCE_ONLY)
        return Quoted(
            text=each.text,
            group=each.group if tells_group else "",
            source=each.source if tells_source else "",
            session=each.session if detail == Detail.SESSION else "",
            is_negative=is_negative,
            is_coarser=self._crowd.is_coarser(each, detail),
        )

    def _passages(self, where: Filter, *, suggested: bool) -> dict[str, list[Passage]]:
        """All that could be quoted, by code; what several people say in one segment is nobody's in particular."""
        reports = self._project.reports
        if suggested:
            table = reports.suggestions_table(where=where)
            table = table[table["status"] == Status.SUGGESTED.value]
        else:
            table = reports.codings_table(where=where)
        table = table.drop_duplicates(["document", "start", "end", "code", "respondent_key"])
        shared = table.duplicated(["document", "start", "end", "code"], keep=False)
        columns = ("segment_id", "respondent_key", "group", "session", "question", "document", "text", "code")
        found: dict[str, list[Passage]] = {}
        seen: set[tuple[str, int]] = set()
        for *row, is_shared in zip(*(table[name] for name in columns), shared, strict=True):
            segment, respondent, group, session, question, document, text, code = row
            if (code, segment) in seen:
                continue
            seen.add((code, segment))
            source = DocumentKind.ANSWER.value if question else self._kinds.get(document, "")
            if is_shared:
                respondent, group = "", NO_GROUP
            passage = Passage(int(segment), respondent, group, session, source, _tidied(text), code)
            found.setdefault(code, []).append(passage)
        return found

    def _places(self) -> list[tuple[str, str, str, str]]:
        """Who speaks where, once for each place: respondent, group, session, source; of the whole study."""
        material = self._material
        said = material.utterances[(material.utterances["counts"] == 1) & (material.utterances["case"] != NOBODY)]
        rows = said[["case", "session", "question", "document"]].drop_duplicates()
        group_of = dict(zip(material.cases["case"], material.cases["group"], strict=True))
        places = set()
        for case, session, question, document in rows.itertuples(index=False):
            kind = self._kinds.get(material.documents[document], "")
            source = DocumentKind.ANSWER.value if question != NOBODY else kind
            group = material.groups.get(group_of[case], NO_GROUP)
            places.add((str(case), group, material.sessions.get(session, ""), source))
        return sorted(places)


def _tidied(text: str) -> str:
    """White space collapsed; the turns of a passage stay on lines of their own."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


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


def _people(project: Project) -> list[GroupPeople]:
    table = project.reports.respondents_table()
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


def _coders(project: Project, material: Material) -> list[CoderWork]:
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
    """How far people agree on sentences; None where fewer than two have coded, or nothing that both read."""
    from qualcode.analysis.coder_agreement_tables import POOLED_CODES

    if sum(each.is_person and each.n_segments > 0 for each in project.agreement.coders()) < 2:
        return None
    try:
        found = project.agreement.measure(where=where)
    except AnalysisError:
        return None
    row = found.table[found.table["theme"] == POOLED_CODES].iloc[0]
    numbers = (float(row[name]) for name in ("agreement", "alpha", "alpha_low", "alpha_high"))
    agreement, alpha, low, high = numbers
    if math.isnan(agreement):
        return None
    return AgreementFacts(found.n_units, agreement, alpha, low, high, len(found.open), len(found.settled))


def _review(material: Material) -> ReviewState:
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
