"""`qualcode suggest`: the codebook's rules over the project."""

from __future__ import annotations

import argparse

from qualcode.cli.terminal import Progress, print_json, print_warnings
from qualcode.i18n import _, ngettext
from qualcode.project.project import Project
from qualcode.project.rule_doubts import rule_doubts


def suggest(options: argparse.Namespace) -> int:
    """Run the rules and say how many suggestions wait."""
    progress = Progress()
    with Project.open(options.project) as project:
        try:
            run = project.review.rule_run()
            found = run.find(progress=progress.step(_("Suggesting")))
            n = project.review.store(run, found)
        finally:
            progress.end()
    doubts = rule_doubts(run, found)
    if options.json:
        print_json({"suggestions": n, "doubts": [str(doubt) for doubt in doubts]})
    else:
        print_warnings(doubts, _("About the rules:"))
        print(ngettext("{n} suggestion waits for review.", "{n} suggestions wait for review.", n).format(n=n))
    return 0
