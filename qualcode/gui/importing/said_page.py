"""What the imports said, to be read again: import by import, with what can be done about each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qualcode.gui.importing.rows import Cell, Column, RowsModel, RowTable
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import button, label
from qualcode.gui.widgets.empty import Empty
from qualcode.i18n import _, ngettext
from qualcode.project.import_record import ImportNote


class SaidPage(QWidget):
    """A list over the screens of the project; Escape goes back."""

    left = Signal()

    def __init__(self, notes: list[ImportNote]) -> None:
        super().__init__()
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("What the imports said"))
        self._texts: list[str] = []
        self._model = RowsModel([Column(_("Where"), 3, 200), Column(_("What was said"), 8, 300)], self)
        self.table = RowTable(_("What the imports said"), self._model, many=False)
        self._whole = label(wrap=True)
        self._whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = button(_("Copy all"), icon_name="copy")
        self.copy.clicked.connect(self._on_copy)
        back = button(_("Back"))
        back.clicked.connect(self.left)
        head = QHBoxLayout()
        head.addWidget(label(_("What the imports said"), fonts.NUMBER, fonts.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self.copy)
        head.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addLayout(head)
        if not notes:
            self.copy.hide()
            missing = _("Nothing was imported yet")
            column.addWidget(Empty("file-input", missing, _("Each import leaves here what it said.")), 1)
            return
        column.addWidget(self.table, 1)
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self._whole)
        column.addWidget(card)
        self.table.picked.connect(self._show_whole)
        self._fill(notes)

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _fill(self, notes: list[ImportNote]) -> None:
        rows = []
        for note in notes:
            when = note.when.strftime(_("%Y-%m-%d")) + note.when.strftime(" %H:%M")
            rows.append((Cell(note.name, is_strong=True), Cell(note.result, when, is_strong=True)))
            self._texts.append(f"{when}  {note.name}\n{note.result}")
            for sentence in note.sentences:
                rows.append((Cell(depth=1), Cell(sentence)))
                self._texts.append(sentence)
            for problem in note.problems:
                sign = ("circle-alert", "bad") if problem.severity == "error" else ("info", "ink3")
                where = Cell(problem.where, rank=2, depth=1)
                rows.append((where, Cell(problem.what, problem.hint, icon_name=sign[0], icon_token=sign[1])))
                self._texts.append(str(problem))
            if note.n_more:
                more = ngettext("{n} more.", "{n} more.", note.n_more).format(n=note.n_more)
                rows.append((Cell(depth=1), Cell(more, rank=3)))
                self._texts.append(more)
        self._model.show_rows(rows)

    def _show_whole(self) -> None:
        picked = self.table.picked_rows
        self._whole.setText(self._texts[picked[0]] if picked else "")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(self._texts))
