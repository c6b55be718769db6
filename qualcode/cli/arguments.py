"""Reads arguments as people write them: options between files, and a hint where a name is misspelt."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qualcode.i18n import _, nearest


class CommandParser(argparse.ArgumentParser):
    """A parser that takes `PROJECT --kind interview FILE...` as well as the options behind the files."""

    _mixes = False

    def parse_known_args(  # type: ignore[override]  # argparse's own has overloads for other namespaces
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Read what is known, and give back the rest."""
        many = any(each.nargs in ("*", "+") for each in self._get_positional_actions())
        if self._mixes or not many or "--" in (args or ()):
            return super().parse_known_args(args, namespace)
        before, self._mixes = self.usage, True
        self.usage = self._whole_usage()
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self.usage, self._mixes = before, False

    def _whole_usage(self) -> str:
        """The usage without its first word, which argparse takes for English and cuts off after seven letters."""
        return self.format_usage().removeprefix(_("usage:")).strip().replace("%", "%%")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        near = nearest(str(value), [str(each) for each in action.choices or ()])
        try:
            super()._check_value(action, value)
        except argparse.ArgumentError as error:
            if near is not None:
                error.message = f"{error.message}. " + _("Did you mean {name!r}?").format(name=near)
            raise


def number_from_0(text: str) -> int:
    """A whole number of things.

    Raises:
        argparse.ArgumentTypeError: it is no number, or below 0.
    """
    if not text.strip().isdecimal():
        raise argparse.ArgumentTypeError(_("{text!r} is no whole number from 0 on.").format(text=text))
    return int(text)


def named_folder(text: str) -> Path:
    """A folder that has a name: an empty one would be the folder that one is in.

    Raises:
        argparse.ArgumentTypeError: the name is blank.
    """
    if not text.strip():
        raise argparse.ArgumentTypeError(_("The name of the folder is blank."))
    return Path(text)
