"""The default presenter in, the cost of one finished frame beside one cv2.remap of its size out."""

from __future__ import annotations

from collections.abc import Iterator

import cv2

from avatar.performer import Performer
from avatar.presenters.library import DEFAULT
from benchmarks.figure import Figure
from benchmarks.speech_text import SENTENCES
from benchmarks.yardstick import remap_of, side_by_side_s
from narrator.flow import Delivery, Sentence, Viewport
from narrator.speech.espeak_voice import EspeakVoice

SIZES = ((512, 512), (1280, 720))
ROUNDS = 90


def measure() -> Iterator[Figure]:
    """Posed, drawn and composed, one thread, mouth moving."""
    cv2.setNumThreads(1)
    voice = EspeakVoice()
    utterance = voice.speak(Sentence(SENTENCES[0], "en"), Delivery())
    voice.close()
    face = Performer(DEFAULT)
    for width, height in SIZES:
        performance = face.perform(utterance, Delivery(), Viewport(width, height), 0.0)
        moments = iter([utterance.duration_s * index / (ROUNDS + 1) for index in range(ROUNDS + 1)])
        performance.draw(next(moments))
        ours_s, remap_s = side_by_side_s(
            lambda drawn=performance, when=moments: drawn.draw(next(when)), remap_of(width, height), ROUNDS
        )
        yardstick = f"one cv2.remap, {remap_s * 1000:.2f} ms"
        yield Figure(f"one frame {width}x{height}", ours_s * 1000, "ms", yardstick, ours_s / remap_s)
