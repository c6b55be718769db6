"""The buttons by which a table, its picture, or all tables leave the tables screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.analysis import leaving
from qualcode.gui.analysis.page import TablePage
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.controls import button
from qualcode.gui.written_file import writing_job
from qualcode.i18n import _


class TablesLeaving(QObject):
    """Copies, writes and draws the table that is shown.

    Signals:
        failed: an error that the user can act on.
        exported: the file that was written.
        work_wanted: a `Job` that is to be run; it writes a file.
        done: what was done, in a sentence.
    """

    failed = Signal(Exception)
    exported = Signal(str)
    work_wanted = Signal(object)
    done = Signal(str)

    def __init__(self, bridge: ProjectBridge, shown: Callable[[], tuple[str, TablePage]], screen: QWidget) -> None:
        """Takes what gives the key and the page of the table that is shown; the screen's dialogs ask for files."""
        super().__init__(screen)
        self._bridge, self._shown, self._screen = bridge, shown, screen
        self.copy_button = button(_("Copy"), icon_name="copy", name=_("Copy the table"))
        self.export_button = button(_("Export"), icon_name="download")
        self.copy_button.clicked.connect(self.copy)
        self.menu = QMenu(self.export_button)
        self.menu.addAction(_("This table (.xlsx, .csv)…")).triggered.connect(lambda _checked=False: self.write_table())
        self.pictures_menu = self.menu.addMenu(_("This table as a picture (.png, .svg, .pdf)"))
        self.menu.addSeparator()
        self._everything = self.menu.addAction(_("All tables, or all codings…"))
        self._everything.triggered.connect(lambda _checked=False: self.write_all())
        self.menu.aboutToShow.connect(self._fit_menu)
        self.export_button.setMenu(self.menu)

    def copy(self) -> None:
        """Puts the table that is shown on the clipboard."""
        page = self._shown()[1]
        if self._is_counted(page):
            leaving.copy(page, self._bridge)
            self.done.emit(_("The table was copied."))

    def write_table(self) -> None:
        """Asks for a file and writes the table that is shown into it: .xlsx or .csv."""
        key, page = self._shown()
        if not self._is_counted(page) or page.rows() is None:
            return
        path = self._ask(f"{key}.xlsx", _("Workbook (*.xlsx);;Table (*.csv)"))
        if path is None:
            return
        try:
            leaving.write(page, self._bridge, path)
        except QualcodeError as error:
            self.failed.emit(error)
        else:
            self.exported.emit(str(path))

    def draw_table(self, picture: str = "") -> None:
        """Asks for a file and draws the table that is shown into it: .png, .svg or .pdf.

        Args:
            picture: which of the pictures of the table; the usual one if "".
        """
        key, page = self._shown()
        known = [each for each, _title in page.pictures()]
        if not known or not self._is_counted(page):
            return
        path = self._ask(f"{key}.png", _("Picture (*.png *.svg *.pdf)"))
        if path is not None:
            draw = page.drawing(picture if picture in known else known[0])
            self.work_wanted.emit(writing_job(self._bridge.path, path, draw))

    def write_all(self) -> None:
        """Asks for a file and writes all tables, or all codings, into it; its ending says in which form."""
        from qualcode.project.report_files import export_file

        path = self._ask("theme_tables.xlsx", _("Workbook (*.xlsx);;Codings (*.csv)"))
        if path is not None:
            self.work_wanted.emit(writing_job(self._bridge.path, path, export_file))

    def _is_counted(self, page: TablePage) -> bool:
        """Whether the numbers are of what is chosen now; says so where they are not yet."""
        if page.counting.is_busy:
            self.done.emit(_("The table is still being counted: its numbers are of what was chosen before."))
        return not page.counting.is_busy

    def _ask(self, name: str, kinds: str) -> Path | None:
        return leaving.ask_file(self._screen, self._bridge.path, name, kinds)

    def _fit_menu(self) -> None:
        self.pictures_menu.clear()
        for key, title in self._shown()[1].pictures():
            drawn = self.pictures_menu.addAction(f"{title}…")
            drawn.triggered.connect(lambda _checked=False, key=key: self.draw_table(key))
        self.pictures_menu.setEnabled(not self.pictures_menu.isEmpty())
        self._everything.setEnabled(not self._bridge.is_blind)  # they count what everybody coded
