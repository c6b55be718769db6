"""What came of each line, as a table for reading and as JSON."""

from __future__ import annotations

import datetime
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from benchmarks.budgets import PEAK_MB, Line
from benchmarks.figures import Figures, Took
from benchmarks.sizes import Size

LIBRARIES = (
    "PySide6-Essentials",
    "SQLAlchemy",
    "pandas",
    "numpy",
    "spacy",
    "ahocorasick-rs",
    "lxml",
    "python-calamine",
    "openpyxl",
    "matplotlib",
)
_HEADINGS = ("work", "seconds", "reference", "seconds", "ratio", "budget", "within", "peak MB")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line with what was measured.

    Attributes:
        work: the middle of all repeats; None where nothing was measured, and `reason` says why.
        ratio: the middle of the ratios of the repeats, each within one process.
    """

    line: Line
    work: Took | None = None
    reference: Took | None = None
    ratio: float | None = None
    cpu_ratio: float | None = None
    peak_mb: float | None = None
    reason: str = ""

    @classmethod
    def of(cls, line: Line, repeats: Sequence[Figures]) -> Outcome:
        """The middle of the repeats of a line."""
        works = [figures.work[line.name] for figures in repeats]
        references = [figures.reference[line.name] for figures in repeats if line.name in figures.reference]
        pairs = list(zip(works, references, strict=True)) if references else []
        peaks = [figures.peak_mb for figures in repeats if figures.peak_mb is not None]
        return cls(
            line,
            _middle(works),
            _middle(references) if references else None,
            statistics.median(own.seconds / other.seconds for own, other in pairs) if pairs else None,
            statistics.median(own.cpu / max(other.cpu, 1e-9) for own, other in pairs) if pairs else None,
            max(peaks, default=None),
        )

    def within(self, size: Size) -> bool | None:
        """Whether time and memory are within the budget; None if it has none or the size is not the full one."""
        if self.work is None or self.line.budget is None or not size.is_full:
            return None
        if self.peak_mb is not None and self.peak_mb > PEAK_MB:
            return False
        return self.line.budget.holds(self.work.seconds, self.ratio)

    def as_json(self, size: Size) -> dict[str, Any]:
        """Plain values."""
        budget = self.line.budget
        return {
            "line": self.line.name,
            "work": self.line.work_of(size),
            "seconds": self.work.seconds if self.work else None,
            "cpu_seconds": self.work.cpu if self.work else None,
            "reference": self.line.reference,
            "reference_seconds": self.reference.seconds if self.reference else None,
            "reference_cpu_seconds": self.reference.cpu if self.reference else None,
            "ratio": self.ratio,
            "cpu_ratio": self.cpu_ratio,
            "budget": str(budget) if budget else None,
            "within": self.within(size),
            "peak_mb": self.peak_mb,
            "reason": self.reason,
        }


def _middle(took: Sequence[Took]) -> Took:
    return Took(statistics.median(each.seconds for each in took), statistics.median(each.cpu for each in took))


def table(outcomes: Sequence[Outcome], size: Size) -> str:
    """The outcomes as a Markdown table whose columns stand below each other."""
    rows = [_HEADINGS, *(_cells(outcome, size) for outcome in outcomes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    rows.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    )


def _cells(outcome: Outcome, size: Size) -> tuple[str, ...]:
    line, within = outcome.line, outcome.within(size)
    budget = str(line.budget) if line.budget else ""
    if outcome.work is None:
        return (line.work_of(size), outcome.reason, line.reference, "", "", budget, "", "")
    return (
        line.work_of(size),
        _seconds(outcome.work.seconds),
        line.reference,
        _seconds(outcome.reference.seconds) if outcome.reference else "",
        f"{outcome.ratio:.2f}" if outcome.ratio is not None else "",
        budget,
        "" if within is None else "yes" if within else "NO",
        f"{outcome.peak_mb:.0f}" if outcome.peak_mb is not None else "",
    )


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f}" if seconds >= 1 else f"{seconds:.4f}" if seconds < 0.1 else f"{seconds:.3f}"


def circumstances() -> dict[str, Any]:
    """When and on what it was measured."""
    import qualcode

    return {
        "made_at": datetime.datetime.now(datetime.UTC).isoformat(timespec="minutes"),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        "python": platform.python_version(),
        "qualcode": qualcode.__version__,
        "libraries": {name: _version_of(name) for name in LIBRARIES},
    }


def _version_of(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
