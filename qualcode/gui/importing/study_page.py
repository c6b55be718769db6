"""The first step of a new study: its title, and where its files go."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from qualcode.gui.importing.page import ImportPage
from qualcode.gui.importing.two_parts import ScrolledPart
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import Segmented, button, label
from qualcode.i18n import _
from qualcode.project.draft_points import Step
from qualcode.project.study_draft import StudyDraft, name_of_file

_WIDEST = 640
PROJECT_ENDING = ".qualcode"
STUDY_ENDING = ".yaml"


class StudyPage(ImportPage):
    """Title, folder, names of the two files, language of the results."""

    def __init__(self, draft: StudyDraft, folder: Path) -> None:
        super().__init__(
            Step.STUDY,
            draft,
            _("What is the study called, and where is the project kept?"),
            _(
                "The study file says what the study consists of, so that it can be run again; the project is where you "
                "work. Your own files stay where they are."
            ),
        )
        self._folder = folder
        self._follows_title = True
        self._title = QLineEdit(draft.title)
        self._title.setPlaceholderText(_("For instance: Evaluation of the pilot, spring 2026"))
        self._study, self._project = QLineEdit(), QLineEdit()
        self._replace = QCheckBox(_("Replace what stands there"))
        self._told = label(size=fonts.SMALL, rank=2, wrap=True)
        self._language = Segmented(
            _("Language of the results"),
            (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")),
            draft.language,
        )
        body = QWidget()
        body.setMaximumWidth(fonts.px(_WIDEST))
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(18)
        self._add(column, _("Title"), self._title)
        choose_study = button(_("Choose…"), name=_("Choose the place of the study file"))
        choose_study.clicked.connect(self._on_choose_study)
        self._add(column, _("Study file"), self._study, choose_study)
        choose_project = button(_("Choose…"), name=_("Choose the place of the project"))
        choose_project.clicked.connect(self._on_choose_project)
        self._add(column, _("Project"), self._project, choose_project)
        column.addWidget(self._told)
        column.addWidget(self._replace)
        self._add(column, _("Language of the results"), self._language, hint=_("Of headings and theme names."))
        column.addStretch(1)
        self.column.addWidget(ScrolledPart(body), 1)
        self._title.textChanged.connect(self._on_title)
        for field in (self._study, self._project):
            field.textEdited.connect(self._on_path_edited)
        self._replace.toggled.connect(self._on_replace)
        self._language.picked.connect(self._on_language)
        if draft.study_path is None or draft.project_path is None:
            self._suggest_places()
        else:
            self._follows_title = False
            self._study.setText(str(draft.study_path))
            self._project.setText(str(draft.project_path))

    def focus_first(self) -> None:
        """The title."""
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self) -> None:
        """Shows what stands in the places now."""
        self._tell()

    def suggest_folder(self, folder: Path) -> None:
        """Places the files there, unless the user chose a place."""
        if self._follows_title:
            self._folder = folder
            self._suggest_places()

    def _add(self, column: QVBoxLayout, name: str, *widgets: QWidget, hint: str = "") -> None:
        inside = QVBoxLayout()
        inside.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(name, weight=fonts.MEDIUM))
        if hint:
            head.addSpacing(8)
            head.addWidget(label(hint, fonts.SMALL, rank=3))
        head.addStretch(1)
        inside.addLayout(head)
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in widgets:
            row.addWidget(each, 1 if isinstance(each, QLineEdit) else 0)
            if isinstance(each, QLineEdit):
                each.setAccessibleName(name)
                each.setFixedHeight(fonts.px(32))
        if not isinstance(widgets[0], QLineEdit):
            row.addStretch(1)
        inside.addLayout(row)
        column.addLayout(inside)

    def _suggest_places(self) -> None:
        self.draft.is_written = False
        name = name_of_file(self.draft.title)
        self._study.setText(str(self._folder / f"{name}{STUDY_ENDING}"))
        self._project.setText(str(self._folder / f"{name}{PROJECT_ENDING}"))
        self._take_places()

    def _take_places(self) -> None:
        self.draft.study_path = _path(self._study.text(), STUDY_ENDING)
        self.draft.project_path = _path(self._project.text(), PROJECT_ENDING)
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Says which files would be replaced."""
        draft = self.draft
        places = [None if draft.is_written else draft.study_path, draft.project_path]
        there = [each.name for each in places if each is not None and each.exists()]
        self._replace.setVisible(bool(there))
        self._told.setVisible(bool(there))
        if there:
            sentence = _("Already there: {names}. Nothing is replaced unless you say so.")
            self._told.setText(sentence.format(names=", ".join(there)))

    def _on_title(self, title: str) -> None:
        self.draft.title = title
        if self._follows_title:
            self._suggest_places()
        self.changed.emit()

    def _on_path_edited(self) -> None:
        self._follows_title = False
        self.draft.may_replace = self.draft.is_written = False
        self._replace.setChecked(False)
        self._take_places()

    def _on_replace(self, is_wanted: bool) -> None:
        self.draft.may_replace = is_wanted
        self.changed.emit()

    def _on_language(self, language: str) -> None:
        self.draft.language = language
        self.changed.emit()

    def _on_choose_study(self) -> None:
        kinds = _("Study file (*.yaml *.yml)")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, _("Where shall the study file be?"), self._study.text(), kinds, options=_ASKS_NOTHING
        )
        if chosen:
            path = _path(chosen, STUDY_ENDING)
            self._study.setText(str(path))
            if self._follows_title and path is not None:
                self._project.setText(str(path.with_suffix(PROJECT_ENDING)))
            self._on_path_edited()

    def _on_choose_project(self) -> None:
        title = _("Where shall the project be?")
        chosen, _kind = QFileDialog.getSaveFileName(
            self, title, self._project.text(), _("Project (*.qualcode)"), options=_ASKS_NOTHING
        )
        if chosen:
            self._project.setText(str(_path(chosen, PROJECT_ENDING)))
            self._on_path_edited()


# the page itself says what would be replaced, and asks
_ASKS_NOTHING = QFileDialog.Option.DontConfirmOverwrite


def _path(written: str, ending: str) -> Path | None:
    """A path with its ending; None for nothing, and for what is no whole path."""
    written = written.strip()
    if not written:
        return None
    path = Path(written).expanduser()
    if not path.is_absolute() or not path.name:
        return None
    endings = (ending, ".yml") if ending == STUDY_ENDING else (ending,)
    return path if path.suffix.lower() in endings else path.with_name(path.name + ending)
