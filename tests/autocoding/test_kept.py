"""Numbers in the cache folder come back whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from qualcode.autocoding import kept as module
from qualcode.autocoding import ridge
from qualcode.autocoding.by_meaning import ByMeaning
from qualcode.autocoding.kept import digest_of, keep, kept

ANIMALS = "cat dog bear horse cow fish bird seal frog".split()
NUMBERS = np.arange(6, dtype=np.float32).reshape(3, 2)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "folder", lambda: tmp_path / "cache")
    return tmp_path / "cache"


def test_what_was_kept_comes_back_and_can_be_changed() -> None:
    keep("some", NUMBERS)
    found = kept("some", (3, 2))
    assert found.tolist() == NUMBERS.tolist()
    found += 1
    assert kept("some", (3, 2)).tolist() == NUMBERS.tolist()


def test_another_name_or_shape_or_a_broken_file_is_not_there(cache: Path) -> None:
    keep("some", NUMBERS)
    assert kept("other", (3, 2)) is None
    assert kept("some", (3, 3)) is None
    (path,) = cache.iterdir()
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert kept("some", (3, 2)) is None
    path.write_bytes(b"")
    assert kept("some", (3, 2)) is None


def test_the_files_that_were_not_asked_for_longest_go(cache: Path) -> None:
    for number in range(module._MOST_FILES):
        keep(f"n{number}", NUMBERS)
        os.utime(cache / f"n{number}{module._ENDING}", (1_000 + number, 1_000 + number))
    assert kept("n0", (3, 2)) is not None  # which makes it the newest
    keep("one more", NUMBERS)
    assert len(list(cache.iterdir())) == module._MOST_FILES
    assert kept("n0", (3, 2)) is not None
    assert kept("n1", (3, 2)) is None


def test_a_folder_that_cannot_be_written_does_no_harm(cache: Path) -> None:
    cache.write_text("a file in its place")
    keep("some", NUMBERS)
    assert kept("some", (3, 2)) is None


def test_a_name_depends_on_every_number_and_its_kind() -> None:
    names = {
        digest_of([NUMBERS, 1]),
        digest_of([NUMBERS, 2]),
        digest_of([NUMBERS + 1, 1]),
        digest_of([NUMBERS.T, 1]),
        digest_of([NUMBERS.reshape(2, 3), 1]),
        digest_of([NUMBERS.astype(np.float64), 1]),
    }
    assert len(names) == 6
    assert digest_of([NUMBERS, 1]) == digest_of([NUMBERS.copy(), 1])


def test_weights_from_kept_numbers_are_the_same_to_the_last_digit(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    counts = csr_array((random.random((600, 40)) < 0.1).astype(np.float32))
    ones = np.ones(600, dtype=np.float32)
    wanted = random.standard_normal((600, 2)).astype(np.float32)
    first = ridge.feature_weights(counts, ones, ones[:40], wanted, 0.3)
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(ridge, "_Equations", None)  # nothing is solved again
    again = ridge.feature_weights(counts, ones, ones[:40], wanted, 0.3)
    assert again.tobytes() == first.tobytes()
    with pytest.raises(TypeError):
        ridge.feature_weights(counts, ones, ones[:40], wanted, 0.4)


def test_a_large_codebook_meets_its_numbers_again_and_a_small_one_drives_none_out(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [f"The {animal} sleeps below {number} trees." for number in range(60) for animal in ANIMALS]
    given = np.array([[animal in "cat dog"] for _number in range(60) for animal in ANIMALS], dtype=np.float32)
    text = "A horse and a dog."
    asked = [(text, [(0, len(text))])]
    ByMeaning(sentences[:400], given[:400])
    assert list(cache.glob("*")) == []
    first = ByMeaning(sentences, given).degrees_in_passages(asked)
    assert len(list(cache.iterdir())) == 1
    monkeypatch.setattr(np.linalg, "solve", None)  # nothing is solved again
    assert ByMeaning(sentences, given).degrees_in_passages(asked).tobytes() == first.tobytes()
