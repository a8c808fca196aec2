"""The window's pixels and the sound server's sound in, how far each beep is behind its flash out.

Neither clock is ours: the picture is read from the X server's memory (Xvfb -fbdir), the sound from the monitor of a
private PulseAudio's null sink. Both watchers stamp what they see with one monotonic clock.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import subprocess
import sys
import tempfile
import threading
import time
from bisect import bisect
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.figure import Figure

PROGRAMS = ("Xvfb", "openbox", "pulseaudio", "parec")
SCREEN = (1280, 800)
RECORDED_HZ = 48_000
LOUD = 3_000
APART_S = 0.3
"""Two beeps, or two flashes, are never closer."""
LOOK_S = 0.0005
BLIND_S = 0.005
"""A watcher that asks for half a millisecond and gets this long a sleep shares the machine with someone greedy."""
CALM_S = 0.1
"""Without that for so long, what is seen is our own doing."""
START_LIMIT_S = 20.0
BRIGHT = 200
FLASH_POINTS = 8
"""Of the points that are looked at, so many are bright in a flash."""
ONE_PICTURE_S = 0.005
"""The X server takes a picture over in pieces: what changes within this is one picture."""
SECONDS = 20.0
LATEST_S = 0.040
JITTER_S = 0.020


@dataclass(frozen=True)
class Seen:
    """One run."""

    offsets_s: list[float]
    """How far each beep was behind its flash."""
    calm_offsets_s: list[float]
    """Of those before which the machine was not taken from the watcher itself, by whatever else runs on it."""
    missed: int
    """Flashes or beeps without their fellow."""
    notices: list[str]
    gaps_s: list[float]
    """Between two pictures, as the window's own process tells them."""

    @property
    def median_s(self) -> float:
        """The middle."""
        return float(np.median(self.calm_offsets_s))

    @property
    def jitter_s(self) -> float:
        """95th percentile of the distance from the median."""
        return float(np.percentile(np.abs(np.array(self.calm_offsets_s) - self.median_s), 95))


def measure() -> Iterator[Figure]:
    """Over 20 seconds, some 30 beeps."""
    seen = run(SECONDS)
    spread = f"the goal, 0 to {LATEST_S * 1000:.0f} ms"
    yield Figure("sound behind picture, median", seen.median_s * 1000, "ms", spread, seen.median_s / LATEST_S)
    for name, value in (("least", min(seen.calm_offsets_s)), ("most", max(seen.calm_offsets_s))):
        yield Figure(f"sound behind picture, {name}", value * 1000, "ms", spread, None)
    goal = f"the goal, {JITTER_S * 1000:.0f} ms"
    yield Figure("sound behind picture, jitter", seen.jitter_s * 1000, "ms", goal, seen.jitter_s / JITTER_S)
    calm = len(seen.calm_offsets_s) / len(seen.offsets_s)
    yield Figure("beeps the machine left us alone with", 100 * calm, "%", "all beeps", calm)
    gap_s = float(np.percentile(seen.gaps_s, 99))
    yield Figure("picture to picture, 99th of 100", gap_s * 1000, "ms", "the goal, 50 ms", gap_s / 0.050)


def run(seconds: float, offset_ms: float = 0.0) -> Seen:
    """Plays flashes and beeps for so long. Needs PROGRAMS."""
    command = [sys.executable, "-m", "benchmarks.flash_and_beep", str(seconds), str(offset_ms)]
    with (
        tempfile.TemporaryDirectory(prefix="narrator-loop-") as folder,
        sound_server(Path(folder)) as sound,
        screen(Path(folder)) as (display, memory),
    ):
        ear, eye = Ear(sound), Eye(memory)
        done = subprocess.run(
            command, env=sound | display, capture_output=True, text=True, timeout=seconds + 60, check=False
        )
        eye.close()
        ear.close()
    if done.returncode:
        raise RuntimeError(done.stderr)
    said = json.loads(done.stdout)
    pairs, missed = paired(eye.flashes_s, ear.beeps_s)
    calm = [beep - flash for flash, beep in pairs if not eye.was_blinded(min(flash, beep))]
    return Seen([beep - flash for flash, beep in pairs], calm, missed, said["notices"], said["gaps_s"])


def paired(flashes_s: list[float], beeps_s: list[float]) -> tuple[list[tuple[float, float]], int]:
    """Each beep with the flash that is nearest, and how many of both stand alone."""
    pairs = []
    for beep in beeps_s:
        nearest = min(flashes_s, key=lambda flash: abs(flash - beep), default=None)
        if nearest is not None and abs(nearest - beep) < APART_S:
            pairs.append((nearest, beep))
    return pairs, len(flashes_s) + len(beeps_s) - 2 * len(pairs)


