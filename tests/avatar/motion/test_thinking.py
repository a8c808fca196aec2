"""Who thinks looks elsewhere, frowns a little, and is back with the viewer as soon as the thought is there."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.motion.thinking import thoughtful
from avatar.motion.waiting import waiting_face
from avatar.motion_frame import INDEX, MotionTrack
from narrator.flow import Delivery

FPS = 30.0
SECONDS = 60.0


def thought(thinking: float, delivery: Delivery | None = None) -> MotionTrack:
    asked = delivery or Delivery()
    return thoughtful(waiting_face(5.0, SECONDS, FPS, asked), 5.0, thinking, asked)


def away_deg(track: MotionTrack) -> tuple[np.ndarray, np.ndarray]:
    yaw, pitch = (track.channel(f"gaze_{axis}_deg") + track.channel(f"head_{axis}_deg") for axis in ("yaw", "pitch"))
    return yaw, pitch


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_eyes_are_mostly_elsewhere_up_down_and_to_both_sides(seed: int) -> None:
    yaw, pitch = away_deg(thought(1.0, Delivery(seed=seed)))
    assert 0.7 < (np.hypot(yaw, pitch) > 2.0).mean() < 0.99
    assert yaw.min() < -2.0 < 2.0 < yaw.max()
    assert pitch.min() < -2.0 < 2.0 < pitch.max()
    assert np.hypot(yaw, pitch).max() < 12.0


def test_brows_are_drawn_and_the_smile_is_less() -> None:
    thinking, waiting = thought(1.0), thought(0.0)
    assert thinking.channel("brow_furrow").min() > 0.1
    assert thinking.channel("smile").mean() < 0.6 * waiting.channel("smile").mean()


def test_the_mouth_and_the_blinks_are_the_waiting_faces() -> None:
    thinking, waiting = thought(1.0), thought(0.0)
    for name in ("lip_height_mm", "mouth_width", "eyelid_left"):
        assert (thinking.channel(name) == waiting.channel(name)).all()


def test_the_head_goes_along_slowly_and_within_its_limits() -> None:
    for delivery, step in ((Delivery(), 0.6), (Delivery(liveliness=1.0), 0.8)):
        track = thought(1.0, delivery)
        for axis, limit in (("pitch", 4.0), ("yaw", 4.0), ("roll", 3.0)):
            head = track.channel(f"head_{axis}_deg")
            assert np.abs(head).max() <= limit
            assert np.abs(np.diff(head)).max() <= step


def test_half_a_thought_leaves_the_face_halfway_and_none_leaves_it_alone() -> None:
    waiting = waiting_face(5.0, SECONDS, FPS, Delivery())
    assert (thought(0.0).values == waiting.values).all()
    furrow = [thought(share).channel("brow_furrow")[0] for share in (0.0, 0.5, 1.0)]
    assert furrow == sorted(furrow)
    assert furrow[0] < furrow[1] < furrow[2]


def test_it_is_the_same_frame_by_frame_as_in_one_piece() -> None:
    whole, asked = thought(1.0).values, Delivery()
    for i in range(0, len(whole), 50):
        at_s = 5.0 + i / FPS
        single = thoughtful(waiting_face(at_s, 1 / FPS, FPS, asked), at_s, 1.0, asked).values[0]
        np.testing.assert_allclose(whole[i], single, atol=1e-3)


def test_reduced_motion_thinks_without_showing_it() -> None:
    still = Delivery(reduced_motion=True)
    assert {name for name in INDEX if np.ptp(thought(1.0, still).channel(name)) > 0} <= {"eyelid_left", "eyelid_right"}
    assert not thought(1.0, still).channel("brow_furrow").any()
