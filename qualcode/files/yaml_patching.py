"""Changes values inside a YAML text and leaves every other character as it is: comments, order, quotes, line breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.files.yaml_tree import Kind, Node
from qualcode.files.yaml_writing import WIDTH, Plain, PlainMapping, block_text, entry_lines, flow, item_lines, scalar


@dataclass(frozen=True, slots=True)
class _Edit:
    """Characters [start, end) of the text become `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of a list in block style, with the lines that are its own.

    Attributes:
        lead: first character of the blank lines and comments above it.
        start: first character of the line with its dash.
        end: one past its last line.
        column: of the dash.
    """

    node: Node
    content: Plain
    lead: int
    start: int
    end: int
    column: int


def patched(text: str, root: Node, old: PlainMapping, new: PlainMapping, *, tree_key: str, identity: str) -> str:
    """The text with the new values in place.

    Args:
        text: a YAML text that ends with LF.
        root: its tree.
        old: what the text says; a value that is there by default may be missing.
        new: what it is to say.
        tree_key: the key whose value is a list of mappings that may nest and move ("codes").
        identity: the key by which such a mapping is known again ("key").
    """
    patch = _Patch(text, tree_key, identity)
    patch.learn(root, old)
    return patch.applied(0, len(text), patch.mapping_edits(root, old, new))


class _Patch:
    def __init__(self, text: str, tree_key: str, identity: str) -> None:
        self._text = text
        self._tree_key = tree_key
        self._identity = identity
        self._known: dict[str, _Item] = {}

    def learn(self, node: Node, content: PlainMapping) -> None:
        """Note where each mapping of the nested lists stands, so that it can move with its comments."""
        entry = node.entry(self._tree_key)
        items = content.get(self._tree_key)
        if entry is None or not isinstance(items, list) or entry[1].kind is not Kind.LIST:
            return
        in_block = not entry[1].flow
        for item in self._items(*entry, items) if in_block else ():
            if isinstance(item.content, dict) and not item.node.flow:
                self._known[str(item.content[self._identity])] = item
        for child, child_content in zip(entry[1].items, items, strict=True):
            if isinstance(child_content, dict) and not child.flow:
                self.learn(child, child_content)

    def applied(self, start: int, end: int, edits: list[_Edit]) -> str:
        """Characters [start, end) of the text after the edits."""
        parts, position = [], start
        for edit in sorted(edits, key=lambda each: (each.start, each.end)):
            parts += [self._text[position : edit.start], edit.text]
            position = edit.end
        return "".join(parts) + self._text[position:end]

    # --- mappings

    def mapping_edits(self, node: Node, old: PlainMapping, new: PlainMapping) -> list[_Edit]:
        written = {key.text for key, _value in node.entries}
        changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
        if node.flow:
            return self._flow_mapping_edits(node, old, new, changed)
        edits: list[_Edit] = []
        for place, (key, value) in enumerate(node.entries):
            if key.text not in changed:
                continue
            if key.text in new:
                edits += self._value_edits(key, value, old.get(key.text), new[key.text])
            else:
                edits.append(self._without_entry(node, place))
        column = self._column(node.entries[0][0].start)
        for key_name in new:
            if key_name not in written and key_name in changed:
                position = self._after_entries_before(node, key_name, new)
                edits.append(_Edit(position, position, self._entry(key_name, new[key_name], column)))
        return edits

    def _flow_mapping_edits(self, node: Node, old: PlainMapping, new: PlainMapping, changed: list[str]) -> list[_Edit]:
        edits: list[_Edit] = []
        for key_name in changed:
            entry = node.entry(key_name)
            if entry is None or key_name not in new or entry[1].kind in (Kind.LIST, Kind.MAPPING, Kind.NOTHING):
                return [_Edit(node.start, node.end, flow(new))]
            edits.append(_Edit(entry[1].start, entry[1].end, self._in_its_style(entry[1], new[key_name])))
        return edits

    def _value_edits(self, key: Node, value: Node, old: Plain | None, new: Plain) -> list[_Edit]:
        if isinstance(old, dict) and isinstance(new, dict) and value.kind is Kind.MAPPING:
            return self.mapping_edits(value, old, new)
        if isinstance(old, list) and isinstance(new, list) and new and value.kind is Kind.LIST and not value.flow:
            return self._list_edits(key, value, old, new)
        if value.kind not in (Kind.LIST, Kind.MAPPING, Kind.NOTHING) and not isinstance(new, list | dict):
            return [_Edit(value.start, value.end, self._new_scalar(key, value, new))]
        return [self._new_entry(key, value, new)]

    def _new_scalar(self, key: Node, value: Node, new: Plain) -> str:
        written = self._in_its_style(value, new)
        long = self._column(value.start) + len(written) > WIDTH or value.style in (">", "|")
        commented = bool(self._rest_of_line(value.end).strip())
        if isinstance(new, str) and long and not commented:
            return block_text(new, self._column(key.start))
        return written

    @staticmethod
    def _in_its_style(value: Node, new: Plain) -> str:
        quote = value.style if value.style in ("'", '"') else ""
        return scalar(new, quote) if isinstance(new, str) else flow(new)

    def _new_entry(self, key: Node, value: Node, new: Plain) -> _Edit:
        """A value written anew as a whole; a comment behind it stays if there is a place for it."""
        column = self._column(key.start)
        lines = self._entry(key.text, new, column)
        comment = self._rest_of_line(value.end).strip()
        if comment and lines.count("\n") == 1:
            lines = f"{lines[:-1]}  {comment}\n"
        return _Edit(key.start, self._next_line(value.end), lines[column:])

    def _without_entry(self, node: Node, place: int) -> _Edit:
        key, value = node.entries[place]
        line_start = self._line_start(key.start)
        shares_line = bool(self._text[line_start : key.start].strip())
        if shares_line and place + 1 < len(node.entries):  # behind a dash: the next entry takes its place
            return _Edit(key.start, node.entries[place + 1][0].start, "")
        return _Edit(line_start, self._next_line(value.end), "")

    def _after_entries_before(self, node: Node, key: str, new: PlainMapping) -> int:
        """Where an entry is added: after the last written one that comes before it; a nested list comes last."""
        if key == self._tree_key:
            return self._next_line(node.entries[-1][1].end)
        order = list(new)
        before = set(order[: order.index(key)])
        earlier = [value.end for each, value in node.entries if each.text in before]
        return self._next_line(max(earlier) if earlier else node.entries[0][1].end)

    def _entry(self, key: str, value: Plain, column: int) -> str:
        if key == self._tree_key and isinstance(value, list) and value:
            return f"{' ' * column}{key}:\n" + self._assembled([], value, column + 2, moves=True)
        return entry_lines(key, value, column)

    # --- lists

    def _list_edits(self, key: Node, node: Node, old: list[Plain], new: list[Plain]) -> list[_Edit]:
        items = list(self._items(key, node, old))
        moves = key.text == self._tree_key
        if moves and [self._name(each) for each in old] == [self._name(each) for each in new]:
            edits: list[_Edit] = []
            for item, content in zip(items, new, strict=True):
                if isinstance(item.content, dict) and isinstance(content, dict):
                    edits += self.mapping_edits(item.node, item.content, content)
            return edits
        lines = self._assembled(items, new, items[0].column, moves=moves)
        return [_Edit(items[0].lead, items[-1].end, lines)]

    def _items(self, key: Node, node: Node, contents: list[Plain]) -> Iterator[_Item]:
        lead = self._next_line(key.end)
        for child, content in zip(node.items, contents, strict=True):
            start = self._dash_line(child.start)
            line = self._text[start : self._next_line(start)]
            column = len(line) - len(line.lstrip())
            end = self._after_deeper_comments(self._next_line(child.end), column)
            yield _Item(child, content, min(lead, start), start, end, column)
            lead = end

    def _assembled(self, items: list[_Item], new: list[Plain], column: int, *, moves: bool) -> str:
        """The lines of a list: items that stay or move keep theirs, others are written anew."""
        leads, rest = self._leads(items, new, moves=moves)
        spaced = sum(self._text[item.lead : item.start].startswith("\n") for item in items[1:]) * 2 > len(items[1:])
        opens_spaced = bool(items) and self._text[items[0].lead :].startswith("\n")
        left = list(items)
        parts: list[str] = []
        for content in new:
            item = self._taken(left, content, moves=moves)
            lead = "" if item is None else leads.get(item.start, self._goes_along(item))
            if not parts and not opens_spaced:
                lead = lead.lstrip("\n")
            elif parts and spaced and not lead.startswith("\n"):
                lead = "\n" + lead
            parts.append(_shifted(lead, column - item.column) if item else lead)
            parts.append(self._item_lines(item, content, column))
        return "".join(parts) + rest

    def _leads(self, items: list[_Item], new: list[Plain], *, moves: bool) -> tuple[dict[int, str], str]:
        """What stands above each item that stays, and what is left behind by those that go, below the last one."""
        staying, left = set(), list(items)
        for content in new:
            item = self._taken(left, content, moves=moves)
            if item is not None:
                staying.add(item.start)
        leads, carried = {}, ""
        for item in items:
            lead = self._text[item.lead : item.start]
            if item.start in staying:
                leads[item.start] = carried + lead
                carried = ""
            else:
                stays = lead[: len(lead) - len(self._goes_along(item))]
                carried += stays.rstrip("\n") + "\n" if "#" in stays else ""
        return leads, carried

    def _goes_along(self, item: _Item) -> str:
        """The comment lines directly above an item."""
        lead = self._text[item.lead : item.start]
        return lead[lead.rfind("\n\n") + 2 :] if "\n\n" in lead else lead.lstrip("\n")

    def _taken(self, left: list[_Item], content: Plain, *, moves: bool) -> _Item | None:
        """The lines that an item has already; taken off `left`, so that equal items get one each."""
        if moves:
            return self._known.get(self._name(content))
        for place, item in enumerate(left):
            if item.content == content:
                return left.pop(place)
        return None

    def _item_lines(self, item: _Item | None, content: Plain, column: int) -> str:
        if item is None:
            return self._new_item(content, column)
        edits: list[_Edit] = []
        if item.content != content and isinstance(item.content, dict) and isinstance(content, dict):
            edits = self.mapping_edits(item.node, item.content, content)
        return _shifted(self.applied(item.start, item.end, edits), column - item.column)

    def _new_item(self, content: Plain, column: int) -> str:
        if isinstance(content, dict) and self._tree_key in content:
            own: PlainMapping = {key: value for key, value in content.items() if key != self._tree_key}
            return item_lines(own, column) + self._entry(self._tree_key, content[self._tree_key], column + 2)
        return item_lines(content, column)

    def _name(self, content: Plain) -> str:
        return str(content.get(self._identity, "")) if isinstance(content, dict) else ""

    # --- places in the text

    def _line_start(self, position: int) -> int:
        return self._text.rfind("\n", 0, position) + 1

    def _next_line(self, position: int) -> int:
        end = self._text.find("\n", position)
        return len(self._text) if end < 0 else end + 1

    def _column(self, position: int) -> int:
        return position - self._line_start(position)

    def _rest_of_line(self, position: int) -> str:
        return self._text[position : self._next_line(position)]

    def _dash_line(self, position: int) -> int:
        """The line with the dash of the item that begins at a position."""
        start = self._line_start(position)
        while start and not self._text[start:position].lstrip().startswith("-"):
            start = self._line_start(start - 1)
        return start

    def _after_deeper_comments(self, position: int, column: int) -> int:
        """Past the comments that stand deeper than a list's dashes, which belong to the item above them."""
        end = position
        while True:
            line = self._text[end : self._next_line(end)]
            margin = len(line) - len(line.lstrip())
            if not line.lstrip().startswith("#") or margin <= column:
                return end
            end = self._next_line(end)


def _shifted(text: str, columns: int) -> str:
    """Lines moved to the right, or to the left as far as they have white space."""
    lines = text.split("\n")  # not splitlines(), which knows more line ends than a file of ours
    if columns >= 0:
        return "\n".join(" " * columns + line if line else line for line in lines)
    return "\n".join(line[min(-columns, len(line) - len(line.lstrip(" "))) :] for line in lines)
