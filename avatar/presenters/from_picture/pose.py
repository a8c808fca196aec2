"""A measured face in, how its head is turned and how many millimetres a pixel is out.

Three spaces: the picture's pixels; the camera's millimetres (as avatar/render/camera sees them); and head space, in
which a presenter is stored, facing the viewer, with the lips at the origin. On the "plane", millimetres at depth 0,
a picture is flat: what lies before or behind it is drawn there in perspective.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.faces import PUPILS, Face
from avatar.render.camera import CAMERA_DISTANCE_MM
from avatar.studio.average_face import load_average_face
from avatar.studio.sculpt_face import INSIDE_LIPS

Doubles = npt.NDArray[np.float64]

PUPIL_DISTANCE_MM = 63.0
STEEPEST = 1.5
"""Millimetres of depth for each across."""
LIP_LINE_Z_MM = 4.5
"""The lips meet this far before the incisors, on whose plane head space has its origin."""
CHIN_FORWARD_MM, CHIN_MIDDLE_Y_MM, CHIN_SIZE_MM = 4.0, -17.0, (26.0, 12.0)
"""FaceMesh puts the hollow under the lower lip 3 to 4 mm behind Arnett et al. 1999, upon whose profile teeth stand."""
LIPS = (*(61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 146, 91, 181, 84, 17, 314, 405, 321, 375), *INSIDE_LIPS)
MOUTH_MIDDLE = (13, 14)
"""FaceMesh's points where the lips meet at the midline."""
LEAN_DEG = 9.0
"""FaceMesh lays brows too far forward and chins too far back: Ada, drawn level, is measured 6.4 degrees down, seven
other level faces 4 to 10."""
RIGID = (
    *(10, 151, 9, 8, 168, 6, 197, 195, 5, 4, 1, 19, 94, 2),
    *(33, 133, 362, 263, 234, 454, 127, 356, 162, 389, 21, 251, 54, 284, 103, 332, 67, 297, 109, 338),
    *(93, 323, 132, 361, 116, 345, 123, 352, 50, 280, 118, 347, 101, 330, 36, 266, 48, 278, 64, 294, 98, 327),
)
"""FaceMesh's points that neither jaw, lips, lids nor brows move."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Turns millimetres and pixels into each other."""

    turn: Doubles
    """(3, 3) head space to the camera's."""
    shift: Doubles
    """(3,) mm: where head space's origin lies in the camera's."""
    mm_per_pixel: float
    """On the plane."""
    axis_px: Doubles
    """(2,) the picture's pixel that the camera looks at: x = y = 0."""

    def plane_of_pixels(self, pixels: Doubles) -> Doubles:
        """(N, 2) pixels to (N, 2) mm on the plane."""
        return (pixels - self.axis_px) * (self.mm_per_pixel, -self.mm_per_pixel)

    def pixels_of_plane(self, plane: Doubles) -> Doubles:
        """(N, 2) mm on the plane to (N, 2) pixels."""
        return plane / (self.mm_per_pixel, -self.mm_per_pixel) + self.axis_px

    def head_of_plane(self, plane: Doubles, depth: Doubles) -> Doubles:
        """(N, 3) head space of points seen at plane (N, 2) whose depth (N,) mm is the camera's z."""
        nearer = (CAMERA_DISTANCE_MM - depth) / CAMERA_DISTANCE_MM
        seen = np.column_stack([plane * nearer[:, None], depth])
        head: Doubles = (seen - self.shift) @ self.turn
        return head

    def plane_of_head(self, head: Doubles) -> tuple[Doubles, Doubles]:
        """(N, 2) mm on the plane and (N,) depth of points (N, 3) in head space."""
        seen = head @ self.turn.T + self.shift
        nearer = CAMERA_DISTANCE_MM / (CAMERA_DISTANCE_MM - seen[:, 2])
        return seen[:, :2] * nearer[:, None], seen[:, 2]

    def sight(self, head: Doubles) -> Doubles:
        """(N, 3) unit: from points (N, 3) in head space towards the camera."""
        camera = ((0.0, 0.0, CAMERA_DISTANCE_MM) - self.shift) @ self.turn
        way = camera - head
        unit: Doubles = way / np.linalg.norm(way, axis=1, keepdims=True)
        return unit

    def centred_on(self, place: Doubles) -> Pose:
        """The same pose with head space's origin LIP_LINE_Z_MM behind place (3,), where the lips meet."""
        origin = place - (0.0, 0.0, LIP_LINE_Z_MM)
        return replace(self, shift=self.shift + self.turn @ origin)

    @property
    def rest(self) -> npt.NDArray[np.float32]:
        """(3, 4) as Presenter.rest has it."""
        return np.column_stack([self.turn, self.shift]).astype(np.float32)


