"""Translation of every sentence that a user reads."""

from __future__ import annotations

import gettext
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

_LOCALES = Path(__file__).parent / "locales"
_NORWEGIAN = ("nb", "nn", "no")
_translation: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use_language(language: str) -> None:
    """Use the sentences of a language ("en", "nb") from now on; English where a translation is missing."""
    global _translation, _language
    path = _LOCALES / language / "LC_MESSAGES" / "qualcode.mo"
    if path.is_file():  # gettext's own way of finding it loads all about languages first
        with path.open("rb") as file:
            _translation = gettext.GNUTranslations(file)
    else:
        _translation = gettext.NullTranslations()
    _language = language


def language_in_use() -> str:
    """The language of the sentences: "en" or "nb"."""
    return _language


def language_of(wanted: Iterable[str]) -> str:
    """The first language that the program speaks, of those that a system wants ("nb_NO.UTF-8", "en-GB"); else "en"."""
    for each in wanted:
        name = re.split(r"[-_.@]", each)[0].lower()
        if name in _NORWEGIAN:
            return "nb"
        if name == "en":
            break
    return "en"


def language_of_environment(environment: Mapping[str, str]) -> str:
    """The language that a terminal asks for; the first variable that is set decides, as it does for gettext."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(variable):
            return language_of(environment[variable].split(":"))
    return "en"


def decimal(value: float, digits: int = 2, *, short: bool = False) -> str:
    """A number as it is written in the language in use: 0.87, 0,87.

    Args:
        value: the number.
        digits: how many stand behind the point or comma.
        short: without the zero before the point; Norwegian keeps it.
    """
    text = half_up(value, digits)
    if _language == "nb":
        return text.replace(".", ",").replace("-", "\u2212")
    return text.removeprefix("0") if short else text


def written(value: float) -> str:
    """A number with as many decimals as it has, six digits at most: 12.5, 12,5."""
    text = f"{value:g}"
    return text.replace(".", ",").replace("-", "\u2212") if _language == "nb" else text


def half_up(value: float, digits: int) -> str:
    """A number with so many decimals, halves away from zero: 7.25 is 7.3.

    What is a half but for the rounding of fractions is one: 100 * (57 / 200) is 28.499999999999996.
    """
    from decimal import ROUND_HALF_UP, Decimal  # not before somebody reads a number

    if not abs(value) < 1e15:  # infinite, or without a fraction that a reader could see
        return f"{value:.{digits}f}"
    rounded = Decimal(repr(round(float(value), 9))).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{rounded + 0:f}"


def _(message: str) -> str:
    return _translation.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence for one or for several, in the language in use."""
    return _translation.ngettext(singular, plural, n)


def in_quotes(words: str) -> str:
    """Words in the quotation marks of the language in use: “so”, «slik»."""
    return _("“{text}”").format(text=words)


def grouped(number: int) -> str:
    """A whole number with its thousands set apart: 10,000, in Norwegian by a space that does not break."""
    text = f"{number:,}"
    return text.replace(",", "\N{NO-BREAK SPACE}") if _language == "nb" else text


def folded(name: str) -> str:
    """A label, group name or key as it is compared: NFC, without case, white space collapsed and off at the ends."""
    return collapsed(name).casefold()


def collapsed(name: str) -> str:
    """A name as it is written out: NFC, each run of white space (no-break too) one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that the user probably meant, or None if none is near."""
    import difflib  # here, because only a mistake needs it

    by_folded = {folded(each): each for each in names}
    found = difflib.get_close_matches(folded(name), list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint that names the nearest existing name, else lists what exists (at most eight)."""
    names = list(names)
    near = nearest(name, names)
    if near is not None:
        return _("Did you mean {name!r}?").format(name=near)
    if not names:
        return ""
    shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
    return _("There is: {names}.").format(names=shown)
