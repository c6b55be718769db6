"""How texts, lists and rules of a codebook stand in the cells of a workbook, both ways, so that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable

NEARLY_FULL = 20_000
"""Characters from which on a cell with a rule may go on in the row below, which then names no code."""

_MOST_IN_CELL = 30_000  # a workbook holds 32,767, and counts rare signs twice
_CONTINUED = "  "  # opens a line that goes on with the item of the line above
# What XML can't hold, what importing a table takes away, and line ends of other kinds.
_UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_NEEDS_ESCAPE = re.compile(f"[{_UNSAFE}]")
_ESCAPED = re.compile(r'".*\\u[0-9a-f]{4}.*"\Z', re.DOTALL)
_SIGN = re.compile(rf"[{_UNSAFE}\n\\]")
_SIGN_WRITTEN = re.compile(r"\\u([0-9a-f]{4})")
_BETWEEN_TERMS = re.compile(r"[,;\n]")


def text_in_cell(text: str) -> str:
    """A text as a cell holds it; one with control characters stands in quotes, those characters as \\u0001."""
    if _NEEDS_ESCAPE.search(text) or _ESCAPED.match(text):
        return '"' + _SIGN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text) + '"'
    return text


def text_of_cell(cell: str) -> str:
    """The text that a cell holds, without outer white space."""
    cell = cell.strip()
    if _ESCAPED.match(cell):
        return _SIGN_WRITTEN.sub(lambda written: chr(int(written[1], 16)), cell[1:-1])
    return cell


def rule_in_cells(text: str) -> list[str]:
    """A rule as one cell holds it, or several: it is parted behind a comma, and the blank behind it left out."""
    parts = []
    while len(text) > _MOST_IN_CELL:
        at = text.rfind(", ", NEARLY_FULL, _MOST_IN_CELL)
        if at < 0:
            break
        parts.append(text[: at + 1])
        text = text[at + 2 :]
    return [*parts, text]


def list_in_cell(items: Iterable[str]) -> str:
    """One item a line; a line that begins with two spaces goes on with the item above."""
    return "\n".join(text_in_cell(item).replace("\n", "\n" + _CONTINUED) for item in items)


def list_of_cell(cell: str) -> list[str]:
    """The items of a list, one a line; blank lines are none."""
    items: list[str] = []
    for line in cell.strip().split("\n"):
        if items and line.startswith(_CONTINUED):
            items[-1] += "\n" + line[len(_CONTINUED) :]
        elif line.strip():
            items.append(line)
    return [text_of_cell(item) for item in items]


def terms_of_cell(cell: str) -> list[str]:
    """The terms of a concept, with commas or on lines of their own; no term holds a comma."""
    return [term.strip() for term in _BETWEEN_TERMS.split(cell) if term.strip()]
