"""A codebook out of a YAML tree, with all that is wrong or doubtful in it."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Mapping, Sequence

from qualcode.errors import CodebookError
from qualcode.files.findings import Findings
from qualcode.files.yaml_reader import Reader
from qualcode.files.yaml_tree import Kind, Node
from qualcode.i18n import _, collapsed, did_you_mean, folded
from qualcode.model.codebook import LANGUAGES, Code, Codebook, CodeOrigin, Context, Level, MatchRule, Valence, Wording
from qualcode.model.terms import parse_term

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
LOOKS_FOR = ("any", "all", "near", "regex", "like")
RULE_KEYS = (*LOOKS_FOR, "words", "not", "lacking", "within", "groups", "questions", "weight", "name")

_DEFAULT = MatchRule()
_KEY = re.compile(r"[a-z0-9_]+\Z")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\Z")
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ß": "ss", "ð": "d", "þ": "th", "đ": "d", "ŋ": "n", "ł": "l"})


def key_from(name: str) -> str:
    """A code key made of a name: small letters a to z, digits and `_`; "" if nothing of the name is left."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_")


def codebook_from(root: Node, findings: Findings) -> Codebook:
    """The codebook that a tree describes; where the findings hold errors, only as far as it could be read."""
    return _CodebookReader(findings).codebook(root)


def rules_from(node: Node, findings: Findings, concepts: Mapping[str, tuple[str, ...]]) -> list[MatchRule]:
    """The rules that a list holds; what is wrong goes to the findings."""
    reader = _CodebookReader(findings)
    reader.know_concepts(concepts)
    return reader.rules(node)


def concepts_from(node: Node, findings: Findings) -> dict[str, tuple[str, ...]]:
    """The word lists that a mapping holds; what is wrong goes to the findings."""
    return _CodebookReader(findings).concepts(node)


class _CodebookReader(Reader):
    def __init__(self, findings: Findings) -> None:
        super().__init__(findings)
        self._codes: list[Code] = []
        self._lines: dict[str, int] = {}
        self._concepts: dict[str, tuple[str, ...]] = {}
        self._counterparts: list[tuple[Node, str, str]] = []

    def codebook(self, root: Node) -> Codebook:
        parts = self.entries(root, CODEBOOK_KEYS, ("key", "codes"), _("A codebook"))
        self._read_concepts(parts.get("concepts"))
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
            concepts=self._concepts,
        )

    def know_concepts(self, concepts: Mapping[str, tuple[str, ...]]) -> None:
        """Word lists that terms may refer to."""
        self._concepts = dict(concepts)

    def concepts(self, node: Node) -> dict[str, tuple[str, ...]]:
        """The word lists alone."""
        self._read_concepts(node)
        return self._concepts

    def rules(self, node: Node) -> list[MatchRule]:
        """The rules of one code alone."""
        return self._rules(node)

    # --- concepts and terms

    def _read_concepts(self, node: Node | None) -> None:
        if node is None or not self.is_mapping(node, "'concepts'"):
            return
        entries = [(name.text.strip(), name, value) for name, value in self.unique_entries(node)]
        self._concepts = {name: () for name, _name_node, _value in entries}  # known before the first term refers to one
        for name, name_node, value in entries:
            if not _KEY.match(name):
                self._bad_key(name_node, name)
            self._concepts[name] = self._terms(value, name, in_concept=True)

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
        elif concept and concept not in self._concepts:
            self.findings.add(
                node.line,
                _("There is no concept {name!r}.").format(name=concept),
                did_you_mean(concept, self._concepts) or _("Define it under 'concepts' at the top of the file."),
            )
        return term

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
            rules=tuple(self._rules(parts.get("rules"))),
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
        if not _KEY.match(key):
            self._bad_key(node, key)
        elif key in self._lines:
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

    def _bad_key(self, node: Node, key: str) -> None:
        proposal = key_from(key)
        self.findings.add(
            node.line,
            _("The key {key!r} may hold only the letters a to z, digits and '_'.").format(key=key),
            _("Write {key}, for instance.").format(key=proposal) if proposal else "",
        )

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

    # --- rules

    def _rules(self, node: Node | None) -> list[MatchRule]:
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

    # --- warnings

    def _warn_of_idle_parts(self, parts: dict[str, Node], rule: MatchRule) -> None:
        if "words" in parts and not rule.near:
            self.findings.warn(parts["words"].line, _("'words' has a meaning only beside 'near'."))
        for key in ("lacking", "within"):
            if "like" in parts and key in parts:
                self.findings.warn(parts[key].line, _("{key!r} has no meaning beside 'like'.").format(key=key))
        if len(rule.near) == 1 and "near" in parts:
            self.findings.warn(parts["near"].line, _("'near' has one item only; it works as 'any'."))

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
