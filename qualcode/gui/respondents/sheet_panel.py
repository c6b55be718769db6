"""The right side while a sheet of attributes comes in: what fits, what does not, and which columns name whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import button, icon_button, label, rule
from qualcode.gui.widgets.panes import make_pane
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.project.attribute_sheet import SheetMatch


class SheetPanel(QWidget):
    """Shows a preview.

    Signals:
        wanted: the sheet is to be read with other columns: the one that names respondents, the one with their group.
        accepted: the preview is to be written.
        closed: nothing is to be written.
    """

    wanted = Signal(str, str)
    accepted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_pane(self, at_least=300)
        self._title = label(size=fonts.TITLE, weight=fonts.SEMIBOLD, wrap=True)
        self._sentence = label(wrap=True)
        self._brought = label(size=fonts.SMALL, rank=2, wrap=True)
        self._left = label(size=fonts.SMALL, rank=2, wrap=True)
        self.ident = ChoiceButton(_("Respondent in"), 150)
        self.group = ChoiceButton(_("Group in"), 150)
        self._heading = label(_("Left out"), weight=fonts.SEMIBOLD)
        self.list_view = QListWidget()
        self.list_view.setObjectName("onWindow")
        self.list_view.setAccessibleName(_("Rows that are left out"))
        self.list_view.setFont(fonts.font(fonts.SMALL))
        self.go_button = button(_("Import"), kind="main")
        self.go_button.clicked.connect(self.accepted)
        self._lay_out()
        for choice in (self.ident, self.group):
            choice.chosen.connect(lambda _key: self.wanted.emit(self.ident.key, self.group.key))

    @property
    def sentence(self) -> str:
        """What fits."""
        return self._sentence.text()

    def show_match(self, match: SheetMatch) -> None:
        """Shows another preview."""
        self._title.setText(match.file)
        self._sentence.setText(match.sentence)
        names = [*match.attributes, *([_("group: {column}").format(column=match.group)] if match.group else [])]
        brought = _("Brought in: {names}.").format(names=", ".join(names) or "–")
        self._brought.setText(brought)
        left = [_("{column} tells equal names apart.").format(column=match.place)] if match.place else []
        if match.fixed:
            left.append(
                _("Not taken, because respondents answered them: {names}.").format(names=", ".join(match.fixed))
            )
        if match.without:
            text = ngettext("No row is about {n} respondent.", "No row is about {n} respondents.", match.without)
            left.append(text.format(n=match.without))
        left += [each.what for each in match.problems]
        self._left.setText(" ".join(left))
        self._left.setVisible(bool(left))
        self.ident.offer([Choice(name, name) for name in match.columns], match.ident)
        columns = [Choice("", _("no column")), *(Choice(name, name) for name in match.columns)]
        self.group.offer(columns, match.group)
        self.list_view.clear()
        for name, row in match.unmatched:
            self.list_view.addItem(_("Row {row}: {name}, fits nobody").format(row=row, name=name))
        for name, row in match.doubled:
            self.list_view.addItem(_("Row {row}: {name}, doubled").format(row=row, name=name))
        has_rest = bool(match.unmatched or match.doubled)
        self._heading.setVisible(has_rest)
        self.list_view.setVisible(has_rest)
        n = len(match.matched)
        self.go_button.setText(ngettext("Import {n} row", "Import {n} rows", n).format(n=n))
        self.go_button.setAccessibleName(self.go_button.text())
        self.go_button.setEnabled(n > 0 and bool(match.attributes or match.group))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 10, 14)
        column.setSpacing(8)
        first = QHBoxLayout()
        first.addWidget(self._title, 1)
        close = icon_button("x", _("Close without importing"))
        close.clicked.connect(self.closed)
        first.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(first)
        column.addWidget(self._sentence)
        for choice in (self.ident, self.group):
            column.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._brought)
        column.addWidget(self._left)
        column.addWidget(rule())
        column.addWidget(self._heading)
        column.addWidget(self.list_view, 1)
        column.addStretch(0)
        row = QHBoxLayout()
        row.addWidget(self.go_button)
        cancel = button(_("Cancel"), kind="quiet")
        cancel.clicked.connect(self.closed)
        row.addWidget(cancel)
        row.addStretch(1)
        column.addLayout(row)
