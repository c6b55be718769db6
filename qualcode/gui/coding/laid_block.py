"""One block of text, laid out: where its lines, marks, brackets and labels stand, and what lies under the pointer."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextLine, QTextOption

from qualcode.gui.coding.blocks import Block, Mark
from qualcode.gui.coding.margin import lanes, pushed_apart
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook
from qualcode.gui.resources.group_marks import GroupLook
from qualcode.gui.resources.wrapping import two_lines
from qualcode.gui.text_positions import TextPositions
from qualcode.gui.widgets.controls import initials
from qualcode.i18n import decimal
from qualcode.model.document import SpeakerRole

LINE_HEIGHT = 1.67
GUTTER = 124
GAP = 24  # between text and brackets
LANE = 12
HOOK = 5
N_LANES = 3  # that have their full width; more are drawn narrower
LABEL_HEIGHT = 21
BLOCK_GAP = 14
MARK_SIDE = 14
CIRCLE_ROOM = 16
LABEL_LINE = 16
_BEFORE_BEHIND = 7


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns of the view stand, in pixels from its left edge."""

    gutter: int
    text: int
    text_width: int
    lanes: int
    labels: int
    labels_width: int

    @property
    def shows_names(self) -> bool:
        """Whether the margin has room for the names of codes."""
        return self.labels_width >= 100


