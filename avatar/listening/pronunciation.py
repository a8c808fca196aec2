"""English words in, the ways each may be said out, as ARPAbet phones: the dictionary that comes with pocketsphinx."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from avatar.listening.acoustic_model import NEXT_STEP
from narrator.errors import FaceError

IPA_OF_ARPABET = {
    **{"aa": "ɑ", "ae": "æ", "ah": "ʌ", "ao": "ɔ", "aw": "aʊ", "ax": "ə", "axr": "ɚ", "ay": "aɪ", "b": "b", "ch": "tʃ"},
    **{"d": "d", "dh": "ð", "dx": "ɾ", "eh": "ɛ", "el": "l", "em": "m", "en": "n", "er": "ɝ", "ey": "eɪ", "f": "f"},
    **{"g": "ɡ", "hh": "h", "hv": "h", "ih": "ɪ", "iy": "i", "jh": "dʒ", "k": "k", "l": "l", "m": "m", "n": "n"},
    **{"nx": "n", "ng": "ŋ", "ow": "oʊ", "oy": "ɔɪ", "p": "p", "r": "ɹ", "s": "s", "sh": "ʃ", "t": "t", "th": "θ"},
    **{"uh": "ʊ", "uw": "u", "v": "v", "w": "w", "y": "j", "z": "z", "zh": "ʒ", "pau": "", "brth": "", "h#": ""},
}
SHORT_FORMS = {"mr": "mister", "mrs": "missus", "ms": "miss", "dr": "doctor", "st": "saint"}
SHORTEST_PART = 3
"""Letters of each half of a word that is put together from two."""

Said = tuple[str, ...]
"""IPA, one after another."""


def ways_to_say(word: str) -> tuple[Said, ...]:
    """Of one word in lower case; none for what the dictionary does not know, such as figures. Raises FaceError."""
    known, word = _dictionary(), SHORT_FORMS.get(word, word)
    if word in known:
        return known[word]
    if word.endswith("'s") and word[:-2] in known:
        return tuple((*said, "z") for said in known[word[:-2]])
    for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        if word[:cut] in known and word[cut:] in known:
            return tuple(one + other for one in known[word[:cut]] for other in known[word[cut:]])
    return ()


@lru_cache(maxsize=1)
def _dictionary() -> dict[str, tuple[Said, ...]]:
    try:
        import pocketsphinx

        file = Path(str(pocketsphinx.get_model_path())) / "en-us" / "cmudict-en-us.dict"
        lines = file.read_text(encoding="utf-8").splitlines()
    except (ImportError, OSError, UnicodeDecodeError) as fault:
        raise FaceError("pocketsphinx's dictionary of English", f"it cannot be read ({fault})", NEXT_STEP) from None
    known: dict[str, tuple[Said, ...]] = {}
    for line in lines:
        name, *phones = line.split()
        word = name.partition("(")[0]
        known[word] = (*known.get(word, ()), tuple(IPA_OF_ARPABET[phone.lower()] for phone in phones))
    return known
