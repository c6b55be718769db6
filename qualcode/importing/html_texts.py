"""The text of a web page as Taguette counts it, with its way to the lines that a reader sees."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from qualcode.errors import ImportingError
from qualcode.i18n import _
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import Paragraph
from qualcode.importing.text_changes import Run, TextChange

LARGEST_PAGE = 20_000_000  # characters
_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_SILENT = frozenset("script style title head".split())
_TAG = re.compile(r"<(?:(?P<comment>!--)|(?P<closes>/)?(?P<name>[A-Za-z][A-Za-z0-9]{0,30})|!|\?)")
_ENDLESS_NUMBER = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{8,});?")
_WORDS_OR_SPACE = re.compile(r"[ \t\n\f\r]+|[^ \t\n\f\r]+")


class PageText:
    """A page while it is read; what is no well-formed tag is text.

    Attributes:
        counted: all its text nodes, one after the other.
        change: from these to the paragraphs, a line feed between two.
        paragraphs: what a reader sees, in normal form.
    """

    def __init__(self, page: str) -> None:
        if len(page) > LARGEST_PAGE:
            raise ImportingError(
                _("A page of more than {n} MB is too large.").format(n=LARGEST_PAGE // 1_000_000),
                hint=_("Split it into several files."),
            )
        self._counted: list[str] = []
        self._at = 0
        self._bold = self._pre = self._silent = 0
        self._line: list[tuple[str, int, int, bool]] = []  # words, where they stand in the counted text, bold
        self._lines: list[list[tuple[str, int, int, bool]]] = []
        for text, tag, closes in _tokens(page.replace("\r\n", "\n").replace("\r", "\n").lstrip()):
            if tag:
                (self._end if closes else self._begin)(tag)
            else:
                self._words(text)
        self._break()
        self.counted = "".join(self._counted)
        self.paragraphs, self.change = self._put_together()

    def _begin(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        if tag == "br":
            self._line.append(("\n", self._at, self._at, bool(self._bold)))
        self._bold += tag in _BOLD
        self._pre += tag == "pre"
        self._silent += tag in _SILENT

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        self._bold = max(0, self._bold - (tag in _BOLD))
        self._pre = max(0, self._pre - (tag == "pre"))
        self._silent = max(0, self._silent - (tag in _SILENT))

    def _words(self, text: str) -> None:
        if self._silent:
            return
        self._counted.append(text)
        for match in _WORDS_OR_SPACE.finditer(text):
            start, end = self._at + match.start(), self._at + match.end()
            words = match[0] if self._pre or not match[0].isspace() else " "
            self._line.append((words, start, end, bool(self._bold)))
        self._at += len(text)

    def _break(self) -> None:
        if any(words.strip() for words, *_rest in self._line):
            self._lines.append(self._line)
        self._line = []

    def _put_together(self) -> tuple[tuple[Paragraph, ...], TextChange]:
        paragraphs: list[Paragraph] = []
        runs: list[Run] = []
        new = 0
        for line in self._lines:
            parts: list[str] = []
            bold = 0
            is_bold = True
            for words, start, end, heavy in _trimmed(line):
                shown = in_normal_form(words)
                is_bold = is_bold and (heavy or not words.strip())
                bold += len(shown) if is_bold else 0
                runs.append((start, end, new, new + len(shown)))
                parts.append(shown)
                new += len(shown)
            paragraphs.append(Paragraph("".join(parts), bold=bold))
            new += 1
        return tuple(paragraphs), TextChange("\n".join(each.text for each in paragraphs), runs)


def _tokens(page: str) -> Iterator[tuple[str, str, bool]]:
    """(text, "", False) and ("", tag, whether it closes) in order; comments are left out. It reads the page once."""
    at = 0
    while at < len(page):
        opening = _TAG.search(page, at)
        if opening is None:
            yield _unescaped(page[at:]), "", False
            return
        if at < opening.start():
            yield _unescaped(page[at : opening.start()]), "", False
        mark = "-->" if opening["comment"] else ">"
        end = page.find(mark, opening.end())
        if end < 0:  # never closed, nor can any later one be: but for a comment, whose rest nobody sees
            if not opening["comment"]:
                yield _unescaped(page[opening.start() :]), "", False
            return
        if opening["name"]:
            yield "", opening["name"].lower(), bool(opening["closes"])
        at = end + len(mark)


def _unescaped(text: str) -> str:
    return html.unescape(_ENDLESS_NUMBER.sub("\ufffd", text)) if "&" in text else text


def _trimmed(line: list[tuple[str, int, int, bool]]) -> list[tuple[str, int, int, bool]]:
    """Without white space at the ends and beside line breaks, and two spaces of two elements as one."""
    kept: list[tuple[str, int, int, bool]] = []
    for piece in line:
        if piece[0] == " " and (not kept or kept[-1][0][-1].isspace()):
            continue
        if piece[0] == "\n" and kept and kept[-1][0] == " ":
            kept.pop()
        kept.append(piece)
    while kept and not kept[-1][0].strip():
        kept.pop()
    while kept and not kept[0][0].strip():
        kept.pop(0)
    return kept
