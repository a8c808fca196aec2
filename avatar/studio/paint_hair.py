"""Sheets of hair and a hair's colours in, their texture out: strands in locks, lit as hair is.

Hair shines across its strands: the highlight is that of a thin cylinder (Kajiya and Kay, SIGGRAPH 1989), computed from
the strands' own direction on the head and painted, since a head that speaks turns by few degrees.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.lighting import KEY_DIRECTION
from avatar.studio.brushes import smooth
from avatar.studio.person import Hair
from avatar.studio.sculpt_hair import Sheet

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

HAIR_HEIGHT, HAIR_WIDTH = 1024, 2048
"""Texels: height runs from root to tip, width across the strands."""
COARSE = 8
"""Places on a sheet are computed at every COARSE-th texel."""
LEVELS = ((11.0, 1.9, 0.9), (4.0, 0.9, 1.3), (1.5, 0.30, 1.6))
"""Locks, wisps and strands: width mm, height mm, and how far (in widths) they wander to the sides."""
EDGE_MM, EDGE_HAIRS = 5.0, 0.62
"""The face's edge thins out over this width."""
WISP = 0.6
"""A lock is pointed over this share of the length within which locks end."""
ROOT_SHARE = 0.14
"""Hair is darker this near its root."""
SOFT_MM = 0.30
"""Strands are softened across by this much: finer ones would glitter."""
GAP = 0.34
"""Brightness deep between locks."""
MEAN_PROFILE, TILT = 0.48, 0.45
SEEN_FLAT = (0.35, 0.95)
"""Below the first figure of the normal's z single strands vanish, from the second they are all there."""
GLOSS, SHEEN = 0.20, 0.34
"""Strength of the white highlight on the strands' surface, and of the hair-coloured one from within."""
GLOSS_SHARPNESS, SHEEN_SHARPNESS = 46.0, 12.0
SHIFT = 0.10
"""Scales on hair tilt the surface's highlight towards the root and the inner one towards the tip."""


@dataclass(frozen=True, slots=True)
class _Strands:
    """How hair lies on one sheet, for every texel (H, W)."""

    height: Floats
    """0 in the gaps between locks .. 1 on top."""
    tilt: Floats
    """Slope across the strands."""
    lock: Floats
    """A lock's own figure, 0..1."""
    strand: Floats
    """A strand's own figure, 0..1."""
    profile: Floats
    """0 at a wisp's edge .. 1 in its middle."""


def paint_hair(sheets: list[Sheet], hair: Hair, seed: int) -> Pixels:
    """(HAIR_HEIGHT, HAIR_WIDTH, 4) sRGB and alpha, each sheet in its span."""
    canvas = np.zeros((HAIR_HEIGHT, HAIR_WIDTH, 4), np.uint8)
    canvas[..., :3] = np.array(hair.dark, np.uint8)
    for number, sheet in enumerate(sheets):
        left, right = (int(round(share * HAIR_WIDTH)) for share in sheet.span)
        canvas[:, left:right] = _paint_sheet(sheet, hair, right - left, seed + 100 * number)
    return canvas


def _paint_sheet(sheet: Sheet, hair: Hair, width: int, seed: int) -> Pixels:
    tangent, side, normal, width_mm = _directions(sheet, width)
    across_mm = np.cumsum(width_mm, axis=1) - 0.5 * width_mm
    strands = _strands(float(across_mm[:, -1].mean()), width, seed, smooth(normal[..., 2], *SEEN_FLAT))
    leaning = normal - side * strands.tilt[..., None]
    leaning /= np.linalg.norm(leaning, axis=-1, keepdims=True)
    v = np.linspace(0, 1, HAIR_HEIGHT, dtype=np.float32)[:, None]
    depth = GAP + (1 - GAP) * strands.height
    share = 0.32 + 0.36 * (strands.lock - 0.5) + 0.24 * (strands.strand - 0.5) + 0.10 * v
    colour = (
        np.array(hair.dark, np.float32) * (1 - share[..., None]) + np.array(hair.light, np.float32) * share[..., None]
    )
    gloss, sheen = _shine(tangent, leaning, strands)
    root = 1 - 0.42 * (1 - smooth(v, 0.0, ROOT_SHARE)) * (0.8 + 0.2 * strands.lock)
    facing = _lean_light(leaning) / np.maximum(_lean_light(normal), 0.2)
    tone = depth * root * np.clip(facing, 0.5, 1.5) * sheet.shade
    lit = colour * tone[..., None] + np.array(hair.light, np.float32) * (SHEEN * hair.gloss * sheen * tone)[..., None]
    lit += (
        (GLOSS * 255 * gloss * depth * root * sheet.shade)[..., None]
        * np.array((1.0, 0.97, 0.93), np.float32)
        * hair.gloss
    )
    lit = cv2.GaussianBlur(lit, (0, 0), sigmaX=SOFT_MM * width / float(across_mm[:, -1].mean()), sigmaY=1.0)
    alpha = _alpha(sheet, strands, across_mm, v, seed)
    return np.dstack([np.clip(lit + 0.5, 0, 255), alpha * 255 + 0.5]).astype(np.uint8)


