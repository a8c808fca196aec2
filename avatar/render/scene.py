"""Layers in their order of drawing in, one set of meshes and texels out, and the picture of those that are seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from avatar.render.drawing_memory import FAR, KEPT, TEXELS, Bands, Meshes, Target, window
from avatar.render.edges import SPILT_BYTES
from avatar.render.layer import Layer
from avatar.render.openings import Openings, whole_picture
from avatar.render.rasterise import draw

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint32]

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
        twin: Scene | None = None,
    ) -> None:
        """background (H, W) as packed() makes it; channels of the finished picture: 3, or 4 with alpha.

        indices: named vertices of the skin (presenter.py).
        twin: a scene of the same layers, whose triangles, textures and background are shared.
        """
        self.layers = layers
        meshes = twin.meshes if twin else _meshes(layers)
        self.meshes: Meshes = meshes._replace(attributes=np.concatenate([layer.attributes for layer in layers]))
        _lend(self.meshes, layers)
        self._openings = Openings(layers, indices)
        height, width = background.shape
        self.image, flat = _picture(height, width, channels)
        backdrop = twin.target.backdrop if twin else _backdrop(background, channels)
        self.owner: Pixels = np.zeros((height, width), np.uint8)
        bands = min(max(height * width * BYTES_PER_PIXEL // BAND_BYTES, 1), height)
        self._bands = _bands(bands, len(self.meshes.triangles))
        self.target: Target = Target(flat, *window(-(-height // bands), width), self.owner, background, backdrop)

    def draw(self, hidden: Sequence[str]) -> Pixels:
        """The picture (H, W, channels) of all layers as they are placed, but those of hidden names."""
        is_shown = [layer.part.name not in hidden for layer in self.layers]
        windows = np.tile(self._openings.windows(self.owner.shape), (2, 1))
        draw(self.target, self.meshes, np.array(is_shown + is_shown), windows, self._bands)
        return self.image

    def opaque_depth(self, hidden: Sequence[str]) -> Floats:
        """(H, W) mm, larger is nearer, of what hides everything behind it; FAR where there is nothing."""
        canvas, depth = window(*self.owner.shape)
        depth.fill(FAR)
        is_shown = [layer.part.name not in hidden for layer in self.layers]
        whole = self.target._replace(canvas=canvas, depth=depth)
        is_drawn = np.array(is_shown + [False] * len(is_shown))
        windows = np.tile(whole_picture(self.owner.shape), (len(is_drawn), 1))
        draw(whole, self.meshes, is_drawn, windows, _bands(1, len(self.meshes.triangles)))
        return depth[KEPT:]


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


def _bands(count: int, triangles: int) -> Bands:
    opaque, blended = (np.empty((count, triangles), np.int32) for _ in range(2))
    return Bands(np.empty((triangles, 4), np.int32), opaque, blended, np.zeros((2, count), np.int64))


def _picture(height: int, width: int, channels: int) -> tuple[Pixels, Pixels]:
    """A picture (H, W, channels) and its memory with the bytes that may be overwritten."""
    size = height * width * channels
    flat: Pixels = np.empty(size + SPILT_BYTES, np.uint8)
    return flat[:size].reshape(height, width, channels), flat


def _backdrop(background: Packed, channels: int) -> Pixels:
    lanes = background.view(np.uint8).reshape(*background.shape, 4)
    return np.ascontiguousarray(lanes[..., :channels]).reshape(-1)
