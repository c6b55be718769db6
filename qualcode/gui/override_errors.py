"""Lets an error inside a call of Qt's be told: on Python 3.11 Qt's bindings could end the program with it.

Where Python calls Qt and that calls a method in Python, the bindings keep an error of the method for the first caller,
and look into it before Python has made an object of it. From 3.12 on there always is one; before, one is made where the
error passes an `except`.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

_NAMES = frozenset(
    (
        *("eventFilter", "event", "viewportEvent", "focusNextPrevChild", "scrollContentsBy", "insertFromMimeData"),
        *(
            "paint",
            "paintSection",
            "sizeHint",
            "minimumSizeHint",
            "heightForWidth",
            "updateGeometries",
            "highlightBlock",
        ),
        *("data", "setData", "headerData", "rowCount", "columnCount", "flags", "index", "parent", "mimeData"),
        *("createEditor", "setEditorData", "setModelData", "updateEditorGeometry", "startDrag", "inputMethodQuery"),
        *("selectionChanged", "currentChanged", "scaledPixmap", "drawControl"),
    )
)
"""What Qt calls in this program, besides what ends in Event; not what it asks of the style thousands of times."""


def let_errors_through() -> None:
    """From now on, in classes that are made of Qt's; once, before there are any."""
    if sys.version_info < (3, 12):
        QObject.__init_subclass__ = classmethod(_prepare)  # type: ignore[assignment, arg-type]


def _prepare(cls: type[QObject], **given: Any) -> None:
    super(QObject, cls).__init_subclass__(**given)
    for name, method in list(vars(cls).items()):
        if isinstance(method, FunctionType) and (name in _NAMES or name.endswith("Event")):
            setattr(cls, name, _passing(method))


def _passing(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def called(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except BaseException:
            raise

    return called
