"""Cepstra in, a score for each English phone out: the Gaussians of CMU Sphinx's model, which heard real people.

The model (en-us, phonetically tied mixtures, Alpha Cephei 2015, BSD licence) is installed with pocketsphinx; its files
are read with numpy. Other languages' sounds are scored as the English ones they come near to.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.listening.spectra import CEPSTRA, Doubles, Floats
from narrator.errors import FaceError

PHONES = (
    *("AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F"),
    *("G", "HH", "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R"),
    *("S", "SH", "SIL", "T", "TH", "UH", "UW", "V", "W", "Y", "Z", "ZH"),
)
REACH = 3
"""Looks before and after that the slopes need."""
SCORES = len(PHONES)
LOWEST_SCORE = -25.0
PIECE = 48
"""Looks scored at once: what they need stays in the processor's cache."""
STREAMS, STATES = 3, 3
_STEP = 1024 * np.log(1.0001)
"""What one step of a stored weight is worth: logarithms to the base 1.0001, cut by ten bits."""
_LEAST_VARIANCE = 1e-4
NEXT_STEP = "Reinstall pocketsphinx: pip install --force-reinstall pocketsphinx"


@dataclass(frozen=True, slots=True)
class _Stream:
    """What is known of all phones' cepstra, of their slopes, or of the slopes' slopes."""

    precision: Floats
    """(CEPSTRA, phones * densities)"""
    pull: Floats
    """(CEPSTRA, phones * densities) mean times precision."""
    offset: Floats
    """(phones * densities,)"""
    weights: list[Floats]
    """(densities, states) of each phone: the mixtures of its states."""


class AcousticModel:
    """Scores phones. Any number of threads may use it."""

    def __init__(self, streams: list[_Stream], states: npt.NDArray[np.int64]) -> None:
        """states: (SCORES,) how many each phone has."""
        self._streams = streams
        self._first = np.concatenate([[0], np.cumsum(states)[:-1]])
        self._states = states.astype(np.float32)

    def scores(self, cepstra: Doubles) -> Floats:
        """(looks - 2 REACH, SCORES) log likelihoods below the best one, of cepstra less the voice's own mean."""
        streams = _with_slopes(cepstra)
        pieces = [slice(first, first + PIECE) for first in range(0, len(streams[0]), PIECE)]
        found = [self._scores([one[piece] for one in streams]) for piece in pieces]
        return np.concatenate(found) if found else np.zeros((0, SCORES), np.float32)

    def _scores(self, streams: list[Floats]) -> Floats:
        states = np.zeros((1, 1), np.float32)
        for stream, seen in zip(self._streams, streams, strict=True):
            states = states + _likelihoods(stream, seen)
        shares = np.exp(states - states.max(axis=1, keepdims=True))
        means = np.add.reduceat(shares, self._first, axis=1) / self._states
        scores = np.log(means + 1e-30)
        return np.asarray(np.maximum(scores - scores.max(axis=1, keepdims=True), LOWEST_SCORE), np.float32)


def _with_slopes(cepstra: Doubles) -> list[Floats]:
    """The cepstra, their differences over 4 looks, and the differences of those over 2: (looks - 2 REACH) each."""
    looks = len(cepstra) - 2 * REACH
    at = [cepstra[REACH + k : REACH + k + looks].astype(np.float32) for k in range(-REACH, REACH + 1)]
    return [at[3], at[5] - at[1], (at[6] - at[2]) - (at[4] - at[0])]


def _likelihoods(stream: _Stream, seen: Floats) -> Floats:
    """(looks, all states)"""
    densities = seen @ stream.pull - 0.5 * ((seen * seen) @ stream.precision) + stream.offset
    densities = densities.reshape(len(seen), len(stream.weights), -1)
    top = densities.max(axis=2, keepdims=True)
    shares = np.exp(densities - top)
    mixed = [shares[:, i] @ weights + 1e-30 for i, weights in enumerate(stream.weights)]
    tops = [np.repeat(top[:, i], weights.shape[1], axis=1) for i, weights in enumerate(stream.weights)]
    return np.asarray(np.log(np.concatenate(mixed, axis=1)) + np.concatenate(tops, axis=1), np.float32)


