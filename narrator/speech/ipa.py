"""An espeak phoneme name in, the plain IPA phones it stands for out.

espeak names most phonemes in IPA, but some languages leave ASCII codes ("s.", "u\"", "t`"), tone digits, language
switches ("(en)") or whole syllable parts ("əl", "inɡ") in one name. What leaves this file is uniform:

- one phone is one consonant or affricate with its modifiers, or one run of vowels (diphthong, triphthong);
- combining marks are separate characters (NFD), except ç; tie bars, tones and stress marks are gone; length keeps ː;
- a vowel with a consonant in one name comes as two phones; syllabic consonants keep their mark (n̩ l̩).

All phones that come out over all voices are listed in espeak_inventory.txt (scripts/list_phones.py writes it).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

PRIMARY_MARK, SECONDARY_MARK = "ˈ", "ˌ"

_WHOLE = {"2": "ø", "2ː": "øː", "4": "ɾ", "4ː": "ɾː", "5": "ɵ", "5ː": "ɵː", "9": "œ", "9ː": "œː", "K": "q", "X": "χ"}
"""espeak mnemonics that stand alone (Kirshenbaum and the phoneme tables' comments)."""

_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"\u0361|_|#|\+", ""),  # tie bars, joiners, boundary and variant marks
        (r"^(?:ts\.h)", "ʈʂʰ"),
        (r"^ts\.", "ʈʂ"),
        (r"^s\.", "ʂ"),
        (r"^z\.", "ʐ"),
        (r"^r\.", "ɽ"),
        (r"^i\.", "ɨ"),  # Mandarin's apical vowel
        (r"\.", ""),
        (r"(?<=[kptsʃqɕc])`", "ʼ"),  # Amharic ejectives
        (r"`", ""),
        (r"^n\^", "ɲ"),
        (r"\^", ""),
        (r"^t\[", "t\u032a"),
        (r"^d\[", "d\u032a"),
        (r'^u"', "ʉ"),
        (r"nɡ$", "ŋ"),
        (r"(?<=[kptsɕʃc])h$", "ʰ"),
        (r"^ll$", "ʎ"),
        (r"^ss$", "s"),
        (r"^ʦ", "ts"),
        (r":", "ː"),
        (r"(?<=[a-zA-Zɐ-ʯ\u0300-\u036f])-", ""),
        (r"^ʰ", "h"),
        (r"ᵐ", "m"),
        (r"ᵑ", "ŋ"),
        (r"ⁿ", "n"),
        (r"Φ", "ɸ"),
        (r"ε", "ɛ"),
        (r"\?", "ʔ"),
        (r"[1-9\-\"\[\]]", ""),
    )
)
_LETTERS = {
    "g": "ɡ",
    "A": "ɑ",
    "N": "ŋ",
    "S": "ʃ",
    "Z": "ʒ",
    "F": "f",
    "K": "q",
    "X": "χ",
    "E": "ɛ",
    "O": "ɔ",
    "@": "ə",
}

VOWELS = "aeiouyæøœɐɑɒɔɘəɚɛɜɝɞɤɨɪɯɵɶʉʊʌʏᵻ"
_AFFRICATES = "tʃ|dʒ|ts|dz|tɕ|dʑ|ʈʂ|ɖʐ|pf|tɬ"
_MODIFIERS = "ʰʲʷˠˤʼːˑᵝ\u0300-\u036f"
_PHONE = re.compile(
    rf"(?P<vowels>(?:[{VOWELS}][{_MODIFIERS}]*)+)|(?P<consonant>(?:{_AFFRICATES}|[^\W\d_{VOWELS}{_MODIFIERS}])[{_MODIFIERS}]*)"
)
_CEDILLA = "c\u0327"


@lru_cache(maxsize=4096)
def tidy(name: str) -> tuple[tuple[str, ...], int]:
    """The phones of one espeak name, and its stress (0 none, 1 secondary, 2 primary).

    ("",) is a silence; () is no sound of its own (a tone, a language switch, a stray modifier).
    """
    stress = 2 if PRIMARY_MARK in name else 1 if SECONDARY_MARK in name else 0
    bare = name.replace(PRIMARY_MARK, "").replace(SECONDARY_MARK, "")
    if not bare:
        return ("",), 0
    if bare.startswith("("):
        return (), 0
    bare = unicodedata.normalize("NFD", _WHOLE.get(bare, bare)).replace(_CEDILLA, "ç")
    for pattern, replacement in _REWRITES:
        bare = pattern.sub(replacement, bare)
    bare = "".join(_LETTERS.get(letter, letter) for letter in bare)
    return tuple(match.group() for match in _PHONE.finditer(bare)), stress


def is_vowel(ipa: str) -> bool:
    """True for a phone that starts with a vowel letter."""
    return ipa[:1] in VOWELS and ipa != ""
