"""A sentence's text in, the stretches espeak is to speak out, each in a language of its script.

espeak reads a script that its voice does not know letter by letter ("Arabic letter meem"), and kanji as "Chinese
letter". So a foreign name goes to a voice of its own script, and Japanese is rewritten in kana.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_LANGUAGE_OF_SCRIPT = {
    **{"CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "THAI": "th", "ETHIOPIC": "am"},
    **{"CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "BENGALI": "bn", "TAMIL": "ta", "MYANMAR": "my"},
    **{"SINHALA": "si", "GUJARATI": "gu", "GURMUKHI": "pa", "HANGUL": "ko", "DEVANAGARI": "hi"},
    **{"GEORGIAN": "ka", "ARMENIAN": "hy", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml"},
}
_OWN_SCRIPTS = {
    **dict.fromkeys("ru uk bg sr mk be kk ky tt ba cv nog uz az".split(), "CYRILLIC"),  # noqa: SIM905
    **dict.fromkeys("ar fa ur ug sd ku pa".split(), "ARABIC"),  # noqa: SIM905
    **{"el": "GREEK", "grc": "GREEK", "he": "HEBREW", "th": "THAI", "am": "ETHIOPIC", "ti": "ETHIOPIC"},
    **{"zh": "CJK", "cmn": "CJK", "yue": "CJK", "hak": "CJK", "ja": "CJK HIRAGANA KATAKANA", "ko": "HANGUL CJK"},
    **{"hi": "DEVANAGARI", "mr": "DEVANAGARI", "ne": "DEVANAGARI", "kok": "DEVANAGARI", "bn": "BENGALI"},
    **{"as": "BENGALI", "bpy": "BENGALI", "ta": "TAMIL", "my": "MYANMAR", "si": "SINHALA", "gu": "GUJARATI"},
    **{"pa": "GURMUKHI ARABIC", "ka": "GEORGIAN", "hy": "ARMENIAN", "hyw": "ARMENIAN", "te": "TELUGU"},
    **{"kn": "KANNADA", "ml": "MALAYALAM"},
}
_FEWEST_LETTERS = {"GREEK": 3}
"""One or two Greek letters are symbols ("α", "Δt"), which the sentence's own voice names."""
_LONGEST_PARTICLE = 3
_IN_A_SENTENCE = {"は": "わ", "へ": "え", "を": "お", "こんにちは": "きょうわ"}
"""Particles are written one way and said another; 今日は opens a sentence more often than it greets."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the sentence in one voice's language."""

    text: str
    language: str
    """As the sentence's own, or that of the script."""
    origin: tuple[int, ...]
    """For each character of text, the character of the sentence it stands for."""


def stretches(text: str, language: str) -> list[Stretch]:
    """The parts in order; usually one, the whole text in its own language."""
    found = []
    for start, end, own in _runs(text, language):
        part, origin = text[start:end], tuple(range(start, end))
        if own.split("-")[0].lower() == "ja":
            part, origin = _in_kana(part, start)
        found.append(Stretch(part, own, origin))
    return found


def _runs(text: str, language: str) -> list[tuple[int, int, str]]:
    """(start, end, language); what is not a letter stays with the part before it."""
    own = _OWN_SCRIPTS.get(language.replace("_", "-").split("-")[0].lower(), "").split()
    marks = [_foreign(character, own) for character in text]
    edges: list[tuple[int, str]] = [(0, language)]
    current = ""
    for at, mark in enumerate(marks):
        if mark is not None and mark != current:
            enough = marks[at:].count(mark) >= _FEWEST_LETTERS.get(mark, 1) if mark else True
            if enough:
                edges.append((at, _LANGUAGE_OF_SCRIPT[mark] if mark else language))
                current = mark
    runs = [(a, b, own) for (a, own), (b, _) in zip(edges, [*edges[1:], (len(text), "")], strict=True) if b > a]
    return runs or [(0, len(text), language)]


def _foreign(character: str, own: list[str]) -> str | None:
    """The foreign script of a letter, "" for a letter of one's own (Latin always is), None for what is no letter."""
    if not character.isalpha():
        return None
    script = _script(character)
    if script in own or script not in _LANGUAGE_OF_SCRIPT:
        return ""
    return "HIRAGANA" if script == "KATAKANA" else script


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").split()[0].split("-")[0]


def _in_kana(text: str, start: int) -> tuple[str, tuple[int, ...]]:
    """Japanese with every word in kana and a space before it; kana alone is left as it is."""
    if not any(_script(character) == "CJK" for character in text if character.isalpha()):
        return text, tuple(range(start, start + len(text)))
    spoken: list[str] = []
    origin: list[int] = []
    at = start
    for piece in _kakasi().convert(text):
        written, said = piece["orig"], piece["hira"] or piece["orig"]
        is_particle = written == piece["hira"] and len(written) <= _LONGEST_PARTICLE
        if spoken and not is_particle and written[0].isalnum():
            spoken.append(" ")
            origin.append(at)
        if spoken or len(written) < len(text):
            said = _IN_A_SENTENCE.get(said, said)
        spoken.extend(said)
        origin.extend(at + place * len(written) // len(said) for place in range(len(said)))
        at += len(written)
    return "".join(spoken), tuple(origin)


@lru_cache(maxsize=1)
def _kakasi() -> Any:
    import pykakasi  # a second to load: only when the first kanji comes

    maker: Any = pykakasi.kakasi
    return maker()
