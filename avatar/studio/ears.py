"""A person and the sculpted skin in, both ears as a part out: rim, inner ridge, hollow, tragus and lobe."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from avatar.render.presenter import Part
from avatar.studio.brushes import grain, spot, tint
from avatar.studio.paint_light import soft_light
from avatar.studio.parts import make_part
from avatar.studio.person import Person
from avatar.studio.sculpt_eyes import Mesh
from avatar.studio.texels import texels

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

SIDE = 384
AROUND = 36
SIZE = 0.94
"""Against the outline below."""
OUTLINE = (
    *((-6.5, 8.0), (-5.5, 19.0), (0.0, 27.5), (8.0, 31.0), (16.5, 28.5), (22.0, 20.5), (23.0, 9.0), (21.0, -3.0)),
    *((17.0, -13.0), (14.5, -21.0), (10.5, -28.0), (3.5, -30.5), (-3.5, -26.0), (-7.0, -10.0)),
)
"""Right ear, seen from its side: backward and up from its middle, mm; 62 mm high (Farkas 1994, rounded)."""
CENTRE = (3.5, -3.0)
"""Middle of the hollow, in the same way."""
RINGS: tuple[tuple[float, float, float, float], ...] = (
    # share of the way from the hollow to the outline, height at rim and back, at the tragus and at the lobe, mm
    (0.02, -3.6, -3.6, -3.6),
    (0.28, -3.0, -1.0, -2.4),
    (0.44, 0.5, 3.0, 1.0),
    (0.57, 4.6, 5.6, 3.6),
    (0.70, 4.4, 4.6, 4.8),
    (0.83, 1.2, 3.0, 4.9),
    (0.90, 3.6, 3.4, 4.4),
    (0.97, 6.4, 2.6, 3.4),
    (1.04, 5.8, 1.0, 1.6),
    (1.03, 3.2, -1.5, -0.2),
    (0.88, -1.0, -4.0, -2.0),
    (0.70, -7.0, -7.0, -6.0),
)
"""The last rings run round the rim and down the ear's back into the head."""
SUNK_MM = 1.2
PLACE_Y, PLACE_Z = 55.0, -84.0
"""Where the ears' middles stand: an ear reaches from the brow to the base of the nose."""
HEAD_SIDE_Y = (15.0, 20.0, 35.0, 50.0, 65.0, 80.0)
HEAD_SIDE_X = (60.5, 61.5, 65.5, 69.5, 72.0, 73.0)
"""The head's half width there, mm."""
LEAN_DEG, STAND_OUT_DEG = 10.0, 11.0
"""Top leaning back, back edge standing off the head."""
LOBE_UP = (-11.0, -21.0)
"""Below the first height the ear becomes its lobe, which has no rim below the second, mm."""


def ears(person: Person, around: Sequence[Mesh]) -> Part:
    """Both ears; they follow the head. around: what takes light from them."""
    right = _ear()
    left = right * (-1.0, 1.0, 1.0)
    rings = len(RINGS)
    number = np.arange(rings * AROUND).reshape(rings, AROUND)
    a, b = number[:-1], np.roll(number[:-1], -1, axis=1)
    c, d = number[1:], np.roll(number[1:], -1, axis=1)
    quads = np.concatenate([np.stack([a, d, b], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)])
    triangles = np.concatenate([quads, quads[:, ::-1] + rings * AROUND]).astype(np.int32)
    turn = np.arange(AROUND) / AROUND * 2 * np.pi
    far = 0.03 + 0.46 * np.linspace(0, 1, rings)[:, None]
    flat = np.stack([0.25 + 0.5 * far * np.cos(turn), 0.5 + far * np.sin(turn)], axis=-1).reshape(-1, 2)
    mesh = Mesh(np.concatenate([right, left]), triangles, np.concatenate([flat, flat + (0.5, 0.0)]))
    return make_part("ears", "skin", mesh, _painted(person, mesh, around))


