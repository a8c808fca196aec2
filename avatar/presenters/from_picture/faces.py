"""A picture in, every face in it with its measured points out, from left to right."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from narrator.errors import FaceError

Doubles = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""

FACE_POINTS = 468
"""FaceMesh's points of the face; ten of the irises follow."""
PUPILS = (468, 473)
"""The person's right one, which the viewer sees at the left, then the left one."""
LEAST_SCORE = 0.5
SAME_FACE = 0.3
"""Two boxes that share more than this of their union hold the same face."""
CROP_PX = 640
"""FaceMesh looks at crops enlarged or shrunk to this; it works at 192 px inside."""
CROPS = ((1.0, 0.0, 0.0), (1.12, 0.03, -0.02), (0.9, -0.03, 0.02), (1.05, -0.02, -0.03), (0.95, 0.02, 0.03))
"""Size and shift of each crop over the first one's: the mean of their points is steadier than one."""
CROP_MARGIN = 2.2
"""Side of the crop over the longer side of the detector's box, which ends at brows and chin."""


@dataclass(frozen=True, slots=True)
class Face:
    """One face as FaceMesh measures it."""

    points: Doubles
    """(478, 3) pixels, 0 the middle of the first: x to the right, y down, z towards the viewer in the same scale."""

    @property
    def box(self) -> Box:
        """The face from hairline to chin."""
        low, high = self.points[:FACE_POINTS, :2].min(axis=0), self.points[:FACE_POINTS, :2].max(axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])

    @property
    def width_px(self) -> float:
        """Width of the face."""
        return self.box[2] - self.box[0]

    @property
    def pupil_distance_px(self) -> float:
        """Between the pupils, in space, so that a turned face is not smaller."""
        return float(np.linalg.norm(self.points[PUPILS[0]] - self.points[PUPILS[1]]))


def find_faces(image: Pixels) -> list[Face]:
    """image (H, W, 3) sRGB. Raises FaceError where mediapipe, which finds faces, is not installed."""
    faces: list[Face] = []
    face_mesh, face_detection = _mediapipe()
    with face_mesh.FaceMesh(static_image_mode=True, refine_landmarks=True, max_num_faces=1) as finder:
        for box in _boxes(image, face_detection.FaceDetection):
            points = _measure(image, box, finder)
            if points is not None:
                faces.append(Face(points))
    return sorted(faces, key=lambda face: face.box[0])


def _mediapipe() -> tuple[Any, Any]:
    """mediapipe's modules face_mesh and face_detection, imported now; what they print meanwhile is dropped."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            from mediapipe.python.solutions import face_detection, face_mesh
    except ImportError as fault:
        raise FaceError(
            "mediapipe, which finds the face in a picture", f"it cannot be imported ({fault})", "Run: make setup"
        ) from fault
    return face_mesh, face_detection


def selfie_segmentation() -> Any:
    """mediapipe's module that tells people from background."""
    _mediapipe()
    from mediapipe.python.solutions import selfie_segmentation as module

    return module


def _boxes(image: Pixels, detector: Any) -> list[Box]:
    """Square boxes round the faces, best first: the near-range model and the far-range one together."""
    height, width = image.shape[:2]
    found: list[tuple[float, Box]] = []
    for model in (0, 1):
        with detector(model_selection=model, min_detection_confidence=LEAST_SCORE) as finder:
            for detection in finder.process(image).detections or ():
                box = detection.location_data.relative_bounding_box
                left, top = box.xmin * width, box.ymin * height
                right, bottom = left + box.width * width, top + box.height * height
                found.append((float(detection.score[0]), (left, top, right, bottom)))
    kept: list[Box] = []
    for _, box in sorted(found, reverse=True):
        if all(_overlap(box, other) < SAME_FACE for other in kept):
            kept.append(box)
    return kept


def _overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(width, 0.0) * max(height, 0.0)
    return shared / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared)


def _measure(image: Pixels, box: Box, finder: Any) -> Doubles | None:
    """(478, 3) points, the mean over CROPS; None where FaceMesh sees no face in the box."""
    side = max(box[2] - box[0], box[3] - box[1]) * CROP_MARGIN
    middle = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    found = []
    for size, right, down in CROPS:
        scale = CROP_PX / (side * size)
        corner = middle + np.array([right, down]) * side - side * size / 2
        to_crop = np.array([[scale, 0, -corner[0] * scale], [0, scale, -corner[1] * scale]])
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        crop = cv2.warpAffine(image, to_crop, (CROP_PX, CROP_PX), flags=way, borderMode=cv2.BORDER_REPLICATE)
        faces = finder.process(crop).multi_face_landmarks
        if faces:
            # mediapipe counts from a pixel's edge, OpenCV from its middle.
            raw = (np.array([(p.x, p.y, -p.z) for p in faces[0].landmark]) * CROP_PX - (0.5, 0.5, 0.0)) / scale
            found.append(raw + np.array([corner[0], corner[1], 0.0]))
    return np.mean(found, axis=0) if found else None
