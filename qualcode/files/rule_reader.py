"""The rules of a code and the word lists they share, out of a YAML tree."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Mapping

from qualcode.errors import CodebookError
from qualcode.files.code_keys import is_key
from qualcode.files.findings import Findings
from qualcode.files.yaml_reader import Reader
from qualcode.files.yaml_tree import Kind, Node
from qualcode.i18n import _, collapsed, did_you_mean
from qualcode.model.codebook import Context, MatchRule
from qualcode.model.terms import parse_term

LOOKS_FOR = ("any", "all", "near", "regex", "like")
RULE_KEYS = (*LOOKS_FOR, "words", "not", "lacking", "within", "groups", "questions", "weight", "name")

_DEFAULT = MatchRule()


def rules_from(node: Node, findings: Findings, concepts: Mapping[str, tuple[str, ...]]) -> list[MatchRule]:
    """The rules that a list holds; what is wrong goes to the findings."""
    return RuleReader(findings, concepts).rules(node)


def concepts_from(node: Node, findings: Findings) -> dict[str, tuple[str, ...]]:
    """The word lists that a mapping holds; what is wrong goes to the findings."""
    reader = RuleReader(findings)
    reader.read_concepts(node)
    return reader.concepts


class RuleReader(Reader):
    """Reads word lists, and rules whose terms may refer to them.

    Attributes:
        concepts: the word lists known so far, by name.
    """

    def __init__(self, findings: Findings, concepts: Mapping[str, tuple[str, ...]] | None = None) -> None:
        super().__init__(findings)
        self.concepts: dict[str, tuple[str, ...]] = dict(concepts or {})

    def read_concepts(self, node: Node | None) -> None:
        """The word lists that a mapping holds; terms read after it may refer to them."""
        if node is None or not self.is_mapping(node, "'concepts'"):
            return
        entries = [(name.text.strip(), name, value) for name, value in self.unique_entries(node)]
        self.concepts = {name: () for name, _name_node, _value in entries}  # known before the first term refers to one
        for name, name_node, value in entries:
            is_key(name, name_node, self.findings)
            self.concepts[name] = self._terms(value, name, in_concept=True)

    def _terms(self, node: Node | None, key: str, *, in_concept: bool = False) -> tuple[str, ...]:
        """The terms of a list that may not be empty."""
        if node is None:
            return ()
        if node.kind is Kind.NOTHING or (node.kind is Kind.LIST and not node.items):
            self.findings.add(node.line, _("{key!r} is empty.").format(key=key), _("List at least one term."))
            return ()
        terms = (self._term(item, key, in_concept=in_concept) for item in self.items(node, key))
        return tuple(term for term in terms if term is not None)

    def _term(self, node: Node, key: str, *, in_concept: bool = False) -> str | None:
        term = self.name(node, key)
        if term is None:
            return None
        try:
            concept = parse_term(term).concept
        except CodebookError as error:
            self.findings.add(node.line, error.message, error.hint)
            return term
        if concept and in_concept:
            self.findings.add(
                node.line,
                _("A concept cannot use another concept ({term}).").format(term=term),
                _("List its terms here."),
            )
        elif concept and concept not in self.concepts:
            self.findings.add(
                node.line,
                _("There is no concept {name!r}.").format(name=concept),
                did_you_mean(concept, self.concepts) or _("Define it under 'concepts' at the top of the file."),
            )
        return term

    def rules(self, node: Node | None) -> list[MatchRule]:
        """The rules that a list holds."""
        rules = [self._rule(item) for item in self.items(node, "rules", example="[{any: [...]}]")]
        return [rule for rule in rules if rule is not None]

    def _rule(self, node: Node) -> MatchRule | None:
        if node.kind is not Kind.MAPPING:
            self.findings.add(node.line, _("A rule must say how it looks for its words."), _("Write - any: [...]"))
            return None
        parts = self.entries(node, RULE_KEYS, (), _("A rule"))
        self._check_looks_for(node)
        rule = MatchRule(
            any=self._terms(parts.get("any"), "any"),
            all=self._term_groups(parts.get("all"), "all"),
            near=self._term_groups(parts.get("near"), "near"),
            regex=self._regex(parts.get("regex")),
            like=self._sentences(parts.get("like"), "like"),
            words=self.whole(parts.get("words"), "words", least=1) or _DEFAULT.words,
            none=self._sentences(parts.get("not"), "not") if "like" in parts else self._terms(parts.get("not"), "not"),
            lacking=self.flag(parts.get("lacking"), "lacking"),
            within=self.choice(parts.get("within"), "within", Context) or Context.SENTENCE,
            groups=tuple(self.names(parts.get("groups"), "groups")),
            questions=tuple(self.names(parts.get("questions"), "questions")),
            weight=self._weight(parts.get("weight")),
            name=self.name(parts.get("name"), "name") or "",
        )
        self._warn_of_idle_parts(parts, rule)
        return rule

    def _check_looks_for(self, node: Node) -> None:
        """A rule has exactly one of any, all, near, regex and like, and it is not empty."""
        present = [(key, value) for key, value in node.entries if key.text in LOOKS_FOR]
        if not present:
            self.findings.add(
                node.line,
                _("The rule looks for nothing."),
                _("Give it one of: {keys}.").format(keys=", ".join(LOOKS_FOR)),
            )
        distinct = list(dict.fromkeys(key.text for key, _value in present))
        if len(distinct) > 1:
            self.findings.add(
                node.line,
                _("The rule has {keys} at once.").format(keys=" and ".join(repr(key) for key in distinct)),
                _("Keep one of them; make a second rule of the other."),
            )
        for key, value in present:
            if value.kind is Kind.NOTHING:
                self.findings.add(key.line, _("{key!r} is empty.").format(key=key.text), _("List at least one term."))

    def _term_groups(self, node: Node | None, key: str) -> tuple[tuple[str, ...], ...]:
        """The items of `all` and `near`: each a term, or a list of terms of which one is enough."""
        if node is not None and node.kind is Kind.LIST and not node.items:
            self.findings.add(node.line, _("{key!r} is empty.").format(key=key), _("List at least one term."))
        found: list[tuple[str, ...]] = []
        for item in self.items(node, key):
            if item.kind is Kind.LIST:
                terms = self._terms(item, key)
            else:
                term = self._term(item, key)
                terms = () if term is None else (term,)
            if terms:
                found.append(terms)
        return tuple(found)

    def _sentences(self, node: Node | None, key: str) -> tuple[str, ...]:
        """Whole sentences, as a list or one a line; they are read as they stand, without the signs of terms."""
        if node is not None and node.kind is Kind.TEXT:
            return tuple(line for each in node.text.splitlines() if (line := collapsed(each)))
        if node is not None and node.kind is Kind.LIST and not node.items:
            self.findings.add(node.line, _("{key!r} is empty.").format(key=key), _("List at least one sentence."))
        return tuple(self.names(node, key))

    def _regex(self, node: Node | None) -> str:
        if node is None or self.text(node, "regex") is None:
            return ""
        pattern = unicodedata.normalize("NFC", node.text)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compiled = re.compile(pattern, re.IGNORECASE)
        except (re.error, OverflowError, RecursionError) as error:
            reason = getattr(error, "msg", str(error))
            position = getattr(error, "pos", None)
            self.findings.add(
                node.line,
                _("This is not a regular expression ({reason}).").format(reason=reason),
                _("Look at character {position}.").format(position=position + 1) if position is not None else "",
            )
            return pattern
        if compiled.match(""):
            self.findings.warn(
                node.line, _("The regular expression finds something in every sentence."), _("Let it ask for a letter.")
            )
        return pattern

    def _weight(self, node: Node | None) -> float:
        weight = self.number(node, "weight")
        if node is None or weight is None:
            return _DEFAULT.weight
        if not 0 <= weight <= 1:
            self.findings.add(node.line, _("'weight' must lie between 0 and 1."))
        return weight

    def _warn_of_idle_parts(self, parts: dict[str, Node], rule: MatchRule) -> None:
        if "words" in parts and not rule.near:
            self.findings.warn(parts["words"].line, _("'words' has a meaning only beside 'near'."))
        for key in ("lacking", "within"):
            if "like" in parts and key in parts:
                self.findings.warn(parts[key].line, _("{key!r} has no meaning beside 'like'.").format(key=key))
        if len(rule.near) == 1 and "near" in parts:
            self.findings.warn(parts["near"].line, _("'near' has one item only; it works as 'any'."))
