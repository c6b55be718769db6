"""Finds the codes of another tool among those that are here: by their names and their places in the tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from qualcode.files.code_keys import key_from
from qualcode.i18n import folded
from qualcode.importing.project_parts import ForeignCode


class CodesByName:
    """The codes of the project by their place in the tree and their names."""

    def __init__(self) -> None:
        self._found: dict[tuple[int | None, str], list[tuple[str, int]]] = defaultdict(list)

    def add(self, parent_id: int | None, name: str, code_id: int) -> None:
        """A name of a code; it may have several."""
        if name:
            self._found[parent_id, folded(name)].append((name, code_id))

    def find(self, parent_id: int | None, name: str, taken: Collection[int] = ()) -> int | None:
        """The code of that name below another, written so if there is one; None, or none that is not taken."""
        free = [each for each in self._found.get((parent_id, folded(name)), ()) if each[1] not in taken]
        return next((id for written, id in free if written == name), free[0][1] if free else None)

    def by_dots(self, name: str) -> int | None:
        """The code that a name with dots means as a path ("barriers.law"), as tools without a tree write them."""
        found: int | None = None
        for part in name.split("."):
            found = self.find(found, part)
            if found is None:
                return None
        return found


def parents_first(found: Sequence[ForeignCode]) -> list[ForeignCode]:
    """The codes in tree order; one whose parent is missing, or that lies below itself, goes to the top."""
    idents = {each.ident for each in found}
    below: dict[str, list[ForeignCode]] = defaultdict(list)
    for each in found:
        below[each.parent if each.parent in idents else ""].append(each)
    ordered: list[ForeignCode] = []
    seen: set[str] = set()

    def follow(first: ForeignCode) -> None:
        waiting = [first]
        while waiting:
            each = waiting.pop()
            if each.ident not in seen:
                seen.add(each.ident)
                ordered.append(each)
                waiting.extend(reversed(below[each.ident]))

    for each in below[""]:
        follow(each)
    for each in found:  # what is left lies in a ring
        if each.ident not in seen:
            follow(replace(each, parent=""))
    return ordered


def free_key(name: str, taken: set[str]) -> str:
    """A key made of a name, with a number when it is taken."""
    wanted = key_from(name) or "code"
    key, number = wanted, 2
    while key in taken:
        key, number = f"{wanted}_{number}", number + 1
    return key
