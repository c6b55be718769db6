"""The code picker: typing over a selection finds a code by its beginning, an inner part or an alias."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.resources.code_marks import NO_LOOK, draw_mark
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.controls import KeyCap, add_shadow, label, rule
from qualcode.gui.widgets.popover import Popover
from qualcode.gui.widgets.row_tree import paint_row, row_place
from qualcode.i18n import _, folded, ngettext
from qualcode.model.codebook import Code

CODE_ID = Qt.ItemDataRole.UserRole + 1
BESIDE = Qt.ItemDataRole.UserRole + 2
NEW_NAME = Qt.ItemDataRole.UserRole + 3
_WIDTH = 372
_SHADOW = 24
_ABOVE = 10
_BELOW = 40
_ROWS = 8
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class Match:
    """A code that fits what was typed; `beside` says what else to show (its theme, or the alias that matched)."""

    code: Code
    beside: str
    rank: int


def matches(codes: Sequence[Code], typed: str, language: str, recent: Sequence[int] = ()) -> list[Match]:
    """Codes that fit, the best first: of that very name, by its beginning, a word's, an inner part, an alias.

    Args:
        codes: in tree order.
        typed: in any case; signs may be composed (as some input methods do) or not.
        language: of the names that are shown.
        recent: ids of the codes that were given last; among equally good ones they come first.
    """
    needle = folded(typed)
    names = {code.key: code.name.in_language(language) or code.key for code in codes}
    order = {code_id: number for number, code_id in enumerate(recent)}
    found = []
    for code in codes:
        above = names.get(code.parent, "")
        rank, alias = _rank(code, names[code.key], needle)
        if rank is not None:
            beside = _("alias: {alias}").format(alias=alias) if alias else above
            found.append(Match(code, beside, rank))
    return sorted(found, key=lambda each: (each.rank, order.get(each.code.id, len(order))))


def _rank(code: Code, name: str, needle: str) -> tuple[int | None, str]:
    shown = folded(name)
    if not needle:
        return 0, ""
    if shown == needle:
        return 0, ""
    others = [*code.name.by_language.values(), code.name.plain, *code.aliases]
    alias = next((other for other in others if folded(other) == needle), "")
    if alias:
        return 1, alias
    if shown.startswith(needle):
        return 2, ""
    if any(word.startswith(needle) for word in shown.split()):
        return 3, ""
    if needle in shown:
        return 4, ""
    alias = next((other for other in others if needle in folded(other)), "")
    return (5, alias) if alias else (None, "")


class CodePicker(Popover):
    """Pops up at the selection.

    Signals:
        code_picked: the code that was picked.
        name_picked: what was typed, as the name of a new code.
        in_vivo_wanted: the selected words are to be a code themselves.

    Args:
        bridge: whose codes.
        parent: what the picker belongs to.
        makes_codes: whether it offers to make a new code of what was typed or selected.
    """

    code_picked = Signal(int)
    name_picked = Signal(str)
    in_vivo_wanted = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget, *, makes_codes: bool = False) -> None:
        super().__init__(parent)
        self._makes_codes = makes_codes
        self._new_keys: list[QWidget] = []
        self._without: Collection[int] = ()
        self.setAccessibleName(_("Pick a code"))
        self._bridge = bridge
        self._field = QLineEdit()
        self._field.setProperty("bare", "true")
        self._field.setFont(fonts.font(fonts.CONTROL))
        self._field.setAccessibleName(_("Find a code"))
        self._field.setPlaceholderText(_("Find a code"))
        self._length = label(size=fonts.SMALL, rank=3)
        self._model = QStandardItemModel(self)
        self._list = QListView()
        self._list.setAccessibleName(_("Codes that fit"))
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setModel(self._model)
        self._delegate = _PickerDelegate(bridge, self)
        self._list.setItemDelegate(self._delegate)
        self._list.setMouseTracking(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self._field.textChanged.connect(self._on_typed)
        self._field.installEventFilter(self)
        self._list.clicked.connect(lambda _index: self._pick())

    def open_at(
        self,
        place: QRect,
        typed: str,
        n_characters: int,
        action: str = "",
        without: Collection[int] = (),
        *,
        splits: bool = False,
    ) -> None:
        """Opens below a place, or above it when there is no room below.

        Args:
            place: what must not be covered, in global coordinates.
            typed: letters that were typed already.
            n_characters: of the selection that is to be coded.
            action: what the pick does, when it does not code a selection.
            without: codes that cannot be picked.
            splits: whether a new code may be made although no selection is coded.
        """
        self._without = without
        for number, each in enumerate(self._new_keys):
            is_in_vivo = number >= 2
            each.setVisible(self._makes_codes and (not action or (splits and not is_in_vivo)))
        text = ngettext("code {n} character", "code {n} characters", n_characters).format(n=n_characters)
        self._length.setText(action or text)
        self._field.setText(typed)
        self._on_typed(typed)
        rows = max(1, min(_ROWS, self._model.rowCount()))
        self._list.setFixedHeight(rows * fonts.px(33) + 8)
        over = self.lift()
        window = over.rect()
        place = QRect(over.mapFromGlobal(place.topLeft()), place.size())
        top = place.bottom() + 6 - _ABOVE
        if top + self.height() - _BELOW > window.bottom():
            top = place.top() - self.height() + _BELOW - 6
        left = min(max(-_SHADOW, place.left() - _SHADOW), window.right() - self.width() + _SHADOW)
        self.move(QPoint(left, max(-_ABOVE, top)))
        self.show()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)
        self._field.end(False)

    def _lay_out(self) -> None:
        card = QFrame(self)
        card.setObjectName("card")
        add_shadow(card, blur=40, down=12, strength=0.19)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(8)
        head.addWidget(self._field, 1)
        head.addWidget(self._length)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self._list)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 8, 14, 9)
        foot.setSpacing(8)
        for key, text in (("Enter", _("apply")), ("Esc", _("leave"))):
            foot.addWidget(KeyCap(key))
            foot.addWidget(label(text, fonts.SMALL, rank=2))
        for key, text in (("Ctrl N", _("new code")), ("Ctrl I", _("in vivo"))):
            self._new_keys += [KeyCap(key), label(text, fonts.SMALL, rank=2)]
            foot.addWidget(self._new_keys[-2])
            foot.addWidget(self._new_keys[-1])
        foot.addStretch(1)
        column.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(_SHADOW, _ABOVE, _SHADOW, _BELOW)
        outer.addWidget(card)
        self.setFixedWidth(max(fonts.px(_WIDTH), foot.sizeHint().width() + 28) + 2 * _SHADOW)

    def _on_typed(self, typed: str) -> None:
        codes = self._bridge.codebook.codes
        fitting = matches(codes, typed, self._bridge.language, self._bridge.recent_codes)
        found = [each for each in fitting if each.code.id not in self._without]
        self._model.clear()
        self._delegate.typed = folded(typed)
        for match in found:
            item = QStandardItem(self._bridge.names[match.code.id])
            item.setData(match.code.id, CODE_ID)
            item.setData(match.beside, BESIDE)
            self._model.appendRow(item)
        if not found:
            self._model.appendRow(self._nothing_fits(typed.strip()))
        if found or self._may_make:
            self._list.setCurrentIndex(self._model.index(0, 0))

    @property
    def _may_make(self) -> bool:
        """Whether Ctrl+N is offered."""
        return bool(self._new_keys) and not self._new_keys[0].isHidden()

    def _nothing_fits(self, typed: str) -> QStandardItem:
        """A row in place of the codes; Enter makes a code of what was typed, where one may be made."""
        if not self._may_make or not typed:
            item = QStandardItem(_("No code fits.") if typed else _("The codebook has no codes yet."))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            return item
        item = QStandardItem(_("New code “{name}”").format(name=typed))
        item.setData(typed, NEW_NAME)
        return item

    def _pick(self) -> None:
        code_id, new_name = (self._list.currentIndex().data(role) for role in (CODE_ID, NEW_NAME))
        if isinstance(new_name, str):
            self.close_up()
            self.name_picked.emit(new_name)
            return
        if not isinstance(code_id, int):
            return
        self._bridge.remember_code(code_id)
        self.close_up()
        self.code_picked.emit(code_id)

    def _makes_new(self, event: QKeyEvent) -> bool:
        """Ctrl+N makes a code of what was typed, Ctrl+I of what is selected; here before anywhere else."""
        shown = zip((Qt.Key.Key_N, Qt.Key.Key_I), self._new_keys[::2], strict=True)
        offered = [key for key, cap in shown if not cap.isHidden()]
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier or Qt.Key(event.key()) not in offered:
            return False
        typed = self._field.text().strip()
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_I:
            self.close_up()
            self.in_vivo_wanted.emit()
        elif event.type() == QEvent.Type.KeyPress and typed:
            self.close_up()
            self.name_picked.emit(typed)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field keeps the letters; arrows and Enter go to the list."""
        is_key = watched is self._field and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and self._makes_new(event):
            return True
        if is_key and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._pick()
                return True
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                row = min(max(0, self._list.currentIndex().row() + step), self._model.rowCount() - 1)
                self._list.setCurrentIndex(self._model.index(row, 0))
                return True
            if event.key() == Qt.Key.Key_Tab:
                return True
        return super().eventFilter(watched, event)


