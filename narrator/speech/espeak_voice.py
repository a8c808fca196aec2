"""A Sentence in, an Utterance out: the default voice, espeak-ng, with sample-exact phones and words."""

from __future__ import annotations

import logging
from copy import copy
from dataclasses import dataclass
from typing import Any

import numpy as np

from narrator.errors import VoiceError, VoiceMissing
from narrator.flow import Delivery, Samples, Sentence, Utterance
from narrator.speech.espeak_process import DEFAULT_PITCH, EspeakProcess, RawSpeech, UnknownVoice
from narrator.speech.espeak_timing import join, place_phones, scale
from narrator.speech.silent_voice import silent_utterance
from narrator.speech.spoken_text import Stretch, stretches
from narrator.speech.stretch import stretch
from narrator.speech.word_times import is_wordlike, time_words
from narrator.speech.worker_process import WorkerDied

_log = logging.getLogger(__name__)

FALLBACK_LANGUAGE = "en"
WORDS_PER_ESPEAK_WORD = 1.2
"""At "130 words a minute" espeak says 166, and with the pauses between sentences 155 (English prose, measured)."""
_ESPEAK_RATES = (80, 450)
"""espeak's lowest rate, and the highest at which its event times still fit its sound (1.52). Slower is stretched."""

_PREFERRED = {"en": "gmw/en-US", "zh": "sit/cmn", "no": "gmq/nb", "pt": "roa/pt-BR", "hy": "ine/hy", "fr": "roa/fr"}
"""Where several voices claim a bare language, or asking espeak would cost the first sentence time."""
_WITHOUT_DICTIONARY = frozenset({"gmq/fo", "trk/kaa"})
"""Voices of espeakng-loader 0.2.4 whose dictionary is not in the package: they cannot speak."""
_ALIASES = {
    "nn": "nb",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "tl": "id",
    "fil": "id",
    "sh": "hr",
    "mo": "ro",
    "hbs": "hr",
}
"""Old or neighbouring language codes -> a code that espeak knows."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One voice as `narrator voice list` shows it."""

    name: str
    language: str
    description: str


