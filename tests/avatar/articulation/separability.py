"""How well the drawn mouth tells sounds apart: nearest centroid, each context left out in turn (T12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from tests.avatar.articulation.checks import frame_times
from tests.avatar.articulation.material import chained, track_of
from tests.avatar.geometry import only, read_geometry

Floats = npt.NDArray[np.float64]

FEATURES = (
    "lip_height_mm",
    "inner_width",
    "mouth_width",
    "lip_protrusion_mm",
    "upper_teeth_mm",
    "lower_teeth_mm",
    "tongue_visible",
)
SCALES = np.array([1.0, 0.1, 0.1, 1.0, 1.0, 1.0, 0.2])
"""About one tolerance of lipreading.md 2.6 in each feature, so that no unit rules the distance."""
CONSONANT_CONTEXTS = ("iː", "æ", "ɑː", "ʌ")
"""V of the V1-C-V2 in which consonants are told apart; UW is reported apart."""

ROWS = {
    "p": "p", "b": "p", "m": "m", "f": "f", "v": "f", "θ": "θ", "ð": "θ", "t": "t", "d": "t", "n": "n", "l": "l",
    "s": "s", "z": "s", "ʃ": "ʃ", "ʒ": "ʃ", "tʃ": "ʃ", "dʒ": "ʃ", "ɹ": "ɹ", "w": "w", "j": "j",
}  # fmt: skip
"""Consonant: the distinct row of 2.6 it has. K G NG HH take the vowel's lips and are left out."""
GROUPS = {"p": 1, "m": 1, "f": 2, "θ": 3, "ɹ": 4, "w": 4, "ʃ": 5, "t": 6, "n": 6, "l": 6, "s": 6}
"""Row: its Owens and Blazek group; j has none there."""
VOWEL_GROUPS = {
    "iː": 1, "ɪ": 1, "ɛ": 2, "æ": 2, "ɑː": 2, "ʌ": 2, "ɔː": 3, "ʊ": 4, "uː": 4, "ɜː": 4,
}  # fmt: skip
"""Monophthong: its group of lipreading.md 1.3."""


def consonant_samples(
    contexts: Sequence[str] = CONSONANT_CONTEXTS, exaggeration: float = 1.2, fps: float = 30.0
) -> dict[str, dict[tuple[str, str], Floats]]:
    """Consonant: {(V1, V2): features at its apex}."""
    groups = [(one, sound, two) for sound in ROWS for one in contexts for two in contexts]
    return _samples(groups, exaggeration, fps)


def vowel_samples(exaggeration: float = 1.2, fps: float = 30.0) -> dict[str, dict[tuple[str, str], Floats]]:
    """Monophthong: {(C1, C2): features at mid-vowel}."""
    consonants = tuple(dict.fromkeys(ROWS.values())) + ("k", "h")
    groups = [(one, sound, two) for sound in VOWEL_GROUPS for one in consonants for two in consonants]
    return _samples(groups, exaggeration, fps)


def _samples(
    groups: Sequence[tuple[str, str, str]], exaggeration: float, fps: float
) -> dict[str, dict[tuple[str, str], Floats]]:
    utterance, phones = chained(groups)
    track = track_of(utterance, fps, exaggeration)
    times = frame_times(track)
    middles = [spoken[1].start_s + spoken[1].duration_s / 2 for spoken in phones]
    read = read_geometry(only(track, [int(np.argmin(np.abs(times - middle))) for middle in middles]))
    measured = np.stack([read[name] for name in FEATURES], axis=1)
    found: dict[str, dict[tuple[str, str], Floats]] = {}
    for (one, sound, two), features in zip(groups, measured, strict=True):
        found.setdefault(sound, {})[(one, two)] = features
    return found


def confusions(
    samples: Mapping[str, Mapping[tuple[str, str], Floats]], scales: Floats = SCALES
) -> list[tuple[str, tuple[str, str], str]]:
    """(sound, context, what the nearest centroid of the other contexts takes it for), one per token."""
    sounds = list(samples)
    contexts = list(next(iter(samples.values())))
    data = np.array([[samples[sound][context] / scales for context in contexts] for sound in sounds])
    found = []
    for left_out, context in enumerate(contexts):
        centroids = np.delete(data, left_out, axis=1).mean(axis=1)
        distances = np.linalg.norm(data[:, left_out][:, None] - centroids[None], axis=2)
        found += [(sounds[i], context, sounds[int(np.argmin(row))]) for i, row in enumerate(distances)]
    return found


def row_score(found: Sequence[tuple[str, tuple[str, str], str]]) -> float:
    """Share of tokens taken for a sound of their own row."""
    return float(np.mean([ROWS[said] == ROWS[seen] for said, _, seen in found]))


def group_score(found: Sequence[tuple[str, tuple[str, str], str]]) -> float:
    """Share of tokens taken for a sound of their own Owens and Blazek group; j counts as one of its own."""
    return float(np.mean([_group(said) == _group(seen) for said, _, seen in found]))


def vowel_group_score(found: Sequence[tuple[str, tuple[str, str], str]]) -> float:
    """Share of vowels taken for one of their own group."""
    return float(np.mean([VOWEL_GROUPS[said] == VOWEL_GROUPS[seen] for said, _, seen in found]))


def _group(sound: str) -> int:
    return GROUPS.get(ROWS[sound], 0)
