"""How a table leaves the window: to the clipboard, or into a file, with what it was counted by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from qualcode.errors import ExportError
from qualcode.gui.analysis.page import TablePage
from qualcode.gui.analysis.theme_page import unit_name
from qualcode.gui.bridge import ProjectBridge
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.exporting.one_table import OneTable


def annotated(page: TablePage, bridge: ProjectBridge) -> OneTable:
    """The table as it is shown, with its base, unit, filter and version below it."""
    table, facts = page.table(), dict(context(page, bridge))
    notes = [
        *table.notes,
        page.note(),
        _("Unit of counting: {unit}.").format(unit=unit_name(page.unit())) if page.has_unit else "",
        _("Filter: {filter}.").format(filter=facts["filter"] or _("none, all the material")),
        facts["program"],
    ]
    title = f"{bridge.project.title}: {table.title}"
    if page.scope.suggested:
        suggested = _("Suggested, not reviewed")
        title += f" ({suggested})"
    return replace(table, title=title, notes=[note for note in notes if note])


def context(page: TablePage, bridge: ProjectBridge) -> list[tuple[str, str]]:
    """What a table was counted by, as further columns of its CSV."""
    return [
        ("by", page.grouped_by()),
        ("unit", page.unit().value if page.has_unit else ""),
        ("base", page.base_name()),
        ("filter", str(page.where())),
        ("program", bridge.project.exports.made_by()),
    ]


def copy(page: TablePage, bridge: ProjectBridge) -> None:
    """Puts the table of a page on the clipboard, with what it was counted by."""
    put_on_clipboard(annotated(page, bridge))


def put_on_clipboard(table: OneTable) -> None:
    """Puts a table on the clipboard: for Word and Excel as a table, for all else with tabs between cells."""
    from qualcode.exporting.one_table import html_text, tab_text

    mime = QMimeData()
    mime.setHtml(html_text(table))
    mime.setText(tab_text(table))
    QGuiApplication.clipboard().setMimeData(mime)


def write(page: TablePage, bridge: ProjectBridge, path: Path) -> None:
    """Writes a table by the file's ending: .xlsx as it is shown, .csv in the columns of its command.

    Raises:
        ExportError: another ending, or the file cannot be written.
    """
    from qualcode.exporting.csv_tables import write_csv
    from qualcode.exporting.one_table import with_context, write_one_table

    ending = path.suffix.casefold()
    if ending == ".csv":
        write_csv(with_context(page.rows(), context(page, bridge)), path)
    elif ending == ".xlsx":
        write_one_table(path, annotated(page, bridge))
    else:
        raise ExportError(
            _("{name}: nothing is exported to a file of that ending.").format(name=path.name),
            hint=_("Use .xlsx or .csv."),
        )


def ask_file(parent: QWidget, beside: Path, name: str, kinds: str) -> Path | None:
    """Asks where to; a name without an ending gets the one of the kind that was chosen.

    Args:
        parent: whose dialog it is.
        beside: a file in the folder that is proposed.
        name: that is proposed.
        kinds: as Qt's file dialogs take them.
    """
    chosen, kind = QFileDialog.getSaveFileName(parent, _("Export"), str(beside.with_name(name)), kinds)
    if not chosen:
        return None
    path = Path(chosen)
    endings = kind.partition("(*")[2].partition(")")[0].split()
    return path if path.suffix or not endings else path.with_suffix(endings[0])
