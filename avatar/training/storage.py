"""Training pairs in, shards on disk out, and back: arrays laid end to end, half precision, no pickles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from avatar.diffusion.sound import HOPS
from avatar.training.pairs import Pair

SHARD = "pairs_{:05d}.npz"
PER_SHARD = 100


def write_shard(folder: Path, number: int, pairs: Sequence[Pair]) -> None:
    """One shard, whole or not at all."""
    file = folder / SHARD.format(number)
    unfinished = file.with_name(file.name + ".part.npz")
    np.savez(
        unfinished,
        frames=np.array([len(pair.hertz) for pair in pairs]),
        bands=np.concatenate([pair.bands for pair in pairs]).astype(np.float16),
        hertz=np.concatenate([pair.hertz for pair in pairs]).astype(np.float16),
        voicing=np.concatenate([pair.voicing for pair in pairs]).astype(np.float16),
        motion=np.concatenate([pair.motion for pair in pairs]).astype(np.float16),
        stress=np.concatenate([pair.stress for pair in pairs]).astype(np.float16),
        wishes=np.stack([pair.wishes for pair in pairs]),
        level_db=np.array([pair.level_db for pair in pairs]),
        middle_hz=np.array([pair.middle_hz for pair in pairs]),
        speaker=np.array([pair.speaker for pair in pairs]),
    )
    unfinished.replace(file)


def read_shard(file: Path) -> Iterator[Pair]:
    """The pairs of one shard, single precision."""
    with np.load(file, allow_pickle=False) as stored:
        held = {name: stored[name] for name in stored.files}
    ends = np.cumsum(held["frames"])
    for i, (first, last) in enumerate(zip(ends - held["frames"], ends, strict=True)):
        yield Pair(
            held["bands"][first * HOPS : last * HOPS],
            held["hertz"][first:last],
            held["voicing"][first:last],
            held["motion"][first:last],
            held["stress"][first:last],
            held["wishes"][i],
            float(held["level_db"][i]),
            float(held["middle_hz"][i]),
            str(held["speaker"][i]),
        )
