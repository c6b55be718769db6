"""What one decides of another tool's project before it comes in: which one, what it is, its group, its labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qualcode.gui.importing.words import KINDS, kind_name
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import Segmented, label
from qualcode.i18n import _, collapsed
from qualcode.model.document import DocumentKind

_GAP = 16
_WIDEST = 220


@dataclass(frozen=True, slots=True)
class Choices:
    """How a project of another tool comes in.

    Attributes:
        group: of all speakers; "" where their attributes say it.
        with_speakers: False to leave their labels in the texts.
        part: the name of the project, where the file holds several.
    """

    kind: DocumentKind = DocumentKind.FOCUS_GROUP
    group: str = ""
    with_speakers: bool = True
    part: str = ""


class ProjectChoices(QWidget):
    """The controls for them, as far as there is something to decide.

    Args:
        choices: what was decided so far.
        parts: the names of the projects in the file, if there are several.
        groups: names of groups to complete what is typed.
        has_texts: whether documents come in.

    Signals:
        read_again_wanted: what was decided changes what is read.
    """

    read_again_wanted = Signal()

    def __init__(self, choices: Choices, parts: Sequence[str], groups: Sequence[str], *, has_texts: bool) -> None:
        super().__init__()
        self.choices = choices
        self._is_of_several = len(parts) > 1
        self.part = ChoiceButton(_("Project in the file"), _WIDEST)
        self.part.offer([Choice(name, name) for name in parts], choices.part)
        self.kinds = Segmented(_("What it is"), [(each.value, kind_name(each)) for each in KINDS], choices.kind.value)
        self.group = QLineEdit(choices.group)
        self.labels = QCheckBox(_("Leave the speakers' names in the texts"))
        self._set_up(groups)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(_GAP)
        if self._is_of_several:
            column.addWidget(self.part)
        if has_texts:
            self._add(column, _("What it is"), self.kinds)
            self._add(column, _("Group of all speakers"), self.group)
            column.addWidget(self.labels)

    def _set_up(self, groups: Sequence[str]) -> None:
        self.part.chosen.connect(self._on_part)
        self.kinds.picked.connect(self._on_kind)
        self.group.setAccessibleName(_("Group of all speakers"))
        self.group.setPlaceholderText(_("as the file says of each"))
        self.group.setFixedHeight(fonts.px(32))
        self.group.textChanged.connect(self._on_group)
        completer = QCompleter(list(groups), self.group)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.group.setCompleter(completer)
        self.labels.setToolTip(_("Nobody is a respondent then; each document is one text."))
        self.labels.setChecked(not self.choices.with_speakers)
        self.labels.toggled.connect(self._on_labels)

    def _add(self, column: QVBoxLayout, name: str, widget: QWidget) -> None:
        inside = QVBoxLayout()
        inside.setSpacing(6)
        inside.addWidget(label(name, weight=fonts.MEDIUM))
        row = QHBoxLayout()
        row.addWidget(widget, int(isinstance(widget, QLineEdit)))
        if not isinstance(widget, QLineEdit):
            row.addStretch(1)
        inside.addLayout(row)
        column.addLayout(inside)

    @property
    def focused(self) -> str:
        """The control that has the focus, of those that have the file read again."""
        return next((name for name, each in self._controls().items() if each.hasFocus()), "")

    def focus_on(self, control: str) -> bool:
        """Give a control the focus; whether there is one of that name, or one that must be seen first."""
        wanted = self._controls().get(control) or (self.part if self._is_of_several and not control else None)
        if wanted is None:
            return False
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _controls(self) -> dict[str, QWidget]:
        return {"part": self.part, "labels": self.labels}

    def _on_part(self, name: str) -> None:
        if name != self.choices.part:
            self.choices = replace(self.choices, part=name)
            self.read_again_wanted.emit()

    def _on_kind(self, key: str) -> None:
        self.choices = replace(self.choices, kind=DocumentKind(key))

    def _on_group(self, text: str) -> None:
        self.choices = replace(self.choices, group=collapsed(text))

    def _on_labels(self, is_left: bool) -> None:
        self.choices = replace(self.choices, with_speakers=not is_left)
        self.read_again_wanted.emit()
