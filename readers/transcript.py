"""A sound file and its length in, the words in the text of the same name beside it out, where they can be its words."""

from __future__ import annotations

import logging
from pathlib import Path

from narrator.errors import SourceError
from readers.file_source import first_bytes
from readers.plain_text import text_of_bytes

_log = logging.getLogger(__name__)

LONGEST_S = 60.0
"""Of sound that is aligned with a text."""
MOST_WORDS_S, MOST_LETTERS_S = 8.0, 60.0
"""Auctioneers reach 7 words a second; of letters, where words are not told apart by spaces, nobody says so many."""
LEAST_S = 1.0
"""A clip that is shorter may still hold a long word."""
MOST_BYTES = int(LONGEST_S * MOST_LETTERS_S) * 4
"""UTF-8 has four bytes a letter at the very most."""


def transcript(sound: Path, duration_s: float) -> str:
    """Its words on one line; empty where there are none, and with a warning where they cannot be what is said, or the
    sound is too long."""
    file = sound.with_suffix(".txt")
    if not file.is_file():
        return ""
    try:
        words = " ".join(text_of_bytes(first_bytes(str(file), MOST_BYTES + 1), file.name).split())
        is_cut = file.stat().st_size > MOST_BYTES
    except (SourceError, OSError) as fault:
        came = fault.came if isinstance(fault, SourceError) else str(fault)
        return _left_aside(file, came.replace(str(file), "it").replace(file.name, "it"))
    if duration_s >= LONGEST_S:
        return _left_aside(file, f"only up to {LONGEST_S:.0f} s can be aligned with a text")
    count, most_s = len(words.split()), max(duration_s, LEAST_S)
    if count > MOST_WORDS_S * most_s and not is_cut:
        return _left_aside(file, f"nobody says {count} words in {duration_s:.1f} s")
    if is_cut or len(words) > MOST_LETTERS_S * most_s:
        return _left_aside(file, f"nobody says so long a text in {duration_s:.1f} s")
    return words


def _left_aside(file: Path, why: str) -> str:
    _log.warning("%s, beside the sound, is left aside: %s. The mouth is moved by ear", file.name, why)
    return ""
