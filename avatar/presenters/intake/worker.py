"""A picture on standard input and a request in, a presenter's folder and messages out: the child.

Everything that touches a foreign picture happens here: no file can hang, swell or crash the program that asked.
Messages, a JSON object a line: {"step": "..."}, {"warning": "..."}, {"fault": [expected, came, next_step]},
{"done": {...}}.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from narrator.errors import NarratorError, PictureError

if TYPE_CHECKING:
    from PIL.Image import Image

    from avatar.presenters.from_picture.faces import Face

MEMORY_LIMIT_BYTES = 1 << 30
"""Address space while decoding: the largest picture allowed takes 480 MB as it is stored, once."""
PROCESSOR_LIMIT_S = 60
"""All of it, decoding included; two seconds are usual, the parent's own limit is shorter."""
LARGEST_BYTES = 200 << 20
FACE_PX = 960
"""A face as wide as its texture may be: 160 mm at 6 pixels a millimetre."""


def main() -> int:
    """Reads the request from the command line, sends what comes of it."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # nothing a library prints may look like a message

    def send(**message: Any) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    try:
        send(done=_make(json.loads(sys.argv[1]), send))
    except NarratorError as fault:
        send(fault=[fault.expected, fault.came, fault.next_step])
    except MemoryError:
        send(fault=["a picture that can be held in memory", "it takes too much of it", "Save it smaller."])
    except BrokenPipeError:
        return 1
    return 0


def _make(request: dict[str, Any], send: Callable[..., None]) -> dict[str, Any]:
    """The presenter of the picture, saved in the folder asked for."""
    send(step="reading the picture")
    picture, kind = _decoded()
    send(step="looking for the face")
    import numpy as np

    from avatar.presenters.intake.suitability import choose_face

    chosen = choose_face(np.asarray(picture, np.uint8), request["face"])
    for warning in chosen.warnings:
        send(warning=warning)
    send(step="making the presenter")
    from avatar.presenters.from_picture.make import from_picture
    from avatar.render.presenter_folder import save_presenter

    picture, face = _at_most(FACE_PX, picture, chosen.face)
    save_presenter(
        from_picture(np.asarray(picture, np.uint8), face, request["name"], request["title"]), Path(request["into"])
    )
    return {"format": kind, "face_px": round(chosen.face.width_px)}


def _decoded() -> tuple[Image, str]:
    from avatar.presenters.intake.decode import decode

    content = sys.stdin.buffer.read(LARGEST_BYTES + 1)
    if len(content) > LARGEST_BYTES:
        raise PictureError(f"a file of at most {LARGEST_BYTES >> 20} MiB", "it is larger", "Save the picture smaller.")
    lift = _limit()
    try:
        return decode(io.BytesIO(content))
    finally:
        lift()


def _at_most(width_px: float, picture: Image, face: Face) -> tuple[Image, Face]:
    """The picture made smaller until its face is that wide, and the face in it."""
    from avatar.presenters.from_picture.faces import Face

    scale = width_px / face.width_px
    if scale >= 1:
        return picture, face
    smaller = picture.resize((max(1, round(picture.width * scale)), max(1, round(picture.height * scale))))
    scales = (smaller.width / picture.width, smaller.height / picture.height, scale)
    return smaller, Face(face.points * scales)


def _limit() -> Callable[[], None]:
    """Sets limits of memory and time where the system has them; returns what lifts the one of memory again."""
    try:
        import resource
    except ImportError:  # Windows has none; the parent's time limit still holds
        return lambda: None
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_LIMIT_S, PROCESSOR_LIMIT_S + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, hard))
    except (OSError, ValueError):  # macOS refuses RLIMIT_AS
        return lambda: None
    return lambda: resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


if __name__ == "__main__":
    sys.exit(main())
