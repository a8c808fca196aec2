"""A mouth and its utterance in, a whole face out: head, brows, lids, gaze and breath by rule.

The slow motion is a pure function of the narration's clock, so utterances run into each other; what the words ask for
(nods, brows) fades to nothing at both ends of its utterance. Amplitudes are those of lipreading.md 3.5.
"""

from __future__ import annotations

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.motion.blinks import lids, nominal, placed
from avatar.motion.brows import sides
from avatar.motion.limits import limit_head
from avatar.motion.nods import spoken_nod
from avatar.motion.phrases import phrases, turns
from avatar.motion.prosody import Emphasis, emphases, pauses
from avatar.motion.timeline import Floats, breath, bump, chance, last_shown_s, sway
from avatar.motion_frame import INDEX, REST, MotionTrack
from avatar.motion_frame import Floats as Frames
from narrator.flow import Delivery, Utterance

SWAY_DEG = {"head_pitch_deg": 1.8, "head_yaw_deg": 3.0, "head_roll_deg": 1.8}
"""Slow sway at liveliness 0.5."""
POSTURE_SHARE, POSTURE_SPEED, POSTURE_REST = 0.55, 0.8, 3.0
"""Of the sway, what goes from one pose to another and rests there: people settle, they do not swing."""
NOD_DEG, TURN_DEG, TILT_DEG = 2.3, 0.9, 0.6
"""One emphasis at liveliness 0.5: down, a little aside, a little tilted."""
NOD_HALF_S = 0.65
"""Half-length of a nod: its spectrum stays below 1 Hz."""
FADE_S = 0.45
"""Nods and brows are nothing at the ends of an utterance and full this far inside."""
TURN_BACK_S = 0.8
"""Likewise, of the turns of the head, which are slower."""

BROW_EMPHASIS = 0.30
BROW_CHANCE = 0.6
"""Share of emphases that the brows join: on every one they would beat time."""
BROW_HALF_S = 0.32
BROW_DRIFT = 0.10
SMILE, SMILE_DRIFT, CHEEK = 0.10, 0.08, 0.06
"""A friendly resting tone that leaves the lips' shapes alone (judgement)."""

WEIGHT_MM = 4.5
"""How far the head goes aside when the weight rests on one foot, at liveliness 0.5 (judgement)."""
WEIGHT_SPEED, WEIGHT_REST = 0.55, 2.4
"""Weight shifts are slower than the sway, and the weight rests a while on each foot."""

GLANCE_PAUSE_S = 0.30
"""Only pauses at least this long have room for a glance aside."""
GLANCE_S, SACCADE_S = 0.35, 0.045
GLANCE_DEG = (3.0, 6.0)
GLANCE_CHANCE = 0.4
FIXATION_DEG, FIXATION_S = 0.35, 0.9
"""Tiny steps of the eyes while they rest on the viewer."""
LIVELINESS_DEFAULT = 0.5
BROWS = ("brow_raise_left", "brow_raise_right")

_PITCH, _YAW, _ROLL, _GLANCE, _FIXATION, _BROW, _SMILE, _SIDE, _WEIGHT, _SHAPE = range(20, 30)
_POSTURE = 10
"""Streams of chance, one for each thing that moves; a posture's lie this much further."""


def move(track: MotionTrack, utterance: Utterance, clock_s: float, delivery: Delivery) -> MotionTrack:
    """The track with its face moved, its mouth as it is; clock_s is the narration's time of the first sample."""
    times = track.start_s + np.arange(len(track)) / track.fps
    values = track.values.copy()
    _base(values, times + clock_s, delivery)
    last_s = last_shown_s(track, utterance)
    stretch = (track.start_s + clock_s, last_s + clock_s)
    quiet = [(a + clock_s, b + clock_s) for a, b in [*pauses(utterance, 0.15), _last_pause(track, utterance)]]
    apexes = [clock_s + p.start_s + p.duration_s / 2 for p in utterance.phones if p.ipa[:1] and p.ipa[0] in "pbmfv"]
    end_s = track.start_s + len(track) / track.fps + clock_s
    blinks = placed(nominal(stretch[0], end_s, delivery.seed), stretch, apexes, quiet)
    _set(values, ("eyelid_left", "eyelid_right"), lids(times + clock_s, blinks))
    _insist(values, times, last_s, utterance, clock_s, delivery)
    _turn(values, times, last_s, utterance, clock_s, delivery)
    _limit(values)
    _gaze(values, times + clock_s, quiet, delivery)
    return MotionTrack(track.start_s, track.fps, track.phones, values)


