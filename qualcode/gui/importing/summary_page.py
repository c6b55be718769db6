"""The last step: what will be made, group by group, and what is still open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from qualcode.gui.importing.file_card import Note
from qualcode.gui.importing.page import ImportPage
from qualcode.gui.importing.rows import Cell, Column, RowsModel, RowTable
from qualcode.gui.importing.two_parts import TwoParts
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, group_looks
from qualcode.gui.widgets.controls import button, label
from qualcode.i18n import _, grouped, ngettext
from qualcode.importing.columns import Role
from qualcode.model.case import NO_GROUP
from qualcode.project.draft_groups import NOT_RESPONDENTS
from qualcode.project.draft_points import Step
from qualcode.project.study_draft import CodebookFrom, StudyDraft

_POINTS_SHOWN = 7
_GROUPS_WIDTH = 440
_LEAST, _LEAST_HEIGHT = 380, 220


class SummaryPage(ImportPage):
    """Says in numbers what comes of the study.

    Signals:
        step_wanted: where something is open.
    """

    step_wanted = Signal(str)

    def __init__(self, draft: StudyDraft, title: str, about: str) -> None:
        super().__init__(Step.SUMMARY, draft, title, about)
        self.asked: tuple[Step, ...] = tuple(Step)
        self._facts = QVBoxLayout()
        self._points = QVBoxLayout()
        self._points.setSpacing(8)
        self._model = RowsModel(
            [
                Column(_("Group"), 1, 180),
                Column(_("Speakers"), 0, 80, is_number=True),
                Column(_("Survey rows"), 0, 166, is_number=True),
            ],
            self,
        )
        self.table = RowTable(_("Respondents by group"), self._model, many=False)
        said = QWidget()
        left = QVBoxLayout(said)
        left.setContentsMargins(0, 0, 0, 0)
        left.addLayout(self._facts)
        left.addSpacing(16)
        left.addLayout(self._points)
        left.addStretch(1)
        groups = QWidget()
        right = QVBoxLayout(groups)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        right.addWidget(label(_("Respondents by group"), weight=fonts.SEMIBOLD))
        right.addWidget(self.table, 1)
        self.table.setMinimumHeight(fonts.px(_LEAST_HEIGHT))
        self.column.addWidget(TwoParts(said, groups, width=_GROUPS_WIDTH, least=_LEAST, gap=40), 1)

    def show_draft(self) -> None:
        """Shows the numbers as they are now."""
        self._show_facts()
        self._show_groups()
        self._show_points()

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_facts(self) -> None:
        host = QWidget()
        grid = QGridLayout(host)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for row, (name, said) in enumerate(self._said()):
            grid.addWidget(label(name, rank=2), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(said, weight=fonts.MEDIUM, wrap=True), row, 1)
        _empty(self._facts)
        self._facts.addWidget(host)

    def _said(self) -> list[tuple[str, str]]:
        draft = self.draft
        said = []
        if draft.title:
            said.append((_("Title"), draft.title))
        if draft.study_path is not None and draft.project_path is not None:
            said.append((_("Study file"), str(draft.study_path)))
            said.append((_("Project"), str(draft.project_path)))
        n_words = sum(speaker.n_words for file in draft.transcripts for speaker in file.speakers)
        n = len(draft.transcripts)
        if n:
            words = ngettext("{n} word", "{n} words", n_words).format(n=grouped(n_words))
            transcripts = ngettext("{n} transcript", "{n} transcripts", n).format(n=n)
            said.append((_("Transcripts"), f"{transcripts}, {words}"))
        for file in draft.surveys:
            table = file.found.chosen
            n_rows = len(table.rows) if table is not None else 0
            rows = ngettext("{n} row", "{n} rows", n_rows).format(n=grouped(n_rows))
            n_open = len(file.columns_with(Role.OPEN))
            n_closed = len(file.columns_with(Role.SCALE, Role.CATEGORY, Role.MULTIPLE))
            asked = ngettext("{n} open question", "{n} open questions", n_open).format(n=n_open)
            closed = ngettext("{n} closed", "{n} closed", n_closed).format(n=n_closed)
            said.append((_("Survey"), f"{file.path.name}: {rows}, {asked}, {closed}"))
        if draft.codebook_from is CodebookFrom.EMPTY:
            said.append((_("Codebook"), _("an empty one")))
        elif draft.codebook is not None:
            said.append((_("Codebook"), draft.codebook.name))
        return said

    def _show_groups(self) -> None:
        counts: dict[str, list[int]] = {}
        for row in self.draft.group_rows():
            found = counts.setdefault(row.name, [0, 0])
            found[0] += row.n_speakers
            found[1] += row.n_rows
        without = sum(
            bool(speaker.label) and not self.draft.roles.get((file.path, speaker.key))
            for file in self.draft.transcripts
            for speaker in file.speakers
        )
        in_surveys = sum(
            (len(file.found.chosen.rows) if file.found.chosen is not None else 0) - file.group_values().total()
            for file in self.draft.surveys
        )
        if without or in_surveys:
            counts[NO_GROUP] = [without, in_surveys]
        looks = group_looks(self.draft.groups())
        rows = [
            (
                Cell(_("no group") if name == NO_GROUP else name, look=looks.get(name, UNKNOWN_GROUP)),
                Cell(str(n_speakers), is_number=True, rank=2),
                Cell(str(n_rows), is_number=True, rank=2),
            )
            for name, (n_speakers, n_rows) in counts.items()
        ]
        roles = [
            self.draft.roles.get((file.path, speaker.key), "")
            for file in self.draft.transcripts
            for speaker in file.speakers
        ]
        n_moderators = sum(role in NOT_RESPONDENTS for role in roles)
        if n_moderators:
            said = Cell(_("moderators, several"), rank=3, is_moderator=True)
            rows.append((said, Cell(str(n_moderators), is_number=True, rank=3), Cell("", is_number=True)))
        self._model.show_rows(rows)

    def _show_points(self) -> None:
        _empty(self._points)
        points = self.draft.open_points(self.asked)
        for point in points[:_POINTS_SHOWN]:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            icon_name, token = ("triangle-alert", "warn") if point.stops else ("info", "ink3")
            row.addWidget(Note(icon_name, token, point.what, point.hint), 1)
            go_there = _("Go there")
            go = button(go_there, kind="link", name=f"{go_there}: {point.what}")
            go.clicked.connect(lambda _checked=False, step=point.step: self.step_wanted.emit(step.value))
            row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
            self._points.addWidget(line)
        more = len(points) - _POINTS_SHOWN
        if more > 0:
            self._points.addWidget(Note("info", "ink3", ngettext("{n} more.", "{n} more.", more).format(n=more), ""))


def _empty(layout: QVBoxLayout) -> None:
    while layout.count():
        taken = layout.takeAt(0)
        widget = taken.widget() if taken is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
