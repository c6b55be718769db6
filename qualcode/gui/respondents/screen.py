"""The respondents screen: everybody in one table, what one does to them, and what it changes in the counts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.analysis.counting import Counting
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.importing.piecewise import change_many
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import group_title
from qualcode.gui.respondents.bar import PeopleBar
from qualcode.gui.respondents.model import Kind, PeopleModel, PeopleRows, Person, PersonColumn, rows_of
from qualcode.gui.respondents.sheet_panel import SheetPanel
from qualcode.gui.respondents.view import PeopleView
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import ElidedLabel, button, label, rule
from qualcode.gui.widgets.empty import no_material
from qualcode.gui.widgets.panes import beside, column_of
from qualcode.gui.widgets.read_only import dim_for_reading, refusal
from qualcode.gui.widgets.search_field import SearchField
from qualcode.i18n import _, ngettext
from qualcode.model.case import NO_GROUP
from qualcode.model.document import SpeakerRole
from qualcode.model.memo import Subject, SubjectKind

if TYPE_CHECKING:
    from qualcode.model.progress import Pieces
    from qualcode.project.attribute_sheet import SheetMatch
    from qualcode.project.project import Project

_TABLES = frozenset(
    {"case", "speaker", "attribute", "respondent_group", "document", "session", "survey", "question", "setting"}
)
_QUICK_SHEET = 50_000  # bytes of a sheet that is read at once
_BAR = 52
_PANEL = 340


class RespondentsScreen(QWidget):
    """Reads when it is looked at.

    Signals:
        failed: an error that the user can act on.
        import_wanted: files are to be brought in.
        done: what was done, in a sentence.
        exported: the file that was written.
        covered: the lower end of the screen is taken.
        memo_wanted: a memo is to be written: what on (a `Subject`), beside what (global), and how that is called.
    """

    failed = Signal(Exception)
    import_wanted = Signal()
    done = Signal(str)
    exported = Signal(str)
    covered = Signal()
    memo_wanted = Signal(object, QRect, str)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._is_outdated = True
        self._sizes: dict[str, int] | None = None
        self._match: SheetMatch | None = None
        self._sheet: Path | None = None
        self.model = PeopleModel(self)
        self.view = PeopleView(bridge, self.model, self)
        self.panel = SheetPanel(self)
        self._reading = Counting(bridge, self)
        self._matching = Counting(bridge, self)
        self.search = SearchField(_("Search respondents"))
        self.group = ChoiceButton(_("Group"), 150)
        self._title = label(_("Respondents"), fonts.TITLE, fonts.SEMIBOLD)
        self._counts = ElidedLabel(fonts.CONTROL, rank=2)
        self._effect = label(weight=fonts.MEDIUM, wrap=True)
        self._empty = no_material("users", _("Nobody yet"), self, is_read_only=bridge.is_read_only)
        self._empty.pressed.connect(self.import_wanted)
        self._lay_out()
        self.bar = PeopleBar(self._left)
        self.bar.dim_for_reading(bridge.is_read_only)
        self._connect()

    # What is shown

    @property
    def effect(self) -> str:
        """What the last step changed in the counts."""
        return self._effect.text()

    def refresh(self) -> None:
        """Reads, if something changed since."""
        if not self._is_outdated:
            return
        self._is_outdated = False

        def work(project: Project) -> Any:
            actions = project.respondents
            people = actions.people()
            return rows_of(people), people.sizes(), actions.attribute_names(), actions.closed_questions()

        self._reading.run(work, self._show)

    def focus(self) -> None:
        """Gives the keyboard to the table."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.view.currentIndex().isValid() and self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, 0))
            self.view.clearSelection()

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that work here."""
        return [
            ("Enter", _("write in the cell")),
            ("M", _("memo")),
            ("Ctrl M", _("merge")),
            ("G", _("move to a group")),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays at the lower end."""
        super().resizeEvent(event)
        self.bar.place()

    # What can be done

    def open_sheet(self, path: Path, ident: str = "", group: str = "") -> None:
        """Shows what a sheet of attributes would bring; nothing is written."""
        is_large = path.is_file() and path.stat().st_size > _QUICK_SHEET

        def work(project: Project) -> Any:
            return project.respondents.match_sheet(path, ident=ident, group=group)

        self._matching.run(work, partial(self._show_match, path), is_slow=is_large)

    def _show_match(self, path: Path, match: SheetMatch) -> None:
        self._sheet, self._match = path, match
        self.panel.show_match(match)
        if self.panel.isHidden():
            self.panel.show()
            self._splitter.setSizes([self.width() - fonts.px(_PANEL), fonts.px(_PANEL)])
        self.panel.go_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        """Closes the preview; nothing is written."""
        self._sheet = self._match = None
        self.panel.hide()
        self.focus()

    def _do(self, action: Callable[[], None], sentence: str) -> bool:
        """Does a step and says what it changed; whether it was done."""
        before = self._sizes
        try:
            action()
        except QualcodeError as error:
            self.failed.emit(error)
            return False
        self._say(sentence, before)
        return True

    def _do_to_many(self, doing: str, n: int, pieces: Pieces[None], sentence: str, then: Callable[[], object]) -> None:
        """Does a step that may change very many: at once, or a piece at a time; `then` is called after it."""
        before = self._sizes

        def say(_made: None) -> None:
            self._say(sentence, before)
            then()

        change_many(self._bridge, doing, n, pieces, say, self.failed.emit)

    def _say(self, sentence: str, before: dict[str, int] | None) -> None:
        effect = self.effect if self._sizes != before else ""
        self.done.emit(f"{sentence} {effect}".strip())

    def _on_merge(self, target_id: int) -> None:
        people = self.view.picked_people()
        target = next((each for each in people if each.case_id == target_id), None)
        if target is None:
            return
        sources = [each.case_id for each in people if each.case_id != target_id]
        text = ngettext("{n} respondent is {label} now.", "{n} respondents are {label} now.", len(people))
        actions = self._bridge.project.respondents
        if self._do(lambda: actions.merge(sources, target_id), text.format(n=len(people), label=target.label)):
            self._pick([target_id])

    def _on_move(self, group: str) -> None:
        ids = self._picked_ids()
        text = ngettext("Moved {n} respondent to {group}.", "Moved {n} respondents to {group}.", len(ids))
        sentence = text.format(n=len(ids), group=group_title(group))
        pieces = self._bridge.project.respondents.moving(ids, group)
        self._do_to_many(_("Moving respondents"), len(ids), pieces, sentence, lambda: self._pick(ids))

    def _on_mark(self, role: str, group: str) -> None:
        people = self.view.picked_people()
        actions, wanted = self._bridge.project.respondents, SpeakerRole(role)
        ids = [each.case_id for each in people if each.is_respondent]
        labels = [each.speaker_id for each in people if not each.is_respondent]
        sentence = ngettext("Changed {n} row.", "Changed {n} rows.", len(people)).format(n=len(people))
        if ids:
            self._do(lambda: actions.mark(ids, wanted), sentence)
        else:
            self._do(lambda: actions.mark_others(labels, wanted, group), sentence)

    def _on_attribute(self, name: str, value: str) -> None:
        ids = self._picked_ids()
        sentence = _("Set {name}.").format(name=name.strip())
        pieces = self._bridge.project.respondents.setting_attribute(ids, name, value)
        self._do_to_many(_("Setting an attribute"), len(ids), pieces, sentence, lambda: self._pick(ids))

    def _on_edited(self, person: Person, column: PersonColumn, text: str) -> None:
        actions = self._bridge.project.respondents
        if column.kind is Kind.LABEL:
            sentence = _("Renamed {label}.").format(label=person.label)
            self._do(lambda: actions.rename(person.case_id, text), sentence)
        elif column.kind is Kind.ATTRIBUTE:
            sentence = _("Set {name}.").format(name=column.attribute)
            self._do(lambda: actions.set_attribute([person.case_id], column.attribute, text), sentence)

    def _on_sheet_accepted(self) -> None:
        match = self._match
        if match is None:
            return
        n = len(match.matched)
        text = ngettext("Brought in {n} row of {file}.", "Brought in {n} rows of {file}.", n)
        sentence = text.format(n=n, file=match.file)
        pieces = self._bridge.project.respondents.importing_sheet(match)
        self._do_to_many(_("Bringing attributes in"), n, pieces, sentence, self.close_sheet)

    def _on_open_sheet(self) -> None:
        kinds = _("Tables (*.xlsx *.ods *.csv *.tsv *.txt)")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Import attributes"), str(self._bridge.path.parent), kinds)
        if chosen:
            self.open_sheet(Path(chosen))

    def _on_export(self) -> None:
        start = str(self._bridge.path.with_name("respondents.csv"))
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), start, _("Table (*.csv)"))
        if not chosen:
            return
        from qualcode.exporting.csv_tables import write_csv
        from qualcode.exporting.sparing import spare_project

        try:
            spare_project(Path(chosen), self._bridge.path)
            write_csv(self._bridge.project.exports.respondents_with_attributes(), Path(chosen))
        except QualcodeError as error:
            self.failed.emit(error)
        else:
            self.exported.emit(chosen)

    # What happens

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._filter())
        self.group.chosen.connect(lambda _key: self._filter())
        self.view.picked.connect(self._on_picked)
        self.view.key_pressed.connect(self._on_key)
        self.model.edited.connect(self._on_edited, Qt.ConnectionType.QueuedConnection)  # the editor is still closing
        self.bar.merge_wanted.connect(self._on_merge)
        self.bar.move_wanted.connect(self._on_move)
        self.bar.mark_wanted.connect(self._on_mark)
        self.bar.attribute_wanted.connect(self._on_attribute)
        self.bar.cleared.connect(self._on_cleared)
        self.bar.risen.connect(self.covered)
        self.panel.closed.connect(self.close_sheet)
        self.panel.accepted.connect(self._on_sheet_accepted)
        self.panel.wanted.connect(self._on_sheet_wanted)
        self._reading.failed.connect(self.failed)
        self._matching.failed.connect(self.failed)
        self._bridge.changed.connect(self._on_changed)

    def _on_changed(self, tables: frozenset[str]) -> None:
        if "memo" in tables:
            self.model.mark_noted(self._bridge.project.memos.subjects(SubjectKind.RESPONDENT))
        if tables & _TABLES:
            self._is_outdated = True
            if self.isVisible():
                self.refresh()

    def _on_sheet_wanted(self, ident: str, group: str) -> None:
        if self._sheet is not None:
            self.open_sheet(self._sheet, ident, group)

    def _on_picked(self) -> None:
        self.bar.show_people(self.view.picked_people(), list(self._bridge.groups))

    def _on_cleared(self) -> None:
        self.view.clearSelection()
        self.focus()

    def _on_key(self, wanted: str) -> None:
        if wanted in ("merge", "move", "write") and self._bridge.is_read_only:
            self.failed.emit(refusal())
        elif wanted == "merge" and self.bar.merge_button.isVisible():
            self.bar.ask_merge()
        elif wanted == "move":
            self.bar.open_move_menu()
        elif wanted == "memo":
            self._ask_memo()
        elif wanted == "clear":
            self._on_cleared()

    def _ask_memo(self) -> None:
        """A memo on the respondent whom the keyboard is on; labels that count as nobody have none."""
        index = self.view.currentIndex()
        if not index.isValid() or not self.model.person(index.row()).case_id:
            return
        person, row = self.model.person(index.row()), self.view.visualRect(index)
        place = QRect(self.view.viewport().mapToGlobal(row.topLeft()), row.size())
        self.memo_wanted.emit(Subject(SubjectKind.RESPONDENT, person.case_id), place, person.label)

    def _show(self, answer: tuple[PeopleRows, dict[str, int], list[str], list[str]]) -> None:
        rows, sizes, attributes, fixed = answer
        self.model.show_people(rows, attributes, fixed)
        self.model.mark_noted(self._bridge.project.memos.subjects(SubjectKind.RESPONDENT))
        self.bar.show_people([], [])
        changed = _changes(self._sizes, sizes) if self._sizes is not None else ""
        self._sizes = sizes
        self._effect.setText(changed)
        self._effect.setVisible(bool(changed))
        names = [name for name in self._bridge.groups if name != NO_GROUP]
        if any(each.is_respondent and each.group == NO_GROUP for each in self.model.people):
            names.append(NO_GROUP)
        chosen = self.group.key if self.group.key in names else ""
        self.group.offer([Choice("", _("All")), *(Choice(name, group_title(name)) for name in names)], chosen)
        self._filter()

    def _filter(self) -> None:
        self.model.filter(self.search.text(), self.group.key)
        people = self.model.people
        respondents = [each for each in people if each.is_respondent]
        n_answering = sum(each.answered or each.spoke for each in respondents)
        text = ngettext("{n} respondent, {answering} counted", "{n} respondents, {answering} counted", len(respondents))
        parts = [text.format(n=len(respondents), answering=n_answering)]
        others = len(people) - len(respondents)
        if others:
            parts.append(ngettext("{n} other label", "{n} other labels", others).format(n=others))
        if self.model.rowCount() != len(people):
            parts.append(_("{n} shown").format(n=self.model.rowCount()))
        self._counts.setText(", ".join(parts))
        self._empty.setVisible(not people)
        for shown in (self.view, self.search, self.group, self.import_button, self.export_button):
            shown.setVisible(bool(people))

    def _pick(self, case_ids: list[int]) -> None:
        """Goes back to the uppermost of some respondents after a step."""
        wanted, rows = set(case_ids), range(self.model.rowCount())
        row = next((row for row in rows if self.model.person(row).case_id in wanted), None)
        if row is not None:
            self.view.setCurrentIndex(self.model.index(row, 0))
            self.focus()

    def _picked_ids(self) -> list[int]:
        return [each.case_id for each in self.view.picked_people() if each.is_respondent]

    def _lay_out(self) -> None:
        self._left = QWidget()
        self._left.setObjectName("surface")
        self._left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        bar = QWidget()
        bar.setFixedHeight(fonts.px(_BAR))
        row = QHBoxLayout(bar)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addSpacing(4)
        row.addWidget(self._counts)
        row.addStretch(1)
        self.search.setMinimumWidth(fonts.px(176))
        self.search.setMaximumWidth(fonts.px(230))
        row.addWidget(self.search)
        row.addWidget(self.group)
        self.import_button = button(_("Import attributes"), icon_name="file-down")
        self.import_button.clicked.connect(self._on_open_sheet)
        dim_for_reading(self._bridge.is_read_only, self.import_button)
        row.addWidget(self.import_button)
        self.export_button = button(_("Export"), icon_name="download")
        self.export_button.clicked.connect(self._on_export)
        row.addWidget(self.export_button)
        column.addWidget(bar)
        column.addWidget(rule())
        self._effect.setContentsMargins(24, 8, 24, 8)
        self._effect.hide()
        column.addWidget(self._effect)
        column.addWidget(self.view, 1)
        column.addWidget(self._empty, 1)
        self._empty.hide()
        self._splitter = beside(self._left, self.panel, widths=(0, self.panel.sizeHint().width()), stretched=0)
        self.panel.hide()
        self._splitter.splitterMoved.connect(lambda _place, _index: self.bar.place())
        column_of(self).addWidget(self._splitter)


def _changes(before: dict[str, int], now: dict[str, int]) -> str:
    """What became of the N of the groups."""
    parts = [
        _("{group}: N {before} → {now}").format(
            group=group_title(group), before=before.get(group, 0), now=now.get(group, 0)
        )
        for group in dict.fromkeys([*before, *now])
        if before.get(group, 0) != now.get(group, 0)
    ]
    return "; ".join(parts)
