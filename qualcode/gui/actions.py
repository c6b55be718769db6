"""All menu commands in one table, and the menu made of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from qualcode.gui.language import LANGUAGE_NAMES
from qualcode.gui.widgets.read_only import refusal
from qualcode.gui.widgets.waiting import why_to_wait
from qualcode.i18n import _


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of a menu.

    Attributes:
        key: what the window does; also the action's object name.
        menu: "file", "edit", "view" or "help"; "" for a key without an entry.
        text: as shown.
        shortcut: in Qt's portable form, "" for none.
        needs_project: whether it is dimmed until a project is open.
        group: entries of one group exclude each other; "" for none.
        line: whether a line stands above it.
        writes: whether it changes the project, and is dimmed where that is open for reading only.
        waits: whether it is dimmed while other long work goes on.
    """

    key: str
    menu: str
    text: str
    shortcut: str = ""
    needs_project: bool = False
    group: str = ""
    line: bool = False
    writes: bool = False
    waits: bool = False


def all_commands() -> tuple[Command, ...]:
    """Every command of the window, in the order of the menus."""
    return (
        Command("new_study", "file", _("New study…"), waits=True),
        Command("open_study", "file", _("Open study file…"), "Ctrl+Shift+O", waits=True),
        Command("open_project", "file", _("Open project…"), "Ctrl+O"),
        Command(
            "import_files",
            "file",
            _("Import files…"),
            "Ctrl+Shift+I",
            needs_project=True,
            writes=True,
            line=True,
            waits=True,
        ),
        Command("imports_said", "file", _("What the imports said…"), needs_project=True),
        Command("originals", "file", _("Give original files back…"), needs_project=True, waits=True),
        Command("show_report", "file", _("Report…"), "Ctrl+Shift+E", needs_project=True, line=True),
        Command("for_other_tools", "file", _("Export for other tools (.qdpx)…"), needs_project=True, waits=True),
        Command("close_project", "file", _("Close project"), "Ctrl+W", needs_project=True, line=True),
        Command("quit", "file", _("Quit"), "Ctrl+Q", line=True),
        Command("undo", "edit", _("Undo"), "Ctrl+Z", needs_project=True, writes=True),
        Command("redo", "edit", _("Redo"), "Ctrl+Shift+Z", needs_project=True, writes=True),
        Command("history", "edit", _("History…"), "Ctrl+H", needs_project=True),
        Command("new_code", "edit", _("New code"), "Ctrl+N", needs_project=True, writes=True, line=True),
        Command(
            "new_code_below", "edit", _("New code below this one"), "Ctrl+Shift+N", needs_project=True, writes=True
        ),
        Command(
            "suggest",
            "edit",
            _("Suggest codes"),
            "Ctrl+Shift+R",
            needs_project=True,
            writes=True,
            line=True,
            waits=True,
        ),
        Command(
            "coder",
            "edit",
            _("Change coder…"),
            "Ctrl+Shift+K",
            needs_project=True,
            writes=True,
            line=True,
            waits=True,
        ),
        Command("show_code", "view", _("Code"), "Ctrl+1", needs_project=True),
        Command("show_review", "view", _("Review"), "Ctrl+2", needs_project=True),
        Command("show_survey", "view", _("Survey"), "Ctrl+3", needs_project=True),
        Command("show_tables", "view", _("Tables"), "Ctrl+4", needs_project=True),
        Command("show_respondents", "view", _("Respondents"), "Ctrl+5", needs_project=True),
        Command("show_agreement", "view", _("Agreement"), "Ctrl+6", needs_project=True),
        Command("show_memos", "view", _("Memos"), "Ctrl+7", needs_project=True),
        Command("find", "view", _("Find in everything"), "Ctrl+F", needs_project=True, line=True),
        Command("find_next", "view", _("Next place found"), "F3", needs_project=True),
        Command("find_previous", "view", _("Previous place found"), "Shift+F3", needs_project=True),
        Command("find_code", "view", _("Find a code"), "Ctrl+K", needs_project=True),
        Command("larger", "view", _("Larger text"), "Ctrl++", line=True),
        Command("smaller", "view", _("Smaller text"), "Ctrl+-"),
        Command("appearance_system", "view", _("Appearance as the system"), group="appearance", line=True),
        Command("appearance_light", "view", _("Light"), group="appearance"),
        Command("appearance_dark", "view", _("Dark"), group="appearance"),
        Command("language_system", "view", _("Language as the system"), group="language", line=True, waits=True),
        *(
            Command(f"language_{key}", "view", name, group="language", waits=True)
            for key, name in LANGUAGE_NAMES.items()
        ),
        Command("shortcuts", "help", _("All shortcuts"), "F1"),
        Command("about", "help", _("About Qualcode"), line=True),
    )


