"""Reading and coding in the window, offscreen; beside Qt's own text view without any mark."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figures import Figures, Took, peak_mb
from benchmarks.loading import load_libraries
from benchmarks.workloads import Workloads, copy_project

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPlainTextEdit, QScrollBar, QWidget

    from qualcode.gui.main_window import MainWindow

_PAGES = 40
_CODINGS = 11
_SPAN = 40  # code points of a new coding
_WIDTH, _HEIGHT = 1440, 900


def open_project(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """From a running window to the first of many transcripts, painted."""
    path = scratch / "project.qualcode"
    copy_project(workloads.project(), path)
    with _window(scratch) as window:
        with figures.measure("open-project"):
            _open(window, path)
        text = _text_of_first(window)
    with figures.refer("open-project"):
        _plain_text(text)


def long_text(workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """A very long text with thousands of codings: opened, read page by page, coded."""
    path = scratch / "project.qualcode"
    copy_project(workloads.long_project(), path)
    with _window(scratch) as window:
        with figures.measure("open-text"):
            _open(window, path)
        text = _text_of_first(window)
        assert window.workbench is not None
        view = window.workbench.coding.view
        figures.work["scroll-page"] = _scrolled(view.verticalScrollBar(), view.viewport())
        figures.work["add-coding"] = _coded(window)
        figures.peak_mb = peak_mb()
    with figures.refer("open-text"):
        plain = _plain_text(text)
    figures.reference["scroll-page"] = _scrolled(plain.verticalScrollBar(), plain.viewport())


@contextmanager
def _window(scratch: Path) -> Iterator[MainWindow]:
    """The program's window as it stands some time after its start: shown, and all libraries there."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from qualcode.gui import ahead, app
    from qualcode.gui.main_window import MainWindow
    from qualcode.settings import Settings

    load_libraries()
    ahead.load_ahead(progress=lambda _done, _total: None, cancelled=lambda: False)
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    app.prepare(application, "light")
    window = MainWindow(Settings(scratch / "settings.json"))
    window.resize(_WIDTH, _HEIGHT)
    window.show()
    application.processEvents()
    yield window
    window.close()


def _open(window: MainWindow, path: Path) -> None:
    """Opens a project and waits until its first text has been painted."""
    from PySide6.QtWidgets import QApplication

    window.open_project(path)
    assert window.workbench is not None, "the project did not open"
    QApplication.processEvents()
    window.workbench.coding.view.viewport().repaint()


def _text_of_first(window: MainWindow) -> str:
    assert window.workbench is not None and window.bridge is not None
    reading = window.workbench.coding.reading
    assert reading is not None, "no text is shown"
    return window.bridge.project.documents.text(reading.documents[0].id)


def _plain_text(text: str) -> QPlainTextEdit:
    from PySide6.QtWidgets import QApplication, QPlainTextEdit

    view = QPlainTextEdit()
    view.resize(_WIDTH, _HEIGHT)
    view.setPlainText(text)
    view.show()
    QApplication.processEvents()
    view.viewport().repaint()
    return view


def _scrolled(bar: QScrollBar, viewport: QWidget) -> Took:
    """One page down with its paint, the middle of many pages that have not been seen yet."""

    def page() -> None:
        bar.setValue(bar.value() + bar.pageStep())
        viewport.repaint()

    return _middle(page, _PAGES)


def _coded(window: MainWindow) -> Took:
    """A selection coded, written and painted; the middle of several."""
    from PySide6.QtWidgets import QApplication

    from qualcode.model.segment import Span

    assert window.workbench is not None and window.bridge is not None
    coding, code = window.workbench.coding, window.bridge.codebook.codes[1]
    reading = coding.reading
    assert reading is not None
    document = reading.documents[0]
    places = iter(range(_SPAN, len(window.bridge.project.documents.text(document.id)), 10 * _SPAN))

    def add() -> None:
        place = next(places)
        coding.view.show_span(document.id, Span(place, place + _SPAN))
        coding.apply_code(code.id)
        QApplication.processEvents()
        coding.view.viewport().repaint()

    return _middle(add, _CODINGS)


def _middle(action: Callable[[], None], times: int) -> Took:
    seconds, cpu = [], []
    for _time in range(times):
        began, cpu_began = time.perf_counter(), time.process_time()
        action()
        seconds.append(time.perf_counter() - began)
        cpu.append(time.process_time() - cpu_began)
    return Took(statistics.median(seconds), statistics.median(cpu))
