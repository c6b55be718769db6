"""Whether a sentence asks, and whom."""

from __future__ import annotations

import pytest

from qualcode.autocoding.asking import Asked, asked


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Har dere tilgang til kalenderen?", Asked.YOU),
        ("Kva gjer de når bilen ikkje startar?", Asked.NOBODY),
        ("Korleis er det hos dykk? ", Asked.YOU),
        ("How long did you wait?”", Asked.YOU),
        ("Hvem skal ta imot varene?", Asked.NOBODY),
        ("(Why bother?)", Asked.NOBODY),
        ("Du må spørre kokken.", None),
        ("Hva? Nei, det går bra.", None),
        ("", None),
    ],
)
def test_a_question_is_told_by_its_sign_and_whom_it_is_for_by_its_words(text: str, whom: Asked | None) -> None:
    assert asked(text, 0, len(text)) is whom


def test_only_the_sentence_counts() -> None:
    text = "Har du tid? Ja. Hvorfor?"
    assert [asked(text, *span) for span in ((0, 11), (12, 15), (16, 24))] == [Asked.YOU, None, Asked.NOBODY]
