"""The screen that finds words in everything: field, filters, what was found, and coding it in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qualcode.errors import CancelledError
from qualcode.gui.background import Cancelled, Job, Progress
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.find.coding_bar import CodingBar
from qualcode.gui.find.model import FoundModel, places_of
from qualcode.gui.find.search_job import Asked, Found, search
from qualcode.gui.find.view import FoundDelegate, FoundView
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import Segmented, button, label, rule
from qualcode.gui.widgets.empty import Empty
from qualcode.gui.widgets.filter_chips import FilterChips
from qualcode.gui.widgets.search_field import SearchField
from qualcode.i18n import _, grouped, ngettext
from qualcode.model.segment import Span
from qualcode.project.search import Hit, Note

_PAUSE = 300  # milliseconds after the last letter before the search begins
_PATIENCE = 500  # milliseconds after which it is said that the search goes on
_SHORTEST = 2  # letters from which a search begins by itself; Enter begins it with fewer
_READ_AGAIN = frozenset({"document", "speaker", "case", "respondent_group", "attribute", "memo", "saved_filter"})


class FindScreen(QWidget):
    """Finds, opens, and codes what was found.

    Signals:
        failed: an error that the user can act on.
        place_opened: a place in the text that is to be shown: document id and span.
        code_opened: a code whose entry was found.
        memo_opened: a memo that was found.
        found_changed: what was found is something else now.
        done: what was done, of a step that is larger than one coding.
        keys_changed: other keys work now.
    """

    failed = Signal(Exception)
    place_opened = Signal(int, Span)
    code_opened = Signal(int)
    memo_opened = Signal(int)
    found_changed = Signal()
    done = Signal(str)
    keys_changed = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bridge = bridge
        self._job: Job | None = None
        self._asked: Asked | None = None
        self._found: Found | None = None
        self._is_stale = False
        self._goes_on = False  # into the list, when Enter began the search
        self._at = -1  # the place that was opened last
        self._places: list[tuple[Hit, int]] | None = None  # worked out when one is first opened
        self.field = SearchField(_("Find in everything"))
        self.field.setClearButtonEnabled(False)
        self.mode = Segmented(
            _("Find"), (("words", _("Words")), ("phrase", _("Phrase")), ("regex", _("Expression"))), "words"
        )
        self.chips = FilterChips(bridge)
        self.model = FoundModel(bridge, self)
        self.view = FoundView(self.model)
        self.view.setItemDelegate(FoundDelegate(bridge, self.view, self))
        self._count = label(size=fonts.SMALL, rank=2)
        self._select_all = button(_("Select all"), kind="link")
        self._stop = button(_("Stop"), kind="link")
        self._empty = Empty("search", "", "", self.view)
        self.coding = CodingBar(bridge, self.view, self.model, self)
        self._pause = _single_timer(self, _PAUSE, self.search)
        self._patience = _single_timer(self, _PATIENCE, self._say_searching)
        self._lay_out()
        self._connect()
        self._show_found(None)

    # What can be asked of it

    @property
    def found(self) -> Found | None:
        """What was found last."""
        return self._found

    @property
    def is_searching(self) -> bool:
        """Whether a search goes on or is about to begin."""
        return self._job is not None or self._pause.isActive()

    @property
    def count_text(self) -> str:
        """How much was found, in words."""
        return self._count.text()

    def working_keys(self) -> list[tuple[str, str]]:
        """The keys that do something here now."""
        if not self.model.rowCount():
            return [("Enter", _("search"))]
        return [
            ("Enter", _("open in the text")),
            ("C", _("code what is selected")),
            ("Ctrl A", _("select all")),
            ("F3", _("next place")),
        ]

    def focus(self) -> None:
        """Puts the keyboard into the field, what stands there selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def look_for(self, query: str) -> None:
        """Searches for words."""
        self.field.setText(query)
        self.search()

    def places(self) -> Mapping[int, Sequence[Span]]:
        """Where the words found stand, in order, by document."""
        found: dict[int, list[Span]] = defaultdict(list)
        for hit in self._found.hits if self._found is not None else ():
            found[hit.document_id].extend(hit.words)
        return found

    def go_on(self, *, back: bool = False) -> None:
        """Opens the place after (or before) the one that was opened last, round and round."""
        n = len(self._in_order())
        if n:
            start = n if self._at < 0 and back else self._at
            self._open_place((start + (-1 if back else 1)) % n)

    def cancel(self) -> None:
        """Stops a search that goes on."""
        self._pause.stop()
        self._patience.stop()
        self._stop.hide()
        job, self._job = self._job, None
        if job is not None:
            job.cancel()

    # Searching

    def search(self) -> None:
        """Searches for what stands in the field, on another thread; an earlier search is stopped."""
        self.cancel()
        query = self.field.text()
        if not query.strip():
            self._show_found(None)
            return
        asked = Asked(query, self.mode.chosen, self.chips.where)
        path = self._bridge.path
        self._is_stale = False

        def work(*, progress: Progress, cancelled: Cancelled) -> object:
            return search(path, asked, progress=progress, cancelled=cancelled)

        self._asked = asked
        self._job = job = Job(_("Searching"), work)
        job.progressed.connect(self._on_progress)
        job.succeeded.connect(self._on_found)
        job.failed.connect(self._on_failed)
        self._patience.start()
        job.start()

    def _on_typed(self) -> None:
        self._goes_on = False
        if len(self.field.text().strip()) >= _SHORTEST or not self.field.text():
            self._pause.start()

    def _on_found(self, found: object) -> None:
        """Shows what was found, if nothing else has been asked for meanwhile."""
        if self._job is not None and isinstance(found, Found) and found.asked is self._asked:
            self._end_job()
            self._show_found(found)
            goes_on, self._goes_on = self._goes_on, False
            if goes_on and self.model.rowCount() and self.field.hasFocus():
                self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, CancelledError):
            self._end_job()
            self._show_found(None)
            self.failed.emit(error)

    def _end_job(self) -> None:
        self._job = None
        self._patience.stop()
        self._stop.hide()

    def _on_progress(self, done: int, total: int) -> None:
        if self._stop.isVisible() and total:
            self._count.setText(_("Searching … {percent} %").format(percent=100 * done // total))

    def _say_searching(self) -> None:
        self._count.setText(_("Searching …"))
        self._stop.show()

    def _on_stopped(self) -> None:
        self.cancel()
        self._asked = None
        self._show_found(self._found)

    # What was found

    def _show_found(self, found: Found | None) -> None:
        self._found = found
        self.model.show_found(found)
        self._places = None
        self._at = -1
        n = len(found.hits) if found is not None else 0
        text = ""
        if found is not None and found.error is None:
            turns = ngettext("{n} turn or answer", "{n} turns and answers", n).format(n=grouped(n))
            places = ngettext("{n} place", "{n} places", found.n_places).format(n=grouped(found.n_places))
            text = f"{turns}  ·  {places}"
        self._count.setText(text)
        self._select_all.setVisible(bool(n))
        self._show_empty()
        self.coding.show_selection()
        if self.model.rowCount() > 1:
            self.view.setCurrentIndex(self.model.index(1, 0))
            self.view.clearSelection()
        self.found_changed.emit()
        self.keys_changed.emit()

    def _show_empty(self) -> None:
        if self._found is None:
            self._empty.say(
                _("Find words in everything that was said"),
                _("Each word in any form, all in one turn or answer. A star stands for any letters: taushets*"),
            )
        elif self._found.error is not None:
            self._empty.say(self._found.error.message, self._found.error.hint)
        elif not self._found.asked.where:
            self._empty.say(_("Nothing was found"), _("Try fewer words, or a part of one with a star: taushets*"))
        else:
            self._empty.say(_("Nothing was found with these filters"), _("Take a filter away, or try fewer words."))
        self._empty.setVisible(not self.model.rowCount())

    def _on_opened(self, entry: object) -> None:
        if isinstance(entry, Note):
            (self.memo_opened if entry.kind == "memo" else self.code_opened).emit(entry.id)
        elif isinstance(entry, Hit):
            first = next((at for at, (hit, _number) in enumerate(self._in_order()) if hit is entry), None)
            if first is not None:
                self._open_place(first)

    def _in_order(self) -> list[tuple[Hit, int]]:
        """All places in the order of the list."""
        if self._places is None:
            self._places = places_of(self.model.hits())
        return self._places

    def _open_place(self, at: int) -> None:
        self._at = at
        hit, number = self._in_order()[at]
        self.place_opened.emit(hit.document_id, hit.words[number])

    # What changes around it

    def _on_changed(self, tables: frozenset[str]) -> None:
        asks_codings = any(
            each.field in ("code", "coder", "origin") for each in self.chips.where.conditions
        ) and tables & {"segment", "code"}
        if self._found is None or not (tables & _READ_AGAIN or asks_codings or "code" in tables):
            return
        if self.isVisible():
            self._pause.start()
        else:
            self._is_stale = True

    def showEvent(self, event: QShowEvent) -> None:
        """Searches again where what was found may not be there any longer."""
        super().showEvent(event)
        if self._is_stale:
            self.search()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen is shown; what was found stays."""
        super().hideEvent(event)
        self._pause.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays in the middle."""
        super().resizeEvent(event)
        self.coding.place()
        self._empty.setGeometry(self.view.rect())

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_entered)
        self.mode.picked.connect(lambda _key: self.search())
        self.chips.changed.connect(lambda _where: self.search())
        self.chips.failed.connect(self.failed)
        self.view.opened.connect(self._on_opened)
        self._select_all.clicked.connect(self._on_select_all)
        self._stop.clicked.connect(self._on_stopped)
        self.coding.failed.connect(self.failed)
        self.coding.done.connect(self.done)
        self._bridge.changed.connect(self._on_changed)

    def _on_select_all(self) -> None:
        self.view.selectAll()
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entered(self) -> None:
        """Enter searches at once, or goes into the list of what was found already."""
        asked = Asked(self.field.text(), self.mode.chosen, self.chips.where)
        if self._found is not None and self._found.asked == asked and not self.is_searching:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.search()
            self._goes_on = True

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = QHBoxLayout()
        upper.setContentsMargins(24, 14, 24, 6)
        upper.setSpacing(12)
        self.field.setFixedHeight(fonts.px(32))
        self.field.setMinimumWidth(fonts.px(260))
        self.field.setMaximumWidth(fonts.px(560))
        self.field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        upper.addWidget(self.field, 4)
        upper.addWidget(self.mode)
        upper.addStretch(1)
        column.addLayout(upper)
        middle = QHBoxLayout()
        middle.setContentsMargins(14, 0, 24, 4)
        middle.addWidget(self.chips, 1)
        column.addLayout(middle)
        lower = QHBoxLayout()
        lower.setContentsMargins(24, 0, 24, 8)
        lower.setSpacing(10)
        self._count.setMinimumHeight(fonts.px(22))
        for each in (self._count, self._stop, self._select_all):
            lower.addWidget(each)
        lower.addStretch(1)
        self._stop.hide()
        column.addLayout(lower)
        column.addWidget(rule())
        column.addWidget(self.view, 1)


def _single_timer(parent: QWidget, milliseconds: int, slot: Callable[[], object]) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(milliseconds)
    made.timeout.connect(slot)
    return made
