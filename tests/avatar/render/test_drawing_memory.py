"""Four bytes of a pixel lie in one word, and a window has room for a band and what is kept of the one before."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.drawing_memory import KEPT, packed, window


@pytest.mark.parametrize(("colour", "word"), [((1, 2, 3), 0xFF030201), ((1, 2, 3, 4), 0x04030201)])
def test_red_is_the_lowest_byte_and_what_has_no_alpha_is_opaque(colour: tuple[int, ...], word: int) -> None:
    picture = np.full((2, 5, len(colour)), colour, np.uint8)
    assert packed(picture).shape == (2, 5)
    assert (packed(picture) == word).all()


def test_a_window_holds_a_band_and_what_is_kept_of_the_one_before() -> None:
    canvas, depth = window(rows=20, width=64)
    assert canvas.shape == depth.shape == (20 + KEPT, 64)
