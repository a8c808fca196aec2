"""A spoken sentence and its prosody in, a face that could have spoken it out: the procedural teacher.

What is published and followed here: heads move with pitch and loudness (Yehia, Kuratate and Vatikiotis-Bateson 2002;
Munhall et al. 2004) and nod on accents (Graf et al. 2002); brows rise with rises of pitch (Cave et al. 1996: 71 % of
them) and on accents; people blink 10 to 20 times a minute, more at pauses, and look away while they plan (lipreading.md
3.5; Kendon 1967), the head a little with them. Amounts are those of lipreading.md 3.5. When something moves, the voice
says; which side, how far, and what sways slowly below it is chance, so one sound has many faces.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatar.articulation.movement import minimum_jerk
from avatar.diffusion.accents import accents as accents_of
from avatar.diffusion.layout import EMOTIONS, FACE
from avatar.diffusion.sound import LOUDNESS_RANGE_DB, MELODY_RANGE_OCTAVES
from avatar.motion.blinks import lids, placed
from avatar.motion.emotion import FEELINGS
from avatar.motion.prosody import PRIMARY
from avatar.motion.timeline import Floats, bump, sway
from narrator.flow import Phone

SWAY_DEG = {"head_pitch_deg": 0.7, "head_yaw_deg": 1.8, "head_roll_deg": 1.0}
NOD_DEG, TURN_DEG, TILT_DEG = 2.8, 1.3, 0.9
NOD_HALF_S = (0.40, 0.50)
NOD_LAG_S = 0.03
"""The lowest point of a nod comes a little after the vowel's middle."""
NOD_MELODY_DEG = 0.9
"""Of the head's bow while the melody is one range above the middle."""
BROW_ACCENT, BROW_MELODY = 0.48, 0.32
BROW_CHANCE = 0.85
BROW_HALF_S = 0.30
MELODY_HEARD = 0.15
"""Ranges above the middle from which a rise counts as one."""
LEAN = 0.25
"""How much more one brow may do than the other."""
MEAN_BLINK_S, SHORTEST_BLINK_S = 4.0, 1.3
GLANCE_CHANCE, GLANCE_DEG, GLANCE_S = 0.8, (4.0, 10.0), (0.35, 1.0)
GLANCE_UP_DEG = (0.0, 4.0)
GLANCE_DELAY_S = 0.25
"""A glance begins within this of the pause."""
GLANCE_HEAD, GLANCE_HEAD_HALF_S = 0.2, 0.55
"""Share of a glance that the head goes along, and how slowly."""
FIXATION_DEG, FIXATION_S = 0.35, 0.9
SACCADE_S = 0.045
SMILE, CHEEK, DRIFT = 0.10, 0.06, 0.06
LIVELINESS = 0.5
"""The liveliness at which all amounts above hold."""
CLOSED = "pbmfv"


@dataclass(frozen=True, slots=True)
class Heard:
    """The prosody of a sentence, one number per frame each."""

    times: Floats
    octaves: Floats
    """Pitch above the speaker's middle, held through what is unvoiced."""
    decibels: Floats
    """Loudness against the voice's level."""


def face(phones: tuple[Phone, ...], heard: Heard, wishes: Floats, seed: int) -> Floats:
    """(frames, len(FACE)) of one way to say it; wishes as layout.WISHES."""
    chance = np.random.default_rng(seed)
    values = {name: np.zeros(len(heard.times)) for name in FACE}
    lively = wishes[-1] / LIVELINESS
    clock = heard.times + chance.uniform(0, 500)
    for stream, (channel, degrees) in enumerate(SWAY_DEG.items()):
        values[channel] += lively * degrees * sway(clock, seed, 40 + stream)
    marks = accents(phones, heard)
    _nod(values, heard, marks, lively, chance)
    _raise_brows(values, heard, marks, lively, chance)
    values["smile"] += SMILE + DRIFT * sway(clock, seed, 45)
    values["cheek_raise"] += CHEEK
    pauses = quiet(phones, heard.times)
    _look(values, heard.times, pauses, chance)
    values["blink"] = lids(heard.times, _blinks(phones, heard.times, pauses, chance))
    for strength, name in zip(wishes, EMOTIONS, strict=False):
        for channel, amount in FEELINGS[name].items():
            values[channel] += strength * amount * (1 + 0.25 * sway(clock, seed, 50))
    return np.stack([values[name] for name in FACE], axis=1)


