"""A sculpted skin and a palette in, its painted texture out: colour that varies as living skin's does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from avatar.studio.brushes import grain, smooth, spot, stroke_distance, tint
from avatar.studio.face_marks import paint_marks
from avatar.studio.front_finder import FrontFinder
from avatar.studio.paint_brows import paint_brows
from avatar.studio.paint_hairs import paint_hairline, paint_scalp
from avatar.studio.paint_light import soft_light
from avatar.studio.person import Colour, Person, SkinPalette
from avatar.studio.relief import relief_light
from avatar.studio.sculpt_eyes import Mesh
from avatar.studio.sculpt_lids import LID_MM
from avatar.studio.sculpt_skin import Skin
from avatar.studio.skin_relief import skin_relief
from avatar.studio.skin_tones import BLUSH, BROW_BONE, HOLLOW, LID, LIGHT, NOSTRIL, UNDER_EYE
from avatar.studio.texels import texels

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]


FOREHEAD_Y = (84.0, 112.0)
"""Between these heights the skin takes the forehead's tone."""
SIDE = 2048
"""Texels; the face's width takes about 1300 of them."""
RELIEF_BLOOD = np.array([0.82, 1.0, 1.06], np.float32)
"""How strongly shade in folds takes red, green and blue: light in skin comes out red."""
JAW_BELOW_Y = 30.0
"""The face's outline below this height is the jaw's, mm."""
JAW_SHADE, JAW_SHADE_MM = 0.25, 20.0
"""How dark the neck is just under the jaw, and over what depth that fades."""
JAW_SHADE_FROM_MM, JAW_BEHIND_MM = (-3.0, 5.0), (2.0, 12.0)
"""Below the jaw's edge and behind it: there the shade sets in."""
MOTTLE: tuple[tuple[float, tuple[float, float, float], int], ...] = (
    (14.0, (1.2, 2.4, 2.0), 10),
    (6.0, (1.2, 2.4, 2.2), 11),
    (2.4, (1.3, 2.2, 2.0), 12),
    (0.9, (1.2, 1.7, 1.7), 13),
    (0.4, (1.2, 1.5, 1.5), 14),
)
"""Unevenness of the colour: width in mm, standard deviation of red, green and blue, seed."""


def paint_skin(person: Person, skin: Skin, around: Sequence[Mesh]) -> Pixels:
    """(SIDE, SIDE, 3) sRGB; around: the meshes of hair and body, which take light from the skin."""
    palette, eye_centre, eye_radius = person.skin, person.shape.eye_centre, person.shape.eye_radius
    surface = texels(skin.points, skin.triangles, skin.uv, SIDE)
    place, finder = surface.place, FrontFinder(skin)
    canvas = np.empty((SIDE, SIDE, 3), np.float32)
    canvas[:] = palette.base
    _complexion(canvas, place, palette)
    _eye_region(canvas, place, palette, eye_centre)
    _mottle(canvas, SIDE / skin.mm_per_map, float(np.mean(palette.base)) / 190)
    paint_marks(canvas, person, finder)
    _nostrils(canvas, place, palette, finder)
    factor, shine = relief_light(skin_relief(person, skin, place), surface)
    canvas *= factor**RELIEF_BLOOD
    canvas += shine[..., None]
    canvas *= soft_light(surface, (Mesh(skin.points, skin.triangles, skin.uv), *around), palette.base)
    _jaw_shade(canvas, skin, place)
    _lip_edge(canvas, skin, place, palette)
    paint_brows(canvas, finder, person.brows)
    _liner(canvas, skin, place, person)
    _wet_rims(canvas, place, palette, eye_centre, eye_radius)
    paint_scalp(canvas, place, person.hair)
    paint_hairline(canvas, finder, person.hair)
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


def _mottle(canvas: Floats, px_per_mm: float, amount: float) -> None:
    for width_mm, deviation, seed in MOTTLE:
        noise = grain(len(canvas), width_mm * px_per_mm, seed)[..., None]
        canvas += amount * noise * np.array(deviation, np.float32)


def _nostrils(canvas: Floats, place: Floats, palette: SkinPalette, finder: FrontFinder) -> None:
    (x, y), widths, depth = NOSTRIL
    a, b, c = finder.place([(x, y)])[0].tolist()
    dark = np.array(palette.shadow, np.float32) * 0.45
    tint(canvas, spot(place, (a, b, c), widths), (float(dark[0]), float(dark[1]), float(dark[2])), depth)


def _lip_edge(canvas: Floats, skin: Skin, place: Floats, palette: SkinPalette) -> None:
    ring = skin.points[np.append(skin.lip_ring, skin.lip_ring[0])]
    distance, _ = stroke_distance(place, ring, is_mirrored=False)
    tint(canvas, np.exp(-0.5 * (distance / 3.2) ** 2), palette.light, 0.16)
    tint(canvas, np.exp(-0.5 * (distance / 0.6) ** 2), palette.lip, 0.5)


def _jaw_shade(canvas: Floats, skin: Skin, place: Floats) -> None:
    """The neck lies in the jaw's soft shadow, deepest beside it."""
    jaw = skin.points[skin.oval]
    jaw = jaw[(jaw[:, 0] <= 0) & (jaw[:, 1] < JAW_BELOW_Y)]
    jaw = jaw[np.argsort(-jaw[:, 0])]
    x = np.abs(place[..., 0])
    below = np.interp(x, -jaw[:, 0], jaw[:, 1]) - place[..., 1]
    behind = np.interp(x, -jaw[:, 0], jaw[:, 2]) - place[..., 2]
    shade = (
        smooth(below, *JAW_SHADE_FROM_MM)
        * smooth(behind, *JAW_BEHIND_MM)
        * np.exp(-np.maximum(below, 0) / JAW_SHADE_MM)
    )
    canvas *= 1 - JAW_SHADE * shade[..., None].astype(np.float32) * RELIEF_BLOOD


def _liner(canvas: Floats, skin: Skin, place: Floats, person: Person) -> None:
    colour, dark = person.skin.liner, person.eyes.liner
    upper, lower = skin.points[skin.lids_right.upper], skin.points[skin.lids_right.lower]
    distance, along = stroke_distance(place, upper)
    tint(canvas, np.exp(-0.5 * (distance / 0.85) ** 2) * smooth(along, 0.0, 0.3), colour, 0.90 * dark)
    tint(canvas, np.exp(-0.5 * (distance / 2.0) ** 2) * smooth(along, 0.1, 0.9), colour, 0.26 * dark)
    distance, along = stroke_distance(place, lower)
    tint(canvas, np.exp(-0.5 * (distance / 0.7) ** 2) * smooth(along, 0.2, 0.8), colour, 0.40 * dark)


def _wet_rims(canvas: Floats, place: Floats, palette: SkinPalette, eye: Colour, radius: float) -> None:
    at = np.stack([-np.abs(place[..., 0]), place[..., 1], place[..., 2]], axis=-1)
    distance = np.linalg.norm(at - np.array(eye, np.float32), axis=-1)
    rim = (1 - smooth(distance, radius + LID_MM - 0.5, radius + LID_MM - 0.1)) * (at[..., 2] > eye[2] - 4)
    tint(canvas, rim, palette.wet, 0.7)
    inner = spot(place, (eye[0] + 12.8, eye[1] - 1.6, eye[2] + 5.5), (1.9, 2.0, 3.0))
    tint(canvas, inner, palette.wet, 0.8)
