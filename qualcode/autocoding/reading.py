"""How sentences are read beside those around them: what they add to each other's resemblance to given sentences."""

from __future__ import annotations

import math
from typing import Any

FEW = 900.0
"""Is added to the square of a sentence's size: one or two common words resemble nothing much."""

_LEAST_ALONE = 0.1
"""Resemblance that a sentence needs by itself, that those around it may add to it."""

_AROUND, _NEAR = 2, 3
"""Sentences before and behind one that are read together with it, and that lend it some of their own resemblance."""

_LENT = 0.3
"""How much of what the most alike of the near sentences has over `_LEAST_ALONE` is lent."""

_MOST_ADDED = 0.15
"""What others may add to a sentence's own resemblance in all."""


def in_context(total: Any, squares: Any, of_passage: Any) -> Any:
    """How much sentences resemble the codes: a quarter alone, a quarter with one beside it, half with two each side.

    Of the two beside it the one is taken that, read together with it, resembles a code more. What the sentences near it
    resemble is lent to it in part. All that others add is `_MOST_ADDED` at most. A sentence that by itself resembles a
    code hardly at all gets nothing from others: it is what people say in between. Whether it carries any code is told
    by it and one beside it.

    Args:
        total: what the words of each sentence add to each code.
        squares: of the sizes of the sentences.
        of_passage: the passage that each sentence belongs to, in order.
    """
    import numpy as np

    alone = divided(total, squares)
    pair = np.full(alone.shape, -math.inf)
    near = np.full(alone.shape, _LEAST_ALONE)
    around, its_squares = total.copy(), squares.copy()
    for distance in range(1, min(_NEAR, len(alone) - 1) + 1):
        first = np.flatnonzero(of_passage[distance:] == of_passage[:-distance])
        last = first + distance
        if distance == 1:
            both = divided(total[first] + total[last], squares[first] + squares[last] - FEW)
            pair[first] = both
            pair[last] = np.maximum(pair[last], both)
        if distance <= _AROUND:
            around[first] += total[last]
            around[last] += total[first]
            its_squares[first] += squares[last] - FEW
            its_squares[last] += squares[first] - FEW
        near[first] = np.maximum(near[first], alone[last])
        near[last] = np.maximum(near[last], alone[first])
    pair = np.where(np.isinf(pair), alone, pair)
    read = (alone + pair) / 4 + divided(around, its_squares) / 2 + _LENT * (near - _LEAST_ALONE)
    read = np.minimum(read, alone + _MOST_ADDED)
    found = np.where(alone < _LEAST_ALONE, np.minimum(read, alone), read)
    found[:, -1] = np.maximum(alone[:, -1], pair[:, -1])
    return found


def divided(total: Any, squares: Any) -> Any:
    """What the words of each sentence add to each code, by the sentence's size."""
    import numpy as np

    return total / np.sqrt(squares)[:, None]
