"""Tests for what is loaded ahead: no screen makes the window wait while Python reads modules."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QWidget

from qualcode.gui.ahead import ScreensAhead
from qualcode.gui.main_window import MainWindow

TOUR = """
import sys, threading
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QThreadPool
from PySide6.QtWidgets import QApplication
from qualcode.gui import app
from qualcode.gui.ahead import load_ahead
from qualcode.gui.main_window import MainWindow
from qualcode.settings import Settings

application = QApplication(["qualcode", "-platform", "offscreen"])
app.prepare(application, "light")
path = Path(sys.argv[1])
window = MainWindow(Settings(path.with_name("settings.json")))
window.show()
app.theme().refine()
load_ahead(progress=lambda _done, _total: None, cancelled=lambda: False)

waited_for = []
class Watcher:
    def find_spec(self, name, path=None, target=None):
        if threading.current_thread() is threading.main_thread():
            waited_for.append(name)
        return None
sys.meta_path.insert(0, Watcher())

window.open_project(path)
bench = window.workbench
for screen in ("review", "survey", "tables", "respondents", "agreement", "memos", "report", "find", "code"):
    window.show_screen(screen)
    application.processEvents()
from qualcode.gui.analysis.pages import PAGES
window.show_screen("tables")
for page in PAGES:
    bench.tables.show_page(page)
    application.processEvents()
bench.edit_rules(window.bridge.codebook.codes[1].id)
bench.history.pop_up()
bench.memo_card
QThreadPool.globalInstance().waitForDone()
application.processEvents()
print("waited for:", *waited_for)
window.close()
"""


def test_no_screen_waits_for_a_module(project_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", TOUR, str(project_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "waited for:" in done.stdout
    slow = {"qualcode", "scipy", "sqlalchemy"}  # pandas loads small parts of itself by the way
    assert [name for name in done.stdout.split() if name == "pandas" or name.split(".")[0] in slow] == []


def test_screens_are_made_one_by_one_and_the_one_that_is_shown_stays(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    ahead, before = ScreensAhead(window), len(bench.findChildren(QWidget))
    ahead.make_one()
    after_one = len(bench.findChildren(QWidget))
    assert after_one > before
    while bench.make_ahead():
        pass
    assert len(bench.findChildren(QWidget)) > after_one
    assert bench.screen_name == "code"
    ahead.make_one()
    for screen in ("review", "survey", "tables", "respondents", "agreement", "memos", "report", "find", "code"):
        bench.show_screen(screen)
        assert bench.screen_name == screen


def test_no_screen_is_made_without_a_project(window: MainWindow) -> None:
    ScreensAhead(window).make_one()
    assert window.workbench is None
