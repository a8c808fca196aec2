"""A renderer and several motion frames in, their finished pictures out at once.

For exports on a machine with a graphics card. Faces are posed and placed as ever; triangles of all frames are then
turned into pixels together. What avatar/render/rasterise.py and edges.py do one after the other is done here side by
side, so pictures differ by rounding only, and at the rim of an open mouth's box by a little softening.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch

from avatar.motion_frame import MotionFrame
from avatar.render.batch.texel_store import TexelStore
from avatar.render.batch.triangle_pixels import Pieces, triangle_pixels
from avatar.render.close_up import FINER, Place
from avatar.render.drawing_memory import FAR
from avatar.render.edges import ACROSS_WEIGHT, REACH_PX, TOGETHER
from avatar.render.shading import HALF_RANGE

if TYPE_CHECKING:
    from avatar.render.renderer import Renderer


Floats = npt.NDArray[np.float32]


@dataclass(slots=True)
class Canvas:
    """The pictures under way, flat over frames and pixels."""

    colour: torch.Tensor
    """(P, 3) float32, 0..255."""
    depth: torch.Tensor
    """(P,) float32, mm."""
    owner: torch.Tensor
    """(P,) int64."""


@dataclass(frozen=True, slots=True)
class Staged:
    """Placed triangles of several frames, opaque ones and blended ones."""

    corners: list[Floats]
    """(T, 3, ATTRIBUTES) each, in the order of drawing."""
    labels: list[npt.NDArray[np.int64]]
    """(T, 2) each: frame and owner."""
    places: dict[int, Place]
    """The part of each frame that is drawn finer, where there is one."""

    def closer(self) -> Staged:
        """What is drawn finer alone, each from its own corner on, FINER times as high; its frames count from 0."""
        number = np.full(max(own[:, 0].max(initial=-1) for own in self.labels) + 1, -1)
        number[list(self.places)] = np.arange(len(self.places))
        origin = np.array([(left, top) for left, _, top, _ in self.places.values()], np.float32)
        found = Staged([], [], {})
        for corners, labels in zip(self.corners, self.labels, strict=True):
            of = number[labels[:, 0]]
            kept = of >= 0
            moved = corners[kept]
            moved[..., :2] = (moved[..., :2] - origin[of[kept], None]) * np.array((1, FINER), np.float32)
            found.corners.append(moved)
            found.labels.append(np.stack([of[kept], labels[kept, 1]], axis=1))
        return found


class BatchRenderer:
    """Draws what a Renderer draws, many frames at a time."""

    def __init__(self, renderer: Renderer, device: str = "cuda") -> None:
        """The renderer's presenter and viewport are taken; it is used for posing from then on."""
        self._renderer = renderer
        self._device = torch.device(device)
        self._texels = TexelStore([layer.texture for layer in renderer.layers], self._device)
        viewport = renderer.viewport
        wall = renderer.background.view(np.uint8).reshape(viewport.height, viewport.width, 4)[..., :3]
        self._background = torch.tensor(np.ascontiguousarray(wall), device=self._device).float()

    def draw(self, frames: Sequence[MotionFrame]) -> npt.NDArray[np.uint8]:
        """(N, height, width, 3) uint8: the frames' pictures."""
        with torch.inference_mode():
            staged = self._stage(frames)
            pictures = self._drawn(staged, self._background.expand(len(frames), -1, -1, -1))
            self._draw_mouths_finer(staged, pictures)
            return pictures.to(torch.uint8).cpu().numpy()

    def _stage(self, frames: Sequence[MotionFrame]) -> Staged:
        """Opaque and blended triangles of every frame, each in the order of drawing."""
        corners: tuple[list[Floats], ...] = ([], [])
        labels: tuple[list[npt.NDArray[np.int64]], ...] = ([], [])
        places: dict[int, Place] = {}
        for n, frame in enumerate(frames):
            for layer in self._renderer.stage(frame):
                for kind, triangles in enumerate((layer.opaque, layer.blended)):
                    corners[kind].append(layer.attributes[triangles])
                    labels[kind].append(np.full((len(triangles), 2), (n, layer.owner), np.int64))
            if place := self._renderer.drawn_finer():
                places[n] = place
        return Staged([np.concatenate(own) for own in corners], [np.concatenate(own) for own in labels], places)

    def _drawn(self, staged: Staged, background: torch.Tensor) -> torch.Tensor:
        """(N, H, W, 3) float32 0..255 in and out: the staged frames on their backgrounds, outlines softened."""
        shape = background.shape[:3]
        opaque, blended = (
            Pieces.of(corners, labels, (shape[1], shape[2]), self._device, is_blended=bool(kind))
            for kind, (corners, labels) in enumerate(zip(staged.corners, staged.labels, strict=True))
        )
        canvas = Canvas(
            background.reshape(-1, 3).clone(),
            torch.full((shape.numel(),), float(FAR), device=self._device),
            torch.zeros(shape.numel(), dtype=torch.int64, device=self._device),
        )
        self._draw_opaque(canvas, opaque)
        self._draw_blended(canvas, blended)
        return _softened(canvas.colour.floor().reshape(*shape, 3), canvas.owner.reshape(shape))

    def _draw_mouths_finer(self, staged: Staged, pictures: torch.Tensor) -> None:
        """Draws the open mouths again, with more rows, all in pictures of the largest one's size (close_up.py)."""
        places = list(staged.places.values())
        if not places:
            return
        width = max(right - left for left, right, _, _ in places)
        height = max(bottom - top for _, _, top, bottom in places)
        background = torch.zeros(len(places), FINER * height, width, 3, device=self._device)
        for mouth, (left, right, top, bottom) in zip(background, places, strict=True):
            behind = self._background[top:bottom, left:right].repeat_interleave(FINER, 0)
            mouth[: len(behind), : right - left] = behind
        finer = self._drawn(staged.closer(), background).reshape(len(places), height, FINER, width, 3).mean(2)
        for n, mouth, (left, right, top, bottom) in zip(staged.places, finer, places, strict=True):
            pictures[n, top:bottom, left:right] = mouth[: bottom - top, : right - left].round()

    def _draw_opaque(self, canvas: Canvas, pieces: Pieces) -> None:
        found = triangle_pixels(pieces)
        # Of what falls on a pixel the nearest wins, and of equals the one drawn first: depth above, order below.
        bits = found.depth.view(torch.int32).long()
        rising = torch.where(bits < 0, ~(bits & 0x7FFFFFFF), bits)
        last = len(found.pixel)
        key = rising * (last + 1) + (last - torch.arange(last, device=self._device))
        nothing = torch.iinfo(torch.int64).min
        best = torch.full_like(canvas.owner, nothing).scatter_reduce(0, found.pixel, key, "amax")
        seen = (best != nothing).nonzero().squeeze(1)
        winner = last - torch.remainder(best[seen], last + 1)
        colour, _alpha = self._texels.shaded(pieces, found, winner)
        canvas.colour[seen] = colour
        canvas.depth[seen] = found.depth[winner]
        canvas.owner[seen] = pieces.owner[found.triangle[winner]]

    def _draw_blended(self, canvas: Canvas, pieces: Pieces) -> None:
        """Mixed in one after the other where several fall on one pixel, in the order of drawing."""
        found = triangle_pixels(pieces)
        order = torch.argsort(found.pixel, stable=True)
        pixel = found.pixel[order]
        places = torch.arange(len(pixel), device=self._device)
        is_first = torch.ones_like(pixel, dtype=torch.bool)
        is_first[1:] = pixel[1:] != pixel[:-1]
        rank = places - torch.cummax(torch.where(is_first, places, 0), 0).values
        for turn in range(int(rank.max()) + 1 if len(rank) else 0):
            chosen = order[rank == turn]
            chosen = chosen[found.depth[chosen] > canvas.depth[found.pixel[chosen]]]
            at = found.pixel[chosen]
            colour, alpha = self._texels.shaded(pieces, found, chosen)
            behind = canvas.colour[at]
            canvas.colour[at] = (behind + (colour - behind) * (alpha / 255)[:, None]).floor()
            owns = alpha > float(HALF_RANGE)
            canvas.depth[at[owns]] = found.depth[chosen[owns]]
            canvas.owner[at[owns]] = pieces.owner[found.triangle[chosen[owns]]]


