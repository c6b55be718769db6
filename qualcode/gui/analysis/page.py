"""What every table of the tables screen can be asked, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.analysis.filtering import Filter
from qualcode.gui.analysis.counting import Counting
from qualcode.gui.background import Cancelled, Progress
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.written_file import Writes
from qualcode.i18n import _
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable
    from qualcode.project.project import Project
    from qualcode.project.reports import Quotation


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for all tables.

    Attributes:
        where: the part of the material, and whose codings.
        suggested: what waits for a decision instead of what was coded.
    """

    where: Filter = field(default_factory=Filter)
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class OpenedCell:
    """A cell whose quotations are wanted.

    Attributes:
        code_key: whose mark stands over them.
        title: of the theme.
        beside: of the group, the document or the other theme.
        numbers: the cell as a sentence.
        fetch: reads the quotations; may run on a worker thread.
    """

    code_key: str
    title: str
    beside: str
    numbers: str
    suggested: bool
    fetch: Callable[[Project], Sequence[Quotation]]


class TablePage(QWidget):
    """One table with its own choices over it.

    Signals:
        cell_opened: an `OpenedCell`.
        cell_picked: likewise, the keyboard only went there.
        failed: an error that the user can act on.
        said: the choices, the footnote or what can be exported has changed.
    """

    cell_opened = Signal(object)
    cell_picked = Signal(object)
    failed = Signal(Exception)
    said = Signal()

    has_suggested = True
    """Whether the table can show what is only suggested."""
    has_material = True
    """Whether it can be of the conversations only, or of the survey only."""
    has_unit = True
    """Whether it counts units."""

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self._bridge = bridge
        self._scope = Scope()
        self.counting = Counting(bridge, self)
        self.counting.failed.connect(self.failed)
        self.controls: list[QWidget] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    @property
    def scope(self) -> Scope:
        """What holds for all tables."""
        return self._scope

    def show_scope(self, scope: Scope) -> None:
        """Counts with what holds now."""
        self._scope = scope
        self.count()

    def count(self) -> None:
        """Counts anew."""
        raise NotImplementedError

    def view(self) -> QWidget:
        """What takes the keyboard."""
        raise NotImplementedError

    def footnote(self) -> str:
        """What one must know to read the numbers."""
        raise NotImplementedError

    def note(self) -> str:
        """The footnote of a table that leaves the window."""
        return self.footnote()

    def table(self) -> OneTable:
        """The table as it is shown, for the clipboard and for a workbook."""
        raise NotImplementedError

    def rows(self) -> Any:
        """The table as a data frame in the columns of its CSV."""
        raise NotImplementedError

    def unit(self) -> Unit:
        """What is counted as one."""
        return self._bridge.project.settings.unit

    def grouped_by(self) -> str:
        """What the columns or groups are, for the file; "" where there are none."""
        return ""

    def base_name(self) -> str:
        """What shares are of, for the file."""
        raise NotImplementedError

    def where(self) -> Filter:
        """The filter that the table was counted under."""
        return self._scope.where

    def pictures(self) -> list[tuple[str, str]]:
        """Key and title of each picture that there is of it, the usual one first."""
        return []

    def drawing(self, picture: str) -> Writes:
        """What draws a picture into a file (.png, .svg, .pdf); may run on a worker thread.

        Args:
            picture: one of `pictures`.

        Raises:
            ExportError: when it is run: the file cannot be written.
        """
        of_what = self.drawn_of()

        def draw(project: Project, path: Path, *, progress: Progress, cancelled: Cancelled) -> None:
            from qualcode.project.figures import write_figure

            write_figure(project, [path], picture, **of_what, progress=progress, cancelled=cancelled)

        return draw

    def drawn_of(self) -> dict[str, Any]:
        """What pictures are drawn of, as `figures.write_figure` takes it."""
        return {"where": self.where()}

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that work in the table."""
        return [("Enter", _("open quotations")), ("←→↑↓", _("move")), ("Ctrl C", _("copy the table"))]

    def forget_cell(self) -> None:
        """No cell is open any more."""

    def keep_cell(self) -> OpenedCell | None:
        """The cell that was open, with the numbers that it has now; None if it is gone."""
        return None
