"""The versions of a text: when each was made, by whom, what was replaced, and which quotations were lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.definition import MarkWidget
from qualcode.gui.memos.wording import when
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK
from qualcode.gui.widgets.controls import button, label, rule
from qualcode.gui.widgets.sheet import Sheet
from qualcode.i18n import _, in_quotes, ngettext
from qualcode.model.words import shortened

if TYPE_CHECKING:
    from qualcode.project.text_versions import TextVersion
    from qualcode.store.text_versions import LostSegment

_WIDTH = 560
_SHOWN = 8  # replacements of one version that are listed
_LONGEST = 90  # letters of a passage
_TEXT_HEIGHT = 420


class VersionsSheet(Sheet):
    """Lists the versions of a document's text, the latest first; each can be read.

    Args:
        bridge: the open project.
        document_id: whose text.
        title: what the document is called.
        parent: what the sheet belongs to.
    """

    def __init__(self, bridge: ProjectBridge, document_id: int, title: str, parent: QWidget) -> None:
        super().__init__(_("Versions of “{title}”").format(title=shortened(title, _LONGEST)), parent)
        self._bridge = bridge
        self._document_id = document_id
        documents = bridge.project.documents
        self._versions = documents.versions(document_id)
        self._lost = documents.lost(document_id)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("onCard")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.accessibleName())
        self._scroll.setWidget(self._list())
        self._scroll.setFixedWidth(fonts.px(_WIDTH))
        self._column.addWidget(self._scroll)
        self._text = QPlainTextEdit()
        self._text.setObjectName("readOnly")
        self._text.setReadOnly(True)
        self._text.setFont(fonts.font(fonts.CONTROL))
        self._text.setFixedSize(fonts.px(_WIDTH), fonts.px(_TEXT_HEIGHT))
        self._back = button(_("Back to the versions"), kind="link")
        self._back.clicked.connect(self._show_list)
        for shown in (self._back, self._text):
            shown.hide()
            self._column.addWidget(shown, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def text(self) -> QPlainTextEdit:
        """Where an earlier version is read."""
        return self._text

    def read(self, number: int) -> None:
        """Shows the text of a version."""
        self._text.setPlainText(self._bridge.project.documents.spoken_text(self._document_id, number))
        self._text.setAccessibleName(_("Version {number}").format(number=number))
        self._swap(is_text=True)
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        self._swap(is_text=False)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _swap(self, *, is_text: bool) -> None:
        assert self._scroll is not None
        middle = self.geometry().center()
        self._scroll.setVisible(not is_text)
        self._back.setVisible(is_text)
        self._text.setVisible(is_text)
        self.adjustSize()
        self.move(middle - self.rect().center())

    def _list(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(4)
        latest = len(self._versions)
        for version in reversed(self._versions):
            if version.number < latest:
                column.addSpacing(8)
                column.addWidget(rule())
                column.addSpacing(8)
            self._add_version(column, version, is_latest=version.number == latest)
        column.addStretch(1)
        return inside

    def _add_version(self, column: QVBoxLayout, version: TextVersion, *, is_latest: bool) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        name = _("Version {number}").format(number=version.number)
        head.addWidget(label(name, weight=fonts.SEMIBOLD))
        head.addWidget(label(_("the text now") if is_latest else "", fonts.SMALL, rank=2))
        head.addStretch(1)
        read = button(_("Read"), kind="link", name=_("Read version {number}").format(number=version.number))
        read.clicked.connect(lambda: self.read(version.number))
        head.addWidget(read)
        column.addLayout(head)
        column.addWidget(label(_origin(version), fonts.SMALL, rank=2, wrap=True))
        if version.reason:
            column.addWidget(label(version.reason, fonts.SMALL, wrap=True))
        for was, became in version.replacements[:_SHOWN]:
            column.addWidget(label(_replacement(was, became), fonts.SMALL, wrap=True))
        n_more = len(version.replacements) - _SHOWN
        if n_more > 0:
            more = ngettext("and {n} more place", "and {n} more places", n_more).format(n=n_more)
            column.addWidget(label(more, fonts.SMALL, rank=3))
        self._add_lost(column, self._lost_in(version))

    def _lost_in(self, version: TextVersion) -> Sequence[LostSegment]:
        """The quotations that were lost when a version was made: those of the versions' rows in their order."""
        before = sum(each.n_lost for each in self._versions if each.number < version.number)
        lost = self._lost[before : before + version.n_lost]
        own = self._bridge.project.coder_name
        return [each for each in lost if each.coder == own] if self._bridge.is_blind else lost

    def _add_lost(self, column: QVBoxLayout, lost: Sequence[LostSegment]) -> None:
        if not lost:
            return
        text = ngettext("{n} quotation lost with its words:", "{n} quotations lost with their words:", len(lost))
        column.addWidget(label(text.format(n=len(lost)), fonts.SMALL, fonts.MEDIUM))
        for each in lost:
            row = QHBoxLayout()
            row.setSpacing(8)
            mark = MarkWidget(self)
            mark.show_look(self._bridge.looks.get(each.code_id, NO_LOOK))
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            name = self._bridge.names.get(each.code_id, "")
            words = _("{code}: “{words}” ({coder})").format(
                code=name, words=shortened(each.words, _LONGEST), coder=each.coder
            )
            row.addWidget(label(words, fonts.SMALL, wrap=True), 1)
            column.addLayout(row)


def _origin(version: TextVersion) -> str:
    """When and how a version came about."""
    parts = []
    if version.made_at:
        parts.append(when(version.made_at))
    if version.coder:
        parts.append(version.coder)
    if version.is_from_file:
        parts.append(_("read from {file}").format(file=version.file))
    else:
        parts.append(_("corrected here"))
    return "  ·  ".join(parts)


def _replacement(was: str, became: str) -> str:
    if not was:
        return _("put in: “{words}”").format(words=shortened(became, _LONGEST))
    if not became:
        return _("taken out: “{words}”").format(words=shortened(was, _LONGEST))
    return f"{in_quotes(shortened(was, _LONGEST))} → {in_quotes(shortened(became, _LONGEST))}"
