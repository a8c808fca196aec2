"""Painted lids lie before the skin they were made on, are hidden on open eyes, and grow denser as eyes shut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.render.lids import LEVELS, LID_SHADOW, PaintedLids
from avatar.render.presenter import Part, Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport

LIFT_MM = 0.4


@pytest.fixture(scope="module")
def lidded(ada: Presenter) -> Presenter:
    """Ada with a red lid over each of her eyes."""
    skin, parts, indices = ada.part("skin"), [], {}
    for side in ("left", "right"):
        centre = ada.landmarks[f"eye_{side}"].reshape(3)
        is_near = (np.abs(skin.vertices - centre)[:, :2] < (17, 12)).all(axis=1) & (skin.vertices[:, 2] > centre[2])
        chosen, corners = np.unique(skin.triangles[is_near[skin.triangles].all(axis=1)], return_inverse=True)
        texture = np.zeros((8, 8 * LEVELS, 4), np.uint8)
        texture[..., 0] = 255
        texture[..., 3] = np.repeat(np.arange(1, LEVELS + 1), 8) * 255 // LEVELS
        uv = np.full((len(chosen), 2), (4 / (8 * LEVELS - 1), 0.5), np.float32)
        vertices = (skin.vertices[chosen] + (0, 0, LIFT_MM)).astype(np.float32)
        triangles = corners.reshape(-1, 3).astype(np.int32)
        parts.append(Part(f"lid_{side}", "picture", vertices, triangles, uv, texture, skin.follow[chosen]))
        eye = ada.part(f"eye_{side}")
        parts.append(replace(eye, name=f"white_{side}"))
        indices[f"lid_skin_{side}"] = chosen.astype(np.int32)
    return replace(ada, parts=(*ada.parts, *parts), indices=ada.indices | indices)


def frame(left: float, right: float) -> MotionFrame:
    values = REST.copy()
    values[INDEX["eyelid_left"]], values[INDEX["eyelid_right"]] = left, right
    return MotionFrame(0.0, "", values)


def test_lids_lie_where_they_lay_before_the_skin(lidded: Presenter) -> None:
    moved = lidded.part("skin").vertices + np.float32(5)
    for name, vertices in PaintedLids(lidded).vertices(moved).items():
        assert vertices == pytest.approx(lidded.part(name).vertices + 5, abs=1e-4)


def test_only_the_lid_of_a_shutting_eye_is_seen(lidded: Presenter) -> None:
    lids = PaintedLids(lidded)
    assert set(lids.hidden(frame(0, 0))) == {"lid_left", "lid_right"}
    assert lids.hidden(frame(1, 0)) == ("lid_right",)
    assert lids.hidden(frame(0.5, 1)) == ()


def test_the_further_an_eye_is_shut_the_denser_its_lid(lidded: Presenter) -> None:
    renderer = Renderer(lidded, Viewport(640, 360, framing="face"))
    reds = []
    for share in (0.0, 0.2, 0.4, 1.0):
        image = renderer.draw(frame(share, share)).astype(int)
        reds.append(float(np.maximum(image[..., 0] - image[..., 1] - 80, 0).mean()))
    assert (np.diff(reds) > 0.05).all()


def test_a_shut_lid_shades_the_eye_behind_it_alone(lidded: Presenter) -> None:
    renderer = Renderer(lidded, Viewport(640, 360, framing="face"))
    renderer.draw(frame(1, 0))
    shades = {layer.part.name: layer.shade for layer in renderer.layers}
    assert shades["eye_left"] == pytest.approx(1 - LID_SHADOW)
    assert shades["eye_right"] == pytest.approx(1)


def test_a_drawn_presenter_has_none(ada: Presenter) -> None:
    lids = PaintedLids(ada)
    assert lids.vertices(ada.part("skin").vertices) == {}
    assert lids.hidden(frame(1, 1)) == ()
