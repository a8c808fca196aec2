"""A presenter and the picture it was made from in, the same presenter with lids painted for its shut eyes out.

The opening and all round it that may be lash or white is filled from the skin about it, gets the texture of the cheek
below, and a soft line of lashes in the darkest colour of the eye itself.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.from_picture.canvas import Grid, grid_over, regrid, sample
from avatar.presenters.from_picture.fill import flow_in
from avatar.presenters.from_picture.pose import Pose
from avatar.presenters.from_picture.skin import PX_PER_MM
from avatar.render.eyes import EyeRig
from avatar.render.jaw import smooth_step
from avatar.render.lids import LEVELS
from avatar.render.presenter import Part, Presenter

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]
Bools = npt.NDArray[np.bool_]

REACH_MM, EDGE_MM, CLEAR_MM = 17.0, 9.0, 13.0
"""The lid's mesh is the skin so far round the opening; from the second distance on it grows clear, to the third."""
LIFT_MM, SKIRT_MM = 0.35, 0.5
"""The lid lies so far before the skin, and its margin hangs so far over the lower lid's: no gap may shine through."""
PAINTED_MM, FADED_MM = 3.0, 6.0
"""All is painted this far round the opening, and nothing from the second distance on ..."""
MOVED_MM = (0.6, 1.8)
"""... but for skin that the shutting lid draws along by so much: from the first on, and all from the second on."""
SPREAD_MM = 2.0
"""How far one vertex's movement is believed round it."""
SKIN_REACH_MM, SHADED_SHARE, SKIN_BLUR_MM = 9.0, 0.3, 2.0
"""The lid's colours come from the skin so far round the opening, but for this darkest share (brows, lashes, folds), and
pass into each other over this."""
CHEEK_MM = (3.5, 9.0)
"""The texture laid over the lid is that of the skin from so far below the eye on, over so much ..."""
FINE_MM = 1.2
"""... and what is finer than this."""
LASH_MM, LASH_SHADE = 0.40, 0.66
"""Half the width of the line of lashes, and how much of it is their colour."""
SHADOW_MM, SHADOW_SHADE = 1.5, 0.30
"""The same of the shadow above it."""
DARK_SHARE = 0.06
"""The lashes have the mean colour of this darkest share of the eye."""
LINE_DEGREE = 3
"""A shut margin is a polynomial of this degree: what was measured of the open one has kinks."""


@dataclass(frozen=True, slots=True)
class ShutEye:
    """One eye's skin on the plane, mm, as it is when the eye is shut."""

    opening: Doubles
    """(N, 2) the open eye's outline."""
    margin: Doubles
    """(M, 2) the upper lid's margin when it is shut."""
    vertices: Ints
    """(V,) of the skin; the last M are the margin's again, for the skirt that hangs from it."""
    triangles: Ints
    """(T, 3) between them, in their own numbers."""
    places: Doubles
    """(V, 2) where they are when the eye is shut."""
    moved_mm: Doubles
    """(V,) how far that is from where they were, less where the mesh ends."""

    @property
    def hangs_mm(self) -> Doubles:
        """(V,) how far each vertex hangs below the skin's own: those of the skirt do."""
        return np.where(np.arange(len(self.vertices)) < len(self.vertices) - len(self.margin), 0.0, SKIRT_MM)


def with_lids(presenter: Presenter, image: Pixels, pose: Pose, person: Pixels, whole: Grid) -> Presenter:
    """image (H, W, 3); person (h, w, 4) on whole as plate.py has it: beyond it no colour is skin."""
    skin = presenter.part("skin")
    parts, indices = [], {}
    for side, eye in _shut_eyes(presenter, pose).items():
        low, high = eye.places.min(axis=0) - 1, eye.places.max(axis=0) + 1
        grid = grid_over(low[0], high[1], high[0], low[1], 1 / float(np.clip(1 / pose.mm_per_pixel, *PX_PER_MM)))
        is_person = regrid(person, whole, grid)[..., 3] > 200
        texture = _levels(_painted(image, is_person, pose, grid, eye))
        uv = grid.uv_of(eye.places) * ((grid.width - 1) / (texture.shape[1] - 1), 1)
        away = LIFT_MM * pose.turn[2] - eye.hangs_mm[:, None] * pose.turn[1]
        vertices = (skin.vertices[eye.vertices] + away).astype(np.float32)
        follow = skin.follow[eye.vertices]
        parts.append(Part(f"lid_{side}", "picture", vertices, eye.triangles, uv.astype(np.float32), texture, follow))
        indices[f"lid_skin_{side}"] = eye.vertices
    return replace(presenter, parts=(*presenter.parts, *parts), indices=presenter.indices | indices)


