"""The waiting face and how far it thinks in, one that looks for what to say out: eyes elsewhere, brows a little drawn.

People who think look away from whom they talk to, for some seconds, down, aside or up (Andrist, Mutlu and Gleicher
2013: 3.54 s, in about equal shares). Amounts are ours (judgement).
"""

from __future__ import annotations

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.motion.limits import limit_head
from avatar.motion.rules import LIVELINESS_DEFAULT, SACCADE_S
from avatar.motion.timeline import Floats, chance
from avatar.motion.waiting import LIVELIEST
from avatar.motion_frame import INDEX, MotionTrack
from avatar.motion_frame import Floats as Frames
from narrator.flow import Delivery

LOOK_S = 3.54
"""How long it looks one way."""
ASIDE_DEG, UP_DEG, DOWN_DEG = (4.0, 9.0), 6.0, 5.0
UP_SHARE, SIDE_SHARE = 0.294, 0.313
"""Of the looks (the same source); the others go down."""
STRAIGHT = 0.5
"""How far aside a look up or down goes, against one to the side."""
BACK_CHANCE, BACK_S = 0.3, 0.6
"""Now and then it looks at the viewer before it looks elsewhere."""
HEAD_SHARE, TILT_SHARE, HEAD_S = 0.22, 0.16, 0.8
"""Of a look, what the head goes along, what it is tilted by, and in which time."""
FURROW, ONE_BROW = 0.22, 0.10
CALM = 0.6
"""Share of the smile that is gone while it thinks."""
EYES_FROM, EYES_OVER = 0.35, 0.10
"""Eyes leap: they go within this stretch of the way into thought, the face takes all of it."""
STREAM = 90


def thoughtful(track: MotionTrack, clock_s: float, thinking: float, delivery: Delivery) -> MotionTrack:
    """The track from clock_s on, thinking 0 not at all .. 1 wholly; as it is where reduced motion is asked for."""
    if thinking <= 0.0 or delivery.reduced_motion:
        return track
    values = track.values.copy()
    clock = clock_s + np.arange(len(track)) / track.fps
    share = thinking * min(delivery.liveliness / LIVELINESS_DEFAULT, LIVELIEST)
    look = _look(clock, delivery.seed, SACCADE_S)
    along = _look(clock, delivery.seed, HEAD_S)
    eyes = minimum_jerk(np.full(len(clock), (thinking - EYES_FROM) / EYES_OVER))
    axes = ("yaw", "pitch")
    seen = [values[:, INDEX[f"gaze_{axis}_deg"]] + values[:, INDEX[f"head_{axis}_deg"]] for axis in axes]
    for axis, degrees in zip(axes, along, strict=True):
        values[:, INDEX[f"head_{axis}_deg"]] += share * HEAD_SHARE * degrees
    values[:, INDEX["head_roll_deg"]] += share * TILT_SHARE * along[0]
    limit_head(values)
    for axis, before, degrees in zip(axes, seen, look, strict=True):
        away = before + eyes * (degrees - before)
        values[:, INDEX[f"gaze_{axis}_deg"]] = away - values[:, INDEX[f"head_{axis}_deg"]]
    _frown(values, share, delivery.seed)
    return MotionTrack(track.start_s, track.fps, track.phones, values)


def _frown(values: Frames, share: float, seed: int) -> None:
    side = "left" if chance(seed, STREAM, 0)[0] < 0.5 else "right"
    values[:, INDEX["brow_furrow"]] += share * FURROW
    values[:, INDEX[f"brow_raise_{side}"]] += share * ONE_BROW
    values[:, INDEX["smile"]] *= 1.0 - min(share, 1.0) * CALM


def _look(clock: Floats, seed: int, takes_s: float) -> tuple[Floats, Floats]:
    """(yaw, pitch) degrees from the viewer, each (frames,): from one look to the next in takes_s."""
    cells = range(int(clock[0] // LOOK_S) - 1, int(clock[-1] // LOOK_S) + 1)
    yaw, pitch = np.zeros(len(clock)), np.zeros(len(clock))
    was = np.zeros(2)
    for cell in cells:
        begin_s, to = cell * LOOK_S, _direction(seed, cell)
        share = minimum_jerk((clock - begin_s) / takes_s)
        if cell == cells[0]:
            share = np.ones(len(clock))
        yaw, pitch = yaw + share * (to[0] - was[0]), pitch + share * (to[1] - was[1])
        was = to
        if chance(seed, STREAM + 2, cell)[0] < BACK_CHANCE:
            back = minimum_jerk((clock - begin_s - LOOK_S + BACK_S) / takes_s)
            yaw, pitch, was = yaw - back * was[0], pitch - back * was[1], np.zeros(2)
    return yaw, pitch


def _direction(seed: int, cell: int) -> Floats:
    luck = chance(seed, STREAM + 1, cell)
    aside = (1.0 if luck[0] < 0.5 else -1.0) * (ASIDE_DEG[0] + (ASIDE_DEG[1] - ASIDE_DEG[0]) * luck[1])
    height = 0.6 + 0.4 * luck[2]
    if luck[3] < UP_SHARE:
        return np.array([STRAIGHT * aside, UP_DEG * height])
    if luck[3] < UP_SHARE + SIDE_SHARE:
        return np.array([aside, 0.0])
    return np.array([STRAIGHT * aside, -DOWN_DEG * height])
