"""Tables as CSV: UTF-8 with a header row, comma, decimal point, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import math
import numbers
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.telling import never, told, unheard

if TYPE_CHECKING:
    import pandas as pd

# Per cents and rates are printed with one decimal, always: 12.0, not 12.
ONE_DECIMAL = frozenset(
    [
        "pct_of_codings",
        "pct_of_units",
        "pct_of_answering",
        "pct_of_group",
        "ci_low",
        "ci_high",
        "suggested_pct_of_answering",
        "per_1000_words",
        "pct_answered",
        "pct_of_n",
        *("base_pct", "pct_single", "least_pct", "most_pct", "survey_pct", "talk_pct", "talk_per_1000_words"),
    ]
)
# Numbers that are fractions by nature and stay so when a column happens to hold whole ones only.
_FRACTIONS = frozenset(
    [
        *("score", "rd", "rd_low", "rd_high", "odds_ratio", "or_low", "or_high", "p", "p_holm"),
        *("mean", "sd", "median", "q1", "q3", "lowest", "highest"),
        *("jaccard", "lift", "jaccard_respondents", "lift_respondents"),
    ]
)
_BEHIND_QUOTES = re.compile(r"'*[=+\-@\t\r]")
_TENTH = Decimal("0.1")


def write_csv(frame: pd.DataFrame, path: Path, *, progress: Progress = unheard, cancelled: Cancelled = never) -> None:
    """Write a table; the file is there whole or not at all.

    Args:
        frame: the table; its index is not written.
        path: where to; an existing file is replaced.
        progress: told of the rows.
        cancelled: whether it is to stop.

    Raises:
        CancelledError: it was stopped.
        ExportError: the file cannot be written.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as out:
            _write(frame, out, progress, cancelled)
        partial.replace(path)
    except OSError as error:
        raise cannot_be_written(path, error) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def csv_text(frame: pd.DataFrame) -> str:
    """The same as `write_csv`, as one text."""
    out = io.StringIO(newline="")
    _write(frame, out)
    return out.getvalue()


def guard(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula; `unguard` gives it back.

    A text that already begins with `'` before such a sign gets one more, so that nothing is lost on the way back.
    """
    return "'" + text if _BEHIND_QUOTES.match(text) else text


def unguard(text: str) -> str:
    """A guarded cell as the text it stands for."""
    return text[1:] if text.startswith("'") and _BEHIND_QUOTES.match(text) else text


class _LineFeeds:
    """Lets the csv module end records with CR LF, so that it quotes both inside cells, and writes LF."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def write(self, record: str) -> int:
        return self._out.write(record[:-2] + "\n")


def _write(frame: pd.DataFrame, out: TextIO, progress: Progress = unheard, cancelled: Cancelled = never) -> None:
    writer = csv.writer(_LineFeeds(out), lineterminator="\r\n")
    writer.writerow([guard(str(name)) for name in frame.columns])
    columns = [_cells(str(name), frame.iloc[:, i]) for i, name in enumerate(frame.columns)]
    writer.writerows(told(zip(*columns, strict=True), len(frame), progress, cancelled))


def _cells(name: str, column: pd.Series[Any]) -> Iterable[str]:
    values: list[object] = column.tolist()
    if column.dtype.kind in "iu":
        values = [None if gap else value for value, gap in zip(values, column.isna(), strict=True)]
    elif str(column.dtype) in ("str", "string"):
        # Few columns hold many different texts, and each text needs looking at once only.
        written = {value: guard(value) if isinstance(value, str) else "" for value in set(values)}
        return map(written.__getitem__, values)
    number = _as_written(name, values)
    return [_cell(value, number) for value in values]


def _cell(value: object, number: Callable[[float], str]) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else number(value)
    if isinstance(value, str):
        return guard(value)
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guard(str(value)) if not isinstance(value, numbers.Number) else str(value)


def _as_written(name: str, values: list[object]) -> Callable[[float], str]:
    """How the floats of a column are written; whole numbers that became floats beside a gap are whole again."""
    if name in ONE_DECIMAL:
        return _one_decimal
    floats = [value for value in values if isinstance(value, float) and math.isfinite(value)]
    if name not in _FRACTIONS and all(value.is_integer() for value in floats):
        return lambda value: str(int(value)) if math.isfinite(value) else str(value)
    return lambda value: format(value, ".10g")


def _one_decimal(value: float) -> str:
    if not math.isfinite(value):
        return str(value)
    # Half up on the shortest decimal form, as `percent_half_up` does on integers.
    return str(Decimal(repr(value)).quantize(_TENTH, ROUND_HALF_UP))
