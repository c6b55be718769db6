"""Contrast and lightness of colours, for letters in marks and for the dark form of a codebook's own colour."""

from __future__ import annotations

Rgb = tuple[float, float, float]


def rgb(colour: str) -> Rgb:
    """Red, green and blue of "#RRGGBB", each 0 to 1."""
    digits = colour.removeprefix("#")
    return (int(digits[0:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:6], 16) / 255)


def hexadecimal(colour: Rgb) -> str:
    """The colour as "#RRGGBB"; channels outside 0 to 1 are cut."""
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, each))):02X}" for each in colour)


def mixed(over: str, under: str, opacity: float) -> str:
    """What one sees of a colour that lies over another with an opacity."""
    pairs = zip(rgb(over), rgb(under), strict=True)
    red, green, blue = (opacity * top + (1 - opacity) * ground for top, ground in pairs)
    return hexadecimal((red, green, blue))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.1, relative luminance)."""
    lights = []
    for colour in (one, other):
        red, green, blue = (_linear(channel) for channel in rgb(colour))
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def readable_on(colour: str, ground: str, at_least: float) -> str:
    """The colour, mixed with white in small steps until it stands out from a dark ground."""
    for step in range(21):
        lighter = mixed("#FFFFFF", colour, step / 20)
        if contrast(lighter, ground) >= at_least:
            return lighter
    return "#FFFFFF"
