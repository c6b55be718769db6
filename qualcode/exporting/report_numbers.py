"""Numbers as a report prints them in its language: per cents, intervals, p-values; halves are rounded up."""

from __future__ import annotations

import math

from qualcode.i18n import half_up

_SPACE, _DASH, _MINUS = "\N{NO-BREAK SPACE}", "\N{EN DASH}", "\N{MINUS SIGN}"
_LEAST_P = 0.001
_MONTHS_ENGLISH = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTHS_NORWEGIAN = (
    *("januar", "februar", "mars", "april", "mai", "juni"),
    *("juli", "august", "september", "oktober", "november", "desember"),
)


class Numbers:
    """The numbers of a language ("nb", "nn", "en"): comma or point, spaces that do not break."""

    def __init__(self, language: str) -> None:
        self._comma = language in ("nb", "nn")

    def percent(self, n: int, base: int) -> str:
        """41 %; worked out from the integers, halves rounded up."""
        return f"{(200 * n + base) // (2 * base)}{_SPACE}%"

    def interval(self, low: float, high: float) -> str:
        """A share's interval in whole per cents, 28–56; bounds are proportions."""
        return f"{whole(100 * low)}{_DASH}{whole(100 * high)}"

    def points(self, difference: float) -> str:
        """A difference of shares in percentage points, with its sign: +14, −7, 0."""
        points = whole(100 * difference)
        return f"+{points}" if points > 0 else str(points).replace("-", _MINUS)

    def decimal(self, value: float, digits: int) -> str:
        """0.24 or 0,24; ∞ where there is no bound."""
        if math.isinf(value):
            return "∞" if value > 0 else f"{_MINUS}∞"
        text = half_up(value, digits)
        return (text.replace(".", ",") if self._comma else text).replace("-", _MINUS)

    def p(self, value: float) -> str:
        """A p-value as it stands in a column: 0.243; very small ones as "< 0.001"."""
        if value < _LEAST_P:
            return f"<{_SPACE}{self.decimal(_LEAST_P, 3)}"
        return self.decimal(value, 3)

    def p_is(self, value: float) -> str:
        """A p-value in a sentence: p = 0.243, p < 0.001."""
        text = self.p(value)
        return f"p{_SPACE}{text}" if text.startswith("<") else f"p{_SPACE}={_SPACE}{text}"

    def date(self, moment: str) -> str:
        """22 November 2026 or 22. november 2026; of a date or moment as ISO 8601."""
        year, month, day = (int(part) for part in moment[:10].split("-"))
        if self._comma:
            return f"{day}.{_SPACE}{_MONTHS_NORWEGIAN[month - 1]} {year}"
        return f"{day}{_SPACE}{_MONTHS_ENGLISH[month - 1]} {year}"

    def count(self, number: int) -> str:
        """A whole number with its thousands set apart."""
        return f"{number:,}".replace(",", _SPACE if self._comma else ",")


def whole(value: float) -> int:
    """Halves away from zero, so that an interval and its mirror image read alike.

    What is a half but for the rounding of fractions is one: 100 * (57 / 200) is 28.499999999999996.
    """
    return int(math.copysign(math.floor(round(abs(value), 9) + 0.5), value))
