"""How high the rows are: measured for those that were seen, estimated from length and codes for all others."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qualcode.gui.resources import fonts
from qualcode.gui.survey.chips import CHIP, GAP
from qualcode.gui.survey.row_delegate import BLANK, LINE, MOST_LINES, ONE_LINE, text_width

if TYPE_CHECKING:
    from qualcode.gui.survey.answer_sheet import AnswerSheet

_LETTER = 0.52  # mean width of a letter over the size of the type
_USUAL_CHIP = 130


class RowHeights:
    """Heights by row of a sheet, for the widths that its columns have."""

    def __init__(self) -> None:
        self._heights = array("H")
        self._is_measured = bytearray()

    def __getitem__(self, row: int) -> int:
        return self._heights[row]

    @property
    def by_row(self) -> array[int]:
        """All heights."""
        return self._heights

    def is_measured(self, row: int) -> bool:
        """Whether a row's height is more than an estimate."""
        return bool(self._is_measured[row])

    def put(self, row: int, height: int) -> None:
        """Keeps what was measured."""
        self._heights[row] = height
        self._is_measured[row] = 1

    def doubt(self, rows: Iterable[int] | None = None) -> None:
        """These rows, or all, must be measured again; until then they count as high as they were."""
        if rows is None:
            self._is_measured = bytearray(len(self._heights))
            return
        for row in rows:
            self._is_measured[row] = 0

    def estimate(self, sheet: AnswerSheet, answer_width: int, codes_width: int) -> None:
        """Estimates all rows for columns of these widths."""
        letters = max(10.0, text_width(answer_width) / (fonts.px(fonts.CONTROL) * _LETTER))
        beside = max(1, text_width(codes_width) // fonts.px(_USUAL_CHIP))
        by_lines = [fonts.px(ONE_LINE + LINE * n) for n in range(MOST_LINES)]
        chip, step = fonts.px(18) + fonts.px(CHIP), fonts.px(CHIP) + GAP
        by_codes = [0] + [chip + step * min(2, (n - 1) // beside) for n in range(1, 3 * beside + 1)]
        blank, last, most = fonts.px(BLANK), MOST_LINES - 1, len(by_codes) - 1
        self._heights = array(
            "H",
            [
                max(by_lines[min(last, int(length / letters))], by_codes[min(most, n_codes)]) if document_id else blank
                for document_id, length, n_codes in zip(
                    sheet.rows.document_ids, sheet.rows.lengths, sheet.n_codes(), strict=True
                )
            ],
        )
        self._is_measured = bytearray(len(self._heights))
