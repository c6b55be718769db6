"""What a user may set: one table of typed settings, kept in a small JSON file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast

T = TypeVar("T", str, int, bool, list[str])


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """One setting.

    Attributes:
        key: its name in the file.
        default: its value until a user sets one; its type is the setting's type.
        meaning: what it does.
        choices: the values it may have; empty means any.
    """

    key: str
    default: T
    meaning: str
    choices: tuple[T, ...] = ()

    def accepts(self, value: object) -> bool:
        """Whether a value from the file can be used."""
        if type(value) is not type(self.default):
            return False
        if isinstance(value, list):
            return all(isinstance(each, str) for each in cast("list[object]", value))
        return not self.choices or value in self.choices


CODER = Setting("coder", "", "The name under which codings are made.")
LANGUAGE = Setting("language", "system", "The language of the window, or as the system.", ("system", "en", "nb"))
APPEARANCE = Setting("appearance", "system", "Light, dark, or as the system.", ("system", "light", "dark"))
RECENT_PROJECTS: Setting[list[str]] = Setting("recent_projects", [], "Projects opened last, the latest first.")
LAST_PLACES: Setting[list[str]] = Setting(
    "last_places",
    [],
    "Where one was in the recent projects: project, screen, number of the document, and of each text that was "
    "read five numbers (document and position at the top, pixels scrolled, those of the caret); tabs between.",
)
TRANSCRIPT_SIZE = Setting("transcript_size", 15, "Letter size of the transcript in pixels.", tuple(range(13, 23)))
BLIND = Setting("blind", False, "Whether other coders' quotations are hidden.")
WINDOW_GEOMETRY = Setting("window_geometry", "", "Where the window stood, as the toolkit writes it (base 64).")
PANEL_WIDTHS = Setting("panel_widths", "", "How wide the panels were, as the toolkit writes it (base 64).")
BACKUPS = Setting("backups", 10, "How many dated copies of a project are kept; 0 makes none.", tuple(range(1001)))

ALL_SETTINGS: tuple[Setting[str] | Setting[int] | Setting[bool] | Setting[list[str]], ...] = (
    CODER,
    LANGUAGE,
    APPEARANCE,
    RECENT_PROJECTS,
    LAST_PLACES,
    TRANSCRIPT_SIZE,
    BLIND,
    WINDOW_GEOMETRY,
    PANEL_WIDTHS,
    BACKUPS,
)

N_RECENT = 8


def settings_path() -> Path:
    """Where the settings are kept; QUALCODE_SETTINGS names another file."""
    own = os.environ.get("QUALCODE_SETTINGS")
    if own:
        return Path(own)
    import platformdirs  # here, because only a window and a few commands need settings

    return Path(platformdirs.user_config_dir("Qualcode", appauthor=False)) / "settings.json"


class Settings:
    """The settings of this user on this machine.

    A file that is missing, broken or holds a value of a wrong type is no error: the default counts.

    Args:
        path: the file; None keeps everything in memory.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._values: dict[str, object] = _read(path) if path is not None else {}

    def get(self, setting: Setting[T]) -> T:
        """The value in force."""
        value = self._values.get(setting.key)
        if not setting.accepts(value):
            return setting.default
        return cast(T, value)

    def set(self, setting: Setting[T], value: T) -> None:
        """Sets and keeps a value; that the file cannot be written costs only the memory of it.

        Raises:
            ValueError: the setting cannot have that value.
        """
        if not setting.accepts(value):
            raise ValueError(f"{setting.key} cannot be {value!r}")
        if self._values.get(setting.key) == value:
            return
        self._values[setting.key] = value
        if self._path is not None:
            _write(self._path, self._values)

    def remember_project(self, path: Path) -> None:
        """Puts a project first among the recent ones."""
        name = str(path)
        others = [each for each in self.get(RECENT_PROJECTS) if each != name]
        self.set(RECENT_PROJECTS, [name, *others][:N_RECENT])

    def remember_place(
        self, path: Path, screen: str, document_id: int, reading_places: Iterable[tuple[int, ...]] = ()
    ) -> None:
        """Keeps where one was: the screen, the document that was open (0 for none), the place in each text."""
        others = [each for each in self.get(LAST_PLACES) if each.split("\t")[0] != str(path)]
        places = (" ".join(str(number) for number in place) for place in reading_places)
        self.set(LAST_PLACES, ["\t".join((str(path), screen, str(document_id), *places)), *others][:N_RECENT])

    def last_place(self, path: Path) -> tuple[str, int]:
        """The screen and the document in which one was in a project; ("", 0) if that is not known."""
        screen, document_id, *_places = self._place_fields(path) or ("", "0")
        return screen, int(document_id)

    def reading_places(self, path: Path) -> list[tuple[int, int, int, int, int]]:
        """Where one was in the texts of a project, as it was kept, the text that was left last first."""
        found = (each.split(" ") for each in self._place_fields(path)[2:])
        return [
            (int(top), int(start), int(scrolled), int(document_id), int(caret))
            for top, start, scrolled, document_id, caret in (numbers for numbers in found if _are_five(numbers))
        ]

    def _place_fields(self, path: Path) -> list[str]:
        """What is kept of a project's place, behind its path; nothing if that cannot be used."""
        for each in self.get(LAST_PLACES):
            name, *fields = each.split("\t")
            if name == str(path) and len(fields) >= 2 and fields[1].isdecimal():
                return fields
        return []

    def forget_projects(self) -> None:
        """Empties the list of recent projects."""
        self.set(RECENT_PROJECTS, [])
        self.set(LAST_PLACES, [])


def _are_five(numbers: list[str]) -> bool:
    return len(numbers) == 5 and all(each.removeprefix("-").isdecimal() for each in numbers)


def _read(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    import json

    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _write(path: Path, values: dict[str, object]) -> None:
    import json

    unfinished = path.with_suffix(".partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps(values, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path)  # so that a kill never leaves half a file
    except OSError:
        return
