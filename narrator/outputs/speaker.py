"""Sound in, sound from the loudspeaker out, and the position that is being heard at any moment.

The clock rule (measured facts behind it: PortAudio issues 498, 530, 531): what was handed over is heard one latency
later, the latency being the driver's own DAC time where that is plausible, else what the stream reports, plus an offset
for what nobody reports (Bluetooth). Without a sound device WallClockSpeaker keeps the time in silence.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from narrator.flow import Samples
from narrator.outputs.heard_time import HeardTime
from narrator.outputs.resampling import resample

_log = logging.getLogger(__name__)

LATENCY_S = 0.05
"""Asked of the driver: half of the 100 ms in which a pause must be heard, enough for a busy machine."""
FADE_S = 0.005
"""Sound starts and ends within this, so that no edge clicks."""
STALLED_S = 1.0
"""A stream that asks for nothing this long has lost its device."""
WAKING_S = 5.0
"""A stream that never asked yet may have to wake its device, which takes some of them seconds."""
NO_SOUND_NOTICE = "No sound device: narrator goes on in silence, on the wall clock."


class Loudspeaker(Protocol):
    """What keeps the time of a live narration."""

    is_silent: bool

    def start(self, samples: Samples, rate_hz: int, delay_s: float) -> None:
        """Plays samples after delay_s of silence; whatever played before ends, without a click."""
        ...

    def replace(self, samples: Samples, rate_hz: int) -> None:
        """Goes on with these samples at the same position; they differ from the others only in what is to come."""
        ...

    def position_s(self, at_s: float | None = None) -> float:
        """What is heard now, or at that reading of time.perf_counter(): seconds from the first sample."""
        ...

    def pause(self) -> None:
        """Silence; the position stays."""
        ...

    def resume(self) -> None:
        """On from there."""
        ...

    def stop(self) -> None:
        """Silence; the position stays until the next start."""
        ...

    def is_stalled(self) -> bool:
        """Whether the device has stopped taking sound."""
        ...

    def close(self) -> None:
        """Gives the device back. Nothing is called after it."""
        ...


class WallClockSpeaker:
    """The do-nothing twin: time passes, nothing is heard."""

    is_silent = True

    def __init__(self, now_s: Callable[[], float] = time.perf_counter) -> None:
        self._now_s = now_s
        self._zero_s = now_s()
        self._held_s: float | None = 0.0

    def start(self, samples: Samples, rate_hz: int, delay_s: float) -> None:
        """Starts the time at -delay_s."""
        self._zero_s = self._now_s() + delay_s
        self._held_s = None

    def replace(self, samples: Samples, rate_hz: int) -> None:
        """Nothing is heard of either."""

    def position_s(self, at_s: float | None = None) -> float:
        """Time since start, less the pauses."""
        if self._held_s is not None:
            return self._held_s
        return (self._now_s() if at_s is None else at_s) - self._zero_s

    def pause(self) -> None:
        """Holds the time."""
        if self._held_s is None:
            self._held_s = self.position_s()

    def resume(self) -> None:
        """Lets it go on."""
        if self._held_s is not None:
            self._zero_s = self._now_s() - self._held_s
            self._held_s = None

    def stop(self) -> None:
        """Holds the time."""
        self.pause()

    def is_stalled(self) -> bool:
        """Never."""
        return False

    def close(self) -> None:
        """Nothing to give back."""


class Speaker:
    """The sound device, through PortAudio. Its stream runs until close(); between sounds it plays silence."""

    is_silent = False

    def __init__(self, *, offset_s: float = 0.0, open_stream: Callable[..., Any] | None = None) -> None:
        self._offset_s = offset_s
        self._open_stream = open_stream
        self._stream: Any = None
        self._rate_hz = 0
        self._lock = threading.Lock()
        self._samples: Samples = np.zeros(0, np.int16)
        self._cursor = 0
        """Next frame of the sound to hand over; negative in the delay."""
        self._is_running = False
        self._fade_in_left = 0
        self._tail: npt.NDArray[np.int16] = np.zeros(0, np.int16)
        """The fading end of a sound that was paused or stopped; it is heard, but not part of the position."""
        self._heard = HeardTime()
        self._asked_at_s = 0.0
        self._was_asked = False

    def open(self, rate_hz: int) -> None:
        """Opens the default device. Raises OSError, also where PortAudio or a device is absent."""
        if self._open_stream is None:
            import sounddevice

            self._open_stream = sounddevice.OutputStream
            failures: tuple[type[Exception], ...] = (sounddevice.PortAudioError, ValueError)
        else:
            failures = (ValueError,)
        try:
            self._stream = self._open_stream(
                samplerate=rate_hz, channels=1, dtype="int16", latency=LATENCY_S, callback=self._fill
            )
            self._rate_hz = rate_hz
            self._stream.start()
        except failures as failure:
            raise OSError(str(failure)) from failure
        self._asked_at_s = time.perf_counter()

    def start(self, samples: Samples, rate_hz: int, delay_s: float) -> None:
        """Queues the sound; another rate than the stream's is resampled."""
        sound = resample(samples, rate_hz, self._rate_hz)
        with self._lock:
            self._fade_out()
            self._samples = sound
            self._cursor = -round(delay_s * self._rate_hz)
            self._heard.restart(self._cursor / self._rate_hz)
            self._fade_in_left = 0
            self._is_running = True
            self._asked_at_s = time.perf_counter()

    def replace(self, samples: Samples, rate_hz: int) -> None:
        """Exchanges the sound under the cursor."""
        sound = resample(samples, rate_hz, self._rate_hz)
        with self._lock:
            self._samples = sound

    def position_s(self, at_s: float | None = None) -> float:
        """Frames handed over over the rate, less the latency, running on between two hand-overs."""
        with self._lock:
            return self._heard.position_s(time.perf_counter() if at_s is None else at_s)

    def pause(self) -> None:
        """Fades out and holds."""
        with self._lock:
            self._fade_out()

    def resume(self) -> None:
        """Fades in where it was held."""
        with self._lock:
            if not self._is_running:
                self._is_running = True
                self._fade_in_left = round(FADE_S * self._rate_hz)
                self._asked_at_s = time.perf_counter()

    def stop(self) -> None:
        """Fades out and holds."""
        self.pause()

    def is_stalled(self) -> bool:
        """Whether a running stream has not been asked for sound for STALLED_S, or WAKING_S where it never was."""
        limit_s = STALLED_S if self._was_asked else WAKING_S
        return self._is_running and time.perf_counter() - self._asked_at_s > limit_s

    def close(self) -> None:
        """Closes the stream."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)

    def _fade_out(self) -> None:
        """Keeps the next few milliseconds, fading, and stops counting."""
        if self._is_running and self._cursor >= 0:
            rest = self._samples[self._cursor : self._cursor + round(FADE_S * self._rate_hz)]
            self._tail = (rest * np.linspace(1.0, 0.0, len(rest))).astype(np.int16)
        self._is_running = False

    def _fill(self, out: npt.NDArray[np.int16], frames: int, moment: Any, status: Any) -> None:
        """PortAudio's callback, in its thread: hands over the next frames and notes when they will be heard."""
        if status:
            _log.debug("sound device: %s", status)
        now_s = time.perf_counter()
        with self._lock:
            self._asked_at_s, self._was_asked = now_s, True
            out[:, 0] = 0
            first = self._cursor
            if self._is_running:
                self._copy_sound(out[:, 0], frames)
                self._cursor += frames
            tail = self._tail[:frames]
            out[: len(tail), 0] += tail
            self._tail = self._tail[frames:]
            rate_hz = self._rate_hz
            heard_at_s = now_s + self._latency_s(moment) + self._offset_s
            self._heard.handed_over(heard_at_s, frames / rate_hz, first / rate_hz, (self._cursor - first) / rate_hz)

    def _copy_sound(self, out: npt.NDArray[np.int16], frames: int) -> None:
        begin, end = max(0, self._cursor), max(0, self._cursor + frames)
        piece = self._samples[begin:end]
        place = begin - self._cursor
        if self._fade_in_left and len(piece):
            whole = round(FADE_S * self._rate_hz)
            ramp = np.clip((np.arange(len(piece)) + whole - self._fade_in_left) / whole, 0.0, 1.0)
            piece = (piece * ramp).astype(np.int16)
            self._fade_in_left = max(0, self._fade_in_left - len(piece))
        out[place : place + len(piece)] = piece

    def _latency_s(self, moment: Any) -> float:
        """From the driver's DAC time where it can be true, else what the stream says."""
        latency_s = float(moment.outputBufferDacTime - moment.currentTime)
        if 0.0 < latency_s < 1.0:
            return latency_s
        return float(getattr(self._stream, "latency", LATENCY_S) or LATENCY_S)


def open_speaker(rate_hz: int, notify: Callable[[str], None], *, offset_s: float = 0.0) -> Loudspeaker:
    """The sound device, or where there is none the wall clock, once notify has been told."""
    speaker = Speaker(offset_s=offset_s)
    try:
        speaker.open(rate_hz)
    except (OSError, ImportError) as failure:
        _log.info("no sound device: %s", failure)
        notify(NO_SOUND_NOTICE)
        return WallClockSpeaker()
    return speaker
