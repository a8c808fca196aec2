"""What was seen of a filmed face in, our motion channels out, at the rate of the pairs; NaN in what no camera tells.

A film's own closed mouth and calm brows are the neutral ones, so that what faces differ in falls away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.articulation.target import HIGHEST, LOWEST
from avatar.diffusion.layout import PLACE as CHANNEL
from avatar.diffusion.layout import SPEAKING, WIDTH
from avatar.diffusion.sound import FRAME_HZ
from avatar.motion_frame import INDEX
from avatar.training.extraction.calibrate import ANGLES, TARGETS, calibration
from avatar.training.extraction.face_measure import PLACE, Doubles
from avatar.training.extraction.film import rows_of, shapes_of
from avatar.training.figures import Flags

CLOSED_MM, OPEN_MM = 0.95, 1.9
"""Of the gap between pupils 63 mm apart: 0.015 and 0.03 of them (lipreading.md 7); between them nothing is certain."""
NEUTRAL_CLOSED = 15.0
"""Percentile of gaps that counts as a closed mouth too: full lips at rest are seen a little open."""
RESTING = 25.0
"""Percentile of the jaw's drop in closed mouths up to which a mouth is at rest."""
SHUT_SHARE, OPEN_SHARE = 0.45, 0.80
"""Of the eye's usual opening: at and below it counts as shut, at and above it as open."""
EYEBALL_MM = 12.0
MOUTH_SMOOTHING_S, JAW_SMOOTHING_S, HEAD_SMOOTHING_S, BROW_SMOOTHING_S = 0.01, 0.04, 0.10, 0.05
"""Spread of a Gaussian: FaceMesh trembles, jaws are slower than lips, heads move below 1 Hz (lipreading.md 3.5)."""
LONGEST_GAP_S = 0.25
"""Frames without a face are bridged up to this; longer ones stay unknown."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Every frame of a film in which there is a face."""

    times: Doubles
    """(n,) s, rising."""
    readings: Doubles
    """(n, len(READINGS))"""
    channels: Doubles
    """(n, TARGETS and ANGLES) of calibrate.py, against this person's closed mouth; of ANGLES what is to be added."""


def seen_in(chunks: Sequence[Path]) -> Seen:
    """Of watch.py's chunks, one after the other in memory."""
    rows = [rows_of(chunk) for chunk in chunks]
    gap = np.concatenate([one[:, 2 + PLACE["gap_mm"]] for one in rows])
    limit = max(OPEN_MM, float(np.nanpercentile(gap, NEUTRAL_CLOSED)))
    closed = [one[:, 2 + PLACE["gap_mm"]] <= limit for one in rows]
    found = [chunk for chunk, flags in zip(chunks, closed, strict=True) if flags.any()]
    calm = np.median([np.median(shapes_of(c)[f], axis=0) for c, f in zip(chunks, closed, strict=True) if c in found], 0)
    weights, offset = calibration()
    told = np.concatenate([(shapes_of(chunk) - calm) @ weights + offset for chunk in chunks])
    whole = np.concatenate(rows)
    told -= np.median(told[_resting(told, np.concatenate(closed))], axis=0) - _closed_mouth()
    there = np.isfinite(whole[:, 2])
    return Seen(whole[there, 0], whole[there, 2:], told[there])


def _resting(told: Doubles, closed: Flags) -> Flags:
    """The frames in which the jaw is up as well: lips close for P B M with a jaw that hangs."""
    jaw = told[:, TARGETS.index("jaw_drop_mm")]
    return np.asarray(closed & (jaw <= np.percentile(jaw[closed], RESTING)))


def _closed_mouth() -> Doubles:
    """(TARGETS and ANGLES,) of a closed mouth at rest: nothing, but for its width."""
    return np.array([1.0 if name == "mouth_width" else 0.0 for name in (*TARGETS, *ANGLES)])


def motion_of(seen: Seen, frames: int, speaking: Flags) -> npt.NDArray[np.float32]:
    """(frames, layout.WIDTH) at FRAME_HZ from 0 s on; speaking (frames,) False where nothing sounds."""
    readings = _at_rate(seen.times, seen.readings, frames)
    told = _at_rate(seen.times, seen.channels, frames)
    motion = np.full((frames, WIDTH), np.nan)
    gap = readings[:, PLACE["gap_mm"]]
    for name, column in zip(TARGETS, told.T, strict=False):
        is_mouth = INDEX[name] < len(LOWEST)
        spread_s = MOUTH_SMOOTHING_S if is_mouth else BROW_SMOOTHING_S
        moved = smooth(column, JAW_SMOOTHING_S if name == "jaw_drop_mm" else spread_s)
        low, high = (LOWEST[INDEX[name]], HIGHEST[INDEX[name]]) if is_mouth else (-1.0, 1.0)
        motion[:, CHANNEL[name]] = np.clip(moved, low, high)
    motion[gap <= CLOSED_MM, CHANNEL["lip_height_mm"]] = 0.0
    motion[gap <= CLOSED_MM, CHANNEL["inner_width"]] = 0.0
    motion[gap <= CLOSED_MM, CHANNEL["lips"]] = 1.0
    motion[gap >= OPEN_MM, CHANNEL["lips"]] = 0.0
    motion[:, CHANNEL[SPEAKING]] = speaking
    for name in ANGLES:
        axis = name.removeprefix("head_")
        angle = readings[:, PLACE[axis]] + told[:, len(TARGETS) + ANGLES.index(name)]
        motion[:, CHANNEL[name]] = smooth(angle - np.nanmedian(angle), HEAD_SMOOTHING_S)
    motion[:, CHANNEL["blink"]] = _shut(readings)
    for axis, reading in (("yaw", "iris_x_mm"), ("pitch", "iris_y_mm")):
        away = readings[:, PLACE[reading]] - np.nanmedian(readings[:, PLACE[reading]])
        look = np.degrees(np.arcsin(np.clip(away / EYEBALL_MM, -0.7, 0.7)))
        motion[:, CHANNEL[f"look_{axis}_deg"]] = look + motion[:, CHANNEL[f"head_{axis}_deg"]]
    return motion.astype(np.float32)


def _shut(readings: Doubles) -> Doubles:
    """(frames,) 0 open .. 1 shut, both eyes together."""
    opening = readings[:, [PLACE["eye_left"], PLACE["eye_right"]]]
    share = (opening / np.nanpercentile(opening, 75, axis=0)).mean(axis=1)
    return np.asarray(np.clip((OPEN_SHARE - share) / (OPEN_SHARE - SHUT_SHARE), 0, 1))


def _at_rate(times: Doubles, values: Doubles, frames: int) -> Doubles:
    """(frames, columns) between the film's own frames; NaN further than LONGEST_GAP_S / 2 from any."""
    wanted = np.arange(frames) / FRAME_HZ
    found = np.stack([np.interp(wanted, times, column) for column in values.T], axis=1)
    beside = np.clip(np.searchsorted(times, wanted)[:, None] + (-1, 0), 0, len(times) - 1)
    found[np.abs(wanted[:, None] - times[beside]).min(axis=1) > LONGEST_GAP_S / 2] = np.nan
    return found


def smooth(column: Doubles, spread_s: float) -> Doubles:
    """A Gaussian over what is known; NaN stays."""
    reach = max(1, round(3 * spread_s * FRAME_HZ))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / (spread_s * FRAME_HZ)) ** 2)
    known = np.isfinite(column)
    total = np.convolve(np.where(known, column, 0.0), kernel, "same")
    weight = np.convolve(known.astype(float), kernel, "same")
    return np.where(known, total / np.maximum(weight, 1e-9), np.nan)
