"""A posed mouth in, the light that reaches each point of its lips, teeth and tongue out.

Light comes in through the opening: the smaller it is and the deeper a thing lies behind it, the darker. So a rounded
mouth is a dark hole, and a spread one shows its teeth (lipreading.md 3.3 wants those bright).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.motion_frame import MotionFrame
from avatar.render.jaw import smooth_between
from avatar.render.lips import INNER_EDGE, ROUNDED_MM, ROWS, PosedLips, roundness_of

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

DEPTH_SHARE = 0.6
"""Opening area that lets in half the light, over the square of the depth behind it (judgement)."""
DIM_TO, FULL_FROM = 0.30, 0.48
"""Below the first share of the light all is dark, from the second on nothing looks dim (judgement)."""
LEAST_LIGHT = 0.25
TEETH_IN_PICTURE, TONGUE_IN_PICTURE = 0.16, 0.30
"""The same in a picture: in a small dark hole a tooth would be seen as a grey block, a tongue as nothing."""
ROUNDED_DIM = (0.65, 0.82)
"""Between these roundnesses teeth go dark: of rounded vowels and W a dark hole is seen, and a white row in it would
pass for a lip, a sliver for a stray line. No consonant whose teeth are to be seen is so round."""
ROOM_DEPTH_MM, ROOM_DIM, ROOM_DIM_TO, ROOM_FULL_FROM = 25.0, 0.70, 0.15, 0.35
"""The room behind the teeth of a picture: how far back it is, the light in it through a small opening, and the shares
between which it grows to the whole. A small dark hole is seen, a large black one drowns the lips (judgement)."""
LIT_TO_MM, LIT_BY_OPENING, LIT_AT_MOST_MM = 5.5, 0.45, 11.0
"""The tongue is fully lit this far behind closed lips, and by so much further for each millimetre they part: in L it is
bright far back, in T D N dim behind the teeth, in TH bright between them (judgement). As bright as each other, viewers
took TH for T D N and T D N for TH."""
TONGUE_FADE_MM, PROTRUSION_SHADES = 4.0, 0.4
"""Further back its light falls off over this length; lips pushed out shade it by this share of their way. A tongue as
bright as the lips would hide where they end."""
WIDE_MM, WIDE_LIGHT = (7.0, 14.0), 0.5
"""Between these openings the light on the whole tongue grows to this: a wide mouth that showed none would be a hole
(judgement)."""
CONTACT_MM, CONTACT_LIGHT, CONTACT_IN_PICTURE = 2.5, (0.70, 0.70), (0.42, 0.34)
"""Up to this height over the lower lip the tongue lies in the lip's and the lower teeth's shade, with so much light
behind and before the incisors (judgement). Lips of a picture are as dark or as red as they come: without a deeper shade
a tongue on them is taken for lip."""
LINE_LIGHT = (0.57, 0.79, 0.95)
"""Light in the line between closed lips, by row from the inner edge outward (judgement)."""
UPPER_EDGE_LIGHT = (0.80, 0.93, 0.98)
LOWER_EDGE_LIGHT = (0.93, 0.99, 1.0)
"""The same where the lips are apart: the upper edge turns from the light, the lower one catches it."""
PICTURE_EDGES, TUCKED_EDGE, EDGES_TOLD_MM = (0.4, 1.6), 1.0, 2.5
"""Light at the parted edges, upper and lower, over that, in a picture, whose lips have no gloss to tell an edge by;
wholly so where the mouth is open by so much at the midline. A tucked lower lip lies in the shade of the teeth: lit, it
would pass for more of them."""
INSIDE_LIGHT = 0.55
"""Light behind the edge, over that at the edge."""
APART_MM = 1.6
"""Lips this far apart throw no more shadow on each other."""
LINE_ENDS, LINE_END_DEPTH, ROUNDED_LINE = (0.55, 0.94), 0.10, 0.1
"""The line fades towards the corners: between which shares of the half-width, how much of it is left there, and how
much of that in a mouth that is wholly rounded: puckered lips meet without a furrow."""


def light_inside(frame: MotionFrame, half_width: float, front_mm: float, *, is_picture: bool = False) -> float:
    """0..1: the light that falls on the incisors, which lie front_mm behind the lips' line."""
    depth_mm = (front_mm + frame["lip_protrusion_mm"]) * (1 - max(frame["lower_lip_tuck"], 0.0))
    light = float(smooth_between(_light_let_in(frame, half_width, depth_mm), DIM_TO, FULL_FROM))
    light *= 1 - float(smooth_between(roundness_of(frame), *ROUNDED_DIM))
    return max(light, TEETH_IN_PICTURE if is_picture else LEAST_LIGHT)


def edges_of_picture(frame: MotionFrame) -> tuple[float, float]:
    """Light at a picture's parted edges, upper and lower, over the usual."""
    upper, lower = PICTURE_EDGES
    return upper, lower + (TUCKED_EDGE - lower) * min(max(frame["lower_lip_tuck"], 0.0), 1.0)


