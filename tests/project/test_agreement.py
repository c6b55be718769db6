"""Agreement of coders in a project: who judged what, the numbers, the disagreements, settling, samples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from qualcode.analysis.agreement import cohen_kappa
from qualcode.analysis.coder_agreement_tables import COLUMNS, POOLED_CODES, SUMMED_CODES
from qualcode.analysis.filtering import parse_filter
from qualcode.errors import AnalysisError
from qualcode.model.document import SpeakerRole
from qualcode.model.double_coding import JudgedUnit, Universe
from qualcode.project.agreement import DISAGREEMENT_COLUMNS, disagreements_table
from qualcode.project.coder_comparison import CoderAgreement
from qualcode.project.project import Project
from tests.builders import add_session, add_survey, code_words, make_project

GROUPS: dict[str, str | SpeakerRole] = {"A": "Leaders", "B": "Staff", "M": SpeakerRole.MODERATOR}
SAID = [
    ("M", "What about the price?"),
    ("A", "The price is high. We lack time. All is well."),
    ("B", "Too dear! It takes hours."),
    ("A", "Yes. Quite."),
]
OTHER = [("A", "Nothing here."), ("B", "The price again.")]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Seven sentences of one session that Kari and Ola coded, two of another that Kari alone coded, one answer."""
    with make_project(tmp_path) as project:
        add_session(project, "Team", SAID, GROUPS)
        add_session(project, "Other", OTHER, GROUPS)
        add_survey(project, [("1", "Staff", {"Why?": "It costs."}), ("2", "Staff", {"Why?": "No idea."})])
        for words, code, coder in (
            ("The price is high", "price", "Kari"),
            ("price is high. We lack time", "cost", "Ola"),
            ("We lack time", "time", "Kari"),
            ("We lack time", "time", "Ola"),
            ("Too dear", "cost", "Kari"),
            ("Too dear", "cost", "Ola"),
            ("takes hours", "time", "Ola"),
            ("price again", "price", "Kari"),
        ):
            code_words(project, "Other.txt" if words == "price again" else "Team.txt", words, code, coder)
        yield project


def row(found: CoderAgreement, theme: str) -> pd.Series:
    return found.table[found.table["theme"] == theme].iloc[0]


def test_units_are_what_two_have_judged(project: Project) -> None:
    found = project.agreement.measure()
    assert found.coders == ("Kari", "Ola")
    assert tuple(found.table.columns) == COLUMNS
    assert (found.n_units, found.n_documents) == (7, 1)  # Ola coded nothing in the other session and the survey
    assert any("Ola coded nothing in 2 of 3" in note for note in found.notes)
    everything = project.agreement.measure(all_read=True)
    assert everything.n_units == 7 + 2 + 2
    coded = project.agreement.measure(universe=Universe.CODED)
    assert coded.n_units == 4
    assert project.agreement.measure(unit=JudgedUnit.TURN).n_units == 3


def test_numbers_of_a_theme_are_those_of_its_table(project: Project) -> None:
    found = project.agreement.measure()
    price = row(found, "price")  # with cost below it; Ola's quotation touches two sentences
    assert [price[each] for each in ("all_give", "some_give", "none_give", "units")] == [2, 1, 4, 7]
    assert price["given_by"] == "Kari 2; Ola 3"
    assert price["agreement"] == pytest.approx(6 / 7)
    assert price["kappa"] == pytest.approx(cohen_kappa(((2, 0), (1, 4))).value)
    assert price["positive"] == pytest.approx(4 / 5)
    assert price["prevalence"] == pytest.approx(5 / 14)
    cost = row(found, "cost")
    assert [cost[each] for each in ("all_give", "some_give", "none_give")] == [1, 2, 4]
    # Over codes as they stand: price 1 of Kari alone; cost 1 both, 2 Ola alone; time 1 both, 1 Ola alone.
    tables = [((0, 1), (0, 6)), ((1, 0), (2, 4)), ((1, 0), (1, 5))]
    observed = sum((t[0][0] + t[1][1]) / 7 for t in tables) / 3
    expected = sum(
        ((t[0][0] + t[0][1]) * (t[0][0] + t[1][0]) + (t[1][0] + t[1][1]) * (t[0][1] + t[1][1])) / 49 for t in tables
    ) / 3  # fmt: skip
    assert row(found, POOLED_CODES)["kappa"] == pytest.approx((observed - expected) / (1 - expected))
    added = [[sum(t[i][j] for t in tables) for j in range(2)] for i in range(2)]
    assert row(found, SUMMED_CODES)["kappa"] == pytest.approx(cohen_kappa(added).value)
    assert row(found, SUMMED_CODES)["units"] == 21


