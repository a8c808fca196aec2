"""The head is turned a little to each thing that is said: to both sides, slowly, the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.motion.phrases import phrases, turns
from tests.avatar.articulation.material import utterance_of

FPS = 30.0
TIMES = np.arange(0.0, 60.0, 1 / FPS)
SAID = [(2.0 * k, 2.0 * k + 1.8) for k in range(30)]


def test_pauses_part_phrases_and_short_silences_do_not() -> None:
    spoken = utterance_of([("a", 0.5), ("", 0.3), ("m", 0.4), ("", 0.05), ("a", 0.6), ("", 0.4)])
    assert np.array(phrases(spoken.phones)) == pytest.approx(np.array([(0.0, 0.5), (0.8, 1.85)]))


def test_what_is_said_long_without_a_pause_is_several_phrases() -> None:
    said = phrases(utterance_of([("a", 0.5)] * 16).phones)
    assert 3 <= len(said) <= 5
    assert said[0][0] == 0.0
    assert said[-1][1] == pytest.approx(8.0)
    assert all(end == start for (_, end), (start, _) in zip(said[:-1], said[1:], strict=True))


def test_nothing_said_turns_nothing() -> None:
    assert not phrases(utterance_of([("", 0.5)]).phones)
    assert not any(degrees.any() for degrees in turns(TIMES, [], 0.0, 0).values())


def test_the_head_turns_to_both_sides_and_slowly() -> None:
    yaw, roll = (turns(TIMES, SAID, 5.0, 0)[axis] for axis in ("yaw", "roll"))
    assert yaw.min() < -1.0
    assert yaw.max() > 1.0
    assert np.abs(yaw).max() < 3.0
    assert np.ptp(roll) > 0.8
    assert np.abs(np.diff(yaw)).max() * FPS < 12.0  # degrees a second
    power = np.abs(np.fft.rfft((yaw - yaw.mean()) * np.hanning(len(yaw)))) ** 2
    assert power[np.fft.rfftfreq(len(yaw), 1 / FPS) > 1.0].sum() < 0.02 * power.sum()


def test_the_same_seed_turns_the_same_way_and_another_one_another() -> None:
    one, two, other = (turns(TIMES, SAID, 5.0, seed)["yaw"] for seed in (4, 4, 5))
    assert (one == two).all()
    assert np.abs(one - other).max() > 1.0


def test_the_same_words_later_are_said_with_another_turn() -> None:
    assert np.abs(turns(TIMES, SAID, 5.0, 0)["yaw"] - turns(TIMES, SAID, 99.0, 0)["yaw"]).max() > 1.0
