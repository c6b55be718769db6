"""Where a memo is written: on disk after a pause in typing and when the pad is left, one step for all of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QLineEdit, QTextEdit, QVBoxLayout, QWidget

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.memos.long_lines import broken
from qualcode.gui.resources import fonts
from qualcode.gui.unwritten import AGAIN_MS
from qualcode.i18n import _
from qualcode.model.memo import Memo, Subject
from qualcode.project.memos import MemoSession

PAUSE = 800  # milliseconds without a key after which it is written
_LONGEST_TITLE = 200
_LINE = 20


class MemoPad(QWidget):
    """Title and words of one memo.

    Signals:
        written: the memo on disk is another one now (a `Memo`, or None when it is gone).
        failed: it cannot be written; what was typed stays in the pad and is tried again.
        left: Escape was pressed.
    """

    written = Signal(object)
    failed = Signal(Exception)
    left = Signal()

    def __init__(self, bridge: ProjectBridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._session: MemoSession | None = None
        self.is_saving = False  # while it writes, those who hear of the change leave the pad alone
        self.title = QLineEdit()
        self.title.setFont(fonts.font(fonts.TITLE, fonts.SEMIBOLD))
        self.title.setProperty("bare", "true")
        self.title.setMaxLength(_LONGEST_TITLE)
        self.title.setPlaceholderText(_("Title"))
        self.title.setAccessibleName(_("Title of the memo"))
        self.words = _Words()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.words, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.save)
        self._again = QTimer(self, interval=AGAIN_MS)
        self._again.timeout.connect(self.save)
        self.title.textEdited.connect(lambda _text: self._pause.start())
        self.title.returnPressed.connect(self.go_on_writing)
        self.words.document().contentsChanged.connect(self._on_typed)
        for field in (self.title, self.words):
            field.installEventFilter(self)
        self.show_memo(None, None)

    @property
    def memo(self) -> Memo | None:
        """The memo as it stands on disk."""
        return self._session.memo if self._session is not None else None

    def show_memo(self, subject: Subject | None, memo: Memo | None) -> None:
        """Shows a memo, or an empty page for a new one on a subject; what was typed before is written first."""
        self.save()
        self._keep_unwritten()
        self._session = None if subject is None else self._bridge.project.memos.session(subject, memo)
        self._fill(memo)
        self._take_unwritten()
        for field in (self.title, self.words):
            field.setEnabled(subject is not None)
            field.setReadOnly(self._bridge.project.db.read_only)

    def show_again(self) -> None:
        """Shows what stands on disk now, after undo for instance, unless more was typed."""
        if self._session is None or self.is_changed:
            return
        known = self._session.memo
        now = self._bridge.project.memos.get(known.id) if known is not None else None
        if now != known:
            self._session = self._bridge.project.memos.session(self._session.subject, now)
            self._fill(now)

    def go_on_writing(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Gives the keyboard to the words, behind the last one."""
        self.words.moveCursor(QTextCursor.MoveOperation.End)
        self.words.setFocus(reason)

    @property
    def is_changed(self) -> bool:
        """Whether more was typed than is on disk."""
        return self.words.document().isModified() or self.title.isModified()

    def save(self) -> None:
        """Writes what was typed; nothing happens where nothing was."""
        self._pause.stop()
        is_closed = self._bridge.project.db.connection.closed  # what was typed is on the clipboard then
        if self._session is None or self.is_saving or not self.is_changed or is_closed:
            return
        self.is_saving = True
        try:
            memo = self._session.write(self.words.toPlainText(), self.title.text())
        except QualcodeError as error:
            self._wait(error)
            return
        finally:
            self.is_saving = False
        self._set_changed(False)
        self._end_waiting()
        self.written.emit(memo)

    def _wait(self, error: QualcodeError) -> None:
        """Tells once that it cannot be written now, and tries again."""
        if not self._again.isActive():
            self._again.start()
            self._bridge.unwritten.note_field(self, self._typed)
            self.failed.emit(error)

    def _typed(self) -> str:
        """The title above the words, as far as there are any."""
        return "\n".join(filter(None, (self.title.text(), self.words.toPlainText())))

    def _end_waiting(self) -> None:
        self._again.stop()
        self._bridge.unwritten.note_field(self, None)

    def _keep_unwritten(self) -> None:
        """What could not be written is kept while the pad shows something else."""
        session, words, title = self._session, self.words.toPlainText(), self.title.text()
        if session is not None and self.is_changed:
            held = (session, words, title)
            self._bridge.unwritten.keep(_key(session), lambda: session.write(words, title), self._typed(), held)
        self._end_waiting()

    def _take_unwritten(self) -> None:
        """Shows what could not be written the last time instead of what is on disk."""
        held = self._bridge.unwritten.take(_key(self._session)) if self._session is not None else None
        if isinstance(held, tuple):
            self._session, words, title = held
            self._put(words, title)
            self._set_changed(True)
            self.save()

    def _set_changed(self, is_changed: bool) -> None:
        self.words.document().setModified(is_changed)
        self.title.setModified(is_changed)

    def _fill(self, memo: Memo | None) -> None:
        self._put(broken(memo.content) if memo is not None else "", memo.title if memo is not None else "")
        self._set_changed(False)

    def _put(self, words: str, title: str) -> None:
        self.title.setText(title)
        self.words.document().blockSignals(True)
        self.words.put(words)
        self.words.document().blockSignals(False)

    def _on_typed(self) -> None:
        if self.words.document().isModified():
            self._pause.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving a field writes; Escape says that the pad is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.save()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.save()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was typed is written."""
        super().hideEvent(event)
        self.save()


def _key(session: MemoSession) -> tuple[Subject, int]:
    """What a pad writes, a new memo or one that is there."""
    return session.subject, session.memo.id if session.memo is not None else 0


class _Words(QTextEdit):
    """Plain words, set with the line height of other text; `QPlainTextEdit` knows none."""

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptRichText(False)
        self.setFont(fonts.font(fonts.CONTROL))
        self.setPlaceholderText(_("Write a memo …"))
        self.setAccessibleName(_("Memo"))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def put(self, words: str) -> None:
        """Shows other words; the setting is no step that could be undone."""
        self.setPlainText(words)
        self.setUndoRedoEnabled(False)
        setting = QTextBlockFormat()
        setting.setLineHeight(fonts.px(_LINE), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        whole.mergeBlockFormat(setting)
        self.setUndoRedoEnabled(True)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes plain words; a line as long as a book would stop the window for minutes, so it is broken."""
        if source.hasText():
            self.insertPlainText(broken(source.text()))
