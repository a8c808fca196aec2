"""A MotionTrack in, what a ruler laid on the drawn mouth would read out.

Figures come from the posed meshes of the shipped presenter, as `narrator motion` prints them; read_channels is the
quick look at what was asked for, by the identities of motion_frame.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import OVERBITE_MM, MotionTrack
from avatar.presenters.library import DEFAULT, presenter
from avatar.render.measure import Ruler

Readings = dict[str, npt.NDArray[np.float64]]

TONGUE_THICKNESS_MM = 5.0
DARK_BEHIND_MM = 22.0


def read_geometry(track: MotionTrack, where: npt.NDArray[np.bool_] | None = None, face: str = DEFAULT) -> Readings:
    """(frames,) of each figure of `narrator motion` (design.md); NaN outside where, which saves the time."""
    ruler = _ruler(face)
    places = np.arange(len(track)) if where is None else np.flatnonzero(where)
    rows = [ruler.read(track.frame(int(place))) for place in places]
    found = {name: np.full(len(track), np.nan) for name in rows[0]}
    for name, values in found.items():
        values[places] = [row[name] for row in rows]
    return found


def only(track: MotionTrack, places: Sequence[int]) -> MotionTrack:
    """These frames alone, for reading a few moments of a long track; their times no longer mean anything."""
    return MotionTrack(0.0, track.fps, tuple(track.phones[place] for place in places), track.values[list(places)])


@lru_cache(maxsize=4)
def _ruler(face: str) -> Ruler:
    return Ruler(presenter(face))


def read_channels(track: MotionTrack) -> Readings:
    """The figures that follow from the channels alone."""
    get = {name: track.channel(name).astype(np.float64) for name in _CHANNELS}
    top = get["upper_teeth_mm"]
    bottom = top - get["lip_height_mm"]
    lower_edge = OVERBITE_MM - get["jaw_drop_mm"]
    opening = np.maximum(get["lip_height_mm"], 0.0)
    tip, forward = get["tongue_tip_height_mm"], get["tongue_tip_forward_mm"]
    seen = np.clip(np.minimum(tip, np.minimum(top, 0.0)) - np.maximum(tip - TONGUE_THICKNESS_MM, bottom), 0.0, None)
    depth = np.clip(1.0 + np.minimum(forward, 0.0) / DARK_BEHIND_MM, 0.0, 1.0)
    gap = np.maximum(-lower_edge, 0.0)
    overlap = np.clip(
        np.minimum(tip + TONGUE_THICKNESS_MM / 2, 0.0) - np.maximum(tip - TONGUE_THICKNESS_MM / 2, lower_edge),
        0.0,
        None,
    )
    return get | {
        "incisor_gap_mm": gap,
        "lower_lip_to_teeth_mm": np.abs(bottom),
        "upper_teeth_mm": np.clip(np.minimum(top, opening), 0.0, None),
        "lower_teeth_mm": np.clip(np.minimum(lower_edge, np.minimum(top, 0.0)) - bottom, 0.0, None),
        "tongue_visible": np.where(opening > 0, seen / np.maximum(opening, 1.0), 0.0) * depth,
        "tongue_past_teeth": np.where((forward > 0) & (gap > 0), np.minimum(overlap / np.maximum(gap, 1e-6), 1.0), 0.0),
    }


_CHANNELS = (
    "jaw_drop_mm",
    "lip_height_mm",
    "mouth_width",
    "inner_width",
    "lip_protrusion_mm",
    "upper_teeth_mm",
    "tongue_tip_forward_mm",
    "tongue_tip_height_mm",
)
