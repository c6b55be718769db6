"""Python's garbage, collected by the window: what is young in passing, all of it while nobody is at work."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

_SWEEP_MS = 50  # so often that what has come together since is looked through in a frame
_YOUNG = 2_000  # objects made since the last sweep; fewer are not worth it
_REST = 20.0  # seconds without a key or the mouse
_WORTH = 100  # sweeps that found something to keep, since all was looked through
_INPUT = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    )
)


class Sweeping(QObject):
    """Takes the place of Python's own collecting while a window is open.

    Left to itself Python looks through everything every so often, which takes a third of a second when a large project
    is open, and it does so in the middle of a key press, or on a worker's thread, where it would delete widgets. So it
    is told not to; what is young is looked through many times a second, in a moment that nobody feels, and everything
    once when the window is left alone. What is still in use then is set aside until a project is closed.

    Args:
        window: whose keys and mouse tell whether somebody is at work.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._last_input = time.monotonic()
        self._sweeps = 0
        self._timer = QTimer(self, interval=_SWEEP_MS)
        self._timer.timeout.connect(self._on_time)

    def begin(self) -> None:
        """From now on; the window has been shown."""
        gc.disable()
        self._timer.start()
        handle = self._window.windowHandle()
        if handle is not None:  # of the system's events only: a filter of all events would be felt
            handle.installEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._on_state)

    def end(self) -> None:
        """Python collects again as it does without a window."""
        self._timer.stop()
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
        gc.enable()

    def let_go(self) -> None:
        """Much may be unused now that was set aside: all is looked through when the window is next left alone."""
        gc.unfreeze()
        self._sweeps = _WORTH

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes that somebody is at work."""
        if event.type() in _INPUT:
            self._last_input = time.monotonic()
        return False

    def _on_time(self) -> None:
        if gc.get_count()[0] > _YOUNG:
            gc.collect(1)
            self._sweeps += 1
        elif time.monotonic() - self._last_input > _REST and not self._is_asked():
            self._collect_all()

    def _on_state(self, state: Qt.ApplicationState) -> None:
        """Another program's window is in front."""
        if state != Qt.ApplicationState.ApplicationActive:
            self._collect_all()

    def _is_asked(self) -> bool:
        """Whether a dialog or popup is open, whose keys are not seen here."""
        return QApplication.activeModalWidget() is not None or QApplication.activePopupWidget() is not None

    def _collect_all(self) -> None:
        if self._sweeps < _WORTH:
            return
        self._sweeps = 0
        gc.collect()
        gc.freeze()
