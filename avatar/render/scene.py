"""Layers in their order of drawing in, one set of meshes and texels out, and the picture of those that are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from avatar.render.close_up import CloseUp, Place
from avatar.render.drawing_memory import (
    FAR,
    KEPT,
    TEXELS,
    WHOLE,
    Meshes,
    Target,
    backdrop_of,
    bands_for,
    picture_memory,
    window,
)
from avatar.render.layer import Layer
from avatar.render.openings import eyes_of, mouth_of, whole_picture
from avatar.render.rasterise import draw

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint32]
Bools = npt.NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)

BAND_BYTES = 400_000
"""Canvas, depth and owners of one band: they stay in a core's own cache (1 MB and more) with the texels they need."""
BYTES_PER_PIXEL = 9


class Scene:
    """All layers of one renderer, and the memory of its picture."""

    def __init__(
        self,
        layers: Sequence[Layer],
        indices: Mapping[str, Ints],
        background: Packed,
        channels: int,
        pixels_per_mm: float,
        twin: Scene | None = None,
    ) -> None:
        """background (H, W) as packed() makes it; channels of the finished picture: 3, or 4 with alpha;
        pixels_per_mm as the camera has them.

        indices: named vertices of the skin (presenter.py).
        twin: a scene of the same layers, whose triangles, textures and background are shared.
        """
        self.layers = layers
        meshes = twin.meshes if twin else _meshes(layers)
        self.meshes: Meshes = meshes._replace(attributes=np.concatenate([layer.attributes for layer in layers]))
        _lend(self.meshes, layers)
        mouth = mouth_of(layers)
        self._openings = [mouth, *eyes_of(layers, indices)]
        self._close_up = CloseUp(mouth, layers, self.meshes, channels, pixels_per_mm)
        height, width = background.shape
        self.image, flat = picture_memory(height, width, channels)
        backdrop = twin.target.backdrop if twin else backdrop_of(background, channels)
        self.owner: Pixels = np.zeros((height, width), np.uint8)
        bands = min(max(height * width * BYTES_PER_PIXEL // BAND_BYTES, 1), height)
        self._bands = bands_for(bands, len(self.meshes.triangles))
        self.target: Target = Target(flat, *window(-(-height // bands), width), self.owner, background, backdrop)

    def draw(self, hidden: Sequence[str]) -> Pixels:
        """The picture (H, W, channels) of all layers as they are placed, but those of hidden names."""
        is_shown = self._is_shown(hidden)
        finer = self._drawn_finer(is_shown)
        is_drawn = is_shown.copy()
        if finer:
            is_drawn[self._close_up.mouth.behind] = False
        windows = np.tile(whole_picture(self.owner.shape), (len(self.layers), 1))
        for opening in self._openings:
            windows[opening.behind] = opening.box(self.owner.shape)
        draw(self.target, self.meshes, WHOLE, _twice(is_drawn), _twice(windows), self._bands)
        if finer:
            self._close_up.draw(finer, _twice(is_shown), self.target)
        return self.image

    def drawn_finer(self, hidden: Sequence[str]) -> Place | None:
        """The part of the picture that close_up.py draws: an open mouth, unless the picture is small."""
        return self._drawn_finer(self._is_shown(hidden))

    def _drawn_finer(self, is_shown: Bools) -> Place | None:
        is_open = is_shown[self._close_up.mouth.behind].any()
        return self._close_up.place(self.owner.shape) if is_open else None

    def opaque_depth(self, hidden: Sequence[str]) -> Floats:
        """(H, W) mm, larger is nearer, of what hides everything behind it; FAR where there is nothing."""
        canvas, depth = window(*self.owner.shape)
        depth.fill(FAR)
        is_shown = self._is_shown(hidden)
        whole = self.target._replace(canvas=canvas, depth=depth)
        is_drawn = np.concatenate((is_shown, np.zeros_like(is_shown)))
        everywhere = np.tile(whole_picture(self.owner.shape), (len(is_drawn), 1))
        draw(whole, self.meshes, WHOLE, is_drawn, everywhere, bands_for(1, len(self.meshes.triangles)))
        return depth[KEPT:]

    def _is_shown(self, hidden: Sequence[str]) -> Bools:
        return np.array([layer.part.name not in hidden for layer in self.layers])


def _meshes(layers: Sequence[Layer]) -> Meshes:
    """Opaque triangles of every layer, then blended ones of every layer; attributes are left empty."""
    corners = np.cumsum([0, *(len(layer.attributes) for layer in layers)])
    texels = np.cumsum([0, *(layer.texture.size for layer in layers)])
    triangles, surfaces = [], []
    first = 0
    for is_blended in (False, True):
        for layer, corner, texel in zip(layers, corners, texels, strict=False):
            own = layer.blended if is_blended else layer.opaque
            triangles.append(own + np.int32(corner))
            end = first + len(own)
            surfaces.append((first, end, layer.owner, texel, layer.texture.size, layer.texture[0].size, is_blended))
            first = end
    return Meshes(
        attributes=np.empty((0, 0), np.float32),
        triangles=np.ascontiguousarray(np.concatenate(triangles), np.int32),
        surface_of=np.repeat(np.arange(len(surfaces)), [len(own) for own in triangles]).astype(np.uint8),
        surfaces=np.array(surfaces, np.int64),
        texels=np.concatenate([layer.texture.reshape(-1) for layer in layers]),
    )


def _lend(meshes: Meshes, layers: Sequence[Layer]) -> None:
    """Has every layer write to, and read from, its share of the meshes, so that nothing is held twice."""
    first = 0
    for layer, surface in zip(layers, meshes.surfaces, strict=False):
        count = len(layer.attributes)
        layer.attributes = meshes.attributes[first : first + count]
        first += count
        from_texel = int(surface[TEXELS])
        layer.texture = meshes.texels[from_texel : from_texel + layer.texture.size].reshape(layer.texture.shape)


def _twice(rows: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
    """What holds of every layer, for its opaque surface and its blended one."""
    return np.concatenate((rows, rows))
