"""Long work that only the window's thread may do, a piece at a time: the window lives on, but only takes Cancel."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from qualcode.errors import CancelledError, QualcodeError
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.widgets.status_bar import StatusBar
from qualcode.i18n import _
from qualcode.model.progress import Pieces, to_the_end

T = TypeVar("T")

AT_ONCE = 2_000
"""Up to so many rows are coded or uncoded in a moment that nobody feels."""

_SLICE = 0.02  # seconds of work between two looks for what the user wants
_WISHES = frozenset(
    (
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.ContextMenu,
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.Shortcut,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    )
)


class PiecewiseJob(Job):
    """A job whose work changes the open project, which no other thread may do.

    While it goes on the window is painted and can be closed, but takes no wish except that this ends: whatever else
    the user did would be done to half a change.

    Args:
        name: of the work.
        pieces: it; closed before its end, it takes back what it did.
    """

    def __init__(self, name: str, pieces: Pieces[object]) -> None:
        super().__init__(name, self._all)
        self._pieces = pieces
        self._in_piece = False

    def start(self) -> None:
        """Begins when the window has shown what goes on."""
        self._begin()
        _application().installEventFilter(self)
        QTimer.singleShot(0, self, self._go_on)

    def cancel(self) -> None:
        """Takes back what was done; `failed` tells it."""
        super().cancel()
        if self._in_piece or self._over.is_set():
            return
        self._pieces.close()
        self._let_go()
        stopped = CancelledError(_("Stopped; nothing was changed."))
        QTimer.singleShot(0, self, lambda: self._end(failed=stopped))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps all wishes from the widgets but those to the bar that has Cancel."""
        if event.type() not in _WISHES:
            return False
        if not isinstance(watched, QWidget):  # a window hands on to its widgets, a shortcut acts at once
            return event.type() == QEvent.Type.Shortcut
        part: QWidget | None = watched
        while part is not None and not isinstance(part, StatusBar):
            part = part.parentWidget()
        return part is None

    def _go_on(self) -> None:
        """Does pieces until the next look."""
        until = time.perf_counter() + _SLICE
        while not self._over.is_set():
            self._do_piece()
            if time.perf_counter() >= until:
                break
        if not self._over.is_set():
            QTimer.singleShot(0, self, self._go_on)

    def _do_piece(self) -> None:
        self._in_piece = True
        try:
            point = next(self._pieces)
        except StopIteration as end:
            self._let_go()
            self._end(end.value)
            return
        except Exception as error:  # told to the user
            self._let_go()
            self._end(failed=error)
            return
        finally:
            self._in_piece = False
        self._tell(*point)
        if self._stop.is_set():
            self.cancel()  # it was asked for inside the piece

    def _let_go(self) -> None:
        """The window takes all wishes again."""
        self._over.set()
        _application().removeEventFilter(self)

    def _end(self, made: object = None, failed: Exception | None = None) -> None:
        if failed is None:
            self.succeeded.emit(made)
        else:
            self.failed.emit(failed)
        self.ended.emit()

    def _all(self, *, progress: Progress, cancelled: Cancelled) -> object:
        """The work on a worker's thread, which there is none of."""
        raise NotImplementedError


def change_many(
    bridge: ProjectBridge,
    name: str,
    n: int,
    pieces: Pieces[T],
    then: Callable[[T], object],
    failed: Callable[[Exception], object],
) -> None:
    """Changes the open project: at once, or a piece at a time where one could feel it.

    Args:
        bridge: the open project.
        name: of the work, as the bar below shows it.
        n: about how many rows are changed.
        pieces: the change.
        then: gets what came of it.
        failed: gets what stopped it where it is done at once; the window tells it otherwise.
    """
    if n > AT_ONCE:
        job = PiecewiseJob(name, pieces)
        job.succeeded.connect(then)
        bridge.change_wanted.emit(job)
        return
    try:
        made = to_the_end(pieces)
    except QualcodeError as error:
        failed(error)
    else:
        then(made)


def _application() -> QCoreApplication:
    application = QCoreApplication.instance()
    assert application is not None, "there is a window"
    return application
