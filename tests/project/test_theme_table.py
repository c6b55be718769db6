"""The theme table, against worked cells and against a second way of counting."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qualcode.analysis.filtering import Filter, parse_filter
from qualcode.errors import AnalysisError
from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Span, Unit
from qualcode.model.sentences import sentence_spans
from qualcode.project.counting import count_table
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_code, make_codebook, make_project

MODERATOR, SEVERAL = SpeakerRole.MODERATOR, SpeakerRole.SEVERAL
CODEBOOK = make_codebook(
    make_code("barriers"), make_code("secrecy", "barriers", 1), make_code("rooms", "barriers", 1), make_code("trust")
)


def cell(
    project: Project, group: str, theme: str, unit: Unit = Unit.SEGMENT, where: Filter | None = None, by: str = "group"
) -> dict[str, Any]:
    """One row of the theme table."""
    table = project.reports.theme_table(by=by, unit=unit, where=where or Filter())
    (row,) = table[(table["group"] == group) & (table["theme"] == theme)].to_dict("records")
    return {str(name): value for name, value in row.items()}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Two sessions and a survey with codings that overlap in every way."""
    with make_project(tmp_path, CODEBOOK) as project:
        fill(project)
        yield project


def fill(project: Project) -> None:
    add_session(
        project,
        "Team A",
        [
            ("M", "What is hard?"),
            ("Anna", "The rules of secrecy. And there are no rooms."),
            ("Bo", "I trust them. Rooms are scarce."),
            ("All", "Yes, rooms!"),
            ("Anna", "Rooms, rooms."),
        ],
        {"M": MODERATOR, "Anna": "Leaders", "Bo": "Staff", "All": SEVERAL},
    )
    add_session(
        project, "Team B", [("Anna", "Secrecy again."), ("M", "Thank you.")], {"Anna": "Leaders", "M": MODERATOR}
    )
    add_survey(
        project,
        [
            ("1", "Leaders", {"What is hard?": "Secrecy and rooms.", "More?": "nei"}),
            ("2", "Leaders", {"What is hard?": "vet ikke", "More?": ""}),
            ("2", "Staff", {"What is hard?": "Trust.", "More?": "-"}),
            ("3", "", {"What is hard?": "Rooms", "More?": "Trust"}),
        ],
    )
    code_words(project, "Team A.txt", "rules of secrecy", "secrecy")
    code_words(project, "Team A.txt", "rules of secrecy", "secrecy", coder="Ola")  # agrees: the same coding
    code_words(project, "Team A.txt", "no rooms", "rooms")
    code_words(project, "Team A.txt", "no rooms", "secrecy")  # one span, two codes of one parent
    code_words(project, "Team A.txt", "no rooms.\nI trust them", "trust")  # two people
    code_words(project, "Team A.txt", "What is hard?", "trust")  # the moderator
    code_words(project, "Team A.txt", "Yes, rooms", "rooms")  # several at once
    code_words(project, "Team B.txt", "Secrecy", "barriers")
    code_words(project, "survey.csv#!2:What is hard?", "Secrecy and rooms.", "secrecy")
    code_words(project, "survey.csv#!2:What is hard?", "rooms", "rooms")
    code_words(project, "survey.csv#!4:What is hard?", "Trust.", "trust")
    code_words(project, "survey.csv#!5:What is hard?", "Rooms", "rooms")


def test_a_parent_is_a_union_and_bases_are_named(project: Project) -> None:
    row = cell(project, "Leaders", "barriers")
    # spans: rules of secrecy, no rooms, Secrecy (Team B), the survey's two; Anna twice (two sessions: two people), id 1
    assert (row["codings"], row["units"], row["respondents"], row["sessions"]) == (5, 5, 3, 2)
    assert row["codings_in_group"] == 7  # those five spans carry six (span, code), and "trust" reaches into Anna's turn
    assert row["units_in_group"] == 6
    assert (row["answering"], row["group_n"]) == (3, 4)  # id 2 said only "vet ikke"
    assert row["sessions_in_group"] == 2
    assert row["words_in_group"] == 9 + 2 + 2 + 3  # two turns, the other session, one answer; "nei" is no answer


def test_one_span_with_two_codes_is_one_unit_and_two_codings(project: Project) -> None:
    assert cell(project, "Leaders", "secrecy")["codings"] == 3
    assert cell(project, "Leaders", "rooms")["codings"] == 2


def test_a_segment_belongs_to_everyone_whose_words_it_touches(project: Project) -> None:
    assert cell(project, "Leaders", "trust")["respondents"] == 1
    assert cell(project, "Staff", "trust")["respondents"] == 2
    assert (
        cell(project, "(all)", "trust")["codings"] == 2
    )  # Bo's and Anna's is one span; the moderator's counts nowhere


