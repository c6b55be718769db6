"""What was typed and could not be written, because the disk is full for instance: kept, and tried again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from qualcode.errors import QualcodeError

AGAIN_MS = 5_000
"""Milliseconds after which it is tried again."""


class _Kept(NamedTuple):
    write: Callable[[], object]
    words: str
    held: object


class Unwritten(QObject):
    """Holds it as long as the project is open.

    Signals:
        changed: something waits to be written, or nothing does any longer.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: dict[Hashable, _Kept] = {}
        self._fields: dict[int, Callable[[], str]] = {}
        self._waited = False
        self._timer = QTimer(self, interval=AGAIN_MS)
        self._timer.timeout.connect(self.try_again)

    @property
    def waits(self) -> bool:
        """Whether something is not on disk."""
        return bool(self._kept or self._fields)

    def words(self) -> list[str]:
        """All that is not on disk, as it was typed."""
        return [*(kept.words for kept in self._kept.values()), *(typed() for typed in self._fields.values())]

    def keep(self, key: Hashable, write: Callable[[], object], words: str, held: object = None) -> None:
        """Keeps what no field shows any longer.

        Args:
            key: what it is; something kept under that before gives way.
            write: writes it, or raises.
            words: it, as it was typed.
            held: what `take` gives back.
        """
        self._kept[key] = _Kept(write, words, held)
        self._timer.start()
        self._tell()

    def take(self, key: Hashable) -> object:
        """Gives back what a field shows again, or what is written otherwise now; None if nothing is kept."""
        kept = self._kept.pop(key, None)
        self._tell()
        return kept.held if kept is not None else None

    def note_field(self, field: QObject, typed: Callable[[], str] | None) -> None:
        """A field that tries again by itself holds words (`typed`) that are not on disk; None when they are."""
        if typed is not None:
            self._fields[id(field)] = typed
        else:
            self._fields.pop(id(field), None)
        self._tell()

    def try_again(self) -> None:
        """Writes what can be written now."""
        for key, kept in list(self._kept.items()):
            try:
                kept.write()
            except QualcodeError:  # it was told when it was typed
                continue
            if self._kept.get(key) is kept:
                del self._kept[key]
        self._tell()

    def _tell(self) -> None:
        if not self._kept:
            self._timer.stop()
        if self.waits is not self._waited:
            self._waited = self.waits
            self.changed.emit()
