"""The files of CMU Sphinx's English model in, its Gaussians, states, phones in context and phone sequences out.

The model (en-us, phonetically tied mixtures, Alpha Cephei 2015, BSD licence) is installed with pocketsphinx and read
with numpy. Its phones are hidden Markov models of STATES states, another one for each pair of neighbours; states that
sounded alike when it was made are shared.
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
SILENCE = PHONES.index("SIL")
STREAMS, STATES = 3, 3
WORD_PLACES = (3, 2, 1, 0)
"""Where in a word a phone in context stood: alone, first, last and within; what comes later here is preferred."""
_STEP = 1024 * np.log(1.0001)
"""What one step of a stored weight is worth: logarithms to the base 1.0001, cut by ten bits."""
_LEAST_VARIANCE = 1e-4
_FOLLOWING_STEP = np.log(1.0001)
NEXT_STEP = "Reinstall pocketsphinx: pip install --force-reinstall pocketsphinx"

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class SphinxModel:
    """All of it that is used here; phones in the order of PHONES, states phone after phone."""

    means: Doubles
    """(PHONES, STREAMS, densities, CEPSTRA)"""
    variances: Doubles
    """Of the same shape."""
    weights: list[list[Floats]]
    """For each stream and phone (densities, states of that phone): shares of the densities."""
    owner: Numbers
    """(states,) whose each state is."""
    in_context: Numbers
    """(left, phone, right, STATES) which states a phone goes through between two others."""
    moves: Floats
    """(PHONES, STATES, STATES + 1) chances of going from state to state; the last column leaves the phone."""


@dataclass(frozen=True, slots=True)
class _Definition:
    """What the model's table of states says."""

    names: list[str]
    owner: npt.NDArray[np.int64]
    models: npt.NDArray[np.void]
    sequences: npt.NDArray[np.uint16]


@lru_cache(maxsize=1)
def sphinx_model() -> SphinxModel:
    """The installed one. Raises FaceError where it is missing or another."""
    try:
        return _read(_folder() / "en-us")
    except (ImportError, OSError, ValueError, struct.error, IndexError) as fault:
        raise FaceError("pocketsphinx's model of English", f"it cannot be read ({fault})", NEXT_STEP) from None


@lru_cache(maxsize=1)
def following() -> Floats:
    """(phone, next, one after that) chance of the last given the two before, in English. Raises FaceError."""
    try:
        from pocketsphinx import NGramModel

        model = NGramModel.readfile(str(_folder() / "en-us-phone.lm.bin"))
    except (ImportError, OSError, RuntimeError) as fault:
        raise FaceError("pocketsphinx's sequences of English phones", f"missing ({fault})", NEXT_STEP) from None
    stored = [model.prob([last, middle, first]) for first in PHONES for middle in PHONES for last in PHONES]
    chances: Doubles = np.exp(np.array(stored, np.float64) * _FOLLOWING_STEP).reshape((len(PHONES),) * 3)
    return np.asarray(chances / chances.sum(axis=2, keepdims=True), np.float32)


def _folder() -> Path:
    import pocketsphinx

    return Path(str(pocketsphinx.get_model_path())) / "en-us"


def _read(folder: Path) -> SphinxModel:
    definition = _definition((folder / "mdef").read_bytes())
    numbers = [definition.names.index(name) for name in PHONES]
    own = [np.flatnonzero(definition.owner == number) for number in numbers]
    place = np.full(len(definition.owner), -1, np.int32)
    place[np.concatenate(own)] = np.arange(sum(map(len, own)))
    stored = _mixture_weights((folder / "sendump").read_bytes())
    return SphinxModel(
        means=_gaussians(folder / "means")[numbers],
        variances=np.maximum(_gaussians(folder / "variances"), _LEAST_VARIANCE)[numbers],
        weights=[[_shares(stream[:, states]) for states in own] for stream in stored],
        owner=np.repeat(np.arange(len(PHONES), dtype=np.int32), [len(states) for states in own]),
        in_context=place[_in_context(definition, numbers)],
        moves=_moves(folder / "transition_matrices")[numbers],
    )


def _shares(stored: npt.NDArray[np.uint8]) -> Floats:
    return np.asarray(np.exp(-_STEP * stored.astype(np.float64)), np.float32)


def _definition(data: bytes) -> _Definition:
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
    return _Definition(names, owner, table, shared)


def _in_context(definition: _Definition, numbers: list[int]) -> npt.NDArray[np.int64]:
    """(left, phone, right, STATES) states as the files number them; the phone's own where no context was heard."""
    known, count = len(definition.names), len(numbers)
    place = np.full(known, -1)
    place[numbers] = np.arange(count)
    sequence = np.empty((count,) * 3, np.int64)
    sequence[:] = definition.models["sequence"][numbers][None, :, None]
    contexts = definition.models[known:]
    phone, left, right = place[contexts["context"].astype(np.int64)].T
    is_used = (phone >= 0) & (left >= 0) & (right >= 0) & (phone != SILENCE)
    for word_place in WORD_PLACES:
        at = is_used & (contexts["word"] == word_place)
        sequence[left[at], phone[at], right[at]] = contexts["sequence"][at]
    return definition.sequences[sequence].astype(np.int64)


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


def _moves(file: Path) -> Floats:
    """(phones, STATES, STATES + 1)"""
    data = file.read_bytes()
    place = data.index(b"endhdr\n") + 7 + 4
    shape = struct.unpack("<3i", data[place : place + 12])
    values = np.frombuffer(data, "<f4", int(np.prod(shape)), place + 16).reshape(shape)
    return np.asarray(values / values.sum(axis=2, keepdims=True), np.float32)
