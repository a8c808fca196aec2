"""A sentence's samples and the moment they are to be heard in, sound out: to the server, or to our own device."""

from __future__ import annotations

import logging
import math
import time
from typing import Protocol

from narrator.flow import Samples
from narrator.outputs.speaker import LATENCY_S as DEVICE_LATENCY_S
from narrator.outputs.speaker import Loudspeaker, open_speaker
from narrator.screen_reader.reports import News, Report, Reports

_log = logging.getLogger(__name__)

SERVER_LATENCY_S = 0.03
"""From our pipe to the ear by way of the server and PulseAudio, of which it asks the shortest buffer there is."""
CHUNK_S = 0.02
AHEAD_S = 0.08
"""How much the server is given before it is heard: enough for a busy machine; a stop cannot take it back."""


class Sound(Protocol):
    """Where a sentence is heard. Used by one thread."""

    latency_s: float
    """How long before it is heard it must be handed over."""

    def start(self, samples: Samples, rate_hz: int, heard_at_s: float, number: int) -> None:
        """Its first sample is to be heard at that reading of time.perf_counter(); number: the message it is of."""
        ...

    def feed(self, now_s: float) -> None:
        """Called every CHUNK_S or so until it has been heard."""
        ...

    def stop(self) -> None:
        """Silence."""
        ...

    def close(self) -> None:
        """Gives back what it holds."""
        ...


class ServerSound:
    """Through the server's own sound output, wherever the desktop sends that."""

    latency_s = SERVER_LATENCY_S

    def __init__(self, reports: Reports) -> None:
        self._reports = reports
        self._pcm = b""
        self._rate_hz = 1
        self._number = 0
        self._sent = 0
        self._begins_s = math.inf

    def start(self, samples: Samples, rate_hz: int, heard_at_s: float, number: int) -> None:
        """The first chunk goes when feed() finds it due."""
        self._pcm, self._rate_hz, self._sent = samples.astype("<i2").tobytes(), rate_hz, 0
        self._number = number
        self._begins_s = heard_at_s - self.latency_s

    def feed(self, now_s: float) -> None:
        """What is due within AHEAD_S; of the beginning nothing before its time, since the server plays at once."""
        if now_s < self._begins_s:
            return
        due = 2 * round((now_s - self._begins_s + AHEAD_S) * self._rate_hz)
        step = 2 * round(CHUNK_S * self._rate_hz)
        while self._sent < min(due, len(self._pcm)):
            pcm = self._pcm[self._sent : self._sent + step]
            self._reports.tell(Report(News.SOUND, self._number, str(self._rate_hz), pcm))
            self._sent += step

    def stop(self) -> None:
        """Sends no more."""
        self._pcm = b""

    def close(self) -> None:
        """Nothing to give back."""


class DeviceSound:
    """Through the default sound device; in silence where there is none, so that events still come in time."""

    latency_s = DEVICE_LATENCY_S

    def __init__(self) -> None:
        self._speaker: Loudspeaker | None = None

    def start(self, samples: Samples, rate_hz: int, heard_at_s: float, number: int) -> None:
        """Opens the device for the first sound."""
        if self._speaker is None or self._speaker.is_stalled():
            self.close()
            self._speaker = open_speaker(rate_hz, _log.warning)
        self._speaker.start(samples, rate_hz, max(0.0, heard_at_s - time.perf_counter() - self.latency_s))

    def feed(self, now_s: float) -> None:
        """The device asks by itself."""

    def stop(self) -> None:
        """Fades out."""
        if self._speaker is not None:
            self._speaker.stop()

    def close(self) -> None:
        """Gives the device back."""
        speaker, self._speaker = self._speaker, None
        if speaker is not None:
            speaker.close()
