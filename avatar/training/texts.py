"""A seed in, things to say in many languages out: English words at random, made-up words elsewhere.

What matters is that every sound meets every other; meaning does not. English comes from the dictionary that
pocketsphinx brings along, other languages from random syllables in spellings that espeak reads as they stand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np

ENDS = (".", ".", ".", ".", "?", "!")
COMMA_CHANCE = 0.12
WORDS = (3, 12)
LIPS_CHANCE = 0.35
"""Share of made-up syllables that begin with P B M F V: closures are what must be learnt best."""

COMMON_CHANCE = 0.4
_COMMON = (
    *("the", "of", "and", "a", "to", "in", "is", "you", "that", "it", "he", "was", "for", "on", "are", "as", "with"),
    *("his", "they", "i", "at", "be", "this", "have", "from", "or", "one", "had", "by", "but", "some", "what"),
    *("we", "can", "out", "up", "time", "him", "more", "so", "about", "them", "then", "make", "would"),
    *("like", "into", "two", "my", "been", "may", "than", "people", "if", "come", "could", "um", "uh"),
    *("well", "probably", "because", "remember", "maybe", "number"),
)
"""What English is mostly made of, and what people say while they think."""
_LIPS = ("p", "b", "m", "m", "f", "v")
_OTHERS = ("t", "d", "n", "l", "s", "k", "g", "r", "h", "t", "d", "n", "s", "ch", "z", "w", "j", "sh", "tr", "st")
_VOWELS = ("a", "e", "i", "o", "u", "a", "e", "i", "o", "ai", "au", "ei", "ou")
_CODAS = ("", "", "", "", "n", "s", "m", "l", "r", "t", "k", "p")
_PINYIN_FIRST = ("b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "zh", "ch", "sh", "r", "z", "c", "s", "j", "x")
_PINYIN_LAST = ("a", "ai", "an", "ang", "ao", "e", "en", "eng", "u", "uo", "un", "ong")
_PINYIN_PALATAL = ("i", "ia", "ie", "iao", "iu", "ian", "in", "ing", "iang")


def text(language: str, chance: np.random.Generator) -> str:
    """One sentence of the language, or what passes for one."""
    word = {"en": _english, "cmn": _pinyin}.get(language.split("-")[0], _made_up)
    words = [word(chance) for _ in range(int(chance.integers(*WORDS)))]
    marked = [one + ("," if chance.random() < COMMA_CHANCE else "") for one in words[:-1]]
    return " ".join([*marked, words[-1] + str(chance.choice(ENDS))]).capitalize()


def _english(chance: np.random.Generator) -> str:
    if chance.random() < COMMON_CHANCE:
        return _COMMON[int(chance.integers(len(_COMMON)))]
    words = _dictionary()
    return words[int(chance.integers(len(words)))]


def _made_up(chance: np.random.Generator) -> str:
    def syllable() -> str:
        first = chance.choice(_LIPS if chance.random() < LIPS_CHANCE else _OTHERS)
        return f"{first}{chance.choice(_VOWELS)}{chance.choice(_CODAS)}"

    return "".join(syllable() for _ in range(int(chance.integers(1, 4))))


def _pinyin(chance: np.random.Generator) -> str:
    def syllable() -> str:
        first = str(chance.choice(_PINYIN_FIRST))
        last = str(chance.choice(_PINYIN_PALATAL if first in ("j", "x") else _PINYIN_LAST))
        return f"{first}{last}{chance.integers(1, 5)}"

    return " ".join(syllable() for _ in range(int(chance.integers(1, 3))))


@lru_cache(maxsize=1)
def _dictionary() -> tuple[str, ...]:
    import pocketsphinx

    file = Path(str(pocketsphinx.get_model_path())) / "en-us" / "cmudict-en-us.dict"
    words = (line.split(" ", 1)[0] for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(word for word in words if re.fullmatch(r"[a-z]{2,9}", word))
