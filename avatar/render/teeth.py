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
Colour = tuple[int, int, int]

ENAMEL, GUM = (232, 225, 209), (196, 112, 112)
"""sRGB: a natural white, L* 90, so that light and shape still show on it."""


@dataclass(frozen=True, slots=True)
class Crown:
    """One tooth; lengths in mm, measured along the arch from the midline outward."""

    width: float
    height: float
    rise: float
    """How far its edge stays behind the central incisors'."""
    inner_corner: float
    outer_corner: float
    """How far the edge rises at its two corners: small beside the midline, larger outward."""
    cusp: float = 0.0
    """How far the edge is drawn to a point."""


UPPER = (
    Crown(8.5, 10.5, 0.0, 0.35, 0.75),
    Crown(6.5, 9.0, 0.5, 0.55, 1.0),
    Crown(7.5, 10.0, 0.1, 0.5, 0.8, cusp=1.1),
    Crown(7.0, 8.5, 0.8, 0.5, 0.7, cusp=0.8),
    Crown(7.0, 8.5, 1.1, 0.5, 0.7, cusp=0.5),
)
LOWER = (
    Crown(5.3, 9.0, 0.0, 0.15, 0.25),
    Crown(5.7, 9.2, 0.0, 0.15, 0.35),
    Crown(6.8, 10.0, -0.2, 0.4, 0.7, cusp=0.9),
    Crown(7.0, 8.5, 0.7, 0.4, 0.6, cusp=0.7),
    Crown(7.0, 8.0, 1.2, 0.4, 0.6, cusp=0.4),
)
"""Incisors, canine and premolars; lips never part far enough to the side to show more."""
UPPER_ARCH_MM, LOWER_ARCH_MM = (29.0, 46.0), (26.5, 43.0)
"""Half-axes of the ellipse the teeth stand on: sideways, backward."""
LOWER_BEHIND_UPPER_MM = 1.6
"""Overjet: the lower incisors stand behind the upper ones."""
CREVICE_MM, CROWN_BULGE_MM = 0.45, 0.55
ACROSS = 8
GUM_AT = (5.0, 1.0)
"""Heights of the gum's rows over the neck, mm."""
CROWN_AT = (0.0, 0.45, 0.75, 0.92, 1.0)
"""Places of the crown's rows, neck to edge: dense where lips leave it bare and where the edge turns."""
EDGE_DEPTH_MM = (0.8, 3.0)
"""Depths behind the front face at which the biting edge turns over and the back begins."""
GUM_SHARE = 0.25
"""Share of the texture's height that is gum."""
DARKENING_PER_MM = 0.034
"""Teeth further back get less light (judgement)."""
TEXTURE_HEIGHT, TEXTURE_WIDTH = 128, 64


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
    crowns, arch = (UPPER, UPPER_ARCH_MM) if is_upper else (LOWER, LOWER_ARCH_MM)
    up = 1.0 if is_upper else -1.0
    angle_of = _angle_by_length(arch)
    grids, uvs = [], []
    for direction in (-1.0, 1.0):
        start = 0.0
        for crown in crowns:
            angle = np.interp(start + np.linspace(0, crown.width, ACROSS + 1), *angle_of)
            grid, uv = _tooth(crown, angle, direction, up, arch)
            grids.append(grid)
            uvs.append(uv)
            start += crown.width
    rows, columns = grids[0].shape[:2]
    triangles = [
        grid_triangles(rows, columns, i * rows * columns, is_flipped=(i < len(crowns)) == is_upper)
        for i in range(len(grids))
    ]
    vertices = np.vstack([grid.reshape(-1, 3) for grid in grids])
    return ToothRow(
        vertices.astype(np.float32),
        np.vstack(triangles).astype(np.int32),
        np.vstack([uv.reshape(-1, 2) for uv in uvs]).astype(np.float32),
        np.clip(1.0 + DARKENING_PER_MM * vertices[:, 2], 0.35, 1.0).astype(np.float32),
    )