def _softened(image: torch.Tensor, owner: torch.Tensor) -> torch.Tensor:
    """Outlines mixed as avatar/render/edges.py does: (N, H, W, 3) in and out."""
    inner = (slice(None), slice(1, -1), slice(1, -1))
    sides = ((0, -1), (0, 1), (-1, 0), (1, 0))
    ends = [owner[_moved(owner.shape, down, right)] != owner[inner] for down, right in sides]
    upright, level = ends[0] | ends[1], ends[2] | ends[3]
    mixed, ways = torch.zeros_like(image[inner]), torch.zeros_like(image[inner][..., :1])
    for is_end, axis, before, after in ((upright, 1, (0, -1), (0, 1)), (level, 2, (-1, 0), (1, 0))):
        across = image[_moved(image.shape, *before)] + image[_moved(image.shape, *after)]
        mixed += is_end[..., None] * (TOGETHER * _along(image, axis)[inner] + ACROSS_WEIGHT * across)
        ways += is_end[..., None] * (TOGETHER + 2 * ACROSS_WEIGHT)
    mixed = torch.where(ways > 0, mixed / ways.clamp(min=1), image[inner])
    out = image.clone()
    out[inner] = mixed.floor()
    return out


def _moved(shape: torch.Size, down: int, right: int) -> tuple[slice, slice, slice]:
    """All pixels but the rim's, so far down and to the right."""
    return slice(None), slice(1 + down, shape[1] - 1 + down), slice(1 + right, shape[2] - 1 + right)


def _along(image: torch.Tensor, axis: int) -> torch.Tensor:
    """Mixed over columns (axis 1) or rows (axis 2), the rim's pixels repeated beyond it."""
    places = torch.arange(image.shape[axis], device=image.device)
    total = torch.zeros_like(image)
    for k in range(-REACH_PX, REACH_PX + 1):
        weight = REACH_PX + 1 - abs(k)
        total += weight * image.index_select(axis, (places + k).clamp(0, image.shape[axis] - 1))
    return total / (REACH_PX + 1) ** 2
