"""A report leaves out what says nothing, and says that it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.exporting.report_blocks import Picture, Table
from qualcode.exporting.report_outline import report_of
from qualcode.project.report_content import report_content
from qualcode.project.report_files import write_report
from tests.project.test_report_files import code_study, make_study


def test_what_nobody_speaks_of_has_no_row_and_is_named_once(tmp_path: Path) -> None:
    with make_study(tmp_path) as project:
        code_study(project)
        blocks = report_of(report_content(project)).blocks
    tables = {each.id: each for each in blocks if isinstance(each, Table)}
    assert "Left out, as nobody speaks of it: Other." in tables["themes"].notes
    assert "Themes that nobody in the two groups speaks of are left out (1)." in tables["compared"].notes
    for shown in (tables["themes"], tables["compared"]):
        assert not any("Other" in str(row[0].lines) for row in shown.rows)
        assert any("Money" in str(row[0].lines) for row in shown.rows)


@pytest.mark.parametrize("language", ["en", "nb", "nn"])
def test_without_codings_there_are_no_tables_of_zeros_and_no_tests(tmp_path: Path, language: str) -> None:
    with make_study(tmp_path, language=language) as project:
        blocks = report_of(report_content(project)).blocks
        write_report(project, tmp_path / "report.html")
    assert not {each.id for each in blocks if isinstance(each, Table | Picture)} & {
        *("themes", "themes-picture", "compared", "compared-picture", "model")
    }
    said = (tmp_path / "report.html").read_text("utf-8")
    assert {
        "en": "so there is nothing to compare. Tables and pictures of it are left out.",
        "nb": "så det er ingenting å sammenligne. Tabeller og bilder av det er utelatt.",
        "nn": "så det er ingenting å samanlikne. Tabellar og bilete av det er utelatne.",
    }[language] in said
    assert "1.000" not in said and "1,000" not in said
