"""Requests in, answers of an espeak worker process out; restarted when it dies, killed when it takes too long."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from narrator.errors import VoiceError

_log = logging.getLogger(__name__)

_WORKER = Path(__file__).with_name("espeak_worker.py")
_TIME_LIMIT_S = 10.0
"""espeak speaks some 200 times faster than real time; a sentence that takes this long is stuck."""
_TIME_LIMIT_PER_CHARACTER_S = 0.01
_CLOSE_LIMIT_S = 1.0


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


class WorkerDied(Exception):
    """The worker crashed or was killed in the middle of a request."""


class UnknownVoice(Exception):
    """espeak has no voice of that name."""


class EspeakProcess:
    """One worker. Requests come from one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the worker without waiting for it, so that it is warm when the first sentence comes."""
        if self._process is not None and self._process.poll() is None:
            return
        library_path, data_path = _engine_paths()
        self._process = subprocess.Popen(
            # -I -S: no site-packages, no environment; the worker needs none and starts in half the time.
            [sys.executable, "-I", "-S", str(_WORKER), library_path, data_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def speak(self, text: str, voice: str, rate_wpm: int, *, phonemes: bool = False) -> RawSpeech:
        """One text in one voice. Raises WorkerDied or UnknownVoice."""
        request: dict[str, Any] = {"text": text, "voice": voice, "rate_wpm": rate_wpm, "phonemes": phonemes}
        header, pcm = self._exchange(request, _TIME_LIMIT_S + _TIME_LIMIT_PER_CHARACTER_S * len(text))
        if header.get("error") == "voice":
            raise UnknownVoice(voice)
        if "error" in header:
            raise WorkerDied(str(header["error"]))
        events = (
            RawEvent(position, length, sample, ipa if kind == 7 else None)  # 7: espeakEVENT_PHONEME
            for kind, position, length, sample, ipa in header["events"]
        )
        return RawSpeech(pcm, int(header["rate_hz"]), tuple(events))

    def voices(self) -> list[dict[str, Any]]:
        """The voices of the data folder, as the worker lists them."""
        header, _ = self._exchange({"voices": True}, _TIME_LIMIT_S)
        return list(header["voices"])

    def close(self) -> None:
        """Ends the worker."""
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close_quietly(pipe)
        try:
            process.wait(_CLOSE_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _exchange(self, request: dict[str, Any], limit_s: float) -> tuple[dict[str, Any], bytes]:
        self.start()
        process = self._process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        killer = threading.Timer(limit_s, process.kill)  # then read() below meets the end of the pipe
        killer.daemon = True
        killer.start()
        try:
            body = json.dumps(request).encode()
            process.stdin.write(len(body).to_bytes(4, "big") + body)
            process.stdin.flush()
            header = json.loads(_read_block(process.stdout))
            return header, _read_block(process.stdout)
        except (OSError, EOFError) as fault:
            self.close()
            raise WorkerDied(f"exit status {process.returncode}") from fault
        except BaseException:
            self.close()  # an interrupted exchange leaves the pipe out of step
            raise
        finally:
            killer.cancel()


def _engine_paths() -> tuple[str, str]:
    try:
        import espeakng_loader

        return espeakng_loader.get_library_path(), espeakng_loader.get_data_path()
    except (ImportError, RuntimeError) as fault:
        raise VoiceError(
            "the espeak-ng engine of the package espeakng-loader",
            f"it cannot be loaded ({fault})",
            "Install it: pip install --force-reinstall espeakng-loader",
        ) from fault


def _read_block(pipe: BinaryIO) -> bytes:
    head = pipe.read(4)
    if len(head) < 4:
        raise EOFError
    size = int.from_bytes(head, "big")
    block = pipe.read(size)
    if len(block) < size:
        raise EOFError
    return block


def _close_quietly(pipe: BinaryIO | Any) -> None:
    try:
        pipe.close()
    except OSError:
        _log.debug("the pipe of the espeak worker was broken already")
