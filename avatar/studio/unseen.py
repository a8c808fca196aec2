"""A presenter in, the same without the triangles that no pose ever shows out: they cost time in every frame.

The presenter is drawn turned, nodding and leaning further than any motion goes, and every triangle is looked for in the
depths: a handful of points of it, each with some patience. Triangles beside one that is seen stay, so that light keeps
its normals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import cv2
import numpy as np
import numpy.typing as npt

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.render.presenter import Part, Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

VIEWS = (Viewport(1080, 1080, framing="face"), Viewport(1200, 1800, framing="signer"))
"""The face from near, and all there is of the person."""
YAW_DEG, PITCH_DEG, ROLL_DEG = (-14.0, 0.0, 14.0), (-12.0, 0.0, 12.0), (-10.0, 0.0, 10.0)
"""Motion turns by up to 10 degrees (avatar/motion)."""
EXPRESSIONS: tuple[dict[str, float], ...] = (
    {},
    {
        "jaw_drop_mm": 16.0,
        "lip_height_mm": 18.0,
        "upper_teeth_mm": 2.0,
        "brow_raise_left": 1.0,
        "brow_raise_right": 1.0,
    },
    {"eyelid_left": 1.0, "eyelid_right": 1.0, "smile": 1.0, "cheek_raise": 1.0, "breath": 1.0},
    {"gaze_yaw_deg": 30.0, "gaze_pitch_deg": 20.0, "breath": 1.0},
    {"gaze_yaw_deg": -30.0, "gaze_pitch_deg": -20.0},
)
EYEBALLS = ("eye_right", "eye_left")
PATIENCE_MM = 1.0
"""A point so far behind what hides it still counts as seen."""
INSIDE = np.array(
    [(b / 10, c / 10) for b, c in product((0.5, 3.3, 5, 9), repeat=2) if b + c < 10] + [(0.05, 0.05), (0.9, 0.05)]
)
"""(points, 2) weights of a triangle's second and third corner."""


def without_unseen(presenter: Presenter, views: Sequence[Viewport] = VIEWS) -> Presenter:
    """Parts keep what can be seen, and the skin its named points; a part of which nothing can be seen is left out.

    A part that fits into none of the views stays as it is, and so do eyeballs: gaze rolls them under every turn.
    """
    seen: dict[str, Bools] = {}
    for view in views:
        renderer = Renderer(presenter, view)
        for frame in poses():
            _look(renderer, frame, seen)
    parts, indices = [], dict(presenter.indices)
    for part in presenter.parts:
        shown = seen.get(part.name, np.ones(len(part.triangles), bool))
        if not shown.any():
            continue
        if part.name in EYEBALLS:
            parts.append(part)
            continue
        named = np.concatenate([*indices.values()]) if part.name == "skin" else np.empty(0, np.int32)
        thin, place = _kept(part, shown, named)
        parts.append(thin)
        if part.name == "skin":
            indices = {name: place[value] for name, value in indices.items()}
    return replace(presenter, parts=tuple(parts), indices=indices)


def poses() -> list[MotionFrame]:
    """The head in every direction at rest, and every expression ahead and turned."""
    turns = list(product(YAW_DEG, PITCH_DEG, ROLL_DEG))
    turned = [(turn, EXPRESSIONS[i % len(EXPRESSIONS)]) for i, turn in enumerate(turns)]
    ahead = [((0.0, 0.0, 0.0), expression) for expression in EXPRESSIONS]
    return [_frame(turn, expression) for turn, expression in (*turned, *ahead)]


def _frame(turn: tuple[float, float, float], expression: dict[str, float]) -> MotionFrame:
    values = REST.copy()
    for name, value in zip(("head_yaw_deg", "head_pitch_deg", "head_roll_deg"), turn, strict=True):
        values[INDEX[name]] = value
    for name, value in expression.items():
        values[INDEX[name]] = value
    return MotionFrame(0.0, "", values)


def _look(renderer: Renderer, frame: MotionFrame, seen: dict[str, Bools]) -> None:
    """Marks the triangles that this pose shows, of parts that the picture holds whole."""
    depth = renderer.opaque_depth(frame)
    nearest = np.asarray(cv2.erode(depth, np.ones((3, 3), np.uint8)), np.float32)
    parts = {part.name: part for part in renderer.presenter.parts}
    for layer in renderer.layers:
        part = parts.get(layer.part.name)
        if part and len(part.vertices) == len(layer.attributes):
            shown = _shows(layer.attributes[part.triangles, :3], nearest)
            seen[part.name] = seen.get(part.name, np.zeros_like(shown)) | shown


def _shows(corners: Floats, nearest: Floats) -> Bools:
    """(T,): whether any point of the triangle lies before nearest (H, W) mm, and the triangle faces the viewer.

    corners (T, 3, 3): column, row and depth on the picture.
    """
    height, width = nearest.shape
    a, right, left = corners[:, 0], corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    facing = right[:, 0] * left[:, 1] - right[:, 1] * left[:, 0] < 0
    found = np.zeros(len(corners), bool)
    for of_right, of_left in INSIDE:
        x, y, z = (a + of_right * right + of_left * left).T
        within = (x >= 0) & (x < width) & (y >= 0) & (y < height)
        column, row = np.clip(x, 0, width - 1).astype(int), np.clip(y, 0, height - 1).astype(int)
        found |= within & (z > nearest[row, column] - PATIENCE_MM)
    return np.asarray(found & facing)


def _kept(part: Part, seen: Bools, named: Ints) -> tuple[Part, Ints]:
    """(the part with seen triangles and their neighbours, number of each point afterwards, -1 where it is gone)."""
    used = np.zeros(len(part.vertices), bool)
    used[part.triangles[seen]] = True
    triangles = part.triangles[used[part.triangles].any(axis=1)]
    stay = np.unique(np.concatenate([triangles.ravel(), named]))
    place = np.full(len(part.vertices), -1, np.int32)
    place[stay] = np.arange(len(stay))
    rest = (part.vertices[stay], place[triangles], part.uv[stay], part.texture, part.follow[stay])
    return Part(part.name, part.material, *rest), place
