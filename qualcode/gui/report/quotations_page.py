"""Choosing the quotations of the report: themes at the left, cards at the right, who is never quoted below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.report.cards import CardsModel, CardsView
from qualcode.gui.report.facts import group_title
from qualcode.gui.report.theme_list import CODE, ThemeListModel, ThemeListView
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import Segmented, button, label, rule
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.project.report_preview import CodeQuotations, Quotable, ReportQuotations

_ALL, _NEW = "all", "new"
_THEMES = 270
_NAMED = 12


class QuotationsPage(QWidget):
    """Shows what is quoted, and changes it one step at a time.

    Signals:
        failed: an error that the user can act on.
        done: what was done, in a sentence.
        place_opened: a document's id and a span that is to be shown in its text.
        coding_wanted: texts are to be coded.
    """

    failed = Signal(Exception)
    done = Signal(str)
    place_opened = Signal(int, object)
    coding_wanted = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._found: ReportQuotations | None = None
        self._key = ""
        self.themes = ThemeListModel(self)
        self.theme_view = ThemeListView(bridge, self.themes)
        self.cards = CardsModel(self)
        self.view = CardsView(bridge, self.cards)
        self.shown = Segmented(_("Passages"), [(_ALL, _("All")), (_NEW, _("Of people never quoted"))], _ALL)
        self.choose_button = button(_("Quote"), name=_("Quote in the report"))
        self.leave_button = button(_("Leave out"), name=_("Leave out of the report"))
        self.negative_button = button(_("Speaks against"), name=_("Speaks against the theme"))
        self.note_button = button(_("Note…"), name=_("Note on why it was chosen"))
        self.who_button = button(_("Who"), kind="link", name=_("Who is never quoted"))
        self.note = QLineEdit()
        self._noted: tuple[int, ...] = ()  # segments of the passages that the note is on
        self._title = label(size=fonts.TITLE, weight=fonts.SEMIBOLD, wrap=True)
        self._state = label(size=fonts.SMALL, rank=2, wrap=True)
        self._never = label(size=fonts.SMALL, rank=2, wrap=True)
        self._who = label(size=fonts.SMALL, rank=2, wrap=True)
        self._empty = Empty("message-square", "", "", self)
        self._empty.say(_("Nothing to quote yet"), _("What is coded can be quoted in the report."), _("Code texts"))
        self._empty.pressed.connect(self.coding_wanted)
        self._none_here = label(_("Everybody who speaks of it is quoted already."), rank=2)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def state(self) -> str:
        """What the report will quote of the code that is looked at."""
        return self._state.text()

    @property
    def never_quoted(self) -> str:
        """How many of each group are never quoted."""
        return self._never.text()

    @property
    def names(self) -> str:
        """Who is never quoted, once that was asked for."""
        return self._who.text() if not self._who.isHidden() else ""

    @property
    def can_choose(self) -> bool:
        """Whether there are decided passages, in a project that can be written."""
        return self._found is not None and not self._found.suggested and not self._bridge.project.db.read_only

    def show_found(self, found: ReportQuotations) -> None:
        """Shows what can be quoted; the same code and card stay."""
        self._found = found
        self.themes.show_codes(found.codes, {code.key: code.parent for code in self._bridge.codebook.codes})
        self._stack.setCurrentIndex(0 if found.codes else 1)
        row = self.themes.row_of(self._key) or 0
        if found.codes:
            with QSignalBlocker(self.theme_view.selectionModel()):
                self.theme_view.setCurrentIndex(self.themes.index(row))
            self.theme_view.viewport().update()
            self._show_code()
        self._show_never()

    def look_at(self, key: str) -> None:
        """Shows the passages of a code."""
        row = self.themes.row_of(key)
        if row is not None:
            self.theme_view.setCurrentIndex(self.themes.index(row))

    def focus(self) -> None:
        """Puts the keyboard into the cards, or among the themes where there are none."""
        view = self.view if self.cards.rowCount() else self.theme_view
        view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _code(self) -> CodeQuotations | None:
        found = self.theme_view.currentIndex().data(CODE)
        return found if found is not None else None

    def _show_code(self) -> None:
        code = self._code()
        if code is None or self._found is None:
            return
        is_other, self._key = code.key != self._key, code.key
        self._title.setText(code.name)
        self._state.setText(self._sentence(code))
        before = self.view.currentIndex().row()
        current = self.cards.passages[before].segment if 0 <= before < len(self.cards.passages) else None
        passages = [each for each in code.passages if self.shown.chosen == _ALL or each.is_new]
        if not is_other:  # cards stay where they are while one chooses among them
            order = {each.segment: at for at, each in enumerate(self.cards.passages)}
            passages.sort(key=lambda each: order.get(each.segment, len(order)))
        self._none_here.setVisible(not passages)
        self.view.expect(len(passages))
        self.cards.show_passages(passages)
        self.view.scheduleDelayedItemsLayout()
        row = next((at for at, each in enumerate(passages) if each.segment == current and not is_other), None)
        if row is None:
            row = 0 if is_other else max(0, min(before, len(passages) - 1))
        if passages and (is_other or self.view.currentIndex().row() != row or not self.view.selectedIndexes()):
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(self.cards.index(row), how)
        if is_other:
            self.view.scrollToTop()
        self._show_buttons()

    def _sentence(self, code: CodeQuotations) -> str:
        n, everything = len(code.in_report), len(code.passages)
        if self._found is not None and self._found.suggested:
            return _("Suggested, not reviewed: quotations are chosen among what is decided.")
        if code.by_hand:
            text = ngettext(
                "The report quotes the {n} passage chosen here, of {all}.",
                "The report quotes the {n} passages chosen here, of {all}.",
                n,
            )
        else:
            text = ngettext(
                "The program proposes {n} passage of {all}; once you choose, only those are quoted.",
                "The program proposes {n} passages of {all}; once you choose, only those are quoted.",
                n,
            )
        return text.format(n=n, all=everything)

    def _show_never(self) -> None:
        groups = self._found.groups if self._found is not None else ()
        parts = [
            _("{group} {n} of {all}").format(group=group_title(each.name), n=len(each.never), all=len(each.answering))
            for each in groups
        ]
        self._never.setText(_("Never quoted: {groups}").format(groups=" · ".join(parts)) if parts else "")
        lines = [f"{group_title(each.name)}: {_named(list(each.never))}" for each in groups if each.never]
        self._who.setText("\n".join(lines))
        self.who_button.setVisible(bool(lines))
        if not lines:
            self._who.hide()

    def _show_buttons(self) -> None:
        chosen = self.view.selected if self.can_choose else []
        self.choose_button.setEnabled(any(not each.by_hand for each in chosen))
        self.leave_button.setEnabled(any(each.is_in_report for each in chosen))
        self.negative_button.setEnabled(bool(chosen))
        self.note_button.setEnabled(bool(chosen))
        against = bool(chosen) and all(each.is_negative for each in chosen)
        self.negative_button.setText(_("Speaks for it after all") if against else _("Speaks against"))

    # What can be done

    def change(self, asked: str) -> None:
        """Does "choose", "leave_out", "negative" or "note" with what is selected."""
        selected, code = self.view.selected, self._code()
        if not selected or code is None or not self.can_choose:
            return
        if asked == "choose":
            self._keep([each for each in selected if not each.by_hand], code, chosen_before=False)
        elif asked == "leave_out":
            self._leave_out([each for each in selected if each.is_in_report], code)
        elif asked == "negative":
            against = not all(each.is_negative for each in selected)
            self._keep(selected, code, is_negative=against)
        elif asked == "note":
            self._noted = tuple(each.segment for each in selected)
            self.note.setText(selected[0].note if len(selected) == 1 else "")
            self.note.show()
            self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(
        self,
        passages: list[Quotable],
        code: CodeQuotations,
        *,
        is_negative: bool | None = None,
        note: str | None = None,
        chosen_before: bool = True,
    ) -> None:
        """Chooses passages; a mark or note on one of the proposed ones keeps the others, as they stand."""
        from qualcode.store.chosen_quotations import ChosenQuotation

        if not passages:
            return
        keeping = [
            ChosenQuotation(
                each.segment,
                each.is_negative if is_negative is None else is_negative,
                each.note if note is None else note,
            )
            for each in passages
        ]
        if chosen_before and any(each.is_proposed for each in passages):
            wanted = {each.segment for each in passages}
            others = [each for each in code.in_report if each.segment not in wanted]
            keeping += [ChosenQuotation(each.segment, each.is_negative, each.note) for each in others]
        try:
            self._bridge.project.quotations.keep(keeping)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        if is_negative is not None:
            sentence = _("Marked as speaking against the theme.") if is_negative else _("The mark was taken away.")
        elif note is not None:
            sentence = _("The note is saved.")
        else:
            n = len(passages)
            sentence = ngettext("{n} quotation chosen.", "{n} quotations chosen.", n).format(n=n)
        self.done.emit(sentence)

    def _leave_out(self, passages: list[Quotable], code: CodeQuotations) -> None:
        """Takes chosen ones away; of proposed ones the others are kept instead."""
        gone = {each.segment for each in passages}
        kept = [each for each in code.in_report if each.segment not in gone]
        if not passages:
            return
        if not code.by_hand:
            if not kept:
                self.done.emit(_("A theme is not left without quotations: choose another one instead."))
                return
            self._keep(kept, code, chosen_before=False)
            return
        try:
            self._bridge.project.quotations.leave_out(sorted(gone))
        except QualcodeError as error:
            self.failed.emit(error)
            return
        n = len(gone)
        self.done.emit(ngettext("{n} quotation left out.", "{n} quotations left out.", n).format(n=n))

    def _on_noted(self) -> None:
        self._keep_note()  # unchanged it says nothing: the field of several passages begins empty whatever their notes
        self._close_note()

    def _write_note(self) -> None:
        """Writes the note of the passages that it was begun on, whatever is selected now."""
        self.note.setModified(False)
        code = next((each for each in self._found.codes if each.key == self._key), None) if self._found else None
        if code is not None:
            noted = [each for each in code.passages if each.segment in self._noted]
            self._keep(noted, code, note=self.note.text().strip())

    def _close_note(self) -> None:
        self._noted = ()
        self.note.hide()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_note(self) -> None:
        """The field is left: what was typed is not lost."""
        if self._noted and self.note.isModified():
            self._write_note()

    def _leave_note(self) -> None:
        """Another passage is looked at."""
        self._keep_note()
        self._noted = ()
        self.note.hide()

    def _on_card(self, now: QModelIndex, _before: QModelIndex) -> None:
        if self._noted and now.isValid() and self.cards.passages[now.row()].segment not in self._noted:
            self._leave_note()

    def _on_opened(self, each: Quotable) -> None:
        code, project = self._bridge.code_keyed(each.code), self._bridge.project
        if code is None or self._found is None:
            return
        if self._found.suggested:
            suggestion = project.review.get(each.segment)
            if suggestion is not None:
                self.place_opened.emit(suggestion.document_id, suggestion.span)
            return
        found = next((row for row in project.segments.of_code(code.id) if row.id == each.segment), None)
        if found is not None:
            self.place_opened.emit(found.document_id, found.span)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the note as it was."""
        if event.key() == Qt.Key.Key_Escape and self.note.isVisible():
            self._close_note()
            return
        super().keyPressEvent(event)

    # Layout

    def _connect(self) -> None:
        self.theme_view.selectionModel().currentChanged.connect(self._on_theme)
        self.view.selectionModel().selectionChanged.connect(lambda *_rows: self._show_buttons())
        self.view.pressed_key.connect(self.change)
        self.view.opened.connect(self._on_opened)
        self.shown.picked.connect(lambda _key: self._show_code())
        asked = (
            (self.choose_button, "choose"),
            (self.leave_button, "leave_out"),
            (self.negative_button, "negative"),
            (self.note_button, "note"),
        )
        for each, what in asked:
            self._ask_on_click(each, what)
        self.note.returnPressed.connect(self._on_noted)
        self.note.editingFinished.connect(self._keep_note)
        self.view.selectionModel().currentChanged.connect(self._on_card)
        self.who_button.clicked.connect(lambda: self._who.setVisible(self._who.isHidden()))

    def _ask_on_click(self, made: QPushButton, what: str) -> None:
        made.clicked.connect(lambda: self.change(what))

    def _on_theme(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._leave_note()
        self._show_code()

    def _lay_out(self) -> None:
        self.note.setPlaceholderText(_("Why it was chosen; the report does not show it. Enter saves, Esc leaves it."))
        self.note.setAccessibleName(_("Note on why it was chosen"))
        self.note.hide()
        self._who.hide()
        self._none_here.hide()
        for made, key in (
            (self.choose_button, "Y"),
            (self.leave_button, "N"),
            (self.negative_button, "S"),
            (self.note_button, "M"),
        ):
            made.setToolTip(f"{made.accessibleName()} ({key})")
        shown = QSplitter(Qt.Orientation.Horizontal)
        shown.setHandleWidth(1)
        shown.setChildrenCollapsible(False)
        self.theme_view.setMinimumWidth(180)
        shown.addWidget(self.theme_view)
        shown.addWidget(self._right())
        shown.setStretchFactor(1, 1)
        shown.setSizes([fonts.px(_THEMES), 10_000])
        self._stack.addWidget(shown)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        column.addWidget(rule())
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self._never, 1)
        row.addWidget(self.who_button, 0, Qt.AlignmentFlag.AlignTop)
        foot.addLayout(row)
        foot.addWidget(self._who)
        column.addLayout(foot)

    def _right(self) -> QWidget:
        pane = QWidget()
        pane.setObjectName("pane")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        pane.setMinimumWidth(360)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(4)
        first = QHBoxLayout()
        first.addWidget(self._title, 1)
        first.addWidget(self.shown, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(first)
        head.addWidget(self._state)
        head.addWidget(self._none_here)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.setSpacing(8)
        foot.addWidget(self.note)
        row = QHBoxLayout()
        row.setSpacing(8)
        for made in (self.choose_button, self.leave_button, self.negative_button, self.note_button):
            dim_for_reading(self._bridge.is_read_only, made)
            row.addWidget(made)
        row.addStretch(1)
        foot.addLayout(row)
        column.addLayout(foot)
        return pane


def _named(keys: list[str]) -> str:
    """Names, the first ones only where they are many."""
    text = ", ".join(keys[:_NAMED])
    n = len(keys) - _NAMED
    return text + " " + ngettext("and {n} more", "and {n} more", n).format(n=n) if n > 0 else text
