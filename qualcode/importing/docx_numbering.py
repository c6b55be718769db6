"""Words that Word puts before paragraphs of a list: "I:" and "R:", or "Deltaker 1:", where they are no mere numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.importing.office_xml import attribute, child_of, children_of, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_PLACE = re.compile(r"%(\d)")
_WORD = re.compile(r"[^\W\d_]")
_LONGEST = 60  # characters of a label
_COUNTED = ("decimal", "decimalZero")
_UNCOUNTED = ("bullet",)


@dataclass(frozen=True, slots=True)
class _Level:
    text: str
    form: str
    start: int


@dataclass(slots=True)
class ListLabels:
    """The labels of lists, counted on from paragraph to paragraph."""

    _lists: dict[str, str] = field(default_factory=dict)  # number of a list -> its definition
    _levels: dict[tuple[str, str], _Level] = field(default_factory=dict)
    _styles: dict[str, tuple[str, str]] = field(default_factory=dict)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def read(self, numbering: _Element, styles: Mapping[str, _Element]) -> None:
        """Take in the part of a file that defines its lists, and the paragraph styles that name one."""
        for each in numbering:
            if local(each) == "abstractNum":
                for level in children_of(each, "lvl"):
                    self._levels[(attribute(each, "abstractNumId"), attribute(level, "ilvl"))] = _level_of(level)
            elif local(each) == "num":
                definition = child_of(each, "abstractNumId")
                if definition is not None:
                    self._lists[attribute(each, "numId")] = attribute(definition, "val")
        for name, style in styles.items():
            found = _list_of(child_of(style, "pPr"))
            if found is not None:
                self._styles[name] = found

    def before(self, properties: _Element | None, style: str) -> str:
        """What Word shows before a paragraph, with a space behind it; "" for mere numbers, bullets and no list."""
        found = _list_of(properties) or self._styles.get(style)
        if found is None or found[0] not in self._lists:
            return ""
        definition, place = self._lists[found[0]], found[1]
        level = self._levels.get((definition, place))
        if level is None or level.form in _UNCOUNTED or not _WORD.search(_PLACE.sub("", level.text)):
            return ""
        if any(each != str(int(place) + 1) for each in _PLACE.findall(level.text)):
            return ""  # numbers of outer levels: a heading
        if "%" in level.text and level.form not in _COUNTED:
            return ""
        number = level.start + self._counts[(definition, place)]
        self._counts[(definition, place)] += 1
        return f"{_PLACE.sub(str(number), level.text)} "


def _level_of(level: _Element) -> _Level:
    def value(name: str) -> str:
        held = child_of(level, name)
        return "" if held is None else attribute(held, "val")

    start = value("start")
    first = int(start) if start.isdecimal() and len(start) < 7 else 1
    return _Level(value("lvlText")[:_LONGEST], value("numFmt"), first)


def _list_of(properties: _Element | None) -> tuple[str, str] | None:
    """The number of the list that a paragraph belongs to, and its level."""
    numbering = None if properties is None else child_of(properties, "numPr")
    if numbering is None:
        return None
    ident, level = child_of(numbering, "numId"), child_of(numbering, "ilvl")
    place = "0" if level is None else attribute(level, "val")
    return None if ident is None or not place.isdecimal() else (attribute(ident, "val"), place)
