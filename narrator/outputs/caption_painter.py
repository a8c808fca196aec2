"""A video frame and its performance's captions in, the caption's plate, or the frame with it under the chin, out.

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
from narrator.outputs.caption_layout import Piece, lay_out, page_with, width_of
from narrator.outputs.caption_style import CaptionStyle, Colour

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

USUAL = CaptionStyle()
LETTER_HEIGHT = 0.048
"""Font size over picture height: 34 px of 720, about the 8 % a caption line takes on television (judgement)."""
LINE_PITCH = 1.3
"""Line distance over font size."""
PADDING = 0.3
"""Free plate round the letters, over font size."""
BOTTOM_MARGIN = 0.02
"""Free picture below the plate, over picture height."""
HIGHEST = 0.26
"""The plate's height over the picture's, with two lines; larger letters get one line, so that no mouth is covered."""
WIDEST = 0.94
"""Plate width over picture width at most."""
LINE_CHARS = 42
"""A caption line has at most this many characters (lipreading.md 5)."""
MEAN_ADVANCE = 0.62
"""Width of a bold sans-serif letter over font size, mean of English text."""
SMALLEST_PX = 8
MAX_LINES = 2


def letter_px(width: int, height: int, scale: float) -> float:
    """Font size: a share of the height, but so that a full line of the usual size fits the width."""
    return scale * min(LETTER_HEIGHT * height, WIDEST * width / (LINE_CHARS * MEAN_ADVANCE))


def caption_band(width: int, height: int, scale: float = 1.0) -> tuple[int, int]:
    """First and one past last row that captions may cover in a picture of this size."""
    size_px = letter_px(width, height, scale)
    bottom = round(height * (1 - BOTTOM_MARGIN))
    return max(0, round(bottom - _plate_height(size_px, _lines_that_fit(size_px, height)))), bottom


def _plate_height(size_px: float, lines: int) -> float:
    return size_px * (lines * LINE_PITCH + 2 * PADDING)


def _lines_that_fit(size_px: float, height: int) -> int:
    return next((lines for lines in range(MAX_LINES, 1, -1) if _plate_height(size_px, lines) <= HIGHEST * height), 1)


class CaptionPainter:
    """Keeps the caption of the moment as a finished patch, so that a frame costs one copy."""

    def __init__(self, width: int, height: int, style: CaptionStyle = USUAL) -> None:
        self._width, self._height = width, height
        self._style = style
        self._band = caption_band(width, height, style.scale)
        self._size_px = max(SMALLEST_PX, round(letter_px(width, height, style.scale)))
        self._max_lines = _lines_that_fit(self._size_px, height)
        self._fonts = {self._size_px: CaptionFonts(self._size_px, style.font)}
        self._caption: Caption | None = None
        self._word = -1
        self._page: Caption | None = None
        self._first_word = 0
        self._plain: Image | None = None
        self._lines: list[list[Piece]] = []
        self._font_px = self._size_px
        self._patch: RgbImage | None = None

    def paint(self, image: RgbImage, captions: Sequence[Caption], time_s: float) -> None:
        """Writes the caption of time_s onto image (RGB, or RGBA where it becomes opaque), in place."""
        if (placed := self.patch(captions, time_s)) is not None:
            patch, top, left = placed
            place = image[top : top + patch.shape[0], left : left + patch.shape[1]]
            place[..., :3] = patch
            place[..., 3:] = 255

    def patch(self, captions: Sequence[Caption], time_s: float) -> tuple[RgbImage, int, int] | None:
        """The plate (h, w, 3) with the caption of time_s, its top row and left column; None where there is none."""
        caption = caption_at(captions, time_s)
        if caption is None or not self._style.scale:
            return None
        word = caption.word_at(time_s)
        if caption is not self._caption or word != self._word:
            self._turn_page(caption, word)
            self._caption, self._word, self._patch = caption, word, self._draw(word - self._first_word)
        if self._patch is None:
            return None
        top = self._band[0]
        patch = self._patch[: self._height - top, : self._width]
        return patch, top, (self._width - patch.shape[1]) // 2

    def _turn_page(self, caption: Caption, word: int) -> None:
        """The part of the caption that fits and has the word, laid out anew only when it is another one."""
        room = WIDEST * self._width - 2 * PADDING * self._size_px
        page, first_word = page_with(caption, word, self._fonts[self._size_px], room, self._max_lines)
        if page != self._page:
            self._page, self._first_word = page, first_word
            self._prepare(page, room)

    def _prepare(self, page: Caption, room: float) -> None:
        """Lays the page out, smaller when a single word would not fit, and draws it with no word marked."""
        from PIL import Image, ImageDraw

        self._font_px = self._size_px
        self._lines = lay_out(page, self._fonts[self._size_px])
        widest = max(width_of(line) for line in self._lines)
        if widest > room:
            self._font_px = max(SMALLEST_PX, int(self._size_px * room / widest))
            fonts = self._fonts.setdefault(self._font_px, CaptionFonts(self._font_px, self._style.font))
            self._lines = lay_out(page, fonts)
            widest = max(width_of(line) for line in self._lines)
        padding = PADDING * self._font_px
        height = round(_plate_height(self._font_px, len(self._lines)))
        plate = self._style.colours.plate
        self._plain = Image.new("RGB", (min(self._width, round(widest + 4 * padding)), height), plate)
        pen = ImageDraw.Draw(self._plain)
        for left, middle, piece in self._places():
            _write(pen, left, middle, piece, self._style.colours.letters)

    def _draw(self, word: int) -> RgbImage | None:
        """The plate with that word marked."""
        from PIL import ImageDraw

        if self._plain is None:
            return None
        plate = self._plain.copy()
        pen = ImageDraw.Draw(plate)
        reach = LINE_PITCH * self._font_px / 2 - 1
        bleed = PADDING * self._font_px / 2
        colours = self._style.colours
        places = self._places()
        for place, (left, middle, piece) in enumerate(places):
            if piece.word == word >= 0 and not piece.text.isspace():
                # The mark ends where a full stop or a bracket stands against the word.
                before, after = (bleed if _has_room(places, place, step) else 0.0 for step in (-1, 1))
                box = (left - before, middle - reach, left + piece.width_px + after, middle + reach)
                pen.rounded_rectangle(box, radius=bleed, fill=colours.spoken_box)
                _write(pen, left, middle, piece, colours.spoken_letters)
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


def _has_room(places: list[tuple[float, float, Piece]], place: int, step: int) -> bool:
    """Whether nothing that can be seen stands right beside that piece on its line."""
    beside = place + step
    if not 0 <= beside < len(places) or places[beside][1] != places[place][1]:
        return True
    text = places[beside][2].text
    return (text[:1] if step > 0 else text[-1:]).isspace()


def caption_at(captions: Sequence[Caption], time_s: float) -> Caption | None:
    """The caption of that moment; None where there is none, or nothing in it."""
    caption = next((one for one in captions if one.start_s <= time_s < one.end_s), None)
    return caption if caption is not None and any(line.strip() for line in caption.lines) else None


def _write(pen: ImageDraw, left: float, middle: float, piece: Piece, colour: Colour) -> None:
    """Letters centred on middle by the font's own ascent and descent."""
    if not piece.text.isspace():
        pen.text((left, middle), piece.text, font=piece.font, fill=colour, anchor="lm")
