"""The words after `narrator` in, that very command with a flash and a beep at every fourth word out.

Run as python -m benchmarks.flashing_reader ACCOUNT WORD ...; what became of each sentence's frames and closures goes
to the file ACCOUNT, a line of JSON each. Face and speech are the real ones, dimmed so that flash and beep stand out.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock

import numpy as np

from avatar.performer import FacePerformance
from narrator import assemble
from narrator.cli import run
from narrator.flow import Caption, Delivery, Phone, RgbImage, Sentence, Utterance, Viewport, Waiting
from narrator.stages import Face, Performance, Voice

BEEP_HZ = 1000.0
BEEP_S = 0.1
LOUDNESS = 20_000
FIRST_WORD, EVERY_WORDS = 1, 4
QUIETER = 16
"""Speech is played at this part of its loudness, below what counts as a beep."""
DARKER_BITS = 1
"""The picture is drawn at half its brightness, below what counts as a flash."""
WHITE = 255
MARK_SHARE = 0.1
"""The top of each picture has a grey of its frame's own, so that every new picture can be seen from outside."""
MARK_GREYS, MARK_STEP = 4, 24
NARRATES = "narrator-session"
"""Begins the name of the thread whose pictures are shown; another one draws a new size for the first time."""
CLOSES = "pbm"
CLOSED_MM = 0.05
AROUND_S = 0.04
"""A mouth closes this much before its sound at the earliest, and opens this much after it."""
OVER_S = 2.0
"""A performance that was not drawn for so long is over."""


def beeps_s(utterance: Utterance) -> tuple[float, ...]:
    """When its beeps begin: with words, so that they stay in place when it goes on at another rate."""
    return tuple(word.start_s for word in utterance.words[FIRST_WORD::EVERY_WORDS])


class BeepingVoice:
    """Follows narrator.stages.Voice."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self.name = voice.name

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        """What the voice says, quieter, with beeps."""
        spoken = self._voice.speak(sentence, delivery)
        samples = spoken.samples // QUIETER
        tone = LOUDNESS * np.sin(2 * np.pi * BEEP_HZ * np.arange(round(BEEP_S * spoken.rate_hz)) / spoken.rate_hz)
        for moment_s in beeps_s(spoken):
            place = samples[round(moment_s * spoken.rate_hz) :][: len(tone)]
            place[:] = tone[: len(place)].astype(np.int16)
        return replace(spoken, samples=samples)

    def close(self) -> None:
        """The voice's."""
        self._voice.close()


@dataclass
class Drawn:
    """What was drawn of one performance."""

    performance: FacePerformance
    moments_s: set[float] = field(default_factory=set)
    last_at_s: float = 0.0

    def told(self) -> dict[str, int]:
        """Frames drawn and left out between the first and the last of them; closures there, and those not drawn."""
        frame_s = 1 / self.performance.viewport.fps
        first_s, last_s = min(self.moments_s), max(self.moments_s)
        due = round((last_s - first_s) / frame_s) + 1
        frames = {round((moment_s - first_s) / frame_s) for moment_s in self.moments_s}
        closures = [
            phone
            for phone in self.performance.utterance.phones
            if phone.ipa and phone.ipa[0] in CLOSES and first_s < phone.start_s - AROUND_S < phone.end_s < last_s
        ]
        dropped = sum(not self._is_seen(phone, frame_s) for phone in closures)
        return {"frames": len(frames), "left_out": due - len(frames), "closures": len(closures), "dropped": dropped}

    def _is_seen(self, phone: Phone, frame_s: float) -> bool:
        begin_s, end_s = phone.start_s - AROUND_S, phone.end_s + AROUND_S
        near = (moment_s for moment_s in self.moments_s if begin_s < moment_s + frame_s and moment_s < end_s)
        return any(self.performance.track.at(moment_s)["lip_height_mm"] <= CLOSED_MM for moment_s in near)


class Account:
    """What became of frames and closures, written down sentence by sentence."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._drawn: dict[int, Drawn] = {}

    def drew(self, performance: FacePerformance, moment_s: float) -> None:
        """Takes note of a frame, and of what is over."""
        if not threading.current_thread().name.startswith(NARRATES):
            return
        now_s = time.perf_counter()
        one = self._drawn.setdefault(id(performance), Drawn(performance))
        one.moments_s.add(moment_s)
        one.last_at_s = now_s
        for key in [key for key, other in self._drawn.items() if now_s - other.last_at_s > OVER_S]:
            with self._file.open("a") as file:
                file.write(json.dumps(self._drawn.pop(key).told()) + "\n")


class FlashingPerformance:
    """Dark, and white while its sound beeps. Follows narrator.stages.Performance."""

    def __init__(self, performance: FacePerformance, account: Account) -> None:
        self._performance, self._account = performance, account
        self._beeps_s = beeps_s(performance.utterance)
        self.utterance = performance.utterance
        self.start_s, self.end_s = performance.start_s, performance.end_s
        self.captions: tuple[Caption, ...] = ()

    def draw(self, time_s: float, viewport: Viewport | None = None, waiting: Waiting | None = None) -> RgbImage:
        """White from the first frame whose moment has come; never while the mouth rests."""
        self._account.drew(self._performance, time_s)
        picture = self._performance.draw(time_s, viewport, waiting) >> DARKER_BITS
        performs = waiting is None or waiting.mouth == 0.0
        if performs and any(beep <= time_s + 1e-6 < beep + BEEP_S for beep in self._beeps_s):
            picture[...] = WHITE
        frame = round((time_s - self.start_s) * self._performance.viewport.fps)
        picture[: round(MARK_SHARE * len(picture))] = MARK_STEP * (1 + frame % MARK_GREYS)
        return picture


class FlashingFace:
    """Follows narrator.stages.Face."""

    def __init__(self, face: Face, account: Account) -> None:
        self._face, self._account = face, account
        self.name, self.drawn_at_once = face.name, face.drawn_at_once

    def perform(self, utterance: Utterance, delivery: Delivery, viewport: Viewport, clock_s: float) -> Performance:
        """The face's own, flashing."""
        performance = self._face.perform(utterance, delivery, viewport, clock_s)
        assert isinstance(performance, FacePerformance)
        return FlashingPerformance(performance, self._account)

    def rest(self, delivery: Delivery, viewport: Viewport, clock_s: float, thinking: float = 0.0) -> RgbImage:
        """The face's own, dark."""
        return self._face.rest(delivery, viewport, clock_s, thinking) >> DARKER_BITS

    def mouth_width_px(self, viewport: Viewport) -> float:
        """The face's own."""
        return self._face.mouth_width_px(viewport)


def main(account: Path) -> None:
    """The command line that is left in sys.argv, with another voice and face in their usual places."""
    told, voice, face = Account(account), assemble.voice, assemble.face
    with (
        mock.patch.object(assemble, "voice", lambda *words: BeepingVoice(voice(*words))),
        mock.patch.object(assemble, "face", lambda *words, **more: FlashingFace(face(*words, **more), told)),
    ):
        run()


if __name__ == "__main__":
    main(Path(sys.argv.pop(1)))
