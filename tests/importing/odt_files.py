"""Makes OpenDocument texts out of raw XML."""

from __future__ import annotations

import zipfile
from pathlib import Path

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{prefix}="{_OASIS}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
    )
)
BOLD = '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
HIDDEN = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'


def paragraph(*content: str) -> str:
    return f"<text:p>{''.join(content)}</text:p>"


def bold(text: str) -> str:
    return f'<text:span text:style-name="B">{text}</text:span>'


def hidden(text: str) -> str:
    return f'<text:span text:style-name="H">{text}</text:span>'


def said(label: str, text: str) -> str:
    """A paragraph with a bold label, a colon and text."""
    return paragraph(bold(f"{label}:"), f" {text}")


def table(*rows: tuple[str, ...]) -> str:
    """A table of plain text cells."""
    cells = ("".join(f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in row) for row in rows)
    return "<table:table>" + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells) + "</table:table>"


def write_odt(path: Path, *body: str, parts: dict[str, str] | None = None, prolog: str = "") -> Path:
    """An .odt of body XML; `parts` holds the inner XML of further parts, by name and root ("styles.xml:root")."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"{prolog}<office:document-content {_SPACES}><office:automatic-styles>{BOLD}{HIDDEN}"
            f"</office:automatic-styles><office:body><office:text>{''.join(body)}</office:text></office:body>"
            "</office:document-content>",
        )
        for name, inner in (parts or {}).items():
            file, _colon, root = name.partition(":")
            archive.writestr(file, f"<{root} {_SPACES}>{inner}</{root}>" if root else inner)
    return path
