"""Closed questions that go with themes by their names."""

from __future__ import annotations

import pytest

from qualcode.analysis.name_matching import NEAR_ENOUGH, likeness, proposed_pairs


@pytest.mark.parametrize(
    ("name", "other", "is_near"),
    [
        ("Formal barriers", "Formal barriers (0-10)", True),
        ("Formal barriers", "barriers, formal [1 to 5]", True),
        ("Lacking shared understanding", "Shared understanding (0-10)", True),
        ("Inclusion", "Inclusion in the team", True),
        ("Faglige spenninger", "Faglig spenning (0-10)", True),
        ("Formal barriers", "Professional tensions (0-10)", False),
        ("Inclusion", "Age", False),
        ("", "Age", False),
        ("Time", "(0-10)", False),
    ],
)
def test_names_are_compared_without_brackets_order_and_endings(name: str, other: str, is_near: bool) -> None:
    assert (likeness(name, other) >= NEAR_ENOUGH) is is_near
    assert likeness(name, other) == pytest.approx(likeness(other, name))


def test_each_question_goes_with_one_theme_the_most_alike() -> None:
    themes = {"a": ["Inclusion"], "b": ["Inclusion in the team"], "c": ["Trust", "Time pressure"], "d": []}
    pairs = proposed_pairs(themes, ["Inclusion in the team (0-10)", "Time pressure", "Age"])
    assert {theme: question for theme, (question, _near) in pairs.items()} == {
        "b": "Inclusion in the team (0-10)",
        "c": "Time pressure",
    }
    assert proposed_pairs(themes, []) == {}
