"""Comparisons of groups against published examples and against enumeration of all tables."""

from __future__ import annotations

import math
from fractions import Fraction

import pandas as pd
import pytest

from qualcode.analysis.comparison import (
    COLUMNS,
    benjamini_hochberg,
    compare_groups,
    conditional_odds_ratio,
    fisher_exact,
    holm,
    smallest_attainable_p,
)
from qualcode.analysis.intervals import newcombe
from qualcode.errors import AnalysisError

NAN = float("nan")


def probabilities(mentions: int, a_N: int, b_N: int) -> dict[int, Fraction]:
    """Probability of each table with these margins, by the number of mentions in the first group."""
    possible = range(max(0, mentions - b_N), min(mentions, a_N) + 1)
    ways = {k: math.comb(a_N, k) * math.comb(b_N, mentions - k) for k in possible}
    return {k: Fraction(way, math.comb(a_N + b_N, mentions)) for k, way in ways.items()}


def tail(a_n: int, mentions: int, a_N: int, b_N: int, odds: float, *, upper: bool) -> float:
    """Probability of at least (at most) `a_n` mentions in the first group when the odds ratio is `odds`."""
    weights = {k: float(p) * odds**k for k, p in probabilities(mentions, a_N, b_N).items()}
    return sum(w for k, w in weights.items() if (k >= a_n if upper else k <= a_n)) / sum(weights.values())


def table(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    """A theme table from (group, theme, respondents, answering)."""
    frame = pd.DataFrame(rows, columns=["group", "theme", "respondents", "answering"])
    return frame.assign(name=frame["theme"].str.capitalize())


def test_fisher_equals_the_tea_tasting() -> None:
    # Fisher (1935), The Design of Experiments; two-sided in Agresti, Categorical Data Analysis: 34/70.
    assert fisher_exact(3, 4, 1, 4) == pytest.approx(34 / 70)


def test_fisher_is_the_sum_of_all_tables_not_above_the_observed() -> None:
    for a_N in range(1, 9):
        for b_N in range(1, 9):
            for a_n in range(a_N + 1):
                for b_n in range(b_N + 1):
                    each = probabilities(a_n + b_n, a_N, b_N)
                    expected = sum(p for p in each.values() if p <= each[a_n])
                    assert fisher_exact(a_n, a_N, b_n, b_N) == pytest.approx(float(expected), rel=1e-9)


def test_smallest_attainable_p_is_the_least_of_all_tables() -> None:
    for a_N, b_N in [(3, 3), (2, 7), (5, 4), (1, 1)]:
        for mentions in range(a_N + b_N + 1):
            possible = probabilities(mentions, a_N, b_N)
            least = min(fisher_exact(k, a_N, mentions - k, b_N) for k in possible)
            assert smallest_attainable_p(mentions, a_N, b_N) == pytest.approx(least)
    assert smallest_attainable_p(3, 3, 3) == pytest.approx(0.1)  # 2 / C(6, 3)


def test_odds_ratio_equals_the_tea_tasting() -> None:
    # R's fisher.test gives 6.408309 for this table; it is conditional, the sample odds ratio would be 9.
    assert conditional_odds_ratio(3, 4, 1, 4).estimate == pytest.approx(6.4083, abs=0.0001)


@pytest.mark.parametrize("cells", [(3, 4, 1, 4), (20, 46, 8, 33), (2, 9, 7, 11), (40, 46, 20, 33)])
def test_odds_ratio_solves_its_own_equations(cells: tuple[int, int, int, int]) -> None:
    a_n, a_N, b_n, b_N = cells
    ratio = conditional_odds_ratio(*cells)
    weights = {k: float(p) * ratio.estimate**k for k, p in probabilities(a_n + b_n, a_N, b_N).items()}
    mean = sum(k * w for k, w in weights.items()) / sum(weights.values())
    assert mean == pytest.approx(a_n, rel=1e-6)  # the likelihood is highest where the expected count is the observed
    assert tail(a_n, a_n + b_n, a_N, b_N, ratio.low, upper=True) == pytest.approx(0.025, rel=1e-4)
    assert tail(a_n, a_n + b_n, a_N, b_N, ratio.high, upper=False) == pytest.approx(0.025, rel=1e-4)


def test_odds_ratio_is_open_where_a_cell_is_empty() -> None:
    nobody, everybody = conditional_odds_ratio(0, 46, 5, 33), conditional_odds_ratio(46, 46, 20, 33)
    assert (nobody.estimate, nobody.low) == (0.0, 0.0)
    assert 0 < nobody.high < 1
    assert (everybody.estimate, everybody.high) == (math.inf, math.inf)
    assert everybody.low > 1


def test_holm_steps_down() -> None:
    # The textbook case: four tests, ordered 0.005, 0.01, 0.03, 0.04 -> times 4, 3, 2, 1, never falling.
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.5, 0.6]) == [1.0, 1.0]
    assert holm([]) == []


