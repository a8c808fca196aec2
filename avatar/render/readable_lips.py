"""How high a presenter's red lips are and a frame in, what its lips do beyond the frame so that they can be read out.

Thin lips unroll as they part. Lips of a picture have neither gloss nor relief: on them a slit passes for the line
between closed lips, and a small hole under a bowed lip for a shadow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from avatar.motion_frame import MotionFrame
from avatar.render.jaw import smooth_between

READABLE_MM = (6.0, 8.5)
"""Upper and lower lips with less red than this at the midline unroll up to it as they part: beside a line of red,
nobody tells an open mouth from a dark one. The built-in presenters have as much."""
UNROLLED_MM = 3.0
"""Lip height at which they are wholly unrolled; shut lips are as they are."""
RISES = 0.55
"""Share of what the upper lip lacks by which it rises then: a thin one hides the teeth (judgement)."""
WIDER_MM, WIDER_WITHIN_MM, WIDER_BELOW_MM = 1.4, (0.5, 2.0), (3.6, 6.2)
"""Lips of a picture stand further apart by so much, wholly so between 2.0 and 3.6 mm; shut and open ones as asked."""
WIDER_ABOVE = 0.4
"""The upper lip's share of it."""
ROUNDED_WIDER_MM, ROUNDED_OF_PICTURE_MM, ROUNDED_JAW_MM = 0.7, 3.1, (2.5, 4.5)
"""Wholly rounded ones, of anyone and of a picture, by so much where the jaw has dropped so far: a dark hole is seen one
or two millimetres smaller than it is, one that teeth fill is not."""
TONGUE_WIDER_MM, TONGUE_OUT_MM = 0.4, (0.5, 2.5)
"""And by so much where the tongue comes before the teeth so far: it takes room from the opening."""
TUCK_RISES_MM = 0.5
"""The upper lip rises so far over a tucked lower one: the teeth on it are seen for what they are."""


class Helped(NamedTuple):
    """What is done to one frame's lips."""

    unrolled: tuple[float, float]
    """Upper and lower: red over the lip's own."""
    rises_mm: float
    """The upper lip's inner edge, over what was asked."""
    wider_mm: float
    """The lips apart, over what was asked."""
    own_shape: float
    """0..1: how much is left of the resting line's shape."""


class ReadableLips:
    """One presenter's lips."""

    def __init__(self, red_mm: Sequence[float], *, is_picture: bool) -> None:
        """red_mm: the upper and the lower lip's red at the midline."""
        lacks_mm = [max(mm - own, 0.0) for mm, own in zip(READABLE_MM, red_mm, strict=True)]
        self._unrolls = [lack / max(own, 1e-3) for lack, own in zip(lacks_mm, red_mm, strict=True)]
        self._rises_mm = RISES * lacks_mm[0]
        self._is_picture = is_picture

    def help(self, frame: MotionFrame, roundness: float) -> Helped:
        """roundness 0..1; a tuck stays the contact it is, and rounded lips hide the teeth."""
        height, free = frame["lip_height_mm"], 1 - frame["lower_lip_tuck"]
        parted = min(max(height / UNROLLED_MM, 0.0), 1.0)
        open_ = float(smooth_between(height, *WIDER_WITHIN_MM))
        hole = roundness**2 * float(smooth_between(frame["jaw_drop_mm"], *ROUNDED_JAW_MM))
        wider_mm, tuck_mm = ROUNDED_WIDER_MM * hole * open_ * free, 0.0
        if self._is_picture:
            small = 1 - float(smooth_between(height, *WIDER_BELOW_MM))
            tongue_out = float(smooth_between(frame["tongue_tip_forward_mm"], *TONGUE_OUT_MM))
            wider_mm = max(WIDER_MM * small, ROUNDED_OF_PICTURE_MM * hole, TONGUE_WIDER_MM * tongue_out) * open_ * free
            tuck_mm = TUCK_RISES_MM * open_ * max(1 - free, 0.0)
        upper, lower = self._unrolls
        own_shape = min(max(1 - (height + wider_mm) / 10, 0.25), 1.0)
        return Helped(
            unrolled=(1 + upper * parted, 1 + lower * parted),
            rises_mm=self._rises_mm * parted * free * (1 - roundness) + WIDER_ABOVE * wider_mm + tuck_mm,
            wider_mm=wider_mm + tuck_mm,
            own_shape=own_shape * (1 - max(roundness * parted, frame["lip_press"])) if self._is_picture else own_shape,
        )
