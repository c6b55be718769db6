"""What the help menu shows over the window: all keys, and what the program is."""

from __future__ import annotations

import platform

from PySide6.QtWidgets import QWidget

from qualcode import __version__
from qualcode.gui.actions import all_shortcuts
from qualcode.gui.widgets.sheet import Sheet
from qualcode.i18n import _


def show_shortcuts(window: QWidget) -> None:
    """Shows all keys."""
    sheet = Sheet(_("All shortcuts"), window)
    sheet.add_keys(all_shortcuts())
    sheet.pop_up()


def show_about(window: QWidget) -> None:
    """Says what the program is and under which licences its parts are."""
    sheet = Sheet(_("About Qualcode"), window)
    sheet.add_text(
        _("Version {version}, Python {python}").format(version=__version__, python=platform.python_version())
    )
    sheet.add_text(_("Template analysis of focus groups and open survey answers, on your own machine."))
    sheet.add_text(_("Typeface: Inter (SIL Open Font License). Icons: Lucide (ISC). Window: Qt (LGPL)."), rank=3)
    sheet.pop_up()