def idle(clock_s: float, seconds: float, fps: float, delivery: Delivery) -> MotionTrack:
    """The face at rest from that moment of the narration's time line on; its start_s is 0."""
    count = max(1, int(np.ceil(seconds * fps - 1e-6)))
    clock = clock_s + np.arange(count) / fps
    values = np.tile(REST, (count, 1))
    _base(values, clock, delivery)
    blinks = nominal(clock_s, clock_s + count / fps, delivery.seed)
    _set(values, ("eyelid_left", "eyelid_right"), lids(clock, blinks))
    _limit(values)
    _gaze(values, clock, [], delivery)
    return MotionTrack(0.0, fps, ("",) * count, values)


def _base(values: Frames, clock: Floats, delivery: Delivery) -> None:
    """What goes on whether or not anything is said."""
    seed, lively = delivery.seed, delivery.liveliness / LIVELINESS_DEFAULT
    values[:, INDEX["smile"]] = SMILE
    values[:, INDEX["cheek_raise"]] = CHEEK
    if delivery.reduced_motion:
        return
    values[:, INDEX["smile"]] += SMILE_DRIFT * sway(clock, seed, _SMILE)
    for channel, share in zip(BROWS, sides(clock, seed), strict=True):
        values[:, INDEX[channel]] = BROW_DRIFT * lively * share * sway(clock, seed, _BROW)
    values[:, INDEX["breath"]] = breath(clock, seed)
    resting = np.tanh(WEIGHT_REST * sway(clock * WEIGHT_SPEED, seed, _WEIGHT))
    values[:, INDEX["weight_shift_mm"]] = WEIGHT_MM * min(lively, 1.0) * resting
    for (channel, degrees), stream in zip(SWAY_DEG.items(), (_PITCH, _YAW, _ROLL), strict=True):
        pose = np.tanh(POSTURE_REST * sway(clock * POSTURE_SPEED, seed, stream + _POSTURE))
        swaying = (1 - POSTURE_SHARE) * sway(clock, seed, stream) + POSTURE_SHARE * pose
        values[:, INDEX[channel]] = lively * degrees * swaying


def _insist(
    values: Frames, times: Floats, last_s: float, utterance: Utterance, clock_s: float, delivery: Delivery
) -> None:
    """Nods and brows on what the voice insists on; last_s: when another utterance may be shown."""
    lively, seed = delivery.liveliness / LIVELINESS_DEFAULT, delivery.seed
    inside = lively * _inside(times, last_s, FADE_S)
    marks = emphases(utterance)
    brows = np.zeros(len(times))
    following = [*(mark.time_s for mark in marks[1:]), np.inf]
    for number, (mark, next_s) in enumerate(zip(marks, following, strict=False)):
        if chance(seed, _BROW, int(mark.time_s * 100) + number)[0] < BROW_CHANCE:
            brows += BROW_EMPHASIS * mark.strength * bump(times, mark.time_s, BROW_HALF_S)
        if not delivery.reduced_motion:
            _nod(values, times, inside, mark, next_s, seed)
    for channel, share in zip(BROWS, sides(times + clock_s, seed), strict=True):
        values[:, INDEX[channel]] += inside * share * brows


