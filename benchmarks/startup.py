"""How long the program takes to start, libraries included: on the command line, and until its window can be used."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import Figures, NotYetError, Took
from benchmarks.workloads import Workloads

_STARTS = 15  # of each kind in turn; one start takes too little time to be measured alone

# Both windows tell when the event loop has come round after their first paint, and how much memory that took.
_TELL = """
import json, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from benchmarks.figures import peak_mb

class Watch(QObject):
    is_painted = False
    def eventFilter(self, watched, event):
        if not self.is_painted and event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.is_painted = True
            QTimer.singleShot(0, tell)
        return False

def tell():
    print(json.dumps(peak_mb()), flush=True)
    QApplication.exit(0)

application = QApplication(sys.argv[:1])
watch = Watch()
application.installEventFilter(watch)
"""
_WINDOW = f"""
from qualcode.gui import app
{_TELL}
app.run(None)
"""
_BARE_WINDOW = f"""
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPlainTextEdit, QSplitter, QTreeWidget
{_TELL}
window = QMainWindow()
splitter = QSplitter(Qt.Orientation.Horizontal)
splitter.addWidget(QTreeWidget())
splitter.addWidget(QPlainTextEdit())
window.setCentralWidget(splitter)
window.resize(1440, 900)
window.show()
application.exec()
"""


def version(_workloads: Workloads, figures: Figures, _scratch: Path) -> None:
    """`qualcode --version` beside a Python that does nothing."""
    name = "qualcode.exe" if sys.platform == "win32" else "qualcode"
    program = Path(sys.executable).with_name(name)
    if not program.exists():
        raise NotYetError("qualcode is not installed beside this Python")
    own, bare = _alternating([str(program), "--version"], [sys.executable, "-c", "pass"])
    figures.work["version"], figures.reference["version"] = own, bare


def libraries(_workloads: Workloads, figures: Figures, _scratch: Path) -> None:
    """Importing everything that a run needs."""
    from benchmarks.loading import load_libraries

    with figures.measure("libraries"):
        load_libraries()


def empty_window(_workloads: Workloads, figures: Figures, scratch: Path) -> None:
    """From nothing to a window that has been painted, beside a bare one."""
    settings = {name: str(scratch) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA")}
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **settings}
    try:
        _until_painted(_WINDOW, environment)  # once before, so that both find their files in memory
    except ValueError as error:
        raise NotYetError("the window does not open") from error
    _until_painted(_BARE_WINDOW, environment)
    starts = [(_until_painted(_WINDOW, environment), _until_painted(_BARE_WINDOW, environment)) for _ in range(3)]
    figures.work["empty-window"] = _middle([took for (took, _peak), _bare in starts])
    figures.reference["empty-window"] = _middle([took for _own, (took, _peak) in starts])
    figures.peak_mb = max((peak for (_took, peak), _bare in starts if peak is not None), default=None)


def _until_painted(program: str, environment: dict[str, str]) -> tuple[Took, float | None]:
    begin = time.perf_counter()
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        seconds = time.perf_counter() - begin
        process.communicate()
    peak: float | None = json.loads(line)  # a ValueError if the window died before it was painted
    return Took(seconds, seconds), peak


def _alternating(own: Sequence[str], bare: Sequence[str]) -> tuple[Took, Took]:
    """The middle of many starts of two commands, in turn, so that other work on the machine hits both."""
    took: tuple[list[Took], list[Took]] = ([], [])
    for _start in range(_STARTS):
        for command, seconds in zip((own, bare), took, strict=True):
            begin = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            passed = time.perf_counter() - begin
            seconds.append(Took(passed, passed))
    return _middle(took[0]), _middle(took[1])


def _middle(took: Sequence[Took]) -> Took:
    seconds = statistics.median(each.seconds for each in took)
    return Took(seconds, seconds)
