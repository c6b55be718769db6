"""The queue of suggestions: one flat list with heads, sorted by document, by code or by score."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.review.places import Places
from qualcode.gui.widgets.folding import FoldingModel, Heading
from qualcode.i18n import _, decimal

if TYPE_CHECKING:
    from qualcode.store.suggestions import Waiting

HEAD = Qt.ItemDataRole.UserRole + 1
WAITING = Qt.ItemDataRole.UserRole + 2
IS_SKIPPED = Qt.ItemDataRole.UserRole + 3
IS_CODED = Qt.ItemDataRole.UserRole + 4

AnyIndex = QModelIndex | QPersistentModelIndex
_CODED_TABLES = frozenset({"segment", "coder"})
_UNSURE = 0.5  # the score that says least
_FEW = 40  # changes up to which rows come and go one by one


class Order(Enum):
    """How the queue is sorted."""

    DOCUMENT = "document"
    CODE = "code"
    SCORE = "score"
    USEFUL = "useful"


@dataclass(eq=False, slots=True)
class Head(Heading):
    """A heading with what waits below it.

    Attributes:
        key: the reading or the code, "" where the order has no headings.
        rank: its place among the headings.
        sorting: what the entries are sorted by, with the suggestion's id at the end.
    """

    key: str
    title: str
    rank: int
    sorting: list[tuple[Any, ...]] = field(default_factory=list)
    is_folded: bool = False

    @property
    def ids(self) -> Iterator[int]:
        """The suggestions in their order."""
        return (each[-1] for each in self.sorting)

    def id_at(self, place: int) -> int:
        """The suggestion at a place, from 0; negative places count from the end."""
        found: int = self.sorting[place][-1]
        return found


class QueueModel(FoldingModel):
    """Shows what waits. A row is a `Head` or a suggestion; a row's identity is the suggestion's id."""

    def __init__(self, bridge: ProjectBridge, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._places = places
        self._order = Order.DOCUMENT
        self._useful: dict[tuple[int, int, int], int] = {}
        self._waiting: dict[int, Waiting] = {}
        self._skipped: set[int] = set()
        self._coded: dict[int, bool] = {}  # whether the coder gave the code there already, of those asked for
        self._coded_at = -1  # the state of the project that this is of
        self._heads: list[Head] = []
        self._rows: list[Head | int] = []
        bridge.changed.connect(self._on_changed)

    @property
    def order(self) -> Order:
        """How it is sorted."""
        return self._order

    @property
    def n_waiting(self) -> int:
        """How many suggestions it holds."""
        return len(self._waiting)

    def read_decided(self) -> list[int]:
        """Takes over what waits now after decisions were made or taken back and nothing else happened.

        Returns:
            as `read` does.
        """
        review = self._bridge.project.review
        now = set(review.waiting_ids())
        gone, came = self._waiting.keys() - now, sorted(now - self._waiting.keys())
        if len(gone) + len(came) > _FEW:
            return self.read()
        for suggestion_id in gone:
            self.remove(suggestion_id)
        for each in review.waiting(came):
            self._insert(each)
        return came

    def read(self, *, is_renamed: bool = False) -> list[int]:
        """Takes over what waits in the project now.

        Args:
            is_renamed: whether codes or documents may be called or ordered otherwise now.

        Returns:
            the ids that came in, if rows changed one by one; nothing when all was built anew.
        """
        now = {each.id: each for each in self._bridge.project.review.waiting()}
        gone, came = [], []
        is_other = is_renamed or abs(len(now) - len(self._waiting)) > _FEW
        if not is_other:
            gone = [id for id, _each in self._waiting.items() - now.items()]
            came = [id for id, _each in now.items() - self._waiting.items()]
        if is_other or len(gone) + len(came) > _FEW:
            self._skipped = {each for each in self._skipped if now.get(each) == self._waiting.get(each)}
            self._waiting = now
            self._build()
            return []
        for each in gone:
            self.remove(each)
        for each in came:
            self._insert(now[each])
        return came

    def sort_by(self, order: Order) -> None:
        """Sorts otherwise."""
        if order is not self._order:
            self._order = order
            self._build()

    def rank(self, useful: Sequence[tuple[int, int, int]]) -> None:
        """Says which sentences (document id, start, end) teach most when they are decided next; others follow them."""
        self._useful = {place: rank for rank, place in enumerate(useful)}
        if self._order is Order.USEFUL:
            self._build()

    def remove(self, suggestion_id: int) -> None:
        """Takes a suggestion out; a head that has nothing left goes with it."""
        waiting = self._waiting.get(suggestion_id)
        if waiting is None:
            return
        head = next(each for each in self._heads if each.key == self._key(waiting))
        sorting = self._sorting(waiting)
        del head.sorting[bisect_left(head.sorting, sorting)]
        row = self.row_of(suggestion_id)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()
        del self._waiting[suggestion_id]
        self._skipped.discard(suggestion_id)
        self._show_head(head)

    def skip(self, suggestion_id: int) -> None:
        """Sets a suggestion aside until nothing else is left."""
        self._skipped.add(suggestion_id)
        row = self.row_of(suggestion_id)
        if row is not None:
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    # Finding one's way

    def waiting(self, suggestion_id: int) -> Waiting | None:
        """A suggestion of the queue."""
        return self._waiting.get(suggestion_id)

    def row_of(self, suggestion_id: int) -> int | None:
        """The row of a suggestion, None if it is folded away or gone."""
        try:
            return self._rows.index(suggestion_id)
        except ValueError:
            return None

    def id_at(self, row: int) -> int | None:
        """The suggestion in a row, None for a head."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, int) else None

    def head_of(self, suggestion_id: int) -> tuple[Head, int] | None:
        """The head of a suggestion and its place below it, from 0."""
        waiting = self._waiting.get(suggestion_id)
        if waiting is None:
            return None
        head = next(each for each in self._heads if each.key == self._key(waiting))
        return head, bisect_left(head.sorting, self._sorting(waiting))

    def first(self) -> int | None:
        """The first suggestion that is not set aside."""
        return self._first_fresh(None)

    def after(self, suggestion_id: int) -> int | None:
        """The suggestion to decide when this one is: the next below, then from the top, those set aside last."""
        return self._first_fresh(suggestion_id)

    def beside(self, suggestion_id: int, *, back: bool) -> int:
        """The neighbour of a suggestion in the queue, set aside or not; itself at the end."""
        found = self.head_of(suggestion_id)
        if found is None:
            return suggestion_id
        head, at = found
        if back and at > 0:
            return head.id_at(at - 1)
        if not back and at + 1 < len(head.sorting):
            return head.id_at(at + 1)
        number = self._heads.index(head) + (-1 if back else 1)
        if not 0 <= number < len(self._heads):
            return suggestion_id
        return self._heads[number].id_at(-1 if back else 0)

    def _first_fresh(self, after: int | None) -> int | None:
        for each in self._round(after):
            if each not in self._skipped:
                return each
        self._skipped &= {after} if after is not None else set()  # all others were set aside: they come again
        return next(self._round(after), None)

    def _round(self, after: int | None) -> Iterator[int]:
        """All from the one below a suggestion to the end, then from the top down to it; it itself not."""
        found = self.head_of(after) if after is not None else None
        if found is None:
            for head in self._heads:
                yield from head.ids
            return
        head, at = found
        number = self._heads.index(head)
        yield from (head.id_at(each) for each in range(at + 1, len(head.sorting)))
        for other in (*self._heads[number + 1 :], *self._heads[:number]):
            yield from other.ids
        yield from (head.id_at(each) for each in range(at))

    # Sorting

    def _key(self, waiting: Waiting) -> str:
        if self._order is Order.DOCUMENT:
            reading = self._places.reading(waiting.document_id)
            return reading.key if reading is not None else ""
        return str(waiting.code_id) if self._order is Order.CODE else ""

    def _sorting(self, waiting: Waiting) -> tuple[Any, ...]:
        place = (self._places.order(waiting.document_id), waiting.document_id, waiting.start, waiting.end)
        if self._order is Order.DOCUMENT:
            return (*place, waiting.id)
        if self._order is Order.USEFUL:
            rank = self._useful.get((waiting.document_id, waiting.start, waiting.end), len(self._useful))
            return (rank, abs(waiting.score - _UNSURE), *place, waiting.id)
        return (-waiting.score, *place, waiting.id)

    def _head(self, waiting: Waiting, code_ranks: Mapping[int, int]) -> Head:
        key = self._key(waiting)
        if self._order is Order.DOCUMENT:
            reading = self._places.reading(waiting.document_id)
            return Head(key, reading.title if reading is not None else "", self._places.order(waiting.document_id))
        if self._order is Order.CODE:
            rank = code_ranks.get(waiting.code_id, len(code_ranks))
            return Head(key, self._bridge.names.get(waiting.code_id, ""), rank)
        return Head(key, "", 0)

    def _code_ranks(self) -> dict[int, int]:
        return {code.id: rank for rank, code in enumerate(self._bridge.codebook.codes)}

    def _build(self) -> None:
        folded = {each.key for each in self._heads if each.is_folded}
        heads: dict[str, Head] = {}
        ranks, by_document = self._code_ranks(), self._order is Order.DOCUMENT
        rank, head, document_id = 0, None, 0
        for waiting in self._waiting.values():
            if head is None or not by_document or waiting.document_id != document_id:
                key = self._key(waiting)
                if key not in heads:
                    heads[key] = self._head(waiting, ranks)
                    heads[key].is_folded = key in folded
                head, document_id = heads[key], waiting.document_id
                rank = self._places.order(document_id)
            if by_document:  # as `_sorting` says, without asking for each what holds for all of a document
                head.sorting.append((rank, document_id, waiting.start, waiting.end, waiting.id))
            else:
                head.sorting.append(self._sorting(waiting))
        for head in heads.values():
            head.sorting.sort()
        self._heads = sorted(heads.values(), key=lambda each: each.rank)
        self._lay_rows()

    def _lay_rows(self) -> None:
        self.beginResetModel()
        self._rows = []
        for head in self._heads:
            if head.title:
                self._rows.append(head)
            if not head.is_folded:
                self._rows.extend(head.ids)
        self.endResetModel()

    def _insert(self, waiting: Waiting) -> None:
        self._waiting[waiting.id] = waiting
        key = self._key(waiting)
        head = next((each for each in self._heads if each.key == key), None)
        if head is None:
            head = self._head(waiting, self._code_ranks())
            head.sorting.append(self._sorting(waiting))
            self._heads.append(head)
            self._heads.sort(key=lambda each: each.rank)
            self._lay_rows()
            return
        sorting = self._sorting(waiting)
        insort(head.sorting, sorting)
        if head.is_folded:
            self._show_head(head)
            return
        first = self._rows.index(head) + 1 if head.title else 0
        row = first + bisect_left(head.sorting, sorting)
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, waiting.id)
        self.endInsertRows()
        self._show_head(head)

    def _show_head(self, head: Head) -> None:
        """The count of a head changed; an empty one goes."""
        row = self._rows.index(head) if head.title else None
        if head.sorting:
            if row is not None:
                self.dataChanged.emit(self.index(row, 0), self.index(row, 0))
            return
        self._heads.remove(head)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def _on_changed(self, tables: frozenset[str]) -> None:
        if tables & _CODED_TABLES and self._coded and self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0), [IS_CODED])

    def _is_coded(self, waiting: Waiting) -> bool:
        version = self._bridge.project.db.version
        if version != self._coded_at:  # a number may be another suggestion's by now, or its code merged into another
            self._coded.clear()
            self._coded_at = version
        found = self._coded.get(waiting.id)
        if found is None:
            found = self._coded[waiting.id] = self._bridge.project.review.is_coded(waiting)
        return found

    # What Qt asks

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A head, a suggestion, or what a screen reader says of either."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Head):
            if role == HEAD:
                return row
            return f"{row.title}, {len(row.sorting)}" if role == Qt.ItemDataRole.DisplayRole else None
        waiting = self._waiting.get(row)
        if waiting is None:
            return None
        if role == WAITING:
            return waiting
        if role == IS_SKIPPED:
            return waiting.id in self._skipped
        if role == IS_CODED:
            return self._is_coded(waiting)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._spoken(waiting)
        return None

    def _spoken(self, waiting: Waiting) -> str:
        block = self._places.block(waiting.document_id, waiting.start)
        spoken = _("{code}, score {score}, {respondent}: {words}").format(
            code=self._bridge.names.get(waiting.code_id, ""),
            score=decimal(waiting.score),
            respondent=block.label if block is not None else "",
            words=self._places.words(waiting.document_id, waiting.start, waiting.end),
        )
        if not self._is_coded(waiting):
            return spoken
        already = _("coded already")
        return f"{spoken} ({already})"
