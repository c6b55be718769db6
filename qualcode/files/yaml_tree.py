"""A YAML file as a small tree in which each value knows its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from qualcode.files.findings import Findings
from qualcode.i18n import _

if TYPE_CHECKING:
    from ruamel.yaml.error import MarkedYAMLError

MAX_DEPTH = 100

# YAML 1.2, core schema: `no`, `yes`, `on` and dates are text
_NOTHING = re.compile(r"(?:~|null|Null|NULL|)\Z")
_FLAG = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_WHOLE = re.compile(r"[-+]?[0-9]+\Z")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")

_READ_OTHERWISE = re.compile("[\t\x85\u2028\u2029\ufeff]|^%", re.MULTILINE)


class Kind(Enum):
    """What a value in a YAML file is."""

    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    FLAG = "true or false"
    NOTHING = "nothing"
    LIST = "list"
    MAPPING = "mapping"


@dataclass(slots=True)
class Node:
    """A value in a YAML file with its place.

    Attributes:
        start: position of its first character in the file's text.
        end: position after its last character that is neither comment nor white space.
        text: what a scalar says, without quotes.
        style: "" for plain, else the quote or block sign (`"`, `'`, `|`, `>`).
        flow: whether a list or mapping is written with brackets.
        items: of a list.
        entries: of a mapping, in order, repeated keys too.
    """

    kind: Kind
    start: int
    end: int
    line: int
    text: str = ""
    style: str = ""
    flow: bool = False
    items: list[Node] = field(default_factory=list)
    entries: list[tuple[Node, Node]] = field(default_factory=list)

    def entry(self, key: str) -> tuple[Node, Node] | None:
        """The key and the value of a mapping's entry, None if there is none."""
        return next((entry for entry in self.entries if entry[0].text == key), None)


def parse(text: str, findings: Findings) -> Node | None:
    """The tree of a YAML 1.2 text; None, and a problem, where it can't be read as one mapping."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    try:
        builder = _TreeBuilder(text, findings)
        for event in _events(text):
            builder.take(event)
    except ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        findings.add(line, _("There is a control character in the text."), _("Delete it."))
        return None
    except MarkedYAMLError as error:
        line, what, hint = _syntax_problem(error)
        findings.add(line, what, hint)
        return None
    except (YAMLError, RecursionError, ValueError):
        findings.add(0, _("This is not valid YAML."))
        return None
    return _only_mapping(builder, findings)


def _events(text: str) -> Iterable[Any]:
    """What the parser finds, in order: the quick one in C, unless something is wrong, which the one in Python explains.

    The one in C, of YAML 1.1, takes a few signs for text or for a line's end that YAML 1.2 does not.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    if not _READ_OTHERWISE.search(text):
        try:
            return list(YAML(typ="safe").parse(text))
        except (YAMLError, ValueError):
            pass
    events: Iterable[Any] = YAML(typ="safe", pure=True).parse(text)
    return events


def _only_mapping(builder: _TreeBuilder, findings: Findings) -> Node | None:
    if findings.errors():
        return None
    if not builder.roots or builder.roots[0].kind is Kind.NOTHING:
        findings.add(0, _("The file is empty."))
        return None
    root = builder.roots[0]
    if len(builder.roots) > 1:
        findings.add(builder.roots[1].line, _("A second document begins here."), _("Delete the line '---'."))
        return None
    if root.kind is not Kind.MAPPING:
        found = _("a list") if root.kind is Kind.LIST else _("text")
        findings.add(
            root.line,
            _("The file holds {found} where keys and values are expected.").format(found=found),
            _("Write 'key: value' at the left margin."),
        )
        return None
    return root


def _syntax_problem(error: MarkedYAMLError) -> tuple[int, str, str]:
    """Line, sentence and hint for what the YAML parser says, in words for somebody who doesn't know YAML well."""
    problem = str(error.problem or "")
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 0
    hint = ""
    if r"'\t'" in problem:
        return line, _("A tab stands where only spaces may stand."), _("Indent with spaces.")
    if "cannot start any token" in problem:
        sign = problem.split("'")[1] if problem.count("'") >= 2 else ""
        return (
            line,
            _("A value cannot begin with {sign!r}.").format(sign=sign),
            _("Put the value in quotes."),
        )
    if "end of stream" in problem and "quoted" in str(error.context or ""):
        line = error.context_mark.line + 1 if error.context_mark else line
        return line, _("A quotation mark is opened here and never closed."), _("Close it.")
    if error.context and "flow" in str(error.context) and error.context_mark:
        opened = error.context_mark.line + 1
        return (
            line,
            _("A bracket opened on line {line} is not closed before this.").format(line=opened),
            _("Close it, or put a comma between the values."),
        )
    if "mapping values are not allowed" in problem:
        hint = _("Check the indentation; a text with ': ' in it needs quotes.")
    elif "block end" in problem or "could not find expected ':'" in problem:
        hint = _("Check the indentation; entries of one list or mapping begin in the same column.")
    return line, _("This is not valid YAML ({reason}).").format(reason=problem or type(error).__name__), hint