class _PickerDelegate(QStyledItemDelegate):
    """Mark, name with the typed letters set off, and what stands beside it."""

    def __init__(self, bridge: ProjectBridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.typed = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(100, fonts.px(33))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a row."""
        paint_row(painter, option)
        place = row_place(option)
        code_id = index.data(CODE_ID)
        x = place.left() + 34.0
        if code_id is not None:
            look = self._bridge.looks.get(int(code_id), NO_LOOK)
            draw_mark(painter, look, place.left() + 9, place.center().y() + 0.5 - 8)
        elif index.data(NEW_NAME):
            draw_icon(painter, "plus", QRectF(place.left() + 9, place.center().y() + 0.5 - 8, 16, 16), tokens().ink2)
        else:
            x = place.left() + 9.0
        name = str(index.data())
        if code_id is None:
            left = round(x)
            self._draw_sentence(painter, name, QRect(left, place.top(), place.right() - left - 9, place.height()))
            return
        found = name.casefold().find(self.typed) if self.typed else -1
        parts = [(name, False)]
        if found >= 0 and len(name.casefold()) == len(name):
            end = found + len(self.typed)
            parts = [(name[:found], False), (name[found:end], True), (name[end:], False)]
        for text, is_match in parts:
            font = fonts.font(fonts.CONTROL, fonts.SEMIBOLD if is_match else fonts.REGULAR)
            painter.setFont(font)
            painter.setPen(QColor(tokens().accent_text if is_match else tokens().ink))
            width = QFontMetricsF(font).horizontalAdvance(text)
            painter.drawText(QRect(round(x), place.top(), round(width) + 2, place.height()), _MIDDLE, text)
            x += width
        small = fonts.font(fonts.SMALL)
        painter.setFont(small)
        painter.setPen(QColor(tokens().ink3))
        room = place.right() - 10 - round(x) - 10
        beside = QFontMetricsF(small).elidedText(str(index.data(BESIDE)), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(round(x) + 10, place.top(), room, place.height()), _MIDDLE, beside)

    @staticmethod
    def _draw_sentence(painter: QPainter, sentence: str, place: QRect) -> None:
        font = fonts.font(fonts.CONTROL)
        painter.setFont(font)
        painter.setPen(QColor(tokens().ink2))
        shown = QFontMetricsF(font).elidedText(sentence, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _MIDDLE, shown)
