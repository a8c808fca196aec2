"""A sculpted skin and a palette in, its painted texture out: colour that varies as living skin's does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.studio.front_finder import FrontFinder
from avatar.studio.brushes import grain, smooth, spot, stroke, stroke_distance, tint
from avatar.studio.paint_brows import paint_brows
from avatar.studio.sculpt_lids import LID_MM
from avatar.studio.sculpt_skin import Skin
from avatar.studio.texels import Texels, texels

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class SkinPalette:
    """sRGB, 0..255."""

    base: Colour
    forehead: Colour
    blush: Colour
    shadow: Colour
    """What light skin goes to in creases: red-brown, never grey."""
    lid: Colour
    under_eye: Colour
    wet: Colour
    """Lid margins and the inner corners of the eyes."""
    lip: Colour
    brow: Colour
    liner: Colour
    scalp: Colour


CREASE_MM = 4.6
"""Height of the upper lid's crease above the lashes."""
SIDE = 1536
"""Texels; the face's width takes about 1000 of them."""


def paint_skin(skin: Skin, palette: SkinPalette, eye_centre: tuple[float, float, float], eye_radius: float) -> Pixels:
    """(SIDE, SIDE, 3) sRGB."""
    surface = texels(skin.points, skin.triangles, skin.uv, SIDE)
    place = surface.place
    canvas = np.empty((SIDE, SIDE, 3), np.float32)
    canvas[:] = palette.base
    _complexion(canvas, place, palette)
    _eye_region(canvas, skin, place, palette, eye_centre)
    shade = np.ones((SIDE, SIDE), np.float32)
    _creases(shade, skin, place)
    _occlusion(shade, surface)
    _grain(canvas, SIDE / skin.mm_per_map)
    deep = 1 - shade[..., None]
    canvas = canvas * shade[..., None] + np.array(palette.shadow, np.float32) * deep * 0.42
    _lip_edge(canvas, skin, place, palette)
    paint_brows(canvas, skin, palette.brow)
    _liner(canvas, skin, place, palette)
    _wet_rims(canvas, place, palette, eye_centre, eye_radius)
    _hairline(canvas, place, palette)
    return np.clip(canvas + 0.5, 0, 255).astype(np.uint8)


def _complexion(canvas: Floats, place: Floats, palette: SkinPalette) -> None:
    tint(canvas, smooth(place[..., 1], 84, 112), palette.forehead, 0.7)
    for centre, widths, strength in (
        ((-42, 36, -12), (16, 12, 18), 0.40),
        ((-52, 44, -22), (14, 11, 18), 0.22),
        ((0, 31, 24), (9, 7, 9), 0.34),
        ((-14, 28, 6), (5, 5, 6), 0.30),
        ((0, -27, 6), (13, 8, 12), 0.26),
        ((0, 12, 9), (12, 5, 8), 0.14),
        ((-70, 50, -80), (14, 34, 24), 0.5),
        ((0, -130, -50), (40, 22, 30), 0.22),
    ):
        tint(canvas, spot(place, centre, widths), palette.blush, strength)


def _eye_region(canvas: Floats, skin: Skin, place: Floats, palette: SkinPalette, eye: Colour) -> None:
    x, y, z = eye
    tint(canvas, spot(place, (x, y + 10.5, z + 10), (12, 3.6, 9)), palette.lid, 0.45)
    tint(canvas, spot(place, (x, y + 6.8, z + 11), (8, 1.3, 6)), (236, 192, 170), 0.35)
    tint(canvas, spot(place, (x - 9, y + 7, z + 6), (7, 5, 9)), palette.lid, 0.30)
    tint(canvas, spot(place, (x + 4, y - 11, z + 10), (11, 4.5, 9)), palette.under_eye, 0.34)
    tint(canvas, spot(place, (x + 14, y - 2, z + 8), (4, 7, 8)), palette.under_eye, 0.42)
    tint(canvas, spot(place, (x + 6, y + 14, z + 14), (10, 4, 9)), (236, 196, 172), 0.25)


