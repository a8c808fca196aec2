"""A picture in, the one face that is to become a presenter out, or one line why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.faces import PUPILS, Face, find_faces
from avatar.presenters.from_picture.pose import rest_pose
from avatar.presenters.intake.mouth_in_view import look_at_mouth
from avatar.studio.average_face import load_average_face
from narrator.errors import PictureError

Pixels = npt.NDArray[np.uint8]

SMALLEST_PX = 96
SMALL_PX = 200
MOST_TURNED_DEG = 35.0
MEASURING_DEG = 3.0
"""FaceMesh's depth overstates: the Girl with a Pearl Earring, turned 32, is measured at 36."""
MOST_TILTED_DEG = 60.0
"""Heads are held aslant; beyond this the picture itself lies on its side."""
MOST_DISAGREEMENT = 0.085
"""Pupil distances between a point and the same point measured on the mirror image, the worst of all points: at most
0.074 in 34 pictures of people, also blurred and noisy; 0.19 on a drawn ape, 0.08 to 0.3 behind a scarf or a hand."""
MOST_LISTED = 6
FACE_POINTS = 468
CHOOSE = "Choose another picture."
UPRIGHT = "Turn the picture upright, save it, and add that."


@dataclass(frozen=True, slots=True)
class Chosen:
    """The face, with what a person should know of it."""

    face: Face
    warnings: tuple[str, ...]


def choose_face(image: Pixels, number: int | None) -> Chosen:
    """The only face, or the one with that number from the left (1, 2 ...). Raises PictureError.

    A face that is named by its number is taken although it looks covered, or as no person's: then it warns.
    """
    face = _only(image, find_faces(image), number)
    _check_which_way_up(face)
    warnings = _check_size(face) + _check_turn(face)
    for doubt in (_doubt_the_mouth, _doubt_it_is_human):
        if told := doubt(image, face):
            if number is None:
                raise _upside_down(image) or told
            warnings += [told.came]
            break
    return Chosen(face, tuple(warnings))


def _only(image: Pixels, faces: Sequence[Face], number: int | None) -> Face:
    if not faces:
        raise PictureError(
            "a picture with a human face, seen from the front",
            "no face was found in it (an animal's is not enough)",
            CHOOSE,
        )
    if number is None and len(faces) == 1:
        return faces[0]
    if number is not None and 1 <= number <= len(faces):
        return faces[number - 1]
    listed = "; ".join(f"{place + 1} {_described(image, face)}" for place, face in enumerate(faces[:MOST_LISTED]))
    more = f" and {len(faces) - MOST_LISTED} more" if len(faces) > MOST_LISTED else ""
    if number is None:
        raise PictureError("one face", f"{len(faces)} were found: {listed}{more}", "Say which with: --face N")
    raise PictureError(f"a number from 1 to {len(faces)} for --face", f"{number} came ({listed}{more})", "Choose one.")


def _described(image: Pixels, face: Face) -> str:
    """Where in the picture, and how large."""
    height, width = image.shape[:2]
    left, top, right, bottom = face.box
    across = ("left", "middle", "right")[min(2, max(0, int((left + right) / 2 / width * 3)))]
    down = ("top", "middle", "bottom")[min(2, max(0, int((top + bottom) / 2 / height * 3)))]
    place = across if down == "middle" else f"{down} {across}"
    return f"{place} at {left:.0f},{top:.0f}, {face.width_px:.0f} px across"


def _check_size(face: Face) -> list[str]:
    if face.width_px < SMALLEST_PX:
        raise PictureError(
            f"a face at least {SMALLEST_PX} px across", f"it is {face.width_px:.0f}", "Choose a larger picture of it."
        )
    if face.width_px < SMALL_PX:
        return [f"the face is {face.width_px:.0f} px across: it will look soft; from {SMALL_PX} px on it is sharp"]
    return []


def _check_which_way_up(face: Face) -> None:
    right, left = face.points[PUPILS[0], :2], face.points[PUPILS[1], :2]
    tilt_deg = abs(float(np.degrees(np.arctan2(left[1] - right[1], left[0] - right[0]))))
    if tilt_deg > MOST_TILTED_DEG:
        raise PictureError("a face the right way up", f"it is tilted by {tilt_deg:.0f} degrees", UPRIGHT)


def _upside_down(image: Pixels) -> PictureError | None:
    """FaceMesh lays an upright face over one that stands on its head; turned round, it fits."""
    turned = np.ascontiguousarray(image[::-1, ::-1])
    if not any(look_at_mouth(turned, face).is_in_view for face in find_faces(turned)):
        return None
    return PictureError("a face the right way up", "it stands on its head", UPRIGHT)


def _check_turn(face: Face) -> list[str]:
    turn = rest_pose(face).turn
    yaw_deg = abs(float(np.degrees(np.arctan2(turn[0, 2], turn[2, 2]))))
    if yaw_deg > MOST_TURNED_DEG + MEASURING_DEG:
        raise PictureError(
            f"a face turned at most {MOST_TURNED_DEG:.0f} degrees to the side",
            f"it is turned {yaw_deg:.0f}",
            "Choose a picture that shows it more from the front.",
        )
    return []


def _doubt_it_is_human(image: Pixels, face: Face) -> PictureError | None:
    """What is seen in a face does not depend on which way round the picture is."""
    if disagreement(image, face) <= MOST_DISAGREEMENT:
        return None
    return PictureError(
        "a human face, uncovered",
        "what was found cannot be measured twice alike: it may be an animal, a mask, or covered",
        "Choose another picture; if it is a face in plain view, add --face with its number.",
    )


def disagreement(image: Pixels, face: Face) -> float:
    """The face measured on the mirror image against this one: the worst point, in pupil distances; 1 if not found."""
    mirrored = np.ascontiguousarray(image[:, ::-1])
    worst = 1.0
    for other in find_faces(mirrored):
        points = other.points[:FACE_POINTS][load_average_face().mirror, :2]
        points[:, 0] = image.shape[1] - 1 - points[:, 0]
        apart = np.linalg.norm(points - face.points[:FACE_POINTS, :2], axis=1) / face.pupil_distance_px
        worst = min(worst, float(apart.max()))
    return worst


def _doubt_the_mouth(image: Pixels, face: Face) -> PictureError | None:
    if look_at_mouth(image, face).is_in_view:
        return None
    return PictureError(
        "a mouth in plain view",
        "its lips cannot be told from what is round them, as if something lay over them",
        "Choose another picture; if the mouth is bare, add --face with the face's number.",
    )
