"""16 kHz samples in, the hidden states of a model that has heard many real people out, one row for each look.

The model is the encoder of Moonshine's tiny English recogniser (Jeffries et al. 2024, MIT licence). The package
moonshine-voice 0.1.0 carries it inside, onnxruntime runs it; where either is missing, is_there() says so.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from avatar.listening.spectra import HOP, RATE_HZ, WINDOW, Floats, look_count
from narrator.errors import FaceError

PACKAGE, RUNTIME = "moonshine_voice", "onnxruntime"
FOLDER = Path("assets") / "tiny-en"
ENCODER, DECODER, TOKENS = "encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"
STATES = 288
STEP = 384
"""Samples from one state to the next: three convolutions, 64 times 3 times 2."""
FIRST = 447.5
"""Sample in the middle of what the first state hears: they reach over 895."""
WINDOW_S, HOP_S = 4.0, 2.0
"""Sound that is heard together, and from one such window to the next: it attends to all of a window, and hears real
recordings better in 4 s than in 2 or 30."""
SHORTEST = 1_600
LOWEST_HZ = 80.0
"""Pops and rumble below it drown the voice in the model's own normalisation."""
LEVEL, LOUDEST_GAIN = 0.1, 100.0
EPSILON = 1e-5
NEXT_STEP = "Reinstall it: pip install --force-reinstall 'narrator[hearing]'"


def is_there() -> bool:
    """Whether the model and what runs it are installed; loads neither."""
    return find_spec(RUNTIME) is not None and model_file(ENCODER) is not None


def model_file(name: str) -> Path | None:
    """One of the model's files; None where this installation has none."""
    found = find_spec(PACKAGE)
    places = (found.submodule_search_locations or []) if found else []
    return next((file for place in places if (file := Path(place) / FOLDER / name).is_file()), None)


@lru_cache(maxsize=3)
def session(name: str) -> Any:
    """The model's file at work, in one thread. Raises FaceError."""
    file = model_file(name)
    try:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep the most that any stretch ever took
        options.log_severity_level = 4  # what fails is raised as well
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as fault:  # noqa: BLE001  its errors share no base of their own
        raise FaceError(f"Moonshine's {name}", f"it cannot be loaded ({fault})", NEXT_STEP) from None


def states_of(signal: Floats) -> Floats:
    """(looks, STATES) of a whole recording in -1..1, heard in windows that overlap by half."""
    clear = without_rumble(signal)
    looks, size, hop = look_count(len(signal)), round(WINDOW_S * RATE_HZ), round(HOP_S * RATE_HZ)
    states = np.zeros((looks, STATES), np.float32)
    edge = (size - hop) // 2 // HOP
    for first in range(0, max(len(clear) - size + hop, 1), hop):
        found = states_in(clear[first : first + size])
        skipped = edge if first else 0
        states[first // HOP + skipped : first // HOP + len(found)] = found[skipped:]
    return states


def states_in(window: Floats) -> Floats:
    """(looks, STATES) of one window without rumble; each look's states are normalised."""
    looks = look_count(len(window))
    if looks == 0:
        return np.zeros((0, STATES), np.float32)
    states = encoded(window)
    states = states - states.mean(axis=1, keepdims=True)
    states /= np.sqrt(np.mean(states * states, axis=1, keepdims=True) + EPSILON)
    places = ((WINDOW / 2 + HOP * np.arange(looks) - FIRST) / STEP).clip(0, len(states) - 1)
    before = np.minimum(places.astype(int), max(len(states) - 2, 0))
    share = (places - before)[:, None].astype(np.float32)
    after = np.minimum(before + 1, len(states) - 1)
    return np.asarray(states[before] * (1 - share) + states[after] * share)


def encoded(window: Floats) -> Floats:
    """(states, STATES) as they come, one every STEP samples."""
    level = float(np.sqrt(np.mean(window**2))) if len(window) else 0.0
    heard = window * min(LEVEL / max(level, EPSILON), LOUDEST_GAIN)
    heard = np.pad(heard, (0, max(SHORTEST - len(heard), 0))).astype(np.float32)[None]
    told = session(ENCODER).run(None, {"input_values": heard, "attention_mask": np.ones(heard.shape, np.int64)})
    return np.asarray(told[0][0], np.float32)


def without_rumble(signal: Floats) -> Floats:
    """The same without what lies below LOWEST_HZ, 24 dB an octave; zero phase."""
    length = len(signal)
    size = 1 << int(np.ceil(np.log2(length + RATE_HZ / 10)))
    hertz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    kept = 1 / (1 + (LOWEST_HZ / np.maximum(hertz, EPSILON)) ** 4)
    return np.asarray(np.fft.irfft(np.fft.rfft(signal, size) * kept, size)[:length], np.float32)
