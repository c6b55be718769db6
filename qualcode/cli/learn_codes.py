"""`qualcode learn`: what the coders' decisions teach, what to expect of it, and what to decide next."""

from __future__ import annotations

import argparse
import math
import sys
from typing import TYPE_CHECKING, Any

from qualcode.autocoding.expectation import Expectation, Hits
from qualcode.cli.terminal import PIPED_WIDTH, Progress, print_json, records
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, decimal, ngettext
from qualcode.project.learning import useful_table
from qualcode.project.learning_run import Learning
from qualcode.project.learning_words import basis, verdict
from qualcode.project.project import Project

if TYPE_CHECKING:
    from rich.console import Console


def learn(options: argparse.Namespace) -> int:
    """Learn and print what to expect; with --use, propose by it."""
    with Project.open(options.project, read_only=not options.use) as project:
        progress = Progress()
        try:
            run = project.learning.run(options.meaning)
            learning = run.learn(n_useful=options.next, progress=progress.step(_("Learning")))
        finally:
            progress.end()
        names = {document.id: document.name for document in project.documents.all()}
        n_waiting = None
        if options.use and learning.expectation is not None:
            n_waiting = project.learning.use(learning)
        language = project.settings.language
        themes = {code.key: code.name.in_language(language) for code in project.codebook.current().codes}
    useful = useful_table(learning.useful, names)
    if options.json:
        print_json(
            {
                "card": dict(learning.card),
                "why_not": learning.why_not,
                "new": learning.n_new,
                "dropped": learning.n_dropped,
                "used": n_waiting is not None,
                "next": records(useful),
            }
        )
        return _exit_code(options, learning)
    if options.csv:
        sys.stdout.write(csv_text(useful))
        return _exit_code(options, learning)
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, markup=False)
    if learning.expectation is None:
        console.print(_("Nothing was learned: {reason}").format(reason=learning.why_not))
    else:
        _print_expectation(console, learning, learning.expectation, themes)
        _print_what_it_does(console, learning, n_waiting)
    if len(useful):
        _print_next(console, records(useful), themes)
    return _exit_code(options, learning)


def _exit_code(options: argparse.Namespace, learning: Learning) -> int:
    return 1 if options.use and learning.expectation is None else 0


def _print_expectation(console: Console, learning: Learning, expectation: Expectation, themes: dict[str, str]) -> None:
    from rich import box
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column(_("Theme"), min_width=18)
    headings = [_("With"), _("Without"), _("Precision"), _("Recall"), "F1"]
    if expectation.has_rules:
        headings += [_("Precision, rules"), _("Recall, rules"), _("F1, rules")]
    for heading in headings:
        shown.add_column(heading, justify="right")
    order = list(themes)
    seen = [each for each in expectation.codes if each.n_with or each.learned.only_proposed or each.rules.only_proposed]
    for each in sorted(seen, key=lambda each: order.index(each.code_key)):
        name = themes.get(each.code_key, each.code_key)
        shown.add_row(
            name if each.has_model else _("{name} (rules only)").format(name=name),
            str(each.n_with),
            str(each.n_without),
            *_numbers(each.learned),
            *(_numbers(each.rules) if expectation.has_rules else ()),
        )
    shown.add_section()
    of_rules = _numbers(expectation.rules) if expectation.has_rules else ()
    shown.add_row(_("All"), "", "", *_numbers(expectation.learned), *of_rules, style="bold")
    console.print(shown)
    console.print(basis(expectation, by_meaning=learning.meanings is not None))
    console.print(verdict(expectation))


def _numbers(hits: Hits) -> list[str]:
    return ["" if math.isnan(value) else decimal(value) for value in (hits.precision, hits.recall, hits.f1)]


def _print_what_it_does(console: Console, learning: Learning, n_waiting: int | None) -> None:
    change = ngettext(
        "{new} sentence with a code would come in that the rules do not propose, {dropped} would go.",
        "{new} sentences with codes would come in that the rules do not propose, {dropped} would go.",
        learning.n_new,
    ).format(new=learning.n_new, dropped=learning.n_dropped)
    if n_waiting is not None:
        console.print(
            ngettext(
                "The model is in use: {n} suggestion waits now. Running the rules again puts it out of use.",
                "The model is in use: {n} suggestions wait now. Running the rules again puts it out of use.",
                n_waiting,
            ).format(n=n_waiting)
        )
        return
    console.print(change)
    expectation = learning.expectation
    if expectation is not None and expectation.is_better:
        console.print(_("--use proposes by it; nothing is accepted."))
    else:
        console.print(_("Go on deciding before you use it."))


def _print_next(console: Console, rows: list[dict[str, Any]], themes: dict[str, str]) -> None:
    from rich import box
    from rich.table import Table

    shown = Table(title=_("Most useful to decide next"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    shown.add_column(_("Document"))
    shown.add_column(_("Place"), justify="right")
    shown.add_column(_("Sentence"))
    shown.add_column(_("Likeliest code"))
    for row in rows:
        chance = "" if row["probability"] is None else f" {decimal(row['probability'])}"
        shown.add_row(
            row["document"], f"{row['start']}–{row['end']}", row["text"], f"{themes.get(row['code'], '')}{chance}"
        )
    console.print(shown)
