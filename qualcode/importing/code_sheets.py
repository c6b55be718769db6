"""Tells a codebook in a workbook from a survey, by the columns."""

from __future__ import annotations

from qualcode.i18n import folded
from qualcode.importing.report import Table

NAMES = "code, codes, code name, name, kode, kodenavn, navn, codename, tag, node, theme, tema".split(", ")
DEFINITIONS = (
    "memo, code memo, description, definition, comment, beskrivelse, definisjon, kommentar, beschreibung"
).split(", ")
ABOVE = "parent code, parent, parent name, overkode, path, hierarchy, folder".split(", ")
COLOURS = "color, colour, farge, farbe".split(", ")
OWN = "Codes"
"""The sheet of codes as this program writes it."""


def is_codebook(table: Table) -> bool:
    """Whether a sheet surely holds a codebook: as this program writes it, or codes with their places or colours.

    A code and a remark may as well be a respondent and an answer.
    """
    header = {folded(name) for name in table.header}
    if table.sheet == OWN and "key" in header:
        return any(name.split()[:1] == ["name"] for name in header)
    return (
        not header.isdisjoint(NAMES)
        and not header.isdisjoint((*ABOVE, *COLOURS))
        and header <= {*NAMES, *DEFINITIONS, *ABOVE, *COLOURS}
    )