@dataclass(frozen=True, slots=True)
class LocalKey:
    """A key that works in one place only.

    Attributes:
        place: "text", "codebook", "rules", "review", "survey", "tables", "report", "agreement", "respondents", "find",
            "memos" or "importing".
        command: what the place does; "" where the place handles the key in its own way.
        shortcut: in Qt's portable form.
        text: what the cheat sheet says.
    """

    place: str
    command: str
    shortcut: str
    text: str


def local_keys() -> tuple[LocalKey, ...]:
    """Every key that is no entry of a menu, by place, in the order of the cheat sheet."""
    return (
        LocalKey("text", "", _("letters"), _("code the selection: find a code")),
        LocalKey("text", "", _("drag"), _("select whole words")),
        LocalKey("text", "", _("Alt and drag"), _("select to the letter")),
        LocalKey("text", "", "Return", _("code the selection with a recent code")),
        LocalKey("text", "", "Return", _("pick what is coded at the cursor")),
        LocalKey("text", "in_vivo", "Ctrl+I", _("make the selected words a code (in vivo)")),
        LocalKey("text", "turn", "T", _("code the whole turn or answer")),
        LocalKey("text", "sentence", "S", _("code the sentence, or the next one")),
        LocalKey("text", "turn_again", "Shift+T", _("the turn, with the last code at once")),
        LocalKey("text", "sentence_again", "Shift+S", _("the sentence, with the last code at once")),
        LocalKey("text", "uncoded", "U", _("next uncoded turn")),
        LocalKey("text", "next", "N", _("next suggestion")),
        LocalKey("text", "previous", "P", _("previous suggestion")),
        LocalKey("text", "next_of_code", "J", _("next quotation of this code")),
        LocalKey("text", "previous_of_code", "K", _("previous quotation of this code")),
        LocalKey("text", "accept", "A", _("accept the suggestion")),
        LocalKey("text", "reject", "R", _("reject the suggestion")),
        LocalKey("text", "keep", "H", _("let your own quotation stand for the suggestion")),
        LocalKey("text", "recode", "C", _("give another code")),
        LocalKey("text", "memo", "M", _("memo on the quotation, or on the document")),
        LocalKey("text", "remove", "Del", _("uncode the quotation")),
        LocalKey("text", "correct", "F4", _("correct the selected words, or the word at the cursor")),
        LocalKey("text", "split", "X", _("split the quotation at the cursor")),
        LocalKey("text", "join", "Shift+X", _("join the quotation with the one beside it")),
        LocalKey("text", "end_out", "Alt+Right", _("the quotation's end one word further")),
        LocalKey("text", "end_in", "Alt+Left", _("the quotation's end one word back")),
        LocalKey("text", "start_out", "Alt+Shift+Left", _("the quotation's start one word back")),
        LocalKey("text", "start_in", "Alt+Shift+Right", _("the quotation's start one word further")),
        LocalKey("text", "close", "Esc", _("close the card")),
        LocalKey("text", "", "Ctrl+C", _("copy the selection")),
        LocalKey("codebook", "", "Return", _("code the selection with this code")),
        LocalKey("codebook", "quotations", "Q", _("all quotations of the code")),
        LocalKey("codebook", "rules", "Ctrl+E", _("edit the rules of the code")),
        LocalKey("codebook", "define", "D", _("say what the code means")),
        LocalKey("codebook", "rename", "F2", _("rename")),
        LocalKey("codebook", "merge", "Ctrl+M", _("merge into another code")),
        LocalKey("codebook", "memo", "M", _("memo on the code")),
        LocalKey("codebook", "delete", "Del", _("delete")),
        LocalKey("codebook", "up", "Alt+Up", _("move up")),
        LocalKey("codebook", "down", "Alt+Down", _("move down")),
        LocalKey("codebook", "in", "Alt+Right", _("move below the one above")),
        LocalKey("codebook", "out", "Alt+Left", _("move out")),
        LocalKey("rules", "", "Ctrl+Return", _("use what was typed")),
        LocalKey("rules", "", "Tab", _("indent")),
        LocalKey("rules", "", "Return", _("in the list: open in the text")),
        LocalKey("rules", "", "Right", _("in the list: each of equal sentences")),
        LocalKey("rules", "", "Esc", _("back")),
        LocalKey("review", "", "A", _("accept the suggestion")),
        LocalKey("review", "", "C", _("give another code")),
        LocalKey("review", "", "E", _("change the extent")),
        LocalKey("review", "", "R", _("reject the suggestion")),
        LocalKey("review", "", "Shift+R", _("reject with a reason")),
        LocalKey("review", "", "S", _("skip")),
        LocalKey("review", "", "H", _("let your own quotation stand for the suggestion")),
        LocalKey("review", "", "J", _("next in the review")),
        LocalKey("review", "", "K", _("previous in the review")),
        LocalKey("review", "", "O", _("open in the text")),
        LocalKey("review", "", "Ctrl+E", _("edit the rules of the code")),
        LocalKey("memos", "", "N", _("new memo")),
        LocalKey("memos", "", "Return", _("write")),
        LocalKey("memos", "", "O", _("open what it is on")),
        LocalKey("memos", "", "Del", _("remove the memo")),
        LocalKey("find", "", "Return", _("open in the text")),
        LocalKey("find", "", "C", _("code what is selected")),
        LocalKey("find", "", "Ctrl+A", _("select all")),
        LocalKey("survey", "", _("letters"), _("code the rows: find a code")),
        LocalKey("survey", "", "U", _("next uncoded")),
        LocalKey("survey", "", "Shift+Down", _("extend")),
        LocalKey("survey", "", "Return", _("code rows")),
        LocalKey("survey", "", "Del", _("take a code off the rows")),
        LocalKey("survey", "", "A", _("accept the suggestion")),
        LocalKey("survey", "", "R", _("reject the suggestion")),
        LocalKey("survey", "", "O", _("open in the text")),
        LocalKey("survey", "", "M", _("memo on the answer")),
        LocalKey("survey", "", "Esc", _("clear the selection")),
        LocalKey("importing", "", "Alt+Right", _("continue")),
        LocalKey("importing", "", "Alt+Left", _("back")),
        LocalKey("tables", "", "Return", _("open quotations; in the framework matrix, write a summary")),
        LocalKey("tables", "", "Space", _("open quotations; on a theme, hide what is below it")),
        LocalKey("tables", "", "Y", _("a quotation for the report")),
        LocalKey("tables", "", "N", _("leave a quotation out of the report")),
        LocalKey("tables", "", "Ctrl+Return", _("end a summary")),
        LocalKey("tables", "", "Ctrl+C", _("copy the table")),
        LocalKey("report", "", "Y", _("quote in the report")),
        LocalKey("report", "", "N", _("leave out of the report")),
        LocalKey("report", "", "S", _("speaks against the theme, or not after all")),
        LocalKey("report", "", "M", _("note on why it was chosen")),
        LocalKey("report", "", "Return", _("open in the text")),
        LocalKey("agreement", "", "Y", _("it has the code: settle the disagreement")),
        LocalKey("agreement", "", "N", _("it has not the code: settle the disagreement")),
        LocalKey("agreement", "", "R", _("open the disagreement again")),
        LocalKey("agreement", "", "Return", _("open in the text")),
        LocalKey("agreement", "", "Esc", _("all themes")),
        LocalKey("respondents", "", "Return", _("write in the cell")),
        LocalKey("respondents", "memo", "M", _("memo on the respondent")),
        LocalKey("respondents", "merge", "Ctrl+M", _("merge the selected respondents")),
        LocalKey("respondents", "move", "G", _("move the selected respondents to a group")),
        LocalKey("respondents", "clear", "Esc", _("clear the selection")),
    )


