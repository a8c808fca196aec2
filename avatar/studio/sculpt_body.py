"""A body's shape and a neckline in, the meshes of clothes and hands out: only what the viewer can see of them.

A body stays turned to the viewer, so each mesh is mapped as the camera sees it: a texel belongs to one visible place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
import numpy.typing as npt

from avatar.render.camera import CAMERA_DISTANCE_MM
from avatar.studio.body_shape import BodyShape
from avatar.studio.sculpt_eyes import Mesh
from avatar.studio.surface_nets import Field, gradient, surface
from avatar.studio.texels import texels
from avatar.studio.thin_out import thin_out

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Cut = Callable[[Doubles], Doubles]
"""(N, 3) mm to (N,) mm: what is above 0 is left out."""

CLOTH_LOW, CLOTH_HIGH = (-300, -720, -220), (300, -82, 60)
HANDS_LOW, HANDS_HIGH = (-150, -446, -50), (150, -306, 100)
CLOTH_STEP_MM, CLOTH_FINE_MM = 10.0, 6.0
HANDS_STEP_MM, HANDS_FINE_MM = 2.5, 1.5
"""Cells of the drawn mesh before it is thinned, and of the one that is painted from."""
CLOTH_ERROR_MM, CLOTH_LONGEST_MM = 6.0, 80.0
HANDS_ERROR_MM, HANDS_OUTLINE_MM, HANDS_LONGEST_MM = 3.0, 1.2, 32.0
TIPS_ERROR_MM, TIPS_MM = 0.6, 8.0
"""So close to a fingertip's middle the mesh stays closer to the form."""
OUTLINE_ERROR_MM, OUTLINE_FACING = 1.5, 0.32
"""Where cloth looks aside by less than this cosine it stays closer to its form: there it is seen against the wall."""
TURNED_AWAY = -0.6
"""Thinning starts from everything that looks less far away than this, so that outlines lie inside the mesh."""
LEAST_FACING = -0.12
"""Cosine between a triangle's normal and the way to the camera; those that look farther away are never seen."""
DEPTH_SIDE, HIDDEN_MM, SAMPLES, EDGE_PX = 600, 9.0, 12, 9
INTO_SLEEVE_MM = 8.0
"""Wrists are modelled this far into the cloth."""
NECKLINE_TURNS_X = (0.0, -5.0, 5.0)
"""The neckline has corners of its own here, mm."""
SEAM_MM = 0.8
"""Points this close to such a corner's plane are laid onto it: slivers beside it would leave pinholes."""
LEAST_MM2 = 5e-4
"""Smaller triangles show nothing."""
EDGE_INWARD_MM = 5.0
"""How far the cloth's cut edge turns in."""


@dataclass(frozen=True, slots=True)
class Window:
    """What part of the picture at the lips' plane a texture holds, mm."""

    left: float
    top: float
    width: float
    height: float

    def uv(self, points: Doubles) -> Doubles:
        """(V, 3) to (V, 2), as the camera sees them."""
        x, y = seen(points).T
        across, down = (x - self.left) / self.width, (self.top - y) / self.height
        return np.asarray(np.clip(np.stack([across, down], axis=1), 0, 1))


CLOTH_WINDOW = Window(-260.0, -76.0, 520.0, 624.0)
HANDS_WINDOW = Window(-140.0, -300.0, 280.0, 160.0)


@dataclass(frozen=True, slots=True)
class Sculpted:
    """One mesh as it is drawn, and the finer one that it was thinned from, for its painter."""

    drawn: Mesh
    fine: Mesh
    """Farthest triangles first."""


def seen(points: Doubles) -> Doubles:
    """(V, 3) mm to (V, 2): where the camera sees them on the plane of the lips."""
    plane: Doubles = points[:, :2] * (CAMERA_DISTANCE_MM / (CAMERA_DISTANCE_MM - points[:, 2:]))
    return plane


def sculpt_body(shape: BodyShape, above_neckline: Cut) -> tuple[Sculpted, Sculpted]:
    """The cloth over trunk and arms, open at the neck, and both hands with the wrists within the sleeves."""
    cloth, bare = _Kind(shape.creased, CLOTH_LOW, CLOTH_HIGH, CLOTH_WINDOW, OUTLINE_ERROR_MM), _bare(shape)
    fine_cloth, fine_hands = cloth.fine(CLOTH_FINE_MM, above_neckline), bare.fine(HANDS_FINE_MM, None)
    front = _depth_map((fine_cloth, fine_hands))
    thin_cloth = cloth.thin(CLOTH_STEP_MM, CLOTH_ERROR_MM, CLOTH_LONGEST_MM, front, above_neckline)
    thin_hands = bare.thin(HANDS_STEP_MM, HANDS_ERROR_MM, HANDS_LONGEST_MM, front, None)
    return (
        Sculpted(_with_turned_edge(thin_cloth, shape.clothed, above_neckline), fine_cloth),
        Sculpted(thin_hands, fine_hands),
    )


