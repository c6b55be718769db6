"""The bundled typeface, and the few sizes in which it is used."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

FAMILY = "Inter"
DISPLAY_FAMILY = "Inter Display"

HINT = 11
SMALL = 12
CONTROL = 13
TITLE = 15
NUMBER = 24
PRODUCT = 28

REGULAR = QFont.Weight.Normal
MEDIUM = QFont.Weight.Medium
SEMIBOLD = QFont.Weight.DemiBold

_FOLDER = Path(__file__).parent / "fonts"
_FILES = ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Italic", "InterDisplay-SemiBold")
_SHARP_SCALE = 1.5
_scale = 1.0


def load_fonts() -> None:
    """Makes the bundled fonts known to Qt and finds the system's font scale; needs an application."""
    global _scale
    usual = {"darwin": 13.0, "win32": 12.0}.get(sys.platform, 15.0)
    system = QFontInfo(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).pixelSize()
    _scale = min(2.0, max(1.0, system / usual))
    font.cache_clear()
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(_FOLDER / f"{name}.ttf"))


def px(length: float) -> int:
    """A length of the design in this system's scale, in logical pixels."""
    return round(length * _scale)


@lru_cache(maxsize=256)  # rows and margins ask for the same few hundreds of times a picture
def font(
    size: float = CONTROL,
    weight: QFont.Weight = REGULAR,
    *,
    tabular: bool = False,
    italic: bool = False,
    family: str = FAMILY,
) -> QFont:
    """The typeface in a size of the design; copy it before changing it.

    Args:
        size: pixels in the design; the system's font scale is applied here.
        weight: `REGULAR`, `MEDIUM` or `SEMIBOLD`.
        tabular: digits of equal width, for columns of numbers.
        italic: slanted.
        family: `FAMILY` or `DISPLAY_FAMILY`.
    """
    made = QFont(family)
    made.setPixelSize(px(size))
    made.setWeight(weight)
    made.setItalic(italic)
    made.setFeature(QFont.Tag("calt"), 0)  # a transcript's "->" or "(c)" must stay what it is
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    if any(screen.devicePixelRatio() >= _SHARP_SCALE for screen in QGuiApplication.screens()):
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
