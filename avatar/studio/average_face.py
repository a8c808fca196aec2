"""Pictures of faces in, one symmetric average face (points, triangles, mirror map) out.

Run once: python -m avatar.studio.average_face FOLDER ... ; its result, average_face.npz, ships with the code.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Pixels = npt.NDArray[np.uint8]

STORE = Path(__file__).with_name("average_face.npz")
POINTS = 468
"""FaceMesh's points without the ten of the irises."""
PUPILS = (468, 473)
EYE_CORNERS = (33, 263)
MIDLINE = (10, 152)
FRAMES_PER_VIDEO = 6
SEED = (10, 109, 151)
"""A triangle at the middle of the forehead, counter-clockwise for the viewer; the net is turned like it."""
ON_MIDLINE = (
    *(0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 94),
    *(151, 152, 164, 168, 175, 195, 197, 199, 200),
)
"""FaceMesh's points on the middle of the face: each is its own mirror image."""
CROSSED_WITHIN = 0.08
"""Pupil distances within which two points may have got each other's mirror image."""
MAX_TURN_DEG = 26.0
"""Faces turned further are left out: their far side is guessed, not seen."""
ENLARGE_TO_PX = 900
"""FaceMesh is steadier on enlarged pictures of small faces."""


@dataclass(frozen=True, slots=True)
class AverageFace:
    """The face all presenters start from: pupil distance 1, y up, z towards the viewer, x to the viewer's right."""

    points: Doubles
    triangles: Ints
    mirror: Ints
    """mirror[i] is the point on the other side; a midline point is its own."""


def load_average_face() -> AverageFace:
    """The stored average."""
    with np.load(STORE, allow_pickle=False) as store:
        return AverageFace(store["points"], store["triangles"], store["mirror"])


def measure(folder: Path) -> AverageFace:
    """Averages every face that FaceMesh finds in the pictures and videos of the folder."""
    from mediapipe.python.solutions import face_mesh

    faces: list[Doubles] = []
    with face_mesh.FaceMesh(static_image_mode=True, refine_landmarks=True, max_num_faces=1) as finder:
        for path in sorted(folder.rglob("*")):
            found = [f for f in (_find(finder, image) for image in _images(path)) if f is not None]
            if found:  # every person counts once, however many frames show them
                faces.append(np.mean(found, axis=0))
    if not faces:
        raise SystemExit(f"No face was found under {folder}.")
    average = np.mean(faces, axis=0)
    triangles = _triangles(sorted(face_mesh.FACEMESH_TESSELATION))
    mirror = _mirror_map(average, triangles)
    points = _symmetric(average, mirror)
    return AverageFace(points, _symmetric_net(points, triangles, mirror), mirror)


def _images(path: Path) -> Iterator[Pixels]:
    suffix = path.suffix.lower()
    if suffix in {".jpg", ".jpeg", ".png"}:
        image = cv2.imread(str(path))
        if image is not None:
            yield image
    elif suffix in {".mpg", ".mp4", ".avi", ".mov"}:
        video = cv2.VideoCapture(str(path))
        count = int(video.get(cv2.CAP_PROP_FRAME_COUNT))
        for k in range(FRAMES_PER_VIDEO):
            video.set(cv2.CAP_PROP_POS_FRAMES, count * k // FRAMES_PER_VIDEO)
            good, image = video.read()
            if good:
                yield image
        video.release()


def _find(finder: object, image: Pixels) -> Doubles | None:
    scale = max(1.0, ENLARGE_TO_PX / min(image.shape[:2]))
    image = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    result = finder.process(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))  # type: ignore[attr-defined]
    if not result.multi_face_landmarks:
        return None
    height, width = image.shape[:2]
    raw = np.array([(p.x * width, -p.y * height, -p.z * width) for p in result.multi_face_landmarks[0].landmark])
    points, turn_deg = frontal(raw)
    return points if turn_deg <= MAX_TURN_DEG else None


