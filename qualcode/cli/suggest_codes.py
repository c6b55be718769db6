"""`qualcode suggest`: the codebook's rules over the project."""

from __future__ import annotations

import argparse

from qualcode.cli.terminal import Progress, print_json
from qualcode.i18n import _, ngettext
from qualcode.project.project import Project


def suggest(options: argparse.Namespace) -> int:
    """Run the rules and say how many suggestions wait."""
    progress = Progress()
    with Project.open(options.project) as project:
        try:
            n = project.review.suggest(progress=progress.step(_("Suggesting")))
        finally:
            progress.end()
    if options.json:
        print_json({"suggestions": n})
    else:
        print(ngettext("{n} suggestion waits for review.", "{n} suggestions wait for review.", n).format(n=n))
    return 0
