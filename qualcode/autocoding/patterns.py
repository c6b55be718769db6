"""Regular expressions of rules, with a bound on the work they can make.

Python's `re` cannot be stopped once it runs, and an expression such as `(a+)+b` runs for years on forty letters. So
the work is bounded before: the parsed expression tells in how many ways it can be tried on a text of n characters, all
places together. An expression is searched in stretches of a sentence so short that this stays within a budget, and is
refused when even the shortest stretch would exceed it.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import comb
from typing import Any

from qualcode.errors import CodebookError
from qualcode.i18n import _

_BUDGET = 10_000_000
_STRETCHES = (20_000, 5_000, 1_000, 300)  # characters
_MOST_EXPANDED = 2_000
_UNBOUNDED = 1_000
_MOST_UNBOUNDED = 4

# Characters that stand for all when two sets of characters are compared.
_SAMPLE = "".join(map(chr, range(32, 256))) + "\t\n–’“”…€"


@dataclass(frozen=True)
class BoundedPattern:
    """A compiled expression, the stretch of text it may be searched in, and a word part that it cannot do without.

    Attributes:
        stretch: characters.
        literals: in small letters; each match holds at least one of them; empty when none is sure.
    """

    compiled: re.Pattern[str]
    stretch: int
    literals: tuple[str, ...]

    def search(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Where the expression is found in text[start:end], read by itself; None if nowhere or only empty."""
        part = text[start:end]
        step = max(1, self.stretch // 2)
        for begin in range(0, max(1, len(part) - step), step):
            for found in self.compiled.finditer(part, begin, begin + self.stretch):
                if found.end() > found.start():
                    return start + found.start(), start + found.end()
        return None


def bounded_pattern(expression: str) -> BoundedPattern:
    """Compile a rule's expression; case is ignored.

    Raises:
        CodebookError: it is no regular expression, or could run without end.
    """
    try:
        compiled = re.compile(expression, re.IGNORECASE)
        parsed = _parser().parse(expression, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise CodebookError(
            _("{expression!r} is not a regular expression: {reason}.").format(expression=expression, reason=error),
            hint=_("Use “any” or “near” if a plain word will do."),
        ) from error
    try:
        steps = list(_steps(parsed, [0]))
        stretch = next((each for each in _STRETCHES if _work(steps, each) <= _BUDGET), 0)
    except _TooManyWays:
        stretch = 0
    if stretch:
        return BoundedPattern(compiled, stretch, _literals(parsed))
    raise CodebookError(
        _("The regular expression {expression!r} could run without end.").format(expression=expression),
        hint=_("Write how often a group may repeat, as in {example}, and no repeat inside a repeat.").format(
            example=r"(\w+ ){0,5}"
        ),
    )


class _TooManyWays(Exception):
    """The expression repeats a group without bound, or is too large to be counted."""


def _parser() -> Any:
    return importlib.import_module("re._parser")  # the interpreter's own; it has no public name


@dataclass(frozen=True, slots=True)
class _Step:
    """One part of an expression that matches a run of characters out of a set.

    Attributes:
        characters: those of the sample that it matches.
        least: the fewest it matches.
        most: the most it matches.
        ways: in how many ways a run of one length can be matched.
    """

    characters: frozenset[str]
    least: int
    most: int
    ways: int = 1


@dataclass(frozen=True, slots=True)
class _Optional:
    """Steps that may be left out, or be tried with fewer rounds: in so many ways altogether."""

    steps: tuple[_Step | _Optional, ...]
    ways: int


def _steps(parsed: Any, n_steps: list[int]) -> Iterator[_Step | _Optional]:
    """An expression as a row of steps, groups with a bounded repeat written out."""
    for operation, argument in parsed:
        n_steps[0] += 1
        if n_steps[0] > _MOST_EXPANDED:
            raise _TooManyWays
        name = str(operation)
        if name in _ONE_CHARACTER:
            yield _Step(_characters(operation, argument), 1, 1)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            yield from _repeated(argument, n_steps)
        elif name == "SUBPATTERN":
            yield from _steps(argument[3], n_steps)
        elif name == "ATOMIC_GROUP":
            yield from _steps(argument, n_steps)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield _Optional(tuple(_steps(argument[1], n_steps)), 1)
        elif name == "BRANCH":
            yield from _branches(argument[1], n_steps)
        elif name == "GROUPREF":
            yield _Step(frozenset(_SAMPLE), 0, 1)
        elif name != "AT":
            raise _TooManyWays


_ONE_CHARACTER = ("LITERAL", "NOT_LITERAL", "ANY", "IN")


def _repeated(argument: Any, n_steps: list[int]) -> Iterator[_Step | _Optional]:
    least, most, body = int(argument[0]), int(argument[1]), list(argument[2])
    while len(body) == 1 and str(body[0][0]) == "SUBPATTERN":
        body = list(body[0][1][3])
    if len(body) == 1 and str(body[0][0]) in _ONE_CHARACTER:
        yield _Step(_characters(*body[0]), least, most)
        return
    if most > _UNBOUNDED:
        raise _TooManyWays
    once = tuple(_steps(body, n_steps))
    n_steps[0] += len(once) * most
    if n_steps[0] > _MOST_EXPANDED:
        raise _TooManyWays
    for _round in range(least):
        yield from once
    if most > least:
        yield _Optional(once * (most - least), most - least + 1)


def _branches(branches: list[Any], n_steps: list[int]) -> Iterator[_Step | _Optional]:
    """Alternatives: as if all had to be tried one after another, in any order."""
    for branch in branches:
        yield _Optional(tuple(_steps(branch, n_steps)), 1)
    yield _Step(frozenset(), 0, 0, len(branches))


@dataclass(slots=True)
class _Count:
    """The ways of a row of steps so far: those that are settled, and a chain of repeats that multiply.

    Repeats multiply, unless a character must stand between them that the earlier ones cannot match: then there is one
    place where they can end, and the ways add up. Of n unbounded repeats in a chain the ends come in order.
    """

    length: int
    settled: int = 0
    bounded: int = 1
    n_unbounded: int = 0
    characters: frozenset[str] = frozenset()

    @property
    def ways(self) -> int:
        return self.settled + self.bounded * comb(self.length + self.n_unbounded + 1, self.n_unbounded + 1)

    def add(self, step: _Step | _Optional) -> None:
        if isinstance(step, _Optional):
            self._add_optional(step)
        else:
            self._add_step(step)
        if self.bounded > _BUDGET or self.n_unbounded > _MOST_UNBOUNDED:
            raise _TooManyWays

    def _add_step(self, step: _Step) -> None:
        if step.least and self.characters and not step.characters & self.characters:
            self.settled = self.ways
            self.bounded, self.n_unbounded, self.characters = 1, 0, frozenset()
        self.bounded *= step.ways
        if step.most >= self.length:
            self.n_unbounded += 1
        elif step.most > step.least:
            self.bounded *= step.most - step.least + 1
        if step.most > step.least:
            self.characters |= step.characters

    def _add_optional(self, optional: _Optional) -> None:
        bounded, n_unbounded, characters = self.bounded, self.n_unbounded, self.characters
        for step in optional.steps:
            self.add(step)
        self.bounded = max(bounded, self.bounded) * optional.ways
        self.n_unbounded = max(n_unbounded, self.n_unbounded)
        self.characters |= characters


def _work(steps: list[_Step | _Optional], length: int) -> int:
    """How many ways, at most, there are to try a row of steps in a text of so many characters, all places together."""
    count = _Count(length)
    try:
        for step in steps:
            count.add(step)
    except _TooManyWays:
        return _BUDGET + 1
    return count.ways


def _characters(operation: Any, argument: Any) -> frozenset[str]:
    """The characters of the sample that a part of a parsed expression matches."""
    name = str(operation)
    if name == "ANY":
        return frozenset(_SAMPLE)
    if name == "LITERAL":
        return frozenset({chr(argument).lower(), chr(argument).upper()})
    if name == "NOT_LITERAL":
        return frozenset(_SAMPLE) - _characters("LITERAL", argument)
    if name == "RANGE":
        return frozenset(each for each in _SAMPLE if any(argument[0] <= ord(x) <= argument[1] for x in _cases(each)))
    if name == "CATEGORY":
        sort = str(argument).removeprefix("CATEGORY_").lower()
        escape = {"digit": r"\d", "space": r"\s", "word": r"\w"}.get(sort.removeprefix("not_"), r"[\s\S]")
        inside = frozenset(re.findall(escape, _SAMPLE))
        return frozenset(_SAMPLE) - inside if sort.startswith("not_") else inside
    found: frozenset[str] = frozenset()
    negated = False
    for part, value in argument:
        if str(part) == "NEGATE":
            negated = True
        else:
            found |= _characters(part, value)
    return frozenset(_SAMPLE) - found if negated else found


def _cases(letter: str) -> tuple[str, ...]:
    return tuple(each for each in {letter, letter.lower(), letter.upper()} if len(each) == 1)


_SHORTEST_LITERAL = 3


def _literals(parsed: Any) -> tuple[str, ...]:
    """Parts of words of which each match holds at least one; the longest there are."""
    best: tuple[str, ...] = ()
    run = ""
    for operation, argument in [*parsed, ("AT", None)]:
        name = str(operation)
        letter = chr(argument).lower() if name == "LITERAL" else ""
        if letter.isalnum() and len(letter) == 1:
            run += letter
            continue
        best, run = _better(best, (run,)), ""
        if name == "SUBPATTERN":
            best = _better(best, _literals(argument[3]))
        elif name == "BRANCH":
            each = [_literals(branch) for branch in argument[1]]
            best = _better(best, tuple(sorted({part for found in each for part in found})) if all(each) else ())
        elif name in ("MAX_REPEAT", "MIN_REPEAT") and int(argument[0]) > 0:
            best = _better(best, _literals(argument[2]))
    return best


def _better(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    if not other or min(map(len, other)) < _SHORTEST_LITERAL:
        return one
    if not one:
        return other
    return other if min(map(len, other)) > min(map(len, one)) else one
