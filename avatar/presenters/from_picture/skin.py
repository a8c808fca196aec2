"""A flat net over a picture in, the skin and the sheet of hair and clothes it becomes in space out.

The skin is what jaw, lips, lids and brows move; the sheet is all the rest of the person. Both are one net, cut where
nothing of the face moves any more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.canvas import Grid, beyond_mm, grid_over, regrid, sample
from avatar.presenters.from_picture.depth import Depth
from avatar.presenters.from_picture.eyes import EYE_RADIUS_MM, LID_MM, Eye, onto_ball
from avatar.presenters.from_picture.mesh import Net
from avatar.presenters.from_picture.mouth import LipLines
from avatar.presenters.from_picture.plate import Layers, faded, person_over
from avatar.presenters.from_picture.pose import Pose
from avatar.render.layer import opaque_triangles
from avatar.render.presenter import Part

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]

LOOSE_Y_MM = (-48.0, -128.0)
"""Head space: the head is followed down to the first height and not at all at the second."""
FACE_FADES_MM, CHIN_FADES_MM = 24.0, 13.0
"""Outside its outline the face's own movements fade over this distance; under the chin over less: the neck stays, and
a sinking chin passes before it."""
CHIN_SIDE_MM = (4.0, -22.0)
"""Head space: above the first height the outline counts as the face's side, below the second as its chin."""
LID_REACH_MM, LID_EASE_MM = 13.0, 7.0
"""The skin lies on the eyeball at the margin and is its own again this far from it."""
RIM_MM = (0.55, 1.1)
"""The margin's inner side goes back to the eyeball in these steps."""
PX_PER_MM = (3.0, 6.0)
"""The skin's texture is as fine as the picture, within these."""
MARGIN_MM = 2.0


@dataclass(frozen=True, slots=True)
class Person:
    """What was measured of one person in one picture."""

    image: Pixels
    pose: Pose
    depth: Depth
    lips: LipLines
    eyes: list[Eye]


def dress(person: Person, net: Net, layers: Layers, whole: Grid) -> tuple[Part, Part, dict[str, Ints], Floats]:
    """(skin, sheet, named vertices of the skin, the skin's face weights); layers lie on whole."""
    head = _in_space(net, person)
    weight = _face_weight(net.plane, person)
    follow = 1 - _smooth((LOOSE_Y_MM[0] - head[:, 1]) / (LOOSE_Y_MM[0] - LOOSE_Y_MM[1]))
    is_skin = (weight[net.triangles] > 0).any(axis=1)
    skin, number = _used(net.triangles[is_skin], len(head))
    indices = {"lip_border": number[net.rings[0]]}
    vertices, plane, triangles = head[skin], net.plane[skin], number[net.triangles[is_skin]]
    rims: list[Ints] = []
    for eye, ring in zip(person.eyes, net.rings[1:], strict=True):
        margin = number[ring]
        points, added = _rim(vertices[margin], margin, eye, len(vertices))
        vertices, triangles = np.vstack([vertices, points]), np.vstack([triangles, added])
        plane = np.vstack([plane, np.tile(plane[margin], (len(RIM_MM), 1))])
        rims.append(np.tile(margin, len(RIM_MM)))
        rim = np.arange(len(vertices) - len(points), len(vertices), dtype=np.int32)
        indices |= _lid_indices(eye, margin, rim)
    source = np.concatenate([np.arange(len(skin)), *rims])
    grid, texture = _skin_texture(person, plane, layers, whole)
    part = Part(
        "skin", "picture", vertices.astype(np.float32), triangles.astype(np.int32), grid.uv_of(plane), texture,
        follow[skin][source].astype(np.float32),
    )  # fmt: skip
    return (
        part,
        _sheet(net, head, follow, ~is_skin, layers.shown, whole),
        indices,
        weight[skin][source].astype(np.float32),
    )


def _in_space(net: Net, person: Person) -> Doubles:
    """(V, 3) head space."""
    depth = person.depth.at(net.plane)
    head = person.pose.head_of_plane(net.plane, depth)
    for eye, ring in zip(person.eyes, net.rings[1:], strict=True):
        near = np.flatnonzero(np.linalg.norm(head - eye.centre, axis=1) < LID_REACH_MM + EYE_RADIUS_MM)
        from_margin = np.linalg.norm(net.plane[near, None] - net.plane[ring][None], axis=2).min(axis=1)
        near, from_margin = near[from_margin < LID_REACH_MM], from_margin[from_margin < LID_REACH_MM]
        lid = onto_ball(head[near], eye.centre, EYE_RADIUS_MM + LID_MM, person.pose)
        share = 1 - _smooth(from_margin / LID_EASE_MM)
        # A lid is never inside the eyeball, and lies on it at its margin.
        head[near] += (lid - head[near]) * share[:, None]
        head[ring] = eye.ring
    head[net.rings[0]] = person.lips.ring
    return head


