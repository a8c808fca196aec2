"""Texts in over stdin, sound and phone events out over stdout: espeak-ng in a process of its own.

espeak-ng is C with global state, so it lives where a crash costs one sentence and not the program. The parent starts
this file as `python -I -S espeak_worker.py LIBRARY DATA` (or `-m narrator.speech.espeak_worker`); it therefore imports
the standard library only, and little of it: it must answer within 150 ms of being started.

Messages are laid out as in worker_process.py. A request is {"text", "voice", "rate_wpm", "pitch", "phonemes"} or
{"voices": true}; the bytes of an answer are 16-bit PCM.
"""

import ctypes
import json
import os
import signal
import sys
from typing import Any, BinaryIO

# From espeak-ng's speak_lib.h, version 1.52.
AUDIO_OUTPUT_SYNCHRONOUS = 2
INITIALIZE_PHONEME_EVENTS = 0x0001
INITIALIZE_PHONEME_IPA = 0x0002
INITIALIZE_DONT_EXIT = 0x8000
CHARS_UTF8 = 1
INPUT_PHONEMES = 0x100
POSITION_CHARACTER = 1
PARAMETER_RATE = 1
PARAMETER_PITCH = 3
EVENT_WORD = 1
EVENT_PHONEME = 7
PHONEME_NAME_BYTES = 8  # not NUL-terminated when all are used


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_void_p), ("string", ctypes.c_char * PHONEME_NAME_BYTES)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


class _VoiceInfo(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("reserved", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Engine:
    """The loaded library and what it said during the current synthesis."""

    def __init__(self, library_path: str, data_path: str) -> None:
        self._library = ctypes.CDLL(library_path)
        options = INITIALIZE_PHONEME_EVENTS | INITIALIZE_PHONEME_IPA | INITIALIZE_DONT_EXIT
        self.rate_hz = self._library.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, data_path.encode(), options)
        if self.rate_hz <= 0:
            raise OSError(f"espeak_Initialize returned {self.rate_hz} for {data_path}")
        self._pcm: list[bytes] = []
        self._events: list[tuple[int, int, int, int, str]] = []
        self._callback = _Callback(self._collect)  # kept: the library holds only a bare pointer to it
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""

    def _collect(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._pcm.append(ctypes.string_at(samples, 2 * count))
        index = 0
        while events[index].type:
            event = events[index]
            if event.type in (EVENT_WORD, EVENT_PHONEME):
                ipa = self._phoneme_name(event) if event.type == EVENT_PHONEME else ""
                self._events.append((event.type, event.text_position, event.length, event.sample, ipa))
            index += 1
        return 0

    @staticmethod
    def _phoneme_name(event: Any) -> str:
        name = ctypes.string_at(ctypes.addressof(event) + _Event.id.offset, PHONEME_NAME_BYTES)
        return name.split(b"\0")[0].decode("utf-8", "ignore")

    def speak(self, text: str, voice: str, rate_wpm: int, pitch: int, flags: int) -> tuple[dict[str, Any], bytes]:
        """Synthesises one text; an unknown voice is answered with {"error": ...}."""
        if voice != self._voice:
            self._voice = ""
            if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
                return {"error": "voice"}, b""
            self._voice = voice
        self._library.espeak_SetParameter(PARAMETER_RATE, rate_wpm, 0)
        self._library.espeak_SetParameter(PARAMETER_PITCH, pitch, 0)
        self._pcm, self._events = [], []
        data = text.encode("utf-8", "replace")
        status = self._library.espeak_Synth(data, len(data) + 1, 0, POSITION_CHARACTER, 0, flags, None, None)
        if status != 0:
            return {"error": f"espeak_Synth returned {status}"}, b""
        return {"rate_hz": self.rate_hz, "events": self._events}, b"".join(self._pcm)

    def voices(self) -> list[dict[str, Any]]:
        """All voices the data folder holds, without mbrola's, as espeak describes them."""
        self._library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_VoiceInfo))
        entries = self._library.espeak_ListVoices(None)
        found, index = [], 0
        while entries[index]:
            info = entries[index].contents
            index += 1
            identifier = info.identifier.decode("utf-8", "replace")
            if not identifier.startswith("mb/"):
                name = info.name.decode("utf-8", "replace").strip()
                languages = _languages(info.languages)
                found.append({"name": name, "identifier": identifier, "gender": info.gender, "languages": languages})
        return found


def _languages(address: int) -> list[tuple[int, str]]:
    """A list of (priority byte, NUL-terminated tag), ended by a zero byte; a lower priority is a better match."""
    found = []
    while (priority := ctypes.string_at(address, 1)[0]) != 0:
        tag = ctypes.string_at(address + 1)
        found.append((priority, tag.decode("ascii", "replace")))
        address += len(tag) + 2
    return found


def _answer(engine: Engine, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if "voices" in request:
        return {"voices": engine.voices()}, b""
    flags = CHARS_UTF8 | (INPUT_PHONEMES if request.get("phonemes") else 0)
    return engine.speak(request["text"], request["voice"], int(request["rate_wpm"]), int(request["pitch"]), flags)


def _read_block(pipe: BinaryIO) -> bytes:
    return pipe.read(int.from_bytes(pipe.read(4), "big"))


def _write(answers: BinaryIO, header: dict[str, Any], pcm: bytes) -> None:
    body = json.dumps(header).encode()
    answers.write(len(body).to_bytes(4, "big") + body + len(pcm).to_bytes(4, "big"))
    answers.write(pcm)
    answers.flush()


def serve(requests: BinaryIO, answers: BinaryIO, library_path: str, data_path: str) -> None:
    """Answers until the parent closes the pipe.

    Where the system can fork, each request is answered by a copy of the fresh engine: what was said before then leaves
    no trace in the sound (espeak keeps its flutter and noise phases), and a crash takes the copy only.
    """
    engine = Engine(library_path, data_path)
    while request := _read_block(requests):
        _read_block(requests)  # a request to espeak carries no bytes
        if not hasattr(os, "fork"):
            _write(answers, *_answer(engine, json.loads(request)))
        elif (child := os.fork()) == 0:
            _write(answers, *_answer(engine, json.loads(request)))
            os._exit(0)
        elif (status := os.waitpid(child, 0)[1]) != 0:
            _write(answers, {"error": f"it crashed (status {status})"}, b"")


def main() -> None:
    """Moves the pipe away from stdout, where C code may print, and serves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    serve(sys.stdin.buffer, answers, sys.argv[1], sys.argv[2])


if __name__ == "__main__":
    main()
