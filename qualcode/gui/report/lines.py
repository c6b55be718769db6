"""Short lines below each other, some with a number at the right; wrapped ones keep their indent."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import label


class Lines(QWidget):
    """Lines that are read, not used.

    Args:
        has_points: whether a point stands before each.
    """

    def __init__(self, *, has_points: bool = False) -> None:
        super().__init__()
        self._has_points = has_points
        self._lines: list[tuple[str, str]] = []
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(" ".join(filter(None, line)) for line in self._lines)

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Shows others, each with what stands at its right."""
        if list(lines) == self._lines:
            return
        self._lines = list(lines)
        for made in self._labels:
            made.hide()
            made.deleteLater()
        self._labels = []
        for row, (words, number) in enumerate(self._lines):
            text = label(words, rank=2 if number or self._has_points else 1, wrap=True)
            if self._has_points:
                point = label("•", rank=3)
                point.setAlignment(Qt.AlignmentFlag.AlignTop)
                self._put(point, row, 0)
            if number:
                shown = label(number, rank=2)
                shown.setFont(fonts.font(fonts.CONTROL, tabular=True))
                self._put(text, row, 1)
                shown.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._put(shown, row, 2)
            else:
                self._put(text, row, 1, span=2)
        self.setAccessibleName(self.text)

    def _put(self, made: QLabel, row: int, column: int, span: int = 1) -> None:
        self._grid.addWidget(made, row, column, 1, span)
        self._labels.append(made)