def test_several_at_once_are_speech_but_no_respondent(project: Project) -> None:
    row = cell(project, "(none)", "rooms")
    assert (row["codings"], row["respondents"], row["answering"], row["group_n"]) == (2, 1, 1, 1)
    assert row["words_in_group"] == 2 + 1 + 1


def test_everything_includes_those_without_a_group(project: Project) -> None:
    row = cell(project, "(all)", "rooms")
    assert (row["respondents"], row["answering"], row["group_n"]) == (3, 6, 7)


def test_per_cents_below_the_small_cell_are_left_out(project: Project) -> None:
    assert math.isnan(cell(project, "Leaders", "barriers")["pct_of_answering"])  # 3 answer, small_cell is 5
    row = cell(project, "(all)", "barriers")
    assert row["pct_of_answering"] == pytest.approx(100 * 4 / 6, abs=0.05)
    assert row["pct_of_answering"] == 66.7
    assert row["ci_low"] == pytest.approx(29.999, abs=0.001)  # Wilson, 4 of 6
    assert row["ci_high"] == pytest.approx(90.323, abs=0.001)


def test_units_are_all_that_the_group_uttered(project: Project) -> None:
    turns = cell(project, "Leaders", "barriers", Unit.TURN)
    assert (turns["units"], turns["units_in_group"]) == (
        3,
        4,
    )  # Anna's "Rooms, rooms." is not coded; an answer is a turn
    sentences = cell(project, "Leaders", "barriers", Unit.SENTENCE)
    assert (sentences["units"], sentences["units_in_group"]) == (4, 5)
    answers = cell(project, "Leaders", "barriers", Unit.ANSWER)
    assert (answers["units"], answers["units_in_group"]) == (1, 1)
    respondents = cell(project, "Leaders", "barriers", Unit.RESPONDENT)
    assert (respondents["units"], respondents["units_in_group"]) == (3, 3)
    sessions = cell(project, "Leaders", "trust", Unit.SESSION)
    assert (sessions["units"], sessions["units_in_group"]) == (1, 2)