def _face_weight(plane: Doubles, person: Person) -> Doubles:
    """(V,) 1 within the face's outline, fading outside it."""
    away, foot = person.depth.outside(plane)
    height = person.pose.head_of_plane(foot, person.depth.at(foot))[:, 1]
    chin = _smooth((CHIN_SIDE_MM[0] - height) / (CHIN_SIDE_MM[0] - CHIN_SIDE_MM[1]))
    fades = FACE_FADES_MM + (CHIN_FADES_MM - FACE_FADES_MM) * chin
    return 1 - _smooth(away / fades)


def _rim(margin: Doubles, numbers: Ints, eye: Eye, first: int) -> tuple[Doubles, Ints]:
    """The margin's inner side: points (rows * R, 3) from it back to the eyeball, and triangles (T, 3)."""
    inward = eye.centre - margin
    inward /= np.linalg.norm(inward, axis=1, keepdims=True)
    rows = [numbers, *(first + k * len(margin) + np.arange(len(margin)) for k in range(len(RIM_MM)))]
    added = []
    for a, b in zip(rows[:-1], rows[1:], strict=True):
        after_a, after_b = np.roll(a, -1), np.roll(b, -1)
        added += [np.stack([a, after_a, b], axis=1), np.stack([after_a, after_b, b], axis=1)]
    triangles = np.concatenate(added)
    points = np.vstack([margin + inward * step for step in RIM_MM])
    return points, triangles if eye.side == "left" else triangles[:, ::-1]


def _lid_indices(eye: Eye, margin: Ints, rim: Ints) -> dict[str, Ints]:
    count = len(eye.upper)
    lower = np.concatenate([margin[:1], margin[count:][::-1], margin[count - 1 : count]])
    named = {"upper_lid": margin[:count], "lower_lid": lower, "lid_rim": rim}
    return {f"{name}_{eye.side}": value.astype(np.int32) for name, value in named.items()}


def _skin_texture(person: Person, plane: Doubles, layers: Layers, whole: Grid) -> tuple[Grid, Pixels]:
    """The skin's own raster and (H, W, 4) what it shows."""
    low, high = plane.min(axis=0) - MARGIN_MM, plane.max(axis=0) + MARGIN_MM
    fineness = float(np.clip(1 / person.pose.mm_per_pixel, *PX_PER_MM))
    grid = grid_over(low[0], high[1], high[0], low[1], 1 / fineness)
    laid = sample(person.image, person.pose, grid)
    coarse = regrid(layers.person, whole, grid)
    fine = person_over(laid, coarse, regrid(layers.plate, whole, grid))
    # Beyond the picture's edge only the person's continuation is sound.
    is_within = beyond_mm(person.image.shape, person.pose, grid) < 0
    return grid, faded(np.where(is_within[..., None], fine, coarse), regrid(layers.fade, whole, grid))


def _sheet(
    net: Net, head: Doubles, follow: Doubles, is_sheet: npt.NDArray[np.bool_], texture: Pixels, whole: Grid
) -> Part:
    triangles = net.triangles[is_sheet]
    uv = whole.uv_of(net.plane)
    # What is clear all over need not be drawn.
    inverse = texture.copy()
    inverse[..., 3] = 255 - texture[..., 3]
    used, number = _used(triangles[~opaque_triangles(triangles, uv, inverse)], len(head))
    triangles = number[triangles[~opaque_triangles(triangles, uv, inverse)]]
    vertices = head[used].astype(np.float32)
    return Part("person", "picture", vertices, triangles, uv[used], texture, follow[used].astype(np.float32))


def _used(triangles: Ints, count: int) -> tuple[Ints, Ints]:
    """The points that triangles use, and every point's number among them."""
    used = np.unique(triangles)
    number = np.full(count, -1, np.int32)
    number[used] = np.arange(len(used))
    return used, number


def _smooth(t: Doubles) -> Doubles:
    t = np.clip(t, 0, 1)
    smoothed: Doubles = t * t * (3 - 2 * t)
    return smoothed
