"""What the pages of the import have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import label
from qualcode.project.draft_points import Step
from qualcode.project.study_draft import StudyDraft

_SIDE = 32


class ImportPage(QWidget):
    """One step: a title, what it is for, and what is decided there.

    Signals:
        changed: something was decided.
    """

    changed = Signal()

    def __init__(self, step: Step, draft: StudyDraft, title: str, about: str) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.step = step
        self.draft = draft
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_SIDE, 24, _SIDE, 16)
        self.column.setSpacing(0)
        heading = label(title, fonts.NUMBER, fonts.SEMIBOLD, wrap=True)
        self.column.addWidget(heading)
        self.column.addSpacing(4)
        self._about = label(about, rank=2, wrap=True)
        self._about.setMaximumWidth(fonts.px(760))
        self.column.addWidget(self._about)
        self.column.addSpacing(16)

    def show_draft(self) -> None:
        """Shows what is decided; called each time before the page is seen."""

    def focus_first(self) -> None:
        """Puts the keyboard where one begins."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
