"""The step in which the template is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QVBoxLayout, QWidget

from qualcode.errors import Problem
from qualcode.files.codebook_file import read_codebook
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.first_page.choice_card import ChoiceCard
from qualcode.gui.importing.file_card import Note
from qualcode.gui.importing.page import ImportPage
from qualcode.gui.importing.two_parts import ScrolledPart
from qualcode.gui.resources import fonts
from qualcode.i18n import _, ngettext
from qualcode.model.codebook import Codebook
from qualcode.project.codebook_files import ENDINGS, codebook_reading
from qualcode.project.draft_points import Step
from qualcode.project.study_draft import CodebookFrom, StudyDraft

_WIDEST = 680
_PROBLEMS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class CodebookFacts:
    """What a codebook file holds."""

    path: Path
    title: str
    n_codes: int
    problems: tuple[Problem, ...]

    @property
    def is_wrong(self) -> bool:
        """Whether it cannot be used."""
        return any(problem.severity == "error" for problem in self.problems)


def codebook_facts(path: Path, language: str, *, is_shipped: bool = False) -> CodebookFacts:
    """Reads a codebook with all that is wrong in it; one that came with the program was checked before it did."""
    if is_shipped:
        shipped = _shipped(path)
        return CodebookFacts(path, shipped.title.in_language(language) or path.stem, len(shipped.codes), ())
    reading = codebook_reading(path)
    codebook = reading.codebook
    if codebook is None:
        return CodebookFacts(path, path.name, 0, reading.problems)
    title = codebook.title.in_language(language) or path.stem
    return CodebookFacts(path, title, len(codebook.codes), reading.problems)


@lru_cache(maxsize=8)  # it does not change while the program runs
def _shipped(path: Path) -> Codebook:
    return read_codebook(path)


def shipped_codebooks() -> list[Path]:
    """The templates that came with the program."""
    import qualcode

    folder = Path(qualcode.__file__).resolve().parents[1] / "codebooks"
    return sorted(folder.glob("*.yaml")) if folder.is_dir() else []


class CodebookPage(ImportPage):
    """A file of one's own, a template that came with the program, or an empty one.

    Signals:
        failed: an error in the program itself.
    """

    failed = Signal(Exception)

    def __init__(self, draft: StudyDraft) -> None:
        super().__init__(
            Step.CODEBOOK,
            draft,
            _("Which codebook?"),
            _("The template that the material is read against. It can be changed at any time in the project."),
        )
        self._facts: dict[Path, CodebookFacts] = {}
        self._asked: list[Path] = []  # read one after the other: what checks rules is made for one at a time
        self._job: Job | None = None
        self._group = QButtonGroup(self)
        self._cards: dict[tuple[CodebookFrom, Path | None], ChoiceCard] = {}
        body = QWidget()
        body.setMaximumWidth(fonts.px(_WIDEST))
        self._list = QVBoxLayout(body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(8)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(8)
        self._notes_host = QWidget()
        self._notes_host.setLayout(self._notes)
        self._notes_host.setMaximumWidth(fonts.px(_WIDEST))
        self._shipped = shipped_codebooks()
        for path in self._shipped:
            about = _("Came with the program; a copy is put beside the study file")
            self._add_card("book-open", path.stem, about, CodebookFrom.SHIPPED, path)
        self._file_card = self._add_card(
            "folder-open", _("A file of your own"), " ".join(ENDINGS), CodebookFrom.FILE, None
        )
        self._add_card("file-plus", _("An empty one"), _("Codes are made while you read"), CodebookFrom.EMPTY, None)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(body)
        column.addWidget(self._notes_host)
        column.addStretch(1)
        self.column.addWidget(ScrolledPart(whole), 1)

    def focus_first(self) -> None:
        """The chosen card, or the first."""
        cards = list(self._cards.values())
        (next((card for card in cards if card.isChecked()), cards[0])).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_draft(self) -> None:
        """Shows what is chosen, with what is wrong in it."""
        for path in self._shipped:
            self._read(path)
        for (source, meant), card in self._cards.items():
            card.setChecked(source is self.draft.codebook_from and meant in (None, self.draft.codebook))
            facts = self._facts.get(meant) if meant is not None else None
            if facts is not None:
                n = ngettext("{n} code", "{n} codes", facts.n_codes).format(n=facts.n_codes)
                about = _("{codes}. Came with the program; a copy is put beside the study file").format(codes=n)
                card.say(facts.title, about)
        is_file = self.draft.codebook_from is CodebookFrom.FILE and self.draft.codebook is not None
        if is_file and self.draft.codebook is not None:
            self._read(self.draft.codebook)
            facts = self._facts.get(self.draft.codebook)
            about = self.draft.codebook.name
            if facts is not None and facts.n_codes:
                n = ngettext("{n} code", "{n} codes", facts.n_codes).format(n=facts.n_codes)
                about = _("{file}, {codes}").format(file=self.draft.codebook.name, codes=n)
            self._file_card.say(_("A file of your own"), about)
        self._show_notes()

    @property
    def is_busy(self) -> bool:
        """Whether a codebook is being read."""
        return self._job is not None

    def wait(self, seconds: float) -> bool:
        """Waits until nothing is read any longer; whether it is so."""
        return self._job is None or self._job.wait(seconds)

    def stop(self) -> None:
        """What was not begun is not read any more."""
        self._asked = [path for path in self._asked if path in self._facts]

    def choose(self, source: CodebookFrom, path: Path | None) -> None:
        """Chooses where the template comes from; a file of one's own is asked for."""
        if source is CodebookFrom.FILE and path is None:
            kinds = _("Codebooks") + f" ({' '.join('*' + ending for ending in ENDINGS)})"
            beside = self.draft.study_path or next((each.path for each in self.draft.files), None)
            folder = beside.parent if beside is not None else Path.home()
            chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a codebook"), str(folder), kinds)
            if not chosen:
                self.show_draft()
                return
            path = Path(chosen)
        self.draft.codebook_from, self.draft.codebook = source, path
        self.show_draft()
        self.changed.emit()

    def _add_card(self, icon_name: str, title: str, second: str, source: CodebookFrom, path: Path | None) -> ChoiceCard:
        card = ChoiceCard(icon_name, title, second, "", is_main=False)
        card.setCheckable(True)
        self._group.addButton(card)
        card.clicked.connect(lambda: self.choose(source, path))
        self._cards[source, path] = card
        self._list.addWidget(card)
        return card

    def _show_notes(self) -> None:
        while self._notes.count():
            taken = self._notes.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        path = self.draft.codebook if self.draft.codebook_from is CodebookFrom.FILE else None
        facts = self._facts.get(path) if path is not None else None
        self.draft.codebook_is_wrong = facts is not None and facts.is_wrong
        problems = facts.problems if facts is not None else ()
        for problem in problems[:_PROBLEMS_SHOWN]:
            is_error = problem.severity == "error"
            what = f"{problem.where}: {problem.what}" if problem.where else problem.what
            self._notes.addWidget(Note("x" if is_error else "info", "bad" if is_error else "ink3", what, problem.hint))
        more = len(problems) - _PROBLEMS_SHOWN
        if more > 0:
            self._notes.addWidget(Note("info", "ink3", ngettext("{n} more.", "{n} more.", more).format(n=more), ""))

    def _read(self, path: Path) -> None:
        """Reads a codebook in the background, once."""
        if path not in self._asked:
            self._asked.append(path)
            self._go_on()

    def _go_on(self) -> None:
        """Reads the next codebook that was asked for."""
        path = next((path for path in self._asked if path not in self._facts), None)
        if path is None or self._job is not None:
            return
        language, is_shipped = self.draft.language, path in self._shipped

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return codebook_facts(path, language, is_shipped=is_shipped)

        self._job = Job(_("Reading {name}").format(name=path.name), work)
        self._job.succeeded.connect(self._on_read)
        self._job.ended.connect(self._on_ended)
        self._job.failed.connect(self._on_failed)
        self._job.start()

    def _on_ended(self) -> None:
        self._job = None
        self._go_on()
        self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._asked = [path for path in self._asked if path in self._facts]
        self.failed.emit(error)

    def _on_read(self, facts: CodebookFacts) -> None:
        self._facts[facts.path] = facts
        self.show_draft()
        self.changed.emit()
