"""Lips in plain view are told from cloth that lies over them."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from avatar.presenters.from_picture.faces import find_faces
from avatar.presenters.intake.mouth_in_view import MouthSeen, look_at_mouth
from narrator.flow import RgbImage


def test_bare_lips_are_seen_in_colour_and_in_grey(portrait: RgbImage) -> None:
    grey = np.repeat(cv2.cvtColor(portrait, cv2.COLOR_RGB2GRAY)[:, :, None], 3, axis=2)
    for picture in (portrait, grey):
        assert look_at_mouth(picture, find_faces(picture)[0]).is_in_view


@pytest.mark.parametrize("colour", [(235, 238, 240), (25, 25, 28), (210, 165, 145)], ids=["white", "black", "skin"])
def test_a_mask_hides_them(covered: Callable[[tuple[int, int, int]], RgbImage], colour: tuple[int, int, int]) -> None:
    picture = covered(colour)
    assert not look_at_mouth(picture, find_faces(picture)[0]).is_in_view


@pytest.mark.parametrize(
    ("seen", "is_in_view"),
    [
        (MouthSeen(colour=18.0, seam=8.0, is_open=False), True),
        (MouthSeen(colour=18.0, seam=-4.0, is_open=True), True),  # laughing: teeth are brighter than lips
        (MouthSeen(colour=3.0, seam=6.0, is_open=False), True),  # lips of the skin's own colour, and a line between
        (MouthSeen(colour=18.0, seam=-1.0, is_open=False), False),  # a patterned scarf
        (MouthSeen(colour=1.0, seam=9.0, is_open=False), False),  # a pleated mask
        (MouthSeen(colour=3.0, seam=1.5, is_open=False), False),
    ],
)
def test_colour_and_the_line_between_the_lips_decide_together(seen: MouthSeen, is_in_view: bool) -> None:
    assert seen.is_in_view is is_in_view


@pytest.mark.parametrize(
    "name",
    ["mona_lisa", "raphael_veiled_woman", "girl_with_a_pearl_earring", "sargent_seated_woman", "sargent_lady_in_black"],
)
def test_painted_mouths_are_seen(shared_data, name: str) -> None:  # type: ignore[no-untyped-def]
    picture = cv2.cvtColor(cv2.imread(str(shared_data / "paintings" / f"{name}.jpg")), cv2.COLOR_BGR2RGB)
    assert look_at_mouth(picture, find_faces(picture)[0]).is_in_view
