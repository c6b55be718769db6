"""The steps of a project, the last one first; below the first one stands the beginning."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.memos.wording import when
from qualcode.i18n import _
from qualcode.store.journal import StepInfo

STEP = Qt.ItemDataRole.UserRole + 1
IS_NOW = Qt.ItemDataRole.UserRole + 2
SUBJECT = Qt.ItemDataRole.UserRole + 3
AnyIndex = QModelIndex | QPersistentModelIndex
BEGINNING = 0
"""Stands for the state before the first step."""
OTHERS = ""
"""Stands for coders who are not told."""


class HistoryModel(QAbstractListModel):
    """Shows steps. A row's identity is the step's id; the beginning has id 0.

    Args:
        subject_of: what a step was about; asked for those that are shown only.
    """

    def __init__(self, subject_of: Callable[[StepInfo], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._subject_of = subject_of
        self._subjects: dict[int, str] = {}
        self._steps: list[StepInfo] = []
        self._all: list[StepInfo] = []
        self._now = BEGINNING

    def show_steps(self, steps: Sequence[StepInfo], only_by: str = "") -> None:
        """Shows the steps as they stand.

        Args:
            steps: the oldest first, as the project gives them.
            only_by: whose steps are told; what others did in a row is one line then, without what it was. All for "".
        """
        self.beginResetModel()
        self._all = list(steps)
        self._subjects.clear()
        shown = _told(steps, only_by) if only_by else list(steps)
        self._steps = [*reversed(shown), StepInfo(BEGINNING, "", "", "", undone=False)]
        self._now = next((each.id for each in self._steps if not each.undone), BEGINNING)
        self.endResetModel()

    @property
    def now_row(self) -> int:
        """The row of the step that was done last and not undone."""
        return next((row for row, each in enumerate(self._steps) if each.id == self._now), 0)

    def n_between(self, step_id: int) -> tuple[int, int]:
        """How many steps a way back to a step would undo, and how many it would do again."""
        back = sum(not each.undone and each.id > step_id for each in self._all)
        forth = sum(each.undone and each.id <= step_id for each in self._all)
        return back, forth

    def is_past_others(self, step_id: int) -> bool:
        """Whether a way back or forth to a step undoes, or does again, steps that are not told."""
        return any((each.id > step_id) is not each.undone for each in self._steps if each.coder == OTHERS)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """One row each."""
        return 0 if parent.isValid() else len(self._steps)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The step itself, or what a screen reader says of it."""
        if not index.isValid():
            return None
        step = self._steps[index.row()]
        if role == STEP:
            return step
        if role == SUBJECT:
            return self._subject(step)
        if role == IS_NOW:
            return step.id == self._now
        if role == Qt.ItemDataRole.DisplayRole:
            return _spoken(step, self._subject(step), is_now=step.id == self._now)
        return None

    def _subject(self, step: StepInfo) -> str:
        if step.coder == OTHERS:
            return ""
        if step.id not in self._subjects:
            self._subjects[step.id] = self._subject_of(step)
        return self._subjects[step.id]


def step_title(step: StepInfo) -> str:
    """What a step is called; of the beginning what that is."""
    if step.coder == OTHERS and step.id != BEGINNING:
        return _("Steps of other coders")
    return step.name if step.id != BEGINNING else _("Before the first step")


def step_facts(step: StepInfo) -> list[str]:
    """Who took a step and when; of the beginning, and of what others did while one codes blind, nothing."""
    return [step.coder, when(step.made_at)] if step.coder != OTHERS else []


def _told(steps: Sequence[StepInfo], only_by: str) -> list[StepInfo]:
    told: list[StepInfo] = []
    for each in steps:
        if each.coder == only_by:
            told.append(each)
            continue
        if told and told[-1].coder == OTHERS and told[-1].undone is each.undone:
            told.pop()
        told.append(StepInfo(each.id, "", OTHERS, "", each.undone))
    return told


def _spoken(step: StepInfo, subject: str, *, is_now: bool) -> str:
    parts = [step_title(step), *([subject] if subject else []), *step_facts(step)]
    if step.undone:
        parts.append(_("undone"))
    if is_now:
        parts.append(_("now"))
    return ", ".join(parts)