def _tooth(
    crown: Crown, angle: Doubles, direction: float, up: float, arch: tuple[float, float]
) -> tuple[Doubles, Doubles]:
    """One tooth as a grid from gum over the crown to behind its edge: (rows, ACROSS + 1, 3) mm and its (u, v)."""
    across = np.linspace(0, 1, ACROSS + 1)
    front = np.stack([direction * arch[0] * np.sin(angle), arch[1] * (np.cos(angle) - 1)], axis=-1)
    outward = np.stack([direction * np.sin(angle) / arch[0], np.cos(angle) / arch[1]], axis=-1)
    outward /= np.linalg.norm(outward, axis=-1, keepdims=True)
    side = np.abs(2 * across - 1)
    belly = CROWN_BULGE_MM - (CREVICE_MM + CROWN_BULGE_MM) * side**4
    edge = _edge(crown, across)
    rows, uv = [], []

    def add(y: Doubles, out: Doubles, v: float) -> None:
        position = front + outward * out[:, None]
        rows.append(np.stack([position[:, 0], up * y, position[:, 1]], axis=-1))
        uv.append(np.stack([across, np.full_like(across, v)], axis=-1))

    for i, above in enumerate(GUM_AT):
        add(crown.rise + crown.height + above + 0 * across, 0.4 * belly + 0.5, GUM_SHARE * i / len(GUM_AT))
    for t in CROWN_AT:
        scallop = (1 - t) * 1.2 * side**2
        y = crown.rise + (1 - t) * crown.height - scallop + t**3 * edge
        add(y, belly * (0.8 + 0.3 * t) - 0.5 * t**3, GUM_SHARE + (1 - GUM_SHARE) * t)
    for depth in EDGE_DEPTH_MM:
        add(crown.rise + edge + max(depth - 1.0, 0.0) * 1.5, belly * 0.6 - 0.5 - depth, 1.0)
    return np.stack(rows), np.stack(uv)


def _edge(crown: Crown, across: Doubles) -> Doubles:
    """(ACROSS + 1,) how far the biting edge rises: round corners and a cusp."""
    inner = crown.inner_corner * np.clip(1 - across / 0.35, 0, 1) ** 2.2
    outer = crown.outer_corner * np.clip((across - 0.55) / 0.45, 0, 1) ** 2.2
    edge: Doubles = inner + outer + crown.cusp * np.abs(across - 0.45) ** 1.2
    edge -= edge.min()
    return edge


def _angle_by_length(arch: tuple[float, float]) -> tuple[Doubles, Doubles]:
    """(arc length, angle) along the ellipse from the midline, for reading angles off lengths."""
    angle = np.linspace(0, np.pi / 2, 400)
    x, z = arch[0] * np.sin(angle), arch[1] * np.cos(angle)
    length = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(z)))])
    return length, angle


def tooth_texture(enamel: Colour = ENAMEL, gum: Colour = GUM) -> npt.NDArray[np.uint8]:
    """(128, 64, 4) sRGB: gum, then enamel, warm at the neck, cool and clearer at the edge, shaded between teeth."""
    v, u = np.meshgrid(np.linspace(0, 1, TEXTURE_HEIGHT), np.linspace(0, 1, TEXTURE_WIDTH), indexing="ij")
    t = np.clip((v - GUM_SHARE) / (1 - GUM_SHARE), 0, 1)[..., None]
    side = np.abs(2 * u - 1)[..., None]
    warm, clear = np.array([0.98, 0.945, 0.88]), np.array([0.955, 0.975, 1.0])
    tint = warm + (1 - warm) * np.clip(t / 0.5, 0, 1)
    tint = tint + (clear - tint) * np.clip((t - 0.86) / 0.14, 0, 1) ** 1.5
    crevice = np.clip((side - 0.80) / 0.20, 0, 1) ** 2
    colour = np.asarray(enamel, float) * tint * (1 - crevice * np.array([0.34, 0.38, 0.42]))
    red = np.asarray(gum, float) * (1 - 0.12 * side)
    edge = GUM_SHARE + 0.02 + 0.10 * side[..., 0] ** 2
    is_enamel = np.clip((v - edge) / 0.02 + 0.5, 0, 1)[..., None]
    pixels = red * (1 - is_enamel) + colour * is_enamel
    return np.dstack([np.clip(pixels, 0, 255), np.full(u.shape, 255.0)]).astype(np.uint8)
