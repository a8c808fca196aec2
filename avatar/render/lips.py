"""Lip landmarks and a motion frame in, both lips' surfaces in millimetres out.

Each lip is a strip of columns (corner to corner) and rows (red border, over the vermilion, inner edge, then back into
the mouth). The inner edges are placed by the channels themselves, so that what is asked for is what is drawn; the red
border and with it the skin follow. Coordinates as in presenter.py; the channels' geometry as in motion_frame.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import MotionFrame

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
CORNER_DROP = 0.33
"""Share of the lower lip's drop that the mouth's corners take (judgement, from talking faces)."""
MEETING_HEIGHT = 0.42
"""Where, between upper (0) and lower (1) inner edge, the closed part beside the opening lies."""
TUCK_CLEARANCE_MM = 0.3
"""A tucked lip's skin stands this far before the incisors' edge: touching, with room for the mesh's own thickness."""
SMILE_CORNER_MM = 4.0
"""Rise of the corners at smile 1."""
UPPER_BULGE_MM, LOWER_BULGE_MM = 1.7, 2.7
"""How far a relaxed lip's surface stands out before the chord from border to inner edge."""


@dataclass(frozen=True, slots=True)
class PosedLips:
    """Both lips of one frame, mm."""

    upper: Floats
    """(ROWS, columns, 3), left to right as the viewer sees them."""
    lower: Floats
    """(ROWS, columns, 3), left to right."""


class LipShape:
    """The neutral lips of one presenter and how they move."""

    def __init__(self, ring: Floats, line: Floats) -> None:
        """ring (2n, 3): the red border from the viewer's left corner over the upper lip and back below; line (m, 3)."""
        n = len(ring) // 2
        self.upper_border: Doubles = ring[: n + 1].astype(np.float64)
        self.lower_border: Doubles = np.vstack([ring[n:], ring[:1]])[::-1].astype(np.float64)
        self.half_width = float(self.upper_border[-1, 0] - self.upper_border[0, 0]) / 2
        self.line_z = float(np.interp(0.0, line[:, 0], line[:, 2]))
        self.incisor_z = self.line_z - INCISOR_BEHIND_LIP_LINE_MM
        self._upper = _Lip(self.upper_border, line, self.half_width, 1.0)
        self._lower = _Lip(self.lower_border, line, self.half_width, -1.0)

    def pose(self, frame: MotionFrame) -> PosedLips:
        """The lips of this frame."""
        opening = _Opening(frame, self.half_width)
        return PosedLips(
            upper=self._upper.pose(frame, opening, self.incisor_z),
            lower=self._lower.pose(frame, opening, self.incisor_z),
        )


class _Opening:
    """The hole between the lips: where its edges lie at a fraction s (-1..1) of the half mouth width."""

    def __init__(self, frame: MotionFrame, half_width: float) -> None:
        self.height = frame["lip_height_mm"]
        self.top = frame["upper_teeth_mm"]
        self.half_width = frame["mouth_width"] * half_width
        # An opening is never a needle: at least as wide as half its height.
        inner = max(frame["inner_width"] * half_width, 0.25 * max(self.height, 0.0), 1e-3)
        self.inner_half_width = min(inner, 0.97 * self.half_width)
        self.meeting = self.top - MEETING_HEIGHT * self.height
        drop = max(self.height - self.top, 0.0)
        self.corner = -CORNER_DROP * drop + 0.2 * max(self.top, 0.0) + SMILE_CORNER_MM * frame["smile"]
        self.roundness = float(np.clip(1.6 - 2.2 * frame["inner_width"], 0.0, 1.0))

    def edge(self, s: Doubles, side: float) -> Doubles:
        """Height of the inner edge, mm; side +1 upper lip, -1 lower lip."""
        meeting = self.corner + (self.meeting - self.corner) * (1 - s**2)
        if self.height <= 0:  # pressed lips overlap along their whole length
            return meeting + side * 0.5 * self.height * (1 - s**2)
        t = np.clip(np.abs(s) * self.half_width / self.inner_half_width, 0, 1)
        # The upper edge runs flatter than the lower one, until rounding makes both of them half an ellipse.
        bend, power = (3.0, 0.75) if side > 0 else (2.2, 0.68)
        bend -= (bend - 2.0) * self.roundness
        arch = (1 - t**bend) ** (power - 0.18 * self.roundness)
        reach = self.top - self.meeting if side > 0 else self.top - self.height - self.meeting
        return meeting + reach * arch

    def smooth_edge(self, s: Doubles, side: float) -> Doubles:
        """The edge as the red border sees it: the same height in the middle, no steep ends."""
        meeting = self.corner + (self.meeting - self.corner) * (1 - s**2)
        reach = self.top - self.meeting if side > 0 else self.top - self.height - self.meeting
        return meeting + reach * (1 - s**2)


_BACK = np.arange(1, INSIDE_ROWS + 1)[:, None]
_TOWARDS_EDGE = np.linspace(0, 1, VERMILION_ROWS)[:, None, None] ** 0.9
_PROFILE = np.sin(np.pi * np.linspace(0, 1, VERMILION_ROWS)[:, None] ** 0.85) ** 0.9
"""Rows (VERMILION_ROWS, 1): how far each stands out of the chord from border to edge, 0..1."""


