"""Every argument says what it is, and every example can be typed."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator

import pytest

from qualcode.cli.help_texts import EXAMPLES
from qualcode.cli.main import _parser
from qualcode.i18n import use_language


def commands(parser: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that can be typed, with its name."""
    below = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    if not below:
        yield name, parser
    for action in below:
        for sub_name, command in action.choices.items():
            yield from commands(command, f"{name} {sub_name}".strip())


@pytest.mark.parametrize(("name", "command"), list(commands(_parser())))
def test_a_command_explains_itself(name: str, command: argparse.ArgumentParser) -> None:
    assert command.description
    assert [action.dest for action in command._actions if not action.help] == []
    assert "mine.qualcode" in command.format_help() or name in ("run", "inspect", "codebook check", "codebook convert")


@pytest.mark.parametrize(("name", "example"), EXAMPLES.items())
def test_an_example_can_be_typed(name: str, example: str) -> None:
    assert _parser().parse_args([*name.split(), *shlex.split(example)]).command


def test_help_is_in_one_language() -> None:
    use_language("nb")
    try:
        text = _parser().format_help() + dict(commands(_parser()))["codings import"].format_help()
    finally:
        use_language("en")
    assert text.startswith("bruk: qualcode")
    assert not {"usage", "positional", "options:", "show", "exit"} & set(text.split())
