"""The tables screen: one of several tables at the left, the quotations behind a cell at the right."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qualcode.analysis.filtering import Condition, Filter
from qualcode.gui.analysis.counting import Counting
from qualcode.gui.analysis.framework_page import FrameworkPage
from qualcode.gui.analysis.page import OpenedCell, Scope, TablePage
from qualcode.gui.analysis.pages import CLOSED, FRAMEWORK, PAGES, THEMES, made_page, tab_groups
from qualcode.gui.analysis.quotations_panel import QuotationsPanel
from qualcode.gui.analysis.tab_row import TabRow
from qualcode.gui.analysis.table_room import TableRoom
from qualcode.gui.analysis.tables_leaving import TablesLeaving
from qualcode.gui.analysis.theme_cells import Group, Theme
from qualcode.gui.analysis.theme_page import ThemePage
from qualcode.gui.analysis.theme_table_model import ThemeTableModel
from qualcode.gui.analysis.theme_table_view import ThemeTableView
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import Segmented, label, rule
from qualcode.gui.widgets.empty import Empty, no_material
from qualcode.gui.widgets.filter_chips import FilterChips
from qualcode.gui.widgets.flow_row import FlowRow
from qualcode.gui.widgets.scrolling_foot import ScrollingFoot
from qualcode.i18n import _, ngettext

_PANEL = 362
_ALL, _SPOKEN, _SURVEY = "", "spoken", "survey"
_WRITTEN = frozenset({"summary", "coder"})
_CHOSEN = frozenset({"chosen_quotation", "coder"})


class TablesScreen(QWidget):
    """Counts when it is looked at; a cell opens its quotations.

    Signals:
        failed: an error that the user can act on.
        import_wanted: files are to be brought in.
        quotation_opened: a `Quotation` that is to be shown in its text.
        exported: the file that was written.
        work_wanted: a `Job` that is to be run; it writes a file.
        done: what was done, in a sentence.
        chosen: a quotation was chosen for the report or left out, in a sentence.
        keys_changed: other keys work now.
    """

    failed = Signal(Exception)
    import_wanted = Signal()
    quotation_opened = Signal(object)
    exported = Signal(str)
    work_wanted = Signal(object)
    done = Signal(str)
    chosen = Signal(str)
    keys_changed = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._outdated = set(PAGES)
        self._key, self._has_shown = THEMES, False
        self._pages: dict[str, TablePage] = {}
        self._open_page: TablePage | None = None
        self._chose_material = False
        self._pending: tuple[int, bool] | None = None
        self._panel = QuotationsPanel(bridge, self)
        self._fetching = Counting(bridge, self)
        self.tabs = TabRow(_("Table"), tab_groups())
        self._stack = QStackedWidget()
        self._choices: dict[str, QWidget] = {}
        self._flows: dict[str, FlowRow] = {}
        self.material = ChoiceButton(_("Material"), 130)
        self._decided = Segmented(
            _("Material"), [("coded", _("Coded")), ("suggested", _("Suggested, not reviewed"))], "coded"
        )
        self.filter = FilterChips(bridge)
        self.leaving = TablesLeaving(bridge, lambda: (self._key, self.page), self)
        self._hidden = label(size=fonts.SMALL, rank=1, wrap=True)
        self._footnote = label(size=fonts.SMALL, rank=2, wrap=True)
        self._busy = label(_("Counting…"), size=fonts.SMALL, rank=2)
        self._empty = no_material("table-2", _("Nothing to count yet"), self, is_read_only=bridge.is_read_only)
        self._empty.pressed.connect(self.import_wanted)
        self._no_codes = Empty(
            "table-2",
            _("The codebook has no codes yet."),
            _("Select words in a text and type a name: that makes a code and its first quotation."),
        )
        self._lay_out()
        self._connect()

    # What is shown

    @property
    def page(self) -> TablePage:
        """The table that is shown."""
        return self._page(self._key)

    @property
    def page_key(self) -> str:
        """Which table is shown."""
        return self._key

    @property
    def themes(self) -> ThemePage:
        """The table by group."""
        page = self._page(THEMES)
        assert isinstance(page, ThemePage)
        return page

    @property
    def view(self) -> ThemeTableView:
        """The table by group, as it is drawn."""
        return self.themes.table_view

    @property
    def model(self) -> ThemeTableModel:
        """Its numbers."""
        return self.themes.model

    @property
    def panel(self) -> QuotationsPanel:
        """The quotations."""
        return self._panel

    @property
    def footnote(self) -> str:
        """What one must know to read the numbers."""
        return self._footnote.text()

    def show_page(self, key: str) -> None:
        """Shows another table."""
        self.tabs.choose(key)
        self._key, self._has_shown = key, True
        page = self._page(key)
        self._stack.setCurrentWidget(page)
        self._busy.setVisible(page.counting.is_busy)
        for other in self._choices.values():
            other.setVisible(other is self._choices[key])
        self._flows[key].set_widgets([*page.controls, self.material, self._decided])
        self._offer_material()
        if self._open_page is not None and self._open_page is not page:
            self.close_quotations()
        if self.isVisible():
            self.refresh()
        self._on_said()
        self.keys_changed.emit()

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that work in the table that is shown."""
        return self.page.working_keys()

    def refresh(self) -> None:
        """Counts, if something changed since."""
        if not self._has_shown:
            self.show_page(self._key)
        key = self._key
        if self._show_what_is_lacking():
            if self._open_page is not None:
                self.close_quotations()
            return
        if key not in self._outdated:
            return
        self._outdated.discard(key)
        self._offer()
        self.page.show_scope(self.scope())

    def scope(self) -> Scope:
        """What holds for all tables now: the material, and whose codings."""
        clauses = list(self._bridge.of_those_shown(self.filter.where).clauses)
        questions = tuple(each.text for each in self._bridge.project.survey.questions())
        if questions and self.material.key and self.page.has_material:
            clauses.append((Condition("question", questions, wanted=self.material.key == _SURVEY),))
        return Scope(Filter(tuple(clauses)), self._decided.chosen == "suggested" and self.page.has_suggested)

    def focus(self) -> None:
        """Gives the keyboard to the table."""
        self.page.view().setFocus(Qt.FocusReason.OtherFocusReason)

    # What can be done

    def close_quotations(self) -> None:
        """Closes the right side."""
        if self._open_page is not None:
            self._open_page.forget_cell()
        self._open_page = None
        self._panel.hide()
        self.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies the table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.leaving.copy()
            return
        super().keyPressEvent(event)

    def _page(self, key: str) -> TablePage:
        """A table; made when it is first looked at, for opening a project must not wait for it."""
        if key not in self._pages:
            page = made_page(key, self._bridge)
            self._pages[key] = page
            self._stack.addWidget(page)
            host = QWidget()
            host.setMinimumHeight(fonts.px(32))
            self._choices[key], self._flows[key] = host, FlowRow(host)
            self._bar_row.insertWidget(0, host, 1)
            page.failed.connect(self.failed)
            page.said.connect(partial(self._on_page_said, page))
            page.cell_opened.connect(partial(self._on_cell_opened, page))
            page.cell_picked.connect(partial(self._on_cell_opened, page))
            page.counting.busy.connect(partial(self._on_busy, page))
        return self._pages[key]

    # What happens

    def _connect(self) -> None:
        self.tabs.picked.connect(self.show_page)
        self.material.chosen.connect(lambda _key: self._on_scope())
        self._decided.picked.connect(self._on_decided)
        self.filter.changed.connect(lambda _where: self._on_scope())
        self.filter.failed.connect(self.failed)
        self.leaving.failed.connect(self.failed)
        self.leaving.exported.connect(self.exported)
        self.leaving.work_wanted.connect(self.work_wanted)
        self.leaving.done.connect(self.done)
        self._fetching.failed.connect(self.failed)
        self._panel.closed.connect(self.close_quotations)
        self._panel.quotation_opened.connect(self.quotation_opened)
        self._panel.chosen.connect(self.chosen)
        self._panel.failed.connect(self.failed)
        self._bridge.changed.connect(self._on_changed)

    def _on_decided(self, _key: str) -> None:
        self._chose_material = True
        self._on_scope()

    def _on_scope(self) -> None:
        self._outdated = set(PAGES)
        self.refresh()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables <= _CHOSEN:  # what the report quotes changes no table
            return
        if tables <= _WRITTEN:  # a summary changes no number, and the field that is open must not be closed
            framework = self._pages.get(FRAMEWORK)
            if not (isinstance(framework, FrameworkPage) and framework.is_writing):
                self._outdated.add(FRAMEWORK)
        else:
            self._outdated = set(PAGES)
        if self.isVisible():
            self.refresh()

    def _on_busy(self, page: TablePage, is_busy: bool) -> None:
        if page is self._pages.get(self._key):
            self._busy.setVisible(is_busy)

    def _on_page_said(self, page: TablePage) -> None:
        if page is self._pages.get(self._key):
            self._on_said()

    def _on_said(self) -> None:
        """A table has new numbers: what stands around it follows."""
        page = self.page
        self._footnote.setText(page.footnote())
        hidden = len(self._bridge.hidden_coders)
        sentence = _("Only your own quotations are counted: others are hidden.")
        if not self._bridge.is_blind:
            sentence = ngettext(
                "The quotations of {n} coder are hidden and not counted.",
                "The quotations of {n} coders are hidden and not counted.",
                hidden,
            ).format(n=hidden)
        self._hidden.setText(sentence)
        self._hidden.setVisible(bool(hidden))
        self._decided.setVisible(page.has_suggested and self._waits())
        self._flows[self.page_key].arrange()
        self._show_what_is_lacking()
        if self._open_page is page:
            kept = page.keep_cell()
            if kept is None:
                self.close_quotations()
            else:
                self._on_cell_opened(page, kept)

    def _show_what_is_lacking(self) -> bool:
        """Says in place of the table what it cannot be counted without; whether it says so."""
        lacks = self._key != CLOSED and not self._bridge.codebook.codes
        has_material = lacks and bool(self._bridge.project.documents.all())
        self._empty.setVisible(lacks and not has_material)
        self._no_codes.setVisible(has_material)
        buttons = (self.leaving.copy_button, self.leaving.export_button)
        for shown in (self._stack, self._choices[self._key], *buttons, self._footnote):
            shown.setVisible(not lacks)
        return lacks

    def _on_cell_opened(self, page: TablePage, opened: OpenedCell) -> None:
        self._open_page = page

        def show(quotations: Any) -> None:
            if self._open_page is not page:
                return
            self._panel.show_cell(opened, quotations)
            if not self._panel.isVisible():
                self._panel.show()
                self._splitter.setSizes([self.width() - fonts.px(_PANEL), fonts.px(_PANEL)])

        self._fetching.run(opened.fetch, show)

    # What can be chosen

    def _waits(self) -> bool:
        """Whether suggestions wait; looked up once a change."""
        project = self._bridge.project
        if self._pending is None or self._pending[0] != project.db.version:
            self._pending = (project.db.version, project.review.n_pending() > 0)
        return self._pending[1]

    def _offer(self) -> None:
        project = self._bridge.project
        if not self._waits():
            self._decided.choose("coded")
        elif not self._chose_material and not project.segments.count():
            self._decided.choose("suggested")
        self._offer_material()

    def _offer_material(self) -> None:
        project = self._bridge.project
        has_survey = bool(project.survey.questions())
        has_speech = bool(project.documents.all(answers=False))
        if not self.material.key and not self.material.choices:
            choices = [Choice(_ALL, _("everything")), Choice(_SPOKEN, _("conversations")), Choice(_SURVEY, _("survey"))]
            self.material.offer(choices, _ALL)
        self.material.setVisible(has_survey and has_speech and self.page.has_material)
        if not (has_survey and has_speech):
            self.material.choose(_ALL)

    def _lay_out(self) -> None:
        left = QWidget()
        left.setObjectName("surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        column.addWidget(self._bar())
        column.addWidget(self._filter_row())
        column.addWidget(rule())
        column.addWidget(self._stack, 1)
        for empty in (self._empty, self._no_codes):
            column.addWidget(empty, 1)
            empty.hide()
        foot = ScrollingFoot()
        foot.column.setContentsMargins(24, 10, 24, 12)
        foot.column.setSpacing(2)
        for line in (self._busy, self._hidden, self._footnote):
            foot.column.addWidget(line)
        column.addWidget(foot)
        buttons = (self.leaving.copy_button, self.leaving.export_button)
        TableRoom(left, self._stack, foot, buttons, (self._bar_row, self._filter_row_layout))
        self._busy.hide()
        self._hidden.hide()
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

    def _bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("surface")
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 10, 16, 6)
        row.setSpacing(8)
        self._bar_row = row
        return bar

    def _filter_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(16, 0, 16, 8)
        row.addWidget(self.filter, 1)
        self._filter_row_layout = row
        return made

    # For what opens a cell from elsewhere

    def open_cell(self, row: Theme, group: Group) -> None:
        """Opens a cell of the table by group."""
        self.themes.open_cell(row, group)
