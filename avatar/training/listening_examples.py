"""A spoken sentence or a recorded take in, an example for the listening network out: strange sound and the truth."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from avatar.articulation.articulate import DEFAULT_EXAGGERATION, mouth_at
from avatar.diffusion.layout import MOUTH, PLACE
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ, Floats
from avatar.listening.features import features_of, look_times
from avatar.listening.layout import KIND, MOUTH_WIDTH, kind_of
from avatar.listening.spectra import LOOKS_HZ
from avatar.training.pairs import AFTER_S, BEFORE_S, SPEEDS, faster, in_a_room, with_silence
from avatar.training.speakers import Spoken
from avatar.training.takes import channels, mapped, read_take

UNKNOWN, NOT_CLOSED, CLOSED = -1, -2, -3
"""Besides the numbers of layout.NAMES: nothing is known, the lips are apart, the lips touch."""
NOISE_CHANCE, NOISE_DB = 0.9, (-45.0, -2.0)
"""Loudness of what is in the background, against the voice's."""
BABBLE_CHANCE = 0.25
TILT_DB = 6.0
GAINS_DB = (-30.0, 0.0)
TAKE_PIECE_S = 8.0


@dataclass(frozen=True, slots=True)
class Example:
    """One stretch of sound as the network hears it, one row each look."""

    features: Floats
    """(looks, FEATURES)"""
    kinds: np.ndarray  # type: ignore[type-arg]
    """(looks,) int8: layout.NAMES, or UNKNOWN, NOT_CLOSED, CLOSED."""
    mouth: Floats
    """(looks, MOUTH_WIDTH); NaN where unknown."""


def example_of(said: Spoken, others: list[Floats], seed: int) -> Example:
    """The sentence in one room, with others talking or something humming behind it."""
    chance = np.random.default_rng((seed, 6))
    said = in_a_room(faster(said, chance.uniform(*SPEEDS)), chance)
    said = with_silence(said, chance.uniform(*BEFORE_S), chance.uniform(*AFTER_S))
    features = features_of(with_noise(said.signal, others, chance))
    times = look_times(len(features))
    mouth = mouth_at(said.phones, times, LOOKS_HZ, DEFAULT_EXAGGERATION).astype(np.float32)
    return Example(features, kinds_at(said, times), mouth)


def kinds_at(said: Spoken, times: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """(looks,) of NAMES."""
    kinds = np.full(len(times), KIND["silence"], np.int8)
    for phone in said.phones:
        if phone.ipa:
            kinds[(times >= phone.start_s) & (times < phone.end_s)] = kind_of(phone.ipa)
    return kinds


def with_noise(signal: Floats, others: list[Floats], chance: np.random.Generator) -> Floats:
    """Another microphone, another background, another level."""
    length = len(signal)
    spectrum = np.fft.rfft(signal)
    octaves = np.log2(np.fft.rfftfreq(length, 1 / RATE_HZ) / 50 + 1)
    tilt = np.interp(octaves, np.linspace(0, octaves[-1], 6), chance.normal(0, TILT_DB, 6))
    signal = np.asarray(np.fft.irfft(spectrum * 10 ** (tilt / 20), length), np.float32)
    level = np.sqrt(np.mean(signal**2)) + 1e-9
    if chance.random() < NOISE_CHANCE:
        noise = _background(length, others, chance)
        amount = level * 10 ** (chance.uniform(*NOISE_DB) / 20)
        signal = signal + np.float32(amount) * noise / (np.sqrt(np.mean(noise**2)) + 1e-9)
    gain = 0.1 / level * 10 ** (chance.uniform(*GAINS_DB) / 20)
    signal = np.clip(gain * signal, -1, 1)
    return np.asarray(np.round(signal * 32767) / 32768, np.float32)


def _background(length: int, others: list[Floats], chance: np.random.Generator) -> Floats:
    if others and chance.random() < BABBLE_CHANCE:
        babble = np.zeros(length)
        for _ in range(int(chance.integers(2, 6))):
            other = others[int(chance.integers(len(others)))]
            babble += chance.uniform(0.3, 1) * np.resize(np.roll(other, int(chance.integers(len(other)))), length)
        return np.asarray(babble, np.float32)
    spectrum = np.fft.rfft(chance.standard_normal(length))
    octaves = np.log2(np.fft.rfftfreq(length, 1 / RATE_HZ) / 50 + 1)
    colour = chance.uniform(-7, 0) * octaves + np.interp(octaves, np.linspace(0, 8, 6), chance.normal(0, 6, 6))
    return np.asarray(np.fft.irfft(spectrum * 10 ** (colour / 20), length), np.float32)


def examples_of_take(folder: Path, name: str, seed: int) -> list[Example]:
    """A recorded take in pieces; lips are known where they are seen to touch, or to be apart."""
    chance = np.random.default_rng((seed, 7))
    signal = read_take(folder, name)
    motion = mapped(channels(folder / f"{name}.npz"))
    size = int(TAKE_PIECE_S * RATE_HZ)
    found = []
    for first in range(0, len(signal) - RATE_HZ, size):
        piece = Spoken(signal[first : first + size], (), name)
        piece = in_a_room(piece, chance) if chance.random() < 0.5 else piece
        features = features_of(with_noise(piece.signal, [], chance))
        frames = (first / RATE_HZ + look_times(len(features))) * FRAME_HZ
        near = np.clip(np.rint(frames).astype(int), 0, len(motion) - 1)
        lips = motion[near, PLACE["lips"]]
        kinds = np.full(len(features), UNKNOWN, np.int8)
        kinds[lips > 0.5], kinds[lips < 0.5] = CLOSED, NOT_CLOSED
        places = np.arange(len(motion))
        mouth = np.stack([np.interp(frames, places, column) for column in motion[:, MOUTH].T], axis=1)
        found.append(Example(features, kinds, mouth.astype(np.float32)))
    return found


def quiet_example(said: Spoken, seed: int) -> Example:
    """Sound that nobody says: the mouth rests."""
    chance = np.random.default_rng((seed, 8))
    signal = said.signal * 10 ** (chance.uniform(-20, 0) / 20)
    features = features_of(np.asarray(signal, np.float32))
    mouth = mouth_at((), look_times(len(features)), LOOKS_HZ, DEFAULT_EXAGGERATION).astype(np.float32)
    return Example(features, np.full(len(features), KIND["silence"], np.int8), mouth)


def stored(examples: list[Example]) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    """As arrays laid end to end."""
    return {
        "looks": np.array([len(one.kinds) for one in examples]),
        "features": np.concatenate([one.features for one in examples]).astype(np.float16),
        "kinds": np.concatenate([one.kinds for one in examples]),
        "mouth": np.concatenate([one.mouth for one in examples]).astype(np.float16),
    }


def restored(file: Path) -> list[Example]:
    """The examples of one shard."""
    with np.load(file, allow_pickle=False) as held:
        ends = np.cumsum(held["looks"])
        features, kinds, mouth = held["features"], held["kinds"], held["mouth"]
    spans = [slice(int(end - looks), int(end)) for end, looks in zip(ends, np.diff(ends, prepend=0), strict=True)]
    return [Example(features[span], kinds[span], mouth[span]) for span in spans]


__all__ = ["MOUTH_WIDTH", "Example", "example_of", "examples_of_take", "quiet_example", "restored", "stored"]
