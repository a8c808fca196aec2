"""Requests of Speech Dispatcher on standard input in, answers on standard output, and a process that speaks out.

`sd_narrator` in the user's folder of modules starts it as `python -m narrator.screen_reader.module`. It loads nothing
heavy, so it answers INIT at once; what speaks is a process of its own (voice_link).
"""

from __future__ import annotations

import logging
import os
import sys

from narrator.screen_reader.manner import Manner, changed
from narrator.screen_reader.voice_link import DEVICE, SERVER, VoiceLink, answers_of
from narrator.screen_reader.wire import Wire
from narrator.screen_reader.wording import Kind, Message

_log = logging.getLogger(__name__)

STOP, PAUSE = "703 STOP", "704 PAUSE"


class Module:
    """One conversation with the server, from INIT to QUIT or to its end."""

    def __init__(self, wire: Wire, answers_number: int) -> None:
        """answers_number: the file number of the pipe that the wire's answers go into."""
        self._wire = wire
        self._answers_number = answers_number
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
            self._spoken_by().say(Message(Kind(line), body, self._manner))
        elif line in ("STOP", "PAUSE"):
            self._spoken_by().break_off(STOP if line == "STOP" else PAUSE)
        elif line == "LIST VOICES":
            self._spoken_by().list_voices()
        elif line == "QUIT":
            self._wire.answer("210 OK QUIT")
            return False
        else:
            self._wire.answer(*self._answer(line))
        return True

    def _answer(self, line: str) -> tuple[str, ...]:
        if line == "INIT":
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
        if line.startswith("DEBUG"):
            return ("200 OK DEBUGGING IS IN THE LOG",)
        return ("300 ERR UNKNOWN COMMAND",)

    def _spoken_by(self) -> VoiceLink:
        """Begun once the server has said how sound is played; it asks for the voices right after that."""
        if self._voice is None:
            self._voice = VoiceLink(self._wire, self._answers_number, self._way)
            self._voice.start()
        return self._voice


def main() -> int:
    """Standard output is the server's alone: whatever else writes there goes to the log."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    number = answers_of()
    Module(Wire(sys.stdin.buffer, os.fdopen(number, "wb")), number).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
