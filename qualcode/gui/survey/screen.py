"""The survey screen: all answers to a question as rows, to be filtered, sorted and coded many at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.panel import CodebookPanel
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.importing.piecewise import change_many
from qualcode.gui.resources import fonts
from qualcode.gui.survey.answer_sheet import AnswerSheet
from qualcode.gui.survey.filter_bar import FilterBar
from qualcode.gui.survey.grid_header import sorting_of
from qualcode.gui.survey.grid_view import GridView
from qualcode.gui.survey.model import AnswersModel
from qualcode.gui.survey.selection_bar import SelectionBar
from qualcode.gui.survey.sheet_reading import SheetReading
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.panes import beside, column_of
from qualcode.gui.widgets.read_only import refusal
from qualcode.i18n import _, ngettext
from qualcode.model.progress import Pieces
from qualcode.model.segment import Span
from qualcode.model.words import shortened

if TYPE_CHECKING:
    from qualcode.store.answers import Asked

_SIDE = 312  # as beside the text that one codes
_SIDE_LEAST = 250
_SIDE_SHARE = 0.213  # of the width: names of codes are not cut at 1280, and the answers keep their measure
_NARROW = 1100  # the tree gives way below it: the picker finds codes too
_LEAST = 900
_BAR_UP = 16
_WORDS = 60  # letters of an answer that stand for it
_ROW_TABLES = frozenset(
    {"document", "case", "question", "survey", "asked_question", "respondent_group", "attribute", "setting"}
)
_CODE_TABLES = frozenset({"segment", "suggestion", "code"})


class SurveyScreen(QWidget):
    """Shows one question at a time.

    Signals:
        failed: an error that the user can act on.
        place_opened: an answer is to be shown in the text: document, span.
        keys_changed: other keys work now.
        done: a sentence that says what was done to several answers.
        memo_wanted: a memo is to be written: what on (a `Subject`), beside what (global), and how that is called.
    """

    failed = Signal(Exception)
    place_opened = Signal(int, object)
    keys_changed = Signal()
    done = Signal(str)
    memo_wanted = Signal(object, QRect, str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._questions: list[Asked] = []
        self._closed_names: list[str] = []
        self._own_closed: list[str] | None = None
        self._touched: list[int] | None = None  # answers that the step which is being made changes
        self._lacks_rows, self._lacks_codes = True, False
        self._model = AnswersModel(bridge, self)
        self._bar = FilterBar(bridge, self)
        self._grid = GridView(bridge, self._model, self)
        self._left = QWidget()
        self._codebook = CodebookPanel(bridge)
        self._selection = SelectionBar(self)
        self._picker = CodePicker(bridge, self)
        self._is_uncoding = False
        self._asked_id = 0  # the question that is shown, or is being read
        self._reading = SheetReading(bridge, self)
        other = _("Other filters may show some.")
        self._empty = Empty("search", _("No answer fits"), other, self._left, does=_("Clear the filters"))
        self._lay_out()
        self._picking = QTimer(self)  # a selection that grows by dragging is counted once
        self._picking.setSingleShot(True)
        self._picking.timeout.connect(self._show_selection)
        self._bar.question_picked.connect(self.show_question)
        self._bar.wanted_changed.connect(self._on_wanted)
        self._bar.closed_picked.connect(self._on_closed_picked)
        self._bar.words.focus_moved.connect(self.keys_changed)
        self._bar.words.returnPressed.connect(self._to_answers)
        self._grid.picked.connect(self._picking.start)
        self._grid.opened.connect(self._open)
        self._grid.sorted_by.connect(lambda section: self._bar.sort_by(sorting_of(self._model, section)))
        self._grid.crossed_out.connect(self._on_crossed_out)
        self._selection.wanted.connect(self.do)
        self._selection.dim_for_reading(bridge.is_read_only)
        self._picker.code_picked.connect(self._on_code_picked)
        self._codebook.code_applied.connect(self.code_selected)
        self._empty.pressed.connect(self._bar.clear)
        self._reading.failed.connect(self.failed)
        bridge.changed.connect(self._on_changed)

    @property
    def grid(self) -> GridView:
        """The rows."""
        return self._grid

    @property
    def model(self) -> AnswersModel:
        """What the rows hold."""
        return self._model

    @property
    def filters(self) -> FilterBar:
        """What stands over the rows."""
        return self._bar

    @property
    def selection_bar(self) -> SelectionBar:
        """What rises when rows are selected."""
        return self._selection

    @property
    def picker(self) -> CodePicker:
        """Where a code is picked."""
        return self._picker

    @property
    def codebook(self) -> CodebookPanel:
        """The tree at the side."""
        return self._codebook

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here now."""
        if self._bar.words.hasFocus():
            return [("Enter", _("to the answers"))]
        if self._grid.n_picked() == 0:
            return [("U", _("next uncoded")), ("↑↓", _("select")), ("Shift ↓", _("extend"))]
        begin = ("U", _("next uncoded")) if self._grid.n_picked() == 1 else (_("letters"), _("find a code"))
        keys = [begin, ("Enter", _("code rows")), ("Shift ↓", _("extend"))]
        if self._has_waiting(self._grid.picked_places()):
            keys.append(("A", _("accept")))
        return keys

    def focus(self) -> None:
        """Puts the keyboard on the rows."""
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_answers(self) -> None:
        if self._model.rowCount() and self._grid.n_picked() == 0:
            self._grid.pick(0)
        self.focus()

    def refresh(self) -> None:
        """Reads what changed since it was last looked at."""
        if self._lacks_rows:
            self._read_questions()
        elif self._lacks_codes:
            self._read_codes(None)

    # Questions

    def show_question(self, question_id: int) -> None:
        """Shows the answers to a question, with the filters that are set."""
        asked = next((each for each in self._questions if each.id == question_id), None)
        if asked is None:
            return
        self._asked_id = question_id
        self._reading.read(asked, self._shown_closed(), self._show_read)

    def _show_read(self, sheet: AnswerSheet) -> None:
        if sheet.asked.id != self._asked_id:  # the survey is gone
            return
        self._bar.offer_groups([each for each in self._bridge.groups if each in sheet.groups])
        self._bar.show_counts(sheet.counts())
        self._offer_closed()
        self._show(sheet)

    def _read_questions(self) -> None:
        survey = self._bridge.project.survey
        self._questions = survey.questions()
        self._closed_names = survey.closed_names()
        self._lacks_rows = self._lacks_codes = False
        if not self._questions:
            self._asked_id = 0
            self._show(None)
            return
        known = {each.id for each in self._questions}
        shown = self._asked_id if self._asked_id in known else self._questions[0].id
        self._bar.offer_questions([(each.id, each.text) for each in self._questions], shown)
        self._bar.offer_codes()
        self.show_question(shown)

    # Columns

    def _shown_closed(self) -> list[str]:
        """The closed answers that were chosen, or as many as have room."""
        if self._own_closed is None:
            return self._closed_names[: self._grid.fitting_closed()]
        return [each for each in self._closed_names if each in self._own_closed]

    def _offer_closed(self) -> None:
        self._bar.offer_closed(self._closed_names, self._shown_closed(), is_own_choice=self._own_closed is not None)

    def _on_closed_picked(self, names: list[str] | None) -> None:
        self._own_closed = names
        self._show_columns()

    def _show_columns(self) -> None:
        if [each.closed for each in self._model.columns if each.closed] != self._shown_closed():
            self._on_wanted()
        self._offer_closed()

    # Filtering

    def _on_wanted(self) -> None:
        current = self._grid.currentIndex()
        row = self._model.row_at(current.row()) if current.isValid() and self._grid.n_picked() == 1 else None
        self._show(self._model.sheet)
        if row is not None and row in self._model.order:
            self._grid.pick(self._model.order.index(row))

    def _show(self, sheet: AnswerSheet | None) -> None:
        self._model.show(sheet, self._shown_closed(), self._bar.wanted, self._bar.sorting)
        is_empty = sheet is not None and self._model.rowCount() == 0
        self._empty.setVisible(is_empty)
        if is_empty:
            self._place_empty()

    def _place_empty(self) -> None:
        head = self._grid.horizontalHeader().height()
        self._empty.setGeometry(self._grid.geometry().adjusted(0, head, 0, 0))
        self._empty.raise_()

    # Coding

    def do(self, action: str) -> None:
        """Does what the bar offers: "code", "uncode", "accept", "reject", "open" or "clear"."""
        places = self._grid.picked_places()
        documents = self._model.documents_at(places)
        if self._bridge.is_read_only and action not in ("clear", "open"):
            self.failed.emit(refusal())
        elif action == "clear":
            self._grid.clearSelection()
            self.focus()
        elif action == "open" and places:
            self._open(self._grid.currentIndex().row() if self._grid.currentIndex().isValid() else places[0])
        elif action == "code" and (n := self._n_answers(places)):
            self._ask_code(n)
        elif action == "uncode" and self._model.sheet is not None:
            self._ask_code_to_take_off(self._model.sheet.codes_on(map(self._model.row_at, places)), len(places))
        elif action in ("accept", "reject") and self._has_waiting(places):
            self._decide(documents, accept=action == "accept")

    def code_selected(self, code_id: int) -> None:
        """Codes the selected answers."""
        documents = self._model.documents_at(self._grid.picked_places())
        if not documents:
            return

        def say(n: int) -> None:
            name = self._bridge.names.get(code_id, "")
            if len(documents) > 1:
                text = ngettext("Coded {n} answer: {code}", "Coded {n} answers: {code}", n).format(n=n, code=name)
                self.done.emit(text)

        self._step(documents, _("Coding"), self._bridge.project.survey.coding(documents, code_id), say)

    def next_uncoded(self) -> None:
        """Selects the next answer without a code."""
        current = self._grid.currentIndex()
        place = self._model.next_uncoded(current.row() if current.isValid() and self._grid.n_picked() else -1)
        if place is not None:
            self._grid.pick(place)
            self.focus()

    def _ask_code(self, n: int, letters: str = "") -> None:
        self._is_uncoding = False
        self.focus()  # where the keyboard comes back to
        action = ngettext("code {n} answer", "code {n} answers", n).format(n=n)
        self._picker.open_at(self._beside_answers(), letters, 0, action)

    def _ask_code_to_take_off(self, given: set[int], n: int) -> None:
        """Asks which of the codes that these answers have; a code that none has is not offered."""
        if not given:
            self.done.emit(ngettext("The selected answer has no code.", "The selected answers have no code.", n))
            return
        self._is_uncoding = True
        self.focus()
        others = {code.id for code in self._bridge.codebook.codes} - given
        action = ngettext("take off {n} answer", "take off {n} answers", n).format(n=n)
        self._picker.open_at(self._beside_answers(), "", 0, action, without=others)

    def _beside_answers(self) -> QRect:
        """Where the picker opens: over the bar, from the codes on, so that the answers can be read."""
        grid, bar = self._grid, self._selection
        codes = grid.columnViewportPosition(len(self._model.columns) - 1)
        left = grid.viewport().mapToGlobal(QPoint(max(0, codes), 0)).x()
        top = bar.mapToGlobal(QPoint(0, 0)).y()
        return QRect(left, top, 10, bar.height())

    def _on_code_picked(self, code_id: int) -> None:
        if self._is_uncoding:
            self._uncode(self._model.documents_at(self._grid.picked_places()), code_id)
        else:
            self.code_selected(code_id)

    def _on_crossed_out(self, place: int, code_id: int) -> None:
        self._uncode(self._model.documents_at([place]), code_id)

    def _uncode(self, documents: list[int], code_id: int) -> None:
        uncoding = self._bridge.project.survey.uncoding(documents, code_id)
        self._step(documents, _("Uncoding"), uncoding, lambda _n: None)

    def _decide(self, documents: list[int], *, accept: bool) -> None:
        def say(n: int) -> None:
            text = ngettext("Rejected {n} suggestion", "Rejected {n} suggestions", n)
            if accept:
                text = ngettext("Accepted {n} suggestion", "Accepted {n} suggestions", n)
            if n > 1:
                self.done.emit(text.format(n=n))

        survey, name = self._bridge.project.survey, _("Accepting") if accept else _("Rejecting")
        self._step(documents, name, survey.deciding(documents, accept=accept), say)

    def _step(self, documents: list[int], name: str, pieces: Pieces[int], then: Callable[[int], object]) -> None:
        """Makes a step that changes these answers only."""
        self._touched = documents
        change_many(self._bridge, name, len(documents), pieces, then, self.failed.emit)
        self._touched = None

    def _open(self, place: int) -> None:
        sheet = self._model.sheet
        if sheet is None:
            return
        row = self._model.row_at(place)
        if sheet.rows.lengths[row]:
            self.place_opened.emit(sheet.rows.document_ids[row], Span(0, sheet.rows.lengths[row]))

    def _n_answers(self, places: list[int]) -> int:
        """How many of some rows are answers that count."""
        sheet = self._model.sheet
        return sum(sheet.rows.counts[self._model.row_at(each)] for each in places) if sheet is not None else 0

    def _has_waiting(self, places: list[int]) -> bool:
        sheet = self._model.sheet
        return sheet is not None and any(sheet.has_waiting(self._model.row_at(each)) for each in places)

    # What changes

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & _ROW_TABLES:
            self._lacks_rows = True
        if tables & _CODE_TABLES:
            self._lacks_codes = self._lacks_codes or self._touched is None or not self.isVisible()
        if "code" in tables:
            self._bar.offer_codes()
            self._grid.delegate.forget()
            if self._model.sheet is not None:
                self._model.sheet.use_code_order([code.id for code in self._bridge.codebook.codes])
        if "memo" in tables:
            self._model.read_memos()
        if not self.isVisible():
            return
        if self._lacks_rows or self._lacks_codes:
            self.refresh()
        elif tables & _CODE_TABLES:
            self._read_codes(self._touched)

    def _read_codes(self, documents: list[int] | None) -> None:
        self._lacks_codes = False
        self._model.read_codes(documents)
        self._grid.codes_changed(documents)
        if self._model.sheet is not None:
            self._bar.show_counts(self._model.sheet.counts())
        self._show_selection()

    def _show_selection(self) -> None:
        n = self._grid.n_picked()
        sheet = self._model.sheet
        if n == 0 or sheet is None:
            self._selection.hide()
            self._grid.set_covered(0)
        else:
            places = self._grid.picked_places()
            self._selection.show_selection(n, self._n_answers(places), has_waiting=self._has_waiting(places))
            self._dock_selection()
        self.keys_changed.emit()

    # Layout

    def _lay_out(self) -> None:
        left = self._left
        left.setObjectName("surface")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._grid, 1)
        self._selection.setParent(left)
        for each in (self._empty, self._selection):
            each.hide()
        self._splitter = beside(left, self._codebook, widths=(0, fonts.px(_SIDE)), stretched=0)
        column_of(self).addWidget(self._splitter)

    def minimumSizeHint(self) -> QSize:
        """What is needed without the tree."""
        return QSize(fonts.px(_LEAST), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way in a narrow window; the bar stays at the bottom."""
        super().resizeEvent(event)
        width = event.size().width()
        self._codebook.setVisible(width >= fonts.px(_NARROW))
        side = min(fonts.px(_SIDE), max(fonts.px(_SIDE_LEAST), round(width * _SIDE_SHARE)))
        if event.oldSize().width() != width:
            self._splitter.setSizes([width - side, side])
            QTimer.singleShot(0, self, self._show_columns)
        if self._empty.isVisible():
            self._place_empty()
        self._dock_selection()

    def _dock_selection(self) -> None:
        if self._selection.isHidden():
            return
        left = self._left
        self._selection.adjustSize()
        width = min(self._selection.width(), left.width() - 16)
        self._selection.setGeometry(
            (left.width() - width) // 2,
            left.height() - self._selection.height() - _BAR_UP,
            width,
            self._selection.height(),
        )
        self._selection.raise_()
        self._grid.set_covered(self._selection.height() + _BAR_UP + 8)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single keys act on the selected rows; the field of the picker has the letters while it is open."""
        if not self._act_on(event):
            super().keyPressEvent(event)

    def _act_on(self, event: QKeyEvent) -> bool:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        key = event.key()
        if self._grid.n_picked() > 1 and self._finds_code(event):
            return True
        if key == Qt.Key.Key_U:
            self.next_uncoded()
            return True
        if key == Qt.Key.Key_M:
            self._ask_memo()
            return True
        if self._grid.n_picked() == 0:
            return False
        actions = {
            Qt.Key.Key_Return: "code",
            Qt.Key.Key_Enter: "code",
            Qt.Key.Key_C: "code",
            Qt.Key.Key_Delete: "uncode",
            Qt.Key.Key_A: "accept",
            Qt.Key.Key_R: "reject",
            Qt.Key.Key_O: "open",
            Qt.Key.Key_Escape: "clear",
        }
        action = actions.get(Qt.Key(key))
        if action is None:
            return self._finds_code(event)
        self.do(action)
        return True

    def _finds_code(self, event: QKeyEvent) -> bool:
        """A letter begins a code for the selected rows, unless it decides on what is suggested for them."""
        letter = event.text()
        if not letter.isalnum() or self._bridge.is_read_only:
            return False
        places = self._grid.picked_places()
        decides = event.key() in (Qt.Key.Key_A, Qt.Key.Key_R) and self._has_waiting(places)
        if decides or not (n := self._n_answers(places)):
            return False
        self._ask_code(n, letter)
        return True

    def _ask_memo(self) -> None:
        """A memo on the answer that the keyboard is on; on the respondent, where there is none."""
        index = self._grid.currentIndex()
        subject = self._model.subject_at(index.row()) if index.isValid() else None
        if subject is None or self._model.sheet is None:
            return
        row = self._grid.visualRect(index)
        ident = self._model.sheet.rows.idents[self._model.row_at(index.row())]
        words = shortened(self._model.text_at(index.row()), _WORDS)
        place = QRect(self._grid.viewport().mapToGlobal(row.topLeft()), row.size())
        self.memo_wanted.emit(subject, place, f"{ident}: {words}" if words else ident)
