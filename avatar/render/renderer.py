"""A presenter and a motion frame in, a finished picture out.

Per frame: the mouth is placed, the skin follows it, lids and eyes move, normals are made, everything is turned with
the head, projected and drawn nearest-first into one z-buffer. One renderer belongs to one thread; several may share
a presenter. Drawing releases Python's lock.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from avatar.motion_frame import MotionFrame
from avatar.render.background import background, straight_alpha
from avatar.render.camera import camera_for, extent_of
from avatar.render.close_up import Place
from avatar.render.drawing_memory import packed
from avatar.render.eyes import EyeRig
from avatar.render.layer import Layer, in_view
from avatar.render.lids import PaintedLids
from avatar.render.mouth import NEUTRAL, Mouth, MouthPose
from avatar.render.normals import join_normals
from avatar.render.placement import stance
from avatar.render.presenter import Part, Presenter
from avatar.render.scene import Scene
from avatar.render.skin import SkinFollow
from narrator.flow import TRANSPARENT, RgbImage, Viewport

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
Packed = npt.NDArray[np.uint32]

INSIDE = ("teeth_upper", "teeth_lower", "tongue", "cavity")
"""Parts that closed lips hide: they need not be drawn then."""


STILL = ("hair", "body", "hands")
"""Parts that move as one piece: what of them lies outside the picture is left out."""


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
        self._lids: PaintedLids = twin._lids if twin else PaintedLids(presenter)
        self._pivot = presenter.landmarks["neck_pivot"].reshape(3).astype(np.float32)
        self.layers: list[Layer] = [layer.twin() for layer in twin.layers] if twin else self._make_layers()
        self._by_name = {layer.part.name: layer for layer in self.layers}
        if not twin:
            self._settle()
        self._hidden: tuple[str, ...] = ()
        """Parts that are not seen in the frame staged last."""
        self._is_clear = viewport.background == TRANSPARENT
        self.background: Packed = twin.background if twin else packed(background(presenter, viewport))
        channels = 4 if self._is_clear else 3
        fineness, other = self.camera.pixels_per_mm, twin._scene if twin else None
        self._scene: Scene = Scene(self.layers, presenter.indices, self.background, channels, fineness, other)
        self.owner: Pixels = self._scene.owner
        """(height, width): which part each pixel shows; names by owner_name."""

    def _make_layers(self) -> list[Layer]:
        extent = extent_of(self.viewport)
        parts = [in_view(part, extent) if part.name in STILL else part for part in self.presenter.parts]
        shaded = [(part, np.ones(len(part.vertices), np.float32)) for part in parts]
        ordered = sorted([*shaded, *self.mouth.parts], key=lambda pair: _nearest_first(pair[0]))
        return [Layer(part, shade, self.camera, i + 1) for i, (part, shade) in enumerate(ordered)]

    def _settle(self) -> None:
        """Has every part that is a picture forget the light of the resting face."""
        pictures = [layer for layer in self.layers if layer.part.material == "picture"]
        if pictures:
            self._pose(NEUTRAL, ())
            at = stance(NEUTRAL, self._pivot, self.camera, self.presenter.rest)
            for layer in pictures:
                layer.settle(at)

    def owner_name(self, owner: int) -> str:
        """The part's name for a value of owner; "background" for 0."""
        return self.layers[owner - 1].part.name if owner else "background"

    def draw(self, frame: MotionFrame) -> RgbImage:
        """The picture of this frame, (height, width, 3), or 4 with straight alpha where the background is transparent.

        The array is reused by the next call.
        """
        self.stage(frame)
        image = self._scene.draw(self._hidden)
        if self._is_clear:
            straight_alpha(image)
        return image

    def opaque_depth(self, frame: MotionFrame) -> Floats:
        """(height, width) mm of what hides all behind it, larger is nearer; FAR where there is nothing."""
        self.stage(frame)
        return self._scene.opaque_depth(self._hidden)

    def stage(self, frame: MotionFrame) -> list[Layer]:
        """Every layer that can be seen in this frame, posed, lit and projected, in the order of drawing."""
        self._hidden = (INSIDE if frame["lip_height_mm"] <= 0 else ()) + self._lids.hidden(frame)
        self._pose(frame, self._hidden)
        at = stance(frame, self._pivot, self.camera, self.presenter.rest)
        seen = [layer for layer in self.layers if layer.part.name not in self._hidden]
        for layer in seen:
            layer.place(at)
        return seen

    def drawn_finer(self) -> Place | None:
        """The part of the picture that is drawn with twice the rows (close_up.py), of the frame staged last."""
        return self._scene.drawn_finer(self._hidden)

    def _pose(self, frame: MotionFrame, hidden: tuple[str, ...]) -> None:
        """Gives every moving part but the hidden ones its vertices, shades and normals."""
        pose = self.mouth.pose(frame)
        for name, vertices in self.posed_vertices(pose, frame).items():
            if name not in hidden:
                self._by_name[name].set_vertices(vertices)
        for name, shade in self.mouth.shades(pose).items():
            self._by_name[name].shade = shade
        self._by_name["skin"].shade = self._eyes.skin_shade(frame)
        self._lids.show(self._by_name, frame)
        self._sew()

    def posed_vertices(self, pose: MouthPose, frame: MotionFrame) -> dict[str, Floats]:
        """Every moving part's vertices (V, 3) mm before the head turns."""
        border = self.mouth.ring(pose)
        skin = self._skin.pose(self.presenter.part("skin").vertices, pose.jaw_angle, border)
        posed = {"skin": skin, **self.mouth.vertices(pose, frame)}
        posed |= self._eyes.pose(skin, frame)
        posed |= self._lids.vertices(skin)
        # A cheek that rises ends at the lips: skin that left their border by a hair would show what is behind.
        skin[self.presenter.indices["lip_border"]] = border
        return posed

    def _sew(self) -> None:
        """Gives skin and lips one common normal along the border they share."""
        skin, upper, lower = (self._by_name[name].normals for name in ("skin", "lip_upper", "lip_lower"))
        join_normals(skin, self.presenter.indices["lip_border"], upper, lower)


def _nearest_first(part: Part) -> int:
    """Place in the order of drawing: what hides most comes first."""
    order = ("picture", "skin", "lip", "hair", "cloth", "eye", "tooth", "tongue", "gum", "cavity", "lash")
    return order.index(part.material)
