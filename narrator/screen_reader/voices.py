"""A manner and a piece of text in, its utterance out: espeak in the voice, rate and pitch that a client asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from narrator.errors import VoiceError
from narrator.flow import Delivery, Sentence, Utterance
from narrator.screen_reader.manner import VARIANTS, Manner
from narrator.speech.espeak_voice import EspeakVoice, VoiceInfo, list_voices

_log = logging.getLogger(__name__)


class Voices:
    """One engine in all its voices. Speaks in one thread; lists in any."""

    def __init__(self, usual_wpm: int) -> None:
        self._usual_wpm = usual_wpm
        self._engine = EspeakVoice()
        self._listed: list[VoiceInfo] = []

    def start(self) -> None:
        """Has the engine ready for the first message."""
        self._engine.start()

    def rate_wpm(self, manner: Manner) -> int:
        """Words a minute."""
        return manner.rate_wpm(self._usual_wpm)

    def speak(self, text: str, manner: Manner) -> Utterance:
        """Raises VoiceError where not even the default voice can speak."""
        sentence = Sentence(text, manner.language, pause_s=0.0)
        delivery = Delivery(rate_wpm=self.rate_wpm(manner))
        name = self._named(manner.voice) or VARIANTS[manner.kind]
        try:
            return self._engine.alike(name, pitch=manner.pitch_percent).speak(sentence, delivery)
        except VoiceError as fault:
            _log.warning("%s", fault)
            return self._engine.speak(sentence, delivery)

    def all(self) -> Iterator[VoiceInfo]:
        """Every language and accent."""
        if not self._listed:
            self._listed = list_voices()
        yield from self._listed

    def close(self) -> None:
        """Ends the engine."""
        self._engine.close()

    def _named(self, name: str) -> str:
        """By what LIST VOICES called it, or espeak's own name."""
        if not name:
            return ""
        return next((one.name for one in self.all() if name in (one.description, one.name)), "")
