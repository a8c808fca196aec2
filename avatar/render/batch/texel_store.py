"""All textures of a presenter in, the lit colour of any of its triangles' pixels out, in torch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import torch

from avatar.render.strips import PITCH, STRIP, STRIP_BITS

if TYPE_CHECKING:
    from avatar.render.batch.triangle_pixels import Covered, Pieces


class TexelStore:
    """Textures one behind the other."""

    def __init__(self, textures: Sequence[npt.NDArray[np.uint32]], device: torch.device) -> None:
        """textures: (strips, h, PITCH) uint32 as strips.in_strips() makes them, in the order of their owners."""
        lanes = [texture.view(np.uint8).reshape(-1, 4) for texture in textures]
        self._texels = torch.tensor(np.concatenate(lanes), device=device)
        lengths = [0, *(len(lane) for lane in lanes)]
        self._start = torch.tensor(np.cumsum(lengths)[:-1], device=device)
        self._strip = torch.tensor([texture[0].size for texture in textures], device=device)
        self._last = torch.tensor([len(lane) - PITCH - 2 for lane in lanes], device=device)

    def shaded(self, pieces: Pieces, found: Covered, chosen: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Colour (C, 3) 0..255 and the texture's alpha (C,) 0..255 of the chosen covered pixels."""
        triangle = found.triangle[chosen]
        slopes = pieces.slopes[triangle]
        values = slopes[:, 0] + slopes[:, 1] * found.right[chosen, None] + slopes[:, 2] * found.down[chosen, None]
        which = pieces.owner[triangle] - 1
        texel = self._between(which, values[:, 1], values[:, 2])
        colour = (texel[:, :3] * values[:, 4:7] + values[:, 3:4]).clamp(0, 255).floor()
        return colour, texel[:, 3].to(torch.float32)

    def _between(self, which: torch.Tensor, u: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        """(C, 4) float32: bilinear, by 256ths as the processor's drawing does."""
        column, row = u.floor().long(), v.floor().long()
        across, along = ((u - column) * 256).floor()[:, None], ((v - row) * 256).floor()[:, None]
        at = (column >> STRIP_BITS) * self._strip[which] + row * PITCH + (column & (STRIP - 1))
        at = torch.minimum(at.clamp(min=0), self._last[which]) + self._start[which]
        above_left, above_right, below_left, below_right = (
            self._texels[place].to(torch.float32) for place in (at, at + 1, at + PITCH, at + PITCH + 1)
        )
        left = above_left + ((below_left - above_left) * along / 256).floor()
        right = above_right + ((below_right - above_right) * along / 256).floor()
        return left + ((right - left) * across / 256).floor()
