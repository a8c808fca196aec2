"""A presenter and a motion frame in, a finished picture out.

Per frame: the mouth is placed, the skin follows it, lids and eyes move, normals are made, everything is turned with
the head, projected and drawn nearest-first into one z-buffer. One renderer belongs to one thread; several may share
a presenter. Drawing releases Python's lock.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import MotionFrame
from avatar.render.camera import camera_for
from avatar.render.edges import Outlines
from avatar.render.eyes import EyeRig
from avatar.render.layer import Layer
from avatar.render.mouth import Mouth, MouthPose
from avatar.render.placement import stance
from avatar.render.presenter import Part, Presenter
from avatar.render.rasterise import FAR
from avatar.render.skin import SkinFollow
from narrator.flow import RgbImage, Viewport

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

INSIDE = ("teeth_upper", "teeth_lower", "tongue", "cavity")
"""Parts that closed lips hide: they need not be drawn then."""


class Renderer:
    """Draws one presenter into one viewport."""

    def __init__(self, presenter: Presenter, viewport: Viewport, twin: Renderer | None = None) -> None:
        """twin: a renderer of the same presenter and viewport, whose data that never change are shared."""
        self.presenter = presenter
        self.viewport = viewport
        self.camera = camera_for(viewport)
        self.mouth: Mouth = twin.mouth if twin else Mouth(presenter)
        self._skin: SkinFollow = twin._skin if twin else SkinFollow(presenter)
        self._eyes: EyeRig = twin._eyes if twin else EyeRig(presenter)
        self._pivot = presenter.landmarks["neck_pivot"].reshape(3).astype(np.float32)
        self._layers: list[Layer] = [layer.twin() for layer in twin._layers] if twin else self._make_layers()
        self._by_name = {layer.part.name: layer for layer in self._layers}
        size = (viewport.height, viewport.width)
        self.image: RgbImage = np.empty((*size, 3), np.uint8)
        self._depth: Floats = np.empty(size, np.float32)
        self.owner: Pixels = np.empty(size, np.uint8)
        """(height, width): which part each pixel shows; names by owner_name."""
        self._outlines = Outlines(*size)
        self._background: RgbImage = twin._background if twin else background(presenter, viewport)

    def _make_layers(self) -> list[Layer]:
        shaded = [(part, np.ones(len(part.vertices), np.float32)) for part in self.presenter.parts]
        ordered = sorted([*shaded, *self.mouth.parts], key=lambda pair: _nearest_first(pair[0]))
        return [Layer(part, shade, self.camera, i + 1) for i, (part, shade) in enumerate(ordered)]

    def owner_name(self, owner: int) -> str:
        """The part's name for a value of owner; "background" for 0."""
        return self._layers[owner - 1].part.name if owner else "background"

    def draw(self, frame: MotionFrame) -> RgbImage:
        """The picture of this frame; the array is reused by the next call."""
        pose = self.mouth.pose(frame)
        hidden = INSIDE if frame["lip_height_mm"] <= 0 else ()
        for name, vertices in self.posed_vertices(pose, frame).items():
            if name not in hidden:
                self._by_name[name].set_vertices(vertices)
        for name, shade in self.mouth.shades(pose).items():
            self._by_name[name].shade = shade
        self._sew()
        np.copyto(self.image, self._background)
        self._depth.fill(FAR)
        self.owner.fill(0)
        at = stance(frame, self._pivot, self.camera)
        for layer in self._layers:
            if layer.part.name not in hidden:
                layer.place(at)
                layer.draw_opaque(self.image, self._depth, self.owner)
        for layer in self._layers:
            layer.draw_blended(self.image, self._depth, self.owner)
        self._outlines.smooth(self.image, self._depth, self.owner)
        return self.image

    def posed_vertices(self, pose: MouthPose, frame: MotionFrame) -> dict[str, Floats]:
        """Every moving part's vertices (V, 3) mm before the head turns."""
        skin = self._skin.pose(self.presenter.part("skin").vertices, pose.jaw_angle, self.mouth.ring(pose))
        posed = {"skin": skin, **self.mouth.vertices(pose, frame)}
        posed |= self._eyes.pose(skin, frame)
        return posed

    def _sew(self) -> None:
        """Gives skin and lips one common normal along the border they share."""
        skin = self._by_name["skin"]
        ring = self.presenter.indices["lip_border"]
        columns = len(ring) // 2 + 1
        upper, lower = self._by_name["lip_upper"], self._by_name["lip_lower"]
        normals = skin.normals[ring]
        normals[:columns] += upper.normals[:columns]
        normals[columns:] += lower.normals[1 : columns - 1][::-1]
        normals /= np.linalg.norm(normals, axis=1, keepdims=True) + 1e-9
        skin.normals[ring] = normals
        upper.normals[:columns] = normals[:columns]
        lower.normals[:columns] = np.vstack([normals[columns - 1 :], normals[:1]])[::-1]


def background(presenter: Presenter, viewport: Viewport) -> RgbImage:
    """(height, width, 3): a plain wall, a little lighter behind the head."""
    top = np.asarray(presenter.colours.get("background_top", (206, 214, 222)), np.float32)
    bottom = np.asarray(presenter.colours.get("background_bottom", (164, 176, 188)), np.float32)
    y, x = np.mgrid[0 : viewport.height, 0 : viewport.width].astype(np.float32)
    away = np.hypot((x / viewport.width - 0.5) * viewport.width / viewport.height, y / viewport.height - 0.42)
    t = np.clip(away / 0.95, 0, 1)[..., None] ** 1.5
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (viewport.height, viewport.width, 1)).astype(np.float32)
    wall: RgbImage = np.clip(top + (bottom - top) * t + noise + 0.5, 0, 255).astype(np.uint8)
    return wall


def _nearest_first(part: Part) -> int:
    """Place in the order of drawing: what hides most comes first."""
    return ("skin", "lip", "hair", "cloth", "eye", "tooth", "tongue", "gum", "cavity", "lash").index(part.material)
