"""A mouth that speaks never flashes over a dangerous area: measured on the decoded frames of "papapapa"."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from avatar.articulation.score import GAIN_RANGE
from avatar.presenters.library import DEFAULT, presenter, presenter_names
from avatar.render.camera import FRAMINGS, camera_for, is_kept_small
from avatar.render.flash import INNER_MOUTH_MM2, MOST_INNER_PX, MOST_PIXELS_PER_MM
from avatar.render.renderer import Renderer
from benchmarks.flash import INSIDE, flashing, papapapa
from benchmarks.flashes import DANGEROUS_PX, flashing_px
from benchmarks.lip_film import apexes
from narrator.flow import Viewport

SIZES = ((320, 180), (640, 360), (1280, 720), (720, 1280), (1920, 1080), (2560, 1440), (3840, 2160))
WIDEST = [("h", vowel, "h") for vowel in ("æ", "ɑː", "aɪ", "ɛ")]


@pytest.mark.parametrize("name", presenter_names())
def test_no_vowel_opens_further_than_the_limit_counts_on(name: str) -> None:
    renderer = Renderer(presenter(name), Viewport(440, 336, framing="mouth"))
    for frame in apexes(WIDEST, gain=GAIN_RANGE[1]):
        renderer.draw(frame)
        inside = [owner for owner in np.unique(renderer.owner) if renderer.owner_name(int(owner)).startswith(INSIDE)]
        assert np.isin(renderer.owner, inside).sum() / renderer.camera.pixels_per_mm**2 <= INNER_MOUTH_MM2


@pytest.mark.parametrize(("size", "framing"), product(SIZES, FRAMINGS))
def test_in_every_framing_and_size_the_inner_mouth_stays_below_20_000_pixels(
    size: tuple[int, int], framing: str
) -> None:
    viewport = Viewport(*size, framing=framing)
    scale = camera_for(viewport).pixels_per_mm
    assert scale**2 * INNER_MOUTH_MM2 <= MOST_INNER_PX * 1.0001
    assert is_kept_small(viewport) == (scale == pytest.approx(MOST_PIXELS_PER_MM))


def test_the_usual_window_and_film_are_not_made_smaller() -> None:
    assert not any(is_kept_small(Viewport(*size, framing="face")) for size in ((600, 720), (1280, 720), (1920, 1080)))


def test_papapapa_in_the_largest_mouth_does_not_flash_over_a_dangerous_area() -> None:
    found = flashing(DEFAULT, papapapa()[:40], Viewport(800, 600, framing="mouth"))
    assert 0 < found.inner_mouth_px <= DANGEROUS_PX


def blinking(times_a_second: float, low: float, high: float) -> int:
    """The flashing area of 200 x 160 squares of 4 x 4 pixels that go on and off for two seconds."""
    phase = np.arange(60) / 30 * times_a_second % 1
    return flashing_px((np.full((160, 200), high if on else low, np.float32) for on in phase < 0.5), 30.0)


def test_the_instrument_sees_what_flashes_too_often_and_nothing_else() -> None:
    assert blinking(5, 0.1, 0.3) == 200 * 160 * 16
    assert blinking(3, 0.1, 0.3) == 0, "three in a second are allowed"
    assert blinking(5, 0.1, 0.19) == 0, "less than a tenth is no flash"
    assert blinking(5, 0.81, 0.99) == 0, "nor is it where the darker picture is bright"
