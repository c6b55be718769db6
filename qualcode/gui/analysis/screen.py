"""The tables screen: theme by group at the left, the quotations behind a cell at the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.analysis.quotations_panel import QuotationsPanel
from qualcode.gui.analysis.theme_table_model import Counted, Group, Theme, ThemeTableModel, cell_text
from qualcode.gui.analysis.theme_table_view import ThemeTableView
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import Segmented, button, icon_button, label, rule
from qualcode.gui.widgets.empty import Empty
from qualcode.i18n import _, ngettext

_HEADER = 52
_PANEL = 362


class TablesScreen(QWidget):
    """Counts when it is looked at; a cell opens its quotations.

    Signals:
        failed: an error that the user can act on.
        quotation_opened: a `Quotation` that is to be shown in its text.
        exported: the file that was written.
    """

    failed = Signal(Exception)
    quotation_opened = Signal(object)
    exported = Signal(str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._is_outdated = True
        self._open_cell: tuple[Theme, Group] | None = None
        self._model = ThemeTableModel(self)
        self._view = ThemeTableView(bridge, self._model, self)
        self._panel = QuotationsPanel(bridge, self)
        self._counted = Segmented(
            _("Count"),
            [(Counted.RESPONDENTS.value, _("Respondents")), (Counted.QUOTATIONS.value, _("Quotations"))],
            Counted.RESPONDENTS.value,
        )
        self._decided = Segmented(
            _("Material"), [("coded", _("Coded")), ("suggested", _("Suggested, not reviewed"))], "coded"
        )
        self._footnote = label(size=fonts.SMALL, rank=2, wrap=True)
        self._empty = Empty("table-2", _("Nothing to count yet"), _("Open a study file to bring material in."), self)
        self._lay_out()
        self._counted.picked.connect(self._on_counted)
        self._decided.picked.connect(self._on_decided)
        self._view.cell_opened.connect(self._on_cell_opened)
        self._view.cell_picked.connect(self._on_cell_picked)
        self._panel.closed.connect(self.close_quotations)
        self._panel.quotation_opened.connect(self.quotation_opened)
        bridge.changed.connect(self._on_changed)

    @property
    def view(self) -> ThemeTableView:
        """The table."""
        return self._view

    @property
    def model(self) -> ThemeTableModel:
        """Its numbers."""
        return self._model

    @property
    def panel(self) -> QuotationsPanel:
        """The quotations."""
        return self._panel

    def refresh(self) -> None:
        """Counts, if something changed since."""
        if not self._is_outdated:
            return
        try:
            table = self._bridge.project.reports.theme_table()
        except QualcodeError as error:
            self.failed.emit(error)
            return
        rows: list[Any] = table.to_dict("records")
        first = not self._model.themes
        self._model.set_table(rows)
        self._is_outdated = False
        has_coded, has_suggested = self._model.has_coded(), self._model.has_suggested()
        self._decided.setVisible(has_suggested)
        if first and has_suggested and not has_coded:
            self._decided.choose("suggested")
            self._model.count(self._model.counted, suggested=True)
        elif self._model.shows_suggested and not has_suggested:
            self._decided.choose("coded")
            self._model.count(self._model.counted, suggested=False)
        self._empty.setVisible(not rows)
        self._say_footnote()
        if self._open_cell is not None:
            self._show_cell(*self._open_cell)

    def close_quotations(self) -> None:
        """Closes the right side."""
        self._open_cell = None
        self._panel.hide()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_table(self) -> None:
        """Puts the table on the clipboard, with tabs between cells."""
        groups = self._model.groups
        lines = ["\t".join([_("Theme"), *(group.title for group in groups)])]
        for row in self._model.themes:
            cells = [self._model.cell(row.key, group.name) for group in groups]
            lines.append("\t".join(["  " * row.depth + row.name, *(cell_text(cell) if cell else "" for cell in cells)]))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def export(self) -> None:
        """Asks for a file and writes the tables into it; its ending says in which form."""
        start = str(self._bridge.path.with_name("theme_tables.xlsx"))
        kinds = _("Workbook (*.xlsx);;Codings (*.csv)")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), start, kinds)
        if not chosen:
            return
        try:
            self._bridge.project.reports.export(Path(chosen))
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self.exported.emit(chosen)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setObjectName("surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QWidget()
        bar.setObjectName("surface")
        bar.setFixedHeight(fonts.px(_HEADER))
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(label(_("Theme × group"), fonts.TITLE, fonts.SEMIBOLD))
        row.addSpacing(8)
        row.addWidget(self._counted)
        row.addWidget(self._decided)
        row.addStretch(1)
        copy = icon_button("copy", _("Copy the table"))
        copy.clicked.connect(self.copy_table)
        row.addWidget(copy)
        export = button(_("Export"), icon_name="download")
        export.clicked.connect(self.export)
        row.addWidget(export)
        column.addWidget(bar)
        column.addWidget(rule())
        column.addWidget(self._view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 10, 24, 12)
        foot.addWidget(self._footnote)
        column.addLayout(foot)
        self._empty.setParent(left)
        self._empty.hide()
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(self._panel)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([2000, fonts.px(_PANEL)])
        self._panel.hide()
        self._splitter = splitter
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(splitter)

    def _say_footnote(self) -> None:
        small_cell = self._bridge.project.settings.small_cell
        base = _("Respondents with at least one quotation, of those who spoke or answered.")
        if self._model.counted is Counted.QUOTATIONS:
            base = _("Quotations with the theme, of all quotations in the group.")
        if self._model.shows_suggested:
            base = _("Suggested by the rules, not reviewed by a coder.") + " " + base
        parts = [base, _("Moderators are not counted.")]
        if self._model.counted is Counted.RESPONDENTS and not self._model.shows_suggested:
            parts.append(_("Wilson intervals."))
        parts.append(
            ngettext(
                "Groups under {n} respondent show counts only.",
                "Groups under {n} respondents show counts only.",
                small_cell,
            ).format(n=small_cell)
        )
        self._footnote.setText(" ".join(parts))

    def _on_counted(self, key: str) -> None:
        self._model.count(Counted(key), suggested=self._model.shows_suggested)
        self._numbers_changed()

    def _on_decided(self, key: str) -> None:
        self._model.count(self._model.counted, suggested=key == "suggested")
        self._numbers_changed()

    def _numbers_changed(self) -> None:
        self._say_footnote()
        if self._open_cell is not None:
            self._show_cell(*self._open_cell)

    def _on_cell_opened(self, row: Theme, group: Group) -> None:
        self._show_cell(row, group)

    def _on_cell_picked(self, row: Theme, group: Group) -> None:
        if self._open_cell is not None:
            self._show_cell(row, group)

    def _show_cell(self, row: Theme, group: Group) -> None:
        cell = self._model.cell(row.key, group.name)
        if cell is None:
            self.close_quotations()
            return
        suggested = self._model.shows_suggested
        try:
            quotations = self._bridge.project.reports.quotations(row.key, group.name, suggested=suggested)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._open_cell = (row, group)
        self._panel.show_cell(row, group, cell, self._model.counted, quotations, suggested=suggested)
        if not self._panel.isVisible():
            self._panel.show()
            self._splitter.setSizes([self.width() - fonts.px(_PANEL), fonts.px(_PANEL)])

    def _on_changed(self, tables: frozenset[str]) -> None:
        self._is_outdated = True
        if self.isVisible():
            self.refresh()
