"""The same frame gives the same pixels, what must be seen is seen, and FaceMesh finds the face."""

from __future__ import annotations

import numpy as np
import pytest

from avatar.render.presenter import Presenter
from avatar.render.renderer import Renderer
from avatar.render.teeth import UPPER
from benchmarks.face_mesh import FaceMesh
from narrator.flow import Viewport
from tests.avatar.render.conftest import Pose
from tests.golden_pictures import Compare

OPEN = {"jaw_drop_mm": 12.0, "lip_height_mm": 13.0, "inner_width": 0.72, "upper_teeth_mm": 1.5}
SHAPES: dict[str, dict[str, float]] = {
    "rest": {},
    "p": {"jaw_drop_mm": 4.0, "lip_height_mm": -2.0, "mouth_width": 0.97, "lip_press": 1.0},
    "f": {
        "jaw_drop_mm": 2.5,
        "lip_height_mm": 2.5,
        "inner_width": 0.7,
        "mouth_width": 1.03,
        "upper_teeth_mm": 2.5,
        "lower_lip_tuck": 1.0,
    },
    "aa": OPEN,
    "uw": {
        "jaw_drop_mm": 4.3,
        "lip_height_mm": 3.5,
        "inner_width": 0.26,
        "mouth_width": 0.8,
        "lip_protrusion_mm": 9.0,
    },
    "turned": {**OPEN, "head_yaw_deg": 8.0, "head_pitch_deg": -4.0, "head_roll_deg": 3.0},
    "blink": {"eyelid_left": 1.0, "eyelid_right": 1.0},
}


@pytest.fixture(scope="module")
def renderer(ada: Presenter) -> Renderer:
    return Renderer(ada, Viewport(512, 512))


@pytest.mark.parametrize("name", SHAPES)
def test_a_face_looks_as_it_was_looked_at(renderer: Renderer, pose: Pose, golden: Compare, name: str) -> None:
    golden(f"ada_{name}", renderer.draw(pose(**SHAPES[name])))


def test_the_same_frame_gives_the_same_pixels(renderer: Renderer, pose: Pose) -> None:
    first = renderer.draw(pose(**OPEN)).copy()
    renderer.draw(pose())
    np.testing.assert_array_equal(first, renderer.draw(pose(**OPEN)))


def share_of(renderer: Renderer, frame: object, *names: str) -> float:
    renderer.draw(frame)  # type: ignore[arg-type]
    owners = [i for i in range(1, 256) if i <= len(renderer.presenter.parts) + 6 and renderer.owner_name(i) in names]
    return float(np.isin(renderer.owner, owners).mean())


def test_an_open_mouth_shows_teeth_and_tongue(renderer: Renderer, pose: Pose) -> None:
    frame = pose(**OPEN, tongue_tip_forward_mm=-5.0, tongue_tip_height_mm=-8.0)
    central_crowns_px = OPEN["upper_teeth_mm"] * 2 * UPPER[0].width * renderer.camera.pixels_per_mm**2
    pixels = renderer.viewport.width * renderer.viewport.height
    assert share_of(renderer, frame, "teeth_upper") * pixels > 0.7 * central_crowns_px
    assert share_of(renderer, frame, "tongue") > 0.0005


def test_shut_lips_show_neither(renderer: Renderer, pose: Pose) -> None:
    inside = ("teeth_upper", "teeth_lower", "tongue", "cavity")
    assert share_of(renderer, pose(), *inside) == 0
    assert share_of(renderer, pose(**SHAPES["p"]), *inside) == 0


def test_nothing_of_the_mouth_pokes_through_the_skin(renderer: Renderer, pose: Pose) -> None:
    renderer.draw(pose(**{**OPEN, "jaw_drop_mm": 18.0, "lip_height_mm": 20.0}))
    inside = [
        i for i in range(1, 40) if i <= len(renderer.layers) and renderer.owner_name(i) in ("cavity", "teeth_lower")
    ]
    rows, columns = np.nonzero(np.isin(renderer.owner, inside))
    scale, middle_x, middle_y = (
        renderer.camera.pixels_per_mm,
        renderer.camera.middle_x,
        renderer.camera.middle_y,
    )
    assert np.abs(columns - middle_x).max() / scale < 27
    assert (rows - middle_y).max() / scale < 24


@pytest.mark.slow
def test_facemesh_finds_the_face_in_every_shape(renderer: Renderer, pose: Pose) -> None:
    with FaceMesh() as instrument:
        missed = [name for name, shape in SHAPES.items() if instrument.see(renderer.draw(pose(**shape))) is None]
    assert not missed
