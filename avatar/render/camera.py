"""A framing and a frame size in, a camera out that turns millimetres into pixels.

A portrait lens: the camera stands CAMERA_DISTANCE_MM away, so that a face keeps its natural proportions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from avatar.render.flash import MOST_PIXELS_PER_MM
from narrator.errors import SettingError
from narrator.flow import Viewport

CAMERA_DISTANCE_MM = 1100.0


@dataclass(frozen=True, slots=True)
class Framing:
    """What a picture holds at the lips' plane, mm."""

    top_mm: float
    """Upper end of what is to be seen, above the lip line."""
    bottom_mm: float
    """Lower end; below the lip line it is negative."""
    narrowest_mm: float
    """At least this much is seen across."""
    widest_mm: float
    """At most this much is seen across, if what is to be seen must be cut for it."""
    air: float
    """Where more is seen than asked for, this share of it lies above."""
    cut_above: float = 0.85
    """Where less is seen, this share of what is missing is missing above."""


FRAMINGS = {
    "face": Framing(192.0, -98.0, 252.0, 414.0, 0.25),
    "signer": Framing(202.0, -452.0, 528.0, math.inf, 0.25),
    "mouth": Framing(40.0, -44.0, 110.0, math.inf, 0.5),
}
"""face: the mouth (50 mm) is 12 % of a 16:9 picture's width, 17 % of a square one's, 20 % of an upright one's; hair and
chin are whole, with room for captions below, except in a wide picture; signer: elbows and hands are inside; mouth:
nose to chin (lipreading.md 5)."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where a millimetre lands on the picture: x = middle_x + x_mm * scale * D / (D - z_mm), y likewise, downward."""

    pixels_per_mm: float
    """At the plane of the lips, z = 0."""
    middle_x: float
    """Pixel column of x = 0."""
    middle_y: float
    """Pixel row of y = 0."""


@dataclass(frozen=True, slots=True)
class Extent:
    """What of the lips' plane a picture shows, mm."""

    left_mm: float
    right_mm: float
    bottom_mm: float
    top_mm: float


def extent_of(viewport: Viewport) -> Extent:
    """The picture's rim. Raises SettingError for an unknown framing."""
    camera = camera_for(viewport)
    return Extent(
        left_mm=-camera.middle_x / camera.pixels_per_mm,
        right_mm=(viewport.width - camera.middle_x) / camera.pixels_per_mm,
        bottom_mm=(camera.middle_y - viewport.height) / camera.pixels_per_mm,
        top_mm=camera.middle_y / camera.pixels_per_mm,
    )


def camera_for(viewport: Viewport) -> Camera:
    """The camera of a viewport, no nearer than is safe (flash.py). Raises SettingError for an unknown framing."""
    framing = _framing(viewport)
    width_mm = max(_framed_width_mm(viewport), viewport.width / MOST_PIXELS_PER_MM)
    spare_mm = width_mm * viewport.height / viewport.width - (framing.top_mm - framing.bottom_mm)
    top_mm = framing.top_mm + spare_mm * (framing.air if spare_mm > 0 else framing.cut_above)
    scale = viewport.width / width_mm
    return Camera(scale, viewport.width / 2, top_mm * scale)


def is_kept_small(viewport: Viewport) -> bool:
    """Whether the framing asks for a mouth so large that it would flash, and more is shown around it instead."""
    return viewport.width / _framed_width_mm(viewport) > MOST_PIXELS_PER_MM


def _framed_width_mm(viewport: Viewport) -> float:
    """What the framing alone would show across."""
    framing = _framing(viewport)
    wanted_mm = (framing.top_mm - framing.bottom_mm) * viewport.width / viewport.height
    return viewport.distance * min(max(wanted_mm, framing.narrowest_mm), framing.widest_mm)


def _framing(viewport: Viewport) -> Framing:
    framing = FRAMINGS.get(viewport.framing)
    if framing is None:
        raise SettingError(
            f"a framing out of {', '.join(FRAMINGS)}", f"{viewport.framing!r} came", "Choose one with --framing."
        )
    return framing
