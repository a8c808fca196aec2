"""A still face and real talkers in, how far the instrument itself can be trusted and what people reach out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.articulation.articulate import articulate
from avatar.motion.rules import idle
from avatar.motion_frame import MOUTH_CHANNELS, MotionFrame
from benchmarks.film_frames import film_frames
from benchmarks.lip_film import FPS, apexes, write_film
from benchmarks.lip_sight import see, see_film
from narrator.flow import Delivery, Sentence, Utterance

TALKERS = Path(__file__).resolve().parents[2] / "shared" / "data" / "talking_video"
"""Two people of the GRID corpus (Cooke, Barker, Cunningham and Shao 2006), 25 pictures a second."""
SPELT = {"p": "pee", "f": "eff", "b": "bee", "t": "tee", "s": "ess", "q": "queue"}
"""How a letter that a talker says is written as a word."""
LABELS_PER_S = 25_000
STILL_S = 1.0
STILL_SYLLABLES = (("p", "p", "p"), ("h", "ɛ", "h"), ("h", "ɑː", "h"))
PUPILS_MM = 63.0


@dataclass(frozen=True, slots=True)
class Noise:
    """What FaceMesh reads on lips that do not move, in millimetres of 63 between the pupils."""

    gap_mm: float
    """Largest distance of a reading from the mean of its own shape."""
    width_mm: float


@dataclass(frozen=True, slots=True)
class Talker:
    """A real person's lips beside what our articulation makes of the same words."""

    name: str
    opening: float
    """Pearson's r at the best lag of three frames."""
    width: float


def noise(face: str) -> Noise:
    """Lips held shut, half open and open, on a head that sways as it always does."""
    sway = idle(0.0, STILL_S, FPS, Delivery())
    gaps, widths = 0.0, 0.0
    with tempfile.TemporaryDirectory(prefix="narrator-still-") as folder:
        for held in apexes(STILL_SYLLABLES):
            frames = [_with_mouth(frame, held) for frame in sway]
            seen = see_film(write_film(face, frames, Path(folder) / "still.mp4").path)
            gaps = max(gaps, float(np.abs(seen.gap - seen.gap.mean()).max()))
            widths = max(widths, float(np.abs(seen.width - seen.width.mean()).max()))
    return Noise(PUPILS_MM * gaps, PUPILS_MM * widths)


def talkers() -> Iterator[Talker]:
    """Those beside this checkout; none where there are none."""
    from narrator.speech.alignment.aligner import Aligner
    from narrator.speech.system_voice import read_sound

    aligner = Aligner()
    try:
        for film in sorted(TALKERS.glob("*.mpg")):
            samples, rate_hz = read_sound(film)
            words, start_s, end_s = _said(film.with_suffix(".align"))
            spoken = samples[int(start_s * rate_hz) : int(end_s * rate_hz)]
            yield _beside(film, aligner.align(Sentence(words, "en"), spoken, rate_hz), start_s)
    finally:
        aligner.close()


def _beside(film: Path, utterance: Utterance, start_s: float) -> Talker:
    """Only while they speak: what a mouth does in silence is its own affair."""
    shown = list(film_frames(film))
    fps = (len(shown) - 1) / (shown[-1][0] - shown[0][0])
    first, count = round(start_s * fps), int(utterance.duration_s * fps)
    seen = see(image for _, image in shown[first : first + count])
    track = articulate(utterance, fps, first / fps - start_s, utterance.duration_s)
    opening = np.maximum(track.channel("lip_height_mm"), 0.0).astype(np.float64)
    width = track.channel("mouth_width").astype(np.float64)
    return Talker(film.stem, _best(opening, seen.gap), _best(width, seen.width))


def _best(asked: npt.NDArray[np.float64], seen: npt.NDArray[np.float64]) -> float:
    from benchmarks.lip_tests import LAGS, correlation

    frames = min(len(asked), len(seen))
    return max(correlation(asked[:frames], seen[:frames], lag) for lag in LAGS)


def _said(labels: Path) -> tuple[str, float, float]:
    """(words, seconds of the first one's start, seconds of the last one's end)."""
    rows = [line.split() for line in labels.read_text(encoding="utf-8").splitlines() if line.strip()]
    spoken = [row for row in rows if row[2] != "sil"]
    words = " ".join(SPELT.get(word, word) for _, _, word in spoken)
    return words, int(spoken[0][0]) / LABELS_PER_S, int(spoken[-1][1]) / LABELS_PER_S


def _with_mouth(frame: MotionFrame, held: MotionFrame) -> MotionFrame:
    values = frame.values.copy()
    values[: len(MOUTH_CHANNELS)] = held.values[: len(MOUTH_CHANNELS)]
    return MotionFrame(frame.time_s, held.phone, values)
