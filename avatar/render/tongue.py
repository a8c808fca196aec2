"""Tongue channels in, a tongue's surface in millimetres out, and the dark room behind it.

The tongue is a flattened tube along a midline from its root over the dorsum and blade to the tip, so that a raised
tip shows its underside, as it does in L.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.motion_frame import OVERBITE_MM, MotionFrame
from avatar.render.grid import grid_triangles, grid_uv
from avatar.render.jaw import smooth_step

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

ALONG, AROUND = 17, 20
"""Stations from root to tip, and points round each station."""
ROOT_BEHIND_MM, ROOT_BELOW_MM = 46.0, 22.0
DORSUM_BEHIND_MM = 24.0
DORSUM_LOW_MM, DORSUM_HIGH_MM = -9.0, 3.0
"""Height of the dorsum's midline at tongue_body 0 and 1 with the jaw shut (judgement)."""
BODY_HALF_WIDTH_MM, TIP_HALF_WIDTH_MM = 19.0, 10.5
BODY_HALF_HEIGHT_MM, TIP_HALF_HEIGHT_MM = 7.0, 2.3
TIP_FROM, TIP_POINT_MM = 0.72, 0.6
"""Way from root to tip at which it begins to taper, and how far the very tip stands out."""
GROOVE_DEPTH, GROOVE_WIDTH_RAD = 0.30, 0.42
"""The furrow along the middle of the top: share of the half-height."""
PAST_TEETH_MM = ((-1.2, 0.6), (6.0, -5.0))
"""(tip heights, how far forward the tip may be there): between the teeth, and behind the upper incisors' backs."""
JAW_SHARE = 0.32
"""How much of the jaw's drop the tongue's body takes."""


def pose_tongue(frame: MotionFrame, incisor_z: float) -> Floats:
    """(ALONG * AROUND + 1, 3) mm: stations from root to tip, then the tip's point."""
    form = _form()
    vertices = np.empty((ALONG * AROUND + 1, 3), np.float32)
    _wrap(form.spline @ _control_points(frame, incisor_z), form.across, form.upward, vertices)
    return vertices


@njit(cache=True, nogil=True, fastmath=True)
def _wrap(midline: Doubles, across: Doubles, upward: Doubles, vertices: Floats) -> None:
    """Lays a ring of points round each station of the midline (ALONG, 2), heights and depths."""
    for i in range(ALONG):
        before, after = max(i - 1, 0), min(i + 1, ALONG - 1)
        up, forward = midline[after, 0] - midline[before, 0], midline[after, 1] - midline[before, 1]
        length = np.sqrt(up * up + forward * forward)
        up, forward = up / length, forward / length
        for k in range(AROUND):
            vertices[i * AROUND + k, 0] = across[i, k]
            vertices[i * AROUND + k, 1] = midline[i, 0] + forward * upward[i, k]
            vertices[i * AROUND + k, 2] = midline[i, 1] - up * upward[i, k]
    vertices[-1, 0] = 0.0
    vertices[-1, 1] = midline[-1, 0] + up * TIP_POINT_MM
    vertices[-1, 2] = midline[-1, 1] + forward * TIP_POINT_MM


@dataclass(frozen=True, slots=True)
class _Form:
    """What never changes about a tongue."""

    spline: Doubles
    """(ALONG, 6): a Catmull-Rom spline through the control points but the first and last."""
    across: Doubles
    """(ALONG, AROUND) mm to the side of the midline."""
    upward: Doubles
    """(ALONG, AROUND) mm above the midline."""


@lru_cache(maxsize=1)
def _form() -> _Form:
    # Stations stand closer together towards the tip, which is what is seen.
    t = 1 - (1 - np.linspace(0, 1, ALONG)) ** 1.25
    taper = np.sqrt(np.clip(1 - ((t - TIP_FROM) / (1 - TIP_FROM)).clip(0) ** 2.4, 0.05, 1))
    half_width = (BODY_HALF_WIDTH_MM + (TIP_HALF_WIDTH_MM - BODY_HALF_WIDTH_MM) * t**1.3) * taper
    half_height = BODY_HALF_HEIGHT_MM + (TIP_HALF_HEIGHT_MM - BODY_HALF_HEIGHT_MM) * t**0.8
    half_height = half_height * (0.45 + 0.55 * taper)
    angle = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    groove = 1 - GROOVE_DEPTH * np.exp(-(((angle - np.pi / 2) / GROOVE_WIDTH_RAD) ** 2))
    return _Form(
        spline=_spline_weights(6, t),
        across=half_width[:, None] * np.cos(angle),
        upward=half_height[:, None] * np.sin(angle) * groove,
    )


