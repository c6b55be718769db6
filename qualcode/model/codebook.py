"""The template: codes in a tree, with the rules that propose them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

LANGUAGES = ("en", "nb", "nn")


class CodeOrigin(StrEnum):
    """Whether a code was in the template from the start or came out of the material."""

    A_PRIORI = "a_priori"
    EMERGENT = "emergent"


class Level(StrEnum):
    """Where in the system a code has its place."""

    SYSTEM = "system"
    ORGANISATION = "organisation"
    TEAM = "team"
    INDIVIDUAL = "individual"


class Valence(StrEnum):
    """Whether a code speaks of what hinders, what promotes, or what comes of it."""

    HINDERING = "hindering"
    PROMOTING = "promoting"
    OUTCOME = "outcome"
    NEUTRAL = "neutral"


class Context(StrEnum):
    """Where a rule looks for its words around the sentence."""

    SENTENCE = "sentence"
    NEIGHBOURS = "neighbours"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in several languages; `plain` when the source gave one for all."""

    by_language: Mapping[str, str] = field(default_factory=dict)
    plain: str = ""

    def in_language(self, language: str) -> str:
        """The wording for a language, else the nearest that exists (nb and nn stand in for each other, then en)."""
        order = {"nb": ("nb", "nn", "en"), "nn": ("nn", "nb", "en")}.get(language, (language, "en", "nb", "nn"))
        for each in order:
            if self.by_language.get(each):
                return self.by_language[each]
        return self.plain or next(iter(self.by_language.values()), "")

    def __bool__(self) -> bool:
        return bool(self.plain or self.by_language)


@dataclass(frozen=True, slots=True)
class MatchRule:
    """A condition on a sentence that proposes a code; docs/rules.md says what each part means.

    Exactly one of `any`, `all`, `near`, `regex` and `like` is given. A term is text in the notation of docs/rules.md;
    an item of `all` and `near` is a tuple of alternative terms; `like` holds whole sentences, as `none` beside it does.
    """

    any: tuple[str, ...] = ()
    all: tuple[tuple[str, ...], ...] = ()
    near: tuple[tuple[str, ...], ...] = ()
    regex: str = ""
    like: tuple[str, ...] = ()
    words: int = 6
    none: tuple[str, ...] = ()
    lacking: bool | None = None
    within: Context = Context.SENTENCE
    groups: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    weight: float = 0.7
    name: str = ""

    @property
    def short_form(self) -> str:
        """The rule as tables call it: its name, else what it looks for."""
        if self.name:
            return self.name
        if self.any:
            text = " / ".join(self.any)
        elif self.regex:
            text = f"regex {self.regex}"
        elif self.like:
            return f"like {len(self.like)} sentences"
        else:
            join = " near " if self.near else " + "
            text = join.join("/".join(item) for item in (self.near or self.all))
        if self.lacking is not None:
            text += " (lacking)" if self.lacking else " (not lacking)"
        if self.none:
            text += " not " + "/".join(self.none)
        return text


@dataclass(frozen=True, slots=True)
class Code:
    """A theme or a code below one.

    Attributes:
        key: stable, [a-z0-9_]+, unique in the codebook.
        parent: key of the code above, "" at the top.
        depth: 0 at the top.
        id: the project's number; 0 while the code is only in a file.
        mark: of a theme in a project, which of the marks (a colour with a shape) it has taken, counted from 0.
    """

    key: str
    name: Wording
    parent: str = ""
    depth: int = 0
    aliases: tuple[str, ...] = ()
    definition: Wording = field(default_factory=Wording)
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    origin: CodeOrigin = CodeOrigin.A_PRIORI
    level: Level | None = None
    valence: Valence | None = None
    counterpart: str = ""
    colour: str = ""
    rules: tuple[MatchRule, ...] = ()
    id: int = 0
    mark: int | None = None

    def with_id(self, id: int) -> Code:
        """The same code under the project's number."""
        return replace(self, id=id)


@dataclass(frozen=True, slots=True)
class Codebook:
    """A template: its codes in tree order (a parent comes before what is below it).

    Attributes:
        concepts: word lists that rules share, by name.
    """

    key: str
    codes: tuple[Code, ...]
    title: Wording = field(default_factory=Wording)
    source: str = ""
    version: str = ""
    concepts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def code(self, key: str) -> Code:
        """The code of that key; KeyError if there is none."""
        for code in self.codes:
            if code.key == key:
                return code
        raise KeyError(key)

    def children(self, key: str) -> Iterator[Code]:
        """The codes directly below a key ("" for the themes), in order."""
        return (code for code in self.codes if code.parent == key)

    def subtree(self, key: str) -> tuple[str, ...]:
        """The key and the keys of all codes below it, in tree order."""
        found = [key]
        for code in self.codes:
            if code.parent in found and code.key not in found:
                found.append(code.key)
        return tuple(found)
