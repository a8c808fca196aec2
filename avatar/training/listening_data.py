"""A folder, a seed and the real takes' folder in, shards of listening examples out; resumable."""

from __future__ import annotations

import logging
from itertools import islice
from pathlib import Path

import numpy as np

from avatar.diffusion.sound import Floats
from avatar.training.listening_examples import Example, example_of, examples_of_take, quiet_example, stored
from avatar.training.no_speech import unsaid
from avatar.training.speakers import HELD_OUT_TIMBRES, Spoken, speakers
from avatar.training.takes import HELD_OUT, takes

_log = logging.getLogger(__name__)

SHARD = "listening_{:05d}.npz"
REAL = 90_000
"""Shards from this number on hold recorded people."""
HELD_OUT_SHARD = 80_000
PER_SHARD, HELD_OUT_SENTENCES = 100, 60
UNSAID_EVERY = 14
WAYS_OF_A_TAKE = 3
"""How many rooms and backgrounds each take is heard in."""
SEED_APART = 500_009
"""From those of the pairs for the motion."""


def make_listening_data(folder: Path, shards: int, *, takes_folder: Path | None = None, seed: int = 0) -> None:
    """Each shard depends on its number and the seed alone; those that are there are left."""
    folder.mkdir(parents=True, exist_ok=True)
    if takes_folder is not None:
        for way in range(WAYS_OF_A_TAKE):
            if not (folder / SHARD.format(REAL + way)).exists():
                names = [name for name in takes(takes_folder) if name != HELD_OUT]
                found = [one for name in names for one in examples_of_take(takes_folder, name, way)]
                _write(folder, REAL + way, found)
    if not (folder / SHARD.format(HELD_OUT_SHARD)).exists():
        said = speakers(seed + SEED_APART - 1, timbres=HELD_OUT_TIMBRES, flite=False)
        _write(folder, HELD_OUT_SHARD, _examples(list(islice(said, HELD_OUT_SENTENCES)), 9_000_000))
    for number in range(shards):
        if not (folder / SHARD.format(number)).exists():
            place = seed * 1000 + number
            sentences = list(islice(speakers(place + SEED_APART), PER_SHARD))
            _write(folder, number, _examples(sentences, place * PER_SHARD))
            _log.info("listening shard %d of %d", number + 1, shards)


def _examples(sentences: list[Spoken], place: int) -> list[Example]:
    whole = [one for one in sentences if len(one.signal) and bool(np.isfinite(one.signal).all())]
    others: list[Floats] = [one.signal for one in whole]
    made = [example_of(one, others, place + i) for i, one in enumerate(whole)]
    return made + [quiet_example(unsaid(place + i), place + i) for i in range(0, len(whole), UNSAID_EVERY)]


def _write(folder: Path, number: int, examples: list[Example]) -> None:
    file = folder / SHARD.format(number)
    unfinished = file.with_name(file.name + ".part.npz")
    np.savez(unfinished, **stored(examples))
    unfinished.replace(file)
