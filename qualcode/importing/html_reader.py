"""Reads web pages (.html, .htm) as a browser shows them, without fetching or running anything."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import ImportingError, Problem
from qualcode.i18n import _, ngettext
from qualcode.importing.archives import hostile
from qualcode.importing.encodings import Decoded, decoded, read_bytes
from qualcode.importing.normal_form import in_normal_form
from qualcode.importing.report import OpenChoice, Paragraph, RawTranscript
from qualcode.importing.speaker_tables import cells_as_paragraphs

if TYPE_CHECKING:
    from lxml.etree import _Element

LARGEST_PAGE = 20_000_000  # bytes; the tree of many small elements takes forty times as much memory
MOST_TAGS = 1_000_000  # a tag for each word of a day of talk is a tenth of that
DEEPEST_TABLES = 20

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary "
    "table tbody td tfoot th thead tr ul listing xmp plaintext textarea option".split()
)
_LEFT_OUT = frozenset(
    "head script style template noscript title meta link object embed applet audio video canvas iframe frameset "
    "noframes noembed datalist rp rt".split()
)
_BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 th".split())
_WHITE_SPACE = re.compile(r"[ \t\n\f]+")
_DECLARED = re.compile(rb"""<(?:meta\b[^>]*|\?xml\b[^>]*)\b(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I)
_HIDING = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.I)
_NOTE_SIGN = re.compile(r"(?:cmnt|ftnt)_ref\d+")  # as Google Docs names them
_NOTE = re.compile(r"(cmnt|ftnt)(\d+)")
_STYLE_SHEET = re.compile(r"<style\b[^>]{0,200}>([^<]{0,200000})</style", re.I)
_CLASS_RULE = re.compile(r"\.([\w-]{1,60})\s*\{([^{}]{0,2000})\}")
_MOST_STYLE_SHEETS = 20
_WEIGHT = re.compile(r"(?:^|[;\s])font-weight\s*:\s*(bold(?:er)?|normal|lighter|\d{3,4})", re.I)


def read_html(path: Path, encoding: str | None = None) -> RawTranscript:
    """The paragraphs of a web page.

    Scripts, styles, the page's head, deletions (`del`) and what is hidden by an attribute or a style of its own are
    left out.

    Args:
        path: the file.
        encoding: None to take the declared one, unless the bytes say otherwise.

    Raises:
        ImportingError: not text, too large, or nested beyond the bounds.
    """
    read = _decoded_page(read_bytes(path, LARGEST_PAGE), path.name, encoding)
    text = in_normal_form(read.text)
    page = _Page(path.name, _bold_classes(text))
    if "<" not in text:
        raise ImportingError(
            _("{file} is no web page.").format(file=path.name),
            hint=_("If it is plain text, give it the ending .txt."),
        )
    if text.count("<") > MOST_TAGS:
        raise hostile(path.name, _("it holds {n} parts").format(n=text.count("<")))
    page.read(_root(text, path.name))
    problems = (*read.problems, *page.problems())
    return RawTranscript(tuple(page.paragraphs), read.encoding, problems, tuple(page.notes))


def _bold_classes(text: str) -> frozenset[str]:
    """The classes that the page's own styles make bold, as Google Docs names them."""
    found = set()
    for sheet in _STYLE_SHEET.findall(text)[:_MOST_STYLE_SHEETS]:
        for name, rules in _CLASS_RULE.findall(sheet):
            weight = _WEIGHT.search(rules)
            if weight and _is_heavy(weight[1]):
                found.add(name)
    return frozenset(found)


def _is_heavy(weight: str) -> bool:
    return weight.lower().startswith("bold") or (weight.isdigit() and int(weight) >= 600)


def _decoded_page(raw: bytes, file: str, encoding: str | None) -> Decoded:
    """The text in the encoding that the page declares, if that can be."""
    found = _DECLARED.search(raw[:4096])
    marked = raw.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if encoding is not None or found is None or marked or b"\0" in raw:
        return decoded(raw, file, encoding)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
        if name in ("iso8859-1", "ascii"):  # what browsers take these names for
            name = "cp1252"
        text = raw.decode(name)
    except (LookupError, ValueError):
        return decoded(raw, file)
    if name == "utf-8" or raw.isascii():
        return Decoded(text, name)
    try:
        as_utf8 = raw.decode("utf-8")
    except UnicodeDecodeError:
        return Decoded(text, name)
    what = _("The page says that it is {encoding}, but its letters make sense as UTF-8; it was read so.")
    hint = _("Look at æ, ø and å; if they are wrong, say --encoding {encoding} (study key: encoding).")
    problem = OpenChoice(file, what.format(encoding=name), hint.format(encoding=name), "warning")
    return Decoded(as_utf8, "utf-8", (problem,))


def _root(text: str, file: str) -> _Element:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _empty(file) from error
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):  # 2048 levels; the rest is lost
        raise hostile(file, _("its parts are nested too deeply"))
    if root is None:
        raise _empty(file)
    return root


def _empty(file: str) -> ImportingError:
    return ImportingError(_("{file} holds no words.").format(file=file), hint=_("Check that it was saved whole."))


@dataclass(frozen=True, slots=True)
class _Look:
    bold: bool = False
    kept: bool = False  # white space is kept as it stands
    hidden: bool = False
    deleted: bool = False


@dataclass(slots=True)
class _OpenTable:
    """A table while its cells are read."""

    around: list[Paragraph]
    rows: list[list[list[Paragraph]]] = field(default_factory=list)


