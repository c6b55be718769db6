"""How big the workloads are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """One size of all workloads; numbers of words are about that many.

    Attributes:
        repeats: how many times a benchmark is measured, each time in a process of its own; the median is shown.
        is_full: whether the budgets are meant for this size.
    """

    name: str
    transcripts: int
    words: int
    run_transcripts: int
    run_answers: int
    codings: int
    quotations: int
    answers: int
    long_words: int
    long_codings: int
    repeats: int
    is_full: bool = False


FULL = Size(
    name="full",
    transcripts=200,
    words=12_000,
    run_transcripts=9,
    run_answers=81,
    codings=1_000_000,
    quotations=50_000,
    answers=100_000,
    long_words=100_000,
    long_codings=5_000,
    repeats=3,
    is_full=True,
)
QUICK = Size(
    name="quick",
    transcripts=20,
    words=6_000,
    run_transcripts=9,
    run_answers=81,
    codings=50_000,
    quotations=5_000,
    answers=10_000,
    long_words=20_000,
    long_codings=1_000,
    repeats=1,
)
TINY = Size(
    name="tiny",
    transcripts=2,
    words=600,
    run_transcripts=2,
    run_answers=9,
    codings=500,
    quotations=100,
    answers=60,
    long_words=800,
    long_codings=50,
    repeats=1,
)
SIZES = {size.name: size for size in (FULL, QUICK, TINY)}
