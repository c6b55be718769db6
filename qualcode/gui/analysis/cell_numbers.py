"""Numbers of a data frame's row as a table takes them: None where there is none."""

from __future__ import annotations

import math
from typing import Any


def number(value: Any) -> float | None:
    """A number; None for None, NaN and the missing integer of pandas."""
    if value is None or str(value) == "<NA>":
        return None
    found = float(value)
    return None if math.isnan(found) else found


def rounded(value: Any, digits: int = 3, *, times: float = 1) -> float | None:
    """A number times another, with so many decimals."""
    found = number(value)
    return None if found is None else round(times * found, digits)


def whole(value: Any) -> int | None:
    """A count."""
    found = number(value)
    return None if found is None else int(found)
