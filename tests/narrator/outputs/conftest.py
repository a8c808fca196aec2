"""Small performances of known pixels and sound for the outputs to play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pytest

from narrator.flow import Caption, Phone, RgbImage, Sentence, Utterance, Viewport, Word

RATE_HZ = 22_050
BEEP_HZ = 1000.0
BEEP_S = 0.1
WORD_S = 0.3


@dataclass
class FlashAndBeep:
    """A grey picture with a moving bar that turns white while its sound beeps."""

    utterance: Utterance
    captions: tuple[Caption, ...]
    beeps_s: tuple[float, ...]
    viewport: Viewport
    start_s: float = -0.12
    drawn_s: list[float] = field(default_factory=list)

    @property
    def end_s(self) -> float:
        return self.utterance.duration_s + self.utterance.sentence.pause_s

    def draw(self, time_s: float) -> RgbImage:
        self.drawn_s.append(time_s)
        frame = int(np.floor((time_s - self.start_s) * self.viewport.fps + 1e-6))
        state_s = self.start_s + frame / self.viewport.fps
        white = any(beep <= state_s < beep + BEEP_S for beep in self.beeps_s)
        image = np.full((self.viewport.height, self.viewport.width, 3), 255 if white else 60, np.uint8)
        image[: self.viewport.height // 8, : frame % self.viewport.width] = (200, 40, 40)
        return image


@dataclass
class FreeControl:
    """Lets an output play, unless told otherwise."""

    paused: bool = False
    interrupted: bool = False

    def is_paused(self) -> bool:
        return self.paused

    def is_interrupted(self) -> bool:
        return self.interrupted


def beeping_utterance(duration_s: float, beeps_s: tuple[float, ...], text: str, pause_s: float) -> Utterance:
    samples = np.zeros(round(duration_s * RATE_HZ), np.int16)
    time_s = np.arange(round(BEEP_S * RATE_HZ)) / RATE_HZ
    tone = (20_000 * np.sin(2 * np.pi * BEEP_HZ * time_s)).astype(np.int16)
    for beep in beeps_s:
        first = round(beep * RATE_HZ)
        samples[first : first + len(tone)] = tone[: len(samples) - first]
    words, char = [], 0
    for place, word in enumerate(text.split()):
        words.append(Word(word, place * WORD_S, WORD_S, char, char + len(word)))
        char += len(word) + 1
    sentence = Sentence(text, "en", pause_s=pause_s)
    return Utterance(sentence, samples, RATE_HZ, (Phone("", 0.0, duration_s),), tuple(words))


@pytest.fixture
def viewport() -> Viewport:
    return Viewport(320, 180, 30.0)


@pytest.fixture
def control() -> FreeControl:
    return FreeControl()


@pytest.fixture
def make_performance(viewport: Viewport) -> Callable[..., FlashAndBeep]:
    def make(
        duration_s: float = 1.0,
        beeps_s: tuple[float, ...] = (0.5,),
        text: str = "a face one can read",
        pause_s: float = 0.35,
        view: Viewport = viewport,
    ) -> FlashAndBeep:
        utterance = beeping_utterance(duration_s, beeps_s, text, pause_s)
        captions = (Caption((text,), 0.0, duration_s, utterance.words),)
        return FlashAndBeep(utterance, captions, beeps_s, view)

    return make
