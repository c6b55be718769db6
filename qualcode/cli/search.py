"""`qualcode search`: words found in everything that was said and answered."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from qualcode.cli.terminal import PIPED_WIDTH, Progress, print_json
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _, ngettext
from qualcode.project.project import Project

if TYPE_CHECKING:
    from qualcode.project.search import Hit

_AROUND = 60  # code points shown on both sides of the words found


def search(options: argparse.Namespace) -> int:
    """Print the turns and answers that hold what is searched for."""
    progress = Progress()
    with Project.open(options.project, read_only=True) as project:
        where = project.filters.parse(options.filter)
        hits = project.search.find(
            options.query, mode=options.mode, where=where, progress=progress.step(_("Searching"))
        )
        progress.end()
        if options.json:
            print_json(project.search.rows(hits))
        elif options.csv:
            sys.stdout.write(csv_text(project.search.found_table(hits)))
        else:
            _print(hits)
    return 0


def _print(hits: Sequence[Hit]) -> None:
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False, soft_wrap=True)
    for document, group in groupby(hits, key=lambda hit: hit.source.question or hit.source.name):
        inside = list(group)
        console.print(f"{document}  ({len(inside)})", style="bold", markup=False)
        for hit in inside:
            console.print(_line(hit))
    turns = ngettext("{n} turn or answer", "{n} turns or answers", len(hits)).format(n=len(hits))
    places = sum(len(hit.words) for hit in hits)
    console.print(ngettext("{n} place in {turns}.", "{n} places in {turns}.", places).format(n=places, turns=turns))


def _line(hit: Hit) -> Any:
    """Who speaks, and the words found in what stands around them."""
    from rich.text import Text

    shown = Text("  ")
    speaker = hit.speaker or _("several or unknown")
    shown.append(f"{speaker}: ", style="dim")
    for piece, is_found in _pieces(hit):
        shown.append(" ".join(piece.split("\n")), style="bold reverse" if is_found else None)
    return shown


def _pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The turn around the words found, what lies far from all of them left out: (text, whether it was found)."""
    at = 0
    for number, word in enumerate(hit.words):
        start, end = word.start - hit.start, word.end - hit.start
        before = hit.text[at:start]
        room = _AROUND if number == 0 else 2 * _AROUND
        if len(before) > room:
            keep = f"… {before[-_AROUND:]}"
            before = keep if number == 0 else f"{before[:_AROUND]} {keep}"
        yield before, False
        yield hit.text[start:end], True
        at = end
    rest = hit.text[at:]
    yield (rest if len(rest) <= _AROUND else f"{rest[:_AROUND]} …"), False
