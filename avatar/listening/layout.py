"""What the listening network tells at each look: which kind of sound is made, and what the mouth does."""

from __future__ import annotations

from avatar.motion_frame import MOUTH_CHANNELS

KINDS = {
    "silence": "",
    "stop": "p b pʰ bʰ ɓ pf",
    "hum": "m ɱ",
    "tuck": "f v ʋ",
    "tongue": "θ ð",
    "sibilant": "s z ʃ ʒ tʃ dʒ ts dz ɕ ʑ tɕ dʑ ʂ ʐ tʂ dʐ tɕʰ tsʰ tʂʰ ɧ r̝",
    "front": "t d n l ɾ r ɹ ɲ ʎ c ɟ j ʈ ɖ ɳ ɭ ɫ ɬ tʰ",
    "back": "k ɡ g ŋ h x ɣ χ ʁ ħ ʔ ɦ ç q kʰ",
    "round": "w u ʊ o ɔ y ø œ ɥ ʉ oʊ ɔɪ",
    "spread": "i ɪ e ɛ eɪ",
    "open": "a æ ɑ ɐ aɪ aʊ ʌ ɜ",
    "middle": "ə ɚ ɝ ɨ ɵ ɘ ɤ",
}
"""Kind: the sounds (IPA) that are of it, the longest beginning that matches counting."""
NAMES = tuple(KINDS)
KIND = {name: i for i, name in enumerate(NAMES)}
MOUTH_WIDTH = len(MOUTH_CHANNELS)
OUTPUT_WIDTH = len(NAMES) + MOUTH_WIDTH
ENGLISH = (
    *("open", "open", "open", "round", "open", "open", "stop", "sibilant", "front", "tongue", "spread", "middle"),
    *("spread", "tuck", "back", "back", "spread", "spread", "sibilant", "back", "front", "hum", "front", "back"),
    *("round", "round", "stop", "front", "sibilant", "sibilant", "silence", "front", "tongue", "round", "round"),
    *("tuck", "round", "front", "sibilant", "sibilant"),
)
"""The kind of each of the English phones, in the order of avatar.listening.sphinx_files.PHONES."""
_BY_SOUND = {sound: KIND[name] for name, sounds in KINDS.items() for sound in sounds.split()}
_LONGEST = max(map(len, _BY_SOUND))


def kind_of(ipa: str) -> int:
    """The place in NAMES of a sound; what is unknown counts as made in the middle of the mouth."""
    if not ipa:
        return KIND["silence"]
    for length in range(min(len(ipa), _LONGEST), 0, -1):
        if ipa[:length] in _BY_SOUND:
            return _BY_SOUND[ipa[:length]]
    return KIND["middle"]
