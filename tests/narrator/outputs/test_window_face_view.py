"""What the screen shows is the picture that was drawn, whole, with its caption below."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from narrator.flow import Viewport
from narrator.outputs.caption_painter import CaptionPainter
from narrator.outputs.window import WindowWish
from tests.narrator.outputs.conftest import PlayingWindow

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

    def draw(self, time_s: float, viewport: Any = None, waiting: Any = None) -> np.ndarray:
        if viewport is None or (viewport.width, viewport.height) == (VIEW.width, VIEW.height):
            return self.image
        return np.ascontiguousarray(self.image[: viewport.height, : viewport.width])


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
    position_s = window.window._sound.now().position_s()
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
    performance.draw = lambda time_s, *_: np.full((VIEW.height, VIEW.width, 3), int(time_s * 997) % 256, np.uint8)
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


class Disc:
    """A performance of a red disc with nothing round it."""

    def __init__(self, performance: Any) -> None:
        self.utterance, self.captions = performance.utterance, ()
        self.start_s, self.end_s = performance.start_s, performance.end_s

    def draw(self, time_s: float, viewport: Any = None, waiting: Any = None) -> np.ndarray:
        seen = viewport or VIEW
        if seen.background != "transparent":
            return np.full((seen.height, seen.width, 3), 90, np.uint8)
        rows, columns = np.mgrid[0 : seen.height, 0 : seen.width]
        inside = np.hypot(rows - seen.height / 2, columns - seen.width / 2) < seen.height / 4
        picture = np.zeros((seen.height, seen.width, 4), np.uint8)
        picture[inside] = (200, 30, 30, 255)
        return picture


def test_where_windows_are_blended_the_desktops_own_pixels_show_round_the_presenter(
    on_desktop: Any, compositor: Any, make_performance: Callable[..., Any], tmp_path: Path
) -> None:
    window = PlayingWindow(on_desktop, VIEW, wish=WindowWish((VIEW.width, VIEW.height), transparent=True))
    left, top, width, height = window.geometry()
    window.play(Disc(make_performance(20.0, (), view=VIEW)))
    shown = paused_picture(window, tmp_path / "screen.png")
    beside = np.asarray(cv2.imread(str(tmp_path / "screen.png")))[top - 5, left - 5, ::-1]
    window.close()
    for corner in (shown[-1, 0], shown[-1, -1], shown[height // 2, 4], shown[height - 4, width // 2]):
        assert tuple(corner) == tuple(beside)
    assert tuple(shown[height // 2, width // 2]) == (200, 30, 30)


def test_where_nothing_blends_windows_the_presenter_keeps_a_background(
    on_desktop: Any, make_performance: Callable[..., Any], tmp_path: Path
) -> None:
    window = PlayingWindow(on_desktop, VIEW, wish=WindowWish((VIEW.width, VIEW.height), transparent=True))
    window.play(Disc(make_performance(20.0, (), view=VIEW)))
    shown = paused_picture(window, tmp_path / "screen.png")
    window.close()
    assert tuple(shown[-1, 0]) == (90, 90, 90)
