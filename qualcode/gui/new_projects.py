"""Projects that are made of something: of a study file, the sample, or another tool's project."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.importing.other_projects import MadeOfOther, make_of_other, message_of_report
from qualcode.gui.long_work import LongWork
from qualcode.gui.messages import Message, message_of_problems
from qualcode.gui.sample import sample_project, sample_study
from qualcode.gui.study_opening import MadeProject, make_project
from qualcode.i18n import _, ngettext

_ENDING = ".qualcode"


class NewProjects(QObject):
    """Makes them away from the window's thread.

    Args:
        window: over it the user is asked where a project goes.
        work: the window's long work.

    Signals:
        replacing: the path of a project that is about to be written over.
        made: the path of a project, files that are to come in afterwards, and the message about it.
        found: the path of a project that is there already.
    """

    replacing = Signal(object)
    made = Signal(object, object, object)
    found = Signal(object)

    def __init__(self, window: QWidget, work: LongWork) -> None:
        super().__init__(window)
        self._window = window
        self._work = work

    def of_study(self, study_path: Path, target: Path | None = None) -> None:
        """Makes a project from a study file.

        Args:
            study_path: the study file.
            target: where the project goes; asked for if None.
        """

        def make(path: Path, progress: Progress, cancelled: Cancelled) -> object:
            return make_project(study_path, path, progress=progress, cancelled=cancelled)

        self._make(study_path, target, make, self._on_study_made)

    def of_other(self, source: Path, rest: Sequence[Path]) -> None:
        """Makes a project of another tool's; the rest comes in afterwards."""

        def make(path: Path, progress: Progress, cancelled: Cancelled) -> object:
            return make_of_other(source, path, rest, cancelled=cancelled)

        self._make(source, None, make, self._on_other_made)

    def of_sample(self) -> None:
        """Makes the sample's project, or finds it."""
        path, study = sample_project(), sample_study()
        if path.is_file():
            self.found.emit(path)
        elif study is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            self.of_study(study, path)

    def _make(
        self,
        source: Path,
        target: Path | None,
        make: Callable[[Path, Progress, Cancelled], object],
        then: Callable[[object], object],
    ) -> None:
        if not self._work.is_free():
            return
        path = target or self._ask_target(source)
        if path is None:
            return
        self.replacing.emit(path)

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return make(path, progress, cancelled)

        self._work.start(Job(_("Reading {name}").format(name=source.name), work), then)

    def _ask_target(self, source: Path) -> Path | None:
        """Asks where the project goes that is made of something; None if nowhere."""
        suggested = str(source.with_suffix(_ENDING))
        title = _("Where shall the project be?")
        chosen, _kind = QFileDialog.getSaveFileName(self._window, title, suggested, _("Project (*.qualcode)"))
        if not chosen:
            return None
        target = Path(chosen)
        return target if target.suffix.lower() == _ENDING else target.with_name(target.name + _ENDING)

    def _on_study_made(self, made: object) -> None:
        if not isinstance(made, MadeProject):
            return
        sentence = _sentence_of(made)
        self.made.emit(made.path, (), message_of_problems(sentence, made.problems))

    def _on_other_made(self, made: object) -> None:
        if isinstance(made, MadeOfOther):
            several = Message(_("The file holds several projects; choose which of them comes in."))
            told = several if made.report is None else message_of_report(made.report)
            self.made.emit(made.path, made.rest, told)


def _sentence_of(made: MadeProject) -> str:
    """What was read, in numbers; what the study has none of is not named."""
    transcripts = ngettext("{n} transcript", "{n} transcripts", made.n_documents).format(n=made.n_documents)
    answers = ngettext("{n} answer", "{n} answers", made.n_answers).format(n=made.n_answers)
    found = ngettext("{n} suggestion", "{n} suggestions", made.n_suggestions).format(n=made.n_suggestions)
    if made.n_documents and made.n_answers:
        read = _("{transcripts} and {answers}").format(transcripts=transcripts, answers=answers)
    else:
        read = answers if made.n_answers else transcripts
    words = _("Read {material}; the rules made {suggestions}.") if made.has_rules else _("Read {material}.")
    return words.format(material=read, suggestions=found)
