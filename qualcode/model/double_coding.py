"""Coding by two or more: what their agreement is measured on, samples of it, and what they settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class JudgedUnit(StrEnum):
    """What coders agree or disagree about; `CHARACTER` looks at where quotations begin and end, too."""

    SENTENCE = "sentence"
    TURN = "turn"
    ANSWER = "answer"
    CHARACTER = "character"


class Universe(StrEnum):
    """Which units agreement is measured on: all of them, or those that at least one of the coders coded."""

    ALL = "all"
    CODED = "coded"


@dataclass(frozen=True, slots=True)
class Sample:
    """Units drawn for coding by two or more.

    Attributes:
        details: share, seed, unit, what it was drawn by, and how many of how many of each group.
        made_at: when, in UTC.
    """

    id: int
    name: str
    n_units: int
    details: Mapping[str, object] = field(default_factory=dict)
    made_at: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What coders who disagreed about a unit and a code agreed on.

    Attributes:
        applies: whether the unit has the code.
        coder: who recorded it.
    """

    id: int
    document_id: int
    start: int
    end: int
    code_id: int
    applies: bool
    note: str
    coder: str
    made_at: str
