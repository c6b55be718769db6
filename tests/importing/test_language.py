"""Bokmål, Nynorsk and English are told apart by their function words."""

from __future__ import annotations

import pytest

from qualcode.importing.language import detect_language, detect_languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Jeg vet ikke hvordan vi skal få det til, men noen må begynne.", "nb"),
        ("Det er vanskelig å vite hva de andre tenker om dette.", "nb"),
        ("Hvis noen hadde spurt meg, ville jeg sagt nei.", "nb"),
        ("Vi mangler tid, og ikke minst et rom å være i.", "nb"),
        ("Eg veit ikkje korleis vi skal få det til, men nokon må byrje.", "nn"),
        ("Det er vanskeleg å vite kva dei andre tenkjer om dette.", "nn"),
        ("Vi manglar tid, og ikkje minst eit rom å vere i.", "nn"),
        ("Ho sa det berre éin gong, og då høyrde ingen etter.", "nn"),
        ("I don't know what we would do if they closed the room.", "en"),
        ("The waiting list is long and nobody has time for it.", "en"),
        ("They said it was fine, but we were not asked.", "en"),
        ("", ""),
        ("12 34 56", ""),
        ("Tid", ""),
        ("Zwei Dinge fehlen uns noch immer.", ""),
    ],
)
def test_language_of_sentences(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_the_language_of_most_of_a_text_counts() -> None:
    assert detect_language("Eg veit ikkje kva dei vil. " * 5 + "Jeg vet ikke hva de vil. ") == "nn"


def test_many_texts_are_told_apart_as_each_alone() -> None:
    texts = [
        "Jeg vet ikke hvordan vi skal få det til.",
        "",
        "Eg veit ikkje korleis vi skal få det til.",
        "The waiting list is long and nobody has time for it.",
        "\n \n",
        "Det er ΟΔΟΣ",  # the small letter of Σ depends on what follows it
        "ΟΔΟΣ det er",
        "Tid",
    ] * 700
    assert detect_languages(texts) == [detect_language(text) for text in texts]


def test_a_sign_that_parts_texts_does_no_harm_inside_one() -> None:
    texts = ["Jeg vet ikke\0hva de vil.", "They said it was fine, but we were not asked."]
    assert detect_languages(texts) == ["nb", "en"]
