"""The language of the window: its sentences, Qt's own words, dates and numbers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from qualcode.i18n import language_of, use_language

LANGUAGE_NAMES = {"en": "English", "nb": "Bokmål"}  # in their own words, in every language
_TRANSLATIONS = Path(__file__).parent / "resources" / "translations"
_OBJECT_NAME = "words-of-qt"


def speak(application: QCoreApplication, choice: str) -> None:
    """Speaks a language from now on; what is on the screen already stays as it is.

    Args:
        application: gets the translation of Qt's own words.
        choice: "system", "en" or "nb".
    """
    language = language_of(QLocale.system().uiLanguages()) if choice == "system" else choice
    use_language(language)
    before = application.findChild(QTranslator, _OBJECT_NAME)
    if before is not None:
        application.removeTranslator(before)
        before.setObjectName("")
        before.deleteLater()
    translator = QTranslator(application)
    translator.setObjectName(_OBJECT_NAME)
    if translator.load(f"qtbase_{language}", str(_TRANSLATIONS)):
        application.installTranslator(translator)
    QLocale.setDefault(_locale(language, choice))


def _locale(language: str, choice: str) -> QLocale:
    """How dates and sizes are written in Qt's own dialogs."""
    if language == "nb":
        return QLocale(QLocale.Language.NorwegianBokmal, QLocale.Country.Norway)
    if choice == "system":
        return QLocale.system()
    return QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