def _turn(
    values: Frames, times: Floats, last_s: float, utterance: Utterance, clock_s: float, delivery: Delivery
) -> None:
    """The head turned a little to each thing that is said."""
    if delivery.reduced_motion:
        return
    inside = delivery.liveliness / LIVELINESS_DEFAULT * _inside(times, last_s, TURN_BACK_S)
    for axis, degrees in turns(times, phrases(utterance.phones), clock_s, delivery.seed).items():
        values[:, INDEX[f"head_{axis}_deg"]] += inside * degrees


def _inside(times: Floats, last_s: float, fade_s: float) -> Floats:
    """(frames,) 0 at both ends of what is shown, 1 from fade_s inside it."""
    return minimum_jerk((times - times[0]) / fade_s) * minimum_jerk((last_s - times) / fade_s)


def _nod(values: Frames, times: Floats, inside: Floats, mark: Emphasis, next_s: float, seed: int) -> None:
    side, luck = (chance(seed, stream, int(mark.time_s * 100)) for stream in (_SIDE, _SHAPE))
    nod, depth = spoken_nod(mark.time_s, NOD_HALF_S, next_s - mark.time_s, luck)
    shape = inside * mark.strength * depth * nod.depth(times)
    values[:, INDEX["head_pitch_deg"]] -= NOD_DEG * shape
    values[:, INDEX["head_yaw_deg"]] += TURN_DEG * (2 * side[0] - 1) * shape
    values[:, INDEX["head_roll_deg"]] += TILT_DEG * (2 * side[1] - 1) * shape


def _gaze(values: Frames, clock: Floats, quiet: list[tuple[float, float]], delivery: Delivery) -> None:
    """The eyes stay on the viewer while the head moves, with tiny steps, and glance aside in some pauses."""
    yaw = -values[:, INDEX["head_yaw_deg"]].astype(np.float64)
    pitch = -values[:, INDEX["head_pitch_deg"]].astype(np.float64)
    if not delivery.reduced_motion:
        steps = _fixation(clock, delivery.seed)
        yaw, pitch = yaw + steps[0], pitch + steps[1]
        for begin, end in quiet:
            luck = chance(delivery.seed, _GLANCE, int(begin * 10))
            if end - begin >= GLANCE_PAUSE_S and luck[0] < GLANCE_CHANCE:
                middle, half = 0.5 * (begin + end), 0.5 * min(GLANCE_S, end - begin - 2 * SACCADE_S)
                away = minimum_jerk((half + SACCADE_S - np.abs(clock - middle)) / SACCADE_S)
                reach = GLANCE_DEG[0] + (GLANCE_DEG[1] - GLANCE_DEG[0]) * luck[1]
                yaw += away * reach * (1.0 if luck[2] < 0.5 else -1.0)
                pitch -= away * reach * 0.4 * luck[3]
    values[:, INDEX["gaze_yaw_deg"]], values[:, INDEX["gaze_pitch_deg"]] = yaw, pitch


def _fixation(clock: Floats, seed: int) -> tuple[Floats, Floats]:
    """Offsets in degrees that change in quick small steps."""
    cells = np.floor(clock / FIXATION_S).astype(int)
    share = minimum_jerk((clock - cells * FIXATION_S) / SACCADE_S)
    known = {cell: chance(seed, _FIXATION, cell) for cell in range(int(cells.min()) - 1, int(cells.max()) + 1)}
    now = np.array([known[cell][:2] for cell in cells.tolist()])
    before = np.array([known[cell - 1][:2] for cell in cells.tolist()])
    offset = FIXATION_DEG * (2 * (before + (now - before) * share[:, None]) - 1)
    return offset[:, 0], offset[:, 1]


def _last_pause(track: MotionTrack, utterance: Utterance) -> tuple[float, float]:
    spoken = [phone.end_s for phone in utterance.phones if phone.ipa]
    return (spoken[-1] if spoken else 0.0), last_shown_s(track, utterance)


def _set(values: Frames, channels: tuple[str, ...], what: Floats) -> None:
    for channel in channels:
        values[:, INDEX[channel]] = what


def _limit(values: Frames) -> None:
    limit_head(values)
    for channel in BROWS:
        values[:, INDEX[channel]] = np.tanh(values[:, INDEX[channel]])
