"""The facts of a report in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.i18n import _, grouped, ngettext
from qualcode.model.case import ALL_GROUPS, NO_GROUP

if TYPE_CHECKING:
    from qualcode.exporting.report_content import CoderWork
    from qualcode.project.report_preview import ReportFacts, ReportQuotations

_GROUPS = 8


def fact_lines(facts: ReportFacts, quotations: ReportQuotations) -> list[tuple[str, str]]:
    """Who answered, by group; who coded; how much is quoted; each with what stands at its right."""
    everybody = next((each for each in facts.groups if each.name == ALL_GROUPS), None)
    lines: list[tuple[str, str]] = []
    if everybody is not None:
        text = ngettext(
            "{n} of {all} respondent answered or spoke:", "{n} of {all} respondents answered or spoke:", everybody.size
        )
        lines.append((text.format(n=grouped(everybody.answering), all=grouped(everybody.size)), ""))
    groups = [each for each in facts.groups if each.name != ALL_GROUPS and (each.size or each.name != NO_GROUP)]
    form = _("{n} of {all}")
    for each in groups[:_GROUPS]:
        numbers = form.format(n=grouped(each.answering), all=grouped(each.size))
        lines.append((group_title(each.name), numbers))
    if len(groups) > _GROUPS:
        n = len(groups) - _GROUPS
        lines.append((ngettext("and {n} more", "and {n} more", n).format(n=n), ""))
    coders = [_coder(each) for each in facts.coders]
    coded = _("Coded by: {coders}").format(coders="; ".join(coders)) if coders else _("Nobody has coded yet.")
    lines.append((coded, ""))
    n = sum(len(code.in_report) for code in quotations.codes)
    n_codes = sum(1 for code in quotations.codes if code.in_report)
    n_chosen = sum(1 for code in quotations.codes if code.by_hand)
    quoted = ngettext("{n} quotation", "{n} quotations", n).format(n=grouped(n))
    of_codes = ngettext("{quotations} of {n} code", "{quotations} of {n} codes", n_codes)
    text = _("{quotations}, proposed by the program.")
    if n_chosen:
        text = _("{quotations}; of {chosen} of these they are chosen by hand.")
    lines.append((text.format(quotations=of_codes.format(quotations=quoted, n=n_codes), chosen=n_chosen), ""))
    return lines


def group_title(name: str) -> str:
    """What a group is called in the window."""
    return _("(no group)") if name == NO_GROUP else name


def left_lines(facts: ReportFacts, quotations: ReportQuotations) -> list[str]:
    """What the state of the project asks of the author."""
    passages = [each for code in quotations.codes for each in code.in_report]
    n_coarser = sum(each.is_coarser for each in passages)
    n_never = sum(len(each.never) for each in quotations.groups)
    n_answering = sum(len(each.answering) for each in quotations.groups)
    n_people = sum(each.is_person for each in facts.coders)
    lines = []
    if facts.n_open:
        text = ngettext("{n} suggestion waits for a decision.", "{n} suggestions wait for a decision.", facts.n_open)
        lines.append(text.format(n=grouped(facts.n_open)))
    if facts.n_unread:
        text = ngettext(
            "{n} coding was accepted unread; read it first.",
            "{n} codings were accepted unread; read them first.",
            facts.n_unread,
        )
        lines.append(text.format(n=grouped(facts.n_unread)))
    if n_people == 1:
        lines.append(_("Only one person has coded, so there is no agreement to tell."))
    if n_coarser:
        text = ngettext(
            "{n} quotation could point to a person, so less stands beside it.",
            "{n} quotations could point to a person, so less stands beside them.",
            n_coarser,
        )
        lines.append(text.format(n=grouped(n_coarser)))
    if n_never and passages:  # before anything is quoted it would say no more than that
        text = ngettext(
            "{n} of the {all} who answered is never quoted.", "{n} of the {all} who answered are never quoted.", n_never
        )
        lines.append(text.format(n=grouped(n_never), all=grouped(n_answering)))
    if facts.undefined:
        lines.append(_("Themes without a definition: {names}.").format(names=", ".join(facts.undefined)))
    if passages:
        lines.append(_("Read every quotation for names and places before the report leaves your hands."))
    lines.append(_("What only you know stands as a list at the end of the report."))
    return lines


def _coder(each: CoderWork) -> str:
    if not each.is_person:
        return _("{n} by rules, unread").format(n=grouped(each.total))
    kinds = (
        (each.manual, _("{n} by hand")),
        (each.rule, _("{n} by rules")),
        (each.learned, _("{n} learned")),
        (each.imported, _("{n} imported")),
    )
    told = ", ".join(form.format(n=grouped(n)) for n, form in kinds if n)
    return f"{each.name} ({told})" if told else each.name
