"""CSV out and back: numbers as promised, text unharmed and harmless."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import ExportError
from qualcode.exporting.csv_tables import csv_text, guard, unguard, write_csv


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_integers_stay_integers_and_rates_have_one_decimal() -> None:
    frame = pd.DataFrame(
        {
            "theme": ["inclusion", "other"],
            "respondents": [12, 0],
            "pct_of_answering": [12.0, float("nan")],
            "ci_low": [6.25, float("nan")],
            "per_1000_words": [0.05, 0.0],
        }
    )
    assert csv_text(frame) == (
        "theme,respondents,pct_of_answering,ci_low,per_1000_words\ninclusion,12,12.0,6.3,0.1\nother,0,,,0.0\n"
    )


def test_counts_beside_a_gap_are_still_counts() -> None:
    frame = pd.DataFrame({"start": [3, None], "end": pd.array([7, None], dtype="Int64"), "mixed": [4, "x"]})
    assert csv_text(frame) == "start,end,mixed\n3,7,4\n,,x\n"


def test_p_values_and_scores_keep_their_precision() -> None:
    frame = pd.DataFrame({"p": [0.0977181427, 1.0], "score": [1.0, 0.7], "odds_ratio": [2.377381863, float("inf")]})
    assert csv_text(frame) == "p,score,odds_ratio\n0.0977181427,1,2.377381863\n1,0.7,inf\n"


def test_a_negative_number_is_no_formula() -> None:
    assert csv_text(pd.DataFrame({"rd": [-0.25], "text": ["-0.25"]})) == "rd,text\n-0.25,'-0.25\n"


@pytest.mark.parametrize("text", ["=1+1", "+47 22", "- tid\n- rom", "@home", "\tinn", "\rned", "=cmd|' /C calc'!A0"])
def test_text_that_looks_like_a_formula_is_guarded(text: str) -> None:
    frame = pd.DataFrame({"text": [text], "group": [text]})
    assert rows_of(csv_text(frame)) == [["text", "group"], ["'" + text, "'" + text]]
    assert unguard("'" + text) == text


def test_harmless_text_is_left_as_it_is() -> None:
    for text in ("", " = nei", "'sitat'", "nei - ja", "«Ja», sa hun", "'"):
        assert guard(text) == text
        assert unguard(text) == text


@given(st.text(alphabet="'=+-@\t\r\nab, \"æ", max_size=6))
def test_every_text_comes_back(text: str) -> None:
    cell = rows_of(csv_text(pd.DataFrame({"text": [text], "next": ["x"]})))[1][0]
    assert unguard(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_file_is_utf_8_without_mark_and_with_line_feeds(tmp_path: Path) -> None:
    path = tmp_path / "theme_table.csv"
    write_csv(pd.DataFrame({"name": ["Taushetsplikt på «møtet»", 'to "ord"']}), path)
    assert path.read_bytes() == 'name\nTaushetsplikt på «møtet»\n"to ""ord"""\n'.encode()
    assert [each.name for each in tmp_path.iterdir()] == ["theme_table.csv"]


def test_an_empty_table_has_its_header(tmp_path: Path) -> None:
    assert csv_text(pd.DataFrame({"document": [], "start": []})) == "document,start\n"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"table\.csv"):
        write_csv(pd.DataFrame({"a": [1]}), tmp_path / "missing" / "table.csv")


def test_gaps_among_texts_are_empty() -> None:
    frame = pd.DataFrame({"rule": ["-x", None], "any": pd.Series(["a", None], dtype="object"), "yes": [True, False]})
    assert csv_text(frame) == "rule,any,yes\n'-x,a,true\n,,false\n"
