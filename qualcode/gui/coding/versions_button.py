"""How many versions the text has that one is in: a button that lists them, only there when there are several."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy

from qualcode.errors import QualcodeError
from qualcode.gui.bridge import ProjectBridge
from qualcode.gui.coding.transcript_view import TranscriptView
from qualcode.gui.documents.reading import Reading
from qualcode.gui.resources import fonts
from qualcode.gui.resources.icons import icon
from qualcode.i18n import _, ngettext
from qualcode.model.document import DocumentKind


class VersionsButton(QPushButton):
    """Shows the versions of a transcript, or of the answer that the caret is in.

    Signals:
        failed: an error that the user can act on.
    """

    failed = Signal(Exception)

    def __init__(self, bridge: ProjectBridge, view: TranscriptView) -> None:
        super().__init__()
        self._bridge = bridge
        self._view = view
        self._reading: Reading | None = None
        self._numbers: dict[int, int] = {}
        self.setFont(fonts.font(fonts.CONTROL, fonts.MEDIUM))
        self.setProperty("quiet", "true")
        self.setIcon(icon("history"))
        self.setToolTip(_("What was corrected in this text, when, and by whom"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.pop_up)
        view.selection_changed.connect(self._show)
        self.hide()

    @property
    def has_versions(self) -> bool:
        """Whether the text was corrected or read again."""
        return self._document_id() in self._numbers

    def show_for(self, reading: Reading | None) -> None:
        """Is about another text from now on, or about the same one as it stands now."""
        self._reading = reading
        self._numbers = self._bridge.project.documents.n_versions() if reading is not None else {}
        self._show()

    def pop_up(self) -> None:
        """Lists the versions."""
        from qualcode.gui.coding.versions_sheet import VersionsSheet

        document_id = self._document_id()
        if self._reading is None or document_id not in self._numbers:
            return
        document = next(each for each in self._reading.documents if each.id == document_id)
        title = document.name if document.kind is DocumentKind.ANSWER else self._reading.title
        try:
            VersionsSheet(self._bridge, document_id, title, self).pop_up()
        except QualcodeError as error:
            self.failed.emit(error)

    def _show(self) -> None:
        n = self._numbers.get(self._document_id(), 0)
        text = ngettext("{n} version", "{n} versions", n).format(n=n)
        self.setText(f"\u2002{text}")
        self.setAccessibleName(text)
        self.setVisible(n > 1)

    def _document_id(self) -> int:
        """The document that the caret is in."""
        if self._reading is None:
            return 0
        if len(self._reading.documents) == 1:
            return self._reading.documents[0].id
        return self._view.document_at_cursor or 0
