"""Reads PDF files with a text layer: lines become paragraphs, page headers and numbers are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, folded, ngettext
from qualcode.importing.pdf_columns import with_speaker_column, without_line_numbers
from qualcode.importing.pdf_pages import Line, Page, read_pages
from qualcode.importing.report import Paragraph, RawTranscript
from qualcode.importing.speaker_lines import may_name_speaker
from qualcode.model.signs import LIGATURES

_MARGIN = 0.13  # share of a page's height at its head and foot where headers and numbers stand
_APART = 1.2  # times the usual distance of lines that a header keeps from the text
_SHORT = 0.8  # a line that ends before this share of the text's width ends its paragraph, if a sentence ends there
_PAGE_NUMBER = re.compile(
    r"(?:(?:side|page|s\.|p\.)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:av|of|/)\s*\d{1,4})?", re.IGNORECASE
)
_HYPHENS = "-\u2010\u00ad"
_HANGING = frozenset("og eller samt and or und til".split())  # "inn- og utland": the hyphen stays
_LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")


def read_pdf(path: Path, encoding: str | None = None) -> RawTranscript:
    """The paragraphs of a PDF.

    Words that are hyphenated at the ends of lines are joined, ligatures become letters, headers, footers and page
    numbers are left out; each of these is told with its number. Comments are notes.

    Args:
        path: the file.
        encoding: of no use here.

    Raises:
        ImportingError: no PDF, damaged, encrypted, beyond the bounds, or without a text layer.
    """
    pages = read_pages(path)
    if not any(page.lines for page in pages):
        raise ImportingError(
            _("{file} holds pictures of pages, but no text.").format(file=path.name),
            hint=_("Have its text recognised (OCR), or ask for the document that it was made from."),
        )
    pages, n_numbers = without_line_numbers(pages)
    repeated = _margins(pages)
    lines = [line for page in pages for line in page.lines if line not in repeated]
    flow = _Flow(with_speaker_column(lines))
    paragraphs = tuple(flow.paragraphs())
    comments = [comment for page in pages for comment in page.comments]
    notes = tuple(_("Comment {ident}: {text}").format(ident=n, text=text) for n, text in enumerate(comments, start=1))
    empty = [page.number + 1 for page in pages if not page.lines]
    problems = tuple(_problems(path.name, len(repeated), n_numbers, flow, empty, len(comments)))
    return RawTranscript(paragraphs, "utf-8", problems, notes)


def _problems(
    file: str, n_margin: int, n_numbers: int, flow: _Flow, empty: Sequence[int], n_comments: int
) -> Iterator[Problem]:
    if n_numbers:
        what = _("The lines are numbered; the numbers at their beginnings were left out.")
        yield Problem(file, what, "", "warning")
    if n_margin:
        what = ngettext(
            "{n} line was taken for a page header, footer or page number and left out.",
            "{n} lines were taken for page headers, footers or page numbers and left out.",
            n_margin,
        )
        yield Problem(file, what.format(n=n_margin), "", "warning")
    if flow.n_joined:
        what = ngettext(
            "{n} word that is hyphenated at the end of a line was joined.",
            "{n} words that are hyphenated at the ends of lines were joined.",
            flow.n_joined,
        )
        hint = _("Where the hyphen belongs to the word, correct the text.")
        yield Problem(file, what.format(n=flow.n_joined), hint, "warning")
    if flow.n_ligatures:
        what = _("Ligatures such as «\ufb01» were read as their letters ({n}).").format(n=flow.n_ligatures)
        yield Problem(file, what, "", "warning")
    if empty:
        shown = ", ".join(map(str, empty[:5])) + (", …" if len(empty) > 5 else "")
        what = ngettext("A page holds no text: {pages}.", "Pages hold no text: {pages}.", len(empty))
        yield Problem(file, what.format(pages=shown), _("If they are pictures, have them recognised (OCR)."), "warning")
    if n_comments:
        what = _("Comments stand beside the text, not in it ({n}).").format(n=n_comments)
        yield Problem(file, what, "", "warning")


# Headers, footers, page numbers


def _margins(pages: Sequence[Page]) -> set[Line]:
    """Lines at the head or foot of pages that recur there, or that are nothing but the page's number."""
    at_edge = [line for page in pages for line in _edge_lines(page)]
    places = Counter((_without_numbers(line.text), round(line.bottom / 6)) for line in at_edge)
    least = max(2, round(0.4 * sum(bool(page.lines) for page in pages)))
    numbers = {line for line in at_edge if _PAGE_NUMBER.fullmatch(line.text.strip())}
    labels = Counter(_label(line.text) for page in pages for line in page.lines if may_name_speaker(line.text))
    labels.subtract(_label(line.text) for line in at_edge if may_name_speaker(line.text))
    recurring = set()
    for line in at_edge:
        if may_name_speaker(line.text) and labels[_label(line.text)] > 0:
            continue  # somebody who speaks elsewhere too
        name, place = _without_numbers(line.text), round(line.bottom / 6)
        if sum(places[(name, near)] for near in (place - 1, place, place + 1)) >= least:
            recurring.add(line)
    pitch = _usual_pitch([line for page in pages for line in page.lines])
    of_page = {page.number: [line for line in page.lines if line not in recurring | numbers] for page in pages}
    return numbers | {line for line in recurring if _stands_apart(line, of_page[line.page], pitch)}


