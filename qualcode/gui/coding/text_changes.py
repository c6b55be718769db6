"""What is done to the text and to the extent of quotations: words corrected, quotations cut and joined."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.coding.word_editor import WordEditor
from qualcode.i18n import _, in_quotes
from qualcode.model.carrying import Tally
from qualcode.model.segment import Span
from qualcode.model.words import shortened

if TYPE_CHECKING:
    from qualcode.store.text_versions import LostSegment

_LOST_NAMED = 2  # lost quotations that the line itself names
_CARET = 3  # pixels by which the caret is shorter than its line, above and below
_WORDS = 40  # letters of a lost quotation in the line


class TextChanges(QObject):
    """Corrects words in the text, and cuts and joins quotations, each as one step.

    Signals:
        failed: an error that the user can act on.
        hinted: why a key did nothing.
        done: what was done.
        picked: the key of the mark that stands for what was cut or joined.
        keys_changed: other keys work now.
    """

    failed = Signal(Exception)
    hinted = Signal(str)
    done = Signal(str)
    picked = Signal(object)
    keys_changed = Signal()

    def __init__(self, bridge: ProjectBridge, view: TranscriptView) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._target: tuple[int, Span] | None = None
        self._editor = WordEditor(view.viewport())
        self._editor.corrected.connect(self._on_corrected)
        self._editor.left.connect(self.leave)
        view.verticalScrollBar().valueChanged.connect(self._put_editor)
        view.laid_out.connect(self._put_editor)

    @property
    def editor(self) -> WordEditor:
        """Where the words are corrected."""
        return self._editor

    @property
    def is_correcting(self) -> bool:
        """Whether words are being corrected."""
        return self._target is not None

    # Correcting

    def correct(self) -> None:
        """Opens the editor over the selected words, or over the word at the caret."""
        if not self._view.has_selection():
            self._view.select_word()
        selected = self._view.selected_span()
        if selected is None:
            self.hinted.emit(_("Select the words to correct first."))
            return
        if not self._view.is_in_one_turn():
            self.hinted.emit(_("A correction stays inside one turn."))
            return
        self._view.make_selection_visible()
        self._target = selected
        words = self._bridge.project.documents.text(selected[0])[selected[1].start : selected[1].end]
        place, column = self._places()
        self._editor.open_over(words, place, column, self._view.text_size)
        self.keys_changed.emit()

    def leave(self) -> None:
        """Closes the editor; the text stays as it is."""
        if self._target is None:
            return
        self._target = None
        had_keyboard = self._editor.hasFocus()
        self._editor.hide()
        if had_keyboard:
            self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.keys_changed.emit()

    def _on_corrected(self, words: str) -> None:
        if self._target is None:
            return
        document_id, span = self._target
        documents = self._bridge.project.documents
        n_lost = len(documents.lost(document_id))
        try:
            correction = documents.correct(document_id, span, words)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self.leave()
        self._view.clear_selection()
        if correction is None:
            return
        self._view.put_caret(document_id, correction.span.end if correction.span is not None else span.start)
        lost = [each for each in documents.lost(document_id)[n_lost:] if self._may_see(each)]
        self.done.emit(self._told(correction.quotations, lost))

    def _told(self, tally: Tally, lost: list[LostSegment]) -> str:
        from qualcode.project.import_summary import quotations_told

        if tally == Tally() or (self._bridge.is_blind and not lost):
            return _("Text corrected")
        sentence = _("Text corrected")
        if not self._bridge.is_blind:  # it tells of everybody's quotations
            sentence = _("Text corrected: {quotations}").format(quotations=quotations_told(tally))
        if not lost:
            return sentence
        named = ", ".join(
            f"{self._bridge.names.get(each.code_id, '')} {in_quotes(shortened(each.words, _WORDS))}"
            for each in lost[:_LOST_NAMED]
        )
        return _("{sentence}. Lost: {quotations}").format(
            sentence=sentence, quotations=named + (" …" if len(lost) > _LOST_NAMED else "")
        )

    def _may_see(self, lost: LostSegment) -> bool:
        return not self._bridge.is_blind or lost.coder == self._bridge.project.coder_name

    def _put_editor(self) -> None:
        if self._target is not None:
            self._editor.put(*self._places())

    def _places(self) -> tuple[QRect, QRect]:
        """The first line from the first selected letter on, and all lines of the selection."""
        lines = self._view.selection_place().adjusted(0, -_CARET, 0, _CARET)
        left, width = self._view.text_column
        first = QRect(lines.left(), lines.top(), left + width - lines.left(), self._view.line_height)
        return first, QRect(left, lines.top(), width, max(lines.height(), self._view.line_height))

    # Quotations

    def split(self, segment_id: int) -> None:
        """Cuts a quotation at the caret."""
        place = self._view.cursor_place
        if place is not None:
            self._try(lambda: self._bridge.project.segments.split(segment_id, place[1])[0].id, _("Quotation split"))

    def join(self, segment_id: int) -> None:
        """Makes one quotation of this one and the one of the same code that stands beside it."""
        segments = self._bridge.project.segments
        try:
            neighbour = segments.neighbour(segment_id)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        if neighbour is None:
            self.hinted.emit(_("No quotation of this code stands beside this one."))
            return
        self._try(lambda: segments.merge(segment_id, neighbour.id).id, _("Quotations joined"))

    def _try(self, act: Callable[[], int], sentence: str) -> None:
        try:
            segment_id = act()
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self.picked.emit((False, segment_id))
        self.done.emit(sentence)
