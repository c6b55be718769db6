"""The text with its speakers, coded passages and margin: laid out block by block, when a block is seen."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QToolTip, QWidget

from qualcode.gui.codebook.tree import CODE_MIME, PASSAGE_MIME, code_of_mime
from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.heights import Heights
from qualcode.gui.coding.laid_block import (
    BLOCK_GAP,
    GAP,
    GUTTER,
    LANE,
    N_LANES,
    Columns,
    Emphasis,
    LaidBlock,
    Setting,
)
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, CodeLook
from qualcode.gui.resources.group_marks import GroupLook
from qualcode.gui.resources.theme import theme, tokens
from qualcode.i18n import _, decimal
from qualcode.model.segment import Span

_PAD = 24
_MEASURE = 36.0  # width of the text in letter sizes: 540 px at 15
_NARROWEST = 32.0  # to which it gives way before names in the margin are cut
_NAMES_FROM = 840  # width of the view from which names of codes stand in the margin
_LABELS_WIDEST = 260
_CARET_BLINK = 530

Place = tuple[int, int]  # number of the block, Qt position in it


class TranscriptView(QAbstractScrollArea):
    """Shows blocks with marks; reports what is pointed at, selected and typed.

    Signals:
        selection_changed: the selection began, changed or went.
        mark_clicked: the key of the mark that was clicked, None for bare text.
        mark_activated: the key of the mark that was double-clicked or entered.
        typed: letters typed while text is selected; "" for Enter.
        code_dropped: a code that was dropped on the selection.
        menu_wanted: where a menu is to pop up, in global coordinates.
        laid_out: places of the text moved, as when the window got another width.
    """

    selection_changed = Signal()
    mark_clicked = Signal(object)
    mark_activated = Signal(object)
    typed = Signal(str)
    code_dropped = Signal(int)
    menu_wanted = Signal(QPoint)
    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: list[Block] = []
        self._first_of: dict[int, int] = {}
        self._stop_of: dict[int, int] = {}
        self._starts: list[int] = []
        self._marks: dict[int, list[Mark]] = {}
        self._laid: dict[int, LaidBlock] = {}
        self._found: dict[int, Sequence[Span]] = {}
        self._heights = Heights([])
        self._looks: Mapping[int, CodeLook] = {}
        self._names: Mapping[int, str] = {}
        self._groups: dict[str, GroupLook] = {}
        self._size = fonts.px(fonts.TITLE)
        self._setting = self._make_setting()
        self._anchor: Place = (0, 0)
        self._cursor: Place = (0, 0)
        self._wanted_x: float | None = None
        self._emphasis = Emphasis()
        self._is_selecting = False
        self._pressed_at: QPointF | None = None
        self._covered = 0
        self._caret_on = True
        self.setObjectName("transcript")
        self.setAccessibleName(_("Text"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().setSingleStep(self._setting.line_height)
        theme().changed.connect(self._on_theme_changed)
        self._blink = QTimer(self)
        self._blink.setInterval(_CARET_BLINK)
        self._blink.timeout.connect(self._on_blink)

    # What is shown

    def set_looks(self, looks: Mapping[int, CodeLook], names: Mapping[int, str], groups: dict[str, GroupLook]) -> None:
        """How codes (by id) and groups (by name) are drawn and called."""
        self._looks, self._names, self._groups = looks, names, groups
        self._lay_out_anew()

    def set_blocks(self, blocks: Sequence[Block], marks: Sequence[Mark] = ()) -> None:
        """Shows other texts, from the top."""
        self._blocks = list(blocks)
        self._find_documents()
        self._anchor = self._cursor = (0, 0)
        self._emphasis = Emphasis()
        self._sort_marks(marks)
        self._lay_out_anew()
        self.verticalScrollBar().setValue(0)
        self.selection_changed.emit()

    def renew_blocks(self, blocks: Sequence[Block], marks: Sequence[Mark]) -> None:
        """Shows the same texts as they stand now; what is read stays where it is on the screen."""
        before, place = self._blocks, self.cursor_place
        self._blocks = list(blocks)
        self._find_documents()
        self._sort_marks(marks)
        if len(before) == len(self._blocks):
            changed = [number for number, block in enumerate(self._blocks) if block != before[number]]
            for number in changed:
                self._laid.pop(number, None)
                self._found.pop(self._blocks[number].document_id, None)  # the words found may stand elsewhere now
            self._lay_visible()
            self.viewport().update()
        else:
            self._lay_out_anew()
        number = min(place[0], max(0, len(self._blocks) - 1)) if place is not None else 0
        units = self._unit(number, place[1]) if place is not None and self._blocks else 0
        self._anchor = self._cursor = (number, units)
        self.selection_changed.emit()

    def change_marks(self, gone: Sequence[Mark], come: Sequence[Mark]) -> None:
        """Takes some marks away and shows others; only blocks that they touch are laid out again."""
        touched = set()
        for mark in gone:
            for number in self._numbers_of(mark.document_id, mark.span):
                touched.add(number)
                left = [each for each in self._marks.get(number, ()) if each.key != mark.key]
                if left:
                    self._marks[number] = left
                else:
                    self._marks.pop(number, None)
        for mark in come:
            for number in self._numbers_of(mark.document_id, mark.span):
                touched.add(number)
                self._marks.setdefault(number, []).append(mark)
        for number in touched:
            self._laid.pop(number, None)
        self._lay_visible()
        self.viewport().update()

    def set_found(self, found: Mapping[int, Sequence[Span]]) -> None:
        """Frames the words that a search found: places in order, by document; the others' frames go."""
        self._found = dict(found)
        self.viewport().update()

    def set_text_size(self, pixels: int) -> None:
        """The letter size of the text."""
        self._size = fonts.px(pixels)
        self._lay_out_anew()

    def set_covered(self, pixels: int) -> None:
        """How much of the view's lower end something covers: the text can be scrolled above it."""
        if pixels != self._covered:
            self._covered = pixels
            self._update_range()

    def set_code_in_focus(self, code_id: int | None) -> None:
        """Gives the brackets of a code more weight."""
        self._emphasise(code_id=code_id)

    def select_mark(self, key: tuple[bool, int] | None) -> None:
        """Outlines a mark and scrolls to it."""
        self._emphasise(selected=key)
        if key is None:
            return
        for number, marks in sorted(self._marks.items()):
            if any(mark.key == key for mark in marks):
                extent = self._block(number).extent_of(key) or (0.0, 0.0)
                top = self._heights.top(number)
                self._make_visible(top + round(extent[0]), top + round(extent[1]))
                return

    @property
    def selected_mark(self) -> tuple[bool, int] | None:
        """The key of the mark that is outlined."""
        return self._emphasis.selected

    def marks_in_view(self) -> list[Mark]:
        """The marks of the blocks that can be seen now."""
        return [mark for number in self._visible() for mark in self._block(number).marks()]

    def coded_blocks(self) -> set[int]:
        """Numbers of the blocks that hold coded words; suggestions don't count."""
        return {number for number, marks in self._marks.items() if any(not mark.is_suggestion for mark in marks)}

    def show_span(self, document_id: int, span: Span, *, select: bool = True) -> None:
        """Scrolls to a span of a document, and selects it."""
        numbers = self._numbers_of(document_id, span)
        if not numbers:
            return
        first, last = numbers[0], numbers[-1]
        start = (first, self._unit(first, span.start))
        end = (last, self._unit(last, span.end))
        if select:
            self._anchor, self._cursor = start, end
            self.selection_changed.emit()
        self._lay_visible()
        top = self._heights.top(first) + round(self._block(first).caret(start[1]).top())
        self._make_visible(top, top + self._setting.line_height, in_the_middle=True)
        self.viewport().update()

    # Selection

    def has_selection(self) -> bool:
        """Whether any text is selected."""
        return self._anchor != self._cursor

    def selected_span(self) -> tuple[int, Span] | None:
        """The document and the code points that are selected."""
        if not self.has_selection():
            return None
        (first, start), (last, end) = sorted((self._anchor, self._cursor))
        block = self._blocks[first]
        begin = block.start + self._block(first).positions.from_qt(start)
        stop = self._blocks[last].start + self._block(last).positions.from_qt(end)
        return (block.document_id, Span(begin, stop)) if begin < stop else None

    def selected_text(self) -> str:
        """The words that are selected; turns are joined by a line feed."""
        if not self.has_selection():
            return ""
        (first, start), (last, end) = sorted((self._anchor, self._cursor))
        parts = []
        for number in range(first, last + 1):
            positions = self._block(number).positions
            text = self._blocks[number].text
            begin = positions.from_qt(start) if number == first else 0
            stop = positions.from_qt(end) if number == last else len(text)
            parts.append(text[begin:stop])
        return "\n".join(parts)

    @property
    def cursor_place(self) -> tuple[int, int] | None:
        """The number of the block with the caret, and the caret's code point in its document; None without text."""
        if not self._blocks:
            return None
        number, units = self._cursor
        return number, self._blocks[number].start + self._block(number).positions.from_qt(units)

    @property
    def document_at_cursor(self) -> int | None:
        """The document that the caret is in; None without text."""
        return self._blocks[self._cursor[0]].document_id if self._blocks else None

    def put_cursor(self, number: int) -> None:
        """Puts the caret at the start of a block and scrolls there."""
        self._lay_visible()
        top = self._heights.top(number)
        self._make_visible(top, top + self._setting.line_height, in_the_middle=True)
        self._move_to((number, 0), extend=False)

    def put_caret(self, document_id: int, position: int) -> None:
        """Puts the caret at a code point of a document, where it can be seen."""
        numbers = self._numbers_of(document_id, Span(max(0, position - 1), max(1, position)))
        if numbers:
            self._move_to((numbers[-1], self._unit(numbers[-1], position)), extend=False)

    def select_word(self) -> None:
        """Selects the word that the caret is in or at."""
        if not self._blocks:
            return
        number, position = self._cursor
        start, end = self._block(number).word_at(position)
        if self._blocks[number].text:
            self._anchor = (number, start)
            self._move_to((number, end), extend=True)

    def is_in_one_turn(self) -> bool:
        """Whether what is selected lies in one turn or answer."""
        (first, _start), (last, _end) = sorted((self._anchor, self._cursor))
        return all(block.continues for block in self._blocks[first + 1 : last + 1])

    def make_selection_visible(self) -> None:
        """Scrolls to what is selected."""
        (first, start), (last, end) = sorted((self._anchor, self._cursor))
        top = self._heights.top(first) + round(self._block(first).caret(start).top())
        bottom = self._heights.top(last) + round(self._block(last).caret(end).bottom())
        self._make_visible(top, min(bottom, top + self.viewport().height() // 2))

    @property
    def text_column(self) -> tuple[int, int]:
        """Left edge and width of the text, in the coordinates of the viewport."""
        return self._setting.columns.text, self._setting.columns.text_width

    @property
    def line_height(self) -> int:
        """Height of one line of text."""
        return self._setting.line_height

    @property
    def text_size(self) -> int:
        """Letter size of the text in pixels."""
        return self._size

    def clear_selection(self) -> None:
        """Leaves the caret where it is and selects nothing."""
        if self._blocks:
            self._move_to(self._cursor, extend=False)

    def selection_place(self) -> QRect:
        """Where the selection stands, in the coordinates of the viewport."""
        (first, start), (last, end) = sorted((self._anchor, self._cursor))
        offset = self.verticalScrollBar().value() - _PAD
        above, below = self._block(first).caret(start), self._block(last).caret(end)
        left = self._setting.columns.text + round(above.left() if first == last else 0)
        top = self._heights.top(first) + round(above.top()) - offset
        bottom = self._heights.top(last) + round(below.bottom()) - offset
        return QRect(left, top, self._setting.columns.text_width, bottom - top)

    def copy(self) -> None:
        """Puts the selected words on the clipboard."""
        if self.has_selection():
            QGuiApplication.clipboard().setText(self.selected_text())

    def select_all(self) -> None:
        """Selects the whole document that the caret is in."""
        if not self._blocks:
            return
        document_id = self._blocks[self._cursor[0]].document_id
        numbers = [number for number, block in enumerate(self._blocks) if block.document_id == document_id]
        self._anchor = (numbers[0], 0)
        self._move_to((numbers[-1], self._block(numbers[-1]).n_units), extend=True, follow=False)

    # Layout

    def _make_setting(self) -> Setting:
        width = self.viewport().width()
        gutter = fonts.px(GUTTER)
        lanes_width = GAP + LANE * N_LANES + 8
        names = width >= _NAMES_FROM
        wanted = round(_MEASURE * self._size)
        labels = self._labels_wanted() if names else 24
        room_for_text = width - _PAD - 8 - gutter - lanes_width - labels
        text_width = max(200, min(wanted, max(room_for_text, round(_NARROWEST * self._size) if names else 0)))
        room = width - _PAD - 8 - gutter - text_width - lanes_width
        labels_width = min(_LABELS_WIDEST, room) if names else 24
        content = gutter + text_width + lanes_width + labels_width
        left = max(_PAD, (width - content - 8) // 2) if names else _PAD
        text = left + gutter
        lanes_at = text + text_width + GAP
        columns = Columns(left, text, text_width, lanes_at, lanes_at + LANE * N_LANES + 8, labels_width)
        return Setting(columns, self._size, self._look, self._name, self._groups)

    def _labels_wanted(self) -> int:
        """How wide the margin must be for the longest name of a code."""
        metrics = QFontMetricsF(fonts.font(fonts.SMALL, fonts.MEDIUM))
        longest = max((metrics.horizontalAdvance(name) for name in self._names.values()), default=0.0)
        return max(120, min(_LABELS_WIDEST, round(longest) + 62))

    def _look(self, code_id: int) -> CodeLook:
        return self._looks.get(code_id, NO_LOOK)

    def _name(self, code_id: int) -> str:
        return self._names.get(code_id, "")

    def _sort_marks(self, marks: Sequence[Mark]) -> None:
        found: dict[int, list[Mark]] = defaultdict(list)
        for mark in marks:
            for number in self._numbers_of(mark.document_id, mark.span):
                found[number].append(mark)
        self._marks = dict(found)

    def _numbers_of(self, document_id: int, span: Span) -> range:
        """The blocks that a span touches; blocks of one document follow each other in the order of their start."""
        if document_id not in self._first_of:
            return range(0)
        first, stop = self._first_of[document_id], self._stop_of[document_id]
        low = bisect_left(self._starts, span.start + 1, first, stop) - 1
        high = bisect_left(self._starts, span.end, first, stop)
        low = max(low, first)
        while low < high and self._blocks[low].end <= span.start:
            low += 1
        return range(low, high)

    def _find_documents(self) -> None:
        """First block, and one past the last block, of each document."""
        self._first_of.clear()
        self._stop_of.clear()
        self._starts = [block.start for block in self._blocks]
        for number, block in enumerate(self._blocks):
            self._first_of.setdefault(block.document_id, number)
            self._stop_of[block.document_id] = number + 1

    def _unit(self, number: int, position: int) -> int:
        block = self._blocks[number]
        within = min(max(0, position - block.start), len(block.text))
        return self._block(number).positions.to_qt(within)

    def _lay_out_anew(self) -> None:
        """Forgets all layouts and guesses the heights; the block at the top stays there."""
        at_top = self._heights.at(self.verticalScrollBar().value()) if len(self._heights) else 0
        was_at_top = self.verticalScrollBar().value() == 0
        self._setting = self._make_setting()
        self._laid.clear()
        letter = QFontMetricsF(fonts.font(self._size)).averageCharWidth()
        per_line = max(10.0, self._setting.columns.text_width / (letter * 1.02))
        height = self._setting.line_height
        guesses = [height * (1 + int(len(block.text) / per_line)) + BLOCK_GAP for block in self._blocks]
        self._heights = Heights(guesses)
        self._update_range()
        if self._blocks and not was_at_top:
            self.verticalScrollBar().setValue(self._heights.top(min(at_top, len(self._blocks) - 1)))
        self._lay_visible()
        self.viewport().update()
        self.laid_out.emit()

    def _block(self, number: int) -> LaidBlock:
        laid = self._laid.get(number)
        if laid is None:
            laid = LaidBlock(self._blocks[number], self._marks.get(number, ()), self._setting)
            self._laid[number] = laid
            self._heights[number] = laid.height
        return laid

    def _visible(self) -> range:
        if not self._blocks:
            return range(0)
        top = self.verticalScrollBar().value()
        first = self._heights.at(top - _PAD)
        last = self._heights.at(top + self.viewport().height())
        return range(first, last + 1)

    def _lay_visible(self) -> None:
        """Lays out what can be seen; what lies above the upper edge grows upwards, so that nothing jumps."""
        if not self._blocks:
            return
        bar = self.verticalScrollBar()
        changed = False
        for _attempt in range(3):
            missing = [number for number in self._visible() if number not in self._laid]
            if not missing:
                break
            for number in missing:
                guess = self._heights[number]
                is_above = self._heights.top(number) < bar.value() - _PAD
                grown = self._block(number).height - guess
                changed = changed or grown != 0
                if is_above and grown:
                    self._update_range()
                    blocked = bar.blockSignals(True)
                    bar.setValue(bar.value() + grown)
                    bar.blockSignals(blocked)
        if changed:
            self._update_range()

    def _update_range(self) -> None:
        bar = self.verticalScrollBar()
        blocked = bar.blockSignals(True)
        height = self.viewport().height()
        total = self._heights.total() + 2 * _PAD + self._covered if self._blocks else 0
        bar.setPageStep(height)
        bar.setSingleStep(self._setting.line_height)
        bar.setRange(0, max(0, total - height))
        bar.blockSignals(blocked)

    def _make_visible(self, top: int, bottom: int, *, in_the_middle: bool = False) -> None:
        bar = self.verticalScrollBar()
        top, bottom = top + _PAD, bottom + _PAD
        height = self.viewport().height() - self._covered
        if in_the_middle and not (bar.value() + 40 <= top and bottom <= bar.value() + height - 40):
            bar.setValue(top - height // 3)
        elif top - 8 < bar.value():
            bar.setValue(top - 8)
        elif bottom + 8 > bar.value() + height:
            bar.setValue(bottom + 8 - height)

    # Qt's events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out again when the width changed."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay_out_anew()
        else:
            self._update_range()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Lays out what comes into view."""
        self._lay_visible()
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the blocks that can be seen."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens().surface))
        self._lay_visible()
        offset = self.verticalScrollBar().value() - _PAD
        for number in self._visible():
            top = self._heights.top(number) - offset
            caret = self._cursor[1] if self._shows_caret(number) else None
            found = self._found_in(number)
            self._block(number).paint(painter, top, self._selected_in(number), self._emphasis, caret=caret, found=found)
        painter.end()

    def _found_in(self, number: int) -> list[tuple[int, int]]:
        """Where the words found stand in a block, as Qt positions."""
        block = self._blocks[number]
        spans = self._found.get(block.document_id)
        if not spans:
            return []
        positions = self._block(number).positions
        first = bisect_left(spans, block.start, key=lambda span: span.end)
        last = bisect_left(spans, block.end, key=lambda span: span.start)
        return [
            (positions.to_qt(max(span.start, block.start) - block.start), positions.to_qt(span.end - block.start))
            for span in spans[first:last]
            if span.end <= block.end
        ]

    def _shows_caret(self, number: int) -> bool:
        return self.hasFocus() and self._caret_on and number == self._cursor[0] and not self.has_selection()

    def _selected_in(self, number: int) -> tuple[int, int] | None:
        (first, start), (last, end) = sorted((self._anchor, self._cursor))
        if not first <= number <= last or (first, start) == (last, end):
            return None
        begin = start if number == first else 0
        stop = end if number == last else self._block(number).n_units
        return (begin, stop) if begin < stop else None

    def _place_at(self, point: QPointF) -> Place:
        y = point.y() + self.verticalScrollBar().value() - _PAD
        number = self._heights.at(round(y))
        laid = self._block(number)
        return number, laid.position_at(point.x() - self._setting.columns.text, y - self._heights.top(number))

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under a point of the viewport."""
        if not self._blocks:
            return None
        y = point.y() + self.verticalScrollBar().value() - _PAD
        number = self._heights.at(round(y))
        return self._block(number).mark_at(point.x(), y - self._heights.top(number))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Sets the caret or extends the selection; the right button keeps what is selected."""
        if not self._blocks or event.button() != Qt.MouseButton.LeftButton:
            return
        mark = self.mark_at(event.position())
        self._emphasise(selected=mark.key if mark is not None else None)
        self.mark_clicked.emit(mark.key if mark is not None else None)
        if event.position().x() >= self._setting.columns.lanes - 4:
            return
        if mark is None and not event.modifiers() and self._is_on_selection(event.position()):
            self._pressed_at = event.position()  # to be dragged, or to be let go without moving
            return
        self._is_selecting = True
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._move_to(self._place_at(event.position()), extend=extend, follow=False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extends the selection while the button is held; else gives weight to the mark under the pointer."""
        if not self._blocks:
            return
        if self._pressed_at is not None:
            if (event.position() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
                self._drag_selection()
            return
        if self._is_selecting:
            self._move_to(self._place_at(event.position()), extend=True)
            return
        mark = self.mark_at(event.position())
        self._emphasise(hovered=mark.key if mark is not None else None)
        in_margin = event.position().x() >= self._setting.columns.lanes - 4
        shape = Qt.CursorShape.PointingHandCursor if in_margin and mark is not None else Qt.CursorShape.IBeamCursor
        if in_margin and mark is None:
            shape = Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends selecting."""
        self._is_selecting = False
        if self._pressed_at is not None:
            self._pressed_at = None
            self._move_to(self._place_at(event.position()), extend=False, follow=False)

    def _is_on_selection(self, point: QPointF) -> bool:
        if not self.has_selection():
            return False
        first, last = sorted((self._anchor, self._cursor))
        return first <= self._place_at(point) < last

    def _drag_selection(self) -> None:
        """The selection goes along with the pointer, to a code in the tree."""
        self._pressed_at = None
        mime = QMimeData()
        mime.setData(PASSAGE_MIME, b"1")
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes a code where something is selected."""
        if event.mimeData().hasFormat(CODE_MIME) and self.has_selection():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """A code can be dropped on the selection only."""
        if self._is_on_selection(event.position()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Reports the code."""
        code_id = code_of_mime(event.mimeData())
        if code_id is not None and self._is_on_selection(event.position()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.code_dropped.emit(code_id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Selects a word; on the margin, enters the mark."""
        if not self._blocks:
            return
        mark = self.mark_at(event.position())
        if mark is not None and event.position().x() >= self._setting.columns.lanes - 4:
            self.mark_activated.emit(mark.key)
            return
        number, position = self._place_at(event.position())
        start, end = self._block(number).word_at(position)
        self._anchor = (number, start)
        self._move_to((number, end), extend=True, follow=False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu: at the pointer, whose mark is picked first, or at the caret."""
        if not self._blocks:
            return
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            point = QPointF(event.pos())
            if not self._is_on_selection(point):
                mark = self.mark_at(point)
                self._move_to(self._place_at(point), extend=False, follow=False)
                self._emphasise(selected=mark.key if mark is not None else None)
                self.mark_clicked.emit(mark.key if mark is not None else None)
            self.menu_wanted.emit(event.globalPos())
        else:
            below = self.point_of(*self._cursor) + QPoint(0, self._setting.line_height // 2)
            self.menu_wanted.emit(self.viewport().mapToGlobal(below))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._emphasise(hovered=None)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows the caret."""
        self._caret_on = True
        self._blink.start()
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides the caret."""
        self._blink.stop()
        self.viewport().update()
        super().focusOutEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Names the code of a mark under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.mark_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tooltip(mark) if mark is not None else "", self)
            return True
        return super().viewportEvent(event)

    def _tooltip(self, mark: Mark) -> str:
        name = self._name(mark.code_id)
        if mark.is_suggestion:
            return _("{code}, suggested (score {score})").format(code=name, score=decimal(mark.score))
        people = [mark.coder, *mark.also] if mark.coder else list(mark.also)
        if not people:
            return name
        if mark.coder:
            return _("{code}, coded by {people}").format(code=name, people=", ".join(people))
        return _("{code}, also coded by {people}").format(code=name, people=", ".join(people))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves the caret, selects, copies; letters over a selection are reported."""
        if not self._blocks:
            super().keyPressEvent(event)
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
            return
        if event.key() == Qt.Key.Key_Escape and (self.has_selection() or self._emphasis.selected):
            self._emphasise(selected=None)
            self.mark_clicked.emit(None)
            self.clear_selection()
            return
        if event.key() == Qt.Key.Key_Escape and self._found:
            self.set_found({})
            return
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            event.ignore()  # what Alt does with the arrows is not for the caret
            return
        movement = self._movement(event)
        if movement is not None:
            extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._move_to(movement, extend=extend, keep_x=event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down))
            return
        if self.has_selection() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.typed.emit("")
            return
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self.has_selection() and not held and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def _movement(self, event: QKeyEvent) -> Place | None:
        by_word = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key
        sideways = {key.Key_Right: True, key.Key_Left: False}
        upright = {key.Key_Down: True, key.Key_Up: False}
        pressed = Qt.Key(event.key())
        if pressed in sideways:
            return self._sideways(forward=sideways[pressed], by_word=by_word)
        if pressed in upright:
            return self._upright(forward=upright[pressed])
        if pressed in (key.Key_PageDown, key.Key_PageUp):
            return self._page(forward=pressed == key.Key_PageDown)
        if pressed in (key.Key_Home, key.Key_End):
            return self._edge(last=pressed == key.Key_End, of_all=by_word)
        return None

    def _sideways(self, *, forward: bool, by_word: bool) -> Place:
        number, position = self._cursor
        moved = self._block(number).moved(position, forward=forward, by_word=by_word)
        if moved != position:
            return number, moved
        if forward and number + 1 < len(self._blocks):
            return number + 1, 0
        if not forward and number:
            return number - 1, self._block(number - 1).n_units
        return self._cursor

    def _upright(self, *, forward: bool) -> Place:
        number, position = self._cursor
        laid = self._block(number)
        x = self._wanted_x if self._wanted_x is not None else laid.x_of(position)
        self._wanted_x = x
        moved = laid.vertical(position, x, forward=forward)
        if moved is not None:
            return number, moved
        following = number + (1 if forward else -1)
        if not 0 <= following < len(self._blocks):
            return self._cursor
        return following, self._block(following).edge_line(x, last=not forward)

    def _page(self, *, forward: bool) -> Place:
        number, position = self._cursor
        caret = self._block(number).caret(position)
        step = self.viewport().height() - 2 * self._setting.line_height
        y = self._heights.top(number) + caret.top() + (step if forward else -step)
        target = self._heights.at(round(y))
        laid = self._block(target)
        return target, laid.position_at(caret.left(), y - self._heights.top(target))

    def _edge(self, *, last: bool, of_all: bool) -> Place:
        number, position = self._cursor
        if of_all:
            number = len(self._blocks) - 1 if last else 0
            return number, self._block(number).n_units if last else 0
        return number, self._block(number).line_edges(position)[1 if last else 0]

    def _move_to(self, place: Place, *, extend: bool, follow: bool = True, keep_x: bool = False) -> None:
        """Moves the caret; while extending it stays in the document where the selection began."""
        had_selection = self.has_selection()
        if extend:
            place = self._within_document(place)
        else:
            self._anchor = place
        changed = place != self._cursor or had_selection != (self._anchor != place)
        self._cursor = place
        if not keep_x:
            self._wanted_x = None
        self._caret_on = True
        if self.hasFocus():
            self._blink.start()
        if follow:
            caret = self._block(place[0]).caret(place[1])
            top = self._heights.top(place[0])
            self._make_visible(top + round(caret.top()), top + round(caret.bottom()))
        self.viewport().update()
        if changed:
            self.selection_changed.emit()

    def _within_document(self, place: Place) -> Place:
        document_id = self._blocks[self._anchor[0]].document_id
        if self._blocks[place[0]].document_id == document_id:
            return place
        if place[0] < self._first_of[document_id]:
            return self._first_of[document_id], 0
        last = self._stop_of[document_id] - 1
        return last, self._block(last).n_units

    def _emphasise(self, **changes: object) -> None:
        now = self._emphasis
        values: dict[str, object] = {"hovered": now.hovered, "selected": now.selected, "code_id": now.code_id}
        values.update(changes)
        made = Emphasis(**values)  # type: ignore[arg-type]
        if made != now:
            self._emphasis = made
            self.viewport().update()

    def _on_blink(self) -> None:
        self._caret_on = not self._caret_on
        self.viewport().update()

    def _on_theme_changed(self) -> None:
        self.viewport().update()

    def point_of(self, number: int, position: int) -> QPoint:
        """Where a position of a block stands in the viewport; for tests and for popovers."""
        caret = self._block(number).caret(position)
        y = self._heights.top(number) + caret.center().y() - self.verticalScrollBar().value() + _PAD
        return QPoint(self._setting.columns.text + round(caret.left()) + 1, round(y))
