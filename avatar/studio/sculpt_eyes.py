"""An eye's centre and radius and its lids in, meshes of eyeball, lashes and catch light out, mm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.studio.sculpt_skin import Skin

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

EYE_RINGS, EYE_SECTORS = 14, 28
EYE_EDGE_DEG = 95.0
"""The mesh ends just behind the eyeball's equator; the rest is never seen."""
IRIS_RADIUS_MM = 5.95
CORNEA_BULGE_MM = 0.7
LASH_ROWS = 3
UPPER_LASH_MM, LOWER_LASH_MM = 5.8, 2.2
LASH_RISE = 0.18
"""How steeply lashes leave the lid, against their way forward; they curl up from there."""
LASH_TEXTURE_SPLIT, BETWEEN_LASHES = 0.6, 0.06
"""Upper lashes take this share of the lash texture's height, lower ones the rest; the second keeps the dark roots of
the upper ones from being mixed into those of the lower ones where the texture is made smaller."""


@dataclass(frozen=True, slots=True)
class Mesh:
    """Points, triangles and map of one part."""

    points: Doubles
    triangles: Ints
    uv: Doubles


def eyeball(centre: Doubles, radius: float) -> Mesh:
    """The front of an eyeball looking ahead; its map is polar: the distance from the middle is the angle."""
    turn = np.arange(EYE_SECTORS) / EYE_SECTORS * 2 * np.pi
    share = np.linspace(0, 1, EYE_RINGS + 1)[1:]
    tilt = np.radians(EYE_EDGE_DEG) * share
    ring_radius = radius * np.sin(tilt)
    bulge = CORNEA_BULGE_MM * np.clip(1 - (ring_radius / (IRIS_RADIUS_MM * 1.1)) ** 2, 0, 1) * (tilt < np.pi / 2)
    x = ring_radius[:, None] * np.cos(turn)
    y = ring_radius[:, None] * np.sin(turn)
    z = np.broadcast_to((radius * np.cos(tilt) + bulge)[:, None], x.shape)
    points = np.concatenate([[[0, 0, radius + CORNEA_BULGE_MM]], np.stack([x, y, z], axis=-1).reshape(-1, 3)])
    u = 0.5 + 0.49 * share[:, None] * np.cos(turn)
    v = 0.5 - 0.49 * share[:, None] * np.sin(turn)
    uv = np.concatenate([[[0.5, 0.5]], np.stack([u, v], axis=-1).reshape(-1, 2)])
    number = 1 + np.arange(EYE_RINGS * EYE_SECTORS).reshape(EYE_RINGS, EYE_SECTORS)
    after = np.roll(number, -1, axis=1)
    fan = np.stack([np.zeros(EYE_SECTORS, int), number[0], after[0]], axis=1)
    a, b, c, d = number[:-1], after[:-1], number[1:], after[1:]
    quads = np.concatenate([np.stack([a, c, d], -1).reshape(-1, 3), np.stack([a, d, b], -1).reshape(-1, 3)])
    return Mesh(points + centre, np.concatenate([fan, quads]).astype(np.int32), uv)


def lashes(skin: Skin, centres: tuple[Doubles, Doubles], amount: float) -> tuple[Mesh, Ints]:
    """Strips of lashes along all four margins, right eye first; also, per point, the margin point it grows from."""
    points: list[Doubles] = []
    uvs: list[Doubles] = []
    triangles: list[Ints] = []
    roots: list[Ints] = []
    base = 0
    for lids, centre in ((skin.lids_right, centres[0]), (skin.lids_left, centres[1])):
        for margin, is_upper in ((lids.upper, True), (lids.lower, False)):
            strip = _strip(skin.points[margin], centre, is_upper, amount)
            columns = len(margin)
            number = base + np.arange(LASH_ROWS * columns).reshape(LASH_ROWS, columns)
            a, b, c, d = number[:-1, :-1], number[:-1, 1:], number[1:, :-1], number[1:, 1:]
            quads = np.concatenate([np.stack([a, b, d], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)])
            triangles += [quads, quads[:, ::-1]]  # seen from both sides: they turn over when the lid shuts
            points.append(strip.reshape(-1, 3))
            along, row = np.meshgrid(np.linspace(0.01, 0.99, columns), np.linspace(0, 1, LASH_ROWS))
            root, tip = (LASH_TEXTURE_SPLIT - 0.01, 0.01) if is_upper else (LASH_TEXTURE_SPLIT + BETWEEN_LASHES, 0.99)
            v = root + row * (tip - root)
            uvs.append(np.stack([along, v], axis=-1).reshape(-1, 2))
            roots.append(np.tile(margin, LASH_ROWS))
            base += LASH_ROWS * columns
    mesh = Mesh(np.concatenate(points), np.concatenate(triangles).astype(np.int32), np.concatenate(uvs))
    return mesh, np.concatenate(roots).astype(np.int32)


def _strip(margin: Doubles, centre: Doubles, is_upper: bool, amount: float) -> Doubles:
    """(LASH_ROWS, columns, 3): growing out of the margin, forward, outward and curling up (or down)."""
    along = np.linspace(0, 1, len(margin))
    outward = np.sign(centre[0])
    side = 1.0 if is_upper else -1.0
    length = (UPPER_LASH_MM if is_upper else LOWER_LASH_MM) * np.sin(np.pi * np.clip(0.12 + 0.80 * along, 0, 1)) ** 0.6
    length *= (0.75 + 0.35 * along) * amount
    away = margin - centre
    away /= np.linalg.norm(away, axis=1, keepdims=True)
    fan = np.stack(
        [outward * (along - 0.38) * 0.9, np.full(len(margin), side * LASH_RISE), np.full(len(margin), 0.62)], axis=1
    )
    rows = []
    for k in range(LASH_ROWS):
        t = k / (LASH_ROWS - 1)
        curl = np.stack(
            [np.zeros(len(margin)), np.full(len(margin), side * 0.42 * t), np.full(len(margin), -0.25 * t)], axis=1
        )
        direction = 0.45 * away + fan + curl
        rows.append(margin + direction * (length * t)[:, None])
    return np.array(rows)


def catch_light(centre: Doubles, radius: float) -> Mesh:
    """A small square before the cornea, up towards the light: it stays when the eye turns, as a reflection does."""
    half = 1.5
    middle = centre + np.array([-1.9, 2.3, np.sqrt((radius + 0.85) ** 2 - 1.9**2 - 2.3**2)])
    corners = np.array([(-half, -half, -0.1), (half, -half, 0.1), (half, half, -0.3), (-half, half, -0.5)]) + middle
    return Mesh(
        corners, np.array([(0, 1, 2), (0, 2, 3)], np.int32), np.array([(0, 1), (1, 1), (1, 0), (0, 0)], np.float64)
    )
