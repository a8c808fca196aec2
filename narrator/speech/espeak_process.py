"""A text, a voice and a rate in, espeak's sound and raw events out, from a worker process."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narrator.errors import VoiceError
from narrator.speech.worker_process import WorkerDied, WorkerProcess

_WORKER = Path(__file__).with_name("espeak_worker.py")
_TIME_LIMIT_S = 10.0
"""espeak speaks some 200 times faster than real time; a sentence that takes this long is stuck."""
_TIME_LIMIT_PER_CHARACTER_S = 0.01
_EVENT_PHONEME = 7
DEFAULT_PITCH = 50


@dataclass(frozen=True, slots=True)
class RawEvent:
    """What espeak reports: a WORD (ipa None) or a PHONEME."""

    position: int
    """1-based character of the text; at the end of a clause it may point past the text."""
    length: int
    sample: int
    ipa: str | None


@dataclass(frozen=True, slots=True)
class RawSpeech:
    """One synthesis as espeak gave it."""

    pcm: bytes
    rate_hz: int
    events: tuple[RawEvent, ...]


class UnknownVoice(Exception):
    """espeak has no voice of that name."""


class EspeakProcess:
    """One engine in one worker. Requests come from one thread at a time."""

    def __init__(self) -> None:
        self._worker: WorkerProcess | None = None

    def start(self) -> None:
        """Starts the engine without waiting for it."""
        self._ready().start()

    def speak(
        self, text: str, voice: str, rate_wpm: int, *, pitch: int = DEFAULT_PITCH, phonemes: bool = False
    ) -> RawSpeech:
        """One text in one voice; pitch 0..100; phonemes reads [[mnemonics]]. Raises WorkerDied or UnknownVoice."""
        request = {"text": text, "voice": voice, "rate_wpm": rate_wpm, "pitch": pitch, "phonemes": phonemes}
        limit_s = _TIME_LIMIT_S + _TIME_LIMIT_PER_CHARACTER_S * len(text)
        header, pcm = self._ready().ask(request, limit_s=limit_s)
        if header.get("error") == "voice":
            raise UnknownVoice(voice)
        if "error" in header:
            raise WorkerDied(str(header["error"]))
        events = (
            RawEvent(position, length, sample, ipa if kind == _EVENT_PHONEME else None)
            for kind, position, length, sample, ipa in header["events"]
        )
        return RawSpeech(pcm, int(header["rate_hz"]), tuple(events))

    def voices(self) -> list[dict[str, Any]]:
        """The voices of the data folder, as the worker lists them. Raises WorkerDied."""
        header, _ = self._ready().ask({"voices": True}, limit_s=_TIME_LIMIT_S)
        return list(header["voices"])

    def close(self) -> None:
        """Ends the worker."""
        if self._worker is not None:
            self._worker.close()

    def _ready(self) -> WorkerProcess:
        if self._worker is None:
            library_path, data_path = engine_paths()
            # -I -S: no site-packages, no environment; the worker needs none and starts in half the time.
            self._worker = WorkerProcess([sys.executable, "-I", "-S", str(_WORKER), library_path, data_path])
        return self._worker


def engine_paths() -> tuple[str, str]:
    """The engine's library and its data folder. Raises VoiceError."""
    try:
        import espeakng_loader

        return espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    except (ImportError, RuntimeError) as fault:
        raise VoiceError(
            "the espeak-ng engine of the package espeakng-loader",
            f"it cannot be loaded ({fault})",
            "Install it: pip install --force-reinstall espeakng-loader",
        ) from fault
