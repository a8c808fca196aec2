"""Every button is large, named, drawn, and reachable by pointer and by keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from narrator.flow import Viewport
from narrator.outputs.window_controls import BUTTON_PX, BUTTONS, GAP_PX, TOP_PX, sign_shapes
from tests.narrator.outputs.conftest import wait_until

VIEW = Viewport(640, 360, 30.0)
Open = Callable[..., Any]
LEAST_TARGET_PX = 24
"""WCAG 2.5.8."""


def place_of(sign: str) -> tuple[int, int]:
    """The middle of a button in a window of VIEW's size: all in one row."""
    index = [name for name, _ in BUTTONS].index(sign)
    whole = len(BUTTONS) * (BUTTON_PX + GAP_PX) - GAP_PX
    return (VIEW.width - whole) // 2 + index * (BUTTON_PX + GAP_PX) + BUTTON_PX // 2, TOP_PX + BUTTON_PX // 2


def click(window: Any, sign: str) -> None:
    window.point(VIEW.width // 2, VIEW.height // 2)
    window.point(*place_of(sign))
    time.sleep(0.2)
    already = len(window.steering.commands)
    window.desktop.run("xdotool", "click", "1")
    wait_until(lambda: len(window.steering.commands) > already)


def test_buttons_are_large_enough_named_and_drawn() -> None:
    assert BUTTON_PX >= LEAST_TARGET_PX
    for sign, name in BUTTONS:
        assert name
        assert sign_shapes(sign)
    assert sign_shapes("resume")


def test_the_pointer_presses_every_command(open_window: Open, make_performance: Callable[..., Any]) -> None:
    window = open_window(VIEW)
    window.play(make_performance(20.0, (), view=VIEW))
    for sign in ("previous", "replay", "pause", "pause", "stop"):
        click(window, sign)
    window.join(3)
    assert window.steering.commands == ["previous", "replay", "pause", "resume", "stop"]


def test_the_close_button_closes(open_window: Open, make_performance: Callable[..., Any]) -> None:
    window = open_window(VIEW)
    window.play(make_performance(20.0, (), view=VIEW))
    click(window, "close")
    window.join(3)
    assert window.steering.commands == ["leave"]


def test_tab_reaches_the_buttons_shows_where_the_focus_is_and_space_presses(
    open_window: Open, make_performance: Callable[..., Any], tmp_path: Path
) -> None:
    window = open_window(VIEW)
    window.play(make_performance(20.0, (), view=VIEW))
    window.press("Tab", "Tab")
    time.sleep(0.3)
    x, y = place_of("replay")
    half = BUTTON_PX // 2
    button = window.picture(tmp_path / "screen.png")[y - half : y + half, x - half : x + half].astype(int)
    yellow = (button[..., 0] > 200) & (button[..., 1] > 150) & (button[..., 2] < 120)
    assert yellow.sum() > 4 * BUTTON_PX  # a frame round the button
    assert (np.flatnonzero(yellow.any(axis=1))[[0, -1]] == (0, BUTTON_PX - 1)).all()
    window.press("space")
    wait_until(lambda: window.steering.commands == ["replay"])


def test_buttons_show_with_the_pointer_and_leave_the_face_free_without(
    open_window: Open, make_performance: Callable[..., Any], tmp_path: Path
) -> None:
    window = open_window(VIEW)
    performance = make_performance(20.0, (), view=VIEW)
    window.play(performance)
    x, y = place_of("stop")
    before = window.picture(tmp_path / "before.png")[y, x]
    window.point(VIEW.width // 2, VIEW.height // 2)
    wait_until(lambda: tuple(window.picture(tmp_path / "hovered.png")[y, x]) == (255, 255, 255))
    assert tuple(before) != (255, 255, 255)
