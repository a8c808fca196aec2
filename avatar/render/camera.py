"""A framing and a frame size in, a camera out that turns millimetres into pixels.

A portrait lens: the camera stands CAMERA_DISTANCE_MM away, so that a face keeps its natural proportions.
"""

from __future__ import annotations

from dataclasses import dataclass

from narrator.errors import SettingError
from narrator.flow import Viewport

CAMERA_DISTANCE_MM = 1100.0


@dataclass(frozen=True, slots=True)
class Framing:
    """What a picture holds at the lips' plane, mm."""

    width_mm: float
    """At least this much is seen across."""
    height_mm: float
    """At least this much is seen from top to bottom."""
    centre_y_mm: float
    """Height of the picture's middle above the lip line, where it is height_mm high."""


FRAMINGS = {
    "face": Framing(260.0, 234.0, 16.0),
    "signer": Framing(480.0, 560.0, -95.0),
    "mouth": Framing(110.0, 84.0, -2.0),
}
"""face: the mouth (50 mm) is 12 % of a 16:9 picture's width, 19 % of a square one's; mouth: nose to chin
(lipreading.md 5)."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where a millimetre lands on the picture: x = middle_x + x_mm * scale * D / (D - z_mm), y likewise, downward."""

    pixels_per_mm: float
    """At the plane of the lips, z = 0."""
    middle_x: float
    """Pixel column of x = 0."""
    middle_y: float
    """Pixel row of y = 0."""


def camera_for(viewport: Viewport) -> Camera:
    """The camera of a viewport. Raises SettingError for an unknown framing."""
    framing = FRAMINGS.get(viewport.framing)
    if framing is None:
        raise SettingError(
            f"a framing out of {', '.join(FRAMINGS)}", f"{viewport.framing!r} came", "Choose one with --framing."
        )
    scale = min(viewport.width / framing.width_mm, viewport.height / framing.height_mm)
    # A picture higher than needed shows more chest, not more air over the head.
    spare_mm = viewport.height / scale - framing.height_mm
    centre = framing.centre_y_mm - 0.3 * spare_mm
    return Camera(scale, viewport.width / 2, viewport.height / 2 + centre * scale)
