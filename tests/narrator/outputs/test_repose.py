"""A face comes to rest and goes back without a jump, the mouth sooner than the head."""

from __future__ import annotations

import numpy as np
import pytest

from narrator.outputs.repose import (
    HEAD_S,
    MOUTH_BACK_S,
    MOUTH_HURRIED_S,
    MOUTH_S,
    THOUGHT_AFTER_S,
    THOUGHT_BACK_S,
    THOUGHT_S,
    Repose,
)

STEP_S = 1 / 30


def test_it_begins_waiting() -> None:
    waiting = Repose().at(5.0)
    assert waiting is not None
    assert (waiting.clock_s, waiting.head, waiting.mouth) == (5.0, 1.0, 1.0)


def test_a_performance_from_its_start_has_its_mouth_at_once_and_its_head_by_and_by() -> None:
    repose = Repose()
    repose.perform(10.0, from_its_start=True)
    begun = repose.at(10.0)
    assert begun is not None
    assert (begun.head, begun.mouth) == pytest.approx((1.0, 0.0))
    assert repose.is_moving(10.0)
    assert repose.at(10.0 + HEAD_S) is None


def test_after_a_pause_the_mouth_is_back_within_a_tenth_of_a_second() -> None:
    repose = Repose()
    repose.perform(0.0, from_its_start=True)
    repose.rest(5.0)
    assert repose.is_moving(5.1)
    assert not repose.is_moving(5.0 + HEAD_S)
    repose.perform(9.0, from_its_start=False)
    midway, back = repose.at(9.0 + MOUTH_BACK_S / 2), repose.at(9.0 + MOUTH_BACK_S)
    assert midway is not None
    assert back is not None
    assert 0 < midway.mouth < 1
    assert back.mouth == 0


def test_however_often_it_is_turned_round_nothing_jumps() -> None:
    repose, heads, mouths = Repose(), [], []
    for frame in range(300):
        now_s = frame * STEP_S
        if frame % 7 == 0:
            if frame % 2:
                repose.rest(now_s)
            else:
                repose.perform(now_s, from_its_start=False)
        waiting = repose.at(now_s)
        heads.append(waiting.head if waiting else 0.0)
        mouths.append(waiting.mouth if waiting else 0.0)
    fastest = 1.875  # the steepest slope of a minimum-jerk path
    assert np.abs(np.diff(heads)).max() <= fastest * STEP_S / HEAD_S
    assert np.abs(np.diff(mouths)).max() <= fastest * STEP_S / min(MOUTH_S, MOUTH_BACK_S)


def test_a_mouth_that_is_broken_off_hurries_to_rest_and_is_done_within_a_tenth_of_a_second() -> None:
    repose = Repose()
    repose.perform(0.0, from_its_start=True)
    repose.rest(5.0, hurries=True)
    assert repose.is_hurrying(5.04)
    closed = repose.at(5.0 + MOUTH_HURRIED_S)
    assert closed is not None
    assert closed.mouth == 1.0
    assert MOUTH_HURRIED_S <= 0.1
    assert not repose.is_hurrying(5.0 + MOUTH_HURRIED_S)


def test_nobody_thinks_for_what_is_there_soon() -> None:
    repose = Repose()
    repose.think(10.0, is_wanted=True)
    assert repose.thinking(10.0 + THOUGHT_AFTER_S) == 0.0
    repose.think(10.0 + THOUGHT_AFTER_S, is_wanted=False)
    assert repose.thinking(30.0) == 0.0


def test_thought_comes_after_a_while_and_goes_before_the_first_word_is_long_begun() -> None:
    repose = Repose()
    for step in range(100):  # as often as a picture is drawn
        repose.think(10.0 + step * STEP_S, is_wanted=True)
    deep_s = 10.0 + THOUGHT_AFTER_S + THOUGHT_S
    assert 0.0 < repose.thinking(deep_s - THOUGHT_S / 2) < 1.0
    assert repose.thinking(deep_s) == pytest.approx(1.0)
    waiting = repose.at(20.0)
    assert waiting is not None
    assert waiting.thinking == 1.0
    repose.perform(20.0, from_its_start=True)
    begun = repose.at(20.0 + THOUGHT_BACK_S)
    assert begun is not None
    assert begun.thinking == pytest.approx(0.0)


def test_however_often_it_thinks_again_nothing_jumps() -> None:
    repose, thoughts = Repose(), []
    for frame in range(300):
        now_s = frame * STEP_S
        repose.think(now_s, is_wanted=frame % 40 < 30)
        thoughts.append(repose.thinking(now_s))
    assert max(thoughts) > 0.2
    assert np.abs(np.diff(thoughts)).max() <= 1.875 * STEP_S / min(THOUGHT_S, THOUGHT_BACK_S)
