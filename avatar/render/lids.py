"""A posed skin and how far each eye is shut in, painted lids that come over it out.

A picture shows no shut eye, and what it has above the eye would be drawn out into streaks. A presenter made from one
brings its shut lids as parts of their own, which lie on the skin and are seen the more the further the eye is shut.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import MotionFrame
from avatar.render.layer import Layer
from avatar.render.presenter import Presenter

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

SIDES = ("left", "right")
LEVELS = 8
"""A lid's texture holds so many copies side by side, each denser than the one before: the last is the whole lid."""
SHOWN_FROM, WHOLE_AT = 0.08, 0.55
"""How far an eye is shut where its painted lid begins to show, and where it is all that is seen."""
LID_SHADOW, SHADOW_FROM, SHADOW_AT = 0.45, 0.45, 0.9
"""A shutting lid takes this share of its light from the eye, from the one to the other: the last of the white would
flash."""


class PaintedLids:
    """The painted lids of one presenter; of a drawn one there are none."""

    def __init__(self, presenter: Presenter) -> None:
        skin, indices = presenter.part("skin").vertices, presenter.indices
        self._skin_of: dict[str, Ints] = {
            f"lid_{side}": indices[f"lid_skin_{side}"] for side in SIDES if f"lid_skin_{side}" in indices
        }
        self._before: dict[str, Floats] = {
            name: presenter.part(name).vertices - skin[places] for name, places in self._skin_of.items()
        }

    def vertices(self, skin: Floats) -> dict[str, Floats]:
        """Each lid's vertices (V, 3) mm on a posed skin."""
        return {name: skin[places] + self._before[name] for name, places in self._skin_of.items()}

    def hidden(self, frame: MotionFrame) -> tuple[str, ...]:
        """The lids of eyes that are open."""
        return tuple(name for name in self._skin_of if frame[f"eye{name}"] <= SHOWN_FROM)

    def show(self, layers: dict[str, Layer], frame: MotionFrame) -> None:
        """Has each lid's layer read the copy that is as dense as the eye is shut, and shades the eye behind it."""
        for name in self._skin_of:
            shut = frame[f"eye{name}"]
            layers[name].read_from(min(int(_risen(shut, SHOWN_FROM, WHOLE_AT) * LEVELS), LEVELS - 1) / LEVELS)
            light = 1 - LID_SHADOW * _risen(shut, SHADOW_FROM, SHADOW_AT)
            for behind in (name.replace("lid", "eye"), name.replace("lid", "white")):
                layers[behind].shade = np.full_like(layers[behind].shade, light)


def _risen(value: float, start: float, end: float) -> float:
    return min(max((value - start) / (end - start), 0.0), 1.0)
