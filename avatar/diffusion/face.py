"""The network's face in, a face within its limits out: smooth, looking at the viewer, never blinking over a closure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.layout import PLACE, SPEAKING
from avatar.diffusion.sound import FRAME_HZ, Floats
from avatar.diffusion.variety import BROWS, Variety, carriage
from avatar.listening.contacts import runs
from avatar.motion.blinks import BLINK_S, CLOSE_S, placed
from avatar.motion.limits import HEAD_LIMITS_DEG, added
from avatar.motion_frame import INDEX, MotionTrack
from narrator.flow import Delivery

HEAD_SMOOTHING_S, BROW_SMOOTHING_S = 0.13, 0.05
"""Spread of a Gaussian: a head moves below 1 Hz (lipreading.md 3.5), brows are quicker."""
LOOK_SPEAKING_DEG = 2.0
"""While something is said the eyes stay this near the viewer; glances belong to pauses."""
LOOK_LIMIT_DEG = 12.0
BLINK_SURE = 0.45
BLINK_APART_S, LONGEST_OPEN_S = 2.2, 6.0
"""10 to 27 blinks a minute at the very most, 10 to 20 on the whole (lipreading.md 3.5)."""
APART_FRAMES = 3
"""Two wishes to blink are at least this far apart; nearer ones are one."""
JOIN_S, LEAVE_S, LEAVE_SHARE = 0.3, 0.8, 0.3
"""The network's face begins within the first of these, and runs into the waiting one over the second, or over this
share of a short utterance."""
REACH_S = 3 * HEAD_SMOOTHING_S + 1 / FRAME_HZ
"""A frame of the face depends on no more of the motion than this that follows it."""


def network_face(
    base: MotionTrack, motion: Floats, begin_s: float, last_s: float, variety: Variety, delivery: Delivery
) -> Floats:
    """(frames, channels) of the base with the network's face laid over it from begin_s of the track on.

    motion begins with the track; last_s: the moment of the utterance at which the last frame is shown. Which way the
    head is held below its nods stays the base's: the network, which gives the mean of all ways, hardly turns it.
    """
    times = np.arange(len(base)) / base.fps
    shown_s = min(last_s - base.start_s, float(times[-1]))
    leave_s = max(min(LEAVE_S, LEAVE_SHARE * shown_s), 1e-3)
    inside = minimum_jerk((times - begin_s) / JOIN_S) * minimum_jerk((shown_s - times) / leave_s)
    made = {name: at_rate(motion[:, PLACE[name]], base.fps, len(base)) for name in PLACE}
    values, before = base.values.copy(), base.values
    for name in ("brow_furrow", "cheek_raise", "smile", *BROWS):
        wanted = smooth(made[name], BROW_SMOOTHING_S * base.fps)
        if name in BROWS:
            wanted = variety.vary_brows(wanted, BROWS.index(name), delivery)
        values[:, INDEX[name]] += inside * (np.clip(wanted, -1, 1) - before[:, INDEX[name]])
    if delivery.reduced_motion:
        return values
    held = carriage(before, delivery)
    for name, limit in HEAD_LIMITS_DEG.items():
        wanted = smooth(made[name], HEAD_SMOOTHING_S * base.fps)
        if name in held:
            wanted = added(held[name], wanted, limit)
        else:
            wanted = limit * np.tanh((wanted - variety.bow_deg) / limit)
        values[:, INDEX[name]] += inside * (wanted - before[:, INDEX[name]])
    most = np.where(made[SPEAKING] > 0.5, LOOK_SPEAKING_DEG, LOOK_LIMIT_DEG)
    most = np.minimum.reduce([np.roll(most, k) for k in (-1, 0, 1)])
    for axis in ("yaw", "pitch"):
        head, gaze = INDEX[f"head_{axis}_deg"], INDEX[f"gaze_{axis}_deg"]
        there = before[:, head] + before[:, gaze]
        look = np.clip(made[f"look_{axis}_deg"], -most, most)
        values[:, gaze] += inside * (look - there) - (values[:, head] - before[:, head])
    return values


def settled(motion_frames: int, like: MotionTrack) -> int:
    """How many frames of the face that much of the motion decides."""
    sure_s = (motion_frames - 1) / FRAME_HZ - REACH_S
    return int(np.clip(np.floor(sure_s * like.fps + 1e-6) + 1, 0, len(like)))


def blinks(
    motion: Floats, contacts: Sequence[tuple[str, float, float]], like: MotionTrack, end_s: float
) -> list[float]:
    """When the lids begin to close, seconds of the utterance: as the network wants, within what people do.

    end_s: when another utterance may be shown; the lids are open by then.
    """
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
    apexes = [0.5 * (first_s + last_s) for name, first_s, last_s in contacts if name in ("lips", "tuck")]
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


def at_rate(column: Floats, fps: float, frames: int, from_hz: float = FRAME_HZ) -> Doubles:
    """(frames,) at fps of a column at from_hz: straight between what is there, held beyond it."""
    return np.asarray(np.interp(np.arange(frames) / fps, np.arange(len(column)) / from_hz, column))


def smooth(column: Doubles, spread: float) -> Doubles:
    """A Gaussian of that many frames; the ends are held."""
    reach = max(1, int(np.ceil(3 * spread)))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / spread) ** 2)
    return np.convolve(np.pad(column, reach, "edge"), kernel / kernel.sum(), "valid")
