"""What to expect of a learned model, by code, beside the rules alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import label
from qualcode.i18n import _, decimal

if TYPE_CHECKING:
    from qualcode.autocoding.expectation import Expectation, Hits


def expectation_table(bridge: ProjectBridge, expectation: Expectation) -> QWidget:
    """A table of what to expect: all codes in one, then each that was learned or proposed."""
    inside = QWidget()
    grid = QGridLayout(inside)
    grid.setContentsMargins(0, 0, 16, 0)
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(0, 1)
    headings = [
        "",
        _("with"),
        _("precision"),
        _("recall"),
        "F1",
        *([_("F1, rules")] if expectation.has_rules else []),
    ]
    for column, heading in enumerate(headings):
        grid.addWidget(_cell(heading, is_number=column > 0, rank=2), 0, column)
    order = {code.key: number for number, code in enumerate(bridge.codebook.codes)}
    seen = [each for each in expectation.codes if each.n_with or each.learned.only_proposed]
    all_rules = expectation.rules if expectation.has_rules else None
    _add_row(grid, 1, _("All"), "", expectation.learned, all_rules, is_bold=True)
    for row, each in enumerate(sorted(seen, key=lambda one: order.get(one.code_key, len(order))), start=2):
        code = bridge.code_keyed(each.code_key)
        name = bridge.name_of(code) if code is not None else each.code_key
        if not each.has_model:
            name = _("{name} (rules only)").format(name=name)
        rules = each.rules if expectation.has_rules else None
        _add_row(grid, row, name, str(each.n_with), each.learned, rules)
    return inside


def _add_row(
    grid: QGridLayout,
    row: int,
    name: str,
    n: str,
    learned: Hits,
    rules: Hits | None,
    *,
    is_bold: bool = False,
) -> None:
    numbers = [learned.precision, learned.recall, learned.f1, *([] if rules is None else [rules.f1])]
    shown = [name, n, *(_two(number) for number in numbers)]
    for column, text in enumerate(shown):
        grid.addWidget(_cell(text, is_number=column > 0, is_bold=is_bold), row, column)


def _cell(text: str, *, is_number: bool, is_bold: bool = False, rank: int = 1) -> QWidget:
    made = label(text, fonts.SMALL, fonts.SEMIBOLD if is_bold else fonts.REGULAR, rank=rank)
    if is_number:
        made.setFont(fonts.font(fonts.SMALL, fonts.SEMIBOLD if is_bold else fonts.REGULAR, tabular=True))
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def _two(value: float) -> str:
    return "–" if math.isnan(value) else decimal(value, 2)
