"""`qualcode quotations`: what the report would quote, what may stand beside it, and who is never quoted."""

from __future__ import annotations

import argparse
import sys

from qualcode.analysis.quotation_choice import Detail
from qualcode.cli.main import EXIT_USAGE
from qualcode.cli.terminal import PIPED_WIDTH, print_json, records
from qualcode.i18n import _, ngettext
from qualcode.project.project import Project
from qualcode.project.quotations import QuotationChoice

_SHOWN = 110
"""Characters of a quotation that a line of the list shows."""


def quotations(options: argparse.Namespace) -> int:
    """Choose or leave out what is named, or print what the report would quote."""
    changing = bool(options.choose or options.leave_out)
    if not options.choose and (options.negative or options.note):
        print(_("qualcode quotations: --negative and --note go with --choose."), file=sys.stderr)
        return EXIT_USAGE
    with Project.open(options.project, read_only=not changing) as project:
        where = project.filters.parse(options.filter)
        if options.leave_out:
            project.quotations.leave_out(options.leave_out)
        if options.choose:
            project.quotations.choose(options.choose, is_negative=options.negative, note=options.note)
        if changing:
            _tell(len(options.choose or ()), len(options.leave_out or ()))
            return 0
        if options.csv or options.json:
            table = project.quotations.table(where)
            if options.json:
                print_json(records(table))
            else:
                from qualcode.exporting.csv_tables import csv_text

                sys.stdout.write(csv_text(table))
            return 0
        _print(project.quotations.choice(where), project.settings.language)
    return 0


def _tell(chosen: int, left_out: int) -> None:
    if left_out:
        print(ngettext("{n} quotation left out.", "{n} quotations left out.", left_out).format(n=left_out))
    if chosen:
        print(ngettext("{n} quotation chosen.", "{n} quotations chosen.", chosen).format(n=chosen))


def _print(choice: QuotationChoice, language: str) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    n_quoted = 0
    for code in choice.codes:
        picked = choice.picked.get(code.key, [])
        if not picked:
            continue
        n_all = len(choice.passages[code.key])
        head = Text(code.name.in_language(language) or code.key, style="bold")
        how = _("chosen") if picked[0].by_hand else _("picked by the program")
        head.append(" " + _("({n} of {all}, {how})").format(n=len(picked), all=n_all, how=how), style="dim")
        console.print(head)
        for each in picked:
            n_quoted += 1
            text = " ".join(each.passage.text.split())
            shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
            line = Text(f"  {each.passage.segment:>6}  ", style="dim")
            line.append(shown)
            line.append(f"  {_remark(each.quoted.is_negative, choice.detail(each.passage))}", style="italic")
            console.print(line, soft_wrap=True)
    if not n_quoted:
        print(_("There is nothing to quote yet."))
        return
    never, answering = choice.never_quoted(), choice.answering()
    print()
    print(_("Never quoted: {n} of {all} who answered.").format(n=len(never), all=len(answering)))
    print(_("The number before a quotation is what --choose and --leave-out take; --csv lists all that can be quoted."))


def _remark(is_negative: bool, detail: Detail) -> str:
    """What stands beside a quotation in the list: how much the report tells of who spoke."""
    told = {
        Detail.SESSION: _("group and session"),
        Detail.SOURCE: _("group and source"),
        Detail.GROUP: _("group only: few share group and source"),
        Detail.SOURCE_ONLY: _("source only: the group is small or not known"),
        Detail.NOTHING: _("nothing is told: few people share it"),
    }[detail]
    parts = [told, _("speaks against the theme")] if is_negative else [told]
    return f"[{'; '.join(parts)}]"
