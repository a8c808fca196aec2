"""The incisors' place in, two rows of teeth with gums out: rigid meshes in millimetres.

Crown widths and heights are those of an average adult (Wheeler's Dental Anatomy, tables of crown dimensions).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.render.grid import grid_triangles

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

UPPER_WIDTHS_MM = (8.5, 6.5, 7.5, 7.0, 7.0, 10.0)
"""Mesiodistal crown widths from the midline outward: incisors, canine, premolars, first molar."""
UPPER_HEIGHTS_MM = (10.5, 9.0, 10.0, 8.5, 8.5, 7.5)
UPPER_EDGE_RISE_MM = (0.0, 0.7, 0.2, 0.9, 1.2, 1.6)
"""How far each edge stays behind the central incisors' edge."""
LOWER_WIDTHS_MM = (5.3, 5.7, 6.8, 7.0, 7.0, 11.0)
LOWER_HEIGHTS_MM = (9.0, 9.2, 10.0, 8.5, 8.0, 7.5)
LOWER_EDGE_RISE_MM = (0.0, 0.0, -0.3, 0.8, 1.4, 1.8)
UPPER_ARCH_MM, LOWER_ARCH_MM = (29.0, 46.0), (26.5, 43.0)
"""Half-axes of the ellipse the teeth stand on: sideways, backward."""
LOWER_BEHIND_UPPER_MM = 1.6
"""Overjet: the lower incisors stand behind the upper ones."""
CREVICE_MM, CROWN_BULGE_MM = 0.8, 0.7
ACROSS, CROWN_ROWS, GUM_ROWS = 8, 7, 3
EDGE_DEPTH_MM = (0.6, 1.8, 4.0)
"""Depths behind the front face at which the biting edge turns over and the back begins."""
GUM_SHARE = 0.25
"""Share of the texture's height that is gum."""
DARKENING_PER_MM = 0.016
"""Teeth further back get less light (judgement)."""


@dataclass(frozen=True, slots=True)
class ToothRow:
    """One jaw's teeth, its central edge at y = 0 and z = 0; crowns point down in the upper row, up in the lower."""

    vertices: Floats
    """(V, 3) mm."""
    triangles: Ints
    uv: Floats
    """(V, 2): u runs 0..1 over each tooth, v from gum (0) to the biting edge (1)."""
    shade: Floats
    """(V,) 0..1."""


def tooth_row(is_upper: bool) -> ToothRow:
    """Builds one jaw."""
    widths, heights, rises, arch = (
        (UPPER_WIDTHS_MM, UPPER_HEIGHTS_MM, UPPER_EDGE_RISE_MM, UPPER_ARCH_MM)
        if is_upper
        else (LOWER_WIDTHS_MM, LOWER_HEIGHTS_MM, LOWER_EDGE_RISE_MM, LOWER_ARCH_MM)
    )
    up = 1.0 if is_upper else -1.0
    angle_of = _angle_by_length(arch)
    grids, uvs = [], []
    for direction in (-1.0, 1.0):
        start = 0.0
        for width, height, rise in zip(widths, heights, rises, strict=True):
            grid, uv = _tooth(start, width, height, rise, direction, up, arch, angle_of)
            grids.append(grid)
            uvs.append(uv)
            start += width
    rows, columns = grids[0].shape[:2]
    triangles = [
        grid_triangles(rows, columns, i * rows * columns, is_flipped=(i < len(widths)) != is_upper)
        for i in range(len(grids))
    ]
    vertices = np.vstack([grid.reshape(-1, 3) for grid in grids])
    shade = np.clip(1.0 + DARKENING_PER_MM * vertices[:, 2], 0.35, 1.0)
    return ToothRow(
        vertices.astype(np.float32),
        np.vstack(triangles).astype(np.int32),
        np.vstack([uv.reshape(-1, 2) for uv in uvs]).astype(np.float32),
        shade.astype(np.float32),
    )


