"""What is said about characters that look lost."""

from __future__ import annotations

import pytest

from qualcode.importing.normal_form import doubtful_characters


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Vi ?kk e?ektive dager p? kontoret.", 2),
        ("Det g??r s?nn.", 2),
        ("«?kk du det?» sa han.", 1),
        ("Hva? Ja? Hvorfor?? Er det slik?", 0),
        ("Hva ?", 0),
        ("Jeg (?sprang) dit, og se [?ord].", 0),
        ("https://example.org/side?id=3&x?y og side?id=3", 0),
        ("Hva?Jeg vet ikke.", 0),
        ("3?4 ?5", 0),
    ],
)
def test_question_marks_in_place_of_letters_are_said(text: str, n: int) -> None:
    told = doubtful_characters(["Ja.", text], "talk.txt")
    assert [problem.what for problem in told] == (
        [f"Letters seem to be lost: «?» stands inside words or at their beginning ({n})."] if n else []
    )
    assert all(problem.where == "talk.txt" and problem.hint and problem.severity == "warning" for problem in told)
