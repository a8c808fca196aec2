"""Nothing in, the presenter Ada out: sculpted from the average face, painted and dressed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.render.presenter import Part, Presenter
from avatar.studio.ada_hair import BACK, SIDE_LEFT, SIDE_RIGHT
from avatar.studio.ada_shape import EYE_CENTRE, EYE_RADIUS, JAW_PIVOT, LIP_LINE, NECK_PIVOT, TARGETS
from avatar.studio.brushes import smooth
from avatar.studio.paint_cloth import paint_cloth
from avatar.studio.paint_eyes import paint_catch_light, paint_eye, paint_lashes
from avatar.studio.paint_hair import paint_hair
from avatar.studio.paint_skin import SkinPalette, paint_skin
from avatar.studio.sculpt_body import shirt
from avatar.studio.sculpt_eyes import Mesh, catch_light, eyeball, lashes
from avatar.studio.sculpt_hair import catmull_rom, hair
from avatar.studio.sculpt_skin import Skin, sculpt_skin
from avatar.studio.thin_out import thin_out

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]

NAME, TITLE = "ada", "Ada, a woman in her thirties; drawn by the project's own code, not a photograph"
SKIN = SkinPalette(
    base=(229, 182, 158), forehead=(229, 187, 160), blush=(218, 144, 128), light=(244, 208, 186), shadow=(122, 58, 44),
    lid=(186, 132, 116), under_eye=(196, 146, 134), wet=(212, 152, 140), lip=(178, 78, 86),
    brow=(66, 44, 34), liner=(50, 30, 26), scalp=(62, 42, 32),
)  # fmt: skip
IRIS_OUTER, IRIS_INNER = (74, 92, 80), (132, 104, 62)
"""Hazel: green-grey at the edge, amber round the pupil."""
HAIR_DARK, HAIR_LIGHT = (38, 24, 18), (134, 92, 64)
CLOTH = (44, 58, 84)
COLOURS = {
    "lip": (178, 78, 86),
    "gum": (196, 112, 112),
    "tongue": (206, 130, 134),
    "background_top": (206, 214, 222),
    "background_bottom": (164, 176, 188),
}
SURFACE_ERROR_MM, LONGEST_MM = 0.4, 11.0
"""Where the skin is smooth, its triangles may be this far off and this long: less than a pixel of a 720p picture."""
KEEP_NEAR_LIPS_MM, KEEP_NEAR_EYES_MM = 6.0, 17.0
LIP_BORDER_POINTS, LIP_LINE_POINTS = 40, 21
LOOSE_HAIR_Y = (20.0, -150.0)
"""Hair follows the head down to the first height and half of it at the second."""


def draw() -> Presenter:
    """The same presenter, to the byte, every time."""
    skin = sculpt_skin(TARGETS, EYE_CENTRE, EYE_RADIUS)
    right, left = np.array(EYE_CENTRE), np.array(EYE_CENTRE) * (-1.0, 1.0, 1.0)
    lash_mesh, lash_root = lashes(skin, (right, left))
    glint = paint_catch_light()
    hair_mesh = hair(SIDE_RIGHT, SIDE_LEFT, BACK)
    hair_follow = 1 - 0.5 * smooth(-hair_mesh.points[:, 1].astype(np.float32), -LOOSE_HAIR_Y[0], -LOOSE_HAIR_Y[1])
    shirt_mesh = shirt()
    skin_part = Mesh(skin.points, skin.triangles, skin.uv)
    parts = (
        _part("skin", "skin", skin_part, paint_skin(skin, SKIN, EYE_CENTRE, EYE_RADIUS), skin.follow),
        _part("eye_right", "eye", eyeball(right, EYE_RADIUS), paint_eye(IRIS_OUTER, IRIS_INNER, EYE_RADIUS, 41)),
        _part("eye_left", "eye", eyeball(left, EYE_RADIUS), paint_eye(IRIS_OUTER, IRIS_INNER, EYE_RADIUS, 42)),
        _part("body", "cloth", shirt_mesh, paint_cloth(shirt_mesh, CLOTH, 71), np.zeros(len(shirt_mesh.points))),
        _part("glint_right", "lash", catch_light(right, EYE_RADIUS), glint),
        _part("glint_left", "lash", catch_light(left, EYE_RADIUS), glint),
        _part("lashes", "lash", lash_mesh, paint_lashes(51)),
        _part("hair", "hair", hair_mesh, paint_hair(HAIR_DARK, HAIR_LIGHT, 61), hair_follow),
    )
    indices = _indices(skin, lash_root)
    thin, moved = _thinned(parts[0], indices)
    return Presenter(
        name=NAME,
        title=TITLE,
        parts=(thin, *parts[1:]),
        landmarks=_landmarks(skin),
        indices=moved,
        colours=COLOURS,
    )


def _thinned(part: Part, indices: dict[str, Ints]) -> tuple[Part, dict[str, Ints]]:
    """The skin with triangles only where they show: mouth and eyes keep all of theirs."""
    points = part.vertices.astype(np.float64)
    keep = np.zeros(len(points), bool)
    keep[np.concatenate([*indices.values()])] = True
    border = points[indices["lip_border"]]
    keep |= np.linalg.norm(points[:, None] - border[None], axis=2).min(axis=1) < KEEP_NEAR_LIPS_MM
    for side in (-1.0, 1.0):
        away = points - np.array(EYE_CENTRE) * (-side, 1.0, 1.0)
        keep |= (np.hypot(away[:, 0], away[:, 1]) < KEEP_NEAR_EYES_MM) & (away[:, 2] > 0)
    stay, triangles = thin_out(points, part.triangles, part.uv.astype(np.float64), keep, SURFACE_ERROR_MM, LONGEST_MM)
    place = np.full(len(points), -1, np.int32)
    place[stay] = np.arange(len(stay))
    thin = Part(
        part.name, part.material, part.vertices[stay], triangles, part.uv[stay], part.texture, part.follow[stay]
    )
    return thin, {name: place[value] for name, value in indices.items()}


def _part(name: str, material: str, mesh: Mesh, texture: Pixels, follow: npt.ArrayLike = 1.0) -> Part:
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


def _landmarks(skin: Skin) -> dict[str, Floats]:
    line = np.array(LIP_LINE)
    whole = np.concatenate([line[:0:-1] * (-1, 1, 1), line])
    border = skin.points[skin.lip_ring]
    half = len(border) // 2
    upper, lower = border[: half + 1], np.vstack([border[half:], border[:1]])
    points = LIP_BORDER_POINTS // 2 + 1
    ring = np.concatenate([catmull_rom(upper, points)[:-1], catmull_rom(lower, points)[:-1]])
    face = skin.face
    named = {
        "lip_border": ring,
        "lip_line": catmull_rom(whole, LIP_LINE_POINTS),
        "eye_right": np.array([EYE_CENTRE]),
        "eye_left": np.array([EYE_CENTRE]) * (-1, 1, 1),
        "eye_radius": np.array([[EYE_RADIUS, 0, 0]]),
        "chin": face[152][None],
        "nose_base": face[2][None],
        "nose_tip": face[1][None],
        "jaw_pivot": np.array([JAW_PIVOT]),
        "neck_pivot": np.array([NECK_PIVOT]),
        "face_oval": skin.points[skin.oval],
    }
    return {name: value.astype(np.float32) for name, value in named.items()}


def _indices(skin: Skin, lash_root: npt.NDArray[np.int32]) -> dict[str, npt.NDArray[np.int32]]:
    return {
        "lip_border": skin.lip_ring,
        "upper_lid_right": skin.lids_right.upper,
        "lower_lid_right": skin.lids_right.lower,
        "lid_rim_right": skin.lids_right.rim,
        "upper_lid_left": skin.lids_left.upper,
        "lower_lid_left": skin.lids_left.lower,
        "lid_rim_left": skin.lids_left.rim,
        "lash_root": lash_root,
        "face_oval": skin.oval,
    }
