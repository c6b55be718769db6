"""Reads values out of a YAML tree and collects all that is wrong with them."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

from qualcode.files.findings import Findings
from qualcode.files.yaml_tree import Kind, Node
from qualcode.i18n import _, collapsed, did_you_mean

ChoiceT = TypeVar("ChoiceT", bound=StrEnum)


class Reader:
    """Reads values out of a tree; what is wrong goes to the findings and reads as None or left out."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings

    def entries(
        self, node: Node, known: Iterable[str], required: Iterable[str] = (), what: str = ""
    ) -> dict[str, Node]:
        """The values of a mapping by key; values that are nothing are left out.

        Args:
            node: the mapping.
            known: all keys that may stand there.
            required: those that must.
            what: what the mapping is ("a code"), for the sentences.
        """
        known, found, seen = list(known), {}, set()
        if not self.is_mapping(node, what):
            return {}
        for key, value in self.unique_entries(node):
            seen.add(key.text)
            if key.text not in known:
                self.findings.add(
                    key.line, _("Unknown key {key!r}.").format(key=key.text), did_you_mean(key.text, known)
                )
            elif value.kind is not Kind.NOTHING:
                found[key.text] = value
            elif key.text in required:
                self.findings.add(key.line, _("{key!r} is empty.").format(key=key.text))
        for key_name in required:
            if key_name not in seen:
                self.findings.add(
                    node.line, _("{what} lacks the key {key!r}.").format(what=what or _("This"), key=key_name)
                )
        return found

    def unique_entries(self, node: Node) -> Iterator[tuple[Node, Node]]:
        """The entries of a mapping; a key that is no text, or that stood there before, is a problem."""
        lines: dict[str, int] = {}
        for key, value in node.entries:
            if key.kind in (Kind.LIST, Kind.MAPPING, Kind.NOTHING):
                self.findings.add(key.line, _("A key must be text."))
            elif key.text in lines:
                self.findings.add(
                    key.line,
                    _("The key {key!r} stands here a second time (first on line {line}).").format(
                        key=key.text, line=lines[key.text]
                    ),
                    _("Delete one of them."),
                )
            else:
                lines[key.text] = key.line
                yield key, value

    def is_mapping(self, node: Node, what: str = "") -> bool:
        if node.kind is Kind.MAPPING:
            return True
        self.findings.add(
            node.line,
            _("{what} must be a mapping of keys and values.").format(what=what or _("This")),
            _("Write 'key: value'."),
        )
        return False

    def text(self, node: Node | None, key: str) -> str | None:
        """A text in NFC without outer white space; not empty."""
        if node is None:
            return None
        if node.kind is not Kind.TEXT:
            self._not_a_text(node, key)
            return None
        text = unicodedata.normalize("NFC", node.text).strip()
        if not text:
            self.findings.add(node.line, _("{key!r} is empty.").format(key=key))
            return None
        return text

    def _not_a_text(self, node: Node, key: str) -> None:
        if node.kind in (Kind.LIST, Kind.MAPPING):
            kind = _("a list") if node.kind is Kind.LIST else _("a mapping")
            self.findings.add(node.line, _("{key!r} must be text, not {kind}.").format(key=key, kind=kind))
        elif node.kind is Kind.NOTHING:
            self.findings.add(node.line, _("{key!r} is empty.").format(key=key))
        else:
            self.findings.add(
                node.line,
                _("{key!r} must be text, and {text} is {kind}.").format(
                    key=key, text=node.text, kind=_("true or false") if node.kind is Kind.FLAG else _("a number")
                ),
                _('Write "{text}" in quotes.').format(text=node.text),
            )

    def scalar(self, node: Node | None, key: str) -> str | None:
        """Text, a number or a date, as it is written."""
        if node is not None and node.kind in (Kind.WHOLE, Kind.NUMBER):
            return node.text
        return self.text(node, key)

    def name(self, node: Node | None, key: str) -> str | None:
        """A text with its white space collapsed, as names are compared and written out."""
        text = self.text(node, key)
        return None if text is None else collapsed(text)

    def items(self, node: Node | None, key: str, example: str = "") -> list[Node]:
        """The items of a list; a lone value is a problem, never split."""
        if node is None:
            return []
        if node.kind is Kind.LIST:
            return node.items
        written = example or (f"[{node.text}]" if node.kind is not Kind.MAPPING else "")
        hint = _("Write {key}: {written}").format(key=key, written=written) if written else ""
        self.findings.add(node.line, _("{key!r} must be a list.").format(key=key), hint)
        return []

    def texts(self, node: Node | None, key: str) -> list[str]:
        """The texts of a list."""
        found = [self.text(item, key) for item in self.items(node, key)]
        return [text for text in found if text is not None]

    def names(self, node: Node | None, key: str) -> list[str]:
        """The texts of a list with their white space collapsed."""
        return [collapsed(text) for text in self.texts(node, key)]

    def flag(self, node: Node | None, key: str) -> bool | None:
        if node is None:
            return None
        if node.kind is not Kind.FLAG:
            self.findings.add(node.line, _("{key!r} must be true or false.").format(key=key))
            return None
        return node.text.casefold() == "true"

    def whole(self, node: Node | None, key: str, *, least: int) -> int | None:
        if node is None:
            return None
        if node.kind is not Kind.WHOLE or len(node.text) > 9 or int(node.text) < least:
            self.findings.add(
                node.line, _("{key!r} must be a whole number, at least {least}.").format(key=key, least=least)
            )
            return None
        return int(node.text)

    def number(self, node: Node | None, key: str) -> float | None:
        """A finite number."""
        if node is None:
            return None
        if node.kind in (Kind.WHOLE, Kind.NUMBER) and math.isfinite(value := float(node.text)):
            return value
        self.findings.add(node.line, _("{key!r} must be a number.").format(key=key))
        return None

    def choice(self, node: Node | None, key: str, choices: type[ChoiceT]) -> ChoiceT | None:
        """One of the values of an enumeration."""
        found = self.one_of(node, key, [each.value for each in choices])
        return None if found is None else choices(found)

    def one_of(self, node: Node | None, key: str, names: Sequence[str]) -> str | None:
        """One of several words."""
        if node is None:
            return None
        if node.kind is Kind.TEXT and node.text in names:
            return node.text
        if node.kind in (Kind.LIST, Kind.MAPPING):
            self._not_a_text(node, key)
        else:
            self.findings.add(
                node.line,
                _("{key!r} cannot be {value!r}.").format(key=key, value=node.text),
                did_you_mean(node.text, names),
            )
        return None
