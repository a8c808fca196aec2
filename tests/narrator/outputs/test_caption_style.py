"""Colours by name or by number are taken, unreadable ones are refused with what to do."""

from __future__ import annotations

import pytest

from narrator.errors import SettingError
from narrator.outputs.caption_style import COLOURS, caption_colours, contrast


@pytest.mark.parametrize("name", COLOURS)
def test_every_name_is_known(name: str) -> None:
    assert caption_colours(name) is COLOURS[name]


def test_ones_own_colours_are_taken_and_the_spoken_word_is_reversed() -> None:
    mine = caption_colours("#FFFF00/#000080")
    assert (mine.letters, mine.plate) == ((255, 255, 0), (0, 0, 128))
    assert (mine.spoken_letters, mine.spoken_box) == (mine.plate, mine.letters)


@pytest.mark.parametrize("words", ["purple", "#ffffff", "#fff/#000", ""])
def test_anything_else_is_told_with_what_there_is(words: str) -> None:
    with pytest.raises(SettingError, match="contrast"):
        caption_colours(words)


def test_letters_nobody_can_tell_from_their_plate_are_refused() -> None:
    with pytest.raises(SettingError, match="4.5"):
        caption_colours("#777777/#888888")


def test_contrast_is_wcags() -> None:
    assert contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)  # WCAG's own example, #777