def test_a_number_that_does_not_exist_has_its_reason(project: Project) -> None:
    leaders = project.agreement.measure(where=parse_filter(["group=Leaders", "code=cost"]))
    time = row(leaders, "time")
    assert pd.isna(time["kappa"]) and pd.isna(time["positive"]) and "nobody" in time["note"]
    assert time["agreement"] == 1
    agreeing = project.agreement.measure(where=parse_filter(["group=Leaders", "code=time"]))
    sure = row(agreeing, "time")
    assert sure["kappa"] == 1 and pd.isna(sure["kappa_low"]) and "no disagreement" in sure["note"]


def test_characters_show_where_quotations_begin_and_end(project: Project) -> None:
    found = project.agreement.measure(unit=JudgedUnit.CHARACTER)
    text = "The price is high. We lack time. All is well."
    assert found.n_units == len(text) + len("Too dear! It takes hours.") + len("Yes. Quite.")
    cost = row(found, "cost")
    assert cost["all_give"] == len("Too dear")
    assert cost["some_give"] == len("price is high. We lack time")
    told = {(each.text, each.code, each.given_by) for each in found.open}
    assert told == {  # stretches of one disagreement are joined again
        ("The price is high", "price", ("Kari",)),
        ("price is high. We lack time", "cost", ("Ola",)),
        ("takes hours", "time", ("Ola",)),
    }


def test_disagreements_say_who_gave_what_and_can_be_settled(project: Project) -> None:
    found = project.agreement.measure()
    told = {(each.text, each.code, each.given_by, each.not_given_by) for each in found.open}
    assert told == {
        ("The price is high.", "price", ("Kari",), ("Ola",)),
        ("The price is high.", "cost", ("Ola",), ("Kari",)),
        ("We lack time.", "cost", ("Ola",), ("Kari",)),
        ("It takes hours.", "time", ("Ola",), ("Kari",)),
    }
    assert [each.text for each in found.open][-1] == "It takes hours."  # in order of place
    first = found.open[0]
    assert (first.respondent, first.group, first.session) == ("A", "Leaders", "Team")
    assert dict(first.codes_of_all) == {"Kari": ("price",), "Ola": ("cost",)}
    project.agreement.settle_many(found.open[:2], applies=True, note="agreed")
    again = project.agreement.measure()
    assert (len(again.open), len(again.settled)) == (2, 2)
    assert again.settled[0].settlement is not None and again.settled[0].settlement.coder == "Kari"
    assert row(again, "price")["kappa"] == row(found, "price")["kappa"]  # the codings stay as they were made
    assert "Pooled over 3 codes" in found.sentence and found.sentence.endswith("They disagreed in 4 places.")
    assert again.sentence.endswith("They disagreed in 4 places. 2 of these were settled in discussion.")
    table = disagreements_table([*again.settled, *again.open])
    assert tuple(table.columns) == DISAGREEMENT_COLUMNS
    assert list(table["applies"]) == [1, 1, "", ""]
    place = again.settled[0]
    project.agreement.settle(place.document_id, place.start, place.end, place.code_id, applies=False)
    assert [each.applies for each in project.agreement.settlements()].count(False) == 1
    project.undo()
    project.agreement.reopen([each.id for each in project.agreement.settlements()])
    assert len(project.agreement.measure().open) == 4
    project.undo()
    project.undo()
    assert project.agreement.settlements() == []


def test_three_coders_may_be_missing_in_places(project: Project) -> None:
    code_words(project, "Other.txt", "Nothing", "time", "Per")
    code_words(project, "Other.txt", "price again", "price", "Ola")
    found = project.agreement.measure()
    assert found.coders == ("Kari", "Ola", "Per")
    assert found.n_units == 9  # seven of Kari and Ola, two of all three
    time = row(found, "time")
    assert (time["coders"], time["given_by"]) == (3, "Kari 1; Ola 2; Per 1")
    assert "Conger" in found.sentence
    only = project.agreement.measure(["ola", "Per"])
    assert (only.coders, only.n_units) == (("Ola", "Per"), 2)


