"""Tables of agreement: unions of parents, sums, confusion, and a second count with plain sets."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pandas as pd
import pytest

from qualcode.analysis.agreement_tables import (
    AGREEMENT_COLUMNS,
    MACRO_CODES,
    MICRO_CODES,
    MICRO_THEMES,
    CodedUnits,
    agreement_table,
    confusion_table,
    disagreeing,
    recall_table,
    unit_pairs,
)
from tests.builders import make_code

CODES = (make_code("a"), make_code("a1", "a", 1), make_code("a2", "a", 1), make_code("b"), make_code("c"))
A, A1, A2, B, C = range(5)
Pairs = list[tuple[int, int]]
Row = dict[str, Any]


def coded(n_units: int, rules: Pairs, file: Pairs) -> CodedUnits:
    columns = [np.array(pairs, dtype=np.int64).reshape(-1, 2) for pairs in (rules, file)]
    return CodedUnits(n_units, *(unit_pairs(pairs[:, 0], pairs[:, 1]) for pairs in columns))


def table_of(units: CodedUnits) -> dict[str, Row]:
    table = agreement_table(units, CODES, {"(all)": np.ones(units.n_units, dtype=np.bool_)}, language="en")
    assert tuple(table.columns) == AGREEMENT_COLUMNS
    return by_theme(table)


def by_theme(table: pd.DataFrame) -> dict[str, Row]:
    return {str(row["theme"]): {str(name): value for name, value in row.items()} for row in table.to_dict("records")}


def counts(row: Row) -> tuple[int, ...]:
    return tuple(int(row[name]) for name in ("both", "only_rules", "only_file", "neither"))


def test_a_parent_agrees_where_the_codes_below_it_differ() -> None:
    table = table_of(coded(10, [(0, A1), (1, A1), (2, B)], [(0, A2), (1, A1), (3, A)]))
    assert counts(table["a1"]) == (1, 1, 0, 8)
    assert counts(table["a2"]) == (0, 0, 1, 9)
    assert counts(table["a"]) == (2, 0, 1, 7)
    assert counts(table["b"]) == (0, 1, 0, 9)
    assert table["c"]["note"] == "neither suggested nor in the file"
    assert np.isnan(table["c"]["f1"])


def test_summaries_take_codes_as_they_stand_and_themes_with_all_below() -> None:
    table = table_of(coded(10, [(0, A1), (1, A1), (2, B)], [(0, A2), (1, A1), (3, A)]))
    assert counts(table[MICRO_CODES])[:3] == (1, 2, 2)
    assert counts(table[MICRO_THEMES])[:3] == (2, 1, 1)
    assert table[MACRO_CODES]["f1"] == pytest.approx((0 + 2 / 3 + 0 + 0) / 4)  # a, a1, a2, b; not c
    assert table[MACRO_CODES]["precision"] == pytest.approx((0.5 + 0) / 2)  # of what was suggested: a1, b


def test_counts_at_random_agree_with_plain_sets() -> None:
    chance = random.Random(5)
    n = 60
    rules = [(unit, code) for unit in range(n) for code in range(5) if chance.random() < 0.2]
    file = [(unit, code) for unit in range(n) for code in range(5) if chance.random() < 0.2]
    inside = np.array([chance.random() < 0.5 for _unit in range(n)])
    table = by_theme(agreement_table(coded(n, rules, file), CODES, {"x": inside}, language="en"))
    for code, below in enumerate(([A, A1, A2], [A1], [A2], [B], [C])):
        first, second = ({unit for unit, each in pairs if each in below and inside[unit]} for pairs in (rules, file))
        wanted = (
            len(first & second),
            len(first - second),
            len(second - first),
            int(inside.sum()) - len(first | second),
        )
        assert counts(table[CODES[code].key]) == wanted


def test_confusion_pairs_what_only_one_of_the_two_gives() -> None:
    units = coded(9, [(0, A), (1, B), (1, C), (2, B), (3, A), (3, B)], [(0, A), (1, A), (1, C), (4, C), (3, A)])
    found = confusion_table(units, CODES, "(none)")
    assert [tuple(row) for row in found.to_numpy().tolist()] == [
        ("a", "a", 2),
        ("a", "b", 1),  # unit 1: both give c, which confuses nothing
        ("c", "c", 1),
        ("c", "(none)", 1),
        ("(none)", "b", 1),  # unit 2; unit 3 has a code in the file
    ]


def test_disagreements_name_unit_code_and_side() -> None:
    found = disagreeing(coded(9, [(0, A), (1, B)], [(0, A), (1, A)]), len(CODES))
    assert found.to_dict("list") == {"unit": [1, 1], "code": [A, B], "only_rules": [False, True]}


def test_by_origin_only_recall_exists() -> None:
    units = coded(9, [(0, A), (1, B)], [(0, A), (1, A)])
    table = recall_table(units, CODES, {"manual": np.array([[1, A]]), "imported": np.array([[0, A]])}, language="en")
    rows = table[table["theme"] == "a"].set_index("group")
    assert rows["recall"].to_dict() == {"manual": 0, "imported": 1}
    assert rows[["precision", "f1", "kappa", "only_rules", "neither"]].isna().all(axis=None)


def test_nothing_suggested_and_nothing_coded_is_no_error() -> None:
    table = table_of(coded(3, [], []))
    assert counts(table["a"]) == (0, 0, 0, 3)
    assert confusion_table(coded(3, [], []), CODES, "(none)").empty