def _bare(shape: BodyShape) -> _Kind:
    def outside_sleeves(places: Doubles) -> Doubles:
        return np.maximum(shape.bare(places), -shape.clothed(places) - INTO_SLEEVE_MM)

    tips = np.array([finger.joints[-1] for hand in shape.hands for finger in hand.joints])
    return _Kind(outside_sleeves, HANDS_LOW, HANDS_HIGH, HANDS_WINDOW, HANDS_OUTLINE_MM, tips)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A surface of the body and where it lies."""

    form: Field
    low: tuple[float, float, float]
    high: tuple[float, float, float]
    window: Window
    outline_error_mm: float
    tips: Doubles = field(default_factory=lambda: np.empty((0, 3)))
    """(K, 3) mm of the fingertips."""

    def fine(self, step_mm: float, cutter: Cut | None) -> Mesh:
        """What looks at the camera, farthest triangles first."""
        points, triangles = surface(self.form, self.low, self.high, step_mm)
        triangles = triangles[facing(self.form, points, triangles) > LEAST_FACING]
        if cutter:
            points, triangles = opened(points, triangles, cutter)
        order = np.argsort(points[triangles].mean(axis=1)[:, 2], kind="stable")
        return _mesh(points, triangles[order], self.window)

    def thin(self, step_mm: float, error_mm: float, longest_mm: float, front: Doubles, cutter: Cut | None) -> Mesh:
        """As few triangles as show the same; none that others hide."""
        points, triangles = surface(self.form, self.low, self.high, step_mm)
        triangles = triangles[facing(self.form, points, triangles) > TURNED_AWAY]
        if cutter:
            points, triangles = opened(points, triangles, cutter)
        whole = _mesh(points, triangles, self.window)
        keep = np.zeros(len(whole.points), bool)
        looks = (gradient(self.form, whole.points) * _to_camera(whole.points)).sum(axis=1)
        most_mm = np.where(np.abs(looks) < OUTLINE_FACING, self.outline_error_mm, error_mm)
        for tip in self.tips:
            at_tip = np.linalg.norm(whole.points - tip, axis=1) < TIPS_MM
            most_mm = np.where(at_tip, np.minimum(most_mm, TIPS_ERROR_MM), most_mm)
        stay, triangles = thin_out(whole.points, whole.triangles, seen(whole.points), keep, most_mm, longest_mm)
        points = whole.points[stay]
        shown = (facing(self.form, points, triangles) > LEAST_FACING) & ~_hidden(points, triangles, front)
        shown &= _areas(points, triangles) > LEAST_MM2
        return _mesh(points, triangles[shown], self.window)


def _areas(points: Doubles, triangles: Ints) -> Doubles:
    """(T,) mm2."""
    corners = points[triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    return np.asarray(np.linalg.norm(across, axis=1) / 2)


def facing(field: Field, points: Doubles, triangles: Ints) -> Doubles:
    """(T,): cosine between each triangle's direction, or the surface's if that is larger, and the way to the camera."""
    corners = points[triangles]
    middle = corners.mean(axis=1)
    to_camera = _to_camera(middle)
    own = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    own /= np.linalg.norm(own, axis=1, keepdims=True) + 1e-12
    cosine: Doubles = np.maximum((gradient(field, middle) * to_camera).sum(axis=1), (own * to_camera).sum(axis=1))
    return cosine


def _to_camera(points: Doubles) -> Doubles:
    """(N, 3) mm to (N, 3) unit vectors."""
    way = np.array([0.0, 0.0, CAMERA_DISTANCE_MM]) - points
    return np.asarray(way / np.linalg.norm(way, axis=1, keepdims=True))


def _depth_map(meshes: tuple[Mesh, ...]) -> Doubles:
    """(DEPTH_SIDE, DEPTH_SIDE) mm: how near the body comes to the camera in each place of the cloth's window."""
    points = np.concatenate([mesh.points for mesh in meshes])
    base = np.cumsum([0, *(len(mesh.points) for mesh in meshes[:-1])])
    triangles = np.concatenate([mesh.triangles + start for mesh, start in zip(meshes, base, strict=True)])
    order = np.argsort(points[triangles].mean(axis=1)[:, 2], kind="stable")
    surface_there = texels(points, triangles[order].astype(np.int32), CLOTH_WINDOW.uv(points), DEPTH_SIDE)
    nearest = np.where(surface_there.covered, surface_there.place[..., 2], np.float32(-1e9))
    # What is seen past the edge of something is not hidden by it.
    depth: Doubles = cv2.erode(nearest, np.ones((EDGE_PX, EDGE_PX), np.uint8)).astype(np.float64)
    return depth


