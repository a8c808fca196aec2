"""A motion is shown while it is made: each frame once, unchanged, as soon as it is there."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from avatar.growing_track import GrowingTrack
from avatar.motion_frame import CHANNELS, MotionTrack

FRAMES = 6
LIMIT_S = 30.0
"""Of any waiting, on however slow a machine."""


def track(value: float) -> MotionTrack:
    return MotionTrack(0.0, 10.0, ("",) * FRAMES, np.full((FRAMES, len(CHANNELS)), value, np.float32))


def test_the_first_frames_are_there_before_the_rest_is_made() -> None:
    may_go_on = threading.Event()

    def stages() -> Iterator[tuple[int, MotionTrack]]:
        yield 2, track(1.0)
        assert may_go_on.wait(LIMIT_S)
        yield FRAMES, track(2.0)

    growing = GrowingTrack(stages())
    assert growing.at(0.1)["jaw_drop_mm"] == 1.0
    may_go_on.set()
    assert growing.at(0.5)["jaw_drop_mm"] == 2.0
    assert growing.at(9.0)["jaw_drop_mm"] == 2.0
    assert (growing.whole().values == 2.0).all()


def test_whoever_asks_too_early_waits_for_the_frame() -> None:
    asked, shown = threading.Event(), []

    def stages() -> Iterator[tuple[int, MotionTrack]]:
        yield 1, track(1.0)
        assert asked.wait(LIMIT_S)
        yield 4, track(2.0)
        yield FRAMES, track(3.0)

    growing = GrowingTrack(stages())

    def ask() -> None:
        asked.set()
        shown.append(growing.at(0.3)["jaw_drop_mm"])

    asking = threading.Thread(target=ask)
    asking.start()
    asking.join(LIMIT_S)
    assert shown
    assert shown[0] in (2.0, 3.0)


def test_what_went_wrong_is_told_to_whoever_waits_for_it() -> None:
    def stages() -> Iterator[tuple[int, MotionTrack]]:
        yield 2, track(1.0)
        raise MemoryError("no room")

    growing = GrowingTrack(stages())
    assert growing.at(0.0)["jaw_drop_mm"] == 1.0
    with pytest.raises(MemoryError, match="no room"):
        growing.at(0.5)


def test_a_track_that_nobody_holds_grows_no_further() -> None:
    begun, may_go_on, may_end, ended = (threading.Event() for _ in range(4))
    made = []

    def stages() -> Iterator[tuple[int, MotionTrack]]:
        try:
            yield 1, track(1.0)
            begun.set()
            for settled in range(2, FRAMES + 1):
                assert (may_go_on if settled == 2 else may_end).wait(LIMIT_S)
                made.append(settled)
                yield settled, track(2.0)
        finally:
            ended.set()

    growing = GrowingTrack(stages())
    asking = threading.Thread(target=growing.at, args=(0.1,))
    asking.start()
    assert begun.wait(LIMIT_S)
    may_go_on.set()
    asking.join(LIMIT_S)
    del growing, asking
    gc.collect()
    may_end.set()
    assert ended.wait(LIMIT_S)
    assert len(made) <= 2


def test_the_first_picture_does_not_wait_for_what_is_made_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("avatar.growing_track.PATIENCE_S", 10 * LIMIT_S)
    begun = threading.Event()

    def stages() -> Iterator[tuple[int, MotionTrack]]:
        yield 2, track(1.0)
        begun.set()
        yield FRAMES, track(2.0)

    growing = GrowingTrack(stages())
    growing.at(0.0)
    assert not begun.is_set()
    growing.at(0.1)
    assert begun.wait(LIMIT_S)


def test_a_whole_motion_needs_no_thread() -> None:
    before = threading.active_count()
    growing = GrowingTrack(iter([(FRAMES, track(1.0))]))
    assert threading.active_count() <= before
    assert len(growing.whole()) == FRAMES