def command_of(event: QKeyEvent, place: str) -> str:
    """What a key asks for in a place; "" for nothing."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    keys = QKeySequence(QKeyCombination(held, Qt.Key(event.key())))
    pressed = keys.toString(QKeySequence.SequenceFormat.PortableText)
    known = (each.command for each in local_keys() if each.place == place and each.shortcut == pressed)
    return next(known, "")


def all_shortcuts() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every key with what it does, by place, as the cheat sheet shows it."""
    titles = {
        "text": _("In the text"),
        "codebook": _("In the codebook"),
        "rules": _("In the rules and word lists"),
        "review": _("In the review"),
        "survey": _("In the survey"),
        "tables": _("In the tables"),
        "report": _("In the report"),
        "agreement": _("In the agreement"),
        "respondents": _("Among the respondents"),
        "find": _("In the search"),
        "memos": _("In the memos"),
        "importing": _("While a study is put together"),
    }
    found = [
        (title, [(spoken_key(each.shortcut), each.text) for each in local_keys() if each.place == place])
        for place, title in titles.items()
    ]
    everywhere = [(spoken_key(each.shortcut), each.text) for each in all_commands() if each.shortcut]
    return [*found, (_("Everywhere"), [*everywhere, ("Alt", _("menu"))])]


def spoken_key(shortcut: str) -> str:
    """A shortcut as a key cap shows it: "Ctrl+Shift+R" becomes "Ctrl Shift R", arrows become arrows."""
    names = {"Left": "←", "Right": "→", "Up": "↑", "Down": "↓", "Return": "Enter", "Space": _("Space")}
    parts = shortcut.replace("++", "+plus").split("+")
    return " ".join("+" if part == "plus" else names.get(part, part) for part in parts)


