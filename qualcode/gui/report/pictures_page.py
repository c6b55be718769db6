"""The pictures of the report, one at a time: looked at before it is written."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.analysis.counting import Counting
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.report.writing import Scope, drawn
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import theme, tokens
from qualcode.gui.widgets.controls import Segmented, button, label
from qualcode.gui.widgets.empty import Empty
from qualcode.i18n import _

_WIDEST = 860


class PicturesPage(QWidget):
    """Draws a picture when it is looked at.

    Signals:
        failed: a bug; what a user can act on is said in place of the picture.
        write_wanted: the picture of that name is to be written to a file.
    """

    failed = Signal(Exception)
    write_wanted = Signal(str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scope = Scope()
        self._is_outdated = True
        self._drawing = Counting(bridge, self)
        self.figures = Segmented(_("Picture"), [(key, title) for key, title, _what in _figures()], "bars")
        self.write_button = button(_("Write picture…"), icon_name="download")
        self.preview = Preview()
        self._area = QScrollArea()
        self._what = label(size=fonts.SMALL, rank=2, wrap=True)
        self._busy = label(_("Drawing…"), size=fonts.SMALL, rank=2)
        self._empty = Empty("info", "", "", self)
        self._stack = QStackedWidget()
        self._lay_out()
        self.figures.picked.connect(lambda _key: self._draw())
        self.write_button.clicked.connect(lambda: self.write_wanted.emit(self.figures.chosen))
        self._drawing.failed.connect(self._on_failed)
        self._drawing.busy.connect(self._busy.setVisible)

    @property
    def is_drawn(self) -> bool:
        """Whether the picture is there."""
        return self._stack.currentWidget() is self._area and not self._is_outdated and self.preview.has_image

    @property
    def said(self) -> str:
        """Why there is no picture; "" if there is one."""
        return self._empty.accessibleName() if self._stack.currentWidget() is self._empty else ""

    def show_scope(self, scope: Scope) -> None:
        """Draws of another part, or anew because something changed; at once only if it is looked at."""
        self._scope, self._is_outdated = scope, True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Draws, if something changed since."""
        if self._is_outdated:
            self._draw()

    def focus(self) -> None:
        """Puts the keyboard on the button."""
        self.write_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _draw(self) -> None:
        self._is_outdated = False
        figure, scope = self.figures.chosen, self._scope
        self._what.setText(next(what for key, _title, what in _figures() if key == figure))
        title = next(title for key, title, _what in _figures() if key == figure)
        self._drawing.run(lambda project: drawn(project, figure, scope), partial(self._show, title), is_slow=True)

    def _show(self, title: str, png: bytes) -> None:
        image = QImage()
        image.loadFromData(png)
        self.preview.show_image(image, title)
        self.write_button.setEnabled(True)
        self._area.verticalScrollBar().setValue(0)
        self._stack.setCurrentWidget(self._area)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, QualcodeError):
            self.failed.emit(error)
            return
        self._empty.say(_("This picture cannot be drawn"), error.message)
        self.write_button.setEnabled(False)
        self._stack.setCurrentWidget(self._empty)

    def _lay_out(self) -> None:
        self._area.setWidget(self.preview)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(_("Picture"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.figures)
        head.addStretch(1)
        head.addWidget(self.write_button)
        column.addLayout(head)
        line = QHBoxLayout()
        line.addWidget(self._what, 1)
        line.addWidget(self._busy)
        column.addLayout(line)
        self._busy.hide()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)


class Preview(QWidget):
    """A picture on white paper, as wide as there is room for, and as high as it then is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._scaled = QImage()
        theme().changed.connect(self.update)

    @property
    def has_image(self) -> bool:
        """Whether there is a picture."""
        return not self._image.isNull()

    def show_image(self, image: QImage, name: str) -> None:
        """Shows another picture."""
        self._image, self._scaled = image, QImage()
        self._fit()
        self.setAccessibleName(_("Picture: {name}").format(name=name))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws it, with the edge of its paper."""
        if self._image.isNull():
            return
        place = QRectF(self._place()).adjusted(0.5, 0.5, -0.5, -0.5)
        pixels = (place.size() * self.devicePixelRatioF()).toSize()
        if self._scaled.size() != pixels:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._image.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        painter = QPainter(self)
        painter.drawImage(place, self._scaled)
        painter.setPen(QPen(QColor(tokens().border2), 1))
        painter.drawRect(place)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The height follows the width."""
        super().resizeEvent(event)
        self._fit()

    def _place(self) -> QRect:
        width = min(self.width(), fonts.px(_WIDEST))
        return QRect((self.width() - width) // 2, 0, width, round(width * self._image.height() / self._image.width()))

    def _fit(self) -> None:
        if self.has_image:
            self.setMinimumHeight(self._place().height())


def _figures() -> tuple[tuple[str, str, str], ...]:
    """Key, title and what it shows."""
    return (
        ("bars", _("Bars"), _("Share of those answering who speak of each theme, by group, with 95 % intervals.")),
        ("heatmap", _("Heat map"), _("The same shares as shades, with per cent and n/N in each cell.")),
        ("differences", _("Differences"), _("The difference of two groups in each theme, with its interval.")),
        ("shares", _("Shares"), _("What the codings of each group are about, of all codings of the group.")),
        ("network", _("Together"), _("Themes that stand together in the same unit.")),
        ("model", _("Model"), _("Codes by level and by whether they hinder or promote, with n/N.")),
    )
