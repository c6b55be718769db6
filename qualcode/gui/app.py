"""Starts the window: nothing heavy is loaded before it shows."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QApplication

from qualcode.gui.ahead import ScreensAhead, load_ahead
from qualcode.gui.background import Job
from qualcode.gui.language import speak
from qualcode.gui.main_window import MainWindow
from qualcode.gui.messages import message_of
from qualcode.gui.resources import fonts
from qualcode.gui.resources.theme import theme
from qualcode.gui.sweeping import Sweeping
from qualcode.settings import APPEARANCE, LANGUAGE, Settings, settings_path

_LAST_WAIT = 20_000  # milliseconds for imports that are under way; Python cannot end in the middle of them
_WARM_UP_AFTER = 300  # milliseconds after the window shows
_SWITCH = 0.0005
"""Seconds after which a thread that computes lets the window's have its turn: it takes very many short ones."""


def run(path: Path | None = None) -> int:
    """Opens the window and stays until it is closed.

    Args:
        path: a project (.qualcode), a study file (.yaml) that becomes one, or nothing for the first page.

    Returns:
        the exit code.
    """
    application = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    if not isinstance(application, QApplication):
        return 70
    sys.setswitchinterval(_SWITCH)
    settings = Settings(settings_path())
    speak(application, settings.get(LANGUAGE))
    prepare(application, settings.get(APPEARANCE))
    window = MainWindow(settings)
    hook = ErrorHook(window)
    hook.install()
    window.show()
    sweeping = Sweeping(window)
    sweeping.begin()
    window.opened.closing.connect(sweeping.let_go)
    if path is not None:
        wanted = path
        QTimer.singleShot(0, window, lambda: window.open_path(wanted))
    warm_up = Job("", load_ahead)
    screens = ScreensAhead(window)
    warm_up.succeeded.connect(screens.begin)
    QTimer.singleShot(_WARM_UP_AFTER, window, theme().refine)
    QTimer.singleShot(_WARM_UP_AFTER, window, warm_up.start)
    code = application.exec()
    warm_up.cancel()
    QThreadPool.globalInstance().waitForDone(_LAST_WAIT)
    sweeping.end()
    hook.remove()
    return code


def prepare(application: QApplication, appearance: str) -> None:
    """Names the application, loads its fonts and puts its colours on."""
    application.setApplicationName("Qualcode")
    application.setApplicationDisplayName("Qualcode")
    fonts.load_fonts()
    theme().follow(appearance)


class ErrorHook(QObject):
    """Tells bugs to the user, from whichever thread they come."""

    _happened = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._happened.connect(self._tell)

    def install(self) -> None:
        """Takes the place of Python's own hooks."""
        sys.excepthook = self._on_error
        threading.excepthook = lambda args: self._on_error(args.exc_type, args.exc_value, args.exc_traceback)

    def remove(self) -> None:
        """Gives Python its hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_error(self, kind: type[BaseException], error: BaseException | None, place: TracebackType | None, /) -> None:
        if error is None or isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), place)
            return
        self._happened.emit(error)

    def _tell(self, error: BaseException) -> None:
        self._window.tell(message_of(error))
