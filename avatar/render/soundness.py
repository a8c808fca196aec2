"""A presenter as it was stored in, the same out if all in it is sound.

Numbers are finite, indices in range, names known. The renderer trusts its numbers (compiled loops look nothing up
twice), so what may come from anybody is checked once, here.
"""

from __future__ import annotations

import re

import numpy as np

from avatar.render.presenter import MATERIALS, Floats, Ints, Part, Presenter

FARTHEST_MM = 2000.0
NEAREST_TO_CAMERA_MM = 500.0
"""The camera stands at 1100; nothing of a person reaches so far forward."""
MOST_VERTICES, MOST_TRIANGLES = 40_000, 80_000
MOST_PARTS = 40
MOST_TEXTURE_BYTES = 96 << 20
NAME = re.compile(r"[a-z][a-z0-9_]{0,31}\Z")
LONGEST_TITLE = 300
POINTS = {"lip_border": (40, 3), "lip_line": (21, 3)}
"""Landmarks that are rings and lines; the others are single points or numbers."""
LEAST_SIDE = 2
"""Colours are read between four texels."""
BUILT_PARTS = frozenset(("lip_upper", "lip_lower", "teeth_upper", "teeth_lower", "tongue", "cavity"))
"""Every presenter's mouth is built by the program; a part of such a name would be given another's vertices."""
LIP_BORDER, LEAST_LIPS_MM = range(32, 201), 15.0
"""Vertices round the lips, an even number, and how wide they are at least."""
MOST_SHIFT_MM = 150.0
"""Of a picture's head aside of the middle; those seen are shifted by 20."""
LEAST_PLATE_MM = 100.0


def check(presenter: Presenter) -> Presenter:
    """Raises ValueError, naming the first thing that is not sound."""
    _true(isinstance(presenter.title, str) and len(presenter.title) <= LONGEST_TITLE, "the title is one line")
    _true(0 < len(presenter.parts) <= MOST_PARTS, f"at most {MOST_PARTS} parts")
    names = [part.name for part in presenter.parts]
    _true(len(set(names)) == len(names), "each part has a name of its own")
    _true(not BUILT_PARTS & set(names), f"no part called {', '.join(sorted(BUILT_PARTS & set(names)))}")
    for part in presenter.parts:
        _check_part(part)
    _true(sum(len(part.vertices) for part in presenter.parts) <= MOST_VERTICES, f"at most {MOST_VERTICES} vertices")
    _true(sum(len(part.triangles) for part in presenter.parts) <= MOST_TRIANGLES, f"at most {MOST_TRIANGLES} triangles")
    textures = [part.texture for part in presenter.parts] + list(presenter.lip_textures.values())
    _true(all(min(one.shape[:2]) >= LEAST_SIDE for one in textures), f"textures of {LEAST_SIDE} texels a side or more")
    textures += [presenter.plate.pixels] if presenter.plate else []
    _true(sum(texture.nbytes for texture in textures) <= MOST_TEXTURE_BYTES, "textures of a usual size")
    _check_landmarks(presenter)
    _check_lips(presenter)
    _check_lids(presenter)
    _check_rest(presenter)
    _check_plate(presenter)
    return presenter


def _check_part(part: Part) -> None:
    name = part.name
    _true(part.material in MATERIALS, f"the material of {name} is known")
    count = len(part.vertices)
    _true(part.vertices.shape == (count, 3) and count > 0, f"{name} has vertices (V, 3)")
    _check_places(part.vertices, f"vertices of {name}")
    _true(part.uv.shape == (count, 2) and _within(part.uv, 0, 1), f"the uv of {name} lies in its texture")
    _true(part.follow.shape == (count,) and _within(part.follow, 0, 1), f"follow of {name} is 0 to 1")
    triangles = part.triangles
    _true(triangles.ndim == 2 and triangles.shape[1:] == (3,) and len(triangles) > 0, f"{name} has triangles (T, 3)")
    _true(_within(triangles, 0, count - 1), f"triangles of {name} name its vertices")