def accents(phones: tuple[Phone, ...], heard: Heard) -> list[tuple[float, float]]:
    """(moment, prominence 0..1), in order."""
    middles = [phone.start_s + phone.duration_s / 2 for phone in phones if phone.stress >= PRIMARY and phone.ipa]
    melody, loudness = heard.octaves / MELODY_RANGE_OCTAVES, heard.decibels / LOUDNESS_RANGE_DB
    return accents_of(middles, heard.times, melody, loudness)


def quiet(phones: tuple[Phone, ...], times: Floats) -> list[tuple[float, float]]:
    """(start, end) of pauses of 150 ms and more, both ends included."""
    spoken = [phone for phone in phones if phone.ipa]
    edges = [float(times[0]), *(edge for phone in spoken for edge in (phone.start_s, phone.end_s)), float(times[-1])]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a >= 0.15]


def _nod(
    values: dict[str, Floats],
    heard: Heard,
    marks: list[tuple[float, float]],
    lively: float,
    chance: np.random.Generator,
) -> None:
    for moment, weight in marks:
        half = chance.uniform(*NOD_HALF_S)
        shape = lively * weight * chance.uniform(0.75, 1.25) * bump(heard.times, moment + NOD_LAG_S, half)
        values["head_pitch_deg"] -= NOD_DEG * shape
        values["head_yaw_deg"] += TURN_DEG * chance.uniform(-1, 1) * shape
        values["head_roll_deg"] += TILT_DEG * chance.uniform(-1, 1) * shape
    values["head_pitch_deg"] -= NOD_MELODY_DEG * lively * np.maximum(heard.octaves / MELODY_RANGE_OCTAVES, 0.0)


def _raise_brows(
    values: dict[str, Floats],
    heard: Heard,
    marks: list[tuple[float, float]],
    lively: float,
    chance: np.random.Generator,
) -> None:
    raised = BROW_MELODY * np.maximum(heard.octaves / MELODY_RANGE_OCTAVES - MELODY_HEARD, 0.0)
    for moment, weight in marks:
        if chance.random() < BROW_CHANCE:
            raised = raised + BROW_ACCENT * weight * bump(heard.times, moment, BROW_HALF_S)
    lean = 1 + LEAN * chance.uniform(-1, 1)
    values["brow_raise_left"] += np.tanh(lively * raised * lean)
    values["brow_raise_right"] += np.tanh(lively * raised * (2 - lean))


def _look(
    values: dict[str, Floats], times: Floats, pauses: list[tuple[float, float]], chance: np.random.Generator
) -> None:
    cells = np.floor((times - times[0]) / FIXATION_S).astype(int)
    for channel in ("look_yaw_deg", "look_pitch_deg"):
        steps = chance.uniform(-FIXATION_DEG, FIXATION_DEG, cells.max() + 2)
        values[channel] += steps[cells]
    for start, end in pauses:
        if end - start >= 0.3 and chance.random() < GLANCE_CHANCE:
            length = min(chance.uniform(*GLANCE_S), end - start - 2 * SACCADE_S)
            begin = start + chance.uniform(0.0, min(GLANCE_DELAY_S, end - start - length))
            middle = begin + length / 2
            away = minimum_jerk((length / 2 + SACCADE_S - np.abs(times - middle)) / SACCADE_S)
            aside = chance.uniform(*GLANCE_DEG) * chance.choice((-1, 1))
            values["look_yaw_deg"] += away * aside
            values["look_pitch_deg"] += away * chance.uniform(*GLANCE_UP_DEG)
            values["head_yaw_deg"] += GLANCE_HEAD * aside * bump(times, middle, GLANCE_HEAD_HALF_S)


def _blinks(
    phones: tuple[Phone, ...], times: Floats, pauses: list[tuple[float, float]], chance: np.random.Generator
) -> list[float]:
    moments, moment = [], float(times[0]) + chance.uniform(-0.2, MEAN_BLINK_S)
    while moment < times[-1]:
        moments.append(moment)
        moment += SHORTEST_BLINK_S + chance.exponential(MEAN_BLINK_S - SHORTEST_BLINK_S)
    apexes = [p.start_s + p.duration_s / 2 for p in phones if p.ipa[:1] and p.ipa[0] in CLOSED]
    return placed(moments, (float(times[0]), float(times[-1])), apexes, pauses)
