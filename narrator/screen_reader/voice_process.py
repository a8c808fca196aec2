"""Wishes as lines of JSON in, speech and what becomes of it as reports out: all that is heavy, or could crash.

Run as `python -m narrator.screen_reader.voice_process WAY` by voice_child, so that the conversation with the server
goes on without it.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from typing import TYPE_CHECKING, Any, BinaryIO

from narrator.screen_reader.manner import Manner
from narrator.screen_reader.reports import News, Report, Reports
from narrator.screen_reader.voice_link import SERVER
from narrator.screen_reader.wording import Kind, Message

if TYPE_CHECKING:
    from narrator.screen_reader.speaking import Speaking
    from narrator.screen_reader.voices import Voices
    from narrator.settings import Settings

_log = logging.getLogger(__name__)


def main() -> int:
    """Until the other end closes the pipe. Standard output is for reports; whatever else writes goes to the log."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    reports = Reports(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    reports.tell(Report(News.ALIVE))  # what follows takes a while
    speaking, voices = _loaded(reports, way=sys.argv[1])
    try:
        _obey(sys.stdin.buffer, reports, speaking, voices)
    except OSError as fault:
        _log.info("nobody listens any more: %s", fault)
    finally:
        speaking.close()
    return 0


def _loaded(reports: Reports, way: str) -> tuple[Speaking, Voices]:
    from narrator.screen_reader.faces import Faces
    from narrator.screen_reader.sounding import DeviceSound, ServerSound
    from narrator.screen_reader.speaking import Speaking
    from narrator.screen_reader.voices import Voices

    settings = _settings()
    voices = Voices(settings.rate)
    voices.start()
    sound = ServerSound(reports) if way == SERVER else DeviceSound()
    return Speaking(reports, voices, sound, Faces(settings)), voices


def _settings() -> Settings:
    from narrator import settings
    from narrator.errors import NarratorError

    try:
        return settings.load()
    except NarratorError as fault:
        _log.warning("%s", fault)
        return settings.Settings()


def _obey(wishes: BinaryIO, reports: Reports, speaking: Speaking, voices: Voices) -> None:
    from narrator.screen_reader.speaking import Wish

    for line in wishes:
        wish: dict[str, Any] = json.loads(line)
        if "say" in wish:
            message = Message(Kind(wish["kind"]), wish["say"], Manner(**wish["manner"]))
            speaking.accept(Wish(wish["number"], message, wish["heard"], wish["own_mark"]))
        elif "stop" in wish:
            speaking.stop(wish["stop"])
        elif "pause" in wish:
            speaking.pause(wish["pause"])
        else:
            threading.Thread(target=_list, args=(voices, reports), name="narrator-list", daemon=True).start()


def _list(voices: Voices, reports: Reports) -> None:
    """In a thread, since it takes a while."""
    from narrator.errors import NarratorError

    try:
        known = [f"{one.description}\t{one.language}\tnone" for one in voices.all()]
    except NarratorError as fault:
        _log.warning("%s", fault)
        known = []
    reports.tell(Report(News.VOICES, detail=json.dumps(known)))


if __name__ == "__main__":
    sys.exit(main())
