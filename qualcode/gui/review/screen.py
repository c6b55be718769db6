"""The review screen: the queue at the left, one suggestion large in the middle, its rule's record at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.documents.reading import Reading
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.review import extent
from qualcode.gui.review.answer_keys import answer_of
from qualcode.gui.review.decision_card import Mode
from qualcode.gui.review.learning_sheet import LearningSheet
from qualcode.gui.review.places import Places
from qualcode.gui.review.queue_model import Order, QueueModel
from qualcode.gui.review.queue_panel import QueuePanel
from qualcode.gui.review.record_panel import RecordPanel
from qualcode.gui.review.sentence_pane import SentencePane
from qualcode.gui.review.suggestion_words import like_sentences, place_of, said_of
from qualcode.gui.widgets.panes import beside
from qualcode.gui.widgets.read_only import refusal
from qualcode.i18n import _
from qualcode.model.segment import Span
from qualcode.model.suggestion import Suggestion

_QUEUE_WIDTH = 330
_RECORD_WIDTH = 300
_NARROW = 1360  # width of the screen below which the sides give way
_WITHOUT_RECORD = 1180  # and below which the record is told by a tooltip only
_BEFORE, _AFTER = 3, 4
_EDGES = {
    "end_out": (extent.with_end, True),
    "end_in": (extent.with_end, False),
    "start_in": (extent.with_start, True),
    "start_out": (extent.with_start, False),
}
_QUEUE_TABLES = frozenset({"suggestion", "decision"})
_PLACE_TABLES = frozenset({"document", "case", "session", "question", "survey", "speaker", "respondent_group"})
_NAME_TABLES = _PLACE_TABLES | {"code", "setting"}  # with these, suggestions may also be others under the same ids
_READS = frozenset({"skip", "next", "previous", "open", "leave", "rules"})
"""Answers that change nothing."""


class ReviewScreen(QWidget):
    """Goes through the suggestions one by one.

    Signals:
        failed: an error that the user can act on.
        place_opened: a document's id and a span that is to be shown in its text.
        tables_wanted: all is reviewed, the tables are next.
        rules_wanted: the rules are to be run.
        rules_of_wanted: the rules of a code, by its id, are to be changed.
        undo_wanted: the last step is to be taken back.
        keys_changed: other keys work now.
        done: what was done that can be undone, in a sentence.
    """

    failed = Signal(Exception)
    done = Signal(str)
    place_opened = Signal(int, object)
    tables_wanted = Signal()
    rules_wanted = Signal()
    rules_of_wanted = Signal(int)
    undo_wanted = Signal()
    keys_changed = Signal()

    def __init__(
        self, bridge: ProjectBridge, readings: Callable[[], Sequence[Reading]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._review = bridge.project.review
        self._places = Places(bridge.project, readings)
        self.model = QueueModel(bridge, self._places, self)
        self.panel = QueuePanel(bridge, self._places, self.model)
        self._middle = SentencePane()
        self.card, self.text, self.empty = self._middle.card, self._middle.text, self._middle.empty
        self.record = RecordPanel(bridge)
        self.picker = CodePicker(bridge, self)
        self.making = LearningSheet(bridge, self)
        self._current: Suggestion | None = None
        self._deciding: int | None = None
        self._is_outdated = True
        self._is_coded_otherwise = False  # what the card says of the words' codes is not true any longer
        self._has_new_places = self._is_renamed = False
        self._has_room = True
        self._n_all = 0
        self._lay_out()
        self.panel.suggestion_picked.connect(self._show)
        self.panel.order_picked.connect(self._on_order_picked)
        self.panel.making_wanted.connect(self.making.pop_up)
        self.making.failed.connect(self.failed)
        self.making.told.connect(self.done)
        self.making.ranked.connect(self.model.rank)
        self.making.place_picked.connect(self.place_opened)
        self.card.answered.connect(self.answer)
        self.card.reason_given.connect(self._on_reason_given)
        self.text.extent_dragged.connect(self._on_extent_dragged)
        self._middle.open_button.clicked.connect(lambda: self.answer("open"))
        self.empty.tables_wanted.connect(self.tables_wanted)
        self.empty.rules_wanted.connect(self.rules_wanted)
        self.record.undo_wanted.connect(self.undo_wanted)
        self.record.rules_wanted.connect(lambda: self.answer("rules"))
        self.picker.code_picked.connect(self._on_code_picked)
        for part in (self.card, self.empty, self.record, self.making):
            part.dim_for_reading(bridge.is_read_only)
        bridge.changed.connect(self._on_changed)

    # What can be asked of it

    @property
    def current(self) -> Suggestion | None:
        """The suggestion under review."""
        return self._current

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here now."""
        if self._current is None:
            return []
        if self.card.mode is Mode.EXTENT:
            return [("← →", _("end")), ("Alt ← →", _("beginning")), ("Enter", _("accept")), ("Esc", _("cancel"))]
        if self.card.mode is Mode.REASON:
            return [("Enter", _("reject")), ("Esc", _("cancel"))]
        return [("J", _("next")), ("K", _("previous")), ("O", _("open in text")), ("Ctrl E", _("rules"))]

    def refresh(self) -> None:
        """Takes over what changed while the screen was hidden."""
        if not self._is_outdated:
            if self._is_coded_otherwise:
                self._show_again()
            return
        self._is_outdated = False
        self._read_queue()
        self._show_again()

    def _read_queue(self) -> list[int]:
        """What waits now; built anew only where names or order may be others."""
        if self._has_new_places:
            self._places.forget()
        is_renamed = self._is_renamed
        self._has_new_places = self._is_renamed = False
        return self.model.read(is_renamed=is_renamed)

    def focus(self) -> None:
        """Puts the keyboard where it belongs."""
        self.panel.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Answers

    def answer(self, verdict: str) -> None:
        """Does what the coder answers: accept, recode, extent, reject, skip, next, previous, open, and their like."""
        current = self._current
        if current is None:
            return
        if self._bridge.is_read_only and verdict not in _READS:
            self.failed.emit(refusal())
        elif verdict == "accept":
            self._decide(lambda: self._review.accept([current.id]))
        elif verdict == "reject":
            self._decide(lambda: self._review.reject([current.id]))
        elif verdict == "reason":
            self._offer(Mode.REASON)
        elif verdict == "recode":
            place = self.text.sentence_place().toAlignedRect()  # the sentence is what one thinks about
            place.moveTo(self.text.viewport().mapToGlobal(place.topLeft()))
            self.picker.open_at(place, "", 0, _("another code"))
        elif verdict == "extent":
            self.text.change_extent(current.span)
            self._offer(Mode.EXTENT)
        elif verdict in _EDGES:
            self._move_edge(*_EDGES[verdict])
        elif verdict == "accept_extent":
            self._accept_changed(current, span=self.text.span)
        elif verdict == "leave":
            self.text.change_extent(current.span, is_changing=False)
            self._offer(Mode.ANSWERS)
        elif verdict == "skip":
            self._skip(current.id)
        elif verdict == "keep":
            self._keep_own(current)
        elif verdict in ("next", "previous"):
            self._show(self.model.beside(current.id, back=verdict == "previous"))
        elif verdict == "open":
            self.place_opened.emit(current.document_id, current.span)
        elif verdict == "rules":
            self.rules_of_wanted.emit(current.code_id)

    def _skip(self, suggestion_id: int) -> None:
        following = self.model.after(suggestion_id)
        self.model.skip(suggestion_id)
        if following is not None:
            self._show(following)

    def _accept_changed(self, current: Suggestion, *, span: Span | None = None, code_id: int | None = None) -> None:
        """Accepts with another extent or code; as it is, where that is no other."""
        if span in (None, current.span) and code_id in (None, current.code_id):
            self._decide(lambda: self._review.accept([current.id]))
        else:
            self._decide(lambda: self._review.accept_as(current.id, span=span, code_id=code_id))

    def _keep_own(self, current: Suggestion) -> None:
        """The coder's own quotation of that code, on other words, stands for the suggestion; none is added."""
        already = self._review.coded_already(current)
        if already.own is not None:
            self._accept_changed(current, span=already.own.span)

    def _on_reason_given(self, reason: str) -> None:
        current = self._current
        if current is not None:
            self._decide(lambda: self._review.reject([current.id], reason))

    def _on_code_picked(self, code_id: int) -> None:
        if self._current is not None:
            self._accept_changed(self._current, code_id=code_id)

    def _decide(self, decision: Callable[[], object]) -> None:
        """Writes a decision, then shows the next; nothing but the row that goes is built anew."""
        current = self._current
        if current is None:
            return
        following = self.model.after(current.id)
        self._deciding = current.id
        try:
            decision()
        except QualcodeError as error:
            self.failed.emit(error)
            self._deciding = None
            self.model.read()
            self._show_again()
            return
        self._deciding = None
        if following is not None:
            self.panel.view.show_suggestion(following)
        self.model.remove(current.id)
        self._show(following)
        self._show_decided()

    def _offer(self, mode: Mode) -> None:
        self.card.offer(mode)
        if mode is not Mode.REASON:
            self.focus()
        self._middle.dock()
        self.keys_changed.emit()

    # The extent

    def _on_extent_dragged(self, span: Span) -> None:
        if self._current is None:
            return
        if self.card.mode is not Mode.EXTENT:
            self._offer(Mode.EXTENT)
        self.text.change_extent(span)

    def _move_edge(self, move: Callable[..., Span], forward: bool) -> None:
        current = self._current
        block = self._places.block(current.document_id, current.span.start) if current is not None else None
        if block is None:
            return
        shown = self.text.span
        within = Span(max(0, shown.start - block.start), max(1, shown.end - block.start))
        moved = move(block.text, within, forward=forward)
        self.text.change_extent(Span(moved.start + block.start, moved.end + block.start))

    # What is shown

    def _show(self, suggestion_id: int | None) -> None:
        """Shows a suggestion; None says that nothing waits."""
        suggestion = self._review.get(suggestion_id) if suggestion_id is not None else None
        around = None
        if suggestion is not None:
            around = self._places.around(suggestion.document_id, suggestion.span, before=_BEFORE, after=_AFTER)
        if suggestion is None or around is None:
            self._show_nothing()
            return
        self._current = suggestion
        self._middle.show_text()
        self.panel.view.show_suggestion(suggestion.id)
        look = self._bridge.looks.get(suggestion.code_id, NO_LOOK)
        self.text.show_suggestion(around, suggestion.span, suggestion.evidence_spans, look, self._bridge.groups)
        self.card.show_suggestion(said_of(suggestion, self._bridge))
        words = self._places.words(suggestion.document_id, suggestion.span.start, suggestion.span.end)
        sentences, is_reason = like_sentences(suggestion, self._bridge)
        self._middle.look_for_nearest(sentences, words, is_reason=is_reason)
        self._show_place(suggestion)
        self.record.show_code(suggestion.code_id)
        self._show_record(suggestion)
        self._middle.dock()
        self._show_progress()
        self.keys_changed.emit()

    def _show_nothing(self) -> None:
        self._current = None
        self.text.clear()
        self._middle.show_empty(self._n_all > 0)
        self.record.setVisible(False)
        self._show_progress()
        self.keys_changed.emit()

    def _show_again(self, wanted: int | None = None) -> None:
        """Shows what is current, or what came back, or the first."""
        self._is_coded_otherwise = False
        self._n_all = self._review.n_all()
        if wanted is None and self._current is not None and self.model.waiting(self._current.id) is not None:
            wanted = self._current.id
        self._show(wanted if wanted is not None else self.model.first())
        self._show_decided()

    def _show_progress(self) -> None:
        self.panel.show_progress(self.model.n_waiting, max(self._n_all, self.model.n_waiting))

    def _show_place(self, suggestion: Suggestion) -> None:
        self._middle.show_place(*place_of(suggestion, self._places, self.model))

    def _show_record(self, suggestion: Suggestion) -> None:
        self.record.setVisible(self._has_room)
        self.record.show_rules_of(suggestion)
        self.card.say_record(self.record.sentence)

    def _show_decided(self) -> None:
        self.record.show_last_decisions(self._places)

    # Notices

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & _PLACE_TABLES:
            self._has_new_places = True
        if self._deciding is not None:
            return
        if not tables & (_QUEUE_TABLES | _NAME_TABLES):
            self._is_coded_otherwise |= "segment" in tables
            if self._is_coded_otherwise and self.isVisible():
                self._show_again()
            return
        was_outdated, self._is_outdated = self._is_outdated, True
        self._is_renamed |= bool(tables & _NAME_TABLES)
        if not self.isVisible():
            return
        self._is_outdated = False
        only_decided = "decision" in tables and not was_outdated and not self._is_renamed
        following = self.model.after(self._current.id) if self._current is not None else None
        came = self.model.read_decided() if only_decided else self._read_queue()
        if came and only_decided:  # a decision was taken back: what it was about is shown
            self._show_again(came[0])
        elif self._current is None or self.model.waiting(self._current.id) is not None:
            self._show_again()
        else:
            is_left = following is not None and self.model.waiting(following) is not None
            self._show_again(following if is_left else None)

    def _on_order_picked(self, order: Order) -> None:
        self.model.sort_by(order)
        if order in (Order.SCORE, Order.USEFUL):  # whoever asks for the best first wants to begin with it
            self._show(self.model.first())
        elif self._current is not None:
            self.panel.view.show_suggestion(self._current.id)
            self._show_place(self._current)
        self.focus()

    # Layout and Qt's events

    def _lay_out(self) -> None:
        self._splitter = beside(self.panel, self._middle, self.record, widths=self._widths(), stretched=1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.addWidget(self._splitter)

    def _widths(self) -> tuple[int, int, int]:
        less = 40 if self.width() < fonts.px(_NARROW) else 0
        return fonts.px(_QUEUE_WIDTH - less), 10_000, fonts.px(_RECORD_WIDTH - less)

    def minimumSizeHint(self) -> QSize:
        """Queue and text; the record is left out where there is no room."""
        return QSize(self.panel.minimumWidth() + 1 + self._middle.minimumWidth(), 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sides give way in a narrow window."""
        super().resizeEvent(event)
        self._has_room = event.size().width() >= fonts.px(_WITHOUT_RECORD)
        self.record.setVisible(self._has_room and self._current is not None)
        narrow = fonts.px(_NARROW)
        if (event.oldSize().width() < narrow) is not (event.size().width() < narrow):
            self._splitter.setSizes(list(self._widths()))

    def showEvent(self, event: QShowEvent) -> None:
        """Takes over what changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single keys answer; while the extent is changed the arrows move its edges."""
        verdict = answer_of(event, self.card.mode) if self._current is not None else None
        if verdict is None:
            super().keyPressEvent(event)
        elif verdict:
            self.answer(verdict)
