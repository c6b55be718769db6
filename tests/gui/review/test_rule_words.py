"""A rule reads as a sentence, with the terms that were found first."""

from __future__ import annotations

from qualcode.gui.review.rule_words import as_html, as_text, conditions_in_words, rule_in_words, short_words
from qualcode.model.codebook import Context, MatchRule


def said(rule: MatchRule, *evidence: str) -> str:
    return as_text(rule_in_words(rule, evidence))


def test_each_kind_of_rule_has_its_words() -> None:
    assert said(MatchRule(any=("tid",))) == "tid"
    assert said(MatchRule(any=("tid", "~rom"))) == "tid or ~rom"
    assert said(MatchRule(near=(("behandler*",), ("bestemme", "avgjøre")), words=6)) == (
        "behandler* within 6 words of bestemme or avgjøre"
    )
    assert said(MatchRule(all=(("a",), ("b",)), within=Context.TURN)) == "a and, in the same turn, b"
    assert said(MatchRule(regex="to .* journal")) == "the expression to .* journal"


def test_a_concept_is_called_by_its_name() -> None:
    assert said(MatchRule(any=("@record_system",))) == "“record system”"


def test_of_many_terms_those_that_were_found_come_first() -> None:
    rule = MatchRule(any=("for lite tid", "dårlig tid", "hastverk", "stress", "aldri tid", "~kalender"))
    assert said(rule, "aldri tid").startswith("aldri tid or for lite tid")
    assert said(rule, "kalenderne").startswith("~kalender or ")
    assert said(rule).endswith("or 2 more")


def test_a_rule_of_several_lists_names_few_terms_of_each() -> None:
    rule = MatchRule(near=(("a1", "a2", "a3"), ("b1", "b2", "found", "b4")), words=5)
    assert said(rule, "found") == "a1 or a2 or 1 more within 5 words of found or b1 or 2 more"


def test_conditions_are_named() -> None:
    rule = MatchRule(any=("tid",), none=("arbeidstid",), lacking=True, groups=("Baker",))
    assert as_text(conditions_in_words(rule)) == ("arbeidstid or a group other than Baker speaks")
    assert as_text(rule_in_words(rule)).endswith("(where it is said to be missing or denied)")
    assert conditions_in_words(MatchRule(any=("tid",))) == []


def test_terms_cannot_bring_markup_along() -> None:
    html = as_html(rule_in_words(MatchRule(regex="<b>(a|b)")), "#123456")
    assert "<b>" not in html and "&lt;b&gt;" in html


def test_a_short_form_is_in_the_words_of_the_window_and_files_keep_theirs() -> None:
    near = MatchRule(near=(("lege",), ("velge", "avgjøre", "bestemme")), words=6, lacking=True)
    assert short_words(near) == (
        "lege within 6 words of velge or avgjøre or 1 more (where it is said to be missing or denied)"
    )
    assert near.short_form == "lege near velge/avgjøre/bestemme (lacking)"
    like = MatchRule(like=("One.", "Two.", "Three."))
    assert short_words(like) == "resembles one of 3 sentences"
    assert short_words(MatchRule(any=("tid", "rom", "uke"))) == "tid or rom or 1 more"
    assert short_words(MatchRule(any=("tid",), name="the clock")) == "the clock"
