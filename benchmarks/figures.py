"""What one process measured: seconds of the work and of its reference, and the peak of memory."""

from __future__ import annotations

import contextlib
import gc
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any


class NotYetError(Exception):
    """What a benchmark measures does not exist in the program yet."""


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took.

    Attributes:
        seconds: by the clock on the wall.
        cpu: seconds of this process on all processors; says more when other work runs on the machine.
    """

    seconds: float
    cpu: float


@dataclass(slots=True)
class Figures:
    """Filled in by a benchmark; lines by name.

    Attributes:
        peak_mb: most memory in use up to the end of the work, references left out; None where it cannot be asked.
    """

    work: dict[str, Took] = field(default_factory=dict)
    reference: dict[str, Took] = field(default_factory=dict)
    peak_mb: float | None = None

    @contextlib.contextmanager
    def measure(self, line: str) -> Iterator[None]:
        """Measures what is done inside as the work of a line; all work comes before the first reference."""
        with _stopwatch(self.work, line):
            yield
        self.peak_mb = peak_mb()

    @contextlib.contextmanager
    def refer(self, line: str) -> Iterator[None]:
        """Measures what is done inside as the reference of a line."""
        with _stopwatch(self.reference, line):
            yield

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "work": {line: [took.seconds, took.cpu] for line, took in self.work.items()},
            "reference": {line: [took.seconds, took.cpu] for line, took in self.reference.items()},
            "peak_mb": self.peak_mb,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Figures:
        """What `as_json` gave."""
        return cls(
            {line: Took(*pair) for line, pair in values["work"].items()},
            {line: Took(*pair) for line, pair in values["reference"].items()},
            values["peak_mb"],
        )


@contextlib.contextmanager
def _stopwatch(into: dict[str, Took], line: str) -> Iterator[None]:
    gc.collect()
    cpu, begin = time.process_time(), time.perf_counter()
    yield
    seconds = time.perf_counter() - begin
    into[line] = Took(seconds, time.process_time() - cpu)


def peak_mb() -> float | None:
    """Most memory that this process has had in use, in MB; None on Windows."""
    if sys.platform == "win32":
        return None
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