def light_in_room(frame: MotionFrame, half_width: float) -> float:
    """ROOM_DIM..1: the light in the room behind the teeth of a picture."""
    share = _light_let_in(frame, half_width, ROOM_DEPTH_MM + frame["lip_protrusion_mm"])
    return max(float(smooth_between(share, ROOM_DIM_TO, ROOM_FULL_FROM)), ROOM_DIM)


def _light_let_in(frame: MotionFrame, half_width: float, depth_mm: float) -> float:
    """0..1: what the opening lets in so far behind the lips."""
    height = max(frame["lip_height_mm"], 0.0)
    area = np.pi / 4 * height * max(2 * frame["inner_width"] * half_width, 0.5 * height)
    depth = max(depth_mm, 0.0)
    return float(area / (area + DEPTH_SHARE * depth * depth + 1e-6))


def lip_light(lips: PosedLips, protrusion_mm: float, edges: tuple[float, float] = (1.0, 1.0)) -> tuple[Floats, Floats]:
    """(ROWS * columns,) each, upper and lower lip: dark between closed lips, softly lit where they part.

    edges: light at the parted edges over the usual, growing from the border.
    """
    light = np.ones((2, ROWS, lips.upper.shape[1]), np.float32)
    depth = 1 - (1 - ROUNDED_LINE) * min(max(protrusion_mm / ROUNDED_MM, 0.0), 1.0)
    _light_lips(lips.upper, lips.lower, depth, edges, light)
    return light[0].reshape(-1), light[1].reshape(-1)


@njit(cache=True, nogil=True, fastmath=True)
def _light_lips(upper: Floats, lower: Floats, depth: float, edges: tuple[float, float], light: Floats) -> None:
    """Fills the rows of light (2, ROWS, columns) from the line outward and inward; depth 0..1 of the line's shade."""
    half_width = max(abs(upper[INNER_EDGE, 0, 0]), abs(upper[INNER_EDGE, -1, 0]), 1e-6)
    middle = upper.shape[1] // 2
    open_ = smooth_between(upper[INNER_EDGE, middle, 1] - lower[INNER_EDGE, middle, 1], 0.0, EDGES_TOLD_MM)
    for c in range(upper.shape[1]):
        apart = smooth_between(upper[INNER_EDGE, c, 1] - lower[INNER_EDGE, c, 1], 0.0, APART_MM)
        to_corner = smooth_between(abs(upper[INNER_EDGE, c, 0]) / half_width, LINE_ENDS[0], LINE_ENDS[1])
        line = (1 - (1 - LINE_END_DEPTH) * to_corner) * depth
        for lip in range(2):
            for row in range(len(LINE_LIGHT)):
                shut = 1 - (1 - LINE_LIGHT[row]) * line
                parted = UPPER_EDGE_LIGHT[row] if lip == 0 else LOWER_EDGE_LIGHT[row]
                light[lip, INNER_EDGE - row, c] = shut + (parted - shut) * apart
            for row in range(INNER_EDGE + 1):
                way = row / INNER_EDGE
                light[lip, row, c] *= 1 + (edges[lip] - 1) * open_ * apart * way * way
            for row in range(INNER_EDGE + 1, ROWS):
                light[lip, row, c] = light[lip, INNER_EDGE, c] * INSIDE_LIGHT


def tongue_light(
    tongue: Floats,
    lips: PosedLips,
    protrusion_mm: float,
    teeth_z: float,
    contact: tuple[float, float] = CONTACT_LIGHT,
) -> Floats:
    """(V,) 0..1: full near the lips, further back the wider they part, dimmed by a lower lip it dips behind or lies on.

    contact: light where it lies on the lip, behind and before the incisors at teeth_z mm.
    """
    middle = lips.lower.shape[1] // 2
    edge_y, (upper_y, front_z) = float(lips.lower[INNER_EDGE, middle, 1]), lips.upper[INNER_EDGE, middle, 1:].tolist()
    lit_mm = min(LIT_TO_MM + LIT_BY_OPENING * max(upper_y - edge_y, 0.0), LIT_AT_MOST_MM)
    least = LEAST_LIGHT + (WIDE_LIGHT - LEAST_LIGHT) * float(smooth_between(upper_y - edge_y, *WIDE_MM))
    light = np.empty(len(tongue), np.float32)
    lit_z = front_z - lit_mm - (1 - PROTRUSION_SHADES) * protrusion_mm
    _light_tongue(tongue, edge_y, lit_z, least, teeth_z, contact, light)
    return light


@njit(cache=True, nogil=True, fastmath=True)
def _light_tongue(
    tongue: Floats,
    edge_y: float,
    lit_z: float,
    least: float,
    teeth_z: float,
    contact: tuple[float, float],
    light: Floats,
) -> None:
    for i in range(len(tongue)):
        behind = max(lit_z - tongue[i, 2], 0.0) / TONGUE_FADE_MM
        depth = least + (1 - least) * np.exp(-(behind * behind))
        above_lip = smooth_between(tongue[i, 1] - edge_y, 0.0, CONTACT_MM)
        before = smooth_between(tongue[i, 2] - teeth_z, -1.0, 1.0)
        on_lip = contact[0] + (contact[1] - contact[0]) * before
        light[i] = depth * (on_lip + (1 - on_lip) * above_lip)
