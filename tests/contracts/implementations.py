"""A promise's name in, every implementation of it out: add yours here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from avatar.performer import Performer
from avatar.still_face import StillFace
from narrator.outputs.memory import MemoryOutput
from narrator.outputs.video_file import VideoFile
from narrator.outputs.window import Window
from narrator.stages import Face, Output

FACES: dict[str, Callable[[], Face]] = {
    "still": StillFace,
    "ada": lambda: Performer("ada"),
}


@dataclass(frozen=True)
class OutputCase:
    """One output and how to make it."""

    make: Callable[[Path], Output]
    """From an empty folder of its own."""
    needs_desktop: bool = False


OUTPUTS: dict[str, OutputCase] = {
    "memory": OutputCase(lambda _folder: MemoryOutput()),
    "film": OutputCase(lambda folder: VideoFile(folder / "film.mp4")),
    "window": OutputCase(lambda _folder: Window(), needs_desktop=True),
}
