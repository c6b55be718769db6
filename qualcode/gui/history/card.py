"""A card with all steps: who did what and when, and "back to here" in one go."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.documents.reading import without_ending
from qualcode.gui.history.model import IS_NOW, STEP, SUBJECT, HistoryModel, step_facts, step_title
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.calm_views import make_calm_list
from qualcode.gui.widgets.controls import button, label, rule
from qualcode.gui.widgets.panes import closing_head, popover_card
from qualcode.gui.widgets.popover import Popover
from qualcode.gui.widgets.row_tree import paint_row, row_place
from qualcode.i18n import _, ngettext
from qualcode.project.step_subjects import subject_of_step
from qualcode.store.journal import StepInfo

_WIDTH, _HEIGHT = 420, 520
_ROW_HEIGHT = 48
_LINE = 18
_MOST_NAMED = 2
_ABOVE, _SIDE, _BELOW = 16, 26, 40
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class HistoryCard(Popover):
    """Pops up below the buttons for undo and redo.

    Signals:
        go_wanted: the step to go to, and what is said when the project stands there.
    """

    go_wanted = Signal(int, str)

    def __init__(self, bridge: ProjectBridge, owner: QWidget) -> None:
        super().__init__(owner)
        self._bridge = bridge
        self.setAccessibleName(_("History"))
        self.model = HistoryModel(self._subject_of, self)
        self.view = _StepList()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_StepDelegate(self.view))
        self._sentence = label(size=fonts.SMALL, rank=2, wrap=True)
        self.go_button = button(_("Back to here"), kind="main")
        self._lay_out()
        self.view.selectionModel().currentChanged.connect(lambda *_rows: self._show_way())
        self.view.go_wanted.connect(self.go)
        self.go_button.clicked.connect(self.go)
        bridge.changed.connect(self._on_changed)

    @property
    def sentence(self) -> str:
        """What the way to the picked step would do."""
        return self._sentence.text()

    def pop_up(self) -> None:
        """Shows the steps at the window's upper right corner, below its bar."""
        self._read()
        window = self.lift()
        height = min(fonts.px(_HEIGHT), window.height() - fonts.px(110)) + _ABOVE + _BELOW
        self.resize(self.width(), height)
        self.move(QPoint(window.width() - self.width() + _SIDE - 16, fonts.px(48) + 6 - _ABOVE))
        self.show()
        self.view.setFocus(Qt.FocusReason.PopupFocusReason)

    def go(self) -> None:
        """Goes back (or forth) to the picked step."""
        step = self._picked()
        if step is None or not any(self.model.n_between(step.id)) or self._bridge.project.db.read_only:
            return
        self.go_wanted.emit(step.id, self._way(step, is_done=True))

    def _subject_of(self, step: StepInfo) -> str:
        """The codes and the transcript that a step was about, in a few words."""
        found = subject_of_step(self._bridge.project, step.id)
        codes = (" → " if found.is_change else ", ").join(found.codes[:_MOST_NAMED])
        codes += " …" if len(found.codes) > _MOST_NAMED else ""
        documents = without_ending(found.documents[0]) if len(found.documents) == 1 else ""
        return "  ·  ".join(part for part in (codes, documents) if part)

    def _picked(self) -> StepInfo | None:
        step = self.view.currentIndex().data(STEP)
        return step if isinstance(step, StepInfo) else None

    def _read(self) -> None:
        project = self._bridge.project
        self.model.show_steps(project.history(), project.coder_name if self._bridge.is_blind else "")
        self.view.setCurrentIndex(self.model.index(self.model.now_row, 0))
        self.view.scrollTo(self.view.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self._show_way()

    def _show_way(self) -> None:
        step = self._picked()
        moves = step is not None and any(self.model.n_between(step.id)) and not self._bridge.project.db.read_only
        self.go_button.setEnabled(moves)
        is_forth = step is not None and step.undone
        self.go_button.setText(_("Forth to here") if is_forth else _("Back to here"))
        self.go_button.setAccessibleName(self.go_button.text())
        if step is None:
            self._sentence.clear()
        elif not any(self.model.n_between(step.id)):
            self._sentence.setText(_("The project stands here now. Pick a step to go back to it."))
        else:
            self._sentence.setText(self._way(step, is_done=False))

    def _way(self, step: StepInfo, *, is_done: bool) -> str:
        """What going to a step does, or did."""
        back, forth = self.model.n_between(step.id)
        if self._bridge.is_blind and self.model.is_past_others(step.id):  # how many they are is theirs
            if is_done and back:
                return _("Undid all that came after, steps of other coders too.")
            if is_done:
                return _("Did the steps again, those of other coders too.")
            undoes = _("Undoes all that stands above, steps of other coders too.")
            return undoes if back else _("Does again what was undone, steps of other coders too.")
        if back:
            text = ngettext("Undid {n} step.", "Undid {n} steps.", back)
            if not is_done:
                text = ngettext("Undoes {n} step, the one above.", "Undoes the {n} steps above.", back)
            return text.format(n=back)
        text = ngettext("Did {n} step again.", "Did {n} steps again.", forth)
        if not is_done:
            text = ngettext("Does {n} step again that was undone.", "Does {n} steps again that were undone.", forth)
        return text.format(n=forth)

    def _on_changed(self, _tables: frozenset[str]) -> None:
        if self.isVisible():
            self._read()

    def _lay_out(self) -> None:
        column = popover_card(self, (_SIDE, _ABOVE, _SIDE, _BELOW))
        column.setContentsMargins(0, 8, 0, 12)
        column.setSpacing(8)
        head = closing_head(label(_("History"), weight=fonts.SEMIBOLD), self.close_up)
        head.setContentsMargins(16, 0, 8, 0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.view, 1)
        column.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 0)
        foot.setSpacing(12)
        foot.addWidget(self._sentence, 1)
        foot.addWidget(self.go_button)
        column.addLayout(foot)
        self.setFixedWidth(fonts.px(_WIDTH) + 2 * _SIDE)


