"""A person described in, the presenter drawn out: sculpted from the average face, painted and dressed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.render.presenter import Part, Presenter
from avatar.studio.clothing import body_parts
from avatar.studio.ears import ears
from avatar.studio.hair_styles import hair_parts
from avatar.studio.paint_eyes import paint_catch_light, paint_eye, paint_lashes
from avatar.studio.paint_skin import paint_skin
from avatar.studio.parts import make_part
from avatar.studio.person import Person, Shape
from avatar.studio.sculpt_eyes import Mesh, catch_light, eyeball, lashes
from avatar.studio.sculpt_hair import catmull_rom
from avatar.studio.sculpt_skin import Skin, sculpt_skin
from avatar.studio.thin_skin import thin_skin
from avatar.studio.unseen import without_unseen

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]

NOSE_BASE = 2
SHOWS_EARS = ("cropped", "short")
"""Hair styles that leave the ears free."""
LIP_BORDER_POINTS, LIP_LINE_POINTS = 40, 21


def draw(person: Person) -> Presenter:
    """The same presenter, to the byte, every time."""
    skin = sculpt_skin(person)
    lash_mesh, lash_root = lashes(skin, _eye_centres(person.shape), 0.55 + 0.45 * person.eyes.lashes)
    body, hair = body_parts(person, skin), hair_parts(person, skin)
    around, skin_mesh = [_mesh(part) for part in (*body, *hair)], Mesh(skin.points, skin.triangles, skin.uv)
    painted = paint_skin(person, skin, around)
    skin_part = make_part("skin", "skin", skin_mesh, painted, skin.follow)
    thin, indices = thin_skin(skin_part, _indices(skin, lash_root), person.shape.eye_centre, skin.face[NOSE_BASE])
    parts = (
        thin,
        *_eye_parts(person),
        *([ears(person, [skin_mesh, *around])] if person.hair.style in SHOWS_EARS else []),
        *body,
        *_glints(person.shape),
        make_part("lashes", "lash", lash_mesh, paint_lashes(person.eyes.lashes, 51)),
        *hair,
    )
    landmarks = _landmarks(person.shape, skin)
    return without_unseen(Presenter(person.name, person.title, parts, landmarks, indices, person.colours))


def _mesh(part: Part) -> Mesh:
    return Mesh(part.vertices.astype(np.float64), part.triangles, part.uv.astype(np.float64))


def _eye_centres(shape: Shape) -> tuple[Doubles, Doubles]:
    """(right, left), each (3,) mm."""
    return np.array(shape.eye_centre), np.array(shape.eye_centre) * (-1.0, 1.0, 1.0)


def _eye_parts(person: Person) -> list[Part]:
    eyes, radius = person.eyes, person.shape.eye_radius
    return [
        make_part(name, "eye", eyeball(centre, radius), paint_eye(eyes, radius, seed))
        for name, centre, seed in zip(("eye_right", "eye_left"), _eye_centres(person.shape), (41, 42), strict=True)
    ]


def _glints(shape: Shape) -> list[Part]:
    light = paint_catch_light()
    return [
        make_part(name, "lash", catch_light(centre, shape.eye_radius), light)
        for name, centre in zip(("glint_right", "glint_left"), _eye_centres(shape), strict=True)
    ]


def _landmarks(shape: Shape, skin: Skin) -> dict[str, Floats]:
    line = np.array(shape.lip_line)
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
        "eye_right": np.array([shape.eye_centre]),
        "eye_left": np.array([shape.eye_centre]) * (-1, 1, 1),
        "eye_radius": np.array([[shape.eye_radius, 0, 0]]),
        "chin": face[152][None],
        "nose_base": face[NOSE_BASE][None],
        "nose_tip": face[1][None],
        "jaw_pivot": np.array([shape.jaw_pivot]),
        "neck_pivot": np.array([shape.neck_pivot]),
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
