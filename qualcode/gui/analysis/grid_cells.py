"""Draws what stands in a cell of a grid: shares with their intervals, lines, bars of a scale, marks in their order."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from qualcode.gui.analysis.grid_model import Bars, Fill, GridCell, Line, Marks, Rank, Share
from qualcode.gui.analysis.painting import LINE_HEIGHT, MIDDLE, RIGHT, laid_out, paint_interval
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.theme import colour, tokens

PAD = 9
LINE = 18
QUOTE_LINES, SENTENCE_LINES = 2, 3
MARK = 19
_GLYPH = 48.0
_BARS, _STEP = 96, 7
_STRONGEST = 0.34


def cell_height(n_shares: int, n_lines: int, n_quotes: int = 0) -> int:
    """How high a row must be for so many shares, lines and quotations, in pixels of the design."""
    quote = round(fonts.SMALL * 1.25 * LINE_HEIGHT * QUOTE_LINES) + 5
    return 2 * PAD + LINE * (n_shares + n_lines) + quote * n_quotes + 4


def marks_height(n: int, width: int) -> int:
    """How high a row must be for so many marks in a column of that width, in pixels."""
    per_line = max(1, (width - 2 * PAD) // fonts.px(MARK))
    return 2 * fonts.px(PAD) + fonts.px(MARK + 3) * max(1, -(-n // per_line))


def paint_cell(painter: QPainter, place: QRect, cell: GridCell, bridge: ProjectBridge, *, is_number: bool) -> None:
    """Draws a cell; of one line in its middle, of several from its top."""
    ink = (bridge.look_of_key(cell.ink) or NO_LOOK).colour if cell.ink else tokens().ink2
    if cell.tint:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tokens().accent, 0.04 + (_STRONGEST - 0.04) * cell.tint))
        painter.drawRoundedRect(QRectF(place).adjusted(1, 1, -1, -2), 4, 4)
    inside = place.adjusted(PAD, 0, -PAD, 0)
    if isinstance(cell.picture, Marks):
        _paint_marks(painter, inside, cell.picture, bridge)
        return
    n_rows = len(cell.shares) + len(cell.lines)
    y = place.top() + fonts.px(PAD) + 3
    if n_rows == 1 and place.height() < fonts.px(50):
        y = place.center().y() - fonts.px(LINE) // 2
    if isinstance(cell.picture, Bars):
        _paint_bars(painter, inside, cell.picture, ink)
        inside = inside.adjusted(0, 0, -fonts.px(_BARS) - 8, 0)
    before = max((_width(share.before, fonts.font(fonts.HINT)) for share in cell.shares), default=0.0)
    for share in cell.shares:
        end = _paint_share(painter, QRect(inside.left(), y, inside.width(), fonts.px(LINE)), share, ink, before)
        if isinstance(cell.picture, Fill) and cell.picture.is_beside:
            bar = QRectF(end, y + fonts.px(LINE) / 2 - 1.5, min(inside.right() - end, fonts.px(96)), 3)
            _paint_fill(painter, bar, cell.picture, ink)
        y += fonts.px(LINE)
    for number, line in enumerate(cell.lines):
        y += _paint_line(painter, inside, y, line, is_number=is_number)
        if number == 0 and isinstance(cell.picture, Fill) and not cell.picture.is_beside:
            _paint_fill(painter, QRectF(inside.left(), y + 1, min(inside.width(), 120), 3), cell.picture, ink)
            y += 7


def _font_of(rank: Rank) -> tuple[QFont, str]:
    match rank:
        case Rank.STRONG:
            return fonts.font(fonts.CONTROL, fonts.SEMIBOLD, tabular=True), tokens().ink
        case Rank.SECOND:
            return fonts.font(fonts.SMALL, tabular=True), tokens().ink2
        case Rank.HINT:
            return fonts.font(fonts.HINT, tabular=True), tokens().ink3
        case Rank.WORDS:
            return fonts.font(fonts.SMALL), tokens().ink2
        case Rank.QUOTE:
            return fonts.font(fonts.SMALL, italic=True), tokens().ink
    return fonts.font(fonts.CONTROL, tabular=True), tokens().ink


def _width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text) if text else 0.0


def _paint_line(painter: QPainter, inside: QRect, y: int, line: Line, *, is_number: bool) -> int:
    """Draws a line and returns how much room it took."""
    font, ink = _font_of(line.rank)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    if line.rank in (Rank.QUOTE, Rank.WORDS):
        most = QUOTE_LINES if line.rank is Rank.QUOTE else SENTENCE_LINES
        laid_out(line.text, font, inside.width(), most).draw(painter, QPointF(inside.left(), y + 3))
        return round(QFontMetricsF(font).lineSpacing() * LINE_HEIGHT * most) + 5
    place = QRect(inside.left(), y, inside.width(), fonts.px(LINE))
    text = QFontMetricsF(font).elidedText(line.text, Qt.TextElideMode.ElideRight, place.width() + 2)
    painter.drawText(place, RIGHT if is_number else MIDDLE, text)
    return fonts.px(LINE)


def _paint_share(painter: QPainter, place: QRect, share: Share, ink: str, before: float) -> float:
    """n/N, per cent and the interval, in columns that line up from cell to cell; returns where it ends."""
    x, top, height = float(place.left()), float(place.top()), float(place.height())
    if before:
        painter.setFont(fonts.font(fonts.HINT))
        painter.setPen(QColor(tokens().ink3))
        painter.drawText(QRectF(x, top, before + 2, height), MIDDLE, share.before)
        x += before + 8
    bold = fonts.font(fonts.CONTROL, fonts.SEMIBOLD if share.n else fonts.REGULAR, tabular=True)
    plain = fonts.font(fonts.CONTROL, tabular=True)
    n_width, base_width = _width("000", bold), _width("/000", plain)
    painter.setFont(bold)
    painter.setPen(QColor(tokens().ink if share.n else tokens().ink3))
    painter.drawText(QRectF(x, top, n_width, height), RIGHT, str(share.n))
    x += n_width
    painter.setFont(plain)
    painter.setPen(QColor(tokens().ink2 if share.n else tokens().ink3))
    painter.drawText(QRectF(x + 1, top, base_width + 40, height), MIDDLE, f"/{share.base}")
    x += max(base_width, _width(f"/{share.base}", plain)) + 6
    room = _width("100 %", plain)
    if share.per_cent is not None:
        painter.drawText(QRectF(x, top, room, height), RIGHT, f"{share.per_cent} %")
    x += room + 9
    if share.low is not None and share.high is not None and share.base and x + _GLYPH <= place.right() + 6:
        at = QPointF(x, top + height / 2 + 0.5)
        paint_interval(painter, at, 100 * share.n / share.base, share.low, share.high, ink, length=_GLYPH)
        x += _GLYPH
    return x


def _paint_bars(painter: QPainter, inside: QRect, bars: Bars, ink: str) -> None:
    """A bar a step, standing on a line, with the ends of the scale under it."""
    n = max(1, len(bars.counts))
    step = min(fonts.px(_STEP + 1), fonts.px(_BARS) / n)
    width = step * n
    left = inside.right() - fonts.px(_BARS) / 2 - width / 2
    foot = inside.bottom() - fonts.px(20)
    room = foot - inside.top() - fonts.px(12)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(ink, 0.75))
    for number, count in enumerate(bars.counts):
        if count:
            height = max(1.5, room * count / max(1, bars.highest))
            painter.drawRect(QRectF(left + number * step, foot - height, max(1.0, step - 1), height))
    painter.setPen(QPen(QColor(tokens().border2), 1))
    painter.drawLine(QPointF(left - 1, foot + 0.5), QPointF(left + width, foot + 0.5))
    painter.setFont(fonts.font(fonts.HINT, tabular=True))
    painter.setPen(QColor(tokens().ink3))
    below = QRectF(left - 6, foot + 2, width + 12, fonts.px(14))
    painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, bars.ends[0])
    painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop, bars.ends[1])


def _paint_fill(painter: QPainter, place: QRectF, fill: Fill, ink: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens().border2))
    painter.drawRoundedRect(place, 1.5, 1.5)
    painter.setBrush(colour(ink, 0.8))
    painter.drawRoundedRect(QRectF(place.left(), place.top(), place.width() * min(1.0, fill.part), 3), 1.5, 1.5)


def _paint_marks(painter: QPainter, inside: QRect, marks: Marks, bridge: ProjectBridge) -> None:
    per_line = max(1, inside.width() // fonts.px(MARK))
    for number, key in enumerate(marks.keys):
        line, at = divmod(number, per_line)
        x = inside.left() + at * fonts.px(MARK)
        y = inside.top() + fonts.px(PAD) + line * fonts.px(MARK + 3)
        draw_mark(painter, bridge.look_of_key(key) or NO_LOOK, x, y)
