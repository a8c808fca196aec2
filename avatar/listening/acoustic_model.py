"""Cepstra in, a score for each English phone out: the Gaussians of CMU Sphinx's model, which heard many real people.

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

PHONES = tuple(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH SIL T TH UH UW V W Y Z ZH".split()
)
REACH = 3
"""Looks before and after that the slopes need."""
LOWEST_SCORE = -25.0
STREAMS = 3
_STEP = 1024 * np.log(1.0001)
"""What one step of a stored weight is worth: logarithms to the base 1.0001, cut by ten bits."""
_LEAST_VARIANCE = 1e-4
NEXT_STEP = "Reinstall pocketsphinx: pip install --force-reinstall pocketsphinx"


@dataclass(frozen=True, slots=True)
class _Stream:
    """What one phone knows of cepstra, of their slopes, or of the slopes' slopes."""

    precision: Floats
    """(CEPSTRA, densities)"""
    pull: Floats
    """(CEPSTRA, densities) mean times precision."""
    offset: Floats
    """(densities,)"""
    weights: Floats
    """(densities, states) of the mixtures of all the phone's states."""


class AcousticModel:
    """Scores phones. Any number of threads may use it."""

    def __init__(self, phones: list[list[_Stream]]) -> None:
        self._phones = phones

    def scores(self, cepstra: Doubles) -> Floats:
        """(looks - 2 REACH, PHONES) log likelihoods below the best phone's, of cepstra less the voice's own mean."""
        streams = _with_slopes(cepstra)
        scores = np.stack([_likelihood(phone, streams) for phone in self._phones], axis=1)
        return np.maximum(scores - scores.max(axis=1, keepdims=True), LOWEST_SCORE)


def _with_slopes(cepstra: Doubles) -> list[Floats]:
    """The cepstra, their differences over 4 looks, and the differences of those over 2: (looks - 2 REACH) each."""
    looks = len(cepstra) - 2 * REACH
    at = [cepstra[REACH + k : REACH + k + looks].astype(np.float32) for k in range(-REACH, REACH + 1)]
    return [at[3], at[5] - at[1], (at[6] - at[2]) - (at[4] - at[0])]


def _likelihood(phone: list[_Stream], streams: list[Floats]) -> Floats:
    """(looks,) the mean of the phone's states."""
    states = np.zeros((1, 1), np.float32)
    for stream, seen in zip(phone, streams, strict=True):
        densities = seen @ stream.pull - 0.5 * ((seen * seen) @ stream.precision) + stream.offset
        top = densities.max(axis=1, keepdims=True)
        states = states + np.log(np.exp(densities - top) @ stream.weights + 1e-30) + top
    top = states.max(axis=1)
    return np.asarray(top + np.log(np.exp(states - top[:, None]).mean(axis=1)), np.float32)


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
    phones = []
    for name in PHONES:
        number = names.index(name)
        own = np.flatnonzero(owner == number)
        phones.append([_stream(means[number, k], variances[number, k], weights[k][:, own]) for k in range(STREAMS)])
    return AcousticModel(phones)


def _stream(mean: Doubles, variance: Doubles, weights: npt.NDArray[np.uint8]) -> _Stream:
    offset = -0.5 * (mean**2 / variance + np.log(2 * np.pi * variance)).sum(axis=1)
    arrays = (1 / variance).T, (mean / variance).T, offset, np.exp(-_STEP * weights.astype(np.float64))
    return _Stream(*(np.ascontiguousarray(one, np.float32) for one in arrays))


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
    shared = np.frombuffer(data, "<u2", 3 * sequences, place).reshape(sequences, 3)
    owner = np.zeros(states, np.int64)
    base = table["context"][:, 0].astype(np.int64)
    base[:phones] = np.arange(phones)
    for column in range(3):
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
