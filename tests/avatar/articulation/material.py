"""Phones in, utterances out: hand-made ones of exact length, and an article spoken by the real voice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from avatar.articulation.articulate import articulate
from avatar.motion_frame import MotionTrack
from narrator.flow import Delivery, Phone, Sentence, Utterance

ARTICLE = Path(__file__).with_name("article.txt")
RATE_HZ = 16000
VOWEL_S, CONSONANT_S = 0.150, 0.090
PREROLL_S, AFTER_S = 0.120, 0.350

VOWELS = ("iː", "ɪ", "eɪ", "ɛ", "æ", "ɑː", "ʌ", "ə", "ɔː", "oʊ", "ʊ", "uː", "ɜː", "aɪ", "aʊ", "ɔɪ")
CONSONANTS = (
    "p", "b", "m", "f", "v", "θ", "ð", "t", "d", "n", "l", "s", "z", "ʃ", "ʒ", "tʃ", "dʒ", "ɹ", "w", "j",
    "k", "ɡ", "ŋ", "h",
)  # fmt: skip
BILABIAL = frozenset("pbm")
LABIODENTAL = frozenset("fv")
DENTAL = frozenset("θð")
SIBILANT = frozenset(("s", "z", "ʃ", "ʒ", "tʃ", "dʒ"))
ROUNDED_ONSETS = frozenset(("uː", "w"))


def utterance_of(sounds: Iterable[tuple[str, float]]) -> Utterance:
    """An utterance of these (ipa, seconds); an empty ipa is a pause."""
    phones = []
    moment = 0.0
    for ipa, length in sounds:
        phones.append(Phone(ipa, moment, length))
        moment += length
    return Utterance(Sentence("", "en"), np.zeros(int(moment * RATE_HZ), np.int16), RATE_HZ, tuple(phones), ())


def vcv(first: str, consonant: str, second: str) -> Utterance:
    """Vowel, consonant, vowel at a conversational length."""
    return utterance_of([(first, VOWEL_S), (consonant, CONSONANT_S), (second, VOWEL_S)])


def chained(groups: Sequence[Sequence[str]], pause_s: float = 0.6) -> tuple[Utterance, list[list[Phone]]]:
    """Many short groups of phones in one utterance, pauses between; and each group's phones."""
    sounds: list[tuple[str, float]] = []
    for group in groups:
        sounds += [(ipa, VOWEL_S if ipa in VOWELS else CONSONANT_S) for ipa in group] + [("", pause_s)]
    utterance = utterance_of(sounds)
    spoken = iter(phone for phone in utterance.phones if phone.ipa)
    return utterance, [[next(spoken) for _ in group] for group in groups]


def track_of(utterance: Utterance, fps: float = 30.0, exaggeration: float = 1.2) -> MotionTrack:
    """The mouth of the whole utterance, preroll and pause included."""
    return articulate(utterance, fps, -PREROLL_S, utterance.duration_s + AFTER_S, exaggeration=exaggeration)


@lru_cache(maxsize=8)
def article(rate_wpm: int = 130) -> tuple[Utterance, ...]:
    """The article, sentence by sentence, in the default voice."""
    from narrator.speech.espeak_voice import EspeakVoice

    voice = EspeakVoice()
    try:
        delivery = Delivery(rate_wpm=rate_wpm)
        return tuple(voice.speak(Sentence(line, "en"), delivery) for line in sentences())
    finally:
        voice.close()


def sentences() -> list[str]:
    """One sentence a line."""
    return [line.strip() for line in ARTICLE.read_text(encoding="utf-8").splitlines() if line.strip()]
