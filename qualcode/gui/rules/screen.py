"""Editing rules and word lists: the text at the left, what it finds at the right, nothing used before it is wanted."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from qualcode.errors import CancelledError, QualcodeError
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.definition import MarkWidget
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.rules.editor import RulesEditor
from qualcode.gui.rules.hits import HitsModel, HitsView
from qualcode.gui.rules.subjects import RulesOfCode, Subject, WordLists
from qualcode.gui.rules.trial_job import Tried, try_text
from qualcode.gui.widgets.controls import ElidedLabel, Segmented, button, label, rule
from qualcode.gui.widgets.panes import beside, column_of, make_pane
from qualcode.gui.widgets.read_only import dim_for_reading
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.errors import Problem
    from qualcode.project.rule_run import RuleRun
    from qualcode.project.rule_trial import Trial

_HEADER = 44
_PAUSE = 350  # milliseconds after the last letter before the rules are tried
_PROBLEMS_SHOWN = 4
_TEXT_TABLES = frozenset({"document", "speaker", "case", "respondent_group", "question", "code", "setting"})


class RulesScreen(QWidget):
    """Edits the rules of one code, and the word lists that rules share.

    Signals:
        failed: an error that the user can act on.
        closed: back to the text.
        used: the rules were changed and are to run.
        place_opened: a document's id and a span that is to be shown in its text.
        keys_changed: other keys work now.
    """

    failed = Signal(Exception)
    closed = Signal()
    used = Signal()
    place_opened = Signal(int, object)
    keys_changed = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._code_id = 0
        self._subject: Subject = RulesOfCode(0, "")
        self._drafts: dict[str, str] = {}  # what was typed and not used yet, by subject
        self._saved = ""
        self._run: RuleRun | None = None
        self._trial: Trial | None = None
        self._job: Job | None = None
        self._is_outdated = False  # whether something changed since the text was tried last
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._try)
        self.editor = RulesEditor()
        self.model = HitsModel(self)
        self.view = HitsView(self.model)
        self._mark = MarkWidget(self)
        self._name = ElidedLabel(fonts.TITLE, fonts.SEMIBOLD)
        self.choice = Segmented(_("Edited"), (("rules", _("Rules")), ("lists", _("Word lists"))), "rules")
        self._uses = label(size=fonts.SMALL, wrap=True)
        self._forms = _forms()
        self._back = button(_("Back"), kind="quiet")
        self._sums = label(weight=fonts.SEMIBOLD, wrap=True)
        self._sure = label(size=fonts.SMALL, rank=2, wrap=True)
        self._problems = label(wrap=True)
        self._problems.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._use = button(_("Use these rules"), kind="main")
        self._leave = button(_("As they were"))
        self._lay_out()
        self.editor.textChanged.connect(self._on_typed)
        self.editor.cursorPositionChanged.connect(self._say_uses)
        self.choice.picked.connect(self._on_chosen)
        self._back.clicked.connect(self.closed)
        self._use.clicked.connect(self._on_use)
        self._leave.clicked.connect(lambda: self.editor.setPlainText(self._saved))
        dim_for_reading(bridge.is_read_only, self._use)
        self.view.opened.connect(lambda hit: self.place_opened.emit(hit.document_id, hit.span))
        bridge.changed.connect(self._on_changed)

    # What can be asked of it

    @property
    def code_id(self) -> int:
        """The code whose rules are shown, or were before the word lists; 0 for none."""
        return self._code_id

    @property
    def trial(self) -> Trial | None:
        """What the text finds; None while that is being looked for."""
        return self._trial

    @property
    def problems_text(self) -> str:
        """What is wrong or doubtful, as it is shown."""
        return self._problems.text()

    @property
    def sums_text(self) -> str:
        """What would change, as it is shown."""
        return self._sums.text()

    @property
    def uses_text(self) -> str:
        """Where the word list is used that the cursor is in, as it is shown."""
        return self._uses.text()

    @property
    def use_button(self) -> QWidget:
        """Uses the rules as they stand in the text."""
        return self._use

    def show_code(self, code_id: int) -> None:
        """Shows the rules of a code."""
        code = self._bridge.code(code_id)
        if code is None:
            return
        self._code_id = code_id
        self._mark.show_look(self._bridge.looks.get(code_id, NO_LOOK))
        name = self._bridge.names[code_id]
        self._show(RulesOfCode(code_id, code.key), name, _("Rules of {code}").format(code=name))

    def show_lists(self) -> None:
        """Shows the word lists that rules share."""
        self._show(WordLists(), _("Word lists"), _("Word lists that rules share"))

    def _show(self, subject: Subject, name: str, spoken: str) -> None:
        typed = self.editor.toPlainText()
        if typed != self._saved:
            self._drafts[self._subject.key] = typed
        self._subject = subject
        self._saved = subject.text(self._bridge)
        is_code = isinstance(subject, RulesOfCode)
        self.choice.choose("rules" if is_code else "lists")
        self._mark.setVisible(is_code)
        self._name.setText(name)
        self._use.setText(_("Use these rules") if is_code else _("Use these lists"))
        self._forms.setText("\n".join(subject.forms))
        self.editor.setAccessibleName(spoken)
        self.editor.setPlainText(self._drafts.pop(subject.key, self._saved))
        self._say_nothing_yet()
        self._say_uses()
        self._try()

    def focus(self) -> None:
        """Puts the keyboard into the text."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here."""
        is_code = isinstance(self._subject, RulesOfCode)
        return [("Ctrl Enter", _("use these rules") if is_code else _("use these lists")), ("Esc", _("back"))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back; Ctrl+Enter uses the rules."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self._use.isEnabled():
            self._on_use()
            return
        super().keyPressEvent(event)

    # Trying

    def _on_typed(self) -> None:
        self._trial = None
        self._use.setEnabled(False)
        self._leave.setEnabled(self.editor.toPlainText() != self._saved)
        self._pause.start()

    def _try(self) -> None:
        self._pause.stop()
        self._stop_trying()
        self._is_outdated = False
        if self._bridge.code(self._code_id) is None:
            return
        path, run, subject, text = self._bridge.path, self._run, self._subject, self.editor.toPlainText()

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return try_text(path, run, subject, text, progress=progress, cancelled=cancelled)

        self._job = Job(_("Trying rules"), work)
        self._job.succeeded.connect(self._on_tried)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def _stop_trying(self) -> None:
        """What is being found is not wanted any longer."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_tried(self, tried: Tried) -> None:
        if self.sender() is not self._job or tried.text != self.editor.toPlainText():
            return
        self._job = None
        self._run = tried.run
        self._trial = tried.trial
        doubt = replace(tried.doubt, where="") if tried.doubt is not None else None  # the code's name stands above
        self._say_problems((*tried.trial.problems, doubt) if doubt is not None else tried.trial.problems)
        self._say_sums(tried.trial)
        if tried.trial.is_usable:
            documents = self._bridge.project.documents.all()
            names = {each.id: each.question or without_ending(each.name) for each in documents}
            codes = {code.key: self._bridge.name_of(code) for code in self._bridge.codebook.codes}
            self.model.show_hits(tried.trial.hits, names, codes)
        self._use.setEnabled(tried.trial.is_usable and tried.text != self._saved)

    def _on_failed(self, error: Exception) -> None:
        if self.sender() is self._job:
            self._job = None
            if not isinstance(error, CancelledError):
                self.failed.emit(error)

    def _say_nothing_yet(self) -> None:
        self.model.show_hits((), {}, {})
        self._sums.setText(_("Looking …"))
        self._sure.setText("")
        self._problems.setText("")
        self.editor.mark_lines(())

    def _say_problems(self, problems: tuple[Problem, ...]) -> None:
        lines = []
        for problem in problems[:_PROBLEMS_SHOWN]:
            where = f"{problem.where}: " if problem.where else ""
            lines.append(" ".join(part for part in (f"{where}{problem.what}", problem.hint) if part))
        if len(problems) > _PROBLEMS_SHOWN:
            n = len(problems) - _PROBLEMS_SHOWN
            lines.append(ngettext("and {n} more", "and {n} more", n).format(n=n))
        self._problems.setText("\n".join(lines))
        self._problems.setVisible(bool(lines))
        numbers = (re.search(r"\d+", problem.where) for problem in problems)
        self.editor.mark_lines({int(found[0]) for found in numbers if found is not None})

    def _say_sums(self, trial: Trial) -> None:
        from qualcode.project.rule_trial import Standing

        if not trial.is_usable:
            self._sums.setText(_("The rules cannot be read yet; below is what the last readable ones find."))
            self._sure.setText("")
            return
        if not self.editor.toPlainText().strip() and not trial.n(Standing.GONE):
            rules = isinstance(self._subject, RulesOfCode)
            self._sums.setText(_("No rules yet") if rules else _("No word lists yet"))
            self._sure.setText(
                _("Write words with commas between them: what they find is shown here.") if rules else ""
            )
            self._sure.setVisible(rules)
            return
        n_found = trial.n(Standing.NEW) + trial.n(Standing.KEPT)
        found = ngettext("{n} sentence", "{n} sentences", n_found).format(n=n_found)
        where = ngettext("in {n} document", "in {n} documents", trial.n_documents).format(n=trial.n_documents)
        n_new, n_gone = trial.n(Standing.NEW), trial.n(Standing.GONE)
        change = ngettext("{new} new, {gone} gone", "{new} new, {gone} gone", n_new).format(new=n_new, gone=n_gone)
        self._sums.setText(f"{found} {where}" + (f" · {change}" if n_new + n_gone else ""))
        nothing = _("These rules find nothing in this project.")
        if not isinstance(self._subject, RulesOfCode):
            nothing = _("No rule that uses these lists finds anything in this project.")
        self._sure.setText(self._subject.record(self._bridge) if n_found else nothing)
        self._sure.setVisible(bool(self._sure.text()))

    def _say_uses(self) -> None:
        """Where the word list is used that the cursor is in."""
        at = self.editor.textCursor().blockNumber()
        text = self._subject.uses(self._bridge, self.editor.toPlainText().split("\n"), at)
        self._uses.setText(text)
        self._uses.setVisible(bool(text))

    def _on_chosen(self, key: str) -> None:
        if key == "lists":
            self.show_lists()
        else:
            self.show_code(self._code_id)
        self.keys_changed.emit()
        self.focus()

    def _on_use(self) -> None:
        trial = self._trial
        if trial is None or not trial.is_usable:
            return
        try:
            self._subject.use(self._bridge, trial)
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self._saved = self.editor.toPlainText()
        self._show_again()
        self.used.emit()

    def _show_again(self) -> None:
        if isinstance(self._subject, RulesOfCode):
            self.show_code(self._code_id)
        else:
            self.show_lists()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if not tables & _TEXT_TABLES:
            return
        self._run, self._is_outdated = None, True
        self._stop_trying()
        code = self._bridge.code(self._code_id)
        if self._code_id and code is None:
            self._code_id = 0
            if self.isVisible():
                self.closed.emit()
        elif self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        """What is shown was found before something changed: it is looked for again, in what was typed if there is."""
        if self._bridge.code(self._code_id) is None:
            return
        if self.editor.toPlainText() == self._saved:
            self._show_again()
        else:
            self._on_typed()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is being found is looked for again when it is seen again; the project may be closed by then."""
        super().hideEvent(event)
        self._is_outdated |= self._job is not None or self._pause.isActive()
        self._pause.stop()
        self._stop_trying()

    def showEvent(self, event: QShowEvent) -> None:
        """Something may have changed while it was not seen."""
        super().showEvent(event)
        if self._is_outdated:
            self._catch_up()

    # Layout

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        header = QWidget()
        header.setObjectName("paneHeader")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header.setFixedHeight(fonts.px(_HEADER))
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(10)
        row.addWidget(self._back)
        row.addWidget(self._mark)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self._name, 1)
        row.addStretch(1)
        row.addWidget(self.choice)
        column.addWidget(header)
        column.addWidget(beside(self._left(), self._right(), widths=(50, 60), stretched=None), 1)

    def _left(self) -> QWidget:
        pane = QWidget()
        pane.setMinimumWidth(360)
        column = QVBoxLayout(pane)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.editor, 1)
        column.addWidget(self._problems)
        column.addWidget(rule())
        column.addWidget(self._uses)
        column.addWidget(self._forms)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._leave)
        buttons.addWidget(self._use)
        column.addLayout(buttons)
        self._use.setEnabled(False)
        self._leave.setEnabled(False)
        self._problems.hide()
        return pane

    def _right(self) -> QWidget:
        pane = QWidget()
        make_pane(pane, at_least=360)
        column = column_of(pane)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 12)
        head.setSpacing(4)
        head.addWidget(self._sums)
        head.addWidget(self._sure)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.view, 1)
        return pane


def _forms() -> QLabel:
    """What rules may say, as a reminder; the whole of it stands in the documentation."""
    made = label("", fonts.SMALL, rank=2)
    font = RulesEditor().font()
    font.setPixelSize(fonts.px(fonts.SMALL))
    made.setFont(font)
    made.setAccessibleName(_("What rules may say"))
    return made
