"""Weights in, what making motion with them costs and how soon it is there out."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np

from avatar.articulation.articulate import articulate
from avatar.diffusion.generator import generator
from avatar.diffusion.live import HOP, LiveMotion
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ, Doubles, Floats
from avatar.diffusion.track import at_16_khz, grow
from avatar.listening.weights import listener
from avatar.motion.rules import move
from avatar.training import rivals
from avatar.training.figures import correlation
from avatar.training.labelled import labelled_speech
from narrator.flow import Delivery

FPS = 30.0
HEARD_S = 6.0
BEHIND_S, LONGEST_LAG_S = 0.15, 0.5
"""How far `narrator follow` draws behind the sound unless told otherwise, and the latest that is looked for."""


def cost(weights: Path, material: Path) -> dict[str, float]:
    """Processor milliseconds for each second of motion (one core where BLAS has one thread), and of loading."""
    began_s = time.process_time()
    generator.cache_clear()
    made = generator(weights)
    loaded_ms = 1000 * (time.process_time() - began_s)
    utterance = labelled_speech(material / "labelled_speech")[0].unknown
    way = rivals.by_network(made, listener())
    way(utterance)
    began_s = time.process_time()
    way(utterance)
    spent_ms = 1000 * (time.process_time() - began_s)
    return {"ms of a core for a second of motion by ear": spent_ms / utterance.duration_s, "ms to load": loaded_ms}


def streaming(weights: Path, material: Path) -> dict[str, float]:
    """By the clock: a text's first frames, its first window and each later one; a live sound's hop of 200 ms."""
    utterance = labelled_speech(material / "labelled_speech")[0].known
    delivery, made = Delivery(motion="diffusion"), generator(weights)
    began_s = time.perf_counter()
    base = move(articulate(utterance, FPS, 0.0, utterance.duration_s), utterance, 0.0, delivery)
    stages = grow(made, utterance, base, 0.0, delivery)
    moments = [began_s, time.perf_counter(), *(time.perf_counter() for _ in stages)]
    stages_ms = 1000 * np.diff(moments)
    hops_ms, lips = _followed(LiveMotion(made, listener(), Delivery(), FPS), at_16_khz(utterance))
    whole = rivals.by_network(made, listener())(utterance).channel("lip_height_mm")
    return {
        f"ms to the first frames of a text of {utterance.duration_s:.0f} s": stages_ms[0],
        "ms more to its first window": stages_ms[1],
        "ms for each later window of 2.3 s": float(np.median(stages_ms[2:-1])),
        f"ms for a hop of {1000 * HOP / FRAME_HZ:.0f} ms of a live sound": float(np.median(hops_ms)),
        "ms a live sound's lips are behind it": _lag_ms(lips, whole),
    }


def _followed(live: LiveMotion, signal: Floats) -> tuple[list[float], Doubles]:
    """(milliseconds of each hop, lip height of each frame at FPS) of a sound that comes in block by block."""
    hops_ms, heights = [], []
    for block in np.array_split(signal[: int(HEARD_S * RATE_HZ)], int(HEARD_S * FPS)):
        live.push(block)
        began_s = time.perf_counter()
        if live.grow():
            hops_ms.append(1000 * (time.perf_counter() - began_s))
        heights.append(live.frame(max(live.heard_s - BEHIND_S, 0.0))["lip_height_mm"])
    return hops_ms, np.array(heights)


def _lag_ms(late: Doubles, whole: Floats) -> float:
    """By how much the one fits the other best; both at FPS."""
    times = np.arange(len(late)) / FPS
    lags_s = np.arange(0.0, LONGEST_LAG_S, 0.005)
    fits = [correlation(late, np.interp(times - lag, np.arange(len(whole)) / FPS, whole)) for lag in lags_s]
    return 1000 * float(lags_s[int(np.argmax(fits))])
