"""The mark that is picked in the text: outlined, told on the card and to screen readers; where undo and redo lead."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.blocks import Mark
from qualcode.gui.coding.card_dock import CardDock
from qualcode.gui.coding.mark_deciding import told
from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.coding.spoken_text import SpokenText
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.review.resembling import Resembling
from qualcode.gui.review.suggestion_words import like_sentences
from qualcode.model.memo import Subject, SubjectKind
from qualcode.model.words import shortened

WORDS = 60  # letters of a quotation where it is told in short
_FEW = 3  # marks that change together up to which one is led to the first of them


class MarkPicking(QObject):
    """Picks marks and lets them go.

    Signals:
        code_touched: the code of the mark that was picked.
    """

    code_touched = Signal(int)

    def __init__(
        self, bridge: ProjectBridge, view: TranscriptView, shown: ShownText, dock: CardDock, spoken: SpokenText
    ) -> None:
        super().__init__(view)
        self._bridge = bridge
        self._view = view
        self._shown = shown
        self._dock = dock
        self._spoken = spoken
        self._gone: Sequence[Mark] = ()
        self._come: Sequence[Mark] = ()
        self._resembling = Resembling(self)
        self._resembling.found.connect(self._on_nearest_found)

    @property
    def picked(self) -> Mark | None:
        """The mark that is picked."""
        return self._shown.marks.get(self._view.selected_mark or (False, 0))

    @property
    def kind(self) -> str:
        """What is picked: "suggestion", "others" for another coder's quotation, "segment", or "" for nothing."""
        picked = self.picked
        if picked is None:
            return ""
        return "suggestion" if picked.is_suggestion else "others" if picked.is_others else "segment"

    @property
    def has_neighbour(self) -> bool:
        """Whether a quotation of the same code stands beside the picked one, to be joined with it."""
        if self.kind != "segment" or self.picked is None:
            return False
        return self._bridge.project.segments.neighbour(self.picked.id) is not None

    def words_of(self, mark: Mark) -> str:
        """The words of a mark, in short."""
        return shortened(self._view.text.words(mark.document_id, mark.span), WORDS)

    def pick(self, key: tuple[bool, int]) -> None:
        """Picks a mark, and says below the text what it is."""
        self._view.select_mark(key)
        mark = self._shown.marks.get(key)
        if mark is None:
            self._dock.close()
            return
        self._view.bring_caret(mark.document_id, mark.span)
        self._dock.show_picked(told(mark, self._shown, self._bridge))
        self._look_for_nearest(mark)
        self._view.select_mark(key)  # above the card
        self._spoken.say(f"{self._view.mark_in_words(mark)}: {self.words_of(mark)}")
        self.code_touched.emit(mark.code_id)

    def _look_for_nearest(self, mark: Mark) -> None:
        """Which of the codebook's sentences a suggestion is nearest to is said as soon as it is found."""
        suggestion = self._shown.suggestion(mark) if mark.is_suggestion else None
        sentences, is_reason = like_sentences(suggestion, self._bridge) if suggestion is not None else ((), False)
        if not sentences:
            self._resembling.forget()
            return
        if is_reason:
            self._dock.say_nearest("", 0.0)
        self._resembling.ask(sentences, self._view.text.words(mark.document_id, mark.span), is_reason=is_reason)

    def _on_nearest_found(self, sentence: str, degree: float) -> None:
        if sentence:
            self._dock.say_nearest(sentence, degree)
        else:
            self._dock.hide_nearest()
        self._view.select_mark(self._view.selected_mark)  # above the card

    def let_go(self) -> None:
        """Picks nothing."""
        self._resembling.forget()
        self._view.select_mark(None)
        self._dock.close()

    # What a memo is on, and how that is called

    def memo_on_picked(self) -> tuple[Subject, str] | None:
        """The picked quotation."""
        mark = self.picked
        if mark is None or mark.is_suggestion:
            return None
        name = self._bridge.names.get(mark.code_id, "")
        return Subject(SubjectKind.SEGMENT, mark.id), f"{name}: {self.words_of(mark)}"

    def memo_on_document(self) -> tuple[Subject, str] | None:
        """The document that the caret is in."""
        document_id, part = self._view.document_at_cursor, self._shown.part
        if document_id is None or part is None:
            return None
        name = next(each.name for each in part.documents if each.id == document_id)
        return Subject(SubjectKind.DOCUMENT, document_id), name

    # Where undo and redo lead

    def note(self, gone: Sequence[Mark], come: Sequence[Mark]) -> None:
        """Takes note of what changed last on the texts that are shown."""
        self._gone, self._come = gone, come

    def show_changed(self) -> bool:
        """Leads to what was undone or done again just now: to the mark that is there again, else to where it was.

        Returns:
            Whether it can be seen: not where other texts are concerned, or very much.
        """
        gone, come, self._gone, self._come = self._gone, self._come, (), ()
        if not 0 < len(gone) + len(come) <= 2 * _FEW or len(come) > _FEW:
            return False
        if self._view.has_selection():
            return True
        if come:
            self.pick(min(come, key=_first_in_text).key)
            return True
        mark = min(gone, key=_first_in_text)
        self.let_go()
        self._view.show_span(mark.document_id, mark.span, select=False)
        self._view.bring_caret(mark.document_id, mark.span)
        return True


def _first_in_text(mark: Mark) -> tuple[bool, int, int]:
    """Suggestions that wait again before quotations, then by place."""
    return not mark.is_suggestion, mark.document_id, mark.span.start
