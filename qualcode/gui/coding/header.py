"""The line above the text: what is read, which part of it, whose quotations, its versions, its suggestions."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.coders_button import CodersButton
from qualcode.gui.coding.shown_text import ShownText
from qualcode.gui.coding.versions_button import VersionsButton
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import ElidedLabel, button, icon_button, label
from qualcode.i18n import _, ngettext
from qualcode.model.document import DocumentKind

_HEIGHT = 44
_BETWEEN = "  ·  "


class CodingHeader(QWidget):
    """Names what is shown and offers what concerns all of it.

    Args:
        bridge: the open project.
        shown: what is shown below.
        versions: the button for versions of the text.

    Signals:
        part_wanted: a document among the answers before or after those that are shown.
        memo_wanted: a memo on the document is to be written.
        suggestion_wanted: the next suggestion is to be shown.
    """

    part_wanted = Signal(int)
    memo_wanted = Signal()
    suggestion_wanted = Signal()

    def __init__(self, bridge: ProjectBridge, shown: ShownText, versions: VersionsButton) -> None:
        super().__init__()
        self._shown = shown
        self.setObjectName("paneHeader")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(fonts.px(_HEIGHT))
        self._title = ElidedLabel(fonts.TITLE, fonts.SEMIBOLD)
        self._subtitle = _Facts(fonts.SMALL, rank=2)
        self._part = self._make_part()
        self.coders = CodersButton(bridge)
        self._memo_button = icon_button("message-square-plus", _("Memo on the document"))
        self._memo_button.setObjectName("documentMemo")
        self._memo_button.clicked.connect(lambda: self.memo_wanted.emit())
        self._suggestions = self._suggestions_button()
        self._coded = ""
        self._lay_out(versions)
        bridge.counted.connect(self._say_subtitle)

    def show_reading(self) -> None:
        """Names the reading that is shown now; of very many answers which ones."""
        whole, part = self._shown.whole, self._shown.part
        self._title.setText(whole.title if whole is not None else "")
        self._say_subtitle()
        if whole is None or part is None or len(part.documents) == len(whole.documents):
            self._part.hide()
            return
        first = whole.document_ids.index(part.document_ids[0])
        last = first + len(part.documents)
        text = _("{first} to {last} of {n}").format(first=first + 1, last=last, n=len(whole.documents))
        self._part_text.setText(text)
        self._part_before.setEnabled(first > 0)
        self._part_after.setEnabled(last < len(whole.documents))
        self._part.show()

    def show_coded(self, n_coded: int, n_all: int) -> None:
        """How many of the turns of respondents have a code; of answers the survey tells it, for not all count there."""
        is_survey = self._shown.part is not None and self._shown.part.kind is DocumentKind.ANSWER
        text = ngettext("{coded} of {n} turn coded", "{coded} of {n} turns coded", n_all)
        self._coded = text.format(coded=n_coded, n=n_all) if n_all and not is_survey else ""
        self._say_subtitle()

    def _say_subtitle(self) -> None:
        parts = (self._shown.subtitle, self._coded) if self._shown.whole is not None else ()
        self._subtitle.show_facts([part for part in parts if part])

    def show_waiting(self) -> None:
        """How many suggestions wait in this text."""
        n = self._shown.n_waiting
        text = ngettext("{n} suggestion", "{n} suggestions", n).format(n=n)
        self._suggestions.setText(f"\u2002{text}")
        self._suggestions.setAccessibleName(text)
        self._suggestions.setVisible(n > 0)

    @property
    def memo_place(self) -> QRect:
        """Where the button for memos stands, in global coordinates."""
        return QRect(self._memo_button.mapToGlobal(QPoint(0, 0)), self._memo_button.size())

    def _turn_part(self, *, back: bool) -> None:
        whole, part = self._shown.whole, self._shown.part
        if whole is None or part is None:
            return
        first = whole.document_ids.index(part.document_ids[0])
        at = first - 1 if back else first + len(part.documents)
        if 0 <= at < len(whole.documents):
            self.part_wanted.emit(whole.document_ids[at])

    def _make_part(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._part_before = icon_button("chevron-up", _("Answers before"))
        self._part_before.clicked.connect(lambda: self._turn_part(back=True))
        self._part_after = icon_button("chevron-down", _("Answers after"))
        self._part_after.clicked.connect(lambda: self._turn_part(back=False))
        self._part_text = label(size=fonts.SMALL, rank=2)
        for shown in (self._part_text, self._part_before, self._part_after):
            row.addWidget(shown)
        made.hide()
        return made

    def _suggestions_button(self) -> QPushButton:
        made = button("", kind="suggested", icon_name="sparkles", name=_("Next suggestion"))
        made.setToolTip(_("Next suggestion (N)"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(lambda: self.suggestion_wanted.emit())
        made.hide()
        return made

    def _lay_out(self, versions: VersionsButton) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 16, 0)
        row.setSpacing(12)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._subtitle.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._subtitle.setMinimumWidth(40)
        row.addWidget(self._title, 10)
        row.addWidget(self._subtitle, 1)
        for part in (self._part, versions, self.coders, self._memo_button, self._suggestions):
            row.addWidget(part)


class _Facts(ElidedLabel):
    """What there is to know of a text, the first of it left out where there is no room for all."""

    def __init__(self, size: int, *, rank: int) -> None:
        super().__init__(size, rank=rank)
        self._facts: list[str] = []

    def show_facts(self, facts: list[str]) -> None:
        """Shows the last ones that fit, and all in the tool tip."""
        self._facts = facts
        width = QFontMetricsF(self.font()).horizontalAdvance
        texts = [_BETWEEN.join(facts[first:]) for first in range(len(facts))] or [""]
        self.setText(next((each for each in texts if width(each) <= self.width()), texts[-1]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is more room, or less."""
        super().resizeEvent(event)
        self.show_facts(self._facts)
