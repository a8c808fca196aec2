"""A mesh, its texture and how it follows the head in, a presenter's part out."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.render.presenter import Part
from avatar.studio.sculpt_eyes import Mesh

Pixels = npt.NDArray[np.uint8]


def make_part(name: str, material: str, mesh: Mesh, texture: Pixels, follow: npt.ArrayLike = 1.0) -> Part:
    """follow: (V,) or one figure for all, 0 stays with the shoulders .. 1 moves with the head."""
    count = len(mesh.points)
    return Part(
        name=name,
        material=material,
        vertices=mesh.points.astype(np.float32),
        triangles=np.ascontiguousarray(mesh.triangles, np.int32),
        uv=np.clip(mesh.uv, 0, 1).astype(np.float32),
        texture=np.ascontiguousarray(texture),
        follow=np.broadcast_to(np.asarray(follow, np.float32), (count,)).copy(),
    )
