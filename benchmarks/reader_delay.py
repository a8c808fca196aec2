"""A message from spd-say in, the time until lips move and until it is heard out, through the real Speech Dispatcher.

The lips are watched in the X server's own memory, the sound on the monitor of a sound server without a loudspeaker. The
face rests without sway meanwhile, so that nothing else moves round its mouth.
"""

from __future__ import annotations

import mmap
import os
import re
import statistics
import struct
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.figure import Figure
from benchmarks.loop_back import Ear, screen
from benchmarks.speech_server import SpeechServer, short_folder, sound_server, speech_server
from narrator.errors import NarratorError
from narrator.remote.client import connect

TEXT = "Are five boats there?"
ROUNDS = 9
GOAL_S = 0.25
START_LIMIT_S = 40.0
ROUND_LIMIT_S = 5.0
REST_S = 2.5
"""After each round: until the sound has ended and the mouth has come to rest."""
LOOK_S = 0.001
MOUTH = (0.35, 0.65, 0.58, 0.72)
"""Left, right, top and bottom of what is watched, as shares of the window: the mouth in the usual framing."""
MOVED = 2.0
"""Mean difference of the pixels watched, of 255, beyond what they differ by at rest."""


@dataclass(frozen=True)
class Round:
    """One message."""

    lips_s: float
    sound_s: float


def measure() -> Iterator[Figure]:
    """Warm: the face is there and has spoken before."""
    rounds = run()
    goal = f"the goal, {GOAL_S * 1000:.0f} ms"
    lips = sorted(one.lips_s for one in rounds)
    for name, value in (("median", statistics.median(lips)), ("slowest", lips[-1])):
        yield Figure(f"spd-say to moving lips, {name} of {len(lips)}", value * 1000, "ms", goal, value / GOAL_S)
    heard_s = statistics.median(one.sound_s for one in rounds)
    lead_s = statistics.median(one.sound_s - one.lips_s for one in rounds)
    yield Figure("spd-say to sound, median", heard_s * 1000, "ms", goal, heard_s / GOAL_S)
    yield Figure("lips before sound, median", lead_s * 1000, "ms", "the least, 120 ms from rest", lead_s / 0.12)


def run() -> list[Round]:
    """The first two messages wake the voice and the face, and do not count."""
    with short_folder() as folder, sound_server(folder) as sound, screen(folder) as (display, memory):
        quiet = {"NARRATOR_REDUCED_MOTION": "on", "NARRATOR_TEXT_GESTURES": "off"}
        with speech_server(folder, {**sound, **display, **quiet}) as server:
            _wake(server, folder)
            ear, eye = Ear(os.environ | sound), MouthEye(memory, _window(server))
            try:
                return [_round(server, ear, eye) for _ in range(ROUNDS + 2)][2:]
            finally:
                ear.close()


def _round(server: SpeechServer, ear: Ear, eye: MouthEye) -> Round:
    time.sleep(REST_S)
    ear.beeps_s.clear()
    resting = eye.look()
    asked_s = time.perf_counter()
    with subprocess.Popen(["spd-say", "-o", "narrator", TEXT], env=server.environment):
        moved_s = 0.0
        while not (moved_s and ear.beeps_s):
            now_s = time.perf_counter()
            if now_s - asked_s > ROUND_LIMIT_S:
                raise RuntimeError(f"nothing came of it: lips {moved_s}, sound {ear.beeps_s}")
            if not moved_s and float(np.abs(eye.look() - resting).mean()) > MOVED:
                moved_s = now_s
            time.sleep(LOOK_S)
    return Round(moved_s - asked_s, ear.beeps_s[0] - asked_s)


class MouthEye:
    """Looks at the pixels round the mouth, in the X server's memory."""

    def __init__(self, file: Path, window: tuple[int, ...]) -> None:
        with file.open("rb") as opened:
            self._memory = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._memory[:100])  # XWDFileHeader: sizes first, colours after it
        pixels = np.frombuffer(self._memory, np.uint8)[header[0] + 12 * header[19] :]
        rows = pixels[: header[5] * header[12]].reshape(header[5], header[12])
        x, y, width, height = window
        left, right, top, bottom = MOUTH
        columns = slice(4 * (x + round(left * width)), 4 * (x + round(right * width)), 4)
        self._mouth = rows[y + round(top * height) : y + round(bottom * height), columns]

    def look(self) -> npt.NDArray[np.int16]:
        """One colour of them."""
        return self._mouth.astype(np.int16)


def _wake(server: SpeechServer, folder: Path) -> None:
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    server.say("-w", TEXT)
    until_s = time.monotonic() + START_LIMIT_S
    while not (_is_there() and _window(server)):
        if time.monotonic() > until_s:
            raise RuntimeError(f"no face was opened: {server.log()[-1000:]}")
        time.sleep(0.2)


def _is_there() -> bool:
    try:
        with connect() as narration:
            return bool(narration.ask("status")["state"]["outputs"])
    except NarratorError:
        return False


def _window(server: SpeechServer) -> tuple[int, ...]:
    """Left, top, width and height of the face's window on the screen; none before it is there."""
    told = subprocess.run(["xwininfo", "-root", "-tree"], env=server.environment, capture_output=True, text=True)
    found = re.search(r'"narrator": \("narrator".* (\d+)x(\d+)\S+ +\+(\d+)\+(\d+)$', told.stdout, re.MULTILINE)
    if found is None:
        return ()
    width, height, x, y = map(int, found.groups())
    return x, y, width, height
