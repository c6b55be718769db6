"""Marks of codes: colour, shape and letter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from math import atan2, cos, pi, sin, tan

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap

from qualcode.gui.resources import fonts
from qualcode.gui.resources.colour import contrast, readable_on
from qualcode.gui.resources.theme import tokens
from qualcode.gui.resources.tokens import (
    CODE_COLOURS,
    DARK,
    LETTER_ON_DARK_MARK,
    LETTER_ON_LIGHT_MARK,
    Shape,
)
from qualcode.model.codebook import Code, Codebook

_DARK_CONTRAST = 4.0
_BOX = 16.0  # shapes are described in a box of 16 x 16


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How a code is drawn.

    Attributes:
        light: colour in the light theme.
        dark: colour in the dark theme.
        shape: outline of the mark.
        letter: what stands in it.
    """

    light: str
    dark: str
    shape: Shape
    letter: str

    @property
    def colour(self) -> str:
        """The colour in the theme in force."""
        return self.dark if tokens().is_dark else self.light


NO_LOOK = CodeLook(CODE_COLOURS[5].light, CODE_COLOURS[5].dark, Shape.SQUARE, "?")


def code_looks(codebook: Codebook, language: str) -> dict[str, CodeLook]:
    """Colour, shape and letter for each code, by its key.

    A theme has the one of the twelve colours, with its shape, that the project keeps for it; from the thirteenth on the
    same colours come with other shapes. So nothing that is done to another theme changes it. A theme for which none is
    kept takes the next that is free. A code below takes colour and shape of the code above, with a letter of its own,
    unless the codebook names a colour for it. Letters are given by age: a code that is new, or moved among its
    siblings, changes none of the others.
    """
    looks: dict[str, CodeLook] = {}
    taken: dict[str, set[str]] = {}
    kept = {code.mark for code in codebook.codes if not code.parent}
    free = (each for each in count() if each not in kept)
    for code in sorted(codebook.codes, key=lambda each: (each.depth, each.id)):
        above = looks.get(code.parent)
        siblings = taken.setdefault(code.parent, {above.letter} if above else set())
        letter = _free_letter(code.name.in_language(language) or code.key, siblings)
        siblings.add(letter)
        if above is None:
            mark = code.mark if code.mark is not None else next(free)
            round_, place = divmod(mark, len(CODE_COLOURS))
            base = CODE_COLOURS[place]
            shape = CODE_COLOURS[(mark + 5 * round_) % len(CODE_COLOURS)].shape
            look = CodeLook(base.light, base.dark, shape, letter)
        else:
            look = CodeLook(above.light, above.dark, above.shape, letter)
        looks[code.key] = _with_own_colour(look, code)
    return looks


def _with_own_colour(look: CodeLook, code: Code) -> CodeLook:
    if not code.colour:
        return look
    own = code.colour.casefold()
    dark = next((each.dark for each in CODE_COLOURS if each.light.casefold() == own), None)
    return CodeLook(
        code.colour, dark or readable_on(code.colour, DARK.surface, _DARK_CONTRAST), look.shape, look.letter
    )


def _free_letter(name: str, taken: Iterable[str]) -> str:
    letters = [each.upper() for each in name if each.isalnum()]
    for letter in letters + list("ABCDEFGHIJKLMNOPQRSTUVWXYZ123456789"):
        if len(letter) == 1 and letter not in taken:
            return letter
    return letters[0] if letters else "?"


def rounded_polygon(points: list[tuple[float, float]], radius: float | list[float]) -> QPainterPath:
    """A closed path with its corners rounded; a radius for all or one for each corner."""
    path = QPainterPath()
    n = len(points)
    radii = radius if isinstance(radius, list) else [radius] * n
    for at, (x, y) in enumerate(points):
        before, after = points[at - 1], points[(at + 1) % n]
        to_before = atan2(before[1] - y, before[0] - x)
        to_after = atan2(after[1] - y, after[0] - x)
        angle = abs(to_after - to_before)
        angle = min(angle, 2 * pi - angle)
        back = radii[at] / tan(angle / 2)
        start = QPointF(x + back * cos(to_before), y + back * sin(to_before))
        end = QPointF(x + back * cos(to_after), y + back * sin(to_after))
        if at == 0:
            path.moveTo(start)
        else:
            path.lineTo(start)
        path.quadTo(QPointF(x, y), end)
    path.closeSubpath()
    return path


