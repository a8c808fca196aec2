"""An IPA string in, its sounds out as phonetic features: what the letters of the IPA chart say.

Pure phonetics, no millimetres: vowels as height, frontness and rounding, consonants as the row they resemble on the
lips. Tie bars, length, tone, stress and phonation change nothing that can be seen and are dropped.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

VOWELS: dict[str, tuple[float, float, bool]] = {
    "i": (0.0, 1.0, False), "y": (0.0, 1.0, True), "ɨ": (0.0, 0.5, False), "ʉ": (0.0, 0.5, True),
    "ɯ": (0.0, 0.0, False), "u": (0.0, 0.0, True), "ɪ": (0.17, 0.85, False), "ʏ": (0.17, 0.85, True),
    "ᵻ": (0.17, 0.6, False), "ᵿ": (0.17, 0.4, True), "ʊ": (0.17, 0.15, True), "ɩ": (0.17, 0.85, False),
    "e": (0.33, 1.0, False), "ø": (0.33, 1.0, True), "ɘ": (0.33, 0.5, False), "ɵ": (0.33, 0.5, True),
    "ɤ": (0.33, 0.0, False), "o": (0.33, 0.0, True), "ə": (0.5, 0.5, False), "ɚ": (0.5, 0.5, False),
    "ɛ": (0.67, 0.95, False), "œ": (0.67, 0.95, True), "ɜ": (0.67, 0.5, False), "ɝ": (0.67, 0.5, False),
    "ɞ": (0.67, 0.5, True), "ʌ": (0.67, 0.1, False), "ɔ": (0.67, 0.0, True), "æ": (0.85, 0.95, False),
    "ɐ": (0.85, 0.5, False), "a": (1.0, 0.85, False), "ɶ": (1.0, 0.9, True), "ɑ": (1.0, 0.0, False),
    "ɒ": (1.0, 0.0, True), "ɿ": (0.0, 0.7, False), "ʅ": (0.0, 0.6, False), "ʮ": (0.0, 0.7, True),
}  # fmt: skip
"""Letter: (height 0 close .. 1 open, frontness 0 back .. 1 front, rounded), read off the IPA vowel chart."""

CONSONANTS: dict[str, str] = (
    dict.fromkeys("pbɓʘʙ", "bilabial stop")
    | {"m": "bilabial nasal"}
    | dict.fromkeys("ɸβ", "bilabial fricative")
    | dict.fromkeys("fvɱʋⱱ", "labiodental")
    | dict.fromkeys("θð", "dental fricative")
    | dict.fromkeys("tdɗʈɖᶑɾrɽǀǃǂ", "alveolar stop")
    | dict.fromkeys("nɳȵ", "alveolar nasal")
    | dict.fromkeys("lɫɬɮɭǁʟɺ", "lateral")
    | dict.fromkeys("sz", "alveolar sibilant")
    | dict.fromkeys("ʃʒʂʐɧʆʓ", "postalveolar sibilant")
    | dict.fromkeys("ɕʑ", "palatal sibilant")
    | dict.fromkeys("ɹɻ", "rhotic approximant")
    | dict.fromkeys("jʝ", "palatal approximant")
    | dict.fromkeys("cɟʄçɲʎ", "palatal")
    | {"ɥ": "labial-palatal"}
    | dict.fromkeys("wʍ", "labial-velar")
    | dict.fromkeys("kɡgɠŋxɣɰqɢʛɴχʁʀʜʢʡ", "velar")
    | dict.fromkeys("hɦʔħʕ", "glottal")
)
"""Letter: the class whose lips, teeth and tongue tip it shares."""

RHOTIC_VOWELS = "ɚɝ"
_SUPERSCRIPTS = {
    "ʷ": "rounded",
    "ᶣ": "rounded",
    "ᵝ": "rounded",
    "ʲ": "spread",
    "˞": "rhotic",
    "ʳ": "rhotic",
    "ʴ": "rhotic",
}
_ON_ITS_OWN = {"ᵊ": "ə", "ⁿ": "n", "ˡ": "l", "ᵐ": "m", "ᵑ": "ŋ", "ᶦ": "ɪ", "ᶷ": "ʊ"}
"""Small letters for weak sounds: spoken, so they count as the sound itself."""
_UNSEEN = set("ːˑˈˌʰʱʼˀˠˤˁ͜͡‿|.-~^\"'`*#_;:=+, \u200d\ufffd˥˦˧˨˩↗↘ꜛꜜ012345678")
_ROUNDED_MARKS = "\u0339\u032b"  # more rounded, labial


@dataclass(frozen=True, slots=True)
class Sound:
    """One vowel or consonant of an IPA string."""

    letter: str
    vowel: tuple[float, float, bool] | None = None
    """Height, frontness, rounded; None for a consonant."""
    consonant: str = ""
    """One of the values of CONSONANTS; empty for a vowel."""
    rounded: bool = False
    """Labialised."""
    spread: bool = False
    """Palatalised."""
    rhotic: bool = False


def sounds_in(ipa: str) -> tuple[tuple[Sound, ...], str]:
    """The sounds of the string in order, and the characters that mean nothing to us."""
    sounds: list[Sound] = []
    unknown = ""
    for mark in unicodedata.normalize("NFD", ipa.replace("ç", "c\u0327")):
        letter = _ON_ITS_OWN.get(mark, mark)
        if mark == "\u0327" and sounds and sounds[-1].letter == "c":
            sounds[-1] = Sound("ç", consonant=CONSONANTS["ç"])
        elif mark in _SUPERSCRIPTS or mark in _ROUNDED_MARKS:
            _modify(sounds, _SUPERSCRIPTS.get(mark, "rounded"))
        elif letter in VOWELS:
            sounds.append(Sound(letter, vowel=VOWELS[letter], rhotic=letter in RHOTIC_VOWELS))
        elif letter in CONSONANTS:
            sounds.append(Sound(letter, consonant=CONSONANTS[letter]))
        elif not (mark in _UNSEEN or unicodedata.combining(mark)):
            unknown += mark
    return tuple(_merge(sounds)), unknown


def _modify(sounds: list[Sound], change: str) -> None:
    if sounds:
        last = sounds[-1]
        sounds[-1] = replace(
            last,
            rounded=last.rounded or change == "rounded",
            spread=last.spread or change == "spread",
            rhotic=last.rhotic or change == "rhotic",
        )


def _merge(sounds: list[Sound]) -> list[Sound]:
    """Affricates and double articulations become the one gesture that is seen (tʃ, k͡p, kx); pf and ts stay two."""
    merged: list[Sound] = []
    for sound in sounds:
        before = merged[-1].consonant if merged else ""
        if before == "alveolar stop" and sound.consonant in ("postalveolar sibilant", "palatal sibilant"):
            merged[-1] = replace(sound, consonant=sound.consonant.replace("sibilant", "affricate"))
        elif before == "velar" and sound.consonant in ("bilabial stop", "bilabial nasal", "velar"):
            merged[-1] = sound
        else:
            merged.append(sound)
    return merged
