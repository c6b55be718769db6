"""An open project: documents, text and codebook side by side, and the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qualcode.gui.analysis.screen import TablesScreen
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.panel import CodebookPanel
from qualcode.gui.coding.screen import CodingScreen
from qualcode.gui.documents.panel import DocumentsPanel
from qualcode.gui.resources import fonts
from qualcode.i18n import _
from qualcode.model.segment import Span

if TYPE_CHECKING:
    from qualcode.project.reports import Quotation

DOCUMENTS_WIDTH = 256
_NARROW = 1100
CODEBOOK_WIDTH = 312  # names of codes run longer in Norwegian than in the pictures


class Workbench(QWidget):
    """The screens of a project.

    Signals:
        failed: an error that the user can act on.
        screen_shown: "code" or "tables".
        exported: a file that was written.
        keys_changed: other keys work now.
    """

    failed = Signal(Exception)
    screen_shown = Signal(str)
    exported = Signal(str)
    keys_changed = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.documents = DocumentsPanel(bridge)
        self.coding = CodingScreen(bridge)
        self.codebook = CodebookPanel(bridge)
        self.tables = TablesScreen(bridge)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for panel in (self.documents, self.coding, self.codebook):
            self._splitter.addWidget(panel)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([fonts.px(DOCUMENTS_WIDTH), 10_000, fonts.px(CODEBOOK_WIDTH)])
        self._screens = QStackedWidget()
        self._screens.addWidget(self._splitter)
        self._screens.addWidget(self.tables)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._screens)
        self.documents.reading_picked.connect(self.coding.show_reading)
        self.codebook.code_picked.connect(self.coding.view.set_code_in_focus)
        self.codebook.code_applied.connect(self.coding.apply_code)
        self.coding.code_touched.connect(self.codebook.show_code)
        self.coding.failed.connect(self.failed)
        self.coding.keys_changed.connect(self.keys_changed)
        self.tables.failed.connect(self.failed)
        self.tables.exported.connect(self.exported)
        self.tables.quotation_opened.connect(self._on_quotation_opened)
        bridge.changed.connect(self._on_changed)
        self._show_first()

    @property
    def screen_name(self) -> str:
        """Which screen is shown."""
        return "code" if self._screens.currentIndex() == 0 else "tables"

    def show_screen(self, name: str) -> None:
        """Shows "code" or "tables"."""
        if name == "tables":
            self.tables.refresh()
            self._screens.setCurrentIndex(1)
            self.tables.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._screens.setCurrentIndex(0)
            self.coding.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.screen_shown.emit(name)

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something on the screen that is shown."""
        if self.screen_name == "code":
            return self.coding.working_keys()
        return [("Enter", _("open quotations")), ("←→↑↓", _("move"))]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the panels give way to the text."""
        super().resizeEvent(event)
        now, before = event.size().width(), event.oldSize().width()
        if now < fonts.px(_NARROW) and not 0 < before < fonts.px(_NARROW):
            sides = [self.documents.minimumWidth(), self.codebook.minimumWidth()]
            self._splitter.setSizes([sides[0], max(1, now - sum(sides)), sides[1]])

    def panel_widths(self) -> str:
        """The widths of the panels, for the settings."""
        return bytes(self._splitter.saveState().toBase64().data()).decode("ascii")

    def set_panel_widths(self, state: str) -> None:
        """Restores what `panel_widths` gave."""
        if state:
            self._splitter.restoreState(QByteArray.fromBase64(QByteArray(state.encode("ascii", "ignore"))))

    def _on_changed(self, tables: frozenset[str]) -> None:
        """An import may have been undone or done again: what is gone is not shown any longer."""
        if "document" not in tables:
            return
        shown = self.coding.reading
        if shown is None or shown.key not in {reading.key for reading in self.documents.model.readings}:
            self._show_first()

    def _show_first(self) -> None:
        if self.documents.model.readings:
            self.documents.pick_first()
        else:
            self.coding.show_nothing()

    def _on_quotation_opened(self, quotation: Quotation) -> None:
        reading = self.documents.model.reading_of_document(quotation.document_id)
        if reading is None:
            return
        self.show_screen("code")
        self.documents.pick(reading.key)
        self.coding.show_span(quotation.document_id, Span(quotation.start, quotation.end))
