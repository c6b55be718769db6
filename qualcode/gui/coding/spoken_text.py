"""What a screen reader is told of the text: words, caret and selection, who speaks there, and which codes are there.

A QAccessibleTextInterface of one's own can't answer for selections in PySide6 (decision 17), so a text field that is
never shown holds the same words and answers for all of it. It is only made when a screen reader asks.
"""

from __future__ import annotations

import weakref
from bisect import bisect_right
from itertools import accumulate

from PySide6.QtCore import QCoreApplication, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleTextCursorEvent,
    QAccessibleTextInterface,
    QAccessibleTextSelectionEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QAccessibleWidget, QPlainTextEdit
from shiboken6 import Shiboken

from qualcode.gui.coding.blocks import Block, Mark, clock
from qualcode.gui.coding.laid_text import Place
from qualcode.gui.coding.selectable_text import SelectableText
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.announcing import announce
from qualcode.i18n import _
from qualcode.model.document import SpeakerRole

_NONE = Shiboken.VoidPtr(0)  # what says that there is no such interface: None would be taken for an address
_spoken: weakref.WeakKeyDictionary[SelectableText, SpokenText] = weakref.WeakKeyDictionary()


class SpokenText(QObject):
    """Tells screen readers where the caret goes in a view, what is selected and what stands there.

    Args:
        view: the text.

    Signals:
        said: what was announced.
    """

    said = Signal(str)

    def __init__(self, view: SelectableText) -> None:
        super().__init__(view)
        self._view = view
        self._echo: QPlainTextEdit | None = None
        self._starts: list[int] = []
        self._blocks: list[Block] = []
        self._echoed: list[Block] | None = None
        self._number = -1
        self._codes: tuple[str, ...] = ()
        _spoken[view] = self
        _install()
        view.selection_changed.connect(self._on_moved)

    def say(self, sentence: str) -> None:
        """Has a screen reader say a sentence about the text."""
        announce(self._view, sentence)
        self.said.emit(sentence)

    # Where the caret is, in words

    def place_in_words(self) -> str:
        """Who speaks at the caret, when, and the codes that are there; "" without text."""
        if self._view.text.is_empty:
            return ""
        number, _units = self._view.caret_place
        return ". ".join(part for part in (self._turn_in_words(number), *self.codes_at_caret()) if part)

    def codes_at_caret(self) -> tuple[str, ...]:
        """The codes on the letter at the caret, each with what it is: suggested, or by another coder."""
        if self._view.text.is_empty:
            return ()
        number, units = self._view.caret_place
        position = self._view.text.code_point((number, units))
        marks = [mark for mark in self._view.text.marks_of(number) if mark.span.start <= position < mark.span.end]
        return tuple(self._view.mark_in_words(mark) for mark in sorted(marks, key=_by_span))

    def _turn_in_words(self, number: int) -> str:
        block = self._view.text.blocks[number]
        turn = self._view.text.blocks[self._view.text.numbers_of_turn(number)[0]]
        who = _("moderator") if block.role is SpeakerRole.MODERATOR else turn.group
        label = turn.label if turn.label.casefold() != who.casefold() else ""
        return ", ".join(part for part in (label, who, clock(turn.begins)) if part)

    def _on_moved(self) -> None:
        if not QAccessible.isActive() or self._view.text.is_empty:
            return
        self._copy_selection()
        place = self.offset(self._view.caret_place)
        if self._view.has_selection():
            start, end = (self.offset(each) for each in self._view.selection_ends)
            QAccessible.updateAccessibility(QAccessibleTextSelectionEvent(self._view, start, end))
        QAccessible.updateAccessibility(QAccessibleTextCursorEvent(self._view, place))
        self._tell_place()

    def _tell_place(self) -> None:
        """Says who speaks when it is somebody else's turn, and the codes when they are others than before."""
        number, codes = self._view.caret_place[0], self.codes_at_caret()
        if number == self._number and codes == self._codes:
            return
        said = self.place_in_words() if number != self._number else ". ".join(codes) or _("not coded")
        self._number, self._codes = number, codes
        QAccessible.updateAccessibility(QAccessibleEvent(self._view, QAccessible.Event.DescriptionChanged))
        self.say(said)

    # The words, as one text

    def offset(self, place: Place) -> int:
        """Where a place stands in the whole text that a screen reader is given, in UTF-16 units."""
        self._keep_starts()
        return self._starts[place[0]] + place[1]

    def place(self, offset: int) -> Place:
        """The place of an offset in the whole text."""
        self._keep_starts()
        number = max(0, bisect_right(self._starts, offset) - 1)
        return number, min(offset - self._starts[number], self._view.text.block(number).n_units)

    def interface(self) -> QAccessibleTextInterface:
        """What answers for the text."""
        if self._echo is None:
            self._echo = self._make_echo()
        self._keep_starts()
        if self._echoed is not self._blocks:
            blocked = self._echo.blockSignals(True)
            self._echo.setPlainText("\n".join(block.text for block in self._blocks))
            self._echoed = self._blocks
            self._echo.blockSignals(blocked)
        self._copy_selection()
        return QAccessible.queryAccessibleInterface(self._echo).textInterface()

    def _keep_starts(self) -> None:
        if self._blocks is not self._view.text.blocks:
            self._blocks = self._view.text.blocks
            lengths = (len(block.text.encode("utf-16-le")) // 2 + 1 for block in self._blocks)
            self._starts = list(accumulate(lengths, initial=0))[:-1]

    def _make_echo(self) -> QPlainTextEdit:
        made = QPlainTextEdit(self._view)
        made.setWindowFlag(Qt.WindowType.Window)  # never shown; as a window it is no child that could be found
        made.setReadOnly(True)
        made.setFont(fonts.font(self._view.text_size))
        made.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        made.document().setDocumentMargin(0)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.cursorPositionChanged.connect(self._on_echo_moved)
        made.selectionChanged.connect(self._on_echo_moved)
        return made

    def _copy_selection(self) -> None:
        """Caret and selection of the field become those of the view; it is put so that its caret lies on the view's."""
        if self._echo is None or self._view.text.is_empty or self._echoed is not self._view.text.blocks:
            return
        first, last = (self.offset(each) for each in self._view.selection_ends)
        caret = self.offset(self._view.caret_place)
        cursor = self._echo.textCursor()
        cursor.setPosition(first if caret == last else last)
        cursor.setPosition(caret, QTextCursor.MoveMode.KeepAnchor)
        blocked = self._echo.blockSignals(True)
        self._echo.setTextCursor(cursor)
        self._echo.blockSignals(blocked)
        self._fit_echo(self._echo)
        self._echo.cursorRect()  # lays the line out
        there = self._view.viewport().mapToGlobal(self._view.caret_rectangle().topLeft())
        here = QAccessible.queryAccessibleInterface(self._echo).textInterface().characterRect(caret)
        self._echo.move(self._echo.pos() + there - here.topLeft())

    def _fit_echo(self, echo: QPlainTextEdit) -> None:
        """Lines break where they do in the view; what is never shown is told of its size by nobody else."""
        size = QSize(self._view.text_column[1], self._view.viewport().height())
        if echo.size() != size:
            echo.resize(size)
            for part in (echo, echo.viewport()):
                QCoreApplication.sendEvent(part, QResizeEvent(part.size(), QSize()))

    def _on_echo_moved(self) -> None:
        """A screen reader moved the caret, or selected."""
        if self._echo is not None and not self._view.text.is_empty:
            cursor = self._echo.textCursor()
            self._view.select_places(self.place(cursor.anchor()), self.place(cursor.position()))


class _AccessibleText(QAccessibleWidget):
    """The view as a screen reader meets it: a text that can't be written in."""

    def __init__(self, view: SelectableText) -> None:
        super().__init__(view, QAccessible.Role.EditableText)
        self._view = weakref.ref(view)

    def state(self) -> QAccessible.State:
        """As any widget's; one can select in it and not write."""
        made = super().state()
        made.readOnly = made.multiLine = made.selectableText = 1
        return made

    def text(self, t: QAccessible.Text, /) -> str:
        """Its name, and as description where the caret is."""
        spoken = self._spoken
        if t == QAccessible.Text.Description and spoken is not None:
            return spoken.place_in_words()
        return super().text(t)

    def interface_cast(self, t: QAccessible.InterfaceType, /) -> int:
        """The text interface; no other."""
        spoken = self._spoken
        if t == QAccessible.InterfaceType.TextInterface and spoken is not None:
            return spoken.interface()  # type: ignore[return-value]
        return _NONE  # type: ignore[return-value]

    @property
    def _spoken(self) -> SpokenText | None:
        view = self._view()
        return _spoken.get(view) if view is not None else None


def _by_span(mark: Mark) -> tuple[int, int, int]:
    return mark.span.start, -mark.span.end, mark.id


_is_installed = False


def _install() -> None:
    """Once: Qt asks here for what it tells screen readers of a widget."""
    global _is_installed
    if not _is_installed:
        _is_installed = True
        QAccessible.installFactory(_made_for)


def _made_for(_class_name: str, shown: QObject) -> _AccessibleText | None:
    return _AccessibleText(shown) if isinstance(shown, SelectableText) and shown in _spoken else None
