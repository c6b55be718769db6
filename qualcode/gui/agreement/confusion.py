"""Which codes are taken for which: the file's codes at the left, the rules' above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.gui.analysis.together_model import CellsOf, Named, Together, TogetherModel
from qualcode.i18n import _, decimal, ngettext

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.evaluation import Evaluation

NO_CODE = "(none)"


def confusion_as_table(model: TogetherModel, title: str, notes: Sequence[str]) -> OneTable:
    """As it is shown, the counts."""
    from qualcode.exporting.one_table import OneTable

    names = model.themes
    rows: list[list[str | int | float | None]] = []
    for row in names:
        cells = [model.cell(row.key, column.key) for column in names]
        rows.append([row.name, *(cell.both if cell is not None else None for cell in cells)])
    return OneTable(title, [_("The file gives \\ the rules give"), *(each.name for each in names)], rows, notes)


def confusion_square(found: Evaluation, themes: Mapping[str, Named]) -> tuple[CellsOf, list[Named]]:
    """The cells, and the codes that stand at the edges.

    Args:
        found: an evaluation.
        themes: all codes by key, in order.

    Returns:
        A cell for each pair: of two codes how many units the file gives the one and the rules the other; on the
        diagonal how many get the code from both.
    """
    counts = {
        (str(row["file_code"]), str(row["rules_code"])): int(row["units"]) for row in found.confusion.to_dict("records")
    }
    used = {key for pair in counts for key in pair}
    shown = [named for key, named in themes.items() if key in used]
    shown.append(Named(NO_CODE, _("no code"), 0))
    most = max((n for (a, b), n in counts.items() if a != b), default=0)
    of_row = {each.key: sum(n for (a, _b), n in counts.items() if a == each.key) for each in shown}
    cells = {}
    for a in shown:
        for b in shown:
            if a.key == b.key == NO_CODE:
                continue
            n = counts.get((a.key, b.key), 0)
            units = ngettext("{n} unit", "{n} units", n).format(n=n)
            said = _("{units}: people gave {file}, the rules {rules}").format(units=units, file=a.name, rules=b.name)
            if a.key == b.key:
                said = _("{units}: both give it").format(units=units)
            share = n / of_row[a.key] if of_row[a.key] else None
            below = f"{decimal(100 * share, 0)} %" if n and share is not None else ""
            strength = n / most if most and a.key != b.key else 0.0
            cells[a.key, b.key] = Together(a.key, b.key, n, share, below, strength, said, is_alone=a.key == b.key)
    return CellsOf(cells), shown
