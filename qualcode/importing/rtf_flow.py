"""Paragraphs of Rich Text as they come: pieces become paragraphs, cells rows, and rows the turns of a table."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.importing.report import Paragraph, marked_length
from qualcode.importing.speaker_tables import cells_as_paragraphs


@dataclass(slots=True)
class Flow:
    """A run of paragraphs: the body of the text, or a note, a text box, a page header."""

    kind: str = ""
    paragraphs: list[Paragraph] = field(default_factory=list)
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    rows: list[list[list[Paragraph]]] = field(default_factory=list)  # of the table that is open
    cells: list[list[Paragraph]] = field(default_factory=list)  # of the row that is open
    cell: list[Paragraph] = field(default_factory=list)
    boxes: list[Paragraph] = field(default_factory=list)
    in_table: bool = False

    def end_paragraph(self) -> None:
        """The pieces read so far are a paragraph, bold as far as it begins bold; boxes hang below it."""
        text = "".join(piece for piece, _bold in self.pieces)
        bold = marked_length(self.pieces)
        self.pieces = []
        target = self.cell if self.in_table else self._outside()
        target.append(Paragraph(text, bold=bold))
        target.extend(self.boxes)
        self.boxes = []

    def end_cell(self) -> None:
        """What was read since the last cell is a cell of the open row."""
        self.in_table = True
        self.end_paragraph()
        self.cells.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        """The cells read so far are a row of the open table."""
        if self.cells:
            self.rows.append(self.cells)
        self.cells = []

    def _outside(self) -> list[Paragraph]:
        """Where a paragraph outside tables goes; the table before it ends here."""
        if self.cell or self.cells:  # a table whose last row is not closed
            self.cells.append(self.cell)
            self.cell = []
            self.end_row()
        if self.rows:
            self.paragraphs.extend(cells_as_paragraphs(self.rows))
            self.rows = []
        return self.paragraphs

    def finished(self) -> list[Paragraph]:
        """All paragraphs, with what was left open."""
        if self.pieces or self.boxes:
            self.end_paragraph()
        return self._outside()
