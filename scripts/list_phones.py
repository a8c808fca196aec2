"""Every voice of espeak-ng in, narrator/speech/espeak_inventory.txt out: each IPA phone, one a line.

    .venv/bin/python scripts/list_phones.py

Speaks every phoneme of espeak's own tables, and numbers, letters and symbols of many scripts, in every voice. Takes a
few minutes; run it when espeakng-loader changes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import narrator.speech.ipa
from narrator.speech.espeak_process import EspeakProcess, engine_paths
from narrator.speech.ipa import tidy
from narrator.speech.worker_process import WorkerDied

INVENTORY = Path(narrator.speech.ipa.__file__).with_name("espeak_inventory.txt")
RATE_WPM = 400
MNEMONICS_AT_ONCE = 20
BLOCKS = (
    (0x21, 0x7F),
    (0xA1, 0x250),
    (0x370, 0x5F0),
    (0x620, 0x650),
    (0x900, 0xE80),
    (0x10A0, 0x1100),
    (0x1200, 0x1300),
)
MORE_BLOCKS = ((0x1F300, 0x1F400), (0x3041, 0x3100), (0x4E00, 0x4F00), (0xAC00, 0xAD00))
CHARACTERS_AT_ONCE = 128


def mnemonics(phoneme_table: bytes) -> list[str]:
    """The names in espeak's compiled table: per table 4 bytes, 32 of name, then 16 for each phoneme (name first)."""
    names: set[str] = set()
    at = 4
    for _ in range(phoneme_table[0]):
        count = phoneme_table[at]
        at += 36
        for _ in range(count):
            names.add(phoneme_table[at : at + 4].rstrip(b"\0").decode("utf-8", "replace"))
            at += 16
    return sorted(name for name in names if name and not name.startswith("(") and name not in ("|", "||", "_"))


def texts(names: list[str]) -> Iterator[tuple[str, bool]]:
    """What every voice is given, and whether it is phoneme input."""
    yield " ".join(map(str, range(130))), False
    yield "1000 2000000 3,5 1. 2. 3.", False
    for low, high in BLOCKS + MORE_BLOCKS:
        for start in range(low, high, CHARACTERS_AT_ONCE):
            yield " ".join(map(chr, range(start, min(start + CHARACTERS_AT_ONCE, high)))), False
    for start in range(0, len(names), MNEMONICS_AT_ONCE):
        yield "[[" + " ".join(f"a{name}a {name}" for name in names[start : start + MNEMONICS_AT_ONCE]) + "]]", True


def main() -> None:
    """Writes the list."""
    names = mnemonics((Path(engine_paths()[1]) / "phontab").read_bytes())
    process = EspeakProcess()
    found: set[str] = set()
    for voice in process.voices():
        for text, is_phonemes in texts(names):
            try:
                raw = process.speak(text, voice["identifier"], RATE_WPM, phonemes=is_phonemes)
            except WorkerDied:
                continue  # some voices of 1.52 crash on some symbols
            found |= {phone for event in raw.events if event.ipa for phone in tidy(event.ipa)[0] if phone}
    process.close()
    INVENTORY.write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")
    print(f"{len(found)} phones in {INVENTORY}")


if __name__ == "__main__":
    main()
