"""One picture of a face in, the presenter that lends its mesh the picture as a skin out."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.canvas import Grid, whole_grid
from avatar.presenters.from_picture.depth import Depth
from avatar.presenters.from_picture.eyes import EYE_RADIUS_MM, Eye, find_eye, iris_part, white_part
from avatar.presenters.from_picture.faces import Face, find_faces
from avatar.presenters.from_picture.lids import with_lids
from avatar.presenters.from_picture.lip_red import lip_red, readable_lips
from avatar.presenters.from_picture.matte import person_matte
from avatar.presenters.from_picture.mesh import EYE_OFFSETS_MM, LIP_OFFSETS_MM, Net, net_over
from avatar.presenters.from_picture.mouth import JAW_SHARE, LipLines, at_x, lip_lines, lip_texture
from avatar.presenters.from_picture.plate import separate
from avatar.presenters.from_picture.pose import Pose, depth_mm, fuller_chin, rest_pose
from avatar.presenters.from_picture.skin import Person, dress
from avatar.presenters.from_picture.tone import mouth_colours
from avatar.render.jaw import jaw_angle, turn_about_hinge
from avatar.render.mouth import Mouth
from avatar.render.presenter import Plate, Presenter
from avatar.render.skin import SkinFollow
from avatar.studio.average_face import load_average_face
from narrator.errors import FaceError

Doubles = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

JAW_PIVOT, NECK_PIVOT = (0.0, 34.0, -84.0), (0.0, 5.0, -105.0)
"""Where jaw and skull turn, on a head whose pupils are 63 mm apart (as in avatar/studio)."""
CHIN, NOSE_BASE, NOSE_TIP = 152, 2, 1
BROW_EDGES = {"right": (46, 53, 52, 65, 55), "left": (276, 283, 282, 295, 285)}
"""FaceMesh's points along the lower edges of the brows."""
LIP_LINE_POINTS, LIP_BORDER_POINTS = 21, 40
BEYOND_MM = 16.0
"""The net reaches this far over the person's edge, so that the edge's soft part lies in it."""


def from_picture(image: Pixels, face: Face | int | None, name: str, title: str) -> Presenter:
    """image (H, W, 3) sRGB; face is one of find_faces(image), its number from the left, or None for the only one.

    Raises FaceError where there is no face, or several and none was chosen.
    """
    chosen = face if isinstance(face, Face) else _chosen(find_faces(image), face)
    pose, points, lips = _measured(chosen)
    plane, depths = pose.plane_of_head(points)
    depth = Depth(plane, depths, load_average_face(), pose)
    eyes = [find_eye(points, pose, side) for side in ("right", "left")]
    whole = whole_grid(pose)
    layers = separate(image, person_matte(image, chosen), pose, whole, depth.oval)
    net = _net(pose, lips, eyes, depth, layers.shown[..., 3], whole)
    skin, rest, indices, face_weight = dress(Person(image, pose, depth, lips, eyes), net, layers, whole)
    movable = [part for eye in eyes for part in (white_part(image, eye, pose, depth), iris_part(image, eye, pose))]
    presenter = Presenter(
        name=name,
        title=title,
        parts=(skin, rest, *movable),
        landmarks=_landmarks(points, lips, eyes, depth, pose),
        indices=indices,
        rest=pose.rest,
        weights={"face": face_weight},
        plate=Plate(layers.plate, whole.left_mm, whole.top_mm, whole.mm_per_pixel),
    )
    closed = with_lids(_closed(presenter, lips), image, pose, layers.person, whole)
    return _with_lips(closed, image, chosen, pose, lips)


def _chosen(faces: list[Face], number: int | None) -> Face:
    if not faces:
        raise FaceError(
            "a picture of a face", "no face was found", "Choose a picture that shows a face from the front."
        )
    if number is None and len(faces) > 1:
        raise FaceError("one face", f"{len(faces)} were found", "Say which, counted from the left: --face 1")
    if number is not None and not 1 <= number <= len(faces):
        raise FaceError(f"a face out of 1 to {len(faces)}", f"{number} came", "They are counted from the left.")
    return faces[(number or 1) - 1]


