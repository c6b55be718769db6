"""An open project: documents, text and codebook side by side; the review; the survey; the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.panel import CodebookPanel
from qualcode.gui.coding.screen import CodingScreen
from qualcode.gui.documents.panel import DocumentsPanel
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.undo_line import UndoLine
from qualcode.model.document import DocumentKind
from qualcode.model.memo import Subject, SubjectKind
from qualcode.model.segment import Segment, Span

if TYPE_CHECKING:
    from qualcode.gui.agreement.screen import AgreementScreen
    from qualcode.gui.analysis.screen import TablesScreen
    from qualcode.gui.find.screen import FindScreen
    from qualcode.gui.history.card import HistoryCard
    from qualcode.gui.memos.card import MemoCard
    from qualcode.gui.memos.screen import MemosScreen
    from qualcode.gui.report.screen import ReportScreen
    from qualcode.gui.respondents.screen import RespondentsScreen
    from qualcode.gui.review.screen import ReviewScreen
    from qualcode.gui.rules.screen import RulesScreen
    from qualcode.gui.survey.screen import SurveyScreen
    from qualcode.project.memos import MemoEntry
    from qualcode.project.reports import Quotation

DOCUMENTS_WIDTH = 256
_NARROW = 1100
CODEBOOK_WIDTH = 312  # names of codes run longer in Norwegian than in the pictures


class _HasKeys(Protocol):
    def working_keys(self) -> list[tuple[str, str]]: ...


class Workbench(QWidget):
    """The screens of a project.

    Signals:
        failed: an error that the user can act on.
        screen_shown: "code", "review", "survey", "tables", "respondents" or "find".
        exported: a file that was written.
        keys_changed: other keys work now.
        rules_wanted: the rules are to be run.
        import_wanted: files are to be brought in.
        undo_wanted: the last step is to be taken back.
        step_wanted: a step of the history to go to, and what is said then.
        work_wanted: a `Job` that is to be run.
        change_wanted: a `Job` that changes the project.
    """

    failed = Signal(Exception)
    screen_shown = Signal(str)
    exported = Signal(str)
    keys_changed = Signal()
    rules_wanted = Signal()
    import_wanted = Signal()
    undo_wanted = Signal()
    step_wanted = Signal(int, str)
    work_wanted = Signal(object)
    change_wanted = Signal(object)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        # Each part is made inside what holds it: a widget that moves to another parent has its style worked out anew.
        self._screens = QStackedWidget(self)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self._screens)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self.documents = DocumentsPanel(bridge, self._splitter)
        self.coding = CodingScreen(bridge, self._splitter)
        self.codebook = CodebookPanel(bridge, self._splitter)
        self._review: ReviewScreen | None = None
        self._text_size: int | None = None
        self._tables: TablesScreen | None = None
        self._survey: SurveyScreen | None = None
        self._respondents: RespondentsScreen | None = None
        self._rules: RulesScreen | None = None
        self._agreement: AgreementScreen | None = None
        self._report: ReportScreen | None = None
        self._search: FindScreen | None = None
        self._memos: MemosScreen | None = None
        self._memo_card: MemoCard | None = None
        self._history: HistoryCard | None = None
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([fonts.px(DOCUMENTS_WIDTH), 10_000, fonts.px(CODEBOOK_WIDTH)])
        self._screens.addWidget(self._splitter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._screens)
        self.coding.shown.find_reading = self.documents.model.reading_keyed
        self.documents.reading_picked.connect(self.coding.show_reading)
        self.codebook.code_picked.connect(self.coding.set_code_in_focus)
        self.codebook.code_applied.connect(self.coding.apply_code)
        self._wire_codebook(self.codebook)
        self.undo_line = UndoLine(self)
        self.undo_line.keep_clear(self.coding.card)
        self.undo_line.undo_wanted.connect(self.undo_wanted)
        for panel in (self.codebook, self.coding):
            panel.done.connect(self.undo_line.tell)
            panel.memo_wanted.connect(self.write_memo)
            panel.failed.connect(self.failed)
        self.coding.hinted.connect(lambda sentence: self.undo_line.tell(sentence, can_undo=False))
        self.coding.segment_wanted.connect(self._on_segment_wanted)
        self.coding.code_touched.connect(self.codebook.show_code)
        self.coding.import_wanted.connect(self.import_wanted)
        self.coding.keys_changed.connect(self.keys_changed)
        self.codebook.tree.focus_moved.connect(self.keys_changed)
        bridge.changed.connect(self._on_changed)
        self._show_first()

    @property
    def screen_name(self) -> str:
        """Which screen is shown."""
        shown = self._screens.currentWidget()
        return next((name for name, screen in self._made().items() if screen is shown), "code")

    def _made(self) -> dict[str, QWidget | None]:
        """The screens by name; None for one that nobody has looked at yet."""
        first: dict[str, QWidget | None] = {"code": self._splitter, "review": self._review, "tables": self._tables}
        first |= {"survey": self._survey, "respondents": self._respondents, "agreement": self._agreement}
        return first | {"report": self._report, "find": self._search, "memos": self._memos, "rules": self._rules}

    def make_ahead(self) -> bool:
        """Makes one of the screens that nobody has looked at yet, for when somebody does; whether there was one."""
        for name, screen in self._made().items():
            if screen is None and name != "rules" and (name != "survey" or self.has_survey):
                getattr(self, "search" if name == "find" else name)
                return True
        return False

    @property
    def review(self) -> ReviewScreen:
        """The suggestions one by one; made when it is first looked at."""
        if self._review is None:
            from qualcode.gui.review.screen import ReviewScreen

            self._review = ReviewScreen(self.bridge, lambda: self.documents.model.readings)
            self._review.failed.connect(self.failed)
            self._review.done.connect(self.undo_line.tell)
            self._review.keys_changed.connect(self.keys_changed)
            self._review.place_opened.connect(self._on_place_opened)
            self._review.tables_wanted.connect(lambda: self.show_screen("tables"))
            self._review.rules_wanted.connect(self.rules_wanted)
            self._review.rules_of_wanted.connect(self.edit_rules)
            self._review.undo_wanted.connect(self.undo_wanted)
            self._review.making.work_wanted.connect(self.change_wanted)
            if self._text_size is not None:
                self._review.text.set_text_size(self._text_size)
            self._screens.addWidget(self._review)
        return self._review

    @property
    def rules(self) -> RulesScreen:
        """Where the rules of a code are edited; made when it is first asked for."""
        if self._rules is None:
            from qualcode.gui.rules.screen import RulesScreen

            self._rules = RulesScreen(self.bridge)
            self._rules.closed.connect(lambda: self.show_screen(self._before_rules))
            self._rules.used.connect(self.rules_wanted)
            self._take(self._rules)
        return self._rules

    @property
    def agreement(self) -> AgreementScreen:
        """Coders beside each other; made when it is first looked at."""
        if self._agreement is None:
            from qualcode.gui.agreement.screen import AgreementScreen

            self._agreement = AgreementScreen(self.bridge)
            self._take(self._agreement)
        return self._agreement

    @property
    def report(self) -> ReportScreen:
        """The report; made when it is first asked for."""
        if self._report is None:
            from qualcode.gui.report.screen import ReportScreen

            self._report = ReportScreen(self.bridge)
            self._report.coding_wanted.connect(lambda: self.show_screen("code"))
            self._report.work_wanted.connect(self.work_wanted)
            self._take(self._report)
        return self._report

    def _wire_codebook(self, codebook: CodebookPanel) -> None:
        """What is asked of a code leads to other screens."""
        codebook.rules_wanted.connect(self.edit_rules)
        codebook.quotations_wanted.connect(self.show_quotations)

    def _take(self, screen: QWidget) -> None:
        """Takes a new screen in, and passes on what screens have in common."""
        common = {"failed": self.failed, "keys_changed": self.keys_changed, "done": self.undo_line.tell}
        for name, told in {**common, "place_opened": self._on_place_opened}.items():
            if hasattr(screen, name):
                getattr(screen, name).connect(told)
        self._screens.addWidget(screen)

    def edit_rules(self, code_id: int) -> None:
        """Shows the rules of a code as text, with what they find."""
        self._before_rules = self.screen_name if self.screen_name in ("review", "survey") else "code"
        self.rules.show_code(code_id)
        self._screens.setCurrentWidget(self.rules)
        self.rules.focus()
        self.screen_shown.emit(self.screen_name)
        self.keys_changed.emit()

    def show_quotations(self, code_id: int) -> None:
        """Shows the quotations of a code and of those below it, beside the table of themes."""
        code = self.bridge.code(code_id)
        if code is not None:
            self.show_screen("tables")
            self.tables.show_page("themes")
            self.tables.themes.open_theme(code.key)

    @property
    def has_survey(self) -> bool:
        """Whether there are answers to show as rows."""
        return any(reading.kind is DocumentKind.ANSWER for reading in self.documents.model.readings)

    @property
    def tables(self) -> TablesScreen:
        """The tables; made when they are first looked at, for making them takes as long as showing a text."""
        if self._tables is None:
            from qualcode.gui.analysis.screen import TablesScreen

            self._tables = TablesScreen(self.bridge)
            self._tables.failed.connect(self.failed)
            self._tables.exported.connect(self.exported)
            self._tables.keys_changed.connect(self.keys_changed)
            self._tables.work_wanted.connect(self.work_wanted)
            self._tables.import_wanted.connect(self.import_wanted)
            self._tables.done.connect(lambda sentence: self.undo_line.tell(sentence, can_undo=False))
            self._tables.chosen.connect(self.undo_line.tell)
            self._tables.quotation_opened.connect(self._on_quotation_opened)
            self._screens.addWidget(self._tables)
        return self._tables

    @property
    def survey(self) -> SurveyScreen:
        """The grid; made when it is first looked at, for many a project has no survey."""
        if self._survey is None:
            from qualcode.gui.survey.screen import SurveyScreen

            self._survey = SurveyScreen(self.bridge)
            self._survey.keys_changed.connect(self.keys_changed)
            self._survey.place_opened.connect(self._on_place_opened)
            self.undo_line.keep_clear(self._survey.selection_bar)
            self._wire_codebook(self._survey.codebook)
            for panel in (self._survey, self._survey.codebook):
                panel.done.connect(self.undo_line.tell)
                panel.memo_wanted.connect(self.write_memo)
                panel.failed.connect(self.failed)
            self._screens.addWidget(self._survey)
        return self._survey

    @property
    def respondents(self) -> RespondentsScreen:
        """Who is in the study; made when it is first looked at."""
        if self._respondents is None:
            from qualcode.gui.respondents.screen import RespondentsScreen

            self._respondents = RespondentsScreen(self.bridge)
            self._respondents.import_wanted.connect(self.import_wanted)
            self._respondents.exported.connect(self.exported)
            self._respondents.covered.connect(self.undo_line.hide)
            self._respondents.memo_wanted.connect(self.write_memo)
            self._take(self._respondents)
        return self._respondents

    @property
    def search(self) -> FindScreen:
        """The search; made when it is first asked for."""
        if self._search is None:
            from qualcode.gui.find.screen import FindScreen

            self._search = FindScreen(self.bridge)
            self._search.code_opened.connect(self._on_code_opened)
            self._search.memo_opened.connect(self._on_memo_opened)
            self._search.found_changed.connect(self._on_found_changed)
            self._take(self._search)
        return self._search

    @property
    def memos(self) -> MemosScreen:
        """All memos; made when they are first looked at."""
        if self._memos is None:
            from qualcode.gui.memos.screen import MemosScreen

            self._memos = MemosScreen(self.bridge)
            self._memos.subject_opened.connect(self._on_subject_opened)
            self._take(self._memos)
        return self._memos

    @property
    def memo_card(self) -> MemoCard:
        """What pops up beside that which a memo is on."""
        if self._memo_card is None:
            from qualcode.gui.memos.card import MemoCard

            self._memo_card = MemoCard(self.bridge, self)
            self._memo_card.failed.connect(self.failed)
        return self._memo_card

    @property
    def history(self) -> HistoryCard:
        """All steps, with a way back to each."""
        if self._history is None:
            from qualcode.gui.history.card import HistoryCard

            self._history = HistoryCard(self.bridge, self)
            self._history.go_wanted.connect(self.step_wanted)
        return self._history

    def write_memo(self, subject: Subject, beside: QRect, name: str) -> None:
        """Opens the memos on something beside it (in global coordinates)."""
        self.memo_card.open_at(beside, subject, name)

    def go_to_found(self, *, back: bool = False) -> None:
        """Opens the next place that the search found, or the one before; the search itself, if it found nothing."""
        if self._search is None or self._search.found is None:
            self.show_screen("find")
        else:
            self._search.go_on(back=back)

    def show_screen(self, name: str) -> None:
        """Shows "code", "review", "survey", "tables", "respondents" or "find"."""
        if name == "survey" and self.has_survey:
            self._screens.setCurrentWidget(self.survey)
            self.survey.refresh()
            self.survey.focus()
        elif name == "review":
            self._screens.setCurrentWidget(self.review)
            self.review.refresh()
            self.review.focus()
        elif name == "agreement":
            self._screens.setCurrentWidget(self.agreement)
            self.agreement.refresh()
            self.agreement.focus()
        elif name == "report":
            self._screens.setCurrentWidget(self.report)
            self.report.refresh()
            self.report.focus()
        elif name == "tables":
            self.tables.refresh()
            self._screens.setCurrentWidget(self.tables)
            self.tables.focus()
        elif name == "respondents":
            self._screens.setCurrentWidget(self.respondents)
            self.respondents.refresh()
            self.respondents.focus()
        elif name == "memos":
            self._screens.setCurrentWidget(self.memos)
            self.memos.focus()
        elif name == "find":
            self._screens.setCurrentWidget(self.search)
            self.search.focus()
        else:
            self._screens.setCurrentWidget(self._splitter)
            self.coding.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.screen_shown.emit(self.screen_name)

    def show_again(self) -> None:
        """Gives the keyboard back to the screen that was shown before something else was."""
        if self.screen_name != "rules":
            self.show_screen(self.screen_name)

    def find_code(self) -> None:
        """Puts the keyboard where a code is looked for."""
        self.show_screen("code")
        self.codebook.find_code()

    def ask_codebook(self, wanted: str) -> None:
        """Asks the codebook for something that it does beside the text: "add" or "add_below"."""
        self.show_screen("code")
        self.codebook.ask(wanted)

    def set_text_size(self, size: int) -> None:
        """Larger or smaller texts, in pixels."""
        self._text_size = size
        self.coding.view.set_text_size(size)
        if self._review is not None:
            self._review.text.set_text_size(size)

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something on the screen that is shown."""
        screens: dict[str, _HasKeys | None] = {"code": self.coding, "rules": self._rules, "review": self._review}
        screens |= {"agreement": self._agreement, "report": self._report, "survey": self._survey}
        screens |= {"respondents": self._respondents, "memos": self._memos, "find": self._search}
        in_tree = self.codebook.working_keys() if self.screen_name == "code" else []
        return in_tree or (screens.get(self.screen_name) or self.tables).working_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the panels give way to the text."""
        super().resizeEvent(event)
        self.undo_line.place()
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
        """What was done is not the last step any longer; documents may be gone, or back again."""
        self.undo_line.hide()
        if "document" not in tables:
            return
        if self.screen_name == "survey" and not self.has_survey:
            self.show_screen("code")
        shown = self.coding.reading
        if shown is None or shown.key not in {reading.key for reading in self.documents.model.readings}:
            self._show_first()

    def _show_first(self) -> None:
        if not self.documents.model.readings:
            self.coding.show_nothing()
        self.documents.pick_first()

    def _on_segment_wanted(self, segment: Segment) -> None:
        reading = self.documents.model.reading_of_document(segment.document_id)
        if reading is not None:
            self.documents.pick(reading.key)
            self.coding.show_segment(segment)

    def _on_quotation_opened(self, quotation: Quotation) -> None:
        self._on_place_opened(quotation.document_id, Span(quotation.start, quotation.end))

    def _on_place_opened(self, document_id: int, span: Span) -> None:
        reading = self.documents.model.reading_of_document(document_id)
        if reading is None:
            return
        self.show_screen("code")
        self.documents.pick(reading.key)
        self.coding.show_span(document_id, span)

    def _on_code_opened(self, code_id: int) -> None:
        self.show_screen("code")
        self.codebook.show_code(code_id)

    def _on_memo_opened(self, memo_id: int) -> None:
        self.show_screen("memos")
        self.memos.show_memo(memo_id)

    def _on_subject_opened(self, entry: MemoEntry) -> None:
        kind = entry.memo.subject.kind
        if kind is SubjectKind.CODE:
            self._on_code_opened(entry.memo.subject.id)
        elif entry.document_id is not None:
            self._on_place_opened(entry.document_id, entry.span or Span(0, 1))

    def _on_found_changed(self) -> None:
        if self._search is not None:
            self.coding.view.set_found(self._search.places())
