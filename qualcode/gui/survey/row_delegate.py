"""Draws a row of the grid: answers read like text, closed answers are a number and a thin bar."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, draw_group
from qualcode.gui.resources.theme import tokens
from qualcode.gui.survey.chips import Chip, Chips, height_of
from qualcode.gui.survey.model import ROW, AnswersModel, GridColumn, Kind, group_shown
from qualcode.gui.text_positions import TextPositions
from qualcode.gui.widgets.row_tree import paint_noted
from qualcode.i18n import _

LINE = 20
ONE_LINE = 40
BLANK = 32
MOST_LINES = 3
LEFT = 24  # of the first column
SIDE = 12  # of any other
_BAR = 60
_NUMBER = 20
_MOST_LAYOUTS = 600
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ELIDED = Qt.TextElideMode.ElideRight

AnyIndex = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Measures and draws; what was laid out is kept for the rows that were seen last."""

    def __init__(self, bridge: ProjectBridge, model: AnswersModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._answers = model
        self.chips = Chips(bridge)
        self.hovered_row = -1
        self.hovered_chip: tuple[int, int] | None = None  # place of the row, code
        self._lines: OrderedDict[tuple[str, int], tuple[str, ...]] = OrderedDict()

    def forget(self) -> None:
        """Codes are called otherwise now."""
        self.chips.forget()

    def lines(self, place: int, width: int) -> tuple[str, ...]:
        """An answer in at most three lines; the last ends in "…" where words are left over."""
        key = (self._answers.text_at(place), width)
        found = self._lines.get(key)
        if found is None:
            found = wrapped(*key)
            self._lines[key] = found
            if len(self._lines) > _MOST_LAYOUTS:
                self._lines.popitem(last=False)
        else:
            self._lines.move_to_end(key)
        return found

    def chips_of(self, place: int, width: int) -> list[Chip]:
        """The chips of a row."""
        sheet = self._answers.sheet
        if sheet is None:
            return []
        row = self._answers.row_at(place)
        return self.chips.lay_out(sheet.coded(row), sheet.waiting(row), width)

    def height(self, place: int, answer_width: int, codes_width: int) -> int:
        """How high a row is, in columns of these widths."""
        sheet = self._answers.sheet
        if sheet is None:
            return fonts.px(ONE_LINE)
        row = self._answers.row_at(place)
        if not sheet.rows.document_ids[row]:
            return fonts.px(BLANK)
        n_lines = len(self.lines(place, text_width(answer_width)))
        chips = height_of(self.chips_of(place, text_width(codes_width)))
        return max(fonts.px(ONE_LINE + LINE * (n_lines - 1)), round(chips) + fonts.px(18))

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Rows have their heights from the view."""
        return QSize(100, fonts.px(ONE_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draws a cell."""
        sheet = self._answers.sheet
        row = index.data(ROW)
        if sheet is None or not isinstance(row, int):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(place, QColor(tokens().select))
        elif index.row() == self.hovered_row:
            painter.fillRect(place, QColor(tokens().hover))
        painter.fillRect(QRect(place.left(), place.bottom(), place.width(), 1), QColor(tokens().line))
        column = self._answers.columns[index.column()]
        first = QRect(place.left(), place.top(), place.width(), fonts.px(ONE_LINE))
        if not sheet.rows.document_ids[row]:
            first.setHeight(place.height())
        if column.kind is Kind.IDENT:
            if self._answers.is_noted(row):
                before = QRect(first.left(), first.top(), LEFT - 4, first.height())
                paint_noted(painter, before, first.height() - 8)
            self._draw_text(painter, first.adjusted(LEFT, 0, -4, 0), sheet.rows.idents[row], tokens().ink3)
        elif column.kind is Kind.GROUP:
            ink = tokens().ink2 if sheet.rows.document_ids[row] else tokens().ink3
            self._draw_group(painter, first.adjusted(SIDE, 0, -4, 0), sheet.rows.groups[row], ink)
        elif column.kind is Kind.CLOSED:
            self._draw_closed(painter, first.adjusted(SIDE, 0, -4, 0), column, sheet.rows.case_ids[row])
        elif column.kind is Kind.ANSWER:
            self._draw_answer(painter, place, first, index.row(), row)
        else:
            chips = self.chips_of(index.row(), text_width(place.width()))
            at = QPointF(place.left() + SIDE, place.top() + (fonts.px(ONE_LINE) - fonts.px(22)) / 2)
            hovered = self.hovered_chip
            self.chips.draw(painter, at, chips, hovered[1] if hovered and hovered[0] == index.row() else None)
        painter.restore()

    def _draw_text(self, painter: QPainter, place: QRect, text: str, ink: str) -> None:
        font = fonts.font(fonts.CONTROL, tabular=True)
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(place, _MIDDLE, QFontMetricsF(font).elidedText(text, _ELIDED, place.width()))

    def _draw_group(self, painter: QPainter, place: QRect, group: str, ink: str) -> None:
        draw_group(painter, self._bridge.groups.get(group, UNKNOWN_GROUP), place.left(), place.center().y() - 4.5)
        self._draw_text(painter, place.adjusted(18, 0, 0, 0), group_shown(group), ink)

    def _draw_closed(self, painter: QPainter, place: QRect, column: GridColumn, case_id: int) -> None:
        sheet = self._answers.sheet
        assert sheet is not None
        closed = sheet.closed(column.closed)
        value = closed.values.get(case_id)
        if value is None:
            painter.setFont(fonts.font(fonts.CONTROL))
            painter.setPen(QColor(tokens().ink3))
            number = QRect(place.left(), place.top(), fonts.px(_NUMBER), place.height())
            painter.drawText(number, _RIGHT, "–")
            return
        share = closed.share(value)
        if share is None:
            self._draw_text(painter, place, value, tokens().ink)
            return
        painter.setFont(fonts.font(fonts.CONTROL, tabular=True))
        painter.setPen(QColor(tokens().ink))
        painter.drawText(QRect(place.left(), place.top(), fonts.px(_NUMBER), place.height()), _RIGHT, value)
        bar = QRectF(place.left() + fonts.px(_NUMBER) + 10, place.center().y() - 1.5, fonts.px(_BAR), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens().border))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(QColor(tokens().ink3))
        if share > 0:
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(4.0, bar.width() * share), 4), 2, 2)

    def _draw_answer(self, painter: QPainter, place: QRect, first: QRect, at: int, row: int) -> None:
        sheet = self._answers.sheet
        assert sheet is not None
        inside = first.adjusted(SIDE, 0, -SIDE, 0)
        if not sheet.rows.document_ids[row]:
            self._draw_text(painter, inside, _("No answer"), tokens().ink3)
            return
        lines = self.lines(at, text_width(place.width()))
        counts = sheet.rows.counts[row]
        font = fonts.font(fonts.CONTROL)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink if counts else tokens().ink3))
        for number, line in enumerate(lines):
            painter.drawText(inside.translated(0, number * fonts.px(LINE)), _MIDDLE, line)
        if counts:
            return
        end = inside.left() + QFontMetricsF(font).horizontalAdvance(lines[-1]) + 10
        painter.setFont(fonts.font(fonts.SMALL))
        reason = inside.translated(0, (len(lines) - 1) * fonts.px(LINE))
        reason.setLeft(round(end))
        shown = QFontMetricsF(fonts.font(fonts.SMALL)).elidedText(
            _("not counted as an answer"), _ELIDED, max(0, reason.width())
        )
        painter.drawText(reason, _MIDDLE, shown)


