"""Who waits nods, tilts the head and smiles now and then, looks away and back, and is still where that is asked."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from avatar.motion.blinks import BLINK_S
from avatar.motion.rules import idle
from avatar.motion.waiting import glances, nods, waiting_face
from avatar.motion_frame import INDEX, MOUTH_CHANNELS, REST
from narrator.flow import Delivery

FPS = 30.0
MINUTES = 10
SEEDS = (0, 1, 7)
HEAD_LIMITS = {"head_pitch_deg": 4.0, "head_yaw_deg": 4.0, "head_roll_deg": 3.0}
STEPS = {"head_pitch_deg": 0.6, "head_yaw_deg": 0.6, "head_roll_deg": 0.3, "brow_raise_left": 0.1, "smile": 0.05}
"""Largest change from frame to frame of a movement that is calm."""


@lru_cache(maxsize=4)
def waited(seed: int) -> np.ndarray:
    return waiting_face(0.0, 60.0 * MINUTES, FPS, Delivery(seed=seed)).values


def column(values: np.ndarray, name: str) -> np.ndarray:
    return values[:, INDEX[name]].astype(np.float64)


def away_deg(values: np.ndarray) -> np.ndarray:
    return np.hypot(
        *(column(values, f"gaze_{axis}_deg") + column(values, f"head_{axis}_deg") for axis in ("yaw", "pitch"))
    )


def times_begun(is_so: np.ndarray) -> int:
    return int((np.diff(is_so.astype(int)) > 0).sum())


@pytest.mark.parametrize("seed", SEEDS)
def test_it_nods_a_few_times_a_minute_and_in_more_than_one_way(seed: int) -> None:
    found = nods(np.array([0.0, 60.0 * MINUTES]), seed)
    assert 1.5 <= len(found) / MINUTES <= 6
    assert 0 < sum(nod.cycles > 1 for nod, _ in found) < len(found) / 2
    depths = [degrees for _, degrees in found]
    assert max(depths) > 2 * min(depths)
    gaps = np.diff([nod.moment_s for nod, _ in found])
    assert gaps.std() > 0.25 * gaps.mean(), "nods that beat time"


def test_the_head_bows_where_it_nods() -> None:
    values, resting = waited(0), idle(0.0, 60.0 * MINUTES, FPS, Delivery()).values
    bowed = column(resting, "head_pitch_deg") - column(values, "head_pitch_deg")
    seen = [(nod, degrees) for nod, degrees in nods(np.array([0.0, 60.0 * MINUTES]), 0) if nod.moment_s > 0]
    for nod, degrees in seen[:-2]:
        assert bowed[round(nod.moment_s * FPS)] > 0.4 * degrees


@pytest.mark.parametrize("seed", SEEDS)
def test_eyes_look_away_and_back_as_a_listeners_do(seed: int) -> None:
    away = away_deg(waited(seed)) > 2.0
    assert 0.05 < away.mean() < 0.15
    assert 4 <= times_begun(away) / MINUTES <= 9
    looks = glances(np.array([0.0, 60.0 * MINUTES]), seed)
    assert {int(np.sign(yaw)) for _, _, yaw, _ in looks} == {-1, 1}
    assert min(pitch for *_, pitch in looks) < -2.0 < 2.0 < max(pitch for *_, pitch in looks)


@pytest.mark.parametrize("seed", SEEDS)
def test_blinks_fall_on_shifts_of_gaze_and_are_no_more_for_it(seed: int) -> None:
    values = waited(seed)
    shut = column(values, "eyelid_left") > 0.5
    assert 10 <= times_begun(shut) / MINUTES <= 20
    begun = np.flatnonzero(np.diff((column(values, "eyelid_left") > 0.02).astype(int)) > 0) / FPS
    shifts = [moment for begin, end, *_ in glances(np.array([0.0, 60.0 * MINUTES]), seed) for moment in (begin, end)]
    with_blink = np.mean([np.abs(begun - moment).min() < BLINK_S / 2 for moment in shifts])
    by_chance = BLINK_S * len(begun) / (60.0 * MINUTES)
    assert with_blink > 3 * by_chance


@pytest.mark.parametrize("seed", SEEDS)
def test_brows_flash_one_more_than_the_other_and_a_smile_comes_and_goes(seed: int) -> None:
    left, right = (column(waited(seed), f"brow_raise_{side}") for side in ("left", "right"))
    assert times_begun(np.maximum(left, right) > 0.2) >= MINUTES / 4
    assert np.abs(left - right).max() > 0.05
    smile = column(waited(seed), "smile")
    assert MINUTES / 3 <= times_begun(smile > 0.25) <= 3 * MINUTES
    assert (smile > 0.25).mean() < 0.3
    assert smile.max() < 0.6


@pytest.mark.parametrize("name", list(HEAD_LIMITS))
def test_the_head_stays_within_its_limits_also_where_it_is_lively(name: str) -> None:
    lively = waiting_face(0.0, 120.0, FPS, Delivery(liveliness=1.0)).values
    for values in (*map(waited, SEEDS), lively):
        assert np.abs(column(values, name)).max() <= HEAD_LIMITS[name]


@pytest.mark.parametrize("name", list(STEPS))
def test_nothing_jumps(name: str) -> None:
    assert max(np.abs(np.diff(column(waited(seed), name))).max() for seed in SEEDS) <= STEPS[name]


def test_it_is_the_same_frame_by_frame_as_in_one_piece() -> None:
    whole = waiting_face(100.0, 20.0, FPS, Delivery()).values
    single = [waiting_face(100.0 + i / FPS, 1 / FPS, FPS, Delivery()).values[0] for i in range(len(whole))]
    np.testing.assert_allclose(whole, single, atol=1e-4)


def test_lips_stay_as_they_are_at_rest() -> None:
    for name in MOUTH_CHANNELS:
        assert (waited(0)[:, INDEX[name]] == REST[INDEX[name]]).all()


def test_reduced_motion_leaves_nothing_but_blinks() -> None:
    still = waiting_face(0.0, 120.0, FPS, Delivery(reduced_motion=True)).values
    assert {name for name in INDEX if np.ptp(column(still, name)) > 0} == {"eyelid_left", "eyelid_right"}


def test_who_is_sad_does_not_smile_meanwhile() -> None:
    sad = waiting_face(0.0, 120.0, FPS, Delivery(emotion="sad")).values
    assert column(sad, "smile").max() < 0.2


def test_without_liveliness_the_head_is_still() -> None:
    calm = waiting_face(0.0, 120.0, FPS, Delivery(liveliness=0.0)).values
    assert np.ptp(column(calm, "head_roll_deg")) == 0.0
    assert np.ptp(column(calm, "smile")) < 0.2
