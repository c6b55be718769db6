"""A report as one web page: everything in one file, pictures too, so that it can be sent and printed."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from pathlib import Path

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
    printable,
)
from qualcode.exporting.writing_errors import cannot_be_written
from qualcode.model.progress import Cancelled, Progress
from qualcode.model.telling import never, told, unheard

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.55 Calibri, Carlito, "Segoe UI", Helvetica, Arial, sans-serif; color: #1d2024; background: #fff;
  max-width: 52rem; margin: 2.5rem auto 5rem; padding: 0 1.25rem; }
h1, h2, h3, h4 { line-height: 1.25; color: #1f4b77; margin: 2.4em 0 .5em; }
h1 { font-size: 1.9rem; color: #1d2024; margin-top: 0; } h2 { font-size: 1.45rem; }
h3 { font-size: 1.2rem; margin-top: 2em; } h4 { font-size: 1rem; color: #1d2024; margin-top: 1.6em; }
.lead, .note, figcaption, caption { color: #52575d; } .note { font-size: .8rem; margin: .4em 0; }
.warning { font-weight: bold; border-left: 4px solid #1d2024; background: #eef2f6; padding: .6em .9em; }
nav ul { list-style: none; padding-left: 0; } nav ul ul { padding-left: 1.2rem; }
a { color: #1f4b77; } a:focus-visible { outline: 2px solid #1f4b77; outline-offset: 2px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .86rem; margin: .4em 0;
  border-top: 2px solid #1d2024; border-bottom: 2px solid #1d2024; }
caption, figcaption { text-align: left; padding: .5em 0; color: #1d2024; }
th, td { padding: .35em .5em; vertical-align: top; text-align: center; border-bottom: 1px solid #d5d9de; }
th { font-weight: normal; } td:not(.text) { white-space: nowrap; }
thead th { background: #eef2f6; vertical-align: bottom; border-bottom: 1.5px solid #9aa1a9; }
.text { text-align: left; } figure { margin: 1.6em 0; } figure img { width: 100%; height: auto; }
blockquote { margin: .8em 1.6em; font-style: italic; }
blockquote cite { font-style: normal; color: #52575d; font-size: .9em; }
@media print { body { max-width: none; margin: 0; font-size: 11pt; } thead { display: table-header-group; }
  tr, figure, blockquote { break-inside: avoid; } h2, h3, h4, caption { break-after: avoid; }
  @page { size: A4; margin: 2.2cm; } }
"""


def write_html_report(path: Path, report: Report, progress: Progress = unheard, cancelled: Cancelled = never) -> None:
    """Write the report; the file is there whole or not at all.

    Args:
        path: ends in .html; an existing file is replaced.
        report: what to write.
        progress: told of its parts.
        cancelled: whether it is to stop.

    Raises:
        CancelledError: it was stopped; what was there before is there still.
        ExportError: the file cannot be written.
    """
    text = html_of(report, progress, cancelled)
    unfinished = path.with_name(path.name + ".partial")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise cannot_be_written(path, error) from error


