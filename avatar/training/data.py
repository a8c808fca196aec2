"""A folder, a seed and the real takes' folder in, shards of training pairs out: `narrator-train data`; resumable."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from avatar.diffusion.sound import FRAME_HZ, RATE_HZ
from avatar.training.no_speech import silent_pair
from avatar.training.pairs import Pair, pair_of, with_silence
from avatar.training.speakers import HELD_OUT_TIMBRES, Spoken, speakers
from avatar.training.storage import PER_SHARD, SHARD, write_shard
from avatar.training.takes import HELD_OUT, pair_of_take, takes

_log = logging.getLogger(__name__)

REAL = 90_000
"""Shards from this number on hold recorded people."""
HELD_OUT_SHARD = 80_000
NO_SPEECH_EVERY = 16
JOINED_CHANCE, PAUSE_S = 0.7, (0.3, 0.9)


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
    for i, said in enumerate(passages(islice(speakers(seed), PER_SHARD), seed)):
        place = seed * PER_SHARD + i
        is_sound = bool(np.isfinite(said.signal).all()) and len(said.signal) > 0
        pairs.append(silent_pair(place) if i % NO_SPEECH_EVERY == 0 or not is_sound else pair_of(said, place))
    return pairs


def passages(sentences: Iterable[Spoken], seed: int) -> Iterator[Spoken]:
    """One or two sentences of the same speaker with a pause between them: people look away in pauses."""
    chance = np.random.default_rng((seed, 6))
    held: Spoken | None = None
    for said in sentences:
        if held is not None and held.speaker == said.speaker:
            yield joined(held, said, chance.uniform(*PAUSE_S))
            held = None
        elif held is None and chance.random() < JOINED_CHANCE:
            held = said
        else:
            if held is not None:
                yield held
            yield said
            held = None
    if held is not None:
        yield held


def joined(first: Spoken, second: Spoken, pause_s: float) -> Spoken:
    """The second after the first, as one."""
    whole = with_silence(first, 0.0, pause_s)
    begin_s = len(whole.signal) / RATE_HZ
    later = tuple(replace(phone, start_s=phone.start_s + begin_s) for phone in second.phones)
    return Spoken(np.concatenate([whole.signal, second.signal]), (*first.phones, *later), first.speaker)
