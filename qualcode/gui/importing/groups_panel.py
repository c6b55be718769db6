"""All spellings of groups, and the names under which they count."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.gui.importing.name_bar import Name, NameBar
from qualcode.gui.importing.rows import Cell, Column, RowsModel, RowTable
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, group_looks
from qualcode.gui.widgets.controls import label
from qualcode.i18n import _, ngettext
from qualcode.project.draft_groups import GroupRow
from qualcode.project.study_draft import StudyDraft


class GroupsPanel(QWidget):
    """What is selected gets a name in the bar below; equal names are one group."""

    changed = Signal()

    def __init__(self, draft: StudyDraft) -> None:
        super().__init__()
        self._draft = draft
        self._rows: list[GroupRow] = []
        self._about = label(size=fonts.SMALL, rank=2, wrap=True)
        self._model = RowsModel(
            [Column(_("Spelling"), 1, 120), Column(_("n"), 0, 46, is_number=True), Column(_("Counts as"), 1, 120)], self
        )
        self.table = RowTable(_("Groups"), self._model)
        self.bar = NameBar(_("Type a name, then Enter"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = label(_("Groups"), weight=fonts.SEMIBOLD)
        head.setMinimumHeight(fonts.px(20))
        column.addWidget(head)
        column.addWidget(self._about)
        column.addSpacing(4)
        column.addWidget(self.table, 1)
        column.addSpacing(12)
        column.addWidget(self.bar)
        self.table.picked.connect(self._say)
        self.table.typed.connect(self.bar.begin)
        self.bar.named.connect(self._on_named)
        self.bar.left.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))

    def show_draft(self) -> None:
        """Shows the groups of speakers and surveys."""
        picked = self.table.picked_rows
        self._rows = self._draft.group_rows()
        names = list(dict.fromkeys(row.name for row in self._rows))
        looks = group_looks(self._draft.groups())
        self._model.show_rows(
            [
                (
                    Cell(row.spelling, is_strong=row.name == row.spelling),
                    Cell(str(row.n_speakers + row.n_rows), is_number=True, rank=2),
                    Cell(row.name, _("proposed") if row.is_proposed else "", look=looks.get(row.name, UNKNOWN_GROUP)),
                )
                for row in self._rows
            ]
        )
        if picked:
            self.table.pick([each for each in picked if each < len(self._rows)])
        spellings = ngettext("{n} spelling", "{n} spellings", len(self._rows)).format(n=len(self._rows))
        groups = ngettext("{n} group", "{n} groups", len(names)).format(n=len(names))
        self._about.setText(
            _("{spellings}, {groups}. Equal names are one group.").format(spellings=spellings, groups=groups)
        )
        self.bar.offer([Name(name, name, looks.get(name)) for name in names])
        self._say()

    def _say(self) -> None:
        n = len(self.table.picked_rows)
        said = ngettext("{n} spelling", "{n} spellings", n).format(n=n)
        self.bar.say(said if n else "", is_enabled=n > 0)

    def _on_named(self, name: str) -> None:
        spellings = [self._rows[row].spelling for row in self.table.picked_rows if row < len(self._rows)]
        for spelling in spellings:
            self._draft.name_group(spelling, name)
        self.show_draft()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
