"""What a person chose in, how captions look out: their size, font and colours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrator.errors import SettingError

Colour = tuple[int, int, int]
"""Red, green and blue of sRGB, 0..255."""

LEAST_CONTRAST = 4.5
"""Letters against their ground (WCAG 1.4.3)."""


@dataclass(frozen=True, slots=True)
class CaptionColours:
    """Letters on an opaque plate, and the word being spoken in a box of its own."""

    letters: Colour = (255, 255, 255)
    plate: Colour = (16, 16, 16)
    spoken_letters: Colour = (0, 0, 0)
    spoken_box: Colour = (255, 214, 64)


@dataclass(frozen=True, slots=True)
class CaptionStyle:
    """How captions are painted."""

    scale: float = 1.0
    """Size of the letters over the usual; 0 paints none."""
    font: str = ""
    """A font's file or family name; empty takes the first widespread one that this machine has."""
    colours: CaptionColours = CaptionColours()


COLOURS = {
    "dark": CaptionColours(),
    "light": CaptionColours((20, 20, 20), (250, 250, 246), (255, 255, 255), (20, 70, 160)),
    "yellow": CaptionColours((255, 222, 40), (0, 0, 0), (0, 0, 0), (255, 255, 255)),
    "contrast": CaptionColours((255, 255, 255), (0, 0, 0), (0, 0, 0), (255, 255, 0)),
}


def caption_colours(words: str) -> CaptionColours:
    """The colours of that name, or "#LETTERS/#PLATE" in hexadecimal, whose spoken word is shown reversed.

    Raises SettingError, also where letters could not be told from their plate.
    """
    if words in COLOURS:
        return COLOURS[words]
    found = re.fullmatch(r"#([0-9a-fA-F]{6})/#([0-9a-fA-F]{6})", words)
    if found is None:
        expected = f"colours for captions: {', '.join(COLOURS)}, or #RRGGBB/#RRGGBB for letters and plate"
        raise SettingError(expected, f'"{words}" came', "Choose one with --caption-colours.")
    letters, plate = (_colour(code) for code in found.groups())
    if contrast(letters, plate) < LEAST_CONTRAST:
        came = f'"{words}" has {contrast(letters, plate):.1f}'
        raise SettingError(f"a contrast of {LEAST_CONTRAST} at least", came, "Choose lighter or darker ones.")
    return CaptionColours(letters, plate, plate, letters)


def contrast(first: Colour, second: Colour) -> float:
    """How much lighter one is than the other, 1..21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [value / 255 / 12.92 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _colour(code: str) -> Colour:
    red, green, blue = bytes.fromhex(code)
    return red, green, blue
