"""Captions are readable, keep to their band, and mark the spoken word by more than colour."""

from __future__ import annotations

import time

import numpy as np
import pytest

from narrator.flow import Caption, Word
from narrator.outputs.caption_font import CaptionFonts
from narrator.outputs.caption_painter import HIGHEST, CaptionPainter, caption_band, letter_px
from narrator.outputs.caption_style import COLOURS, LEAST_CONTRAST, CaptionStyle, contrast

NON_TEXT_CONTRAST = 3.0
"""WCAG 1.4.11."""
USUAL = COLOURS["dark"]
FULL_LINE = "A line of forty-two characters, mmmmm wwww"


def caption(*lines: str) -> Caption:
    words, start = [], 0
    for line in lines:
        for word in line.split():
            first = line.index(word, max(0, words[-1].end_char - start) if words and words[-1].end_char > start else 0)
            words.append(Word(word, len(words) * 0.3, 0.3, start + first, start + first + len(word)))
        start += len(line) + 1
    return Caption(lines, 0.0, 10.0, tuple(words))


def painted(one: Caption, time_s: float, width: int = 1280, height: int = 720, grey: int = 127) -> np.ndarray:
    image = np.full((height, width, 3), grey, np.uint8)
    CaptionPainter(width, height).paint(image, [one], time_s)
    return image


@pytest.mark.parametrize("name", COLOURS)
def test_letters_stand_out_from_what_they_stand_on(name: str) -> None:
    colours = COLOURS[name]
    assert contrast(colours.letters, colours.plate) >= LEAST_CONTRAST
    assert contrast(colours.spoken_letters, colours.spoken_box) >= LEAST_CONTRAST
    assert contrast(colours.spoken_box, colours.plate) >= NON_TEXT_CONTRAST


@pytest.mark.parametrize("grey", [0, 127, 255])
def test_the_contrast_holds_on_any_picture(grey: int) -> None:
    image = painted(caption("mmmm wwww"), 0.1, grey=grey)
    rows, columns = np.nonzero((image != grey).any(axis=2))
    plate = image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    assert (plate == USUAL.plate).all(axis=2).mean() > 0.3
    assert (plate == USUAL.letters).all(axis=2).any()
    assert (plate == USUAL.spoken_box).all(axis=2).any()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 360), (512, 512), (320, 180), (1920, 1080)])
def test_nothing_is_painted_outside_the_band_or_the_picture(width: int, height: int) -> None:
    image = painted(caption(FULL_LINE, FULL_LINE), 0.1, width, height)
    rows, columns = np.nonzero((image != 127).any(axis=2))
    top, bottom = caption_band(width, height)
    assert top <= rows.min()
    assert rows.max() < bottom + 1
    assert columns.min() > 0
    assert columns.max() < width - 1


def test_the_band_leaves_four_fifths_of_the_picture_to_the_face() -> None:
    assert caption_band(1280, 720)[0] >= 0.8 * 720


def test_the_spoken_word_is_in_a_box_that_moves_on() -> None:
    one = caption("alpha beta gamma")
    lefts = []
    for time_s in (0.1, 0.4, 0.7):
        box = (painted(one, time_s) == USUAL.spoken_box).all(axis=2)
        lefts.append(int(np.flatnonzero(box.any(axis=0)).min()))
    assert lefts[0] < lefts[1] < lefts[2]


def test_the_mark_leaves_the_full_stop_beside_it_alone() -> None:
    spoken, silent = (
        Caption(("Hello!",), 0.0, 10.0, (Word("Hello", 0.0, 0.3, 0, 5),)),
        Caption(("Hello!",), 0.0, 10.0, ()),
    )
    marked, plain = painted(spoken, 0.1), painted(silent, 0.1)
    letters = np.flatnonzero((plain == USUAL.letters).all(axis=2).any(axis=0))
    sign = letters[np.flatnonzero(np.diff(letters) > 1)[-1] + 1]  # first column of the last letter
    changed = np.flatnonzero((marked != plain).any(axis=(0, 2)))
    assert len(changed)
    assert changed.max() < sign


def test_the_mark_survives_without_colour() -> None:
    grey = painted(caption("alpha beta"), 0.1).mean(axis=2)
    middle = round(caption_band(1280, 720)[0] + 0.6 * 36)
    row = grey[middle]
    assert row.max() > 250  # white letters of beta
    box_grey = np.mean(USUAL.spoken_box)
    assert (np.abs(row - box_grey) < 2).sum() > 10  # the light plate of alpha


def test_before_the_first_word_nothing_is_marked_and_after_the_last_the_last_stays() -> None:
    late = Caption(("alpha",), 0.0, 3.0, (Word("alpha", 1.0, 0.3, 0, 5),))
    assert not (painted(late, 0.5) == USUAL.spoken_box).all(axis=2).any()
    assert (painted(late, 2.5) == USUAL.spoken_box).all(axis=2).any()


def test_without_a_caption_at_that_moment_the_picture_stays_as_it_was() -> None:
    assert (painted(caption("alpha"), 11.0) == 127).all()
    assert (painted(Caption(("", ""), 0.0, 1.0, ()), 0.5) == 127).all()


def test_a_line_of_wide_characters_is_made_smaller_until_it_fits() -> None:
    image = painted(caption("W" * 42), 0.1)
    assert (image[:, [0, -1]] == 127).all()


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (560, 680)])
def test_letters_of_twice_the_size_show_fewer_words_at_once_and_leave_the_mouth_free(width: int, height: int) -> None:
    one, style = caption(FULL_LINE, FULL_LINE), CaptionStyle(2.0)
    image = np.full((height, width, 3), 127, np.uint8)
    painter = CaptionPainter(width, height, style)
    boxes = []
    for word in range(len(one.words)):
        image[:] = 127
        painter.paint(image, [one], word * 0.3 + 0.1)
        rows = np.flatnonzero((image != 127).any(axis=(1, 2)))
        boxes.append(np.argwhere((image == USUAL.spoken_box).all(axis=2)))
        assert rows.min() >= (1 - HIGHEST - 0.03) * height
        assert len(boxes[-1]) > 0, "the word being said is always on the page"
    heights = [np.ptp(box[:, 0]) + 1 for box in boxes]
    assert min(heights) >= 2 * letter_px(width, height, 1.0)


def test_a_caption_on_a_picture_one_can_see_through_is_opaque() -> None:
    image = np.zeros((360, 640, 4), np.uint8)
    CaptionPainter(640, 360).paint(image, [caption("alpha")], 0.1)
    opaque = image[..., 3] == 255
    assert opaque.any()
    assert (image[opaque][:, :3] == USUAL.plate).all(axis=1).any()
    assert not image[~opaque].any()


def test_the_persons_own_font_goes_first() -> None:
    assert "Mono" in CaptionFonts(24, "DejaVu Sans Mono").font_for("abc").getname()[0]
    assert CaptionFonts(24, "no such font").font_for("abc").getlength("abc") > 0


def test_a_frame_costs_less_than_half_a_millisecond_over_a_caption() -> None:
    one, image = caption(FULL_LINE, FULL_LINE), np.zeros((720, 1280, 3), np.uint8)
    painter = CaptionPainter(1280, 720)
    painter.paint(image, [one], 0.0)  # opens the font
    began_s = time.process_time()
    frames = 300
    for frame in range(frames):
        painter.paint(image, [one], frame / 30)
    assert (time.process_time() - began_s) / frames < 0.5e-3
