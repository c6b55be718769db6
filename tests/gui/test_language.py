"""The window speaks Bokmål and English, Qt's own dialogs too, and changes from one to the other while it is open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qualcode.gui.language import LANGUAGE_NAMES, speak
from qualcode.gui.main_window import MainWindow
from qualcode.gui.widgets.controls import ElidedLabel
from qualcode.i18n import language_in_use
from qualcode.settings import LANGUAGE, Settings
from tools.sentences import LOCALES, read


@pytest.fixture(autouse=True)
def english_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    speak(qapp, "en")
    QLocale.setDefault(QLocale.system())


@pytest.fixture
def bokmaal(qtbot: QtBot, qapp: QApplication, looks: None, settings: Settings) -> Iterator[MainWindow]:
    """The window as it starts for somebody who chose Bokmål."""
    settings.set(LANGUAGE, "nb")
    speak(qapp, "nb")
    made = MainWindow(settings)
    made.resize(1280, 800)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def segment(window: MainWindow, text: str) -> QPushButton:
    """A choice on the first page."""
    return next(each for each in window.first_page.findChildren(QPushButton) if each.text() == text)


def settle() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for _turn in range(4):
        QApplication.processEvents()


def test_first_page_changes_the_language_at_once(window: MainWindow, settings: Settings) -> None:
    assert window.first_page.cards[-1].accessibleName() == "Open a project"
    QTest.mouseClick(segment(window, "Bokmål"), Qt.MouseButton.LeftButton)
    settle()
    assert settings.get(LANGUAGE) == "nb"
    assert window.first_page.cards[-1].accessibleName() == "Åpne et prosjekt"
    assert window.first_page.isVisible()
    assert segment(window, "Bokmål").isChecked()
    assert window.focusWidget() is segment(window, "Bokmål")
    assert window.actions_table["language_nb"].isChecked()
    QTest.mouseClick(segment(window, "English"), Qt.MouseButton.LeftButton)
    settle()
    assert window.first_page.cards[-1].accessibleName() == "Open a project"


def test_an_open_project_stays_open(window: MainWindow, project_path: Path) -> None:
    window.open_project(project_path)
    window.actions_table["show_tables"].trigger()
    window.actions_table["language_nb"].trigger()
    settle()
    assert window.workbench is not None
    assert window.workbench.screen_name == "tables"
    assert window.actions_table["undo"].text().startswith("Angre")
    assert {"Koding", "Gjennomgang", "Tabeller"} <= {each.text() for each in window.top_bar.findChildren(QPushButton)}


def test_commands_are_there_once_after_a_change(window: MainWindow, project_path: Path) -> None:
    before = len(window.actions())
    window.actions_table["language_nb"].trigger()
    settle()
    assert len(window.actions()) == before
    window.open_project(project_path)
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.workbench is not None
    assert window.workbench.screen_name == "review"


def test_language_of_the_system_is_asked(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    norway = QLocale(QLocale.Language.NorwegianNynorsk, QLocale.Country.Norway)
    monkeypatch.setattr(QLocale, "system", lambda: norway)
    speak(qapp, "system")
    assert language_in_use() == "nb"


def test_scores_have_a_comma(bokmaal: MainWindow, project_path: Path) -> None:
    bokmaal.open_project(project_path)
    assert bokmaal.workbench is not None
    bokmaal.workbench.coding.walk.next_suggestion()
    texts = [each.text() for each in bokmaal.workbench.coding.findChildren(QLabel)]
    assert any(text.startswith(("0,", "1,")) for text in texts)
    assert not any(text.startswith(("0.", "1.")) for text in texts)


# Qt's own words


class Listening(QTranslator):
    """Notes what Qt asks to have translated."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str, str | None]] = set()

    def isEmpty(self) -> bool:
        """Qt asks only those that have something."""
        return False

    def translate(self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1) -> str:
        """Answers nothing, so that the next translator is asked."""
        self.asked.add((context, sourceText, disambiguation))
        return None  # type: ignore[return-value]


