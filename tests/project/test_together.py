"""The quotations behind a cell of the co-occurrence table are as many as the cell counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.model.document import SpeakerRole
from qualcode.model.segment import Unit
from tests.builders import add_session, code_words, make_code, make_codebook, make_project


@pytest.mark.parametrize("unit", [Unit.SEGMENT, Unit.SENTENCE, Unit.TURN])
def test_the_quotations_are_those_that_the_table_counts(tmp_path: Path, unit: Unit) -> None:
    codebook = make_codebook(make_code("price"), make_code("time"), make_code("room"))
    with make_project(tmp_path, codebook) as project:
        said = [
            ("M", "What is hard?"),
            ("A", "It costs too much. It takes too long. There is no room."),
            ("B", "Time and money, money and time."),
        ]
        add_session(project, "Monday", said, {"M": SpeakerRole.MODERATOR, "A": "Cooks", "B": "Waiters"})
        code_words(project, "Monday.txt", "It costs too much. It takes", "price")
        code_words(project, "Monday.txt", "It takes too long", "time")
        code_words(project, "Monday.txt", "no room", "room")
        code_words(project, "Monday.txt", "Time and money", "time")
        code_words(project, "Monday.txt", "Time and money", "price")
        table = project.reports.cooccurrence(unit=unit)
        counts = dict(
            zip(zip(table["theme_a"], table["theme_b"], strict=True), table["units_both"].tolist(), strict=True)
        )
        for pair, wanted in ((("price", "time"), True), (("price", "room"), unit is Unit.TURN)):
            found = project.reports.quotations_together(*pair, unit=unit)
            n = counts[pair]
            assert bool(n) == bool(found) == wanted
            if unit is Unit.SEGMENT:
                assert len({(each.start, each.end) for each in found}) == n


def test_a_span_that_reaches_over_an_earlier_short_one_is_found(tmp_path: Path) -> None:
    with make_project(tmp_path, make_codebook(make_code("price"), make_code("time"))) as project:
        add_session(project, "Monday", [("A", "one two three four five six")], {"A": "Cooks"})
        code_words(project, "Monday.txt", "one two three four five", "price")
        code_words(project, "Monday.txt", "two", "price")
        code_words(project, "Monday.txt", "four", "time")
        found = project.reports.quotations_together("price", "time", unit=Unit.SEGMENT)
        assert [each.text for each in found] == ["one two three four five", "four"]