def _creases(shade: Floats, skin: Skin, place: Floats) -> None:
    """Darkens where light hardly gets in; factors by eye."""
    finder = FrontFinder(skin)
    margin = skin.points[skin.lids_right.upper, :2]
    along = np.linspace(0, 1, len(margin))
    rise = CREASE_MM * np.sin(np.pi * np.clip(0.10 + 0.78 * along, 0, 1)) ** 0.7
    fold = finder.place(margin + np.stack([-1.2 * along, rise], axis=1))[2::3]
    wing = finder.place([(-13.2, 34.2), (-15.6, 31.6), (-16.2, 28.0), (-14.8, 24.6), (-11.8, 22.4)])
    smile = finder.place([(-17.5, 31), (-22.5, 25), (-27.5, 17), (-30.5, 9)])
    tip = finder.place([(-7.8, 34.5), (-8.4, 30.5), (-6.6, 26.5)])
    for line, width, depth, taper in (
        (fold, 0.5, 0.50, 0.6),
        (fold + (0, 1.3, 0.3), 1.5, 0.22, 0.6),
        (wing, 0.8, 0.34, 0.7),
        (wing, 2.4, 0.15, 0.4),
        (smile, 2.6, 0.07, 0.9),
        (tip, 1.6, 0.12, 0.8),
        (finder.place([(-28.0, 1.4), (-26.0, 1.9)]), 1.2, 0.24, 0.3),
    ):
        shade *= 1 - depth * stroke(place, line, width, taper=taper)
    for centre, widths, depth in (
        ((0, -15.5, 4.6), (11, 2.6, 6), 0.17),
        ((0, 14.5, 8.6), (2.0, 4.2, 5), 0.08),
        ((-6.8, 22.6, 12.0), (3.2, 1.5, 3.0), 0.72),
        ((0, 22.5, 13.0), (9, 2.2, 5), 0.16),
        ((-14, 69, -8), (4.0, 6.0, 6), 0.14),
        ((-33, 79.5, -9), (13, 3.5, 7), 0.10),
    ):
        shade *= 1 - depth * spot(place, centre, widths)


def _occlusion(shade: Floats, surface: Texels) -> None:
    """Under the jaw, down the neck's sides, behind the cheeks where the hair hangs."""
    place = surface.place
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    under_jaw = smooth(-surface.normal[..., 1], 0.15, 0.8) * smooth(-y, 26, 44)
    shade *= 1 - 0.40 * under_jaw
    # The head's shadow on the neck, deepest close under the jaw.
    neck = smooth(-y - 30 + 0.25 * x, 0, 14) * (1 - 0.85 * smooth(-y, 56, 108)) * smooth(-z, 22, 44)
    shade *= 1 - 0.34 * neck
    side = smooth(-y, 20, 50) * smooth(x, 26, 54) * smooth(-z, 40, 90)
    shade *= 1 - 0.35 * side
    by_hair = smooth(x, 54, 68) * smooth(-z, 26, 60)
    shade *= 1 - 0.38 * by_hair


def _grain(canvas: Floats, px_per_mm: float) -> None:
    side = len(canvas)
    for width_mm, amount, seed in ((9.0, (1.6, 1.9, 1.6), 11), (3.0, (1.2, 1.7, 1.5), 12), (0.9, (1.0, 1.3, 1.3), 13), (0.36, (1.0, 1.2, 1.2), 14)):
        canvas += grain(side, width_mm * px_per_mm, seed)[..., None] * np.array(amount, np.float32)


def _lip_edge(canvas: Floats, skin: Skin, place: Floats, palette: SkinPalette) -> None:
    ring = skin.points[np.append(skin.lip_ring, skin.lip_ring[0])]
    distance, _ = stroke_distance(place, ring, is_mirrored=False)
    tint(canvas, np.exp(-0.5 * (distance / 3.2) ** 2), (230, 176, 156), 0.20)
    tint(canvas, np.exp(-0.5 * (distance / 0.75) ** 2), palette.lip, 0.88)


def _liner(canvas: Floats, skin: Skin, place: Floats, palette: SkinPalette) -> None:
    upper, lower = skin.points[skin.lids_right.upper], skin.points[skin.lids_right.lower]
    distance, along = stroke_distance(place, upper)
    tint(canvas, np.exp(-0.5 * (distance / 0.7) ** 2) * smooth(along, 0.02, 0.35), palette.liner, 0.88)
    tint(canvas, np.exp(-0.5 * (distance / 1.7) ** 2) * smooth(along, 0.3, 1.0), palette.liner, 0.22)
    distance, along = stroke_distance(place, lower)
    tint(canvas, np.exp(-0.5 * (distance / 0.6) ** 2) * smooth(along, 0.25, 0.9), palette.liner, 0.34)


def _wet_rims(canvas: Floats, place: Floats, palette: SkinPalette, eye: Colour, radius: float) -> None:
    at = np.stack([-np.abs(place[..., 0]), place[..., 1], place[..., 2]], axis=-1)
    distance = np.linalg.norm(at - np.array(eye, np.float32), axis=-1)
    rim = (1 - smooth(distance, radius + LID_MM - 0.5, radius + LID_MM - 0.1)) * (at[..., 2] > eye[2] - 4)
    tint(canvas, rim, palette.wet, 0.75)
    inner = spot(place, (eye[0] + 12.8, eye[1] - 1.6, eye[2] + 5.5), (1.9, 2.0, 3.0))
    tint(canvas, inner, palette.wet, 0.8)


def _hairline(canvas: Floats, place: Floats, palette: SkinPalette) -> None:
    """Scalp in the hair's colour, so that no bald skin shows between strands."""
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    edge = 133 - 0.0048 * x**2 + 1.2 * grain(len(canvas), 5.0, 21)
    above = smooth(y - edge, -5.0, 4.0) * smooth(-z, 4, 9)
    behind = smooth(-z - 62, 0, 16) * smooth(y, 10, 40)
    tint(canvas, np.maximum(above, behind), palette.scalp, 0.92)