def _box(top_left: float, top_right: float, bottom_right: float, bottom_left: float) -> QPainterPath:
    corners = [(1.0, 1.0), (15.0, 1.0), (15.0, 15.0), (1.0, 15.0)]
    return rounded_polygon(corners, [top_left, top_right, bottom_right, bottom_left])


@lru_cache(maxsize=len(Shape))
def shape_path(shape: Shape) -> QPainterPath:
    """The outline of a shape in a box of 16 by 16."""
    if shape is Shape.SQUARE:
        return _box(3, 3, 3, 3)
    if shape is Shape.LEAF:
        return _box(8, 2, 8, 2)
    if shape is Shape.LEAF_MIRRORED:
        return _box(2, 8, 2, 8)
    if shape is Shape.ARCH:
        return _box(7.5, 7.5, 2, 2)
    if shape is Shape.BOWL:
        return _box(2, 2, 7.5, 7.5)
    if shape is Shape.HEXAGON:
        corners = [(8.0, 0.2), (14.8, 4.1), (14.8, 11.9), (8.0, 15.8), (1.2, 11.9), (1.2, 4.1)]
    elif shape is Shape.SHIELD:
        corners = [(1.2, 1.0), (14.8, 1.0), (14.8, 10.4), (8.0, 15.8), (1.2, 10.4)]
    elif shape is Shape.DIAMOND:
        corners = [(8.0, -0.6), (16.6, 8.0), (8.0, 16.6), (-0.6, 8.0)]
    elif shape is Shape.TAG_RIGHT:
        corners = [(0.6, 1.2), (10.4, 1.2), (16.2, 8.0), (10.4, 14.8), (0.6, 14.8)]
    elif shape is Shape.TAG_LEFT:
        corners = [(15.4, 1.2), (5.6, 1.2), (-0.2, 8.0), (5.6, 14.8), (15.4, 14.8)]
    elif shape is Shape.OCTAGON:
        cut = 4.6
        far = _BOX - cut
        corners = [
            (cut, 0.6), (far, 0.6), (15.4, cut), (15.4, far), (far, 15.4), (cut, 15.4), (0.6, far), (0.6, cut),
        ]  # fmt: skip
    else:
        corners = [(8.0, 0.0), (15.8, 6.0), (13.2, 15.2), (2.8, 15.2), (0.2, 6.0)]
    return rounded_polygon(corners, 1.2)


def letter_colour(ground: str) -> str:
    """White or nearly black, whichever stands out more."""
    return max((LETTER_ON_DARK_MARK, LETTER_ON_LIGHT_MARK), key=lambda each: contrast(each, ground))


@lru_cache(maxsize=1024)
def _pixmap(look: CodeLook, colour: str, side: int, ratio: float, outline: bool) -> QPixmap:
    pixels = round((side + 2) * ratio)
    made = QPixmap(pixels, pixels)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(1, 1)
    painter.save()
    scale = side / _BOX
    painter.scale(scale, scale)
    path = shape_path(look.shape)
    if outline:
        painter.translate(_BOX * 0.04, _BOX * 0.04)
        painter.scale(0.92, 0.92)
        painter.setPen(QPen(QColor(colour), 1.5 / scale))
        painter.drawPath(path)
    else:
        painter.fillPath(path, QColor(colour))
    painter.restore()
    letter = QFont(fonts.font(weight=fonts.SEMIBOLD))
    letter.setPixelSize(max(7, round(side * 0.62)))
    painter.setFont(letter)
    painter.setPen(QColor(colour if outline else letter_colour(colour)))
    drop = {Shape.HOUSE: 0.06, Shape.SHIELD: -0.04, Shape.ARCH: 0.04}.get(look.shape, 0.0) * side
    shift = {Shape.TAG_RIGHT: -0.06, Shape.TAG_LEFT: 0.06}.get(look.shape, 0.0) * side
    painter.drawText(QRectF(shift, drop, side, side), Qt.AlignmentFlag.AlignCenter, look.letter)
    painter.end()
    return made


def draw_mark(painter: QPainter, look: CodeLook, x: float, y: float, side: int = 16, *, outline: bool = False) -> None:
    """Draws a code's mark.

    Args:
        painter: where.
        look: what.
        x: left edge, in logical pixels.
        y: upper edge.
        side: width and height.
        outline: only the outline, for a suggestion.
    """
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(x - 1, y - 1), _pixmap(look, look.colour, side, ratio, outline))
