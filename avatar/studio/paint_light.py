"""A surface and everything round it in, how much of the studio's soft light reaches each texel out.

The light stands still and a head turns by ten degrees at most, so what one part of a face takes from another can be
painted. The scene is seen from many directions; a texel is lit from those in which nothing lies before it (Landis
2002, "Production-ready global illumination"). Light that bounces between skin and skin is added after Jimenez et al.
2016, "Practical real-time strategies for accurate indirect occlusion".
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.render.lighting import FILL_DIRECTION, KEY_DIRECTION
from avatar.studio.person import Colour
from avatar.studio.sculpt_eyes import Mesh
from avatar.studio.texels import Texels

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

DIRECTIONS = 120
"""Spread evenly over the half of all directions that light comes from."""
LOWEST_Z = -0.25
KEY_STRENGTH, FILL_STRENGTH, SPREAD = 2.2, 0.9, 3.0
"""Two large soft lamps over an even light of 1; SPREAD is the exponent of a lamp's cosine: broad."""
PIXELS_PER_MM = 1.0
SEEN_Y = (-210.0, 200.0)
"""What lies lower or higher casts no light-taking shadow on the face."""
BIAS_MM, SOFT_MM = 1.0, 2.5
"""Nothing nearer than this takes light; over the next so much it begins to."""
SIDE = 640
"""Light changes softly: it is worked out for so many texels a side and then enlarged."""
LEAST_SHARE = 0.12
"""Reaches every place: hair and cloth let some light through."""
COLOURED = 0.35
"""How much of the bounced light's colour is kept: all of it looks sunburnt (judgement)."""
GAMMA = 1 / 2.1
"""From light to the factor of an sRGB colour; a little softer than the screen's 2.2 (judgement)."""


def soft_light(surface: Texels, meshes: Sequence[Mesh], skin_colour: Colour) -> Floats:
    """(H, W, 3) factors of the skin's sRGB colour, 1 where nothing stands in the light's way."""
    place, normal = (
        cv2.resize(v, (SIDE, SIDE), interpolation=cv2.INTER_NEAREST) for v in (surface.place, surface.normal)
    )
    triangles = np.concatenate([mesh.points[mesh.triangles] for mesh in meshes])
    heights = triangles[..., 1]
    triangles = triangles[(heights.max(axis=1) > SEEN_Y[0]) & (heights.min(axis=1) < SEEN_Y[1])]
    got, all_light = np.zeros((SIDE, SIDE), np.float32), np.full((SIDE, SIDE), 1e-3, np.float32)
    for direction in _directions():
        strength = _strength(direction)
        facing = np.clip(normal @ direction.astype(np.float32), 0, 1) * strength
        seen = _visible(place, triangles, direction)
        got += facing * seen
        all_light += facing
    share = cv2.GaussianBlur((got + 1e-3) / all_light, (0, 0), 1.2)
    share = LEAST_SHARE + (1 - LEAST_SHARE) * share
    albedo = (np.array(skin_colour, np.float32) / 255) ** 2.2
    albedo = (1 - COLOURED) * albedo.mean() + COLOURED * albedo
    light = share[..., None] / (1 - albedo * (1 - share[..., None]))
    height, width = surface.covered.shape
    enlarged: Floats = cv2.resize(light**GAMMA, (width, height), interpolation=cv2.INTER_CUBIC)
    return enlarged


def _directions() -> Doubles:
    """(n, 3) unit vectors on a Fibonacci lattice, those from behind left out."""
    k = np.arange(2 * DIRECTIONS) + 0.5
    z = 1 - k / DIRECTIONS
    turn = np.pi * (1 + 5**0.5) * k
    ring = np.sqrt(1 - z**2)
    vectors: Doubles = np.stack([ring * np.cos(turn), ring * np.sin(turn), z], axis=1)
    return vectors[z > LOWEST_Z]


def _strength(direction: Doubles) -> float:
    total = 1.0
    for lamp, strength in ((KEY_DIRECTION, KEY_STRENGTH), (FILL_DIRECTION, FILL_STRENGTH)):
        towards = np.array(lamp) / np.linalg.norm(lamp)
        total += strength * max(float(direction @ towards), 0.0) ** SPREAD
    return total


def _visible(place: Floats, triangles: Doubles, direction: Doubles) -> Floats:
    """(H, W) 0..1: whether the texels see out in that direction."""
    side = np.cross((0.0, 1.0, 0.0), direction)
    side /= np.linalg.norm(side)
    axes = np.stack([side, np.cross(direction, side), direction])
    turned = triangles @ axes.T
    low = turned.reshape(-1, 3).min(axis=0)
    turned = (turned - low) * (PIXELS_PER_MM, PIXELS_PER_MM, 1.0)
    width, height = (np.ceil(turned.reshape(-1, 3).max(axis=0)[:2]).astype(int) + 3).tolist()
    depth = np.full((height, width), -1e6, np.float32)
    _draw_depth(depth, turned)
    at = (place @ axes.T.astype(np.float32) - low.astype(np.float32)) * np.float32(PIXELS_PER_MM)
    seen = np.empty(place.shape[:2], np.float32)
    _compare(seen, depth, at)
    return seen


@njit(cache=False)
def _draw_depth(depth: Floats, triangles: Doubles) -> None:
    """Keeps at each pixel what lies farthest out."""
    height, width = depth.shape
    for t in range(len(triangles)):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if abs(area) < 1e-9:
            continue
        for y in range(max(int(min(a[1], b[1], c[1])), 0), min(int(max(a[1], b[1], c[1])) + 2, height)):
            for x in range(max(int(min(a[0], b[0], c[0])), 0), min(int(max(a[0], b[0], c[0])) + 2, width)):
                wb = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / area
                wc = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / area
                wa = 1.0 - wb - wc
                if wa >= 0.0 and wb >= 0.0 and wc >= 0.0:
                    z = wa * a[2] + wb * b[2] + wc * c[2]
                    if z > depth[y, x]:
                        depth[y, x] = z


@njit(cache=False)
def _compare(seen: Floats, depth: Floats, at: Floats) -> None:
    """Bilinear between four soft comparisons, so that no pixel's edge shows."""
    height, width = depth.shape
    for i in range(at.shape[0]):
        for k in range(at.shape[1]):
            x = min(max(at[i, k, 0], 0.0), width - 2.0)
            y = min(max(at[i, k, 1], 0.0), height - 2.0)
            x0, y0 = int(x), int(y)
            fx, fy = x - x0, y - y0
            total = 0.0
            for dy in range(2):
                for dx in range(2):
                    over = depth[y0 + dy, x0 + dx] - at[i, k, 2] - BIAS_MM
                    clear = min(max(1.0 - over / SOFT_MM, 0.0), 1.0)
                    total += clear * (fx if dx else 1.0 - fx) * (fy if dy else 1.0 - fy)
            seen[i, k] = total
