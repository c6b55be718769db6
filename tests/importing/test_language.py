"""Bokmål, Nynorsk and English are told apart by their function words."""

from __future__ import annotations

import pytest

from qualcode.importing.language import detect_language, detect_languages, doubtful_language


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


_FRENCH = (
    "Nous attendons la clé depuis le mois de mars, et personne ne sait qui doit la commander pour nous. On travaille "
    "dans le couloir avec nos ordinateurs, et les réunions de l'équipe commencent toujours sans que quelqu'un nous "
    "prévienne de l'heure ou du lieu. Cela ne rend pas notre travail plus facile."
)
_GERMAN = (
    "Wir warten seit dem Frühling auf einen Schlüssel, und niemand weiß, wer ihn für uns bestellen soll. Man arbeitet "
    "auf dem Flur, und die Besprechungen beginnen immer, ohne dass jemand uns die Uhrzeit oder den Raum sagt. Das "
    "macht unsere Arbeit mit den Leuten nicht gerade leichter."
)


@pytest.mark.parametrize("text", [_FRENCH, _GERMAN])
def test_a_text_in_a_fourth_language_is_told(text: str) -> None:
    told = doubtful_language(text, "talk.txt")
    assert [(each.where, each.severity) for each in told] == [("talk.txt", "warning")]
    assert "another language" in told[0].what


@pytest.mark.parametrize(
    "text",
    [
        "Vi har venta på nykelen sidan i vår, og ingen veit kven som skal tinge han til oss. " * 3,
        "Vi har ventet på nøkkelen siden i vår, og ingen vet hvem som skal bestille den. " * 3,
        "We have waited for the key since spring, and nobody knows who is to order it for us. " * 3,
        "Oui.",
        "",
    ],
)
def test_a_text_in_one_of_the_three_and_a_short_one_are_not_told(text: str) -> None:
    assert doubtful_language(text, "talk.txt") == []
