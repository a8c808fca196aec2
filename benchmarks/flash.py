"""The word "papapapa" in every framing and size in, the area of the mouth that flashes on decoded frames out (T17)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from avatar.articulation.articulate import articulate
from avatar.motion_frame import MotionFrame
from avatar.presenters.library import DEFAULT, presenter
from avatar.render.camera import FRAMINGS
from avatar.render.renderer import Renderer
from benchmarks.figure import Figure
from benchmarks.film_frames import film_frames
from benchmarks.flashes import COARSE, DANGEROUS_PX, flashing_px, luminance_of
from benchmarks.lip_film import FPS, GAIN, write_film
from benchmarks.lip_texts import FLASHING
from narrator.flow import Delivery, Sentence, Viewport
from narrator.speech.espeak_voice import EspeakVoice

SIZES = ((640, 360), (1280, 720), (3840, 2160))
FRAMES = 60
"""Two seconds from the first sound."""
INSIDE = ("teeth", "tongue", "cavity")
"""What the names of the inner mouth's parts begin with."""


@dataclass(frozen=True, slots=True)
class Flashing:
    """Pixels that flash more than three times in a second; the largest connected area."""

    inner_mouth_px: int
    whole_picture_px: int
    """Lips and chin move over each other too, as any talking face's do."""


def measure() -> Iterator[Figure]:
    """The default presenter in every framing; test_flash.py holds the others to the same inner mouth."""
    frames = papapapa()
    for framing in FRAMINGS:
        for width, height in SIZES:
            area = flashing(DEFAULT, frames, Viewport(width, height, FPS, framing))
            name = f"papapapa, {framing} {width}x{height}: inner mouth flashing"
            beside = f"{DANGEROUS_PX} px (WCAG); whole picture {area.whole_picture_px}"
            yield Figure(name, area.inner_mouth_px, "px", beside, area.inner_mouth_px / DANGEROUS_PX)


def papapapa(rate_wpm: int = 130, gain: float = GAIN) -> list[MotionFrame]:
    """Two seconds of it."""
    voice = EspeakVoice()
    try:
        utterance = voice.speak(Sentence(FLASHING, "en"), Delivery(rate_wpm=rate_wpm))
    finally:
        voice.close()
    track = articulate(utterance, FPS, 0.0, utterance.duration_s, exaggeration=gain)
    return [track.frame(at) for at in range(min(FRAMES, len(track)))]


def flashing(face: str, frames: list[MotionFrame], viewport: Viewport) -> Flashing:
    """On the decoded frames of a film; where the inner mouth is, the renderer knows."""
    with tempfile.TemporaryDirectory(prefix="narrator-flash-") as folder:
        film = write_film(face, frames, Path(folder) / "papapapa.mp4", viewport)
        seen = [luminance_of(image) for _, image in film_frames(film.path)]
    return Flashing(flashing_px(seen, FPS, inner_mouth(face, frames, viewport)), flashing_px(seen, FPS))


def inner_mouth(
    face: str, frames: list[MotionFrame], viewport: Viewport
) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """(height / COARSE, width / COARSE): where teeth, tongue or the room behind are seen in any frame."""
    renderer = Renderer(presenter(face), viewport)
    ever = np.zeros((viewport.height, viewport.width), bool)
    for frame in frames:
        renderer.draw(frame)
        inside = [owner for owner in np.unique(renderer.owner) if renderer.owner_name(int(owner)).startswith(INSIDE)]
        ever |= np.isin(renderer.owner, inside)
    size = (viewport.width // COARSE, viewport.height // COARSE)
    return np.asarray(cv2.resize(ever.astype(np.uint8), size, interpolation=cv2.INTER_AREA) > 0)
