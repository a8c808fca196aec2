"""Lip landmarks and a motion frame in, both lips' surfaces in millimetres out.

Each lip is a strip of columns (corner to corner) and rows (red border, over the vermilion, inner edge, then back into
the mouth). The inner edges are placed by the channels themselves, so that what is asked for is what is drawn; the red
border and with it the skin follow. Coordinates as in presenter.py; the channels' geometry as in motion_frame.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.motion_frame import MotionFrame
from avatar.render.readable_lips import Helped, ReadableLips

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

VERMILION_ROWS = 9
"""Rows from the red border (0) to the inner edge (VERMILION_ROWS - 1)."""
INSIDE_ROWS = 4
"""Rows from the inner edge back into the mouth."""
ROWS = VERMILION_ROWS + INSIDE_ROWS
INNER_EDGE = VERMILION_ROWS - 1

INCISOR_BEHIND_LIP_LINE_MM = 4.5
"""From where the lips meet back to the upper incisors' front: half a lip's thickness (judgement)."""
CORNER_DROP = 0.20
"""Share of the lower lip's drop that the mouth's corners take (judgement, from talking faces)."""
MEETING_HEIGHT = 0.42
"""Where, between upper (0) and lower (1) inner edge, the closed part beside the opening lies."""
TUCK_CLEARANCE_MM = 0.3
"""A tucked lip's skin stands this far before the incisors' edge: touching, with room for the mesh's own thickness."""
SMILE_CORNER_MM = 4.0
"""Rise of the corners at smile 1."""
SMILE_THINS = 0.4
"""A full smile stretches the red of the lips by this share of its height and bulge: thick lips on a curve look open."""
UPPER_BULGE_MM, LOWER_BULGE_MM = 2.3, 3.5
"""How far a relaxed lip's surface stands out before the chord from border to inner edge."""
ROUNDED_MM, GAPING_MM = 8.0, 15.0
"""Protrusion and lip height at which the mouth counts as wholly rounded, as wholly open: its corners are blunt then."""
OVERLAP_MM, SHUT_MM = 0.3, 0.5
"""Lips less than SHUT_MM apart overlap behind their edges by OVERLAP_MM: nothing shines through where they meet."""

_TOWARDS_EDGE = 1 - (1 - np.linspace(0, 1, VERMILION_ROWS)) ** 1.25
"""(VERMILION_ROWS,): way from the border to the edge, closer together where the lip rolls in."""
_PROFILE = np.sin(np.pi * _TOWARDS_EDGE**0.95) ** 0.85
"""(VERMILION_ROWS,): how far each row stands out of the chord from border to edge, 0..1."""


@dataclass(frozen=True, slots=True)
class PosedLips:
    """Both lips of one frame, mm."""

    upper: Floats
    """(ROWS, columns, 3), left to right as the viewer sees them."""
    lower: Floats
    """(ROWS, columns, 3), left to right."""


class LipShape:
    """The neutral lips of one presenter and how they move."""

    def __init__(self, ring: Floats, line: Floats, *, is_picture: bool = False) -> None:
        """ring (2n, 3): the red border from the viewer's left corner over the upper lip and back below; line (m, 3).

        is_picture: their surface is a picture's.
        """
        n = len(ring) // 2
        self.upper_border: Doubles = ring[: n + 1].astype(np.float64)
        self.lower_border: Doubles = np.vstack([ring[n:], ring[:1]])[::-1].astype(np.float64)
        self.half_width = float(self.upper_border[-1, 0] - self.upper_border[0, 0]) / 2
        self.line_z = float(np.interp(0.0, line[:, 0], line[:, 2]))
        self.incisor_z = self.line_z - INCISOR_BEHIND_LIP_LINE_MM
        self._upper = _lip(self.upper_border, line, self.half_width, 1.0)
        self._lower = _lip(self.lower_border, line, self.half_width, -1.0)
        red_mm = [float(np.interp(0.0, lip.border[:, 0], lip.thickness)) for lip in (self._upper, self._lower)]
        self._readable = ReadableLips(red_mm, is_picture=is_picture)

    def pose(self, frame: MotionFrame) -> PosedLips:
        """The lips of this frame."""
        roundness = roundness_of(frame)
        helped = self._readable.help(frame, roundness)
        opening = _opening(frame, self.half_width, roundness, helped)
        posed = []
        for lip, unrolled in zip((self._upper, self._lower), helped.unrolled, strict=True):
            rows = np.empty((ROWS, len(lip.s), 3), np.float32)
            _pose(lip, opening, _gesture(frame, lip.side, unrolled), self.incisor_z, rows)
            posed.append(rows)
        return PosedLips(*posed)


def roundness_of(frame: MotionFrame) -> float:
    """0 a mouth whose opening is spread .. 1 one that is wholly rounded."""
    return float(min(max(1.6 - 2.2 * frame["inner_width"], 0.0), 1.0))


