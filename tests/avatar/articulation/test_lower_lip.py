"""The lower lip rides on the jaw: no frame bares a block of lower teeth."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.articulation.lower_lip import MOST_LOWER_TEETH_MM
from tests.avatar.articulation.material import track_of, vcv
from tests.avatar.geometry import read_geometry

ROUNDING_MM = 0.1


@pytest.mark.parametrize("consonant", ["f", "v", "ʃ", "s", "tʃ", "p", "l"])
@pytest.mark.parametrize("vowel", ["ɑː", "æ", "iː"])
def test_no_frame_bares_a_block_of_lower_teeth(vowel: str, consonant: str) -> None:
    lower = read_geometry(track_of(vcv(vowel, consonant, vowel)))["lower_teeth_mm"]
    assert lower.max() <= MOST_LOWER_TEETH_MM + ROUNDING_MM


def test_a_wide_vowel_stays_wide() -> None:
    height = read_geometry(track_of(vcv("ɑː", "k", "ɑː")))["lip_height_mm"]
    assert np.max(height) > 14
