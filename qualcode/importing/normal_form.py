"""The only changes made to a text at import, and what is said about characters that look lost."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import islice

from qualcode.errors import Problem
from qualcode.i18n import _
from qualcode.model.signs import LIGATURES, SOFT_HYPHEN, WITHOUT_WIDTH

_ZERO_WIDTH = re.compile(f"[{WITHOUT_WIDTH}]")
_CONTROL = re.compile("[\x01-\x08\x0b\x0e-\x1f\x7f\x80-\x9f]")
_OTHER_LINE_ENDS = "\x85\u2028\u2029"  # of mainframes, of Unicode
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")
_TWICE_ENCODED = re.compile("Ã[\u0080-\u00bf˜†…‡]|â€[\u0080-\u00bf™œ“”]")
_LOST_IN_A_WORD = re.compile(r"(?:^[«»“‘\"'-]*|(?<=[^\W\d_]))\?{1,2}(?=[^\W\d_A-ZÆØÅÄÖ])")
_BEFORE_A_LETTER = re.compile(r"\?[^\W\d_]")
_OF_ADDRESSES = re.compile("[/=&@<>\\[(]")  # of the web; and brackets mark what was heard badly
_PRINTABLE_SUSPECTS = ("\ufffd", *LIGATURES, "Ã", "â€")
_SUSPECT = re.compile(
    "[\u00ad\ufffd\u200b-\u200d\u2060\u180e\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufb00-\ufb06]|Ã|â€"
)
_AT_ONCE = 200  # texts that are looked at together: cells of a survey are many, and nearly all pass


def in_normal_form(text: str) -> str:
    """The text in NFC with line feeds as line ends, without byte order marks and NUL; nothing else is changed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    for end in _OTHER_LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    if "\0" in text or "\ufeff" in text:
        text = text.replace("\0", "").replace("\ufeff", "")
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _may_hold_suspects(text: str) -> bool:
    """A fast first look; nearly all texts pass it."""
    if not text.isprintable() or _n_lost_in_words(text):
        return True
    return not text.isascii() and any(sign in text for sign in _PRINTABLE_SUSPECTS)


def _is_suspect(text: str) -> bool:
    return _SUSPECT.search(text) is not None or _n_lost_in_words(text) > 0


def _n_lost_in_words(text: str) -> int:
    """How many question marks stand where words have letters: inside, or at the beginning."""
    if _BEFORE_A_LETTER.search(text) is None:  # a quick look, as most question marks end a word
        return 0
    asking = (word for word in text.split() if "?" in word[:-1])
    return sum(len(_LOST_IN_A_WORD.findall(word)) for word in asking if not _OF_ADDRESSES.search(word))


def doubtful_characters(texts: Iterable[str], where: str) -> list[Problem]:
    """A warning for each kind of character that tells of a loss or an accident; the characters themselves stay."""
    suspect: list[str] = []
    several = iter(texts)
    while some := list(islice(several, _AT_ONCE)):
        if _may_hold_suspects(" ".join(some)):
            suspect.extend(text for text in some if _may_hold_suspects(text) and _is_suspect(text))
    if not suspect:
        return []
    together = "\n".join(suspect)
    kinds = (
        (
            together.count("\ufffd"),
            _("Characters were lost before the file came here; they stand as \N{REPLACEMENT CHARACTER} ({n})."),
            _("Look whether an earlier copy of the file has them, or give the right encoding."),
        ),
        (
            _n_lost_in_words(together),
            _("Letters seem to be lost: «?» stands inside words or at their beginning ({n})."),
            _("Look whether an earlier copy of the file has them, or give the right encoding."),
        ),
        (
            together.count(SOFT_HYPHEN),
            _("Soft hyphens stand in the text; they were kept ({n})."),
            _("Rules and searches for words read past them."),
        ),
        (
            len(_ZERO_WIDTH.findall(together)),
            _("Zero-width characters stand in the text; they were kept ({n})."),
            _("Rules and searches for words read past them."),
        ),
        (
            len(_CONTROL.findall(together)),
            _("Control characters stand in the text; they were kept ({n})."),
            _("They often come from a wrong encoding: try another one."),
        ),
        (
            len(_PRIVATE.findall(together)),
            _("Signs of a symbol font have no letter of their own; they were kept ({n})."),
            "",
        ),
        (
            len(_LIGATURE.findall(together)),
            _("Ligatures such as «\ufb01» stand for two letters; they were kept ({n})."),
            _("Rules and searches for words read them as those letters."),
        ),
        (
            len(_TWICE_ENCODED.findall(together)),
            _("Some letters look as if they were encoded twice, as in «Ã¥» for «å» ({n})."),
            _("Save the source again as UTF-8."),
        ),
    )
    return [Problem(where, what.format(n=n), hint, "warning") for n, what, hint in kinds if n]
