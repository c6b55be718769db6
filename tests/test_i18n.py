"""Which language is spoken where, and its numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.cli.main import run
from qualcode.i18n import (
    _,
    decimal,
    grouped,
    half_up,
    in_quotes,
    language_in_use,
    language_of,
    language_of_environment,
    ngettext,
    use_language,
    written,
)

_SAYING = ("_", "ngettext")


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["nb-NO"], "nb"),
        (["nn_NO.UTF-8"], "nb"),
        (["no"], "nb"),
        (["en-GB", "nb-NO"], "en"),
        (["de-DE", "nb-NO", "en"], "nb"),
        (["C"], "en"),
        ([], "en"),
    ],
)
def test_first_language_that_is_spoken_counts(wanted: list[str], language: str) -> None:
    assert language_of(wanted) == language


def test_variables_count_as_they_do_elsewhere() -> None:
    assert language_of_environment({"LANG": "nb_NO.UTF-8"}) == "nb"
    assert language_of_environment({"LANG": "nb_NO.UTF-8", "LC_ALL": "C.UTF-8"}) == "en"
    assert language_of_environment({"LANG": "en_GB.UTF-8", "LANGUAGE": "sv:nb:en"}) == "nb"
    assert language_of_environment({"LANG": "", "LC_MESSAGES": "nn_NO"}) == "nb"
    assert language_of_environment({}) == "en"


def test_numbers_are_written_as_the_language_does() -> None:
    assert (decimal(0.874), decimal(0.874, short=True), decimal(12, 1)) == ("0.87", ".87", "12.0")
    assert (grouped(999), grouped(10_000)) == ("999", "10,000")
    use_language("nb")
    assert (decimal(0.874), decimal(0.874, short=True), decimal(-1.5, 1)) == ("0,87", "0,87", "\u22121,5")
    assert grouped(1_234_567) == "1\u00a0234\u00a0567"


def test_a_language_without_translation_is_english() -> None:
    use_language("xx")
    assert _("Undo") == "Undo"
    use_language("nb")
    assert _("Undo") == "Angre"
    assert [ngettext("{n} quotation", "{n} quotations", n).format(n=n) for n in (0, 1, 2)] == [
        "0 sitater",
        "1 sitat",
        "2 sitater",
    ]


def test_terminal_speaks_its_own_language(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LANGUAGE", "nb")
    assert run(["count", "borte.qualcode"]) == 1
    assert "Prosjektet borte.qualcode finnes ikke." in capsys.readouterr().err


def test_what_programs_read_is_english(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("LANGUAGE", "nb")
    assert run(["count", "borte.qualcode", "--json"]) == 1
    assert language_in_use() == "en"
    said = capsys.readouterr()
    assert "finnes ikke" not in said.out + said.err


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (7.25, 1, "7.3"),
        (2.675, 2, "2.68"),
        (-2.5, 0, "-3"),
        (-0.004, 2, "0.00"),
        (100 * (57 / 200), 0, "29"),
        (1e30, 0, f"{1e30:.0f}"),
    ],
)
def test_halves_are_rounded_away_from_zero_in_print(value: float, digits: int, shown: str) -> None:
    assert half_up(value, digits) == shown


def test_words_stand_in_the_marks_of_the_language() -> None:
    assert in_quotes("so") == "“so”"
    use_language("nb")
    assert in_quotes("slik") == "«slik»"


@pytest.mark.parametrize("floor", ["gui", "cli", "project"])
def test_no_sentence_has_quotation_marks_of_its_own(floor: str) -> None:
    """A translated sentence may have them, and `in_quotes` gives them to bare words."""
    found = []
    for path in sorted((Path(__file__).parents[1] / "qualcode" / floor).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        allowed = set()
        for node in ast.walk(tree):
            is_said = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _SAYING
            if is_said or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
                allowed |= {id(each) for each in ast.walk(node)}
        found += [
            f"{path.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in allowed
            if any(sign in node.value for sign in "“”«»")
        ]
    assert found == []


def test_a_number_is_written_with_the_decimals_that_it_has() -> None:
    assert [written(each) for each in (12.5, 25.0, 100 / 3, -0.5)] == ["12.5", "25", "33.3333", "-0.5"]
    use_language("nb")
    try:
        assert [written(each) for each in (12.5, 25.0, -0.5)] == ["12,5", "25", "\u22120,5"]
    finally:
        use_language("en")
