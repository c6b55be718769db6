"""The sentence under review, large, with its neighbours quiet around it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from qualcode.gui.coding.block_painting import paint_gutter
from qualcode.gui.coding.laid_block import Columns, LaidBlock, Setting
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, CodeLook
from qualcode.gui.resources.group_marks import GroupLook
from qualcode.gui.resources.theme import colour, theme, tokens
from qualcode.gui.review.extent import without_space
from qualcode.gui.review.places import Around
from qualcode.i18n import _
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span

GUTTER = 124
_MEASURE = 36.0  # width of the text in letter sizes, as where one codes
_LARGER = 2  # the sentence's turn over its neighbours
_GAP = 14  # between blocks, over what a block has below it anyway
_SENTENCE_AT = 0.25  # of the pane's height: where the sentence stands, whichever it is
_FADE = 28
_BAR = 12  # the scroll bar's
_RADIUS = 4


class ContextView(QAbstractScrollArea):
    """Shows one suggestion; while its extent is changed, reports what is dragged over.

    Signals:
        extent_dragged: a span of the document's text.
    """

    extent_dragged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcript")
        self.setAccessibleName(_("Text"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._size = fonts.TITLE
        self._around: Around | None = None
        self._laid: list[ContextBlock] = []
        self._tops: list[float] = []
        self._span = Span(0, 1)
        self._evidence: tuple[Span, ...] = ()
        self._look = NO_LOOK
        self._groups: dict[str, GroupLook] = {}
        self._is_changing = False
        self._drag_from: int | None = None
        theme().changed.connect(self.viewport().update)

    @property
    def column(self) -> tuple[int, int]:
        """Left edge and width of gutter and text together."""
        room = self.width() - _BAR  # the same with and without a scroll bar, so that nothing jumps
        width = min(room - 48, fonts.px(GUTTER) + round(_MEASURE * fonts.px(self._size)) + 24)
        return max(24, (room - width) // 2), max(240, width)

    @property
    def span(self) -> Span:
        """What is outlined."""
        return self._span

    @property
    def is_changing(self) -> bool:
        """Whether the extent is being changed."""
        return self._is_changing

    def set_text_size(self, pixels: int) -> None:
        """The letter size of the neighbours; the sentence's turn is a little larger."""
        self._size = pixels
        self._lay_out()

    def show_suggestion(
        self, around: Around, span: Span, evidence: tuple[Span, ...], look: CodeLook, groups: Mapping[str, GroupLook]
    ) -> None:
        """Shows another suggestion, its sentence where the last one stood."""
        self._around, self._span, self._evidence, self._look = around, span, evidence, look
        self._groups = dict(groups)
        self._is_changing = False
        self._drag_from = None
        self._say(around)
        self._lay_out()

    def clear(self) -> None:
        """Shows nothing."""
        self._around = None
        self._laid, self._tops = [], []
        self.viewport().update()

    def change_extent(self, span: Span, *, is_changing: bool = True) -> None:
        """Outlines another span, with handles while it is being changed."""
        self._span, self._is_changing = span, is_changing
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor if is_changing else Qt.CursorShape.ArrowCursor)
        self.viewport().update()

    def sentence_place(self) -> QRectF:
        """Where the outlined words stand in the viewport."""
        if self._around is None or not self._laid:
            return QRectF()
        places = self._laid[self._around.number].places(self._span)
        top = self._tops[self._around.number] - self.verticalScrollBar().value()
        found = QRectF()
        for place in places:
            found = found.united(place)
        return found.translated(self._text_left, top)

    # Layout

    @property
    def _text_left(self) -> int:
        return self.column[0] + fonts.px(GUTTER)

    def _say(self, around: Around) -> None:
        block = around.block
        words = block.text[self._span.start - block.start : self._span.end - block.start]
        self.setAccessibleDescription(f"{block.label}: {words}" if block.label else words)

    def _lay_out(self) -> None:
        self._laid, self._tops = [], []
        if self._around is None:
            return
        left, width = self.column
        columns = Columns(left, self._text_left, width - fonts.px(GUTTER), 0, 0, 0)
        y = 0.0
        for number, block in enumerate(self._around.blocks):
            size = fonts.px(self._size + (_LARGER if number == self._around.number else 0))
            setting = Setting(columns, size, lambda _code_id: self._look, lambda _code_id: "", self._groups)
            laid = ContextBlock(block, (), setting)
            self._laid.append(laid)
            self._tops.append(y)
            y += laid.height + _GAP
        self._scroll_to_sentence(y)
        self.viewport().update()

    def _scroll_to_sentence(self, height: float) -> None:
        """Puts the sentence's middle where the last one's was; blank space above and below makes room."""
        if self._around is None:
            return
        view = self.viewport().height()
        places = self._laid[self._around.number].places(self._span)
        if not places:
            return
        own = self._tops[self._around.number]
        top, bottom = own + places[0].top(), own + places[-1].bottom()
        pane = self.parentWidget()  # its height does not change with what the card says, so the sentence stays in place
        centre = min((pane.height() if pane is not None else view) * _SENTENCE_AT, view / 2)
        wanted = round(centre - min(bottom - top, view * 0.7) / 2)
        above = max(_FADE, round(wanted - top))
        self._tops = [each + above for each in self._tops]
        bar = self.verticalScrollBar()
        bar.setPageStep(view)
        bar.setSingleStep(fonts.px(25))
        bar.setRange(0, max(0, round(height + above + _FADE - view), round(top + above - wanted)))
        bar.setValue(round(top + above - wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lays out again."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paints all again: the fading edges stay where they are."""
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the turns, the sentence outlined, and the edges faded."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens().surface))
        if self._around is not None:
            offset = self.verticalScrollBar().value()
            height = self.viewport().height()
            for number, laid in enumerate(self._laid):
                y = self._tops[number] - offset
                if y > height or y + laid.height < 0:
                    continue
                if number == self._around.number:
                    laid.paint_sentence(painter, y, self._span, self._evidence, self._look, self._is_changing)
                else:
                    laid.paint_quiet(painter, y)
            if self._around.question:
                self._paint_question(painter, self._tops[0] - offset)
            self._paint_fading(painter)
        painter.end()

    def _paint_question(self, painter: QPainter, below: float) -> None:
        left, width = self.column
        painter.setFont(fonts.font(self._size))
        painter.setPen(QColor(tokens().ink2))
        flags = Qt.TextFlag.TextWordWrap
        text_left = self._text_left
        room = QRectF(text_left, 0, left + width - text_left, 1000)
        needed = QFontMetricsF(painter.font()).boundingRect(room, int(flags), self._around_question)
        place = QRectF(room.left(), below - needed.height() - fonts.px(18), room.width(), needed.height() + 2)
        painter.drawText(place, int(flags), self._around_question)

    @property
    def _around_question(self) -> str:
        return self._around.question if self._around is not None else ""

    def _paint_fading(self, painter: QPainter) -> None:
        """Lets the text fade at the upper and the lower edge, so that no half line is cut."""
        width, height = self.viewport().width(), self.viewport().height()
        surface = tokens().surface
        for top, clear_at in ((0, 1), (height - _FADE, 0)):
            fade = QLinearGradient(0, top, 0, top + _FADE)
            fade.setColorAt(clear_at, colour(surface, 0.0))
            fade.setColorAt(1 - clear_at, QColor(surface))
            painter.fillRect(0, top, width, _FADE, fade)

    # The mouse changes the extent

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a new extent."""
        at = self._position_at(event.position())
        if at is not None and event.button() == Qt.MouseButton.LeftButton:
            self._drag_from = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The extent follows the pointer."""
        at = self._position_at(event.position())
        if self._drag_from is None or at is None or self._around is None or at == self._drag_from:
            return
        block = self._around.block
        low, high = sorted((self._drag_from, at))
        span = without_space(block.text, Span(low, high))
        self.extent_dragged.emit(Span(span.start + block.start, span.end + block.start))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The extent stays as it is."""
        self._drag_from = None

    def _position_at(self, point: QPointF) -> int | None:
        """The code point of the sentence's turn under a point; None above and below that turn."""
        if self._around is None or not self._laid:
            return None
        laid = self._laid[self._around.number]
        y = point.y() + self.verticalScrollBar().value() - self._tops[self._around.number]
        if self._drag_from is None and not 0 <= y <= laid.text_height:
            return None
        return laid.positions.from_qt(laid.position_at(point.x() - self._text_left, y))

    def changeEvent(self, event: QEvent) -> None:
        """Another font scale is another layout."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._lay_out()


class ContextBlock(LaidBlock):
    """A turn or an answer without a margin."""

    def places(self, span: Span) -> list[QRectF]:
        """The rectangles behind a span of the document, one a line."""
        start, end = self._units(span)
        return list(self.rectangles(start, end)) if start < end else []

    def paint_quiet(self, painter: QPainter, y: float) -> None:
        """Paints a neighbour."""
        self._paint_text(painter, y, tokens().ink2)

    def paint_sentence(
        self,
        painter: QPainter,
        y: float,
        span: Span,
        evidence: tuple[Span, ...],
        look: CodeLook,
        is_changing: bool,
    ) -> None:
        """Paints the turn of the suggestion: its span outlined, its evidence underlined."""
        painter.save()
        painter.translate(self.setting.columns.text, y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(look.colour)
        places = self.places(span)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(ink.name(), 0.20 if is_changing else 0.10))
        for place in places:
            painter.drawRoundedRect(place.adjusted(-3, 0, 3, 0), _RADIUS, _RADIUS)
        painter.restore()
        self._paint_text(painter, y, tokens().ink)
        painter.save()
        painter.translate(self.setting.columns.text, y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(ink, 1.5)
        if not is_changing:
            pen.setDashPattern([3.0, 2.0])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in places:
            painter.drawRoundedRect(place.adjusted(-3, 0, 3, 0), _RADIUS, _RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        for each in evidence:
            for place in self.places(each):
                painter.drawRect(QRectF(place.left(), place.bottom() - 4, place.width(), 2.5))
        if is_changing and places:
            for at, place in ((places[0].left() - 3, places[0]), (places[-1].right() + 3, places[-1])):
                painter.drawRoundedRect(QRectF(at - 2.5, place.top() - 2, 5, place.height() + 4), 2, 2)
        painter.restore()

    def _units(self, span: Span) -> tuple[int, int]:
        length = len(self.block.text)
        start = min(max(0, span.start - self.block.start), length)
        end = min(max(0, span.end - self.block.start), length)
        return self.positions.to_qt(start), self.positions.to_qt(end)

    def _paint_text(self, painter: QPainter, y: float, ink: str) -> None:
        painter.save()
        painter.translate(self.setting.columns.text, y)
        painter.setPen(QColor(ink if self.block.role is not SpeakerRole.MODERATOR else tokens().ink2))
        self.layout.draw(painter, QPointF(0, 0))
        painter.restore()
        painter.save()
        painter.translate(0, y)
        paint_gutter(painter, self)
        painter.restore()
