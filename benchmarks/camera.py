"""A text read live to a camera in, how many pictures a second a meeting gets and how far they are apart out."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.figure import Figure
from benchmarks.speech_text import page
from narrator import assemble
from narrator.live_session import live_session
from narrator.outputs.camera import FPS, Camera, CameraWish
from narrator.outputs.speaker import WallClockSpeaker
from narrator.settings import Settings

MODULE, BACKEND, FILE = "benchmarks.timed_camera", "timed", "TIMED"
SECONDS = 30.0
WARM_S = 5.0
"""Until the renderer is compiled, and the voice speaks ahead."""
GAP_S = 0.050
"""EN 301 549's least of 20 pictures a second."""
LIMIT_S = 60.0


def measure() -> Iterator[Figure]:
    """1280x720 with the default presenter, drawn live, into a camera that only writes down what comes."""
    moments_s, pictures = seen(SECONDS)
    gaps_s = np.diff(moments_s)
    rate = 1 / float(np.mean(gaps_s))
    yield Figure("camera: pictures a second", rate, "/s", f"the goal, {FPS:g}", rate / FPS)
    for share in (50, 99):
        gap_s = float(np.percentile(gaps_s, share))
        yield Figure(
            f"camera: gap, {share} of 100", gap_s * 1000, "ms", f"the goal, {GAP_S * 1000:g} ms", gap_s / GAP_S
        )
    longest_s = float(gaps_s.max())
    yield Figure("camera: longest gap", longest_s * 1000, "ms", f"the goal, {GAP_S * 1000:g} ms", longest_s / GAP_S)
    repeated = sum(one == other for one, other in zip(pictures, pictures[1:], strict=False)) / (len(pictures) - 1)
    yield Figure("camera: pictures sent twice", repeated * 100, "%", "", None)


def seen(seconds: float) -> tuple[list[float], list[int]]:
    """When each picture came, and a checksum of each, from WARM_S after the first one on."""
    with tempfile.TemporaryDirectory(prefix="narrator-camera-") as folder:
        told, text = Path(folder) / "frames", Path(folder) / "text.txt"
        text.write_text("\n".join(page(1)))
        told.touch()
        os.environ[FILE] = str(told)
        camera = Camera(CameraWish(backend=BACKEND, module=MODULE), speaker=WallClockSpeaker())
        session = live_session(assemble.Request(()), [], Settings(), beside=[camera])
        try:
            session.enqueue(str(text))
            _wait_for(lambda: bool(session.state.word))
            time.sleep(WARM_S + seconds)
        finally:
            session.close(completed=False)
            del os.environ[FILE]
        lines = [line.split() for line in told.read_text().splitlines()]
    moments_s = [float(at_s) for at_s, _ in lines]
    first = next(number for number, at_s in enumerate(moments_s) if at_s > moments_s[-1] - seconds)
    return moments_s[first:], [int(checksum) for _, checksum in lines[first:]]


def _wait_for(is_speaking: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not is_speaking():
        if time.monotonic() > deadline:
            raise TimeoutError("nothing was said to the camera")
        time.sleep(0.1)