def test_the_sentence_says_numbers_and_bases(project: Project) -> None:
    said = project.agreement.measure().sentence
    for part in ("Kari and Ola", "7 units (sentences; all units)", "3 codes", "Cohen's kappa", "alpha", "AC1"):
        assert part in said
    assert "resampling units" in said


def test_intervals_are_of_documents_where_there_are_enough(project: Project) -> None:
    for number in range(12):
        add_session(project, f"S{number}", [("A", "We lack time. The price is high."), ("B", "Yes. So it is.")], GROUPS)
        for coder in ("Kari", "Ola"):
            code_words(project, f"S{number}.txt", "lack time", "time", coder)
        if number % 3 == 0:
            code_words(project, f"S{number}.txt", "is high", "price", "Ola")
    found = project.agreement.measure()
    assert found.resampled == "document"
    overall = row(found, POOLED_CODES)
    assert overall["kappa_low"] < overall["kappa"] < overall["kappa_high"]
    repeated = project.agreement.measure().table
    pd.testing.assert_frame_equal(found.table, repeated)


def test_accepted_suggestions_are_told(project: Project) -> None:
    where = parse_filter(["origin=manual"])
    assert project.agreement.measure(where=where).n_units == 7
    assert not any("accepted" in note for note in project.agreement.measure().notes)


def test_what_cannot_be_compared_is_said(project: Project) -> None:
    with pytest.raises(AnalysisError, match="two coders or more; there is: Kari"):
        project.agreement.measure(["Kari"])
    with pytest.raises(AnalysisError, match="no coder 'Olav'") as error:
        project.agreement.measure(["Kari", "Olav"])
    assert "Ola" in error.value.hint
    with pytest.raises(AnalysisError, match="No answer was judged by two"):
        project.agreement.measure(unit=JudgedUnit.ANSWER)
    with pytest.raises(AnalysisError, match="no sample 'pilot'"):
        project.agreement.measure(sample="pilot")


def test_a_sample_has_the_same_share_of_each_group(project: Project) -> None:
    drawn = project.agreement.draw_sample("pilot", 0.5, unit=JudgedUnit.SENTENCE, seed=3)
    assert drawn.details["drawn"] == {"Leaders": [3, 6], "Staff": [3, 5]}  # halves up
    assert drawn.n_units == 6
    table = project.agreement.sample_table("Pilot")
    assert list(table["group"].value_counts().sort_index()) == [3, 3]
    assert project.agreement.sample_coded() == "", "both coded beyond it"
    assert table["text"].str.len().gt(0).all()
    found = project.agreement.measure(sample="pilot", all_read=True)
    assert (found.n_units, found.sample) == (6, "pilot")
    inside = project.agreement.measure(sample="pilot", all_read=True, unit=JudgedUnit.CHARACTER)
    assert inside.n_units == table["text"].str.len().sum()
    twin = project.agreement.draw_sample("twin", 0.5, unit=JudgedUnit.SENTENCE, seed=3)
    pd.testing.assert_frame_equal(project.agreement.sample_table("twin"), table)
    assert [each.name for each in project.agreement.samples()] == ["pilot", twin.name]
    project.agreement.remove_sample("twin")
    project.undo()
    assert len(project.agreement.sample_table("twin")) == 6


@pytest.mark.parametrize(("name", "share"), [("", 0.5), ("pilot", 0.5), ("new", 0.0), ("new", 1.5)])
def test_a_sample_that_makes_no_sense_is_refused(project: Project, name: str, share: float) -> None:
    project.agreement.draw_sample("Pilot", 1.0)
    with pytest.raises(AnalysisError):
        project.agreement.draw_sample(name, share)


def test_an_empty_document_changes_nothing(project: Project) -> None:
    before = project.agreement.measure().table
    add_session(project, "Empty", [("A", "…")], GROUPS)
    pd.testing.assert_frame_equal(project.agreement.measure().table, before)