def _ear() -> Doubles:
    """(rings * AROUND, 3) mm, the right ear; x is outward from the head, negative."""
    outline = np.array(OUTLINE)
    closed = np.vstack([outline[-1:], outline, outline[:2]])
    position = np.linspace(0, len(outline), AROUND, endpoint=False)
    i, t = position.astype(int), (position % 1)[:, None]
    p0, p1, p2, p3 = (closed[i + k] for k in range(4))
    rim = (
        SIZE
        * 0.5
        * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - 3 * p2 + p3 - p0) * t**3)
    )
    centre = np.array(CENTRE)
    front = np.clip((2.0 - rim[:, 0]) / 6.0, 0, 1) * np.clip((16 - rim[:, 1]) / 8, 0, 1)
    points = []
    for share, behind, tragus, at_lobe in RINGS:
        flat = centre + (rim - centre) * share
        height = behind + (tragus - behind) * front
        height = height + (at_lobe - height) * _lobe(flat[:, 1])
        points.append(np.column_stack([flat, height]))
    back, up, out = np.concatenate(points).T
    out = out + (back + 7.0) * np.tan(np.radians(STAND_OUT_DEG))
    lean = np.radians(LEAN_DEG)
    back, up = back * np.cos(lean) + up * np.sin(lean), up * np.cos(lean) - back * np.sin(lean)
    y = PLACE_Y + up
    return np.column_stack([-np.interp(y, HEAD_SIDE_Y, HEAD_SIDE_X) - out + SUNK_MM, y, PLACE_Z - back])


def _lobe(up: Doubles) -> Doubles:
    """How far the ear is its lobe at that height above its middle, 0..1."""
    share = np.clip((LOBE_UP[0] - up) / (LOBE_UP[0] - LOBE_UP[1]), 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def _painted(person: Person, mesh: Mesh, around: Sequence[Mesh]) -> Pixels:
    """(SIDE, SIDE, 3): redder than the face, dark in the hollow, rosy where light comes through the rim."""
    surface = texels(mesh.points, mesh.triangles, mesh.uv, SIDE)
    canvas = np.empty((SIDE, SIDE, 3), np.float32)
    canvas[:] = person.skin.base
    axis = (np.arange(SIDE, dtype=np.float32) + 0.5) / SIDE
    u, v = np.meshgrid(axis % 0.5, axis)
    ring = (np.hypot((u - 0.25) / 0.5, v - 0.5) - 0.03) / 0.46 * (len(RINGS) - 1)
    rimmed = (1 - _lobe(surface.place[..., 1] - PLACE_Y)).astype(np.float32)
    tint(canvas, np.ones_like(ring), person.skin.blush, 0.15)
    tint(canvas, np.exp(-0.5 * ((ring - 7.2) / 1.0) ** 2), person.skin.blush, 0.30)
    tint(canvas, spot(surface.place, (-72, 30, -84), (12, 7, 12)), person.skin.blush, 0.25)
    for ridge, width in ((3.6, 0.6), (7.2, 0.7)):
        tint(canvas, rimmed * np.exp(-0.5 * ((ring - ridge) / width) ** 2), person.skin.light, 0.45)
    shade = 1 - 0.9 * np.exp(-0.5 * (ring / 1.7) ** 2) - 0.6 * rimmed * np.exp(-0.5 * ((ring - 5.3) / 0.7) ** 2)
    shade -= 0.55 * np.clip((ring - 8.6) / 2.0, 0, 1)
    deep = np.clip(1 - shade, 0, 1)[..., None]
    canvas = canvas * (1 - deep) + np.array(person.skin.shadow, np.float32) * deep
    canvas *= soft_light(surface, (mesh, *around), person.skin.base)
    canvas += 2.0 * grain(SIDE, 4.0, 81)[..., None]
    painted: Pixels = np.clip(canvas + 0.5, 0, 255).astype(np.uint8)
    return painted
