"""The first page: three ways in, recent projects, the coder's name, language, appearance."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from qualcode import __version__
from qualcode.gui.first_page.choice_card import ChoiceCard
from qualcode.gui.first_page.drawings import DropHint, Emblem, Glyph
from qualcode.gui.language import LANGUAGE_NAMES
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import Badge, KeyCap, Segmented, add_shadow, button, label
from qualcode.gui.widgets.panes import column_of
from qualcode.gui.widgets.waiting import let_wait
from qualcode.i18n import _
from qualcode.settings import APPEARANCE, CODER, LANGUAGE, RECENT_PROJECTS, Settings

if TYPE_CHECKING:
    from qualcode.gui.first_page.recent_row import RecentRow

_LEFT_WIDTH = 464
_RIGHT_WIDTH = 512
_GAP = 128
_NAMES = 150  # width of the names of choices
_RECENT_SHOWN = 5
_SHADOW = 24  # room for the shadow of a card at the edge


class FirstPage(QWidget):
    """Reports which way in was taken.

    Signals:
        sample_wanted: the sample study.
        new_study_wanted: a study to be put together.
        study_wanted: a study file, to be chosen.
        project_wanted: a project, to be chosen.
        recent_picked: the path of a recent project.
        appearance_picked: "system", "light" or "dark".
        language_picked: "system", "en" or "nb".
    """

    sample_wanted = Signal()
    new_study_wanted = Signal()
    study_wanted = Signal()
    project_wanted = Signal()
    recent_picked = Signal(str)
    appearance_picked = Signal(str)
    language_picked = Signal(str)

    def __init__(self, settings: Settings, *, has_sample: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings = settings
        self._has_to_wait = False
        self._cards: list[ChoiceCard] = []
        self._recent_rows: list[RecentRow] = []
        self._recent_column = QVBoxLayout()
        self._recent_card = _card()
        self._clear = button(_("Clear list"), kind="quiet")
        self._appearance = Segmented(
            _("Appearance"),
            [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))],
            settings.get(APPEARANCE),
        )
        self._language = Segmented(
            _("Language"),
            [("system", _("As the system")), *LANGUAGE_NAMES.items()],
            settings.get(LANGUAGE),
        )
        self._coder = QLineEdit(settings.get(CODER))
        self._badge = Badge(self)
        kept = self._badge.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # the field beside it stays as wide as it is
        self._badge.setSizePolicy(kept)
        self._lay_out(has_sample=has_sample)
        self._coder.textChanged.connect(self._on_coder_changed)
        self._on_coder_changed(self._coder.text())
        self._appearance.picked.connect(self.appearance_picked)
        self._language.picked.connect(self.language_picked)
        self._clear.clicked.connect(self._on_clear)

    @property
    def cards(self) -> Sequence[ChoiceCard]:
        """The ways in."""
        return self._cards

    @property
    def coder_field(self) -> QLineEdit:
        """Where the coder's name is written."""
        return self._coder

    @property
    def recent_rows(self) -> Sequence[RecentRow]:
        """The recent projects that are shown."""
        return self._recent_rows

    def let_wait(self, has_to_wait: bool) -> None:
        """Dims the ways in, and what makes the window anew, while long work goes on."""
        focused = QApplication.focusWidget()
        if has_to_wait and focused is not None and self.isAncestorOf(focused):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # else a key would be for what happens to follow
        self._has_to_wait = has_to_wait
        let_wait(has_to_wait, *self._cards, self._study, self._drop, *self._recent_rows, self._language)

    def show_recent(self) -> None:
        """Reads the list of recent projects again; files that are gone are left out."""
        for row in self._recent_rows:
            row.hide()
            row.deleteLater()
        self._recent_rows = []
        paths = [Path(each) for each in self._settings.get(RECENT_PROJECTS)]
        for path in [each for each in paths if each.is_file()][:_RECENT_SHOWN]:
            self._add_recent(path)
        self._recent_card.setVisible(bool(self._recent_rows))

    def _add_recent(self, path: Path) -> None:
        from qualcode.gui.first_page.recent_row import RecentRow  # who begins has none

        row = RecentRow(path)
        row.clicked.connect(lambda: self.recent_picked.emit(str(path)))
        let_wait(self._has_to_wait, row)
        self._recent_rows.append(row)
        self._recent_column.addWidget(row)

    def show_appearance(self, appearance: str) -> None:
        """Marks the appearance in force."""
        self._appearance.choose(appearance)

    def show_language(self, language: str) -> None:
        """Marks the language in force."""
        self._language.choose(language)

    def focus_language(self) -> None:
        """Puts the keyboard on the language in force."""
        for each in self._language.findChildren(QPushButton):
            if each.isChecked():
                each.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_begun(self, is_begun: bool) -> None:
        """Says whether a new study waits to be gone on with."""
        title = _("Go on with the new study") if is_begun else _("Start a new study")
        second = _("It was put aside; all that was decided is kept") if is_begun else self._new_study_about
        self._new_study.say(title, second)

    def press(self, number: int) -> None:
        """Takes the way in of that number, from 1."""
        if 1 <= number <= len(self._cards):
            self._cards[number - 1].click()

    def _lay_out(self, *, has_sample: bool) -> None:
        left = self._ways_in(has_sample=has_sample)
        right = self._right_side()
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addLayout(left, _LEFT_WIDTH)
        columns.addSpacing(24)
        columns.addStretch(_GAP - 24)
        columns.addLayout(right, _RIGHT_WIDTH)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(Glyph("keyboard", 16))
        foot.addWidget(label(_("All shortcuts"), fonts.SMALL, rank=2))
        foot.addWidget(KeyCap("F1"))
        foot.addStretch(1)
        foot.addWidget(label(_("Version {version}").format(version=__version__), fonts.SMALL, rank=2))
        scroll = QScrollArea(self)  # large letters in a small window
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column_of(self).addWidget(scroll)
        page = QWidget(scroll)
        page.setObjectName("onWindow")
        scroll.setWidget(page)
        outer = QHBoxLayout(page)
        outer.setContentsMargins(16, 0, 16, 0)
        inside = QWidget(page)
        outer.addWidget(inside)
        inside.setMaximumWidth(fonts.px(_LEFT_WIDTH + _GAP + _RIGHT_WIDTH) + 2 * _SHADOW)
        column = QVBoxLayout(inside)
        column.setContentsMargins(_SHADOW, 24, _SHADOW, 24)
        column.addStretch(3)
        column.addLayout(columns)
        column.addStretch(4)
        column.addLayout(foot)

    def _ways_in(self, *, has_sample: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Emblem())
        column.addSpacing(12)
        name = label("Qualcode")
        name.setFont(fonts.font(fonts.PRODUCT, fonts.SEMIBOLD, family=fonts.DISPLAY_FAMILY))
        column.addWidget(name)
        about = _(
            "Read transcripts and survey answers against your template, and see which group speaks of which theme."
        )
        text = label(about, fonts.TITLE, rank=2, wrap=True)
        text.setMaximumWidth(fonts.px(440))
        column.addWidget(text)
        column.addSpacing(16)
        new = self._new_study_about = _("Bring in transcripts, a survey or both, step by step")
        ways = [
            ("file-plus", _("Start a new study"), new, self.new_study_wanted),
            ("folder-open", _("Open a project"), _("A file that ends in .qualcode"), self.project_wanted),
        ]
        if has_sample:
            sample = _("Four invented transcripts, a survey, a finished template")
            ways.insert(0, ("book-open", _("Open the sample study"), sample, self.sample_wanted))
        for number, (icon_name, title, second, signal) in enumerate(ways, start=1):
            card = ChoiceCard(icon_name, title, second, str(number), is_main=number == 1)
            card.clicked.connect(signal)
            self._cards.append(card)
            column.addWidget(card)
            if signal is self.new_study_wanted:
                self._new_study = card
        self._study = button(_("Open a study file"), kind="link")
        self._study.clicked.connect(self.study_wanted)
        line = QHBoxLayout()
        line.addWidget(self._study)
        names = _("A .yaml file that names transcripts, survey and codebook")
        line.addWidget(label(names, fonts.SMALL, rank=3, wrap=True), 1)
        column.addLayout(line)
        column.addSpacing(4)
        self._drop = DropHint()
        column.addWidget(self._drop)
        column.addSpacing(16)
        promise = QHBoxLayout()
        promise.setSpacing(8)
        promise.addWidget(Glyph("lock", 14))
        stays = _("Everything stays on this machine. No account, no network.")
        promise.addWidget(label(stays, fonts.SMALL, rank=2, wrap=True), 1)
        column.addLayout(promise)
        column.addStretch(1)
        return column

    def _right_side(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(24)
        add_shadow(self._recent_card)
        inside = QVBoxLayout(self._recent_card)
        inside.setContentsMargins(11, 12, 11, 12)
        inside.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 0, 4)
        head.addWidget(label(_("Recent projects"), weight=fonts.SEMIBOLD))
        head.addStretch(1)
        head.addWidget(self._clear)
        inside.addLayout(head)
        self._recent_column.setSpacing(2)
        inside.addLayout(self._recent_column)
        column.addStretch(1)
        column.addWidget(self._recent_card)
        column.addWidget(self._choices())
        column.addStretch(1)
        return column

    def _choices(self) -> QFrame:
        card = _card()
        column = QVBoxLayout(card)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(18)
        first = QHBoxLayout()
        words = [label(text, weight=fonts.MEDIUM) for text in (_("Your name as coder"), _("Language"), _("Appearance"))]
        widest = max(fonts.px(_NAMES), *(each.sizeHint().width() + 12 for each in words))
        for each in words:
            each.setFixedWidth(widest)
        first.addWidget(words[0])
        self._coder.setAccessibleName(_("Your name as coder"))
        self._coder.setPlaceholderText(_("As the system calls you"))
        first.addWidget(self._coder, 1)
        first.addSpacing(8)
        first.addWidget(self._badge)
        column.addLayout(first)
        for name, choices in zip(words[1:], (self._language, self._appearance), strict=True):
            row = QHBoxLayout()
            row.addWidget(name)
            row.addWidget(choices)
            row.addStretch(1)
            column.addLayout(row)
        return card

    def show_coder(self) -> None:
        """Shows the name that was given elsewhere."""
        self._coder.setText(self._settings.get(CODER))

    def _on_coder_changed(self, name: str) -> None:
        self._settings.set(CODER, name.strip())
        self._badge.show_name(name.strip())
        self._badge.setVisible(bool(name.strip()))

    def _on_clear(self) -> None:
        self._settings.forget_projects()
        self.show_recent()


def _card() -> QFrame:
    made = QFrame()
    made.setObjectName("card")
    return made
