"""Requests of Speech Dispatcher on standard input in, answers, events and sound on standard output out.

`sd_narrator` in the user's folder of modules starts it as `python -m narrator.screen_reader.module`. It answers INIT
before anything heavy is loaded; numpy and the voice come meanwhile, in a thread.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from narrator.errors import NarratorError
from narrator.screen_reader.manner import Manner, changed
from narrator.screen_reader.wire import Wire
from narrator.screen_reader.wording import Kind, Message

if TYPE_CHECKING:
    from narrator.screen_reader.speaking import Speaking
    from narrator.screen_reader.voices import Voices

_log = logging.getLogger(__name__)

STOP, PAUSE = "703 STOP", "704 PAUSE"
SERVER = "server"
"""The audio output method by which the server plays what we send it."""
READY_LIMIT_S = 30.0


class Module:
    """One conversation with the server, from INIT to QUIT or to its end."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._manner = Manner()
        self._through_server = False
        self._speaking: Future[tuple[Speaking, Voices]] | None = None

    def run(self) -> None:
        """Returns when the server says so, or has gone."""
        try:
            while (line := self._wire.request()) is not None and self._obey(line.strip()):
                pass
        except OSError as fault:
            _log.info("the server has gone: %s", fault)
        finally:
            if self._speaking is not None and self._speaking.done() and self._speaking.exception() is None:
                self._speaking.result()[0].close()

    def _obey(self, line: str) -> bool:
        """False once there is nothing more to obey."""
        if line in list(Kind):
            self._speak(Kind(line))
        elif line in ("STOP", "PAUSE"):
            if self._speaking is not None:
                self._ready()[0].break_off(STOP if line == "STOP" else PAUSE)
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
            self._through_server = f"audio_output_method={SERVER}" in self._wire.data()
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
            return self._voices()
        if line.startswith("DEBUG"):
            return ("200 OK DEBUGGING IS IN THE LOG",)
        return ("300 ERR UNKNOWN COMMAND",)

    def _speak(self, kind: Kind) -> None:
        self._wire.answer("202 OK RECEIVING MESSAGE")
        body = "\n".join(self._wire.data())
        try:
            speaking = self._ready()[0]
        except Exception as fault:  # noqa: BLE001 - the server then asks another module
            _log.exception("narrator cannot speak")
            self._wire.answer(f"401 ERROR INTERNAL {' '.join(str(fault).split())}")
            return
        self._wire.answer("200 OK SPEAKING")
        speaking.accept(Message(kind, body, self._manner))

    def _voices(self) -> tuple[str, ...]:
        try:
            known = list(self._ready()[1].all())
        except NarratorError as fault:
            _log.warning("%s", fault)
            return ("304 CANT LIST VOICES",)
        return (*(f"200-{one.description}\t{one.language}\tnone" for one in known), "200 OK VOICE LIST SENT")

    def _ready(self) -> tuple[Speaking, Voices]:
        """What is loaded once the server has said how sound is played."""
        self.prepare()
        assert self._speaking is not None
        return self._speaking.result(READY_LIMIT_S)

    def prepare(self) -> None:
        """Begins to load it."""
        if self._speaking is None:
            self._speaking = Future()
            threading.Thread(target=self._load, args=(self._speaking,), name="narrator-loading", daemon=True).start()

    def _load(self, loaded: Future[tuple[Speaking, Voices]]) -> None:
        try:
            from narrator import settings
            from narrator.screen_reader.faces import Faces
            from narrator.screen_reader.sounding import DeviceSound, ServerSound
            from narrator.screen_reader.speaking import Speaking
            from narrator.screen_reader.voices import Voices

            try:
                chosen = settings.load()
            except NarratorError as fault:
                _log.warning("%s", fault)
                chosen = settings.Settings()
            voices = Voices(chosen.rate)
            voices.start()
            sound = ServerSound(self._wire) if self._through_server else DeviceSound()
            loaded.set_result((Speaking(self._wire, voices, sound, Faces(chosen)), voices))
        except BaseException as fault:
            loaded.set_exception(fault)
            raise


def main() -> int:
    """Standard output is the server's alone: whatever else writes there goes to the log."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    Module(Wire(sys.stdin.buffer, answers)).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
