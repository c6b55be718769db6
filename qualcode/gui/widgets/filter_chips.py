"""Filters as chips: which part of the material a screen is about; used wherever something is found or counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from qualcode.analysis.filtering import Clause, Condition, Filter
from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import group_title
from qualcode.gui.resources.icons import icon
from qualcode.gui.widgets.controls import Segmented, button, icon_button
from qualcode.gui.widgets.flow_row import FlowRow
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.gui.widgets.value_picker import Option, ValuePicker
from qualcode.i18n import _, ngettext

_WIDEST = 300
_OF_CODINGS = ("code", "coder", "origin")
_SAVED = "@"  # a saved filter in the list of what can be filtered by


class FilterChips(QWidget):
    """Chips of a filter with a button for another one, and a menu of saved filters.

    Signals:
        changed: the filter is another one now (a `Filter`).
        failed: an error that the user can act on.
    """

    changed = Signal(object)
    failed = Signal(Exception)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None, *, fields: Iterable[str] = ()) -> None:
        """Makes an empty filter.

        Args:
            bridge: whose material.
            parent: the screen.
            fields: what can be filtered by here; all there is if empty.
        """
        super().__init__(parent)
        self._bridge = bridge
        self._fields = tuple(fields)
        self._clauses: list[Clause] = []
        self._is_any = False
        self._editing: int | None = None
        self._field = ""
        self._picker = ValuePicker(self)
        self._picker.picked.connect(self._on_field_picked)
        self._picker.ticked.connect(self._on_ticked)
        self._add = button(_("Filter"), kind="quiet", icon_name="plus", name=_("Add a filter"))
        self._add.clicked.connect(self._on_add)
        self._how = Segmented(_("Filters that hold"), (("all", _("All of them")), ("any", _("One of them"))), "all")
        self._how.picked.connect(self._on_how)
        self._save = button(_("Save filter"), kind="link")
        self._save.clicked.connect(self._on_save)
        dim_for_reading(bridge.is_read_only, self._save)
        self._name = QLineEdit()
        self._name.setPlaceholderText(_("Name of the filter"))
        self._name.setAccessibleName(_("Name of the filter"))
        self._name.setFixedWidth(fonts.px(180))
        self._name.returnPressed.connect(self._on_named)
        self._name.hide()
        self._chips: list[_Chip] = []
        self._row = FlowRow(self)
        self._show_chips()
        bridge.changed.connect(self._on_changed)

    @property
    def where(self) -> Filter:
        """The filter as it stands."""
        if self._is_any and len(self._clauses) > 1 and all(len(clause) == 1 for clause in self._clauses):
            return Filter((tuple(clause[0] for clause in self._clauses),))
        return Filter(tuple(self._clauses))

    def set_where(self, where: Filter, *, report: bool = False) -> None:
        """Shows another filter, and reports it if asked."""
        self._is_any = len(where.clauses) == 1 and len(where.clauses[0]) > 1
        self._clauses = [(each,) for each in where.clauses[0]] if self._is_any else list(where.clauses)
        self._how.choose("any" if self._is_any else "all")
        self._show_chips()
        if report:
            self.changed.emit(self.where)

    def clear(self) -> None:
        """Takes all filters away, and reports it."""
        self.set_where(Filter(), report=True)

    @property
    def chips(self) -> list[QPushButton]:
        """The chips, in order."""
        return [chip.text_button for chip in self._chips]

    @property
    def picker(self) -> ValuePicker:
        """What pops up."""
        return self._picker

    # What pops up

    def _on_add(self) -> None:
        self._editing = None
        project = self._bridge.project
        options = [
            Option(field, field_title(field))
            for field in (self._fields or project.filters.fields())
            if field != "respondent" and not (self._bridge.is_blind and field in _OF_CODINGS)
        ]
        saved = (each for each in project.filters.all() if each.where and self._may_use(each.where))
        options += [Option(_SAVED + each.name, f"@{each.name}") for each in saved]
        self._picker.offer_one(_("Filter by"), options)
        self._picker.open_below(self._add)

    def _may_use(self, where: Filter) -> bool:
        """Whether a filter tells a coder who codes blind nothing of what others coded."""
        return not self._bridge.is_blind or all(each.field not in _OF_CODINGS for each in where.conditions)

    def _on_changed(self, _tables: frozenset[str]) -> None:
        if not self._may_use(self.where):
            kept = (each for each in self._clauses if self._may_use(Filter((each,))))
            self.set_where(Filter(tuple(kept)), report=True)

    def _on_field_picked(self, field: str) -> None:
        if field.startswith(_SAVED):
            self._picker.close_up()
            try:
                found = self._bridge.project.filters.named(field[1:])
            except QualcodeError as error:
                self.failed.emit(error)
                return
            self.set_where(Filter((*self.where.clauses, *found.where.clauses)), report=True)
            return
        self._field = field
        self._offer_values(Condition(field, ()))
        self._picker.open_below(self._add)

    def _offer_values(self, condition: Condition) -> None:
        bridge, field = self._bridge, condition.field
        values = bridge.project.filters.values(field)
        options = [self._option(field, value) for value in values]
        self._picker.offer_many(field_title(field), options, condition.values, is_wanted=condition.wanted)

    def _option(self, field: str, value: str) -> Option:
        bridge = self._bridge
        if field == "code":
            code = bridge.code_keyed(value)
            depth = code.depth if code is not None else 0
            return Option(value, self._shown(field, value), bridge.look_of_key(value), depth)
        look = bridge.groups.get(value) if field == "group" else None
        return Option(value, self._shown(field, value), look)

    def _on_chip(self, number: int) -> None:
        clause = self._clauses[number]
        if len(clause) > 1:
            return  # one that was typed: it can be taken away, not opened
        self._editing, self._field = number, clause[0].field
        self._offer_values(clause[0])
        self._picker.open_below(self._chips[number])

    def _on_ticked(self, values: list[str], is_wanted: bool) -> None:
        condition = Condition(self._field, tuple(values), is_wanted)
        if not values:
            if self._editing is not None:
                number, self._editing = self._editing, None
                self._remove(number)
            return
        if self._editing is None:
            self._clauses.append((condition,))
            self._editing = len(self._clauses) - 1
        else:
            self._clauses[self._editing] = (replace(condition),)
        self._show_chips()
        self.changed.emit(self.where)

    def _on_how(self, key: str) -> None:
        self._is_any = key == "any"
        self.changed.emit(self.where)

    def _remove(self, number: int) -> None:
        del self._clauses[number]
        self._show_chips()
        self.changed.emit(self.where)

    # A filter with a name

    def _on_save(self) -> None:
        self._name.clear()
        self._name.show()
        self._save.hide()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._row.arrange()

    def _on_named(self) -> None:
        try:
            self._bridge.project.filters.save(self._name.text(), self.where)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._show_chips()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is shown

    def _show_chips(self) -> None:
        has_focus = any(each.hasFocus() for chip in self._chips for each in (chip.text_button, chip.remove_button))
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(number, clause) for number, clause in enumerate(self._clauses)]
        self._how.setVisible(len(self._clauses) > 1 and all(len(clause) == 1 for clause in self._clauses))
        self._save.setVisible(bool(self._clauses))
        self._name.hide()
        self._row.set_widgets([self._how, *self._chips, self._add, self._save, self._name])
        if self._picker.isVisible():
            is_there = self._editing is not None and self._editing < len(self._chips)
            self._picker.give_keyboard_to(self._chips[self._editing or 0].text_button if is_there else self._add)
        elif has_focus:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chip(self, number: int, clause: Clause) -> _Chip:
        between = _("or")
        text = f" {between} ".join(self._in_words(condition) for condition in clause)
        made = _Chip(text, self)
        made.text_button.clicked.connect(lambda: self._on_chip(number))
        made.remove_button.clicked.connect(lambda: self._remove(number))
        made.show()
        return made

    def _in_words(self, condition: Condition) -> str:
        shown = [self._shown(condition.field, value) for value in condition.values]
        values = ", ".join(shown[:2])
        if len(shown) > 2:
            values += " " + ngettext("and {n} more", "and {n} more", len(shown) - 2).format(n=len(shown) - 2)
        form = _("{field}: {values}") if condition.wanted else _("{field}: not {values}")
        return form.format(field=field_title(condition.field), values=values)

    def _shown(self, field: str, value: str) -> str:
        if field == "code":
            code = self._bridge.code_keyed(value)
            return self._bridge.name_of(code) if code is not None else value
        if field == "group":
            return group_title(value)
        return origin_title(value) if field == "origin" else value


class _Chip(QFrame):
    """One condition: a click changes it, the cross takes it away."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        font = fonts.font(fonts.CONTROL, fonts.MEDIUM)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, fonts.px(_WIDEST))
        self.text_button = QPushButton(shown)
        self.text_button.setFont(font)
        self.text_button.setProperty("quiet", "true")
        self.text_button.setAutoDefault(True)  # Enter opens it
        self.text_button.setAccessibleName(text)
        self.text_button.setToolTip(text if shown != text else "")
        self.remove_button: QToolButton = icon_button("x", _("Take the filter away: {filter}").format(filter=text))
        self.remove_button.setIcon(icon("x"))
        self.remove_button.setIconSize(QSize(14, 14))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.text_button)
        row.addWidget(self.remove_button)


def field_title(field: str) -> str:
    """What a field of the filter language is called in the window; an attribute by its own name."""
    titles = {
        "group": _("Group"),
        "respondent": _("Respondent"),
        "session": _("Session"),
        "document": _("Document"),
        "question": _("Question"),
        "code": _("Theme"),
        "coder": _("Coder"),
        "origin": _("Origin"),
    }
    return titles.get(field, field)


def origin_title(origin: str) -> str:
    """What an origin of quotations is called in the window."""
    titles = {
        "manual": _("by hand"),
        "rule": _("by a rule, accepted"),
        "learned": _("by the learned model, accepted"),
        "imported": _("imported"),
    }
    return titles.get(origin, origin)
