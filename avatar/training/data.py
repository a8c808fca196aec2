"""A folder, a seed and the real takes' folder in, shards of training pairs out: `narrator-train data`; resumable."""

from __future__ import annotations

import logging
from itertools import islice
from pathlib import Path

import numpy as np

from avatar.diffusion.sound import FRAME_HZ
from avatar.training.no_speech import silent_pair
from avatar.training.pairs import Pair, pair_of
from avatar.training.speakers import HELD_OUT_TIMBRES, speakers
from avatar.training.storage import PER_SHARD, SHARD, write_shard
from avatar.training.takes import HELD_OUT, pair_of_take, takes

_log = logging.getLogger(__name__)

REAL = 90_000
"""Shards from this number on hold recorded people."""
HELD_OUT_SHARD = 80_000
NO_SPEECH_EVERY = 16


def make_data(folder: Path, shards: int, *, takes_folder: Path | None = None, seed: int = 0) -> None:
    """Each shard depends on its number and the seed alone; those that are there are left."""
    folder.mkdir(parents=True, exist_ok=True)
    if takes_folder is not None and not (folder / SHARD.format(REAL)).exists():
        names = [name for name in takes(takes_folder) if name != HELD_OUT]
        write_shard(folder, REAL, [pair_of_take(takes_folder, name) for name in names])
    if not (folder / SHARD.format(HELD_OUT_SHARD)).exists():
        said = islice(speakers(seed + 999_983, timbres=HELD_OUT_TIMBRES, flite=False), 40)
        write_shard(folder, HELD_OUT_SHARD, [pair_of(one, 7_000_000 + i) for i, one in enumerate(said)])
    for number in range(shards):
        if not (folder / SHARD.format(number)).exists():
            pairs = _shard(seed * 1000 + number)
            write_shard(folder, number, pairs)
            minutes = sum(len(pair.hertz) for pair in pairs) / FRAME_HZ / 60
            _log.info("shard %d of %d: %.1f minutes", number + 1, shards, minutes)


def _shard(seed: int) -> list[Pair]:
    pairs = []
    for i, said in enumerate(islice(speakers(seed), PER_SHARD)):
        place = seed * PER_SHARD + i
        is_sound = bool(np.isfinite(said.signal).all()) and len(said.signal) > 0
        pairs.append(silent_pair(place) if i % NO_SPEECH_EVERY == 0 or not is_sound else pair_of(said, place))
    return pairs
