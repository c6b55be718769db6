"""How long work tells its progress and learns that it is no longer wanted."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Told how much is done, and of how much."""

Cancelled = Callable[[], bool]
"""Asked whether the user wants the work stopped."""
