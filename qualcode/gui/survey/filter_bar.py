"""Over the grid: which question, how much of it is coded, and which answers are shown in which order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.survey.answer_sheet import Counts, Order, Show, Sorting, Wanted, title_and_range
from qualcode.gui.survey.model import group_shown
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import Segmented, icon_button, label, rule
from qualcode.gui.widgets.search_field import SearchField
from qualcode.i18n import _, ngettext

_PAUSE = 250  # milliseconds after the last letter until answers are searched
_DESCENDING = "-"


class FilterBar(QWidget):
    """Reports what is wanted.

    Signals:
        question_picked: the number of a question.
        wanted_changed: filter or order.
        closed_picked: which closed answers are shown (a list of names, or None for as many as fit).
    """

    question_picked = Signal(int)
    wanted_changed = Signal()
    closed_picked = Signal(object)

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.question = ChoiceButton(_("Question"), 640, is_title=True)
        self._done = QProgressBar()
        self._done.setTextVisible(False)
        self._done.setFixedWidth(fonts.px(88))
        self._done.setAccessibleName(_("Answers coded"))
        self._done_text = label(rank=2)
        self.group = ChoiceButton(_("Group"), 110)
        self.code = ChoiceButton(_("Codes"), 150)
        self.sort = ChoiceButton(_("Sort"), 120)
        self.columns = self._columns_button()
        self.show_which = Segmented(
            _("Show"),
            [
                (Show.ALL.value, _("All")),
                (Show.UNCODED.value, _("Uncoded")),
                (Show.SUGGESTED.value, _("Suggested")),
                (Show.BLANK.value, _("Blank")),
            ],
            Show.ALL.value,
        )
        self.words = SearchField(_("Search answers"))
        self.words.setMinimumWidth(fonts.px(100))
        self.words.setMaximumWidth(fonts.px(220))
        self._show = Show.ALL
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._lay_out()
        self._pause.timeout.connect(self.wanted_changed)
        self.words.textChanged.connect(lambda text: self._pause.start(0 if not text else _PAUSE))
        self.question.chosen.connect(lambda key: self.question_picked.emit(int(key)))
        self.show_which.picked.connect(self._on_show_picked)
        for each in (self.group, self.code, self.sort):
            each.chosen.connect(lambda _key: self.wanted_changed.emit())

    # What is wanted

    @property
    def wanted(self) -> Wanted:
        """The filter that is set."""
        codes: frozenset[int] = frozenset()
        code = self._bridge.code_keyed(self.code.key) if self.code.key else None
        if code is not None:
            below = set(self._bridge.codebook.subtree(code.key))
            codes = frozenset(each.id for each in self._bridge.codebook.codes if each.key in below)
        return Wanted(self.group.key, codes, self._show, self.words.text())

    @property
    def sorting(self) -> Sorting:
        """The order that is set."""
        key = self.sort.key
        is_descending = key.startswith(_DESCENDING)
        order, _colon, closed = key.removeprefix(_DESCENDING).partition(":")
        return Sorting(Order(order or Order.IMPORTED.value), closed, is_descending)

    def clear(self) -> None:
        """Shows everything again."""
        self.group.choose("")
        self.code.choose("")
        self._show = Show.ALL
        self.show_which.choose(Show.ALL.value)
        self.words.clear()
        self._pause.stop()
        self.wanted_changed.emit()

    def sort_by(self, sorting: Sorting) -> None:
        """Sorts by a column: up, then down, then as imported."""
        now = self.sorting
        if (now.order, now.closed) == (sorting.order, sorting.closed):
            key = _DESCENDING + _sort_key(sorting) if not now.is_descending else Order.IMPORTED.value
        else:
            key = _sort_key(sorting)
        self.sort.choose(key, report=True)

    def _on_show_picked(self, key: str) -> None:
        self._show = Show(key)
        self.wanted_changed.emit()

    # What can be wanted

    def offer_questions(self, questions: Sequence[tuple[int, str]], shown: int) -> None:
        """Offers the questions by number."""
        self.question.offer([Choice(str(number), text) for number, text in questions], str(shown))

    def offer_groups(self, groups: Sequence[str]) -> None:
        """Offers the groups that answered."""
        chosen = self.group.key if self.group.key in groups else ""
        self.group.offer([Choice("", _("All")), *(Choice(each, group_shown(each)) for each in groups)], chosen)

    def offer_codes(self) -> None:
        """Offers the codes of the codebook."""
        looks, names, codes = self._bridge.looks, self._bridge.names, self._bridge.codebook.codes
        choices = [Choice(code.key, names.get(code.id, ""), looks.get(code.id, NO_LOOK), code.depth) for code in codes]
        chosen = self.code.key if any(code.key == self.code.key for code in codes) else ""
        self.code.offer([Choice("", _("Any")), *choices], chosen)

    def offer_closed(self, names: Sequence[str], shown: Sequence[str], *, is_own_choice: bool) -> None:
        """Offers to sort by closed answers, and to show or hide them."""
        orders = [
            (Sorting(Order.IMPORTED), _("As imported"), ""),
            (Sorting(Order.IDENT), _("ID"), ""),
            (Sorting(Order.GROUP), _("Group"), ""),
            *((Sorting(Order.CLOSED, name), title_and_range(name)[0], "") for name in names),
            (Sorting(Order.LENGTH), _("Shortest answer"), _("Longest answer")),
            (Sorting(Order.CODES), _("Codes"), ""),
        ]
        choices = []
        for sorting, text, reverse in orders:
            key = _sort_key(sorting)
            choices.append(Choice(key, text))
            if sorting.order is not Order.IMPORTED:
                choices.append(Choice(_DESCENDING + key, reverse or _("{column}, downwards").format(column=text)))
        now = self.sort.key if self.sort.key in {each.key for each in choices} else Order.IMPORTED.value
        self.sort.offer(choices, now)
        self._fill_columns(names, shown, is_own_choice=is_own_choice)
        self.columns.setVisible(bool(names))

    def show_counts(self, counts: Counts) -> None:
        """Says how many answers there are of each kind, and how many are coded."""
        self.show_which.say(Show.ALL.value, _("All {n}").format(n=counts.all))
        self.show_which.say(Show.UNCODED.value, _("Uncoded {n}").format(n=counts.uncoded))
        self.show_which.say(Show.SUGGESTED.value, _("Suggested {n}").format(n=counts.suggested))
        self.show_which.say(Show.BLANK.value, _("Blank {n}").format(n=counts.blank))
        self.show_which.setMinimumWidth(self.show_which.sizeHint().width())
        self._done.setRange(0, max(1, counts.answered))
        self._done.setValue(counts.coded)
        text = ngettext("{coded} of {n} answer coded", "{coded} of {n} answers coded", counts.answered)
        self._done_text.setText(text.format(coded=counts.coded, n=counts.answered))

    def _fill_columns(self, names: Sequence[str], shown: Sequence[str], *, is_own_choice: bool) -> None:
        menu = self.columns.menu()
        assert menu is not None
        menu.clear()
        for name in names:
            action = menu.addAction(title_and_range(name)[0].replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in shown)
            action.triggered.connect(
                lambda is_on, name=name: self.closed_picked.emit(
                    [each for each in names if (is_on if each == name else each in shown)]
                )
            )
        menu.addSeparator()
        fitting = menu.addAction(_("As many as have room"))
        fitting.setCheckable(True)
        fitting.setChecked(not is_own_choice)
        fitting.triggered.connect(lambda: self.closed_picked.emit(None))

    def _columns_button(self) -> QToolButton:
        made = icon_button("table-2", _("Closed answers shown"))
        made.setMenu(QMenu(made))
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return made

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QHBoxLayout()
        upper.setContentsMargins(14, 8, 16, 2)
        upper.setSpacing(12)
        upper.addWidget(self.question)
        upper.addStretch(1)
        upper.addWidget(self._done)
        upper.addWidget(self._done_text)
        lower = QHBoxLayout()
        lower.setContentsMargins(24, 2, 16, 10)
        lower.setSpacing(5)  # at 1280 in Norwegian the words of the search have room
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for each in (self.group, self.code, self.show_which, self.sort, self.columns):
            lower.addWidget(each)
        lower.addStretch(1)
        lower.addWidget(self.words, 40)  # it grows to its most before the gap does
        column.addLayout(upper)
        column.addLayout(lower)
        column.addWidget(rule())


def _sort_key(sorting: Sorting) -> str:
    return f"{sorting.order.value}:{sorting.closed}" if sorting.closed else sorting.order.value
