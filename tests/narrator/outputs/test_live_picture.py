"""A new size is taken over once it has been drawn for the first time, new captions at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from narrator.flow import RgbImage, Viewport
from narrator.outputs.caption_style import CaptionStyle
from narrator.outputs.live_picture import LivePicture
from narrator.outputs.live_screen import View

SMALL = View(Viewport(320, 180, 30.0))
LARGE = View(Viewport(640, 360, 30.0))
Make = Callable[..., Any]


def test_the_old_size_is_shown_until_the_new_one_is_ready(make_performance: Make) -> None:
    performance = make_performance()
    quick, ready = performance.draw, threading.Event()

    def slow(time_s: float, viewport: Any = None, waiting: Any = None) -> RgbImage:
        if viewport == LARGE.viewport:
            ready.wait(5)
        return quick(time_s, viewport, waiting)

    performance.draw = slow
    picture = LivePicture(SMALL)
    assert not picture.follow(LARGE, performance, 0.1, None)
    assert picture.drawn(performance, 0.1, None).shape == (180, 320, 3)
    assert not picture.follow(LARGE, performance, 0.1, None)
    ready.set()
    until_s = time.monotonic() + 5
    while not picture.follow(LARGE, performance, 0.1, None):
        assert time.monotonic() < until_s
        time.sleep(0.01)
    assert picture.drawn(performance, 0.1, None).shape == (360, 640, 3)


def test_other_captions_come_with_the_next_picture(make_performance: Make) -> None:
    performance, picture = make_performance(), LivePicture(SMALL)
    plain = picture.drawn(performance, 0.1, None).copy()
    assert picture.follow(replace(SMALL, captions=CaptionStyle(0.0)), performance, 0.1, None)
    without = picture.drawn(performance, 0.1, None)
    assert (plain != without).any()
    assert picture.caption is performance.captions[0]


def test_what_it_says_is_told_with_it(make_performance: Make) -> None:
    performance, picture = make_performance(text="one two"), LivePicture(SMALL)
    picture.drawn(performance, 0.35, None)
    assert (picture.caption, picture.word) == (performance.captions[0], 1)
