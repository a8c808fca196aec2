"""Colours in, textures of an eyeball, of lashes and of the catch light out."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.brushes import grain, smooth
from avatar.studio.person import Colour, Eyes
from avatar.studio.sculpt_eyes import EYE_EDGE_DEG, IRIS_RADIUS_MM, LASH_TEXTURE_SPLIT

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

EYE_SIDE = 512
PUPIL_MM = 2.1
SCLERA_EDGE: Colour = (206, 176, 166)
LASH_SIZE = (256, 1024)
LASH_COLOUR = (30, 20, 17)
LASH_COUNTS = (150, 60)
"""Hairs on the upper and the lower lid, as drawn."""
GLINT_SIDE = 48


def paint_eye(eyes: Eyes, radius: float, seed: int) -> Pixels:
    """(EYE_SIDE, EYE_SIDE, 3) sRGB."""
    outer, inner = eyes.iris_outer, eyes.iris_inner
    axis = (np.arange(EYE_SIDE) + 0.5) / EYE_SIDE * 2 - 1
    x, y = np.meshgrid(axis, axis)
    tilt = np.clip(np.hypot(x, y) / 0.98, 0, 1) * np.radians(EYE_EDGE_DEG)
    off = (radius * np.sin(tilt)).astype(np.float32)  # mm from the optical axis
    turn = np.arctan2(y, x)
    canvas = np.empty((EYE_SIDE, EYE_SIDE, 3), np.float32)
    canvas[:] = eyes.sclera
    _mix(canvas, smooth(np.degrees(tilt).astype(np.float32), 24, 58), SCLERA_EDGE, 0.75)
    veins = np.abs(grain(EYE_SIDE, 26, seed)) < 0.06
    _mix(
        canvas, cv2.GaussianBlur(veins.astype(np.float32), (0, 0), 1.0) * smooth(off, 8.5, 11.5), (196, 110, 104), 0.30
    )
    fibres = _fibres(turn, off, seed)
    share = np.clip((off - PUPIL_MM) / (IRIS_RADIUS_MM - PUPIL_MM), 0, 1)
    iris = (
        np.array(inner, np.float32)
        + (np.array(outer, np.float32) - np.array(inner, np.float32)) * (share**0.8)[..., None]
    )
    iris = iris * (1 + 0.26 * fibres)[..., None]
    collarette = np.exp(-0.5 * ((share - 0.30 - 0.04 * fibres) / 0.08) ** 2)
    iris = iris + collarette[..., None] * np.array((34, 24, 10), np.float32)
    iris *= (1.0 - 0.72 * smooth(share.astype(np.float32), 0.78, 1.0))[..., None]  # limbal ring
    iris *= (0.86 + 0.30 * smooth(y.astype(np.float32), -0.20, 0.25))[..., None]  # light gathers opposite to the lamp
    _mix(canvas, 1 - smooth(off, IRIS_RADIUS_MM - 0.35, IRIS_RADIUS_MM + 0.45), iris, 1.0)
    _mix(canvas, 1 - smooth(off, PUPIL_MM - 0.18, PUPIL_MM + 0.22), (14, 10, 10), 1.0)
    # The upper lid and its lashes throw a soft shadow on the eye.
    canvas *= (1 - 0.44 * smooth((-y).astype(np.float32), 0.07, 0.30))[..., None]
    canvas *= (1 - 0.16 * smooth(y.astype(np.float32), 0.20, 0.42))[..., None]
    canvas *= (1 - 0.26 * smooth(np.abs(x).astype(np.float32), 0.26, 0.62))[..., None]  # towards the corners
    return np.clip(canvas + 0.5, 0, 255).astype(np.uint8)


def _fibres(turn: npt.NDArray[np.float64], off: Floats, seed: int) -> Floats:
    rng = np.random.default_rng(seed)
    total = np.zeros(turn.shape)
    for count, weight in ((23, 0.5), (47, 0.6), (91, 0.6), (140, 0.4)):
        phase, drift = rng.uniform(0, 2 * np.pi), rng.uniform(-0.25, 0.25)
        total += weight * np.sin(count * turn + phase + drift * off + 1.4 * np.sin(5 * turn + phase))
    fibres: Floats = (total / 1.4).astype(np.float32)
    return fibres


def _mix(canvas: Floats, mask: npt.ArrayLike, colour: npt.ArrayLike, strength: float) -> None:
    share = np.clip(np.asarray(mask, np.float32) * strength, 0, 1)[..., None]
    canvas += (np.asarray(colour, np.float32) - canvas) * share


def paint_lashes(amount: float, seed: int) -> Pixels:
    """LASH_SIZE RGBA: upper lashes in the top share, lower in the rest, root to root: tips next to roots would get a
    dark edge where the texture is made smaller."""
    height, width = LASH_SIZE
    rng = np.random.default_rng(seed)
    alpha = np.zeros((height * 2, width * 2), np.float32)
    split = int(height * 2 * LASH_TEXTURE_SPLIT)
    for (top, bottom), count, thick in (
        ((4, split - 4), LASH_COUNTS[0], 9.0),
        ((split + 4, height * 2 - 4), LASH_COUNTS[1], 6.0),
    ):
        for _ in range(int(count * (0.5 + 0.5 * amount))):
            root = rng.beta(1.15, 0.95) * 0.96 + 0.03
            tip = root + rng.normal(0.012, 0.014)
            length = rng.uniform(0.55, 1.0) * (bottom - top)
            steps = np.linspace(0, 1, 12)
            xs = (root + (tip - root) * steps**1.6) * width * 2
            ys = bottom - length * steps
            layer = np.zeros(alpha.shape, np.uint8)
            for k in range(11):
                weight = max(int(round(thick * (1 - steps[k]) ** 0.8)), 1)
                a, b = (int(xs[k] * 16), int(ys[k] * 16)), (int(xs[k + 1] * 16), int(ys[k + 1] * 16))
                cv2.line(layer, a, b, 255, weight, cv2.LINE_AA, 4)
            alpha = np.maximum(alpha, layer / 255.0 * (0.9 if thick > 7 else 0.6) * (0.6 + 0.4 * amount))
        ramp = np.linspace(0, 1, 44)[:, None]
        alpha[bottom - 44 : bottom] = np.maximum(
            alpha[bottom - 44 : bottom], ramp**0.9 * (0.95 * amount if thick > 7 else 0.2)
        )
    alpha[split:] = alpha[split:][::-1]
    small = cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA)
    colour = np.broadcast_to(np.array(LASH_COLOUR, np.uint8), (height, width, 3))
    return np.dstack([colour, np.clip(small * 255 + 0.5, 0, 255).astype(np.uint8)])


def paint_catch_light() -> Pixels:
    """(GLINT_SIDE, GLINT_SIDE, 4): a soft white window."""
    axis = (np.arange(GLINT_SIDE) + 0.5) / GLINT_SIDE * 2 - 1
    x, y = np.meshgrid(axis, axis)
    off = (np.abs(x / 0.62) ** 3 + np.abs(y / 0.72) ** 3).astype(np.float32)
    alpha = 1 - smooth(off, 0.35, 1.5)
    return np.dstack([np.full((GLINT_SIDE, GLINT_SIDE, 3), 255, np.uint8), (alpha * 235 + 0.5).astype(np.uint8)])
