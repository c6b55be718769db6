"""`qualcode memos`: what coders noted, and on what."""

from __future__ import annotations

import argparse
import sys

from qualcode.cli.terminal import PIPED_WIDTH, print_json
from qualcode.exporting.csv_tables import csv_text
from qualcode.i18n import _
from qualcode.project.memos import MemoEntry
from qualcode.project.project import Project


def memos(options: argparse.Namespace) -> int:
    """Print all memos."""
    with Project.open(options.project, read_only=True) as project:
        if options.json:
            print_json(project.memos.rows())
        elif options.csv:
            sys.stdout.write(csv_text(project.memos.memo_table()))
        else:
            _print(project.memos.entries())
    return 0


def _print(entries: list[MemoEntry]) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH, highlight=False)
    if not entries:
        console.print(_("There are no memos."))
    for entry in entries:
        memo = entry.memo
        head = Text(f"{memo.changed_at[:10]}  {memo.coder}  ", style="dim")
        head.append(_on(entry), style="bold")
        console.print(head)
        if memo.title:
            console.print(memo.title, style="italic", markup=False)
        console.print(memo.content, markup=False)
        console.print()


def _on(entry: MemoEntry) -> str:
    words = {
        "project": _("Journal"),
        "document": _("Document {name}"),
        "respondent": _("Respondent {name}"),
        "code": _("Code {name}"),
        "segment": _("Quotation “{name}”"),
    }
    return words[entry.memo.subject.kind.value].format(name=entry.subject)
