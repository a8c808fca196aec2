"""Placed layers in, the part of the picture in which each can be seen out.

What lies behind lips and lids shows only between them: a ray that meets an eyeball passes between its lids, and one
that meets a tooth between the lips' inner edges. All outside the box round these is hidden by skin and need not be
drawn. A tongue can come out, and is not among them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from numba import njit

from avatar.render.layer import Layer
from avatar.render.lips import INNER_EDGE, ROWS

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

BEHIND_LIPS = ("teeth_upper", "teeth_lower", "cavity")
BEHIND_LIDS = {"left": ("eye_left", "white_left"), "right": ("eye_right", "white_right")}
MARGIN_PX = 2
"""Beyond the box, for what rounding and the softening of outlines see of it."""
WIDER_PX = np.array((-MARGIN_PX, MARGIN_PX, -MARGIN_PX, MARGIN_PX), np.float32)


class Openings:
    """Where the layers of one scene can be seen."""

    def __init__(self, layers: Sequence[Layer], indices: Mapping[str, Ints]) -> None:
        """indices: named vertices of the skin (presenter.py); without the lids' an eye is seen everywhere."""
        by_name = {layer.part.name: layer for layer in layers}
        self._count = len(layers)
        self._seen_through: list[tuple[list[int], list[tuple[Layer, Ints]]]] = []
        if "lip_upper" in by_name and "lip_lower" in by_name:
            lips = [(by_name[name], _inner_edge(by_name[name])) for name in ("lip_upper", "lip_lower")]
            self._seen_through.append((_places(layers, BEHIND_LIPS), lips))
        for side, names in BEHIND_LIDS.items():
            lids = [indices[f"{lid}_lid_{side}"] for lid in ("upper", "lower") if f"{lid}_lid_{side}" in indices]
            if lids:
                self._seen_through.append((_places(layers, names), [(by_name["skin"], np.concatenate(lids))]))

    def windows(self, shape: tuple[int, ...]) -> Ints:
        """(layers, 4): first and last column, first and last row of a picture (H, W) in which each layer shows."""
        windows = np.tile(whole_picture(shape), (self._count, 1))
        for places, rings in self._seen_through:
            box = np.array((np.inf, -np.inf, np.inf, -np.inf), np.float32)
            for layer, ring in rings:
                _hold(layer.attributes, ring, box)
            windows[places] = np.clip(box + WIDER_PX, -MARGIN_PX, max(shape) + MARGIN_PX)
        return windows


def whole_picture(shape: tuple[int, ...]) -> Ints:
    """(4,): the window that hides nothing of a picture (H, W)."""
    return np.array([0, shape[1], 0, shape[0]], np.int32)


@njit(cache=True, nogil=True)
def _hold(attributes: Floats, ring: Ints, box: Floats) -> None:
    """Widens a box (4,), first and last column, first and last row, until it holds the ring's places on the screen."""
    for vertex in ring:
        x, y = attributes[vertex, 0], attributes[vertex, 1]
        box[0], box[1] = min(box[0], x), max(box[1], x)
        box[2], box[3] = min(box[2], y), max(box[3], y)


def _inner_edge(lip: Layer) -> Ints:
    columns = len(lip.part.vertices) // ROWS
    return np.arange(INNER_EDGE * columns, (INNER_EDGE + 1) * columns, dtype=np.int32)


def _places(layers: Sequence[Layer], names: Sequence[str]) -> list[int]:
    return [place for place, layer in enumerate(layers) if layer.part.name in names]
