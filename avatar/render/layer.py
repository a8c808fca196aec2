"""A part of a presenter in, what drawing it needs out: texture, light and triangles in order."""

from __future__ import annotations

import copy
from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.camera import Camera, Extent
from avatar.render.drawing_memory import packed
from avatar.render.lighting import light_table
from avatar.render.normals import set_normals
from avatar.render.placement import LIT, Stance, place
from avatar.render.presenter import Part
from avatar.render.rasterise import ATTRIBUTES
from avatar.render.strips import in_strips

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint32]

EDGE_TEXEL = 0.02
"""Textures are read at least this far from their rim, so that rounding never reads beyond it; a sliver may read far
outside, which shading.py catches."""
TEXELS_PER_PIXEL = 0.75
"""Textures are shrunk to this: the eye sees no difference up to 1.15, and memory is what drawing waits for."""
LEAST_TEXTURE = 8
"""No side of a texture is shrunk below this."""
OPAQUE_ALPHA = 250
"""Triangles whose every texel is at least this opaque need no blending."""
LEAST_LIGHT, MOST_LIGHT = 0.2, 1.12
"""Of less light than the first no picture is freed, and more than the second none is given: what lies in shade at rest
would glare when it turns."""
COVERING = 1e4
"""Factor of a texture's alpha: whatever shows at all makes a clear background as opaque as it is mixed in itself."""
SWAY_MM = 100.0
"""Nothing comes further into a picture than this by turning, breathing and leaning."""
DEPTH_SLICE_MM = 25.0
BAND_MM = 5.0
"""Triangles are drawn nearest slice first, within a slice band by band from the top: what is drawn after one another
lies side by side, in the picture and in the texture, which is kind to the cache."""


class Layer:
    """One part with the buffers that drawing it needs; belongs to one renderer."""

    def __init__(self, part: Part, shade: Floats, camera: Camera, owner: int) -> None:
        self.part = part
        self.owner = owner
        self.shade = shade
        self._unlit: Floats | None = None
        """(V,) what takes a picture's own light at rest away again."""
        texture = resampled(part, camera)
        self.texture = in_strips(packed(texture))
        self._light = light_table(part.material)
        self.attributes: Floats = np.zeros((len(part.vertices), ATTRIBUTES), np.float32)
        height, width = texture.shape[:2]
        self._width = width
        self.read_from(0.0)
        self.attributes[:, 4] = np.clip(part.uv[:, 1] * (height - 1), EDGE_TEXEL, height - 1 - EDGE_TEXEL)
        self.attributes[:, -1] = COVERING
        is_opaque = opaque_triangles(part.triangles, part.uv, texture)
        self.opaque = nearest_first(part.vertices, part.triangles[is_opaque])
        self.blended = np.ascontiguousarray(part.triangles[~is_opaque])
        self.normals: Floats = np.zeros_like(part.vertices)
        self._vertices = part.vertices
        self.set_vertices(part.vertices)

    def twin(self) -> Layer:
        """The same part for another renderer, whose scene lends it attributes; all else that changes is its own."""
        other = copy.copy(self)
        other.normals = self.normals.copy()
        return other

    def set_vertices(self, vertices: Floats) -> None:
        """Takes new positions (V, 3) mm and makes their normals."""
        self._vertices = vertices
        set_normals(vertices, self.part.triangles, self.normals)

    def read_from(self, share: float) -> None:
        """Reads the texture from this share of its width on: of several side by side, another."""
        last = self._width - 1
        u = self.part.uv[:, 0] * last + share * self._width
        self.attributes[:, 3] = np.clip(u, EDGE_TEXEL, last - EDGE_TEXEL)

    def settle(self, at: Stance) -> None:
        """Takes out of a picture the light that falls on it at rest: it is in the picture already."""
        self._unlit = None
        self.place(at)
        self._unlit = 1 / np.maximum(self.attributes[:, LIT[0]], LEAST_LIGHT)

    def place(self, at: Stance) -> None:
        """Turns, lights and projects."""
        shade = self.shade if self._unlit is None else self.shade * self._unlit
        place(self._vertices, self.normals, self.part.follow, shade, self._light, at, self.attributes)
        if self._unlit is not None:
            lit = self.attributes[:, min(LIT[:3]) : max(LIT[:3]) + 1]
            np.minimum(lit, MOST_LIGHT, out=lit)


