"""The network's face in, a face within its limits out: smooth, looking at the viewer, never blinking over a closure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.layout import PLACE, SPEAKING
from avatar.diffusion.sound import FRAME_HZ, Floats
from avatar.listening.contacts import runs
from avatar.motion.blinks import BLINK_S, CLOSE_S, lids, placed
from avatar.motion_frame import INDEX, MotionTrack
from narrator.flow import Delivery

HEAD_LIMITS_DEG = {"head_pitch_deg": 4.0, "head_yaw_deg": 4.0, "head_roll_deg": 3.0}
"""While speaking (lipreading.md 3.5)."""
HEAD_SMOOTHING_S, BROW_SMOOTHING_S = 0.13, 0.05
"""Spread of a Gaussian: a head moves below 1 Hz (lipreading.md 3.5), brows are quicker."""
SPREAD = {
    **{"head_yaw_deg": 2.3, "head_pitch_deg": 1.6, "head_roll_deg": 2.4},
    **{"brow_raise_left": 1.85, "brow_raise_right": 1.85},
}
"""Few steps of a sampler move less than what they learnt from: the teacher's spread over theirs, held-out voices."""
LOOK_SPEAKING_DEG = 2.0
"""While something is said the eyes stay this near the viewer; glances belong to pauses."""
LOOK_LIMIT_DEG = 12.0
BLINK_SURE = 0.45
BLINK_APART_S, LONGEST_OPEN_S = 2.2, 6.0
"""10 to 27 blinks a minute at the very most, 10 to 20 on the whole (lipreading.md 3.5)."""
APART_FRAMES = 3
"""Two wishes to blink are at least this far apart; nearer ones are one."""
FADE_S, FADE_SHARE = 1.0, 0.3
"""Both ends run into the waiting face over this, or over this share of a short utterance."""


def finished_face(
    values: Floats,
    motion: Floats,
    contacts: Sequence[tuple[str, float, float]],
    last_s: float,
    like: MotionTrack,
    delivery: Delivery,
) -> Floats:
    """(frames, channels) of the waiting face and its mouth, with the network's face laid over it.

    contacts: (name, start, end) of the lips, seconds of the utterance; last_s: when the last frame is shown.
    """
    times = np.arange(len(values)) / like.fps
    shown_s = min(last_s - like.start_s, float(times[-1]))
    fade_s = max(min(FADE_S, FADE_SHARE * shown_s), 1e-3)
    inside = minimum_jerk(times / fade_s) * minimum_jerk((shown_s - times) / fade_s)
    made = {name: at_rate(motion[:, PLACE[name]], like.fps, len(values)) for name in PLACE}
    made |= {name: made[name].mean() + gain * (made[name] - made[name].mean()) for name, gain in SPREAD.items()}
    wanted = {
        name: made[name] for name in ("brow_furrow", "cheek_raise", "smile", "brow_raise_left", "brow_raise_right")
    }
    wanted = {name: np.clip(smooth(one, BROW_SMOOTHING_S * like.fps), -1, 1) for name, one in wanted.items()}
    if not delivery.reduced_motion:
        for name, limit in HEAD_LIMITS_DEG.items():
            wanted[name] = limit * np.tanh(smooth(made[name], HEAD_SMOOTHING_S * like.fps) / limit)
    waiting, values = values, values.copy()
    for name, one in wanted.items():
        values[:, INDEX[name]] = waiting[:, INDEX[name]] + inside * (one - waiting[:, INDEX[name]])
    if not delivery.reduced_motion:
        speaking = at_rate(motion[:, PLACE[SPEAKING]], like.fps, len(values)) > 0.5
        for axis in ("yaw", "pitch"):
            most = np.where(speaking, LOOK_SPEAKING_DEG, LOOK_LIMIT_DEG)
            most = np.minimum.reduce([np.roll(most, k) for k in (-1, 0, 1)])
            look = np.clip(made[f"look_{axis}_deg"], -most, most)
            values[:, INDEX[f"gaze_{axis}_deg"]] = inside * look - values[:, INDEX[f"head_{axis}_deg"]]
    shut = lids(times + like.start_s, blinks(motion, contacts, like))
    for name in ("eyelid_left", "eyelid_right"):
        values[:, INDEX[name]] = shut
    return values


def blinks(motion: Floats, contacts: Sequence[tuple[str, float, float]], like: MotionTrack) -> list[float]:
    """When the lids begin to close, seconds of the utterance: as the network wants, within what people do."""
    end_s = like.start_s + len(like) / like.fps
    wanted = [
        like.start_s + place / FRAME_HZ - CLOSE_S for place in sorted(peaks(motion[:, PLACE["blink"]], BLINK_SURE))
    ]
    moments: list[float] = []
    for moment in [*wanted, end_s + LONGEST_OPEN_S]:
        last = moments[-1] if moments else like.start_s - BLINK_APART_S / 2
        while moment - last > LONGEST_OPEN_S and last + LONGEST_OPEN_S * 0.7 < end_s - BLINK_S:
            last += LONGEST_OPEN_S * 0.7
            moments.append(last)
        if moment - last >= BLINK_APART_S and like.start_s <= moment <= end_s - BLINK_S:
            moments.append(moment)
    apexes = [0.5 * (start_s + end_s) for name, start_s, end_s in contacts if name in ("lips", "tuck")]
    quiet = [
        (like.start_s + first / FRAME_HZ, like.start_s + last / FRAME_HZ)
        for first, last in runs(motion[:, PLACE[SPEAKING]] < 0.5)
    ]
    return placed(moments, (like.start_s, end_s), apexes, quiet)


def peaks(share: Floats, least: float) -> list[int]:
    """Frames that are no lower than those APART_FRAMES round them, and at least that high; the strongest first."""
    chosen: list[int] = []
    for place in np.argsort(-share, kind="stable"):
        if share[place] < least:
            break
        if all(abs(int(place) - other) >= APART_FRAMES for other in chosen):
            chosen.append(int(place))
    return chosen


def at_rate(column: Floats, fps: float, frames: int) -> Doubles:
    """(frames,) of a column at FRAME_HZ."""
    return np.asarray(np.interp(np.arange(frames) / fps, np.arange(len(column)) / FRAME_HZ, column))


def smooth(column: Doubles, spread: float) -> Doubles:
    """A Gaussian of that many frames; the ends are held."""
    reach = max(1, int(np.ceil(3 * spread)))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    return np.convolve(np.pad(column, reach, "edge"), kernel / kernel.sum(), "valid")