def test_qt_finds_all_words_of_its_dialogs(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    speak(qapp, "nb")
    listening = Listening()
    qapp.installTranslator(listening)
    dialog = QFileDialog(None, "", str(tmp_path))
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    field = QLineEdit("a")
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.Cancel)
    box.setDetailedText("a")
    for widget in (dialog, box):
        qtbot.addWidget(widget)
        widget.show()
    QApplication.processEvents()
    menu = field.createStandardContextMenu()
    assert [each.text().partition("\t")[0] for each in menu.actions() if each.text()][:2] == ["&Angre", "&Gjør om"]
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    assert buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Avbryt"
    qapp.removeTranslator(listening)
    own = qapp.findChild(QTranslator, "words-of-qt")
    assert isinstance(own, QTranslator)
    same = {"QShortcut", "QGuiApplication"}  # names of keys are the same, but for a few
    lacking = {each for each in listening.asked if each[0] not in same and not own.translate(*each)}
    assert lacking == set()
    assert len(listening.asked) > 40


# What can be seen


def said(window: MainWindow) -> set[str]:
    """Everything that can be read or heard in the window."""
    texts = {action.text() for action in window.actions()}
    for each in window.findChildren(QWidget):
        texts |= {each.toolTip(), each.accessibleName(), each.accessibleDescription()}
        if isinstance(each, QLabel | QAbstractButton):
            texts.add(each.text().strip())
        elif isinstance(each, QLineEdit):
            texts.add(each.placeholderText())
    return texts


def test_no_english_is_left(bokmaal: MainWindow, project_path: Path) -> None:
    bokmaal.open_project(project_path)
    for screen in ("code", "review", "survey", "tables"):
        bokmaal.actions_table[f"show_{screen}"].trigger()
        settle()
    bokmaal.actions_table["shortcuts"].trigger()
    english = {
        message.id: message.string
        for message in read(LOCALES / "nb" / "LC_MESSAGES" / "qualcode.po")
        if isinstance(message.id, str) and message.id and message.id != message.string
    }
    assert len(said(bokmaal)) > 100
    in_their_own_words = set(LANGUAGE_NAMES.values())
    assert said(bokmaal) & english.keys() - set(english.values()) - in_their_own_words == set()


def cut(window: QWidget) -> list[str]:
    """Texts of labels and buttons that have less room than they need."""
    found = []
    for each in window.findChildren(QWidget):
        if not each.isVisible() or each.visibleRegion().isEmpty():
            continue
        if isinstance(each, ElidedLabel):
            if each.toolTip() and each.toolTip() == each.text():
                found.append(each.text())
        elif isinstance(each, QLabel) and each.text() and each.pixmap().isNull():
            needed = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
            too_narrow = not each.wordWrap() and each.sizeHint().width() > each.width() + 1
            if too_narrow or needed > each.height() + 1:
                found.append(each.text())
        elif isinstance(each, QAbstractButton) and each.text() and each.sizeHint().width() > each.width() + 1:
            found.append(each.text())
    return found


@pytest.mark.parametrize("language", ["en", "nb"])
def test_no_text_is_cut_at_1280(qtbot: QtBot, bokmaal: MainWindow, project_path: Path, language: str) -> None:
    window = bokmaal
    window.set_language(language)
    settle()
    assert cut(window) == []
    window.open_project(project_path)
    bench = window.workbench
    assert bench is not None
    for screen in ("code", "review", "survey", "tables"):
        window.actions_table[f"show_{screen}"].trigger()
        if screen == "code":
            bench.coding.walk.next_suggestion()
        settle()
        assert cut(window) == [], screen


def test_no_text_is_cut_while_one_decides(bokmaal: MainWindow, project_path: Path) -> None:
    bokmaal.open_project(project_path)
    bokmaal.actions_table["show_review"].trigger()
    settle()
    for key, held in (("E", ""), ("R", "shift"), ("A", ""), ("A", "")):
        modifier = Qt.KeyboardModifier.ShiftModifier if held else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(QApplication.focusWidget() or bokmaal, getattr(Qt.Key, f"Key_{key}"), modifier)
        settle()
        assert cut(bokmaal) == [], key
        if key in "ER":
            QTest.keyClick(QApplication.focusWidget() or bokmaal, Qt.Key.Key_Escape)
            settle()


def test_no_text_of_a_sheet_or_message_is_cut(bokmaal: MainWindow) -> None:
    for sheet in ("shortcuts", "about"):
        bokmaal.actions_table[sheet].trigger()
        settle()
        assert cut(bokmaal) == []
    bokmaal.open_path(Path("bilde.png"))
    settle()
    assert "bilde.png er verken et prosjekt eller en studiefil." in [
        each.text() for each in bokmaal.message_line.findChildren(QLabel)
    ]
    assert cut(bokmaal) == []
