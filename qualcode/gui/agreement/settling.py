"""Settling disagreements, and opening them again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from qualcode.errors import QualcodeError
from qualcode.gui.agreement.differing import Differing
from qualcode.gui.bridge import ProjectBridge
from qualcode.i18n import ngettext


class Settling(QObject):
    """Writes down what coders agreed on in discussion.

    Signals:
        failed: an error that the user can act on.
        done: what was done, in a sentence.
    """

    failed = Signal(Exception)
    done = Signal(str)

    def __init__(self, bridge: ProjectBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def settle(self, chosen: Sequence[Differing], applies: bool, note: str) -> None:
        """Says of disagreements whether the code applies."""
        behind = [each.behind for each in chosen if each.behind is not None]
        if not behind:
            return
        try:
            self._bridge.project.agreement.settle_many(behind, applies=applies, note=note)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        n = len(behind)
        self.done.emit(ngettext("{n} disagreement settled", "{n} disagreements settled", n).format(n=n))

    def reopen(self, chosen: Sequence[Differing]) -> None:
        """Takes back what was settled of disagreements."""
        settled = [each.behind.settlement for each in chosen if each.behind is not None]
        ids = [each.id for each in settled if each is not None]
        if not ids:
            return
        try:
            self._bridge.project.agreement.reopen(ids)
        except QualcodeError as error:
            self.failed.emit(error)
