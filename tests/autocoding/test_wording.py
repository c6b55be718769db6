"""The numbers of features are those of their letters, and each sentence has what a plain look at it finds."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from qualcode.autocoding.by_words import _counted
from qualcode.autocoding.spellings import standard
from qualcode.autocoding.words import WORD

SENTENCES = (
    "Banananas bananer og e-post, i 2024!",
    "Å få på plass et møte er ikkje lett lett lett.",
    "Eg",
    "",
    "?!",
    "Oppe-på det er og er og er up-in på.",
    "𝔘nusual Ørsta-læraren's ekteskapsrådgiverne",
)


def number(feature: str) -> int:
    return sum(ord(letter) * pow(0x9E37_79B9_7F4A_7C15, place, 1 << 64) for place, letter in enumerate(feature)) % (
        1 << 64
    )


def plainly(sentence: str) -> Counter[str]:
    """Each word, beginning, pair and piece as often as words and meetings of the sentence, each once, have it."""
    words = [standard(word.lower()) for word in WORD.findall(sentence)]
    found: Counter[str] = Counter()
    for word in set(words):
        framed = f"_{word}_"
        found.update({framed[at : at + size] for size in (3, 4, 5) for at in range(len(framed) - size + 1)})
        found.update((f"={word}", f"-{word[:5]}"))
    neighbours = list(pairwise(words))
    found.update({f"{one[:5]} {other[:5]}" for one, other in neighbours})
    for before, after in {(one[-3:], other[:3]) for one, other in neighbours}:
        joined = f"{before}_{after}"
        pieces = {joined[at : at + size] for size in (3, 4, 5) for at in range(len(joined) - size + 1)}
        found.update(piece for piece in pieces if "_" in piece[1:-1])
    return found


@pytest.mark.parametrize("place", range(len(SENTENCES)))
def test_a_sentence_has_the_features_that_a_plain_look_finds(place: int) -> None:
    numbers, counts, are_pieces = _counted(SENTENCES)
    row = slice(counts.indptr[place], counts.indptr[place + 1])
    expected = plainly(SENTENCES[place])
    found = dict(zip(numbers[counts.indices[row]].tolist(), counts.data[row].tolist(), strict=True))
    assert found == {number(feature): n for feature, n in expected.items()}
    pieces = {number(feature) for feature in expected if feature[0] not in "=-" and " " not in feature}
    assert set(numbers[are_pieces].tolist()) & found.keys() == pieces
