"""Reads Rich Text Format (.rtf): what a reader of the printed page sees, once tracked changes are accepted.

Why there is an own reader: docs/decisions, "Read RTF with an own reader".
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.archives import hostile
from qualcode.importing.encodings import read_bytes
from qualcode.importing.report import RawTranscript
from qualcode.importing.rtf_flow import Flow

LARGEST_FILE = 100_000_000  # bytes; pictures stand in it as letters
MOST_TOKENS = 2_000_000  # words of the format, or runs of letters; a long interview has 50,000
DEEPEST = 1_000  # groups inside one another

_TOKEN = re.compile(
    rb"\\(?:'(?P<hex>[0-9a-fA-F]{2})|(?P<word>[a-zA-Z]{1,40})(?P<number>-?\d{1,10})? ?|(?P<sign>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}\r\n]+)|[\r\n]+",
    re.DOTALL,
)
_DESTINATIONS = {  # groups that are no part of the page's text
    **dict.fromkeys(("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), "margin"),
    "footnote": "footnote",
    "annotation": "comment",
    "shptxt": "box",
    "dptxbxtext": "box",
}
_NEVER_TEXT = frozenset(
    "fonttbl colortbl stylesheet info pict objdata fldinst listtext pntext listtable listoverridetable revtbl "
    "rsidtbl generator themedata colorschememapping datastore latentstyles xmlnstbl datafield bkmkstart bkmkend "
    "atnid atnauthor atndate atnref atnicn atntime atrfstart atrfend pgdsctbl filetbl sp sn sv nonshppict private "
    "template operator company title subject author keywords comment doccomm xe tc txe rxe ftnsep ftnsepc aftnsep "
    "aftnsepc pgptbl userprops docvar wgrffmtfilter mmathPr nonesttables background shprslt pnseclvl pn falt panose "
    "fontemb nesttableprops fchars lchars passwordhash password formfield".split()
)
_STARRED_TEXT = frozenset(("shpinst", "do"))  # boxes stand inside; other groups with a star may be passed over
_SIGNS = {
    "par": "\n",
    "line": "\n",
    "tab": "\t",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
}
_CHARSETS = {
    77: "mac-roman",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}


def read_rtf(path: Path, encoding: str | None = None) -> RawTranscript:
    """The paragraphs of a Rich Text file.

    Tracked insertions, links, results of fields and tables are in the text; text boxes follow the paragraph that they
    hang on; tracked deletions, hidden text, page headers and footers, numbers of lists are left out; footnotes and
    comments are notes.

    Args:
        path: the file.
        encoding: of letters for which the file names none; None to take what it says.

    Raises:
        ImportingError: not Rich Text, or nested beyond the bounds.
    """
    raw = read_bytes(path, LARGEST_FILE)
    if not raw.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise ImportingError(
            _("{file} is no Rich Text file.").format(file=path.name),
            hint=_("Give it the ending that belongs to its content, or save it as .docx."),
        )
    if encoding is not None:
        try:
            encoding = codecs.lookup(encoding).name
        except LookupError as error:
            raise ImportingError(
                _("There is no encoding {encoding!r}.").format(encoding=encoding),
                hint=_("Common ones are utf-8, utf-16, cp1252 and latin-1."),
            ) from error
    reader = _RtfReader(path.name, encoding)
    reader.read(raw)
    return RawTranscript(tuple(reader.flow.paragraphs), reader.codepage, tuple(reader.problems()), tuple(reader.notes))


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group; it ends with it."""

    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    skipped: bool = False
    codepage: str = ""
    after_unicode: int = 1  # how many signs for older programs follow a \\u
    flow: str = ""


