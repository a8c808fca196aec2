"""Hands as sculpted and a skin's palette in, their texture out: knuckles, nails, creases and warm tips."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from avatar.studio.bake_light import Baked, relight
from avatar.studio.body_shape import BodyShape
from avatar.studio.brushes import grain, smooth, tint
from avatar.studio.distance_field import along_bone
from avatar.studio.hand_shape import Finger
from avatar.studio.person import Colour, SkinPalette

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]

NAIL_LENGTH_MM, NAIL_HALF_WIDTH = 11.0, 0.74
"""Length, and half the width over the fingertip's radius."""
NAIL_EDGE_MM = 1.3
"""The free, lighter edge."""
CREASES = ((-2.2, 0.45), (0.0, 0.7), (2.2, 0.45))
"""Creases over a joint: mm along the finger from it, and depth."""
CREASE_WIDTH_MM = 0.45
SHADE_FLOOR = 0.36
SLEEVE_SHADE_MM = (5.0, 25.0)
"""Between these, counted from the sleeve's end, wrists come into the light."""
STEP_MM, OUTLINE_BLUR_PX = 2.5, 2.0
"""From texel to texel, where something ends before something further back; and how far colours run there."""


def paint_hands(baked: Baked, shape: BodyShape, palette: SkinPalette, age: float) -> Pixels:
    """(side, side, 3) sRGB."""
    side = len(baked.place)
    canvas = np.empty((side, side, 3), np.float32)
    canvas[:] = palette.base
    flat = baked.place.reshape(-1, 3).astype(np.float64)
    normal = baked.normal.reshape(-1, 3).astype(np.float64)
    shade = np.ones(side * side, np.float32)
    rows = canvas.reshape(-1, 3)
    owner = np.argmin([hand.distance(flat) for hand in shape.hands], axis=0)
    for number, hand in enumerate(shape.hands):
        for finger in hand.joints:
            mine = (owner == number) & _near(flat, finger)
            rows[mine], shade[mine] = _painted_finger(
                rows[mine], shade[mine], flat[mine], normal[mine], finger, palette, age
            )
    canvas += grain(side, 14.0, 5)[..., None] * np.array((1.5, 1.9, 1.7), np.float32)
    canvas += grain(side, 4.0, 6)[..., None] * np.array((1.2, 1.6, 1.5), np.float32)
    light = relight(baked.normal, baked.drawn_normal, "skin") * shade.reshape(side, side)
    in_sleeve = 1 - smooth(shape.out_of_sleeve(flat).reshape(side, side).astype(np.float32), *SLEEVE_SHADE_MM)
    closed = (1 - SHADE_FLOOR) * np.maximum((1 - baked.openness) ** 0.9, in_sleeve)
    canvas *= light[..., None]
    canvas += (np.array(palette.shadow, np.float32) * 0.55 - canvas) * closed[..., None]
    painted: Pixels = np.clip(_soft_outlines(canvas, baked.place) + 0.5, 0, 255).astype(np.uint8)
    return painted


def _soft_outlines(canvas: Floats, place: Floats) -> Floats:
    """The same, blurred where a finger ends before something further back: the mesh does not end there to the texel."""
    depth, kernel = place[..., 2], np.ones((3, 3), np.uint8)
    is_step = (cv2.dilate(depth, kernel) - cv2.erode(depth, kernel) > STEP_MM).astype(np.float32)
    share = cv2.GaussianBlur(cv2.dilate(is_step, np.ones((7, 7), np.uint8)), (0, 0), 1.5)[..., None]
    soft: Floats = canvas + (cv2.GaussianBlur(canvas, (0, 0), OUTLINE_BLUR_PX) - canvas) * share
    return soft


def _near(places: Doubles, finger: Finger) -> npt.NDArray[np.bool_]:
    """(N,): True on this finger: within its thickness of some bone of it."""
    found: npt.NDArray[np.bool_] = np.zeros(len(places), np.bool_)
    for k in range(len(finger.joints) - 1):
        share, away = along_bone(places, finger.joints[k], finger.joints[k + 1])
        found |= np.asarray((share > -0.15) & (share < 1.6) & (away < finger.radii[k] * 1.12))
    return found


def _painted_finger(
    colour: Floats,
    shade: Floats,
    places: Doubles,
    normal: Doubles,
    finger: Finger,
    palette: SkinPalette,
    age: float,
) -> tuple[Floats, Floats]:
    """Colours (N, 3) and shade (N,) of the places of one finger."""
    colour, shade = colour.copy(), shade.copy()
    on_back = np.clip(normal @ finger.back, 0, 1).astype(np.float32)
    joints, radii = finger.joints, finger.radii
    for k in range(1, len(joints) - 1):
        before = joints[k] - joints[k - 1]
        along = (places - joints[k]) @ before / np.linalg.norm(before)
        tint(colour, (np.exp(-0.5 * (along / 6.0) ** 2) * on_back).astype(np.float32), palette.blush, 0.34)
        for at, depth in CREASES:
            crease = np.exp(-0.5 * ((along - at) / CREASE_WIDTH_MM) ** 2) * on_back**2
            shade *= 1 - (0.12 + 0.16 * age) * depth * crease.astype(np.float32)
    last = joints[-1] - joints[-2]
    last = last / np.linalg.norm(last)
    to_end = float(radii[-1]) - (places - joints[-1]) @ last  # mm before the finger's very end
    tint(colour, (1 - smooth(to_end, 4.0, 20.0)).astype(np.float32), palette.blush, 0.30)
    side_way = np.cross(finger.back, last)
    off = np.abs((places - joints[-1]) @ side_way) / (NAIL_HALF_WIDTH * radii[-1])
    begin = 0.9 + 2.2 * off**2  # the nail's free end is rounded, and so is its root
    root = NAIL_LENGTH_MM * radii[-1] / 5.2 - 2.6 * off**2
    edge = np.minimum(np.minimum(to_end - begin, root - to_end), (1 - off) * 4.0)
    nail = (smooth(edge, -0.15, 0.35) * smooth(on_back, 0.2, 0.4)).astype(np.float32)
    rim = (np.exp(-0.5 * (edge / 0.45) ** 2) * smooth(on_back, 0.2, 0.4)).astype(np.float32)
    free = nail * (1 - smooth(to_end - begin, NAIL_EDGE_MM * 0.5, NAIL_EDGE_MM))
    nail_colour = _mixed(palette.base, palette.blush, 0.4, 24.0)
    tint(colour, nail, nail_colour, 0.75)
    tint(colour, free, _mixed(palette.light, (240.0, 236.0, 230.0), 0.5), 0.5)
    tint(colour, nail * np.exp(-0.5 * ((off - 0.25) / 0.22) ** 2).astype(np.float32), (255, 250, 246), 0.16)
    shade *= 1 - 0.22 * rim * (1 - nail)
    return colour, shade


def _mixed(one: Colour, other: Colour, share: float, brighter: float = 0.0) -> Colour:
    red, green, blue = (a + (b - a) * share + brighter for a, b in zip(one, other, strict=True))
    return red, green, blue