class _Opening(NamedTuple):
    """The hole between the lips, mm: where its edges lie at a fraction s (-1..1) of the half mouth width."""

    height: float
    top: float
    half_width: float
    inner_half_width: float
    meeting: float
    """Height of the closed part beside the opening, at the midline."""
    corner: float
    outline: float
    roundness: float
    """0..1."""
    own_shape: float
    """0..1: how much is left of the resting line's shape."""


def _opening(frame: MotionFrame, half_width: float, roundness: float, helped: Helped) -> _Opening:
    height, top = frame["lip_height_mm"] + helped.wider_mm, frame["upper_teeth_mm"] + helped.rises_mm
    outer = frame["mouth_width"] * half_width
    # An opening is never a needle: at least as wide as half its height.
    inner = max(frame["inner_width"] * half_width, 0.25 * max(height, 0.0), 1e-3)
    return _Opening(
        height=height,
        top=top,
        half_width=outer,
        inner_half_width=min(inner, 0.97 * outer),
        meeting=top - MEETING_HEIGHT * height,
        corner=-CORNER_DROP * max(height - top, 0.0) + 0.2 * max(top, 0.0) + SMILE_CORNER_MM * frame["smile"],
        # The wider a mouth opens, the rounder is its outline.
        outline=2.2 + 0.16 * max(height, 0.0),
        roundness=roundness,
        own_shape=helped.own_shape,
    )


class _Gesture(NamedTuple):
    """What a frame asks of one lip."""

    protrusion_mm: float
    flare: float
    press: float
    tuck: float
    """0 for the upper lip, which teeth never touch."""
    jaw_drop_mm: float
    """0 for the upper lip, which stays with the skull."""
    blunt: float
    """0..1: how far the corners are rounded off."""
    red: float
    """Visible height of the vermilion over the neutral one."""
    fullness: float
    """Bulge over the neutral one."""


def _gesture(frame: MotionFrame, side: float, unrolled: float) -> _Gesture:
    """Spread, open, pressed and smiling lips are thinner, rounded ones fuller; unrolled: red over the lip's own."""
    height, spread = max(frame["lip_height_mm"], 0.0), frame["mouth_width"] - 1.0
    protrusion, press = frame["lip_protrusion_mm"], frame["lip_press"]
    tuck, drop = (frame["lower_lip_tuck"], frame["jaw_drop_mm"]) if side < 0 else (0.0, 0.0)
    red = 1.0 - 0.014 * height - 0.9 * spread + 0.22 * frame["lip_flare"] - 0.24 * press - 0.25 * tuck
    fullness = 1.0 - 0.025 * height - 1.2 * spread + 0.06 * protrusion - 0.35 * press
    left = 1.0 - SMILE_THINS * max(frame["smile"], 0.0)
    return _Gesture(
        protrusion_mm=protrusion,
        flare=frame["lip_flare"],
        press=press,
        tuck=tuck,
        jaw_drop_mm=drop,
        blunt=min(max(protrusion / ROUNDED_MM, frame["lip_height_mm"] / GAPING_MM, 0.0), 1.0),
        red=unrolled * min(max(red * left, 0.45), 1.5),
        fullness=min(max(fullness * left, 0.35), 1.8),
    )


class _Lip(NamedTuple):
    """One lip's neutral shape, column by column."""

    side: float
    """+1 for the upper, -1 for the lower."""
    border: Doubles
    """(columns, 3) mm."""
    s: Doubles
    """(columns,) -1..1: place along the half mouth width."""
    line_z: Doubles
    line_shape: Doubles
    """The neutral line's own shape, 0 at the midline, where heights are promised; it fades as the mouth opens."""
    thickness: Doubles
    middle: Doubles
    """1 at the midline, 0 in the corners."""
    bulge: Doubles
    """(VERMILION_ROWS, columns) mm out of the chord from border to edge."""


def _lip(border: Doubles, line: Floats, half_width: float, side: float) -> _Lip:
    s: Doubles = np.clip(border[:, 0] / half_width, -1, 1)
    s[0], s[-1] = -1.0, 1.0
    line_y = np.interp(border[:, 0], line[:, 0], line[:, 1])
    thickness = np.abs(border[:, 1] - line_y)
    thickness[[0, -1]] = 0.0
    middle = np.sqrt(np.clip(1 - s**2, 0, 1))
    return _Lip(
        side=side,
        border=np.ascontiguousarray(border),
        s=s,
        line_z=np.interp(border[:, 0], line[:, 0], line[:, 2]),
        line_shape=line_y - np.interp(0.0, line[:, 0], line[:, 1]),
        thickness=thickness,
        middle=middle,
        bulge=(UPPER_BULGE_MM if side > 0 else LOWER_BULGE_MM) * _PROFILE[:, None] * middle**0.8,
    )


