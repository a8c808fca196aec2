"""The face moves by rule within its limits, runs on over utterances, and leaves the mouth alone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from avatar.motion.rules import idle, move
from avatar.motion_frame import FACE_CHANNELS, INDEX, MOUTH_CHANNELS, REST, MotionTrack
from narrator.flow import Delivery, Utterance
from tests.avatar.articulation.material import article, track_of, utterance_of

FPS = 30.0

HEAD_LIMITS = {"head_pitch_deg": 4.0, "head_yaw_deg": 4.0, "head_roll_deg": 3.0}
JUMPS = {"head_pitch_deg": 0.6, "head_yaw_deg": 0.6, "head_roll_deg": 0.6, "brow_raise_left": 0.2, "breath": 0.1}
"""Largest step from frame to frame that still is a movement and not a pop."""
APEX_PHONES = "pbmfv"


def narrate(utterances: tuple[Utterance, ...], delivery: Delivery) -> tuple[np.ndarray, np.ndarray]:
    """(frames, channels) and clock of utterances played one after the other, and then five seconds of rest."""
    clock, pieces, times = 0.0, [], []
    for utterance in utterances:
        track = track_of(utterance, FPS)
        moved = move(track, utterance, clock - track.start_s, delivery)
        pieces.append(moved.values)
        times.append(clock + np.arange(len(moved)) / FPS)
        clock += len(moved) / FPS
    resting = idle(clock, 5.0, FPS, delivery)
    return np.concatenate([*pieces, resting.values]), np.concatenate([*times, clock + np.arange(len(resting)) / FPS])


@lru_cache(maxsize=4)
def narration(delivery_seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    return narrate(article(), Delivery(seed=delivery_seed))


def channel(values: np.ndarray, name: str) -> np.ndarray:
    return values[:, INDEX[name]]


@pytest.mark.parametrize("name", list(HEAD_LIMITS))
def test_the_head_stays_within_its_limits_and_below_one_hertz(name: str) -> None:
    angle = channel(narration()[0], name)
    assert np.abs(angle).max() <= HEAD_LIMITS[name]
    assert angle.std() > 0.2
    power = np.abs(np.fft.rfft((angle - angle.mean()) * np.hanning(len(angle)))) ** 2
    hertz = np.fft.rfftfreq(len(angle), 1 / FPS)
    assert power[hertz > 1.0].sum() <= 0.1 * power.sum()


@pytest.mark.parametrize("name", list(JUMPS))
def test_nothing_jumps_also_between_utterances(name: str) -> None:
    assert np.abs(np.diff(channel(narration()[0], name))).max() <= JUMPS[name]


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_it_blinks_ten_to_twenty_times_a_minute(seed: int) -> None:
    values, times = narration(seed)
    shut = channel(values, "eyelid_left") > 0.5
    blinks = int((shut[1:] & ~shut[:-1]).sum())
    assert 10 <= 60 * blinks / (times[-1] - times[0]) <= 20
    np.testing.assert_array_equal(channel(values, "eyelid_left"), channel(values, "eyelid_right"))


def test_a_blink_takes_about_a_quarter_of_a_second() -> None:
    shut = channel(narration()[0], "eyelid_left") > 0.02
    edges = np.flatnonzero(np.diff(shut.astype(int)))
    lengths = (edges[1::2] - edges[::2][: len(edges[1::2])]) / FPS
    assert lengths.min() >= 0.15
    assert lengths.max() <= 0.40


def test_lids_are_never_down_at_a_closure() -> None:
    hidden = []
    clock = 0.0
    for utterance in article():
        track = track_of(utterance, FPS)
        moved = move(track, utterance, clock - track.start_s, Delivery())
        for phone in utterance.phones:
            middle = phone.start_s + phone.duration_s / 2
            if phone.ipa[:1] in tuple(APEX_PHONES) and middle > 0.25 and moved.at(middle)["eyelid_left"] > 0.5:
                hidden.append((utterance.sentence.text, phone))
        clock += len(moved) / FPS
    assert not hidden


def test_the_eyes_rest_on_the_viewer() -> None:
    values, _ = narration()
    yaw = channel(values, "gaze_yaw_deg") + channel(values, "head_yaw_deg")
    pitch = channel(values, "gaze_pitch_deg") + channel(values, "head_pitch_deg")
    assert np.mean(np.hypot(yaw, pitch) <= 2.0) >= 0.85
    assert np.hypot(yaw, pitch).max() <= 8.0


def test_the_mouth_is_left_as_it_is() -> None:
    track = track_of(article()[0], FPS)
    moved = move(track, article()[0], 12.0, Delivery())
    for name in MOUTH_CHANNELS:
        np.testing.assert_array_equal(moved.channel(name), track.channel(name))
    assert moved.phones == track.phones
    np.testing.assert_array_equal(track.channel("smile"), 0.0)


def test_the_same_seed_moves_the_same_and_another_one_differently() -> None:
    track = track_of(article()[1], FPS)
    one, two, other = (move(track, article()[1], 3.0, Delivery(seed=seed)) for seed in (4, 4, 5))
    np.testing.assert_array_equal(one.values, two.values)
    assert np.abs(one.values - other.values).max() > 0.1


def test_rest_is_the_same_frame_by_frame_as_in_one_piece() -> None:
    whole = idle(100.0, 3.0, FPS, Delivery())
    single = [idle(100.0 + i / FPS, 1 / FPS, FPS, Delivery()).values[0] for i in range(len(whole))]
    np.testing.assert_allclose(whole.values, single, atol=1e-4)


def test_lips_stay_together_at_rest() -> None:
    whole = idle(0.0, 20.0, FPS, Delivery())
    assert whole.channel("lip_height_mm").max() <= 0.3
    assert set(whole.phones) == {""}


def test_the_weight_goes_slowly_from_foot_to_foot_and_rests_there() -> None:
    way_mm = idle(0.0, 60.0, FPS, Delivery()).channel("weight_shift_mm")
    assert way_mm.min() < -2.0
    assert way_mm.max() > 2.0
    assert np.abs(np.diff(way_mm)).max() * FPS < 5.0  # mm/s: a tenth of a mouth's width
    assert (np.abs(np.diff(way_mm)) * FPS < 0.5).mean() > 0.3


def test_reduced_motion_keeps_lips_and_blinks_only() -> None:
    still = Delivery(reduced_motion=True)
    values, _ = narrate(article()[:6], still)
    for name in (*HEAD_LIMITS, "breath", "weight_shift_mm"):
        assert np.ptp(channel(values, name)) == 0.0
    assert channel(values, "eyelid_left").max() > 0.9
    assert channel(values, "lip_height_mm").max() > 5.0


def test_reduced_motion_leaves_nothing_but_blinks_at_rest() -> None:
    still = idle(0.0, 20.0, FPS, Delivery(reduced_motion=True)).values
    moving = {name for name in INDEX if np.ptp(channel(still, name)) > 0}
    assert moving == {"eyelid_left", "eyelid_right"}


def test_liveliness_scales_the_head() -> None:
    track = track_of(article()[0], FPS)
    calm, lively = (move(track, article()[0], 0.0, Delivery(liveliness=share)) for share in (0.1, 1.0))
    assert np.ptp(lively.channel("head_pitch_deg")) > 2 * np.ptp(calm.channel("head_pitch_deg"))


@pytest.mark.parametrize("utterance", [utterance_of([("", 0.2)]), utterance_of([("p", 0.05)])])
def test_the_shortest_utterances_move_too(utterance: Utterance) -> None:
    moved = move(track_of(utterance), utterance, 0.0, Delivery())
    assert np.isfinite(moved.values).all()


def test_idle_fills_every_face_channel_and_starts_from_rest_for_the_mouth() -> None:
    frame = idle(1.0, 1 / FPS, FPS, Delivery()).frame(0)
    assert isinstance(idle(1.0, 1.0, FPS, Delivery()), MotionTrack)
    assert all(np.isfinite(frame[name]) for name in FACE_CHANNELS)
    np.testing.assert_array_equal(frame.values[: len(MOUTH_CHANNELS)], REST[: len(MOUTH_CHANNELS)])


def test_the_head_settles_in_one_pose_after_another_and_does_not_swing() -> None:
    speed = np.abs(np.diff(channel(idle(0.0, 120.0, FPS, Delivery()).values, "head_yaw_deg"))) * FPS
    assert np.percentile(speed, 90) > 3 * np.median(speed)
