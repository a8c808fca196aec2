"""A Sentence in, an Utterance out, spoken by the system's own voice, its phones found by alignment."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import wave
from pathlib import Path
from typing import Any

import numpy as np

from narrator import child_process
from narrator.errors import VoiceError, VoiceMissing
from narrator.flow import Delivery, Samples, Sentence, Utterance
from narrator.speech.alignment.aligner import Aligner
from narrator.speech.espeak_process import engine_paths
from narrator.speech.espeak_voice import VoiceInfo, espeak_rate, speakable
from narrator.speech.silent_voice import silent_utterance
from narrator.speech.stretch import stretch
from narrator.speech.word_times import tokens

_WORKER = Path(__file__).with_name("system_worker.py")
_TIME_LIMIT_S = 15.0
_TIME_LIMIT_PER_CHARACTER_S = 0.1
"""A system voice synthesises at least as fast as it speaks."""
_LIST_LIMIT_S = 15.0


class SystemVoice:
    """Follows narrator.stages.Voice. name "" takes the system's voice for each sentence's language."""

    def __init__(self, name: str = "", *, time_limit_s: float = _TIME_LIMIT_S) -> None:
        self.name = f"system:{name}" if name else "system"
        self._wanted = name
        self._time_limit_s = time_limit_s
        self._aligner = Aligner()

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        """The sentence as sound, with phones and words laid over it. Raises VoiceError."""
        text = speakable(sentence.text)
        if not tokens(text):
            return silent_utterance(sentence)
        samples, rate_hz = self._record(_plain(text), sentence.language, delivery.rate_wpm)
        if not samples.any():
            return silent_utterance(sentence, rate_hz)
        return self._aligner.align(sentence, samples, rate_hz, delivery.rate_wpm)

    def close(self) -> None:
        """Ends the aligner's workers."""
        self._aligner.close()

    def _record(self, text: str, language: str, rate_wpm: int) -> tuple[Samples, int]:
        limit_s = self._time_limit_s + _TIME_LIMIT_PER_CHARACTER_S * len(text)
        with tempfile.TemporaryDirectory(prefix="narrator-") as folder:
            path = Path(folder) / "utterance.wav"
            rate, slowing = _engine_rate(rate_wpm)
            request: dict[str, Any] = {"text": text, "voice": self._wanted, "language": language}
            request |= {"rate_wpm": rate, "wait_s": limit_s}
            answer = ask_worker(request | {"path": str(path)}, limit_s)
            if answer.get("error") == "voice":
                raise VoiceMissing(
                    "the name of a system voice",
                    f"this system has none called {self._wanted!r}",
                    "List them: narrator voice list",
                )
            if "error" in answer or not path.is_file():
                raise VoiceError(
                    "the system's voice to speak",
                    f"it failed ({answer.get('error', 'no sound was written')})",
                    "Use the built-in voice: --voice espeak",
                )
            samples, rate_hz = read_sound(path)
            return stretch(samples, rate_hz, slowing), rate_hz


def ask_worker(request: dict[str, Any], limit_s: float) -> dict[str, Any]:
    """One request to one child process, killed with all it started when it takes too long. Raises VoiceError."""
    library_path, data_path = engine_paths()
    process = subprocess.Popen(
        [sys.executable, "-I", str(_WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        body = json.dumps(request | {"library": library_path, "data": data_path}).encode()
        output, _ = process.communicate(body, timeout=limit_s)
    except subprocess.TimeoutExpired as fault:
        raise VoiceError(
            f"the system's voice to answer within {limit_s:.0f} s",
            "it was stuck and has been ended",
            "Use the built-in voice: --voice espeak",
        ) from fault
    finally:
        _kill(process)
    try:
        return dict(json.loads(output))
    except ValueError:
        return {"error": f"exit status {process.returncode}"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Ends the child and its children; a no-op after a normal end."""
    child_process.kill(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()


def read_sound(path: Path) -> tuple[Samples, int]:
    """Mono samples and their rate of a sound file: WAV by itself, others (macOS writes AIFF) through PyAV."""
    try:
        with wave.open(str(path), "rb") as file:
            width, channels, rate_hz = file.getsampwidth(), file.getnchannels(), file.getframerate()
            data = file.readframes(file.getnframes())
        if width == 2:  # bytes: 16-bit
            interleaved = np.frombuffer(data[: len(data) // (2 * channels) * 2 * channels], np.int16)
            return interleaved.reshape(-1, channels).mean(axis=1).astype(np.int16), rate_hz
    except (wave.Error, EOFError):
        pass
    return _decode(path)


def _decode(path: Path) -> tuple[Samples, int]:
    import av

    try:
        with av.open(str(path)) as file:
            stream = file.streams.audio[0]
            resampler = av.AudioResampler(format="s16", layout="mono")
            frames = [piece for frame in file.decode(stream) for piece in resampler.resample(frame)]
            return np.concatenate([frame.to_ndarray()[0] for frame in frames]), int(frames[0].sample_rate)
    except (av.FFmpegError, IndexError, ValueError) as fault:
        raise VoiceError(
            "a sound file from the system's voice",
            f"it cannot be read ({fault})",
            "Use the built-in voice: --voice espeak",
        ) from fault


def _engine_rate(rate_wpm: int) -> tuple[int, float]:
    """What pyttsx3 is asked for, and the slowing after it; on Linux it is espeak, which counts words its own way."""
    return espeak_rate(rate_wpm) if sys.platform.startswith("linux") else (rate_wpm, 1.0)


def _plain(text: str) -> str:
    """Text that no engine takes for markup: SAPI reads XML that starts with "<", macOS commands in "[["."""
    if sys.platform == "darwin":
        return text.replace("[[", "[ [")
    if sys.platform == "win32" and text.lstrip().startswith("<"):
        return ". " + text
    return text


def list_system_voices() -> list[VoiceInfo]:
    """The system's voices as pyttsx3 sees them. Raises VoiceError."""
    answer = ask_worker({}, _LIST_LIMIT_S)
    return [
        VoiceInfo(f"system:{identifier}", language, name) for identifier, name, language in answer.get("voices", [])
    ]