@njit(cache=True, nogil=True, fastmath=True)
def _pose(lip: _Lip, opening: _Opening, gesture: _Gesture, incisor_z: float, rows: Floats) -> None:
    """Fills rows (ROWS, columns, 3) mm."""
    side = lip.side
    neutral_half_width = abs(lip.border[0, 0])
    for c in range(len(lip.s)):
        s, middle, square = lip.s[c], lip.middle[c], lip.s[c] ** 2
        top, bottom = _edge(opening, s, 1.0), _edge(opening, s, -1.0)
        own_shape = lip.line_shape[c] * opening.own_shape
        x = s * opening.half_width
        y = (top if side > 0 else bottom) + own_shape
        z = _inner_depth(lip.line_z[c], gesture, square, middle, max(opening.height, 0.0), incisor_z)
        red = lip.thickness[c] * gesture.red * (1 + gesture.blunt * 0.5 * square * square)
        border_x = lip.border[c, 0] / neutral_half_width * opening.half_width
        border_y = _smooth_edge(opening, s, side) + own_shape + side * red
        border_z = lip.border[c, 2] + _border_forward(gesture, square)
        for k in range(VERMILION_ROWS):
            way = _TOWARDS_EDGE[k]
            rows[k, c, 0] = border_x + (x - border_x) * way
            rows[k, c, 1] = border_y + (y - border_y) * way
            rows[k, c, 2] = border_z + (z - border_z) * way + gesture.fullness * lip.bulge[k, c]
        shut = 1 - min(max((top - bottom) / SHUT_MM, 0.0), 1.0)
        floor = incisor_z + 0.6 - 12 * square
        for k in range(1, INSIDE_ROWS + 1):
            rows[INNER_EDGE + k, c, 0] = x * (1 - 0.01 * k)
            inward = 0.55 * k**1.6 * (1 - shut) - OVERLAP_MM * shut
            rows[INNER_EDGE + k, c, 1] = y + side * inward * middle
            rows[INNER_EDGE + k, c, 2] = max(z - 1.5 * k, min(z - 0.3, floor))


@njit(cache=True, nogil=True, fastmath=True)
def _edge(opening: _Opening, s: float, side: float) -> float:
    """Height of the inner edge, mm; side +1 upper lip, -1 lower lip."""
    meeting = opening.corner + (opening.meeting - opening.corner) * (1 - s * s)
    if opening.height <= 0:  # pressed lips overlap along their whole length
        return meeting + side * 0.5 * opening.height * (1 - s * s)
    t = min(abs(s) * opening.half_width / opening.inner_half_width, 1.0)
    # The upper edge runs flatter than the lower one, until rounding makes both of them half an ellipse.
    # Spread lips part in an almond, its ends drawn out towards the corners.
    bend, power = (2.8, 0.95) if side > 0 else (2.4, 0.85)
    bend -= (bend - 2.0) * opening.roundness
    arch = (1 - t**bend) ** (power - (power - 0.55) * opening.roundness)
    return float(meeting + _reach(opening, side) * arch)


@njit(cache=True, nogil=True, fastmath=True)
def _smooth_edge(opening: _Opening, s: float, side: float) -> float:
    """The edge as the red border sees it: the same height in the middle, no steep ends."""
    meeting = opening.corner + (opening.meeting - opening.corner) * (1 - s * s)
    return float(meeting + _reach(opening, side) * (1 - abs(s) ** opening.outline))


@njit(cache=True, nogil=True, fastmath=True)
def _reach(opening: _Opening, side: float) -> float:
    """From where the lips meet to the edge at the midline, mm."""
    return opening.top - opening.meeting - (0.0 if side > 0 else opening.height)


@njit(cache=True, nogil=True, fastmath=True)
def _inner_depth(
    line_z: float, gesture: _Gesture, square: float, middle: float, height: float, incisor_z: float
) -> float:
    """Depth of the inner edge: pushed forward by protrusion, drawn onto the teeth by tuck and press."""
    protrusion = gesture.protrusion_mm + 1.2 * gesture.flare
    depth = line_z + protrusion * (1 - 0.68 * square)
    depth -= (0.06 * height + 1.3 * gesture.press + 0.10 * gesture.jaw_drop_mm) * middle
    tuck = gesture.tuck * (1 - 0.5 * square)
    return depth + (incisor_z + TUCK_CLEARANCE_MM - 4.2 * square - depth) * tuck


@njit(cache=True, nogil=True, fastmath=True)
def _border_forward(gesture: _Gesture, square: float) -> float:
    """How far the red border stands before its neutral place, mm."""
    forward = gesture.protrusion_mm * (0.75 - 0.45 * square) + 0.4 * gesture.flare * (1 - square)
    return forward - (0.12 * gesture.jaw_drop_mm + 1.8 * gesture.tuck) * (1 - square)
