"""What one file gives, what is doubtful about it, and how it is to be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from qualcode.errors import Problem
from qualcode.gui.importing.words import KINDS, facts, kind_name, outcome_words, separator_name
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import draw_icon
from qualcode.gui.resources.theme import tokens
from qualcode.gui.widgets.choice_button import Choice, ChoiceButton
from qualcode.gui.widgets.controls import Segmented, button, label
from qualcode.i18n import _
from qualcode.importing.inspect import HowToRead
from qualcode.importing.report import OpenChoice, Outcome
from qualcode.model.document import DocumentKind
from qualcode.project.import_preview import ENCODINGS, SEPARATORS, FileDraft, passage_with_letters, with_sheet

_FOUND = "found"


class FileCard(QScrollArea):
    """Shows one file.

    Signals:
        read_wanted: the file is to be read another way: file, how.
        settled: the reading is right as it is: file.
        about_changed: kind or session were changed.
    """

    read_wanted = Signal(object, object)
    settled = Signal(object)
    about_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("onCard")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("About the file"))
        self._file: FileDraft | None = None
        self._passages: dict[str, str] = {}

    def show_file(self, file: FileDraft | None) -> None:
        """Shows a file, or nothing."""
        if file is self._file and file is not None and self.widget() is not None:
            return
        self._file = file
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        if file is not None:
            self._fill(column, file)
        column.addStretch(1)
        self.setWidget(inside)

    def _fill(self, column: QVBoxLayout, file: FileDraft) -> None:
        title = label(file.path.name, fonts.TITLE, fonts.SEMIBOLD, wrap=True)
        column.addWidget(title)
        if facts(file):
            column.addWidget(label(facts(file), rank=2, wrap=True))
        word, icon_name, token = outcome_words(file.outcome)
        column.addWidget(Note(icon_name, token, word, "", is_strong=True))
        for problem in file.problems:
            column.addWidget(_note_of(problem, file))
        if file.outcome is Outcome.ASK and not file.needs_sheet:
            right = button(_("It is right as it is"))
            right.clicked.connect(lambda: self.settled.emit(file))
            row = QHBoxLayout()
            row.addWidget(right)
            row.addStretch(1)
            column.addLayout(row)
        column.addSpacing(4)
        if file.needs_sheet:
            column.addWidget(label(_("Which sheet holds the answers?"), weight=fonts.MEDIUM))
        if file.found.kind == "survey":  # also where it cannot be read as was chosen: that can be chosen otherwise
            self._add_sheet(column, file)
            self._add_header_row(column, file)
        if file.outcome is not Outcome.REFUSE or file.how != HowToRead():  # what was chosen can be chosen otherwise
            if file.has_separator:
                self._add_separator(column, file)
            if file.has_encoding:
                self._add_encoding(column, file)
        if file.is_transcript:
            self._add_kind(column, file)

    def _add_sheet(self, column: QVBoxLayout, file: FileDraft) -> None:
        if len(file.sheets) < 2:
            return
        chosen = file.found.chosen.sheet if file.found.chosen is not None else ""
        choices = [Choice("", _("Choose…"))] if file.needs_sheet else []
        choices += [Choice(sheet, sheet) for sheet in file.sheets]
        made = ChoiceButton(_("Sheet"), widest=220)
        made.offer(choices, chosen)

        def on_sheet(sheet: str) -> None:
            if sheet:
                self.read_wanted.emit(file, with_sheet(file.how, sheet))

        made.chosen.connect(on_sheet)
        _add_row(column, made)

    def _add_header_row(self, column: QVBoxLayout, file: FileDraft) -> None:
        if not file.head_rows:
            return
        made = ChoiceButton(_("Header in row"), widest=190)
        choices = [Choice(str(number), f"{number}   {text[:90]}") for number, text in file.head_rows]
        made.offer(choices, str(file.how.header_row))
        made.chosen.connect(lambda row: self.read_wanted.emit(file, replace(file.how, header_row=int(row))))
        _add_row(column, made)
        shown = next((text for number, text in file.head_rows if number == file.how.header_row), "")
        column.addWidget(label(shown, fonts.SMALL, rank=2, wrap=True))

    def _add_separator(self, column: QVBoxLayout, file: FileDraft) -> None:
        made = ChoiceButton(_("Columns are parted by"), widest=160)
        choices = [Choice(_FOUND, _("found out")), *(Choice(each, separator_name(each)) for each in SEPARATORS)]
        made.offer(choices, file.how.separator or _FOUND)
        made.chosen.connect(
            lambda key: self.read_wanted.emit(
                file, replace(file.how, separator=None if key == _FOUND else key, header_row=1)
            )
        )
        _add_row(column, made)

    def _add_encoding(self, column: QVBoxLayout, file: FileDraft) -> None:
        in_use = file.found.encoding or file.how.encoding or ""
        passages = self._passages_of(file.path, in_use)
        made = ChoiceButton(_("Encoding"), widest=200)
        found = _("found out: {encoding}").format(encoding=in_use) if in_use else _("found out")
        choices = [Choice(_FOUND, found if file.how.encoding is None else _("found out"))]
        for encoding in ENCODINGS:
            passage = passages.get(encoding, "")
            choices.append(Choice(encoding, f"{encoding}   {passage[:70]}" if passage else encoding))
        made.offer(choices, file.how.encoding or _FOUND)
        made.chosen.connect(lambda key: self._on_encoding(file, key))
        _add_row(column, made)
        passage = passages.get(in_use, "")
        shown = f"… {passage} …" if passage else _("Only plain letters: they read the same in each encoding.")
        column.addWidget(label(shown, fonts.SMALL, rank=2, wrap=True))

    def _on_encoding(self, file: FileDraft, key: str) -> None:
        how: HowToRead = replace(file.how, encoding=None if key == _FOUND else key)
        self.read_wanted.emit(file, how)

    def _passages_of(self, path: Path, in_use: str) -> dict[str, str]:
        return passage_with_letters(path, dict.fromkeys([*ENCODINGS, *([in_use] if in_use else [])]))

    def _add_kind(self, column: QVBoxLayout, file: FileDraft) -> None:
        column.addWidget(label(_("What it is"), weight=fonts.MEDIUM))
        kinds = Segmented(_("What it is"), [(each.value, kind_name(each)) for each in KINDS], file.kind.value)

        def on_kind(key: str) -> None:
            file.kind = DocumentKind(key)
            self.about_changed.emit()

        kinds.picked.connect(on_kind)
        _add_row(column, kinds)
        column.addWidget(label(_("Session"), weight=fonts.MEDIUM))
        session = QLineEdit(file.session)
        session.setPlaceholderText(_("the file"))
        session.setAccessibleName(_("Session"))

        def on_session(name: str) -> None:
            file.session = name.strip()
            self.about_changed.emit()

        session.textEdited.connect(on_session)
        column.addWidget(session)
        told = _("Files of one session are one conversation: equal labels in them are one person.")
        column.addWidget(label(told, fonts.SMALL, rank=3, wrap=True))


def _add_row(column: QVBoxLayout, widget: QWidget) -> None:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    column.addLayout(row)


def _note_of(problem: Problem, file: FileDraft) -> QWidget:
    """What is wrong or doubtful; where it can be decided here, that takes the place of the hint for a terminal."""
    is_error = file.outcome is Outcome.REFUSE
    hint = problem.hint
    if file.outcome is Outcome.ASK and isinstance(problem, OpenChoice):
        hint = "" if file.needs_sheet else _("Choose below, or say that it is right as it is.")
    return Note("x" if is_error else "info", "bad" if is_error else "ink3", problem.what, hint)


class Note(QWidget):
    """A sign, what there is to say, and what one can do about it."""

    def __init__(self, icon_name: str, token: str, what: str, hint: str, *, is_strong: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(f"{what} {hint}".strip())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(_Sign(icon_name, token), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        said = label(what, weight=fonts.MEDIUM if is_strong else fonts.REGULAR, wrap=True)
        words.addWidget(said)
        if hint:
            words.addWidget(label(hint, fonts.SMALL, rank=2, wrap=True))
        for shown in self.findChildren(QWidget):
            shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addLayout(words, 1)


class _Sign(QWidget):
    def __init__(self, icon_name: str, token: str) -> None:
        super().__init__()
        self._icon_name, self._token = icon_name, token
        self.setFixedSize(QSize(14, fonts.px(20)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the icon."""
        painter = QPainter(self)
        top = (self.height() - 14) / 2
        draw_icon(painter, self._icon_name, QRectF(0, top, 14, 14), getattr(tokens(), self._token))
        painter.end()
