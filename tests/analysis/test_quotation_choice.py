"""Quotations are spread over people and groups, and nothing beside them points to one person."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.quotation_choice import Crowd, Detail, Passage, choose_quotations, never_quoted
from qualcode.model.case import NO_GROUP

MEDIUM = "it takes a good while before the two of us know each other here"


def passage(segment: int, respondent: str, group: str = "Leader", text: str = "", **other: str) -> Passage:
    place = {"session": "", "source": "answer"} | other
    return Passage(segment, respondent, group, text=text or f"{MEDIUM} {segment}", **place)


def test_everybody_speaks_once_before_anybody_speaks_twice() -> None:
    passages = [passage(1, "a"), passage(2, "a"), passage(3, "b"), passage(4, "b"), passage(5, "c")]
    assert [each.respondent for each in choose_quotations(passages, 3)] == ["a", "b", "c"]
    assert sorted(each.respondent for each in choose_quotations(passages, 5)) == ["a", "a", "b", "b", "c"]


def test_groups_take_turns_whatever_their_size() -> None:
    many = [passage(n, f"leader {n}") for n in range(20)]
    passages = [*many, passage(30, "clinician", "Clinician"), passage(31, "specialist", "Specialist")]
    first_three = choose_quotations(passages, 3)
    assert {each.group for each in first_three} == {"Leader", "Clinician", "Specialist"}


def test_medium_length_comes_before_short_and_long() -> None:
    long = " ".join(["word"] * 85)
    passages = [passage(1, "a", text="Too short."), passage(2, "b", text=long), passage(3, "c", text=MEDIUM)]
    assert [each.segment for each in choose_quotations(passages, 3)] == [3, 2, 1]


def test_who_is_quoted_elsewhere_waits() -> None:
    passages = [passage(1, "a"), passage(2, "b")]
    assert choose_quotations(passages, 1, quoted={"a": 1})[0].respondent == "b"


def test_a_text_that_the_report_shows_already_waits_and_none_comes_twice() -> None:
    passages = [passage(1, "a", text=MEDIUM), passage(2, "b", text=MEDIUM), passage(3, "c")]
    assert [each.segment for each in choose_quotations(passages, 3)] == [3, 1]
    assert choose_quotations(passages, 1, shown={MEDIUM})[0].segment == 3


def test_who_was_never_quoted_is_told() -> None:
    assert never_quoted(["a", "b", "c"], [passage(1, "b")]) == ["a", "c"]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz"), st.integers(1, 80)), max_size=15))
def test_the_choice_is_the_same_each_time_and_fair(rows: list[tuple[str, str, int]]) -> None:
    passages = [passage(n, who, group, f"{n} " + "word " * words) for n, (who, group, words) in enumerate(rows)]
    chosen = choose_quotations(passages, 4)
    assert chosen == choose_quotations(passages, 4)
    assert len(chosen) == min(4, len(passages))
    n_people = len({each.respondent for each in passages})
    assert len({each.respondent for each in chosen}) == min(len(chosen), n_people)


PEOPLE = [
    *((f"survey {n}", "Leader", "", "answer") for n in range(9)),
    *((f"A {n}", "Clinician", "Team A", "focus_group") for n in range(4)),
    *((f"B {n}", "Clinician", "Team B", "focus_group") for n in range(2)),
    ("D 1", "Leader", "Team D", "interview"),
    ("A 9", "Manager", "Team A", "focus_group"),
]


def test_a_crowd_may_be_named_with_its_session() -> None:
    crowd = Crowd(PEOPLE)
    said = passage(1, "A 1", "Clinician", session="Team A", source="focus_group")
    assert crowd.safe_detail(said, 5) == Detail.SESSION
    assert not crowd.is_coarser(said, Detail.SESSION)
    assert crowd.safe_detail(passage(2, "survey 1"), 5) == Detail.SOURCE


def test_two_of_a_role_in_a_session_are_told_without_the_session() -> None:
    crowd = Crowd(PEOPLE)
    said = passage(1, "B 1", "Clinician", session="Team B", source="focus_group")
    assert crowd.safe_detail(said, 5) == Detail.SOURCE
    assert crowd.is_coarser(said, Detail.SOURCE)


def test_the_only_leader_who_was_interviewed_is_a_leader_and_no_more() -> None:
    crowd = Crowd(PEOPLE)
    assert crowd.safe_detail(passage(1, "D 1", "Leader", session="Team D", source="interview"), 5) == Detail.GROUP


def test_a_small_group_is_not_named() -> None:
    crowd = Crowd(PEOPLE)
    said = passage(1, "A 9", "Manager", session="Team A", source="focus_group")
    assert crowd.safe_detail(said, 5) == Detail.SOURCE_ONLY
    assert Crowd(PEOPLE[-2:]).safe_detail(said, 5) == Detail.NOTHING


def test_what_several_say_at_once_is_told_by_its_session() -> None:
    crowd = Crowd(PEOPLE)
    assert crowd.safe_detail(passage(1, "", NO_GROUP, session="Team A", source="focus_group"), 5) == Detail.SESSION
    assert crowd.safe_detail(passage(1, "x", NO_GROUP), 5) == Detail.SOURCE_ONLY


def test_a_span_that_was_coded_a_little_wider_is_not_quoted_twice() -> None:
    wider = passage(1, "a", text=f"{MEDIUM}, she said.")
    narrow, other = passage(2, "a", text=MEDIUM), passage(3, "a", text=f"{MEDIUM}s were not said")
    assert len(choose_quotations([wider, narrow], 5)) == 1
    assert len(choose_quotations([wider, other], 5)) == 2
    assert len(choose_quotations([wider, passage(4, "b", text=MEDIUM)], 5)) == 2
