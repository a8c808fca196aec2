"""Messages as lines of JSON in; their events and sound, straight to the server, and a word as each ends out.

Run as `python -m narrator.screen_reader.voice_process FILE_NUMBER WAY` by voice_link: all that is heavy or could crash
lives here, so that the conversation with the server goes on without it.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from typing import Any

from narrator import settings
from narrator.errors import NarratorError
from narrator.screen_reader.faces import Faces
from narrator.screen_reader.manner import Manner
from narrator.screen_reader.sounding import DeviceSound, ServerSound
from narrator.screen_reader.speaking import Speaking
from narrator.screen_reader.voice_link import ENDED, SERVER
from narrator.screen_reader.voices import Voices
from narrator.screen_reader.wire import Wire
from narrator.screen_reader.wording import Kind, Message

_log = logging.getLogger(__name__)


def main() -> int:
    """Until the other end closes the pipe."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    ended = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # whatever else writes there goes to the log
    wire = Wire(sys.stdin.buffer, os.fdopen(int(sys.argv[1]), "wb"))
    chosen = _settings()
    voices = Voices(chosen.rate)
    voices.start()
    sound = ServerSound(wire) if sys.argv[2] == SERVER else DeviceSound()
    speaking = Speaking(wire, voices, sound, Faces(chosen), ended=lambda: ended.write(ENDED))
    while (line := wire.request()) is not None:
        wish: dict[str, Any] = json.loads(line)
        if "say" in wish:
            speaking.accept(Message(Kind(wish["kind"]), wish["say"], Manner(**wish["manner"])))
        elif "break_off" in wish:
            speaking.break_off(wish["break_off"])
        else:
            wire.answer(*_listed(voices))
            ended.write(ENDED)
    speaking.close()
    return 0


def _settings() -> settings.Settings:
    try:
        return settings.load()
    except NarratorError as fault:
        _log.warning("%s", fault)
        return settings.Settings()


def _listed(voices: Voices) -> tuple[str, ...]:
    try:
        return (*(f"200-{one.description}\t{one.language}\tnone" for one in voices.all()), "200 OK VOICE LIST SENT")
    except NarratorError as fault:
        _log.warning("%s", fault)
        return ("304 CANT LIST VOICES",)


if __name__ == "__main__":
    sys.exit(main())
