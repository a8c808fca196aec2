"""A text in, its language out: by its script, then by its commonest words and telling letters.

Written here rather than taken from a library: py3langid 0.4 asks for numpy 2 and half a second of start-up, lingua
weighs 100 MB. Paragraphs are told apart surely, single words often not: then the passage's other blocks decide.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from narrator.flow import Block
from narrator.sentences.language_words import LANGUAGES_OF_SCRIPT, SEVERAL_SCRIPTS, TELLING_LETTERS, common_words

_LOOKED_AT = 4000
"""Characters of a block that are looked at."""
_CONTRADICTION_LETTERS = 12
"""So many letters of another script outweigh what the page says about itself."""
_SURE = 2.0
"""A score of about two common words."""
_CLEAR_LEAD = 1.25
_LETTER_WEIGHT = 0.7
"""A telling letter counts less than a common word, but at most four times in one text."""
_LETTER_LIMIT = 4


def detect(text: str) -> str:
    """BCP 47 tag, or "" when nothing can be told."""
    return _detect(text)[0]


def _detect(text: str) -> tuple[str, bool]:
    """The tag, and whether it is sure."""
    text = unicodedata.normalize("NFC", text[:_LOOKED_AT]).lower()
    script, letters = script_of(text)
    if not script:
        return "", False
    candidates = LANGUAGES_OF_SCRIPT.get(script, ())
    if len(candidates) <= 1:
        return (candidates[0] if candidates else ""), bool(candidates)
    best, second = _ranking(text, candidates)[:2]
    if best[1] <= 0:
        return ("", False) if script == "LATIN" else (candidates[0], letters >= _CONTRADICTION_LETTERS)
    return best[0], best[1] >= _SURE and best[1] >= _CLEAR_LEAD * second[1]


def _ranking(text: str, candidates: tuple[str, ...]) -> list[tuple[str, float]]:
    """The candidates with their scores, best first; of equals the first in the table."""
    totals: dict[str, float] = dict.fromkeys(candidates, 0.0)
    words = "".join(c if unicodedata.category(c)[0] in "LM" or c in "'’" else " " for c in text).split()
    for language in candidates:
        common = common_words(language)
        totals[language] += sum(1.0 for word in words if word.strip("'’") in common)
        telling = TELLING_LETTERS.get(language, "")
        totals[language] += _LETTER_WEIGHT * min(sum(text.count(letter) for letter in telling), _LETTER_LIMIT)
    return sorted(totals.items(), key=lambda item: -item[1])


def script_of(text: str) -> tuple[str, int]:
    """The script of most letters, as Unicode names it, and how many letters there are; kana makes it Japanese."""
    counts = Counter(_script(character) for character in text if character.isalpha())
    total = sum(counts.values())
    if not total:
        return "", 0
    kana = counts["HIRAGANA"] + counts["KATAKANA"]
    if kana and kana + counts["CJK"] > total / 2 and kana > 0.05 * (kana + counts["CJK"]):
        return "HIRAGANA", total
    return counts.most_common(1)[0][0], total


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").split()[0].split("-")[0]


def _contradicts(language: str, text: str) -> bool:
    """True when a text is plainly not written in the script of its declared language."""
    base = language.replace("_", "-").split("-")[0].lower()
    if base in SEVERAL_SCRIPTS:
        return False
    own = {script for script, languages in LANGUAGES_OF_SCRIPT.items() if base in languages}
    script, letters = script_of(text[:_LOOKED_AT])
    return bool(own) and letters >= _CONTRADICTION_LETTERS and script not in own and script in LANGUAGES_OF_SCRIPT


class LanguageGuess:
    """Decides block by block. What a passage says wins, unless its script says otherwise."""

    def __init__(self, declared: str) -> None:
        self.declared = declared
        self._last_sure = ""
        self._seen = ""

    def of(self, block: Block) -> str:
        """BCP 47 tag of the block; "" when nothing is known."""
        declared = block.language or self.declared
        if declared:
            return (detect(block.text) or declared) if _contradicts(declared, block.text) else declared
        return self.note(block.text)

    def note(self, text: str) -> str:
        """The language of a text in the light of those before it."""
        found, is_sure = _detect(text)
        if is_sure:
            self._last_sure = found
            return found
        self._seen = (self._seen + " " + text)[-_LOOKED_AT:]
        together, is_sure = _detect(self._seen)
        if not self._last_sure and is_sure:
            self._last_sure = together
        return self._last_sure or together or found

    def is_settled(self) -> bool:
        """True when blocks need not be looked at ahead of time."""
        return bool(self.declared or self._last_sure)
