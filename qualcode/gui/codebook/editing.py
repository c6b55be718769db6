"""What is done to the codes in the tree: each one step that undo takes back, and a sentence for the larger ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.codebook.tree import DropPlace
from qualcode.gui.importing.piecewise import change_many
from qualcode.i18n import _, ngettext
from qualcode.model.codebook import Code

if TYPE_CHECKING:
    from qualcode.project.codebook import CodebookActions, Holdings

_LAST = 1_000_000  # a place that no list of siblings has: the last one is taken


class CodebookEditing(QObject):
    """Changes the codebook.

    Signals:
        failed: an error that the user can act on.
        done: what was done, of a step that is larger than one coding.
        code_made: a code that is new.
    """

    failed = Signal(Exception)
    done = Signal(str)
    code_made = Signal(int)

    def __init__(self, bridge: ProjectBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge

    def add(self, name: str, parent_id: int | None) -> None:
        """Adds a code as the last below another, or as the last theme."""
        made: list[Code] = []
        if self._try(lambda: made.append(self._actions.add(name, parent_id))):
            self.code_made.emit(made[0].id)

    def rename(self, code_id: int, name: str) -> None:
        """Gives a code another name; a blank one, or the same, changes nothing."""
        if name.strip() and name.strip() != self._bridge.names.get(code_id):
            self._try(lambda: self._actions.rename(code_id, name))

    def recolour(self, code_id: int, colour: str) -> None:
        """Gives a code another colour, "" for the one of its place."""
        code = self._bridge.code(code_id)
        if code is not None and code.colour.casefold() != colour.casefold():
            self._try(lambda: self._actions.recolour(code_id, colour))

    def delete(self, code_id: int, then: Callable[[], object]) -> None:
        """Deletes a code with all below it; `then` is called when that is done."""
        name, held = self._name(code_id), self._held(code_id)

        def say(_made: None) -> None:
            then()
            self.done.emit(_("Deleted “{code}”: {quotations}").format(code=name, quotations=self._quotations(held)))

        n, pieces = self._n_held(code_id, with_below=True), self._actions.deleting(code_id)
        change_many(self._bridge, _("Deleting"), n, pieces, say, self.failed.emit)

    def merge(self, source_id: int, target_id: int, then: Callable[[], object]) -> None:
        """Gives what a code holds to another, and deletes it; `then` is called when that is done."""
        name, held = self._name(source_id), self._held(source_id, with_below=False)

        def say(_made: None) -> None:
            then()
            sentence, target = _("Merged “{code}” into “{target}”: {quotations}"), self._name(target_id)
            self.done.emit(sentence.format(code=name, target=target, quotations=self._quotations(held)))

        n, pieces = self._n_held(source_id, with_below=False), self._actions.merging(source_id, target_id)
        change_many(self._bridge, _("Merging"), n, pieces, say, self.failed.emit)

    def _n_held(self, code_id: int, *, with_below: bool) -> int:
        """About how many rows lie under a code, those of hidden coders too."""
        held = self._actions.holdings(code_id, with_below=with_below)
        return held.n_segments + held.n_waiting

    def move(self, code_id: int, direction: str) -> None:
        """Moves a code "up" or "down" among its siblings, "in" below the one above it, or "out" behind its parent."""
        code = self._bridge.code(code_id)
        if code is None:
            return
        siblings = self._siblings(code)
        at = [each.id for each in siblings].index(code_id)
        above = self._bridge.code_keyed(code.parent) if code.parent else None
        if direction == "up" and at > 0:
            self._move(code_id, above, at - 1)
        elif direction == "down" and at + 1 < len(siblings):
            self._move(code_id, above, at + 1)
        elif direction == "in" and at > 0:
            self._move(code_id, siblings[at - 1], _LAST)
        elif direction == "out" and above is not None:
            place = [each.id for each in self._siblings(above)].index(above.id) + 1
            self._move(code_id, self._bridge.code_keyed(above.parent) if above.parent else None, place)

    def drop(self, code_id: int, drop: DropPlace) -> None:
        """Moves a code to where it was dropped."""
        target = self._bridge.code(drop.code_id)
        if target is None:
            return
        if drop.where == "onto":
            self._move(code_id, target, _LAST)
            return
        siblings = [each.id for each in self._siblings(target) if each.id != code_id]
        place = siblings.index(target.id) + (drop.where == "after")
        self._move(code_id, self._bridge.code_keyed(target.parent) if target.parent else None, place)

    def deleting(self, code_id: int) -> str:
        """What deleting a code would do."""
        held = self._held(code_id)
        parts = [_("It has no quotations.")]
        if held.n_segments or self._bridge.is_blind:
            parts = [_("{quotations} will be gone.").format(quotations=self._quotations(held))]
        if held.n_below:
            below = ngettext("{n} code below it goes with it.", "{n} codes below it go with it.", held.n_below)
            parts.append(below.format(n=held.n_below))
        if held.n_waiting:
            waiting = ngettext("{n} suggestion goes too.", "{n} suggestions go too.", held.n_waiting)
            parts.append(waiting.format(n=held.n_waiting))
        if held.n_memos:
            parts.append(ngettext("{n} memo goes too.", "{n} memos go too.", held.n_memos).format(n=held.n_memos))
        if held.n_summaries:
            summaries = ngettext("{n} summary goes too.", "{n} summaries go too.", held.n_summaries)
            parts.append(summaries.format(n=held.n_summaries))
        return " ".join(parts)

    def merging(self, source_id: int, target_id: int) -> str:
        """What merging a code into another would do."""
        held = self._held(source_id, with_below=False)
        target = self._name(target_id)
        parts = [_("{quotations} will be “{target}”.").format(quotations=self._quotations(held), target=target)]
        children = len(self._children(source_id))
        if children:
            below = ngettext("{n} code below it moves there.", "{n} codes below it move there.", children)
            parts.append(below.format(n=children))
        if held.n_waiting:
            waiting = ngettext("{n} suggestion goes there too.", "{n} suggestions go there too.", held.n_waiting)
            parts.append(waiting.format(n=held.n_waiting))
        if held.n_memos:
            there = ngettext("{n} memo goes there too.", "{n} memos go there too.", held.n_memos)
            parts.append(there.format(n=held.n_memos))
        if held.n_summaries:
            there = ngettext("{n} summary goes there too.", "{n} summaries go there too.", held.n_summaries)
            parts.append(there.format(n=held.n_summaries))
        return " ".join(parts)

    def _held(self, code_id: int, *, with_below: bool = True) -> Holdings:
        hidden = self._bridge.hidden_coders if self._bridge.is_blind else ()
        return self._actions.holdings(code_id, with_below=with_below, hidden_coders=hidden)

    def _quotations(self, held: Holdings) -> str:
        """How many quotations by how many coders, as a phrase; who codes blind is not told how many others have."""
        n = held.n_segments
        text = ngettext("{n} quotation", "{n} quotations", n).format(n=n)
        if self._bridge.is_blind:
            return _("{quotations} of yours and any by other coders").format(quotations=text)
        if not n:
            return text
        coders = ngettext("{n} coder", "{n} coders", held.n_coders).format(n=held.n_coders)
        return _("{quotations} by {coders}").format(quotations=text, coders=coders)

    @property
    def _actions(self) -> CodebookActions:
        return self._bridge.project.codebook

    def _name(self, code_id: int) -> str:
        return self._bridge.names.get(code_id, "")

    def _siblings(self, code: Code) -> list[Code]:
        return list(self._bridge.codebook.children(code.parent))

    def _children(self, code_id: int) -> list[Code]:
        code = self._bridge.code(code_id)
        return list(self._bridge.codebook.children(code.key)) if code is not None else []

    def _move(self, code_id: int, parent: Code | None, position: int) -> None:
        self._try(lambda: self._actions.move(code_id, parent.id if parent is not None else None, position))

    def _try(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except QualcodeError as error:
            self.failed.emit(error)
            return False
        return True
