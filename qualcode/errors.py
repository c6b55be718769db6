"""What can go wrong in a way that a user can act on: a sentence, a hint, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.i18n import ngettext

_MOST_PLACES = 6  # in which one thing is doubtful, that are named


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or doubtful in what a user gave the program.

    Attributes:
        where: file and place in it, as a user finds it ("survey.xlsx, sheet Svar, row 12").
        what: one sentence without respondents' words.
        hint: what to do about it; may be empty.
        severity: "error" stops the work, "warning" is told and the work goes on.
    """

    where: str
    what: str
    hint: str = ""
    severity: str = "error"

    def __str__(self) -> str:
        says_where = self.what.startswith(self.where) and not self.what[len(self.where) :][:1].isalnum()
        place = f"{self.where}: " if self.where and not says_where else ""
        return f"{place}{self.what}" + (f" {self.hint}" if self.hint else "")


def put_together(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The same thing in several places as one, in the order in which each came first."""
    places: dict[Problem, list[str]] = {}
    for problem in problems:
        places.setdefault(replace(problem, where=""), []).append(problem.where)
    return tuple(replace(problem, where=_places(where)) for problem, where in places.items())


def _places(where: list[str]) -> str:
    named = [each for each in dict.fromkeys(where) if each]
    n_more = len(named) - _MOST_PLACES
    if n_more < 2:
        return "; ".join(named)
    more = ngettext("{places} and {n} more place", "{places} and {n} more places", n_more)
    return more.format(places="; ".join(named[:_MOST_PLACES]), n=n_more)


class QualcodeError(Exception):
    """An error that the user can act on.

    Args:
        message: one sentence that says what is wrong.
        hint: one sentence that says what to do; may be empty.
        problems: all that was found, when more than one thing is wrong.
    """

    def __init__(self, message: str, *, hint: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.problems = tuple(problems)

    @classmethod
    def from_problems(cls, message: str, problems: Sequence[Problem]) -> QualcodeError:
        """One error that tells all problems; a lone problem speaks for itself."""
        if len(problems) == 1:
            only = problems[0]
            text = f"{only.where}: {only.what}" if only.where else only.what
            return cls(text, hint=only.hint, problems=problems)
        return cls(message, problems=problems)


class ImportingError(QualcodeError):
    """A file from outside cannot be used."""


class StudyFileError(QualcodeError):
    """A study file is wrong."""


class CodebookError(QualcodeError):
    """A codebook, or a change to one, is wrong."""


class StoreError(QualcodeError):
    """A project file cannot be opened or written."""


class InUseError(StoreError):
    """Somebody else has a project file open for writing."""


class VanishedError(StoreError):
    """A project file that is open is no longer where it was."""


class AnalysisError(QualcodeError):
    """A number was asked for that does not exist."""


class ExportError(QualcodeError):
    """Something cannot be written out."""


class CancelledError(QualcodeError):
    """The user stopped the work; nothing was changed."""
