"""A video frame and its performance's captions in, the frame with the caption under the chin out.

White letters on an opaque dark plate; the word being spoken stands in a light box in dark letters, so that it differs
by shape and brightness, not by colour alone. The plate keeps to the lowest band of the picture (caption_band), which
the framing of a face leaves free below the chin, so that a mouth is never covered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from narrator.flow import Caption, RgbImage
from narrator.outputs.caption_font import CaptionFonts
from narrator.outputs.caption_layout import Piece, lay_out, width_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

PLATE_RGB = (16, 16, 16)
LETTERS_RGB = (255, 255, 255)
SPOKEN_BOX_RGB = (255, 214, 64)
SPOKEN_LETTERS_RGB = (0, 0, 0)

LETTER_HEIGHT = 0.048
"""Font size over picture height: 34 px of 720, about the 8 % a caption line takes on television (judgement)."""
LINE_PITCH = 1.3
"""Line distance over font size."""
PADDING = 0.3
"""Free plate round the letters, over font size."""
BOTTOM_MARGIN = 0.02
"""Free picture below the plate, over picture height."""
WIDEST = 0.94
"""Plate width over picture width at most."""
LINE_CHARS = 42
"""A caption line has at most this many characters (lipreading.md 5)."""
MEAN_ADVANCE = 0.62
"""Width of a bold sans-serif letter over font size, mean of English text."""
SMALLEST_PX = 8
MAX_LINES = 2


def caption_band(height: int, text_scale: float = 1.0) -> tuple[int, int]:
    """First and one past last row that captions of two lines may cover in a picture of this height."""
    size_px = LETTER_HEIGHT * height * text_scale
    bottom = round(height * (1 - BOTTOM_MARGIN))
    return max(0, round(bottom - size_px * (MAX_LINES * LINE_PITCH + 2 * PADDING))), bottom


class CaptionPainter:
    """Keeps the caption of the moment as a finished patch, so that a frame costs one copy."""

    def __init__(self, width: int, height: int, text_scale: float = 1.0) -> None:
        self._width = width
        self._band = caption_band(height, text_scale)
        by_width = WIDEST * width / (LINE_CHARS * MEAN_ADVANCE)
        self._size_px = max(SMALLEST_PX, round(min(LETTER_HEIGHT * height * text_scale, by_width * text_scale)))
        self._fonts = {self._size_px: CaptionFonts(self._size_px)}
        self._caption: Caption | None = None
        self._word = -1
        self._plain: Image | None = None
        self._lines: list[list[Piece]] = []
        self._font_px = self._size_px
        self._patch: RgbImage | None = None

    def paint(self, image: RgbImage, captions: Sequence[Caption], time_s: float) -> None:
        """Writes the caption of time_s onto image, in place; nothing where there is none."""
        caption = next((one for one in captions if one.start_s <= time_s < one.end_s), None)
        if caption is None or not any(line.strip() for line in caption.lines):
            return
        word = caption.word_at(time_s)
        if caption is not self._caption:
            self._prepare(caption)
            self._caption, self._word, self._patch = caption, word, self._draw(word)
        elif word != self._word:
            self._word, self._patch = word, self._draw(word)
        if self._patch is not None:
            self._paste(image, self._patch)

    def _paste(self, image: RgbImage, patch: RgbImage) -> None:
        top = self._band[0]
        height, width = min(patch.shape[0], image.shape[0] - top), min(patch.shape[1], image.shape[1])
        left = (image.shape[1] - width) // 2
        image[top : top + height, left : left + width] = patch[:height, :width]

    def _prepare(self, caption: Caption) -> None:
        """Lays the caption out, smaller when it would not fit, and draws it with no word marked."""
        from PIL import Image, ImageDraw

        self._font_px = self._size_px
        self._lines = lay_out(caption, self._fonts[self._size_px])
        widest = max(width_of(line) for line in self._lines)
        room = WIDEST * self._width - 2 * PADDING * self._size_px
        if widest > room:
            self._font_px = max(SMALLEST_PX, int(self._size_px * room / widest))
            fonts = self._fonts.setdefault(self._font_px, CaptionFonts(self._font_px))
            self._lines = lay_out(caption, fonts)
            widest = max(width_of(line) for line in self._lines)
        padding = PADDING * self._font_px
        height = round(len(self._lines) * LINE_PITCH * self._font_px + 2 * padding)
        self._plain = Image.new("RGB", (min(self._width, round(widest + 4 * padding)), height), PLATE_RGB)
        pen = ImageDraw.Draw(self._plain)
        for left, middle, piece in self._places():
            _write(pen, left, middle, piece, LETTERS_RGB)

    def _draw(self, word: int) -> RgbImage | None:
        """The plate with that word marked."""
        from PIL import ImageDraw

        if self._plain is None:
            return None
        plate = self._plain.copy()
        pen = ImageDraw.Draw(plate)
        reach = LINE_PITCH * self._font_px / 2 - 1
        bleed = PADDING * self._font_px / 2
        for left, middle, piece in self._places():
            if piece.word == word >= 0 and not piece.text.isspace():
                box = (left - bleed, middle - reach, left + piece.width_px + bleed, middle + reach)
                pen.rounded_rectangle(box, radius=bleed, fill=SPOKEN_BOX_RGB)
                _write(pen, left, middle, piece, SPOKEN_LETTERS_RGB)
        return np.asarray(plate)

    def _places(self) -> list[tuple[float, float, Piece]]:
        """(left, vertical middle, piece) of every piece, pixels on the plate."""
        assert self._plain is not None
        places = []
        for row, line in enumerate(self._lines):
            left = (self._plain.width - width_of(line)) / 2
            middle = PADDING * self._font_px + (row + 0.5) * LINE_PITCH * self._font_px
            for piece in line:
                places.append((left, middle, piece))
                left += piece.width_px
        return places


def _write(pen: ImageDraw, left: float, middle: float, piece: Piece, colour: tuple[int, int, int]) -> None:
    """Letters centred on middle by the font's own ascent and descent."""
    if not piece.text.isspace():
        pen.text((left, middle), piece.text, font=piece.font, fill=colour, anchor="lm")
