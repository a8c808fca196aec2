"""A shirt's mesh and a colour in, its texture out: soft jersey with a neck band, folds and shade."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.brushes import grain, smooth, stroke
from avatar.studio.sculpt_eyes import Mesh
from avatar.studio.texels import texels
from avatar.studio.torso import ARMPIT_X

Pixels = npt.NDArray[np.uint8]
Colour = tuple[float, float, float]

CLOTH_SIDE = 768
BAND = (0.022, 0.060)
"""The neck band's share of the texture's height."""
FOLDS = (  # right side: points down the fold, width mm, depth
    (((-136, -214), (-133, -250), (-139, -330), (-146, -460)), 3.2, 0.46),
    (((-134, -216), (-112, -214), (-86, -224)), 5.0, 0.13),
    (((-132, -226), (-104, -236), (-72, -254)), 6.0, 0.12),
    (((-146, -200), (-140, -178), (-126, -160)), 5.0, 0.12),
    (((-152, -236), (-168, -250), (-184, -256)), 5.0, 0.16),
    (((-154, -300), (-172, -312), (-186, -312)), 5.5, 0.14),
    (((-108, -330), (-80, -372), (-40, -400)), 9.0, 0.13),
    (((-60, -300), (-30, -312), (0, -316)), 12.0, 0.12),
)


def paint_cloth(mesh: Mesh, colour: Colour, seed: int) -> Pixels:
    """(CLOTH_SIDE, CLOTH_SIDE, 3) sRGB."""
    surface = texels(mesh.points, mesh.triangles, mesh.uv, CLOTH_SIDE)
    place = surface.place
    v = np.linspace(0, 1, CLOTH_SIDE, dtype=np.float32)[:, None]
    tone = np.ones((CLOTH_SIDE, CLOTH_SIDE), np.float32)
    flat = place * np.array([1, 1, 0], np.float32)
    for line, width, depth in FOLDS:
        points = np.array([(*p, 0) for p in line], np.float32)
        tone *= 1 - depth * stroke(flat, points, width, taper=0.75)
        tone *= 1 + 0.5 * depth * stroke(flat, points + (1.7 * width, 0.6 * width, 0), width, taper=0.9)
    soft = cv2.GaussianBlur(grain(CLOTH_SIDE, 110, seed), (0, 0), 12)
    tone *= 1 + 0.05 * np.clip(soft / soft.std(), -2, 2) * smooth(v, 0.10, 0.5)
    tone *= 1 - 0.35 * smooth(np.abs(place[..., 0]), ARMPIT_X + 30, ARMPIT_X + 62) * smooth(-place[..., 1], 150, 240)
    tone *= 1 + 0.020 * grain(CLOTH_SIDE, 2.0, seed + 1)
    tone *= np.where((v > BAND[0]) & (v < BAND[1]), 1.08, 1.0)
    tone *= 1 - 0.30 * np.exp(-0.5 * ((v - BAND[1] - 0.003) / 0.004) ** 2)
    tone *= 1 - 0.5 * (v < 0.018)
    return np.clip(np.array(colour, np.float32) * tone[..., None] + 0.5, 0, 255).astype(np.uint8)
