"""What each command of the menus does in the window, and what becomes of files that are opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.gui.language import LANGUAGE_NAMES
from qualcode.gui.messages import Message
from qualcode.i18n import _
from qualcode.settings import RECENT_PROJECTS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from qualcode.gui.main_window import MainWindow
    from qualcode.gui.workbench import Workbench
    from qualcode.settings import Settings

_STUDY_ENDINGS = {".yaml", ".yml"}
_PROJECT_ENDING = ".qualcode"
_OPENED = {*_STUDY_ENDINGS, _PROJECT_ENDING}
_SCREENS = ("code", "review", "survey", "tables", "respondents", "agreement", "memos", "report")


def slots_of(window: MainWindow, settings: Settings) -> dict[str, Callable[[], object]]:
    """What each command does, by the command's key; the parts of the window are made when a command needs them."""

    def bench(do: Callable[[Workbench], object]) -> Callable[[], object]:
        return lambda: do(window.workbench) if window.workbench is not None else None

    slots: dict[str, Callable[[], object]] = {
        "new_study": lambda: _begin_study(window),
        "open_study": lambda: _open_study(window, settings),
        "open_project": lambda: _open_project(window, settings),
        "import_files": lambda: window.arrivals.bring_in(),
        "imports_said": lambda: window.arrivals.show_imports_said(),
        "originals": lambda: window.project_work.give_originals_back(),
        "for_other_tools": lambda: window.project_work.export_for_other_tools(),
        "close_project": window.close_project,
        "quit": window.close,
        "undo": lambda: window.opened.step(back=True),
        "redo": lambda: window.opened.step(back=False),
        "coder": lambda: _ask_coder(window),
        "history": bench(lambda shown: shown.history.pop_up()),
        "suggest": lambda: window.project_work.suggest(),
        "find": lambda: window.show_screen("find"),
        "find_next": bench(lambda shown: shown.go_to_found()),
        "find_previous": bench(lambda shown: shown.go_to_found(back=True)),
        "find_code": bench(lambda shown: shown.find_code()),
        "new_code": bench(lambda shown: shown.ask_codebook("add")),
        "new_code_below": bench(lambda shown: shown.ask_codebook("add_below")),
        "larger": lambda: window.opened.change_text_size(+1),
        "smaller": lambda: window.opened.change_text_size(-1),
        "shortcuts": lambda: _show_help(window, "shortcuts"),
        "about": lambda: _show_help(window, "about"),
    }
    for name in _SCREENS:
        slots[f"show_{name}"] = lambda name=name: window.show_screen(name)  # type: ignore[misc]
    for choice in ("system", *LANGUAGE_NAMES):
        slots[f"language_{choice}"] = lambda choice=choice: window.set_language(choice)  # type: ignore[misc]
    for appearance in ("system", "light", "dark"):
        slots[f"appearance_{appearance}"] = lambda chosen=appearance: window.set_appearance(chosen)  # type: ignore[misc]
    return slots


def _ask_coder(window: MainWindow) -> None:
    from qualcode.gui.coder_card import CoderCard

    bridge, bench = window.bridge, window.workbench
    if bridge is None or bench is None:
        return
    card = CoderCard(bridge, bench)
    card.picked.connect(window.opened.hand_over)
    card.open_at(window.top_bar.coder_button)


def _begin_study(window: MainWindow) -> None:
    if window.work.is_free():
        window.arrivals.desk.open_study()


def _folder(window: MainWindow, settings: Settings) -> str:
    """Where projects are looked for first: where the open one or the last one is, else among the documents."""
    from PySide6.QtCore import QStandardPaths

    opened = [str(window.bridge.path)] if window.bridge is not None else []
    beside = [Path(name) for name in opened + settings.get(RECENT_PROJECTS)]
    there = next((path.parent for path in beside if path.parent.is_dir()), None)
    return str(there or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _open_study(window: MainWindow, settings: Settings) -> None:
    from PySide6.QtWidgets import QFileDialog

    kinds = _("Study file (*.yaml *.yml)")
    chosen, _kind = QFileDialog.getOpenFileName(window, _("Open study file"), _folder(window, settings), kinds)
    if chosen:
        window.open_study(Path(chosen))


def _open_project(window: MainWindow, settings: Settings) -> None:
    from PySide6.QtWidgets import QFileDialog

    chosen, _kind = QFileDialog.getOpenFileName(
        window, _("Open project"), _folder(window, settings), _("Project (*.qualcode)")
    )
    if chosen:
        window.open_project(Path(chosen))


def _show_help(window: MainWindow, wanted: str) -> None:
    from qualcode.gui import help_sheets

    if wanted == "about":
        help_sheets.show_about(window)
    else:
        help_sheets.show_shortcuts(window)


def open_any(window: MainWindow, paths: Sequence[Path]) -> None:
    """Opens a project or study file; anything else comes into the open project, or into a new study."""
    material = [path for path in paths if path.suffix.lower() not in _OPENED and path.exists()]
    projects = [path for path in paths if path.suffix.lower() == _PROJECT_ENDING]
    if projects or not material:
        for path in [*projects, *paths][:1]:
            open_one(window, path)
    else:
        window.arrivals.bring_in(paths)  # a .yaml among transcripts is their codebook


def open_one(window: MainWindow, path: Path) -> None:
    """Opens a project, or makes one from a study file after asking where."""
    if path.suffix.lower() in _STUDY_ENDINGS:
        window.open_study(path)
    elif path.suffix.lower() == _PROJECT_ENDING:
        window.open_project(path)
    else:
        window.tell(
            Message(
                _("{name} is neither a project nor a study file.").format(name=path.name),
                _("Open a file that ends in .qualcode or .yaml."),
            )
        )


def fill_recent(menu: QMenu, settings: Settings, open_project: Callable[[Path], object]) -> None:
    """Lists the recent projects that are still there."""
    menu.clear()
    for name in settings.get(RECENT_PROJECTS):
        path = Path(name)
        if path.is_file():
            menu.addAction(path.stem).triggered.connect(lambda _checked=False, path=path: open_project(path))
    if menu.isEmpty():
        menu.addAction(_("None yet")).setEnabled(False)
