"""A film in, the readings of its face frame by frame out, in chunks on disk: the child that runs mediapipe.

python -m avatar.training.extraction.watch FILM FOLDER. A chunk that is there is not measured again. On standard output
a JSON object a line: {"frames": how many are done}, at last {"done": frames}.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.presenters.from_picture.faces import FACE_POINTS, PUPILS
from avatar.training.extraction.face_measure import READINGS, Doubles, measured

CHUNK = "readings_{:05d}.npz"
FRAMES = 150
"""In a chunk: five seconds or six."""
COLUMNS = 2 + len(READINGS)
"""When the frame is shown, how many faces are in it, and the readings (NaN where there is no face)."""
MOST_FACES = 2
OTHER_FACE = 0.5
"""A second face smaller than this share of the first one is somebody in the background, or a picture on the wall."""


def main() -> int:
    """Measures what is missing."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing a library prints may look like a message

    def tell(**message: int) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    film, folder = Path(sys.argv[1]), Path(sys.argv[2])
    tell(done=watch(film, folder, lambda frames: tell(frames=frames)))
    return 0


def watch(film: Path, folder: Path, tell: Callable[[int], None]) -> int:
    """How many frames the film has."""
    import cv2
    from mediapipe.python.solutions import face_mesh

    cv2.setNumThreads(1)
    pictures, done, number = _pictures(film), 0, 0
    with face_mesh.FaceMesh(static_image_mode=True, refine_landmarks=True, max_num_faces=MOST_FACES) as finder:
        while chunk := list(islice(pictures, FRAMES)):
            file = folder / CHUNK.format(number)
            if not file.exists():
                rows, shapes = zip(*(_row(time_s, picture, finder) for time_s, picture in chunk), strict=True)
                unfinished = file.with_suffix(".part.npz")
                np.savez(unfinished, rows=np.array(rows), shapes=np.array(shapes, np.float16))
                unfinished.replace(file)
            done, number = done + len(chunk), number + 1
            tell(done)
    return done


def _pictures(film: Path) -> Iterator[tuple[float, npt.NDArray[np.uint8]]]:
    import av

    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        for frame in container.decode(stream):
            yield float(frame.time or 0.0), np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)


def _row(time_s: float, picture: npt.NDArray[np.uint8], finder: Any) -> tuple[Doubles, Doubles]:
    """(COLUMNS,) and the shape (FACE_POINTS * 3,), zeros where there is no face."""
    row = np.full(COLUMNS, np.nan)
    row[:2] = time_s, 0
    faces = faces_in(picture, finder)
    if not faces:
        return row, np.zeros(FACE_POINTS * 3)
    sizes = [float(np.linalg.norm(one[PUPILS[0]] - one[PUPILS[1]])) for one in faces]
    row[1] = sum(size >= OTHER_FACE * max(sizes) for size in sizes)
    row[2:], shape = measured(faces[int(np.argmax(sizes))])
    return row, shape


def faces_in(picture: npt.NDArray[np.uint8], finder: Any) -> list[Doubles]:
    """(478, 3) of each face that FaceMesh finds, as face_measure has them."""
    height, width = picture.shape[:2]
    found = finder.process(np.ascontiguousarray(picture)).multi_face_landmarks or ()
    return [np.array([(p.x * width, p.y * height, -p.z * width) for p in one.landmark]) for one in found]


if __name__ == "__main__":
    sys.exit(main())
