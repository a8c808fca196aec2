"""The waiting face and its clock in, a listener out: nods, tilts, raised brows, smiles, looks away.

Nothing is heard here: what happens when is chance, the same for the same seed at the same moment of the clock. Rates
are those of somebody who listens calmly, and whom people may see for an hour (judgement, where no source is named).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.motion.blinks import BLINK_S, lids, nominal
from avatar.motion.emotion import FEELINGS
from avatar.motion.limits import limit_head
from avatar.motion.nods import Nod
from avatar.motion.rules import LIVELINESS_DEFAULT, SACCADE_S, idle
from avatar.motion.timeline import Floats, bump, chance
from avatar.motion_frame import INDEX, MotionTrack
from avatar.motion_frame import Floats as Frames
from narrator.flow import Delivery

NOD_DEG, NOD_FALL_S, NOD_RISE_S = (1.1, 2.9), (0.40, 0.60), (0.50, 0.95)
REPEATED_FALL_S, REPEATED_CYCLE_S = (0.30, 0.36), (0.60, 0.74)
REPEATED_SHARE, THRICE_SHARE = 0.38, 0.10
"""Of all nods, those of two cycles and more, and of three: single ones are the most frequent in conversation."""
LIFT_CHANCE, LIFT = 0.3, (0.12, 0.30)
NOD_BROWS_CHANCE, NOD_BROWS = 0.25, 0.18
TILT_DEG, TILT_COMES_S, TILT_STAYS_S, TILT_GOES_S = (1.1, 2.2), 1.1, (2.0, 5.0), 1.5
TILT_TURN = 0.5
"""Degrees that a tilted head is turned, for each that it is tilted."""
FLASH, FLASH_HALF_S = (0.16, 0.36), (0.35, 0.60)
WEAKER_BROW = (0.45, 1.0)
"""What the other brow does of it."""
SMILE, SMILE_COMES_S, SMILE_STAYS_S, SMILE_GOES_S = (0.14, 0.30), 0.8, (1.2, 3.2), 1.6
SMILE_CHEEK = 0.35
GLANCE_MEAN_S, GLANCE_SPREAD_S, GLANCE_S = 1.14, 0.27, (0.6, 1.7)
"""Length of a listener's look away (Andrist, Mutlu and Gleicher 2013), and the least and most of it."""
SIDE_SHARE, UP_SHARE = 0.575, 0.288
"""Of these looks; the others go down (the same)."""
GLANCE_DEG, GLANCE_UPRIGHT = (4.0, 8.0), 0.7
"""How far; and of it, how far up or down."""
GLANCE_HEAD, GLANCE_HEAD_S = 0.22, 0.45
"""Share of a look that the head goes along, and in which time: later and slower than the eyes."""
BLINK_WITH_S = 0.9
"""A blink this near a shift of gaze falls on it, as they do (Evinger et al. 1994); none is added."""
BLINK_LEAD_S = 0.03
LIVELIEST = 1.5
"""Against liveliness 0.5: who listens never throws the head about."""


@dataclass(frozen=True, slots=True)
class Habit:
    """Something a listener does now and then."""

    stream: int
    cell_s: float
    """It happens at most once in each such stretch of the clock."""
    likely: float
    """How often, of these."""
    longest_s: float


NODDING = Habit(60, 12.0, 0.85, 6.5)
TILTING = Habit(62, 32.0, 0.70, 8.0)
FLASHING = Habit(64, 36.0, 0.60, 1.3)
SMILING = Habit(66, 41.0, 0.75, 6.0)
GLANCING = Habit(68, 8.35, 0.90, 2.6)
"""A cell as long as a look and the time between two (Andrist, Mutlu and Gleicher 2013: 1.14 and 7.21 s)."""

Luck = Floats
"""(8,) numbers in 0..1."""


