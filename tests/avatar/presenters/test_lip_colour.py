"""Lips can be natural, mid-strong or strong, and stay apart from the skin in all three."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.presenters.library import presenter, presenter_names
from avatar.presenters.lip_colour import STRENGTHS, with_lip_colour

LEAST_STEP = 4.0
"""Between two strengths, CIE76: plainly seen side by side."""


def lab(colour: tuple[int, int, int]) -> np.ndarray:
    return cv2.cvtColor(np.array([[colour]], np.float32) / 255, cv2.COLOR_RGB2Lab)[0, 0]


@pytest.mark.parametrize("name", presenter_names())
def test_each_strength_is_plainly_farther_from_the_skin(name: str) -> None:
    own = presenter(name)
    skin = own.part("skin")
    cheek = np.linalg.norm(skin.vertices - (-40, 20, -8), axis=1).argmin()
    u, v = skin.uv[cheek] * (skin.texture.shape[1] - 1, skin.texture.shape[0] - 1)
    bare = lab(tuple(skin.texture[int(v), int(u), :3]))
    apart = [np.linalg.norm(lab(with_lip_colour(own, one).colours["lip"]) - bare) for one in STRENGTHS]
    assert apart[0] > 10
    assert np.diff(apart).min() > LEAST_STEP


def test_the_own_strength_is_the_presenter_itself() -> None:
    assert with_lip_colour(presenter("ada"), "mid-strong") is presenter("ada")


def test_an_unknown_strength_is_refused() -> None:
    with pytest.raises(KeyError):
        with_lip_colour(presenter("ada"), "glitter")
