"""Numbers that take long to compute, kept in the user's cache folder; without it they are computed again.

A file's name is a digest of all that its numbers depend on, and it holds a digest of itself: one that is broken, or
half written, counts as not there. Nothing that anybody said or wrote can be read in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WORTH_KEEPING = 500
"""What is worked out from fewer sentences is quickly worked out again, and would drive out what is not."""

_MOST_FILES = 12
_MOST_BYTES = 8_000_000  # of one file
_ENDING = ".numbers"
_DIGEST_BYTES = 32


def folder() -> Path:
    """Where the files are; it need not be there."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("Qualcode", appauthor=False)) / "numbers"


def digest_of(parts: Sequence[Any]) -> str:
    """A name for what depends on these and nothing else.

    Args:
        parts: arrays, or what has a `repr` that tells all.
    """
    import numpy as np

    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        if isinstance(part, np.ndarray):
            found.update(f"{part.dtype.str}{part.shape}".encode())
            found.update(np.ascontiguousarray(part).data)
        else:
            found.update(f"{part!r}\n".encode())
    return found.hexdigest()


def kept(name: str, shape: tuple[int, ...]) -> Any:
    """The array (float32) that was kept under a name, None where there is none of that shape."""
    import numpy as np

    path = folder() / f"{name}{_ENDING}"
    try:
        content = path.read_bytes()
        os.utime(path)  # those that were not asked for longest go first
    except OSError:
        return None
    numbers = content[_DIGEST_BYTES:]
    if len(numbers) != 4 * np.prod(shape, dtype=np.int64) or _digest(numbers) != content[:_DIGEST_BYTES]:
        return None
    return np.frombuffer(numbers, dtype="<f4").reshape(shape).astype(np.float32)


def keep(name: str, numbers: Any) -> None:
    """Keep an array of float32 under a name, if it can be done; the oldest files are taken away."""
    content = numbers.astype("<f4").tobytes()
    if len(content) > _MOST_BYTES:
        return
    with contextlib.suppress(OSError):
        into = folder()
        into.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=into)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_digest(content) + content)
            Path(unfinished).replace(into / f"{name}{_ENDING}")
        except OSError:
            Path(unfinished).unlink(missing_ok=True)
            raise
        by_age = sorted(into.glob(f"*{_ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in by_age[_MOST_FILES:]:
            path.unlink(missing_ok=True)


def _digest(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).digest()