def opaque_triangles(triangles: Ints, uv: Floats, texture: Pixels) -> npt.NDArray[np.bool_]:
    """(T,): True where no texel that the triangle can touch is transparent; texture (h, w, 4)."""
    is_clear = (texture[..., 3] < OPAQUE_ALPHA).astype(np.uint8)
    counts = cv2.integral(is_clear)
    height, width = is_clear.shape
    corners = uv[triangles] * (width - 1, height - 1)
    low = np.maximum(np.floor(corners.min(axis=1)).astype(int), 0)
    high = np.minimum(np.ceil(corners.max(axis=1)).astype(int) + 2, (width, height))
    inside = (
        counts[high[:, 1], high[:, 0]]
        - counts[low[:, 1], high[:, 0]]
        - counts[high[:, 1], low[:, 0]]
        + counts[low[:, 1], low[:, 0]]
    )
    return np.asarray(inside == 0)


def in_view(part: Part, extent: Extent) -> Part:
    """The part without what lies so far outside the picture that no movement brings it in."""
    x, y = part.vertices[:, 0], part.vertices[:, 1]
    near = (x > extent.left_mm - SWAY_MM) & (x < extent.right_mm + SWAY_MM)
    near &= (y > extent.bottom_mm - SWAY_MM) & (y < extent.top_mm + SWAY_MM)
    triangles = part.triangles[near[part.triangles].any(axis=1)]
    kept, corners = np.unique(triangles, return_inverse=True)
    return replace(
        part,
        vertices=part.vertices[kept],
        triangles=corners.reshape(-1, 3).astype(np.int32),
        uv=part.uv[kept],
        texture=part.texture if len(kept) else part.texture[:LEAST_TEXTURE, :LEAST_TEXTURE],
        follow=part.follow[kept],
    )


def nearest_first(vertices: Floats, triangles: Ints) -> Ints:
    """The triangles (T, 3) in the order of drawing: what the nearest hide is then never shaded."""
    x, y, z = vertices[triangles].mean(axis=1).T
    slices, bands = np.floor(z / DEPTH_SLICE_MM), np.floor(y / BAND_MM)
    return np.ascontiguousarray(triangles[np.lexsort((x, -bands, -slices))])


def resampled(part: Part, camera: Camera) -> Pixels:
    """The texture (h, w, 4), shrunk to TEXELS_PER_PIXEL of the picture: finer costs time and flickers."""
    texture: Pixels = part.texture
    scale = TEXELS_PER_PIXEL / texels_per_pixel(part, camera)
    if scale < 1:
        size = [max(int(round(side * scale)), LEAST_TEXTURE) for side in (texture.shape[1], texture.shape[0])]
        texture = cv2.resize(texture, size, interpolation=cv2.INTER_AREA).astype(np.uint8)
    return texture if texture.shape[2] == 4 else cv2.cvtColor(texture, cv2.COLOR_RGB2RGBA).astype(np.uint8)


def texels_per_pixel(part: Part, camera: Camera) -> float:
    """Median over the picture's pixels of how many texels lie along one pixel's side, in the neutral pose."""
    corners = part.vertices[part.triangles]
    normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    # A triangle seen under an angle covers its z share of pixels.
    pixels = np.maximum(normal[:, 2], 0.0) / 2 * camera.pixels_per_mm**2
    texel = part.uv[part.triangles] * (part.texture.shape[1], part.texture.shape[0])
    side, other = texel[:, 1] - texel[:, 0], texel[:, 2] - texel[:, 0]
    texels = np.abs(side[:, 0] * other[:, 1] - side[:, 1] * other[:, 0]) / 2
    seen = np.flatnonzero((pixels > 0) & (texels > 0))
    if not len(seen):
        return 1.0
    density = np.sqrt(texels[seen] / pixels[seen])
    order = np.argsort(density)
    weight = np.cumsum(pixels[seen][order])
    return float(density[order][np.searchsorted(weight, weight[-1] / 2)])
