"""What the screen shows is the picture that was drawn, whole, with its caption below."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from narrator.flow import Viewport
from narrator.outputs.caption_painter import CaptionPainter

VIEW = Viewport(640, 360, 30.0)
Open = Callable[..., Any]


class Chart:
    """A performance of one still picture with every colour in it."""

    def __init__(self, performance: Any) -> None:
        self.utterance, self.captions = performance.utterance, performance.captions
        self.start_s, self.end_s = performance.start_s, performance.end_s
        rows, columns = np.mgrid[0 : VIEW.height, 0 : VIEW.width]
        self.image = np.dstack([columns * 255 // VIEW.width, rows * 255 // VIEW.height, (rows + columns) % 256])
        self.image = self.image.astype(np.uint8)

    def draw(self, time_s: float) -> np.ndarray:
        return self.image


def paused_picture(window: Any, path: Path) -> np.ndarray:
    window.control.paused = True
    time.sleep(0.4)
    return np.asarray(window.picture(path))


def test_the_screen_shows_the_very_pixels_that_were_drawn(
    open_window: Open, make_performance: Callable[..., Any], tmp_path: Path
) -> None:
    window = open_window(VIEW)
    chart = Chart(make_performance(20.0, (), view=VIEW))
    window.play(chart)
    time.sleep(1.8)  # the last word is reached: the mark stays
    shown = paused_picture(window, tmp_path / "screen.png")
    expected = chart.image.copy()
    position_s = window.window._speaker.position_s()
    CaptionPainter(VIEW.width, VIEW.height).paint(expected, chart.captions, position_s)
    assert shown.shape == expected.shape
    same = (shown == expected).all(axis=2)
    same[:120, :] = True  # the paused sign and the notice that there is no sound lie there
    assert same.all()


def test_a_paused_window_shows_a_sign(open_window: Open, make_performance: Callable[..., Any], tmp_path: Path) -> None:
    window = open_window(VIEW)
    chart = Chart(make_performance(20.0, (), view=VIEW))
    window.play(chart)
    shown = paused_picture(window, tmp_path / "screen.png")
    corner = np.s_[16:64, 16:64]
    assert np.abs(shown[corner].astype(int) - chart.image[corner]).mean() > 20
    assert (shown[corner] == 255).all(axis=2).any()


def test_no_picture_is_ever_torn(open_window: Open, make_performance: Callable[..., Any], tmp_path: Path) -> None:
    """Pictures of one grey each: a torn one would have two."""
    window = open_window(VIEW)
    performance = make_performance(3.0, (), view=VIEW)
    performance.captions = ()
    performance.draw = lambda time_s: np.full((VIEW.height, VIEW.width, 3), int(time_s * 997) % 256, np.uint8)
    window.play(performance)
    time.sleep(0.2)
    for _ in range(4):
        shown = window.picture(tmp_path / "screen.png")[120:]  # below the notice
        assert len(np.unique(shown)) == 1
    window.join()


def test_a_larger_window_shows_the_picture_larger(
    open_window: Open, make_performance: Callable[..., Any], tmp_path: Path
) -> None:
    window = open_window(VIEW)
    chart = Chart(make_performance(20.0, (), view=VIEW))
    chart.captions = ()
    window.play(chart)
    window.press("plus")
    time.sleep(0.3)
    shown = paused_picture(window, tmp_path / "screen.png")
    assert shown.shape[1] > VIEW.width
    middle = shown[shown.shape[0] // 2, shown.shape[1] // 2, :2]
    assert middle == pytest.approx(chart.image[VIEW.height // 2, VIEW.width // 2, :2], abs=6)
