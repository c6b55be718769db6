"""The bar that rises when respondents are selected: merge, move, mark; it asks in place what it needs to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget

from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import group_title
from qualcode.gui.resources.icons import icon
from qualcode.gui.respondents.model import Person
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import add_shadow, button, icon_button, label
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, ngettext
from qualcode.model.case import NO_GROUP
from qualcode.model.document import SpeakerRole


class PeopleBar(QFrame):
    """Reports what is wanted of the selected rows.

    Signals:
        merge_wanted: into the respondent of that id.
        move_wanted: into the group of that name.
        mark_wanted: as this role ("respondent" with the group, "moderator" or "several"), and the group.
        attribute_wanted: name and value.
        cleared: the selection is to be cleared.
        risen: the bar takes the lower end.
    """

    merge_wanted = Signal(int)
    move_wanted = Signal(str)
    mark_wanted = Signal(str, str)
    attribute_wanted = Signal(str, str)
    cleared = Signal()
    risen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAccessibleName(_("Selected respondents"))
        add_shadow(self)
        self._people: list[Person] = []
        self._answer: Callable[[], None] = lambda: None
        self._text = label(weight=fonts.SEMIBOLD)
        self.merge_button = button(_("Merge…"))
        self.move_button = button(_("Move to group"))
        self.mark_button = button(_("Mark as"))
        self.attribute_button = button(_("Set attribute…"))
        self._move_menu = QMenu(self.move_button)
        self._mark_menu = QMenu(self.mark_button)
        for opener, menu in ((self.move_button, self._move_menu), (self.mark_button, self._mark_menu)):
            opener.setMenu(menu)
            opener.setIcon(icon("chevron-down"))
            opener.setIconSize(QSize(14, 14))
            opener.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
            menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._title = label(weight=fonts.SEMIBOLD)
        self._sentence = label(size=fonts.SMALL, rank=2, wrap=True)
        self.target = ChoiceButton(_("Keep"), 260)
        self.name_field = self._field(_("Name of the group"))
        self.value_field = self._field(_("Value"))
        self.go_button = button(_("Merge"), kind="main")
        self._cancel = button(_("Cancel"), kind="quiet")
        self._lay_out()
        self.merge_button.clicked.connect(self.ask_merge)
        self.attribute_button.clicked.connect(lambda: self.ask_attribute(""))
        self.go_button.clicked.connect(self._on_go)
        self._cancel.clicked.connect(self.show_actions)
        for field in (self.name_field, self.value_field):
            field.returnPressed.connect(self._on_go)
        self.hide()

    def dim_for_reading(self, is_read_only: bool) -> None:
        """Dims what would change a project that is open for reading only."""
        dim_for_reading(is_read_only, self.merge_button, self.move_button, self.mark_button, self.attribute_button)

    @property
    def sentence(self) -> str:
        """What the bar says."""
        return f"{self._title.text()} {self._sentence.text()}".strip() if self.is_asking else self._text.text()

    @property
    def is_asking(self) -> bool:
        """Whether it waits for an answer."""
        return not self._asking.isHidden()

    def show_people(self, people: Sequence[Person], groups: Sequence[str]) -> None:
        """Shows what can be done with these; hides when there is nobody."""
        self._people = list(people)
        n = len(people)
        respondents = [each for each in people if each.is_respondent]
        self._text.setText(ngettext("{n} row selected", "{n} rows selected", n).format(n=n))
        only_respondents = len(respondents) == n
        self.merge_button.setVisible(only_respondents and n > 1)
        self.move_button.setVisible(only_respondents)
        self.attribute_button.setVisible(only_respondents)
        self._fill_move(groups)
        self._fill_mark(groups, has_respondents=bool(respondents), has_others=len(respondents) < n)
        self.mark_button.setVisible(self._can_mark())
        self.show_actions()
        self.setVisible(n > 0)
        if n:
            self.risen.emit()
        self.place()

    def show_actions(self) -> None:
        """Goes back to what can be done, and so does the focus."""
        has_focus = any(each.hasFocus() for each in self._asking.findChildren(QWidget))
        self._actions.show()
        if has_focus:
            (self.merge_button if self.merge_button.isVisible() else self.move_button).setFocus()
        self._asking.hide()
        self.place()

    def ask_merge(self) -> None:
        """Asks which of the selected respondents stays."""
        choices = []
        for each in self._people:
            place = each.session or each.source
            choices.append(Choice(str(each.case_id), f"{each.label}, {place}" if place else each.label))
        if len(choices) < 2:
            return
        most = max(self._people, key=lambda each: each.words)
        self.target.offer(choices, str(most.case_id))
        n = len(choices)
        self._ask(
            ngettext("Make {n} respondent one", "Make {n} respondents one", n).format(n=n),
            _("What they said, their attributes and memos become one respondent's. Quotations stay in place."),
            _("Merge"),
            lambda: self.merge_wanted.emit(int(self.target.key)),
        )
        self.target.show()
        self.go_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place()

    def ask_group(self) -> None:
        """Asks for the name of a new group."""
        n = len(self._people)
        title = ngettext("Move {n} respondent to a new group", "Move {n} respondents to a new group", n)
        self._ask(title.format(n=n), "", _("Move"), lambda: self.move_wanted.emit(self.name_field.text()))
        self._show_field(self.name_field, _("Name of the group"))

    def ask_attribute(self, name: str) -> None:
        """Asks for an attribute and its value."""
        n = len(self._people)
        title = ngettext("Set an attribute of {n} respondent", "Set an attribute of {n} respondents", n)
        self._ask(
            title.format(n=n),
            _("An attribute can group and filter every table. A blank value takes it away."),
            _("Set"),
            lambda: self.attribute_wanted.emit(self.name_field.text(), self.value_field.text()),
        )
        self._show_field(self.value_field, _("Value"))
        self._show_field(self.name_field, _("Name of the attribute"))
        self.name_field.setText(name)
        if name:
            self.value_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_move_menu(self) -> None:
        """Opens the groups, by key."""
        if self.move_button.isVisible():
            self.move_button.showMenu()

    def place(self) -> None:
        """Stands in the middle of the parent's lower end."""
        parent = self.parentWidget()
        if parent is None or self.isHidden():
            return
        layout = self.layout()
        if layout is not None:
            layout.activate()
        size = self.sizeHint()
        width = min(size.width(), parent.width() - 32)
        height = max(size.height(), self.heightForWidth(width) if self.hasHeightForWidth() else 0)
        self.setGeometry((parent.width() - width) // 2, parent.height() - height - 16, width, height)
        self.raise_()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back one step."""
        if event.key() == Qt.Key.Key_Escape:
            if self.is_asking:
                self.show_actions()
            else:
                self.cleared.emit()
            return
        super().keyPressEvent(event)

    def _ask(self, title: str, sentence: str, action: str, answer: Callable[[], None]) -> None:
        self._answer = answer
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.go_button.setText(action)
        self.go_button.setAccessibleName(action)
        for each in (self.target, self.name_field, self.value_field):
            each.hide()
        self._actions.hide()
        self._asking.show()
        self.place()

    def _show_field(self, field: QLineEdit, name: str) -> None:
        field.clear()
        field.setPlaceholderText(name)
        field.setAccessibleName(name)
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.place()

    def _on_go(self) -> None:
        if self.name_field.isVisible() and not self.name_field.text().strip():
            self.name_field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._answer()

    def _fill_move(self, groups: Sequence[str]) -> None:
        self._move_menu.clear()
        for group in [*(each for each in groups if each != NO_GROUP), NO_GROUP]:
            action = self._move_menu.addAction(group_title(group).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, group=group: self.move_wanted.emit(group))
        self._move_menu.addSeparator()
        self._move_menu.addAction(_("New group…")).triggered.connect(lambda _checked=False: self.ask_group())

    def _fill_mark(self, groups: Sequence[str], *, has_respondents: bool, has_others: bool) -> None:
        menu = self._mark_menu
        menu.clear()
        for below in menu.findChildren(QMenu):  # clearing forgets them, but lets them live
            below.setParent(None)
            below.deleteLater()
        roles = {SpeakerRole.MODERATOR: _("Moderator"), SpeakerRole.SEVERAL: _("Several people at once")}
        for role, title in roles.items():
            if has_respondents or any(each.role is not role for each in self._people):
                action = menu.addAction(title)
                action.triggered.connect(lambda _checked=False, role=role: self.mark_wanted.emit(role.value, ""))
        if has_others and not has_respondents:
            below = menu.addMenu(_("Respondent in group"))
            for group in [*(each for each in groups if each != NO_GROUP), NO_GROUP]:
                action = below.addAction(group_title(group).replace("&", "&&"))
                action.triggered.connect(
                    lambda _checked=False, group=group: self.mark_wanted.emit(SpeakerRole.RESPONDENT.value, group)
                )

    def _can_mark(self) -> bool:
        """Rows of a survey are nobody who speaks; respondents and others are not marked in one go."""
        n_respondents = sum(each.is_respondent for each in self._people)
        if n_respondents not in (0, len(self._people)):
            return False
        return not any(each.is_respondent and not each.session for each in self._people)

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setFont(fonts.font())
        made.setPlaceholderText(name)
        made.setAccessibleName(name)
        made.setFixedWidth(fonts.px(190))
        return made

    def _lay_out(self) -> None:
        self._actions, self._asking = QWidget(), QWidget()
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._text)
        row.addSpacing(6)
        for each in (self.merge_button, self.move_button, self.mark_button, self.attribute_button):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(each)
        self.merge_button.setToolTip(_("Merge (Ctrl+M)"))
        self.move_button.setToolTip(_("Move to group (G)"))
        close = icon_button("x", _("Clear the selection (Esc)"))
        close.clicked.connect(self.cleared)
        row.addWidget(close)
        column = QVBoxLayout(self._asking)
        column.setContentsMargins(16, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        row = QHBoxLayout()
        row.setSpacing(8)
        for control in (self.target, self.name_field, self.value_field, self.go_button, self._cancel):
            row.addWidget(control)
        row.addStretch(1)
        column.addLayout(row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._actions)
        outer.addWidget(self._asking)
        self._asking.hide()
