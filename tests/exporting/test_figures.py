"""Pictures: their numbers are those of the table, names are never cut, and nothing at all is drawn without an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from qualcode.analysis.comparison import compare_groups
from qualcode.exporting.chart_differences import draw_differences
from qualcode.exporting.chart_heatmap import draw_heatmap
from qualcode.exporting.chart_model import draw_model
from qualcode.exporting.chart_network import draw_network
from qualcode.exporting.chart_page import INK, PAPER, as_bytes, ink_on, save
from qualcode.exporting.chart_shares import draw_shares
from qualcode.model.codebook import Code, Codebook, Level, Valence, Wording
from tests.exporting.builders import CODEBOOK, GROUPS, theme_table

NOTHING: list[tuple[str, int, int, Mapping[str, int]]] = [("A", 0, 0, {}), ("(all)", 0, 0, {})]
LONG = "Fagrådgiver for arbeid og helse ved fylkeskommunens avdeling for samarbeid"
NBSP, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"


def texts(figure: Any) -> list[str]:
    found = re.findall(r"<text[^>]*>([^<]*)</text>", as_bytes(figure, "svg").decode("utf-8"))
    return [each.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">") for each in found]


def together(rows: list[tuple[str, str, int, int, int]]) -> pd.DataFrame:
    """Pairs of themes: keys, units of each, units of both; names are the keys in capitals."""
    made = [
        {
            "theme_a": a,
            "name_a": a.upper(),
            "theme_b": b,
            "name_b": b.upper(),
            "units_a": m,
            "units_b": n,
            "units_both": k,
        }
        for a, b, m, n, k in rows
    ]
    columns = ["theme_a", "name_a", "theme_b", "name_b", "units_a", "units_b", "units_both"]
    return pd.DataFrame(made, columns=columns)


def test_heat_map_has_per_cents_and_counts_of_each_cell() -> None:
    shown = texts(draw_heatmap(theme_table(GROUPS), language="nb"))
    assert [each for each in shown if re.fullmatch(r"\d+/\d+", each)][:4] == ["23/46", "8/33", "0/3", "31/82"]
    assert f"50{NBSP}%" in shown and f"24{NBSP}%" in shown
    assert shown.count("1/3") == 1  # three answered: a count and no per cent
    assert any("færre enn 5" in each for each in shown)


def test_heat_map_of_many_groups_has_room_for_per_cents_only() -> None:
    shown = texts(draw_heatmap(theme_table([(f"Gruppe {i}", 10, 20, {"inclusion": 3}) for i in range(14)])))
    assert shown.count("30") == 14
    assert not [each for each in shown if "/" in each and each != "(n/N)." and re.fullmatch(r"\d+/\d+", each)]


def test_long_names_are_broken_not_cut() -> None:
    table = theme_table([(LONG, 9, 9, {"inclusion": 4}), ("(all)", 9, 9, {"inclusion": 4})])
    for draw in (draw_heatmap, draw_shares):
        pieces = [each for each in texts(draw(table)) if each and each in LONG and len(each) > 5]
        assert " ".join(pieces) == LONG


def test_shares_are_those_of_the_theme_table() -> None:
    table = theme_table(
        [
            ("A", 20, 20, {"formal_barriers": 6, "inclusion": 3}),
            ("(all)", 20, 20, {"formal_barriers": 6, "inclusion": 3}),
        ]
    )
    shown = texts(draw_shares(table, language="en"))
    assert f"67{NBSP}%" in shown and f"33{NBSP}%" in shown  # 12 and 6 of 18 codings
    assert "18" in shown
    assert "2  Inkludering i behandlingsteamet" in shown
    assert not any("Other" in each for each in shown)  # only what is coded has a number


def test_differences_have_sign_and_interval() -> None:
    comparison = compare_groups(theme_table(GROUPS), "Metodeveileder", GROUPS[2][0], test=True)
    shown = texts(draw_differences(comparison, "Metodeveileder", GROUPS[2][0], language="en", notes=True))
    row = comparison.set_index("theme").loc["formal_barriers"]
    low, high = round(100 * row["rd_low"]), round(100 * row["rd_high"])
    assert f"+26 (+{low} to +{high})" in shown
    assert any(each.startswith("0 (") for each in shown)  # nobody of either group speaks of the last theme
    assert any("compatible with no difference" in each for each in shown)


def test_network_draws_what_stands_together_and_leaves_zeros_out() -> None:
    table = together([("a", "b", 7, 5, 3), ("a", "c", 7, 9, 0), ("b", "c", 5, 9, 1)])
    figure = draw_network(table, ["a", "b", "c"], language="en")
    assert [line.get_linewidth() > 4 for line in figure.axes[0].lines] == [False, True]  # the broadest on top
    shown = texts(figure)
    assert [each for each in shown if each in "ABC"] == ["A", "B", "C"]
    assert sorted(each for each in shown if each.isdigit()) == ["1", "3", "5", "7", "9"]


def test_model_puts_each_code_in_its_place() -> None:
    def code(key: str, level: Level | None, valence: Valence | None, depth: int = 0) -> Code:
        return Code(key, Wording(plain=key.capitalize()), level=level, valence=valence, depth=depth)

    codes = (
        code("formal_barriers", Level.SYSTEM, Valence.HINDERING),
        code("records_access", Level.SYSTEM, Valence.HINDERING, 1),
        code("inclusion", Level.TEAM, Valence.PROMOTING),
        code("other", None, None),
    )
    figure = draw_model(Codebook("x", codes), theme_table(GROUPS), language="en")
    places: Mapping[str, tuple[float, float]] = {each.get_text(): each.get_position() for each in figure.axes[0].texts}
    assert places["System"][1] < places["Formal_barriers"][1] < places["Records_access"][1] < places["Organisation"][1]
    assert places["Team"][1] < places["Inclusion"][1] < places["Individual"][1]
    assert places["Formal_barriers"][0] < places["Inclusion"][0] < places["What comes of it"][0]
    assert "Other" not in places and "Neutral" not in places
    assert f"31/82 (38{NBSP}%)" in places
    assert any("not shown: 1" in each for each in texts(figure))


@pytest.mark.parametrize(("shade", "ink"), [("#FFFFFF", INK), ("#9A9A9A", INK), ("#1F4B77", PAPER), ((0, 0, 0), PAPER)])
def test_words_on_a_shade_are_dark_or_white_whichever_is_easier_to_read(shade: str, ink: str) -> None:
    assert ink_on(shade) == ink


@pytest.mark.parametrize("draw", [draw_heatmap, draw_shares, lambda table: draw_model(CODEBOOK, table)])
def test_nothing_coded_and_nobody_there_is_a_picture_that_says_so(draw: Any) -> None:
    assert any("ingenting" in each for each in texts(draw(theme_table(NOTHING))))


def test_differences_and_network_of_nothing_say_so() -> None:
    table = theme_table([*NOTHING[:1], ("B", 0, 0, {})])
    shown = texts(draw_differences(compare_groups(table, "A", "B", test=True), "A", "B", language="nb", notes=True))
    assert shown.count("ikke noe tall") == 4
    assert "Ingen temaer forekommer sammen." in texts(draw_network(together([]), ["a", "b"]))


def test_suggestions_are_headed_as_such() -> None:
    for figure in (
        draw_heatmap(theme_table(GROUPS), suggested=True),
        draw_shares(theme_table(GROUPS), suggested=True),
        draw_model(CODEBOOK, theme_table(GROUPS), suggested=True),
        draw_network(together([("a", "b", 1, 1, 1)]), ["a", "b"], suggested=True),
    ):
        assert "Foreslått, ikke gjennomgått" in texts(figure)


def test_a_picture_is_the_same_file_each_time_and_pdf_is_one(tmp_path: Path) -> None:
    for ending in ("pdf", "svg"):
        first, second = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
        for path in (first, second):
            save(draw_heatmap(theme_table(GROUPS[:1]), title="Tall"), path)
        assert first.read_bytes() == second.read_bytes()
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