class _TreeBuilder:
    """Builds the tree out of the parser's events, without recursion and without following an alias."""

    def __init__(self, text: str, findings: Findings) -> None:
        self.roots: list[Node] = []
        self._text = text
        self._findings = findings
        self._open: list[Node] = []
        self._waiting_key: list[Node | None] = []
        self._line_starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def take(self, event: Any) -> None:
        name = type(event).__name__
        if name in ("SequenceStartEvent", "MappingStartEvent"):
            kind = Kind.LIST if name == "SequenceStartEvent" else Kind.MAPPING
            node = self._node(kind, event, flow=bool(event.flow_style))
            self._place(node)
            self._open.append(node)
            self._waiting_key.append(None)
            if len(self._open) > MAX_DEPTH:
                raise RecursionError
        elif name in ("SequenceEndEvent", "MappingEndEvent"):
            self._close(event.end_mark.index)
        elif name == "ScalarEvent":
            self._place(self._scalar(event))
        elif name == "AliasEvent":
            written = self._text[event.start_mark.index : event.end_mark.index]
            node = self._node(Kind.TEXT, event, text=written)
            self._findings.add(
                node.line,
                _("{written!r} is a reference in YAML, which is not used here.").format(written=written),
                _("Put a text that begins with * in quotes."),
            )
            self._place(node)

    def _node(self, kind: Kind, event: Any, *, text: str = "", style: str = "", flow: bool = False) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        while end > start and self._text[end - 1 : end].isspace():
            end -= 1
        return Node(kind, start, end, bisect_right(self._line_starts, start), text=text, style=style, flow=flow)

    def _scalar(self, event: Any) -> Node:
        plain = bool(event.implicit[0])
        node = self._node(_kind_of(event.value) if plain else Kind.TEXT, event, text=event.value)
        node.style = event.style or ""
        tag = str(event.tag or "")
        if tag not in ("", "!", "tag:yaml.org,2002:str"):
            self._findings.add(node.line, _("Tags ({tag}) are not used here.").format(tag=tag), _("Delete it."))
        return node

    def _place(self, node: Node) -> None:
        if not self._open:
            self.roots.append(node)
            return
        parent = self._open[-1]
        if node.kind is Kind.NOTHING and node.start == node.end:
            self._move_back(node, parent)
        if parent.kind is Kind.LIST:
            parent.items.append(node)
            return
        key = self._waiting_key[-1]
        if key is None:
            self._waiting_key[-1] = node
        else:
            parent.entries.append((key, node))
            self._waiting_key[-1] = None

    def _move_back(self, node: Node, parent: Node) -> None:
        """Put an empty value right after its key or dash; the parser puts it where the next thing begins."""
        key = self._waiting_key[-1]
        if parent.kind is Kind.LIST:
            after = self._text.find("-", parent.items[-1].end if parent.items else parent.start)
        else:
            after = self._text.find(":", key.end) if key else -1
        if 0 <= after < node.start:
            node.start = node.end = after + 1
            node.line = bisect_right(self._line_starts, after)

    def _close(self, end: int) -> None:
        node = self._open.pop()
        self._waiting_key.pop()
        if node.flow:
            node.end = end
        else:  # the parser says where the next thing begins; comments between are not part of this one
            last = node.items[-1] if node.items else node.entries[-1][1] if node.entries else node
            node.end = max(last.end, node.entries[-1][0].end if node.entries else 0)


def _kind_of(text: str) -> Kind:
    if _NOTHING.match(text):
        return Kind.NOTHING
    if _FLAG.match(text):
        return Kind.FLAG
    if _WHOLE.match(text):
        return Kind.WHOLE
    if _NUMBER.match(text):
        return Kind.NUMBER
    return Kind.TEXT


def means_text(text: str) -> bool:
    """Whether a scalar without quotes is text, for readers of YAML 1.1 (where `no` is false) as well."""
    return _kind_of(text) is Kind.TEXT and text.casefold() not in ("y", "n", "yes", "no", "on", "off")