def _shut_eyes(presenter: Presenter, pose: Pose) -> dict[str, ShutEye]:
    values = REST.copy()
    values[[INDEX["eyelid_left"], INDEX["eyelid_right"]]] = 1.0
    skin = presenter.part("skin")
    moved = skin.vertices.copy()
    EyeRig(presenter).apply(moved, MotionFrame(0.0, "", values))
    opened, shut = (pose.plane_of_head(each.astype(np.float64))[0] for each in (skin.vertices, moved))
    eyes = {}
    for side in ("right", "left"):
        upper, lower, rim = (presenter.indices[f"{name}_{side}"] for name in ("upper_lid", "lower_lid", "lid_rim"))
        opening = opened[np.concatenate([upper, lower[-2:0:-1]])]
        away = np.linalg.norm(opened[:, None] - opening[None], axis=2).min(axis=1)
        is_near = away < REACH_MM
        is_near[rim] = False
        chosen, corners = np.unique(skin.triangles[is_near[skin.triangles].all(axis=1)], return_inverse=True)
        moved_mm = np.linalg.norm(shut - opened, axis=1) * smooth_step(away, CLEAR_MM, EDGE_MM)
        triangles = np.vstack([corners.reshape(-1, 3), _skirt(np.searchsorted(chosen, upper), len(chosen))])
        vertices = np.concatenate([chosen, upper]).astype(np.int32)
        places = np.vstack([shut[chosen], shut[upper] - (0, SKIRT_MM)])
        eyes[side] = ShutEye(opening, shut[upper], vertices, triangles.astype(np.int32), places, moved_mm[vertices])
    return eyes


def _skirt(margin: npt.NDArray[np.intp], first: int) -> npt.NDArray[np.intp]:
    """Triangles (T, 3), facing the viewer, from a margin (M,) to as many vertices below it, numbered from first on."""
    below = first + np.arange(len(margin))
    here, there = (margin[:-1], below[:-1]), (margin[1:], below[1:])
    return np.vstack([np.stack([here[0], here[1], there[0]], axis=1), np.stack([there[0], here[1], there[1]], axis=1)])


def _painted(image: Pixels, is_person: Bools, pose: Pose, grid: Grid, eye: ShutEye) -> Pixels:
    """(H, W, 4) of the grid: the shut eye, clear where the picture's own skin serves."""
    laid = sample(image, pose, grid).astype(np.float32)
    is_open = _inside(eye.opening, grid)
    away = cv2.distanceTransform((~is_open).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_5) * grid.mm_per_pixel
    moved = _moved(eye, grid)
    share = np.maximum(smooth_step(away, FADED_MM, PAINTED_MM), smooth_step(moved, *MOVED_MM))
    own = smooth_step(away, PAINTED_MM, FADED_MM)[..., None]
    known = _is_skin(laid, (away > PAINTED_MM) & (away < SKIN_REACH_MM) & is_person)
    lid = cv2.GaussianBlur(flow_in(laid, known.astype(np.float32)), (0, 0), SKIN_BLUR_MM / grid.mm_per_pixel)
    lid += _texture(image, pose, grid, eye)
    lid += (laid - lid) * own
    dark = _darkest(laid[away < PAINTED_MM / 2])
    lid += (dark - lid) * _lashes(grid, eye.margin, pose.mm_per_pixel)[..., None]
    soft = cv2.GaussianBlur(is_person.astype(np.float32), (0, 0), 0.5 / grid.mm_per_pixel)
    return np.dstack([np.clip(lid, 0, 255), share * soft * 255]).astype(np.uint8)


