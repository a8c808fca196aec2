"""Silence before, after and inside speech is found, closures of stops are not taken for it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from narrator.speech.alignment.features import RATE_HZ
from narrator.speech.alignment.speech_span import pauses


def speech(*parts: tuple[float, float], noise: float = 0.0) -> npt.NDArray[np.float64]:
    """(seconds, level) parts of noise, over a background."""
    chance = np.random.default_rng(3)
    sound = np.concatenate([chance.normal(0, 1, int(seconds * RATE_HZ)) * level for seconds, level in parts])
    return np.asarray(sound + chance.normal(0, 1, len(sound)) * noise)


@pytest.mark.parametrize("noise", [0.0, 10.0])
def test_outer_silence_and_inner_pauses_are_found(noise: float) -> None:
    found = pauses(speech((0.3, 0), (1.0, 3000), (0.4, 0), (1.0, 3000), (0.2, 0), noise=noise))
    assert len(found) == 3
    for (begin, end), expected in zip(found, [(0.0, 0.3), (1.3, 1.7), (2.7, 2.9)], strict=True):
        assert begin == pytest.approx(expected[0], abs=0.02)
        assert end == pytest.approx(expected[1], abs=0.02)


def test_a_closure_is_no_pause() -> None:
    assert pauses(speech((0.5, 3000), (0.08, 0), (0.5, 3000))) == []


def test_steady_speech_has_no_pause() -> None:
    assert pauses(speech((1.0, 3000))) == []
