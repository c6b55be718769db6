"""What counts as a word and as an answer, of one text and of many at once."""

from __future__ import annotations

import pytest

from qualcode.model.words import between_words, count_words, count_words_in, is_answer, shortened


def test_words_of_many_texts_are_counted_as_of_each_alone() -> None:
    texts = [
        "Vi møtes for sjelden, og ingen ringer.",
        "",
        "  ",
        "taushets-plikt og don't",
        "snake_case … _",
        "2–3 ganger (kanskje fire)",
        "é e\u0301 İstanbul Ⓐ ½ x²",
        "to\nlinjer\tog\u00a0mer",
        "slutt.Uten mellomrom",
        "👍 bra 👍🏽",
    ] * 300
    assert count_words_in(texts) == [count_words(text) for text in texts]
    assert count_words_in(texts[:4]) == [7, 0, 0, 5]


def test_the_sign_that_parts_texts_does_no_harm_inside_one() -> None:
    assert count_words_in(["to\0ord", "tre hele ord"]) == [2, 3]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("vet  ikke", False),
        (" Vet\u00a0ikke ", False),
        ("vet ikke helt", True),
        ("ikke aktuelt nå", True),
        ("ikke", True),
        ("n/a", False),
        ("", False),
        ("...", False),
    ],
)
def test_only_a_cell_that_is_a_listed_phrase_as_a_whole_answers_nothing(text: str, answers: bool) -> None:
    assert is_answer(text) is answers


def test_without_listed_phrases_all_words_answer() -> None:
    assert is_answer("vet ikke", ())
    assert not is_answer("-", ())
    assert not is_answer("ingen mening om dette", ["Ingen mening  om dette"])


def test_a_place_inside_a_word_is_moved_to_its_nearer_end() -> None:
    text = "Så, ærlig talt"
    assert [between_words(text, place) for place in range(len(text) + 1)] == [
        *(0, 0, 2, 3, 4),  # of two ends as near, the one before
        *(4, 4, 9, 9, 9),
        *(10, 10, 10, 14, 14),
    ]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("one two", "one two"),
        ("one\n two three", "one two…"),
        ("three four five", "three…"),
        ("one twothree", "one…"),
        ("onetwothree", "onetwot…"),
        ("  onetwoth ", "onetwoth"),
    ],
)
def test_a_text_is_cut_behind_a_word_or_inside_one_that_is_too_long(text: str, short: str) -> None:
    assert shortened(text, 8) == short
