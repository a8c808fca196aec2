"""A Sentence in, silence with plausible timed phones out: the voice's do-nothing twin."""

from __future__ import annotations

import unicodedata

import numpy as np

from narrator.flow import Delivery, Phone, Sentence, Utterance, Word
from narrator.speech.word_times import tokens

RATE_HZ = 22050
EMPTY_SENTENCE_S = 0.2
"""Silence that stands for a sentence without a single sound."""
_LETTERS_PER_WORD = 5.0
"""What words-a-minute counts as a word; one letter is one phone here."""
_TAIL_S = 0.05

_VOWELS = {"a": "æ", "e": "ɛ", "i": "ɪ", "o": "ɑː", "u": "ʌ", "y": "i"}
_CONSONANTS = {"c": "k", "g": "ɡ", "h": "h", "j": "dʒ", "q": "k", "r": "ɹ", "x": "k"}
_PLAIN = frozenset("bdfklmnpstvwz")
_OTHER = ("ə", "n", "a", "t", "ɪ", "s", "oʊ", "m")
"""Other scripts and digits take turns among these, by code point."""


class SilentVoice:
    """Follows narrator.stages.Voice; the same text always gives the same phones."""

    name = "silent"

    def speak(self, sentence: Sentence, delivery: Delivery) -> Utterance:
        """As many phones as the text has letters, at the asked rate."""
        phone_s = 60.0 / (delivery.rate_wpm * _LETTERS_PER_WORD)
        phones: list[Phone] = []
        words: list[Word] = []
        now_s = 0.0
        for token in tokens(sentence.text):
            text = sentence.text[token.start : token.end]
            begin_s = now_s
            for place, ipa in enumerate(_sounds(text)):
                phones.append(Phone(ipa, now_s, phone_s, 2 if place == 1 else 0))
                now_s += phone_s
            words.append(Word(text, begin_s, now_s - begin_s, token.start, token.end))
        if not phones:
            return silent_utterance(sentence)
        samples = np.zeros(round((now_s + _TAIL_S) * RATE_HZ), np.int16)
        phones.append(Phone("", now_s, len(samples) / RATE_HZ - now_s))
        return Utterance(sentence, samples, RATE_HZ, tuple(phones), tuple(words))

    def close(self) -> None:
        """Nothing to free."""


def silent_utterance(sentence: Sentence, rate_hz: int = RATE_HZ) -> Utterance:
    """One silent phone: what a sentence without a sound comes to."""
    samples = np.zeros(int(EMPTY_SENTENCE_S * rate_hz), np.int16)
    return Utterance(sentence, samples, rate_hz, (Phone("", 0.0, len(samples) / rate_hz),), ())


def _sounds(text: str) -> list[str]:
    letters = [c for c in unicodedata.normalize("NFD", text.lower()) if unicodedata.category(c)[0] in "LNS"]
    return [_sound(letter) for letter in letters] or ["ə"]


def _sound(letter: str) -> str:
    if letter in _PLAIN:
        return letter
    return _VOWELS.get(letter) or _CONSONANTS.get(letter) or _OTHER[ord(letter) % len(_OTHER)]
