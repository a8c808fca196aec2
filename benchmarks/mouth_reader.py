"""Mouth pictures with the sounds they show in, a small classifier of further pictures out.

Principal components, then the nearest class mean in the metric of the spread within classes (linear discriminant
analysis; Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 4.3). No training by steps, no chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from narrator.flow import RgbImage

Floats = npt.NDArray[np.float64]

SMALL_WIDTH, SMALL_HEIGHT = 28, 21
"""Lip-reading needs little detail (lipreading.md 3.2)."""
TOOTH_LIGHTNESS, TOOTH_CHROMA, DARKNESS = (62.0, 4.0), (17.0, 2.5), (28.0, 3.0)
"""L* above which and chroma below which a pixel looks like a tooth, L* below which like the room behind; how softly."""
WEIGHT = 40.0
"""Of tooth and of darkness beside a redness in units of a*."""
SKIN_ROWS = 3
"""The uppermost rows show skin, from which redness is counted."""
COMPONENTS = 80
SHRINKAGE = 0.1
"""Share of an even spread mixed into the one measured, so that directions nobody varied in do not decide."""


@dataclass(frozen=True, slots=True)
class MouthReader:
    """What was learnt."""

    sounds: tuple[str, ...]
    mean: Floats
    components: Floats
    """(features, components), scaled so that the spread within classes is even."""
    centres: Floats
    """(sounds, components)."""

    def read(self, features: Floats) -> list[str]:
        """The sound each row (pictures, features) looks most like."""
        placed = (features - self.mean) @ self.components
        distances = np.linalg.norm(placed[:, None] - self.centres[None], axis=2)
        return [self.sounds[nearest] for nearest in distances.argmin(axis=1)]


def features_of(crops: Sequence[RgbImage]) -> Floats:
    """(pictures, features): how much each small square looks like tooth and like darkness, and how red beside the skin.

    These three nobody's complexion changes.
    """
    rows = []
    for crop in crops:
        small = cv2.resize(crop, (SMALL_WIDTH, SMALL_HEIGHT), interpolation=cv2.INTER_AREA)
        lightness, red, yellow = cv2.split(cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_RGB2Lab))
        tooth = _above(lightness, *TOOTH_LIGHTNESS) * (1 - _above(np.hypot(red, yellow), *TOOTH_CHROMA))
        dark = 1 - _above(lightness, *DARKNESS)
        rows.append(np.concatenate([WEIGHT * tooth, WEIGHT * dark, red - np.median(red[:SKIN_ROWS])], axis=None))
    return np.array(rows, np.float64)


def _above(values: npt.NDArray[np.float32], threshold: float, softness: float) -> npt.NDArray[np.float32]:
    return np.asarray(1 / (1 + np.exp(-(values - threshold) / softness)), np.float32)


def learn(features: Floats, sounds: Sequence[str]) -> MouthReader:
    """From pictures whose sounds are known."""
    names = tuple(dict.fromkeys(sounds))
    class_of = np.array([names.index(sound) for sound in sounds])
    mean = features.mean(axis=0)
    _, _, directions = np.linalg.svd(features - mean, full_matrices=False)
    components = directions[:COMPONENTS].T
    placed = (features - mean) @ components
    centres = np.array([placed[class_of == number].mean(axis=0) for number in range(len(names))])
    within = np.cov((placed - centres[class_of]).T)
    size = len(within)
    within = (1 - SHRINKAGE) * within + SHRINKAGE * np.trace(within) / size * np.eye(size)
    even = np.linalg.inv(np.linalg.cholesky(within)).T
    return MouthReader(names, mean, components @ even, centres @ even)