def rest_pose(face: Face) -> Pose:
    """The average face laid over the measured one says how the head is turned (Procrustes, rigid points only)."""
    upright = np.column_stack([face.points[:, 0], -face.points[:, 1], _level_depth(face)])
    turn = _held_level(_rotation(load_average_face().points[list(RIGID)], upright[list(RIGID)]))
    mm_per_pixel = PUPIL_DISTANCE_MM / float(np.linalg.norm(upright[PUPILS[0]] - upright[PUPILS[1]]))
    lips = face.points[list(MOUTH_MIDDLE)].mean(axis=0)
    # The camera looks at the height of the lips, sideways half-way between them and the middle of the face.
    axis_px = np.array([(lips[0] + (face.box[0] + face.box[2]) / 2) / 2, lips[1]])
    lips_mm = np.array([(lips[0] - axis_px[0]) * mm_per_pixel, 0.0, LIP_LINE_Z_MM])
    lips_mm[:2] *= (CAMERA_DISTANCE_MM - LIP_LINE_Z_MM) / CAMERA_DISTANCE_MM
    return Pose(turn, lips_mm - turn[:, 2] * LIP_LINE_Z_MM, mm_per_pixel, axis_px)


def depth_mm(face: Face, pose: Pose) -> Doubles:
    """(478,) the camera's z of each point, nowhere falling away more steeply than STEEPEST.

    What turns from the viewer is hardly in the picture; drawn as steep as it is, it would be torn into strips.
    """
    level = _level_depth(face)
    lips = level[list(MOUTH_MIDDLE)].mean()
    depth = (level - lips) * pose.mm_per_pixel + LIP_LINE_Z_MM
    plane = pose.plane_of_pixels(face.points[:, :2])
    apart = np.linalg.norm(plane[:, None] - plane[None], axis=2)
    gentle: Doubles = (depth[None] - STEEPEST * apart).max(axis=1)
    gentle[list(LIPS)] = depth[list(LIPS)]
    return gentle


def _level_depth(face: Face) -> Doubles:
    """(478,) pixels: FaceMesh's depth without its lean."""
    level: Doubles = face.points[:, 2] + face.points[:, 1] * np.tan(np.radians(LEAN_DEG))
    return level


def fuller_chin(head: Doubles) -> Doubles:
    """(N,) mm by which places (N, 3) in head space come forward: FaceMesh lays them on the lower teeth."""
    x, y = head[:, 0] / CHIN_SIZE_MM[0], (head[:, 1] - CHIN_MIDDLE_Y_MM) / CHIN_SIZE_MM[1]
    forward: Doubles = CHIN_FORWARD_MM * np.exp(-(x**2) - y**2)
    return forward


def _held_level(turn: Doubles) -> Doubles:
    """The rotation (3, 3) without its nod up or down.

    It is measured 5 degrees wrong and most heads in pictures are level; and of a mouth that looks down by these 5
    degrees the upper teeth hide behind the lip and the lower ones pass for a lip.
    """
    nod = float(np.arcsin(np.clip(turn[1, 2], -1, 1)))
    back = np.array([[1, 0, 0], [0, np.cos(nod), -np.sin(nod)], [0, np.sin(nod), np.cos(nod)]])
    held: Doubles = turn @ back
    return held


def _rotation(source: Doubles, goal: Doubles) -> Doubles:
    """The rotation of the similarity that carries source (N, 3) nearest to goal (Umeyama 1991)."""
    u, _, vt = np.linalg.svd((goal - goal.mean(axis=0)).T @ (source - source.mean(axis=0)))
    sign = np.diag([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    rotation: Doubles = u @ sign @ vt
    return rotation
