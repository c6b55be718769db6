"""How often Python looks for what can be thrown away while a command runs."""

from __future__ import annotations

import gc
from argparse import Namespace

import pytest

from qualcode.cli import main


def test_a_command_lets_python_look_less_often_and_sets_back_what_was(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int, int]] = []

    def command(_options: Namespace) -> int:
        seen.append(gc.get_threshold())
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_lazily", lambda _module, _name: command)
    before = gc.get_threshold()
    assert main.run(["suggest", "any.qualcode"]) == 130
    assert seen[0][0] > 10 * before[0]
    assert gc.get_threshold() == before
