"""The text of a web page as Taguette counts it, with its way to the lines that a reader sees."""

from __future__ import annotations

import re
from html.parser import HTMLParser

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
_WORDS_OR_SPACE = re.compile(r"[ \t\n\f\r]+|[^ \t\n\f\r]+")


class PageText(HTMLParser):
    """A page while it is read.

    Attributes:
        counted: all its text nodes, one after the other.
        change: from these to the paragraphs, a line feed between two.
        paragraphs: what a reader sees, in normal form.
    """

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        if len(page) > LARGEST_PAGE:
            raise ImportingError(
                _("A page of more than {n} MB is too large.").format(n=LARGEST_PAGE // 1_000_000),
                hint=_("Split it into several files."),
            )
        self._counted: list[str] = []
        self._at = 0
        self._began = False
        self._bold = self._pre = self._silent = 0
        self._line: list[tuple[str, int, int, bool]] = []  # words, where they stand in the counted text, bold
        self._lines: list[list[tuple[str, int, int, bool]]] = []
        self.feed(page.replace("\r\n", "\n").replace("\r", "\n"))
        self.close()
        self._break()
        self.counted = "".join(self._counted)
        self.paragraphs, self.change = self._put_together()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._began = True
        if tag in _BLOCKS:
            self._break()
        if tag == "br":
            self._line.append(("\n", self._at, self._at, bool(self._bold)))
        self._bold += tag in _BOLD
        self._pre += tag == "pre"
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        self._bold = max(0, self._bold - (tag in _BOLD))
        self._pre = max(0, self._pre - (tag == "pre"))
        self._silent = max(0, self._silent - (tag in _SILENT))

    def handle_data(self, data: str) -> None:
        if self._silent or not (self._began or data.strip()):
            return
        self._began = True
        self._counted.append(data)
        for match in _WORDS_OR_SPACE.finditer(data):
            start, end = self._at + match.start(), self._at + match.end()
            words = match[0] if self._pre or not match[0].isspace() else " "
            self._line.append((words, start, end, bool(self._bold)))
        self._at += len(data)

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
