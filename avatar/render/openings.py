"""Placed layers in, the part of the picture in which each can be seen out.

What lies behind lips and lids shows only between them: a ray that meets an eyeball passes between its lids, and one
that meets a tooth between the lips' inner edges. All outside the box round these is hidden by skin and need not be
drawn. A tongue can come out, and is not among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.render.layer import Layer
from avatar.render.lips import INNER_EDGE, ROWS

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

BEHIND_LIPS = ("teeth_upper", "teeth_lower", "cavity")
BEHIND_LIDS = {"left": ("eye_left", "white_left"), "right": ("eye_right", "white_right")}
MARGIN_PX = 2
"""Beyond the box, for what rounding and the softening of outlines see of it."""
NEAR_MM, NEAR_BY_DEPTH = 25.0, 0.75
"""What lies further from an opening at rest never comes into its box (judgement): so far, and less, go chin and cheek,
and a head that turns by up to 45 degrees brings in what lies deeper, by so much of the depth."""


Box = tuple[int, int, int, int]
"""First and last column, first and last row, px."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The mouth, or one eye."""

    behind: list[int]
    """Places of the layers that show nowhere else."""
    rims: list[tuple[Layer, Ints]]
    """Layers and those of their vertices that go round the opening."""

    def box(self, shape: tuple[int, ...]) -> Box:
        """What is seen of it in a picture (H, W), no further outside than MARGIN_PX."""
        found = (float("inf"), -float("inf"), float("inf"), -float("inf"))
        for layer, ring in self.rims:
            found = _held(layer.attributes, ring, *found)
        left, right, top, bottom = found
        across, down = shape[1] + MARGIN_PX, shape[0] + MARGIN_PX
        return (
            int(min(max(left, 0), across)) - MARGIN_PX,
            int(min(max(right, -2 * MARGIN_PX), shape[1])) + MARGIN_PX,
            int(min(max(top, 0), down)) - MARGIN_PX,
            int(min(max(bottom, -2 * MARGIN_PX), shape[0])) + MARGIN_PX,
        )

    def is_near(self, layer: Layer) -> Bools:
        """(V,): the layer's vertices that may come into the box."""
        ring = np.concatenate([rim.part.vertices[vertices] for rim, vertices in self.rims])
        places = layer.part.vertices
        reach = NEAR_MM + NEAR_BY_DEPTH * np.abs(places[:, 2:] - ring[:, 2].mean())
        low, high = ring[:, :2].min(axis=0), ring[:, :2].max(axis=0)
        return np.asarray(((places[:, :2] > low - reach) & (places[:, :2] < high + reach)).all(axis=1))


def mouth_of(layers: Sequence[Layer]) -> Opening:
    """The opening between the lips."""
    lips = [layer for layer in layers if layer.part.name in ("lip_upper", "lip_lower")]
    return Opening(_places(layers, BEHIND_LIPS), [(lip, _inner_edge(lip)) for lip in lips])


def eyes_of(layers: Sequence[Layer], indices: Mapping[str, Ints]) -> list[Opening]:
    """Eyes whose lids are named in indices, vertices of the skin (presenter.py); the others are seen everywhere."""
    found = []
    for side, names in BEHIND_LIDS.items():
        lids = [indices[f"{lid}_lid_{side}"] for lid in ("upper", "lower") if f"{lid}_lid_{side}" in indices]
        if lids:
            skin = next(layer for layer in layers if layer.part.name == "skin")
            found.append(Opening(_places(layers, names), [(skin, np.concatenate(lids))]))
    return found


def whole_picture(shape: tuple[int, ...]) -> Ints:
    """(4,): the window that hides nothing of a picture (H, W)."""
    return np.array([0, shape[1], 0, shape[0]], np.int32)


@njit(cache=True, nogil=True)
def _held(
    attributes: Floats, ring: Ints, left: float, right: float, top: float, bottom: float
) -> tuple[float, float, float, float]:
    """The box, widened until it holds the ring's places on the screen."""
    for vertex in ring:
        x, y = attributes[vertex, 0], attributes[vertex, 1]
        left, right, top, bottom = min(left, x), max(right, x), min(top, y), max(bottom, y)
    return left, right, top, bottom


def _inner_edge(lip: Layer) -> Ints:
    columns = len(lip.part.vertices) // ROWS
    return np.arange(INNER_EDGE * columns, (INNER_EDGE + 1) * columns, dtype=np.int32)


def _places(layers: Sequence[Layer], names: Sequence[str]) -> list[int]:
    return [place for place, layer in enumerate(layers) if layer.part.name in names]
