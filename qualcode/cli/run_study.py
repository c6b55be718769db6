"""`qualcode run`: the main job."""

from __future__ import annotations

import argparse

from qualcode.cli.terminal import Progress, print_warnings, what_there_is
from qualcode.cli.theme_table import print_theme_table
from qualcode.i18n import _, ngettext
from qualcode.project.study_run import run_study


def run(options: argparse.Namespace) -> int:
    """Run a study, print its theme table and say where the results lie."""
    progress = Progress()
    try:
        result = run_study(
            options.study,
            options.out,
            accept_suggestions=options.accept_suggestions,
            overwrite=options.overwrite,
            stage=progress,
        )
    finally:
        progress.end()
    if options.json:
        print((result.folder / "run.json").read_text(encoding="utf-8"), end="")
        return 0
    print_warnings(result.problems)
    print_warnings(result.doubts, _("About the rules:"))
    print(result.title)
    print(what_there_is(result.n_documents, result.n_respondents, result.n_answers, result.n_suggestions))
    if result.accepted:
        print(
            ngettext(
                "The suggestion was accepted by the coder “auto”, unread: review it before you use these numbers.",
                "All {n} suggestions were accepted by the coder “auto”, unread: review them before you use them.",
                result.n_suggestions,
            ).format(n=result.n_suggestions)
        )
    print_theme_table(result.themes, suggested=result.only_suggested)
    print()
    for label, name in (
        (_("Workbook"), "theme_tables.xlsx"),
        (_("Chart"), "theme_chart.png"),
        (_("Project"), "project.qualcode"),
    ):
        print(f"{label + ':':<10} {result.folder / name}")
    return 0
