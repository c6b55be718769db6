"""Makes Word files out of raw XML, for what python-docx cannot write."""

from __future__ import annotations

import zipfile
from pathlib import Path

_NAMESPACES = (
    'xmlns:w="{main}" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def run(text: str, properties: str = "") -> str:
    """A run of text; `properties` is XML for its format."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def bold(text: str) -> str:
    return run(text, "<w:b/>")


def paragraph(*content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def said(label: str, text: str) -> str:
    """A paragraph with a bold label, a colon and text."""
    return paragraph(bold(f"{label}:"), run(f" {text}"))


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain text cells."""
    cells = ("".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def write_word_file(path: Path, *body: str, parts: dict[str, str] | None = None, main: str = TRANSITIONAL) -> Path:
    """A .docx of body XML; `parts` holds the inner XML of further parts of word/, by name and root ("x.xml:root")."""
    spaces = _NAMESPACES.format(main=main)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", _RELATIONS)
        document = f"<w:document {spaces}><w:body>{''.join(body)}</w:body></w:document>"
        archive.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{document}')
        for name, inner in (parts or {}).items():
            file, _colon, root = name.partition(":")
            archive.writestr(f"word/{file}", f"<w:{root} {spaces}>{inner}</w:{root}>")
    return path
