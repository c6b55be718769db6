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
    if found["outcome"] == "refuse":  # what it would have been read as says nothing
        parts = parts[:1]
    print(f"{found['file']}: " + ", ".join(part for part in parts if part))
    turns = found.get("turns") or []
    if turns:
        n_words: dict[str, list[int]] = {}
        for speaker, text in turns:
            n_words.setdefault(speaker or _("(no speaker)"), []).append(count_words(text))
        for speaker, words in n_words.items():
            said = ngettext("{n} turn", "{n} turns", len(words)).format(n=len(words))
            print("    " + f"{speaker}: {said}, {_words(sum(words))}")
    for table in found.get("tables") or []:
        print("    " + _rows(table["sheet"], table["rows"]))
        for column in table["columns"]:
            reason = column.get("reason", "")
            print(f"        {column['role'] or '':<12} {column['header']}" + (f"  ({reason})" if reason else ""))
    if found.get("project"):
        _print_project(found["project"])
    for problem in found.get("problems") or []:
        print(f"    ! {Problem(problem['where'], problem['what'], problem['hint'])}")


def _print_project(facts: dict[str, Any]) -> None:
    """What is in a project of another tool."""
    print("    " + _("project {name!r} of {tool}").format(name=facts["name"], tool=facts["tool"]))
    for document in facts["documents"]:
        speakers = ", ".join(document["speakers"]) or _("(no speaker)")
        size = ngettext("{n} character", "{n} characters", document["characters"]).format(n=document["characters"])
        print(f"        {document['name']}: {size}, {speakers}")
    counts = [(facts["codes"], _("codes"))]
    names = {
        "in_file": _("codings"),
        "verified": _("codings whose stored words stand at their position"),
        "found": _("codings whose stored words were found elsewhere"),
        "unverified": _("codings without stored words, placed by position"),
        "not_placed": _("codings that could not be placed"),
    }
    counts += [(n, names[kind]) for kind, n in facts["codings"].items() if n]
    counts += [(facts[key], name) for key, name in (("cases", _("cases")), ("memos", _("memos"))) if facts[key]]
    not_carried = _("not carried")
    counts += [(n, f"{what} ({not_carried})") for what, n in facts["left_out"].items()]
    for n, what in counts:
        print(f"        {what}: {n}")


def _words(n: int) -> str:
    return ngettext("{n} word", "{n} words", n).format(n=n)


def _rows(sheet: str, n: int) -> str:
    return ngettext("sheet {sheet!r}: {rows} row", "sheet {sheet!r}: {rows} rows", n).format(sheet=sheet, rows=n)