def _control_points(frame: MotionFrame, incisor_z: float) -> Doubles:
    """(6, 2) heights and depths: a point before the root, root, dorsum, blade, tip, a point beyond the tip."""
    jaw, body, height = frame["jaw_drop_mm"], frame["tongue_body"], frame["tongue_tip_height_mm"]
    # A tip above the upper incisors' edge lies behind them: a tongue does not go through teeth.
    tip_z = incisor_z + min(frame["tongue_tip_forward_mm"], float(np.interp(height, *PAST_TEETH_MM)))
    dorsum_y = DORSUM_LOW_MM + (DORSUM_HIGH_MM - DORSUM_LOW_MM) * body - JAW_SHARE * jaw * (1.2 - body)
    dorsum_z = incisor_z - DORSUM_BEHIND_MM
    root_y, root_z = -ROOT_BELOW_MM - 0.4 * jaw, incisor_z - ROOT_BEHIND_MM
    # A raised tip leaves the blade behind and below it; a tip between the teeth lies flat.
    lift = min(max(height + 2.0, 0.0), 6.0)
    blade_y = min(height * 0.55 + dorsum_y * 0.45 - 0.75 * lift, height + 1.0)
    blade_z = tip_z * 0.55 + dorsum_z * 0.45 + 1.0
    return np.array(
        (
            (root_y + (root_y - dorsum_y) * 0.3, root_z + (root_z - dorsum_z) * 0.3),
            (root_y, root_z),
            (dorsum_y, dorsum_z),
            (blade_y, blade_z),
            (height, tip_z),
            (height + (height - blade_y) * 0.4, tip_z + (tip_z - blade_z) * 0.4),
        )
    )


def _spline_weights(points: int, at: Doubles) -> Doubles:
    """(len(at), points): Catmull-Rom through all points but the first and last; at runs 0..1 between those."""
    spans = points - 3
    position = at * spans
    first = np.minimum(position.astype(int), spans - 1)
    u = position - first
    basis = 0.5 * np.stack(
        [-u + 2 * u**2 - u**3, 2 - 5 * u**2 + 3 * u**3, u + 4 * u**2 - 3 * u**3, -(u**2) + u**3], axis=1
    )
    weights = np.zeros((len(at), points))
    for k in range(4):
        weights[np.arange(len(at)), first + k] = basis[:, k]
    return weights


def tongue_mesh() -> tuple[Ints, Floats]:
    """(triangles, uv): u from the middle of the underside (0) round either edge to the middle of the top (1), v from
    root (0) to tip (1)."""
    index = np.arange(ALONG * AROUND).reshape(ALONG, AROUND)
    a, d = index[:-1].ravel(), index[1:].ravel()
    b, c = np.roll(index[:-1], -1, axis=1).ravel(), np.roll(index[1:], -1, axis=1).ravel()
    tip = ALONG * AROUND
    last = index[-1]
    cap = np.stack([last, np.roll(last, -1), np.full(AROUND, tip)], 1)
    triangles = np.vstack([np.stack([a, b, d], 1), np.stack([b, c, d], 1), cap]).astype(np.int32)
    from_top = np.abs((np.arange(AROUND) / AROUND - 0.25 + 0.5) % 1.0 - 0.5) * 2
    v, u = np.meshgrid(1 - (1 - np.linspace(0, 1, ALONG)) ** 1.25, 1 - from_top, indexing="ij")
    uv = np.vstack([np.stack([u, v], -1).reshape(-1, 2), [[0.5, 1.0]]]).astype(np.float32)
    return triangles, uv


