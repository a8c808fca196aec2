"""A person and the sculpted skin in, folds, wrinkles and pores as heights over the skin's map out, mm."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.studio.brushes import grain, smooth, spot, stroke
from avatar.studio.front_finder import FrontFinder
from avatar.studio.person import Flat, Person
from avatar.studio.sculpt_skin import Skin

Floats = npt.NDArray[np.float32]
Lines = tuple[tuple[tuple[Flat, ...], float, float, float], ...]
"""Points from the front (mirrored), width (standard deviation, mm), depth at age 0 and at age 1, mm; a negative depth
is a ridge. Places follow the anatomy; widths and depths are by eye."""

NECK_FROM_Z = -125.0
FOLDS: Lines = (
    (((-16.5, 31), (-20.5, 26.5), (-25.5, 19.5), (-29.5, 11.5), (-31.5, 4)), 2.1, 0.50, 1.55),  # nose to mouth
    (((-23.5, 30), (-29, 23), (-34, 14)), 5.0, -0.50, -1.2),  # the cheek beside it
    (((-27.2, -1.5), (-28.8, -8), (-29, -15)), 1.8, 0.12, 0.9),  # mouth to chin
    (((-16.5, 58.5), (-21, 53.5), (-28, 50), (-36, 49.5)), 2.0, 0.30, 1.0),  # tear trough
    (((-18, 57), (-25, 54.5), (-33, 54), (-41, 57)), 0.9, 0.05, 0.40),  # under the lower lid
    (((-24, 56.2), (-31, 55.5), (-38, 57)), 1.8, -0.12, -0.55),  # the lid's own swelling
    (((-49.5, 65.5), (-51.5, 67), (-54, 69)), 0.55, 0.0, 0.18),  # crow's feet
    (((-49.5, 62.6), (-52, 62.4), (-55.5, 61.6)), 0.55, 0.0, 0.20),
    (((-48.5, 60), (-51, 57.8), (-53.5, 55)), 0.55, 0.0, 0.18),
    (((-4.6, 82.5), (-5.8, 87), (-5.4, 92)), 0.8, 0.04, 0.36),  # between the brows
    (((0, 100), (-14, 101.2), (-27, 100), (-36, 97)), 0.8, 0.02, 0.34),  # forehead
    (((0, 106.5), (-16, 107.4), (-31, 105)), 0.8, 0.01, 0.32),
    (((0, 112), (-13, 112.6), (-24, 111)), 0.8, 0.0, 0.24),
    (((0, 19.0), (0, 11)), 2.1, 0.50, 0.40),  # philtrum, groove and ridge
    (((-4.1, 18.6), (-5.0, 11.0)), 1.3, -0.26, -0.15),
    (((-13, -14.6), (-6, -16.4), (0, -16.8)), 2.4, 0.55, 0.9),  # under the lower lip
    (((-13.4, 34.4), (-15.8, 31.6), (-16.4, 28.2), (-15.0, 24.6), (-12.4, 22.2)), 1.0, 0.60, 0.8),  # wing of the nose
    (((-11.4, 32.6), (-12.2, 29.6), (-11.4, 26.4)), 2.4, -0.7, -0.7),  # the wing's own roundness
    (((-7.6, 35.5), (-8.6, 31.5), (-7.6, 27)), 1.6, 0.35, 0.35),  # tip and wing
    (((-26.2, 2.2), (-25.0, 2.2)), 1.0, 0.35, 0.6),  # corner of the mouth
)
NECK: Lines = (
    (((0, -76), (-18, -74), (-36, -66)), 1.8, 0.10, 0.45),  # rings round the neck
    (((0, -94), (-18, -92.5), (-36, -86)), 1.6, 0.05, 0.40),
    (((-41, -62), (-31, -86), (-17, -112), (-9, -126)), 4.5, -1.1, -1.8),  # sternomastoid
    (((-7, -131), (-26, -124), (-50, -117), (-70, -113)), 4.0, -1.6, -2.0),  # collar bone
    (((-14, -136), (-34, -130), (-56, -124)), 4.0, 0.7, 1.0),
)
NOTCH = ((0.0, -127.0), (7.0, 6.0, 12.0), 2.0)
"""Between the collar bones: place from the front, widths and depth, mm."""
PORES: tuple[tuple[tuple[float, float, float], tuple[float, float, float], float], ...] = (
    ((0, 34, 20), (13, 10, 16), 1.0),
    ((-28, 40, -6), (13, 13, 16), 0.9),
    ((0, 100, -4), (34, 14, 22), 0.6),
    ((0, -28, 4), (14, 9, 12), 0.8),
)
"""Where pores show: place, widths, strength."""
PORE_MM, PORE_DEPTH_MM = 0.8, 0.022
FINE_MM, FINE_DEPTH_MM = 1.5, 0.0055
LID_CREASE_MM = (0.45, 0.55)
"""Width and depth of the upper lid's fold."""


def skin_relief(person: Person, skin: Skin, place: Floats) -> Floats:
    """(H, W) mm, 0 where the skin is smooth."""
    heights = np.zeros(place.shape[:2], np.float32)
    for lines, finder in ((FOLDS, FrontFinder(skin)), (NECK, FrontFinder(skin, NECK_FROM_Z))):
        for points, width, young, old in lines:
            depth = young + (old - young) * person.marks.age
            line = finder.place(points)
            heights -= depth * stroke(place, line, width, taper=0.7)
    heights -= NOTCH[2] * spot(place, (*FrontFinder(skin, NECK_FROM_Z).place([NOTCH[0]])[0].tolist(),), NOTCH[1])
    _lid_fold(heights, person, skin, place)
    _pores(heights, person, skin, place)
    return heights


def lid_fold_line(person: Person, skin: Skin) -> npt.NDArray[np.float64]:
    """(n, 3) the fold of the right upper lid, from the nose outward; it lies close to the lashes on a monolid."""
    margin = skin.points[skin.lids_right.upper, :2]
    along = np.linspace(0, 1, len(margin))
    start, end = person.eyes.fold_ends
    rise = person.eyes.fold_mm * np.sin(np.pi * np.clip(start + (end - start) * along, 0, 1)) ** 0.7
    return FrontFinder(skin).place(margin + np.stack([-1.2 * along, rise], axis=1))[2::3]


def _lid_fold(heights: Floats, person: Person, skin: Skin, place: Floats) -> None:
    fold = lid_fold_line(person, skin)
    width, depth = LID_CREASE_MM
    heights -= depth * (1 + person.marks.age) * stroke(place, fold, width, taper=0.6)
    heights += 0.5 * depth * stroke(place, fold + (0, 1.6, 0.3), 1.3, taper=0.6)


def _pores(heights: Floats, person: Person, skin: Skin, place: Floats) -> None:
    side = len(heights)
    px_per_mm = side / skin.mm_per_map
    where = np.full_like(heights, 0.25)
    for centre, widths, strength in PORES:
        where = np.maximum(where, strength * spot(place, centre, widths))
    holes = np.clip(grain(side, PORE_MM * px_per_mm, 21) - 0.5, 0, 1.5)
    heights -= person.marks.pores * PORE_DEPTH_MM * where * holes
    fine = grain(side, FINE_MM * px_per_mm, 22) + grain(side, 0.5 * FINE_MM * px_per_mm, 23)
    heights += (1 + 1.2 * person.marks.age) * FINE_DEPTH_MM * fine * smooth(place[..., 2], -80, -40)
