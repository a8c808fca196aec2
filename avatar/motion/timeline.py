"""A moment of the narration's time line in, slow random motion out, the same for the same seed.

Everything here is a pure function of the clock, so one utterance ends where the next one begins.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from avatar.articulation.movement import minimum_jerk
from avatar.motion_frame import MotionTrack
from narrator.flow import Utterance

Floats = npt.NDArray[np.float64]

SWAY_HZ = (0.071, 0.113, 0.187, 0.293)
"""Incommensurate, so that the sway does not repeat within minutes; all far below 1 Hz (lipreading.md 3.5)."""
SWAY_SHARES = (0.42, 0.28, 0.19, 0.11)
"""Slower parts are larger, as in standing and sitting people; they add to 1."""
BREATH_HZ = 0.25
"""15 breaths a minute."""
INHALE = 0.4
"""Share of a breath that goes in."""


def last_shown_s(track: MotionTrack, utterance: Utterance) -> float:
    """The moment from which the next utterance's preroll may be shown instead (narrator/timeline)."""
    return max(utterance.duration_s, track.start_s + (len(track) - 1) / track.fps + track.start_s)


def chance(seed: int, stream: int, cell: int) -> Floats:
    """(4,) numbers in 0..1 that belong to this cell of this stream."""
    return _chance(seed & 0xFFFFFFFF, stream, cell)


@lru_cache(maxsize=1024)  # the cells of some minutes: each frame asks for those round it again
def _chance(seed: int, stream: int, cell: int) -> Floats:
    return np.random.default_rng((seed, stream, cell & 0xFFFFFFFF)).random(4)


def sway(clock: Floats, seed: int, stream: int) -> Floats:
    """(frames,) -1..1, slow and smooth; clock (frames,) s of the narration."""
    phases = 2 * np.pi * chance(seed, stream, 0)
    waves = [
        share * np.sin(2 * np.pi * hz * clock + phase)
        for hz, share, phase in zip(SWAY_HZ, SWAY_SHARES, phases, strict=True)
    ]
    return np.asarray(np.sum(waves, axis=0))


def breath(clock: Floats, seed: int) -> Floats:
    """(frames,) 0 out .. 1 in, at clock (frames,) s; in is quicker than out."""
    phase = np.mod(clock * BREATH_HZ + chance(seed, 9, 0)[0], 1.0)
    going_in = 0.5 - 0.5 * np.cos(np.pi * phase / INHALE)
    going_out = 0.5 + 0.5 * np.cos(np.pi * (phase - INHALE) / (1 - INHALE))
    return np.asarray(np.where(phase < INHALE, going_in, going_out))


def bump(moments: Floats, centre: float, half_width: float) -> Floats:
    """(frames,) 1 at the centre, 0 from half_width on, smooth; all in seconds."""
    return minimum_jerk(1.0 - np.abs(moments - centre) / half_width)
