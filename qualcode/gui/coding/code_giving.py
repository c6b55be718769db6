"""Gives codes: to what is selected, to the picked quotation, to a suggestion; old codes, new ones and in vivo ones."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.actions import spoken_key
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.picker import CodePicker
from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.widgets.read_only import refusal
from qualcode.i18n import _, folded
from qualcode.model.segment import Segment, Span
from qualcode.model.words import shortened

_IN_VIVO = 48  # letters of selected words that become a name


class CodeGiving(QObject):
    """Asks for a code with the picker and writes it, each time as one step.

    Args:
        bridge: the open project.
        view: the text.
        shown: what is shown in it.
        screen: over which the picker opens.
        card: beside which it opens for another code.

    Signals:
        failed: an error that the user can act on.
        picked: the key of the mark that got a code.
        done: what was done, of a step that is larger than one coding.
        hinted: what there is to know of a coding.
    """

    failed = Signal(Exception)
    picked = Signal(object)
    done = Signal(str)
    hinted = Signal(str)

    def __init__(
        self, bridge: ProjectBridge, view: TranscriptView, shown: ShownText, screen: QWidget, card: QWidget
    ) -> None:
        super().__init__(screen)
        self._bridge = bridge
        self._view = view
        self._shown = shown
        self._card = card
        self._recoding: tuple[bool, int] | None = None
        self.picker = CodePicker(bridge, screen, makes_codes=True)
        self.picker.code_picked.connect(self._on_code_picked)
        self.picker.name_picked.connect(self.apply_new_code)
        self.picker.in_vivo_wanted.connect(self.code_in_vivo)

    def ask(self, letters: str = "") -> None:
        """Asks for a code for what is selected."""
        self._recoding = None
        selected = self._selected()
        if selected is None:
            return
        if self._bridge.is_read_only:
            self.failed.emit(refusal())
            return
        place = self._view.selection_place()
        corner = self._view.viewport().mapToGlobal(place.topLeft())
        length = selected[1].end - selected[1].start
        self.picker.open_at(QRect(corner, place.size()), letters, length)

    def ask_another(self, key: tuple[bool, int]) -> None:
        """Asks for another code for a mark."""
        self._recoding = key
        mark = self._shown.marks.get(key)
        has_now = {mark.code_id} if mark is not None else set()
        place = QRect()
        if mark is not None:
            place = self._view.span_place(mark.document_id, mark.span)
        if place.bottom() > 0 and place.intersects(self._view.viewport().rect()):
            place.moveTo(self._view.viewport().mapToGlobal(place.topLeft()))
        else:  # scrolled away
            place = QRect(self._card.mapToGlobal(QPoint(24, 0)), self._card.size())
        self.picker.open_at(place, "", 0, _("another code"), has_now, splits=not key[0])

    def _selected(self) -> tuple[int, Span] | None:
        """What is selected, without blanks before and behind: the same words are the same quotation."""
        selected = self._view.selected_span()
        if selected is None:
            return None
        document_id, span = selected
        words = self._view.selected_text()
        start, end = span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip())
        return (document_id, Span(start, end)) if start < end else None

    def apply_code(self, code_id: int) -> None:
        """Codes what is selected."""
        selected = self._selected()
        if selected is None:
            return
        self._code(*selected, code_id)

    def code_alike(self, code_id: int, key: tuple[bool, int]) -> None:
        """Codes the words of a quotation with another code as well."""
        mark = self._shown.marks.get(key)
        if mark is not None:
            self._code(mark.document_id, mark.span, code_id)

    def _code(self, document_id: int, span: Span, code_id: int) -> None:
        try:
            segment = self._bridge.project.segments.add(document_id, span, code_id)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._show_coded(code_id, segment.id)
        self._tell_of_another(segment)

    def apply_last_code(self) -> bool:
        """Codes what is selected with the code that was given last; False if none was."""
        recent = self._bridge.recent_codes
        if recent:
            self.apply_code(recent[0])
        return bool(recent)

    def apply_new_code(self, name: str) -> None:
        """Codes what is selected with a new code of that name, in one step; a code of that name is taken if there."""
        project = self._bridge.project
        known = next((id for id, each in self._bridge.names.items() if folded(each) == folded(name)), None)
        if known is not None:
            self._on_code_picked(known)
            return
        recoding, self._recoding = self._recoding, None
        if recoding is not None:
            self._split_off(recoding, name)
            return
        selected = self._selected()
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
        self._show_coded(code.id, segment.id)
        self.done.emit(_("Added the code “{code}” with its first quotation").format(code=name))

    def code_in_vivo(self) -> None:
        """The selected words become a code, and its first quotation."""
        words = " ".join(self._view.selected_text().split()).strip(" .,;:!?–-")
        if words:
            self._recoding = None  # another code was asked for something else, and not given
            self.apply_new_code(shortened(words, _IN_VIVO))

    def _show_coded(self, code_id: int, segment_id: int) -> None:
        self._bridge.remember_code(code_id)
        self._view.clear_selection()
        self.picked.emit((False, segment_id))
        if self._view.isVisible():  # Alt with an arrow is for the quotation now, not for the code in the tree
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_of_another(self, segment: Segment) -> None:
        """Says that some of the words are quoted twice now, with the same code and by the same coder."""
        alike = (segment.document_id, segment.code_id)
        own = (mark for mark in self._shown.marks.values() if not mark.is_suggestion and mark.id != segment.id)
        if not any((mark.document_id, mark.code_id) == alike and mark.span.overlaps(segment.span) for mark in own):
            return
        other = self._bridge.project.segments.neighbour(segment.id)
        if other is not None and other.span.overlaps(segment.span):
            sentence = _("Another quotation of “{code}” shares words with this; both count. {key} makes them one.")
            code = self._bridge.names.get(segment.code_id, "")
            self.hinted.emit(sentence.format(code=code, key=spoken_key("Shift+X")))

    def _split_off(self, key: tuple[bool, int], name: str) -> None:
        """The picked quotation goes to a new code, right behind the one that it had; more can follow it there."""
        mark = self._shown.marks.get(key)
        if mark is None or mark.is_suggestion or mark.is_others:
            return
        try:
            code = self._bridge.project.codebook.split(mark.code_id, [key[1]], name)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._bridge.remember_code(code.id)
        self.picked.emit(key)
        sentence = _("Split “{new}” off from “{code}” with its first quotation")
        self.done.emit(sentence.format(new=name, code=self._bridge.names.get(mark.code_id, "")))

    def _on_code_picked(self, code_id: int) -> None:
        recoding, self._recoding = self._recoding, None
        if recoding is None:
            self.apply_code(code_id)
            return
        try:
            if recoding[0]:
                segment = self._bridge.project.review.accept_as(recoding[1], code_id=code_id)
                self.picked.emit((False, segment.id))
            else:
                self._bridge.project.segments.recode(recoding[1], code_id)
                self.picked.emit(recoding)
        except QualcodeError as error:
            self.failed.emit(error)
