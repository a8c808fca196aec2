"""A film in, its sound and the readings of its face out; what cannot teach is refused in one line.

mediapipe runs in a child process, since no foreign file and no library of its size belongs in this one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from avatar.diffusion.sound import RATE_HZ, Floats
from avatar.training.extraction.face_measure import PLACE, Doubles
from avatar.training.extraction.watch import CHUNK, FRAMES
from narrator.child_process import end
from narrator.errors import SourceRefused

LEAST_S, LONGEST_S = 1.0, 4 * 3600.0
LEAST_PUPILS_PX = 20.0
"""A smaller face's lips are a handful of pixels."""
LEAST_SEEN, MOST_CROWDED = 0.5, 0.05
"""Share of the frames in which there must be a face, and in which there may be a second one as large."""
LEAST_SOUND = 1e-4
"""Of full scale, the loudest sample."""
CHILD_END_S = 3.0
ANOTHER = "Choose a film of one person who speaks towards the camera."

Tell = Callable[[int, int], None]
"""Frames that are done, and how many there are about."""


def check(film: Path) -> int:
    """About how many frames the film has. Raises SourceRefused for what is no film, mute, too short or too long."""
    import av

    if not film.is_file():
        raise SourceRefused("a film", f"there is no file {film}", "Check its name.")
    try:
        with av.open(str(film)) as container:
            if not container.streams.video:
                raise SourceRefused("a film", f"{film.name} has no pictures", ANOTHER)
            if not container.streams.audio:
                raise SourceRefused(
                    "a film with sound", f"{film.name} has none", "Choose one in which somebody is heard."
                )
            seconds = float(container.duration or 0) / av.time_base
            fps = float(container.streams.video[0].average_rate or 25)
    except (av.FFmpegError, OSError) as fault:
        raise SourceRefused("a film", f"{film.name} cannot be opened ({fault})", "Convert it to MP4 first.") from None
    if seconds and not LEAST_S <= seconds <= LONGEST_S:
        came = f"{film.name} lasts {seconds:.1f} s"
        raise SourceRefused(f"a film of {LEAST_S:.0f} s to {LONGEST_S / 3600:.0f} hours", came, "Cut it.")
    return max(1, round(seconds * fps))


def sound_of(film: Path) -> Floats:
    """(samples,) mono at RATE_HZ, -1..1, from the film's time 0 on. Raises SourceRefused where nothing is heard."""
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE_HZ)
    pieces: list[Floats] = []
    try:
        with av.open(str(film)) as container:
            first_s = None
            for frame in container.decode(audio=0):
                first_s = float(frame.time or 0.0) if first_s is None else first_s
                pieces += [np.asarray(piece.to_ndarray()[0], np.float32) for piece in resampler.resample(frame)]
    except av.FFmpegError as fault:
        raise SourceRefused("a film with sound", f"{film.name}'s cannot be read ({fault})", ANOTHER) from None
    signal = np.concatenate([np.zeros(0, np.float32), *pieces]) / np.float32(32768.0)
    if not len(signal) or np.abs(signal).max() < LEAST_SOUND:
        raise SourceRefused("a film in which somebody is heard", f"{film.name} is silent", ANOTHER)
    shift = round((first_s or 0.0) * RATE_HZ)
    return np.pad(signal, (shift, 0)) if shift > 0 else signal[-shift:]


def watched(film: Path, folder: Path, frames: int, tell: Tell) -> list[Path]:
    """The chunks of watch.py, one after the other; those in the folder are taken as they are. Raises SourceRefused."""
    command = [sys.executable, "-m", "avatar.training.extraction.watch", str(film), str(folder)]
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    done = None
    try:
        assert child.stdout is not None
        for line in child.stdout:
            message = json.loads(line)
            done = message.get("done", done)
            tell(message.get("frames", frames if done is None else done), frames)
    finally:
        end(child, CHILD_END_S)
        if child.stdout is not None:
            child.stdout.close()
    if not done:
        raise SourceRefused("a film whose pictures can be read", f"{film.name} ended in a fault", "Convert it to MP4.")
    chunks = [folder / CHUNK.format(number) for number in range(-(-done // FRAMES))]
    _check_faces(film, np.concatenate([rows_of(file) for file in chunks]))
    return chunks


def rows_of(chunk: Path) -> Doubles:
    """(n, COLUMNS)"""
    with np.load(chunk, allow_pickle=False) as stored:
        return np.asarray(stored["rows"], np.float64)


def shapes_of(chunk: Path) -> Doubles:
    """(n, FACE_POINTS * 3) mm off the average face."""
    with np.load(chunk, allow_pickle=False) as stored:
        return np.asarray(stored["shapes"], np.float64)


def _check_faces(film: Path, rows: Doubles) -> None:
    faces, readings = rows[:, 1], rows[:, 2:]
    if (faces > 0).mean() < LEAST_SEEN:
        came = f"{film.name} shows one in {100 * (faces > 0).mean():.0f} % of its frames"
        raise SourceRefused("a face to measure", came, ANOTHER)
    if (faces > 1).mean() > MOST_CROWDED:
        came = f"{film.name} shows several in {100 * (faces > 1).mean():.0f} % of its frames"
        raise SourceRefused("one face", came, "Cut out the part with one person, or crop the picture to one.")
    pupils = float(np.nanmedian(readings[:, PLACE["pupils_px"]]))
    if pupils < LEAST_PUPILS_PX:
        came = f"in {film.name} they are {pupils:.0f} apart"
        raise SourceRefused(f"pupils at least {LEAST_PUPILS_PX:.0f} pixels apart", came, "Choose a larger picture.")