@dataclass(frozen=True, slots=True)
class Setting:
    """What the painting of a block needs to know beside the block.

    Attributes:
        columns: where things stand.
        size: letter size of the text in pixels of the design.
        looks: how codes are drawn, by id.
        names: names of codes, by id.
        groups: how groups are drawn, by name.
    """

    columns: Columns
    size: int
    looks: Callable[[int], CodeLook]
    names: Callable[[int], str]
    groups: dict[str, GroupLook]

    @property
    def line_height(self) -> int:
        """Height of one line of text."""
        return round(fonts.px(self.size) * LINE_HEIGHT)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Which marks stand out now, by their keys."""

    hovered: tuple[bool, int] | None = None
    selected: tuple[bool, int] | None = None
    code_id: int | None = None


@dataclass(slots=True)
class Placed:
    """A mark with its place in a block: Qt positions, bracket and label.

    Attributes:
        mark: what it is.
        start: first Qt position in the block.
        end: one past the last.
        top: upper end of its bracket, from the block's upper edge.
        bottom: lower end of it.
        lane: in which of the lanes the bracket stands.
        label_top: upper edge of its label.
        name_lines: what the label says; nothing where there is no room for names.
        behind: score or initials, behind the name.
        label_height: of the label.
        name_width: of the last line of the name, without what stands behind it.
        behind_width: of what stands behind it, with the space before.
        widest: width of the widest line.
        label_place: where the label stands, once it was painted.
    """

    mark: Mark
    start: int
    end: int
    top: float = 0.0
    bottom: float = 0.0
    lane: int = 0
    label_top: float = 0.0
    name_lines: list[str] = field(default_factory=list)
    behind: str = ""
    label_height: float = LABEL_HEIGHT
    name_width: float = 0.0
    behind_width: float = 0.0
    widest: float = 0.0
    label_place: QRectF = field(default_factory=QRectF)


@dataclass(frozen=True, slots=True)
class Tint:
    """A run of text under the same marks.

    Attributes:
        places: its rectangles, one a line, from the block's upper left text corner.
        marks: what is coded there.
        begins: whether no coded text stands right before it.
        ends: whether no coded text stands right behind it.
    """

    places: list[QRectF]
    marks: list[Mark]
    begins: bool
    ends: bool


class LaidBlock:
    """A block of text at its full width.

    Args:
        block: what is shown.
        marks: segments and suggestions that touch it, in the order of their start.
        setting: columns, size and looks.
    """

    def __init__(self, block: Block, marks: Sequence[Mark], setting: Setting) -> None:
        self.block = block
        self.setting = setting
        self.positions = TextPositions(block.text)
        self._font = fonts.font(setting.size)
        self.layout = self._laid_out(block.text)
        is_moderator = block.role is SpeakerRole.MODERATOR
        self.label_font = fonts.font(fonts.CONTROL, fonts.REGULAR if is_moderator else fonts.MEDIUM)
        self.label_lines = two_lines(block.label, QFontMetricsF(self.label_font), self.label_width)
        self.n_units = self.positions.to_qt(len(block.text))
        self.placed = self._place(marks)
        self.text_height = setting.line_height * self.layout.lineCount()
        self.height = self._full_height()
        self._tints: list[Tint] | None = None

    def _laid_out(self, text: str) -> QTextLayout:
        layout = QTextLayout(text.replace("\n", "\u2028"), self._font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setCacheEnabled(True)
        layout.beginLayout()
        y = 0.0
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(self.setting.columns.text_width)
            line.setPosition(QPointF(0, y + (self.setting.line_height - line.height()) / 2))
            y += self.setting.line_height
        layout.endLayout()
        return layout

    def _full_height(self) -> int:
        labels = max((each.label_top + each.label_height for each in self.placed), default=0.0)
        gutter = self.setting.line_height + fonts.px(17) * (len(self.label_lines) - 1)
        if self.block.begins is not None:
            gutter += fonts.px(16) - 3
        return round(max(self.text_height, labels, gutter)) + BLOCK_GAP

    @property
    def label_width(self) -> float:
        """Room for the name of the speaker."""
        columns = self.setting.columns
        return columns.text - columns.gutter - CIRCLE_ROOM - 8  # the frame of a quotation begins before its words

    # Places

    def _place(self, marks: Sequence[Mark]) -> list[Placed]:
        placed = []
        for mark in marks:
            start = max(mark.span.start, self.block.start) - self.block.start
            end = min(mark.span.end, self.block.end) - self.block.start
            if start < end:
                placed.append(Placed(mark, self.positions.to_qt(start), self.positions.to_qt(end)))
        placed.sort(key=lambda each: (each.start, -each.end, each.mark.is_suggestion, each.mark.id))
        height = self.setting.line_height
        for each in placed:
            each.top = self._line_number(each.start) * height
            each.bottom = (self._line_number(max(each.start, each.end - 1)) + 1) * height
        for each, lane in zip(placed, lanes([(each.top, each.bottom) for each in placed]), strict=True):
            each.lane = lane
        for each in placed:
            self._word_label(each)
        wanted = [(each.top + (height - LABEL_HEIGHT) / 2, each.label_height) for each in placed]
        for each, top in zip(placed, pushed_apart(wanted), strict=True):
            each.label_top = top
        return placed

    def _word_label(self, placed: Placed) -> None:
        """What the label says: the name in one line or two, and the score or the coder where there is room."""
        if not self.setting.columns.shows_names:
            return
        mark = placed.mark
        room = self.setting.columns.labels_width - MARK_SIDE - 12
        metrics = QFontMetricsF(fonts.font(fonts.SMALL, fonts.MEDIUM))
        name = self.setting.names(mark.code_id)
        placed.name_lines = two_lines(name, metrics, room)
        placed.label_height = LABEL_HEIGHT + (len(placed.name_lines) - 1) * LABEL_LINE
        placed.behind = decimal(mark.score, short=True) if mark.is_suggestion else ""
        if mark.coder or mark.also:
            whose = [initials(mark.coder)] if mark.coder else []
            placed.behind = " ".join([*whose, *(f"+{initials(name)}" for name in mark.also)])
        widths = [metrics.horizontalAdvance(line) for line in placed.name_lines]
        placed.name_width, placed.widest = widths[-1], max(widths)
        if placed.behind:
            small = QFontMetricsF(fonts.font(fonts.HINT, tabular=True))
            placed.behind_width = small.horizontalAdvance(placed.behind) + _BEFORE_BEHIND
            if placed.name_width + placed.behind_width + 1 > room:
                placed.behind, placed.behind_width = "", 0.0
        placed.widest = max(placed.widest, placed.name_width + placed.behind_width)

    def _line_number(self, position: int) -> int:
        return self.layout.lineForTextPosition(position).lineNumber()

    def _line_at(self, y: float) -> QTextLine:
        number = min(max(0, int(y // self.setting.line_height)), self.layout.lineCount() - 1)
        return self.layout.lineAt(number)

    def position_at(self, x: float, y: float) -> int:
        """The Qt position nearest to a point; x from the left edge of the text, y from the block's top."""
        if y < 0:
            return 0
        if y >= self.text_height:
            return self.n_units
        return self._line_at(y).xToCursor(x)

    def moved(self, position: int, *, forward: bool, by_word: bool = False) -> int:
        """The cursor position before or after another, by letters or by words."""
        mode = QTextLayout.CursorMode.SkipWords if by_word else QTextLayout.CursorMode.SkipCharacters
        if forward:
            return self.layout.nextCursorPosition(position, mode)
        return self.layout.previousCursorPosition(position, mode)

    def word_at(self, position: int) -> tuple[int, int]:
        """The word around a position, or the one before the blank there; a sign that is no word, whole."""
        text = self.block.text

        def is_word(at: int) -> bool:
            return 0 <= at < len(text) and (text[at].isalnum() or unicodedata.combining(text[at]) > 0)

        start = self.positions.from_qt(position)
        if start >= len(text) or text[start].isspace():
            while start > 0 and not is_word(start - 1):
                start -= 1
            start = start or self.positions.from_qt(position)
        end = start
        while is_word(start - 1):
            start -= 1
        while is_word(end):
            end += 1
        if end > start:
            return self.positions.to_qt(start), self.positions.to_qt(end)
        first = self.positions.to_qt(start)
        return first, min(self.n_units, self.moved(first, forward=True))

    def line_edges(self, position: int) -> tuple[int, int]:
        """First and last cursor position of the line that holds a position."""
        line = self.layout.lineForTextPosition(position)
        last = line.textStart() + line.textLength()
        if line.lineNumber() + 1 < self.layout.lineCount():
            last = max(line.textStart(), last - 1)
        return line.textStart(), last

    def x_of(self, position: int) -> float:
        """Where a position stands from the left edge of the text."""
        return _x(self.layout.lineForTextPosition(position), position)

    def vertical(self, position: int, x: float, *, forward: bool) -> int | None:
        """The position one line further at the same x; None outside this block."""
        number = self._line_number(position) + (1 if forward else -1)
        if not 0 <= number < self.layout.lineCount():
            return None
        return self.layout.lineAt(number).xToCursor(x)

    def edge_line(self, x: float, *, last: bool) -> int:
        """The position at x in the first or the last line."""
        return self.layout.lineAt(self.layout.lineCount() - 1 if last else 0).xToCursor(x)

    def caret(self, position: int) -> QRectF:
        """Where the caret stands, from the block's upper left text corner."""
        line = self.layout.lineForTextPosition(position)
        top = line.lineNumber() * self.setting.line_height
        return QRectF(_x(line, position) - 0.75, top + 3, 1.5, self.setting.line_height - 6)

    def rectangles(self, start: int, end: int) -> Iterator[QRectF]:
        """The rectangles behind a run of text, one a line, from the block's upper left text corner."""
        first, last = self._line_number(start), self._line_number(max(start, end - 1))
        height = self.setting.line_height
        for number in range(first, last + 1):
            line = self.layout.lineAt(number)
            left = _x(line, max(start, line.textStart()))
            right_end = line.textStart() + line.textLength()
            right = _x(line, end) if end < right_end else line.x() + line.naturalTextWidth()
            if right > left:
                yield QRectF(left, number * height + 2, right - left, height - 4)

    def lane_x(self, lane: int) -> float:
        """Where the brackets of a lane stand, from the view's left edge."""
        n_lanes = max((each.lane for each in self.placed), default=0) + 1
        pitch = LANE if n_lanes <= N_LANES else LANE * N_LANES / n_lanes
        return self.setting.columns.lanes + HOOK + lane * pitch

    @property
    def tints(self) -> list[Tint]:
        """The runs of coded text, by position: no two overlap."""
        if self._tints is None:
            self._tints = self._find_tints()
        return self._tints

    def _find_tints(self) -> list[Tint]:
        coded = [each for each in self.placed if not each.mark.is_suggestion]
        edges = sorted({edge for each in coded for edge in (each.start, each.end)})
        runs = [
            (start, end, [each.mark for each in coded if each.start <= start and each.end >= end])
            for start, end in pairwise(edges)
        ]
        runs = [run for run in runs if run[2]]
        starts, ends = {run[0] for run in runs}, {run[1] for run in runs}
        return [
            Tint(list(self.rectangles(start, end)), marks, start not in ends, end not in starts)
            for start, end, marks in runs
        ]

    # What lies under the pointer

    def mark_at(self, x: float, y: float) -> Mark | None:
        """The mark whose tint, bracket or label covers a point (x from the view's left edge)."""
        columns = self.setting.columns
        if x >= columns.lanes - 4:
            for each in self.placed:
                if each.label_place.contains(QPointF(x, y)):
                    return each.mark
                lane_x = self.lane_x(each.lane)
                if lane_x - HOOK - 3 <= x <= lane_x + 4 and each.top <= y <= each.bottom:
                    return each.mark
            return None
        inside = [
            each
            for each in self.placed
            if any(place.contains(QPointF(x - columns.text, y)) for place in self.rectangles(each.start, each.end))
        ]
        if not inside:
            return None
        return min(inside, key=lambda each: (each.end - each.start, not each.mark.is_suggestion)).mark

    def marks(self) -> list[Mark]:
        """The marks on this block, in the order of the margin."""
        return [each.mark for each in self.placed]

    def extent_of(self, key: tuple[bool, int]) -> tuple[float, float] | None:
        """Upper and lower end of a mark in this block."""
        for each in self.placed:
            if each.mark.key == key:
                return each.top, each.bottom
        return None


def _x(line: QTextLine, position: int) -> float:
    found: object = line.cursorToX(position)  # PySide6 gives the position too, its stubs don't say so
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]
