"""A promise's name in, every implementation of it out: add yours here."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from avatar.performer import Performer
from avatar.still_face import StillFace
from narrator.outputs.camera import Camera, CameraWish
from narrator.outputs.memory import MemoryOutput
from narrator.outputs.speaker import WallClockSpeaker
from narrator.outputs.terminal import Terminal
from narrator.outputs.video_file import VideoFile
from narrator.outputs.window import Window
from narrator.stages import Face, Output

FACES: dict[str, Callable[[], Face]] = {
    "still": StillFace,
    "ada": lambda: Performer("ada"),
}


def _recording_camera(folder: Path) -> Output:
    os.environ["RECORDED"] = tempfile.mkdtemp(prefix="narrator-camera-", dir=folder.parent)
    wish = CameraWish(backend="recording", module="tests.narrator.outputs.recording_camera")
    return Camera(wish, speaker=WallClockSpeaker())


@dataclass(frozen=True)
class OutputCase:
    """One output and how to make it."""

    make: Callable[[Path], Output]
    """From an empty folder of its own."""
    needs_desktop: bool = False


OUTPUTS: dict[str, OutputCase] = {
    "memory": OutputCase(lambda _folder: MemoryOutput()),
    "film": OutputCase(lambda folder: VideoFile(folder / "film.mp4")),
    "camera": OutputCase(_recording_camera),
    "terminal": OutputCase(lambda _folder: Terminal(plain=True, speaker=WallClockSpeaker())),
    "window": OutputCase(lambda _folder: Window(), needs_desktop=True),
}