def waiting_face(clock_s: float, seconds: float, fps: float, delivery: Delivery) -> MotionTrack:
    """The waiting face from that moment of its clock on, as idle(), but alive to somebody else."""
    track = idle(clock_s, seconds, fps, delivery)
    if delivery.reduced_motion:
        return track
    clock, values = clock_s + np.arange(len(track)) / fps, track.values
    lively = min(delivery.liveliness / LIVELINESS_DEFAULT, LIVELIEST)
    before = {axis: values[:, INDEX[f"head_{axis}_deg"]].astype(np.float64) for axis in ("yaw", "pitch")}
    _nod(values, clock, lively, delivery.seed)
    _tilt(values, clock, lively, delivery.seed)
    _flash(values, clock, lively, delivery.seed)
    if FEELINGS.get(delivery.emotion, {}).get("smile", 0.0) >= 0.0:
        _smile(values, clock, lively, delivery.seed)
    look = _look_away(values, clock, delivery.seed)
    limit_head(values)
    for axis, away in zip(("yaw", "pitch"), look, strict=True):
        values[:, INDEX[f"gaze_{axis}_deg"]] += away + before[axis] - values[:, INDEX[f"head_{axis}_deg"]]
    shut = lids(clock, _blinks(clock, delivery.seed))
    values[:, [INDEX["eyelid_left"], INDEX["eyelid_right"]]] = shut[:, None]
    return track


def _times_of(habit: Habit, clock: Floats, seed: int) -> Iterator[tuple[float, Luck]]:
    """(begin, luck) of what may be seen at those moments; it ends within longest_s."""
    first = int(np.floor((clock[0] - habit.longest_s) / habit.cell_s))
    for cell in range(first, int(np.floor(clock[-1] / habit.cell_s)) + 1):
        luck = np.concatenate([chance(seed, habit.stream, cell), chance(seed, habit.stream + 1, cell)])
        if luck[0] < habit.likely:
            room_s = max(habit.cell_s - habit.longest_s, 0.0)
            yield cell * habit.cell_s + room_s * float(luck[1]), luck


def nods(clock: Floats, seed: int) -> list[tuple[Nod, float]]:
    """Nods that may be seen at those moments, and how deep each is in degrees at liveliness 0.5.

    Nobody nods who looks elsewhere: such a nod waits until the eyes are back.
    """
    around = np.array([clock[0] - NODDING.longest_s, clock[-1] + NODDING.longest_s])
    away = [(begin_s - SACCADE_S, end_s + GLANCE_HEAD_S) for begin_s, end_s, *_ in glances(around, seed)]
    found = []
    for begin_s, luck in _times_of(NODDING, clock, seed):
        cycles = 3 if luck[2] < THRICE_SHARE else 2 if luck[2] < REPEATED_SHARE else 1
        fall_s = _between(NOD_FALL_S if cycles == 1 else REPEATED_FALL_S, luck[3])
        rise_s = _between(NOD_RISE_S, luck[4])
        lift = _between(LIFT, luck[5] / LIFT_CHANCE) if luck[5] < LIFT_CHANCE and cycles == 1 else 0.0
        nod = Nod(begin_s + 2 * fall_s, fall_s, rise_s, cycles, _between(REPEATED_CYCLE_S, luck[6]), lift)
        for gone_s, back_s in away:
            if gone_s < nod.end_s and nod.begin_s < back_s:
                nod = replace(nod, moment_s=back_s + 2 * fall_s)
        found.append((nod, _between(NOD_DEG, luck[7]) * (1.0 if cycles == 1 else 0.75)))
    return found


def _nod(values: Frames, clock: Floats, lively: float, seed: int) -> None:
    for nod, degrees in nods(clock, seed):
        values[:, INDEX["head_pitch_deg"]] -= lively * degrees * nod.depth(clock)
        luck = chance(seed, NODDING.stream + 1, int(nod.moment_s * 100))
        if luck[0] < NOD_BROWS_CHANCE:
            raised = lively * NOD_BROWS * bump(clock, nod.moment_s - nod.fall_s, 2 * nod.fall_s)
            _raise(values, raised, luck)


def _tilt(values: Frames, clock: Floats, lively: float, seed: int) -> None:
    for begin_s, luck in _times_of(TILTING, clock, seed):
        there = _stay(clock, begin_s, TILT_COMES_S, _between(TILT_STAYS_S, luck[2]), TILT_GOES_S)
        degrees = lively * _between(TILT_DEG, luck[3]) * (1 if luck[4] < 0.5 else -1)
        values[:, INDEX["head_roll_deg"]] += degrees * there
        values[:, INDEX["head_yaw_deg"]] += TILT_TURN * (2 * luck[5] - 1) * degrees * there


def _flash(values: Frames, clock: Floats, lively: float, seed: int) -> None:
    for begin_s, luck in _times_of(FLASHING, clock, seed):
        half_s = _between(FLASH_HALF_S, luck[2])
        _raise(values, lively * _between(FLASH, luck[3]) * bump(clock, begin_s + half_s, half_s), luck[4:])