class _StepList(QListView):
    """Enter or a double click goes to a step."""

    go_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        make_calm_list(self, _("Steps, the last one first"))
        self.doubleClicked.connect(lambda _index: self.go_wanted.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes, Escape is the card's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class _StepDelegate(QStyledItemDelegate):
    """Name, coder and time; what was undone is quiet and says so."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are equally high."""
        return QSize(100, fonts.px(_ROW_HEIGHT))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draws a step."""
        paint_row(painter, option)
        step: StepInfo = index.data(STEP)
        place = row_place(option)
        line = fonts.px(_LINE)
        left, right = place.left() + 32, place.right() - 10
        top = place.top() + (place.height() - (2 if step_facts(step) else 1) * line) // 2
        if index.data(IS_NOW):
            draw_icon(painter, "check", QRectF(place.left() + 9, top + line / 2 - 7, 14, 14), tokens().good)
        beside = _("now") if index.data(IS_NOW) else _("undone") if step.undone else ""
        painter.setFont(fonts.font(fonts.HINT))
        painter.setPen(QColor(tokens().ink3))
        first = QRect(left, top, right - left, line)
        painter.drawText(first, _RIGHT, beside)
        room = first.width() - QFontMetricsF(painter.font()).horizontalAdvance(beside) - 8
        painter.setFont(fonts.font(fonts.CONTROL, fonts.REGULAR if step.undone else fonts.MEDIUM, italic=step.undone))
        painter.setPen(QColor(tokens().ink3 if step.undone else tokens().ink))
        metrics = QFontMetricsF(painter.font())
        title = metrics.elidedText(step_title(step), Qt.TextElideMode.ElideRight, room)
        painter.drawText(first, _MIDDLE, title)
        before = metrics.horizontalAdvance(title) + 8
        painter.setFont(fonts.font(fonts.CONTROL, italic=step.undone))
        painter.setPen(QColor(tokens().ink3 if step.undone else tokens().ink2))
        subject = QFontMetricsF(painter.font()).elidedText(
            index.data(SUBJECT), Qt.TextElideMode.ElideRight, max(0.0, room - before)
        )
        painter.drawText(first.adjusted(round(before), 0, 0, 0), _MIDDLE, subject)
        if step_facts(step):
            painter.setFont(fonts.font(fonts.SMALL))
            painter.setPen(QColor(tokens().ink3 if step.undone else tokens().ink2))
            painter.drawText(first.translated(0, line), _MIDDLE, "  ·  ".join(step_facts(step)))
