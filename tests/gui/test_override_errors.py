"""An error inside a call of Qt's is told, and the program lives on."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import qualcode.gui
from PySide6.QtCore import QAbstractListModel, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget

application = QApplication(["test"])

class Widget(QWidget):
    def changeEvent(self, event):
        {does}

class Model(QAbstractListModel):
    def rowCount(self, parent=None):
        return 1
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        {does}

gone = QWidget()
from shiboken6 import Shiboken
Shiboken.delete(gone)
model = Model()
for call in (lambda: QApplication.sendEvent(Widget(), QEvent(QEvent.Type.EnabledChange)), model.index(0, 0).data):
    try:
        call()
    except Exception as error:
        print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("does", "error"),
    [
        ("int('x')", "ValueError"),
        ("gone.show()", "RuntimeError"),
        ("1 / 0", "ZeroDivisionError"),
        ("{}[1]", "KeyError"),
    ],
)
def test_the_program_outlives_an_error_in_a_method_that_qt_calls(does: str, error: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("{does}", does)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-500:]
    assert done.stdout.split() == [error] * 2
