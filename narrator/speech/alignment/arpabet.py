"""IPA phones as espeak speaks English in, the ARPAbet phones of pocketsphinx's model out."""

from __future__ import annotations

import unicodedata

_CONSONANTS = {
    **{"p": "P", "b": "B", "t": "T", "d": "D", "k": "K", "ɡ": "G", "f": "F", "v": "V", "θ": "TH", "ð": "DH"},
    **{"s": "S", "z": "Z", "ʃ": "SH", "ʒ": "ZH", "h": "HH", "tʃ": "CH", "dʒ": "JH", "m": "M", "n": "N", "ŋ": "NG"},
    **{"l": "L", "ɹ": "R", "w": "W", "j": "Y", "ɾ": "D", "ʔ": "T"},
    # Sounds of names and loans -> the nearest English ones.
    **{"ɫ": "L", "ʎ": "L", "ɬ": "L", "ɭ": "L", "r": "R", "ʁ": "R", "ʀ": "R", "ɽ": "R", "ɻ": "R", "ʍ": "W", "ʋ": "V"},
    **{"x": "K", "χ": "K", "q": "K", "c": "K", "ɣ": "G", "ɢ": "G", "ɟ": "G", "ç": "HH", "ħ": "HH", "ʝ": "Y", "β": "V"},
    **{
        "ɸ": "F",
        "ɲ": "N",
        "ɳ": "N",
        "ɱ": "M",
        "ɴ": "NG",
        "ɕ": "SH",
        "ʂ": "SH",
        "ʑ": "ZH",
        "ʐ": "ZH",
        "ʈ": "T",
        "ɖ": "D",
    },
    **{"tɕ": "CH", "dʑ": "JH", "ʈʂ": "CH", "ɖʐ": "JH", "ɗ": "D", "ʕ": "AA"},
    **{"ts": "T S", "dz": "D Z", "pf": "P F", "tɬ": "T L"},
}
_DIPHTHONGS = {
    **{"aɪ": "AY", "aʊ": "AW", "eɪ": "EY", "ɔɪ": "OY", "oʊ": "OW", "əʊ": "OW", "ɛɪ": "EY", "ei": "EY", "ai": "AY"},
    **{"au": "AW", "oi": "OY", "ou": "OW", "ɑɪ": "AY", "ɑʊ": "AW", "ɔi": "OY", "ʌɪ": "AY", "əɪ": "EY", "æʊ": "AW"},
    **{"ɐʊ": "AW", "oɪ": "OY", "ʌʊ": "OW"},
}
_VOWELS = {
    **{"iː": "IY", "i": "IY", "ɪ": "IH", "ᵻ": "IH", "ɨ": "IH", "eː": "EY", "e": "EH", "ɛ": "EH", "ɛː": "EH", "æ": "AE"},
    **{
        "a": "AE",
        "aː": "AA",
        "ɑ": "AA",
        "ɑː": "AA",
        "ɒ": "AA",
        "ɔ": "AO",
        "ɔː": "AO",
        "o": "OW",
        "oː": "AO",
        "ʊ": "UH",
    },
    **{"u": "UW", "uː": "UW", "ʉ": "UW", "ʉː": "UW", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "əː": "ER", "ɚ": "ER", "ɜ": "ER"},
    **{"ɜː": "ER", "ɝ": "ER", "ɘ": "AH", "ɤ": "AH", "ɯ": "UW", "y": "UW", "ʏ": "UH", "ø": "ER", "œ": "ER", "ɵ": "UH"},
}


def to_arpabet(ipa: str) -> tuple[str, ...]:
    """One IPA phone as one to three ARPAbet phones; () when nothing in English is near (never for espeak's English)."""
    syllabic = "\u0329" in ipa
    plain = "".join(letter for letter in ipa if not unicodedata.combining(letter) and letter not in "ʰʲʷʼˤᵝ")
    if plain in _CONSONANTS or plain.rstrip("ː") in _CONSONANTS:
        phones = tuple(_CONSONANTS[plain if plain in _CONSONANTS else plain.rstrip("ː")].split())
        return ("AH", *phones) if syllabic else phones
    return _vowel(plain)


def _vowel(plain: str) -> tuple[str, ...]:
    if plain in _DIPHTHONGS:
        return (_DIPHTHONGS[plain],)
    if plain in _VOWELS:
        return (_VOWELS[plain],)
    short = plain.replace("ː", "")
    for size in (2, 1):
        head, rest = short[:size], short[size:]
        known = _DIPHTHONGS.get(head) or _VOWELS.get(head)
        if known:
            return (known, *_vowel(rest)) if rest else (known,)
    return ()
