"""Cut-outs of a mouth in, what lies between the lips out: teeth, tongue and darkness by colour.

Read along the incisors' midline, where their edges are straight: the columns of 5 mm are averaged, so that a run is
measured finer than a pixel. Of a turned face it is not the lips' own: the incisors stand behind it. What counts as
light, dark or red is taken from the same face's own lips.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.lip_sight import CROP_PUPILS, CROP_WIDTH, INNER_RING, Sight

Floats = npt.NDArray[np.float32]

PX_PER_MM = CROP_WIDTH / (CROP_PUPILS * 63)
FINER = 4
"""Samples for each pixel along the midline."""
STEP_MM = 1 / (PX_PER_MM * FINER)
HALF_WIDTH_MM = 2.5
MARGIN_MM = 4.0
"""Read this far beyond the lips' inner edges."""
TOP, BOTTOM = INNER_RING.index(13), INNER_RING.index(14)
LEFT, RIGHT = INNER_RING.index(78), INNER_RING.index(308)
INCISORS_BEHIND = 0.5
"""How far behind the lips at the midline the incisors stand, over how far the mouth's corners do: so far they are seen
from the lips' midline towards the middle of the corners."""

TOOTH, DARK, FLESH = "tooth", "dark", "flesh"
KINDS = (TOOTH, DARK, FLESH)
TOOTH_LIGHTER, TOOTH_REDNESS = 5.0, 0.45
"""A tooth is so many L* lighter than the lips and has at most this share of their a*."""
DARK_SHARE = 0.62
"""Darkness has less than this share of the lips' L*."""
LEAST_RUN_MM = 0.6
"""Shorter runs are edges, not things."""
EDGE_MM = 0.5
"""Lips throw their colour so far into the opening."""
BESIDE_MOUTH_MM = (6.0, 11.0)
LEAST_OPENING_MM = 1.2
"""Lips further apart than this are not sealed (lipreading.md 7)."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one kind along the midline, mm below the upper lip's inner edge."""

    kind: str
    top_mm: float
    bottom_mm: float

    @property
    def length_mm(self) -> float:
        """From top to bottom."""
        return self.bottom_mm - self.top_mm


@dataclass(frozen=True, slots=True)
class Layers:
    """The midline of one frame."""

    runs: tuple[Run, ...]
    """From MARGIN_MM above the upper lip's inner edge downward, without gaps."""
    opening_mm: float
    """Where the lower lip's inner edge is, below the upper one's, by FaceMesh."""
    lightness: dict[str, float]
    """Median L* of each kind between the lips; NaN where there is no millimetre of it."""

    @property
    def teeth(self) -> tuple[Run, ...]:
        """The runs of tooth, from the top."""
        return tuple(run for run in self.runs if run.kind == TOOTH and run.length_mm >= LEAST_RUN_MM)

    @property
    def is_sealed(self) -> bool:
        """Lip on lip: no tooth, no darkness, and no room for a tongue."""
        others_mm = sum(run.length_mm for run in self.runs if run.kind != FLESH)
        return others_mm < LEAST_RUN_MM and self.opening_mm < LEAST_OPENING_MM

    def between(self, kind: str, top_mm: float, bottom_mm: float) -> float:
        """Millimetres of that kind between two heights."""
        return sum(
            max(0.0, min(run.bottom_mm, bottom_mm) - max(run.top_mm, top_mm)) for run in self.runs if run.kind == kind
        )


def lip_colour(sight: Sight) -> Floats:
    """(3,) median L*a*b* of both lips' red, 1.5 to 4 mm from their inner edges, over all frames with a face."""
    found: list[Floats] = []
    for crop, ring in zip(sight.crops, sight.lips, strict=True):
        if ring.any():
            column, top = _midline(crop, ring)
            at = np.arange(len(column)) * STEP_MM - top
            opening = _opening_mm(ring)
            is_lip = ((at < -1.5) & (at > -MARGIN_MM)) | ((at > opening + 1.5) & (at < opening + MARGIN_MM))
            found.append(column[is_lip])
    return np.asarray(np.median(np.concatenate(found), axis=0), np.float32)