def test_whoever_answers_elsewhere_is_not_in_the_base_of_a_question(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        answers = [(str(row), "Leaders", {"What is hard?": "Rooms.", "More?": "nei"}) for row in range(6)]
        add_survey(project, [*answers, ("6", "Leaders", {"What is hard?": "Nothing", "More?": "Trust"})])
        for row in range(2, 8):
            code_words(project, f"survey.csv#!{row}:More?", "nei", "rooms")  # a coder may; it is no answer
        for unit in (Unit.SEGMENT, Unit.RESPONDENT):
            more = cell(project, "More?", "rooms", unit, by="question")
            assert (more["codings"], more["respondents"], more["answering"]) == (6, 0, 1)
        assert more["units"] == 0
        assert cell(project, "(all)", "rooms", by="question")["respondents"] == 6
        told_apart = count_table(project, by="question", unit=Unit.RESPONDENT, told_apart=True).set_index(
            ["group", "theme"]
        )
        assert told_apart.loc[("More?", "rooms"), "single_units"] == 0
        assert told_apart.loc[("(all)", "rooms"), "single_units"] == 6


@pytest.mark.parametrize("by", ["group", "session", "document", "question", "group+question", "session+question"])
def test_what_a_study_does_not_have_leaves_everything_without_a_group(tmp_path: Path, by: str) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        assert cell(project, "(all)", "rooms", by=by)["group_n"] == 0
        add_session(project, "Team A", [("Anna", "No rooms.")], {"Anna": "Leaders"})
        code_words(project, "Team A.txt", "rooms", "rooms")
        row = cell(project, "(none)" if "question" in by else "(all)", "rooms", by=by)
        assert (row["respondents"], row["answering"], row["group_n"]) == (1, 1, 1)


def test_filters_narrow_the_bases_too(project: Project) -> None:
    survey_only = cell(project, "Leaders", "barriers", where=parse_filter(["question=What is hard?"]))
    assert (survey_only["respondents"], survey_only["answering"], survey_only["group_n"]) == (1, 1, 2)
    session = cell(project, "(all)", "barriers", where=parse_filter(["session=Team A"]))
    assert (session["respondents"], session["answering"], session["group_n"]) == (1, 2, 2)
    coder = cell(project, "Leaders", "barriers", where=parse_filter(["coder=Ola"]))
    assert (coder["codings"], coder["answering"]) == (1, 3)
    without = cell(project, "(all)", "trust", where=parse_filter(["group!=Staff|(none)"]))
    assert (without["respondents"], without["answering"]) == (1, 3)


def test_other_groupings(project: Project) -> None:
    assert cell(project, "Team A", "rooms", by="session")["codings"] == 2
    assert cell(project, "Team A", "rooms", by="session")["answering"] == 2
    asked = cell(project, "What is hard?", "rooms", by="question")
    assert (asked["respondents"], asked["answering"], asked["group_n"]) == (2, 3, 4)


def test_a_misspelt_name_gets_the_nearest_one(project: Project) -> None:
    with pytest.raises(AnalysisError, match="'Leders'") as error:
        project.reports.theme_table(where=parse_filter(["group=Leders"]))
    assert "Leaders" in error.value.hint
    with pytest.raises(AnalysisError, match="'grupp'"):
        project.reports.theme_table(by="grupp")
    with pytest.raises(AnalysisError, match="cannot be read"):
        parse_filter(["group Leaders"])


def test_a_rate_is_not_rounded_before_it_is_printed(project: Project) -> None:
    row = cell(project, "Leaders", "barriers")
    assert row["per_1000_words"] == 1000 * 5 / 16


def test_values_of_an_attribute_are_one_without_case(tmp_path: Path) -> None:
    with make_project(tmp_path, CODEBOOK) as project:
        rows = [(str(number), "Staff", {"Why?": "because"}) for number in range(3)]
        add_survey(project, rows, [{"Place": "Oslo"}, {"Place": "oslo "}, {"Place": "Bergen"}])
        assert cell(project, "Oslo", "trust", by="Place")["answering"] == 2
        assert cell(project, "(all)", "trust", where=parse_filter(["Place=OSLO"]))["answering"] == 2
        comparison = project.reports.compare("oslo", "Bergen", by="Place")
        assert set(comparison["a_N"]) == {2}
        assert cell(project, "(all)", "trust", where=parse_filter(["respondent=2"]))["answering"] == 1
        with pytest.raises(AnalysisError, match="'coder'") as error:
            project.reports.theme_table(by="coder")
        assert "'coder'" not in error.value.hint


def test_every_cell_opens_to_its_quotations(project: Project) -> None:
    table = project.reports.theme_table()
    for group, theme, codings in zip(table["group"], table["theme"], table["codings"], strict=True):
        assert len(project.reports.quotations(theme, group)) == codings
    (first, *_rest) = project.reports.quotations("barriers", "Leaders")
    assert (first.text, first.respondent, first.document, first.session) == (
        "rules of secrecy",
        "Anna",
        "Team A.txt",
        "Team A",
    )


def test_codings_have_one_row_for_each_respondent_and_none_for_a_moderator(project: Project) -> None:
    table = project.exports.codings_table()
    both = table[table["text"] == "no rooms.\nI trust them"]
    assert sorted(both["respondent"]) == ["Anna", "Bo"]
    assert "What is hard?" not in set(table["text"])
    assert list(table[table["text"] == "Yes, rooms"]["respondent"]) == [""]
    spans = table[["document", "start", "end", "text"]].to_dict("records")
    names = {document.name: project.documents.text(document.id) for document in project.documents.all()}
    assert all(names[row["document"]][row["start"] : row["end"]] == row["text"] for row in spans)


def test_respondents_table_says_who_was_asked_answered_and_spoke(project: Project) -> None:
    table = project.exports.respondents_table().set_index("respondent_key")
    assert tuple(table.loc["survey:2", ["asked", "answered", "spoke", "words"]]) == (1, 0, 0, 0)
    assert tuple(table.loc["survey:2 (2)", ["asked", "answered", "spoke", "words"]]) == (1, 1, 0, 1)
    assert tuple(table.loc["Team A:Anna", ["asked", "answered", "spoke", "words", "units"]]) == (0, 0, 1, 11, 3)


# -- a second way of counting: plain sets, one coding at a time -------------------------------------------------------

LABELS = ("Anna", "Bo", "Cis", "Mod", "All")
GROUPS = {"Anna": "Leaders", "Bo": "Staff", "Cis": "Staff", "Mod": MODERATOR, "All": SEVERAL}
Turn = tuple[str, str]
WORDS = st.lists(st.sampled_from(["ja", "nei", "møte.", "…", "tid", "Rom!", "-"]), min_size=1, max_size=5).map(" ".join)
SESSIONS = st.lists(st.lists(st.tuples(st.sampled_from(LABELS), WORDS), min_size=1, max_size=6), min_size=1, max_size=3)
CODINGS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(1, 25), st.integers(0, 3)), max_size=12)


