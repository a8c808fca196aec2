"""A face follows a sound: open where it is loud, closed where nothing is said, a moment behind."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest

from avatar.diffusion.generator import generator
from avatar.diffusion.live import HOP, LiveMotion
from avatar.diffusion.sound import FRAME_HZ
from avatar.diffusion.track import at_16_khz
from avatar.following_face import FollowingFace
from avatar.listening.weights import listener
from avatar.performer import Performer
from avatar.presenters.library import DEFAULT
from narrator.flow import Delivery, Sentence, Viewport
from narrator.speech.espeak_voice import EspeakVoice

RATE_HZ = 16_000
BEHIND_S = 0.2
BLOCK = 533
CLOSED_MM = 0.3

Signal = npt.NDArray[np.float32]


@pytest.fixture(scope="module")
def signal() -> Signal:
    voice = EspeakVoice()
    try:
        said = voice.speak(Sentence("How are you? I saw a huge owl in our yard.", "en"), Delivery())
    finally:
        voice.close()
    pause = np.zeros(RATE_HZ, np.float32)
    return np.concatenate([pause, at_16_khz(said), pause])


def blocks(signal: Signal) -> Iterator[Signal]:
    for first in range(0, len(signal), BLOCK):
        yield signal[first : first + BLOCK]


@pytest.fixture(scope="module")
def seen(signal: Signal) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Moments of the sound, lip heights and head pitch."""
    motion = LiveMotion(generator(), listener(), Delivery(), 30.0)
    moments, heights, heads = [], [], []
    for block in blocks(signal):
        motion.push(block)
        motion.grow()
        moment_s = motion.heard_s - BEHIND_S
        if moment_s > 0:
            frame = motion.frame(moment_s)
            moments.append(moment_s)
            heights.append(float(frame["lip_height_mm"]))
            heads.append(float(frame["head_pitch_deg"]))
    return np.array(moments), np.array(heights), np.array(heads)


def test_it_opens_while_somebody_speaks_and_rests_while_nobody_does(seen, signal: Signal) -> None:  # type: ignore[no-untyped-def]
    moments, heights, _ = seen
    end_s = len(signal) / RATE_HZ
    loud = np.flatnonzero(np.abs(signal) > 0.02)[[0, -1]] / RATE_HZ
    assert np.median(heights[(moments > loud[0] + 0.1) & (moments < loud[1] - 0.1)]) > 2.0
    assert heights[moments < loud[0] - 0.25].max() <= CLOSED_MM
    assert heights[(moments > loud[1] + 0.45) & (moments < end_s)].max() <= CLOSED_MM


def test_the_head_moves_without_a_jerk(seen) -> None:  # type: ignore[no-untyped-def]
    assert np.abs(np.diff(seen[2])).max() * 30.0 < 25.0


def test_the_face_grows_by_hops_and_never_ahead_of_the_sound() -> None:
    motion = LiveMotion(generator(), listener(), Delivery(), 30.0)
    assert not motion.grow()
    motion.push(np.zeros(round(2.5 * HOP / FRAME_HZ * RATE_HZ), np.float32))
    assert [motion.grow() for _ in range(3)] == [True, True, False]


def test_it_draws_the_waiting_face_until_a_sound_comes_and_ends_with_it(signal: Signal) -> None:

    performer = Performer(DEFAULT)
    face = FollowingFace(performer, LiveMotion(generator(), listener(), Delivery(), 30.0), BEHIND_S)
    view = Viewport(160, 120, 30.0)
    waiting = face.rest(Delivery(), view, 5.0).copy()
    assert (waiting == performer.rest(Delivery(), view, 5.0)).all()
    heard_s = 0.0
    timed = []
    for block in blocks(signal[: 3 * RATE_HZ]):
        heard_s += len(block) / RATE_HZ
        timed.append((block, 100.0 + heard_s))
    face.follow(timed)
    speaking = face.rest(Delivery(), view, 100.0 + heard_s)
    assert np.abs(speaking.astype(int) - waiting).max() > 30
    assert face.is_lively
