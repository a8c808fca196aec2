"""Training pairs in, batches of windows out: sound made stranger each time, conditions dropped at random."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from avatar.diffusion.layout import CONTEXT, MOUTH, TEXT_WIDTH, TOUCH, WINDOW
from avatar.diffusion.network import WISHING_WIDTH
from avatar.diffusion.sound import BANDS, HOPS, Floats, heard, silence
from avatar.training.pairs import Pair

REAL_SHARE = 0.08
"""Of a batch, windows of recorded people."""
FULL_CHANCE = 0.6
SHORTEST = 40
DROP_SOUND, DROP_TEXT, DROP_WISHES = 0.15, 0.35, 0.1
NO_CONTEXT = 0.25
NOISE_CHANCE, NOISE_DB = 0.95, (-48.0, -4.0)
"""Almost always: no recording is as silent between two sounds as a synthesiser."""
WARP = 0.12
"""Formants of another throat, up or down."""
TILT_DB, LEVEL_DB = 6.0, 5.0
AROUND = 120
"""Frames beside a window that tell the voice's colour and level."""
MASK_CHANCE = 0.15
LEAST_CONTACT = 0.15
"""Spread of a contact at least: one that is rare would outweigh all the rest."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one length, everything normalised."""

    sound: Floats
    motion: Floats
    """(batch, frames, WIDTH), 0 where unknown."""
    known: Floats
    """The same shape: 1 where the motion is known."""
    is_context: Floats
    text: Floats
    wishes: Floats
    has_sound: Floats
    """(batch,)"""


@dataclass(frozen=True, slots=True)
class Scale:
    """What makes every channel about as large as every other."""

    mean: Floats
    spread: Floats


def scale_of(pairs: Sequence[Pair]) -> Scale:
    """Mean and spread of each channel over the pairs that know it."""
    motion = np.concatenate([pair.motion for pair in pairs]).astype(np.float64)
    spread = np.nanstd(motion, 0) + 1e-3
    spread[TOUCH] = np.maximum(spread[TOUCH], LEAST_CONTACT)
    return Scale(np.nanmean(motion, 0).astype(np.float32), spread.astype(np.float32))


def batches(synthetic: Sequence[Pair], real: Sequence[Pair], scale: Scale, size: int, seed: int) -> Iterator[Batch]:
    """Without end."""
    chance = np.random.default_rng((seed, 5))
    real_weight = np.array([len(pair.hertz) for pair in real], float)
    synthetic_weight = np.array([len(pair.hertz) for pair in synthetic], float)
    while True:
        frames = WINDOW if chance.random() < FULL_CHANCE else int(chance.integers(SHORTEST, WINDOW))
        is_real = chance.random(size) < (REAL_SHARE if len(real) else 0.0)
        chosen = [
            real[chance.choice(len(real), p=real_weight / real_weight.sum())]
            if one
            else synthetic[chance.choice(len(synthetic), p=synthetic_weight / synthetic_weight.sum())]
            for one in is_real
        ]
        yield _stacked([_window(pair, frames, scale, chance) for pair in chosen])


def _stacked(rows: list[tuple[Floats, ...]]) -> Batch:
    return Batch(*(np.stack(column).astype(np.float32) for column in zip(*rows, strict=True)))


def _window(pair: Pair, frames: int, scale: Scale, chance: np.random.Generator) -> tuple[Floats, ...]:
    first = int(chance.integers(0, max(len(pair.hertz) - frames, 0) + 1))
    span = slice(first, first + frames)
    motion = pair.motion[span].astype(np.float32)
    present = len(motion)
    pad = frames - present
    known = np.isfinite(motion).astype(np.float32)
    normal = np.nan_to_num((motion - scale.mean) / scale.spread)
    is_context = np.zeros(frames, np.float32)
    if chance.random() > NO_CONTEXT:
        is_context[: int(chance.integers(4, CONTEXT + 6))] = 1.0
    has_sound = float(chance.random() > DROP_SOUND)
    text = np.zeros((frames, TEXT_WIDTH), np.float32)
    if known.min() > 0 and chance.random() > DROP_TEXT:
        text[:present, MOUTH] = normal[:, MOUTH]
        text[:present, -2] = pair.accent[span]
        text[:present, -1] = 1.0
    wishes = np.zeros(WISHING_WIDTH, np.float32)
    if chance.random() > DROP_WISHES:
        wishes[:-1], wishes[-1] = pair.wishes, 1.0
    sound = silence(frames)
    around = slice(max(0, first - AROUND), first + frames + AROUND)
    sound[:present] = stranger(pair, around, chance)[first - around.start :][:present]
    fill = ((0, pad), (0, 0))
    return (sound, np.pad(normal, fill), np.pad(known, fill), is_context, text, wishes, np.array(has_sound, np.float32))


def stranger(pair: Pair, span: slice, chance: np.random.Generator) -> Floats:
    """(frames, SOUND_WIDTH) of the span: another throat, microphone, level and background."""
    bands = pair.bands[span.start * HOPS : span.stop * HOPS].astype(np.float32)
    places = np.arange(BANDS)
    warped = np.clip(places * (1 + chance.uniform(-WARP, WARP)), 0, BANDS - 1.001)
    low = warped.astype(int)
    share = (warped - low).astype(np.float32)
    bands = bands[:, low] * (1 - share) + bands[:, low + 1] * share
    bands = bands + np.interp(places, np.linspace(0, BANDS - 1, 5), chance.normal(0, TILT_DB, 5)).astype(np.float32)
    if chance.random() < NOISE_CHANCE:
        colour = np.interp(places, np.linspace(0, BANDS - 1, 4), chance.normal(0, 8, 4))
        noise = pair.level_db - 15 + chance.uniform(*NOISE_DB) + colour + chance.normal(0, 3, bands.shape)
        bands = np.logaddexp(bands * 0.2302585, noise * 0.2302585).astype(np.float32) / 0.2302585
    if chance.random() < MASK_CHANCE:
        width = int(chance.integers(1, 6))
        start = int(chance.integers(0, BANDS - width))
        bands[:, start : start + width] = pair.level_db - 70
    level = pair.level_db + chance.normal(0, LEVEL_DB)
    return heard(
        bands, pair.hertz[span].astype(np.float32), pair.voicing[span].astype(np.float32), level, pair.middle_hz
    )
