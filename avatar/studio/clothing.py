"""A person and the sculpted skin in, the body's parts out: clothes, hands and what shows of the arms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.render.presenter import Part
from avatar.studio.bake_light import bake
from avatar.studio.body_shape import body_shape
from avatar.studio.paint_cloth import paint_cloth
from avatar.studio.paint_hands import paint_hands
from avatar.studio.parts import make_part
from avatar.studio.person import Person
from avatar.studio.sculpt_body import sculpt_body
from avatar.studio.sculpt_skin import Skin

Doubles = npt.NDArray[np.float64]

CLOTH_SIDE, HANDS_SIDE = 1024, 640
BEHIND_Z = -150.0
"""Farther back the neckline is behind the neck, and no cloth is left out."""


@dataclass(frozen=True, slots=True)
class Neckline:
    """Height of the cloth's edge over x: a rounded V or a bow."""

    half_width_mm: float
    side_y: float
    front_y: float
    power: float
    """0.9 a V .. 2 a round neck."""

    def __call__(self, places: Doubles) -> Doubles:
        """(N, 3) mm to (N,) mm: above 0 is no cloth."""
        x, y, z = places.T
        off = np.sqrt((x / self.half_width_mm) ** 2 + 0.006) - np.sqrt(0.006)
        edge = self.front_y + (self.side_y - self.front_y) * off**self.power
        return np.where(z < BEHIND_Z, -1.0, y - edge)


NECKLINES = {
    "v-neck": Neckline(60.0, -92.0, -152.0, 0.92),
    "crew-neck": Neckline(58.0, -89.0, -112.0, 2.0),
    "round-neck": Neckline(66.0, -94.0, -132.0, 2.2),
    "boat-neck": Neckline(78.0, -98.0, -122.0, 2.6),
}


def body_parts(person: Person, skin: Skin) -> tuple[Part, ...]:
    """What stays with the shoulders; the neck and the chest's skin belong to the part "skin"."""
    shape, neckline = body_shape(person.build), NECKLINES[person.clothes.style]
    cloth, hands = sculpt_body(shape, neckline)

    def around(places: Doubles) -> Doubles:
        return np.minimum(shape.creased(places), shape.bare(places))

    fabric = bake(cloth, shape.creased, around, CLOTH_SIDE)
    dress = paint_cloth(fabric, neckline, shape, person.clothes.colour, 71)
    bare = paint_hands(bake(hands, shape.bare, around, HANDS_SIDE), shape, person.skin, person.marks.age)
    return (
        make_part("hands", "skin", hands.drawn, bare, 0.0),
        make_part("body", "cloth", cloth.drawn, dress, 0.0),
    )
