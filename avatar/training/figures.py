"""A motion and the truth in, figures out: opening, closures, silence, head and brows against stress and pitch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.articulation.target import Floats
from avatar.diffusion.sound import FRAME_HZ, bands_db, level_db, loudness_db
from avatar.diffusion.sound import Floats as Signal
from avatar.motion_frame import MotionTrack

Flags = npt.NDArray[np.bool_]

CLOSED_MM = 0.3
NEAR_S = 0.040
"""A closure counts when it comes this near its label."""
LAGS = (-1, 0, 1)
SILENT_AFTER_S, SILENT_BEFORE_S, PAUSE_S = 0.150, 0.200, 0.200
"""Silence as lipreading.md 7 defines it."""
SILENT_DB = -40.0
BLINK_SEEN = 0.02
"""How far the lids have gone when a blink counts as begun."""


@dataclass(frozen=True, slots=True)
class Closures:
    """How many were found, and how many there were not."""

    true: int
    found: int
    false: int
    minutes: float

    @property
    def recall(self) -> float:
        """0..1."""
        return self.found / max(self.true, 1)

    @property
    def false_per_minute(self) -> float:
        """Of speech, pauses left out."""
        return self.false / max(self.minutes, 1e-6)

    def __add__(self, other: Closures) -> Closures:
        return Closures(
            self.true + other.true, self.found + other.found, self.false + other.false, self.minutes + other.minutes
        )


def correlation(one: Floats, other: Floats) -> float:
    """Pearson's r; 0 where one of them does not move."""
    if len(one) < 2 or one.std() < 1e-9 or other.std() < 1e-9:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def best_lag(made: Floats, true: Floats) -> tuple[float, int]:
    """The best correlation within a frame of lag, and that lag in frames: + where ours comes later."""
    shifted = [(correlation(np.roll(made, -lag)[2:-2], true[2:-2]), lag) for lag in LAGS]
    return max(shifted)


def closures(track: MotionTrack, true: list[tuple[float, float]], spoken: list[tuple[float, float]]) -> Closures:
    """Lips that close within NEAR_S of a labelled P B M, and closings inside speech that are near none."""
    shut = track.channel("lip_height_mm") <= CLOSED_MM
    runs = _runs(shut, track)
    found = sum(any(a <= end + NEAR_S and b >= start - NEAR_S for a, b in runs) for start, end in true)
    false = 0
    for a, b in runs:
        is_near = any(a <= end + NEAR_S and b >= start - NEAR_S for start, end in true)
        is_inside = any(low + NEAR_S < 0.5 * (a + b) < high - NEAR_S for low, high in spoken)
        false += is_inside and not is_near
    return Closures(len(true), found, false, sum(high - low for low, high in spoken) / 60)


def spoken_stretches(phones: list[tuple[float, float]], least_s: float = PAUSE_S) -> list[tuple[float, float]]:
    """(start, end) of speech between pauses of at least that length."""
    joined: list[tuple[float, float]] = []
    for start, end in phones:
        if joined and start - joined[-1][1] < least_s:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def silent_frames(spoken: list[tuple[float, float]], times: Floats) -> Flags:
    """(len(times),) True in silence as lipreading.md 7 defines it, by what is labelled as spoken (start, end) s."""
    silent = np.zeros(len(times), bool)
    edges = [-np.inf, *(edge for stretch in spoken_stretches(spoken) for edge in stretch), np.inf]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        silent |= (times >= start + SILENT_AFTER_S) & (times <= end - SILENT_BEFORE_S)
    return silent


def quiet_frames(signal: Signal, frames: int) -> Flags:
    """(frames,) True where nothing sounds for as long as that, whatever is labelled: 16 kHz samples."""
    bands = bands_db(signal, frames)
    loud = loudness_db(bands).reshape(frames, -1).max(axis=1)
    silent = loud < level_db(bands) + SILENT_DB
    quiet = np.zeros(frames, bool)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], silent.astype(int), [0]])))
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        if (last - first) / FRAME_HZ >= PAUSE_S:
            low = first + int(np.ceil(SILENT_AFTER_S * FRAME_HZ)) if first else 0
            high = last - int(np.ceil(SILENT_BEFORE_S * FRAME_HZ)) if last < frames else frames
            quiet[low : max(high, low)] = True
    return quiet


def pose_variation_deg(track: MotionTrack) -> float:
    """Mean absolute change of the head's angles between frames (rivals.md 1.2)."""
    head = np.stack([track.channel(f"head_{axis}_deg") for axis in ("yaw", "pitch", "roll")])
    return float(np.abs(np.diff(head, axis=1)).mean())


def blinks_per_minute(track: MotionTrack) -> float:
    """Closings of the lids."""
    shut = (track.channel("eyelid_left") > 0.5).astype(int)
    return float((np.diff(shut) > 0).sum() / (len(track) / track.fps / 60))


def blink_lengths_s(track: MotionTrack) -> list[float]:
    """Of every blink, from where the lids leave to where they are back; those at the track's ends are left out."""
    moving = (track.channel("eyelid_left") > BLINK_SEEN).astype(int)
    edges = np.flatnonzero(np.diff(moving))
    first = int(moving[0])  # the end of a blink that had begun before
    return [float((b - a) / track.fps) for a, b in zip(edges[first::2], edges[first + 1 :: 2], strict=False)]


def below_one_hertz(track: MotionTrack) -> float:
    """Share of the head's movement (power of its angles) below 1 Hz."""
    head = np.stack([track.channel(f"head_{axis}_deg") for axis in ("yaw", "pitch", "roll")])
    power = np.abs(np.fft.rfft((head - head.mean(axis=1, keepdims=True)) * np.hanning(head.shape[1]))) ** 2
    hertz = np.fft.rfftfreq(head.shape[1], 1 / track.fps)
    return float(power[:, hertz < 1.0].sum() / max(power.sum(), 1e-9))


def _runs(shut: Flags, track: MotionTrack) -> list[tuple[float, float]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], shut.astype(int), [0]])))
    return [
        (track.start_s + first / track.fps, track.start_s + (last - 1) / track.fps)
        for first, last in zip(edges[::2], edges[1::2], strict=True)
    ]