def _directions(sheet: Sheet, width: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Per texel: along the strands, across them, out of the hair (H, W, 3), and a texel's width in mm (H, W)."""
    rows, columns = HAIR_HEIGHT // COARSE + 1, max(width // COARSE, 8) + 1
    grid = sheet.surface(np.linspace(0, 1, columns), np.linspace(0, 1, rows))
    tangent, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    step = np.linalg.norm(across, axis=2) * (columns - 1) / width
    tangent /= np.linalg.norm(tangent, axis=2, keepdims=True) + 1e-9
    normal = np.cross(tangent, across) * (1.0 if sheet.is_left else -1.0)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-9
    side = np.cross(normal, tangent) * (1.0 if (np.cross(normal, tangent) * across).sum() > 0 else -1.0)
    size = (width, HAIR_HEIGHT)
    wide = [
        cv2.resize(part.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
        for part in (tangent, side, normal, step)
    ]
    for part in wide[:3]:
        part /= np.linalg.norm(part, axis=2, keepdims=True) + 1e-9
    return wide[0], wide[1], wide[2], wide[3]


def _strands(sheet_mm: float, width: int, seed: int, flat: Floats) -> _Strands:
    """Three sizes of cells across the sheet, each with its own random width, height and way.

    flat (H, W): 1 where the sheet faces the viewer .. 0 where it turns away and single strands cannot be told apart.
    """
    u = np.broadcast_to(np.linspace(0, sheet_mm, width, dtype=np.float32)[None], (HAIR_HEIGHT, width))
    total, tilt = np.zeros_like(u), np.zeros_like(u)
    figures, profiles = [], []
    for level, (cell_mm, height_mm, wander) in enumerate(LEVELS):
        rng = np.random.default_rng(seed + level)
        place = u / cell_mm + wander * _noise(rng, width, (5, max(int(sheet_mm / cell_mm / 2), 2)))
        warp = rng.uniform(-0.42, 0.42, int(sheet_mm / cell_mm) + 40).astype(np.float32)
        cell = np.floor(place).astype(int) + 12
        low, high = warp[np.clip(cell, 0, len(warp) - 2)], 1 + warp[np.clip(cell + 1, 0, len(warp) - 1)]
        within = np.clip((place - np.floor(place) - low) / np.maximum(high - low, 0.2), 0, 1)
        random = rng.uniform(0, 1, len(warp)).astype(np.float32)[np.clip(cell, 0, len(warp) - 1)]
        profile = (1 - np.abs(2 * within - 1) ** 1.6) * (0.55 + 0.45 * random)
        shown = flat if level else 0.4 + 0.6 * flat
        total += height_mm * (profile - MEAN_PROFILE) * shown
        tilt -= np.clip(np.gradient(profile, axis=1) * height_mm * TILT / (sheet_mm / width), -0.5, 0.5) * shown
        figures.append(0.5 + (random - 0.5) * shown)
        profiles.append(profile)
    soft = cv2.GaussianBlur(figures[0], (0, 0), width / sheet_mm * 1.5)
    most = sum(height for _, height, _ in LEVELS)
    height = np.clip(0.72 + total / most, 0, 1)
    return _Strands(height, tilt, 0.6 * soft + 0.4 * figures[1], figures[2], profiles[1] * profiles[2] ** 0.5)


def _noise(rng: np.random.Generator, width: int, cells: tuple[int, int]) -> Floats:
    """(HAIR_HEIGHT, width) smooth noise in -1..1, the same at the roots for all."""
    coarse = rng.uniform(-1, 1, cells).astype(np.float32)
    coarse[0] *= 0.3
    noise: Floats = cv2.resize(coarse, (width, HAIR_HEIGHT), interpolation=cv2.INTER_CUBIC)
    return noise


def _shine(tangent: Floats, normal: Floats, strands: _Strands) -> tuple[Floats, Floats]:
    """The highlight on the strands and the one from within, (H, W) each."""
    half = np.asarray(KEY_DIRECTION, np.float32) + (0, 0, 1)
    half = (half / np.linalg.norm(half)).astype(np.float32)
    jitter = 0.10 * (strands.strand - 0.5) + 0.30 * (strands.lock - 0.5)
    found = []
    for shift, sharpness in ((-SHIFT, GLOSS_SHARPNESS), (SHIFT, SHEEN_SHARPNESS)):
        leaning = tangent + normal * (shift + jitter)[..., None]
        leaning /= np.linalg.norm(leaning, axis=-1, keepdims=True)
        sine = np.sqrt(np.clip(1 - (leaning @ half) ** 2, 0, 1))
        found.append((sine**sharpness * smooth(normal @ half, -0.1, 0.75)).astype(np.float32))
    return found[0], found[1]


def _lean_light(normal: Floats) -> Floats:
    key = np.asarray(KEY_DIRECTION, np.float32)
    lit: Floats = 0.45 + 0.55 * np.clip(normal @ (key / np.linalg.norm(key)), 0, 1)
    return lit


def _alpha(sheet: Sheet, strands: _Strands, across_mm: Floats, v: Floats, seed: int) -> Floats:
    """Whole but for single hairs at the face's edge and pointed wisps at the tips."""
    alpha = np.ones_like(strands.profile)
    rng = np.random.default_rng(seed + 77)
    if sheet.has_face_edge:
        ragged = 0.5 + 0.5 * _noise(rng, across_mm.shape[1], (9, 2))
        inward = across_mm / EDGE_MM - 0.35 * ragged * smooth(v, 0.0, 0.06)
        alpha *= smooth(inward + EDGE_HAIRS * (strands.strand - 0.75), 0.0, 0.35)
    if sheet.tips_mm:
        left_mm = (1 - v) * sheet.length_mm - sheet.tips_mm * (0.85 * strands.lock - 0.1)
        pointed_mm = WISP * sheet.tips_mm * (strands.profile - 0.75 + 0.3 * strands.strand)
        alpha *= smooth(left_mm + pointed_mm, 0.0, 0.4 * sheet.tips_mm)
    clipped: Floats = np.clip(alpha, 0, 1).astype(np.float32)
    return clipped
