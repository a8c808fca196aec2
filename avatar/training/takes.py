"""The folder of recorded takes in, training pairs of a real speaker out, its channels mapped to ours.

FACEGOOD's training data (MIT): Mandarin, 16 kHz, 30 fps, weights of a sculpted rig whose shapes are not in millimetres.
The scales below put its widest opening (0.7) at ours for AA; eyes and brows are not tracked there. A lip is known to
touch where it is pressed or sucked in, known to be open where the jaw is, and unknown elsewhere.
"""

from __future__ import annotations

import wave
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from avatar.diffusion.layout import PLACE, WIDTH, WISH_WIDTH
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ, Floats, bands_db, frame_count, level_db, middle_pitch_hz, pitch
from avatar.training.pairs import Pair
from narrator.errors import SourceRefused

HELD_OUT = "take_2_05"
"""Never trained on: `evaluate` follows it."""

JAW_MM = {"mouth_stretch_c": 18.0, "mouth_oh_c": 3.0}
HEIGHT_MM = {"mouth_stretch_c": 19.0, "mouth_oh_c": 6.0, "mouth_lowerLipDepress": 10.0, "mouth_upperLipRaise": 8.0}
FORWARD_MM = {"mouth_pucker": 9.0, "mouth_funnel": 5.0, "mouth_oh_c": 4.0}
WIDER = {"mouth_pucker": -0.20, "mouth_oh_c": -0.10, "mouth_funnel": -0.08, "mouth_lipStretch": 0.3}
PRESSED, OPEN = 0.12, 0.06


def takes(folder: Path) -> list[str]:
    """The names of the takes, in order. Raises SourceRefused where there are none."""
    names = sorted(file.stem for file in folder.glob("take_*.npz"))
    if not names:
        raise SourceRefused("takes (take_*.npz and .wav)", f"{folder} has none", "Name the folder that holds them.")
    return names


def pair_of_take(folder: Path, name: str) -> Pair:
    """One take as a pair."""
    signal = read_take(folder, name)
    tracked = channels(folder / f"{name}.npz")
    frames = min(frame_count(len(signal)), len(next(iter(tracked.values()))))
    bands = bands_db(signal, frames)
    hertz, voicing = pitch(signal, frames)
    motion = mapped(tracked)[:frames]
    wishes = np.zeros(WISH_WIDTH, np.float32)
    wishes[-1] = 0.5
    stress = np.zeros(frames, np.float32)
    return Pair(bands, hertz, voicing, motion, stress, wishes, level_db(bands), middle_pitch_hz(hertz), name)


def read_take(folder: Path, name: str) -> Floats:
    """The samples of one take, -1..1."""
    with wave.open(str(folder / f"{name}.wav")) as sound:
        if sound.getframerate() != RATE_HZ or sound.getnchannels() != 1:
            raise SourceRefused("16 kHz mono", f"{name}.wav is neither or not both", "Convert it first.")
        return np.frombuffer(sound.readframes(sound.getnframes()), np.int16).astype(np.float32) / 32768.0


def channels(file: Path) -> dict[str, Floats]:
    """The tracked weights by name, left and right averaged, as FRAME_HZ has them. (frames,) each."""
    with np.load(file) as stored:
        if abs(float(stored["fps"]) - FRAME_HZ) > 0.01:
            raise SourceRefused(
                f"{FRAME_HZ:g} frames a second", f"{file.name} has {stored['fps']}", "Resample it first."
            )
        weights = {str(name): stored["weights"][:, i] for i, name in enumerate(stored["names"])}
    sides: dict[str, list[Floats]] = {}
    for name, values in weights.items():
        whole = name
        for ending in ("_l", "_r", "_ul", "_ur", "_dl", "_dr"):
            whole = name.removesuffix(ending) if name.endswith(ending) else whole
        sides.setdefault(whole, []).append(values)
    return {name: np.mean(values, axis=0) for name, values in sides.items()}


def mapped(tracked: Mapping[str, Floats]) -> Floats:
    """(frames, layout.WIDTH) in our units; NaN in what the rig does not know."""

    def mix(shares: Mapping[str, float]) -> Floats:
        return np.asarray(sum(share * tracked[name] for name, share in shares.items()), np.float32)

    frames = len(tracked["mouth_stretch_c"])
    motion = np.full((frames, WIDTH), np.nan, np.float32)
    motion[:, PLACE["jaw_drop_mm"]] = mix(JAW_MM)
    motion[:, PLACE["lip_height_mm"]] = mix(HEIGHT_MM)
    motion[:, PLACE["lip_protrusion_mm"]] = mix(FORWARD_MM)
    motion[:, PLACE["mouth_width"]] = 1.0 + mix(WIDER)
    pressed = np.maximum(tracked["mouth_press"], tracked["mouth_suck"]) > PRESSED
    lips = motion[:, PLACE["lips"]]
    lips[tracked["mouth_stretch_c"] > OPEN] = 0.0
    lips[pressed] = 1.0
    motion[pressed, PLACE["lip_height_mm"]] = 0.0
    return motion
