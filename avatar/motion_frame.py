"""The channels that move a face: one MotionFrame per video frame, and a MotionTrack of many.

These are what is *asked* of the face. What is *drawn* is read back from the posed geometry by avatar/render/measure.

Mouth channels are millimetres on a face whose pupils are 63 mm apart, frontal view, y up, relative to the neutral
face of MPEG-4: mouth closed, teeth touching, lips at rest. The resting lip line lies at the height of the upper
incisors' edge, and the lower incisors overlap the upper ones by OVERBITE_MM when the teeth touch, so

    height of upper lip's inner edge  = upper_teeth_mm
    height of lower lip's inner edge  = upper_teeth_mm - lip_height_mm
    height of lower incisors' edge    = OVERBITE_MM - jaw_drop_mm
    incisor gap                       = max(0, jaw_drop_mm - OVERBITE_MM)

and the visible lower teeth follow from these: they cannot be asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

OVERBITE_MM = 1.5
"""Vertical overlap of the incisors at rest; adults 2-3 mm, here less so that a sibilant's teeth show (judgement)."""

MOUTH_CHANNELS = (
    "jaw_drop_mm",  # lower-incisor drop, 0..18
    "lip_height_mm",  # inner lips apart at the midline, -2 (pressed) .. 22
    "mouth_width",  # corner to corner over the neutral width, 0.62..1.22
    "inner_width",  # opening between the lips over the neutral mouth width, 0..1
    "lip_protrusion_mm",  # both lips forward, -2..12
    "upper_teeth_mm",  # upper lip's inner edge above the upper incisors' edge, -2..4
    "lower_lip_tuck",  # 0..1: lower lip drawn back and up onto the upper incisors' edge (F V)
    "lip_press",  # 0..1: both lips rolled in and pressed (P B, less for M)
    "lip_flare",  # 0..1: lips turned outward like a trumpet (SH)
    "tongue_tip_forward_mm",  # ahead of the incisors' plane; rest -12, TH +3
    "tongue_tip_height_mm",  # above the upper incisors' edge; rest -6 in an open mouth, ridge +4
    "tongue_body",  # 0 low and back (AA) .. 1 high and front (IY)
)
FACE_CHANNELS = (
    "brow_raise_left",  # -1..1, the person's own left
    "brow_raise_right",
    "brow_furrow",  # -1..1
    "eyelid_left",  # 0 open, 1 shut
    "eyelid_right",
    "cheek_raise",  # 0..1
    "smile",  # -1..1
    "gaze_yaw_deg",  # + to the person's left
    "gaze_pitch_deg",  # + up
    "head_yaw_deg",  # + to the person's left
    "head_pitch_deg",  # + up
    "head_roll_deg",  # + towards the person's left shoulder
    "breath",  # 0..1, chest and shoulders up and out
    "weight_shift_mm",  # the head's way to the person's left as the weight goes from foot to foot
)
CHANNELS = MOUTH_CHANNELS + FACE_CHANNELS
INDEX = {name: i for i, name in enumerate(CHANNELS)}

REST = np.zeros(len(CHANNELS), np.float32)
"""The neutral face."""
REST[INDEX["mouth_width"]] = 1.0
REST[INDEX["tongue_tip_forward_mm"]] = -8.0
REST[INDEX["tongue_tip_height_mm"]] = 2.0
REST[INDEX["tongue_body"]] = 0.5


@dataclass(frozen=True, slots=True)
class MotionFrame:
    """One moment of a face."""

    time_s: float
    """Presentation time, seconds from the first sample of the utterance."""
    phone: str
    """IPA of the sound at that moment; empty in silence."""
    values: Floats
    """(len(CHANNELS),) float32, ordered as CHANNELS."""

    def __getitem__(self, channel: str) -> float:
        return float(self.values[INDEX[channel]])


@dataclass(frozen=True, slots=True)
class MotionTrack:
    """The motion of one utterance at a steady frame rate."""

    start_s: float
    """Presentation time of the first frame; negative in the preroll."""
    fps: float
    phones: tuple[str, ...]
    """IPA per frame; empty in silence."""
    values: Floats
    """(frames, len(CHANNELS)) float32."""

    def __len__(self) -> int:
        return len(self.values)

    def __iter__(self) -> Iterator[MotionFrame]:
        return (self.frame(i) for i in range(len(self)))

    def frame(self, i: int) -> MotionFrame:
        """Frame i, 0-based."""
        return MotionFrame(self.start_s + i / self.fps, self.phones[i], self.values[i])

    def at(self, time_s: float) -> MotionFrame:
        """The frame whose interval holds the moment, held at both ends."""
        return self.frame(self.place(time_s))

    def place(self, time_s: float) -> int:
        """Which frame that is, 0-based."""
        i = int(np.floor((time_s - self.start_s) * self.fps + 1e-6))
        return min(max(i, 0), len(self) - 1)

    def channel(self, name: str) -> Floats:
        """(frames,) of one channel; a view."""
        return self.values[:, INDEX[name]]
