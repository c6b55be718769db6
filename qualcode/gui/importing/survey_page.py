"""The step in which the columns of surveys get their roles, and spellings of groups their names."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDoubleValidator
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from qualcode.gui.importing.groups_panel import GroupsPanel
from qualcode.gui.importing.page import ImportPage
from qualcode.gui.importing.rows import Cell, Column, RowsModel, RowTable
from qualcode.gui.importing.two_parts import TwoParts
from qualcode.gui.importing.words import ROLES, role_name
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import button, label
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.flow_row import FlowRow
from qualcode.i18n import _, collapsed, ngettext
from qualcode.importing.columns import Role
from qualcode.model.words import NOT_AN_ANSWER
from qualcode.project.draft_points import Step
from qualcode.project.import_preview import ColumnDraft, FileDraft
from qualcode.project.study_draft import StudyDraft

_QUIET = (Role.IGNORE, Role.DATE)
_GROUPS_WIDTH = 344
_LEAST, _LEAST_HEIGHT = 400, 180  # of the columns


class SurveyPage(ImportPage):
    """One survey at a time; what is selected gets a role in the bar below.

    Args:
        draft: what is decided so far.
        is_new_study: whether it is asked what is no answer; a project that is there has decided that.
    """

    def __init__(self, draft: StudyDraft, *, is_new_study: bool = True) -> None:
        super().__init__(
            Step.SURVEYS,
            draft,
            _("What do the columns hold?"),
            _(
                "Open answers are coded; closed ones are held against the themes. Each row is a respondent. "
                "What was proposed has its reason beside it."
            ),
        )
        self._survey = ChoiceButton(_("Survey"), widest=360)
        self._survey.chosen.connect(lambda _key: self._show(keep=False))
        self._group_is = QLineEdit()
        self._group_is.setPlaceholderText(_("from a column"))
        self._group_is.setAccessibleName(_("Group of all rows"))
        self._group_is.setFixedWidth(fonts.px(160))
        self._group_is.textEdited.connect(self._on_group_is)
        self.no_answer = QLineEdit()
        self.no_answer.setAccessibleName(_("What is no answer"))
        self.no_answer.setToolTip(
            _("Cells that say nothing but one of these, with semicolons between them. Blank cells never answer.")
        )
        self.no_answer.editingFinished.connect(self._on_no_answer)
        self._is_new_study = is_new_study
        self._model = RowsModel(
            [
                Column(_("Column"), 5, 150),
                Column(_("Holds"), 0, 138),
                Column(_("Why"), 3, 120, gives_way=3),
                Column(_("Filled"), 0, 62, is_number=True, gives_way=1),
                Column(_("Some cells"), 4, 100, gives_way=2),
            ],
            self,
        )
        self.table = RowTable(_("Columns"), self._model)
        self.groups = GroupsPanel(draft)
        self._selected = label(weight=fonts.MEDIUM, wrap=True)
        self._reason = label(size=fonts.SMALL, rank=2, wrap=True)
        self._low, self._high = QLineEdit(), QLineEdit()
        self._scale = QWidget()
        self.role_buttons: dict[Role, QPushButton] = {}
        self._lay_out()
        self.table.picked.connect(self._say)
        self.table.typed.connect(self._on_typed)
        self.groups.changed.connect(self.changed)

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self) -> None:
        """Shows the surveys as they are now."""
        surveys = self.draft.surveys
        choices = [Choice(str(file.path), file.path.name) for file in surveys]
        known = {each.key for each in choices}
        if choices:
            self._survey.offer(choices, self._survey.key if self._survey.key in known else choices[0].key)
        self._head.arrange()
        self._body.setVisible(bool(choices))
        self._empty.setVisible(not choices)
        self._show(keep=True)

    @property
    def file(self) -> FileDraft | None:
        """The survey that is shown."""
        return self.draft.file(Path(self._survey.key)) if self._survey.key else None

    def set_role(self, role: Role) -> None:
        """Gives the selected columns a role."""
        file = self.file
        columns = self._picked()
        if file is None or not columns:
            return
        for column in columns:
            file.set_role(column.header, role)
        self._show(keep=True)
        self.changed.emit()

    def _lay_out(self) -> None:
        head = QWidget()
        self._head = FlowRow(head)
        self._head.set_widgets([self._survey, label(_("Group of all rows"), rank=2), self._group_is], right=1)
        bar = self._role_bar()
        self.table.setMinimumHeight(fonts.px(_LEAST_HEIGHT))
        part = QWidget()
        left = QVBoxLayout(part)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(head)
        left.addSpacing(8)
        left.addWidget(self.table, 1)
        left.addSpacing(12)
        left.addWidget(bar)
        if self._is_new_study:
            left.addSpacing(12)
            left.addLayout(self._no_answer_row())
        self.groups.table.setMinimumHeight(fonts.px(_LEAST_HEIGHT))
        self._body = TwoParts(part, self.groups, width=_GROUPS_WIDTH, least=_LEAST, gap=24)
        self._empty = Empty("table-2", _("No survey among the files"), _("Add one in the step Files, or go on."))
        self.column.addWidget(self._body, 1)
        self.column.addWidget(self._empty, 1)

    def _no_answer_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(label(_("What is no answer"), weight=fonts.MEDIUM))
        self.no_answer.setFixedHeight(fonts.px(32))
        row.addWidget(self.no_answer, 1)
        return row

    def _role_bar(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("card")
        column = QVBoxLayout(bar)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._selected)
        words.addWidget(self._reason)
        first.addLayout(words, 1)
        scale = QHBoxLayout(self._scale)
        scale.setContentsMargins(0, 0, 0, 0)
        scale.setSpacing(6)
        for text, field, name in ((_("from"), self._low, _("Lowest value")), (_("to"), self._high, _("Highest value"))):
            field.setValidator(QDoubleValidator(self))
            field.setFixedWidth(fonts.px(56))
            field.setAccessibleName(name)
            field.editingFinished.connect(self._on_scale)
            scale.addWidget(label(text, rank=2))
            scale.addWidget(field)
        first.addWidget(self._scale, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(first)
        host = QWidget()
        flow = FlowRow(host)
        for number, role in enumerate(ROLES, start=1):
            made = button(role_name(role))
            made.setToolTip(_("Key {key}").format(key=number))
            made.clicked.connect(lambda _checked=False, role=role: self._on_role(role))
            self.role_buttons[role] = made
        flow.set_widgets(list(self.role_buttons.values()))
        column.addWidget(host)
        return bar

    def _show(self, *, keep: bool) -> None:
        picked = self.table.picked_rows if keep else []
        file = self.file
        columns = file.columns if file is not None else []
        self._model.show_rows([_cells(column) for column in columns])
        if picked:
            self.table.pick([each for each in picked if each < len(columns)])
        if file is not None and self._group_is.text().strip() != file.group_is:
            self._group_is.setText(file.group_is)
        self.groups.show_draft()
        self.groups.setVisible(bool(self.draft.group_rows()))
        if not self.no_answer.hasFocus():
            self.no_answer.setText("; ".join(self.draft.not_an_answer))
            self.no_answer.setCursorPosition(0)
        self._say()

    def _picked(self) -> list[ColumnDraft]:
        file = self.file
        if file is None:
            return []
        return [file.columns[row] for row in self.table.picked_rows if row < len(file.columns)]

    def _say(self) -> None:
        columns = self._picked()
        n = len(columns)
        said = ngettext("{n} column selected", "{n} columns selected", n).format(n=n)
        self._selected.setText(columns[0].header if n == 1 else said if n else _("No column selected"))
        self._reason.setText(_reason(columns[0]) if n == 1 else "")
        self._reason.setVisible(n == 1)
        for made in self.role_buttons.values():
            made.setEnabled(n > 0)
        is_scale = n == 1 and columns[0].role is Role.SCALE
        self._scale.setVisible(is_scale)
        if is_scale:
            for field, value in ((self._low, columns[0].minimum), (self._high, columns[0].maximum)):
                field.setText("" if value is None else f"{value:g}")

    def _on_typed(self, letter: str) -> None:
        """Digits give a role; Enter goes to the roles."""
        if letter.isdigit() and 1 <= int(letter) <= len(ROLES):
            self.set_role(ROLES[int(letter) - 1])
        elif not letter:
            next(iter(self.role_buttons.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_role(self, role: Role) -> None:
        self.set_role(role)
        self.focus_first()

    def _on_scale(self) -> None:
        columns = self._picked()
        if len(columns) == 1:
            columns[0].minimum, columns[0].maximum = _number(self._low.text()), _number(self._high.text())
            self.changed.emit()

    def _on_no_answer(self) -> None:
        """Takes the list over; without any it is the usual one."""
        written = tuple(dict.fromkeys(each for part in self.no_answer.text().split(";") if (each := collapsed(part))))
        self.draft.not_an_answer = written or NOT_AN_ANSWER
        self.no_answer.setText("; ".join(self.draft.not_an_answer))
        self.changed.emit()

    def _on_group_is(self, name: str) -> None:
        file = self.file
        if file is None:
            return
        file.group_is = name.strip()
        if file.group_is:
            for column in file.columns_with(Role.GROUP):
                file.set_role(column.header, Role.IGNORE)
        self._show(keep=True)
        self.changed.emit()


def _cells(column: ColumnDraft) -> tuple[Cell, ...]:
    rank = 3 if column.role in _QUIET else 1
    holds = role_name(column.role)
    if column.role is Role.SCALE and column.minimum is not None and column.maximum is not None:
        ends = _("{low:g} to {high:g}").format(low=column.minimum, high=column.maximum)
    else:
        ends = ""
    return (
        Cell(column.header, is_strong=column.role is Role.OPEN, rank=rank),
        Cell(holds, ends, is_strong=column.role is Role.OPEN, rank=rank),
        Cell(_("as you said") if column.role is not column.proposed else column.reason, rank=2),
        Cell(str(column.n_filled), is_number=True, rank=2),
        Cell(" · ".join(column.samples), rank=3),
    )


def _reason(column: ColumnDraft) -> str:
    """Why it has its role, or which one was proposed, in a sentence."""
    if column.role is column.proposed:
        return _("{role}: {reason}").format(role=role_name(column.role), reason=column.reason)
    return _("As you said. Proposed was {role}: {reason}").format(role=role_name(column.proposed), reason=column.reason)


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
