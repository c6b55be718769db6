"""A report as a Word document: real styles, captions that count, references that follow, headers that repeat."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode.exporting.report_blocks import (
    Bullets,
    Cell,
    Contents,
    Heading,
    Inline,
    Paragraph,
    Picture,
    Quote,
    Reference,
    Report,
    Strong,
    Table,
    Title,
)
from qualcode.exporting.word_styles import set_up_styles
from qualcode.exporting.word_xml import (
    bookmarked,
    close_field,
    element,
    field,
    link_to,
    open_field,
    paragraph,
    run,
)
from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.telling import never, told, unheard

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 21.0, 29.7, 2.2  # cm: A4
_TEXT_WIDTH = _PAGE_WIDTH - 2 * _MARGIN
_TALLEST_PICTURE = 20.5  # cm
_TWIPS = 567  # in a cm
_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>Qualcode</Application></Properties>"
)
_AFTER = 240  # twentieths of a point below a table or picture
_KEPT_TOGETHER = 14  # tables of up to so many rows stay on one page
_ROOMY_COLUMNS = 6
"""Tables of more columns have smaller letters."""
_STYLES = {"body": "Normal", "lead": "Subtitle", "warning": "Warning", "command": "Normal"}
_CONTENTS_LEVELS = 2


def write_word_report(path: Path, report: Report, progress: Progress = unheard, cancelled: Cancelled = never) -> None:
    """Write the report; the file is there whole or not at all.

    Args:
        path: ends in .docx; an existing file is replaced.
        report: what to write.
        progress: told of its parts.
        cancelled: whether it is to stop.

    Raises:
        CancelledError: it was stopped; what was there before is there still.
        ExportError: the file cannot be written.
    """
    content = _Writer(report).written(progress, cancelled)
    unfinished = path.with_name(path.name + ".partial")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise cannot_be_written(path, error) from error


class _Writer:
    """Draws the blocks of one report into one document."""

    def __init__(self, report: Report) -> None:
        from docx import Document

        self._report = report
        self._document = Document()
        self._end: Element = self._document.element.body.sectPr
        headings = [block for block in report.blocks if isinstance(block, Heading)]
        self._places = {id(block): f"_Toc{100_000_000 + i}" for i, block in enumerate(headings)}
        captioned = [block.id for block in report.blocks if isinstance(block, Table | Picture)]
        self._targets = {target: f"_Ref{200_000_000 + i}" for i, target in enumerate(captioned)}
        self._names = {target: report.name_of(target) for target in captioned}
        self._n_bookmarks = 0

    def written(self, progress: Progress, cancelled: Cancelled) -> bytes:
        """The file's bytes."""
        set_up_styles(self._document, self._report.language)
        self._set_page()
        self._set_properties()
        blocks = self._report.blocks
        each = told(blocks, len(blocks), progress, cancelled, each_time=1)
        for block, following in zip(each, [*blocks[1:], None], strict=True):
            match block:
                case Title(text):
                    self._add(self._filled(paragraph("Title"), [text]))
                case Heading():
                    self._write_heading(block)
                case Paragraph(words, style):
                    leads_to_picture = isinstance(following, Picture)
                    self._add(self._filled(paragraph(_STYLES[style], keep_next=leads_to_picture), words))
                case Bullets(items):
                    for item in items:
                        self._add(self._filled(paragraph("ListBullet"), item))
                case Quote():
                    self._write_quote(block)
                case Table():
                    self._write_table(block)
                case Picture():
                    self._write_picture(block)
                case Contents(heading):
                    self._write_contents(heading)
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    # -- paragraphs ---------------------------------------------------------------------------------------------------

    def _add(self, made: Element) -> Element:
        self._end.addprevious(made)
        return made

    def _filled(self, made: Element, words: Sequence[Inline], *, bold: bool = False) -> Element:
        for word in words:
            match word:
                case Strong(text):
                    made.append(run(text, bold=True))
                case Reference(target):
                    made.extend(field(f"REF {self._targets[target]} \\h", self._names[target], bold=bold))
                case str(text):
                    made.append(run(text, bold=bold))
        return made

    def _bookmark(self, name: str, inside: list[Element]) -> list[Element]:
        self._n_bookmarks += 1
        return bookmarked(name, self._n_bookmarks, inside)

    def _write_heading(self, heading: Heading) -> None:
        made = paragraph(f"Heading{heading.level}")
        made.extend(self._bookmark(self._places[id(heading)], [run(heading.text)]))
        self._add(made)

    def _write_quote(self, quote: Quote) -> None:
        made = paragraph("Quote")
        made.append(run(quote.text + " "))
        made.append(run(f"({quote.attribution})", style="QuoteSource"))
        self._add(made)

    def _write_caption(self, block: Table | Picture, label: str, *, keep_next: bool) -> None:
        made = paragraph("Caption", keep_next=keep_next, space_after=0 if keep_next else _AFTER)
        number = field(f"SEQ {label} \\* ARABIC", str(block.number), bold=True)
        made.extend(self._bookmark(self._targets[block.id], [run(f"{label} ", bold=True), *number]))
        made.append(run(f". {block.caption}"))
        self._add(made)

    def _write_contents(self, heading: str) -> None:
        """The contents as Word makes them, filled in already but for page numbers, which only Word knows."""
        self._add(self._filled(paragraph("TOCHeading", keep_next=True), [heading]))
        listed = [each for each in self._report.blocks if isinstance(each, Heading) and each.level <= _CONTENTS_LEVELS]
        for i, each in enumerate(listed):
            made = paragraph(f"TOC{each.level}")
            if not i:
                made.extend(open_field(f'TOC \\o "1-{_CONTENTS_LEVELS}" \\h \\z \\u'))
            made.append(link_to(self._places[id(each)], [run(each.text)]))
            if i == len(listed) - 1:
                made.append(close_field())
            self._add(made)

    # -- tables -------------------------------------------------------------------------------------------------------

    def _write_table(self, table: Table) -> None:
        self._write_caption(table, self._report.table_label, keep_next=True)
        widths = [round(share * _TEXT_WIDTH * _TWIPS) for share in table.widths]
        made = element("w:tbl")
        made.append(_table_properties(sum(widths), table.caption))
        grid = element("w:tblGrid")
        grid.extend([element("w:gridCol", w_w=width) for width in widths])
        made.append(grid)
        together = len(table.rows) <= _KEPT_TOGETHER
        made.append(self._row(table.header, widths, is_header=True, keep_next=True))
        notes = [" ".join(table.notes)] if table.notes else []
        notes += [table.trace] if table.trace else []
        for i, row in enumerate(table.rows):  # notes on a page without their table explain nothing
            is_last = i == len(table.rows) - 1
            keep = bool(notes) if is_last else together or _belongs_below(table.rows[i + 1], row)
            made.append(self._row(row, widths, is_header=False, keep_next=keep))
        self._add(made)
        for note in notes[:-1]:
            self._add(self._filled(paragraph("TableNote", keep_next=True), [note]))
        # A table that no paragraph follows would run into the next one.
        self._add(self._filled(paragraph("TableNote", space_after=_AFTER), notes[-1:]))

    def _row(self, cells: Sequence[Cell], widths: Sequence[int], *, is_header: bool, keep_next: bool) -> Element:
        made = element("w:tr")
        properties = element("w:trPr")
        properties.append(element("w:cantSplit"))
        if is_header:
            properties.append(element("w:tblHeader"))
        made.append(properties)
        small = "Small" if len(cells) > _ROOMY_COLUMNS else ""
        for one, width in zip(cells, widths, strict=True):
            column = element("w:tc")
            column_properties = element("w:tcPr")
            column_properties.append(element("w:tcW", w_w=width, w_type="dxa"))
            column.append(column_properties)
            style = ("TableText" if one.is_text else "TableNumber") + small
            for i, line in enumerate(one.lines or (("",),)):
                written = paragraph(style, keep_next=keep_next, indent=170 * one.indent)
                column.append(self._filled(written, line, bold=one.bold and (one.is_text or not i)))
            made.append(column)
        return made

    # -- pictures -----------------------------------------------------------------------------------------------------

    def _write_picture(self, picture: Picture) -> None:
        from docx.shared import Cm
        from docx.text.paragraph import Paragraph as Written

        made: Any = self._add(paragraph("Figure", keep_next=True))
        place = Written(made, self._document._body)
        shape = place.add_run().add_picture(io.BytesIO(picture.draw("png")), width=Cm(_TEXT_WIDTH))
        tallest = Cm(_TALLEST_PICTURE)
        if shape.height > tallest:
            shape.width, shape.height = Cm(_TEXT_WIDTH * tallest / shape.height), tallest
        described: Any = shape._inline.docPr
        described.set("descr", picture.alt)
        described.set("name", self._names[picture.id])
        self._write_caption(picture, self._report.figure_label, keep_next=False)

    # -- the whole ----------------------------------------------------------------------------------------------------

    def _set_page(self) -> None:
        from docx.shared import Cm

        section = self._document.sections[0]
        section.page_width, section.page_height = Cm(_PAGE_WIDTH), Cm(_PAGE_HEIGHT)
        section.left_margin = section.right_margin = Cm(_MARGIN)
        section.top_margin, section.bottom_margin = Cm(2.3), Cm(2.2)
        before, rest = self._report.page.split("{page}")
        between, after = rest.split("{pages}")
        footer: Any = section.footer.paragraphs[0]._p
        footer.getparent().replace(footer, made := paragraph("TableNumber"))
        made.append(run(before))
        made.extend([*field("PAGE", "1"), run(between), *field("NUMPAGES", "1"), run(after)])

    def _set_properties(self) -> None:
        report, properties = self._report, self._document.core_properties
        made = datetime.datetime.fromisoformat(report.made).astimezone(datetime.UTC).replace(tzinfo=None)
        properties.title, properties.subject = report.title[:255], report.subject
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
        properties.language = {"nb": "nb-NO", "nn": "nn-NO"}.get(report.language, "en-GB")
        properties.created = properties.modified = made
        properties.revision = 1
        self._forget_template()

    def _forget_template(self) -> None:
        """Take out what the library's empty document says of itself: its picture, and which program made it."""
        package: Any = self._document.part.package
        for id, relation in list(package.rels.items()):
            if relation.reltype.endswith("/thumbnail"):
                del package.rels[id]
            elif relation.reltype.endswith("/extended-properties"):
                relation.target_part._blob = _APPLICATION


def _belongs_below(row: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether a row goes on with what the one above began: it has no name of its own, or that one is only a heading."""
    return not any(map(any, row[0].lines)) or not any(any(map(any, cell.lines)) for cell in above[1:])


def _table_properties(width: int, caption: str) -> Element:
    made = element("w:tblPr")
    made.append(element("w:tblStyle", w_val="ReportTable"))
    made.append(element("w:tblW", w_w=width, w_type="dxa"))
    made.append(element("w:tblLayout", w_type="fixed"))
    made.append(
        element(
            "w:tblLook",
            w_val="0420",
            w_firstRow=1,
            w_lastRow=0,
            w_firstColumn=0,
            w_lastColumn=0,
            w_noHBand=1,
            w_noVBand=1,
        )
    )
    made.append(element("w:tblCaption", w_val=caption))
    return made
