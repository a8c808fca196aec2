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
from avatar.render.lips import INNER_EDGE, ROWS, LipShape, PosedLips
from avatar.render.presenter import Part, Presenter
from avatar.render.teeth import LOWER_BEHIND_UPPER_MM, ToothRow, tooth_row, tooth_texture
from avatar.render.tongue import (
    cavity_mesh,
    cavity_texture,
    lower_incisor_height,
    pose_cavity,
    pose_tongue,
    tongue_light,
    tongue_mesh,
    tongue_texture,
)

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

LIP_TEXTURE_COLUMNS, LIP_TEXTURE_ROWS = 512, 96
BORDER_BLEND = 0.16
"""Share of the vermilion over which the skin's colour passes into the lip's."""
CORNER_BLEND = 0.11
"""Share of the lip's length over which its colour fades towards a corner."""
CORNER_SHADOW = 0.25
INSIDE_COLOUR = (112, 44, 50)
"""Wet inner side of the lips, sRGB."""
CAVITY_COLOUR = (62, 22, 26)
"""Back of the mouth: L* about 16, inside the 15..25 of lipreading.md 3.3."""

NEUTRAL = MotionFrame(0.0, "", REST)


@dataclass(frozen=True, slots=True)
class MouthPose:
    """What was placed for one frame, mm: the source of every measured figure."""

    lips: PosedLips
    upper_teeth: Floats
    lower_teeth: Floats
    tongue: Floats
    jaw_angle: float


class Mouth:
    """The mouth of one presenter."""

    def __init__(self, presenter: Presenter) -> None:
        skin = presenter.part("skin")
        ring = presenter.indices["lip_border"]
        self.shape = LipShape(skin.vertices[ring], presenter.landmarks["lip_line"])
        self.pivot = presenter.landmarks["jaw_pivot"].reshape(3).astype(np.float64)
        self.incisor = np.array([0.0, 0.0, self.shape.incisor_z])
        self._upper_row: ToothRow = tooth_row(is_upper=True)
        self._lower_row: ToothRow = tooth_row(is_upper=False)
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
        return {"tongue": tongue_light(pose.tongue, self.shape.incisor_z)}

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
        lip = presenter.colours.get("lip", (176, 72, 78))
        tongue_triangles, tongue_uv = tongue_mesh()
        cavity_triangles, cavity_uv = cavity_mesh()
        tongue = tongue_texture(presenter.colours.get("tongue", (204, 122, 122)))
        upper, lower, enamel = self._upper_row, self._lower_row, tooth_texture()
        rows = (
            ("lip_upper", "lip", *_strip(columns, is_flipped=False), lip_texture(lip, upper_skin), None),
            ("lip_lower", "lip", *_strip(columns, is_flipped=True), lip_texture(lip, lower_skin), None),
            ("teeth_upper", "tooth", upper.triangles, upper.uv, enamel, upper.shade),
            ("teeth_lower", "tooth", lower.triangles, lower.uv, enamel, lower.shade),
            ("tongue", "tongue", tongue_triangles, tongue_uv, tongue, None),
            ("cavity", "cavity", cavity_triangles, cavity_uv, cavity_texture(CAVITY_COLOUR), None),
        )
        parts = []
        for name, material, triangles, uv, texture, shade in rows:
            vertices = placed[name]
            ones = np.ones(len(vertices), np.float32)
            parts.append(
                (Part(name, material, vertices, triangles, uv, texture, ones), ones if shade is None else shade)
            )
        return tuple(parts)


def lip_texture(colour: tuple[int, int, int], skin: npt.NDArray[np.float64]) -> Pixels:
    """(LIP_TEXTURE_ROWS, LIP_TEXTURE_COLUMNS, 4) sRGB: u along the lip, v from the red border into the mouth.

    skin (columns, 3) is the skin's colour along the border. Fine creases run from border to edge, as on real lips.
    """
    v = np.linspace(0, ROWS - 1, LIP_TEXTURE_ROWS)[:, None, None] / INNER_EDGE
    u = np.linspace(0, len(skin) - 1, LIP_TEXTURE_COLUMNS)
    border = np.stack([np.interp(u, np.arange(len(skin)), skin[:, k]) for k in range(3)], axis=-1)[None]
    random = np.random.default_rng(7)
    crease = np.convolve(random.normal(0, 1, LIP_TEXTURE_COLUMNS + 6), np.ones(7) / 7, "valid")[None, :, None]
    lip = np.asarray(colour, float) * (1 + 0.05 * crease * np.clip(np.sin(np.pi * np.clip(v, 0, 1)), 0, 1))
    lip = lip * (1.04 - 0.16 * np.clip(v, 0, 1) ** 3)
    into_lip = np.clip(v / BORDER_BLEND, 0, 1)
    from_corner = np.minimum(u, len(skin) - 1 - u)[None, :, None] / (len(skin) - 1)
    into_lip = np.minimum(into_lip, np.clip(from_corner / CORNER_BLEND, 0, 1))
    into_lip = into_lip * into_lip * (3 - 2 * into_lip)
    # The corner lies in its own small shadow.
    lip = lip * (1 - CORNER_SHADOW * np.exp(-((from_corner / CORNER_BLEND) ** 2)))
    border = border * (1 - CORNER_SHADOW * np.exp(-((from_corner / CORNER_BLEND * 2) ** 2)))
    into_mouth = np.clip((v - 0.9) / 0.35, 0, 1)
    pixels = border * (1 - into_lip) + lip * into_lip
    pixels = pixels * (1 - into_mouth) + np.asarray(INSIDE_COLOUR, float) * into_mouth
    alpha = np.full(pixels.shape[:2], 255.0)
    return np.dstack([np.clip(pixels, 0, 255), alpha]).astype(np.uint8)


def _strip(columns: int, *, is_flipped: bool) -> tuple[npt.NDArray[np.int32], Floats]:
    """(triangles, uv) of one lip's grid; the lower lip's rows run upward and so face the other way."""
    return grid_triangles(ROWS, columns, is_flipped=is_flipped), grid_uv(ROWS, columns)


def _sample(texture: Pixels, uv: Floats) -> npt.NDArray[np.float64]:
    """(n, 3) colours of the texture at uv."""
    x = np.clip((uv[:, 0] * (texture.shape[1] - 1)).round().astype(int), 0, texture.shape[1] - 1)
    y = np.clip((uv[:, 1] * (texture.shape[0] - 1)).round().astype(int), 0, texture.shape[0] - 1)
    return texture[y, x, :3].astype(np.float64)
