"""The window opens fast: heavy libraries load later."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = {"spacy", "pandas", "numpy", "scipy", "matplotlib", "sqlalchemy", "openpyxl", "lxml", "ruamel", "alembic"}

SHOW = """
import sys
from PySide6.QtWidgets import QApplication
from qualcode.gui import app
from qualcode.gui.main_window import MainWindow
from qualcode.settings import Settings
application = QApplication([])
app.prepare(application, "light")
window = MainWindow(Settings(None))
window.show()
application.processEvents()
print(" ".join({*sys.modules, *(name.partition(".")[0] for name in sys.modules)}))
"""


def test_no_heavy_library_is_loaded_before_the_window_shows() -> None:
    root = Path(__file__).parents[2]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", SHOW], capture_output=True, text=True, env=environment, check=True)
    loaded = set(done.stdout.split())
    assert "PySide6" in loaded
    assert not loaded & HEAVY
    assert "qualcode.gui.window_bars" in loaded
    assert not {"qualcode.gui.bridge", "qualcode.gui.workbench"} & loaded, "they are for a project that is open"


def test_void_calls_leave_none_alone() -> None:
    """PySide6 6.12.0 dropped a reference to None with each void call on Python 3.11."""
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _number in range(500):
        thing.setObjectName("a")
    assert abs(sys.getrefcount(None) - before) < 250
