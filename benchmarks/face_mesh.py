"""Pictures of a face in, what mediapipe's FaceMesh, no part of ours, sees of the mouth out.

Set up as lipreading.md, section 7 asks: every picture on its own (tracking smooths and lags), lengths over the
distance of the pupils.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from narrator.flow import RgbImage

PUPILS = (468, 473)
INNER_LIPS = (13, 14)
MOUTH_CORNERS = (61, 291)
INNER_CORNERS = (78, 308)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One face as FaceMesh sees it; lengths over the distance of the pupils."""

    gap: float
    """Between the inner lips at the midline."""
    width: float
    """Corner to corner."""
    inner_width: float
    points: npt.NDArray[np.float64]
    """(478, 2) pixels."""


class FaceMesh:
    """FaceMesh as an instrument; use as a context manager."""

    def __init__(self) -> None:
        import mediapipe as mp

        self._mesh: Any = mp.solutions.face_mesh.FaceMesh(
            static_image_mode=True, refine_landmarks=True, max_num_faces=1, min_detection_confidence=0.5
        )

    def __enter__(self) -> FaceMesh:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._mesh.close()

    def see(self, image: RgbImage) -> Sighting | None:
        """What it sees in one picture (height, width, 3), or None when it finds no face."""
        found = self._mesh.process(np.ascontiguousarray(image)).multi_face_landmarks
        if not found:
            return None
        height, width = image.shape[:2]
        points = np.array([(p.x * width, p.y * height) for p in found[0].landmark])
        pupils = _distance(points, PUPILS)
        return Sighting(
            gap=_distance(points, INNER_LIPS) / pupils,
            width=_distance(points, MOUTH_CORNERS) / pupils,
            inner_width=_distance(points, INNER_CORNERS) / pupils,
            points=points,
        )


def _distance(points: npt.NDArray[np.float64], pair: tuple[int, int]) -> float:
    return float(np.linalg.norm(points[pair[0]] - points[pair[1]]))
