"""Seconds in, a window that flashes and a loudspeaker that beeps out: a process of its own.

Run as python -m benchmarks.flash_and_beep SECONDS OFFSET_MS. It prints what the window told its person, as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from narrator.flow import Caption, Phone, RgbImage, Sentence, Utterance, Viewport, Waiting
from narrator.outputs.window import Window

VIEW = Viewport(640, 360, 30.0)
RATE_HZ = 22_050
BEEP_HZ = 1000.0
BEEP_S = 0.1
APART_S = 0.61803
"""No multiple of a frame or of a block of sound, so that the beeps fall everywhere in both."""
FIRST_S = 0.5
WARM_UP_S = 2.5
"""A null sink takes nothing for its first second or two."""
GREY, WHITE = 60, 255


@dataclass
class FlashAndBeep:
    """A grey picture that is white while its sound beeps. Follows narrator.stages.Performance."""

    utterance: Utterance
    beeps_s: tuple[float, ...]
    captions: tuple[Caption, ...] = ()
    start_s: float = -0.2

    @property
    def end_s(self) -> float:
        """Sound plus pause."""
        return self.utterance.duration_s + self.utterance.sentence.pause_s

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """White from the first frame whose moment has come."""
        view = viewport or VIEW
        is_white = any(beep <= time_s + 1e-6 < beep + BEEP_S for beep in self.beeps_s)
        return np.full((view.height, view.width, 3), WHITE if is_white else GREY, np.uint8)


def beep_moments(seconds: float) -> Iterator[float]:
    """In a sound of so many seconds."""
    at_s = FIRST_S
    while at_s + 2 * BEEP_S < seconds:
        yield at_s
        at_s += APART_S


def performance(seconds: float) -> FlashAndBeep:
    """Silence with beeps in it."""
    samples = np.zeros(round(seconds * RATE_HZ), np.int16)
    moments = tuple(beep_moments(seconds))
    tone = 20_000 * np.sin(2 * np.pi * BEEP_HZ * np.arange(round(BEEP_S * RATE_HZ)) / RATE_HZ)
    for moment in moments:
        first = round(moment * RATE_HZ)
        samples[first : first + len(tone)] = tone.astype(np.int16)
    sentence = Sentence("Beeps.", "en", pause_s=0.3)
    return FlashAndBeep(Utterance(sentence, samples, RATE_HZ, (Phone("", 0.0, seconds),), ()), moments)


class Free:
    """Lets it play. Follows narrator.stages.Control."""

    def is_paused(self) -> bool:
        """Never."""
        return False

    def is_interrupted(self) -> bool:
        """Never."""
        return False


def main(seconds: float, offset_s: float) -> None:
    """Plays it once."""
    window = Window(sound_offset_s=offset_s)
    window.open(VIEW, RATE_HZ)
    time.sleep(WARM_UP_S)
    try:
        for _ in window.play(performance(seconds), Free()):
            pass
        pace = {"gaps_s": list(window.pace.gaps_s), "own_offsets_s": list(window.pace.offsets_s)}
    finally:
        window.close(completed=True)
    print(json.dumps({"notices": window.notices, **pace}))


if __name__ == "__main__":
    main(float(sys.argv[1]), float(sys.argv[2]) / 1000)
