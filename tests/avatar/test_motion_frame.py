"""A track gives the frame that holds a moment, by name and in the order of its channels."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.motion_frame import CHANNELS, FACE_CHANNELS, INDEX, MOUTH_CHANNELS, REST, MotionTrack

FPS = 30.0
FRAMES = 5
START_S = -0.1


@pytest.fixture
def track() -> MotionTrack:
    """Five frames at rest whose jaw drops one millimetre more in each."""
    values = np.tile(REST, (FRAMES, 1))
    values[:, INDEX["jaw_drop_mm"]] = np.arange(FRAMES)
    return MotionTrack(START_S, FPS, ("", "p", "p", "a", ""), values)


@pytest.mark.parametrize(
    ("time_s", "frame"), [(-9.0, 0), (START_S, 0), (START_S + 1 / FPS, 1), (START_S + 1.9 / FPS, 1), (9.0, FRAMES - 1)]
)
def test_a_moment_finds_its_frame_and_the_ends_hold(track: MotionTrack, time_s: float, frame: int) -> None:
    assert track.at(time_s)["jaw_drop_mm"] == frame


def test_every_frame_start_finds_that_very_frame(track: MotionTrack) -> None:
    assert [track.at(frame.time_s).time_s for frame in track] == [frame.time_s for frame in track]


def test_a_channel_is_one_column(track: MotionTrack) -> None:
    assert track.channel("jaw_drop_mm").tolist() == [0, 1, 2, 3, 4]
    assert len(track) == FRAMES


def test_frames_carry_their_sound(track: MotionTrack) -> None:
    assert [frame.phone for frame in track] == ["", "p", "p", "a", ""]


def test_the_channels_are_named_once_and_mouth_comes_first() -> None:
    assert CHANNELS == MOUTH_CHANNELS + FACE_CHANNELS
    assert len(set(CHANNELS)) == len(CHANNELS) == len(REST)


def test_the_face_at_rest_has_its_mouth_closed_at_its_own_width() -> None:
    assert REST[INDEX["lip_height_mm"]] == 0
    assert REST[INDEX["jaw_drop_mm"]] == 0
    assert REST[INDEX["mouth_width"]] == 1
