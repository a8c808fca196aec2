"""A drawn picture and the meshes of its scene in, the open mouth drawn again with twice the rows and averaged out.

Edges of teeth and tongue are lines of a pixel or two, nearly level: supersampled downward they do not go up in steps,
and do not flicker when the head moves.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.drawing_memory import Meshes, Target, View, bands_for, picture_memory, window
from avatar.render.layer import Layer
from avatar.render.openings import Opening
from avatar.render.rasterise import draw

Pixels = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

Place = tuple[int, int, int, int]
"""First column and the one after the last, first row and the one after the last."""
FINER = 2
"""Rows drawn for each of the picture's."""
FROM_PX, FROM_PX_PER_MM = 400_000, 2.5
"""Pictures of fewer pixels cost triangles rather than pixels, and drawing the mouth's twice would take a tenth of a
frame's time; but in a small picture of a mouth alone nothing else is to be seen. There is no limit above: flash.py
keeps an open mouth small."""
BEYOND_PX = 1 << 20
"""No picture is so large."""


class CloseUp:
    """The mouth of one scene."""

    def __init__(
        self, mouth: Opening, layers: Sequence[Layer], meshes: Meshes, channels: int, pixels_per_mm: float
    ) -> None:
        self.mouth = mouth
        self._meshes: Meshes = _near(meshes, np.concatenate([mouth.is_near(layer) for layer in layers]))
        self._bands = bands_for(1, len(self._meshes.triangles))
        self._channels = channels
        self._from_px = FROM_PX if pixels_per_mm < FROM_PX_PER_MM else 0
        self._everywhere = np.tile(np.array((0, BEYOND_PX, 0, BEYOND_PX), np.int32), (len(meshes.surfaces), 1))

    def place(self, shape: tuple[int, ...]) -> Place | None:
        """What is drawn finer of a picture (H, W); nothing where no mouth shows, or the picture is small."""
        if shape[0] * shape[1] < self._from_px:
            return None
        left, right, top, bottom = self.mouth.box(shape)
        left, right, top, bottom = max(left, 0), min(right + 1, shape[1]), max(top, 0), min(bottom + 1, shape[0])
        return (left, right, top, bottom) if left < right and top < bottom else None

    def draw(self, place: Place, is_shown: Bools, picture: Target) -> None:
        """Draws that part of the picture again; is_shown (S,) of the meshes' surfaces."""
        left, right, top, bottom = place
        part, size = (slice(top, bottom), slice(left, right)), (FINER * (bottom - top), right - left)
        image, flat = picture_memory(*size, self._channels)
        owner = np.empty(size, np.uint8)
        backdrop = np.repeat(_seen(picture.backdrop, picture, self._channels)[part], FINER, axis=0).reshape(-1)
        target = Target(flat, *window(*size), owner, np.repeat(picture.background[part], FINER, axis=0), backdrop)
        view = View(np.float32(left), np.float32(top), np.float32(FINER))
        draw(target, self._meshes, view, is_shown, self._everywhere, self._bands)
        seen = _seen(picture.image, picture, self._channels)[part]
        cv2.resize(image, (right - left, bottom - top), dst=seen, interpolation=cv2.INTER_AREA)
        picture.owner[part] = owner[::FINER]


def _seen(flat: Pixels, picture: Target, channels: int) -> Pixels:
    """(H, W, channels) of a picture's memory."""
    height, width = picture.owner.shape
    return flat[: height * width * channels].reshape(height, width, channels)


def _near(meshes: Meshes, is_near: Bools) -> Meshes:
    """The meshes without the triangles that are nowhere near; is_near (V,)."""
    kept = is_near[meshes.triangles].any(axis=1)
    before = np.concatenate([[0], np.cumsum(kept)])
    surfaces = meshes.surfaces.copy()
    surfaces[:, :2] = before[surfaces[:, :2]]
    return meshes._replace(
        triangles=np.ascontiguousarray(meshes.triangles[kept]), surface_of=meshes.surface_of[kept], surfaces=surfaces
    )