class _RtfReader:
    def __init__(self, file: str, encoding: str | None) -> None:
        self._file = file
        self.codepage = encoding or "cp1252"
        self._told = encoding is not None
        self.flow = Flow()
        self.notes: list[str] = []
        self._flows = [self.flow]
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._left_out: Counter[str] = Counter()
        self._bytes = bytearray()
        self._to_skip = 0
        self._high = 0  # first half of a letter beyond U+FFFF
        self._state = _State()

    def read(self, raw: bytes) -> None:
        stack: list[_State] = []
        position, fresh, starred = 0, False, False
        n_tokens = 0
        in_fonts = 0  # depth at which the table of fonts began
        while position < len(raw):
            found = _TOKEN.match(raw, position)
            if found is None:  # a lone backslash at the end
                break
            position = found.end()
            brace = found["brace"]
            n_tokens += 1
            if n_tokens > MOST_TOKENS:
                raise hostile(self._file, _("it holds {n} parts").format(n=n_tokens))
            if brace:
                self._flush()
                self._to_skip = 0
            if brace == b"{":
                stack.append(self._state)
                if len(stack) > DEEPEST:
                    raise hostile(self._file, _("its parts are nested too deeply"))
                fresh, starred = True, False
            elif brace == b"}":
                if not stack:
                    break
                in_fonts = in_fonts if len(stack) > in_fonts else 0
                self._end_group(stack.pop())
                if not stack:  # what follows is no part of the document
                    break
                fresh = False
            elif found["word"]:
                word = found["word"].decode("ascii")
                number = None if found["number"] is None else int(found["number"])
                if word == "bin":
                    position += max(0, number or 0)
                elif word == "fonttbl":
                    in_fonts = len(stack)
                    self._state = replace(self._state, skipped=True)
                elif in_fonts:
                    self._about_font(word, number)
                else:
                    self._word(word, number, fresh, starred)
                fresh = False
            elif found["sign"] == b"*" and fresh:
                starred = True
            elif found["hex"] is not None:
                self._letters(bytes((int(found["hex"], 16),)))
                fresh = False
            elif found["sign"] is not None:
                self._sign(found["sign"])
                fresh = False
            elif found["text"] is not None:
                self._letters(found["text"])
                fresh = False
        self._flush()
        while stack:  # cut off: what is open ends here
            self._left_out["cut"] = 1
            self._end_group(stack.pop())
        self.flow.paragraphs = self.flow.finished()

    def _end_group(self, outer: _State) -> None:
        inner, self._state = self._state, outer
        if inner.flow != outer.flow and len(self._flows) > 1:
            flow = self._flows.pop()
            paragraphs = [each for each in flow.finished() if each.text.strip()]
            text = "\n".join(each.text for each in paragraphs).strip()
            if not text or inner.hidden or inner.deleted:
                return
            if flow.kind == "margin":
                self._left_out["margin"] += len(text)
            elif flow.kind == "box":
                self._left_out["box"] += 1
                self._flows[-1].boxes.extend(paragraphs)
            else:
                self._left_out[flow.kind] += 1
                form = _("Comment {ident}: {text}") if flow.kind == "comment" else _("Footnote {ident}: {text}")
                self.notes.append(form.format(ident=self._left_out[flow.kind], text=text))

    def _about_font(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self._font = number
        elif word == "fcharset" and number in _CHARSETS:
            self._fonts[self._font] = _CHARSETS[number]

    def _word(self, word: str, number: int | None, fresh: bool, starred: bool) -> None:
        self._to_skip = 0 if word not in ("u", "uc") else self._to_skip
        if word == "u" and number is not None:
            self._unicode(number % 65536)
            return
        self._flush()
        state = self._state
        if word in _DESTINATIONS and not state.skipped:
            kind = _DESTINATIONS[word]
            self._flows.append(Flow(kind))
            self._state = replace(state, bold=False, flow=f"{kind}{len(self._flows)}")
        elif word in _NEVER_TEXT or (starred and fresh and word not in _STARRED_TEXT):
            self._state = replace(state, skipped=True)
        elif word in _SIGNS and word != "par":
            self._add(_SIGNS[word])
        elif word in ("par", "sect", "page", "cell", "nestcell", "row", "intbl", "pard"):
            self._layout(word)
        else:
            self._state = self._formatted(state, word, number)

    def _formatted(self, state: _State, word: str, number: int | None) -> _State:
        on = number != 0
        if word == "b":
            return replace(state, bold=on)
        if word == "v":
            return replace(state, hidden=on)
        if word == "deleted":
            return replace(state, deleted=on)
        if word == "plain":
            return replace(state, bold=False, hidden=False, deleted=False)
        if word == "uc" and number is not None:
            return replace(state, after_unicode=max(0, min(number, 10)))
        if word == "f" and number is not None:
            return replace(state, codepage=self._fonts.get(number, ""))
        if word == "ansicpg" and number and not self._told:
            self.codepage = _known(f"cp{number}", self.codepage)
        elif word in ("mac", "pc", "pca") and not self._told:
            self.codepage = {"mac": "mac-roman", "pc": "cp437", "pca": "cp850"}[word]
        return state

    def _layout(self, word: str) -> None:
        if self._state.skipped:
            return
        flow = self._flows[-1]
        if word in ("par", "sect", "page"):
            if (word == "par" and not self._state.deleted) or (word != "par" and flow.pieces):
                flow.end_paragraph()
        elif word == "nestcell":
            flow.end_paragraph()
        elif word == "cell":
            flow.end_cell()
        elif word == "row":
            flow.end_row()
        elif word == "intbl":
            flow.in_table = True
        elif not flow.pieces:  # pard: the paragraph that begins here is outside tables until it says otherwise
            flow.in_table = False

    # Letters

    def _letters(self, raw: bytes) -> None:
        if self._to_skip:
            n = min(self._to_skip, len(raw))
            self._to_skip -= n
            raw = raw[n:]
        if not self._state.skipped:
            self._bytes += raw

    def _flush(self) -> None:
        """Letters are decoded in runs, since some encodings need two bytes for one."""
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            self._add(raw.decode(self._state.codepage or self.codepage, errors="replace"))

    def _unicode(self, number: int) -> None:
        self._flush()
        if 0xD800 <= number < 0xDC00:
            self._high = number
        elif 0xDC00 <= number < 0xE000:
            joined = 0x10000 + (self._high - 0xD800) * 0x400 + number - 0xDC00
            self._add(chr(joined) if self._high else "\ufffd")
            self._high = 0
        else:
            self._add("\ufffd" + chr(number) if self._high else chr(number))
            self._high = 0
        self._to_skip = self._state.after_unicode

    def _sign(self, sign: bytes) -> None:
        if self._to_skip:
            self._to_skip -= 1
            return
        self._flush()
        known = {b"~": "\u00a0", b"-": "\u00ad", b"_": "\u2011", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
        if sign in (b"\r", b"\n"):
            self._layout("par")
        elif sign in known:
            self._add(known[sign])

    def _add(self, text: str) -> None:
        state = self._state
        if state.skipped:
            return
        if state.hidden or state.deleted:
            self._left_out["hidden" if state.hidden else "deleted"] += len(text)
        else:
            self._flows[-1].pieces.append((text, state.bold))

    def problems(self) -> Iterator[Problem]:
        counts = self._left_out
        told = (
            (
                counts["deleted"],
                ngettext(
                    "{n} character that is marked as deleted was left out.",
                    "{n} characters that are marked as deleted were left out.",
                    counts["deleted"],
                ),
                "",
            ),
            (
                counts["hidden"],
                ngettext(
                    "{n} character of hidden text was left out.",
                    "{n} characters of hidden text were left out.",
                    counts["hidden"],
                ),
                "",
            ),
            (
                counts["margin"],
                ngettext(
                    "Page headers and footers were left out ({n} character).",
                    "Page headers and footers were left out ({n} characters).",
                    counts["margin"],
                ),
                "",
            ),
            (counts["footnote"], _("Footnotes or endnotes stand beside the text, not in it ({n})."), ""),
            (counts["comment"], _("Comments stand beside the text, not in it ({n})."), ""),
            (counts["box"], _("Text boxes were put after the paragraph that they hang on ({n})."), ""),
            (
                counts["cut"],
                _("The file ends amid its text; it may be cut off."),
                _("Look whether its last words are there, or save it anew."),
            ),
        )
        for n, what, hint in told:
            if n:
                yield Problem(self._file, what.format(n=n), hint, "warning")


def _known(codepage: str, otherwise: str) -> str:
    try:
        return codecs.lookup({"cp65001": "utf-8", "cp10000": "mac-roman"}.get(codepage, codepage)).name
    except LookupError:
        return otherwise