def _moved(eye: ShutEye, grid: Grid) -> Doubles:
    """(H, W) mm: how far a shutting lid has drawn the skin seen here, between vertices by their nearness."""
    coarse = grid_over(grid.left_mm, grid.top_mm, grid.right_mm, grid.bottom_mm, 1.0)
    square = ((coarse.plane()[:, :, None] - eye.places) ** 2).sum(axis=-1)
    weight = np.exp(-0.5 * (square - square.min(axis=2, keepdims=True)) / SPREAD_MM**2)
    moved = (weight @ eye.moved_mm) / weight.sum(axis=2)
    return np.asarray(cv2.resize(moved, (grid.width, grid.height), interpolation=cv2.INTER_LINEAR), np.float64)


def _is_skin(laid: Floats, is_near: Bools) -> Bools:
    """(H, W): where round the eye there is skin, neither hair nor a deep fold; all round it if nothing is near."""
    if not is_near.any():
        return np.ones_like(is_near)
    light = laid.sum(axis=2)
    return np.asarray(is_near & (light >= np.quantile(light[is_near], SHADED_SHARE)))


def _texture(image: Pixels, pose: Pose, grid: Grid, eye: ShutEye) -> Floats:
    """(H, W, 3) the fine structure of the cheek below the eye, mirrored over and over, without the edges in it."""
    top = float(eye.opening[:, 1].min()) - CHEEK_MM[0]
    below = grid_over(grid.left_mm, top, grid.right_mm, top - CHEEK_MM[1], grid.mm_per_pixel)
    cheek = sample(image, pose, below).astype(np.float32)
    fine = cheek - cv2.GaussianBlur(cheek, (0, 0), FINE_MM / grid.mm_per_pixel)
    most = 3 * np.median(np.abs(fine), axis=(0, 1)) + 0.5
    fine = np.pad(most * np.tanh(fine / most), ((0, max(grid.height - below.height, 0)), (0, 0), (0, 0)), "reflect")
    return np.asarray(fine[: grid.height, : grid.width], np.float32)


def _darkest(colours: Floats) -> Floats:
    order = np.argsort(colours.sum(axis=1))
    return np.asarray(colours[order[: max(int(DARK_SHARE * len(order)), 1)]].mean(axis=0), np.float32)


def _lashes(grid: Grid, margin: Doubles, blur_mm: float) -> Floats:
    """(H, W) 0..1: how dark lashes and their shadow are along the shut margin (M, 2), tapering to its ends."""
    plane = grid.plane()
    middle, half = margin[:, 0].mean(), np.ptp(margin[:, 0]) / 2
    line = np.polyfit((margin[:, 0] - middle) / half, margin[:, 1], LINE_DEGREE)
    across = np.clip((plane[..., 0] - middle) / half, -1.15, 1.15)
    above = plane[..., 1] - np.polyval(line, across)
    taper = np.clip((1.1 - np.abs(across)) / 0.45, 0, 1)
    width = np.hypot(LASH_MM, 0.5 * blur_mm)
    lashes = LASH_SHADE * np.exp(-0.5 * (above / width) ** 2)
    shadow = SHADOW_SHADE * np.exp(-0.5 * (above / np.where(above > 0, SHADOW_MM, width)) ** 2)
    return np.asarray((1 - (1 - lashes) * (1 - shadow)) * taper, np.float32)


def _levels(lid: Pixels) -> Pixels:
    """(H, LEVELS * W, 4): ever denser copies of a lid (H, W, 4) side by side."""
    copies = [lid.copy() for _ in range(LEVELS)]
    for k, copy in enumerate(copies):
        copy[..., 3] = lid[..., 3].astype(np.uint16) * (k + 1) // LEVELS
    return np.hstack(copies)


def _inside(outline: Doubles, grid: Grid) -> Bools:
    """(H, W) of the grid, within an outline (N, 2) mm."""
    mask = np.zeros((grid.height, grid.width), np.uint8)
    cv2.fillPoly(mask, [np.round(grid.pixels_of(outline)).astype(np.int32)], 1)
    return mask.astype(bool)
