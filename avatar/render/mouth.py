"""Lip landmarks and a motion frame in, the meshes of lips, teeth, tongue and mouth room out.

Everything the presenter's own data leave out: built once, posed per frame, always moving with the head.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import REST, MotionFrame
from avatar.render.grid import grid_triangles, grid_uv
from avatar.render.jaw import jaw_angle
from avatar.render.lip_paint import INSIDE, lent_texture, lip_texture
from avatar.render.lips import INCISOR_BEHIND_LIP_LINE_MM, ROWS, LipShape, PosedLips
from avatar.render.mouth_light import (
    CONTACT_IN_PICTURE,
    CONTACT_LIGHT,
    LEAST_LIGHT,
    TONGUE_IN_PICTURE,
    edges_of_picture,
    light_in_room,
    light_inside,
    lip_light,
    tongue_light,
)
from avatar.render.presenter import Part, Presenter
from avatar.render.teeth import ENAMEL, GUM, LOWER_BEHIND_UPPER_MM, ToothRow, tooth_row, tooth_texture
from avatar.render.tongue import (
    CAVITY_ACROSS,
    CAVITY_DOWN,
    cavity_mesh,
    cavity_texture,
    lower_incisor_height,
    pose_cavity,
    pose_tongue,
    tongue_mesh,
    tongue_texture,
)

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

COLOURS: dict[str, tuple[int, int, int]] = {
    "lip": (176, 72, 78),
    "lip_inside": INSIDE,
    "tooth": ENAMEL,
    "gum": GUM,
    "tongue": (204, 122, 122),
    "cavity": (64, 39, 41),
}
"""sRGB of what a presenter names no colour for. The cavity's L* is about 16, inside the 15..25 of lipreading.md 3.3."""

NEUTRAL = MotionFrame(0.0, "", REST)


@dataclass(frozen=True, slots=True)
class MouthPose:
    """What was placed for one frame, mm: the source of every measured figure."""

    lips: PosedLips
    upper_teeth: Floats
    lower_teeth: Floats
    tongue: Floats
    jaw_angle: float
    light: float
    """Share of the light that reaches the incisors, 0..1."""
    room_light: float
    """The same for the room behind them."""
    edges: tuple[float, float]
    """Light at the parted lips' edges, upper and lower, over the usual."""
    protrusion_mm: float