class EspeakVoice:
    """Follows narrator.stages.Voice. name "" chooses by each sentence's language; "+f3" does so with that variant.

    pitch is espeak's own scale, 0..100.
    """

    def __init__(self, name: str = "", *, pitch: int = DEFAULT_PITCH) -> None:
        self.name = name
        self._pitch = pitch
        self._process = EspeakProcess()
        self._by_language: dict[str, str] = dict(_PREFERRED)
        self._listed = False
        self._reported: set[str] = set()

    def alike(self, name: str, *, pitch: int = DEFAULT_PITCH) -> EspeakVoice:
        """Another voice of the same engine, which ends with either; both speak in one thread."""
        other = copy(self)
        other.name, other._pitch = name, pitch
        return other

    def start(self) -> None:
        """Starts the engine without waiting, so that the first sentence finds it ready."""
        self._process.start()

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        """The sentence as sound with every phone and word timed. Raises VoiceError."""
        text = speakable(sentence.text)
        if not text.strip():
            return silent_utterance(sentence)
        rate, slowing = espeak_rate(delivery.rate_wpm)
        spoken = self._utterance(sentence, self._synthesise(text, sentence.language, rate), slowing)
        if spoken is None and is_wordlike(text):
            _log.warning("the voice for %r has no sound for a text; it is spoken in English", sentence.language)
            raw = self._synthesise_part(text, _PREFERRED[FALLBACK_LANGUAGE], rate)
            spoken = self._utterance(sentence, raw, slowing)
        return spoken or silent_utterance(sentence)

    @staticmethod
    def _utterance(sentence: Sentence, raw: RawSpeech, slowing: float) -> Utterance | None:
        """None when nothing was heard."""
        samples: Samples = np.frombuffer(raw.pcm, dtype=np.int16)
        placed = place_phones(raw, samples)
        if not any(item.phone.ipa for item in placed):
            return None
        slow = stretch(samples, raw.rate_hz, slowing)
        placed = scale(placed, len(slow) / len(samples))
        words = time_words(sentence.text, placed)
        return Utterance(sentence, slow, raw.rate_hz, tuple(item.phone for item in placed), words)

    def close(self) -> None:
        """Ends the worker."""
        self._process.close()

    def _synthesise(self, text: str, language: str, rate: int) -> RawSpeech:
        """The text in its language's voice, words in another script in a voice for that."""
        if self._has_own_language():
            language = "ja" if self.name.partition("+")[0].split("/")[-1] == "ja" else ""
        parts = stretches(text, language) if language or not self.name else [Stretch(text, "", tuple(range(len(text))))]
        spoken = [self._synthesise_part(part.text, self._voice_for(part.language), rate) for part in parts]
        return join(spoken, [part.origin for part in parts])

    def _has_own_language(self) -> bool:
        return not self.name.startswith("+") and self.name != ""

    def _synthesise_part(self, text: str, voice: str, rate: int) -> RawSpeech:
        fallback = _PREFERRED[FALLBACK_LANGUAGE]
        for attempt in (voice, voice, fallback):  # a crash costs one retry, then the language's voice, never the text
            try:
                return self._process.speak(text, attempt, rate, pitch=self._pitch)
            except UnknownVoice:
                raise _no_such_voice(self.name or voice) from None
            except WorkerDied as fault:
                _log.warning("espeak died on a sentence (%s, voice %s); starting it again", fault, attempt)
        raise VoiceError(
            "espeak-ng to speak a sentence",
            f"it died three times on {text[:40]!r}",
            "Choose another voice: narrator voice list",
        )

    def _voice_for(self, language: str) -> str:
        base, plus, variant = self.name.partition("+")
        return (base or self._by_tag(language)) + plus + variant

    def _by_tag(self, language: str) -> str:
        tag = (language or FALLBACK_LANGUAGE).replace("_", "-").lower()
        parts = tag.split("-")
        for size in range(len(parts), 0, -1):
            candidate = "-".join(parts[:size])
            candidate = _ALIASES.get(candidate, candidate)
            if size > 1 or candidate not in self._by_language:
                self._learn_voices()
            if candidate in self._by_language:
                return self._by_language[candidate]
        if tag not in self._reported:
            self._reported.add(tag)
            _log.warning("espeak has no voice for the language %r; it is spoken in English", language)
        return self._by_language[FALLBACK_LANGUAGE]

    def _learn_voices(self) -> None:
        if self._listed:
            return
        self._listed = True
        best: dict[str, tuple[int, str]] = {}
        for voice in self._list():
            for priority, tag in voice["languages"]:
                if tag not in best or priority < best[tag][0]:
                    best[tag] = (priority, voice["identifier"])
        self._by_language = {tag: identifier for tag, (_, identifier) in best.items()} | _PREFERRED

    def _list(self) -> list[dict[str, Any]]:
        try:
            return [voice for voice in self._process.voices() if voice["identifier"] not in _WITHOUT_DICTIONARY]
        except WorkerDied as fault:
            raise VoiceError(
                "espeak-ng to list its voices",
                f"it died ({fault})",
                "Reinstall it: pip install --force-reinstall espeakng-loader",
            ) from fault


def espeak_rate(rate_wpm: int) -> tuple[int, float]:
    """espeak's rate for true words a minute, and how much longer its sound must then be made."""
    wanted = rate_wpm / WORDS_PER_ESPEAK_WORD
    rate = min(max(wanted, _ESPEAK_RATES[0]), _ESPEAK_RATES[1])
    return round(rate), max(rate / max(wanted, 1.0), 1.0)


def speakable(text: str) -> str:
    """The text without what espeak would take as a command; character positions stay.

    Control characters (espeak's embedded commands start with 0x01), lone surrogates and private-use characters
    become spaces.
    """
    return "".join(" " if _is_command(ord(character)) else character for character in text)


def _is_command(code: int) -> bool:
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xF900 or code & 0xFFFE == 0xFFFE or code >= 0xE0000


def _no_such_voice(name: str) -> VoiceMissing:
    return VoiceMissing("the name of a voice", f"espeak-ng has none called {name!r}", "List them: narrator voice list")


def list_voices() -> list[VoiceInfo]:
    """Every language and accent espeak can speak."""
    voice = EspeakVoice()
    try:
        return [
            VoiceInfo(str(entry["identifier"]), str(entry["languages"][0][1]), str(entry["name"]))
            for entry in voice._list()
        ]
    finally:
        voice.close()
