"""The rules of one code, and the word lists that codes share, as the text that a person edits."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from qualcode.errors import Problem
from qualcode.files.codebook_content import rule_content
from qualcode.files.findings import Findings
from qualcode.files.rule_reader import concepts_from, rules_from
from qualcode.files.yaml_tree import Kind, Node, parse
from qualcode.files.yaml_writing import entry_lines
from qualcode.i18n import _
from qualcode.model.codebook import MatchRule

_RULES, _CONCEPTS = "rules", "concepts"
_INDENT = 2
_FORM = re.compile(r"[:\[\]{}\"'#|]|^\s*-", re.MULTILINE)


class _OfText(Findings):
    """Problems of a text that was put below a key: its lines are counted from 1 again."""

    def add(self, line: int, what: str, hint: str = "", *, severity: str = "error") -> None:
        shown = max(1, line - 1)
        super().add(shown, what, hint, severity=severity)
        order, problem = self._found[-1]
        place = _("line {line}").format(line=shown)
        self._found[-1] = (order, Problem(place, problem.what, problem.hint, problem.severity))


def rules_text(rules: Sequence[MatchRule]) -> str:
    """Rules as they stand in a codebook below `rules:`, without its indentation; "" for none."""
    return _without_key(_RULES, [rule_content(rule) for rule in rules]) if rules else ""


def read_rules(text: str, concepts: Mapping[str, Sequence[str]]) -> tuple[tuple[MatchRule, ...], list[Problem]]:
    """Rules from a text in the form of `rules_text`, or from plain words with commas between them.

    Args:
        concepts: the word lists that terms may refer to.

    Returns:
        The rules that could be read, and all that is wrong or doubtful, by line; it can be used if no problem is an
        error.
    """
    findings = _OfText("")
    node = _tree(_RULES, _any_of(text) if _is_plain(text) else text, findings)
    known = {name: tuple(terms) for name, terms in concepts.items()}
    rules = rules_from(node, findings, known) if node is not None else ()
    return tuple(rules), findings.in_order()


def _is_plain(text: str) -> bool:
    """Whether a text is words and nothing of the form of rules: who has never seen a rule writes them so."""
    return bool(text.strip()) and _FORM.search(text) is None


def _any_of(text: str) -> str:
    """One rule that looks for any of the words, on as many lines as they stand on."""
    lines = [[term.strip() for term in line.split(",") if term.strip()] for line in text.splitlines()]
    written = [" ".join(json.dumps(term, ensure_ascii=False) + "," for term in terms) for terms in lines]
    return "- any: [" + "\n    ".join(written) + "]"


def concepts_text(concepts: Mapping[str, Sequence[str]]) -> str:
    """Word lists as they stand in a codebook below `concepts:`, without its indentation; "" for none."""
    content = {name: list(terms) for name, terms in concepts.items()}
    return _without_key(_CONCEPTS, content) if content else ""


def read_concepts(text: str) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
    """Word lists from a text in the form of `concepts_text`; with problems as `read_rules` gives them."""
    findings = _OfText("")
    node = _tree(_CONCEPTS, text, findings)
    found = concepts_from(node, findings) if node is not None else {}
    return found, findings.in_order()


def _tree(key: str, text: str, findings: Findings) -> Node | None:
    """What a text says below a key; None where it says nothing, or can't be read."""
    root = parse(_below(key, text), findings)
    entry = root.entry(key) if root is not None else None
    return entry[1] if entry is not None and entry[1].kind is not Kind.NOTHING else None


def _without_key(key: str, content: object) -> str:
    lines = entry_lines(key, content, 0).splitlines()  # type: ignore[arg-type]  # plain values, as they are read
    return "\n".join(line[_INDENT:] for line in lines[1:]) + "\n"


def _below(key: str, text: str) -> str:
    indented = "\n".join(" " * _INDENT + line if line.strip() else line for line in text.splitlines())
    return f"{key}:\n{indented}\n"
