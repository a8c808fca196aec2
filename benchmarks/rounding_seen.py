"""A face in, how wide the opening of each rounded and spread sound is seen in decoded frames (T6) out.

One frame of one sound is read off by half a millimetre and more, so each sound is seen in several poses of the head and
its width is their median.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import INDEX, MotionFrame
from benchmarks.kept import kept
from benchmarks.lip_film import apexes, write_film
from benchmarks.lip_sight import see_film
from benchmarks.lip_tests import ROUNDING_TARGETS, rounding, rounding_steps
from benchmarks.lip_watch import LipFace
from tests.avatar.articulation.checks import Outcome

BESIDE = "h"
"""Between what each sound is spoken: it asks nothing of the lips."""
END = {"oʊ": 0.85}
"""Where in a sound it is seen, as a share of its length; the others in their middle."""
HEADS_DEG = ((0.0, 0.0), (1.5, 1.0), (-1.5, -1.0), (1.5, -1.0), (-1.5, 1.0))
"""Yaw and pitch, as far as a head sways and nods while it speaks (avatar/motion/rules.py stays within 4)."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """What T6 finds; lengths over the distance of the pupils."""

    outcome: Outcome
    closest: tuple[str, str]
    """Narrow, wide: the pair judged that is seen least apart, or furthest the wrong way round."""
    apart: float
    """By how much its wide one is wider."""
    strays: float
    """How far one frame lies from its sound's others: standard deviation over all sounds."""


def see_rounding(face: LipFace) -> Rounding:
    """The face speaks every sound in every pose."""

    def make() -> dict[str, npt.NDArray[np.float64]]:
        with tempfile.TemporaryDirectory(prefix="narrator-lips-") as folder:
            frames = [turned(frame, *head) for head in HEADS_DEG for frame in sound_frames()]
            return {"inner_width": see_film(write_film(face.name, frames, Path(folder) / "round.mp4").path).inner_width}

    key = (*ROUNDING_TARGETS, str(HEADS_DEG), face.digest)
    return judged(kept(f"rounding-{face.name}", key, make)["inner_width"].reshape(len(HEADS_DEG), -1))


def judged(widths: npt.NDArray[np.float64]) -> Rounding:
    """widths (heads, sounds), in the order of ROUNDING_TARGETS; a face not found is NaN and fails."""
    seen = dict(zip(ROUNDING_TARGETS, np.median(widths, axis=0).tolist(), strict=True))
    steps = rounding_steps(seen)
    closest = min(steps, key=lambda pair: steps[pair])
    strays = float(np.sqrt(widths.var(axis=0, ddof=1).mean()))
    return Rounding(rounding(seen), closest, steps[closest], strays)


def sound_frames() -> Sequence[MotionFrame]:
    """One frame of each sound, in the order of ROUNDING_TARGETS."""
    return [apexes([(BESIDE, ipa, BESIDE)], END.get(ipa, 0.5))[0] for ipa in ROUNDING_TARGETS]


def turned(frame: MotionFrame, yaw_deg: float, pitch_deg: float) -> MotionFrame:
    """The same mouth on a head that looks elsewhere."""
    values = frame.values.copy()
    values[[INDEX["head_yaw_deg"], INDEX["head_pitch_deg"]]] = yaw_deg, pitch_deg
    return MotionFrame(frame.time_s, frame.phone, values)