def _raise(values: Frames, raised: Floats, luck: Luck) -> None:
    """One brow wholly, the other less."""
    weaker = _between(WEAKER_BROW, luck[1])
    shares = (1.0, weaker) if luck[2] < 0.5 else (weaker, 1.0)
    for side, share in zip(("left", "right"), shares, strict=True):
        values[:, INDEX[f"brow_raise_{side}"]] += share * raised


def _smile(values: Frames, clock: Floats, lively: float, seed: int) -> None:
    for begin_s, luck in _times_of(SMILING, clock, seed):
        there = _stay(clock, begin_s, SMILE_COMES_S, _between(SMILE_STAYS_S, luck[2]), SMILE_GOES_S)
        smile = lively * _between(SMILE, luck[3]) * there
        values[:, INDEX["smile"]] += smile
        values[:, INDEX["cheek_raise"]] += SMILE_CHEEK * smile


def glances(clock: Floats, seed: int) -> list[tuple[float, float, float, float]]:
    """(begin, end, yaw, pitch) of looks away that may be seen at those moments; s and degrees from the viewer."""
    found = []
    for begin_s, luck in _times_of(GLANCING, clock, seed):
        likely_s = GLANCE_MEAN_S + GLANCE_SPREAD_S * float(luck[2] + luck[3] + luck[4] - 1.5) * 2  # nearly Gaussian
        length_s = min(max(likely_s, GLANCE_S[0]), GLANCE_S[1])
        side, reach = (1.0 if luck[5] < 0.5 else -1.0), _between(GLANCE_DEG, luck[6])
        if luck[7] < SIDE_SHARE:
            yaw, pitch = side * reach, 0.2 * reach * float(luck[4] - 0.5)
        else:
            upright = GLANCE_UPRIGHT * reach
            yaw, pitch = 0.5 * side * reach, upright if luck[7] < SIDE_SHARE + UP_SHARE else -upright
        found.append((begin_s, begin_s + length_s, yaw, pitch))
    return found


def _look_away(values: Frames, clock: Floats, seed: int) -> tuple[Floats, Floats]:
    """(yaw, pitch) by which the eyes leave the viewer; the head goes along a little."""
    look_yaw, look_pitch = np.zeros(len(clock)), np.zeros(len(clock))
    for begin_s, end_s, yaw, pitch in glances(clock, seed):
        away = minimum_jerk((clock - begin_s) / SACCADE_S) * minimum_jerk((end_s + SACCADE_S - clock) / SACCADE_S)
        look_yaw, look_pitch = look_yaw + away * yaw, look_pitch + away * pitch
        follows = _stay(clock, begin_s, GLANCE_HEAD_S, max(end_s - begin_s - GLANCE_HEAD_S, 0.1), 2 * GLANCE_HEAD_S)
        values[:, INDEX["head_yaw_deg"]] += GLANCE_HEAD * yaw * follows
        values[:, INDEX["head_pitch_deg"]] += GLANCE_HEAD * pitch * follows
    return look_yaw, look_pitch


def _blinks(clock: Floats, seed: int) -> list[float]:
    """When the lids begin to close: the clock's own blinks, those near a shift of gaze with it."""
    around = np.array([clock[0] - BLINK_S - 2 * BLINK_WITH_S, clock[-1] + 2 * BLINK_WITH_S])
    shifts = [moment - BLINK_LEAD_S for begin_s, end_s, *_ in glances(around, seed) for moment in (begin_s, end_s)]
    moments = []
    for moment in nominal(float(around[0]), float(around[1]), seed):
        nearest = min(shifts, key=lambda shift: abs(shift - moment), default=np.inf)
        moments.append(nearest if abs(nearest - moment) <= BLINK_WITH_S else moment)
    return moments


def _stay(clock: Floats, begin_s: float, comes_s: float, stays_s: float, goes_s: float) -> Floats:
    """(frames,) 0..1: it comes, is there for stays_s, and goes."""
    end_s = begin_s + comes_s + stays_s + goes_s
    return minimum_jerk((clock - begin_s) / comes_s) * minimum_jerk((end_s - clock) / goes_s)


def _between(span: tuple[float, float], share: float) -> float:
    return span[0] + (span[1] - span[0]) * float(share)
