"""A project that is open: its actions by subject, its steps, and who is told of changes."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, TypeVar, cast

from qualcode.errors import StoreError
from qualcode.i18n import _
from qualcode.model.progress import Pieces
from qualcode.model.segment import Coder, Unit
from qualcode.model.words import NOT_AN_ANSWER
from qualcode.store import journal, segments, settings
from qualcode.store.database import Database
from qualcode.store.journal import StepInfo

if TYPE_CHECKING:
    from qualcode.project.agreement import AgreementActions
    from qualcode.project.codebook import CodebookActions
    from qualcode.project.documents import DocumentActions
    from qualcode.project.exports import Exports
    from qualcode.project.filters import FilterActions
    from qualcode.project.framework import FrameworkActions
    from qualcode.project.joint_display import JointActions
    from qualcode.project.learning import LearningActions
    from qualcode.project.memos import MemoActions
    from qualcode.project.quotations import QuotationActions
    from qualcode.project.reports import Reports
    from qualcode.project.respondents import RespondentActions
    from qualcode.project.review import ReviewActions
    from qualcode.project.search import SearchActions
    from qualcode.project.segments import SegmentActions
    from qualcode.project.survey import SurveyActions

DEFAULT_THRESHOLD = 0.5
"""Suggestions with a lower score are not written."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a step changed.

    Attributes:
        tables: names of the tables that changed.
        name: the step, as undo names it.
    """

    tables: frozenset[str]
    name: str


@dataclass(frozen=True, slots=True)
class AnalysisSettings:
    """How this study counts, from its study file.

    Attributes:
        language: the language of theme names in tables.
        small_cell: a per cent of a smaller base is not shown.
        not_an_answer: what does not count as an answer, as a whole cell.
        threshold: suggestions with a lower score are not written.
    """

    language: str = "nb"
    unit: Unit = Unit.SEGMENT
    small_cell: int = 5
    not_an_answer: tuple[str, ...] = NOT_AN_ANSWER
    threshold: float = DEFAULT_THRESHOLD


T = TypeVar("T")


class Project:
    """A project file that is open; use as a context manager, or call `close`."""

    def __init__(self, db: Database, coder: str) -> None:
        self.db = db
        self.coder_name = coder or _login_name()
        self._listeners: list[Callable[[Changes], None]] = []
        self._in_step = False
        self._is_between_pieces = False
        self._known: dict[str, tuple[frozenset[str], object]] = {}

    @classmethod
    def create(cls, path: Path, title: str = "", *, coder: str = "") -> Self:
        """Make a new project file and open it.

        Raises:
            StoreError: the file exists or cannot be made.
        """
        project = cls(Database.create(path), coder)
        with project.db.transaction(), journal.unrecorded(project.db.connection):
            settings.write(project.db, "title", title or path.stem)
        return project

    @classmethod
    def open(cls, path: Path, *, coder: str = "", read_only: bool = False) -> Self:
        """Open a project file.

        Raises:
            StoreError: missing, no project, damaged, or made by a newer version.
        """
        return cls(Database.open(path, read_only=read_only), coder)

    def close(self) -> None:
        """Let the file go; everything is on disk already."""
        self._listeners.clear()
        self._known.clear()
        for name, each in vars(Project).items():  # each refers to the project and back: what it has read would stay
            if isinstance(each, cached_property):
                self.__dict__.pop(name, None)
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    @property
    def path(self) -> Path:
        return self.db.path

    @property
    def title(self) -> str:
        return str(settings.read(self.db, "title", self.path.stem))

    @property
    def coder(self) -> Coder:
        """Who codes now; id 0 until that coder has coded something here."""
        return segments.coder_named(self.db, self.coder_name) or Coder(0, self.coder_name)

    def coders(self) -> list[Coder]:
        """Everybody who has coded here, rule sets too, in the order of their first coding."""
        return segments.all_coders(self.db)

    # -- actions by subject: each module is loaded when it is first used ----------------------------------------------

    @cached_property
    def documents(self) -> DocumentActions:
        from qualcode.project.documents import DocumentActions

        return DocumentActions(self)

    @cached_property
    def respondents(self) -> RespondentActions:
        from qualcode.project.respondents import RespondentActions

        return RespondentActions(self)

    @cached_property
    def learning(self) -> LearningActions:
        from qualcode.project.learning import LearningActions

        return LearningActions(self)

    @cached_property
    def codebook(self) -> CodebookActions:
        from qualcode.project.codebook import CodebookActions

        return CodebookActions(self)

    @cached_property
    def segments(self) -> SegmentActions:
        from qualcode.project.segments import SegmentActions

        return SegmentActions(self)

    @cached_property
    def survey(self) -> SurveyActions:
        from qualcode.project.survey import SurveyActions

        return SurveyActions(self)

    @cached_property
    def review(self) -> ReviewActions:
        from qualcode.project.review import ReviewActions

        return ReviewActions(self)

    @cached_property
    def reports(self) -> Reports:
        from qualcode.project.reports import Reports

        return Reports(self)

    @cached_property
    def exports(self) -> Exports:
        from qualcode.project.exports import Exports

        return Exports(self)

    @cached_property
    def quotations(self) -> QuotationActions:
        from qualcode.project.quotations import QuotationActions

        return QuotationActions(self)

    @cached_property
    def joint(self) -> JointActions:
        from qualcode.project.joint_display import JointActions

        return JointActions(self)

    @cached_property
    def framework(self) -> FrameworkActions:
        from qualcode.project.framework import FrameworkActions

        return FrameworkActions(self)

    @cached_property
    def agreement(self) -> AgreementActions:
        from qualcode.project.agreement import AgreementActions

        return AgreementActions(self)

    @cached_property
    def search(self) -> SearchActions:
        from qualcode.project.search import SearchActions

        return SearchActions(self)

    @cached_property
    def filters(self) -> FilterActions:
        from qualcode.project.filters import FilterActions

        return FilterActions(self)

    @cached_property
    def memos(self) -> MemoActions:
        from qualcode.project.memos import MemoActions

        return MemoActions(self)

    # -- settings -----------------------------------------------------------------------------------------------------

    @property
    def settings(self) -> AnalysisSettings:
        stored = settings.read(self.db, "analysis", {})
        default = AnalysisSettings()
        return AnalysisSettings(
            language=stored.get("language", default.language),
            unit=Unit(stored.get("unit", default.unit)),
            small_cell=stored.get("small_cell", default.small_cell),
            not_an_answer=tuple(stored.get("not_an_answer", default.not_an_answer)),
            threshold=stored.get("threshold", default.threshold),
        )

    # -- steps --------------------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[None]:
        """One transaction, one entry that undo takes back, one notice. A step inside a step belongs to the outer one.

        Args:
            name: what is done, as undo names it ("Merge codes").

        Raises:
            StoreError: a step in pieces is not over yet.
        """
        self._refuse_between_pieces()
        if self._in_step:
            yield
            return
        self._in_step = True
        try:
            with self.db.transaction():
                step_id = journal.begin_step(self.db.connection, name, self.coder_name)
                yield
                tables = journal.end_step(self.db.connection, step_id)
        finally:
            self._in_step = False
        self._tell(Changes(tables, name))

    def step_in_pieces(self, name: str, pieces: Pieces[T]) -> Pieces[T]:
        """A step whose work comes in pieces; nobody else may change the project in between.

        Closing it before its end takes everything back, as an error in one of the pieces does.
        """
        with self.step(name):
            while True:
                try:
                    point = next(pieces)
                except StopIteration as end:
                    found: T = end.value
                    return found
                self._is_between_pieces = True
                try:
                    yield point
                finally:
                    self._is_between_pieces = False

    def _refuse_between_pieces(self) -> None:
        if self._is_between_pieces:
            raise StoreError(_("Other work is still going on."), hint=_("Wait for it, or cancel it below."))

    def undo(self) -> str:
        """Take the last step back; returns its name.

        Raises:
            StoreError: there is nothing to undo.
        """
        self._refuse_between_pieces()
        with self.db.transaction():
            info, tables = journal.undo(self.db.connection)
        self._tell(Changes(tables, info.name))
        return info.name

    def redo(self) -> str:
        """Do the step again that was undone last; returns its name.

        Raises:
            StoreError: there is nothing to redo.
        """
        self._refuse_between_pieces()
        with self.db.transaction():
            info, tables = journal.redo(self.db.connection)
        self._tell(Changes(tables, info.name))
        return info.name

    def go_to(self, step_id: int) -> None:
        """Undo or redo all steps between now and a step, in one go: the project stands as it did right after it.

        Args:
            step_id: of the history; 0 for the state before the first step.
        """
        tables: set[str] = set()
        name = ""
        with self.db.transaction():
            while (last := journal.next_undo(self.db.connection)) is not None and last.id > step_id:
                info, changed = journal.undo(self.db.connection)
                tables |= changed
                name = info.name
            while (following := journal.next_redo(self.db.connection)) is not None and following.id <= step_id:
                info, changed = journal.redo(self.db.connection)
                tables |= changed
                name = info.name
        self._tell(Changes(frozenset(tables), name))

    @property
    def last_step_id(self) -> int | None:
        """The step that undo would take back; None if there is none."""
        info = journal.next_undo(self.db.connection)
        return info.id if info else None

    def can_amend(self, step_id: int) -> bool:
        """Whether a step was the last thing that was done."""
        return self.last_step_id == step_id and journal.next_redo(self.db.connection) is None

    @contextlib.contextmanager
    def amending(self, name: str, tables: frozenset[str]) -> Iterator[None]:
        """Changes that belong to the last step: only of rows that it has made or changed, for they are not recorded."""
        with self.db.transaction(), journal.unrecorded(self.db.connection):
            yield
        self._tell(Changes(tables, name))

    @property
    def undo_name(self) -> str | None:
        info = journal.next_undo(self.db.connection)
        return info.name if info else None

    @property
    def redo_name(self) -> str | None:
        info = journal.next_redo(self.db.connection)
        return info.name if info else None

    def history(self) -> list[StepInfo]:
        """All steps, oldest first."""
        return journal.history(self.db.connection)

    def on_change(self, callback: Callable[[Changes], None]) -> Callable[[], None]:
        """Call back after each step, undo and redo that changed something; returns what ends it."""
        self._listeners.append(callback)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(callback)

        return stop

    def known(self, what: str, tables: frozenset[str], read: Callable[[], T]) -> T:
        """What many ask for again and again: read once, until a step changes one of its tables.

        Args:
            what: names it.
            tables: what it is read from.
            read: reads it; nobody may change what it gives.
        """
        if self._in_step:
            return read()
        if what not in self._known:
            self._known[what] = (tables, read())
        return cast("T", self._known[what][1])

    def _tell(self, changes: Changes) -> None:
        self._known = {what: each for what, each in self._known.items() if not each[0] & changes.tables}
        if changes.tables:
            for callback in list(self._listeners):
                callback(changes)


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return _("coder")