def tongue_texture(colour: tuple[int, int, int]) -> npt.NDArray[np.uint8]:
    """(128, 64, 4) sRGB: a rough, paler top with a furrow; a smooth, redder underside with its string and veins."""
    v, u = np.mgrid[0:1:128j, 0:1:64j].astype(np.float64)
    is_top = smooth_step(u, 0.46, 0.62)[..., None]
    base = np.asarray(colour, float)
    random = np.random.default_rng(5)
    rough = cv2.GaussianBlur(random.normal(0, 1, u.shape), (0, 0), 0.7)[..., None] * 9.0
    top = base + rough + np.array([6.0, 8.0, 8.0]) * smooth_step(u, 0.6, 0.85)[..., None]
    furrow = np.exp(-(((1 - u) / 0.05) ** 2)) * smooth_step(v, 0.15, 0.5) * smooth_step(1 - v, 0.04, 0.14)
    top = top * (1 - 0.20 * furrow[..., None])
    under = base * (1.0, 0.86, 0.88)
    vein = np.exp(-(((u - 0.13) / 0.045) ** 2)) * smooth_step(v, 0.35, 0.6)
    under = under * (1 - vein[..., None] * (0.05, 0.03, 0.005))
    string = np.exp(-((u / 0.03) ** 2))[..., None] * smooth_step(1 - v, 0.06, 0.2)[..., None]
    under = under + string * np.array([20.0, 28.0, 26.0])
    pixels = under * (1 - is_top) + top * is_top
    return np.dstack([np.clip(pixels, 0, 255), np.full(u.shape, 255.0)]).astype(np.uint8)


CAVITY_ACROSS, CAVITY_DOWN = 13, 11
CAVITY_ROOF_MM, CAVITY_FLOOR_MM = 12.0, -16.0
"""Heights of palate and floor with the jaw shut."""


def pose_cavity(frame: MotionFrame, incisor_z: float) -> Floats:
    """(CAVITY_DOWN * CAVITY_ACROSS, 3) mm: a hollow behind the teeth, open to the viewer, deep enough to be dark."""
    vertices = _room() * (1.0, (CAVITY_ROOF_MM - CAVITY_FLOOR_MM + frame["jaw_drop_mm"]) / 2, 1.0)
    vertices += (0.0, (CAVITY_ROOF_MM + CAVITY_FLOOR_MM - frame["jaw_drop_mm"]) / 2, incisor_z)
    return np.asarray(vertices, np.float32)


@lru_cache(maxsize=1)
def _room() -> Doubles:
    """(CAVITY_DOWN * CAVITY_ACROSS, 3): the hollow with heights -1..1, mm otherwise, behind incisors at z = 0."""
    x, y = np.meshgrid(np.linspace(-1, 1, CAVITY_ACROSS), np.linspace(1, -1, CAVITY_DOWN))
    depth = np.sqrt(np.clip(1 - 0.9 * np.maximum(x**2, y**2), 0, 1))
    across = 24.0 * np.sqrt(1 - 0.55 * y**2)
    room: Doubles = np.stack([across * x, y, -6.0 - 34.0 * depth], axis=-1).reshape(-1, 3)
    return room


def cavity_mesh() -> tuple[Ints, Floats]:
    """(triangles, uv) of the hollow, facing the viewer."""
    return grid_triangles(CAVITY_DOWN, CAVITY_ACROSS), grid_uv(CAVITY_DOWN, CAVITY_ACROSS)


def cavity_texture(colour: tuple[int, int, int]) -> npt.NDArray[np.uint8]:
    """(32, 32, 4) sRGB: the palate catches a little light, the throat none, the floor a trace."""
    height = np.linspace(0, 1, 32)[:, None]
    light = 0.85 + 0.75 * np.clip(1 - height / 0.4, 0, 1) ** 2 + 0.25 * np.clip((height - 0.7) / 0.3, 0, 1)
    pixels = np.asarray(colour, float) * np.broadcast_to(light, (32, 32))[..., None]
    return np.dstack([np.clip(pixels, 0, 255), np.full((32, 32), 255.0)]).astype(np.uint8)


def lower_incisor_height(frame: MotionFrame) -> float:
    """Height of the lower incisors' edge, mm."""
    return OVERBITE_MM - frame["jaw_drop_mm"]
