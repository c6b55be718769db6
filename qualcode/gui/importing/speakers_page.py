"""The step in which each speaker gets a group, or is named a moderator."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qualcode.gui.importing.name_bar import Name, NameBar
from qualcode.gui.importing.page import ImportPage
from qualcode.gui.importing.rows import Cell, Column, RowsModel, RowTable
from qualcode.gui.importing.two_parts import ScrolledPart
from qualcode.gui.resources import fonts
from qualcode.gui.resources.group_marks import UNKNOWN_GROUP, GroupLook, group_looks
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import Segmented, button, label
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.flow_row import FlowRow
from qualcode.i18n import _, grouped, ngettext
from qualcode.model.document import SpeakerRole
from qualcode.project.draft_points import Step
from qualcode.project.study_draft import SpeakerRow, StudyDraft

_MODERATOR, _SEVERAL = SpeakerRole.MODERATOR.value, SpeakerRole.SEVERAL.value
_NOBODY = "(nobody)"
_SAME = "same"
_LEAST_HEIGHT = 110  # of the table: its head and two rows


class SpeakersPage(ImportPage):
    """A table of labels; what is selected gets a role in the bar below."""

    def __init__(self, draft: StudyDraft) -> None:
        super().__init__(
            Step.SPEAKERS,
            draft,
            _("Who speaks?"),
            _(
                "Give each label its respondent group. Labels that begin alike stand together and can be named at "
                "once. Moderators count nowhere; several people at once count as speech, not as a respondent."
            ),
        )
        self._rows: list[SpeakerRow] = []
        self._names: dict[str, str] = {}
        self._file = ChoiceButton(_("Transcript"), widest=360)
        self._file.chosen.connect(lambda _key: self._show(keep=False))
        self._model = RowsModel(
            [
                Column(_("Label"), 4, 170),
                Column(_("Turns"), 0, 88, is_number=True, gives_way=2),
                Column(_("Words"), 0, 72, is_number=True, gives_way=1),
                Column(_("First words"), 8, 150, gives_way=3),
                Column(_("Counts as"), 4, 170),
            ],
            self,
        )
        self.table = RowTable(_("Speakers"), self._model)
        self._asks_for_name = False
        self.bar = NameBar(_("Type a group, then Enter"))
        self.one_person = button(_("One person"))
        self.one_person.setToolTip(_("The selected labels are spellings of one speaker"))
        self.renamed = button(_("Other name"))
        self.renamed.setToolTip(_("Mend a label; the file stays as it is"))
        self.apart = button(_("As in the file"))
        self.apart.setToolTip(_("Each label is a person of its own again"))
        for made in (self.renamed, self.one_person, self.apart):
            self.bar.add_action(made)
        self._same_label = label(_("A label in two sessions is"), rank=2)
        self.same_people = Segmented(
            _("A label in two sessions is"), (("", _("two people")), (_SAME, _("one person"))), ""
        )
        head = QWidget()
        self._head = FlowRow(head)
        self._head.set_widgets([self._file, self._same_label, self.same_people], right=1)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addSpacing(8)
        self._empty = Empty("users", _("No transcript among the files"), _("Add one in the step Files, or go on."))
        self.table.setMinimumHeight(fonts.px(_LEAST_HEIGHT))
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addSpacing(12)
        column.addWidget(self.bar)
        scrolled = ScrolledPart(body)
        self.column.addWidget(scrolled, 1)
        self.table.picked.connect(self._say)
        self.table.typed.connect(self.bar.begin)
        self.table.typed.connect(lambda _letter: scrolled.ensureWidgetVisible(self.bar.field))
        self.table.delete_pressed.connect(lambda: self._on_named(_NOBODY))
        self.bar.named.connect(self._on_named)
        self.bar.left.connect(self.focus_first)
        self.one_person.clicked.connect(self._on_one_person)
        self.apart.clicked.connect(self._on_apart)
        self.renamed.clicked.connect(self._on_other_name)
        self.bar.left.connect(self._ask_for_group)
        self.same_people.picked.connect(self._on_same_people)

    def focus_first(self) -> None:
        """The table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self) -> None:
        """Shows the speakers of the transcripts as they are now."""
        paths = [file.path for file in self.draft.transcripts]
        choices = [Choice("", _("All transcripts")), *(Choice(str(path), path.name) for path in paths)]
        chosen = self._file.key if self._file.key in {each.key for each in choices} else ""
        self._file.offer(choices, chosen)
        self._file.setVisible(len(paths) > 1)
        self._same_label.setVisible(len(paths) > 1)
        self.same_people.setVisible(len(paths) > 1)
        self._head.arrange()
        self.same_people.choose(_SAME if self.draft.same_people else "")
        for shown in (self.table, self.bar):
            shown.setVisible(bool(paths))
        self._empty.setVisible(not paths)
        self.draft.propose()
        self._show(keep=True)

    def _show(self, *, keep: bool) -> None:
        picked = self.table.picked_rows if keep else []
        by_file = Path(self._file.key) if self._file.key else None
        self._rows = self.draft.speaker_rows(by_file=by_file)
        rows = self.draft.group_rows()
        self._names = {each: row.name for row in rows for each in (row.spelling, *row.others)}
        offered = self.draft.groups()
        looks = group_looks(offered)
        n_shown = len(self.draft.transcripts) if by_file is None else 1
        self._model.show_rows([self._cells(row, looks, n_shown) for row in self._rows])
        if picked:
            self.table.pick([each for each in picked if each < len(self._rows)])
        self.bar.offer(
            [
                *(Name(group, group, looks.get(group)) for group in offered),
                Name(_MODERATOR, _("Moderator"), is_moderator=True),
                Name(_SEVERAL, _("Several at once")),
                Name(_NOBODY, _("No group")),
            ]
        )
        self._say()

    def _cells(self, row: SpeakerRow, looks: dict[str, GroupLook], n_files: int) -> tuple[Cell, ...]:
        shown = row.label or _("(no speaker named)")
        second = ""
        if row.is_pattern:
            n = len({key for _path, key in row.keys})
            second = ngettext("{n} label", "{n} labels", n).format(n=n)
        elif n_files > 1 and row.n_files > 1:
            second = ngettext("in {n} file", "in {n} files", row.n_files).format(n=row.n_files)
        if row.spellings:
            second = _("also {labels}").format(labels=", ".join(row.spellings))
        return (
            Cell(shown, second, is_strong=row.depth == 0, depth=row.depth),
            Cell(grouped(row.n_turns), is_number=True, rank=2),
            Cell(grouped(row.n_words), is_number=True, rank=2),
            Cell(row.first_words, rank=2),
            self._role_cell(row, looks),
        )

    def _role_cell(self, row: SpeakerRow, looks: dict[str, GroupLook]) -> Cell:
        proposed = _("proposed") if row.is_proposed else ""
        if row.role is None:
            return Cell(_("different groups"), rank=3)
        if row.role == _MODERATOR:
            return Cell(_("Moderator"), proposed, is_moderator=True)
        if row.role == _SEVERAL:
            return Cell(_("Several at once"), proposed, icon_name="users")
        if not row.role:
            return Cell(_("no group yet"), rank=3, look=UNKNOWN_GROUP)
        name = self._names.get(row.role, row.role)
        return Cell(name, proposed, look=looks.get(name, UNKNOWN_GROUP))

    def _say(self) -> None:
        n = len(self._picked_keys())
        self.bar.say(
            ngettext("{n} speaker selected", "{n} speakers selected", n).format(n=n) if n else _("Nobody selected"),
            is_enabled=n > 0,
        )
        rows = [row for row in self._picked() if row.label and not row.is_pattern]
        self._ask_for_group()
        self.one_person.setEnabled(len(rows) > 1)
        self.renamed.setEnabled(len(rows) == 1)
        self.apart.setVisible(any(row.spellings for row in self._rows))
        self.apart.setEnabled(any(row.spellings for row in rows))

    def _picked(self) -> list[SpeakerRow]:
        return [self._rows[row] for row in self.table.picked_rows if row < len(self._rows)]

    def _picked_keys(self) -> list[tuple[Path, str]]:
        return list(dict.fromkeys(key for row in self._picked() for key in row.keys))

    def _on_named(self, name: str) -> None:
        keys = self._picked_keys()
        if not keys:
            return
        if self._asks_for_name:
            self.draft.rename(keys, name)
            self._after_naming(set(keys))
            return
        self.draft.assign(keys, "" if name == _NOBODY else name)
        self._show(keep=True)
        self.focus_first()
        self.changed.emit()

    def _on_other_name(self) -> None:
        rows = self._picked()
        if len(rows) == 1:
            self._asks_for_name = True
            self.bar.ask(_("Type the name, then Enter"), rows[0].label, offers=False)
            self.bar.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self.bar.field.selectAll()

    def _ask_for_group(self) -> None:
        """The field is for a group again."""
        if self._asks_for_name:
            self._asks_for_name = False
            self.bar.ask(_("Type a group, then Enter"))

    def _on_one_person(self) -> None:
        rows = [row for row in self._picked() if row.label and not row.is_pattern]
        self.draft.merge([key for row in rows for key in row.keys])
        self._after_naming({key for row in rows for key in row.keys})

    def _on_apart(self) -> None:
        keys = self._picked_keys()
        self.draft.part(keys)
        self._after_naming(set(keys))

    def _after_naming(self, keys: set[tuple[Path, str]]) -> None:
        """Shows the speakers anew, with those of the keys selected."""
        self._show(keep=False)
        self.table.pick(
            [number for number, row in enumerate(self._rows) if not row.is_pattern and keys.intersection(row.keys)]
        )
        self.focus_first()
        self.changed.emit()

    def _on_same_people(self, chosen: str) -> None:
        self.draft.same_people = chosen == _SAME
        self.changed.emit()
