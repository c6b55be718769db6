"""Settings: typed, kept in a file, and never an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.settings import (
    ALL_SETTINGS,
    APPEARANCE,
    CODER,
    LAST_PLACES,
    N_RECENT,
    RECENT_PROJECTS,
    TRANSCRIPT_SIZE,
    Settings,
)


def test_a_value_that_was_set_is_there_next_time(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.json"
    Settings(path).set(CODER, "Åse Ødegård")
    assert Settings(path).get(CODER) == "Åse Ødegård"


@pytest.mark.parametrize("content", ["", "{", "[1, 2]", '{"coder": 7, "appearance": "pink"}', "\udcff"])
def test_a_broken_file_means_defaults(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    settings = Settings(path)
    assert settings.get(CODER) == ""
    assert settings.get(APPEARANCE) == "system"


def test_a_value_outside_the_choices_is_refused() -> None:
    with pytest.raises(ValueError, match="transcript_size"):
        Settings(None).set(TRANSCRIPT_SIZE, 200)


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings = Settings(blocked / "settings.json")
    settings.set(CODER, "Kari")
    assert settings.get(CODER) == "Kari"


def test_recent_projects_have_no_doubles_and_an_end(tmp_path: Path) -> None:
    settings = Settings(None)
    for number in range(N_RECENT + 3):
        settings.remember_project(tmp_path / f"{number}.qualcode")
    settings.remember_project(tmp_path / "5.qualcode")
    recent = settings.get(RECENT_PROJECTS)
    assert recent[0] == str(tmp_path / "5.qualcode")
    assert len(recent) == len(set(recent)) == N_RECENT


def test_keys_are_unique_and_defaults_are_accepted() -> None:
    keys = [setting.key for setting in ALL_SETTINGS]
    assert len(keys) == len(set(keys))
    for setting in ALL_SETTINGS:
        assert setting.accepts(setting.default)


def test_places_in_texts_are_kept_as_they_were_and_broken_ones_left_out(tmp_path: Path) -> None:
    settings, project = Settings(None), tmp_path / "a.qualcode"
    settings.remember_place(project, "code", 7, [(7, 120, -24, 7, 131), (8, 0, 3, 9, 0)])
    assert settings.last_place(project) == ("code", 7)
    assert settings.reading_places(project) == [(7, 120, -24, 7, 131), (8, 0, 3, 9, 0)]
    settings.set(LAST_PLACES, [f"{project}\tcode\t7\t1 2 3\t1 2 x 4 5\t1 2 3 4 5"])
    assert settings.reading_places(project) == [(1, 2, 3, 4, 5)]
    settings.set(LAST_PLACES, [f"{project}\tcode\t7"])  # as earlier versions kept it
    assert (settings.last_place(project), settings.reading_places(project)) == (("code", 7), [])
