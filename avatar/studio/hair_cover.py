"""A hair style and places on the head in, which skin hair hides out: it is left out of the mesh."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

COVERS_Z, COVERS_Y = -97.0, (34.0, 152.0)
"""Skin farther back than this above the first height, and all skin above the second, lies under the hair."""
NAPE_Z = -112.0


def under_hair(style: str, corners: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """(T, 3, 3) corners of triangles, mm, to (T,): True where the whole triangle is hidden."""
    y, z = corners[..., 1], corners[..., 2]
    covered = (z.max(axis=1) < COVERS_Z) & (y.min(axis=1) > COVERS_Y[0])
    return np.asarray(covered | (y.min(axis=1) > COVERS_Y[1]) | (z.max(axis=1) < NAPE_Z))
