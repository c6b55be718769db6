"""What the agreement screen asks of a project; may be worked out on another thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.analysis.filtering import Filter
from qualcode.model.double_coding import JudgedUnit, Universe
from qualcode.model.segment import Unit

if TYPE_CHECKING:
    from qualcode.project.coder_comparison import CoderAgreement
    from qualcode.project.evaluation import Evaluation
    from qualcode.project.project import Project


@dataclass(frozen=True, slots=True)
class OfCoders:
    """How far coders agree, asked as `AgreementActions.measure` takes it."""

    coders: tuple[str, ...]
    unit: JudgedUnit
    universe: Universe
    sample: str
    all_read: bool
    where: Filter

    def answered(self, project: Project) -> CoderAgreement:
        """The agreement in a project."""
        return project.agreement.measure(
            self.coders,
            unit=self.unit,
            universe=self.universe,
            sample=self.sample,
            all_read=self.all_read,
            where=self.where,
        )


@dataclass(frozen=True, slots=True)
class OfFile:
    """How far suggestions agree with codings, asked as `evaluation.evaluate` takes it; no file: those made here."""

    file: Path | None
    unit: Unit
    by: str
    where: Filter

    def answered(self, project: Project) -> Evaluation:
        """The agreement in a project."""
        from qualcode.project.evaluation import evaluate

        return evaluate(project, self.file, unit=self.unit, by=self.by, where=self.where, quoted=True)
