"""A hair's colours and hairline in, a cap of close-cropped curls out: its mesh and its texture."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.lighting import KEY_DIRECTION
from avatar.studio.brushes import smooth
from avatar.studio.front_finder import FrontFinder
from avatar.studio.person import Hair
from avatar.studio.sculpt_eyes import Mesh
from avatar.studio.sculpt_hair import catmull_rom
from avatar.studio.sculpt_head import SKULL_CENTRE, SKULL_RADII
from avatar.studio.sculpt_skin import Skin

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]

SECTORS, RINGS = 64, 20
CROWN = np.array([0.0, 1.0, -0.12])
"""Where the rings run together."""
HEIGHT_MM, RISE_MM = 7.0, 26.0
"""Thickness of the hair, and over how much of the head it is reached from the hairline."""
ROUND_THE_EAR = np.array(
    [(66, 48, -68), (69, 70, -75), (71, 83, -88), (70, 62, -107), (63, 28, -120), (42, -6, -150), (0, -14, -164)]
)
"""The edge's way from the temple to the nape, left side."""
SAME_DIRECTION = 0.9975
"""Cosine within which a point of the skin lies in a place's direction."""
SIDES = 0.55
"""Hair on the sides is cut to this share of the top's."""
BUMP_MM = 0.7
SIDE = 1024
DISC_MM = 300.0
"""The map's width on the head."""
CURLS, CURL_MM, CURL_THICKNESS_MM = 16000, (1.4, 2.6), 1.0
SUNK_MM = 0.8
"""The rim lies this deep in the skin."""
EDGE_SHARE = 0.075
"""The rim of the map over which the cap thins out into single curls."""


def cropped(hair: Hair, skin: Skin) -> tuple[Mesh, Pixels]:
    """The mesh's map is a disc: the crown in its middle, the hairline at its rim, the face below."""
    mesh = _cap(_edge(hair, skin))
    return mesh, _paint(hair)


def _edge(hair: Hair, skin: Skin) -> Doubles:
    """(SECTORS, 3) mm round the head, from the middle of the forehead to the person's left."""
    middle = len(hair.hairline) // 2
    front = FrontFinder(skin).place(np.array(hair.hairline))
    left = np.vstack([front[middle:], ROUND_THE_EAR])
    right = np.vstack([ROUND_THE_EAR[::-1][1:] * (-1, 1, 1), front[: middle + 1]])
    path = np.vstack([left, right])
    dense = catmull_rom(path, 40 * len(path))
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(dense, axis=0), axis=1))])
    at = np.arange(SECTORS) / SECTORS * length[-1]
    return _on_skin(np.stack([np.interp(at, length, dense[:, k]) for k in range(3)], axis=1), skin)


def _on_skin(places: Doubles, skin: Skin) -> Doubles:
    """The places moved in and out as seen from the skull's middle, onto the skin where it lies in that direction."""
    scaled = (skin.points - SKULL_CENTRE) / SKULL_RADII
    radius = np.linalg.norm(scaled, axis=1)
    own = (places - SKULL_CENTRE) / SKULL_RADII
    length = np.linalg.norm(own, axis=1)
    near = (own / length[:, None]) @ (scaled / radius[:, None]).T
    best = near.argmax(axis=1)
    is_there = near[np.arange(len(best)), best] > SAME_DIRECTION
    there = np.where(is_there, radius[best], np.minimum(length, 1.0))
    laid: Doubles = SKULL_CENTRE + own / length[:, None] * there[:, None] * SKULL_RADII
    return laid


