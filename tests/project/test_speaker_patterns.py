"""What labels have in common, and what they seem to mean."""

from __future__ import annotations

import pytest

from qualcode.project.speaker_patterns import (
    bracketed_group,
    families,
    look_alikes,
    pattern_of,
    proposed_role,
    same_group,
    stem_of,
)


@pytest.mark.parametrize(
    ("label", "stem"),
    [
        ("Baker 2", "Baker"),
        ("Baker2", "Baker"),
        ("Baker A", "Baker"),
        ("Baker 12b", "Baker"),
        ("SPEAKER_00", "SPEAKER"),
        ("Daglig leder #3", "Daglig leder"),
        ("Baker", ""),
        ("BAKERA", ""),
        ("2", ""),
    ],
)
def test_a_label_begins_with_its_stem(label: str, stem: str) -> None:
    assert stem_of(label) == stem


def test_a_group_in_brackets_is_shared() -> None:
    assert bracketed_group("Kari (baker)") == "baker"
    assert pattern_of("Kari (baker)") == "*(baker)"
    assert families(["Kari (baker)", "Ola (baker)", "Per (kelner)"]) == {"*(baker)": ["Kari (baker)", "Ola (baker)"]}


def test_labels_that_begin_alike_are_a_family_with_the_bare_one() -> None:
    found = families(["Baker", "Baker 1", "baker 2", "Bakermester", "Kelner 1"])
    assert found == {"Baker*": ["Baker 1", "baker 2", "Baker"]}


@pytest.mark.parametrize(
    ("label", "beside", "groups", "role"),
    [
        ("Intervjuer 2", (), (), "moderator"),
        ("I", ("I", "R"), (), "moderator"),
        ("I", ("I", "Kari"), (), ""),
        ("R", ("I", "R"), (), ""),
        ("Flere", (), (), "several"),
        ("Kari Nes (intervjuer)", (), (), "moderator"),
        ("Baker 1 og Baker 2", (), (), "several"),
        ("Baker 1/2", (), (), "several"),
        ("Anna og Per", ("Anna", "Per"), (), "several"),
        ("Anna og Per", ("Anna",), (), ""),
        ("Baker og kokk 1", (), (), "Baker og kokk"),
        ("Baker 1", (), ("bakere",), "bakere"),
        ("Baker 1", (), (), "Baker"),
        ("Deltaker 1", (), (), ""),
        ("Kari", (), (), ""),
        ("Kari (Baker)", (), (), "Baker"),
        ("Behanlder 1", (), ("Behandler",), "Behandler"),
        ("Rita Moderator", (), (), "moderator"),
        ("Grete (I)", (), (), "moderator"),
        ("Kari (IT)", (), (), "IT"),
        ("Anne baker", (), ("Baker", "Kokk"), "Baker"),
        ("Anne Baker", (), (), ""),
        ("Baker Anne", (), ("Kokk", "bakere"), "bakere"),
        ("Baker Anne", (), (), ""),
        ("Intervjuer Anne", (), (), "moderator"),
        ("Anna og Per Kokk", (), ("Kokk",), ""),
    ],
)
def test_a_role_is_proposed_only_where_something_speaks_for_it(
    label: str, beside: tuple[str, ...], groups: tuple[str, ...], role: str
) -> None:
    assert proposed_role(label, beside, groups) == role


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("baker", "Bakere", True),
        ("Behandlar", "Behandler", True),
        ("Gruppe A", "Gruppe B", False),
        ("Kommune1", "Kommune2", False),
        ("faglært", "ufaglært", False),
        ("uten erfaring", "med erfaring", False),
        ("Teamlege", "Teamleder", False),
        ("Daglig leder", "Daglig ledere", True),
    ],
)
def test_spellings_of_one_group_are_told_from_others(one: str, other: str, is_same: bool) -> None:
    assert same_group(one, [other]) == (other if is_same else "")


def test_labels_of_one_person_are_noticed_and_those_of_two_are_not() -> None:
    labels = ("Behandler 1", "Behanlder 1", "Behandler 2", "Baker A", "Baker B", "Kari", "Kåre")
    assert look_alikes(labels) == (("Behandler 1", "Behanlder 1"),)
