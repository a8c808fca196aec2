"""Outlines are softened; everything else is left as it was drawn."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.drawing_memory import packed
from avatar.render.edges import FOUR, SPILT_BYTES, WORD, finish_row


def finished(height: int = 32, width: int = 32, slant: float = 0.0, is_one_part: bool = False) -> np.ndarray:
    """(height, width, 3): a light part beside a dark one.

    slant: by how many pixels their border goes to the right from row to row.
    """
    rows, columns = np.mgrid[:height, :width]
    is_light = columns >= width // 2 + np.floor(rows * slant)
    picture = np.where(is_light, 240, 0).astype(np.uint8)[..., None].repeat(3, axis=2)
    canvas = np.empty(height * width + FOUR, np.uint32)
    canvas[: height * width] = packed(picture).reshape(-1)
    owner = np.where(is_light & (not is_one_part), 2, 1).astype(np.uint8)
    image, backdrop = np.empty(picture.size + SPILT_BYTES, np.uint8), np.zeros(picture.size, np.uint8)
    changes = np.zeros(width + 2 * WORD, np.uint8)
    drawn = canvas[: height * width].reshape(height, width)
    for y in range(height):
        finish_row(image, drawn, owner, backdrop, y, 0, 0, width - 1, changes)
    return image[: picture.size].reshape(picture.shape)


def test_where_one_part_ends_and_another_begins_it_is_softened() -> None:
    image = finished()
    assert 0 < image[10, 15, 0] < image[10, 16, 0] < 240


def test_the_steps_of_a_slanting_outline_melt_into_a_ramp() -> None:
    edge = finished(slant=1 / 8)[:, :, 0].astype(float)
    # Where the true border crosses each row: how many pixels' worth of light lie right of it.
    light = edge.sum(axis=1) / 240
    assert np.abs(np.diff(light[4:-4])).max() < 0.55  # a bare staircase goes by whole pixels


def test_what_is_painted_on_a_part_stays_sharp() -> None:
    image = finished(is_one_part=True)
    assert not image[:, :16].any()
    assert (image[:, 16:] == 240).all()


@pytest.mark.parametrize(("height", "width"), [(31, 29), (5, 7), (3, 40)])
def test_a_picture_of_any_size_is_softened_up_to_its_rim(height: int, width: int) -> None:
    image = finished(height, width)
    assert (image[1:-1, width // 2 - 1, 0] > 0).all()
    assert (image[[0, -1], width // 2 - 1, 0] == 0).all()