def _measured(face: Face) -> tuple[Pose, Doubles, LipLines]:
    """The pose, FaceMesh's points (478, 3) in head space and the lips; the lips meet at the origin."""
    pose = rest_pose(face)
    plane, depth = pose.plane_of_pixels(face.points[:, :2]), depth_mm(face, pose)
    pose = pose.centred_on(lip_lines(pose.head_of_plane(plane, depth)).middle)
    depth = depth + fuller_chin(pose.head_of_plane(plane, depth))
    pose = pose.centred_on(lip_lines(pose.head_of_plane(plane, depth)).middle)
    points = pose.head_of_plane(plane, depth)
    return pose, points, lip_lines(points)


def _net(pose: Pose, lips: LipLines, eyes: list[Eye], depth: Depth, alpha: Pixels, whole: Grid) -> Net:
    reach = int(BEYOND_MM / whole.mm_per_pixel)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    near = cv2.dilate((alpha > 4).astype(np.uint8), kernel)

    def is_person(plane: Doubles) -> npt.NDArray[np.bool_]:
        at = np.clip(whole.pixels_of(plane).round().astype(int), 0, (whole.width - 1, whole.height - 1))
        return np.asarray(near[at[:, 1], at[:, 0]] > 0)

    rings = tuple(pose.plane_of_head(ring)[0] for ring in (lips.ring, *(eye.ring for eye in eyes)))
    box = (whole.left_mm, whole.top_mm, whole.right_mm, whole.bottom_mm)
    offsets = (LIP_OFFSETS_MM, EYE_OFFSETS_MM, EYE_OFFSETS_MM)
    return net_over(rings, offsets, lambda plane: depth.outside(plane)[0], is_person, box)


def _landmarks(points: Doubles, lips: LipLines, eyes: list[Eye], depth: Depth, pose: Pose) -> dict[str, Floats]:
    closed = lips.closed()
    line = closed.upper_edge
    half = len(closed.ring) // 2
    upper, lower = closed.ring[: half + 1], np.vstack([closed.ring[half:], closed.ring[:1]])
    count = LIP_BORDER_POINTS // 2 + 1
    ring = np.vstack([_evenly(upper, count)[:-1], _evenly(lower, count)[:-1]])
    named = {
        "lip_border": ring,
        "lip_line": at_x(line, np.linspace(line[0, 0], line[-1, 0], LIP_LINE_POINTS)),
        "eye_radius": np.array([[EYE_RADIUS_MM, 0, 0]]),
        "chin": points[[CHIN]],
        "nose_base": points[[NOSE_BASE]],
        "nose_tip": points[[NOSE_TIP]],
        "jaw_pivot": np.array([JAW_PIVOT]),
        "neck_pivot": np.array([NECK_PIVOT]),
        "face_oval": pose.head_of_plane(depth.oval, depth.at(depth.oval)),
        **{f"eye_{eye.side}": eye.centre[None] for eye in eyes},
        **{f"brow_{side}": points[list(edge)] for side, edge in BROW_EDGES.items()},
    }
    return {key: value.astype(np.float32) for key, value in named.items()}


def _evenly(line: Doubles, count: int) -> Doubles:
    at = np.linspace(0, len(line) - 1, count)
    return np.stack([np.interp(at, np.arange(len(line)), line[:, k]) for k in range(3)], axis=1)


def _closed(presenter: Presenter, lips: LipLines) -> Presenter:
    """The same face with its lips together and its jaw up, if they were apart in the picture."""
    if not lips.is_open:
        return presenter
    pivot = np.array(JAW_PIVOT)
    angle = jaw_angle(-JAW_SHARE * lips.gap_mm, pivot, np.zeros(3))
    skin = presenter.part("skin")
    vertices = SkinFollow(presenter).pose(skin.vertices, angle, lips.closed().ring.astype(np.float32))
    chin = turn_about_hinge(presenter.landmarks["chin"], angle, pivot)
    parts = tuple(replace(skin, vertices=vertices) if part is skin else part for part in presenter.parts)
    return replace(presenter, parts=parts, landmarks=presenter.landmarks | {"chin": chin})


def _with_lips(presenter: Presenter, image: Pixels, face: Face, pose: Pose, lips: LipLines) -> Presenter:
    """The same face with the picture's lips laid over the renderer's, and all within them in the picture's light."""
    textures = {}
    for part, _ in Mouth(presenter).parts:
        if part.name in ("lip_upper", "lip_lower"):
            is_upper = part.name == "lip_upper"
            textures[part.name] = lip_texture(image, pose, part.vertices, lips, is_upper=is_upper)
    textures = readable_lips(textures, image, face)
    colours = mouth_colours(image, face, lip_red(textures["lip_lower"]))
    return replace(presenter, lip_textures=textures, colours=colours)
