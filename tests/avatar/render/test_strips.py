"""Strips hold every texel of a texture, and beside each its right neighbour."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.strips import PITCH, STRIP, in_strips


@pytest.mark.parametrize("width", [1, STRIP - 1, STRIP, STRIP + 1, 3 * STRIP, 70])
def test_every_texel_and_its_right_neighbour_lie_where_they_are_looked_for(width: int) -> None:
    texture = np.arange(5 * width, dtype=np.uint32).reshape(5, width)
    strips = in_strips(texture)
    assert strips.shape == (-(-width // STRIP), 5, PITCH)
    for column in range(width):
        strip, inside = divmod(column, STRIP)
        np.testing.assert_array_equal(strips[strip, :, inside], texture[:, column])
        np.testing.assert_array_equal(strips[strip, :, inside + 1], texture[:, min(column + 1, width - 1)])
