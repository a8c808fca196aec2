"""FaceMesh's points of one frame in, how the head is turned and what the face's parts measure out.

Everything is read in the head's own space: the average face, laid over the points that neither jaw, lips, lids nor
brows move (Umeyama 1991), says where the head is and how many millimetres a pixel is (pupils 63 mm apart).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.faces import FACE_POINTS
from avatar.presenters.from_picture.pose import LEAN_DEG, PUPIL_DISTANCE_MM, RIGID
from avatar.studio.average_face import load_average_face

Doubles = npt.NDArray[np.float64]

READINGS = (
    "yaw_deg",
    "pitch_deg",
    "roll_deg",
    "gap_mm",  # between the inner lips at the midline
    "width_mm",  # corner to corner
    "inner_mm",  # of the opening
    "eye_left",  # opening over width
    "eye_right",
    "iris_x_mm",  # of both, from the middle of the eye; + to the person's left
    "iris_y_mm",
    "pupils_px",
)
PLACE = {name: i for i, name in enumerate(READINGS)}
INNER_LIPS, CORNERS, INNER_CORNERS = (13, 14), (61, 291), (78, 308)
EYES = {"left": (263, 362, 386, 374), "right": (33, 133, 159, 145)}
"""Outer and inner corner, middle of the upper and of the lower lid."""
IRISES = {"left": 473, "right": 468}


def measured(points: Doubles) -> tuple[Doubles, Doubles]:
    """(len(READINGS),) and the face's shape (FACE_POINTS * 3,), mm off the average face, in the head's own space.

    points (478, 3) pixels: x right, y down, z towards the viewer in the same scale.
    """
    upright = np.column_stack([points[:, 0], -points[:, 1], points[:, 2] + points[:, 1] * np.tan(np.radians(LEAN_DEG))])
    average = _average()
    turn, scale = _laid_over(average[list(RIGID)], upright[list(RIGID)])
    head = (upright - upright[list(RIGID)].mean(axis=0)) @ turn / scale
    found = dict.fromkeys(READINGS, 0.0)
    found["yaw_deg"] = float(np.degrees(np.arctan2(-turn[2, 0], turn[2, 2])))
    found["pitch_deg"] = float(np.degrees(np.arcsin(np.clip(-turn[2, 1], -1, 1))))
    found["roll_deg"] = float(np.degrees(np.arctan2(turn[0, 1], turn[1, 1])))
    found["pupils_px"] = float(np.linalg.norm(upright[IRISES["left"]] - upright[IRISES["right"]]))
    rows = found | _mouth(head) | _eyes(head)
    return np.array([rows[name] for name in READINGS]), (head[:FACE_POINTS] - _average()).ravel()


def _mouth(head: Doubles) -> dict[str, float]:
    upper, lower = head[INNER_LIPS[0]], head[INNER_LIPS[1]]
    return {
        "gap_mm": float(np.linalg.norm(upper[:2] - lower[:2])),
        "width_mm": _apart(head, CORNERS),
        "inner_mm": _apart(head, INNER_CORNERS),
    }


def _eyes(head: Doubles) -> dict[str, float]:
    found, looks = {}, []
    for side, (outer, inner, up, low) in EYES.items():
        middle = head[[outer, inner]].mean(axis=0)
        found[f"eye_{side}"] = _apart(head, (up, low)) / _apart(head, (outer, inner))
        looks.append(head[IRISES[side]] - middle)
    x, y = np.mean(looks, axis=0)[:2]
    return found | {"iris_x_mm": float(x), "iris_y_mm": float(y)}


def _apart(head: Doubles, pair: tuple[int, int]) -> float:
    return float(np.linalg.norm(head[pair[0], :2] - head[pair[1], :2]))


def _laid_over(source: Doubles, goal: Doubles) -> tuple[Doubles, float]:
    """(3, 3) rotation and pixels a millimetre of the similarity that carries source (N, 3) nearest to goal."""
    source, goal = source - source.mean(axis=0), goal - goal.mean(axis=0)
    u, s, vt = np.linalg.svd(goal.T @ source)
    sign = np.array([1.0, 1.0, np.sign(np.linalg.det(u @ vt))])
    return np.asarray((u * sign) @ vt), float((s * sign).sum() / (source**2).sum())


@lru_cache(maxsize=1)
def _average() -> Doubles:
    """(FACE_POINTS, 3) mm, the middle of its rigid points at the origin."""
    points = PUPIL_DISTANCE_MM * load_average_face().points[:FACE_POINTS]
    return np.asarray(points - points[list(RIGID)].mean(axis=0))