@lru_cache(maxsize=1)
def acoustic_model() -> AcousticModel:
    """The installed one. Raises FaceError where it is missing or another."""
    try:
        import pocketsphinx

        folder = Path(str(pocketsphinx.get_model_path())) / "en-us" / "en-us"
        return _read(folder)
    except (ImportError, OSError, ValueError, struct.error, IndexError) as fault:
        raise FaceError("pocketsphinx's model of English", f"it cannot be read ({fault})", NEXT_STEP) from None


def _read(folder: Path) -> AcousticModel:
    names, owner = _states((folder / "mdef").read_bytes())
    means, variances = _gaussians(folder / "means"), np.maximum(_gaussians(folder / "variances"), _LEAST_VARIANCE)
    weights = _mixture_weights((folder / "sendump").read_bytes())
    numbers = [names.index(name) for name in PHONES]
    own = [np.flatnonzero(owner == number) for number in numbers]
    streams = [
        _stream(means[numbers, k], variances[numbers, k], [weights[k][:, states] for states in own])
        for k in range(STREAMS)
    ]
    return AcousticModel(streams, np.array([len(states) for states in own]))


def _stream(mean: Doubles, variance: Doubles, weights: list[npt.NDArray[np.uint8]]) -> _Stream:
    """Of (phones, densities, CEPSTRA) each."""
    mean, variance = mean.reshape(-1, CEPSTRA), variance.reshape(-1, CEPSTRA)
    offset = -0.5 * (mean**2 / variance + np.log(2 * np.pi * variance)).sum(axis=1)
    precision, pull = (np.ascontiguousarray(one.T, np.float32) for one in (1 / variance, mean / variance))
    mixtures = [np.exp(-_STEP * one.astype(np.float64)).astype(np.float32) for one in weights]
    return _Stream(precision, pull, offset.astype(np.float32), mixtures)


def _states(data: bytes) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The phones' names, and which phone each of the shared states belongs to."""
    (described,) = struct.unpack("<I", data[8:12])
    place = 12 + described
    phones, models, _, _, states, _, sequences, _, tree, _ = struct.unpack("<10i", data[place : place + 40])
    place += 40
    names = []
    for _ in range(phones):
        end = data.index(b"\0", place)
        names.append(data[place:end].decode("ascii"))
        place = end + 1
    place += -place % 4 + 8 * tree
    kind = np.dtype([("sequence", "<i4"), ("transitions", "<i4"), ("word", "u1"), ("context", "u1", 3)])
    table = np.frombuffer(data, kind, models, place)
    place += kind.itemsize * models + 4
    shared = np.frombuffer(data, "<u2", STATES * sequences, place).reshape(sequences, STATES)
    owner = np.zeros(states, np.int64)
    base = table["context"][:, 0].astype(np.int64)
    base[:phones] = np.arange(phones)
    for column in range(STATES):
        owner[shared[table["sequence"], column]] = base
    return names, owner


def _gaussians(file: Path) -> Doubles:
    """(phones, STREAMS, densities, CEPSTRA)"""
    data = file.read_bytes()
    place = data.index(b"endhdr\n") + 7 + 4
    phones, streams, densities = struct.unpack("<3i", data[place : place + 12])
    place += 12 + 4 * streams + 4
    count = phones * streams * densities * CEPSTRA
    values = np.frombuffer(data, "<f4", count, place).reshape(phones, streams, densities, CEPSTRA)
    return values.astype(np.float64)


def _mixture_weights(data: bytes) -> npt.NDArray[np.uint8]:
    """(STREAMS, densities, states)"""
    place = 0
    while True:
        (length,) = struct.unpack("<i", data[place : place + 4])
        place += 4 + length
        if length == 0:
            break
    densities, states = struct.unpack("<2i", data[place : place + 8])
    return np.frombuffer(data, np.uint8, STREAMS * densities * states, place + 8).reshape(STREAMS, densities, states)