class _Lip:
    """One lip; side is +1 for the upper and -1 for the lower."""

    def __init__(self, border: Doubles, line: Floats, half_width: float, side: float) -> None:
        self.side = side
        self.border = border
        self.s: Doubles = np.clip(border[:, 0] / half_width, -1, 1)
        self.s[0], self.s[-1] = -1.0, 1.0
        line_y = np.interp(border[:, 0], line[:, 0], line[:, 1])
        self.line_z = np.interp(border[:, 0], line[:, 0], line[:, 2])
        # The neutral line's own shape, 0 at the midline, where heights are promised; it fades as the mouth opens.
        self.line_shape = line_y - np.interp(0.0, line[:, 0], line[:, 1])
        self.thickness = np.abs(border[:, 1] - line_y)
        self.thickness[[0, -1]] = 0.0
        self.square: Doubles = self.s**2
        self.middle: Doubles = np.sqrt(np.clip(1 - self.square, 0, 1))
        """1 at the midline, 0 in the corners."""
        self.full_bulge: Doubles = (UPPER_BULGE_MM if side > 0 else LOWER_BULGE_MM) * _PROFILE * self.middle**0.8
        self.inside: Doubles = side * 0.55 * _BACK**1.6 * self.middle

    def pose(self, frame: MotionFrame, opening: _Opening, incisor_z: float) -> Floats:
        """(ROWS, columns, 3) mm."""
        s, side = self.s, self.side
        own_shape = self.line_shape * float(np.clip(1 - opening.height / 10, 0.25, 1))
        inner = np.empty_like(self.border)
        inner[:, 0] = s * opening.half_width
        inner[:, 1] = opening.edge(s, side) + own_shape
        inner[:, 2] = self._inner_depth(frame, incisor_z)
        border = self._border(frame, opening, own_shape)
        rows = np.empty((ROWS, len(s), 3))
        rows[:VERMILION_ROWS] = border + (inner - border) * _TOWARDS_EDGE
        rows[:VERMILION_ROWS, :, 2] += self._fullness(frame) * self.full_bulge
        rows[VERMILION_ROWS:, :, 0] = inner[:, 0] * (1 - 0.01 * _BACK)
        rows[VERMILION_ROWS:, :, 1] = inner[:, 1] + self.inside
        floor = incisor_z + 0.6
        rows[VERMILION_ROWS:, :, 2] = np.maximum(
            inner[:, 2] - 1.5 * _BACK, np.minimum(inner[:, 2] - 0.3, floor - 12 * self.square)
        )
        return rows.astype(np.float32)

    def _inner_depth(self, frame: MotionFrame, incisor_z: float) -> Doubles:
        """Depth of the inner edge: pushed forward by protrusion, drawn onto the teeth by tuck and press."""
        opening_back = 0.06 * max(frame["lip_height_mm"], 0.0)
        protrusion = frame["lip_protrusion_mm"] + 1.2 * frame["lip_flare"]
        depth: Doubles = self.line_z + protrusion * (1 - 0.68 * self.square) - opening_back * self.middle
        depth -= 1.3 * frame["lip_press"] * self.middle
        if self.side < 0:
            depth -= 0.10 * frame["jaw_drop_mm"] * self.middle
            tuck = frame["lower_lip_tuck"] * (1 - 0.5 * self.square)
            depth += (incisor_z + TUCK_CLEARANCE_MM - 4.2 * self.square - depth) * tuck
        return depth

    def _border(self, frame: MotionFrame, opening: _Opening, own_shape: Doubles) -> Doubles:
        """(columns, 3): the red border, where the skin takes over."""
        s, side = self.s, self.side
        border = np.empty_like(self.border)
        border[:, 0] = self.border[:, 0] / abs(self.border[0, 0]) * opening.half_width
        border[:, 1] = opening.smooth_edge(s, side) + own_shape + side * self.thickness * self._height_scale(frame)
        protrusion = frame["lip_protrusion_mm"] * (0.75 - 0.45 * s**2) + 0.4 * frame["lip_flare"] * (1 - s**2)
        border[:, 2] = self.border[:, 2] + protrusion
        if side < 0:
            border[:, 2] -= (0.12 * frame["jaw_drop_mm"] + 1.8 * frame["lower_lip_tuck"]) * (1 - s**2)
        return border

    def _height_scale(self, frame: MotionFrame) -> float:
        """Visible height of the vermilion over the neutral one: spread, open and pressed lips are thinner."""
        scale = 1.0 - 0.014 * max(frame["lip_height_mm"], 0.0) - 0.9 * (frame["mouth_width"] - 1.0)
        scale += 0.018 * frame["lip_protrusion_mm"] + 0.22 * frame["lip_flare"] - 0.42 * frame["lip_press"]
        if self.side < 0:
            scale -= 0.25 * frame["lower_lip_tuck"]
        return float(np.clip(scale, 0.45, 1.5))

    def _fullness(self, frame: MotionFrame) -> float:
        """Bulge over the neutral one."""
        scale = 1.0 - 0.025 * max(frame["lip_height_mm"], 0.0) - 1.2 * (frame["mouth_width"] - 1.0)
        scale += 0.06 * frame["lip_protrusion_mm"] - 0.35 * frame["lip_press"]
        return float(np.clip(scale, 0.35, 1.8))
