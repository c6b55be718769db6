"""A card beside a code: what it means, when to use it and when not, examples, and what else one may type to find it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.resources import fonts
from qualcode.gui.widgets.controls import ElidedLabel, label, rule
from qualcode.gui.widgets.panes import closing_head, popover_card
from qualcode.gui.widgets.popover import Popover
from qualcode.i18n import _
from qualcode.model.codebook import Code
from qualcode.project.codebook import Meaning, meaning_of

_WIDTH = 420
_ROOM = (26, 16, 26, 40)  # for the shadow: left, top, right, bottom
_PAUSE = 800  # milliseconds without a key after which it is written
_LINES = 3  # of each field that holds several
_MARGIN, _BORDER = 3, 4


class DefinitionCard(Popover):
    """Pops up beside a code; what is typed is written after a pause and when the card closes, as one step.

    Signals:
        failed: it cannot be written; it is tried again, and shown where the card opens again.
    """

    failed = Signal(Exception)

    def __init__(self, bridge: ProjectBridge, owner: QWidget) -> None:
        self._code_id: int | None = None  # before Qt's part, which hides it at once
        super().__init__(owner)
        self._bridge = bridge
        self._shown = Meaning()
        self._step_id: int | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.save)
        self._name = ElidedLabel(fonts.TITLE, fonts.SEMIBOLD)
        self.definition = _several(_("Definition"), _LINES + 1)
        self.include = _several(_("Use when"), _LINES)
        self.exclude = _several(_("Not when"), _LINES)
        self.examples = _several(_("Examples"), _LINES)
        self.aliases = QLineEdit()
        self.aliases.setFont(fonts.font())
        self.aliases.setAccessibleName(_("Other names"))
        self._lay_out()
        for field in (self.definition, self.include, self.exclude, self.examples):
            field.textChanged.connect(self._pause.start)
        self.aliases.textEdited.connect(lambda _text: self._pause.start())
        self.aliases.returnPressed.connect(self.close_up)
        bridge.changed.connect(self._on_changed)

    def open_at(self, place: QRect, code: Code) -> None:
        """Opens beside a place, which is in global coordinates, for a code."""
        self._code_id = code.id
        self._step_id = None
        name = self._bridge.names[code.id]
        self._name.setText(name)
        self.setAccessibleName(_("Definition of {code}").format(code=name))
        self._fill(meaning_of(code, self._bridge.language))
        unwritten = self._bridge.unwritten.take(self._key(code.id))
        if isinstance(unwritten, Meaning):
            self._put(unwritten)
            self.save()
        self.lift_beside(place, _ROOM)
        self.show()
        self.definition.setFocus(Qt.FocusReason.PopupFocusReason)

    def save(self) -> None:
        """Writes what was typed; nothing happens where nothing was."""
        self._pause.stop()
        if self._code_id is None or self._bridge.is_read_only or self.meaning == self._shown:
            return
        before, self._shown = self._shown, self.meaning
        try:
            self._step_id = self._bridge.project.codebook.describe(self._code_id, self._shown, self._step_id)
        except QualcodeError as error:
            self._keep(self._code_id, self._shown)
            self._shown = before
            self.failed.emit(error)
        else:
            self._bridge.unwritten.take(self._key(self._code_id))

    def _keep(self, code_id: int, meaning: Meaning) -> None:
        """What cannot be written is tried again, also when the card is closed."""
        describe = self._bridge.project.codebook.describe
        several = (*meaning.include, *meaning.exclude, *meaning.examples, ", ".join(meaning.aliases))
        words = "\n".join(filter(None, (meaning.definition, *several)))
        self._bridge.unwritten.keep(self._key(code_id), lambda: describe(code_id, meaning), words, meaning)

    def _key(self, code_id: int) -> tuple[str, int]:
        return "definition", code_id

    @property
    def meaning(self) -> Meaning:
        """What stands in the fields."""
        aliases = (each.strip() for each in self.aliases.text().split(","))
        return Meaning(
            self.definition.toPlainText().strip(),
            _lines(self.include),
            _lines(self.exclude),
            _lines(self.examples),
            tuple(dict.fromkeys(each for each in aliases if each)),
        )

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed is on disk before it is gone."""
        if self._code_id is not None:
            self.save()
            self._code_id = None
        super().hideEvent(event)

    def _on_changed(self, tables: frozenset[str]) -> None:
        """The code may be gone, or mean something else again after undo."""
        if "code" not in tables or self._code_id is None:
            return
        code, typed = self._bridge.code(self._code_id), self.meaning
        now = meaning_of(code, self._bridge.language) if code is not None else None
        if now == typed:
            self._shown = typed  # it could not be written at first
        elif typed != self._shown:
            return
        elif now is None:
            self._code_id = None
            self.close_up()
        else:
            self._fill(now)

    def _fill(self, meaning: Meaning) -> None:
        self._put(meaning)
        self._shown = self.meaning
        self._pause.stop()

    def _put(self, meaning: Meaning) -> None:
        self.definition.setPlainText(meaning.definition)
        self.include.setPlainText(_one_a_line(meaning.include))
        self.exclude.setPlainText(_one_a_line(meaning.exclude))
        self.examples.setPlainText(_one_a_line(meaning.examples))
        self.aliases.setText(", ".join(meaning.aliases))
        self.aliases.setCursorPosition(0)

    def _lay_out(self) -> None:
        column = popover_card(self, _ROOM)
        column.setContentsMargins(16, 10, 12, 14)
        column.setSpacing(4)
        column.addLayout(closing_head(self._name, self.close_up))
        column.addWidget(rule())
        for field, hint in (
            (self.definition, ""),
            (self.include, _("one a line")),
            (self.exclude, _("one a line")),
            (self.examples, _("one a line")),
            (self.aliases, _("what one may type to find it; commas between")),
        ):
            title = QHBoxLayout()
            title.setContentsMargins(0, 4, 4, 0)
            title.addWidget(label(field.accessibleName(), fonts.SMALL, fonts.MEDIUM, rank=2))
            title.addWidget(label(hint, fonts.HINT, rank=3))
            title.addStretch(1)
            column.addLayout(title)
            column.addWidget(field)
            if self._bridge.is_read_only:
                field.setReadOnly(True)
        self.setFixedWidth(fonts.px(_WIDTH) + _ROOM[0] + _ROOM[2])


def _several(name: str, n_lines: int) -> QPlainTextEdit:
    """A field of several lines; Tab leaves it."""
    made = QPlainTextEdit()
    made.setObjectName("field")
    made.setFont(fonts.font())
    made.setAccessibleName(name)
    made.setTabChangesFocus(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # a blank at a line's end is no width
    made.document().setDocumentMargin(_MARGIN)
    made.setFixedHeight(made.fontMetrics().lineSpacing() * n_lines + 2 * (_MARGIN + _BORDER))
    return made


def _lines(field: QPlainTextEdit) -> tuple[str, ...]:
    lines = (each.strip() for each in field.toPlainText().split("\n"))
    return tuple(each for each in lines if each)


def _one_a_line(sentences: Sequence[str]) -> str:
    return "\n".join(" ".join(each.split()) for each in sentences)
