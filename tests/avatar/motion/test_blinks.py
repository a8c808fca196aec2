"""No blink is cut short where one utterance takes over from another, and none hides a closure it can be moved from."""

from __future__ import annotations

from dataclasses import replace
from itertools import cycle

import numpy as np
import pytest

from avatar.diffusion.face import blinks
from avatar.diffusion.layout import PLACE, WIDTH
from avatar.diffusion.sound import FRAME_HZ
from avatar.motion.blinks import BLINK_S, CELL_S, lids, nominal, placed
from avatar.motion_frame import REST, MotionTrack
from avatar.planning import plan
from narrator.flow import Delivery, Sentence, Utterance
from tests.avatar.articulation.material import article, utterance_of

FPS = 30.0
PREROLL_S = 0.2
PAUSES_S = (0.3, 0.12, 0.5)
MOST_A_FRAME = 0.63
"""A lid that closes in 0.1 s moves no further from one frame to the next (minimum jerk: 1.875 of the mean speed)."""


def shown(utterances: list[Utterance], motion: str, seed: int) -> np.ndarray:
    """(frames,) of the lids as a film shows them: each until the next one's preroll begins."""
    clock_s, pieces = 0.0, []
    for utterance, pause_s in zip(utterances, cycle(PAUSES_S), strict=False):
        end_s = utterance.duration_s + pause_s
        delivery = Delivery(motion=motion, seed=seed)
        track = plan(utterance, FPS, -PREROLL_S, end_s, clock_s + PREROLL_S, delivery)
        frames = int(np.ceil((PREROLL_S + max(utterance.duration_s, end_s - PREROLL_S)) * FPS - 1e-4))
        pieces.append(track.channel("eyelid_left")[:frames])
        clock_s += frames / FPS
    return np.concatenate(pieces)


def whole_blinks(lid: np.ndarray) -> int:
    """Blinks that are seen; none of them is broken off or begun in the middle."""
    assert np.abs(np.diff(lid)).max() <= MOST_A_FRAME
    return int(((lid[1:] > 0.5) & (lid[:-1] <= 0.5)).sum())


@pytest.mark.parametrize(("motion", "seeds"), [("rules", 40), ("diffusion", 4)])
def test_lids_never_jump_where_the_next_sentence_takes_over(motion: str, seeds: int) -> None:
    utterances = [utterance_of([("p", 0.09), ("ɑː", 0.3 + 0.13 * n)]) for n in range(12)]
    seen = [whole_blinks(shown(utterances, motion, seed)) for seed in range(seeds)]
    assert min(seen) >= 2


def test_lids_never_jump_where_the_next_recording_takes_over() -> None:
    heard = [replace(one, sentence=Sentence("", "und"), phones=(), words=()) for one in article()[:6]]
    assert whole_blinks(shown(heard, "diffusion", 0)) >= 3


def test_a_blink_by_ear_is_over_before_another_recording_may_be_shown() -> None:
    frames, end_s = 120, 3.3
    like = MotionTrack(-PREROLL_S, FRAME_HZ, ("",) * frames, np.tile(REST, (frames, 1)))
    motion = np.zeros((frames, WIDTH), np.float32)
    motion[100, PLACE["blink"]] = 1.0  # at 3.1 s
    for until_s in (end_s, end_s - 0.1, end_s + 0.5):
        assert all(moment + BLINK_S <= until_s for moment in blinks(motion, [], like, until_s))


def test_a_blink_across_the_end_of_a_stretch_stays_for_the_next_one_to_go_on() -> None:
    begin, end = 10.0, 16.0
    apexes, pauses = [end - 0.1], [(end - 1.0, end)]
    for moment in np.arange(end - BLINK_S + 0.001, end, 0.02):
        assert placed([float(moment)], (begin, end), apexes, pauses) == [moment]
        assert placed([float(moment)], (end, end + 5.0), apexes, pauses) == [moment]
    moved = placed([end - BLINK_S - 0.1], (begin, end), [end - BLINK_S], pauses)
    assert begin <= moved[0] <= end - BLINK_S


def test_every_cell_of_the_time_line_has_one_blink() -> None:
    moments = nominal(0.0, 10 * CELL_S, 3)
    assert len([moment for moment in moments if moment >= 0]) == 10
    clock = np.arange(0.0, 10 * CELL_S, 1 / FPS)
    assert whole_blinks(lids(clock, moments)) == 10
