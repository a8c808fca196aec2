"""Every built-in presenter is a sound mesh of a human face that FaceMesh finds where it should."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from avatar.motion_frame import INDEX, REST, MotionFrame
from avatar.presenters.library import FOLDER, presenter, presenter_names
from avatar.render.presenter import Part, Presenter
from avatar.render.renderer import Renderer
from narrator.flow import Viewport

MOST_TRIANGLES = 30_000
MOST_BYTES = 12_000_000
NEUTRAL = MotionFrame(0.0, "", REST)
MOST_HOLE_PX = 60
"""More is the wall between hair and neck."""


def turned(yaw_deg: float, pitch_deg: float, roll_deg: float, **channels: float) -> MotionFrame:
    """A face that looks at the viewer all the while."""
    values = REST.copy()
    head = {"head_yaw_deg": yaw_deg, "head_pitch_deg": pitch_deg, "head_roll_deg": roll_deg}
    gaze = {"gaze_yaw_deg": -yaw_deg, "gaze_pitch_deg": -pitch_deg}
    for name, value in (head | gaze | channels).items():
        values[INDEX[name]] = value
    return MotionFrame(0.0, "", values)


FACES = [
    turned(yaw_deg, pitch_deg, roll_deg, **channels)
    for yaw_deg, pitch_deg, roll_deg in ((0, 0, 0), (10, 0, 6), (-10, -8, -6), (6, 8, 0), (-4, 3, 2))
    for channels in (
        {"smile": 1.0},
        {"mouth_width": 1.06},
        {"jaw_drop_mm": 12.0, "lip_height_mm": 12.0},
        {"eyelid_left": 1.0, "eyelid_right": 1.0},
        {"gaze_yaw_deg": 20.0},
    )
]


@pytest.fixture(scope="module", params=presenter_names())
def shown(request: pytest.FixtureRequest) -> Presenter:
    return presenter(request.param)


def areas(part: Part) -> np.ndarray:
    corners = part.vertices[part.triangles].astype(np.float64)
    return np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2


def test_it_is_light_enough_to_ship_and_to_draw(shown: Presenter) -> None:
    assert sum(len(part.triangles) for part in shown.parts) <= MOST_TRIANGLES
    assert sum(path.stat().st_size for path in (FOLDER / shown.name).iterdir()) < MOST_BYTES


def test_every_part_is_finite_with_all_its_triangles_real(shown: Presenter) -> None:
    for part in shown.parts:
        assert np.isfinite(part.vertices).all(), part.name
        assert part.triangles.min() >= 0, part.name
        assert part.triangles.max() < len(part.vertices), part.name
        assert areas(part).min() > 1e-6, part.name
        assert 0 <= part.uv.min() <= part.uv.max() <= 1, part.name
        assert 0 <= part.follow.min() <= part.follow.max() <= 1, part.name
        assert len(part.follow) == len(part.uv) == len(part.vertices), part.name


def test_skin_and_eyes_show_their_outside_to_the_viewer(shown: Presenter) -> None:
    for name, least in (("skin", 0.93), ("eye_left", 0.93), ("eye_right", 0.93), ("body", 0.88)):  # folds turn away
        part = shown.part(name)
        corners = part.vertices[part.triangles]
        normal = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        front = corners[:, :, 2].mean(axis=1) > np.quantile(part.vertices[:, 2], 0.5)
        assert (normal[front, 2] > 0).mean() > least, name


def test_no_edge_of_the_skin_is_walked_twice_the_same_way(shown: Presenter) -> None:
    t = shown.part("skin").triangles
    directed = np.concatenate([t[:, [0, 1]], t[:, [1, 2]], t[:, [2, 0]]])
    assert len(np.unique(directed, axis=0)) == len(directed)


@pytest.mark.parametrize("framing", ["signer", "face"])
def test_no_background_shows_inside_the_face(shown: Presenter, framing: str) -> None:
    renderer = Renderer(shown, Viewport(1280, 720, framing=framing))
    for frame in FACES:
        renderer.draw(frame)
        empty = (renderer.owner == 0).astype(np.uint8)
        count, pieces, stats, _ = cv2.connectedComponentsWithStats(empty, connectivity=4)
        corners = next(layer for layer in renderer.layers if layer.part.name == "skin").attributes
        outline = np.zeros_like(empty)
        cv2.fillPoly(outline, [corners[shown.indices["face_oval"], :2].round().astype(np.int32)], 1)
        holes = [k for k in range(1, count) if stats[k, cv2.CC_STAT_AREA] < MOST_HOLE_PX]
        assert not (np.isin(pieces, holes) & (outline > 0)).any(), frame


def test_the_lip_border_runs_from_the_left_corner_over_the_top_and_back(shown: Presenter) -> None:
    for ring in (shown.landmarks["lip_border"], shown.part("skin").vertices[shown.indices["lip_border"]]):
        half = len(ring) // 2
        assert ring[:, 0].argmin() == 0
        assert ring[:, 0].argmax() == half
        assert (np.diff(ring[: half + 1, 0]) > 0).all()
        assert (np.diff(ring[half:, 0]) < 0).all()
        assert ring[1:half, 1].mean() > ring[half + 1 :, 1].mean() + 5
    assert shown.landmarks["lip_border"].shape == (40, 3)
    assert shown.landmarks["lip_line"].shape == (21, 3)
    assert (np.diff(shown.landmarks["lip_line"][:, 0]) > 0).all()


def test_the_lips_meet_at_the_origin(shown: Presenter) -> None:
    middle = shown.landmarks["lip_line"][10]
    assert middle[:2] == pytest.approx((0, 0), abs=0.05)


@pytest.mark.parametrize("side", ["left", "right"])
def test_lid_margins_run_from_the_nose_outward_and_lie_on_the_eyeball(shown: Presenter, side: str) -> None:
    skin, centre = shown.part("skin").vertices, shown.landmarks[f"eye_{side}"].reshape(3)
    radius = shown.landmarks["eye_radius"].reshape(-1)[0]
    upper, lower = (skin[shown.indices[f"{lid}_lid_{side}"]] for lid in ("upper", "lower"))
    assert (np.diff(np.abs(upper[:, 0])) > 0).all()
    assert (np.diff(np.abs(lower[:, 0])) > 0).all()
    assert upper[5:-5, 1].min() > lower[5:-5, 1].max() - 3
    for margin in (upper, lower):
        away = np.linalg.norm(margin - centre, axis=1) - radius
        assert away.min() > 0.5
        assert away[11:-11].max() < 1.8


def test_pupils_are_63_mm_apart(shown: Presenter) -> None:
    apart = np.linalg.norm(shown.landmarks["eye_left"] - shown.landmarks["eye_right"])
    assert apart == pytest.approx(63, abs=0.1)
    assert shown.landmarks["eye_left"][0, 0] > 0  # the person's left is the viewer's right


@pytest.mark.parametrize("framing", ["face", "signer"])
def test_facemesh_finds_the_face_where_the_landmarks_say(shown: Presenter, framing: str) -> None:
    from mediapipe.python.solutions import face_mesh

    picture = Renderer(shown, Viewport(1000, 1000, framing=framing)).draw(NEUTRAL).copy()
    with face_mesh.FaceMesh(static_image_mode=True, refine_landmarks=True) as finder:
        found = finder.process(picture).multi_face_landmarks
    assert found, "no face"
    points = np.array([(p.x * 1000, -p.y * 1000) for p in found[0].landmark])
    mm = 63 / np.linalg.norm(points[473] - points[468])
    points = (points - (points[13] + points[14]) / 2) * mm
    assert points[152] == pytest.approx(shown.landmarks["chin"][0, :2], abs=4)
    assert points[473] == pytest.approx(shown.landmarks["eye_left"][0, :2], abs=4)
    assert points[468] == pytest.approx(shown.landmarks["eye_right"][0, :2], abs=4)
    assert abs(points[13, 1] - points[14, 1]) < 1.3  # the mouth is seen closed: 0.02 of the pupil distance
