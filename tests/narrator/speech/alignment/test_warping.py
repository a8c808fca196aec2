"""A warping finds where the moments of one utterance lie in another."""

from __future__ import annotations

import numpy as np
import pytest

from narrator.speech.alignment.features import HOP_S
from narrator.speech.alignment.warping import carry, warp


def ramp(length: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    position = np.linspace(0, 6, length)
    return np.stack([np.sin(position), np.cos(position * 1.7), position], axis=1)


@pytest.mark.parametrize("stretch", [0.5, 0.8, 1.0, 1.3, 2.0])
def test_an_evenly_stretched_utterance_is_mapped_evenly(stretch: float) -> None:
    mapping = warp(ramp(200), ramp(int(200 * stretch)))
    assert np.abs(mapping - np.arange(200) * stretch).max() < 6


def test_the_mapping_rises_from_the_first_to_the_last_frame() -> None:
    noise = np.random.default_rng(2)
    mapping = warp(noise.normal(size=(120, 4)), noise.normal(size=(90, 4)))
    assert (np.diff(mapping) >= 0).all()
    assert mapping[0] >= 0
    assert mapping[-1] <= 89


def test_a_pause_is_crossed_between_two_frames() -> None:
    reference = ramp(100)
    target = np.concatenate([reference[:50], np.repeat(reference[49:50], 40, axis=0), reference[50:]])
    mapping = warp(reference, target)
    assert mapping[25] == pytest.approx(25, abs=2)
    assert mapping[75] == pytest.approx(115, abs=2)


def test_single_frames_can_be_warped() -> None:
    assert warp(np.ones((1, 3)), np.ones((1, 3))).tolist() == [0.0]
    assert len(warp(np.ones((1, 3)), np.ones((5, 3)))) == 1


def test_times_are_carried_between_frames() -> None:
    assert carry(np.array([0.0, 1.5 * HOP_S]), np.array([0.0, 2.0, 4.0])).tolist() == pytest.approx([0.0, 3.0 * HOP_S])
