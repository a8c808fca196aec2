"""Every picture says in its corner, legibly and cheaply, that the face in it is synthetic."""

from __future__ import annotations

import time

import numpy as np
import pytest

from avatar.performer import Performer
from avatar.presenters.library import DEFAULT
from avatar.render.camera import FRAMINGS
from avatar.render.mark import mark
from narrator.flow import Delivery, Viewport

SIZES = [(1280, 720), (3840, 2160), (512, 512), (720, 1280), (320, 180), (160, 160)]


def changed(width: int, height: int, shade: int) -> np.ndarray:
    """(H, W) where the mark changes a picture of one shade."""
    bare = np.full((height, width, 3), shade, np.uint8)
    return (mark(bare.copy()) != bare).any(axis=2)


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_lies_in_the_upper_right_corner_away_from_mouth_and_captions(width: int, height: int) -> None:
    rows, columns = np.nonzero(changed(width, height, 128))
    assert rows.min() > 0
    assert rows.max() < height * 0.14
    assert columns.max() < width - 1
    assert columns.min() > width * 0.5


def luminance(shade: np.ndarray) -> np.ndarray:
    share = shade / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("shade", [0, 60, 128, 200, 255])
def test_its_letters_stand_out_from_their_ground_on_any_picture(shade: int) -> None:
    marked = mark(np.full((720, 1280, 3), shade, np.uint8))[:, :, 1]
    inside = marked[14:42, 1162:1264]  # the pill at this size
    letters, ground = np.quantile(inside, 0.97), np.quantile(inside, 0.3)
    assert (luminance(letters) + 0.05) / (luminance(ground) + 0.05) >= 3


def test_on_a_clear_picture_it_can_be_seen_and_the_rest_stays_clear() -> None:
    marked = mark(np.zeros((480, 480, 4), np.uint8))
    assert marked[:80, 300:, 3].max() > 230
    assert not marked[80:].any()
    opaque = np.full((480, 480, 4), 128, np.uint8)
    opaque[:, :, 3] = 255
    assert (mark(opaque)[:, :, 3] == 255).all()
    over_grey = mark(np.full((480, 480, 3), 128, np.uint8))
    assert np.abs(opaque[:, :, :3].astype(int) - over_grey).max() <= 2


def test_a_picture_with_no_room_for_a_word_stays_as_it_is() -> None:
    assert not changed(64, 48, 128).any()


def test_it_takes_next_to_no_time() -> None:
    picture = np.zeros((720, 1280, 3), np.uint8)
    mark(picture)
    start_s = time.thread_time()
    for _ in range(50):
        mark(picture)
    assert (time.thread_time() - start_s) / 50 < 0.001


@pytest.mark.parametrize("framing", FRAMINGS)
def test_every_picture_that_leaves_a_performer_carries_it(framing: str) -> None:
    drawn = Performer(DEFAULT).rest(Delivery(), Viewport(1280, 720, framing=framing), 0.0)
    letters = mark(np.zeros_like(drawn)).min(axis=2) > 225
    assert letters.sum() > 50
    assert drawn[letters].min() > 225
