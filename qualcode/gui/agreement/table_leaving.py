"""How the table of agreement leaves the window: to the clipboard, or into a workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.analysis import leaving
from qualcode.gui.bridge import ProjectBridge
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable


class TableLeaving(QObject):
    """Copies and writes the table that is shown.

    Signals:
        failed: an error that the user can act on.
        done: what was done, in a sentence.
    """

    failed = Signal(Exception)
    done = Signal(str)

    def __init__(self, bridge: ProjectBridge, shown: Callable[[], OneTable], parent: QWidget) -> None:
        """Takes what makes the table as it is shown; the parent's dialog asks for the file."""
        super().__init__(parent)
        self._bridge, self._shown, self._screen = bridge, shown, parent

    def copy(self) -> None:
        """Puts the table on the clipboard."""
        leaving.put_on_clipboard(self._shown())
        self.done.emit(_("The table was copied."))

    def write(self) -> None:
        """Asks for a file and writes the table into it."""
        from qualcode.exporting.one_table import write_one_table
        from qualcode.exporting.sparing import spare_project

        path = leaving.ask_file(self._screen, self._bridge.path, "agreement.xlsx", _("Workbook (*.xlsx)"))
        if path is None:
            return
        try:
            spare_project(path, self._bridge.path)
            write_one_table(path, self._shown())
        except QualcodeError as error:
            self.failed.emit(error)
        else:
            self.done.emit(_("{file} was written.").format(file=path.name))
