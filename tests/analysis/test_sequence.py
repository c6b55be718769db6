"""What follows what and what stands near what, against plain counting."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.sequence import PROXIMITY_COLUMNS, TRANSITION_COLUMNS, proximity_table, transitions_table
from tests.builders import make_code

CODES = [
    code.with_id(number)
    for number, code in enumerate(
        (make_code("price"), make_code("cost", "price", 1), make_code("time"), make_code("trust")), start=3
    )
]
ID = {code.key: code.id for code in CODES}


def spans(*rows: tuple[int, int, int, str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["place", "start", "end", "code"])
    return frame.assign(order=0, code=frame["code"].map(ID))


def test_a_code_is_followed_by_those_that_begin_next() -> None:
    table = transitions_table(
        spans(
            (1, 0, 9, "price"), (1, 0, 9, "time"), (1, 0, 20, "trust"),  # at one point: they follow each other nowhere
            (1, 12, 15, "time"), (1, 12, 15, "time"), (1, 30, 40, "price"),
            (2, 5, 6, "price"), (2, 50, 60, "time"),
        ),
        CODES,
        language="en",
    )  # fmt: skip
    assert tuple(table.columns) == TRANSITION_COLUMNS
    found = {(row["code"], row["next_code"]): row for row in table.to_dict("records")}
    assert {pair: row["n"] for pair, row in found.items()} == {
        ("price", "time"): 2,
        ("time", "time"): 1,
        ("trust", "time"): 1,
        ("time", "price"): 1,
    }
    pair = found["price", "time"]
    assert (pair["n_from"], pair["n_to"], pair["n_all"], pair["share"]) == (2, 4, 5, 1.0)
    assert pair["lift"] == pytest.approx((2 / 5) / ((2 / 5) * (4 / 5)))
    assert transitions_table(spans(), CODES, language="en").empty


SENTENCES = st.lists(st.tuples(st.booleans(), st.sets(st.sampled_from(list(ID)))), max_size=14)


@given(sentences=SENTENCES, within=st.integers(0, 3))
def test_near_is_what_plain_counting_finds(sentences: list[tuple[bool, set[str]]], within: int) -> None:
    document, number = [], 0
    for begins, _codes in sentences:
        number += begins
        document.append(number)
    pairs = [(place, ID[key]) for place, (_begins, keys) in enumerate(sentences) for key in sorted(keys)]
    table = proximity_table(
        np.array(document, dtype=np.int64),
        np.array([place for place, _code in pairs], dtype=np.int64),
        np.array([code for _place, code in pairs], dtype=np.int64),
        CODES,
        within=within,
        small_cell=0,
        language="en",
    )
    assert tuple(table.columns) == PROXIMITY_COLUMNS
    assert list(zip(table["theme_a"], table["theme_b"], strict=True)) == [
        ("price", "time"), ("price", "trust"), ("cost", "time"), ("cost", "trust"), ("time", "trust"),
    ]  # fmt: skip
    below = {"price": {"price", "cost"}}
    everything = range(len(sentences))

    def having(theme: str) -> set[int]:
        return {place for place in everything if sentences[place][1] & below.get(theme, {theme})}

    def near(theme: str) -> set[int]:
        return {
            place
            for place in everything
            if any(document[place] == document[other] and abs(place - other) <= within for other in having(theme))
        }

    for row in table.to_dict("records"):
        a, b = having(row["theme_a"]), having(row["theme_b"])
        a_near, b_near = a & near(row["theme_b"]), b & near(row["theme_a"])
        assert (row["sentences_a"], row["sentences_b"], row["both"]) == (len(a), len(b), len(a & b))
        assert (row["a_near_b"], row["b_near_a"], row["near"]) == (len(a_near), len(b_near), len(a_near | b_near))
        if a | b:
            assert row["jaccard"] == pytest.approx(len(a_near | b_near) / len(a | b))
        else:
            assert math.isnan(row["jaccard"])
        if a and near(row["theme_b"]):
            expected = (len(a_near) / len(a)) / (len(near(row["theme_b"])) / len(sentences))
            assert row["lift_a"] == pytest.approx(expected)
        else:
            assert math.isnan(row["lift_a"])
