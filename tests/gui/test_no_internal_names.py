"""What has a name in files only, such as that of no group, is never seen in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from qualcode.gui.analysis.pages import PAGES
from qualcode.gui.main_window import MainWindow
from qualcode.model.case import ALL_GROUPS, NO_GROUP
from qualcode.project.project import Project
from tests.gui.test_spoken_screens import SCREENS

ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    """All that a model says."""
    if not parent.isValid() and not isinstance(model, QAbstractListModel):
        for across in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
            n = model.columnCount() if across is Qt.Orientation.Horizontal else model.rowCount()
            yield from (str(model.headerData(at, across, role)) for at in range(n) for role in ROLES)
    for row in range(model.rowCount(parent)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)):
            index = model.index(row, column, parent)
            yield from (str(index.data(role)) for role in ROLES)
            yield from of_model(model, index)


def said(root: QWidget) -> Iterator[str]:
    """All that is seen, or told of what is pointed at or read out."""
    for each in root.findChildren(QWidget):
        yield from (each.toolTip(), each.accessibleName(), each.accessibleDescription())
        if isinstance(each, QLabel | QAbstractButton):
            yield each.text()
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            yield from of_model(each.model(), QModelIndex())


@pytest.mark.parametrize("screen", SCREENS)
def test_nobodys_group_is_never_called_as_in_files(
    window: MainWindow, project_path: Path, qtbot: QtBot, screen: str
) -> None:
    with Project.open(project_path) as project:
        project.review.accept_all("Ingrid Haugen")
        project.respondents.move([each.id for each in project.respondents.all()][::2], NO_GROUP)
    window.open_project(project_path)
    window.show_screen(screen)
    bench = window.workbench
    assert bench is not None
    if screen == "tables":
        for key in PAGES:
            bench.tables.show_page(key)
            qtbot.wait(50)
    if screen == "report":
        qtbot.waitUntil(lambda: bool(bench.report.facts), timeout=30_000)
    if screen in ("tables", "agreement"):
        chosen = bench.tables.filter if screen == "tables" else bench.agreement.filter
        chosen.set_where(bench.bridge.project.filters.parse([f"group={NO_GROUP}"]))
    found = [each for each in said(window) if NO_GROUP in each or ALL_GROUPS in each]
    assert found == [], found
