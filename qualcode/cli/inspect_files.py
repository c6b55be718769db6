"""`qualcode inspect`: what an import would give."""

from __future__ import annotations

import argparse
from typing import Any

from qualcode.cli.terminal import print_json
from qualcode.errors import Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.inspect import inspect_file
from qualcode.model.words import count_words


def inspect(options: argparse.Namespace) -> int:
    """Say what each file would give; nothing is changed."""
    found = [inspect_file(path) for path in options.files]
    if options.json:
        print_json(found)
    else:
        for each in found:
            _print_one(each)
    return 0


def _print_one(found: dict[str, Any]) -> None:
    parts = [found["outcome"], found.get("kind"), found.get("encoding"), found.get("language")]
    print(f"{found['file']}: " + ", ".join(part for part in parts if part))
    turns = found.get("turns") or []
    if turns:
        n_words: dict[str, list[int]] = {}
        for speaker, text in turns:
            n_words.setdefault(speaker or _("(no speaker)"), []).append(count_words(text))
        for speaker, words in n_words.items():
            said = ngettext("{n} turn", "{n} turns", len(words)).format(n=len(words))
            print("    " + _("{speaker}: {turns}, {words} words").format(speaker=speaker, turns=said, words=sum(words)))
    for table in found.get("tables") or []:
        print("    " + _("sheet {sheet!r}: {rows} rows").format(sheet=table["sheet"], rows=table["rows"]))
        for column in table["columns"]:
            reason = column.get("reason", "")
            print(f"        {column['role']:<12} {column['header']}" + (f"  ({reason})" if reason else ""))
    for problem in found.get("problems") or []:
        print(f"    ! {Problem(problem['where'], problem['what'], problem['hint'])}")
