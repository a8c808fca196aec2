"""Tongue channels in, a tongue's surface in millimetres out, and the dark room behind it.

The tongue is a flattened tube along a midline from its root over the dorsum and blade to the tip, so that a raised
tip shows its underside, as it does in L.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import OVERBITE_MM, MotionFrame
from avatar.render.grid import grid_triangles, grid_uv

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

ALONG, AROUND = 17, 20
"""Stations from root to tip, and points round each station."""
ROOT_BEHIND_MM, ROOT_BELOW_MM = 46.0, 22.0
DORSUM_BEHIND_MM = 24.0
DORSUM_LOW_MM, DORSUM_HIGH_MM = -9.0, 2.0
"""Height of the dorsum's midline at tongue_body 0 and 1 with the jaw shut (judgement)."""
BODY_HALF_WIDTH_MM, TIP_HALF_WIDTH_MM = 19.0, 11.0
BODY_HALF_HEIGHT_MM, TIP_HALF_HEIGHT_MM = 7.0, 2.0
TIP_POINT_MM = 0.8
PAST_TEETH_MM = ((-1.2, 0.6), (6.0, -5.0))
"""(tip heights, how far forward the tip may be there): between the teeth, and behind the upper incisors' backs."""
DARK_BEHIND_MM = 15.0
"""A tongue this far behind the incisors is lost in the dark (judgement)."""
LEAST_LIGHT = 0.28
JAW_SHARE = 0.32
"""How much of the jaw's drop the tongue's body takes."""


def pose_tongue(frame: MotionFrame, incisor_z: float) -> Floats:
    """(ALONG * AROUND + 1, 3) mm: stations from root to tip, then the tip's point."""
    form = _form()
    midline = form.spline @ _control_points(frame, incisor_z)
    tangent = np.gradient(midline, axis=0)
    tangent /= np.sqrt((tangent * tangent).sum(axis=1, keepdims=True))
    vertices = np.empty((ALONG * AROUND + 1, 3), np.float32)
    ring = vertices[:-1].reshape(ALONG, AROUND, 3)
    ring[..., 0] = form.across
    ring[..., 1] = midline[:, 1, None] + tangent[:, 2, None] * form.upward
    ring[..., 2] = midline[:, 2, None] - tangent[:, 1, None] * form.upward
    vertices[-1] = midline[-1] + tangent[-1] * TIP_POINT_MM
    return vertices


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
    t = np.linspace(0, 1, ALONG)
    rounding = np.sqrt(np.clip(1 - ((t - 0.66) / 0.34).clip(0) ** 3.0, 0.06, 1))
    half_width = (BODY_HALF_WIDTH_MM + (TIP_HALF_WIDTH_MM - BODY_HALF_WIDTH_MM) * t**1.6) * rounding
    half_height = BODY_HALF_HEIGHT_MM + (TIP_HALF_HEIGHT_MM - BODY_HALF_HEIGHT_MM) * t**0.8
    half_height = half_height * (0.55 + 0.45 * rounding)
    angle = np.linspace(0, 2 * np.pi, AROUND, endpoint=False)
    # A shallow groove along the middle of the top.
    groove = 1 - 0.22 * np.exp(-((angle - np.pi / 2) ** 2) / 0.18)
    return _Form(
        spline=_spline_weights(points=6, samples=ALONG),
        across=half_width[:, None] * np.cos(angle),
        upward=half_height[:, None] * np.sin(angle) * groove,
    )


