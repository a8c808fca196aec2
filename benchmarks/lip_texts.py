"""Nothing in, what is spoken to judge lips by out: two texts, and syllables of every sound.

The texts are ordinary English and share no sentence with anything the targets were tuned on. Together they hold every
English sound, most of them beside several neighbours.
"""

from __future__ import annotations

from itertools import product

from benchmarks.speech_text import SENTENCES

TEXTS = {
    "ferry": " ".join(SENTENCES[:2]),
    "boys": "Five boys and a girl threw their thin ropes over the huge beech tree. "
    "Joy measured the path with her thumb, though nobody asked why. "
    "Each of them should have put a good book on the shelf by now. "
    "We heard a loud voice singing in the warm house, yes, and usually it was Ruth's. "
    "Choose which judge may view the vague cage.",
}
FLASHING = "papapapapapapapapapapapapapapapa"
"""The fastest change between lips and mouth room that speech has."""

CONTEXTS = ("iː", "æ", "ɑː", "ʌ")
"""V of V1-C-V2 in which consonants are told apart (lipreading.md 7, T12)."""
CONSONANT_GROUPS = {
    "p": 1, "b": 1, "m": 1, "f": 2, "v": 2, "θ": 3, "ð": 3, "ɹ": 4, "w": 4, "ʃ": 5, "ʒ": 5, "tʃ": 5, "dʒ": 5,
    "t": 6, "d": 6, "n": 6, "l": 6, "s": 6, "z": 6,
}  # fmt: skip
"""Consonant: its Owens and Blazek group; Y has none, K G NG HH take the vowel's lips (T12)."""
GROUP_NAMES = {1: "P B M", 2: "F V", 3: "TH", 4: "W R", 5: "SH CH", 6: "T D N L S Z"}
VOWEL_GROUPS = {
    "iː": 1, "ɪ": 1, "ɛ": 2, "æ": 2, "ɑː": 2, "ʌ": 2, "ɔː": 3, "ʊ": 4, "uː": 4, "ɜː": 4,
}  # fmt: skip
"""Monophthong: its group of lipreading.md 1.3; diphthongs and AX are left out (T12)."""
BESIDE_VOWELS = ("p", "m", "f", "θ", "t", "n", "l", "s", "ʃ", "ɹ", "w", "j", "k", "h")
"""C of C1-V-C2: one of each row of lipreading.md 2.6."""

Syllable = tuple[str, str, str]


def consonant_syllables(contexts: tuple[str, ...] = CONTEXTS) -> list[Syllable]:
    """Every V1-C-V2."""
    return [(one, sound, two) for sound in CONSONANT_GROUPS for one, two in product(contexts, contexts)]


def vowel_syllables(beside: tuple[str, ...] = BESIDE_VOWELS) -> list[Syllable]:
    """Every C1-V-C2."""
    return [(one, sound, two) for sound in VOWEL_GROUPS for one, two in product(beside, beside)]