def _tooth(
    start: float,
    width: float,
    height: float,
    rise: float,
    direction: float,
    up: float,
    arch: tuple[float, float],
    angle_of: tuple[Doubles, Doubles],
) -> tuple[Doubles, Doubles]:
    """One tooth as a grid from gum over the crown to behind its edge: (rows, ACROSS + 1, 3) mm and its (u, v)."""
    across = np.linspace(0, 1, ACROSS + 1)
    angle = np.interp(start + across * width, angle_of[0], angle_of[1])
    front = np.stack([direction * arch[0] * np.sin(angle), arch[1] * (np.cos(angle) - 1)], axis=-1)
    outward = np.stack([direction * np.sin(angle) / arch[0], np.cos(angle) / arch[1]], axis=-1)
    outward /= np.linalg.norm(outward, axis=-1, keepdims=True)
    belly = CROWN_BULGE_MM - (CREVICE_MM + CROWN_BULGE_MM) * np.abs(2 * across - 1) ** 3.5
    # A crown narrows to its neck and its corners are rounded at the edge.
    corner = 0.55 * np.abs(2 * across - 1) ** 5
    rows, uv = [], []

    def add(y: Doubles, out: Doubles, v: float) -> None:
        position = front + outward * out[:, None]
        rows.append(np.stack([position[:, 0], up * y, position[:, 1]], axis=-1))
        uv.append(np.stack([across, np.full_like(across, v)], axis=-1))

    for i in range(GUM_ROWS):
        t = i / GUM_ROWS
        add(rise + height + (1 - t) * 5.0 + 0 * across, 0.5 * belly + 0.7 * t + 0.3, GUM_SHARE * t)
    for i in range(CROWN_ROWS):
        t = i / (CROWN_ROWS - 1)
        scallop = (1 - t) * 1.2 * np.abs(2 * across - 1) ** 2
        add(
            rise + (1 - t) * height - scallop + t * corner,
            belly * (0.75 + 0.35 * t) - 0.5 * t**2,
            GUM_SHARE + (1 - GUM_SHARE) * t,
        )
    for depth in EDGE_DEPTH_MM:
        add(rise + corner + max(depth - 1.0, 0.0) * 1.5, belly * 0.6 - 0.5 - depth, 1.0)
    return np.stack(rows), np.stack(uv)


def _angle_by_length(arch: tuple[float, float]) -> tuple[Doubles, Doubles]:
    """(arc length, angle) along the ellipse from the midline, for reading angles off lengths."""
    angle = np.linspace(0, np.pi / 2, 400)
    x, z = arch[0] * np.sin(angle), arch[1] * np.cos(angle)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(z)))])
    return length, angle


def tooth_texture() -> npt.NDArray[np.uint8]:
    """(128, 64, 4) sRGB: gum above, enamel below, a dark crevice at both sides, a cooler translucent edge."""
    v, u = np.meshgrid(np.linspace(0, 1, 128), np.linspace(0, 1, 64), indexing="ij")
    t = np.clip((v - GUM_SHARE) / (1 - GUM_SHARE), 0, 1)[..., None]
    enamel = np.array([238, 230, 212]) * (1 - t) + np.array([247, 244, 238]) * t
    enamel = enamel - np.array([14, 10, 4]) * np.clip((t - 0.85) / 0.15, 0, 1)
    crevice = np.clip((np.abs(2 * u - 1) - 0.84) / 0.16, 0, 1)[..., None] ** 1.5
    enamel = enamel * (1 - 0.42 * crevice * np.array([0.85, 1.0, 1.1]))
    gum = np.array([196, 112, 112]) * (1 - 0.12 * np.abs(2 * u - 1))[..., None]
    edge = GUM_SHARE + 0.02 + 0.10 * (np.abs(2 * u - 1) ** 2)
    is_enamel = np.clip((v - edge) / 0.02 + 0.5, 0, 1)[..., None]
    colour = gum * (1 - is_enamel) + enamel * is_enamel
    return np.dstack([np.clip(colour, 0, 255), np.full(u.shape, 255.0)]).astype(np.uint8)
