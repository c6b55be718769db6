"""Where the sample is: the study that came with the program, and the project that is made of it."""

from __future__ import annotations

from pathlib import Path


def sample_study() -> Path | None:
    """The study file of the sample, if it came with the program."""
    found = Path(__file__).resolve().parents[2] / "sample_transcripts" / "study.yaml"
    return found if found.is_file() else None


def sample_project() -> Path:
    """Where the sample's project is kept."""
    import platformdirs

    return Path(platformdirs.user_data_dir("Qualcode", appauthor=False)) / "sample.qualcode"
