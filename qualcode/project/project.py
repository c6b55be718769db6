"""A project that is open: its file, its settings, and its actions by subject."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from qualcode.errors import QualcodeError
from qualcode.i18n import _, collapsed, folded
from qualcode.model.segment import Coder, Unit
from qualcode.model.words import NOT_AN_ANSWER
from qualcode.project.steps import Steps
from qualcode.store import journal, segments, settings
from qualcode.store.database import Database

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


class Project(Steps):
    """A project file that is open; use as a context manager, or call `close`."""

    def __init__(self, db: Database, coder: str) -> None:
        super().__init__(db, coder or _login_name())

    @classmethod
    def create(cls, path: Path, title: str = "", *, coder: str = "") -> Self:
        """Make a new project file and open it.

        Raises:
            StoreError: the file exists or cannot be made.
        """
        project = cls(Database.create(path), coder)
        try:
            with project.db.transaction(), journal.unrecorded(project.db.connection):
                settings.write(project.db, "title", title or path.stem)
        except BaseException:
            project.discard()
            raise
        return project

    @classmethod
    def open(cls, path: Path, *, coder: str = "", read_only: bool = False) -> Self:
        """Open a project file.

        Args:
            path: the file.
            coder: who works; that of a coder who is known here counts in whatever case it is. Blank for the user of
                this machine.
            read_only: whether nothing is to be written.

        Raises:
            StoreError: missing, no project, damaged, or made by a newer version.
        """
        project = cls(Database.open(path, read_only=read_only), coder)
        known = project._coder_alike(project.coder_name)
        if known is not None and known.is_person:
            project.coder_name = known.name
        return project

    def close(self) -> None:
        """Let the file go; everything is on disk already."""
        self.forget()
        for name, each in vars(Project).items():  # each refers to the project and back: what it has read would stay
            if isinstance(each, cached_property):
                self.__dict__.pop(name, None)
        self.db.close()

    def discard(self) -> None:
        """Let a project go that was made for nothing, and delete its file."""
        self.forget()
        self.db.discard()

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

    def code_as(self, name: str) -> str:
        """Let somebody else work from now on; nothing is written until they do something.

        Args:
            name: as it is typed: that of a coder who is known here counts in whatever case it is; blank for the user
                of this machine.

        Returns:
            the name that counts from now on.

        Raises:
            QualcodeError: a set of rules has that name, or a step in pieces is not over yet.
        """
        self._refuse_between_pieces()
        wanted = collapsed(name) or _login_name()
        known = self._coder_alike(wanted)
        if known is not None and not known.is_person:
            raise QualcodeError(
                _("{name} is what a set of rules is called here.").format(name=known.name),
                hint=_("Choose another name."),
            )
        self.coder_name = known.name if known is not None else wanted
        return self.coder_name

    def _coder_alike(self, name: str) -> Coder | None:
        """Who is known here by that name, in whatever case; of several a person, and who is written just so."""
        alike = [each for each in self.coders() if folded(each.name) == folded(name)]
        return max(alike, key=lambda each: (each.is_person, each.name == name), default=None)

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


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return _("coder")