def _stands_apart(line: Line, others: Sequence[Line], pitch: float) -> bool:
    """Whether there is more room than between lines of a text between a line and those of the page's text."""
    return all(abs(line.bottom - other.bottom) > _APART * pitch for other in others)


def _edge_lines(page: Page) -> Iterator[Line]:
    """Lines in the margins, unless the page holds nothing else."""
    low, high = _MARGIN * page.height, (1 - _MARGIN) * page.height
    edge = [line for line in page.lines if line.bottom < low or line.bottom + line.height > high]
    return iter(edge) if len(edge) < len(page.lines) else iter(())


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", folded(text))


# Paragraphs


class _Flow:
    """Lines on their way to paragraphs."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self.n_joined = 0
        self.n_ligatures = 0
        self._labels = Counter(_label(line.text) for line in lines if may_name_speaker(line.text))
        self._right = max((line.right for line in lines), default=0.0)
        self._left = min((line.left for line in lines), default=0.0)
        self._pitch = _usual_pitch(lines)

    def paragraphs(self) -> Iterator[Paragraph]:
        block: list[Line] = []
        for line in self._lines:
            if block and self._begins_anew(block, line):
                yield self._joined(block)
                block = []
            block.append(line)
        if block:
            yield self._joined(block)

    def _begins_anew(self, block: Sequence[Line], line: Line) -> bool:
        before = block[-1]
        if line.label or line.bold or before.bold >= len(before.text.rstrip()):
            return True
        if may_name_speaker(line.text) and self._labels[_label(line.text)] > 1:
            return True
        ends_early = before.right < self._left + _SHORT * (self._right - self._left)
        sentence_ends = before.text.rstrip("»”\"')").endswith((".", "?", "!", ":", "…"))
        if line.page != before.page:
            return sentence_ends and (ends_early or not line.text[:1].islower())
        step = before.bottom - line.bottom
        if step > 1.35 * self._pitch or step < -0.5 * self._pitch:
            return True
        if abs(line.height - before.height) > 0.2 * before.height:
            return True
        if len(block) > 1 and line.left > before.left + 8 and abs(block[-2].left - before.left) < 4:
            return True  # its first line is set in
        return ends_early and sentence_ends

    def _joined(self, block: Sequence[Line]) -> Paragraph:
        text = ""
        for line in block:
            new = self._letters(line.text.strip())
            text = self._appended(text, new) if text else new
        leading = len(block[0].text) - len(block[0].text.lstrip())
        bold = len(self._letters(block[0].text[leading : block[0].bold], count=False)) if block[0].bold else 0
        return Paragraph(text, bold=bold, speaker=block[0].label or None)

    def _appended(self, text: str, new: str) -> str:
        if not (text.endswith(tuple(_HYPHENS)) and len(text) > 1 and text[-2].isalnum() and new[:1].isalnum()):
            return f"{text} {new}"
        if new.split()[0].lower() in _HANGING:
            return f"{text} {new}"
        if text[-2].islower() and new[0].islower():
            self.n_joined += 1
            return text[:-1] + new
        return text + new

    def _letters(self, text: str, *, count: bool = True) -> str:
        if count:
            self.n_ligatures += len(_LIGATURE.findall(text))
        return _LIGATURE.sub(lambda found: LIGATURES[found[0]], text)


def _label(text: str) -> str:
    return folded(text.partition(":")[0])


def _usual_pitch(lines: Iterable[Line]) -> float:
    """The usual distance from line to line, in points."""
    steps = []
    before: Line | None = None
    for line in lines:
        if before is not None and before.page == line.page and 2 < before.bottom - line.bottom < 60:
            steps.append(before.bottom - line.bottom)
        before = line
    return median(steps) if steps else 14.0
