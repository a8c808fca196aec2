"""A posed mouth in, what a ruler laid on it would read out: the figures of `narrator motion`.

Everything is read from the geometry that is drawn, frontal, before the head turns; nothing is copied from the
channels that asked for it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import FACE_CHANNELS, MotionFrame
from avatar.render.lips import INNER_EDGE, VERMILION_ROWS
from avatar.render.mouth import NEUTRAL, Mouth, MouthPose
from avatar.render.presenter import Presenter
from avatar.render.tongue import ALONG, AROUND

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]

OPEN_MM = 0.3
"""Lips nearer than this are closed (lipreading.md 7)."""
SEEN_WITHIN_MM = 15.0
"""A tongue this far behind the incisors counts as not seen (judgement)."""
SAMPLES = 41
"""Heights probed along the midline between the lips."""
CENTRAL_MM = 6.0
"""The central incisors lie within this distance of the midline."""
FACE_READINGS = tuple(name for name in FACE_CHANNELS if name not in ("cheek_raise", "breath", "weight_shift_mm"))


class Ruler:
    """Measures one presenter's mouth."""

    def __init__(self, presenter: Presenter) -> None:
        self.mouth = Mouth(presenter)
        rest = self.mouth.pose(NEUTRAL)
        self._upper_edge = _central_edge(rest.upper_teeth, -1.0)
        self._lower_edge = _central_edge(rest.lower_teeth, 1.0)
        self._middle = rest.lips.upper.shape[1] // 2
        self._rest_jaw = float(rest.lower_teeth[self._lower_edge, 1])
        self._rest_width = self._corner_distance(rest)
        self._rest_front = self._front(rest)

    def read(self, frame: MotionFrame) -> dict[str, float]:
        """The mouth of one frame in its channels' units, then the face's angles and lids.

        tongue_visible: share of the opening not taken by teeth in which the tongue is seen, 0..1, weighed down with
        depth; tongue_past_teeth: share of the gap between the incisors filled by tongue in front of their edges, 0..1.
        """
        pose = self.mouth.pose(frame)
        readings = {**self._lips(pose), **self._jaw(pose), **self._tongue(pose)}
        readings |= {name: frame[name] for name in FACE_READINGS}
        return readings

    def _lips(self, pose: MouthPose) -> dict[str, float]:
        upper, lower = pose.lips.upper[INNER_EDGE], pose.lips.lower[INNER_EDGE]
        gap = upper[:, 1] - lower[:, 1]
        is_open = gap > OPEN_MM
        width = float(np.ptp(upper[is_open, 0])) if is_open.any() else 0.0
        edge = pose.upper_teeth[self._upper_edge]
        lip = pose.lips.lower[: VERMILION_ROWS + 1, self._middle]
        reach = np.hypot(lip[:, 1] - edge[1], lip[:, 2] - edge[2])
        return {
            "lip_height_mm": float(gap[self._middle]),
            "mouth_width": self._corner_distance(pose) / self._rest_width,
            "inner_width": width / self._rest_width,
            "lip_protrusion_mm": self._front(pose) - self._rest_front,
            "lower_lip_to_teeth_mm": float(reach.min()),
        }

    def _jaw(self, pose: MouthPose) -> dict[str, float]:
        top, bottom, upper, lower = self._midline(pose)
        return {
            "jaw_drop_mm": self._rest_jaw - lower,
            "incisor_gap_mm": max(0.0, upper - lower),
            "upper_teeth_mm": max(0.0, top - max(upper, bottom)),
            "lower_teeth_mm": max(0.0, min(lower, upper, top) - bottom),
        }

    def _tongue(self, pose: MouthPose) -> dict[str, float]:
        tip, incisor_z = pose.tongue[-1], float(pose.upper_teeth[self._upper_edge, 2])
        top, bottom, upper, lower = self._midline(pose)
        heights = np.linspace(bottom, top, SAMPLES)
        depth = _front_of_tongue(pose.tongue, heights)
        is_tooth = (heights > upper) | (heights < min(lower, upper))
        in_front = depth > incisor_z - 1.0
        is_seen = np.where(is_tooth, in_front, np.isfinite(depth)) & (top > bottom)
        light = np.clip(1 - (incisor_z - depth) / SEEN_WITHIN_MM, 0, 1)
        free = max(int((~is_tooth).sum()), 1)
        gap = (heights <= upper) & (heights >= lower)
        past = float((gap & (depth >= incisor_z)).sum() / gap.sum()) if gap.any() else 0.0
        return {
            "tongue_tip_forward_mm": float(tip[2]) - incisor_z,
            "tongue_tip_height_mm": float(tip[1]),
            "tongue_visible": float(min(np.where(is_seen, light, 0.0).sum() / free, 1.0)),
            "tongue_past_teeth": past,
        }

    def _midline(self, pose: MouthPose) -> tuple[float, float, float, float]:
        """Heights at the midline, mm: upper and lower lip's inner edge, upper and lower incisors' edge."""
        return (
            float(pose.lips.upper[INNER_EDGE, self._middle, 1]),
            float(pose.lips.lower[INNER_EDGE, self._middle, 1]),
            float(pose.upper_teeth[self._upper_edge, 1]),
            float(pose.lower_teeth[self._lower_edge, 1]),
        )

    def _corner_distance(self, pose: MouthPose) -> float:
        edge = pose.lips.upper[0]
        return float(np.linalg.norm(edge[-1] - edge[0]))

    def _front(self, pose: MouthPose) -> float:
        """Mean of both lips' foremost points at the midline, mm."""
        return float(pose.lips.upper[:, self._middle, 2].max() + pose.lips.lower[:, self._middle, 2].max()) / 2


def _central_edge(teeth: Floats, up: float) -> int:
    """The vertex at the front of the central incisors' biting edge; up is +1 for the lower row, -1 for the upper."""
    central = np.flatnonzero(np.abs(teeth[:, 0]) < CENTRAL_MM)
    height = teeth[central, 1] * up
    edge = central[height > height.max() - 0.05]
    return int(edge[np.argmax(teeth[edge, 2])])


def _front_of_tongue(tongue: Floats, heights: Doubles) -> Doubles:
    """(n,) depth z of the tongue's foremost surface on the midline at each height; -inf where it is not."""
    stations = tongue[:-1].reshape(ALONG, AROUND, 3)
    top, bottom = stations[:, AROUND // 4, :], stations[:, 3 * AROUND // 4, :]
    is_here = (heights[:, None] <= top[:, 1]) & (heights[:, None] >= bottom[:, 1])
    share = (heights[:, None] - bottom[:, 1]) / np.maximum(top[:, 1] - bottom[:, 1], 1e-6)
    z = bottom[:, 2] + (top[:, 2] - bottom[:, 2]) * np.clip(share, 0, 1)
    front: Doubles = np.where(is_here, z, -np.inf).max(axis=1)
    return front