def test_benjamini_hochberg_equals_the_published_example() -> None:
    # Benjamini & Hochberg (1995), section 4.1: 15 comparisons, four rejected at 0.05 (Bonferroni and Holm: three).
    published = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    published += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    corrected = benjamini_hochberg(published)
    assert [p <= 0.05 for p in corrected].count(True) == 4
    assert [p <= 0.05 for p in holm(published)].count(True) == 3
    assert corrected[3] == pytest.approx(0.0095 * 15 / 4)
    assert corrected == sorted(corrected)


def test_corrections_do_not_count_tests_that_were_not_made() -> None:
    corrected = holm([NAN, 0.02, NAN, 0.04])
    assert corrected[1::2] == pytest.approx([0.04, 0.04])
    assert math.isnan(corrected[0]) and math.isnan(corrected[2])


def test_compare_gives_each_theme_with_its_numbers() -> None:
    frame = compare_groups(
        table(
            ("Leader", "barriers", 8, 33), ("Leader", "inclusion", 3, 33),
            ("Clinician", "barriers", 1, 9), ("Clinician", "inclusion", 1, 9),
            ("Supervisor", "barriers", 20, 46), ("Supervisor", "inclusion", 18, 46),
        ),
        "Supervisor",
        "Leader",
        test=True,
    )  # fmt: skip
    assert tuple(frame.columns) == COLUMNS
    assert list(frame["theme"]) == ["barriers", "inclusion"]
    first_row = frame.iloc[0].to_dict()
    assert [first_row[each] for each in ("name", "a_n", "a_N", "b_n", "b_N")] == ["Barriers", 20, 46, 8, 33]
    assert (first_row["n_tests"], first_row["note"]) == (2, "")
    assert [first_row[each] for each in ("rd", "rd_low", "rd_high")] == pytest.approx(newcombe(20, 46, 8, 33))
    first, second = fisher_exact(20, 46, 8, 33), fisher_exact(18, 46, 3, 33)
    assert list(frame["p"]) == pytest.approx([first, second])
    assert list(frame["p_holm"]) == pytest.approx([first, 2 * second])
    assert frame.loc[0, "odds_ratio"] == pytest.approx(conditional_odds_ratio(20, 46, 8, 33).estimate)


def test_compare_without_test_says_why_and_loads_no_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "scipy.stats", None)  # an import of it would raise
    frame = compare_groups(table(("A", "x", 3, 9), ("B", "x", 7, 12)), "A", "B", test=False)
    row = frame.iloc[0]
    assert frame[["odds_ratio", "or_low", "or_high", "p", "p_holm"]].isna().all(axis=None)
    assert row["rd"] == pytest.approx(3 / 9 - 7 / 12)
    assert row["n_tests"] == 0
    assert "session" in row["note"]


def test_a_group_without_answers_has_a_reason_and_is_no_test() -> None:
    rows = table(("A", "x", 3, 9), ("A", "y", 1, 9), ("B", "x", 0, 0), ("B", "y", 0, 0))
    frame = compare_groups(rows, "A", "B", test=True)
    assert frame[["rd", "odds_ratio", "p", "p_holm"]].isna().all(axis=None)
    assert list(frame["n_tests"]) == [0, 0]
    assert all("B" in note for note in frame["note"])


def test_a_theme_that_nobody_mentions_has_no_odds_ratio_and_says_so() -> None:
    rows = table(("A", "x", 0, 9), ("B", "x", 0, 12), ("A", "y", 9, 9), ("B", "y", 12, 12))
    frame = compare_groups(rows, "A", "B", test=True)
    assert list(frame["p"]) == [1.0, 1.0]
    assert frame["odds_ratio"].isna().all()
    assert ["nobody" in frame["note"][0], "everybody" in frame["note"][1]] == [True, True]


def test_tiny_groups_say_what_p_they_can_reach() -> None:
    frame = compare_groups(table(("A", "x", 3, 3), ("B", "x", 0, 3)), "A", "B", test=True)
    assert frame.loc[0, "p"] == pytest.approx(0.1)
    assert "0.10" in str(frame.loc[0, "note"])


def test_the_other_correction_is_named() -> None:
    rows = table(("A", "x", 20, 46), ("B", "x", 8, 33), ("A", "y", 18, 46), ("B", "y", 3, 33))
    frame = compare_groups(rows, "A", "B", test=True, method="bh")
    assert list(frame["p_holm"]) == pytest.approx(benjamini_hochberg(list(frame["p"])))
    assert all("Hochberg" in note for note in frame["note"])


def test_wrong_groups_are_refused_with_the_nearest_name() -> None:
    rows = table(("Teamleder", "x", 1, 9), ("Metodeveileder", "x", 1, 9))
    with pytest.raises(AnalysisError) as error:
        compare_groups(rows, "Teamleader", "Metodeveileder", test=True)
    assert "Teamleder" in error.value.hint
    with pytest.raises(AnalysisError):
        compare_groups(rows, "Teamleder", "Teamleder", test=True)


def test_a_theme_counted_for_one_group_only_is_refused() -> None:
    with pytest.raises(AnalysisError, match="lonely"):
        compare_groups(table(("A", "x", 1, 9), ("B", "x", 1, 9), ("A", "lonely", 1, 9)), "A", "B", test=True)
