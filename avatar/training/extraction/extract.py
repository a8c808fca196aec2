"""A talking video in, shards for both networks out, and beside them the motion as a file that any presenter can play.

What a camera cannot tell (tongue, teeth on lips, whether a face means it) stays unknown, and nothing is learnt of it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import numpy as np

from avatar.diffusion.layout import FACE, MOUTH, PLACE, WISH_WIDTH
from avatar.diffusion.sound import FRAME_HZ, RATE_HZ, Floats, bands_db, frame_count, level_db, middle_pitch_hz, pitch
from avatar.listening.features import features_of, look_times
from avatar.motion.saved import asked
from avatar.motion_frame import INDEX, MOUTH_CHANNELS, REST
from avatar.training.extraction.channels import Seen, motion_of, seen_in
from avatar.training.extraction.film import Tell, check, sound_of, watched
from avatar.training.figures import quiet_frames
from avatar.training.listening_data import SHARD as LISTENING_SHARD
from avatar.training.listening_examples import CLOSED, NOT_CLOSED, TAKE_PIECE_S, UNKNOWN, Example, stored
from avatar.training.pairs import Pair
from avatar.training.storage import SHARD, write_shard

FIRST, NUMBERS = 100_000, 900_000
"""Shards of films have numbers from FIRST on: above data.REAL, so they count as recorded people."""
PART = ".film_{:06d}"


def extract(film: Path, into: Path, tell: Tell) -> Path:
    """The shard of pairs; a film that is there already is left. Raises SourceRefused for what cannot teach."""
    frames = check(film)
    number = _number(film)
    shard = into / SHARD.format(number)
    if shard.exists():
        tell(frames, frames)
        return shard
    part = into / PART.format(number)
    part.mkdir(parents=True, exist_ok=True)
    signal = sound_of(film)
    seen = seen_in(watched(film, part, frames, tell))
    signal = signal[: max(1, round((seen.times[-1] + 1 / FRAME_HZ) * RATE_HZ))]
    made = pair_of_film(signal, seen, film.stem)
    write_motion(into / f"{film.stem}.jsonl", made.motion)
    _write_examples(into / LISTENING_SHARD.format(number), signal, made.motion)
    write_shard(into, number, [made])
    shutil.rmtree(part)
    return shard


def pair_of_film(signal: Floats, seen: Seen, name: str) -> Pair:
    """Sound and face as one pair; times in seconds of the sound's first sample."""
    count = frame_count(len(signal))
    bands = bands_db(signal, count)
    hertz, voicing = pitch(signal, count)
    motion = motion_of(seen, count, ~quiet_frames(signal, count))
    wishes = np.zeros(WISH_WIDTH, np.float32)
    wishes[-1] = 0.5
    stress = np.zeros(count, np.float32)
    return Pair(bands, hertz, voicing, motion, stress, wishes, level_db(bands), middle_pitch_hz(hertz), name)


def write_motion(file: Path, motion: Floats) -> None:
    """As `narrator motion` writes it: `narrator read ... --motion FILE` plays it. What is unknown is at rest."""
    frames = np.tile(REST, (len(motion), 1))
    names = {name: name for name in (*MOUTH_CHANNELS, *FACE) if name in INDEX}
    for name in names:
        frames[:, INDEX[name]] = np.where(
            np.isfinite(motion[:, PLACE[name]]), motion[:, PLACE[name]], REST[INDEX[name]]
        )
    for side in ("left", "right"):
        frames[:, INDEX[f"eyelid_{side}"]] = np.nan_to_num(motion[:, PLACE["blink"]])
    for axis in ("yaw", "pitch"):
        frames[:, INDEX[f"gaze_{axis}_deg"]] = np.nan_to_num(
            motion[:, PLACE[f"look_{axis}_deg"]] - motion[:, PLACE[f"head_{axis}_deg"]]
        )
    rows = (
        json.dumps({"time_s": round(i / FRAME_HZ, 4), "phone": "", **asked(values)}) for i, values in enumerate(frames)
    )
    unfinished = file.with_suffix(".part")
    unfinished.write_text("\n".join(rows) + "\n", encoding="utf-8")
    unfinished.replace(file)


def _write_examples(file: Path, signal: Floats, motion: Floats) -> None:
    """For the ears: where the lips are seen to touch, where to be apart, and the mouth's channels."""
    size = round(TAKE_PIECE_S * RATE_HZ)
    found = []
    for first in range(0, max(len(signal) - RATE_HZ, 1), size):
        features = features_of(signal[first : first + size])
        places = (first / RATE_HZ + look_times(len(features))) * FRAME_HZ
        near = np.clip(np.rint(places).astype(int), 0, len(motion) - 1)
        lips = motion[near, PLACE["lips"]]
        kinds = np.full(len(features), UNKNOWN, np.int8)
        kinds[lips > 0.5], kinds[lips < 0.5] = CLOSED, NOT_CLOSED
        found.append(Example(features, kinds, motion[near, MOUTH]))
    unfinished = file.with_name(file.name + ".part.npz")
    np.savez(unfinished, **stored(found))
    unfinished.replace(file)


def _number(film: Path) -> int:
    """The same film has the same number, wherever it lies."""
    with film.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return FIRST + int.from_bytes(digest.digest()[:8], "big") % NUMBERS
