"""The coding screen: the text in the middle, what can be done with the picked mark below it."""

from __future__ import annotations

import textwrap

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.coders_button import CodersButton
from qualcode.gui.coding.content import blocks_of, marks_of
from qualcode.gui.coding.mark_card import MarkCard, Picked
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.documents.reading import Reading, part_of
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.resources.theme import colour, tokens
from qualcode.gui.widgets.controls import ElidedLabel, button, icon_button, label
from qualcode.gui.widgets.empty import Empty
from qualcode.i18n import _, ngettext
from qualcode.model.segment import Span
from qualcode.model.suggestion import Suggestion

_HEADER = 44
_IN_VIVO = 48  # letters of selected words that become a name
_FADE = 28  # height over which the text fades above the card
_SHOWN_TABLES = frozenset({"segment", "suggestion", "decision", "code"})


class CodingScreen(QWidget):
    """Shows a reading with its marks, codes selections, and reports what could not be done.

    Signals:
        failed: an error that the user can act on.
        code_touched: the code of the mark that was picked.
        keys_changed: other keys work now.
        done: what was done, of a step that is larger than one coding.
    """

    failed = Signal(Exception)
    code_touched = Signal(int)
    keys_changed = Signal()
    done = Signal(str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._whole: Reading | None = None
        self._reading: Reading | None = None  # the part of it that is shown
        self._blocks: list[Block] = []
        self._marks: dict[tuple[bool, int], Mark] = {}
        self._recoding: tuple[bool, int] | None = None
        self._is_away = False  # another screen is shown: what changes is read when this one comes back
        self._missed: frozenset[str] = frozenset()
        self._view = TranscriptView(self)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._title = ElidedLabel(fonts.TITLE, fonts.SEMIBOLD)
        self._subtitle = ElidedLabel(fonts.SMALL, rank=2)
        self._suggestions = self._suggestions_button()
        self._part = self._make_part()
        self._coders = CodersButton(bridge)
        self._veil = _Veil(self)
        self._card = MarkCard(self)
        self._picker = CodePicker(bridge, self, makes_codes=True)
        self._empty = Empty("messages-square", _("No documents yet"), _("Open a study file to bring material in."))
        self._lay_out()
        self._show_looks()
        self._view.typed.connect(self._on_typed)
        self._view.selection_changed.connect(self.keys_changed)
        self._view.mark_clicked.connect(self._on_mark_clicked)
        self._card.decided.connect(self.decide)
        self._picker.code_picked.connect(self._on_code_picked)
        self._picker.name_picked.connect(self.apply_new_code)
        self._picker.in_vivo_wanted.connect(self.code_in_vivo)
        bridge.changed.connect(self._on_changed)

    @property
    def view(self) -> TranscriptView:
        """The text."""
        return self._view

    @property
    def picker(self) -> CodePicker:
        """Where a code is picked."""
        return self._picker

    @property
    def card(self) -> MarkCard:
        """What is said of the picked mark."""
        return self._card

    @property
    def coders(self) -> CodersButton:
        """Whose quotations are shown."""
        return self._coders

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self._reading

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here now."""
        if self._view.has_selection():
            return [(_("letters"), _("code the selection")), ("Ctrl C", _("copy"))]
        picked = self._view.selected_mark
        if picked is not None and picked[0]:
            return [("A", _("accept")), ("R", _("reject")), ("C", _("another code")), ("N", _("next"))]
        if picked is not None:
            return [("C", _("another code")), ("Del", _("uncode"))]
        return [("N", _("next suggestion"))] if any(key[0] for key in self._marks) else []

    def show_reading(self, reading: Reading, around: int | None = None) -> None:
        """Shows another text, from the top; of very many answers those around a document, else the first."""
        self._whole = reading
        part = part_of(reading, around)
        self._reading = part
        self._blocks = blocks_of(self._bridge.project, part)
        self._title.setText(reading.title)
        self._subtitle.setText(reading.subtitle)
        self._show_part()
        self._view.set_blocks(self._blocks, self._read_marks())
        self._view.setAccessibleName(reading.title)
        self._card.hide()
        self._empty.hide()

    def show_nothing(self) -> None:
        """Says that there is nothing to read."""
        self._whole = self._reading = None
        self._blocks = []
        self._card.hide()
        self._view.set_blocks([], self._read_marks())
        self._lift_text()
        self._empty.setGeometry(self.rect())
        self._empty.show()
        self._empty.raise_()

    def show_span(self, document_id: int, span: Span) -> None:
        """Scrolls to a span and selects it."""
        shown = self._reading
        if self._whole is not None and shown is not None and document_id not in {each.id for each in shown.documents}:
            self.show_reading(self._whole, document_id)
        self._view.show_span(document_id, span)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_part(self) -> None:
        """Which of very many answers are shown, with buttons to those before and after."""
        whole, part = self._whole, self._reading
        if whole is None or part is None or len(part.documents) == len(whole.documents):
            self._part.hide()
            return
        first = whole.documents.index(part.documents[0])
        last = first + len(part.documents)
        text = _("{first} to {last} of {n}").format(first=first + 1, last=last, n=len(whole.documents))
        self._part_text.setText(text)
        self._part_before.setEnabled(first > 0)
        self._part_after.setEnabled(last < len(whole.documents))
        self._part.show()

    def _turn_part(self, *, back: bool) -> None:
        whole, part = self._whole, self._reading
        if whole is None or part is None:
            return
        first = whole.documents.index(part.documents[0])
        at = first - 1 if back else first + len(part.documents)
        if 0 <= at < len(whole.documents):
            self.show_reading(whole, whole.documents[at].id)

    def _make_part(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._part_before = icon_button("chevron-up", _("Answers before"))
        self._part_before.clicked.connect(lambda: self._turn_part(back=True))
        self._part_after = icon_button("chevron-down", _("Answers after"))
        self._part_after.clicked.connect(lambda: self._turn_part(back=False))
        self._part_text = label(size=fonts.SMALL, rank=2)
        for shown in (self._part_text, self._part_before, self._part_after):
            row.addWidget(shown)
        made.hide()
        return made

    def apply_code(self, code_id: int) -> None:
        """Codes what is selected."""
        selected = self._view.selected_span()
        if selected is None:
            return
        document_id, span = selected
        try:
            segment = self._bridge.project.segments.add(document_id, span, code_id)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._view.clear_selection()
        self._view.select_mark((False, segment.id))
        self._show_card((False, segment.id))

    def apply_new_code(self, name: str) -> None:
        """Codes what is selected with a new code of that name, in one step; a code of that name is taken if there."""
        selected = self._view.selected_span()
        if selected is None:
            return
        project = self._bridge.project
        known = next((id for id, each in self._bridge.names.items() if each.casefold() == name.casefold()), None)
        if known is not None:
            self.apply_code(known)
            return
        document_id, span = selected
        try:
            with project.step(_("Code with a new code")):
                code = project.codebook.add(name)
                segment = project.segments.add(document_id, span, code.id)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._view.clear_selection()
        self._view.select_mark((False, segment.id))
        self._show_card((False, segment.id))
        self.done.emit(_("Added the code “{code}” with its first quotation").format(code=name))

    def code_in_vivo(self) -> None:
        """The selected words become a code, and its first quotation."""
        words = " ".join(self._view.selected_text().split()).strip(" .,;:!?–-")
        if words:
            self.apply_new_code(textwrap.shorten(words, _IN_VIVO, placeholder="…"))

    def decide(self, verdict: str) -> None:
        """Does what the card offers with the picked mark: accept, reject, remove, recode, previous, next, close."""
        key = self._view.selected_mark
        try:
            if verdict == "close":
                self._close_card()
            elif verdict in ("next", "previous"):
                self.next_suggestion(back=verdict == "previous")
            elif key is None or key not in self._marks or self._marks[key].is_others:
                return
            elif verdict == "recode":
                self._open_picker("", recode=key)
            elif verdict == "remove" and not key[0]:
                self._close_card()
                self._bridge.project.segments.remove(key[1])
            elif verdict in ("accept", "reject") and key[0]:
                self._decide_suggestion(key, accept=verdict == "accept")
        except QualcodeError as error:
            self.failed.emit(error)

    def next_suggestion(self, *, back: bool = False) -> None:
        """Picks the suggestion after (or before) the picked one, in the order of the text."""
        order = self._suggestion_keys()
        if not order:
            return
        now = self._view.selected_mark
        at = order.index(now) + (-1 if back else 1) if now in order else (len(order) - 1 if back else 0)
        self._pick(order[at % len(order)])

    def _decide_suggestion(self, key: tuple[bool, int], *, accept: bool) -> None:
        order = self._suggestion_keys()
        at = order.index(key)
        review = self._bridge.project.review
        if accept:
            review.accept([key[1]])
        else:
            review.reject([key[1]])
        rest = [each for each in order if each != key]
        if rest:
            self._pick(rest[min(at, len(rest) - 1)])
        else:
            self._close_card()

    def _pick(self, key: tuple[bool, int]) -> None:
        self._view.select_mark(key)
        self._show_card(key)

    def _close_card(self) -> None:
        self._card.hide()
        self._view.select_mark(None)
        self._lift_text()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    # Layout

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = QWidget()
        header.setObjectName("paneHeader")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header.setFixedHeight(fonts.px(_HEADER))
        row = QHBoxLayout(header)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(12)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._subtitle.setMinimumWidth(40)
        row.addWidget(self._title, 10)
        row.addWidget(self._subtitle, 1)
        row.addWidget(self._part)
        row.addWidget(self._coders)
        row.addWidget(self._suggestions)
        column.addWidget(header)
        column.addWidget(self._view, 1)
        self._empty.setParent(self)
        self._empty.hide()

    def _suggestions_button(self) -> QPushButton:
        made = button("", kind="quiet", icon_name="sparkles", name=_("Next suggestion"))
        made.setToolTip(_("Next suggestion (N)"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.next_suggestion())
        made.hide()
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card stays docked at the bottom."""
        super().resizeEvent(event)
        self._dock_card()
        self._empty.setGeometry(self.rect())

    def _dock_card(self) -> None:
        if not self._card.isVisible():
            return
        width = self.width() - 48
        self._card.setFixedWidth(min(width, fonts.px(880)))
        self._card.adjustSize()
        left = (self.width() - self._card.width()) // 2
        top = self.height() - self._card.height() - 16
        self._card.move(left, top)
        bar = self._view.verticalScrollBar()
        right = self.width() - (bar.width() if bar.isVisible() else 0)
        self._veil.setGeometry(0, top - _FADE, right, self.height() - top + _FADE)
        self._veil.show()
        self._veil.raise_()
        self._card.raise_()

    def _lift_text(self) -> None:
        """Keeps the picked mark above the card."""
        hidden = self._card.height() + 16 + _FADE if self._card.isVisible() else 0
        self._veil.setVisible(self._card.isVisible())
        self._view.set_covered(hidden)
        self.keys_changed.emit()

    # What is shown

    def _show_looks(self) -> None:
        self._view.set_looks(self._bridge.looks, self._bridge.names, self._bridge.groups)

    def _read_marks(self) -> list[Mark]:
        if self._reading is None:
            self._marks = {}
            self._suggestions.hide()
            return []
        found = marks_of(self._bridge.project, self._reading, self._blocks, self._bridge.hidden_coders)
        self._marks = {mark.key: mark for mark in found}
        n = sum(mark.is_suggestion for mark in found)
        text = ngettext("{n} suggestion", "{n} suggestions", n).format(n=n)
        self._suggestions.setText(f"\u2002{text}")
        self._suggestions.setAccessibleName(text)
        self._suggestions.setVisible(n > 0)
        return found

    def _suggestion_keys(self) -> list[tuple[bool, int]]:
        order = {block.document_id: number for number, block in reversed(list(enumerate(self._blocks)))}
        waiting = [mark for mark in self._marks.values() if mark.is_suggestion]
        waiting.sort(key=lambda mark: (order.get(mark.document_id, 0), mark.span, mark.id))
        return [mark.key for mark in waiting]

    def _show_card(self, key: tuple[bool, int]) -> None:
        mark = self._marks.get(key)
        if mark is None:
            self._card.hide()
            self._lift_text()
            return
        code = self._bridge.code(mark.code_id)
        above = self._bridge.code_keyed(code.parent) if code is not None and code.parent else None
        place = rule_text = evidence = ""
        if mark.is_suggestion:
            order = self._suggestion_keys()
            place = _("{n} of {total}").format(n=order.index(key) + 1, total=len(order))
            suggestion = self._suggestion(mark)
            if suggestion is not None:
                rule_text, evidence = suggestion.rule, suggestion.evidence
        self._card.show_picked(
            Picked(
                self._bridge.looks.get(mark.code_id, NO_LOOK),
                self._bridge.names.get(mark.code_id, ""),
                self._bridge.name_of(above) if above is not None else "",
                mark.is_suggestion,
                place,
                rule_text,
                evidence,
                mark.score,
                mark.coder,
                mark.also,
            )
        )
        self._dock_card()
        self._lift_text()
        self._view.select_mark(key)
        self.code_touched.emit(mark.code_id)

    def _suggestion(self, mark: Mark) -> Suggestion | None:
        of_document = self._bridge.project.review.of_document(mark.document_id)
        return next((each for each in of_document if each.id == mark.id), None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown."""
        super().hideEvent(event)
        self._is_away = True

    def showEvent(self, event: QShowEvent) -> None:
        """Takes over what changed meanwhile."""
        super().showEvent(event)
        self._is_away = False
        missed, self._missed = self._missed, frozenset()
        if missed:
            self._on_changed(missed)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._is_away:
            self._missed |= tables
            return
        if "code" in tables:
            self._show_looks()
        if tables & _SHOWN_TABLES:
            self._view.set_marks(self._read_marks())
            picked = self._view.selected_mark
            if picked is not None and picked not in self._marks:
                self._view.select_mark(None)
                self._card.hide()
                self._lift_text()

    def _on_mark_clicked(self, key: tuple[bool, int] | None) -> None:
        if key is None:
            self._card.hide()
            self._lift_text()
        else:
            self._show_card(key)

    # Coding

    def _on_typed(self, letters: str) -> None:
        self._open_picker(letters)

    def _open_picker(self, letters: str, *, recode: tuple[bool, int] | None = None) -> None:
        self._recoding = recode
        if recode is not None:
            corner = self._card.mapToGlobal(QPoint(24, 0))
            self._picker.open_at(QRect(corner, self._card.size()), letters, 0, _("another code"))
            return
        selected = self._view.selected_span()
        if selected is None:
            return
        place = self._view.selection_place()
        corner = self._view.viewport().mapToGlobal(place.topLeft())
        length = selected[1].end - selected[1].start
        self._picker.open_at(QRect(corner, place.size()), letters, length)

    def _on_code_picked(self, code_id: int) -> None:
        recoding, self._recoding = self._recoding, None
        if recoding is None:
            self.apply_code(code_id)
            return
        try:
            if recoding[0]:
                segment = self._bridge.project.review.accept_as(recoding[1], code_id=code_id)
                self._pick((False, segment.id))
            else:
                self._bridge.project.segments.recode(recoding[1], code_id)
                QTimer.singleShot(0, self, lambda: self._show_card(recoding))
        except QualcodeError as error:
            self.failed.emit(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Without a selection, letters are commands for the picked mark."""
        if self._view.has_selection() or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        commands = {
            Qt.Key.Key_A: "accept",
            Qt.Key.Key_R: "reject",
            Qt.Key.Key_C: "recode",
            Qt.Key.Key_N: "next",
            Qt.Key.Key_P: "previous",
            Qt.Key.Key_Delete: "remove",
            Qt.Key.Key_Escape: "close",
        }
        verdict = commands.get(Qt.Key(event.key()))
        if verdict is None:
            super().keyPressEvent(event)
        else:
            self.decide(verdict)


class _Veil(QWidget):
    """Lets the text fade out above the card, so that no half line peeps out beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the surface, from clear to full."""
        painter = QPainter(self)
        fade = QLinearGradient(0, 0, 0, _FADE)
        fade.setColorAt(0, colour(tokens().surface, 0.0))
        fade.setColorAt(1, QColor(tokens().surface))
        painter.fillRect(self.rect(), fade)
        painter.end()