def html_of(report: Report, progress: Progress = unheard, cancelled: Cancelled = never) -> str:
    """The page as one text."""
    body = "\n".join(_Page(report).parts(progress, cancelled))
    return (
        f'<!DOCTYPE html>\n<html lang="{report.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        "style-src 'unsafe-inline'\">\n"
        f"<title>{_escaped(report.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


class _Page:
    """Draws the blocks of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        headings = [block for block in report.blocks if isinstance(block, Heading)]
        self._places = {id(block): f"section-{i + 1}" for i, block in enumerate(headings)}
        self._headings = headings

    def parts(self, progress: Progress, cancelled: Cancelled) -> list[str]:
        blocks = self._report.blocks
        return [self._drawn(each) for each in told(blocks, len(blocks), progress, cancelled, each_time=1)]

    def _drawn(self, block: object) -> str:
        match block:
            case Title(text):
                return f"<h1>{_escaped(text)}</h1>"
            case Heading(level, text):
                return f'<h{level + 1} id="{self._places[id(block)]}">{_escaped(text)}</h{level + 1}>'
            case Paragraph(words, style):
                look = f' class="{style}"' if style != "body" else ""
                return f"<p{look}>{self._inline(words)}</p>"
            case Bullets(items):
                return "<ul>\n" + "\n".join(f"<li>{self._inline(item)}</li>" for item in items) + "\n</ul>"
            case Quote(text, attribution):
                return f"<blockquote>{_escaped(text)} <cite>({_escaped(attribution)})</cite></blockquote>"
            case Table():
                return self._table(block)
            case Picture():
                return self._picture(block)
            case Contents(heading):
                return self._contents(heading)
        raise TypeError(block)

    def _inline(self, words: Sequence[Inline]) -> str:
        drawn = []
        for word in words:
            match word:
                case Strong(text):
                    drawn.append(f"<strong>{_escaped(text)}</strong>")
                case Reference(target):
                    drawn.append(f'<a href="#{_attribute(target)}">{_escaped(self._report.name_of(target))}</a>')
                case str(text):
                    drawn.append(_escaped(text))
        return "".join(drawn)

    def _contents(self, heading: str) -> str:
        lines = [f'<nav aria-label="{_attribute(heading)}">', f"<h2>{_escaped(heading)}</h2>", "<ul>"]
        inside = False
        for each in self._headings:
            if each.level > 2:
                continue
            link = f'<a href="#{self._places[id(each)]}">{_escaped(each.text)}</a>'
            if each.level == 1:
                lines += ["</ul></li>"] if inside else []
                lines.append(f"<li>{link}<ul>")
                inside = True
            else:
                lines.append(f"<li>{link}</li>")
        lines += ["</ul></li>"] if inside else []
        return "\n".join([*lines, "</ul>", "</nav>"]).replace("<ul>\n</ul>", "")

    def _table(self, table: Table) -> str:
        name = _escaped(self._report.name_of(table.id))
        columns = "".join(f'<col style="width: {100 * width:.1f}%">' for width in table.widths)
        lines = [
            f'<div class="wide"><table id="{_attribute(table.id)}">',
            f"<caption><strong>{name}.</strong> {_escaped(table.caption)}</caption>",
            f"<colgroup>{columns}</colgroup>",
            "<thead><tr>" + "".join(self._cell(each, "th", ' scope="col"') for each in table.header) + "</tr></thead>",
            "<tbody>",
        ]
        for row in table.rows:
            first, *rest = row
            cells = self._cell(first, "th", ' scope="row"') + "".join(self._cell(each, "td") for each in rest)
            lines.append(f"<tr>{cells}</tr>")
        lines.append("</tbody></table></div>")
        notes = [" ".join(table.notes), table.trace]
        lines += [f'<p class="note">{_escaped(note)}</p>' for note in notes if note]
        return "\n".join(lines)

    def _cell(self, one: Cell, tag: str, more: str = "") -> str:
        lines = [self._inline(line) for line in one.lines]
        if one.bold and lines:
            lines = [f"<strong>{line}</strong>" if one.is_text or not i else line for i, line in enumerate(lines)]
        look = ' class="text"' if one.is_text else ""
        indent = f' style="padding-left: {0.5 + one.indent}em"' if one.indent else ""
        return f"<{tag}{more}{look}{indent}>{'<br>'.join(lines)}</{tag}>"

    def _picture(self, picture: Picture) -> str:
        source = base64.b64encode(picture.draw("svg")).decode("ascii")
        name = _escaped(self._report.name_of(picture.id))
        return (
            f'<figure id="{_attribute(picture.id)}"><img alt="{_attribute(picture.alt)}" '
            f'src="data:image/svg+xml;base64,{source}">\n'
            f"<figcaption><strong>{name}.</strong> {_escaped(picture.caption)}</figcaption></figure>"
        )


def _escaped(text: str) -> str:
    """A text as it stands in a page; line feeds become line breaks."""
    return _attribute(text).replace("\n", "<br>")


def _attribute(text: str) -> str:
    """A text as it stands in an attribute."""
    return html.escape(printable(text), quote=True)
