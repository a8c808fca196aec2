"""The installed narrator in, docs/picture.jpg out: a frame of a film, and the mouth in four sounds."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt

Picture = npt.NDArray[np.uint8]

TARGET = Path(__file__).resolve().parents[1] / "docs" / "picture.jpg"
SENTENCE = "Five of them moved the blue boat."
SOUNDS = ({"p", "b", "m"}, {"f", "v"}, {"θ", "ð"}, {"uː", "u"})
"""Lips closed, lip on teeth, tongue between teeth, lips round."""
PREROLL_S = 0.2 + 1 / 30
"""A film begins this much before its first sound: Delivery.preroll_s, and one frame (outputs/film_timeline.py)."""
JPEG_QUALITY = 90
PAPER = 255
GAP = 8
"""Pixels between the pictures."""


def main() -> None:
    """Makes the films, takes the frames, puts them together."""
    phones = json.loads(narrator("phones", "--json", "--text", SENTENCE))["phones"]
    moments_s = [moment_of(sounds, phones) for sounds in SOUNDS]
    with tempfile.TemporaryDirectory() as folder:
        faces = frames_at(film(Path(folder) / "face.mp4"), moments_s)
        mouths = frames_at(film(Path(folder) / "mouth.mp4", "--framing", "mouth"), moments_s)
    write(composed(faces[1], mouths))


def narrator(*arguments: str) -> str:
    """The standard output of one command."""
    done = subprocess.run([sys.executable, "-m", "narrator", *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def film(path: Path, *options: str) -> Path:
    """The sentence as a film."""
    narrator("read", "--text", SENTENCE, "--to", str(path), *options)
    return path


def moment_of(sounds: set[str], phones: list[dict[str, Any]]) -> float:
    """Film time of the middle of the first of these sounds."""
    first = next(phone for phone in phones if phone["ipa"] in sounds)
    return PREROLL_S + float(first["start_s"]) + float(first["duration_s"]) / 2


def frames_at(path: Path, moments_s: list[float]) -> list[Picture]:
    """The pictures shown at those moments of a film, in the order asked for."""
    with av.open(str(path)) as container:
        shown = [(float(frame.time or 0), frame.to_ndarray(format="bgr24")) for frame in container.decode(video=0)]
    return [next(picture for time_s, picture in reversed(shown) if time_s <= moment_s) for moment_s in moments_s]


def composed(face: Picture, mouths: list[Picture]) -> Picture:
    """The face above, the mouths in a row of the same width below."""
    width = face.shape[1]
    each = (width - GAP * (len(mouths) - 1)) // len(mouths)
    height = each * 5 // 8
    row = np.full((height, width, 3), PAPER, np.uint8)
    for i, mouth in enumerate(mouths):
        left = i * (each + GAP)
        row[:, left : left + each] = cv2.resize(
            middle_of(mouth, each / height), (each, height), interpolation=cv2.INTER_AREA
        )
    return np.vstack([face, np.full((GAP, width, 3), PAPER, np.uint8), row])


def middle_of(picture: Picture, aspect: float) -> Picture:
    """The upper part of a picture at that ratio of width to height, without the captions below."""
    height = picture.shape[0] * 3 // 4
    width = int(height * aspect)
    left = (picture.shape[1] - width) // 2
    return picture[:height, left : left + width]


def write(picture: Picture) -> None:
    """The file in docs/."""
    _, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    TARGET.write_bytes(data.tobytes())


if __name__ == "__main__":
    main()