def text_width(column_width: int) -> int:
    """The room for words in a column."""
    return max(60, column_width - 2 * SIDE)


def wrapped(text: str, width: int) -> tuple[str, ...]:
    """A text in at most three lines; line feeds are kept, blank lines left out."""
    font = fonts.font(fonts.CONTROL)
    lines: list[str] = []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    paragraphs = [each.strip() for each in text.splitlines() if each.strip()] or [text.strip()]
    for number, paragraph in enumerate(paragraphs):
        shown = paragraph[: MOST_LINES * max(20, width // 2)]  # no letter is narrower than two pixels
        layout = QTextLayout(shown, font)
        layout.setTextOption(option)
        positions = TextPositions(shown)
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            start = positions.from_qt(line.textStart())
            end = positions.from_qt(line.textStart() + line.textLength())
            if len(lines) == MOST_LINES - 1:
                is_last = end >= len(paragraph) and number == len(paragraphs) - 1
                rest = shown[start:]
                lines.append(rest if is_last else _elided(rest, width))
                layout.endLayout()
                return tuple(lines)
            lines.append(shown[start:end].rstrip())
        layout.endLayout()
    return tuple(lines)


def _elided(rest: str, width: int) -> str:
    """What fits a line, with "…" at its end even where only the next paragraph is left over."""
    metrics = QFontMetricsF(fonts.font(fonts.CONTROL))
    shown = metrics.elidedText(f"{rest}…", _ELIDED, width)
    return shown if shown.endswith("…") else f"{shown}…"
