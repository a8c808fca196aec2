"""Tables of guide strands in, the hair's sheets out, mm: smooth surfaces whose columns run as strands do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.studio.sculpt_body import grid_triangles
from avatar.studio.sculpt_eyes import Mesh

Doubles = npt.NDArray[np.float64]
Guide = tuple[tuple[float, float, float], ...]
Guides = tuple[Guide, ...]
Span = tuple[float, float]

EDGE_COLUMNS = (0.0, 0.014, 0.036, 0.066)
"""Columns lie close where a sheet ends in single hairs, so that few triangles need blending."""


@dataclass(frozen=True, slots=True)
class Waves:
    """How far strands swing to and fro, growing towards their tips."""

    height_mm: float = 0.0
    length_mm: float = 92.0
    from_mm: float = 90.0
    """This far from the root they begin."""
    growth_mm: float = 130.0
    phase: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """Hair combed one way: guides from the face backward, each from root to tip."""

    guides: Guides
    span: Span
    """Share of the texture's width that it takes; the first figure is the edge at the face."""
    columns: int = 14
    rows: int = 30
    is_left: bool = False
    """Columns run to the person's left of the first: the triangles turn over."""
    waves: Waves = Waves()
    has_face_edge: bool = True
    """The first column thins out into single hairs."""
    tips_mm: float = 20.0
    """Locks end within this length of each other; 0: all at the last row."""
    shade: float = 1.0
    """Brightness: hair that others shade is darker."""

    def surface(self, across: Doubles, along: Doubles) -> Doubles:
        """(len(along), len(across), 3) mm; both 0..1."""
        table = np.array(self.guides, np.float64)
        grid = curve_at(curve_at(table, across).transpose(1, 0, 2), along)
        return grid + _waves(grid, self.waves) if self.waves.height_mm else grid

    @property
    def length_mm(self) -> float:
        """From root to tip, over all guides."""
        table = np.array(self.guides, np.float64)
        return float(np.linalg.norm(np.diff(table, axis=1), axis=2).sum(axis=1).mean())

    def mesh(self) -> Mesh:
        """As it is drawn."""
        across = np.linspace(0, 1, self.columns)
        if self.has_face_edge:
            rest = np.linspace(EDGE_COLUMNS[-1], 1, self.columns - len(EDGE_COLUMNS) + 1)
            across = np.concatenate([EDGE_COLUMNS[:-1], rest])
        along = np.linspace(0, 1, self.rows)
        u, v = np.meshgrid(self.span[0] + across * (self.span[1] - self.span[0]), 0.002 + 0.996 * along)
        triangles = grid_triangles(self.rows, self.columns)
        points = self.surface(across, along).reshape(-1, 3)
        return Mesh(points, triangles if self.is_left else triangles[:, ::-1], np.stack([u, v], -1).reshape(-1, 2))


def united(meshes: list[Mesh]) -> Mesh:
    """One mesh of many, in their order."""
    base = np.cumsum([0, *(len(mesh.points) for mesh in meshes[:-1])])
    return Mesh(
        np.concatenate([mesh.points for mesh in meshes]),
        np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, base, strict=True)]).astype(np.int32),
        np.concatenate([mesh.uv for mesh in meshes]),
    )


def mirrored(guides: Guides) -> Guides:
    """The same guides on the other side."""
    return tuple(tuple((-x, y, z) for x, y, z in guide) for guide in guides)


def _waves(grid: Doubles, waves: Waves) -> Doubles:
    """Each lock is a little out of step with the next."""
    down, across = np.gradient(grid, axis=0), np.gradient(grid, axis=1)
    normal = np.cross(across, down)
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-9
    length = np.cumsum(np.linalg.norm(np.diff(grid, axis=0, prepend=grid[:1]), axis=2), axis=0)
    grown = np.clip((length - waves.from_mm) / waves.growth_mm, 0, 1) ** 1.5
    lock = np.linspace(0, 1, grid.shape[1])[None]
    phase = waves.phase + 2 * np.pi * length / waves.length_mm + 2.2 * lock + 0.9 * np.sin(9 * lock)
    side = across / (np.linalg.norm(across, axis=2, keepdims=True) + 1e-9)
    out, aside = waves.height_mm * grown * np.sin(phase), 0.9 * waves.height_mm * grown * np.cos(phase)
    bent: Doubles = normal * out[..., None] + side * aside[..., None]
    return bent


def catmull_rom(knots: Doubles, count: int) -> Doubles:
    """(n, ...) knots in, (count, ...) points of the smooth curve through them out, evenly spaced in the parameter."""
    return curve_at(knots, np.linspace(0, 1, count))


def curve_at(knots: Doubles, share: Doubles) -> Doubles:
    """(n, ...) knots in, the smooth curve through them (Catmull-Rom) at shares 0..1 of its parameter out."""
    n = len(knots)
    first, last = 2 * knots[0] - knots[1], 2 * knots[-1] - knots[-2]
    padded = np.concatenate([first[None], knots, last[None]])
    position = np.clip(share, 0, 1) * (n - 1)
    i = np.minimum(position.astype(int), n - 2)
    t = (position - i).reshape(-1, *([1] * (knots.ndim - 1)))
    p0, p1, p2, p3 = (padded[i + k] for k in range(4))
    curve: Doubles = 0.5 * (
        2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - 3 * p2 + p3 - p0) * t**3
    )
    return curve
