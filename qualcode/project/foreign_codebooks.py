"""Codebooks in the sheets of other tools (MAXQDA, NVivo, ATLAS.ti): names or paths, descriptions, colours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qualcode.files.code_keys import key_from
from qualcode.i18n import collapsed, folded
from qualcode.importing.code_sheets import ABOVE, COLOURS, DEFINITIONS, NAMES
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.quotation_tables import code_path
from qualcode.importing.refi_elements import colour_of
from qualcode.importing.report import Table, TableFile
from qualcode.model.codebook import Code, Codebook, Wording

_LEVEL = re.compile(r"(?:code |kode)?(?:hierarchy )?(?:level|nivå|ebene|subcode|sub-code)\s*\d+", re.IGNORECASE)

_Row = tuple[tuple[str, ...], str, str]
"""A code's path from the top, its definition and its colour."""


def foreign_codebook(file: TableFile, name: str) -> Codebook | None:
    """The codebook in a workbook that another tool made; None if there is none, or if it is one of this program.

    Args:
        file: its sheets.
        name: of the file without its ending.
    """
    for table in file.tables:
        rows = list(_rows(table))
        if rows:
            return Codebook(key=key_from(name) or "codebook", codes=tuple(_codes(rows)))
    return None


def _rows(table: Table) -> Iterator[_Row]:
    header = [folded(name) for name in table.header]

    def column(wanted: Sequence[str]) -> int | None:
        return next((header.index(each) for each in wanted if each in header), None)

    levels = [place for place, name in enumerate(header) if _LEVEL.fullmatch(name)]
    name, definition, above, colour = map(column, (NAMES, DEFINITIONS, ABOVE, COLOURS))
    is_codes = levels or (name is not None and (definition is not None or above is not None))
    if "key" in header or not is_codes:
        return
    stack: list[tuple[int, str]] = []  # of codes that are set in
    for row in table.rows:
        if levels:
            path = tuple(each for place in levels if (each := collapsed(row[place])))
            path += (collapsed(row[name]),) if name is not None and collapsed(row[name]) not in path[-1:] else ()
        else:
            path = code_path(row[name or 0])
            parents = code_path(row[above]) if above is not None else ()
            indent = len(row[name or 0]) - len(row[name or 0].lstrip(" \u00a0\t"))
            if parents:
                path = (*parents, *path) if path[: len(parents)] != parents else path
            elif len(path) == 1:
                stack = [each for each in stack if each[0] < indent]
                stack.append((indent, path[0]))
                path = tuple(each for _indent, each in stack)
        path = tuple(each for each in path if each)
        if path:
            yield (
                path,
                in_normal_form(row[definition]).strip() if definition is not None else "",
                colour_of(row[colour]) if colour is not None else "",
            )


def _codes(rows: Sequence[_Row]) -> Iterator[Code]:
    """The codes with all that is above them, parents first; a code that stands twice is one."""
    about: dict[tuple[str, ...], tuple[str, str]] = {}
    by_name: dict[str, tuple[str, ...]] = {}
    for path, definition, colour in rows:
        if path[0] in by_name and len(path) > 1 and len(by_name[path[0]]) > 1:
            path = (*by_name[path[0]], *path[1:])  # the column names the code above only, not its path
        for depth in range(1, len(path)):
            about.setdefault(path[:depth], ("", ""))
        old = about.get(path, ("", ""))
        about[path] = (old[0] or definition, old[1] or colour)
        by_name.setdefault(path[-1], path)
    keys: dict[tuple[str, ...], str] = {}
    for path in _in_order(about):
        wanted = key = key_from(path[-1]) or "code"
        number = 2
        while key in keys.values():
            key, number = f"{wanted}_{number}", number + 1
        keys[path] = key
        definition, colour = about[path]
        yield Code(
            key,
            Wording(plain=path[-1]),
            parent=keys.get(path[:-1], ""),
            depth=len(path) - 1,
            definition=Wording(plain=definition),
            colour=colour,
        )


def _in_order(paths: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Each path directly after what is above it, brothers as they came."""
    below: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for path in paths:
        below.setdefault(path[:-1], []).append(path)
    waiting = list(reversed(below.get((), [])))
    while waiting:
        path = waiting.pop()
        yield path
        waiting.extend(reversed(below.get(path, [])))
