"""The coding screen: the text in the middle, what can be done with the picked mark below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.actions import command_of
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.card_dock import CardDock
from qualcode.gui.coding.code_giving import CodeGiving
from qualcode.gui.coding.coders_button import CodersButton
from qualcode.gui.coding.header import CodingHeader
from qualcode.gui.coding.mark_card import MarkCard
from qualcode.gui.coding.mark_deciding import MarkDeciding
from qualcode.gui.coding.mark_picking import MarkPicking
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.coding.reading_places import ReadingPlaces
from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.coding.spoken_text import SpokenText
from qualcode.gui.coding.text_changes import TextChanges
from qualcode.gui.coding.text_menu import MenuState, text_menu
from qualcode.gui.coding.text_walk import TextWalk
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.coding.versions_button import VersionsButton
from qualcode.gui.coding.working_keys import working_keys
from qualcode.gui.documents.reading import Reading
from qualcode.gui.widgets.empty import no_material
from qualcode.gui.widgets.read_only import refusal
from qualcode.i18n import _
from qualcode.model.segment import Segment, Span

_SHOWN_TABLES = frozenset({"segment", "suggestion", "decision", "code", "memo"})
_TEXT_TABLES = frozenset({"document", "speaker", "case", "respondent_group"})
"""With these, texts or speakers may be others."""
_READS = frozenset(
    {"next", "previous", "next_of_code", "previous_of_code", "uncoded", "close", "memo", "copy", "versions"}
)
"""Commands that change nothing."""
_ON_SELECTION = frozenset({"correct", "in_vivo"})
"""Commands that are also keys where words are selected."""
_REST = 150  # milliseconds


class CodingScreen(QWidget):
    """Shows a reading with its marks, codes selections, and reports what could not be done.

    Attributes:
        shown: the reading with its texts and marks; to be read from outside.
        giving: what gives codes.
        walk: what goes from place to place.
        places: where one is and was in each text.

    Signals:
        failed: an error that the user can act on.
        import_wanted: files are to be brought in.
        code_touched: the code of the mark that was picked.
        keys_changed: other keys work now.
        done: what was done, of a step that is larger than one coding.
        hinted: why a key did nothing, or what there is to know of what it did.
        segment_wanted: a quotation, maybe of another text, that is to be shown.
        memo_wanted: a memo is to be written: what on (a `Subject`), beside what (global), and how that is called.
    """

    failed = Signal(Exception)
    import_wanted = Signal()
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
        self.shown = ShownText(bridge)
        self._counted = QTimer(self)  # how much is coded is counted once the hands rest
        self._counted.setSingleShot(True)
        self._counted.setInterval(_REST)
        self._counted.timeout.connect(self._show_coded)
        self._is_away = False  # another screen is shown: what changes is read when this one comes back
        self._missed: frozenset[str] = frozenset()
        self._view = TranscriptView(self)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._spoken = SpokenText(self._view)
        self._versions = VersionsButton(bridge, self._view)
        self._header = CodingHeader(bridge, self.shown, self._versions)
        self._changes = TextChanges(bridge, self._view)
        self._dock = CardDock(self, self._view)
        self.giving = CodeGiving(bridge, self._view, self.shown, self, self._dock.card)
        self.places = ReadingPlaces(self._view, self.shown)
        self.walk = TextWalk(bridge, self._view, self.shown)
        self._deciding = MarkDeciding(bridge, self.shown, self)
        self._picking = MarkPicking(bridge, self._view, self.shown, self._dock, self._spoken)
        self._empty = no_material("messages-square", _("No documents yet"), self, is_read_only=bridge.is_read_only)
        self._empty.pressed.connect(self.import_wanted)
        self._lay_out()
        self._show_looks()
        self._connect()
        self.card.dim_for_reading(bridge.is_read_only)
        bridge.changed.connect(self._on_changed)

    def _connect(self) -> None:
        view, header = self._view, self._header
        view.typed.connect(self.giving.ask)
        view.entered.connect(self.walk.pick_at_caret)
        view.code_dropped.connect(self.apply_code)
        view.dropped_on_mark.connect(self.giving.code_alike)
        view.can_pull_edges = not self._bridge.is_read_only
        view.edge_pulled.connect(self._on_edge_pulled)
        view.selection_changed.connect(self.keys_changed)
        view.mark_clicked.connect(self._on_mark_clicked)
        view.menu_wanted.connect(self._on_menu_wanted)
        header.part_wanted.connect(self._on_part_wanted)
        header.memo_wanted.connect(self._ask_memo_on_document)
        header.suggestion_wanted.connect(lambda: self.decide("next"))
        self._dock.card.decided.connect(self.decide)
        self._dock.moved.connect(self.keys_changed)
        for part in (self._changes, self._versions, self.giving):
            part.failed.connect(self.failed)
        for maker in (self._changes, self.giving):
            maker.done.connect(self.done)
        for picker in (self._changes, self.giving, self.walk, self._deciding):
            picker.picked.connect(self.pick)
        for hinter in (self._changes, self.walk, self.giving):
            hinter.hinted.connect(self.hinted)
        self._changes.keys_changed.connect(self.keys_changed)
        self.walk.left.connect(self._picking.let_go)
        self._deciding.left.connect(lambda: self.decide("close"))
        self.walk.segment_wanted.connect(self.segment_wanted)
        self._picking.code_touched.connect(self.code_touched)

    @property
    def view(self) -> TranscriptView:
        """The text."""
        return self._view

    @property
    def picker(self) -> CodePicker:
        """Where a code is picked."""
        return self.giving.picker

    @property
    def card(self) -> MarkCard:
        """What is said of the picked mark."""
        return self._dock.card

    @property
    def coders(self) -> CodersButton:
        """Whose quotations are shown."""
        return self._header.coders

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
        return self.shown.part

    @property
    def picked(self) -> Mark | None:
        """The mark that is picked."""
        return self._picking.picked

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here now."""
        if self._changes.is_correcting:
            return [("Enter", _("correct")), ("Esc", _("leave"))]
        return working_keys(self._view, self.shown, self.picked, is_read_only=self._bridge.is_read_only)

    # What is shown

    def show_reading(self, reading: Reading, around: int | None = None) -> None:
        """Shows another text, where one was in it or from the top; of very many answers those around a document."""
        self._changes.leave()
        self.places.note()
        is_asked_for = around is not None
        marks = self.shown.show(reading, around if is_asked_for else self.places.document_in(reading))
        self._view.set_blocks(self.shown.blocks, marks)
        self._view.setAccessibleName(reading.title)
        if not is_asked_for:
            self.places.go_back()
        self._show_header()
        self._dock.close()
        self._empty.hide()

    def show_nothing(self) -> None:
        """Says that there is nothing to read."""
        self._changes.leave()
        self.places.note()
        self._view.set_blocks([], self.shown.show(None))
        self._show_header()
        self._dock.close()
        self._empty.setGeometry(self.rect())
        self._empty.show()
        self._empty.raise_()

    def show_span(self, document_id: int, span: Span) -> None:
        """Scrolls to a span and selects it."""
        self._show_part_with(document_id)
        self._view.show_span(document_id, span)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_segment(self, segment: Segment) -> None:
        """Picks a quotation; its reading must be the one that is shown."""
        self._show_part_with(segment.document_id)
        key = (False, segment.id)
        if key not in self.shown.marks:  # another coder's mark stands for both
            same = (segment.document_id, segment.span, segment.code_id)
            marks = (mark for mark in self.shown.marks.values() if not mark.is_suggestion)
            key = next((mark.key for mark in marks if (mark.document_id, mark.span, mark.code_id) == same), key)
        self._view.show_span(segment.document_id, segment.span, select=False)
        self._view.clear_selection()
        self.pick(key)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_code_in_focus(self, code_id: int) -> None:
        """The code that is current in the tree: its brackets stand out, J and K go through its quotations."""
        self.walk.set_code_in_focus(code_id)

    def _show_part_with(self, document_id: int) -> None:
        if self.shown.whole is not None and self.shown.part is not None and not self.shown.shows(document_id):
            self.show_reading(self.shown.whole, document_id)

    def _on_part_wanted(self, document_id: int) -> None:
        if self.shown.whole is not None:
            self.show_reading(self.shown.whole, document_id)

    def _show_header(self) -> None:
        self._header.show_reading()
        self._header.show_waiting()
        self._show_coded()
        self._versions.show_for(self.shown.part)

    def _show_coded(self) -> None:
        self._header.show_coded(*self._view.text.turns_coded())

    def _show_looks(self) -> None:
        self._view.set_looks(self._bridge.looks, self._bridge.names, self._bridge.groups)

    # Coding

    def apply_code(self, code_id: int) -> None:
        """Codes what is selected."""
        self.giving.apply_code(code_id)

    def decide(self, verdict: str) -> None:
        """Does what a key or the card asks for; `actions.local_keys` lists them."""
        if self._bridge.is_read_only and verdict not in _READS:
            self.failed.emit(refusal())
            return
        try:
            if not self._goes(verdict):
                self._decide_on_picked(verdict)
        except QualcodeError as error:
            self.failed.emit(error)

    def _goes(self, verdict: str) -> bool:
        """Does what moves on, or concerns the text and no mark on it; whether the command is of that kind."""
        goings: dict[str, Callable[[], object]] = {
            "next": self.walk.next_suggestion,
            "previous": partial(self.walk.next_suggestion, back=True),
            "next_of_code": self.walk.next_of_code,
            "previous_of_code": partial(self.walk.next_of_code, back=True),
            "uncoded": self.walk.next_uncoded,
            "close": self._close,
            "correct": self._changes.correct,
            "in_vivo": self.giving.code_in_vivo,
            "turn": partial(self._code_unit, "turn"),
            "turn_again": partial(self._code_unit, "turn", again=True),
            "sentence": partial(self._code_unit, "sentence"),
            "sentence_again": partial(self._code_unit, "sentence", again=True),
            "memo": self._ask_memo,
            "code": self.giving.ask,
            "copy": self._view.copy,
            "versions": self._versions.pop_up,
        }
        if verdict in goings:
            goings[verdict]()
        return verdict in goings

    def _close(self) -> None:
        self._picking.let_go()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _code_unit(self, unit: str, *, again: bool = False) -> None:
        """Codes a turn or a sentence; once more with the code that was given last, without asking."""
        self.walk.select_unit(unit)
        if not again or not self.giving.apply_last_code():
            self.giving.ask()

    def _decide_on_picked(self, verdict: str) -> None:
        mark = self.picked
        if mark is None or mark.is_others:
            return
        if verdict == "recode":
            self.giving.ask_another(mark.key)
        elif verdict == "split" and not mark.is_suggestion:
            self._changes.split(mark.id)
        elif verdict == "join" and not mark.is_suggestion:
            self._changes.join(mark.id)
        else:
            self._deciding.decide(verdict, mark)

    def _ask_memo(self) -> None:
        """A memo on the picked quotation; without one, on the document that the caret is in."""
        asked = self._picking.memo_on_picked() if self.card.isVisible() else None
        if asked is None:
            self._ask_memo_on_document()
            return
        beside = QRect(self.mapToGlobal(QPoint(self.width(), self.height() // 2)), QSize(1, 1))
        self.memo_wanted.emit(asked[0], beside, asked[1])

    def _ask_memo_on_document(self) -> None:
        asked = self._picking.memo_on_document()
        if asked is not None:
            self.memo_wanted.emit(asked[0], self._header.memo_place, asked[1])

    # The picked mark

    def pick(self, key: tuple[bool, int]) -> None:
        """Picks a mark, and says below the text what it is."""
        self._picking.pick(key)

    def show_changed(self) -> bool:
        """Leads to what was undone or done again just now; to be called after that. Returns whether it is seen."""
        return not self._is_away and self._picking.show_changed()

    def _on_mark_clicked(self, key: tuple[bool, int] | None) -> None:
        if key is None:
            self._dock.close()
        else:
            self.pick(key)

    def _on_edge_pulled(self, mark: Mark, span: Span) -> None:
        try:
            self._deciding.give_span(mark, span)
        except QualcodeError as error:
            self.failed.emit(error)

    def _on_menu_wanted(self, place: QPoint) -> None:
        has_versions, is_read_only = self._versions.has_versions, self._bridge.is_read_only
        kind, has_neighbour = self._picking.kind, self._picking.has_neighbour
        state = MenuState(self._view.has_selection(), kind, has_neighbour, has_versions, is_read_only)
        text_menu(self, state, self.decide).popup(place)

    # What changes

    def _on_changed(self, tables: frozenset[str]) -> None:
        if self._is_away:
            self._missed |= tables
            self.shown.miss()
            return
        self._picking.note((), ())
        if "code" in tables:
            self._show_looks()
        if tables & _TEXT_TABLES and self.shown.whole is not None:
            self._renew_texts()
        elif tables & _SHOWN_TABLES:
            gone, come = self.shown.renew_marks(tables)
            self._view.change_marks(gone, come)
            self._picking.note(gone, come)
            self._counted.start()
            self._header.show_waiting()
        else:
            return
        if self._view.selected_mark is not None and self.picked is None:
            self._picking.let_go()

    def _renew_texts(self) -> None:
        """Shows the texts as they stand now, at the place where one is; what is gone is left to who shows others."""
        marks = self.shown.renew()
        if marks is None:
            return
        self._changes.leave()
        self._view.renew_blocks(self.shown.blocks, marks)
        self._show_header()

    # Layout and Qt's events

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._view, 1)
        self._empty.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The card stays docked at the bottom."""
        super().resizeEvent(event)
        self._dock.place()
        if self.card.isVisible() and self.picked is not None:
            self._view.select_mark(self.picked.key)  # stays above the card
        self._empty.setGeometry(self.rect())

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Without a selection, letters are commands; those of the table of keys."""
        verdict = command_of(event, "text")
        if not verdict or (self._view.has_selection() and verdict not in _ON_SELECTION):
            super().keyPressEvent(event)
            return
        self.decide(verdict)
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # so that the window sees that Alt was not pressed alone
