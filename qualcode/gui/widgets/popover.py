"""What pops up inside the window: with its own shadow, closed by Escape or when the keyboard goes elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import Shiboken


class Popover(QFrame):
    """A child of the window rather than a window, so that its shadow needs no help from the desktop.

    Args:
        owner: what gets the keyboard back; the popover lies over its window.
    """

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._keyboard_back: QWidget | None = None
        self.setObjectName("popover")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        owner.destroyed.connect(self.deleteLater)  # once lifted it is the window's child
        self.hide()

    def lift(self) -> QWidget:
        """Lies over everything in the owner's window, which is given back; call before it is placed and shown."""
        self._keyboard_back = QApplication.focusWidget()
        window = self._owner.window()
        self.setParent(window)
        self.adjustSize()
        if self.hasHeightForWidth():  # Qt minds that for windows only
            self.resize(self.width(), self.heightForWidth(self.width()))
        self.raise_()
        return window

    def lift_beside(self, place: QRect, room: tuple[int, int, int, int]) -> None:
        """Lies over the window below a place, or above it when there is no room below.

        Args:
            place: what must not be covered, in global coordinates.
            room: where its shadow falls: left, top, right, bottom.
        """
        left, top, right, bottom = room
        window = self.lift()
        place = QRect(window.mapFromGlobal(place.topLeft()), place.size())
        y = place.bottom() + 6 - top
        if y + self.height() - bottom > window.height():
            y = place.top() - self.height() + bottom - 6
        x = min(max(8 - left, place.left() - left), window.width() - self.width() + right - 8)
        self.move(QPoint(x, max(8 - top, min(y, window.height() - self.height() + bottom - 8))))

    def showEvent(self, event: QShowEvent) -> None:
        """From now on a click beside it closes it."""
        super().showEvent(event)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """The keyboard goes back where it was."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        super().hideEvent(event)

    def give_keyboard_to(self, widget: QWidget) -> None:
        """Gets the keyboard when it closes: what had it before was made anew."""
        self._keyboard_back = widget

    def close_up(self) -> None:
        """Closes it and gives the keyboard back."""
        self.hide()
        back = self._keyboard_back
        if back is not None and Shiboken.isValid(back) and back.isVisible():  # it may be gone by now
            back.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab goes round inside it: what is behind is covered, and Escape there would close nothing."""
        was_inside = self._has_keyboard()
        moved = super().focusNextPrevChild(forwards)
        if was_inside and self.isVisible() and not self._has_keyboard():
            inside = [each for each in self.findChildren(QWidget) if _takes_tab(each)]
            reason = Qt.FocusReason.TabFocusReason if forwards else Qt.FocusReason.BacktabFocusReason
            if inside:
                inside[0 if forwards else -1].setFocus(reason)
        return moved

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on it, where nothing takes it, is no press on what is behind it."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press outside closes it, and does what it does there; so does another screen in its owner's place."""
        if watched is self._owner and event.type() == QEvent.Type.Hide:
            self.hide()
        pressed = event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent)
        if pressed and isinstance(watched, QWidget) and watched is not self and not self.isAncestorOf(watched):
            self.hide()
        return super().eventFilter(watched, event)


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisible()
