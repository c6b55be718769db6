"""What is wrong with a file: problems with their lines, gathered while the file is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from qualcode.errors import Problem
from qualcode.i18n import _


@dataclass(slots=True)
class Findings:
    """The problems found in one file so far."""

    file: str
    _found: list[tuple[int, Problem]] = field(default_factory=list)

    def add(self, line: int, what: str, hint: str = "", *, severity: str = "error") -> None:
        """Note a problem on a line; 0 is the file as a whole."""
        place = _("{file}, line {line}").format(file=self.file, line=line) if line else self.file
        self._found.append((line, Problem(place, what, hint, severity)))

    def warn(self, line: int, what: str, hint: str = "") -> None:
        """Note something that is doubtful, but doesn't stop the work."""
        self.add(line, what, hint, severity="warning")

    def in_order(self) -> list[Problem]:
        """All problems by line, in the order found within a line; the same sentence once."""
        ordered = sorted(self._found, key=lambda each: each[0])
        return list(dict.fromkeys(problem for _line, problem in ordered))

    def errors(self) -> list[Problem]:
        """What stops the work, by line."""
        return [problem for problem in self.in_order() if problem.severity == "error"]
