"""The window stays on top and is moved, resized and closed by keys, by single presses and by dragging."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from narrator.flow import Viewport
from narrator.outputs.floating_window import FINE_STEP_PX, LEAST_WIDTH_PX, MARGIN_PX, STEP_PX
from tests.desktop import SCREEN

SCREEN_WIDTH, SCREEN_HEIGHT = (int(number) for number in SCREEN.split("x")[:2])
SMALL = Viewport(480, 270, 30.0)
Open = Callable[..., Any]


def settled(window: Any) -> tuple[int, int, int, int]:
    """The geometry once it has stopped changing."""
    before = window.geometry()
    while True:
        time.sleep(0.15)
        now = window.geometry()
        if now == before:
            return now
        before = now


def test_it_stays_above_other_windows(open_window: Open) -> None:
    window = open_window(SMALL)
    assert "_NET_WM_STATE_ABOVE" in window.desktop.run("xprop", "-id", window.id, "_NET_WM_STATE")


def test_it_has_no_frame_and_lies_on_the_screen(open_window: Open) -> None:
    window = open_window(SMALL)
    left, top, width, height = settled(window)
    assert (width, height) == (480, 270)
    assert left + width + MARGIN_PX == pytest.approx(SCREEN_WIDTH, abs=2)
    assert top + height + MARGIN_PX == pytest.approx(SCREEN_HEIGHT, abs=2)


def test_showing_it_takes_the_focus_from_nobody(open_window: Open) -> None:
    window = open_window(SMALL)
    time.sleep(0.3)
    assert int(window.desktop.run("xdotool", "getwindowfocus").strip()) != int(window.id)


@pytest.mark.parametrize(
    ("key", "step"),
    [("Left", (-STEP_PX, 0)), ("Up", (0, -STEP_PX)), ("shift+Left", (-FINE_STEP_PX, 0))],
)
def test_arrow_keys_move_it(open_window: Open, key: str, step: tuple[int, int]) -> None:
    window = open_window(SMALL)
    before = settled(window)
    window.press(key)
    after = settled(window)
    assert (after[0] - before[0], after[1] - before[1]) == step


def test_arrow_keys_never_move_it_off_the_screen(open_window: Open) -> None:
    window = open_window(SMALL)
    window.press(*["Right"] * 5, *["Down"] * 5)
    left, top, width, height = settled(window)
    assert (left + width, top + height) == (SCREEN_WIDTH, SCREEN_HEIGHT)


def test_plus_and_minus_resize_it_in_shape(open_window: Open) -> None:
    window = open_window(SMALL)
    window.press("plus", "plus")
    grown = settled(window)
    assert grown[2] > 600
    assert grown[3] / grown[2] == pytest.approx(270 / 480, abs=0.01)
    window.press(*["minus"] * 9)
    assert settled(window)[2] == LEAST_WIDTH_PX


def test_one_press_moves_it_to_the_next_corner(open_window: Open) -> None:
    window = open_window(SMALL)
    corners = []
    for _ in range(4):
        window.press("c")
        left, top, _, _ = settled(window)
        corners.append((left < SCREEN_WIDTH / 4, top < SCREEN_HEIGHT / 4))
    assert corners == [(True, False), (True, True), (False, True), (False, False)]


def drag(window: Any, start: tuple[int, int], way: tuple[int, int]) -> None:
    window.point(*start, "mousedown", "1")
    time.sleep(0.2)
    for _ in range(4):
        window.desktop.run("xdotool", "mousemove_relative", "--", str(way[0] // 4), str(way[1] // 4))
        time.sleep(0.05)
    window.desktop.run("xdotool", "mouseup", "1")


def test_the_pointer_moves_it(open_window: Open) -> None:
    window = open_window(SMALL)
    before = settled(window)
    drag(window, (240, 150), (-200, -100))
    after = settled(window)
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((-200, -100), abs=12)


def test_the_pointer_resizes_it_at_its_edge(open_window: Open) -> None:
    window = open_window(SMALL)
    before = settled(window)
    drag(window, (3, 150), (-120, 0))
    after = settled(window)
    assert after[2] - before[2] == pytest.approx(120, abs=12)


def test_escape_stops_and_letters_steer(open_window: Open, make_performance: Callable[..., Any]) -> None:
    window = open_window(SMALL)
    window.play(make_performance(20.0, (), view=SMALL))
    window.press("r", "p", "Escape")
    window.join(3)
    assert window.steering.commands == ["replay", "previous", "stop"]


def test_ctrl_w_closes_it(open_window: Open, make_performance: Callable[..., Any]) -> None:
    window = open_window(SMALL)
    window.play(make_performance(20.0, (), view=SMALL))
    window.press("ctrl+w")
    window.join(3)
    assert window.steering.commands == ["stop"]