def _control_points(frame: MotionFrame, incisor_z: float) -> Doubles:
    """(6, 3): a point before the root, root, dorsum, blade, tip, a point beyond the tip."""
    jaw = frame["jaw_drop_mm"]
    height = frame["tongue_tip_height_mm"]
    # A tip above the upper incisors' edge lies behind them: a tongue does not go through teeth.
    forward = min(frame["tongue_tip_forward_mm"], float(np.interp(height, *PAST_TEETH_MM)))
    tip = np.array([0.0, height, incisor_z + forward])
    high = DORSUM_LOW_MM + (DORSUM_HIGH_MM - DORSUM_LOW_MM) * frame["tongue_body"]
    dorsum = np.array([0.0, high - JAW_SHARE * jaw * (1.2 - frame["tongue_body"]), incisor_z - DORSUM_BEHIND_MM])
    root = np.array([0.0, -ROOT_BELOW_MM - 0.4 * jaw, incisor_z - ROOT_BEHIND_MM])
    # A raised tip leaves the blade behind and below it; a tip between the teeth lies flat.
    lift = min(max(tip[1] + 2.0, 0.0), 6.0)
    blade = tip * 0.55 + dorsum * 0.45 + np.array([0.0, -0.75 * lift, 1.0])
    blade[1] = min(blade[1], tip[1] + 1.0)
    return np.stack([root + (root - dorsum) * 0.3, root, dorsum, blade, tip, tip + (tip - blade) * 0.4])


def _spline_weights(points: int, samples: int) -> Doubles:
    """(samples, points): Catmull-Rom through all points but the first and last, uniform parameter."""
    spans = points - 3
    position = np.linspace(0, spans, samples)
    first = np.minimum(position.astype(int), spans - 1)
    u = position - first
    basis = 0.5 * np.stack(
        [-u + 2 * u**2 - u**3, 2 - 5 * u**2 + 3 * u**3, u + 4 * u**2 - 3 * u**3, -(u**2) + u**3], axis=1
    )
    weights = np.zeros((samples, points))
    for k in range(4):
        weights[np.arange(samples), first + k] = basis[:, k]
    return weights


def tongue_light(vertices: Floats, incisor_z: float) -> Floats:
    """(V,) shade 0..1: full light at the teeth, little at DARK_BEHIND_MM behind them."""
    behind = (incisor_z - vertices[:, 2]) / DARK_BEHIND_MM
    light: Floats = np.clip(1.0 - (1 - LEAST_LIGHT) * behind, LEAST_LIGHT, 1.0).astype(np.float32)
    return light


def tongue_mesh() -> tuple[Ints, Floats]:
    """(triangles, uv): u round the tongue, v from root (0) to tip (1)."""
    index = np.arange(ALONG * AROUND).reshape(ALONG, AROUND)
    a, d = index[:-1].ravel(), index[1:].ravel()
    b, c = np.roll(index[:-1], -1, axis=1).ravel(), np.roll(index[1:], -1, axis=1).ravel()
    tip = ALONG * AROUND
    last = index[-1]
    cap = np.stack([last, np.roll(last, -1), np.full(AROUND, tip)], 1)
    triangles = np.vstack([np.stack([a, b, d], 1), np.stack([b, c, d], 1), cap]).astype(np.int32)
    v, u = np.meshgrid(np.linspace(0, 1, ALONG), np.arange(AROUND) / AROUND, indexing="ij")
    uv = np.vstack([np.stack([u, v], -1).reshape(-1, 2), [[0.25, 1.0]]]).astype(np.float32)
    return triangles, uv


def tongue_texture(colour: tuple[int, int, int]) -> npt.NDArray[np.uint8]:
    """(64, 64, 4) sRGB: the top rough and rosy, the underside smoother and redder."""
    v, u = np.meshgrid(np.linspace(0, 1, 64), np.linspace(0, 1, 64), indexing="ij")
    top = np.clip(np.sin(2 * np.pi * u), 0, 1)[..., None]
    base = np.asarray(colour, float) * np.array([1.0, 0.90, 0.90])
    rough = np.random.default_rng(5).normal(0, 3.0, u.shape)[..., None]
    pixels = base * (1 - top) + (np.asarray(colour, float) + np.array([6, 8, 8]) + rough) * top
    groove = np.exp(-(((u - 0.25) / 0.03) ** 2))[..., None] * (1 - v[..., None] * 0.5)
    pixels = pixels * (1 - 0.16 * groove)
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
