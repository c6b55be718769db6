"""One block of text, laid out and painted: gutter, tints, selection, text, evidence, outlines, margin."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QTextLayout, QTextLine, QTextOption

from qualcode.gui.coding.blocks import Block, Mark, clock
from qualcode.gui.coding.margin import lanes, pushed_apart
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import CodeLook, draw_mark
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, GroupLook, draw_group, draw_moderator
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import colour, tokens
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
_TINT_RADIUS = 3
_SELECTION = 0.28
_MARK_SIDE = 14
_CIRCLE_ROOM = 16
_LABEL_LINE = 16


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
        size: letter size of the text in pixels.
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
        return round(self.size * LINE_HEIGHT)


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Which marks stand out now, by their keys."""

    hovered: tuple[bool, int] | None = None
    selected: tuple[bool, int] | None = None
    code_id: int | None = None


@dataclass(slots=True)
class _Placed:
    """A mark with its place in this block: Qt positions, bracket and label."""

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
    label_place: QRectF = field(default_factory=QRectF)


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
        self._layout = self._laid_out(block.text)
        is_moderator = block.role is SpeakerRole.MODERATOR
        self._label_font = fonts.font(fonts.CONTROL, fonts.REGULAR if is_moderator else fonts.MEDIUM)
        self._label_lines = two_lines(block.label, QFontMetricsF(self._label_font), self._label_width)
        self.n_units = self.positions.to_qt(len(block.text))
        self._placed = self._place(marks)
        self.text_height = setting.line_height * self._layout.lineCount()
        self.height = self._full_height()

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
        labels = max((each.label_top + each.label_height for each in self._placed), default=0.0)
        gutter = self.setting.line_height + fonts.px(17) * (len(self._label_lines) - 1)
        if self.block.begins is not None:
            gutter += fonts.px(16) - 3
        return round(max(self.text_height, labels, gutter)) + BLOCK_GAP

    @property
    def _label_width(self) -> float:
        columns = self.setting.columns
        return columns.text - columns.gutter - _CIRCLE_ROOM - 3

    # Places

    def _place(self, marks: Sequence[Mark]) -> list[_Placed]:
        placed = []
        for mark in marks:
            start = max(mark.span.start, self.block.start) - self.block.start
            end = min(mark.span.end, self.block.end) - self.block.start
            if start < end:
                placed.append(_Placed(mark, self.positions.to_qt(start), self.positions.to_qt(end)))
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

    def _word_label(self, placed: _Placed) -> None:
        """What the label says: the name in one line or two, and the score or the coder where there is room."""
        if not self.setting.columns.shows_names:
            return
        mark = placed.mark
        room = self.setting.columns.labels_width - _MARK_SIDE - 12
        metrics = QFontMetricsF(fonts.font(fonts.SMALL, fonts.MEDIUM))
        name = self.setting.names(mark.code_id)
        placed.name_lines = two_lines(name, metrics, room)
        placed.label_height = LABEL_HEIGHT + (len(placed.name_lines) - 1) * _LABEL_LINE
        placed.behind = decimal(mark.score, short=True) if mark.is_suggestion else ""
        if mark.coder or mark.also:
            whose = [initials(mark.coder)] if mark.coder else []
            placed.behind = " ".join([*whose, *(f"+{initials(name)}" for name in mark.also)])
        small = QFontMetricsF(fonts.font(fonts.HINT, tabular=True))
        if metrics.horizontalAdvance(placed.name_lines[-1]) + small.horizontalAdvance(placed.behind) + 8 > room:
            placed.behind = ""

    def _line_number(self, position: int) -> int:
        return self._layout.lineForTextPosition(position).lineNumber()

    def _line_at(self, y: float) -> QTextLine:
        number = min(max(0, int(y // self.setting.line_height)), self._layout.lineCount() - 1)
        return self._layout.lineAt(number)

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
            return self._layout.nextCursorPosition(position, mode)
        return self._layout.previousCursorPosition(position, mode)

    def word_at(self, position: int) -> tuple[int, int]:
        """The word around a position."""
        text = self._layout.text()
        units = text.encode("utf-16-le")

        def is_word(at: int) -> bool:
            return 0 <= at < self.n_units and units[2 * at : 2 * at + 2].decode("utf-16-le", "replace").isalnum()

        start = end = position
        while is_word(start - 1):
            start -= 1
        while is_word(end):
            end += 1
        return (start, end) if end > start else (position, min(self.n_units, position + 1))

    def line_edges(self, position: int) -> tuple[int, int]:
        """First and last cursor position of the line that holds a position."""
        line = self._layout.lineForTextPosition(position)
        last = line.textStart() + line.textLength()
        if line.lineNumber() + 1 < self._layout.lineCount():
            last = max(line.textStart(), last - 1)
        return line.textStart(), last

    def x_of(self, position: int) -> float:
        """Where a position stands from the left edge of the text."""
        return _x(self._layout.lineForTextPosition(position), position)

    def vertical(self, position: int, x: float, *, forward: bool) -> int | None:
        """The position one line further at the same x; None outside this block."""
        number = self._line_number(position) + (1 if forward else -1)
        if not 0 <= number < self._layout.lineCount():
            return None
        return self._layout.lineAt(number).xToCursor(x)

    def edge_line(self, x: float, *, last: bool) -> int:
        """The position at x in the first or the last line."""
        return self._layout.lineAt(self._layout.lineCount() - 1 if last else 0).xToCursor(x)

    def caret(self, position: int) -> QRectF:
        """Where the caret stands, from the block's upper left text corner."""
        line = self._layout.lineForTextPosition(position)
        top = line.lineNumber() * self.setting.line_height
        return QRectF(_x(line, position) - 0.75, top + 3, 1.5, self.setting.line_height - 6)

    def rectangles(self, start: int, end: int) -> Iterator[QRectF]:
        """The rectangles behind a run of text, one a line, from the block's upper left text corner."""
        first, last = self._line_number(start), self._line_number(max(start, end - 1))
        height = self.setting.line_height
        for number in range(first, last + 1):
            line = self._layout.lineAt(number)
            left = _x(line, max(start, line.textStart()))
            right_end = line.textStart() + line.textLength()
            right = _x(line, end) if end < right_end else line.x() + line.naturalTextWidth()
            if right > left:
                yield QRectF(left, number * height + 2, right - left, height - 4)

    # What lies under the pointer

    def mark_at(self, x: float, y: float) -> Mark | None:
        """The mark whose tint, bracket or label covers a point (x from the view's left edge)."""
        columns = self.setting.columns
        if x >= columns.lanes - 4:
            for each in self._placed:
                if each.label_place.contains(QPointF(x, y)):
                    return each.mark
                lane_x = self._lane_x(each.lane)
                if lane_x - HOOK - 3 <= x <= lane_x + 4 and each.top <= y <= each.bottom:
                    return each.mark
            return None
        inside = [
            each
            for each in self._placed
            if any(place.contains(QPointF(x - columns.text, y)) for place in self.rectangles(each.start, each.end))
        ]
        if not inside:
            return None
        return min(inside, key=lambda each: (each.end - each.start, not each.mark.is_suggestion)).mark

    def marks(self) -> list[Mark]:
        """The marks on this block, in the order of the margin."""
        return [each.mark for each in self._placed]

    def extent_of(self, key: tuple[bool, int]) -> tuple[float, float] | None:
        """Upper and lower end of a mark in this block."""
        for each in self._placed:
            if each.mark.key == key:
                return each.top, each.bottom
        return None

    # Painting

    def paint(
        self,
        painter: QPainter,
        y: float,
        selection: tuple[int, int] | None,
        emphasis: Emphasis,
        *,
        caret: int | None,
        found: Sequence[tuple[int, int]] = (),
    ) -> None:
        """Paints the block with its upper edge at y."""
        columns = self.setting.columns
        painter.save()
        painter.translate(columns.text, y)
        self._paint_tints(painter, emphasis)
        if selection is not None:
            fill = colour(tokens().accent, _SELECTION)
            for place in self.rectangles(*selection):
                painter.fillRect(place, fill)
        self._paint_found(painter, found)
        is_moderator = self.block.role is SpeakerRole.MODERATOR
        painter.setPen(QColor(tokens().ink2 if is_moderator else tokens().ink))
        self._layout.draw(painter, QPointF(0, 0))
        self._paint_suggestions(painter, emphasis)
        if caret is not None:
            painter.fillRect(self.caret(caret), QColor(tokens().accent))
        painter.restore()
        painter.save()
        painter.translate(0, y)
        self._paint_gutter(painter)
        self._paint_margin(painter, emphasis)
        painter.restore()

    def _paint_found(self, painter: QPainter, found: Sequence[tuple[int, int]]) -> None:
        """Paints what a search found: framed, so that it differs from coded and from selected words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens().accent), 1.25))
        painter.setBrush(colour(tokens().accent, 0.12))
        for start, end in found:
            for place in self.rectangles(start, end):
                painter.drawRoundedRect(place.adjusted(-1.5, 0.5, 1.5, -0.5), _TINT_RADIUS, _TINT_RADIUS)

    def _stands_out(self, mark: Mark, emphasis: Emphasis) -> bool:
        return mark.key in (emphasis.hovered, emphasis.selected)

    def _paint_tints(self, painter: QPainter, emphasis: Emphasis) -> None:
        coded = [each for each in self._placed if not each.mark.is_suggestion]
        if not coded:
            return
        edges = sorted({edge for each in coded for edge in (each.start, each.end)})
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        before = 0
        for start, end in pairwise(edges):
            active = [each for each in coded if each.start <= start and each.end >= end]
            after = any(each.start <= end < each.end for each in coded)
            opacity = tokens().tint[min(len(active), 3) - 1] if active else 0.0
            places = list(self.rectangles(start, end)) if active else []
            for number, place in enumerate(places):
                shape = _rounded(
                    place,
                    left=number > 0 or not before,
                    right=number + 1 < len(places) or not after,
                )
                for each in active:
                    extra = 0.13 if self._stands_out(each.mark, emphasis) else 0.0
                    painter.fillPath(shape, colour(self.setting.looks(each.mark.code_id).colour, opacity + extra))
            before = len(active)
        for each in coded:
            if each.mark.key == emphasis.selected:
                self._paint_outline(painter, each)

    def _paint_outline(self, painter: QPainter, placed: _Placed) -> None:
        ink = QColor(self.setting.looks(placed.mark.code_id).colour)
        places = list(self.rectangles(placed.start, placed.end))
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in places:
            painter.drawRoundedRect(place.adjusted(-2, 0, 2, 0), _TINT_RADIUS, _TINT_RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for at, place in ((places[0].left(), places[0]), (places[-1].right(), places[-1])):
            painter.drawRoundedRect(QRectF(at - 3.5, place.top() - 1, 5, place.height() + 2), 2, 2)

    def _paint_suggestions(self, painter: QPainter, emphasis: Emphasis) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for each in self._placed:
            if not each.mark.is_suggestion:
                continue
            ink = QColor(self.setting.looks(each.mark.code_id).colour)
            stands_out = self._stands_out(each.mark, emphasis)
            painter.setBrush(colour(ink.name(), 0.10) if stands_out else Qt.BrushStyle.NoBrush)
            painter.setPen(_dashed(ink, 1.5 if stands_out else 1.25))
            for place in self.rectangles(each.start, each.end):
                painter.drawRoundedRect(place.adjusted(-2, 0.5, 2, -0.5), _TINT_RADIUS, _TINT_RADIUS)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            for span in each.mark.evidence:
                start = max(0, span.start - self.block.start)
                end = min(len(self.block.text), span.end - self.block.start)
                if start >= end:
                    continue
                for place in self.rectangles(self.positions.to_qt(start), self.positions.to_qt(end)):
                    painter.drawRect(QRectF(place.left(), place.bottom() - 3.5, place.width(), 2.5))

    def _paint_gutter(self, painter: QPainter) -> None:
        columns = self.setting.columns
        middle = self.setting.line_height / 2
        block = self.block
        left = columns.gutter + _CIRCLE_ROOM
        width = self._label_width
        if block.role is SpeakerRole.MODERATOR:
            draw_moderator(painter, columns.gutter, middle - 5)
        elif block.label or block.group:
            draw_group(painter, self.setting.groups.get(block.group, UNKNOWN_GROUP), columns.gutter, middle - 5)
        painter.setFont(self._label_font)
        painter.setPen(QColor(tokens().ink2 if block.role is SpeakerRole.MODERATOR else tokens().ink))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        below = float(self.setting.line_height)
        for number, line in enumerate(self._label_lines):
            painter.drawText(QRectF(left, number * fonts.px(17), width + 3, self.setting.line_height), flags, line)
        if block.begins is not None:
            painter.setFont(fonts.font(fonts.HINT, tabular=True))
            painter.setPen(QColor(tokens().ink3))
            below += (len(self._label_lines) - 1) * fonts.px(17)
            place = QRectF(left, below - 3, width, fonts.px(16))
            painter.drawText(place, flags, clock(block.begins))

    def _lane_x(self, lane: int) -> float:
        n_lanes = max((each.lane for each in self._placed), default=0) + 1
        pitch = LANE if n_lanes <= N_LANES else LANE * N_LANES / n_lanes
        return self.setting.columns.lanes + HOOK + lane * pitch

    def _paint_margin(self, painter: QPainter, emphasis: Emphasis) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for each in self._placed:
            look = self.setting.looks(each.mark.code_id)
            stands_out = self._stands_out(each.mark, emphasis) or each.mark.code_id == emphasis.code_id
            self._paint_bracket(painter, each, QColor(look.colour), stands_out)
            self._paint_label(painter, each, look, stands_out)

    def _paint_bracket(self, painter: QPainter, placed: _Placed, ink: QColor, stands_out: bool) -> None:
        x = self._lane_x(placed.lane)
        top, bottom = placed.top + 4, placed.bottom - 4
        width = 3.0 if stands_out else 2.0
        half = width / 2
        pen = QPen(ink, width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        for y in (top, bottom):
            painter.drawLine(QPointF(x - HOOK, y), QPointF(x + half, y))
        if placed.mark.is_suggestion:
            pen = _dashed(ink, width)
            pen.setDashPattern([1.6, 1.4])
            painter.setPen(pen)
        painter.drawLine(QPointF(x, top - half), QPointF(x, bottom + half))

    def _paint_label(self, painter: QPainter, placed: _Placed, look: CodeLook, stands_out: bool) -> None:
        columns = self.setting.columns
        mark = placed.mark
        left, top = columns.labels, placed.label_top
        middle = top + LABEL_HEIGHT / 2
        ink = QColor(look.colour)
        if not columns.shows_names:
            draw_mark(painter, look, left, middle - _MARK_SIDE / 2, _MARK_SIDE, outline=mark.is_suggestion)
            if mark.has_memo:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens().ink2))
                painter.drawEllipse(QRectF(left + _MARK_SIDE - 2, middle - _MARK_SIDE / 2 - 3, 5, 5))
            placed.label_place = QRectF(left - 3, top, _MARK_SIDE + 6, LABEL_HEIGHT)
            return
        name_font = fonts.font(fonts.SMALL, fonts.MEDIUM if stands_out or mark.is_suggestion else fonts.REGULAR)
        small = fonts.font(fonts.HINT, tabular=True)
        metrics = QFontMetricsF(name_font)
        behind_width = QFontMetricsF(small).horizontalAdvance(placed.behind) + 7 if placed.behind else 0.0
        last = metrics.horizontalAdvance(placed.name_lines[-1]) + behind_width
        width = max(last, *(metrics.horizontalAdvance(line) for line in placed.name_lines))
        if mark.has_memo:
            at = QRectF(left + _MARK_SIDE + 6 + last + 5, middle - 6, 12, 12)
            at.translate(0, (len(placed.name_lines) - 1) * _LABEL_LINE)
            draw_icon(painter, "message-square", at, tokens().ink2)
            width = max(width, last + 17)
        place = QRectF(left - 4, top + 0.5, _MARK_SIDE + 6 + width + 10, placed.label_height - 1)
        placed.label_place = place
        if mark.is_suggestion:
            painter.setPen(_dashed(ink, 1.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 6, 6)
        elif stands_out:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens().hover))
            painter.drawRoundedRect(place, 6, 6)
        draw_mark(painter, look, left, middle - _MARK_SIDE / 2, _MARK_SIDE, outline=mark.is_suggestion)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.setFont(name_font)
        painter.setPen(QColor(tokens().ink))
        x = left + _MARK_SIDE + 6
        for number, line in enumerate(placed.name_lines):
            painter.drawText(QRectF(x, top + number * _LABEL_LINE, width + 2, LABEL_HEIGHT), flags, line)
        if placed.behind:
            painter.setFont(small)
            painter.setPen(QColor(tokens().ink3))
            top += (len(placed.name_lines) - 1) * _LABEL_LINE
            painter.drawText(QRectF(x + last - behind_width + 7, top, behind_width, LABEL_HEIGHT), flags, placed.behind)


def _x(line: QTextLine, position: int) -> float:
    found: object = line.cursorToX(position)  # PySide6 gives the position too, its stubs don't say so
    return float(found[0]) if isinstance(found, tuple) else float(found)  # type: ignore[arg-type]


def _dashed(ink: QColor, width: float) -> QPen:
    pen = QPen(ink, width)
    pen.setDashPattern([3.0, 2.0])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def _rounded(place: QRectF, *, left: bool, right: bool) -> QPainterPath:
    """A rectangle with its left and right corners rounded, and a little wider there."""
    wide = place.adjusted(-2.0 if left else 0.0, 0, 2.0 if right else 0.0, 0)
    path = QPainterPath()
    if left and right:
        path.addRoundedRect(wide, _TINT_RADIUS, _TINT_RADIUS)
        return path
    if not left and not right:
        path.addRect(wide)
        return path
    radius = min(_TINT_RADIUS, wide.width() / 2)
    path.addRoundedRect(wide, radius, radius)
    square = QPainterPath()
    half = wide.width() / 2
    square.addRect(QRectF(wide.left() if right else wide.left() + half, wide.top(), half, wide.height()))
    return path.united(square)
