"""The coding screen: the text in the middle, what can be done with the picked mark below it."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
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
from qualcode.gui.actions import command_of
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.coders_button import CodersButton
from qualcode.gui.coding.content import blocks_of
from qualcode.gui.coding.mark_card import MarkCard, Picked
from qualcode.gui.coding.mark_reading import MarkReading
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.coding.text_changes import TextChanges
from qualcode.gui.coding.text_menu import MenuState, text_menu
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.coding.versions_button import VersionsButton
from qualcode.gui.documents.reading import Reading, part_of
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.resources.theme import colour, tokens
from qualcode.gui.review.extent import with_end, with_start
from qualcode.gui.widgets.controls import ElidedLabel, button, icon_button, label
from qualcode.gui.widgets.empty import Empty
from qualcode.i18n import _, ngettext
from qualcode.model.document import SpeakerRole
from qualcode.model.memo import Subject, SubjectKind
from qualcode.model.segment import Segment, Span
from qualcode.model.sentences import sentence_spans
from qualcode.model.suggestion import Suggestion

_JUMPS_AND_UNITS = frozenset(
    {"turn", "turn_again", "sentence", "sentence_again", "uncoded", "next_of_code", "previous_of_code", "correct"}
)
_EXTENTS = {
    "end_out": ("end", True),
    "end_in": ("end", False),
    "start_out": ("start", False),
    "start_in": ("start", True),
}
_HEADER = 44
_IN_VIVO = 48  # letters of selected words that become a name
_FADE = 28  # height over which the text fades above the card
_SHOWN_TABLES = frozenset({"segment", "suggestion", "decision", "code", "memo"})
_TEXT_TABLES = frozenset({"document", "speaker", "case", "respondent_group"})
"""With these, texts or speakers may be others."""


class CodingScreen(QWidget):
    """Shows a reading with its marks, codes selections, and reports what could not be done.

    Signals:
        failed: an error that the user can act on.
        code_touched: the code of the mark that was picked.
        keys_changed: other keys work now.
        done: what was done, of a step that is larger than one coding.
        hinted: why a key did nothing.
        segment_wanted: a quotation, maybe of another text, that is to be shown.
        memo_wanted: a memo is to be written: what on (a `Subject`), beside what (global), and how that is called.
    """

    failed = Signal(Exception)
    code_touched = Signal(int)
    keys_changed = Signal()
    done = Signal(str)
    hinted = Signal(str)
    segment_wanted = Signal(object)
    memo_wanted = Signal(object, QRect, str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._whole: Reading | None = None
        self._reading: Reading | None = None  # the part of it that is shown
        self._blocks: list[Block] = []
        self._mark_reading = MarkReading(bridge.project)
        self._recoding: tuple[bool, int] | None = None
        self._code_in_focus: int | None = None
        self._is_away = False  # another screen is shown: what changes is read when this one comes back
        self._missed: frozenset[str] = frozenset()
        self._view = TranscriptView(self)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._title = ElidedLabel(fonts.TITLE, fonts.SEMIBOLD)
        self._subtitle = ElidedLabel(fonts.SMALL, rank=2)
        self._suggestions = self._suggestions_button()
        self._part = self._make_part()
        self._coders = CodersButton(bridge)
        self._memo_button = icon_button("message-square-plus", _("Memo on the quotation or the document (M)"))
        self._memo_button.clicked.connect(lambda: self.decide("memo"))
        self._versions = VersionsButton(bridge, self._view)
        self._changes = TextChanges(bridge, self._view)
        self.find_reading: Callable[[str], Reading | None] | None = None
        self._veil = _Veil(self)
        self._card = MarkCard(self)
        self._picker = CodePicker(bridge, self, makes_codes=True)
        self._empty = Empty("messages-square", _("No documents yet"), _("Open a study file to bring material in."))
        self._lay_out()
        self._show_looks()
        self._view.typed.connect(self._on_typed)
        self._view.code_dropped.connect(self.apply_code)
        self._view.selection_changed.connect(self.keys_changed)
        self._view.mark_clicked.connect(self._on_mark_clicked)
        self._card.decided.connect(self.decide)
        self._picker.code_picked.connect(self._on_code_picked)
        self._picker.name_picked.connect(self.apply_new_code)
        self._picker.in_vivo_wanted.connect(self.code_in_vivo)
        self._view.menu_wanted.connect(self._on_menu_wanted)
        for part in (self._changes, self._versions):
            part.failed.connect(self.failed)
        self._changes.hinted.connect(self.hinted)
        self._changes.done.connect(self.done)
        self._changes.picked.connect(self._pick)
        self._changes.keys_changed.connect(self.keys_changed)
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
    def changes(self) -> TextChanges:
        """What corrects the text, and cuts and joins quotations."""
        return self._changes

    @property
    def versions(self) -> VersionsButton:
        """What shows the versions of the text."""
        return self._versions

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self._reading

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here now."""
        if self._changes.is_correcting:
            return [("Enter", _("correct")), ("Esc", _("leave"))]
        if self._view.has_selection():
            return [(_("letters"), _("code the selection")), ("Enter", _("recent codes")), ("F4", _("correct"))]
        picked = self._view.selected_mark
        if picked is not None and picked[0]:
            return [("A", _("accept")), ("R", _("reject")), ("C", _("another code")), ("N", _("next"))]
        if picked is not None and picked in self._marks and self._marks[picked].is_others:
            return [("J", _("next of this code"))]
        if picked is not None:
            return [
                ("Alt ←→", _("extent")),
                ("C", _("another code")),
                ("Del", _("uncode")),
                ("J", _("next of this code")),
            ]
        if not self._blocks:
            return []
        keys = [("U", _("next uncoded turn")), ("T", _("code turn")), ("S", _("code sentence"))]
        return [*keys, ("N", _("next suggestion"))] if any(key[0] for key in self._marks) else keys

    def show_reading(self, reading: Reading, around: int | None = None) -> None:
        """Shows another text, from the top; of very many answers those around a document, else the first."""
        self._changes.leave()
        self._whole = reading
        part = part_of(reading, around)
        self._reading = part
        self._blocks = blocks_of(self._bridge.project, part)
        self._title.setText(reading.title)
        self._subtitle.setText(reading.subtitle)
        self._show_part()
        self._view.set_blocks(self._blocks, self._read_marks())
        self._view.setAccessibleName(reading.title)
        self._versions.show_for(part)
        self._card.hide()
        self._empty.hide()

    def show_nothing(self) -> None:
        """Says that there is nothing to read."""
        self._whole = self._reading = None
        self._blocks = []
        self._changes.leave()
        self._versions.show_for(None)
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
        self._bridge.remember_code(code_id)
        self._view.clear_selection()
        self._view.select_mark((False, segment.id))
        self._show_card((False, segment.id))

    def apply_new_code(self, name: str) -> None:
        """Codes what is selected with a new code of that name, in one step; a code of that name is taken if there."""
        project = self._bridge.project
        known = next((id for id, each in self._bridge.names.items() if each.casefold() == name.casefold()), None)
        if known is not None:
            self._on_code_picked(known)
            return
        recoding, self._recoding = self._recoding, None
        if recoding is not None:
            self._split_off(recoding, name)
            return
        selected = self._view.selected_span()
        if selected is None:
            return
        document_id, span = selected
        try:
            with project.step(_("Code with a new code")):
                code = project.codebook.add(name)
                segment = project.segments.add(document_id, span, code.id)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._bridge.remember_code(code.id)
        self._view.clear_selection()
        self._view.select_mark((False, segment.id))
        self._show_card((False, segment.id))
        self.done.emit(_("Added the code “{code}” with its first quotation").format(code=name))

    def _split_off(self, key: tuple[bool, int], name: str) -> None:
        """The picked quotation goes to a new code, right behind the one that it had; more can follow it there."""
        mark = self._marks.get(key)
        if mark is None or mark.is_suggestion or mark.is_others:
            return
        try:
            code = self._bridge.project.codebook.split(mark.code_id, [key[1]], name)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._bridge.remember_code(code.id)
        self._pick(key)
        sentence = _("Split “{new}” off from “{code}” with its first quotation")
        self.done.emit(sentence.format(new=name, code=self._bridge.names.get(mark.code_id, "")))

    def code_in_vivo(self) -> None:
        """The selected words become a code, and its first quotation."""
        words = " ".join(self._view.selected_text().split()).strip(" .,;:!?–-")
        if words:
            self.apply_new_code(textwrap.shorten(words, _IN_VIVO, placeholder="…"))

    def decide(self, verdict: str) -> None:
        """Does what a key or the card asks for; `actions.local_keys` lists them."""
        key = self._view.selected_mark
        try:
            if verdict in _JUMPS_AND_UNITS:
                self._go_or_code(verdict)
                return
            if verdict == "memo":
                self._ask_memo(key)
            elif verdict == "close":
                self._close_card()
            elif verdict in ("next", "previous"):
                self.next_suggestion(back=verdict == "previous")
            elif key is None or key not in self._marks or self._marks[key].is_others:
                return
            elif verdict in _EXTENTS and not key[0]:
                self._resize(key, *_EXTENTS[verdict])
            elif verdict == "recode":
                self._open_picker("", recode=key)
            elif verdict == "remove" and not key[0]:
                self._close_card()
                self._bridge.project.segments.remove(key[1])
            elif verdict in ("accept", "reject") and key[0]:
                self._decide_suggestion(key, accept=verdict == "accept")
            elif verdict == "split" and not key[0]:
                self._changes.split(key[1])
            elif verdict == "join" and not key[0]:
                self._changes.join(key[1])
        except QualcodeError as error:
            self.failed.emit(error)

    def _ask_memo(self, key: tuple[bool, int] | None) -> None:
        """A memo on the picked quotation; without one, on the document that the caret is in."""
        mark = self._marks.get(key) if key is not None else None
        if mark is not None and not mark.is_suggestion and self._card.isVisible():
            beside = QRect(self.mapToGlobal(QPoint(self.width(), self.height() // 2)), QSize(1, 1))
            name = self._bridge.names.get(mark.code_id, "")
            words = textwrap.shorten(
                self._bridge.project.documents.text(mark.document_id)[mark.span.start : mark.span.end],
                60,
                placeholder="…",
            )
            self.memo_wanted.emit(Subject(SubjectKind.SEGMENT, mark.id), beside, f"{name}: {words}")
            return
        place = self._view.cursor_place
        if place is not None and self._reading is not None:
            document_id = self._blocks[place[0]].document_id
            name = next(each.name for each in self._reading.documents if each.id == document_id)
            corner = self._memo_button.mapToGlobal(QPoint(0, 0))
            self.memo_wanted.emit(
                Subject(SubjectKind.DOCUMENT, document_id), QRect(corner, self._memo_button.size()), name
            )

    def next_suggestion(self, *, back: bool = False) -> None:
        """Picks the suggestion after (or before) the picked one, in the order of the text."""
        order = self._suggestion_keys()
        if not order:
            return
        now = self._view.selected_mark
        at = order.index(now) + (-1 if back else 1) if now in order else (len(order) - 1 if back else 0)
        self._pick(order[at % len(order)])

    def _go_or_code(self, verdict: str) -> None:
        if verdict == "uncoded":
            self.next_uncoded()
        elif verdict == "correct":
            self._changes.correct()
        elif verdict in ("next_of_code", "previous_of_code"):
            self.next_of_code(back=verdict == "previous_of_code")
        else:
            self.select_unit("turn" if verdict.startswith("turn") else "sentence")
            recent = self._bridge.recent_codes
            if verdict.endswith("_again") and recent:
                self.apply_code(recent[0])
            else:
                self._open_picker("")

    def select_unit(self, unit: str) -> None:
        """Selects the turn or answer that the caret is in, or the sentence that begins or goes on there."""
        place = self._view.cursor_place
        if place is None:
            return
        number, position = place
        first = last = number
        while self._blocks[first].continues:
            first -= 1
        while last + 1 < len(self._blocks) and self._blocks[last + 1].continues:
            last += 1
        span = Span(self._blocks[first].start, max(self._blocks[last].end, self._blocks[first].start + 1))
        if unit == "sentence":
            block = self._blocks[number]
            spans = sentence_spans(block.text)
            found = next((each for each in spans if each[1] > position - block.start), spans[-1] if spans else None)
            if found is None:
                return
            span = Span(block.start + found[0], block.start + found[1])
        self._view.select_mark(None)
        self._card.hide()
        self._lift_text()
        self._view.show_span(self._blocks[number].document_id, span)

    def next_uncoded(self) -> None:
        """Puts the caret into the next turn of a respondent, or answer, that has no code; after the last, the first."""
        place = self._view.cursor_place
        if place is None:
            return
        coded = self._view.coded_blocks()
        n = len(self._blocks)
        for number in [*range(place[0] + 1, n), *range(place[0] + 1)]:
            block = self._blocks[number]
            if block.role is SpeakerRole.MODERATOR or block.continues or not block.text.strip():
                continue
            stop = number + 1
            while stop < n and self._blocks[stop].continues:
                stop += 1
            if coded.isdisjoint(range(number, stop)):
                self._close_card()
                self._view.put_cursor(number)
                return
        self.hinted.emit(_("Every turn here is coded."))

    def next_of_code(self, *, back: bool = False) -> None:
        """Picks the next quotation of the picked mark's code, else of the one in the tree; in other texts too."""
        picked = self._marks.get(self._view.selected_mark or (False, 0))
        code_id = picked.code_id if picked is not None else self._code_in_focus
        if code_id is None or code_id not in self._bridge.names:
            self.hinted.emit(_("Pick a code in the codebook first."))
            return
        hidden = self._bridge.hidden_coders
        found = [each for each in self._bridge.project.segments.of_code(code_id) if each.coder_id not in hidden]
        if not found:
            sentence = _("“{code}” has no quotation yet.")
            self.hinted.emit(sentence.format(code=self._bridge.names[code_id]))
            return
        here = self._position(picked)
        places = [(each.document_id, each.span.start, each.span.end) for each in found]
        if back:
            at = next((n for n in reversed(range(len(found))) if places[n] < here), len(found) - 1)
        else:
            at = next((n for n in range(len(found)) if places[n] > here), 0)
        self.segment_wanted.emit(found[at])

    def show_segment(self, segment: Segment) -> None:
        """Picks a quotation; its reading must be the one that is shown."""
        shown = {each.id for each in self._reading.documents} if self._reading is not None else set()
        if self._whole is not None and segment.document_id not in shown:
            self.show_reading(self._whole, segment.document_id)
        key = (False, segment.id)
        if key not in self._marks:  # another coder's mark stands for both
            same = (segment.document_id, segment.span, segment.code_id)
            marks = (mark for mark in self._marks.values() if not mark.is_suggestion)
            key = next((mark.key for mark in marks if (mark.document_id, mark.span, mark.code_id) == same), key)
        self._view.show_span(segment.document_id, segment.span, select=False)
        self._view.clear_selection()
        self._pick(key)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_code_in_focus(self, code_id: int) -> None:
        """The code that is current in the tree: its brackets stand out, J and K go through its quotations."""
        self._code_in_focus = code_id
        self._view.set_code_in_focus(code_id)

    def _position(self, picked: Mark | None) -> tuple[int, int, int]:
        """Where one is: document, start and end of the picked mark, else of the caret."""
        if picked is not None:
            return picked.document_id, picked.span.start, picked.span.end
        place = self._view.cursor_place
        return (self._blocks[place[0]].document_id, place[1], place[1]) if place is not None else (0, 0, 0)

    def _resize(self, key: tuple[bool, int], edge: str, forward: bool) -> None:
        mark = self._marks[key]
        text = self._bridge.project.documents.text(mark.document_id)
        span = (with_end if edge == "end" else with_start)(text, mark.span, forward=forward)
        if span != mark.span:
            segment = self._bridge.project.segments.resize(key[1], span)
            self._pick((False, segment.id))

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
        row.addWidget(self._versions)
        row.addWidget(self._coders)
        row.addWidget(self._memo_button)
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

    @property
    def _marks(self) -> dict[tuple[bool, int], Mark]:
        return self._mark_reading.by_key

    def _read_marks(self) -> list[Mark]:
        found = self._mark_reading.read(self._reading, self._blocks, self._bridge.hidden_coders)
        self._show_waiting()
        return found

    def _show_waiting(self) -> None:
        n = self._mark_reading.n_waiting
        text = ngettext("{n} suggestion", "{n} suggestions", n).format(n=n)
        self._suggestions.setText(f"\u2002{text}")
        self._suggestions.setAccessibleName(text)
        self._suggestions.setVisible(n > 0)

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
        if tables & _TEXT_TABLES and self._whole is not None:
            self._renew_texts(self._whole)
        elif tables & _SHOWN_TABLES:
            self._view.change_marks(*self._mark_reading.renew(tables, self._bridge.hidden_coders))
            self._show_waiting()
        else:
            return
        picked = self._view.selected_mark
        if picked is not None and picked not in self._marks:
            self._view.select_mark(None)
            self._card.hide()
            self._lift_text()

    def _renew_texts(self, shown: Reading) -> None:
        """Shows the texts as they stand now, at the place where one is; what is gone is left to who shows others."""
        found = self.find_reading(shown.key) if self.find_reading is not None else shown
        if found is None or self._reading is None:
            return
        if self._changes.is_correcting:
            self._changes.leave()
        ids = {each.id for each in found.documents}
        around = next((each.id for each in self._reading.documents if each.id in ids), None)
        self._whole, self._reading = found, part_of(found, around)
        self._blocks = blocks_of(self._bridge.project, self._reading)
        self._title.setText(found.title)
        self._subtitle.setText(found.subtitle)
        self._show_part()
        self._view.renew_blocks(self._blocks, self._read_marks())
        self._versions.show_for(self._reading)

    def _on_menu_wanted(self, place: QPoint) -> None:
        picked = self._marks.get(self._view.selected_mark or (False, 0))
        kind = ""
        if picked is not None:
            kind = "suggestion" if picked.is_suggestion else "others" if picked.is_others else "segment"
        has_neighbour = kind == "segment" and picked is not None and self._has_neighbour(picked.id)
        state = MenuState(self._view.has_selection(), kind, has_neighbour, self._versions.has_versions)
        menu = text_menu(self, state, self._on_menu_picked)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    def _has_neighbour(self, segment_id: int) -> bool:
        return self._bridge.project.segments.neighbour(segment_id) is not None

    def _on_menu_picked(self, command: str) -> None:
        if command == "code":
            self._open_picker("")
        elif command == "copy":
            self._view.copy()
        elif command == "versions":
            self._versions.pop_up()
        else:
            self.decide(command)

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
            place = QRect(corner, self._card.size())
            has_now = {self._marks[recode].code_id} if recode in self._marks else set()
            self._picker.open_at(place, letters, 0, _("another code"), has_now, splits=not recode[0])
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
        """Without a selection, letters are commands; those of the table of keys."""
        verdict = command_of(event, "text")
        if not verdict or (self._view.has_selection() and verdict != "correct"):
            super().keyPressEvent(event)
            return
        self.decide(verdict)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # so that the window sees that Alt was not pressed alone


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