def menu_title(menu: str) -> str:
    """What a menu is called."""
    return {"file": _("File"), "edit": _("Edit"), "view": _("View"), "help": _("Help")}[menu]


class Actions(QObject):
    """The commands as Qt's actions, with the menus that hold them.

    Args:
        window: where the shortcuts work; on macOS its menu bar gets the menus.
        slots: what each command does, by key.
    """

    def __init__(self, window: QMainWindow, slots: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(window)
        self._commands = {command.key: command for command in all_commands()}
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._is_open = self._is_read_only = self._has_to_wait = False
        self.menu = QMenu(window)
        self._menus: dict[str, QMenu] = {}
        self.recent = QMenu(_("Recent projects"), window)
        for command in self._commands.values():
            self._add(window, command, slots[command.key])
        self._menus["file"].insertMenu(self._actions["close_project"], self.recent)
        self._actions["redo"].setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        self._actions["larger"].setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._actions["quit"].setMenuRole(QAction.MenuRole.QuitRole)
        self._actions["about"].setMenuRole(QAction.MenuRole.AboutRole)
        if sys.platform == "darwin":
            for menu in self._menus.values():
                window.menuBar().addMenu(menu)

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def remove(self, window: QMainWindow) -> None:
        """Takes the commands and their menus out of a window, for others to take their place."""
        for action in self._actions.values():
            window.removeAction(action)
            action.deleteLater()
        if sys.platform == "darwin":
            window.menuBar().clear()
        self.menu.deleteLater()
        self.recent.deleteLater()
        self.deleteLater()

    def set_project_open(self, is_open: bool, *, is_read_only: bool = False) -> None:
        """Dims what needs a project, and what would change one that is open for reading only."""
        self._is_open, self._is_read_only = is_open, is_read_only
        for command in self._commands.values():
            if command.needs_project:
                self._dim(command)

    def let_wait(self, has_to_wait: bool) -> None:
        """Dims what has to wait for other work, until that is over."""
        self._has_to_wait = has_to_wait
        for command in self._commands.values():
            if command.waits:
                self._dim(command)

    def _dim(self, command: Command) -> None:
        """Dims a command that can do nothing now, and says why."""
        why = ""
        if self._is_read_only and command.writes:
            why = refusal().message
        elif self._has_to_wait and command.waits:
            why = why_to_wait()
        action = self._actions[command.key]
        action.setEnabled(not why and (self._is_open or not command.needs_project))
        action.setProperty("why", why)
        action.setToolTip(why)

    def name_steps(self, undo: str | None, redo: str | None) -> None:
        """Names the steps that undo and redo would take, and dims them where there is none."""
        for key, word, name in (("undo", _("Undo"), undo), ("redo", _("Redo"), redo)):
            action = self._actions[key]
            action.setText(f"{word}: {name}" if name else word)
            action.setEnabled(name is not None)

    def _add(self, window: QMainWindow, command: Command, slot: Callable[[], object]) -> None:
        action = QAction(command.text, window)
        action.setObjectName(command.key)
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(lambda _checked=False: slot())
        if command.group:
            action.setCheckable(True)
            group = self._groups.setdefault(command.group, QActionGroup(window))
            group.addAction(action)
        window.addAction(action)
        self._actions[command.key] = action
        if command.menu not in self._menus:
            self._menus[command.menu] = self.menu.addMenu(menu_title(command.menu))
            self._menus[command.menu].setToolTipsVisible(True)
        menu = self._menus[command.menu]
        if command.line:
            menu.addSeparator()
        menu.addAction(action)
