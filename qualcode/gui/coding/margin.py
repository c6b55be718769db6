"""Where brackets and their labels stand in the margin: lanes side by side, labels pushed apart."""

from __future__ import annotations

from collections.abc import Sequence


def lanes(extents: Sequence[tuple[float, float]]) -> list[int]:
    """A lane for each bracket, so that brackets in one lane never overlap.

    Args:
        extents: upper and lower end of each bracket, in the order in which lanes are handed out.

    Returns:
        For each bracket the first lane that is free over its whole height.
    """
    taken: list[list[tuple[float, float]]] = []
    found = []
    for top, bottom in extents:
        free = (
            lane
            for lane, brackets in enumerate(taken)
            if all(bottom <= other_top or top >= other_bottom for other_top, other_bottom in brackets)
        )
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((top, bottom))
        found.append(lane)
    return found


def pushed_apart(wanted: Sequence[tuple[float, float]]) -> list[float]:
    """Upper edges of labels, each as near below the wanted one as the label above it allows.

    Args:
        wanted: the upper edge that one would like and the height of each label, in their order.
    """
    placed: list[float] = []
    free_from = float("-inf")
    for top, height in wanted:
        placed.append(max(top, free_from))
        free_from = placed[-1] + height
    return placed
