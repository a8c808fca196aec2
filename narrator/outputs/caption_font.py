"""A piece of text and a size in, a font of this machine that has its letters out."""

from __future__ import annotations

import functools
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

_FONT_FILES = (
    "DejaVuSans-Bold.ttf",  # Linux
    "NotoSans-Bold.ttf",
    "LiberationSans-Bold.ttf",
    "Arial Bold.ttf",  # macOS
    "arialbd.ttf",  # Windows
    "segoeuib.ttf",
    "Arial Unicode.ttf",
    "NotoSansCJK-Bold.ttc",
    "NotoSansArabic-Bold.ttf",
    "NotoSansDevanagari-Bold.ttf",
    "msyhbd.ttc",
    "YuGothB.ttc",
    "malgunbd.ttf",
    "Nirmala.ttc",
    "PingFang.ttc",
    "Hiragino Sans GB.ttc",
    "AppleSDGothicNeo.ttc",
)
"""Widespread sans-serif fonts, each found by Pillow in the folders its system keeps fonts in."""
_ABSENT = "\U0010fffd"
"""A private character that no font has: it draws the font's sign for "I don't have this"."""
_FONTCONFIG_LIMIT_S = 5.0


class CaptionFonts:
    """Fonts of one size, opened when a text first needs them and kept."""

    def __init__(self, size_px: int, wished: str = "") -> None:
        """wished: the file or family name of a font that goes before all others where it is there."""
        self.size_px = size_px
        first = _open(wished, size_px) or _open(_fontconfig_path(f"{wished}:bold"), size_px) if wished else None
        self._opened: list[FreeTypeFont | ImageFont] = [first] if first else []
        self._names_left = list(_FONT_FILES)
        self._chosen: dict[str, FreeTypeFont | ImageFont] = {}

    def font_for(self, text: str) -> FreeTypeFont | ImageFont:
        """The first font that has every letter of text, or else the one that has most of them."""
        if text not in self._chosen:
            self._chosen[text] = self._choose(text)
        return self._chosen[text]

    def _choose(self, text: str) -> FreeTypeFont | ImageFont:
        letters = {letter for letter in text if not letter.isspace()}
        for font in self._opened:
            if _missing(font, letters) == 0:
                return font
        while self._names_left:
            opened = _open(self._names_left.pop(0), self.size_px)
            if opened is not None:
                self._opened.append(opened)
                if _missing(opened, letters) == 0:
                    return opened
        asked = self._ask_fontconfig(letters)
        if asked is not None:
            return asked
        if not self._opened:
            from PIL import ImageFont

            self._opened.append(ImageFont.load_default(self.size_px))
        return min(self._opened, key=lambda font: _missing(font, letters))

    def _ask_fontconfig(self, letters: set[str]) -> FreeTypeFont | None:
        """Where fontconfig knows of a font with these letters, that font."""
        codes = " ".join(sorted(f"{ord(letter):x}" for letter in letters))
        font = _open(_fontconfig_path(f"sans:bold:charset={codes}"), self.size_px) if codes else None
        if font is None or _missing(font, letters):
            return None
        self._opened.append(font)
        return font


@functools.lru_cache(maxsize=256)
def _fontconfig_path(pattern: str) -> str:
    """The file fontconfig names for the pattern; empty when there is no fontconfig."""
    program = shutil.which("fc-match")
    if program is None:
        return ""
    try:
        answer = subprocess.run(
            [program, "-f", "%{file}", pattern], capture_output=True, text=True, timeout=_FONTCONFIG_LIMIT_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()


def _open(name: str, size_px: int) -> FreeTypeFont | None:
    from PIL import ImageFont

    try:
        return ImageFont.truetype(name, size_px) if name else None
    except OSError:
        return None


def _missing(font: FreeTypeFont | ImageFont, letters: set[str]) -> int:
    """How many of the letters this font does not have."""
    absent = bytes(font.getmask(_ABSENT))
    return sum(1 for letter in letters if bytes(font.getmask(letter)) == absent)
