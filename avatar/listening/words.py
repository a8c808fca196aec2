"""A stretch of English sound in, the words that the speech model reads in it out, with how sure it is of them.

Moonshine's decoder, greedily: at each step the likeliest piece of a word, given the sound and the pieces before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from avatar.listening.spectra import RATE_HZ, Floats
from avatar.listening.speech_model import DECODER, NEXT_STEP, SHORTEST, TOKENS, encoded, model_file, session
from narrator.errors import FaceError

BEGIN, END = 1, 2
HEADS, HEAD_WIDTH = 8, 36
PIECES_PER_SECOND = 6.5
"""No talker reaches it; the model's makers end there too, since what goes on longer repeats itself."""
SPACE = "\u2581"
_WORD = re.compile(r"\w[\w'’]*")


@dataclass(frozen=True, slots=True)
class Words:
    """What was read in a stretch."""

    words: tuple[str, ...]
    """In lower case, without marks."""
    surety: float
    """0..1, the mean chance of its pieces; 0 where there are none, or no end of them."""


def words_in(signal: Floats) -> Words:
    """Of a few seconds of 16 kHz samples without rumble. Raises FaceError where there is no such model."""
    if len(signal) < SHORTEST:
        return Words((), 0.0)
    most = int(PIECES_PER_SECOND * len(signal) / RATE_HZ) + 2
    pieces, chances = _decoded(signal, most)
    text = b"".join(vocabulary()[piece] for piece in pieces).decode("utf-8", "replace").replace(SPACE, " ")
    found = tuple(word.replace("’", "'").strip("'") for word in _WORD.findall(text.lower()))
    return Words(found, float(np.mean(chances)) if chances and len(pieces) < most else 0.0)


def _decoded(signal: Floats, most: int) -> tuple[list[int], list[float]]:
    """At most so many pieces, by number, and the chance of each."""
    decoder, states = session(DECODER), encoded(signal)[None]
    names = [one.name for one in decoder.get_outputs()]
    nothing = np.zeros((1, HEADS, 0, HEAD_WIDTH), np.float32)
    past = {one.name: nothing for one in decoder.get_inputs() if one.name.startswith("past_key_values")}
    sound = {"encoder_hidden_states": states, "encoder_attention_mask": np.ones((1, len(signal)), np.int64)}
    pieces, chances = [BEGIN], list[float]()
    while len(pieces) <= most:
        is_later = len(pieces) > 1
        given = {"input_ids": np.array([pieces[-1:]]), "use_cache_branch": np.array([is_later])}
        told = dict(zip(names, decoder.run(None, sound | given | past), strict=True))
        likely = told["logits"][0, -1].astype(np.float64)
        best = int(likely.argmax())
        if best == END:
            break
        pieces.append(best)
        chances.append(float(1 / np.exp(likely - likely[best]).sum()))
        for name in past:
            if not is_later or ".decoder." in name:  # what the sound says to each layer stays the same
                past[name] = told[name.replace("past_key_values", "present")]
    return pieces[1:], chances


@lru_cache(maxsize=1)
def vocabulary() -> list[bytes]:
    """Every piece by its number; each follows its length in the file: a byte, or two from 128 on. Raises FaceError."""
    file = model_file(TOKENS)
    if file is None:
        raise FaceError(f"Moonshine's {TOKENS}", "it is missing", NEXT_STEP)
    data, place, pieces = file.read_bytes(), 0, list[bytes]()
    while place < len(data):
        length, place = data[place], place + 1
        if length >= 0x80:
            length, place = length - 0x80 + 0x80 * data[place], place + 1
        pieces.append(data[place : place + length])
        place += length
    return pieces