def half_up(n: int, base: int) -> float:
    return math.floor(Fraction(1000 * n, base) + Fraction(1, 2)) / 10


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sessions=SESSIONS, codings=CODINGS)
def test_counts_agree_with_plain_sets(
    tmp_path_factory: pytest.TempPathFactory, sessions: list[list[Turn]], codings: list[tuple[int, int, int, int]]
) -> None:
    with make_project(tmp_path_factory.mktemp("counts"), CODEBOOK) as project:
        documents = [add_session(project, f"S{number}", said, GROUPS) for number, said in enumerate(sessions)]
        codes = project.codebook.current().codes
        spans = []
        for session, start, length, code in codings:
            document = documents[session % len(documents)]
            text = project.documents.text(document)
            if start + length <= len(text):
                project.segments.add(document, Span(start, start + length), codes[code].id)
                spans.append((document, start, start + length, codes[code].key))
        for unit in (Unit.SEGMENT, Unit.TURN, Unit.SENTENCE):
            table = project.reports.theme_table(unit=unit)
            said = {document: turns_of(project, document) for document in documents}
            for row in table.to_dict("records"):
                expected = counted(said, spans, str(row["group"]), str(row["theme"]), unit)
                assert {name: row[name] for name in expected} == expected
                share = half_up(row["respondents"], row["answering"]) if row["answering"] >= 5 else None
                assert row["pct_of_answering"] == share or (share is None and math.isnan(row["pct_of_answering"]))


def turns_of(project: Project, document: int) -> list[tuple[str, int, int, str]]:
    text = project.documents.text(document)
    return [(f"{document}:{turn.label}", turn.start, turn.end, text) for turn in project.documents.turns(document)]


def counted(
    said: dict[int, list[tuple[str, int, int, str]]],
    spans: Sequence[tuple[int, int, int, str]],
    group: str,
    theme: str,
    unit: Unit,
) -> dict[str, int]:
    """The same numbers from their definitions: sets of what is counted, filled one coding at a time."""

    def belongs(person: str) -> bool:
        of_person = GROUPS[person.split(":")[1]]
        if of_person is MODERATOR:
            return False
        return group == "(all)" or of_person == group or (group == "(none)" and of_person is SEVERAL)

    def is_person(person: str) -> bool:
        return GROUPS[person.split(":")[1]] is not SEVERAL

    below = {"barriers": {"barriers", "secrecy", "rooms"}}.get(theme, {theme})
    found, units, people, all_codings, all_spans = set(), set(), set(), set(), set()
    for document, start, end, code in spans:
        for person, first, last, text in said[document]:
            words = re.search(r"\w", text[max(start, first) : min(end, last)])
            crosses = start < first or end > last
            if min(end, last) <= max(start, first) or not belongs(person) or (crosses and not words):
                continue
            all_codings.add((document, start, end, code))
            all_spans.add((document, start, end))
            if code not in below:
                continue
            found.add((document, start, end))
            if is_person(person) and any(re.search(r"\w", t[f:e]) for p, f, e, t in said[document] if p == person):
                people.add(person)
            speaks = re.search(r"\w", text[first:last])
            if unit == Unit.SEGMENT:
                units.add((document, start, end))
            elif unit == Unit.TURN and speaks:
                units.add((document, first, last))
            elif unit == Unit.SENTENCE and speaks:
                units |= {(document, a, b) for a, b in sentence_spans(text, first, last) if start < b and a < end}
    mine = [
        (d, *turn)
        for d, turns in said.items()
        for turn in turns
        if belongs(turn[0]) and re.search(r"\w", turn[3][turn[1] : turn[2]])
    ]
    sentences = sum(len(sentence_spans(text, first, last)) for _d, _p, first, last, text in mine)
    return {
        "codings": len(found),
        "units": len(units),
        "respondents": len(people),
        "codings_in_group": len(all_codings),
        "units_in_group": {Unit.SEGMENT: len(all_spans), Unit.TURN: len(mine), Unit.SENTENCE: sentences}[unit],
        "answering": len({person for _d, person, *_rest in mine if is_person(person)}),
        "words_in_group": sum(len(re.findall(r"\w+", text[first:last])) for _d, _p, first, last, text in mine),
    }


def test_the_codebook_counts_what_the_table_counts(project: Project) -> None:
    table = project.reports.theme_table().query("group == '(all)'").set_index("theme")["codings"]
    counts = project.codebook.n_segments()
    shown = {code.key: counts.get(code.id, 0) for code in project.codebook.current().codes}
    assert shown == {**table.to_dict(), "trust": table["trust"] + 1}  # the moderator's is seen there, and not counted
