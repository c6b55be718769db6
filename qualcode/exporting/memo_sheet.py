"""The sheet of memos in the workbook: what coders noted, and on what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qualcode.exporting.sheets import CAPTION, CELL_LIMIT, HEADER, TEXT, TITLE, Book, Sheet, height_for
from qualcode.exporting.wording import Say

_COLUMNS = (
    ("On", 16.0),
    ("What it is on", 34.0),
    ("Document", 24.0),
    ("Code", 22.0),
    ("Title", 24.0),
    ("Memo", 70.0),
    ("Coder", 18.0),
    ("Changed", 18.0),
)
_MOST = CELL_LIMIT - 10  # a cell of a workbook holds no more characters; the project keeps them all


def write_memos(book: Book, memos: Sequence[Mapping[str, Any]], say: Say, title: str) -> None:
    """Write the memos, the oldest first.

    Args:
        book: the workbook.
        memos: rows in the columns of `qualcode memos`.
        say: the language of the headings.
        title: of the study.
    """
    widths = [width for _heading, width in _COLUMNS]
    sheet = Sheet(book, say("Memos"), widths)
    sheet.set_up(say, header=(4, 4))
    sheet.add_across(say("Memos of the coders, the oldest first"), TITLE)
    sheet.add_across(title, CAPTION)
    sheet.add([])
    sheet.add([sheet.text(say(heading), HEADER) for heading, _width in _COLUMNS])
    kinds = {
        "project": say("Journal"),
        "document": say("Document"),
        "respondent": say("Respondent"),
        "code": say("Code"),
        "segment": say("Quotation"),
    }
    for memo in memos:
        texts = [kinds[memo["on"]], memo["subject"], memo["document"], memo["code"], memo["title"]]
        texts += [str(memo["content"])[:_MOST], memo["coder"], str(memo["changed"])[:16].replace("T", " ")]
        cells = [sheet.text(text, TEXT) for text in texts]
        sheet.add(cells, height=height_for(list(zip(texts, widths, strict=True))))