def skin_colour(sight: Sight) -> Floats:
    """(3,) median L*a*b* of the skin 6 to 11 mm outside the mouth's corners, over all frames with a face."""
    found: list[Floats] = []
    near, far = (round(distance_mm * PX_PER_MM) for distance_mm in BESIDE_MOUTH_MM)
    for crop, ring in zip(sight.crops, sight.lips, strict=True):
        if ring.any():
            (left, left_y), (right, right_y) = ring[LEFT].astype(int), ring[RIGHT].astype(int)
            for x, y in ((left - far, left_y), (right + near, right_y)):
                patch = crop[max(y - near // 2, 0) : max(y + near // 2, 0), max(x, 0) : max(x + far - near, 0)]
                if not patch.size:
                    continue  # a turned face's far corner lies at the rim of the cut-out
                lab = cv2.cvtColor(patch.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
                found.append(np.asarray(lab.reshape(-1, 3), np.float32))
    return np.asarray(np.median(np.concatenate(found), axis=0), np.float32)


def layers(crop: npt.NDArray[np.uint8], ring: Floats, lip: Floats) -> Layers:
    """The midline of one cut-out; lip is lip_colour()."""
    column, top = _midline(crop, ring)
    is_tooth = (column[:, 0] > lip[0] + TOOTH_LIGHTER) & (column[:, 1] < lip[1] * TOOTH_REDNESS)
    is_dark = column[:, 0] < lip[0] * DARK_SHARE
    kinds = np.where(is_tooth, KINDS.index(TOOTH), np.where(is_dark, KINDS.index(DARK), KINDS.index(FLESH)))
    edges = np.flatnonzero(np.diff(kinds)) + 1
    runs = []
    for start, end in zip([0, *edges], [*edges, len(kinds)], strict=True):
        kind = KINDS[kinds[start]]
        runs.append(Run(kind, start * STEP_MM - top, end * STEP_MM - top))
    opening_mm = _opening_mm(ring)
    at = np.arange(len(column)) * STEP_MM - top
    is_inside = (at > EDGE_MM) & (at < opening_mm - EDGE_MM)
    light = {kind: _lightness(column[is_inside & (kinds == number), 0]) for number, kind in enumerate(KINDS)}
    return Layers(tuple(runs), opening_mm, light)


def all_layers(sight: Sight) -> list[Layers | None]:
    """Every frame's midline; None where no face was found."""
    lip = lip_colour(sight)
    return [layers(crop, ring, lip) if ring.any() else None for crop, ring in zip(sight.crops, sight.lips, strict=True)]


def _lightness(values: Floats) -> float:
    return float(np.median(values)) if len(values) * STEP_MM >= 1 else float("nan")


def _opening_mm(ring: Floats) -> float:
    return float(ring[BOTTOM, 1] - ring[TOP, 1]) / PX_PER_MM


def _midline(crop: npt.NDArray[np.uint8], ring: Floats) -> tuple[Floats, float]:
    """(samples, 3) L*a*b* from above the upper lip's inner edge downward, and mm of it above that edge."""
    lips_x, corners_x = (float(ring[pair, 0].mean()) for pair in ([TOP, BOTTOM], [LEFT, RIGHT]))
    x = lips_x + INCISORS_BEHIND * (corners_x - lips_x)
    top_px = float(ring[TOP, 1]) - MARGIN_MM * PX_PER_MM
    bottom_px = float(ring[BOTTOM, 1]) + MARGIN_MM * PX_PER_MM
    ys = np.arange(top_px, bottom_px, 1 / FINER, dtype=np.float32)
    xs = np.arange(x - HALF_WIDTH_MM * PX_PER_MM, x + HALF_WIDTH_MM * PX_PER_MM, dtype=np.float32)
    grid_x, grid_y = np.meshgrid(xs, ys)
    patch = cv2.remap(crop, grid_x.astype(np.float32), grid_y.astype(np.float32), cv2.INTER_LINEAR)
    lab = cv2.cvtColor(patch.astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    return np.median(lab, axis=1).astype(np.float32), MARGIN_MM
