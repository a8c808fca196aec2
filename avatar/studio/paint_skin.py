"""A sculpted skin and a palette in, its painted texture out: colour that varies as living skin's does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.studio.brushes import grain, smooth, spot, stroke, stroke_distance, tint
from avatar.studio.front_finder import FrontFinder
from avatar.studio.paint_hairs import HAIRLINE, paint_brows, paint_hairline
from avatar.studio.sculpt_lids import LID_MM
from avatar.studio.sculpt_skin import Skin
from avatar.studio.skin_tones import BLUSH, BROW_BONE, HOLLOW, LID, LIGHT, NOSTRIL, SHADE, UNDER_EYE
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
    light: Colour
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


FOREHEAD_Y = (84.0, 112.0)
"""Between these heights the skin takes the forehead's tone."""
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
    _eye_region(canvas, place, palette, eye_centre)
    shade = np.ones((SIDE, SIDE), np.float32)
    finder = FrontFinder(skin)
    _creases(shade, skin, finder, place)
    _occlusion(shade, surface)
    _grain(canvas, SIDE / skin.mm_per_map)
    deep = 1 - shade[..., None]
    canvas = canvas * shade[..., None] + np.array(palette.shadow, np.float32) * deep * 0.42
    _lip_edge(canvas, skin, place, palette)
    paint_brows(canvas, finder, palette.brow)
    _liner(canvas, skin, place, palette)
    _wet_rims(canvas, place, palette, eye_centre, eye_radius)
    _scalp(canvas, place, palette)
    paint_hairline(canvas, finder, palette.scalp)
    painted: Pixels = np.clip(canvas + 0.5, 0, 255).astype(np.uint8)
    return painted


def _complexion(canvas: Floats, place: Floats, palette: SkinPalette) -> None:
    tint(canvas, smooth(place[..., 1], *FOREHEAD_Y), palette.forehead, 0.7)
    for spots, colour in ((BLUSH, palette.blush), (LIGHT, palette.light), (HOLLOW, palette.lid)):
        for centre, widths, strength in spots:
            tint(canvas, spot(place, centre, widths), colour, strength)


def _eye_region(canvas: Floats, place: Floats, palette: SkinPalette, eye: Colour) -> None:
    for spots, colour in ((LID, palette.lid), (UNDER_EYE, palette.under_eye), (BROW_BONE, palette.light)):
        for (x, y, z), widths, strength in spots:
            tint(canvas, spot(place, (eye[0] + x, eye[1] + y, eye[2] + z), widths), colour, strength)


def _creases(shade: Floats, skin: Skin, finder: FrontFinder, place: Floats) -> None:
    """Darkens where light hardly gets in; factors by eye."""
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
        (finder.place([(-26.6, 2.2), (-25.2, 2.2)]), 0.9, 0.20, 0.3),
    ):
        shade *= 1 - depth * stroke(place, line, width, taper=taper)
    for centre, widths, depth in SHADE:
        shade *= 1 - depth * spot(place, centre, widths)
    (x, y), widths, depth = NOSTRIL
    a, b, c = finder.place([(x, y)])[0].tolist()
    shade *= 1 - depth * spot(place, (a, b, c), widths)


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
    for width_mm, amount, seed in (
        (9.0, (1.6, 1.9, 1.6), 11),
        (3.0, (1.2, 1.7, 1.5), 12),
        (0.9, (1.0, 1.3, 1.3), 13),
        (0.36, (1.0, 1.2, 1.2), 14),
    ):
        canvas += grain(side, width_mm * px_per_mm, seed)[..., None] * np.array(amount, np.float32)


def _lip_edge(canvas: Floats, skin: Skin, place: Floats, palette: SkinPalette) -> None:
    ring = skin.points[np.append(skin.lip_ring, skin.lip_ring[0])]
    distance, _ = stroke_distance(place, ring, is_mirrored=False)
    tint(canvas, np.exp(-0.5 * (distance / 3.2) ** 2), palette.light, 0.16)
    tint(canvas, np.exp(-0.5 * (distance / 0.75) ** 2), palette.lip, 0.88)


def _liner(canvas: Floats, skin: Skin, place: Floats, palette: SkinPalette) -> None:
    upper, lower = skin.points[skin.lids_right.upper], skin.points[skin.lids_right.lower]
    distance, along = stroke_distance(place, upper)
    tint(canvas, np.exp(-0.5 * (distance / 0.85) ** 2) * smooth(along, 0.0, 0.3), palette.liner, 0.92)
    tint(canvas, np.exp(-0.5 * (distance / 2.0) ** 2) * smooth(along, 0.1, 0.9), palette.liner, 0.34)
    distance, along = stroke_distance(place, lower)
    tint(canvas, np.exp(-0.5 * (distance / 0.7) ** 2) * smooth(along, 0.2, 0.8), palette.liner, 0.42)


def _wet_rims(canvas: Floats, place: Floats, palette: SkinPalette, eye: Colour, radius: float) -> None:
    at = np.stack([-np.abs(place[..., 0]), place[..., 1], place[..., 2]], axis=-1)
    distance = np.linalg.norm(at - np.array(eye, np.float32), axis=-1)
    rim = (1 - smooth(distance, radius + LID_MM - 0.5, radius + LID_MM - 0.1)) * (at[..., 2] > eye[2] - 4)
    tint(canvas, rim, palette.wet, 0.7)
    inner = spot(place, (eye[0] + 12.8, eye[1] - 1.6, eye[2] + 5.5), (1.9, 2.0, 3.0))
    tint(canvas, inner, palette.wet, 0.8)


def _scalp(canvas: Floats, place: Floats, palette: SkinPalette) -> None:
    """Scalp in the hair's colour, so that no bald skin shows between strands."""
    x, y, z = np.abs(place[..., 0]), place[..., 1], place[..., 2]
    half = HAIRLINE[7:]
    over = y - np.interp(x, half[:, 0], half[:, 1]).astype(np.float32)
    beside = x - np.interp(y, half[::-1, 1], half[::-1, 0]).astype(np.float32)
    above = (
        np.minimum(smooth(over, 1.0, 9.0) + smooth(beside, 1.5, 6.0) * (1 - smooth(y, 106, 120)), 1)
        * smooth(-z, 4, 9)
        * smooth(y, 52, 92)
    )
    behind = smooth(-z - 62, 0, 16) * smooth(y, 10, 40)
    tint(canvas, np.maximum(above, behind), palette.scalp, 0.94)
