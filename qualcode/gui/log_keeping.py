"""Lets a worker fold what was written into the project file, so that no step waits for it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.bridge import ProjectBridge
from qualcode.store.log_folding import fold_in, leave_to_others

_REST_MS = 1_000
_PATIENCE = 5.0  # seconds that closing waits


class LogKeeping(QObject):
    """Begins with a project that can be changed, and goes with it.

    Args:
        bridge: the open project.
    """

    def __init__(self, bridge: ProjectBridge) -> None:
        super().__init__(bridge)
        self._path = bridge.path
        self._job: Job | None = None
        self._rest = QTimer(self, interval=_REST_MS)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._fold)
        if not bridge.is_read_only:
            leave_to_others(bridge.project.db.connection)
            bridge.changed.connect(lambda _tables: self._rest.start())

    def end(self) -> None:
        """Waits until nobody else has the file open."""
        self._rest.stop()
        if self._job is not None:
            self._job.wait(_PATIENCE)

    def _fold(self) -> None:
        path = self._path

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return fold_in(path)

        if self._job is not None and not self._job.wait(0):
            self._rest.start()  # the last one is still at it
            return
        self._job = Job("", work)
        self._job.start()
