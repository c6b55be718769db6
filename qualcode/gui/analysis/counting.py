"""Counting for the window: at once where that is quick, on another thread where one could feel it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from qualcode.errors import QualcodeError
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.bridge import ProjectBridge

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.coding_table import Material

QUICK_ROWS = 20_000
"""Up to so many turns, answers, codings and suggestions are counted within a tenth of a second."""

_PAINTED_MS = 20
"""Milliseconds until a worker begins: the window is made and painted first, for which it needs Python itself."""


class Counting(QObject):
    """Runs one question after the other; what was asked before is forgotten when another is asked.

    Signals:
        failed: an error that the user can act on.
        busy: whether work goes on in the background.
    """

    failed = Signal(Exception)
    busy = Signal(bool)

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._asked = 0
        self._is_busy = False

    @property
    def is_busy(self) -> bool:
        """Whether an answer is waited for: what is shown is of what was asked before."""
        return self._is_busy

    def run(self, work: Callable[[Project], Any], then: Callable[[Any], None], *, is_slow: bool = False) -> None:
        """Asks a question.

        Args:
            work: reads a project and changes nothing; may run on a worker thread, on a project of its own.
            then: gets the answer on the window's thread, unless something else was asked meanwhile.
            is_slow: whether it takes long however little there is to count.
        """
        self._asked += 1
        project = self._bridge.project
        is_felt = is_slow or project.reports.n_rows() > QUICK_ROWS
        if is_felt and not project.db.has_vanished:  # a worker opens what lies there now: nothing, or another file
            self._start(work, then)
            return
        self.rest()
        try:
            answer = work(project)
        except QualcodeError as error:
            self.failed.emit(error)
        else:
            then(answer)

    def _start(self, work: Callable[[Project], Any], then: Callable[[Any], None]) -> None:
        path, known = self._bridge.path, self._bridge.project.reports.material_read()

        def count(*, progress: Progress, cancelled: Cancelled) -> object:
            from qualcode.project.project import Project

            with Project.open(path, read_only=True) as own:
                if known is not None:
                    own.reports.adopt(known)
                return work(own), own.reports.material_read()

        run = _Run(self, self._asked, self._bridge.project.db.version, then)
        run.job = job = Job("", count)
        job.succeeded.connect(run.on_answer)
        job.failed.connect(run.on_failure)
        self._is_busy = True
        self.busy.emit(True)
        QTimer.singleShot(_PAINTED_MS, job, job.start)

    def forget(self) -> None:
        """What was asked is not wanted any longer, and nothing is asked instead."""
        self._asked += 1
        self.rest()

    def rest(self) -> None:
        """Nothing is waited for any longer."""
        if self._is_busy:
            self._is_busy = False
            self.busy.emit(False)

    def is_wanted(self, number: int) -> bool:
        """Whether nothing else was asked since, and the project is still open."""
        return number == self._asked and not self._bridge.project.db.connection.closed

    def keep(self, material: Material | None, version: int) -> None:
        """What a worker read serves the next one too, if nothing was changed since it began."""
        project = self._bridge.project
        if material is not None and project.db.version == version:
            project.reports.adopt(material)


class _Run(QObject):
    """One question on a worker thread; lives on the window's thread, so that answers arrive there.

    It dies with its owner, or, once answered, with the last who holds it. Answered it is nobody's child: it may be the
    last to hold those above it, and they would take it along while it is dying, which Qt does not bear.
    """

    def __init__(self, owner: Counting, number: int, version: int, then: Callable[[Any], None]) -> None:
        super().__init__(owner)
        self._owner = owner
        self._number = number
        self._version = version
        self._then = then
        self.job: Job | None = None  # which nobody else holds before it begins

    @Slot(object)
    def on_answer(self, found: tuple[Any, Material | None]) -> None:
        """The worker is through."""
        self.setParent(None)
        answer, material = found
        self._owner.keep(material, self._version)
        if self._owner.is_wanted(self._number):
            self._owner.rest()
            self._then(answer)

    @Slot(Exception)
    def on_failure(self, error: Exception) -> None:
        """The worker stopped."""
        self.setParent(None)
        if self._owner.is_wanted(self._number):
            self._owner.rest()
            self._owner.failed.emit(error)