class _Page:
    def __init__(self, file: str, bold_classes: frozenset[str]) -> None:
        self._file = file
        self._bold_classes = bold_classes
        self.notes: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self._pieces: list[tuple[str, bool]] = []
        self._after_space = True
        self._tables: list[_OpenTable] = []
        self._left_out: Counter[str] = Counter()

    def read(self, root: _Element) -> None:
        from lxml import etree

        looks = [_Look()]
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            if event == "start":
                if tag in _LEFT_OUT or not tag or self._is_note(element, tag):
                    walker.skip_subtree()
                    looks.append(looks[-1])
                    continue
                looks.append(_look_of(element, tag, looks[-1], self._bold_classes))
                self._begin(tag)
                self._words(element.text, looks[-1])
            else:
                if tag not in _LEFT_OUT:
                    self._end(tag)
                looks.pop()
                self._words(element.tail, looks[-1])
        self._break()

    def _is_note(self, element: _Element, tag: str) -> bool:
        """Whether an element is the sign of a comment or footnote, or holds its words, which are noted then."""
        if tag == "a":
            return bool(_NOTE_SIGN.fullmatch(str(element.get("id") or "")))
        if tag not in ("p", "div"):
            return False
        first = _opening_anchor(element)
        kind = None if first is None else _NOTE.fullmatch(str(first.get("id") or ""))
        if first is None or kind is None or not str(first.get("href") or "").startswith(f"#{kind[1]}_ref"):
            return False
        words = "".join(map(str, element.itertext())).strip().removeprefix("".join(map(str, first.itertext()))).strip()
        form = _("Comment {ident}: {text}") if kind[1] == "cmnt" else _("Footnote {ident}: {text}")
        self.notes.append(form.format(ident=kind[2], text=_WHITE_SPACE.sub(" ", words)))
        self._left_out[kind[1]] += 1
        return True

    def _begin(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        if tag == "br":
            self._line_break()
        elif tag == "table":
            if len(self._tables) >= DEEPEST_TABLES:
                return
            self._tables.append(_OpenTable(self.paragraphs))
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in ("td", "th") and self._tables:
            if not self._tables[-1].rows:
                self._tables[-1].rows.append([])
            self.paragraphs = []
            self._tables[-1].rows[-1].append(self.paragraphs)

    def _end(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._break()
        if tag in ("td", "th") and self._tables:
            self.paragraphs = self._tables[-1].around  # a caption or stray words go before the table
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            self.paragraphs = table.around
            self.paragraphs.extend(cells_as_paragraphs([row for row in table.rows if row]))

    def _words(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        if look.hidden or look.deleted:
            self._left_out["hidden" if look.hidden else "deleted"] += len(text.strip())
        elif look.kept:
            self._pieces.append((text, look.bold))
            self._after_space = text.endswith((" ", "\n"))
        else:
            text = _WHITE_SPACE.sub(" ", text)
            if self._after_space:
                text = text.removeprefix(" ")
            if text:
                self._pieces.append((text, look.bold))
                self._after_space = text.endswith(" ")

    def _line_break(self) -> None:
        self._strip_end()
        self._pieces.append(("\n", False))
        self._after_space = True

    def _strip_end(self) -> None:
        if self._pieces and self._pieces[-1][0].endswith(" "):
            text, bold = self._pieces[-1]
            self._pieces[-1] = (text.removesuffix(" "), bold)

    def _break(self) -> None:
        """The end of a paragraph."""
        self._strip_end()
        text = "".join(piece for piece, _bold in self._pieces)
        if text.strip("\n "):
            bold = 0
            for piece, is_bold in self._pieces:
                if not is_bold and piece.strip():
                    break
                bold += len(piece)
            leading = len(text) - len(text.lstrip("\n"))
            bold = max(0, bold - leading) if any(is_bold for _piece, is_bold in self._pieces) else 0
            self.paragraphs.append(Paragraph(text.strip("\n"), bold=bold))
        self._pieces = []
        self._after_space = True

    def problems(self) -> Iterator[Problem]:
        deleted, hidden = self._left_out["deleted"], self._left_out["hidden"]
        if deleted:
            what = ngettext(
                "{n} character that is marked as deleted was left out.",
                "{n} characters that are marked as deleted were left out.",
                deleted,
            )
            yield Problem(self._file, what.format(n=deleted), "", "warning")
        if hidden:
            what = ngettext(
                "{n} character of hidden text was left out.", "{n} characters of hidden text were left out.", hidden
            )
            yield Problem(self._file, what.format(n=hidden), "", "warning")
        if self._left_out["ftnt"]:
            what = _("Footnotes or endnotes stand beside the text, not in it ({n}).")
            yield Problem(self._file, what.format(n=self._left_out["ftnt"]), "", "warning")
        if self._left_out["cmnt"]:
            what = _("Comments stand beside the text, not in it ({n}).")
            yield Problem(self._file, what.format(n=self._left_out["cmnt"]), "", "warning")


def _opening_anchor(element: _Element) -> _Element | None:
    """The link with which a block begins, if it does."""
    for _level in range(4):
        if len(element) == 0 or (element.text or "").strip():
            return None
        element = element[0]
        if element.tag == "a":
            return element
    return None


def _look_of(element: _Element, tag: str, around: _Look, bold_classes: frozenset[str]) -> _Look:
    style = str(element.get("style") or "")
    weight = _WEIGHT.search(style) if "weight" in style.lower() else None
    bold = around.bold or tag in _BOLD
    if bold_classes and not bold_classes.isdisjoint(str(element.get("class") or "").split()):
        bold = True
    if weight is not None:
        bold = _is_heavy(weight[1])
    return _Look(
        bold=bold,
        kept=around.kept or tag in ("pre", "listing", "xmp", "plaintext", "textarea"),
        hidden=around.hidden or element.get("hidden") is not None or bool(style and _HIDING.search(style)),
        deleted=around.deleted or tag == "del",
    )
