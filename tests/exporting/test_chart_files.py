"""Charts: what stands on them is read from the SVG, where text is text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from PIL import Image

from qualcode.errors import ExportError
from qualcode.exporting.chart_files import MOST_GROUPS, draw_chart, themes_on_a_page
from qualcode.exporting.chart_page import save
from tests.exporting.builders import GROUPS, theme_table


def drawn(tmp_path: Path, themes: pd.DataFrame | None = None, **choices: Any) -> str:
    path = tmp_path / "themes.svg"
    table = theme_table(GROUPS) if themes is None else themes
    save(draw_chart(table, **{"title": "Oppdiktet studie"} | choices), path)
    return path.read_text("utf-8")


def texts(svg: str) -> list[str]:
    found = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return [each.replace("&amp;", "&").replace("&lt;", "<") for each in found]


def n_bars(svg: str) -> int:
    return len(re.findall(r"clip-path[^>]*stroke: #1d2024; stroke-width: 0.6", svg))


def test_one_drawing_is_written_as_both_files_in_print_quality(tmp_path: Path) -> None:
    png, svg = tmp_path / "themes.png", tmp_path / "themes.svg"
    figure = draw_chart(theme_table(GROUPS), title="Oppdiktet studie")
    for path in (png, svg):
        save(figure, path)
    with Image.open(png) as picture:
        assert picture.info["dpi"] == pytest.approx((200, 200), abs=0.1)
        assert picture.width == 1520
    assert svg.read_bytes().startswith(b"<?xml")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["themes.png", "themes.svg"]


def test_counts_stand_beside_the_bars_in_the_order_of_the_codebook(tmp_path: Path) -> None:
    shown = texts(drawn(tmp_path))
    counts = [each for each in shown if re.fullmatch(r"\d+/\d+", each)]
    assert counts == ["23/46", "8/33", "0/3", "18/46", "3/33", "1/3", "0/46", "0/33", "0/3"]
    themes = [each for each in shown if each in ("Formelle hindre", "Inkludering i behandlingsteamet", "Other")]
    assert themes == ["Formelle hindre", "Inkludering i behandlingsteamet", "Other"]
    assert "50 %" in shown and "24 %" in shown


def test_half_per_cents_are_rounded_up(tmp_path: Path) -> None:
    assert "63 %" in texts(drawn(tmp_path, theme_table([("A", 8, 8, {"inclusion": 5})])))


def test_small_groups_have_no_bar_and_the_chart_says_so(tmp_path: Path) -> None:
    svg = drawn(tmp_path)
    assert n_bars(svg) == 6  # three themes, two groups large enough
    assert texts(svg).count("bare antall") == 3
    assert any("færre enn 5" in each for each in texts(svg))


def test_base_and_interval_are_named(tmp_path: Path) -> None:
    notes = " ".join(texts(drawn(tmp_path)))
    assert "Grunnlag: respondenter som svarte" in notes
    assert "95 %-intervall (Wilson)" in notes


def test_sub_codes_only_when_asked_for(tmp_path: Path) -> None:
    name = "Tilgang til journal og til hverandres kalendere"
    assert name not in texts(drawn(tmp_path))
    assert name in texts(drawn(tmp_path, sub_codes=True))


def test_suggestions_are_headed_as_such(tmp_path: Path) -> None:
    assert "Foreslått, ikke gjennomgått" in texts(drawn(tmp_path, suggested=True))
    assert "Suggested, not reviewed" in texts(drawn(tmp_path, suggested=True, language="en"))
    assert "Suggested, not reviewed" not in texts(drawn(tmp_path, language="en"))


def test_the_same_chart_is_the_same_file(tmp_path: Path) -> None:
    assert drawn(tmp_path) == drawn(tmp_path)


def test_names_are_never_taken_for_formulas_or_markup(tmp_path: Path) -> None:
    svg = drawn(tmp_path, theme_table([("$x^2$ <b> & _y_", 9, 9, {"inclusion": 4})]), title=r"Pris: $5 til $6 \frac")
    assert "$x^2$ <b> & _y_" in [each.replace("&gt;", ">") for each in texts(svg)]
    assert r"Pris: $5 til $6 \frac" in texts(svg)


def test_long_names_are_broken_not_cut(tmp_path: Path) -> None:
    name = "Fagrådgiver for arbeid og helse ved fylkeskommunens avdeling for samarbeid"
    shown = texts(drawn(tmp_path, theme_table([(name, 9, 9, {"inclusion": 4})])))
    pieces = [each for each in shown if each and each in name and len(each) > 5]
    assert " ".join(pieces[: len(pieces) // 3]) == name  # once for each of three themes


def test_many_groups_leave_the_smallest_out_and_say_so(tmp_path: Path) -> None:
    many = [(f"Gruppe {i}", 10 + i, 20 + i, {"inclusion": i}) for i in range(MOST_GROUPS + 2)]
    shown = texts(drawn(tmp_path, theme_table(many)))
    assert "Gruppe 0" not in shown and "Gruppe 1" not in shown
    assert next(each for each in shown if each.startswith("Gruppe")) == "Gruppe 2"
    assert any(each.endswith("(de står i tabellene): 2.") for each in shown)


def test_all_groups_stand_alone_where_there_is_no_other(tmp_path: Path) -> None:
    assert "Alle grupper" not in texts(drawn(tmp_path))
    assert "Alle grupper" in texts(drawn(tmp_path, theme_table(GROUPS[:1])))


def test_a_study_without_codings_still_gives_a_chart(tmp_path: Path) -> None:
    assert any("ingenting" in each for each in texts(drawn(tmp_path, theme_table([("(all)", 0, 0, {})]))))


def test_signs_without_a_picture_in_the_font_are_no_error(tmp_path: Path) -> None:
    assert "Team 😀 漢" in texts(drawn(tmp_path, theme_table([("Team 😀 漢", 9, 9, {"inclusion": 4})])))


def test_unknown_endings_and_folders_are_refused(tmp_path: Path) -> None:
    figure = draw_chart(theme_table(GROUPS), title="")
    with pytest.raises(ExportError, match="jpg"):
        save(figure, tmp_path / "a.jpg")
    with pytest.raises(ExportError, match=r"a\.png"):
        save(figure, tmp_path / "missing" / "a.png")


def test_of_many_themes_those_are_drawn_that_most_speak_of_and_the_rest_is_named(tmp_path: Path) -> None:
    table = theme_table([("A", 40, 40, {"inclusion": 5})])
    top = table[table["depth"] == 0].iloc[:2]
    many, most = [], themes_on_a_page(1)
    for number in range(most + 3):
        row = top[top["theme"] == top["theme"].iloc[0]].copy()
        row["theme"], row["name"], row["respondents"] = f"theme_{number}", f"Theme {number:02}", number
        many.append(row)
    shown = texts(drawn(tmp_path, pd.concat(many, ignore_index=True)))
    assert [each for each in shown if each.startswith("Theme ")] == [f"Theme {n:02}" for n in range(3, most + 3)]
    assert any(each.endswith(": 3.") for each in shown)
