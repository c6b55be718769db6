"""Each sentence of a report exists in the languages of a report."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from qualcode import exporting
from qualcode.exporting.wording import WORDS, in_language

SOURCES = sorted(Path(next(iter(exporting.__path__))).glob("*.py"))


def said(source: Path) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Call)]
    names = [call for call in calls if called(call) == "say" and call.args]
    return {call.args[0].value for call in names if isinstance(call.args[0], ast.Constant)}  # type: ignore[misc]


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_every_sentence_has_its_translations() -> None:
    used = set().union(*(said(source) for source in SOURCES))
    assert len(used) > 30
    assert used <= WORDS.keys()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_translations_keep_their_places_for_numbers(language: str) -> None:
    say = in_language(language)
    for english in WORDS:
        assert sorted(re.findall(r"{\w+}", say(english))) == sorted(re.findall(r"{\w+}", english))


def test_other_languages_are_english() -> None:
    assert in_language("en")("Quotations") == "Quotations"
    assert in_language("")("Quotations") == "Quotations"
