"""Requests of Speech Dispatcher on standard input in, answers, events and sound on standard output out.

`sd_narrator` in the user's folder of modules starts it as `python -m narrator.screen_reader.module`. It is small and
loads nothing that could crash, since the server has no way to go on without it: what speaks is another process.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from importlib.util import find_spec

from narrator.matrix_threads import multiply_in_one_thread
from narrator.screen_reader.manner import Manner, changed
from narrator.screen_reader.voice_link import DEVICE, SERVER, VoiceLink
from narrator.screen_reader.wire import Wire
from narrator.screen_reader.wording import Kind, Message

_log = logging.getLogger(__name__)

NEEDED = ("numpy", "espeakng_loader")
"""Without them no voice speaks, and the server had better use another module."""


class Module:
    """One conversation with the server, from INIT to QUIT or to its end."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._manner = Manner()
        self._way = DEVICE
        self._voice: VoiceLink | None = None

    def run(self) -> None:
        """Returns when the server says so, or has gone."""
        try:
            while (line := self._wire.request()) is not None and self._obey(line.strip()):
                pass
        except OSError as fault:
            _log.info("the server has gone: %s", fault)
        finally:
            if self._voice is not None:
                self._voice.close()

    def _obey(self, line: str) -> bool:
        """False once there is nothing more to obey."""
        if line in list(Kind):
            self._wire.answer("202 OK RECEIVING MESSAGE")
            body = "\n".join(self._wire.data())
            self._wire.answer("200 OK SPEAKING")
            self._ready().say(Message(Kind(line), body, self._manner))
        elif line == "STOP":
            self._ready().stop()
        elif line == "PAUSE":
            self._ready().pause()
        elif line == "QUIT":
            self._wire.answer("210 OK QUIT")
            return False
        else:
            self._wire.answer(*self._answer(line))
        return True

    def _answer(self, line: str) -> tuple[str, ...]:
        if line == "INIT":
            if missing := [name for name in NEEDED if find_spec(name) is None]:
                return (f"399-narrator cannot speak without {' and '.join(missing)}", "399 ERR CANT INIT MODULE")
            return ("299-narrator shows a face whose lips can be read", "299 OK LOADED SUCCESSFULLY")
        if line == "AUDIO":
            self._wire.answer("207 OK RECEIVING AUDIO SETTINGS")
            self._way = SERVER if f"audio_output_method={SERVER}" in self._wire.data() else DEVICE
            return ("203 OK AUDIO INITIALIZED",)
        if line == "LOGLEVEL":
            self._wire.answer("207 OK RECEIVING LOGLEVEL SETTINGS")
            self._wire.data()
            return ("203 OK LOG LEVEL SET",)
        if line == "SET":
            self._wire.answer("203 OK RECEIVING SETTINGS")
            self._manner = changed(self._manner, self._wire.data())
            return ("203 OK SETTINGS RECEIVED",)
        if line == "LIST VOICES":
            if voices := self._ready().voices():
                return (*(f"200-{one}" for one in voices), "200 OK VOICE LIST SENT")
            return ("304 CANT LIST VOICES",)
        if line.startswith("DEBUG"):
            return ("200 OK DEBUGGING IS IN THE LOG",)
        return ("300 ERR UNKNOWN COMMAND",)

    def _ready(self) -> VoiceLink:
        """Begun once the server has said how sound is played."""
        if self._voice is None:
            self._voice = VoiceLink(self._wire, self._way)
        return self._voice


def main() -> int:
    """Standard output is the server's alone: whatever else writes there goes to the log."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    multiply_in_one_thread()  # here nothing is multiplied, but in what this process starts
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Module(Wire(sys.stdin.buffer, answers)).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
