"""Translation of every sentence that a user reads."""

from __future__ import annotations

import difflib
import gettext
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_LOCALES = Path(__file__).parent / "locales"
_translation: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Use the sentences of a language ("en", "nb") from now on; English where a translation is missing."""
    global _translation
    _translation = gettext.translation("qualcode", _LOCALES, languages=[language], fallback=True)


def _(message: str) -> str:
    return _translation.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The sentence for one or for several, in the language in use."""
    return _translation.ngettext(singular, plural, n)


def folded(name: str) -> str:
    """A label, group name or key as it is compared: NFC, without case, white space collapsed and off at the ends."""
    return collapsed(name).casefold()


def collapsed(name: str) -> str:
    """A name as it is written out: NFC, each run of white space (no-break too) one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name that the user probably meant, or None if none is near."""
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
