"""The surface that shows a text with its marks: scrolls, lays out what comes into view, and paints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from qualcode.gui.coding.block_painting import BlockPainter
from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.caret import Caret
from qualcode.gui.coding.columns import PAD, columns_for
from qualcode.gui.coding.laid_block import Emphasis, Setting
from qualcode.gui.coding.laid_text import LaidText, Place
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, CodeLook
from qualcode.gui.resources.group_marks import GroupLook
from qualcode.gui.resources.theme import theme, tokens
from qualcode.i18n import _, decimal
from qualcode.model.segment import Span


class TextSurface(QAbstractScrollArea):
    """Shows blocks with marks.

    Signals:
        selection_changed: the selection began, changed or went.
        laid_out: places of the text moved, as when the window got another width.
    """

    selection_changed = Signal()
    laid_out = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks: Mapping[int, CodeLook] = {}
        self._names: Mapping[int, str] = {}
        self._groups: dict[str, GroupLook] = {}
        self._size = fonts.TITLE
        self._text = LaidText(self._make_setting())
        self._caret = Caret(self._text)
        self._emphasis = Emphasis()
        self._covered = 0
        self._caret_on = True
        self.setObjectName("transcript")
        self.setAccessibleName(_("Text"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().setSingleStep(self.line_height)
        theme().changed.connect(self.viewport().update)

    # What is shown

    @property
    def text(self) -> LaidText:
        """The blocks with what lies on them; to be read, not changed, from outside."""
        return self._text

    def set_looks(self, looks: Mapping[int, CodeLook], names: Mapping[int, str], groups: dict[str, GroupLook]) -> None:
        """How codes (by id) and groups (by name) are drawn and called; new ones move nothing."""
        is_renamed = any(names.get(code_id, "") != name for code_id, name in self._names.items())
        is_other = is_renamed or groups != self._groups
        self._looks, self._names, self._groups = looks, names, groups
        if is_other:
            self._lay_out_anew()
        else:
            self.viewport().update()

    def set_blocks(self, blocks: Sequence[Block], marks: Sequence[Mark] = ()) -> None:
        """Shows other texts, from the top."""
        self._text.show(blocks, marks)
        self._caret.put((0, 0))
        self._emphasis = Emphasis(code_id=self._emphasis.code_id)
        self._lay_out_anew()
        self.verticalScrollBar().setValue(0)
        self.selection_changed.emit()

    def renew_blocks(self, blocks: Sequence[Block], marks: Sequence[Mark]) -> None:
        """Shows the same texts as they stand now; what is read stays where it is on the screen."""
        place = self.cursor_place
        if self._text.renew(blocks, marks):
            self._lay_visible()
            self.viewport().update()
        else:
            self._lay_out_anew()
        number = min(place[0], max(0, len(self._text.blocks) - 1)) if place is not None else 0
        units = self._text.unit(number, place[1]) if place is not None and self._text.blocks else 0
        self._caret.put((number, units))
        self.selection_changed.emit()

    def change_marks(self, gone: Sequence[Mark], come: Sequence[Mark]) -> None:
        """Takes some marks away and shows others; only blocks that they touch are laid out again."""
        self._text.change_marks(gone, come)
        self._lay_visible()
        self.viewport().update()

    def set_found(self, found: Mapping[int, Sequence[Span]]) -> None:
        """Frames the words that a search found: places in order, by document; the others' frames go."""
        self._text.set_found(found)
        self.viewport().update()

    def set_text_size(self, pixels: int) -> None:
        """The letter size of the text, in pixels of the design."""
        self._size = pixels
        self._lay_out_anew()

    def set_covered(self, pixels: int) -> None:
        """How much of the view's lower end something covers: the text can be scrolled above it."""
        if pixels != self._covered:
            self._covered = pixels
            self._update_range()

    def set_code_in_focus(self, code_id: int | None) -> None:
        """Gives the brackets of a code more weight."""
        self._emphasise(replace(self._emphasis, code_id=code_id))

    def select_mark(self, key: tuple[bool, int] | None) -> None:
        """Outlines a mark and scrolls to it."""
        self._emphasise(replace(self._emphasis, selected=key))
        number = self._text.number_with(key) if key is not None else None
        if key is not None and number is not None:
            extent = self._text.block(number).extent_of(key) or (0.0, 0.0)
            top = self._text.top(number)
            self._make_visible(top + round(extent[0]), top + round(extent[1]))

    @property
    def selected_mark(self) -> tuple[bool, int] | None:
        """The key of the mark that is outlined."""
        return self._emphasis.selected

    def marks_in_view(self) -> list[Mark]:
        """The marks of the blocks that can be seen now."""
        return [mark for number in self.visible() for mark in self._text.block(number).marks()]

    def show_span(self, document_id: int, span: Span, *, select: bool = True) -> None:
        """Scrolls to a span of a document, and selects it."""
        numbers = self._text.numbers_of(document_id, span)
        if not numbers:
            return
        first, last = numbers[0], numbers[-1]
        start = (first, self._text.unit(first, span.start))
        if select:
            self._caret.select(start, (last, self._text.unit(last, span.end)))
            self.selection_changed.emit()
        self._lay_visible()
        top = self._text.top(first) + round(self._text.block(first).caret(start[1]).top())
        self._make_visible(top, top + self.line_height, in_the_middle=True)
        self.viewport().update()

    # Where things stand

    @property
    def cursor_place(self) -> tuple[int, int] | None:
        """The number of the block with the caret, and the caret's code point in its document; None without text."""
        place = self._caret.place
        return None if self._text.is_empty else (place[0], self._text.code_point(place))

    @property
    def text_column(self) -> tuple[int, int]:
        """Left edge and width of the text, in the coordinates of the viewport."""
        return self._text.setting.columns.text, self._text.setting.columns.text_width

    @property
    def line_height(self) -> int:
        """Height of one line of text."""
        return self._text.setting.line_height

    @property
    def text_size(self) -> int:
        """Letter size of the text in pixels of the design."""
        return self._size

    def span_place(self, document_id: int, span: Span) -> QRect:
        """Where a span of a document stands, in the coordinates of the viewport; as wide as the text."""
        numbers = self._text.numbers_of(document_id, span)
        if not numbers:
            return QRect()
        ends = ((numbers[0], span.start), (numbers[-1], span.end))
        above, below = (self._text.block(number).caret(self._text.unit(number, at)) for number, at in ends)
        top = self._top_in_view(numbers[0]) + round(above.top())
        column, width = self.text_column
        left = column + (round(above.left()) if len(numbers) == 1 and above.top() == below.top() else 0)
        return QRect(left, top, width, self._top_in_view(numbers[-1]) + round(below.bottom()) - top)

    def point_of(self, number: int, position: int) -> QPoint:
        """Where a Qt position of a block stands in the viewport."""
        caret = self._text.block(number).caret(position)
        return QPoint(
            self.text_column[0] + round(caret.left()) + 1, round(self._top_in_view(number) + caret.center().y())
        )

    def visible(self) -> range:
        """The numbers of the blocks that can be seen now."""
        if self._text.is_empty:
            return range(0)
        top = self.verticalScrollBar().value()
        return range(self._text.at(top - PAD), self._text.at(top + self.viewport().height()) + 1)

    def blocks_seen(self) -> range:
        """The numbers of the blocks of which enough can be seen that one may be reading them; nothing covers it."""
        shown = self.visible()
        low, high = self.line_height, self.viewport().height() - self._covered - self.line_height
        seen = [n for n in shown if self._top_in_view(n) + self._text.heights[n] > low and self._top_in_view(n) < high]
        return range(seen[0], seen[-1] + 1) if seen else shown

    def _top_in_view(self, number: int) -> int:
        return self._text.top(number) + PAD - self.verticalScrollBar().value()

    def _place_at(self, point: QPointF) -> Place:
        number = self._text.at(point.y() + self.verticalScrollBar().value() - PAD)
        x = point.x() - self.text_column[0]
        return number, self._text.block(number).position_at(x, point.y() - self._top_in_view(number))

    def mark_at(self, point: QPointF) -> Mark | None:
        """The mark under a point of the viewport."""
        if self._text.is_empty:
            return None
        number = self._text.at(point.y() + self.verticalScrollBar().value() - PAD)
        return self._text.block(number).mark_at(point.x(), point.y() - self._top_in_view(number))

    def mark_in_words(self, mark: Mark) -> str:
        """The code of a mark, and whether it is suggested or by another coder."""
        name = self._name(mark.code_id)
        if mark.is_suggestion:
            return _("{code}, suggested (score {score})").format(code=name, score=decimal(mark.score))
        people = [mark.coder, *mark.also] if mark.coder else list(mark.also)
        if not people:
            return name
        if mark.coder:
            return _("{code}, coded by {people}").format(code=name, people=", ".join(people))
        return _("{code}, also coded by {people}").format(code=name, people=", ".join(people))

    # Layout

    def _make_setting(self) -> Setting:
        columns = columns_for(self.viewport().width(), fonts.px(self._size))
        return Setting(columns, self._size, self._look, self._name, self._groups)

    def _look(self, code_id: int) -> CodeLook:
        return self._looks.get(code_id, NO_LOOK)

    def _name(self, code_id: int) -> str:
        return self._names.get(code_id, "")

    def _lay_out_anew(self) -> None:
        """Forgets all layouts; the block at the top stays there, as far scrolled as it was."""
        value = self.verticalScrollBar().value()
        at_top, scrolled = 0, 0.0
        if len(self._text.heights):
            at_top = self._text.at(value)
            scrolled = (value - self._text.top(at_top)) / max(1, self._text.heights[at_top])
        self._text.lay_out_anew(self._make_setting())
        self._update_range()
        if self._text.blocks and value:
            number = min(at_top, len(self._text.blocks) - 1)
            height = self._text.block(number).height
            self.verticalScrollBar().setValue(self._text.top(number) + round(scrolled * height))
        self._lay_visible()
        self.viewport().update()
        self.laid_out.emit()

    def _lay_visible(self) -> None:
        """Lays out what can be seen; what lies above the upper edge grows upwards, so that nothing jumps."""
        bar = self.verticalScrollBar()
        changed = False
        for _attempt in range(3):
            missing = [number for number in self.visible() if not self._text.is_laid_out(number)]
            if not missing:
                break
            for number in missing:
                guess = self._text.heights[number]
                is_above = self._text.top(number) < bar.value() - PAD
                grown = self._text.block(number).height - guess
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
        total = self._text.heights.total() + 2 * PAD + self._covered if self._text.blocks else 0
        bar.setPageStep(height)
        bar.setSingleStep(self.line_height)
        bar.setRange(0, max(0, total - height))
        bar.blockSignals(blocked)

    def _make_visible(self, top: int, bottom: int, *, in_the_middle: bool = False) -> None:
        bar = self.verticalScrollBar()
        top, bottom = top + PAD, bottom + PAD
        height = self.viewport().height() - self._covered
        if in_the_middle and not (bar.value() + 40 <= top and bottom <= bar.value() + height - 40):
            bar.setValue(top - height // 3)
        elif top - 8 < bar.value():
            bar.setValue(top - 8)
        elif bottom + 8 > bar.value() + height:
            bar.setValue(bottom + 8 - height)

    def _emphasise(self, emphasis: Emphasis) -> None:
        if emphasis != self._emphasis:
            self._emphasis = emphasis
            self.viewport().update()

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
        blocks = BlockPainter(painter, self._emphasis)
        for number in self.visible():
            laid, top = self._text.block(number), self._top_in_view(number)
            if top + laid.height <= event.rect().top() or top > event.rect().bottom():
                continue  # as when only the caret blinks
            blocks.paint(
                laid,
                top,
                self._caret.selected_in(number),
                caret=self._caret.place[1] if self._shows_caret(number) else None,
                found=self._text.found_in(number),
            )
        painter.end()

    def _shows_caret(self, number: int) -> bool:
        return self.hasFocus() and self._caret_on and number == self._caret.place[0] and not self._caret.has_selection
