"""Every colour of the window, light and dark; nothing else in the program names a colour."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours by purpose.

    Attributes:
        window: side panels, bars, first page.
        surface: the text, grids.
        raised: cards, popovers, plain buttons.
        sunken: the bed of a segmented control.
        hover: a row or button under the pointer.
        select: a selected row or cell.
        line: between rows and inside a card.
        border: between panes.
        border2: around controls.
        ink: text.
        ink2: text of second rank, icons.
        ink3: hints and times.
        accent: the one main button, focus ring, progress, caret; fills and icons only.
        on_accent: text on accent.
        accent_text: links, matched letters, badge numbers.
        good: with an icon or a word.
        warn: with an icon or a word.
        bad: with an icon or a word.
        shadow: under cards and popovers (drawn with little opacity).
        tint: opacity behind text of one code, of two that overlap, of three or more.
    """

    window: str
    surface: str
    raised: str
    sunken: str
    hover: str
    select: str
    line: str
    border: str
    border2: str
    ink: str
    ink2: str
    ink3: str
    accent: str
    on_accent: str
    accent_text: str
    good: str
    warn: str
    bad: str
    shadow: str
    shadow_strength: float
    tint: tuple[float, float, float]
    is_dark: bool


LIGHT = Tokens(
    window="#F6F6F4",
    surface="#FFFFFF",
    raised="#FFFFFF",
    sunken="#F0F0ED",
    hover="#EEEEEB",
    select="#E4ECFC",
    line="#EFEEEB",
    border="#E5E4E0",
    border2="#D2D1CC",
    ink="#1D2024",
    ink2="#52575D",
    ink3="#666B71",
    accent="#2A6BD8",
    on_accent="#FFFFFF",
    accent_text="#1F4FB8",
    good="#2B6E45",
    warn="#8A5A00",
    bad="#B3302A",
    shadow="#000000",
    shadow_strength=1.0,
    tint=(0.15, 0.12, 0.10),
    is_dark=False,
)

DARK = Tokens(
    window="#17191C",
    surface="#1C1F23",
    raised="#262A2F",
    sunken="#141619",
    hover="#25292E",
    select="#22314F",
    line="#262A2F",
    border="#2C3036",
    border2="#3D434B",
    ink="#E4E6E9",
    ink2="#ABB1B9",
    ink3="#949BA4",
    accent="#8AB0FF",
    on_accent="#0B1B3A",
    accent_text="#8AB0FF",
    good="#7CC79A",
    warn="#E3B45C",
    bad="#FF9A91",
    shadow="#000000",
    shadow_strength=2.6,
    tint=(0.18, 0.13, 0.10),
    is_dark=True,
)

LETTER_ON_DARK_MARK = "#FFFFFF"
LETTER_ON_LIGHT_MARK = "#15171A"


class Shape(Enum):
    """The outline of a code's mark."""

    SQUARE = "square"
    HEXAGON = "hexagon"
    SHIELD = "shield"
    LEAF = "leaf"
    DIAMOND = "diamond"
    ARCH = "arch"
    TAG_RIGHT = "tag, right"
    OCTAGON = "octagon"
    BOWL = "bowl"
    HOUSE = "house"
    LEAF_MIRRORED = "leaf, mirrored"
    TAG_LEFT = "tag, left"


@dataclass(frozen=True, slots=True)
class CodeColour:
    """One of the twelve colours of themes, with the shape that belongs to it."""

    name: str
    light: str
    dark: str
    shape: Shape


# In the order in which themes take them: neighbours in this list differ most.
CODE_COLOURS = (
    CodeColour("Crimson", "#AC4256", "#C2695E", Shape.SQUARE),
    CodeColour("Teal", "#037471", "#6BD3C9", Shape.ARCH),
    CodeColour("Amber", "#BC6F06", "#E8C867", Shape.SHIELD),
    CodeColour("Indigo", "#2B1A81", "#7384D6", Shape.OCTAGON),
    CodeColour("Orchid", "#A04EBC", "#9E6699", Shape.HOUSE),
    CodeColour("Umber", "#3C2D09", "#F6DEC8", Shape.TAG_LEFT),
    CodeColour("Green", "#3D976D", "#9AA74A", Shape.DIAMOND),
    CodeColour("Petrol", "#054C73", "#4CACCD", Shape.TAG_RIGHT),
    CodeColour("Rust", "#7B342D", "#F2A58A", Shape.HEXAGON),
    CodeColour("Violet", "#6721A9", "#CCBBFF", Shape.BOWL),
    CodeColour("Olive", "#686203", "#6B811E", Shape.LEAF),
    CodeColour("Plum", "#601147", "#DF81A2", Shape.LEAF_MIRRORED),
)


class Circle(Enum):
    """How a group's circle is filled."""

    FULL = "full"
    RING = "ring"
    HALF = "half"
    DOT = "dot in ring"
    QUARTER = "quarter"
    BAR = "bar"
    CROSS = "cross"
    TWO_DOTS = "two dots"
    UNKNOWN = "unknown"


GROUP_CIRCLES = (
    Circle.FULL,
    Circle.RING,
    Circle.HALF,
    Circle.DOT,
    Circle.QUARTER,
    Circle.BAR,
    Circle.CROSS,
    Circle.TWO_DOTS,
)
GROUP_COLOURS = (  # light, dark
    ("#7A6A52", "#C9B592"),
    ("#4F6F73", "#9CC2C6"),
    ("#6C6285", "#BDB2DA"),
    ("#86605A", "#D8AFA8"),
)
