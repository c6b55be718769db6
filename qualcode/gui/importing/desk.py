"""Keeps what is being put together while the window shows something else: a new study, files for the open project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from qualcode.errors import QualcodeError
from qualcode.i18n import language_in_use
from qualcode.model.case import NO_GROUP

if TYPE_CHECKING:
    from qualcode.gui.bridge import ProjectBridge
    from qualcode.gui.importing.wizard import ImportWizard
    from qualcode.project.study_draft import StudyDraft


class ImportDesk(QObject):
    """Makes the wizards when they are first wanted, and forgets them when they have done their work.

    Args:
        stack: where the window shows its pages.
        draft: a new study that was begun before.

    Signals:
        study_written: a study file was written, of which a project is to be made: study file, project.
        files_decided: files are to come into the open project: the draft.
        left: the user goes elsewhere.
        failed: an error.
        shown: a wizard is seen.
        projects_found: projects of other tools were among the files: a list of paths.
    """

    study_written = Signal(object, object)
    files_decided = Signal(object)
    left = Signal()
    failed = Signal(Exception)
    shown = Signal()
    projects_found = Signal(object)

    def __init__(self, stack: QStackedWidget, draft: StudyDraft | None = None) -> None:
        super().__init__(stack)
        self._stack = stack
        self._study: ImportWizard | None = None
        self._files: ImportWizard | None = None
        self._draft = draft

    @property
    def study_draft(self) -> StudyDraft | None:
        """The new study that is begun."""
        return self._study.draft if self._study is not None else self._draft

    @property
    def wizard(self) -> ImportWizard | None:
        """The wizard that is seen."""
        seen = self._stack.currentWidget()
        return next((each for each in (self._study, self._files) if each is not None and each is seen), None)

    @property
    def has_begun(self) -> bool:
        """Whether something is decided of a new study."""
        draft = self.study_draft
        return draft is not None and bool(draft.title.strip() or draft.files)

    @property
    def has_files(self) -> bool:
        """Whether files for the open project are put together."""
        return self._files is not None and bool(self._files.draft.files)

    def open_study(self, paths: Sequence[Path] = ()) -> None:
        """Shows the new study, with further files; it goes on where it was left."""
        if self._study is None:
            from qualcode.gui.importing.wizard import ImportWizard
            from qualcode.project.study_draft import StudyDraft

            self._study = self._connected(ImportWizard(self._draft or StudyDraft(language=language_in_use())))
            self._study.finished.connect(self._on_study_finished)
            self._study.begun_anew.connect(self._on_study_anew)
        self._show(self._study, paths)

    def open_files(self, bridge: ProjectBridge, paths: Sequence[Path] = ()) -> None:
        """Shows the files that come into the open project."""
        if self._files is None:
            from qualcode.gui.importing.wizard import files_wizard
            from qualcode.project.import_choices import remembered_choices

            groups = [each for each in bridge.groups if each != NO_GROUP]
            wizard = files_wizard(remembered_choices(bridge.project), bridge.language, groups)
            self._files = self._connected(wizard)
            self._files.finished.connect(self.files_decided)
            self._files.begun_anew.connect(lambda: self._on_files_anew(bridge))
        self._show(self._files, paths)

    def close_study(self) -> None:
        """The study is made, or forgotten."""
        self._draft = None
        self._take_away(self._study)
        self._study = None

    def close_files(self) -> None:
        """The files are in, or the project is closed."""
        self._take_away(self._files)
        self._files = None

    def set_enabled(self, is_enabled: bool) -> None:
        """Other work goes on, or is over."""
        for each in (self._study, self._files):
            if each is not None:
                each.setEnabled(is_enabled)

    def stop(self, seconds: float) -> bool:
        """Stops the reading of files; whether it is over."""
        wizards = [each for each in (self._study, self._files) if each is not None]
        stopped = [wizard.stop(seconds) for wizard in wizards]  # all of them are asked
        return all(stopped)

    def _connected(self, wizard: ImportWizard) -> ImportWizard:
        wizard.left.connect(self.left)
        wizard.failed.connect(self.failed)
        wizard.projects_found.connect(self.projects_found)
        self._stack.addWidget(wizard)
        return wizard

    def _show(self, wizard: ImportWizard, paths: Sequence[Path]) -> None:
        self._stack.setCurrentWidget(wizard)
        self.shown.emit()
        if paths:
            wizard.add_files(paths)
        else:
            wizard.show_step(wizard.page.step)

    def _take_away(self, wizard: ImportWizard | None) -> None:
        if wizard is not None:
            wizard.stop(0)
            self._stack.removeWidget(wizard)
            wizard.deleteLater()

    def _on_study_finished(self, draft: StudyDraft) -> None:
        try:
            study = draft.write()
        except QualcodeError as error:
            self.failed.emit(error)
            return
        self.study_written.emit(study.path, draft.project_path)

    def _on_study_anew(self) -> None:
        self.close_study()
        self.open_study()

    def _on_files_anew(self, bridge: ProjectBridge) -> None:
        self.close_files()
        self.open_files(bridge)
