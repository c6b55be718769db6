"""The review screen: the queue at the left, one suggestion large in the middle, its rule's record at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import clock
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.documents.reading import Reading
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.resources.theme import colour, tokens
from qualcode.gui.review import extent
from qualcode.gui.review.context_view import ContextView
from qualcode.gui.review.decision_card import DecisionCard, Mode, Shown, capped_button
from qualcode.gui.review.empty import EmptyQueue
from qualcode.gui.review.learning_sheet import LearningSheet
from qualcode.gui.review.places import Places
from qualcode.gui.review.queue_model import Order, QueueModel
from qualcode.gui.review.queue_panel import QueuePanel
from qualcode.gui.review.record_panel import RecordPanel
from qualcode.gui.review.rule_words import Piece, conditions_in_words, rule_in_words
from qualcode.gui.widgets.controls import ElidedLabel
from qualcode.i18n import _
from qualcode.model.codebook import MatchRule
from qualcode.model.segment import Span
from qualcode.model.suggestion import Status, Suggestion

if TYPE_CHECKING:
    from qualcode.project.review import ReviewActions

_HEADER = 44
_QUEUE_WIDTH = 330
_RECORD_WIDTH = 300
_NARROW = 1360  # width of the screen below which the sides give way
_WITHOUT_RECORD = 1180  # and below which the record is told by a tooltip only
_BEFORE, _AFTER = 3, 4
_CARD_WIDEST = 760
_MARGIN = 24
_SHADOW = 0.008  # of one of the layers that make the shadow
_SHADOW_WIDTH, _SHADOW_DOWN = 11, 4
_JUST_DECIDED = 3
_QUEUE_TABLES = frozenset({"suggestion", "decision"})
_OTHER_TABLES = frozenset({"code", "document"})  # with these, suggestions may be others under the same ids
_PLACE_TABLES = frozenset({"document", "case", "session", "question", "survey", "speaker", "respondent_group"})


class ReviewScreen(QWidget):
    """Goes through the suggestions one by one.

    Signals:
        failed: an error that the user can act on.
        place_opened: a document's id and a span that is to be shown in its text.
        tables_wanted: all is reviewed, the tables are next.
        rules_wanted: the rules are to be run.
        undo_wanted: the last step is to be taken back.
        keys_changed: other keys work now.
        done: what was done that can be undone, in a sentence.
    """

    failed = Signal(Exception)
    done = Signal(str)
    place_opened = Signal(int, object)
    tables_wanted = Signal()
    rules_wanted = Signal()
    undo_wanted = Signal()
    keys_changed = Signal()

    def __init__(
        self, bridge: ProjectBridge, readings: Callable[[], Sequence[Reading]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._readings = readings
        self._places = Places(bridge.project, readings)
        self._model = QueueModel(bridge, self._places, self)
        self._panel = QueuePanel(bridge, self._places, self._model)
        self._middle = _Middle(bridge)
        self._record = RecordPanel(bridge)
        self._picker = CodePicker(bridge, self)
        self._making = LearningSheet(bridge, self)
        self._current: Suggestion | None = None
        self._deciding: int | None = None
        self._is_outdated = True
        self._has_new_places = False
        self._has_room = True
        self._n_all = 0
        self._lay_out()
        self._panel.suggestion_picked.connect(self._show)
        self._panel.order_picked.connect(self._on_order_picked)
        self._panel.making_wanted.connect(self._making.pop_up)
        self._making.failed.connect(self.failed)
        self._making.told.connect(self.done)
        self._making.ranked.connect(self._model.rank)
        self._middle.card.answered.connect(self.answer)
        self._middle.card.reason_given.connect(self._on_reason_given)
        self._middle.text.extent_dragged.connect(self._on_extent_dragged)
        self._middle.open_button.clicked.connect(lambda: self.answer("open"))
        self._middle.empty.tables_wanted.connect(self.tables_wanted)
        self._middle.empty.rules_wanted.connect(self.rules_wanted)
        self._record.undo_wanted.connect(self.undo_wanted)
        self._picker.code_picked.connect(self._on_code_picked)
        bridge.changed.connect(self._on_changed)

    # What can be asked of it

    @property
    def model(self) -> QueueModel:
        """The queue."""
        return self._model

    @property
    def panel(self) -> QueuePanel:
        """The left side."""
        return self._panel

    @property
    def card(self) -> DecisionCard:
        """The answers."""
        return self._middle.card

    @property
    def text(self) -> ContextView:
        """The sentence."""
        return self._middle.text

    @property
    def record(self) -> RecordPanel:
        """The right side."""
        return self._record

    @property
    def picker(self) -> CodePicker:
        """Where another code is picked."""
        return self._picker

    @property
    def making(self) -> LearningSheet:
        """How suggestions are made."""
        return self._making

    @property
    def empty(self) -> EmptyQueue:
        """What is shown when nothing waits."""
        return self._middle.empty

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
        return [("J", _("next")), ("K", _("previous")), ("O", _("open in text"))]

    def refresh(self) -> None:
        """Takes over what changed while the screen was hidden."""
        if not self._is_outdated:
            return
        self._is_outdated = False
        if self._has_new_places:
            self._places.forget()
            self._has_new_places = False
        self._model.read()
        self._show_again()

    def focus(self) -> None:
        """Puts the keyboard where it belongs."""
        self._panel.view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Answers

    def answer(self, verdict: str) -> None:
        """Does what the coder answers: accept, recode, extent, reject, skip, next, previous, open, and their like."""
        current = self._current
        if current is None:
            return
        review = self._bridge.project.review
        if verdict == "accept":
            self._decide(lambda: review.accept([current.id]))
        elif verdict == "reject":
            self._decide(lambda: review.reject([current.id]))
        elif verdict == "reason":
            self._offer(Mode.REASON)
        elif verdict == "recode":
            card = self.card
            corner = card.mapToGlobal(QPoint(24, 0))
            self._picker.open_at(QRect(corner, card.size()), "", 0, _("another code"))
        elif verdict == "extent":
            self.text.change_extent(current.span)
            self._offer(Mode.EXTENT)
        elif verdict == "accept_extent":
            self._accept_extent()
        elif verdict == "leave":
            self.text.change_extent(current.span, is_changing=False)
            self._offer(Mode.ANSWERS)
        elif verdict == "skip":
            self._skip(current.id)
        elif verdict in ("next", "previous"):
            self._show(self._model.beside(current.id, back=verdict == "previous"))
        elif verdict == "open":
            self.place_opened.emit(current.document_id, current.span)

    def _skip(self, suggestion_id: int) -> None:
        following = self._model.after(suggestion_id)
        self._model.skip(suggestion_id)
        if following is not None:
            self._show(following)

    def _accept_extent(self) -> None:
        current, span = self._current, self.text.span
        if current is None:
            return
        review: ReviewActions = self._bridge.project.review
        if span == current.span:
            self._decide(lambda: review.accept([current.id]))
        else:
            self._decide(lambda: review.accept_as(current.id, span=span))

    def _on_reason_given(self, reason: str) -> None:
        current = self._current
        if current is not None:
            self._decide(lambda: self._bridge.project.review.reject([current.id], reason))

    def _on_code_picked(self, code_id: int) -> None:
        current = self._current
        if current is None:
            return
        review = self._bridge.project.review
        if code_id == current.code_id:
            self._decide(lambda: review.accept([current.id]))
        else:
            self._decide(lambda: review.accept_as(current.id, code_id=code_id))

    def _decide(self, decision: Callable[[], object]) -> None:
        """Writes a decision, then shows the next; nothing but the row that goes is built anew."""
        current = self._current
        if current is None:
            return
        following = self._model.after(current.id)
        self._deciding = current.id
        try:
            decision()
        except QualcodeError as error:
            self.failed.emit(error)
            self._deciding = None
            self._model.read()
            self._show_again()
            return
        self._deciding = None
        if following is not None:
            self._panel.view.show_suggestion(following)
        self._model.remove(current.id)
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

    def _move_edge(self, *, forward: bool, at_start: bool) -> None:
        current = self._current
        block = self._places.block(current.document_id, current.span.start) if current is not None else None
        if block is None:
            return
        shown = self.text.span
        within = Span(max(0, shown.start - block.start), max(1, shown.end - block.start))
        move = extent.with_start if at_start else extent.with_end
        moved = move(block.text, within, forward=forward)
        self.text.change_extent(Span(moved.start + block.start, moved.end + block.start))

    # What is shown

    def _show(self, suggestion_id: int | None) -> None:
        """Shows a suggestion; None says that nothing waits."""
        suggestion = self._bridge.project.review.get(suggestion_id) if suggestion_id is not None else None
        around = None
        if suggestion is not None:
            around = self._places.around(suggestion.document_id, suggestion.span, before=_BEFORE, after=_AFTER)
        if suggestion is None or around is None:
            self._show_nothing()
            return
        self._current = suggestion
        self._middle.show_text()
        self._panel.view.show_suggestion(suggestion.id)
        look = self._bridge.looks.get(suggestion.code_id, NO_LOOK)
        self.text.show_suggestion(around, suggestion.span, suggestion.evidence_spans, look, self._bridge.groups)
        self.card.show_suggestion(self._said_of(suggestion))
        self._show_place(suggestion)
        self._record.show_code(suggestion.code_id)
        self._show_record(suggestion)
        self._middle.dock()
        self._show_progress()
        self.keys_changed.emit()

    def _show_nothing(self) -> None:
        self._current = None
        self.text.clear()
        self._middle.show_empty(self._n_all > 0)
        self._record.setVisible(False)
        self._show_progress()
        self.keys_changed.emit()

    def _show_again(self, wanted: int | None = None) -> None:
        """Shows what is current, or what came back, or the first."""
        self._n_all = self._bridge.project.review.n_all()
        if wanted is None and self._current is not None and self._model.waiting(self._current.id) is not None:
            wanted = self._current.id
        self._show(wanted if wanted is not None else self._model.first())
        self._show_decided()

    def _show_progress(self) -> None:
        self._panel.show_progress(self._model.n_waiting, max(self._n_all, self._model.n_waiting))

    def _show_place(self, suggestion: Suggestion) -> None:
        found = self._model.head_of(suggestion.id)
        block = self._places.block(suggestion.document_id, suggestion.span.start)
        reading = self._places.reading(suggestion.document_id)
        title = reading.title if reading is not None else ""
        parts = [clock(block.begins) if block is not None else ""]
        if found is not None:
            head, at = found
            parts.append(_("suggestion {n} of {total}").format(n=at + 1, total=len(head.sorting)))
        self._middle.show_place(title, "  ·  ".join(part for part in parts if part))

    def _said_of(self, suggestion: Suggestion) -> Shown:
        code = self._bridge.code(suggestion.code_id)
        above = self._bridge.code_keyed(code.parent) if code is not None and code.parent else None
        known = {each.short_form: each for each in (code.rules if code is not None else ())}
        names = _rules_of(suggestion)
        strongest = known.get(names[0])
        evidence = tuple(suggestion.evidence.split(" | "))
        return Shown(
            self._bridge.looks.get(suggestion.code_id, NO_LOOK),
            self._bridge.names.get(suggestion.code_id, ""),
            self._bridge.name_of(above) if above is not None else "",
            tuple(_rule_said(name, known.get(name), evidence) for name in names),
            evidence,
            tuple(conditions_in_words(strongest)) if strongest is not None else (),
            suggestion.against,
            suggestion.score,
        )

    def _show_record(self, suggestion: Suggestion) -> None:
        code = self._bridge.code(suggestion.code_id)
        rules = [each.short_form for each in code.rules] if code is not None else []
        record = self._bridge.project.review.record_of_code(suggestion.code_id)
        self._record.setVisible(self._has_room)
        self._record.show_record(_rules_of(suggestion)[0], rules, record)
        self.card.say_record(self._record.sentence)

    def _show_decided(self) -> None:
        review = self._bridge.project.review
        lines = [(verdict, self._decided_line(each, verdict)) for each, verdict in review.last_decisions(_JUST_DECIDED)]
        can_undo = self._bridge.project.undo_name is not None
        self._record.show_decided(lines, review.tally(), can_undo=can_undo)

    def _decided_line(self, suggestion: Suggestion, verdict: Status) -> str:
        block = self._places.block(suggestion.document_id, suggestion.span.start)
        where = (clock(block.begins) or block.label) if block is not None else ""
        word = {Status.ACCEPTED: _("Accepted"), Status.CHANGED: _("Changed"), Status.REJECTED: _("Rejected")}[verdict]
        about = ", ".join(part for part in (self._bridge.names.get(suggestion.code_id, ""), where) if part)
        return f"{word}  {about}"

    # Notices

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & _PLACE_TABLES:
            self._has_new_places = True
        if self._deciding is not None:
            return
        if not tables & (_QUEUE_TABLES | _PLACE_TABLES | {"code", "setting"}):
            return
        was_outdated, self._is_outdated = self._is_outdated, True
        if not self.isVisible():
            return
        self._is_outdated = False
        if self._has_new_places:
            self._places.forget()
            self._has_new_places = False
        only_decided = "decision" in tables and not was_outdated and not tables & _OTHER_TABLES
        following = self._model.after(self._current.id) if self._current is not None else None
        came = self._model.read_decided() if only_decided else self._model.read()
        if tables & (_PLACE_TABLES | {"code", "setting"}):
            self._model.rename()
        if came and only_decided:  # a decision was taken back: what it was about is shown
            self._show_again(came[0])
        elif self._current is None or self._model.waiting(self._current.id) is not None:
            self._show_again()
        else:
            is_left = following is not None and self._model.waiting(following) is not None
            self._show_again(following if is_left else None)

    def _on_order_picked(self, order: Order) -> None:
        self._model.sort_by(order)
        if self._current is not None:
            self._panel.view.show_suggestion(self._current.id)
            self._show_place(self._current)
        self.focus()

    # Layout and Qt's events

    def _lay_out(self) -> None:
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        for panel in (self._panel, self._middle, self._record):
            self._splitter.addWidget(panel)
        self._splitter.setStretchFactor(1, 1)
        self._set_widths()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        outer.addWidget(self._splitter)

    def _set_widths(self) -> None:
        less = 40 if self.width() < fonts.px(_NARROW) else 0
        self._splitter.setSizes([fonts.px(_QUEUE_WIDTH - less), 10_000, fonts.px(_RECORD_WIDTH - less)])

    def minimumSizeHint(self) -> QSize:
        """Queue and text; the record is left out where there is no room."""
        return QSize(self._panel.minimumWidth() + 1 + self._middle.minimumWidth(), 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sides give way in a narrow window."""
        super().resizeEvent(event)
        self._has_room = event.size().width() >= fonts.px(_WITHOUT_RECORD)
        self._record.setVisible(self._has_room and self._current is not None)
        narrow = fonts.px(_NARROW)
        if (event.oldSize().width() < narrow) is not (event.size().width() < narrow):
            self._set_widths()

    def showEvent(self, event: QShowEvent) -> None:
        """Takes over what changed meanwhile."""
        super().showEvent(event)
        self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Single keys answer; while the extent is changed the arrows move its edges."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if self._current is None or modifiers & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        if self.card.mode is not Mode.ANSWERS:
            verdict = self._key_in_mode(key, modifiers)
        elif modifiers == Qt.KeyboardModifier.ShiftModifier:
            verdict = "reason" if key == Qt.Key.Key_R else None
        elif modifiers == Qt.KeyboardModifier.NoModifier:
            verdict = _KEYS.get(key)
        else:
            verdict = None
        if verdict is None:
            super().keyPressEvent(event)
        elif verdict:
            self.answer(verdict)

    def _key_in_mode(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> str | None:
        """The answer of a key while a reason or an extent is asked for; "" for a key that moved an edge."""
        if key == Qt.Key.Key_Escape:
            return "leave"
        if self.card.mode is not Mode.EXTENT:
            return None
        if key == Qt.Key.Key_Alt:
            return ""  # held for an arrow; the window would open its menu when it is let go
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return "accept_extent"
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            at_start = bool(modifiers & Qt.KeyboardModifier.AltModifier)
            self._move_edge(forward=key == Qt.Key.Key_Right, at_start=at_start)
            return ""
        return None


_KEYS = {
    Qt.Key.Key_A: "accept",
    Qt.Key.Key_C: "recode",
    Qt.Key.Key_E: "extent",
    Qt.Key.Key_R: "reject",
    Qt.Key.Key_S: "skip",
    Qt.Key.Key_J: "next",
    Qt.Key.Key_N: "next",
    Qt.Key.Key_K: "previous",
    Qt.Key.Key_P: "previous",
    Qt.Key.Key_O: "open",
}


def _rules_of(suggestion: Suggestion) -> list[str]:
    from qualcode.project.review import rules_of

    return rules_of(suggestion) or [_("learned from decisions")]


def _rule_said(name: str, rule: MatchRule | None, evidence: Sequence[str]) -> tuple[Piece, ...]:
    """A rule in words, after its name if the codebook gave it one; the name alone if the codebook lost it."""
    if rule is None:
        return (Piece(name, is_term=True),)
    words = tuple(rule_in_words(rule, evidence))
    return (Piece(_("{name}:").format(name=rule.name)), *words) if rule.name else words


@lru_cache(maxsize=8)
def _shadow(width: int, height: int, is_dark: bool, ratio: float) -> QPixmap:
    """The shadow of a card, with room for it at all sides."""
    room = QSize(width + 2 * _SHADOW_WIDTH, height + 2 * _SHADOW_WIDTH)
    made = QPixmap(room * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(tokens().shadow, _SHADOW * tokens().shadow_strength))
    for inner in range(_SHADOW_WIDTH + 3):
        place = QRectF(0, 0, room.width(), room.height()).adjusted(inner, inner, -inner, -inner)
        radius = max(10, 10 + _SHADOW_WIDTH - inner)
        painter.drawRoundedRect(place, radius, radius)
    painter.end()
    return made


class _Middle(QWidget):
    """Header, text and card; or that nothing waits."""

    def __init__(self, bridge: ProjectBridge) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = ElidedLabel(fonts.TITLE, fonts.SEMIBOLD)
        self._place = ElidedLabel(fonts.SMALL, rank=2)
        self.open_button = capped_button(_("Open in text"), "O", "link")
        self.text = ContextView(self)
        self.card = DecisionCard(self)
        self.empty = EmptyQueue(self)
        self._header = QWidget()
        self._lay_out()
        self.setMinimumWidth(max(420, self.card.minimumSizeHint().width() + 24))

    def show_place(self, title: str, place: str) -> None:
        """Says where the sentence stands."""
        self._title.setText(title)
        self._place.setText(place)

    def show_text(self) -> None:
        """Shows header, text and card."""
        self._show(is_empty=False)

    def show_empty(self, was_reviewed: bool) -> None:
        """Says that nothing waits."""
        self.empty.say(was_reviewed=was_reviewed)
        self._show(is_empty=True)

    def dock(self) -> None:
        """Puts the card at the lower edge: whatever it says, the answers stay in the same place."""
        if self.card.isHidden():
            return
        left, width = self.text.column
        width = min(width, fonts.px(_CARD_WIDEST))
        needed = self.card.minimumSizeHint().width()
        if width < needed:  # words of buttons run longer in some languages
            left, width = max(12, left - (needed - width) // 2), needed
        self.card.setFixedWidth(width)
        self._card_column.setContentsMargins(left, 0, 0, _MARGIN)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the card's shadow; as an effect of the card it would be blurred anew with each suggestion."""
        if self.card.isHidden():
            return
        painter = QPainter(self)
        place = self.card.geometry()
        shadow = _shadow(place.width(), place.height(), tokens().is_dark, self.devicePixelRatioF())
        painter.drawPixmap(place.left() - _SHADOW_WIDTH, place.top() - _SHADOW_WIDTH + _SHADOW_DOWN, shadow)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card follows the text."""
        super().resizeEvent(event)
        self.dock()

    def _show(self, *, is_empty: bool) -> None:
        for shown in (self._header, self.text, self.card):
            shown.setVisible(not is_empty)
        self.empty.setVisible(is_empty)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._header.setObjectName("paneHeader")
        self._header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._header.setFixedHeight(fonts.px(_HEADER))
        row = QHBoxLayout(self._header)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(12)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._place.setMinimumWidth(40)
        row.addWidget(self._title, 10)
        row.addWidget(self._place, 1)
        row.addWidget(self.open_button)
        column.addWidget(self._header)
        column.addWidget(self.text, 1)
        self._card_column = QHBoxLayout()
        self._card_column.addWidget(self.card)
        self._card_column.addStretch(1)
        column.addLayout(self._card_column)
        column.addWidget(self.empty, 1)
        self.empty.hide()
