"""Controls that would change a project are dimmed where it is open for reading only, and say why."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from qualcode.errors import StoreError
from qualcode.i18n import _


def refusal() -> StoreError:
    """Why nothing is changed, and how it could be."""
    return StoreError(
        _("This project is open for reading only."), hint=_("“Read only” beside its name opens it for writing.")
    )


def dim_for_reading(is_read_only: bool, *controls: QWidget | QAction) -> None:
    """Dims controls for good, whoever enables them later; their tool tip says why.

    Args:
        is_read_only: whether the project is open for reading only; nothing is done otherwise.
        controls: buttons, fields and entries of menus that change it.
    """
    if not is_read_only:
        return
    error = refusal()
    reason = f"{error.message} {error.hint}"
    for each in controls:
        each.setToolTip(reason)
        each.setEnabled(False)
        if isinstance(each, QWidget):
            each.setAccessibleDescription(reason)
            each.installEventFilter(_Dimmer(each, reason))


class _Dimmer(QObject):
    """Keeps one widget dimmed."""

    def __init__(self, dimmed: QWidget, reason: str) -> None:
        super().__init__(dimmed)
        self._dimmed = dimmed
        self._reason = reason

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dims again what was enabled; says why, whatever the widget would say."""
        if event.type() == QEvent.Type.EnabledChange and self._dimmed.isEnabled():
            self._dimmed.setEnabled(False)
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._reason, self._dimmed)
            return True
        return False
