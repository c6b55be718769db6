"""Writes small PDF files by hand: lines of text at places on pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

LEFT, TOP, PITCH = 72, 720, 14

Placed = tuple[float, float, str]  # from the left and the bottom of the page, in points; bold if it begins with "*"


def block(*lines: str, top: float = TOP, left: float = LEFT) -> list[Placed]:
    """Lines one below the other; a blank one makes room."""
    return [(left, top - PITCH * number, line) for number, line in enumerate(lines) if line]


def write_pdf(path: Path, *pages: Sequence[Placed], comments: Sequence[str] = (), trailer: str = "") -> Path:
    """A PDF with one page for each list of placed lines; `comments` hang on the first page."""
    first_page = 5
    kids = " ".join(f"{first_page + 2 * number} 0 R" for number in range(len(pages)))
    annotations = "".join(f"<</Type/Annot/Subtype/Text/Rect[10 10 20 20]/Contents({text})>>" for text in comments)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>",
    ]
    for number, placed in enumerate(pages):
        content = b"".join(map(_shown, placed))
        annots = f"/Annots[{annotations}]" if annotations and number == 0 else ""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {first_page + 2 * number + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>{annots}>>".encode()
        )
        objects.append(b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream")
    written = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(written))
        written += b"%d 0 obj" % number + each + b"endobj\n"
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    written += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    written += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    path.write_bytes(written)
    return path


def _shown(placed: Placed) -> bytes:
    left, bottom, text = placed
    label, _star, rest = text[1:].partition("*") if text.startswith("*") else ("", "", text)
    letters = b"BT 1 0 0 1 %g %g Tm " % (left, bottom)
    for font, piece in (("F2", label), ("F1", rest)):
        if piece:
            escaped = piece.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            letters += f"/{font} 11 Tf ".encode() + b"(" + escaped.encode("cp1252") + b") Tj "
    return letters + b"ET\n"
