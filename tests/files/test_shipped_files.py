"""The codebooks and the study that come with the program are right, and a change to a codebook keeps their comments."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.files.codebook_file import check_codebook, read_codebook, write_codebook
from qualcode.files.study_file import read_study
from qualcode.model.codebook import Wording

REPOSITORY = Path(__file__).parents[2]
CODEBOOKS = sorted((REPOSITORY / "codebooks").glob("*.yaml"))
STUDIES = sorted((REPOSITORY / "sample_transcripts").glob("*.yaml"))


def test_there_are_examples() -> None:
    assert CODEBOOKS
    assert STUDIES


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.name)
def test_nothing_is_wrong_with_a_codebook_of_ours(path: Path) -> None:
    assert check_codebook(path) == []


@pytest.mark.parametrize("path", STUDIES, ids=lambda path: path.name)
def test_a_study_of_ours_names_files_that_exist(path: Path) -> None:
    study = read_study(path)
    assert study.codebook.is_file()
    assert study.documents or study.surveys


@pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.name)
def test_renaming_a_code_changes_no_other_line(path: Path, tmp_path: Path) -> None:
    before = path.read_text("utf-8")
    copy = tmp_path / path.name
    copy.write_text(before, encoding="utf-8")
    book = read_codebook(copy)
    last = replace(book.codes[-1], name=Wording(plain="Renamed"))
    write_codebook(replace(book, codes=(*book.codes[:-1], last)), copy)
    after = copy.read_text("utf-8")
    gone = set(before.splitlines()) - set(after.splitlines())
    come = set(after.splitlines()) - set(before.splitlines())
    assert [line.strip() for line in come] == ["name: Renamed"]
    assert all("name:" in line or line.lstrip().startswith(("en:", "nb:", "nn:")) for line in gone)
