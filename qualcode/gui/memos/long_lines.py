"""Very long lines are broken before Qt lays them out: a line of a million letters takes it two minutes."""

from __future__ import annotations

LONGEST = 2_000
"""Code points of one line."""


def broken(text: str) -> str:
    """A text with its overlong lines broken at a space where there is one, else anywhere; others stay as they are."""
    if len(text) <= LONGEST:
        return text
    return "\n".join(part for line in text.split("\n") for part in _parts(line))


def _parts(line: str) -> list[str]:
    found = []
    at = 0
    while len(line) - at > LONGEST:
        space = line.rfind(" ", at + LONGEST // 2, at + LONGEST)
        end = space if space > at else at + LONGEST
        found.append(line[at:end])
        at = end + 1 if space > at else end
    found.append(line[at:])
    return found
