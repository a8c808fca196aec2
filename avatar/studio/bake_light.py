"""A sculpted surface in; for every texel its place, its direction and the light that its fine form takes away out.

The drawn mesh is coarse and lit at its corners. What its triangles cannot show (tendons, folds, the dark between two
fingers) is painted: each texel holds how much more or less light the fine form gets there than the coarse one.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.lighting import light_table
from avatar.studio.sculpt_body import Sculpted
from avatar.studio.surface_nets import Field, gradient
from avatar.studio.texels import nearest_covered, texels

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

OCCLUSION_MM = ((4.0, 0.30), (10.0, 0.30), (22.0, 0.25), (46.0, 0.15))
"""How far out of the surface the body is looked for, and its share of the shade."""
OCCLUSION_SIDE = 384
RELIGHT_LIMITS = (0.45, 1.7)
PROJECTIONS = 2


@dataclass(frozen=True, slots=True)
class Baked:
    """A surface as its painter sees it."""

    place: Floats
    """(H, W, 3) mm."""
    normal: Floats
    """(H, W, 3) of the fine form."""
    drawn_normal: Floats
    """(H, W, 3) of the drawn mesh."""
    openness: Floats
    """(H, W) 1 in the open .. 0 where the body itself takes all light."""


def bake(sculpted: Sculpted, field: Field, around: Field, side: int) -> Baked:
    """side x side texels; around is all of the body that may take light away."""
    fine = texels(sculpted.fine.points, sculpted.fine.triangles, sculpted.fine.uv, side)
    mesh = sculpted.drawn
    far_first = np.argsort(mesh.points[mesh.triangles].mean(axis=1)[:, 2], kind="stable")
    drawn = texels(mesh.points, mesh.triangles[far_first], mesh.uv, side)
    covered = fine.covered
    on_it = fine.place[covered].astype(np.float64)
    for _ in range(PROJECTIONS):
        on_it -= np.clip(field(on_it), -3, 3)[:, None] * fine.normal[covered]
    place, direction = fine.place.copy(), fine.normal.copy()
    place[covered], direction[covered] = on_it, gradient(field, on_it)
    nearest = nearest_covered(covered)
    place, direction = (values.reshape(-1, 3)[nearest].reshape(side, side, 3) for values in (place, direction))
    return Baked(place, direction, drawn.normal, _openness(place, direction, around))


def _openness(place: Floats, normal: Floats, around: Field) -> Floats:
    side = len(place)
    at = np.linspace(0, side - 1, OCCLUSION_SIDE).astype(int)
    spots = place[np.ix_(at, at)].reshape(-1, 3).astype(np.float64)
    out = normal[np.ix_(at, at)].reshape(-1, 3).astype(np.float64)
    taken = np.zeros(len(spots))
    for far, share in OCCLUSION_MM:
        taken += share * np.clip(1 - around(spots + far * out) / far, 0, 1)
    small = (1 - taken).reshape(OCCLUSION_SIDE, OCCLUSION_SIDE).astype(np.float32)
    opened: Floats = np.clip(cv2.resize(small, (side, side), interpolation=cv2.INTER_CUBIC), 0, 1)
    return opened


def relight(normal: Floats, drawn_normal: Floats, material: str) -> Floats:
    """(H, W): light on one direction over light on the other, for a material of avatar/render/lighting."""
    table = light_table(material)[..., :3].mean(axis=2)
    ratio = _lit(normal, table) / np.maximum(_lit(drawn_normal, table), 1e-3)
    limited: Floats = np.clip(ratio, *RELIGHT_LIMITS).astype(np.float32)
    return limited


def _lit(normal: Floats, table: Floats) -> Floats:
    half = len(table) / 2
    x, y = ((normal[..., k] + 1) * half - 0.5 for k in (0, 1))
    lit: Floats = cv2.remap(
        table, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return lit