class Ear:
    """When each beep was played by the sound server."""

    def __init__(self, environment: dict[str, str]) -> None:
        command = ["parec", "-d", "n.monitor", f"--rate={RECORDED_HZ}", "--channels=1", "--format=s16le", "--raw"]
        self._process = subprocess.Popen([*command, "--latency-msec=5"], env=environment, stdout=subprocess.PIPE)
        self.beeps_s: list[float] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listens no more."""
        self._process.terminate()
        self._process.wait()
        self._thread.join()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _listen(self) -> None:
        stdout: Any = self._process.stdout
        last_s = 0.0
        while data := stdout.read1(8192):
            now_s = time.perf_counter()
            piece = np.frombuffer(data[: len(data) // 2 * 2], np.int16).astype(int)
            loud = np.flatnonzero(np.abs(piece) > LOUD)
            if len(loud):
                heard_s = now_s - (len(piece) - loud[0]) / RECORDED_HZ
                if heard_s - last_s > APART_S:
                    self.beeps_s.append(heard_s)
                last_s = heard_s


class Eye:
    """When each flash came onto the screen: looks into the X server's memory two thousand times a second."""

    def __init__(self, file: Path, flash_points: int = FLASH_POINTS) -> None:
        self.flashes_s: list[float] = []
        self.pictures_s: list[float] = []
        """When something came onto the screen that was not there before."""
        self._flash_points = flash_points
        self._blind_s: list[float] = []
        """When it could not look for longer than BLIND_S."""
        with file.open("rb") as opened:
            self._memory = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        header = struct.unpack(">25I", self._memory[:100])  # XWDFileHeader: sizes first, colours after it
        header_bytes, line_bytes, colours = header[0], header[12], header[19]
        self._pixels = np.frombuffer(self._memory, np.uint8)[header_bytes + 12 * colours :]
        self._line_bytes = line_bytes
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Looks no more."""
        self._ended.set()
        self._thread.join()

    def was_blinded(self, before_s: float) -> bool:
        """Whether it was kept from looking shortly before that moment."""
        return self.was_blind(before_s - CALM_S, before_s + CALM_S)

    def was_blind(self, begin_s: float, end_s: float) -> bool:
        """Whether it was kept from looking between the two."""
        return bisect(self._blind_s, begin_s) < bisect(self._blind_s, end_s)

    def _look(self) -> None:
        was_white, seen, looked_s = False, b"", time.perf_counter()
        rows = range(20, SCREEN[1] - 20, 30)
        places = np.array([row * self._line_bytes + 4 * column for row in rows for column in range(20, SCREEN[0], 60)])
        while not self._ended.is_set():
            points = self._pixels[places]
            is_white = bool((points > BRIGHT).sum() > self._flash_points)
            now_s = time.perf_counter()
            if is_white and not was_white:
                self.flashes_s.append(now_s)
            if (now := points.tobytes()) != seen and now_s - (self.pictures_s or [0.0])[-1] > ONE_PICTURE_S:
                self.pictures_s.append(now_s)
            was_white, seen = is_white, now
            if now_s - looked_s > BLIND_S:
                self._blind_s.append(now_s)
            looked_s = now_s
            time.sleep(LOOK_S)


@contextmanager
def screen(folder: Path) -> Iterator[tuple[dict[str, str], Path]]:
    """An X server with a window manager whose picture lies in a file; what its programs need, and the file."""
    reading, writing = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-fbdir", str(folder), "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as pipe:
        display = f":{pipe.readline().strip()}"
    environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": os.getcwd(), "WAYLAND_DISPLAY": ""}
    manager = subprocess.Popen(["openbox"], env=os.environ | environment, stderr=subprocess.DEVNULL)
    try:
        yield environment, folder / "Xvfb_screen0"
    finally:
        for process in (manager, server):
            process.terminate()
            process.wait()


@contextmanager
def sound_server(folder: Path) -> Iterator[dict[str, str]]:
    """A PulseAudio of our own, whose only device throws sound away; what its programs need to reach it."""
    socket = folder / "pulse"
    (folder / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    environment = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    environment |= {"PULSE_RUNTIME_PATH": str(folder), "PULSE_SERVER": f"unix:{socket}"}
    modules = ("module-null-sink sink_name=n", f"module-native-protocol-unix auth-anonymous=1 socket={socket}")
    command = ["pulseaudio", "-n", "--exit-idle-time=-1", "--daemonize=no", "--use-pid-file=no", "--disable-shm=yes"]
    command += [part for module in modules for part in ("-L", module)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline_s = time.monotonic() + START_LIMIT_S
        while not socket.exists() and time.monotonic() < deadline_s:
            time.sleep(0.05)
        yield environment
    finally:
        server.terminate()
        server.wait()
