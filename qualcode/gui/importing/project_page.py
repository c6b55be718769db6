"""What a project of another tool would bring into the open one, before it does."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qualcode.gui.importing.file_card import Note
from qualcode.gui.importing.project_choices import Choices, ProjectChoices
from qualcode.gui.importing.rows import Cell, Column, RowsModel, RowTable
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import button, label, rule
from qualcode.i18n import _, grouped
from qualcode.project.project_import import ReadProject, report_of, told_of, ways_of_placing
from qualcode.project.project_writing import Written

_FACTS = 400
_FOOT = 56


class ProjectPage(QWidget):
    """Facts at the left, what has no place or is doubtful at the right; nothing is changed until Import.

    Args:
        read: what is in it.
        choices: what was decided of it so far.
        parts: the names of the projects in the file, if there are several.
        groups: names of groups that there are.

    Signals:
        import_wanted: all of it is to come in.
        read_again_wanted: it is to be read in another way.
        left: it is to stay out.
    """

    import_wanted = Signal()
    read_again_wanted = Signal()
    left = Signal()

    def __init__(
        self, read: ReadProject, choices: Choices | None = None, parts: Sequence[str] = (), groups: Sequence[str] = ()
    ) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("This is what comes in"))
        self._read = read
        has_texts = bool(read.found.documents)
        self.decisions = ProjectChoices(choices or Choices(), parts, groups, has_texts=has_texts)
        self.decisions.read_again_wanted.connect(self.read_again_wanted)
        self._report = report_of(read.found, Written())
        self._model = RowsModel([Column(_("Where"), 3, 180), Column(_("What was said"), 6, 240)], self)
        self._texts: list[str] = []
        self._whole = label(wrap=True)
        self._whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = RowTable(_("What is not carried or is doubtful"), self._model, many=False)
        self.go = button(_("Import"), kind="main")
        self.stay_out = button(_("Cancel"))
        self.go.setEnabled(self._holds_anything())
        self.go.clicked.connect(self.import_wanted)
        self.stay_out.clicked.connect(self.left)
        self._lay_out()

    def focus_first(self, control: str = "") -> None:
        """What one most likely wants: the control that it was read again by, else the button."""
        if not self.decisions.focus_on(control):
            (self.go if self.go.isEnabled() else self.stay_out).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves it out; Enter on a button presses it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        pressed = next((each for each in (self.go, self.stay_out) if each.hasFocus()), None)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and pressed is not None:
            pressed.click()
            return
        super().keyPressEvent(event)

    def facts(self) -> list[tuple[str, str]]:
        """What is in it; kinds of which there is nothing are left out."""
        found = self._read.found
        speakers = {each.label for document in found.documents for each in document.speakers if not each.is_moderator}
        numbers = (
            (_("Documents"), len(found.documents)),
            (_("Speakers"), len(speakers - {None})),
            (_("Codes"), len(found.codes)),
            (_("Codings"), found.n_codings),
            (_("Cases"), len(found.cases)),
            (_("Memos"), len(found.memos)),
        )
        said = [(_("File"), found.file), (_("Tool"), found.tool)]
        said += [(_("Project"), found.name)] if self._read.rows is None else []
        said += [(name, grouped(n)) for name, n in numbers if n]
        return said + ([(_("Coders"), ", ".join(found.coders))] if found.coders else [])

    def places(self) -> str:
        """How sure the places of the codings are; ways that none has are left out."""
        told = self._report
        if told.n_verified == told.n_codings:
            return _("Each coding stands where its stored words are.")
        return _("Codings: {ways}.").format(ways=", ".join(ways_of_placing(told)))

    def _holds_anything(self) -> bool:
        found = self._read.found
        return any((found.documents, found.codes, found.codings, found.cases, found.memos))

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(label(_("This is what comes in"), fonts.NUMBER, fonts.SEMIBOLD))
        head.addWidget(label(_("All of it comes in as one step, which can be undone."), rank=2, wrap=True))
        about = QWidget()
        about.setFixedWidth(fonts.px(_FACTS))
        self._fill_facts(about)
        both = QHBoxLayout()
        both.setSpacing(40)
        both.addWidget(about, 0, Qt.AlignmentFlag.AlignTop)
        both.addLayout(self._notes(), 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(32, 24, 32, 16)
        inside.setSpacing(20)
        inside.addLayout(head)
        inside.addLayout(both, 1)
        foot = QWidget()
        foot.setMinimumHeight(fonts.px(_FOOT))
        row = QHBoxLayout(foot)
        row.setContentsMargins(32, 10, 32, 12)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.stay_out)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inside, 1)
        column.addWidget(rule())
        column.addWidget(foot)

    def _fill_facts(self, about: QWidget) -> None:
        column = QVBoxLayout(about)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (name, said) in enumerate(self.facts()):
            grid.addWidget(label(name, rank=2), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(said, weight=fonts.MEDIUM, wrap=True), row, 1)
        column.addLayout(grid)
        if self._report.n_codings:
            column.addWidget(label(self.places(), fonts.SMALL, rank=2, wrap=True))
        column.addWidget(self.decisions)

    def _notes(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        left_out, told = self._report.left_out, told_of(self._report)
        if not left_out and not told:
            nothing = not self._holds_anything()
            said = _("Nothing in it has a place here.") if nothing else _("All of it has a place here.")
            column.addWidget(Note("info" if nothing else "check", "ink3" if nothing else "good", said, ""))
            column.addStretch(1)
            return column
        rows = [
            (Cell(_("Not carried"), rank=2), Cell(f"{what}: {n}", icon_name="circle-alert", icon_token="warn"))
            for what, n in left_out.items()
        ]
        file = self._read.found.file
        rows += [
            (
                Cell(each.where.removeprefix(f"{file}, "), rank=2),
                Cell(each.what, each.hint, icon_name="info", icon_token="ink3"),
            )
            for each in told
        ]
        self._texts = [*(f"{what}: {n}" for what, n in left_out.items()), *map(str, told)]
        self._model.show_rows(rows)
        self.table.picked.connect(self._show_whole)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self._whole)
        self.table.pick([0])
        column.addWidget(label(self.table.accessibleName(), weight=fonts.SEMIBOLD))
        column.addWidget(self.table, 1)
        column.addWidget(card)
        return column

    def _show_whole(self) -> None:
        picked = self.table.picked_rows
        self._whole.setText(self._texts[picked[0]] if picked else "")
