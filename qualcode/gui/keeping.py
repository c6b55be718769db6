"""How what is done in a project is kept; the bars say it, also before there is a project."""

from __future__ import annotations

from enum import Enum, auto


class Keeping(Enum):
    """How what is done in a project is kept."""

    READ_ONLY = auto()  # nothing can be done
    KEPT = auto()  # all of it is on disk
    WAITING = auto()  # something could not be written, and is tried again
    GONE = auto()  # the file is not where it was, so nothing can be written
