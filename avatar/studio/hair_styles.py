"""A person and the sculpted skin in, the hair's parts out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from avatar.render.presenter import Part
from avatar.studio.body_shape import body_shape
from avatar.studio.brushes import smooth
from avatar.studio.hair_cap import cropped
from avatar.studio.hair_guides import (
    BOB_BACK,
    BOB_RIGHT,
    LONG_BACK,
    LONG_LEFT,
    LONG_RIGHT,
    SHORT_BACK,
    SHORT_LEFT,
    SHORT_RIGHT,
)
from avatar.studio.paint_hair import paint_hair
from avatar.studio.parts import make_part
from avatar.studio.person import Person
from avatar.studio.sculpt_eyes import Mesh
from avatar.studio.sculpt_hair import Guides, Sheet, Span, Waves, catmull_rom, mirrored, united
from avatar.studio.sculpt_skin import Skin
from avatar.studio.surface_nets import Field, gradient

Doubles = npt.NDArray[np.float64]

LOOSE_HAIR_Y = (20.0, -150.0)
"""Hair follows the head down to the first height and not at all from the second."""
RIGHT, LEFT, BACK_RIGHT, BACK_LEFT, LINING_RIGHT, LINING_LEFT = (
    (0.004, 0.396), (0.404, 0.796), (0.804, 0.848), (0.854, 0.896), (0.900, 0.946), (0.950, 0.996)
)  # fmt: skip
"""Which part of the texture's width each sheet takes."""
INNER_GUIDES = 4
"""As many of a side's guides, from the face backward, show their inside."""
CHEST_BELOW_Y, CHEST_BEFORE_Z, STEEPEST = -70.0, -62.0, 0.35
"""What hangs here lies on the clothes; what hangs farther back is hidden in them."""
OVER_CLOTH_MM, LAYING_STEPS = 7.0, 4
LINING_SHRINK, LINING_AXIS_Z, LINING_POINTS = 0.05, -90.0, 37
"""Linings end before the tips: at this of 40 points."""
LOOSE_TIPS_MM, CUT_TIPS_MM = 20.0, 8.0
"""How unevenly locks end that grew out, and such as were cut to one length."""
INNER_SHADE = 0.42
"""What lies behind the face's sides is in the hair's own shadow."""


def hair_parts(person: Person, skin: Skin) -> tuple[Part, ...]:
    """All hair on the head, in the order of blending. Brows and lashes are the face's."""
    if person.hair.style == "cropped":
        mesh, texture = cropped(person.hair, skin)
        return (make_part("hair", "hair", mesh, texture),)
    sheets = _SHEETS[person.hair.style]
    mesh = united([_on_clothes(sheet, body_shape(person.build).clothed) for sheet in sheets])
    follow = 1 - smooth(-mesh.points[:, 1].astype(np.float32), -LOOSE_HAIR_Y[0], -LOOSE_HAIR_Y[1])
    return (make_part("hair", "hair", mesh, paint_hair(sheets, person.hair, 61), follow),)


def _on_clothes(sheet: Sheet, clothed: Field) -> Mesh:
    """The sheet with what hangs before the chest lying on the cloth, not in it; an inner one under its outer one."""
    mesh = sheet.mesh()
    over_mm = OVER_CLOTH_MM * sheet.shade**2
    laid = mesh.points.copy()
    before = (laid[:, 1] < CHEST_BELOW_Y) & (laid[:, 2] > CHEST_BEFORE_Z)
    for _ in range(LAYING_STEPS):
        sunk = np.maximum(over_mm - clothed(laid[before]), 0)
        laid[before, 2] += sunk / np.maximum(gradient(clothed, laid[before])[:, 2], STEEPEST)
    return replace(mesh, points=laid)


def _lining(guides: Guides, span: Span, is_left: bool) -> Sheet:
    """A side's dark inside, seen beside a turned face."""
    shorter = catmull_rom(np.array(guides[:INNER_GUIDES], np.float64).transpose(1, 0, 2), 40)[
        :LINING_POINTS:3
    ].transpose(1, 0, 2)
    shrunk = tuple(
        tuple((x * (1 - LINING_SHRINK), y, z + (LINING_AXIS_Z - z) * LINING_SHRINK) for x, y, z in guide)
        for guide in shorter.tolist()
    )
    return Sheet(shrunk, span, columns=6, rows=14, is_left=is_left, has_face_edge=False, tips_mm=0.0, shade=INNER_SHADE)


def _back(right: Guides, tips_mm: float) -> list[Sheet]:
    """Both halves of what hangs behind the neck."""
    return [
        Sheet(guides, span, columns=6, rows=9, is_left=is_left, has_face_edge=False, tips_mm=tips_mm, shade=INNER_SHADE)
        for guides, span, is_left in ((right, BACK_RIGHT, True), (mirrored(right), BACK_LEFT, False))
    ]


def _sides(right: Guides, left: Guides, waves: Waves, rows: int, tips_mm: float = LOOSE_TIPS_MM) -> list[Sheet]:
    other = replace(waves, phase=waves.phase + 1.9)
    return [
        Sheet(right, RIGHT, rows=rows, waves=waves, tips_mm=tips_mm),
        Sheet(left, LEFT, rows=rows, is_left=True, waves=other, tips_mm=tips_mm),
    ]


def _linings(right: Guides, left: Guides) -> list[Sheet]:
    return [_lining(right, LINING_RIGHT, True), _lining(left, LINING_LEFT, False)]


_BOB_LEFT = mirrored(BOB_RIGHT)
_SHEETS = {
    "long": [
        *_back(LONG_BACK, 0.0),
        *_linings(LONG_RIGHT, LONG_LEFT),
        *_sides(LONG_RIGHT, LONG_LEFT, Waves(4.2, 96.0, 110.0, 140.0, 0.4), 42),
    ],
    "bob": [
        *_back(BOB_BACK, 0.0),
        *_linings(BOB_RIGHT, _BOB_LEFT),
        *_sides(BOB_RIGHT, _BOB_LEFT, Waves(), 30, CUT_TIPS_MM),
    ],
    "short": [*_back(SHORT_BACK, LOOSE_TIPS_MM), *_sides(SHORT_RIGHT, SHORT_LEFT, Waves(1.4, 70.0, 30.0, 70.0), 24)],
}
"""What others blend over comes first. Short hair lies on the head, so that its inside is never seen."""
