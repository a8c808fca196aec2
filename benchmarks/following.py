"""A recording played in real time in, how far the following face is behind it and what it costs out."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import numpy as np

from avatar.articulation.target import Floats as Doubles
from avatar.diffusion.generator import generator
from avatar.diffusion.heard_mouth import hear_speech
from avatar.diffusion.live import LiveMotion
from avatar.diffusion.sound import Floats
from avatar.diffusion.track import at_16_khz
from avatar.following_face import FollowingFace
from avatar.listening.weights import listener
from avatar.motion_frame import CHANNELS, MotionFrame
from avatar.performer import Performer
from avatar.presenters.library import DEFAULT
from benchmarks.figure import Figure
from benchmarks.speech_text import SENTENCES
from narrator.flow import Delivery, RgbImage, Sentence, Viewport
from narrator.microphone import BLOCK_S, RATE_HZ, Block
from narrator.speech.espeak_voice import EspeakVoice

FPS = 30.0
BEHIND_S = (0.2, 0.15, 0.1)
GOAL_MS, HALF_A_CORE = 200.0, 0.5
STEP_S = 0.005
LAGS_S = np.arange(0.0, 0.5, STEP_S)
LIP_HEIGHT = CHANNELS.index("lip_height_mm")


class _Watched(Performer):
    """Keeps when each frame was finished, and how far its lips were open."""

    def __init__(self) -> None:
        super().__init__(DEFAULT)
        self.seen: list[tuple[float, float]] = []

    def drawn(self, viewport: Viewport, frame: MotionFrame) -> RgbImage:
        """As the performer."""
        picture = super().drawn(viewport, frame)
        self.seen.append((time.perf_counter(), float(frame["lip_height_mm"])))
        return picture


def measure() -> Iterator[Figure]:
    """In real time, 30 pictures of 640x360 a second; thinking is measured without drawing, one core."""
    voice = EspeakVoice()
    signal = at_16_khz(voice.speak(Sentence(SENTENCES[0], "en"), Delivery()))
    voice.close()
    grid = np.arange(0.0, len(signal) / RATE_HZ, STEP_S)
    wanted = hear_speech(listener(), signal).mouth_at(grid, 1 / STEP_S)[:, LIP_HEIGHT]
    for behind_s in BEHIND_S:
        moments, heights = _followed(signal, behind_s)
        seen = [np.interp(grid + lag, moments, heights) for lag in LAGS_S]
        fit = [float(np.corrcoef(one, wanted)[0, 1]) for one in seen]
        late_ms = 1000 * float(LAGS_S[int(np.argmax(fit))])
        name = f"following {1000 * behind_s:.0f} ms behind"
        yield Figure(f"{name}: seen behind the sound", late_ms, "ms", f"the goal, {GOAL_MS:.0f} ms", late_ms / GOAL_MS)
        yield Figure(f"{name}: lips as by the whole", max(fit), "r", "the recording heard whole, 1", max(fit))
    thought = _thought(signal)
    yield Figure("following: thinking", thought, "s/s", "the goal, half a core", thought / HALF_A_CORE)


def _followed(signal: Floats, behind_s: float) -> tuple[Doubles, Doubles]:
    """(pictures,) when each was finished, seconds since the sound began, and its lip height in mm."""
    performer = _Watched()
    motion = LiveMotion(generator(), listener(), Delivery(), FPS)
    face, view = FollowingFace(performer, motion, behind_s), Viewport(640, 360, FPS)
    performer.rest(Delivery(), view, 0.0)
    began_s = time.perf_counter()
    ears = threading.Thread(target=face.follow, args=(_in_real_time(signal, began_s),), daemon=True)
    ears.start()
    while ears.is_alive():
        due_s = time.perf_counter() + 1 / FPS
        face.rest(Delivery(), view, time.perf_counter())
        time.sleep(max(0.0, due_s - time.perf_counter()))
    moments, heights = (np.array(column) for column in zip(*performer.seen, strict=True))
    return moments - began_s, heights


def _in_real_time(signal: Floats, began_s: float) -> Iterator[Block]:
    size = round(BLOCK_S * RATE_HZ)
    for first in range(0, len(signal), size):
        block = signal[first : first + size]
        time.sleep(max(0.0, began_s + (first + len(block)) / RATE_HZ - time.perf_counter()))
        yield block, time.perf_counter()


def _thought(signal: Floats) -> float:
    """Processor seconds for each second of sound: hearing, growing and sealing, without drawing."""
    motion = LiveMotion(generator(), listener(), Delivery(), FPS)
    began_s, size = time.process_time(), round(RATE_HZ / FPS)
    for first in range(0, len(signal), size):
        motion.push(signal[first : first + size])
        motion.grow()
        motion.frame(max(motion.heard_s - BEHIND_S[0], 0.0))
    return (time.process_time() - began_s) / (len(signal) / RATE_HZ)
