"""What a report will say and quote, before it is written: facts, and each passage as it would stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import Filter
from qualcode.analysis.quotation_choice import Detail
from qualcode.exporting.report_content import CoderWork
from qualcode.exporting.wording import in_language
from qualcode.model.case import ALL_GROUPS
from qualcode.model.segment import Unit
from qualcode.project.quotations import Picked, QuotationChoice
from qualcode.project.report_content import coders_of, people_of, review_of
from qualcode.project.reports import EVERYTHING

if TYPE_CHECKING:
    from qualcode.analysis.quotation_choice import Passage
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How many of a group answered or spoke."""

    name: str
    answering: int
    size: int


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The facts that a report begins with.

    Attributes:
        suggested: nothing is decided yet, so the report is of suggestions that nobody has reviewed.
        groups: as the report's tables have them; all together last.
        n_people: all in the material, also those who neither answered nor spoke.
        n_open: suggestions that wait for a decision.
        n_unread: codings that were accepted unread.
        undefined: names of themes without a definition.
    """

    suggested: bool
    groups: Sequence[GroupSize]
    n_people: int
    coders: Sequence[CoderWork]
    n_open: int
    n_unread: int
    undefined: Sequence[str]


@dataclass(frozen=True, slots=True)
class Quotable:
    """A passage that could be quoted.

    Attributes:
        respondent: as the window calls them, "" for several or nobody who is named.
        by_hand: somebody chose it; likewise `is_proposed`: the program would take it.
        attribution: what would stand below it, in the language of the report.
        is_coarser: less stands beside it than usual, because few people share that; `detail` says what does.
        is_new: of somebody who is not quoted in the report.
    """

    segment: int
    code: str
    text: str
    respondent: str
    group: str
    attribution: str
    by_hand: bool
    is_proposed: bool
    is_negative: bool
    note: str
    detail: Detail
    is_coarser: bool
    is_new: bool

    @property
    def is_in_report(self) -> bool:
        return self.by_hand or self.is_proposed


@dataclass(frozen=True, slots=True)
class CodeQuotations:
    """What can be quoted of a code, first what will be."""

    key: str
    name: str
    passages: Sequence[Quotable]

    @property
    def in_report(self) -> list[Quotable]:
        return list(takewhile(lambda each: each.is_in_report, self.passages))

    @property
    def by_hand(self) -> bool:
        """Whether somebody chose, so that the program picks none."""
        return any(each.by_hand for each in self.in_report)


@dataclass(frozen=True, slots=True)
class GroupHeard:
    """Who of a group answered or spoke, and who of these is never quoted, as the window calls them."""

    name: str
    answering: Sequence[str]
    never: Sequence[str]


@dataclass(frozen=True, slots=True)
class ReportQuotations:
    """All that can be quoted, code by code in the order of the template; codes without any are left out."""

    suggested: bool
    codes: Sequence[CodeQuotations]
    groups: Sequence[GroupHeard]


def report_facts(
    project: Project, *, by: str = "group", where: Filter = EVERYTHING, unit: Unit | None = None
) -> ReportFacts:
    """The facts of a report about a part of the material; quicker than the report itself, for it compares nothing.

    Raises:
        AnalysisError: a filter or attribute does not exist.
    """
    themes = project.reports.theme_table(by=by, unit=unit, where=where)
    material = project.reports.material()
    coders = coders_of(project, material)
    sizes = themes.drop_duplicates("group")
    groups = [
        GroupSize(str(name), int(answering), int(size))
        for name, answering, size in zip(sizes["group"], sizes["answering"], sizes["group_n"], strict=True)
    ]
    groups.sort(key=lambda group: group.name == ALL_GROUPS)
    lacking = [code for code in project.codebook.current().codes if not code.definition and not code.depth]
    return ReportFacts(
        suggested=project.reports.only_suggested(themes),
        groups=groups,
        n_people=sum(each.n for each in people_of(project)),
        coders=coders,
        n_open=review_of(material).open,
        n_unread=sum(each.total for each in coders if not each.is_person),
        undefined=[code.name.in_language(project.settings.language) or code.key for code in lacking],
    )


def report_quotations(project: Project, *, where: Filter = EVERYTHING) -> ReportQuotations:
    """All that can be quoted, each as it would stand in the report; of suggestions where nothing is decided yet.

    Raises:
        AnalysisError: the filter names something that does not exist.
    """
    suggested = project.reports.only_suggested(project.reports.theme_table(where=where))
    choice = project.quotations.choice(where, suggested=suggested)
    groups = choice.heard_by_group()
    never = {key for _answering, silent in groups.values() for key in silent}
    language, cases = project.settings.language, project.reports.material().cases
    idents = dict(zip(cases["key"], cases["ident"], strict=True))
    codes = []
    for code in choice.codes:
        passages = choice.passages.get(code.key, [])
        if not passages:
            continue
        picked = {each.passage.segment: each for each in choice.picked.get(code.key, [])}
        shown = [_quotable(choice, each, picked.get(each.segment), never, idents, language) for each in passages]
        shown.sort(key=lambda each: not each.is_in_report)
        codes.append(CodeQuotations(code.key, code.name.in_language(language) or code.key, shown))
    order = {name: at for at, name in enumerate(project.respondents.groups())}
    heard = [
        GroupHeard(name, [idents[key] for key in answering], [idents[key] for key in silent])
        for name, (answering, silent) in groups.items()
    ]
    heard.sort(key=lambda group: order.get(group.name, len(order)))
    return ReportQuotations(suggested, codes, heard)


def _quotable(
    choice: QuotationChoice,
    each: Passage,
    picked: Picked | None,
    never: set[str],
    idents: Mapping[str, str],
    language: str,
) -> Quotable:
    from qualcode.exporting.report_draft import attribution

    quoted, mark = choice.quoted(each), choice.marked.get(each.segment)
    return Quotable(
        segment=each.segment,
        code=each.theme,
        text=each.text,
        respondent=idents.get(each.respondent, ""),
        group=each.group,
        attribution=attribution(quoted, in_language(language)),
        by_hand=picked is not None and picked.by_hand,
        is_proposed=picked is not None and not picked.by_hand,
        is_negative=quoted.is_negative,
        note=mark.note if mark is not None else "",
        detail=choice.detail(each),
        is_coarser=quoted.is_coarser,
        is_new=each.respondent in never,
    )
