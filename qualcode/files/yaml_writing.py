"""Plain values as YAML that a person likes to read."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TypeAlias

from qualcode.files.yaml_tree import means_text

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain]"
PlainMapping: TypeAlias = "dict[str, Plain]"

WIDTH = 110
LONG_ITEM = 40  # a text longer than this gets a line of its own

# what may stand without quotes: begins as a word or a path and holds no sign that means something in YAML
_PLAIN = re.compile(r"(?:[^\W_]|\.{0,2}/[^\W_]|(?:\.\./)+[^\W_])[^:#\[\]{},\"'`\n\t&*!|>%@\\]*\Z")
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_FOLDABLE = re.compile(r"\S+(?: \S+)*\Z")


def entry_lines(key: str, value: Plain, indent: int) -> str:
    """A mapping's entry on lines of its own, each ended by LF.

    Args:
        key: the entry's key.
        value: what stands there.
        indent: the column in which the key begins.
    """
    margin = " " * indent + scalar(key) + ":"
    inline = flow(value)
    if _stays_on_a_line(value, len(margin) + 1 + len(inline)):
        return f"{margin} {inline}\n"
    if isinstance(value, dict):
        return margin + "\n" + "".join(entry_lines(each, value[each], indent + 2) for each in value)
    if isinstance(value, list):
        return margin + "\n" + "".join(item_lines(each, indent + 2) for each in value)
    return f"{margin} {block_text(str(value), indent)}\n"


def item_lines(value: Plain, indent: int) -> str:
    """A list's item on lines of its own; the dash stands in the column `indent`."""
    margin = " " * indent + "- "
    if isinstance(value, dict) and value:
        lines = "".join(entry_lines(key, each, indent + 2) for key, each in value.items())
        return margin + lines[indent + 2 :]
    if isinstance(value, str) and len(margin) + len(flow(value)) > WIDTH:
        return f"{margin}{block_text(value, indent)}\n"
    return f"{margin}{flow(value)}\n"


def flow(value: Plain) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return scalar(value)
    return repr(value)


def scalar(text: str, quote: str = "") -> str:
    """A text on one line, in quotes where it needs them.

    Args:
        text: the text.
        quote: the quotation mark that it is to have, if that can be.
    """
    if quote == "'" and "\n" not in text and not _UNSAFE.search(text):
        return "'" + text.replace("'", "''") + "'"
    if not quote and _PLAIN.match(text) and means_text(text) and not text.endswith(" ") and not _UNSAFE.search(text):
        return text
    written = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", written)


def block_text(text: str, indent: int) -> str:
    """A long text as a block under its key, so that lines stay short; in quotes where a block can't hold it."""
    margin = " " * (indent + 2)
    if _UNSAFE.search(text) or "\t" in text:
        return scalar(text)
    if _FOLDABLE.match(text):
        lines = textwrap.wrap(text, max(40, WIDTH - len(margin)), break_long_words=False, break_on_hyphens=False)
        return ">-\n" + "\n".join(margin + line for line in lines)
    lines = text.split("\n")
    if len(lines) > 1 and lines[0][:1].strip() and lines[-1] and all(line == line.rstrip() for line in lines):
        return "|-\n" + "\n".join(margin + line if line else "" for line in lines)
    return scalar(text)


def _stays_on_a_line(value: Plain, width: int) -> bool:
    """Whether a value is written on its key's line: it fits, and is no list or mapping of long texts or mappings."""
    if isinstance(value, dict):
        return width <= WIDTH and all(not isinstance(each, dict | list) for each in value.values())
    if isinstance(value, list):
        return not value or (width <= WIDTH and all(_is_short(each) for each in value))
    return not isinstance(value, str) or (width <= WIDTH and "\n" not in value)


def _is_short(value: Plain) -> bool:
    if isinstance(value, list):
        return all(_is_short(each) for each in value)
    return not isinstance(value, dict) and len(str(value)) <= LONG_ITEM