def _cap(edge_mm: Doubles) -> Mesh:
    turn = np.arange(SECTORS) / SECTORS * 2 * np.pi
    edge = (edge_mm - SKULL_CENTRE) / SKULL_RADII
    unit = edge / np.linalg.norm(edge, axis=1, keepdims=True)
    crown = CROWN / np.linalg.norm(CROWN)
    share = np.linspace(0, 1, RINGS)[:-1] ** 1.25
    angle = np.arccos(np.clip(unit @ crown, -1, 1))[:, None, None]
    t = share[None, :, None]
    way = (np.sin((1 - t) * angle) * unit[:, None] + np.sin(t * angle) * crown) / np.sin(angle)
    radius = np.linalg.norm(edge, axis=1)[:, None, None]
    round_skull = radius + (1 - radius) * np.minimum(t * 3, 1)
    out_mm = HEIGHT_MM * (1 - np.exp(-t * angle * 85 / RISE_MM * 1.6))
    out_mm = out_mm * (SIDES + (1 - SIDES) * np.clip(way[..., 1:2] * 1.6 - 0.3, 0, 1)) - SUNK_MM * (
        1 - np.minimum(t * 8, 1)
    )
    rng = np.random.default_rng(7)
    out_mm = out_mm + BUMP_MM * rng.uniform(-1, 1, out_mm.shape) * np.minimum(t * 6, 1)
    points = SKULL_CENTRE + way * (SKULL_RADII * round_skull + out_mm)
    rim = 0.495 * (1 - share)
    u = 0.5 + np.sin(turn)[:, None] * rim
    v = 0.5 + np.cos(turn)[:, None] * rim
    top = SKULL_CENTRE + crown * (SKULL_RADII + HEIGHT_MM)
    count = RINGS - 1
    number = np.arange(SECTORS * count).reshape(SECTORS, count)
    closed = np.concatenate([number, number[:1]])
    a, b, c, d = closed[:-1, :-1], closed[1:, :-1], closed[:-1, 1:], closed[1:, 1:]
    quads = [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([b, d, c], -1).reshape(-1, 3)]
    fan = np.stack([closed[:-1, -1], closed[1:, -1], np.full(SECTORS, SECTORS * count)], axis=1)
    return Mesh(
        np.vstack([points.reshape(-1, 3), top]),
        np.concatenate([*quads, fan]).astype(np.int32),
        np.vstack([np.stack([u, v], -1).reshape(-1, 2), [0.5, 0.5]]),
    )


def _paint(hair: Hair) -> Pixels:
    """(SIDE, SIDE, 4) sRGB and alpha."""
    height = _curls()
    px_per_mm = SIDE / DISC_MM
    across = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3) / 8 * px_per_mm
    down = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3) / 8 * px_per_mm
    normal = np.dstack([-across, down, np.ones_like(height)])
    normal /= np.linalg.norm(normal, axis=2, keepdims=True)
    half = np.asarray(KEY_DIRECTION, np.float32) + (0, 0, 1)
    shine = np.clip(normal @ (half / np.linalg.norm(half)).astype(np.float32), 0, 1) ** 10
    level = smooth(height, 0.05, CURL_THICKNESS_MM * 1.5)
    share = 0.20 + 0.40 * level
    colour = (
        np.array(hair.dark, np.float32) * (1 - share[..., None]) + np.array(hair.light, np.float32) * share[..., None]
    )
    colour = colour * (0.42 + 0.42 * level)[..., None] + (28 * hair.gloss * shine * level)[..., None]
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) / (SIDE - 1) - 0.5
    inward = 1 - np.hypot(x, y) / 0.495
    soft = cv2.GaussianBlur(level, (0, 0), 0.5 * px_per_mm)
    alpha = smooth(inward - EDGE_SHARE * (1.05 - 1.1 * soft), -0.03, 0.055)
    return np.dstack([np.clip(colour + 0.5, 0, 255), alpha * 255 + 0.5]).astype(np.uint8)


def _curls() -> Floats:
    """(SIDE, SIDE) mm: many small coils lying over each other."""
    rng = np.random.default_rng(8)
    px_per_mm = SIDE / DISC_MM
    height = np.zeros((SIDE, SIDE), np.float32)
    for _ in range(CURLS):
        radius = rng.uniform(*CURL_MM) * px_per_mm
        centre = rng.uniform(0, SIDE, 2)
        layer_side = int(radius * 2 + 8)
        layer = np.zeros((layer_side, layer_side), np.uint8)
        middle = (layer_side / 2, layer_side / 2)
        start = rng.uniform(0, 360)
        axes = (int(radius * 8), int(radius * rng.uniform(0.55, 1.0) * 8))
        turn = cv2.ellipse2Poly(
            (int(middle[0] * 8), int(middle[1] * 8)), axes, int(start), 0, int(rng.uniform(190, 330)), 12
        )
        cv2.polylines(layer, [turn], False, 255, max(int(CURL_THICKNESS_MM * px_per_mm), 1), cv2.LINE_AA, 3)
        x, y = (int(c - layer_side / 2) for c in centre)
        box = height[max(y, 0) : y + layer_side, max(x, 0) : x + layer_side]
        cut = layer[max(-y, 0) :, max(-x, 0) :][: box.shape[0], : box.shape[1]]
        np.maximum(box, cut.astype(np.float32) / 255 * CURL_THICKNESS_MM * rng.uniform(0.5, 1.6), out=box)
    soft: Floats = cv2.GaussianBlur(height, (0, 0), 0.18 * px_per_mm)
    return soft
