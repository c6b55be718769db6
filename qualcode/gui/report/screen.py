"""The report screen: what goes in at the left; its quotations and pictures at the right."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qualcode.gui.analysis import leaving
from qualcode.gui.analysis.counting import Counting
from qualcode.gui.analysis.theme_page import unit_name
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.report.facts import fact_lines, left_lines
from qualcode.gui.report.lines import Lines
from qualcode.gui.report.pictures_page import PicturesPage
from qualcode.gui.report.quotations_page import QuotationsPage
from qualcode.gui.report.writing import Scope, job_of
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import Segmented, button, label, rule
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.filter_chips import FilterChips
from qualcode.i18n import _
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.project.report_preview import ReportFacts, ReportQuotations

QUOTATIONS, PICTURES = "quotations", "pictures"
WORD, WEB = ".docx", ".html"
_LEFT = 330
_LARGEST = ""
_COMPARED = 8  # groups of which pairs are offered; an attribute may have hundreds of values
_WRITTEN = frozenset({"summary", "memo", "coder"})
_CHOSEN = frozenset({"chosen_quotation", "coder"})


class ReportScreen(QWidget):
    """Says what the report will hold, and has it written.

    Signals:
        failed: an error that the user can act on.
        done: what was done, in a sentence.
        place_opened: a document's id and a span that is to be shown in its text.
        work_wanted: a `Job` that is to be run.
        keys_changed: other keys work now.
        coding_wanted: texts are to be coded.
    """

    failed = Signal(Exception)
    done = Signal(str)
    place_opened = Signal(int, object)
    work_wanted = Signal(object)
    keys_changed = Signal()
    coding_wanted = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._is_outdated = True
        self._shown: Scope | None = None
        self._reading = Counting(bridge, self)
        self.by = ChoiceButton(_("Groups by"), 170)
        self.unit = ChoiceButton(_("Unit"), 170)
        self.pair = ChoiceButton(_("Compare"), 190)
        self.filter = FilterChips(bridge)
        self.format = Segmented(_("Format"), [(WORD, _("Word")), (WEB, _("Web page"))], WORD)
        self.write_button = button(_("Write report…"), kind="main")
        self.pages = Segmented(_("Report"), [(QUOTATIONS, _("Quotations")), (PICTURES, _("Pictures"))], QUOTATIONS)
        self.quotations = QuotationsPage(bridge)
        self.pictures = PicturesPage(bridge)
        self._warning = _Warning()
        self._facts = Lines()
        self._left = Lines(has_points=True)
        self._busy = label(_("Counting…"), size=fonts.SMALL, rank=2)
        self._empty = Empty("users", "", "", self)
        self._stack = QStackedWidget()
        self._whole = QStackedWidget()
        self._lay_out()
        self._connect()

    # What is shown

    @property
    def facts(self) -> str:
        """What the report will say."""
        return self._facts.text

    @property
    def left_to_do(self) -> str:
        """What is left for the author."""
        return self._left.text

    @property
    def warning(self) -> str:
        """What must not be overlooked; "" for nothing."""
        return self._warning.text if not self._warning.isHidden() else ""

    @property
    def is_empty(self) -> bool:
        """Whether it says why there is no report."""
        return self._whole.currentWidget() is self._empty

    def scope(self) -> Scope:
        """What goes in."""
        unit = Unit(self.unit.key) if self.unit.key else None
        groups = tuple(self.pair.key.split("\n")) if self.pair.key else ()
        return Scope(self.by.key or "group", self.filter.where, unit, groups)

    def refresh(self) -> None:
        """Reads anew, if anything changed since."""
        if self._bridge.is_blind:
            self._empty.say(
                _("You code blind"), _("The report holds what everybody coded; it stands here when you no longer do.")
            )
            self._whole.setCurrentWidget(self._empty)
            self._is_outdated = True
            return
        self._whole.setCurrentIndex(0)
        if self._is_outdated:
            self._read()
        if self.pages.chosen == PICTURES:
            self.pictures.refresh()

    def focus(self) -> None:
        """Puts the keyboard into the page that is shown."""
        page = self._stack.currentWidget()
        if page is self.quotations:
            self.quotations.focus()
        else:
            self.pictures.focus()

    def show_page(self, key: str) -> None:
        """Shows "quotations" or "pictures"."""
        self.pages.choose(key)
        self._stack.setCurrentWidget(self.quotations if key == QUOTATIONS else self.pictures)
        if key == PICTURES:
            self.pictures.refresh()
        self.keys_changed.emit()

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here."""
        if self.pages.chosen == PICTURES:
            return [("Tab", _("next control"))]
        return [
            ("Y", _("quote")),
            ("N", _("leave out")),
            ("S", _("speaks against")),
            ("M", _("note")),
            ("Enter", _("open in the text")),
        ]

    # What can be done

    def write_report(self) -> None:
        """Asks for a file and has the report written, in the format that is chosen."""
        word, web = _("Word document (*.docx)"), _("Web page (*.html)")
        kinds = f"{word};;{web}" if self.format.chosen == WORD else f"{web};;{word}"
        path = leaving.ask_file(self, self._bridge.path, f"report{self.format.chosen}", kinds)
        if path is not None:
            self.work_wanted.emit(job_of(self._bridge.path, path, self.scope()))

    def write_picture(self, figure: str) -> None:
        """Asks for a file and has a picture written, by the file's ending."""
        kinds = ";;".join((_("Picture (*.png)"), _("Drawing (*.svg)"), _("Page (*.pdf)")))
        path = leaving.ask_file(self, self._bridge.path, f"{figure}.png", kinds)
        if path is not None:
            self.work_wanted.emit(job_of(self._bridge.path, path, self.scope(), figure))

    # What happens

    def _read(self) -> None:
        self._is_outdated = False
        self._offer()
        is_other, self._shown = self.scope() != self._shown, self.scope()
        scope = self.scope()

        def work(project: Project) -> tuple[ReportFacts, ReportQuotations]:
            from qualcode.project.report_preview import report_facts, report_quotations

            facts = report_facts(project, by=scope.by, where=scope.where, unit=scope.unit)
            return facts, report_quotations(project, where=scope.where)

        self._reading.run(work, self._show, is_slow=True)
        if is_other:
            self.pictures.show_scope(scope)

    def _show(self, answer: tuple[ReportFacts, ReportQuotations]) -> None:
        facts, quotations = answer
        self._offer_pairs(facts)
        self._warning.setVisible(facts.suggested)
        self._facts.show_lines(fact_lines(facts, quotations))
        self._left.show_lines([(line, "") for line in left_lines(facts, quotations)])
        is_first = not self.quotations.cards.rowCount()
        self.quotations.show_found(quotations)
        if is_first and self.quotations.theme_view.hasFocus():
            self.focus()
        self.write_button.setEnabled(True)

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables <= _WRITTEN:
            return
        self._is_outdated = True
        if not tables <= _CHOSEN:
            self._shown = None  # the pictures are of what was
        if self.isVisible():
            self.refresh()

    def _on_scope(self) -> None:
        self._is_outdated = True
        self.refresh()

    def _on_by(self) -> None:
        self.pair.choose(_LARGEST)  # the pair that was chosen is of other groups
        self._on_scope()

    def _offer(self) -> None:
        names = self._bridge.project.respondents.attribute_names()
        choices = [Choice("group", _("Group")), *(Choice(name, name) for name in names)]
        known = {each.key for each in choices}
        self.by.offer(choices, self.by.key if self.by.key in known else "group")
        if not self.unit.choices:
            self.unit.offer(
                [Choice(unit.value, unit_name(unit)) for unit in Unit], self._bridge.project.settings.unit.value
            )

    def _offer_pairs(self, facts: ReportFacts) -> None:
        groups = [each for each in facts.groups if each.name not in (ALL_GROUPS, NO_GROUP)]
        largest = sorted(groups, key=lambda each: -each.answering)[:_COMPARED]
        names = [each.name for each in groups if each in largest]
        pairs = [Choice(f"{a}\n{b}", _("{a} and {b}").format(a=a, b=b)) for a, b in combinations(names, 2)]
        known = {each.key for each in pairs}
        automatic = Choice(_LARGEST, _("the two largest"))
        self.pair.offer([automatic, *pairs], self.pair.key if self.pair.key in known else _LARGEST)
        self.pair.setEnabled(bool(pairs))

    # Layout

    def _connect(self) -> None:
        self.by.chosen.connect(lambda _key: self._on_by())
        self.unit.chosen.connect(lambda _key: self._on_scope())
        self.pair.chosen.connect(lambda _key: self._on_scope())
        self.filter.changed.connect(lambda _where: self._on_scope())
        self.filter.failed.connect(self.failed)
        self.write_button.clicked.connect(self.write_report)
        self.pages.picked.connect(self.show_page)
        self.quotations.failed.connect(self.failed)
        self.quotations.done.connect(self.done)
        self.quotations.place_opened.connect(self.place_opened)
        self.quotations.coding_wanted.connect(self.coding_wanted)
        self.pictures.failed.connect(self.failed)
        self.pictures.write_wanted.connect(self.write_picture)
        self._reading.failed.connect(self._on_failed)
        self._reading.busy.connect(self._busy.setVisible)
        self._bridge.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        self.write_button.setEnabled(False)
        self._busy.hide()
        self._warning.hide()
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 12)
        head.addWidget(self.pages)
        head.addStretch(1)
        head.addWidget(self._busy)
        column.addLayout(head)
        column.addWidget(rule())
        self._stack.addWidget(self.quotations)
        self._stack.addWidget(self.pictures)
        column.addWidget(self._stack, 1)
        shown = QSplitter(Qt.Orientation.Horizontal)
        shown.setHandleWidth(1)
        shown.setChildrenCollapsible(False)
        shown.addWidget(self._left_pane())
        shown.addWidget(right)
        shown.setStretchFactor(1, 1)
        shown.setSizes([fonts.px(_LEFT), 10_000])
        self._whole.addWidget(shown)
        self._whole.addWidget(self._empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)

    def _left_pane(self) -> QWidget:
        pane = QWidget()
        pane.setObjectName("pane")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        pane.setMinimumWidth(280)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scrolled(), 1)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.format)
        foot.addStretch(1)
        foot.addWidget(self.write_button)
        column.addLayout(foot)
        return pane

    def _scrolled(self) -> QWidget:
        inside = QWidget()
        inside.setObjectName("pane")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(label(_("Report"), size=fonts.TITLE, weight=fonts.SEMIBOLD))
        column.addWidget(self._warning)
        column.addSpacing(4)
        for control in (self.by, self.unit, self.pair):
            column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.filter)
        column.addSpacing(8)
        column.addWidget(label(_("What it will say"), weight=fonts.SEMIBOLD))
        column.addWidget(self._facts)
        column.addSpacing(8)
        column.addWidget(label(_("Left for the author"), weight=fonts.SEMIBOLD))
        column.addWidget(self._left)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("onWindow")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area


class _Warning(QWidget):
    """That nothing is decided yet."""

    def __init__(self) -> None:
        super().__init__()
        self.text = _("Suggested, not reviewed: nothing is decided yet, and the report says so on its first line.")
        self.setAccessibleName(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 0, 0)
        row.addWidget(label(self.text, weight=fonts.MEDIUM, wrap=True))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the sign."""
        painter = QPainter(self)
        draw_icon(painter, "triangle-alert", QRectF(0, 2, 16, 16), tokens().warn)
        painter.end()