def _hidden(points: Doubles, triangles: Ints, front: Doubles) -> npt.NDArray[np.bool_]:
    """(T,): True where places all over a triangle lie well behind something else."""
    first, second = np.meshgrid(np.linspace(0, 1, SAMPLES), np.linspace(0, 1, SAMPLES))
    inside = first + second < 1 + 1e-9
    share = np.stack([1 - first[inside] - second[inside], first[inside], second[inside]], axis=1)
    spots = np.einsum("sk,tkd->tsd", share, points[triangles])
    at = np.round(CLOTH_WINDOW.uv(spots.reshape(-1, 3)) * (DEPTH_SIDE - 1)).astype(int)
    behind = spots.reshape(-1, 3)[:, 2] < front[at[:, 1], at[:, 0]] - HIDDEN_MM
    return np.asarray(behind.reshape(len(triangles), -1).all(axis=1))


def opened(points: Doubles, triangles: Ints, cutter: Cut) -> tuple[Doubles, Ints]:
    """The mesh without what lies above the neckline, which bends most in the middle."""
    for x in NECKLINE_TURNS_X:
        beside = np.abs(points[:, 0] - x) < SEAM_MM
        points = np.column_stack([np.where(beside, x, points[:, 0]), points[:, 1:]])
        left, right = (cut(points, triangles, sign * (points[:, 0] - x)) for sign in (1.0, -1.0))
        points, triangles = np.concatenate([left[0], right[0]]), np.concatenate([left[1], right[1] + len(left[0])])
        points, number = np.unique(np.round(points, 3), axis=0, return_inverse=True)
        triangles = number.reshape(-1)[triangles].astype(np.int32)
    return cut(points, triangles, cutter(points))


def cut(points: Doubles, triangles: Ints, value: Doubles) -> tuple[Doubles, Ints]:
    """The mesh where value (V,) is not above 0; triangles across the edge are divided there."""
    value = np.where(np.abs(value) < 1e-6, 0.0, value)
    is_out = value > 0
    outside = is_out[triangles].sum(axis=1)
    whole = triangles[outside == 0]
    made: list[Doubles] = []
    place: dict[tuple[int, int], int] = {}

    def between(a: int, b: int) -> int:
        if value[a] == 0 or value[b] == 0:
            return a if value[a] == 0 else b
        a, b = key = (min(a, b), max(a, b))
        if key not in place:
            share = value[a] / (value[a] - value[b])
            spot = points[a] + share * (points[b] - points[a])
            place[key] = len(points) + len(made)
            made.append(spot)
        return place[key]

    added: list[tuple[int, int, int]] = []
    for triangle in triangles[(outside == 1) | (outside == 2)].tolist():
        lone = next(k for k in range(3) if is_out[triangle[k]] == (is_out[triangle].sum() == 1))
        a, b, c = (triangle[(lone + k) % 3] for k in range(3))
        ab, ac = between(a, b), between(a, c)
        added += [(ab, b, c), (ab, c, ac)] if is_out[a] else [(a, ab, ac)]
    every = np.concatenate([points, np.array(made).reshape(-1, 3)])
    joined = np.concatenate([whole, np.array(added, np.int32).reshape(-1, 3)])
    return every, joined[_areas(every, joined.astype(np.int32)) > LEAST_MM2].astype(np.int32)


def _mesh(points: Doubles, triangles: Ints, window: Window) -> Mesh:
    used, packed = np.unique(triangles, return_inverse=True)
    return Mesh(points[used], packed.reshape(-1, 3).astype(np.int32), window.uv(points[used]))


def _with_turned_edge(mesh: Mesh, field: Field, above_neckline: Cut) -> Mesh:
    """A strip from the neckline inward, so that the cloth has a thickness."""
    directed = {(int(t[k]), int(t[(k + 1) % 3])) for t in mesh.triangles for k in range(3)}
    edge = [
        (a, b)
        for a, b in sorted(directed)
        if (b, a) not in directed and np.abs(above_neckline(mesh.points[[a, b]])).max() < 1.0
    ]
    ring = sorted({i for pair in edge for i in pair})
    inner = {i: len(mesh.points) + k for k, i in enumerate(ring)}
    turned = mesh.points[ring] - EDGE_INWARD_MM * gradient(field, mesh.points[ring]) + (0.0, -0.8, 0.0)
    strip = [corner for a, b in edge for corner in ((b, a, inner[a]), (b, inner[a], inner[b]))]
    return Mesh(
        np.concatenate([mesh.points, turned]),
        np.concatenate([mesh.triangles, np.array(strip, np.int32).reshape(-1, 3)]),
        np.concatenate([mesh.uv, mesh.uv[ring]]),
    )


def grid_triangles(rows: int, columns: int) -> npt.NDArray[np.int32]:
    """Two triangles a cell; counter-clockwise where rows run down and columns to the right."""
    number = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = number[:-1, :-1], number[:-1, 1:], number[1:, :-1], number[1:, 1:]
    quads = [np.stack([a, c, d], -1).reshape(-1, 3), np.stack([a, d, b], -1).reshape(-1, 3)]
    triangles: npt.NDArray[np.int32] = np.concatenate(quads).astype(np.int32)
    return triangles
