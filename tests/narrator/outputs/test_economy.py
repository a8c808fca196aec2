"""Under load the picture's fineness and size fall, and come back, before a frame is given up."""

from __future__ import annotations

from narrator.flow import Viewport
from narrator.outputs.economy import SETTLED_FRAMES, SHARES, Economy
from narrator.outputs.live_screen import View

FRAME_S = 1 / 30
WISHED = View(Viewport(600, 720))


def after(economy: Economy, cost_s: float, frames: int = 4 * SETTLED_FRAMES) -> Economy:
    for _ in range(frames):
        economy.drew(cost_s)
    return economy


def test_with_time_to_spare_all_is_as_wished() -> None:
    assert after(Economy(FRAME_S), 0.5 * FRAME_S).affordable(WISHED) == WISHED


def test_one_slow_picture_changes_nothing() -> None:
    economy = after(Economy(FRAME_S), 0.4 * FRAME_S)
    economy.drew(10.0)
    assert after(economy, 0.4 * FRAME_S).step == 0


def test_a_picture_drawn_larger_than_shown_first_comes_to_its_shown_size() -> None:
    fine = View(Viewport(600, 720), sharpness=1.5)
    economy = after(Economy(FRAME_S), 1.2 * FRAME_S, SETTLED_FRAMES)
    seen = economy.affordable(fine)
    assert (seen.viewport.width, seen.viewport.height, seen.sharpness) == (400, 480, 1.0)


def test_then_it_is_drawn_smaller_but_never_below_a_half() -> None:
    economy = after(Economy(FRAME_S), 3 * FRAME_S, 20 * SETTLED_FRAMES)
    seen = economy.affordable(WISHED)
    assert economy.step == len(SHARES)
    assert (seen.viewport.width, seen.viewport.height, seen.sharpness) == (300, 360, 0.5)


def test_it_comes_back_when_there_is_room_and_does_not_swing() -> None:
    economy = after(Economy(FRAME_S), 1.2 * FRAME_S, SETTLED_FRAMES)
    steps = set()
    for _ in range(600):  # a picture whose cost goes with its pixels
        share = SHARES[economy.step - 1] if economy.step else 1.0
        economy.drew(0.95 * FRAME_S * share**2)
        steps.add(economy.step)
    assert max(steps) <= 2
    assert len(steps) <= 3
    assert after(economy, 0.1 * FRAME_S, 5 * SETTLED_FRAMES).step == 0


def test_sizes_stay_even() -> None:
    economy = after(Economy(FRAME_S), 3 * FRAME_S, 2 * SETTLED_FRAMES)
    viewport = economy.affordable(View(Viewport(606, 722))).viewport
    assert viewport.width % 2 == viewport.height % 2 == 0