def frontal(points: Doubles) -> tuple[Doubles, float]:
    """Centred, turned frontal and scaled to a pupil distance of 1; also by how many degrees it was turned."""
    centred = points - points[:POINTS].mean(axis=0)
    x_axis = centred[EYE_CORNERS[1]] - centred[EYE_CORNERS[0]]
    x_axis /= np.linalg.norm(x_axis)
    y_axis = centred[MIDLINE[0]] - centred[MIDLINE[1]]
    y_axis -= x_axis * (y_axis @ x_axis)
    y_axis /= np.linalg.norm(y_axis)
    z_axis = np.cross(x_axis, y_axis)
    turned = centred @ np.stack([x_axis, y_axis, z_axis], axis=1)
    distance = float(np.linalg.norm(turned[PUPILS[1]] - turned[PUPILS[0]]))
    return turned / distance, float(np.degrees(np.arccos(np.clip(z_axis[2], -1, 1))))


def _triangles(edges: list[tuple[int, int]]) -> Ints:
    """The triangles whose edges are listed, all turned the same way as SEED."""
    near: dict[int, set[int]] = {}
    for a, b in edges:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    found = sorted({tuple(sorted((a, b, c))) for a in near for b in near[a] for c in near[a] & near[b]})
    sides = {t: [frozenset((t[0], t[1])), frozenset((t[1], t[2])), frozenset((t[2], t[0]))] for t in found}
    uses = Counter(side for t in found for side in sides[t])
    # Three points that all know each other round a nostril are no triangle: each of their sides has two others.
    left = [t for t in found if not all(uses[side] > 2 for side in sides[t])]
    by_side: dict[frozenset[int], list[tuple[int, ...]]] = {}
    for t in left:
        for side in sides[t]:
            by_side.setdefault(side, []).append(t)
    turned = {tuple(sorted(SEED)): SEED}
    queue = [tuple(sorted(SEED))]
    while queue:
        t = turned[queue.pop()]
        for a, b in ((t[0], t[1]), (t[1], t[2]), (t[2], t[0])):
            for other in by_side[frozenset((a, b))]:
                if other not in turned:
                    (c,) = set(other) - {a, b}
                    turned[other] = (b, a, c)
                    queue.append(other)
    return np.array([turned[t] for t in left], np.int32)


def _mirror_map(points: Doubles, triangles: Ints) -> Ints:
    """Which point is whose mirror image: the closest pairs first, since the two halves' nets differ in places."""
    face = points[:POINTS]
    distance = np.linalg.norm(face[:, None] - (face * (-1.0, 1.0, 1.0))[None], axis=2)
    twin = np.full(POINTS, -1, np.int32)
    twin[list(ON_MIDLINE)] = ON_MIDLINE
    for flat in np.argsort(distance, axis=None, kind="stable"):
        i, j = divmod(int(flat), POINTS)
        if i != j and twin[i] < 0 and twin[j] < 0:
            twin[i], twin[j] = j, i
    return _untangled(twin, face, triangles)


def _untangled(twin: Ints, face: Doubles, triangles: Ints) -> Ints:
    """Neighbours whose twins were taken crosswise change them, where that keeps more edges of the net."""
    edges = {(int(t[i]), int(t[(i + 1) % 3])) for t in triangles for i in range(3)}
    edges |= {(b, a) for a, b in edges}
    near = [[b for a, b in edges if a == i] for i in range(POINTS)]

    def kept(of: Ints, points: tuple[int, ...]) -> int:
        return sum((int(of[i]), int(of[k])) in edges for i in points for k in near[i])

    gaps = np.linalg.norm(face[:, None] - face[None], axis=2)
    for i, k in np.argwhere(np.triu(gaps < CROSSED_WITHIN, 1)).tolist():
        j, m = int(twin[i]), int(twin[k])
        if len({i, j, k, m}) == 4:
            changed = twin.copy()
            changed[[i, m, k, j]] = m, i, j, k
            if kept(changed, (i, j, k, m)) > kept(twin, (i, j, k, m)):
                twin = changed
    return twin


def _symmetric(points: Doubles, mirror: Ints) -> Doubles:
    return (points[:POINTS] + points[mirror] * (-1.0, 1.0, 1.0)) / 2


def _symmetric_net(points: Doubles, triangles: Ints, mirror: Ints) -> Ints:
    """The viewer's left half of the net and its mirror image: FaceMesh's halves differ at the nostrils."""
    x = points[triangles, 0].mean(axis=1)
    half = triangles[x < 0]
    whole: Ints = np.concatenate([half, mirror[half][:, ::-1]]).astype(np.int32)
    return whole


if __name__ == "__main__":
    result = measure(Path(sys.argv[1]))
    np.savez(STORE, points=result.points, triangles=result.triangles, mirror=result.mirror)
