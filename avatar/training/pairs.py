"""A spoken sentence in, a training pair out: what is heard and the motion that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from avatar.articulation.articulate import DEFAULT_EXAGGERATION, mouth_at
from avatar.articulation.schedule import holds_for
from avatar.articulation.score import Score, score_for
from avatar.articulation.silence import quiet
from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.accents import accent_curve, accents_heard
from avatar.diffusion.layout import CONTACTS, MOTION, PLACE, SPEAKING, TOUCH, WISH_WIDTH
from avatar.diffusion.sound import (
    FRAME_HZ,
    LOUDNESS_RANGE_DB,
    MELODY_RANGE_OCTAVES,
    RATE_HZ,
    Floats,
    bands_db,
    carry,
    frame_count,
    level_db,
    middle_pitch_hz,
    pitch,
)
from avatar.training.speakers import Spoken
from avatar.training.teacher import Heard, face
from narrator.flow import Phone

BEFORE_S, AFTER_S = (0.3, 1.0), (0.5, 1.2)
"""Silence round each sentence."""
SPEEDS = (0.84, 1.20)
"""Played faster or slower: pitch, formants and rate of another speaker."""
FEELING_CHANCE = 0.5


@dataclass(frozen=True)
class Pair:
    """One stretch of sound with its motion; frames at sound.FRAME_HZ."""

    bands: Floats
    """(frames * HOPS, BANDS) dB."""
    hertz: Floats
    voicing: Floats
    motion: Floats
    """(frames, layout.WIDTH); NaN in what is not known."""
    stress: Floats
    """(frames,) 1 in primary stress, 0.5 in secondary."""
    wishes: Floats
    """(layout.WISH_WIDTH,)"""
    level_db: float
    middle_hz: float
    speaker: str

    @cached_property
    def accent(self) -> Floats:
        """(frames,) as layout.TEXT has it."""
        melody, loud = carry(self.bands.astype(np.float32), self.hertz, self.middle_hz, self.level_db)
        marks = accents_heard(self.stress, melody / MELODY_RANGE_OCTAVES, loud / LOUDNESS_RANGE_DB)
        return accent_curve(marks, len(self.stress))


def pair_of(said: Spoken, seed: int) -> Pair:
    """One way to say it, in one room, in one mood."""
    chance = np.random.default_rng((seed, 2))
    said = in_a_room(faster(said, chance.uniform(*SPEEDS)), chance)
    said = with_silence(said, chance.uniform(*BEFORE_S), chance.uniform(*AFTER_S))
    frames = frame_count(len(said.signal))
    times = np.arange(frames) / FRAME_HZ
    bands = bands_db(said.signal, frames)
    hertz, voicing = pitch(said.signal, frames)
    wishes = drawn_wishes(chance)
    motion = np.empty((frames, len(MOTION)))
    motion[:, : TOUCH.start] = mouth_at(said.phones, times, FRAME_HZ, DEFAULT_EXAGGERATION)
    motion[:, TOUCH.start : PLACE[SPEAKING] + 1] = 0.0
    if any(phone.ipa for phone in said.phones):
        score = score_for(said.phones, DEFAULT_EXAGGERATION)
        motion[:, TOUCH] = touching(score, frames)
        motion[:, PLACE[SPEAKING]] = 1 - resting(score, times)
    middle, level = middle_pitch_hz(hertz), level_db(bands)
    motion[:, PLACE[SPEAKING] + 1 :] = face(
        said.phones, prosody(bands, hertz, middle, level, times), wishes.astype(np.float64), seed
    )
    return Pair(
        bands,
        hertz,
        voicing,
        motion.astype(np.float32),
        stressed(said.phones, times),
        wishes,
        level,
        middle,
        said.speaker,
    )


def prosody(bands: Floats, hertz: Floats, middle_hz: float, level: float, times: Doubles) -> Heard:
    """Melody and loudness as the network hears them."""
    return Heard(times, *carry(bands, hertz, middle_hz, level))


def touching(score: Score, frames: int) -> Floats:
    """(frames, len(CONTACTS)) share of each frame for which the contact is held."""
    held = np.zeros((frames, len(CONTACTS)), np.float32)
    edges = (np.arange(frames + 1) - 0.5) / FRAME_HZ
    for hold in holds_for(score, FRAME_HZ, 0.0):
        share = np.clip(np.minimum(edges[1:], hold.end_s) - np.maximum(edges[:-1], hold.start_s), 0, None) * FRAME_HZ
        column = held[:, CONTACTS.index(hold.contact.value)]
        np.maximum(column, share, out=column)
    return held


def resting(score: Score, times: Doubles) -> Doubles:
    """(frames,) 1 where the mouth is in silence."""
    rest = np.zeros(len(times))
    for low, high in quiet(score):
        rest[(times >= low) & (times <= high)] = 1.0
    return rest


def stressed(phones: tuple[Phone, ...], times: Doubles) -> Floats:
    """(frames,) 1 in primary stress, 0.5 in secondary."""
    marks = np.zeros(len(times), np.float32)
    for phone in phones:
        if phone.stress and phone.ipa:
            marks[(times >= phone.start_s) & (times < phone.end_s)] = phone.stress / 2
    return marks


def drawn_wishes(chance: np.random.Generator) -> Floats:
    """Half the time no feeling, else one of any strength; any liveliness."""
    wishes = np.zeros(WISH_WIDTH, np.float32)
    if chance.random() < FEELING_CHANCE:
        wishes[chance.integers(WISH_WIDTH - 1)] = chance.uniform(0.2, 1.0)
    wishes[-1] = chance.uniform(0.0, 1.0)
    return wishes


def faster(said: Spoken, factor: float) -> Spoken:
    """The tape played at another speed."""
    places = np.arange(0, len(said.signal) - 1, factor)
    signal = np.interp(places, np.arange(len(said.signal)), said.signal).astype(np.float32)
    phones = tuple(replace(p, start_s=p.start_s / factor, duration_s=p.duration_s / factor) for p in said.phones)
    return Spoken(signal, phones, said.speaker)


def in_a_room(said: Spoken, chance: np.random.Generator) -> Spoken:
    """Echoes that die away, a telephone's band, coarse steps: each now and then."""
    signal = said.signal.astype(np.float64)
    if chance.random() < 0.5:
        length = int(chance.uniform(0.05, 0.4) * RATE_HZ)
        echo = chance.standard_normal(length) * np.exp(-6.9 * np.arange(length) / length)
        echo[0] = 0
        echo *= chance.uniform(0.05, 0.5) / (np.sqrt(np.sum(echo**2)) + 1e-9)
        size = 1 << int(np.ceil(np.log2(len(signal) + length)))
        wet = np.fft.irfft(np.fft.rfft(signal, size) * np.fft.rfft(echo, size), size)[: len(signal)]
        signal = signal + wet
    if chance.random() < 0.25:
        spectrum = np.fft.rfft(signal)
        hertz = np.fft.rfftfreq(len(signal), 1 / RATE_HZ)
        low, high = chance.uniform(100, 300), chance.uniform(3000, 6000)
        signal = np.fft.irfft(spectrum / ((1 + (low / (hertz + 1)) ** 4) * (1 + (hertz / high) ** 8)), len(signal))
    if chance.random() < 0.2:  # mu-law with 255 steps (ITU-T G.711)
        peak = float(np.abs(signal).max()) + 1e-6
        bent = np.sign(signal) * np.log1p(255 * np.abs(signal) / peak) / np.log1p(255)
        bent = np.round(bent * 127) / 127
        signal = peak * np.sign(bent) * np.expm1(np.abs(bent) * np.log1p(255)) / 255
    return Spoken(np.asarray(signal, np.float32), said.phones, said.speaker)


def with_silence(said: Spoken, before_s: float, after_s: float) -> Spoken:
    """Silence before and after."""
    signal = np.pad(said.signal, (int(before_s * RATE_HZ), int(after_s * RATE_HZ)))
    phones = tuple(replace(phone, start_s=phone.start_s + before_s) for phone in said.phones)
    return Spoken(signal, phones, said.speaker)
