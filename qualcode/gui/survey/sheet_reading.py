"""Reads the rows of a question for the grid: at once, or on another thread where one could feel it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qualcode.gui.analysis.counting import Counting
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.survey.answer_sheet import AnswerSheet

if TYPE_CHECKING:
    from qualcode.project.project import Project
    from qualcode.store.answers import Asked


class SheetReading(QObject):
    """Reads one question after the other; who asks for another gets that one only.

    Signals:
        failed: an error that the user can act on.
    """

    failed = Signal(Exception)

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._counting = Counting(bridge, self)
        self._counting.failed.connect(self.failed)

    def read(self, asked: Asked, closed: Sequence[str], then: Callable[[AnswerSheet], None]) -> None:
        """Reads a question.

        Args:
            asked: the question.
            closed: closed questions whose answers are shown beside it.
            then: gets the rows, on the window's thread.
        """
        bridge = self._bridge
        groups, hidden, version = list(bridge.groups), bridge.hidden_coders, bridge.project.db.version
        order = [code.id for code in bridge.codebook.codes]

        def work(project: Project) -> AnswerSheet:
            sheet = AnswerSheet(project.survey, project.documents.texts, asked, groups, order)
            sheet.read_codes(None, hidden)
            for name in closed:
                sheet.closed(name)
            return sheet

        def take(sheet: AnswerSheet) -> None:
            project = bridge.project
            sheet.read_from(project.survey, project.documents.texts)
            if (project.db.version, bridge.hidden_coders) != (version, hidden):  # coded on meanwhile
                sheet.use_code_order([code.id for code in bridge.codebook.codes])
                sheet.read_codes(None, bridge.hidden_coders)
            then(sheet)

        self._counting.run(work, take)