class Mouth:
    """The mouth of one presenter."""

    def __init__(self, presenter: Presenter) -> None:
        skin = presenter.part("skin")
        ring = presenter.indices["lip_border"]
        self._is_picture = bool(presenter.lip_textures)
        lip_line = presenter.landmarks["lip_line"]
        self.shape = LipShape(skin.vertices[ring], lip_line, is_picture=self._is_picture)
        self.pivot = presenter.landmarks["jaw_pivot"].reshape(3).astype(np.float64)
        self.incisor = np.array([0.0, 0.0, self.shape.incisor_z])
        self._upper_row: ToothRow = tooth_row(is_upper=True)
        self._lower_row: ToothRow = tooth_row(is_upper=False)
        self._contact = CONTACT_IN_PICTURE if self._is_picture else CONTACT_LIGHT
        self._least_on_tongue = TONGUE_IN_PICTURE if self._is_picture else LEAST_LIGHT
        rest = self.pose(NEUTRAL)
        self.parts = self._build_parts(presenter, rest)

    def pose(self, frame: MotionFrame) -> MouthPose:
        """Places everything for this frame."""
        z = self.shape.incisor_z
        lower = self._lower_row.vertices + np.array(
            [0.0, lower_incisor_height(frame), z - LOWER_BEHIND_UPPER_MM], np.float32
        )
        return MouthPose(
            lips=self.shape.pose(frame),
            upper_teeth=self._upper_row.vertices + np.array([0.0, 0.0, z], np.float32),
            lower_teeth=lower,
            tongue=pose_tongue(frame, z),
            jaw_angle=jaw_angle(frame["jaw_drop_mm"], self.pivot, self.incisor),
            light=light_inside(frame, self.shape.half_width, INCISOR_BEHIND_LIP_LINE_MM, is_picture=self._is_picture),
            room_light=light_in_room(frame, self.shape.half_width) if self._is_picture else 1.0,
            edges=edges_of_picture(frame) if self._is_picture else (1.0, 1.0),
            protrusion_mm=frame["lip_protrusion_mm"],
        )

    def vertices(self, pose: MouthPose, frame: MotionFrame) -> dict[str, Floats]:
        """Part name to its posed vertices (V, 3) mm."""
        return {
            "lip_upper": pose.lips.upper.reshape(-1, 3),
            "lip_lower": pose.lips.lower.reshape(-1, 3),
            "teeth_upper": pose.upper_teeth,
            "teeth_lower": pose.lower_teeth,
            "tongue": pose.tongue,
            "cavity": pose_cavity(frame, self.shape.incisor_z),
        }

    def shades(self, pose: MouthPose) -> dict[str, Floats]:
        """Part name to the light (V,) that reaches it in this frame, for parts where it changes."""
        upper, lower = lip_light(pose.lips, pose.protrusion_mm, pose.edges)
        light = np.float32(pose.light)
        tongue = tongue_light(pose.tongue, pose.lips, pose.protrusion_mm, self.shape.incisor_z, self._contact)
        return {
            "lip_upper": upper,
            "lip_lower": lower,
            "teeth_upper": self._upper_row.shade * light,
            "teeth_lower": self._lower_row.shade * light,
            "tongue": np.maximum(tongue * light, self._least_on_tongue),
            "cavity": np.full(CAVITY_ACROSS * CAVITY_DOWN, pose.room_light, np.float32),
        }

    def ring(self, pose: MouthPose) -> Floats:
        """(R, 3): the red border in the skin ring's order."""
        return np.vstack([pose.lips.upper[0], pose.lips.lower[0, -2:0:-1]])

    def _build_parts(self, presenter: Presenter, rest: MouthPose) -> tuple[tuple[Part, Floats], ...]:
        """Each part with its (V,) shade."""
        placed = self.vertices(rest, NEUTRAL)
        skin = presenter.part("skin")
        ring_colours = _sample(skin.texture, skin.uv[presenter.indices["lip_border"]])
        columns = len(ring_colours) // 2 + 1
        upper_skin = ring_colours[:columns]
        lower_skin = np.vstack([ring_colours[columns - 1 :], ring_colours[:1]])[::-1]
        colours = COLOURS | presenter.colours
        lent, inside = presenter.lip_textures, colours["lip_inside"]
        material = "picture" if lent else "lip"
        tongue_triangles, tongue_uv = tongue_mesh()
        cavity_triangles, cavity_uv = cavity_mesh()
        upper, lower, enamel = self._upper_row, self._lower_row, tooth_texture(colours["tooth"], colours["gum"])
        skins = {"lip_upper": upper_skin, "lip_lower": lower_skin}
        red = {
            name: lent_texture(lent[name], inside) if name in lent else lip_texture(colours["lip"], skins[name], inside)
            for name in skins
        }
        rows = (
            ("lip_upper", material, *_strip(columns, is_flipped=False), red["lip_upper"], None),
            ("lip_lower", material, *_strip(columns, is_flipped=True), red["lip_lower"], None),
            ("teeth_upper", "tooth", upper.triangles, upper.uv, enamel, upper.shade),
            ("teeth_lower", "tooth", lower.triangles, lower.uv, enamel, lower.shade),
            ("tongue", "tongue", tongue_triangles, tongue_uv, tongue_texture(colours["tongue"]), None),
            ("cavity", "cavity", cavity_triangles, cavity_uv, cavity_texture(colours["cavity"]), None),
        )
        parts = []
        for name, material, triangles, uv, texture, shade in rows:
            vertices = placed[name]
            ones = np.ones(len(vertices), np.float32)
            parts.append(
                (Part(name, material, vertices, triangles, uv, texture, ones), ones if shade is None else shade)
            )
        return tuple(parts)


def _strip(columns: int, *, is_flipped: bool) -> tuple[npt.NDArray[np.int32], Floats]:
    """(triangles, uv) of one lip's grid; the lower lip's rows run upward and so face the other way."""
    return grid_triangles(ROWS, columns, is_flipped=is_flipped), grid_uv(ROWS, columns)


def _sample(texture: Pixels, uv: Floats) -> npt.NDArray[np.float64]:
    """(n, 3) colours of the texture at uv."""
    x = np.clip((uv[:, 0] * (texture.shape[1] - 1)).round().astype(int), 0, texture.shape[1] - 1)
    y = np.clip((uv[:, 1] * (texture.shape[0] - 1)).round().astype(int), 0, texture.shape[0] - 1)
    return texture[y, x, :3].astype(np.float64)
