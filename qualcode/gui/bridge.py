"""A project as the window sees it: notices become signals, and how codes and groups look is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qualcode.errors import QualcodeError
from qualcode.gui.keeping import Keeping
from qualcode.gui.resources.code_marks import CodeLook, code_looks
from qualcode.gui.resources.group_marks import GroupLook, group_looks
from qualcode.gui.unwritten import Unwritten
from qualcode.i18n import _
from qualcode.model.codebook import Code, Codebook
from qualcode.model.segment import Coder

if TYPE_CHECKING:
    from qualcode.analysis.filtering import Filter
    from qualcode.project.project import Project
    from qualcode.project.steps import Changes

_N_RECENT = 8
_SEGMENTS = frozenset({"segment"})
_OF_CODERS = frozenset({"segment", "coder", "memo"})


class ProjectBridge(QObject):
    """Holds the open project.

    Signals:
        changed: after each step, undo and redo, with the names of the tables that changed (a frozenset); and when
            coders' segments are shown or hidden, or somebody else codes, as if the segments had changed. Empty when
            something waits to be written, or nothing does any longer.
        change_wanted: a `Job` that changes the project is to be run.
        counted: how many answers of which group there are is known now, where that was counted on another thread.

    Attributes:
        unwritten: what was typed and is not on disk.
    """

    changed = Signal(object)
    change_wanted = Signal(object)
    counted = Signal()

    def __init__(self, project: Project, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.path: Path = project.path
        self.language = project.settings.language
        self._stop_listening: Callable[[], None] = project.on_change(self._on_change)
        self._hidden: set[int] = set()
        self._is_blind = False
        self._recent = project.segments.codes_given_last()[:_N_RECENT]
        self.unwritten = Unwritten(self)
        self.unwritten.changed.connect(lambda: self.changed.emit(frozenset()))
        self._read_codes()
        self._read_groups()

    def close(self) -> None:
        """Stops listening and closes the project; everything is on disk already."""
        self._stop_listening()
        self.project.close()

    @property
    def codebook(self) -> Codebook:
        """The template as it stands now."""
        return self._codebook

    @property
    def looks(self) -> dict[int, CodeLook]:
        """How codes are drawn, by id."""
        return self._looks

    @property
    def names(self) -> dict[int, str]:
        """What codes are called in the language of the study, by id."""
        return self._names

    @property
    def groups(self) -> dict[str, GroupLook]:
        """How groups are drawn, by name, in the order of the study."""
        return self._groups

    @property
    def recent_codes(self) -> list[int]:
        """The codes that were given last, the latest first."""
        return [code_id for code_id in self._recent if code_id in self._names]

    def remember_code(self, code_id: int) -> None:
        """Puts a code first among the recent ones."""
        self._recent = [code_id, *(each for each in self._recent if each != code_id)][:_N_RECENT]

    @property
    def is_read_only(self) -> bool:
        """Whether the project can be looked at only."""
        return self.project.db.read_only

    @property
    def keeping(self) -> Keeping:
        """How what is done is kept now."""
        if self.is_read_only:
            return Keeping.READ_ONLY
        if self.project.db.has_vanished:
            return Keeping.GONE
        return Keeping.WAITING if self.unwritten.waits else Keeping.KEPT

    @property
    def is_blind(self) -> bool:
        """Whether all segments but one's own are hidden, also those of coders who come later."""
        return self._is_blind

    def set_blind(self, is_blind: bool) -> None:
        """Hides all segments but one's own, or shows those again that were shown before."""
        if is_blind != self._is_blind:
            self._is_blind = is_blind
            self.changed.emit(_SEGMENTS)

    def hand_over(self, name: str) -> None:
        """Somebody else codes from now on, with their own segments shown and their own recent codes.

        Raises:
            QualcodeError: a set of rules has that name, or what the coder before typed is not written yet.
        """
        self.unwritten.try_again()
        if self.unwritten.waits:
            raise QualcodeError(
                _("What {name} typed is not saved yet.").format(name=self.project.coder_name),
                hint=_("It is tried again every few seconds; change the coder when everything is saved."),
            )
        self.project.code_as(name)
        self._hidden.discard(self.project.coder.id)
        self._recent = self.project.segments.codes_given_last()[:_N_RECENT]
        self.changed.emit(_OF_CODERS)

    def other_coders(self) -> list[Coder]:
        """All coders but the one at work."""
        return [coder for coder in self.project.coders() if coder.name != self.project.coder_name]

    @property
    def hidden_coders(self) -> frozenset[int]:
        """Ids of the coders whose segments are not shown."""
        if self._is_blind:
            return frozenset(coder.id for coder in self.other_coders())
        return frozenset(self._hidden)

    def of_those_shown(self, where: Filter) -> Filter:
        """A filter that leaves out what hidden coders coded, too."""
        from qualcode.analysis.filtering import Condition, Filter

        hidden = self.hidden_coders
        names = tuple(coder.name for coder in self.project.coders() if coder.id in hidden)
        return Filter((*where.clauses, (Condition("coder", names, wanted=False),))) if names else where

    def show_coder(self, coder_id: int, is_shown: bool) -> None:
        """Shows or hides the segments of a coder."""
        if is_shown == (coder_id not in self._hidden):
            return
        self._hidden ^= {coder_id}
        self.changed.emit(_SEGMENTS)

    def code(self, code_id: int) -> Code | None:
        """The code of that number, if it is still there."""
        return next((code for code in self._codebook.codes if code.id == code_id), None)

    def code_keyed(self, key: str) -> Code | None:
        """The code of that key, if there is one."""
        return next((code for code in self._codebook.codes if code.key == key), None)

    def look_of_key(self, key: str) -> CodeLook | None:
        """How a code is drawn, by its key."""
        code = self.code_keyed(key)
        return self._looks.get(code.id) if code is not None else None

    def name_of(self, code: Code) -> str:
        """What a code is called in the language of the study."""
        return code.name.in_language(self.language) or code.key

    def _on_change(self, changes: Changes) -> None:
        if "code" in changes.tables:
            self._read_codes()
        if changes.tables & {"respondent_group", "case"}:
            self._read_groups()
        if "setting" in changes.tables:
            self.language = self.project.settings.language
            self._read_codes()
        self.changed.emit(changes.tables)

    def _read_codes(self) -> None:
        self._codebook = self.project.codebook.current()
        by_key = code_looks(self._codebook, self.language)
        self._looks = {code.id: by_key[code.key] for code in self._codebook.codes}
        self._names = {code.id: self.name_of(code) for code in self._codebook.codes}

    def _read_groups(self) -> None:
        self._groups = group_looks(self.project.respondents.groups())
