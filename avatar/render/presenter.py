"""The nouns of a presenter: meshes, textures and landmarks of one person, data only.

Space: millimetres, pupils 63 mm apart, x to the viewer's right (the person's own left), y up, z towards the viewer.
The origin is the middle of the resting lip line, on the plane of the upper incisors' front. The neutral face of
motion_frame.py: mouth closed, eyes open, gaze ahead. Triangles run counter-clockwise seen from outside.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]

MATERIALS = ("skin", "lip", "tooth", "gum", "tongue", "cavity", "eye", "hair", "cloth", "lash", "picture")
"""How a surface takes the light; avatar/render/lighting.py has one light table for each. A picture has its light in it
already: only what changes against the resting face is added."""
FACING: Floats = np.eye(3, 4, dtype=np.float32)
"""The rest of a head that is seen from the front."""


@dataclass(frozen=True, slots=True)
class Part:
    """One mesh with its texture."""

    name: str
    """"skin", "hair", "body", "eye_left" ...: unique in its presenter."""
    material: str
    """One of MATERIALS."""
    vertices: Floats
    """(V, 3) mm, neutral."""
    triangles: Ints
    """(T, 3)."""
    uv: Floats
    """(V, 2) 0..1, v down, into the texture."""
    texture: Pixels
    """(H, W, 3) sRGB, or (H, W, 4) with straight alpha; parts with alpha are drawn last, in the order given."""
    follow: Floats
    """(V,) 0 stays with the shoulders .. 1 moves with the head."""


@dataclass(frozen=True, slots=True)
class Plate:
    """The background that belongs to a presenter: it stands still, at the plane of the lips."""

    pixels: Pixels
    """(H, W, 3) sRGB."""
    left_mm: float
    """x of the left edge of the first column."""
    top_mm: float
    """y of the upper edge of the first row."""
    mm_per_pixel: float


@dataclass(frozen=True, slots=True)
class Presenter:
    """A face as data. The mouth (lips, teeth, gums, tongue, cavity) is built by avatar/render/mouth from landmarks."""

    name: str
    title: str
    """One line for people: who this is meant to be, and that it is drawn, not photographed."""
    parts: tuple[Part, ...]
    """Opaque parts first. "skin" has holes at the lips (its edge is the lips' red border) and at the eyes."""
    landmarks: dict[str, Floats]
    """Named rings and points, mm: lip_border (40, 3) on the skin's hole, from the viewer's left corner over the upper
    lip and back under the lower lip; lip_line (21, 3) where the lips meet, left to right; eye_left, eye_right,
    chin, jaw_pivot, neck_pivot, nose_base ... (1, 3) each."""
    indices: dict[str, Ints] = field(default_factory=dict)
    """Named vertex lists into the skin part: lip_border in ring order, upper_lid_left ... as the rig needs them;
    lid_skin_left ...: those on which the part lid_left lies, a painted lid for the shut eye (avatar/render/lids.py)."""
    colours: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    """sRGB of lip, gum, tongue, background_top, background_bottom ..."""
    rest: Floats = field(default_factory=FACING.copy)
    """(3, 4): turns head space, in which everything is stored facing the viewer, into the resting head's own pose, and
    shifts it by mm: a face seen from its side in a picture stays so."""
    weights: dict[str, Floats] = field(default_factory=dict)
    """Named (V,) weights of the skin's vertices. face: 1 on the face .. 0 on hair and neck, which jaw, lips and brows
    do not move; absent, all of the skin is face."""
    lip_textures: dict[str, Pixels] = field(default_factory=dict)
    """lip_upper, lip_lower (H, W, 3): u along the lip, v over its rows; absent, they are painted."""
    plate: Plate | None = None
    """None where the background is the renderer's."""

    def part(self, name: str) -> Part:
        """The part of that name; KeyError if absent."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)
