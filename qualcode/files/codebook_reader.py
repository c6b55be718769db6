"""A codebook out of a YAML tree, with all that is wrong or doubtful in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qualcode.files.code_keys import is_key
from qualcode.files.findings import Findings
from qualcode.files.rule_reader import RuleReader
from qualcode.files.yaml_reader import Reader
from qualcode.files.yaml_tree import Kind, Node
from qualcode.i18n import _, collapsed, did_you_mean, folded
from qualcode.model.codebook import LANGUAGES, Code, Codebook, CodeOrigin, Level, Valence, Wording

CODEBOOK_KEYS = ("key", "title", "source", "version", "concepts", "codes")
CODE_KEYS = (
    "key",
    "name",
    "aliases",
    "definition",
    "include",
    "exclude",
    "examples",
    "origin",
    "level",
    "valence",
    "counterpart",
    "colour",
    "rules",
    "codes",
)

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")


def codebook_from(root: Node, findings: Findings) -> Codebook:
    """The codebook that a tree describes; where the findings hold errors, only as far as it could be read."""
    return _CodebookReader(findings).codebook(root)


class _CodebookReader(Reader):
    def __init__(self, findings: Findings) -> None:
        super().__init__(findings)
        self._codes: list[Code] = []
        self._lines: dict[str, int] = {}
        self._rules = RuleReader(findings)
        self._counterparts: list[tuple[Node, str, str]] = []

    def codebook(self, root: Node) -> Codebook:
        parts = self.entries(root, CODEBOOK_KEYS, ("key", "codes"), _("A codebook"))
        self._rules.read_concepts(parts.get("concepts"))
        self._read_codes(parts.get("codes"), parent="", depth=0)
        self._check_counterparts()
        self._warn_of_gaps()
        if "codes" in parts and not parts["codes"].items and parts["codes"].kind is Kind.LIST:
            self.findings.warn(parts["codes"].line, _("The codebook has no codes yet."))
        return Codebook(
            key=self.name(parts.get("key"), "key") or "",
            codes=tuple(self._codes),
            title=self._wording(parts.get("title"), "title"),
            source=self.text(parts.get("source"), "source") or "",
            version=self.scalar(parts.get("version"), "version") or "",
            concepts=self._rules.concepts,
        )

    # --- codes

    def _read_codes(self, node: Node | None, parent: str, depth: int) -> None:
        for item in self.items(node, "codes", example="[{key: ..., name: ...}]"):
            self._read_code(item, parent, depth)

    def _read_code(self, node: Node, parent: str, depth: int) -> None:
        parts = self.entries(node, CODE_KEYS, ("key", "name"), _("A code"))
        key = self._code_key(parts.get("key"))
        code = Code(
            key=key,
            name=self._wording(parts.get("name"), "name", names=True),
            parent=parent,
            depth=depth,
            aliases=tuple(self.names(parts.get("aliases"), "aliases")),
            definition=self._wording(parts.get("definition"), "definition"),
            include=tuple(self.texts(parts.get("include"), "include")),
            exclude=tuple(self.texts(parts.get("exclude"), "exclude")),
            examples=tuple(self.texts(parts.get("examples"), "examples")),
            origin=self.choice(parts.get("origin"), "origin", CodeOrigin) or CodeOrigin.A_PRIORI,
            level=self.choice(parts.get("level"), "level", Level),
            valence=self.choice(parts.get("valence"), "valence", Valence),
            counterpart=self.name(parts.get("counterpart"), "counterpart") or "",
            colour=self._colour(parts.get("colour")),
            rules=tuple(self._rules.rules(parts.get("rules"))),
        )
        self._codes.append(code)
        if code.counterpart:
            self._counterparts.append((parts["counterpart"], key, code.counterpart))
        self._warn_of_missing_parts(node, code, has_codes="codes" in parts)
        self._read_codes(parts.get("codes"), key, depth + 1)

    def _code_key(self, node: Node | None) -> str:
        key = self.text(node, "key")
        if node is None or key is None:
            return ""
        if not is_key(key, node, self.findings):
            return key
        if key in self._lines:
            self.findings.add(
                node.line,
                _("The key {key!r} stands here a second time (first on line {line}).").format(
                    key=key, line=self._lines[key]
                ),
                _("Each code needs a key of its own."),
            )
        else:
            self._lines[key] = node.line
        return key

    def _wording(self, node: Node | None, key: str, *, names: bool = False) -> Wording:
        if node is None:
            return Wording()
        if node.kind is not Kind.MAPPING:
            text = self.text(node, key) or ""
            return Wording(plain=collapsed(text) if names else text)
        found: dict[str, str] = {}
        if not node.entries:
            self.findings.add(node.line, _("{key!r} is empty.").format(key=key))
        for language, value in self.unique_entries(node):
            if language.text not in LANGUAGES:
                self.findings.add(
                    language.line,
                    _("{key!r} has an unknown language, {language!r}.").format(key=key, language=language.text),
                    # Inside { } a comma ends the text: what follows it becomes a key without a value.
                    _("A text with a comma stands in quotation marks inside { } and [ ].")
                    if value.kind is Kind.NOTHING
                    else did_you_mean(language.text, LANGUAGES),
                )
                continue
            wording = self.text(value, language.text)
            if wording is not None:
                found[language.text] = collapsed(wording) if names else wording
        return Wording(found)

    def _colour(self, node: Node | None) -> str:
        if node is not None and node.kind is Kind.NOTHING:  # an unquoted #B3423A is a comment
            node = None
        colour = self.text(node, "colour")
        if node is None or colour is None:
            return ""
        if not _COLOUR.match(colour):
            self.findings.add(
                node.line,
                _("{colour!r} is not a colour.").format(colour=colour),
                _('Write a sign # and six digits or letters a to f, in quotes: "#B3423A".'),
            )
        return colour

    def _check_counterparts(self) -> None:
        for node, key, counterpart in self._counterparts:
            if counterpart == key:
                self.findings.warn(node.line, _("The code {key!r} is its own counterpart.").format(key=key))
            elif counterpart not in self._lines:
                self.findings.warn(
                    node.line,
                    _("There is no code {key!r} to be the counterpart.").format(key=counterpart),
                    did_you_mean(counterpart, self._lines),
                )

    # --- warnings

    def _warn_of_missing_parts(self, node: Node, code: Code, *, has_codes: bool) -> None:
        if not code.definition:
            self.findings.warn(node.line, _("The code {key!r} has no definition.").format(key=code.key))
        if not code.examples and not has_codes:
            self.findings.warn(node.line, _("The code {key!r} has no example.").format(key=code.key))

    def _warn_of_gaps(self) -> None:
        """Names that a language lacks which other codes have, and names that occur twice."""
        used = [each for each in LANGUAGES if any(each in code.name.by_language for code in self._codes)]
        seen: dict[tuple[str, str, str], str] = {}
        for code in self._codes:
            line = self._lines.get(code.key, 0)
            lacking = [each for each in used if each not in code.name.by_language]
            if lacking and code.name.by_language:
                self.findings.warn(
                    line,
                    _("The code {key!r} has no name in {languages}.").format(
                        key=code.key, languages=", ".join(lacking)
                    ),
                )
            self._warn_of_equal_names(code, line, seen)

    def _warn_of_equal_names(self, code: Code, line: int, seen: dict[tuple[str, str, str], str]) -> None:
        names: Sequence[tuple[str, str]] = [*code.name.by_language.items(), ("", code.name.plain)]
        for language, name in names:
            other = seen.setdefault((code.parent, language, folded(name)), code.key)
            if name and other != code.key:
                self.findings.warn(
                    line,
                    _("The codes {first!r} and {second!r} have the same name.").format(first=other, second=code.key),
                )
                return
