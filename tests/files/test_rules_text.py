"""Rules of a code as text that can be edited: what is written reads as the same rules, errors name their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.files.codebook_file import read_codebook
from qualcode.files.rules_text import concepts_text, read_concepts, read_rules, rules_text
from qualcode.model.codebook import Context, MatchRule

SHIPPED = Path(__file__).parents[2] / "codebooks" / "ips_integration.yaml"


def test_the_shipped_rules_read_as_they_are_written() -> None:
    codebook = read_codebook(SHIPPED)
    for code in codebook.codes:
        read, problems = read_rules(rules_text(code.rules), codebook.concepts)
        assert [each for each in problems if each.severity == "error"] == []
        assert read == code.rules, code.key
    assert read_concepts(concepts_text(codebook.concepts)) == (dict(codebook.concepts), [])


def test_a_rule_is_written_as_a_person_would_write_it() -> None:
    rule = MatchRule(any=("rent", "wage*"), none=("low rent",), within=Context.TURN, weight=0.6, name="money")
    assert (
        rules_text([rule])
        == '- any: [rent, "wage*"]\n  not: [low rent]\n  within: turn\n  weight: 0.6\n  name: money\n'
    )


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("- any: [rent]\n- anny: [wage]\n", "line 2", "anny"),
        ("- any: [rent\n", "line 2", ""),
        ("- any: [rent]\n\n- any: ['@nobody']\n", "line 3", "nobody"),
        ("- regex: '(a+'\n", "line 1", ""),
        ('"rent"\n', "line 1", ""),
        ("any: [rent]\n", "line 1", ""),
        ("- any: [rent]\n  weight: 7\n", "line 2", "weight"),
    ],
)
def test_what_is_wrong_names_its_line_in_the_text(text: str, line: str, what: str) -> None:
    _rules, problems = read_rules(text, {"money": ("rent",)})
    errors = [each for each in problems if each.severity == "error"]
    assert errors, problems
    assert errors[0].where == line
    assert what in errors[0].what


def test_no_text_is_no_rule() -> None:
    assert read_rules("  \n# only a comment\n", {}) == ((), [])
    assert read_rules("", {}) == ((), [])
    assert rules_text([]) == ""


def test_word_lists_are_known_to_each_other_by_name_only() -> None:
    _found, problems = read_concepts("money: [rent]\nall: ['@money']\n")
    assert [each.where for each in problems] == ["line 2"]


def test_sentences_stand_one_a_line_or_as_a_list_and_come_back() -> None:
    lines = (
        "- like: |-\n    Vi sitter: langt *unna*.\n    @ikke et begrep\n  not: |-\n    Ja, det er greit.\n    Nei.\n"
    )
    rules, problems = read_rules(lines, {})
    assert problems == []
    assert rules[0].like == ("Vi sitter: langt *unna*.", "@ikke et begrep")
    assert rules[0].none == ("Ja, det er greit.", "Nei.")
    as_list, _problems = read_rules('- like: ["Vi sitter: langt *unna*.", "@ikke et begrep"]\n', {})
    assert as_list[0].like == rules[0].like
    assert read_rules(rules_text(rules), {}) == (rules, [])


@pytest.mark.parametrize("part", ["lacking: true", "within: turn"])
def test_what_means_nothing_beside_sentences_is_told(part: str) -> None:
    rules, problems = read_rules(f"- like: [Vi sitter langt unna.]\n  {part}\n", {})
    assert len(rules) == 1
    assert [problem.severity for problem in problems] == ["warning"]


@pytest.mark.parametrize("text", ["opening hours, close*", "opening hours,\nclose*,\n", "\nopening hours\nclose*"])
def test_plain_words_are_one_rule_that_looks_for_any_of_them(text: str) -> None:
    rules, problems = read_rules(text, {})
    assert problems == []
    assert rules == read_rules('- any: [opening hours, "close*"]\n', {})[0]


def test_a_list_of_words_is_known_among_plain_words() -> None:
    rules, problems = read_rules("@hours, late", {"hours": ["opening hours"]})
    assert problems == []
    assert rules == read_rules('- any: ["@hours", late]', {"hours": ["opening hours"]})[0]


@pytest.mark.parametrize("text", ["any: hours", "- hours", "hours: [late]", "'hours"])
def test_what_begins_as_a_rule_is_not_taken_for_plain_words(text: str) -> None:
    assert any(problem.severity == "error" for problem in read_rules(text, {})[1])
