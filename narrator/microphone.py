"""The name of a live sound in, its samples out as they sound: a microphone, or what the loudspeakers play."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt

from narrator.errors import SourceRefused

RATE_HZ = 16_000
BLOCK_S = 0.02
MICROPHONE, SYSTEM = "microphone", "system"
MONITOR = "@DEFAULT_MONITOR@"
"""How PulseAudio and PipeWire call what the loudspeakers play."""
LOOK_S = 0.1
NO_SOUND = "no such sound comes in"
NEXT_STEP = "Plug a microphone in, or name another: narrator follow microphone, system, or a device's name"
Block = tuple[npt.NDArray[np.float32], float]
"""(samples,) -1..1 at RATE_HZ, and when the last of them came in: a reading of time.perf_counter()."""


class Microphone:
    """An open sound input. blocks() is iterated by one thread; close() may be called from any."""

    def __init__(self, name: str = MICROPHONE, *, open_stream: Callable[..., Any] | None = None) -> None:
        """Raises SourceRefused where there is no such sound, or no PortAudio."""
        self._blocks: queue.Queue[Block] = queue.Queue()
        self._closed = threading.Event()
        try:
            self._stream = self._opened(name, open_stream)
        except (OSError, ValueError, ImportError) as fault:
            raise SourceRefused(f'the sound of "{name}"', f"{NO_SOUND} ({fault})", NEXT_STEP) from None

    def blocks(self) -> Iterator[Block]:
        """What sounds, until it is closed."""
        while not self._closed.is_set():
            try:
                yield self._blocks.get(timeout=LOOK_S)
            except queue.Empty:
                continue

    def close(self) -> None:
        """Gives the device back and ends blocks()."""
        if not self._closed.is_set():
            self._closed.set()
            self._stream.abort(ignore_errors=True)
            self._stream.close(ignore_errors=True)

    def _opened(self, name: str, open_stream: Callable[..., Any] | None) -> Any:
        failures: tuple[type[Exception], ...] = (ValueError,)
        if open_stream is None:
            import sounddevice

            open_stream, failures = sounddevice.InputStream, (sounddevice.PortAudioError, ValueError)
        device = None if name in (MICROPHONE, SYSTEM) else name
        try:
            with _source(MONITOR if name == SYSTEM else None):
                stream = open_stream(
                    device=device,
                    samplerate=RATE_HZ,
                    channels=1,
                    dtype="float32",
                    blocksize=round(BLOCK_S * RATE_HZ),
                    latency="low",
                    callback=self._take,
                )
                stream.start()
                return stream
        except failures as failure:
            raise OSError(str(failure)) from failure

    def _take(self, came: npt.NDArray[np.float32], frames: int, moment: Any, status: Any) -> None:
        """PortAudio's callback, in its thread."""
        self._blocks.put((came[:, 0].copy(), time.perf_counter()))


@contextmanager
def _source(name: str | None) -> Iterator[None]:
    """While it lasts, whoever opens PulseAudio's default input gets that source."""
    before = os.environ.get("PULSE_SOURCE")
    if name is not None:
        os.environ["PULSE_SOURCE"] = name
    try:
        yield
    finally:
        if name is not None:
            os.environ.pop("PULSE_SOURCE")
            if before is not None:
                os.environ["PULSE_SOURCE"] = before