def _check_landmarks(presenter: Presenter) -> None:
    for name, points in presenter.landmarks.items():
        _true(points.ndim <= 2 and points.size <= 3 * MOST_VERTICES, f"landmark {name} is a list of points")
        _check_places(points, f"landmark {name}")
    for name, shape in POINTS.items():
        _true(presenter.landmarks[name].size == shape[0] * shape[1], f"landmark {name} has {shape} numbers")
    skin = len(presenter.part("skin").vertices)
    for name, indices in presenter.indices.items():
        _true(indices.ndim == 1 and 0 < len(indices) <= MOST_VERTICES, f"index {name} is a list")
        _true(_within(indices, 0, skin - 1), f"index {name} names vertices of the skin")
    for name, weights in presenter.weights.items():
        _true(weights.shape == (skin,) and _within(weights, 0, 1), f"weights {name} are 0 to 1 for each vertex")


def _check_lips(presenter: Presenter) -> None:
    border = presenter.indices["lip_border"]
    _true(len(border) in LIP_BORDER and len(border) % 2 == 0, "32 to 200 vertices round the lips, as many as below")
    _true(len(set(border.tolist())) == len(border), "each vertex round the lips is named once")
    corners = presenter.part("skin").vertices[border[[0, len(border) // 2]], 0]
    _true(float(corners[1] - corners[0]) >= LEAST_LIPS_MM, f"lips at least {LEAST_LIPS_MM:.0f} mm wide")


def _check_lids(presenter: Presenter) -> None:
    parts = {part.name: part for part in presenter.parts}
    lashes = len(parts["lashes"].vertices) if "lashes" in parts else 0
    _true(len(presenter.indices.get("lash_root", ())) == lashes, "a root in the skin for each vertex of the lashes")
    for side in ("left", "right"):
        places = presenter.indices.get(f"lid_skin_{side}")
        if places is not None:
            for name in (f"lid_{side}", f"eye_{side}", f"white_{side}"):
                _true(name in parts, f"a part {name}, since a lid is painted over it")
            _true(len(parts[f"lid_{side}"].vertices) == len(places), f"a vertex of the skin for each of lid_{side}")


def _check_rest(presenter: Presenter) -> None:
    _true(presenter.rest.shape == (3, 4) and bool(np.isfinite(presenter.rest).all()), "rest is (3, 4)")
    turn = presenter.rest[:, :3]
    _true(
        bool(np.allclose(turn @ turn.T, np.eye(3), atol=1e-3)) and turn[2, 2] > 0, "rest turns, and no further than 90"
    )
    _true(_within(presenter.rest[:, 3], -MOST_SHIFT_MM, MOST_SHIFT_MM), "rest shifts a little")
    for name, colour in presenter.colours.items():
        numbers = all(type(value) is int and 0 <= value <= 255 for value in colour)
        _true(len(colour) == 3 and numbers, f"colour {name} is three numbers from 0 to 255")


def _check_plate(presenter: Presenter) -> None:
    if (plate := presenter.plate) is not None:
        places = np.array([plate.left_mm, plate.top_mm])
        _true(_within(places.astype(np.float32), -5 * FARTHEST_MM, 5 * FARTHEST_MM), "the plate lies near the person")
        _true(0.01 <= plate.mm_per_pixel <= 100, "the plate's pixels have a usual size")
        least = min(plate.pixels.shape[:2]) * plate.mm_per_pixel
        _true(least >= LEAST_PLATE_MM, f"a plate of {LEAST_PLATE_MM:.0f} mm a side or more")


def _check_places(points: Floats, what: str) -> None:
    _true(_within(points, -FARTHEST_MM, FARTHEST_MM), f"{what} are within {FARTHEST_MM:.0f} mm")
    if points.ndim == 2 and points.shape[1] == 3:
        _true(float(points[:, 2].max(initial=0)) <= NEAREST_TO_CAMERA_MM, f"{what} are not behind the viewer")


def _within(values: Floats | Ints, low: float, high: float) -> bool:
    """False for what is not finite, too."""
    return bool(((values >= low) & (values <= high)).all())


def _true(is_sound: bool, expected: str) -> None:
    if not is_sound:
        raise ValueError(f"expected: {expected}")
